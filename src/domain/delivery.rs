//! 送达 by a person: papers that are posted or handed over to whoever agreed to no electronic way, and what came of it
//! (民事诉讼法 87–91, 在线诉讼规则 29).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::confirmation::Phase;
use super::deadline::Due;
use super::ids::{DocumentId, OrganisationId, PartyId, PersonId};
use super::paper::{Paper, PaperKind};
use super::party::Party;
use super::stage::{Closing, Stage};
use super::time::civil_date;

/// One paper on its way to one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub paper: DocumentId,
    pub party: PartyId,
    /// By when it should be there.
    pub due: Due,
    /// What was done for it, oldest first; nothing is taken out again.
    pub entries: Vec<Entry>,
    /// Nobody waits for it any more: the party takes it another way, or it holds no longer.
    #[serde(default)]
    pub unneeded: bool,
}

/// One line of the proof of service, 送达回证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub how: How,
    /// The day on which it happened; the day of service where it is one.
    pub on: Date,
    /// The tracking number, or who signed for it and where that lies.
    pub mark: String,
    pub by: PersonId,
    /// When it was written down.
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// To the party itself, who signed for it (民事诉讼法 88).
    Handed,
    /// To an adult of the household, or whoever the party named (民事诉讼法 88).
    Household,
    /// On its way; served on the day that the receipt names (民事诉讼法 91).
    Posted,
    /// The receipt of what was posted came back signed.
    Received,
    /// It came back itself.
    Returned,
    /// Left at the home of whoever would not take it, a court's paper only (民事诉讼法 89).
    Left,
    /// Published, and the thirty days after that are over, a court's paper only (民事诉讼法 95).
    Announced,
    /// Nobody tries any more, for a reason. No paper of a court ends so.
    Abandoned,
    /// The entry before it is wrong and does not count.
    Mistaken,
    /// The party has opened it here, which serves it (在线诉讼规则 29, 31); the house writes it down itself.
    Opened,
}

impl How {
    pub const ALL: [Self; 10] = [
        Self::Handed,
        Self::Household,
        Self::Posted,
        Self::Received,
        Self::Returned,
        Self::Left,
        Self::Mistaken,
        Self::Announced,
        Self::Abandoned,
        Self::Opened,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Handed => "handed",
            Self::Household => "household",
            Self::Posted => "posted",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::Left => "left",
            Self::Announced => "announced",
            Self::Abandoned => "abandoned",
            Self::Mistaken => "mistaken",
            Self::Opened => "opened",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }

    /// Whether the paper is served by it.
    pub const fn serves(self) -> bool {
        matches!(
            self,
            Self::Handed
                | Self::Household
                | Self::Received
                | Self::Left
                | Self::Announced
                | Self::Opened
        )
    }
}

impl Delivery {
    /// The entries that count: each mistake takes back the one before it.
    pub fn valid(&self) -> Vec<&Entry> {
        let mut valid = Vec::new();
        for entry in &self.entries {
            if entry.how == How::Mistaken {
                valid.pop();
            } else {
                valid.push(entry);
            }
        }
        valid
    }

    /// The entry by which it was served.
    pub fn done(&self) -> Option<&Entry> {
        self.valid().into_iter().find(|entry| entry.how.serves())
    }

    pub fn is_open(&self) -> bool {
        let ends = |entry: &&Entry| entry.how.serves() || entry.how == How::Abandoned;
        !self.unneeded && !self.valid().iter().any(ends)
    }

    /// Posted, and neither there nor back.
    pub fn is_on_its_way(&self) -> bool {
        let last = self.valid().pop();
        last.is_some_and(|entry| entry.how == How::Posted)
    }

    /// Whether the last entry can be taken back: one that somebody typed, and not a party's own receipt.
    pub fn may_be_mended(&self) -> bool {
        let last = self.valid().pop();
        last.is_some_and(|entry| entry.how != How::Opened)
    }

    /// Whether `how` can come next; a paper of a court can also be left or announced, and is never given up.
    pub fn may_follow(&self, how: How, court: bool) -> bool {
        match how {
            How::Mistaken => self.may_be_mended(),
            How::Opened => false,
            How::Received | How::Returned => self.is_open() && self.is_on_its_way(),
            How::Left | How::Announced => self.is_open() && court,
            How::Abandoned => self.is_open() && !court,
            How::Handed | How::Household | How::Posted => self.is_open(),
        }
    }
}

impl Case {
    pub fn delivery(&self, paper: DocumentId, party: PartyId) -> Option<&Delivery> {
        let mut deliveries = self.deliveries.iter();
        deliveries.find(|it| (it.paper, it.party) == (paper, party))
    }

    pub fn open_deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.iter().filter(|it| it.is_open())
    }

    /// The court that has the application before it, or still has to bring somebody its ruling.
    pub fn court(&self) -> Option<OrganisationId> {
        let before = match &self.stage {
            Stage::Confirm {
                application, phase, ..
            } if *phase != Phase::Prepared => Some(application.court),
            _ => None,
        };
        let mut open = self.open_deliveries();
        before.or_else(|| open.find_map(|it| self.paper(it.paper)?.court))
    }

    /// What is to be brought to whom, whoever has done what for it already.
    pub(in crate::domain) fn to_bring(&self) -> Vec<(DocumentId, PartyId)> {
        let joined = matches!(
            self.stage,
            Stage::Closed {
                why: Closing::Joined { .. },
                ..
            }
        );
        let served = self.papers.iter().filter(|it| !joined && self.serves(it));
        let pairs = served.flat_map(|paper| self.parties.iter().map(move |seat| (paper, seat)));
        let wanted = |(paper, seat): &(&Paper, &Party)| {
            let owed = self.delivery(paper.id, seat.id).is_some();
            seat.is_brought(paper)
                && (owed || self.begins_to_owe(paper))
                && self.received_at(paper, seat.id).is_none()
        };
        pairs
            .filter(wanted)
            .map(|(paper, seat)| (paper.id, seat.id))
            .collect()
    }

    /// Whether every party gets this paper; the others lie in the file.
    fn serves(&self, paper: &Paper) -> bool {
        match paper.kind {
            // 人民调解法 29: each party holds one, of what is in effect.
            PaperKind::Agreement => self
                .stage
                .settlement()
                .is_some_and(|settlement| settlement.agreement.paper == paper.id),
            // Once it is over, nobody can make use of them any more.
            PaperKind::RightsNotice => self.stage.is_in_mediation(),
            PaperKind::Extension | PaperKind::NonSettlement | PaperKind::Ruling => true,
            PaperKind::Application
            | PaperKind::IntakeRecord
            | PaperKind::ServiceAddress
            | PaperKind::SessionRecord => false,
        }
    }

    /// Whether the paper may still come to be owed: a ruling while the stage tells who has read it, and nothing once the
    /// case is closed. What is owed by then stays so.
    fn begins_to_owe(&self, paper: &Paper) -> bool {
        match self.stage {
            Stage::Closed { .. } => false,
            Stage::Confirm { .. } => true,
            _ => paper.kind != PaperKind::Ruling,
        }
    }

    /// What is still being brought and the party has opened here in the meantime, as an entry.
    pub(in crate::domain) fn opened(&self, delivery: &Delivery) -> Option<Entry> {
        let paper = self.paper(delivery.paper)?;
        let at = self.received_at(paper, delivery.party)?;
        let by = self.party(delivery.party)?.person?;
        delivery.is_open().then(|| Entry {
            how: How::Opened,
            on: civil_date(at),
            mark: String::new(),
            by,
            at,
        })
    }

    /// When the party said that it received the paper, which serves it where nothing else was said
    /// (在线诉讼规则 29, 31).
    fn received_at(&self, paper: &Paper, party: PartyId) -> Option<Timestamp> {
        if paper.kind == PaperKind::RightsNotice {
            return self.party(party)?.told;
        }
        let Stage::Confirm { phase, .. } = &self.stage else {
            return None;
        };
        let (_, served) = phase.ruled().filter(|(ruling, _)| *ruling == paper.id)?;
        served.iter().find(|it| it.party == party)?.read_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_read_back_by_its_name() {
        for how in How::ALL {
            assert_eq!(How::parse(how.name()), Some(how));
        }
    }
}

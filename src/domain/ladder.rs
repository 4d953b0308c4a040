//! The invitation ladder: by which steps the other side is called upon until it answers, and what staff have to do for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::contact_record::{ContactChannel, Outcome};
use super::deadline::Due;
use super::identity::Phone;
use super::ids::{PartyId, PersonId};
use super::party::{Party, PartyRole};
use super::rules::TermKey;
use super::stage::{Mediate, Stage};

/// One step. Which of them are taken, and in which order, is data; how long each waits is a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The invitation, to every address that is known.
    Message,
    /// The same once more.
    Reminder,
    /// Somebody calls.
    Call,
    /// A letter with the link as a QR code.
    Letter,
    /// The grid worker goes there.
    Visit,
}

impl Rung {
    pub const ALL: [Self; 5] = [
        Self::Message,
        Self::Reminder,
        Self::Call,
        Self::Letter,
        Self::Visit,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Reminder => "reminder",
            Self::Call => "call",
            Self::Letter => "letter",
            Self::Visit => "visit",
        }
    }

    /// How long an answer is waited for before the next step.
    pub const fn term(self) -> TermKey {
        match self {
            Self::Message => TermKey::AfterMessage,
            Self::Reminder => TermKey::AfterReminder,
            Self::Call => TermKey::AfterCall,
            Self::Letter => TermKey::AfterLetter,
            Self::Visit => TermKey::AfterVisit,
        }
    }

    /// Whether what is known of a party allows it.
    pub fn reaches(self, party: &Party) -> bool {
        match self {
            Self::Message | Self::Reminder => !party.contact.is_empty(),
            Self::Call => party.contact.phone.is_some(),
            Self::Letter | Self::Visit => !party.address.trim().is_empty(),
        }
    }
}

/// How far the other side has been called upon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    pub rung: Rung,
    pub since: Timestamp,
    /// From which its wait counts: the end of the wait before it, or the posting of the letter.
    pub from: Timestamp,
    /// When the next step follows; while it is held, by when somebody should have been in touch.
    pub due: Due,
    /// The other side wants help or to meet: a person goes on, not the clock.
    pub held: bool,
    /// The grid worker who goes there.
    #[serde(default)]
    pub visitor: Option<PersonId>,
}

impl Ladder {
    /// Whether its wait is one for the other side, which has a paper in hand, and not for staff.
    pub(in crate::domain) fn gives_time(&self) -> bool {
        !self.held && matches!(self.rung, Rung::Letter | Rung::Visit)
    }
}

/// Somebody who was invited, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub party: PartyId,
    pub at: Timestamp,
    pub answered: Option<Answered>,
    /// When waiting ended without an answer.
    pub silent_at: Option<Timestamp>,
    /// Where whoever held the link asked to be called.
    #[serde(default)]
    pub call_back: Option<Phone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The first answer; what follows it may still change what it was.
    pub at: Timestamp,
    pub answer: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accepted,
    Declined,
    Help,
    Meet,
    /// Whoever has the address is not the one who is meant.
    WrongPerson,
}

impl Answer {
    pub const ALL: [Self; 5] = [
        Self::Accepted,
        Self::Declined,
        Self::Help,
        Self::Meet,
        Self::WrongPerson,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Help => "help",
            Self::Meet => "meet",
            Self::WrongPerson => "wrong_person",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}

/// What a person has to do so that the other side is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// They asked for help: call them.
    Help,
    /// They would rather meet: find a time.
    Meet,
    Call,
    Letter,
    Visit,
    /// The address was somebody else's: ask the claimant for a better one.
    Address,
}

impl TaskKind {
    pub const ALL: [Self; 6] = [
        Self::Help,
        Self::Meet,
        Self::Call,
        Self::Letter,
        Self::Visit,
        Self::Address,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Meet => "meet",
            Self::Call => "call",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::Address => "address",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Case {
    pub(in crate::domain) fn ladder(&self) -> Option<&Ladder> {
        match &self.stage {
            Stage::Mediate { at } => match at.as_ref() {
                Mediate::Inviting { ladder, .. } => ladder.as_ref(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The other side, as far as its answer is still waited for.
    pub(in crate::domain) fn awaited(&self) -> impl Iterator<Item = &Party> {
        self.parties
            .iter()
            .filter(|party| party.role == PartyRole::Respondent)
    }

    /// Whether a party may know of the case at all: the other side does once it is invited, and not before (受理).
    pub fn may_be_told(&self, party: PartyId) -> bool {
        let invited = self.invited.iter().any(|it| it.party == party);
        // Cases older than the list of the invited.
        let asked = matches!(&self.stage, Stage::Mediate { at } if matches!(at.as_ref(), Mediate::Inviting { .. }));
        self.party(party).is_some_and(|seat| {
            seat.role != PartyRole::Respondent || seat.person.is_some() || invited || asked
        })
    }

    /// What staff have to do now so that a party is reached; one thing at a time for each.
    pub fn task(&self, party: PartyId) -> Option<TaskKind> {
        let ladder = self.ladder()?;
        let seat = self.awaited().find(|other| other.id == party)?;
        if let Some(wish) = self.wish(party) {
            return Some(wish);
        }
        let tried = |channel| {
            let mut attempts = self.attempts.iter();
            attempts.any(|it| it.party == party && it.channel == channel && it.at >= ladder.since)
        };
        let of_step = match ladder.rung {
            Rung::Message | Rung::Reminder => None,
            Rung::Call => Some((ContactChannel::Call, TaskKind::Call)),
            Rung::Letter => Some((ContactChannel::Letter, TaskKind::Letter)),
            Rung::Visit => Some((ContactChannel::Visit, TaskKind::Visit)),
        };
        let open = of_step.filter(|(channel, _)| ladder.rung.reaches(seat) && !tried(*channel));
        let lost = self.needs_address(seat).then_some(TaskKind::Address);
        open.map(|(_, kind)| kind).or(lost)
    }

    /// Whether somebody has said of an address of a party that it is theirs, and the party's own answer was not heard.
    pub fn is_wrong_person(&self, party: PartyId) -> bool {
        let wrong = [Outcome::WrongNumber, Outcome::Moved];
        let mut attempts = self.attempts.iter();
        attempts.any(|it| it.party == party && it.by.is_none() && wrong.contains(&it.outcome))
    }

    /// Whether every address of a party was somebody else's.
    pub fn needs_address(&self, party: &Party) -> bool {
        self.answer(party.id) == Some(Answer::WrongPerson) && party.contact.is_empty()
    }

    /// What a party has asked of a person, until one has been in touch.
    pub(in crate::domain) fn wish(&self, party: PartyId) -> Option<TaskKind> {
        let ladder = self.ladder().filter(|ladder| ladder.held)?;
        let wish = match self.answer(party)? {
            Answer::Help => TaskKind::Help,
            // Nobody looks for a time at one table while a warning of danger stands: a person calls.
            Answer::Meet if self.intake.safety.stands() => TaskKind::Help,
            Answer::Meet => TaskKind::Meet,
            _ => return None,
        };
        let mut attempts = self.attempts.iter();
        // That they would rather meet is the wish itself, and not what came of it.
        let seen_to = attempts.any(|it| {
            it.party == party
                && it.by.is_some()
                && it.at >= ladder.since
                && it.outcome != Outcome::WantsToMeet
        });
        (!seen_to).then_some(wish)
    }

    /// What a party answered to the invitation.
    pub fn answer(&self, party: PartyId) -> Option<Answer> {
        let invited = self.invited.iter().find(|it| it.party == party)?;
        invited.answered.map(|answered| answered.answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_and_task_is_read_back_by_its_name() {
        for answer in Answer::ALL {
            assert_eq!(Answer::parse(answer.name()), Some(answer));
        }
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::parse(kind.name()), Some(kind));
        }
    }
}

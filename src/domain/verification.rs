//! Whether what was agreed has been done, as somebody of the house saw it on the spot, and how it stood a while later.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agreement::Settlement;
use super::case::Case;
use super::confirmation::Phase;
use super::deadline::Due;
use super::evidence::EvidenceFile;
use super::ids::PersonId;
use super::stage::{Closing, Stage};
use super::writing::Writer;

/// Somebody is to look on the spot: the mediator, or a grid worker of the place where one was asked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub at: Timestamp,
    pub due: Due,
    /// What a grid worker looks at, which is all they learn of the case; nothing where none was asked.
    pub visit: Option<String>,
    /// Who went.
    pub visitor: Option<PersonId>,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whether everything agreed is done.
    pub kept: bool,
    pub saw: String,
    /// In words or in degrees, as far as it was said.
    pub place: String,
    pub photo: Option<EvidenceFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub by: PersonId,
    pub at: Timestamp,
    pub seen: Seen,
    /// Whether every clause had been said to be done by then: an instalment that was still owed nobody can have seen.
    #[serde(default)]
    pub whole: bool,
}

/// 回访: how it stands a while after the case was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowedUp {
    pub by: PersonId,
    pub at: Timestamp,
    pub kept: bool,
    pub note: String,
}

impl Settlement {
    /// Whether the last look on the spot found everything done, and nothing was reported since.
    pub fn is_verified(&self) -> bool {
        let reports = self.ledger.iter().flat_map(|entry| &entry.reports);
        let newest = reports.map(|report| report.at).max();
        self.findings.last().is_some_and(|finding| {
            finding.whole && finding.seen.kept && newest.is_none_or(|newest| newest <= finding.at)
        })
    }

    /// The photos as they came, in which the place may be; what everybody is shown is made anew from them.
    pub fn originals(&self) -> impl Iterator<Item = &super::hash::ContentHash> {
        let photos = self.findings.iter().filter_map(|it| it.seen.photo.as_ref());
        photos.map(|photo| &photo.original)
    }
}

impl Case {
    /// The look on the spot that is waited for.
    pub fn to_verify(&self) -> Option<&Check> {
        let before_court = matches!(
            self.stage,
            Stage::Confirm {
                phase: Phase::Prepared | Phase::Filed { .. } | Phase::Reviewing { .. },
                ..
            }
        );
        let over = matches!(
            self.stage,
            Stage::Closed { .. } | Stage::Arbitrate { .. } | Stage::Litigate { .. }
        );
        let settlement = self.stage.settlement();
        settlement
            .filter(|_| !before_court && !over)?
            .check
            .as_ref()
    }

    /// By when somebody asks how it stands, until somebody has.
    pub fn to_follow_up(&self) -> Option<&Due> {
        match &self.stage {
            Stage::Closed {
                why:
                    Closing::Performed {
                        follow_up_by,
                        followed_up,
                        ..
                    },
                ..
            } if followed_up.is_empty() => follow_up_by.as_ref(),
            _ => None,
        }
    }

    /// When the next work is due: a look on the spot or a word that somebody is asked for is no term of the stage, nor
    /// does it hide one. When a party's day to write is over the mediator is told, who finds out how to go on: it is no
    /// day of the case any more, lest it hide the end of the mediation for as long as that party is silent.
    pub fn due(&self, now: Timestamp) -> Option<&Due> {
        let check = self.to_verify().map(|check| &check.due);
        let dues = [check, self.to_follow_up(), self.stage.due()];
        let turns = self.turns();
        let turns = turns.filter(|turn| turn.who == Writer::Mediator || !turn.due.has_passed(now));
        dues.into_iter()
            .flatten()
            .chain(turns.map(|turn| &turn.due))
            .min_by_key(|due| due.at)
    }
}

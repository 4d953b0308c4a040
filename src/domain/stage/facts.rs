//! What can be read off a state: its name, its agreement, its mediator, what is due.

use jiff::Timestamp;

use super::{Assess, Closing, Ending, Mediate, Phase, Settlement, Stage, Work};
use crate::domain::agreement::{Agreement, WhyUnsigned};
use crate::domain::deadline::Due;
use crate::domain::ids::PersonId;

impl Stage {
    /// One name a state, `mediate.inviting`; lists, charts and logs use it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Consult => "consult",
            Self::Assess {
                at: Assess::Submitted,
            } => "assess.submitted",
            Self::Assess { at: Assess::Routed } => "assess.routed",
            Self::Mediate { at } => at.name(),
            Self::Confirm { phase, .. } => phase.name(),
            Self::Perform { .. } => "perform",
            Self::Breached { .. } => "breached",
            Self::Arbitrate { .. } => "arbitrate",
            Self::Litigate { .. } => "litigate",
            Self::Closed { .. } => "closed",
        }
    }

    /// The agreement in effect, where there is one; also after it was not kept and the case went on to arbitration or court.
    pub fn settlement(&self) -> Option<&Settlement> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(settlement)
                }
                _ => None,
            },
            Self::Confirm { settlement, .. }
            | Self::Perform { settlement, .. }
            | Self::Breached { settlement, .. }
            | Self::Closed {
                why: Closing::Performed { settlement, .. },
                ..
            } => Some(settlement),
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                handed_over.settled.as_ref().map(|it| &it.settlement)
            }
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::settlement`], except that a case that is closed or with others does not change.
    pub fn settlement_mut(&mut self) -> Option<&mut Settlement> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(settlement)
                }
                _ => None,
            },
            Self::Confirm { settlement, .. }
            | Self::Perform { settlement, .. }
            | Self::Breached { settlement, .. } => Some(settlement),
            _ => None,
        }
    }

    /// The mediator who was asked, works on it, or worked on it.
    pub fn mediator(&self) -> Option<PersonId> {
        match self {
            Self::Mediate { at } => at.mediator(),
            Self::Confirm { mediator, .. }
            | Self::Perform { mediator, .. }
            | Self::Breached { mediator, .. } => Some(*mediator),
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                let settled = handed_over.settled.as_ref().map(|it| it.mediator);
                let ended = handed_over.ended.as_ref();
                settled.or(ended.and_then(|ending| ending.mediator))
            }
            Self::Closed { why, .. } => match why {
                Closing::Performed { mediator, .. } => Some(*mediator),
                Closing::Ended { ending } => ending.as_ref().and_then(|ending| ending.mediator),
                Closing::Joined { .. } => None,
            },
            Self::Consult | Self::Assess { .. } => None,
        }
    }

    /// The end without agreement, also after the case went on to arbitration or court or was closed.
    pub fn ending(&self) -> Option<&Ending> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Ended { ending } => Some(ending),
                _ => None,
            },
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                handed_over.ended.as_ref()
            }
            Self::Closed {
                why: Closing::Ended { ending },
                ..
            } => ending.as_ref(),
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::ending`].
    pub(in crate::domain) fn ending_mut(&mut self) -> Option<&mut Ending> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Ended { ending } => Some(ending),
                _ => None,
            },
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                handed_over.ended.as_mut()
            }
            Self::Closed {
                why: Closing::Ended { ending },
                ..
            } => ending.as_mut(),
            _ => None,
        }
    }

    /// Since when it is over for the organisation: ended without agreement, handed on, or closed. It stays that instant, whatever
    /// is added to the case later, such as its certificate.
    pub fn over_since(&self) -> Option<Timestamp> {
        let ended = self.ending().map(|ending| ending.at);
        match self {
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                ended.or(Some(handed_over.at))
            }
            Self::Closed { at, .. } => ended.or(Some(*at)),
            _ => ended,
        }
    }

    /// What the mediator works on, while the mediation lasts.
    pub fn work(&self) -> Option<&Work> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Active { work }
                | Mediate::Paused { work, .. }
                | Mediate::Signing { work, .. } => Some(work),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the mediation is on its way to its end, and has not come there.
    pub fn is_in_mediation(&self) -> bool {
        let Self::Mediate { at } = self else {
            return false;
        };
        !matches!(
            at.as_ref(),
            Mediate::Settled { .. } | Mediate::Partial { .. } | Mediate::Ended { .. }
        )
    }

    /// The work of whoever mediates, or of whoever did while another is being found.
    pub fn begun(&self) -> Option<&Work> {
        if let Self::Mediate { at } = self
            && let Mediate::Selecting { kept, .. } | Mediate::Disclosing { kept, .. } = at.as_ref()
        {
            return kept.as_deref();
        }
        self.work()
    }

    /// The agreement that lies open for signing.
    pub fn signing(&self) -> Option<&Agreement> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Signing { agreement, .. } => Some(agreement),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether an agreement lies open or is in effect: who its parties are and where they live stays as they read it, on every
    /// paper that follows (解释 353, 354).
    pub(in crate::domain) fn is_on_paper(&self) -> bool {
        self.signing().is_some() || self.settlement().is_some()
    }

    /// The moment by which the next step is due, and of which the clock reminds or acts.
    pub fn due(&self) -> Option<&Due> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Inviting { due, ladder, .. } => {
                    Some(ladder.as_ref().map_or(due, |ladder| &ladder.due))
                }
                Mediate::Selecting { due, .. } | Mediate::Disclosing { due, .. } => Some(due),
                Mediate::Active { work } | Mediate::Signing { work, .. } => Some(&work.due),
                Mediate::Paused { work, why, .. } if !why.is_excluded() => Some(&work.due),
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(&settlement.confirm_by)
                }
                Mediate::Received { .. } | Mediate::Paused { .. } | Mediate::Ended { .. } => None,
            },
            Self::Confirm {
                phase, settlement, ..
            } => match phase {
                Phase::Prepared => Some(&settlement.confirm_by),
                Phase::Filed { due, .. } | Phase::Reviewing { due, .. } => Some(due),
                _ => None,
            },
            _ => None,
        }
    }

    /// As [`Stage::due`], for a party: what staff have to do by when to reach somebody is not theirs to read. Whoever is
    /// invited is asked for an answer by the day of the invitation, and where a letter or a visit gives them longer, by that.
    pub fn due_for_parties(&self) -> Option<&Due> {
        let Self::Mediate { at } = self else {
            return self.due();
        };
        match at.as_ref() {
            Mediate::Inviting { due, ladder, .. } => {
                let longer = ladder.as_ref().filter(|ladder| ladder.gives_time());
                let longer = longer.map(|ladder| &ladder.due);
                longer.filter(|longer| longer.at > due.at).or(Some(due))
            }
            _ => self.due(),
        }
    }

    /// By when an answer to the invitation is asked for, whatever is done meanwhile.
    pub(in crate::domain) fn answer_by(&self) -> Option<&Due> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Inviting { due, .. } => Some(due),
                _ => None,
            },
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::due`], for a term that is counted again.
    pub(in crate::domain) fn due_mut(&mut self) -> Option<&mut Due> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Inviting { due, ladder, .. } => {
                    Some(ladder.as_mut().map_or(due, |ladder| &mut ladder.due))
                }
                Mediate::Selecting { due, .. } | Mediate::Disclosing { due, .. } => Some(due),
                Mediate::Active { work } | Mediate::Signing { work, .. } => Some(&mut work.due),
                Mediate::Paused { work, why, .. } if !why.is_excluded() => Some(&mut work.due),
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(&mut settlement.confirm_by)
                }
                Mediate::Received { .. } | Mediate::Paused { .. } | Mediate::Ended { .. } => None,
            },
            Self::Confirm {
                phase, settlement, ..
            } => match phase {
                Phase::Prepared => Some(&mut settlement.confirm_by),
                Phase::Filed { due, .. } | Phase::Reviewing { due, .. } => Some(due),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Work {
    /// Whether somebody declined to sign when last an agreement lay open.
    pub(in crate::domain) fn was_declined(&self) -> bool {
        let last = self.unsigned.last();
        last.is_some_and(|it| matches!(it.why, WhyUnsigned::Declined { .. }))
    }
}

impl Mediate {
    const fn name(&self) -> &'static str {
        match self {
            Self::Received { .. } => "mediate.received",
            Self::Inviting { .. } => "mediate.inviting",
            Self::Selecting { .. } => "mediate.selecting",
            Self::Disclosing { .. } => "mediate.disclosing",
            Self::Active { .. } => "mediate.active",
            Self::Paused { .. } => "mediate.paused",
            Self::Signing { .. } => "mediate.signing",
            Self::Settled { .. } => "mediate.settled",
            Self::Partial { .. } => "mediate.partial",
            Self::Ended { .. } => "mediate.ended",
        }
    }

    fn mediator(&self) -> Option<PersonId> {
        match self {
            Self::Disclosing { assignment, .. } => Some(assignment.mediator),
            Self::Active { work } | Self::Paused { work, .. } | Self::Signing { work, .. } => {
                Some(work.mediator)
            }
            Self::Settled { mediator, .. } | Self::Partial { mediator, .. } => Some(*mediator),
            Self::Ended { ending } => ending.mediator,
            Self::Received { .. } | Self::Inviting { .. } | Self::Selecting { .. } => None,
        }
    }
}

impl Phase {
    const fn name(&self) -> &'static str {
        match self {
            Self::Prepared => "confirm.prepared",
            Self::Filed { .. } => "confirm.filed",
            Self::Reviewing { .. } => "confirm.reviewing",
            Self::Valid { .. } => "confirm.valid",
            Self::Dismissed { .. } => "confirm.dismissed",
            Self::NotAccepted { .. } => "confirm.not_accepted",
            Self::Withdrawn { .. } => "confirm.withdrawn",
        }
    }
}

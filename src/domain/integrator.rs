//! Another body that hands matters to the house: the police, a petition office, a court, another platform.

use jiff::Timestamp;

use super::ids::IntegratorId;
use super::intake::Source;
use super::organisation::District;

/// Who sends matters through the interface. It sees none of them again but by what is reported to its webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integrator {
    pub id: IntegratorId,
    pub name: String,
    /// As which way its matters come.
    pub source: Source,
    /// Where its matters belong; it can send none to another.
    pub district: District,
    /// Where it is told what becomes of them.
    pub webhook: Option<String>,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// What an integrator is told of a matter that it sent; nothing of what was said in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// A committee has it.
    Routed,
    Accepted,
    Settled,
    /// It ended without agreement, went to arbitration or court, or was closed.
    Ended,
}

impl Milestone {
    /// The type of its event.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Routed => "matter.routed",
            Self::Accepted => "matter.accepted",
            Self::Settled => "matter.settled",
            Self::Ended => "matter.ended",
        }
    }

    /// What a change from one state to another means to whoever sent the matter.
    pub fn of(from: &str, to: &str) -> Option<Self> {
        if from == to {
            return None;
        }
        match to {
            "assess.routed" | "mediate.received" => Some(Self::Routed),
            "mediate.inviting" => Some(Self::Accepted),
            "mediate.settled" | "mediate.partial" => Some(Self::Settled),
            "mediate.ended" | "arbitrate" | "litigate" | "closed" => Some(Self::Ended),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integrator_is_told_the_milestones_and_nothing_in_between() {
        let told = |from, to| Milestone::of(from, to).map(Milestone::name);
        assert_eq!(
            told("mediate.received", "mediate.inviting"),
            Some("matter.accepted")
        );
        assert_eq!(
            told("mediate.signing", "mediate.settled"),
            Some("matter.settled")
        );
        assert_eq!(
            told("mediate.active", "mediate.ended"),
            Some("matter.ended")
        );
        assert_eq!(told("mediate.selecting", "mediate.disclosing"), None);
        assert_eq!(told("mediate.inviting", "mediate.inviting"), None);
    }
}

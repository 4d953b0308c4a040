//! A complaint about a mediator: outside of the case and of the committee, for the supervisor of the district.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::case::Case;
use super::deadline::Due;
use super::ids::{CaseId, ComplaintId, OrganisationId, PartyId, PersonId};

/// What a mediator must not do (人民调解法 15, 在线调解规则 29, 特邀调解规定 28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misconduct {
    /// 强迫调解.
    Force,
    Bias,
    Insult,
    /// Gifts, favours, fees.
    Gain,
    /// Private matters or trade secrets leaked.
    Leak,
    Other,
}

impl Misconduct {
    pub const ALL: [Self; 6] = [
        Self::Force,
        Self::Bias,
        Self::Insult,
        Self::Gain,
        Self::Leak,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Force => "force",
            Self::Bias => "bias",
            Self::Insult => "insult",
            Self::Gain => "gain",
            Self::Leak => "leak",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// It names the case by its number alone: whoever answers it sees nothing else of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    pub id: ComplaintId,
    pub case: CaseId,
    pub number: String,
    /// Whose supervisors answer it.
    pub bureau: OrganisationId,
    /// Whose head reads it once it is shared.
    pub committee: OrganisationId,
    pub mediator: PersonId,
    pub by: PersonId,
    pub party: PartyId,
    pub kind: Misconduct,
    pub text: String,
    pub at: Timestamp,
    pub due: Due,
    /// The supervisor has told the committee and the mediator of it.
    pub shared: bool,
    pub answer: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub by: PersonId,
    pub at: Timestamp,
    pub upheld: bool,
    pub text: String,
}

/// About whom `actor` may complain in this case: a party about whoever mediates or did.
pub fn may_complain(actor: &Actor, case: &Case) -> bool {
    case.seat_for(actor).is_some() && about(case).is_some()
}

/// Whoever mediates, or was the last to.
pub fn about(case: &Case) -> Option<PersonId> {
    let last = case.decisions.last().map(|decision| decision.about);
    case.stage.mediator().or(last)
}

impl Complaint {
    pub const fn state(&self) -> &'static str {
        if self.answer.is_some() {
            "answered"
        } else {
            "received"
        }
    }

    /// Whether `actor` answers it: a supervisor of the district, unless it is about them.
    pub fn may_answer(&self, actor: &Actor) -> bool {
        actor.holds(Role::Supervisor, self.bureau) && actor.person() != Some(self.mediator)
    }

    /// Whether `actor` reads it: who complained, who answers, and once it is shared the head and the mediator.
    pub fn may_read(&self, actor: &Actor) -> bool {
        let told = actor.holds(Role::Head, self.committee) || actor.person() == Some(self.mediator);
        actor.person() == Some(self.by) || self.may_answer(actor) || (self.shared && told)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::actor::Post;
    use crate::domain::deadline::Basis;
    use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, actor, actors, rules};

    fn complaint() -> Complaint {
        Complaint {
            id: ComplaintId(Uuid::from_u128(1)),
            case: CaseId(Uuid::from_u128(0xca)),
            number: "和调〔2026〕000001号".to_owned(),
            bureau: COMMITTEE,
            committee: COMMITTEE,
            mediator: MEDIATOR,
            by: actor("claimant").person().unwrap(),
            party: PartyId(Uuid::from_u128(0xa1)),
            kind: Misconduct::Bias,
            text: "总向着对方".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            due: Due {
                at: Timestamp::UNIX_EPOCH,
                provisional: false,
                basis: Basis::HouseDefault,
            },
            shared: false,
            answer: None,
        }
    }

    fn readers(complaint: &Complaint) -> Vec<&'static str> {
        let actors = actors().into_iter();
        actors
            .filter(|(_, actor)| complaint.may_read(actor))
            .map(|(name, _)| name)
            .collect()
    }

    /// 人民调解法 15, 在线调解规则 29: outside of the committee, which hears of it when the supervisor tells.
    #[test]
    fn neither_committee_nor_mediator_nor_the_other_side_reads_it_before_it_is_shared() {
        let mut complaint = complaint();
        assert_eq!(readers(&complaint), ["claimant", "supervisor"]);
        complaint.shared = true;
        let mut now = readers(&complaint);
        now.sort_unstable();
        assert_eq!(now, ["claimant", "head", "mediator", "supervisor"]);
    }

    #[test]
    fn nobody_answers_a_complaint_about_themselves() {
        let mediator_as_supervisor = Actor::Staff {
            person: MEDIATOR,
            posts: vec![Post {
                organisation: COMMITTEE,
                role: Role::Supervisor,
            }],
        };
        assert!(!complaint().may_answer(&mediator_as_supervisor));
        assert!(complaint().may_answer(&actor("supervisor")));
    }

    #[test]
    fn a_party_complains_once_somebody_mediates_and_also_after_they_were_replaced() {
        let rules = rules();
        let early = Quarrel::new(&rules).selecting().case;
        assert!(!may_complain(&actor("claimant"), &early));
        let mut quarrel = Quarrel::new(&rules).active();
        for (name, may) in [
            ("claimant", true),
            ("respondent", true),
            ("mediator", false),
            ("head", false),
        ] {
            assert_eq!(may_complain(&actor(name), &quarrel.case), may, "{name}");
        }
        let replace = crate::domain::action::Action::DecideReplacement {
            replace: true,
            reason: "病了".to_owned(),
        };
        quarrel.act("head", replace);
        assert_eq!(about(&quarrel.case), Some(MEDIATOR));
        for kind in Misconduct::ALL {
            assert_eq!(Misconduct::parse(kind.name()), Some(kind));
        }
    }
}

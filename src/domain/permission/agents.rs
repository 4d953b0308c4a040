//! What somebody who acts for a party does in its place, and what is left to the party beside them.

use super::super::action::Action;
use super::super::actor::Actor;
use super::super::agent::{Agent, Right};
use super::super::case::{Case, Standing};
use super::super::ids::PartyId;
use super::super::party::Party;
use super::super::stage::EndCode;
use super::super::team::Capacity;
use super::is_mediating;

/// Whether this very person may do it where their party may.
pub(super) fn covers(actor: &Actor, case: &Case, standing: Standing, action: &Action) -> bool {
    let Standing::Party(party, _) = standing else {
        return true;
    };
    let Some(agent) = case.party(party).and_then(Party::agent) else {
        return true;
    };
    let (settles, signs) = (is_settling(action), is_signing(action));
    if actor.person().is_some_and(|person| agent.is(person)) {
        (!settles || agent.right.settles())
            && (!signs || agent.right.signs())
            && names_as(agent, action)
    } else if agent.right.is_by_law() {
        // 民法典 19, 20: whoever cannot act alone talks, and their guardian binds them.
        !settles && !signs && !names(action)
    } else {
        !signs || !agent.right.signs()
    }
}

/// To admit, to give way, to settle (民事诉讼法 62), and to undo what only a settlement or a signature has done.
const fn is_settling(action: &Action) -> bool {
    matches!(
        action,
        Action::AgreeClause { .. }
            | Action::AgreeUndisputed { .. }
            | Action::MakeOffer { .. }
            | Action::AcceptOffer { .. }
            | Action::AcknowledgePerformance { .. }
            | Action::SignOnPaper { .. }
            | Action::WithdrawConsent
            | Action::DeclineToSign { .. }
            | Action::WithdrawConfirmation
            | Action::End {
                code: EndCode::Withdrawn
            }
    ) || is_signing(action)
}

const fn is_signing(action: &Action) -> bool {
    matches!(
        action,
        Action::ConsentToSign { .. } | Action::Sign { .. } | Action::JoinConfirmation { .. }
    )
}

/// Whoever acts by law names who acts beside or after them, and thinks better of it. An attorney resigns by their own
/// word (民法典 173 (2)); nobody lays down a guardianship so (175).
fn names_as(agent: &Agent, action: &Action) -> bool {
    match action {
        Action::DismissAgent { seen, .. } if *seen == agent.mark() => {
            !matches!(agent.right, Right::Guardian { .. })
        }
        Action::NameAgent { .. } | Action::DismissAgent { .. } => agent.right.is_by_law(),
        _ => true,
    }
}

const fn names(action: &Action) -> bool {
    matches!(
        action,
        Action::NameAgent { .. } | Action::DismissAgent { .. }
    )
}

/// Who says who acts for a party: the party, whoever wrote the matter down for it, and whoever works on the case.
pub(super) fn grants(standing: Standing, action: &Action) -> bool {
    let of = |party: PartyId| match standing {
        Standing::Party(own, _) | Standing::Team(Capacity::EnteredFor(own)) => own == party,
        Standing::Dispatcher => true,
        _ => is_mediating(standing),
    };
    match action {
        Action::NameAgent { party, .. } | Action::DismissAgent { party, .. } => of(*party),
        Action::AcceptAgent { .. } => is_mediating(standing),
        _ => false,
    }
}

/// Whether `actor` sees who acts for whom: everybody who sees the case but the court, which reads it on the papers.
pub fn may_see_agents(actor: &Actor, case: &Case) -> bool {
    super::may_see_team(actor, case)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::super::super::agent::{Agent, Right};
    use super::super::super::fixture::{MEDIATOR, Quarrel, actor, rules};
    use super::super::super::hash::ContentHash;
    use super::super::super::identity::PersonName;
    use super::super::super::ids::PersonId;
    use super::super::super::party::{IdentityCheck, IdentityMethod};
    use super::super::{Forbidden, permit};
    use super::*;

    const WANG: PersonId = PersonId(Uuid::from_u128(0xba));

    /// Looked at by the mediator, beside the claimant, while the agreement lies open.
    fn beside(right: Right) -> Case {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).signing();
        let (mut case, at) = (quarrel.case, quarrel.now);
        let seat = &mut case.parties[0];
        seat.agent = Some(Box::new(Agent {
            person: Some(WANG),
            name: PersonName::parse("王五").unwrap(),
            contact: seat.contact.clone(),
            right,
            proof: ContentHash::of(b"power"),
            named_by: MEDIATOR,
            named_at: at,
            accepted: Some(IdentityCheck {
                method: IdentityMethod::CardAtCounter,
                by: MEDIATOR,
                at,
                masked: "3**4".to_owned(),
                sealed: "x".to_owned(),
                fingerprint: "wang".to_owned(),
                document: crate::domain::party::Document::IdCard,
            }),
        }));
        case
    }

    /// 民事诉讼法 62, 民法典 19, 20: whoever may not settle does not undo what was settled and signed either.
    #[test]
    fn what_binds_a_party_is_undone_only_by_whoever_may_bind_it() {
        let attorney = |special| Right::Attorney {
            special,
            signs: special,
            power: date(2026, 3, 1),
        };
        let mother = Right::Guardian {
            relation: "母亲".to_owned(),
            for_both: true,
        };
        let hash = || ContentHash::of(b"base");
        let undoing = [
            Action::SignOnPaper {
                from_hash: hash(),
                to_hash: hash(),
            },
            Action::WithdrawConsent,
            Action::DeclineToSign {
                reason: String::new(),
            },
            Action::WithdrawConfirmation,
        ];
        for (right, by_agent, by_party) in [
            (attorney(false), false, true),
            (attorney(true), true, true),
            (mother, true, false),
        ] {
            let case = beside(right.clone());
            let wang = Actor::Person { person: WANG };
            for action in &undoing {
                for (who, may) in [(&wang, by_agent), (&actor("claimant"), by_party)] {
                    let permitted = permit(who, &case, action.clone());
                    let refused = (!may).then_some(Forbidden::NotYours);
                    assert_eq!(permitted.err(), refused, "{right:?} {action:?} {who:?}");
                }
            }
        }
    }
}

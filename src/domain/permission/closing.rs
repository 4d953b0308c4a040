//! Who asks authorities for help, and who sees to the end of a case: who looks whether it is done, who closes it, who asks
//! again later.

use super::super::action::Action;
use super::super::actor::Actor;
use super::super::case::{Case, Standing};
use super::super::party::PartyRole;
use super::super::stage::{Closing, EndCode, Stage};
use super::{is_mediating, is_party, works_at_intake};

/// Whether `actor` prints the slips by which parties rate: the dispatcher, and not whoever is rated. Nobody does before
/// there is something to rate.
pub fn may_hand_out_slips(actor: &Actor, case: &Case) -> bool {
    let performed = matches!(
        &case.stage,
        Stage::Closed {
            why: Closing::Performed { .. },
            ..
        }
    );
    let standings = case.standings(actor);
    let is_rated = standings.iter().any(|standing| is_mediating(*standing))
        || case.stage.mediator() == actor.person();
    performed && standings.contains(&Standing::Dispatcher) && !is_rated
}

/// Whether `actor` asks authorities for help in the case: whoever mediates it or took it in, grid workers among them.
pub fn asks_authorities(actor: &Actor, case: &Case) -> bool {
    case.standings(actor)
        .into_iter()
        .any(works_with_authorities)
}

fn works_with_authorities(standing: Standing) -> bool {
    is_mediating(standing) || works_at_intake(standing)
}

/// The rows of the table that belong to the end.
pub(super) fn grants(case: &Case, standing: Standing, action: &Action) -> bool {
    match action {
        // Whoever was there; a grid worker for whom it was asked.
        Action::VerifyPerformance { .. } => is_mediating(standing) || standing == Standing::Visitor,
        Action::AskVerification { .. } | Action::FollowUp { .. } => {
            is_mediating(standing) || standing == Standing::Dispatcher
        }
        Action::AskAuthority { .. } => works_with_authorities(standing),
        Action::AnswerRequest { .. } => {
            works_with_authorities(standing) || standing == Standing::Authority
        }
        Action::Close => match case.stage {
            Stage::Perform { .. } | Stage::Breached { .. } | Stage::Confirm { .. } => {
                standing == Standing::Mediator
            }
            _ => {
                matches!(standing, Standing::Mediator | Standing::Dispatcher)
                    || is_party(standing, PartyRole::Claimant)
            }
        },
        _ => false,
    }
}

/// Everybody may leave (人民调解法 26); what only time or the mediator can know is theirs to say.
pub(super) fn may_end(code: EndCode, standing: Standing) -> bool {
    match code {
        EndCode::Withdrawn => is_party(standing, PartyRole::Claimant),
        // Declining an invitation is an action of its own, with a reason.
        EndCode::Declined => false,
        EndCode::Unreachable | EndCode::TermExpired => standing == Standing::Clock,
        EndCode::Refused => {
            standing == Standing::Mediator || matches!(standing, Standing::Party(..))
        }
        EndCode::TooFarApart | EndCode::SigningRefused | EndCode::Unfit => {
            standing == Standing::Mediator
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::actor::{Post, Role};
    use super::super::super::fixture::{CLAUSE, COMMITTEE, MEDIATOR, Quarrel, actor, rules};
    use super::super::super::ids::PersonId;
    use super::super::super::team::{Capacity, Member};
    use super::*;

    /// Holds both posts of a committee that has few people.
    fn dispatcher_who_mediates(person: PersonId) -> Actor {
        let posts = [Role::Dispatcher, Role::Mediator].map(|role| Post {
            organisation: COMMITTEE,
            role,
        });
        Actor::Staff {
            person,
            posts: posts.into(),
        }
    }

    #[test]
    fn the_dispatcher_hands_out_slips_but_not_whoever_mediated() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        let done = Action::AcknowledgePerformance { clause: CLAUSE };
        quarrel.act("claimant", done);
        let dispatcher = actor("dispatcher");
        assert!(!may_hand_out_slips(&dispatcher, &quarrel.case), "too early");
        let seen = quarrel.seen();
        quarrel.act("mediator", seen);
        let mut case = quarrel.case;
        assert!(may_hand_out_slips(&dispatcher, &case));
        assert!(!may_hand_out_slips(&actor("mediator"), &case));
        let led = dispatcher_who_mediates(MEDIATOR);
        assert!(
            !may_hand_out_slips(&led, &case),
            "they would rate themselves"
        );
        let other = dispatcher_who_mediates(PersonId(uuid::Uuid::from_u128(0x51)));
        assert!(may_hand_out_slips(&other, &case), "who had no part in it");
        case.team.push(Member {
            person: other.person().unwrap(),
            capacity: Capacity::CoMediator,
            since: quarrel.now,
        });
        assert!(!may_hand_out_slips(&other, &case), "nor a co-mediator");
    }
}

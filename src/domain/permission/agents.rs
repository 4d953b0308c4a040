//! What somebody who acts for a party does in its place, and what is left to the party beside them.

use super::super::action::Action;
use super::super::actor::Actor;
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
    if Some(agent.person) == actor.person() {
        (!settles || agent.right.settles())
            && (!signs || agent.right.signs())
            && (!names(action) || agent.right.is_by_law())
    } else if agent.right.is_by_law() {
        // 民法典 19, 20: whoever cannot act alone talks, and their guardian binds them.
        !settles && !signs && !names(action)
    } else {
        !signs || !agent.right.signs()
    }
}

/// To admit, to give way, to settle (民事诉讼法 62).
const fn is_settling(action: &Action) -> bool {
    matches!(
        action,
        Action::AgreeClause { .. }
            | Action::AgreeUndisputed { .. }
            | Action::MakeOffer { .. }
            | Action::AcceptOffer { .. }
            | Action::AcknowledgePerformance { .. }
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
        Action::NameAgent { party, .. } | Action::DismissAgent { party } => of(*party),
        Action::AcceptAgent { .. } => is_mediating(standing),
        _ => false,
    }
}

/// Whether `actor` sees who acts for whom: everybody who sees the case but the court, which reads it on the papers.
pub fn may_see_agents(actor: &Actor, case: &Case) -> bool {
    super::may_see_team(actor, case)
}

//! Who reaches the people of a case, and who works off the lists for it, which belong to a post and to no one case.

use super::super::action::Action;
use super::super::actor::{Actor, Role};
use super::super::case::{Case, Standing};
use super::super::contact_record::ContactChannel;
use super::super::ids::OrganisationId;
use super::super::ladder::TaskKind;
use super::super::stage::Stage;
use super::is_mediating;

/// Whether `actor` works with the people of the case, and so reads how each is reached and opens the record of the
/// mediation from the case: its dispatcher and its mediator.
pub fn may_reach_parties(actor: &Actor, case: &Case) -> bool {
    case.standings(actor)
        .iter()
        .any(|standing| is_mediating(*standing) || *standing == Standing::Dispatcher)
}

/// Whether `actor` is told which messages of the case reached nobody: everybody at work on it, the court for its own
/// service among them, and no party.
pub fn may_see_failures(actor: &Actor, case: &Case) -> bool {
    case.standings(actor).iter().any(|standing| {
        is_mediating(*standing)
            || !matches!(
                standing,
                Standing::Party(..)
                    | Standing::Team(_)
                    | Standing::Invited(_)
                    | Standing::Visitor
                    | Standing::Authority
            )
    })
}

/// Whether `actor` may have a party's link sent once more: who works on the case, and accounts for whoever holds a link
/// that has lapsed. Nobody is called back into a case that is closed.
pub fn may_send_link(actor: &Actor, case: &Case) -> bool {
    let at_work = |standing: &Standing| {
        matches!(
            standing,
            Standing::Dispatcher | Standing::Mediator | Standing::System
        )
    };
    !matches!(case.stage, Stage::Closed { .. }) && case.standings(actor).iter().any(at_work)
}

/// The committees for which `actor` sees to it that the other side is reached, and so reads how: whoever assigns there.
pub fn reaches_people_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher])
}

/// The committees whose share of answers `actor` reads: whoever assigns there, and its head.
pub fn answers_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher, Role::Head])
}

/// Where `actor` answers what is asked of the body; which of these are authorities, `casework` finds.
pub fn answers_requests_at(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher])
}

pub fn answers_requests(actor: &Actor) -> bool {
    !answers_requests_at(actor).is_empty()
}

/// Where `actor` serves as a grid worker.
pub fn goes_to_doors_from(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::GridWorker])
}

pub fn reaches_people(actor: &Actor) -> bool {
    !reaches_people_for(actor).is_empty()
}

pub fn reads_answers(actor: &Actor) -> bool {
    !answers_for(actor).is_empty()
}

pub fn goes_to_doors(actor: &Actor) -> bool {
    !goes_to_doors_from(actor).is_empty()
}

/// Where `actor` holds one of these posts.
pub(super) fn holds(actor: &Actor, roles: &[Role]) -> Vec<OrganisationId> {
    let Actor::Staff { posts, .. } = actor else {
        return Vec::new();
    };
    let held = posts.iter().filter(|post| roles.contains(&post.role));
    let mut all: Vec<_> = held.map(|post| post.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What whoever goes there may write down: the visit, to whom it goes.
pub(super) fn is_visit(case: &Case, action: &Action) -> bool {
    matches!(action, Action::RecordContact { party, channel: ContactChannel::Visit, .. }
        if case.task(*party) == Some(TaskKind::Visit))
}

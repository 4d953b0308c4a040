//! What belongs to a post and to no one case: who sorts, writes down, prints, plans and mends, and for which bodies.

use super::super::actor::{Actor, Post, Role};
use super::super::case::Case;
use super::super::ids::{OrganisationId, PersonId};
use super::outreach::holds;

/// The committees whose matters `actor` sorts.
pub fn sorts_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher])
}

pub fn sorts(actor: &Actor) -> bool {
    !sorts_for(actor).is_empty()
}

/// The bodies for whose doors `actor` prints sheets: whoever assigns what they bring in.
pub fn prints_sheets_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher])
}

pub fn prints_sheets(actor: &Actor) -> bool {
    !prints_sheets_for(actor).is_empty()
}

/// The post in which `actor` writes down what people come with.
pub fn enters_as(actor: &Actor) -> Option<Post> {
    let Actor::Staff { posts, .. } = actor else {
        return None;
    };
    let enters = |post: &&Post| {
        matches!(
            post.role,
            Role::GridWorker | Role::IntakeOfficer | Role::Dispatcher
        )
    };
    posts.iter().find(enters).copied()
}

pub fn enters(actor: &Actor) -> bool {
    enters_as(actor).is_some()
}

/// Whether `actor` has a calendar that others plan by: whoever mediates.
pub fn keeps_calendar(actor: &Actor) -> bool {
    !holds(actor, &[Role::Mediator]).is_empty()
}

/// Whether `actor` may look after something that could not be sent; which, [`super::may_mend`] says.
pub fn mends(actor: &Actor) -> bool {
    !holds(actor, &[Role::Dispatcher, Role::Operator]).is_empty()
}

/// The committees whose staff `actor` looks after, as their head.
pub fn heads(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Head])
}

pub fn heads_any(actor: &Actor) -> bool {
    !heads(actor).is_empty()
}

/// Whether `actor` reads that a target of the first minutes was missed, and nothing else of the case: whoever is told of
/// it, which are the heads above its dispatchers, whether or not they see the case.
pub fn may_read_missed(actor: &Actor, case: &Case, above: &[PersonId]) -> bool {
    let missed = case
        .intake
        .pace
        .as_ref()
        .is_some_and(|pace| !pace.missed.is_empty());
    let told = actor.person().is_some_and(|person| above.contains(&person));
    missed && told && heads_any(actor)
}

/// Whether `actor` has the court's desk: who receives applications there, and who decides.
pub fn is_of_court(actor: &Actor) -> bool {
    !holds(actor, &[Role::Clerk, Role::Judge]).is_empty()
}

/// Whether `actor` keeps the register of bodies, staff and doors: whoever runs the installation, who sees no case.
pub fn keeps_register(actor: &Actor) -> bool {
    !holds(actor, &[Role::Operator]).is_empty()
}

/// The bureaus for which `actor` reads and answers complaints.
pub fn answers_complaints_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Supervisor])
}

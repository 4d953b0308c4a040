//! Who leads the sessions, who sits in them, and who keeps what was said in private.

use super::super::actor::Actor;
use super::super::case::{Case, Standing};
use super::super::ids::SessionId;
use super::super::team::Capacity;
use super::leads;

/// Whether `actor` may write and read notes of private talks: the mediator of the case alone.
pub fn may_keep_caucus_notes(actor: &Actor, case: &Case) -> bool {
    leads(actor, case)
}

/// As what `actor` enters the video room of a session: the mediator once it is open, a party also to wait before.
/// Nobody else does, nobody once it is over, and nobody where all meet at a table.
pub fn may_enter(actor: &Actor, case: &Case, session: SessionId) -> Option<Standing> {
    let mut sessions = case.stage.work()?.sessions.iter();
    let session = sessions.find(|found| found.id == session)?;
    if session.is_at_a_table() {
        return None;
    }
    let standings = case.standings(actor);
    // Whoever sits in front of the screen would be heard twice, and would carry one conversation into another.
    let is_seated = actor
        .person()
        .is_some_and(|person| session.seats_person(case, person));
    standings.into_iter().find(|standing| match standing {
        Standing::Mediator | Standing::Team(Capacity::CoMediator) => session.is_open(),
        Standing::Party(..) => session.is_to_come() && !is_seated,
        Standing::Team(capacity) => capacity.sits_in() && session.is_to_come() && !is_seated,
        _ => false,
    })
}

/// Whether `actor` may compare faces with identity documents and see what was written down of them.
pub fn may_check_identities(actor: &Actor, case: &Case) -> bool {
    leads(actor, case)
}

/// Whether `actor` opens, leads and closes the sessions.
pub fn may_lead_sessions(actor: &Actor, case: &Case) -> bool {
    leads(actor, case)
}

/// Whether `actor` sits at the table: whoever leads, the parties, and whom they agreed to.
pub fn may_sit_in_sessions(actor: &Actor, case: &Case) -> bool {
    case.standings(actor).into_iter().any(sits_at_the_table)
}

/// Whether `actor` comes to the sessions: whoever sits at the table, and whoever only watches and hears beside it.
pub fn may_attend_sessions(actor: &Actor, case: &Case) -> bool {
    let attends = |it: Standing| sits_at_the_table(it) || it.only_hears();
    case.standings(actor).into_iter().any(attends)
}

/// Whether `actor` comes to the sessions to watch and hear, and for nothing else.
pub fn may_only_hear(actor: &Actor, case: &Case) -> bool {
    may_attend_sessions(actor, case) && !may_sit_in_sessions(actor, case)
}

pub(super) const fn sits_at_the_table(standing: Standing) -> bool {
    match standing {
        Standing::Mediator | Standing::Party(..) => true,
        Standing::Team(capacity) => capacity.sits_in() && !capacity.only_hears(),
        _ => false,
    }
}

//! The one door for changing a case: open, perform, and what follows.
//!
//! A change loads the case, asks `permit`, lets `advance` carry it out, saves it under its version, appends
//! the event to the chain and enqueues what follows, all in one transaction.

mod catch_up;
mod chained;
mod change;
mod complaint;
mod delivery;
mod error;
mod help;
mod link;
mod look;
mod notes;
mod open;
mod outreach;
mod record;
mod screen;
mod sheets;
mod signings;
mod stuck;
mod triage;
mod verification;
mod visits;
mod writing;

use std::sync::Arc;

pub use catch_up::catch_up;
pub use change::{
    Foreseen, foresee_number, perform, perform_foreseen, perform_in, perform_numbered, perform_on,
    recalculate, tick, tick_in,
};
pub use complaint::{answer_complaint, complain, complaint, complaints, share_complaint};
pub use delivery::{Errand, Errands, errands, number_of_errands};
pub use error::CaseworkError;
pub use help::{Plea, answer_plea, authorities, pleas, unanswered};
pub use link::send_link;
pub use look::{
    Entry, attended, case_of_paper, caucus_notes, due, history, in_queue, invitation, list, load,
    note_caucus, queue, search,
};
pub use notes::{note_privately, private_notes};
pub use open::{NewCase, NewClaim, NewParty, Origin, open, open_in};
pub use outreach::{
    Task, Visit, number_of_tasks, record_visit, report_wrong_person, share_of_answers, tasks,
    visits,
};
pub use record::{
    MediationRecord, Meeting, accepted_at, mediation_record, note_number_read, number_readings,
};
pub use sheets::ask_again;
pub use signings::{Head, Signed, Signings, signings};
pub use stuck::{Stuck, stuck, try_again};
pub use triage::{Queued, Similar, SimilarCase, Waiting, join, link, similar, similar_to, waiting};
pub use verification::{Spot, record_spot, spots};
pub use writing::{
    Correspondence, correspondence, day_over, send_offer, show_offer, take_offer_back,
    write_to_all, write_to_one,
};

use crate::clock::Clock;
use crate::domain::rules::Rules;
use crate::storage::Store;

/// What every change of a case needs.
#[derive(Clone, Debug)]
pub struct Desk {
    pub store: Store,
    pub clock: Arc<Clock>,
    pub rules: Arc<Rules>,
}

#[cfg(test)]
mod tests;

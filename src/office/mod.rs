//! Organisations, rosters and who is free: the people a case can be given to.

mod diary;
mod late;
mod partners;
mod propose;
mod ratings;
pub mod register;
pub mod roster;
mod second_look;
mod statistics;
#[cfg(test)]
mod tests;

pub use diary::{LeaveError, end_leave, keep_hours, keep_ties, take_leave};
pub use late::{Late, late};
pub use partners::{Partner, partners};
pub use propose::{area_of, committee_at, committee_for, court_for, propose, propose_all, ties_of};
pub use ratings::{Ratings, ratings};
pub use second_look::{Confirmer, confirmers};
pub use statistics::{By, Group, Statistics, counted_by, statistics};

/// `Result` of this room: nothing but the store can fail.
pub type Result<T> = std::result::Result<T, crate::storage::StorageError>;

//! The law of the house: what a case is, who may do what, and what follows. No I/O, no clock, no randomness.

pub mod actor;
pub mod citation;
pub mod claim;
pub mod deadline;
pub mod hash;
pub mod identity;
pub mod ids;
pub mod job;
pub mod message;
pub mod money;
pub mod rules;
pub mod time;
pub mod track;
pub mod wording;

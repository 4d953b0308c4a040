//! The law of the house: what a case is, who may do what, and what follows. No I/O, no clock, no randomness.

pub mod action;
pub mod actor;
pub mod agreement;
pub mod assignment;
pub mod attendance;
pub mod case;
pub mod caucus;
pub mod chain;
pub mod citation;
pub mod claim;
pub mod confirmation;
pub mod deadline;
pub mod exhibit;
#[cfg(test)]
pub(crate) mod fixture;
pub mod follow_up;
pub mod hash;
pub mod identity;
pub mod ids;
pub mod job;
pub mod lifecycle;
pub mod message;
pub mod money;
pub mod number;
pub mod offered;
pub mod organisation;
pub mod paper;
pub mod party;
pub mod permission;
pub mod rules;
pub mod session;
pub mod stage;
pub mod team;
pub mod time;
pub mod track;
pub mod wording;

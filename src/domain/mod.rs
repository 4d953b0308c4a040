//! The law of the house: what a case is, who may do what, and what follows. No I/O, no clock, no randomness.

pub mod actor;
pub mod hash;
pub mod ids;
pub mod time;

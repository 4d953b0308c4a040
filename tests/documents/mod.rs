//! Papers, checked by verifiers that are not ours.

pub(crate) mod checkers;
mod samples;
mod signed;
mod text;

//! Papers, checked by verifiers that are not ours.

pub(crate) mod checkers;
mod conformance;
mod samples;
mod signed;
mod text;

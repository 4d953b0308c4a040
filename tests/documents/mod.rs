//! Papers, checked by verifiers that are not ours.

mod checkers;
mod samples;
mod signed;
mod text;

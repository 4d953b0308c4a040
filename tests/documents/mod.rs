//! Papers, checked by verifiers that are not ours.

mod capacities;
pub(crate) mod checkers;
mod conformance;
mod hostile;
mod names;
mod openssl;
mod outside;
mod parallel;
mod pins;
mod samples;
mod signed;
mod signers;
mod text;

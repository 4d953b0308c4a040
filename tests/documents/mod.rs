//! Papers, checked by verifiers that are not ours.

pub(crate) mod checkers;
mod conformance;
mod hostile;
mod openssl;
mod outside;
mod names;
mod samples;
mod signed;
mod signers;
mod text;

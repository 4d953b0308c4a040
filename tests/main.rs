//! All integration tests in one binary, which links once.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

mod api;
mod architecture;
mod browser;
mod commands;
mod crash;
mod documents;
mod foundation;
mod media;
mod notices;
mod readme;
mod support;

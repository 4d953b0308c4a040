//! What people do in real browsers, against the real binary.

mod on_site;
mod operations;
mod outbox;
mod person;
mod plain;
mod story;
mod triage;
mod writing;

//! What people do in real browsers, against the real binary.

mod outbox;
mod person;
mod story;

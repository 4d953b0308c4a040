//! What people do in real browsers, against the real binary.

mod archive;
mod by_hand;
mod dial_in;
mod on_site;
mod operations;
mod outbox;
mod person;
mod plain;
mod recording;
mod restart;
mod seats;
mod signers;
mod story;
mod table;
mod triage;
mod writing;

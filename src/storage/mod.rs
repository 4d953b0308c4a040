//! SQL and nothing else: one text for SQLite and PostgreSQL.
//!
//! Each subject has a file of free functions taking `&mut Tx` to write or `&mut Read` to read; a `&mut Tx`
//! passes for a `&mut Read`. A change goes through `write_tx!`. Ids are TEXT, instants integer microseconds UTC, JSON is TEXT, bytes are
//! BLOB or BYTEA; a NULL is bound with its type (`Option<i64>`).

pub mod accounts;
pub mod anchors;
mod attempts;
pub mod attendance;
pub mod backup;
pub mod cases;
pub mod caucus;
pub mod checks;
mod claim;
pub mod complaints;
pub mod deliveries;
pub mod dial_ins;
pub mod diary;
pub mod encounters;
pub mod erasure;
mod error;
pub mod events;
pub mod evidence;
pub mod evidence_reports;
pub mod files;
#[cfg(test)]
pub(crate) mod fixture;
pub mod integrators;
pub mod invitations;
pub mod jobs;
pub mod library;
pub mod lists;
pub mod meeting_rooms;
pub mod messages;
mod migrate;
pub mod milestones;
pub mod number_reads;
pub mod office;
pub mod ratings;
pub mod recordings;
pub mod referred;
pub mod register;
pub mod requests;
pub mod screens;
pub mod session_quality;
mod store;
pub mod triage;
mod tx;
pub mod uploads;
mod value;
pub mod words;
pub mod writing;

pub use attempts::{Attempts, write_tx};
pub use claim::claim;
pub use error::StorageError;
pub use store::Store;
pub use tx::{Read, Tx, affected};
pub use value::{instant, json, micros, parsed, to_json};

/// `Result` of every SQL function.
pub type Result<T> = std::result::Result<T, StorageError>;

//! Anchors: every hour all chains and files under one signed and timestamped hash, and the check of the whole database
//! against them.
//!
//! # Where they lie
//!
//! In the folder `anchors` of the file store, by the hour in UTC; three files an anchor, none of which is ever changed or swept:
//!
//! - `2026/11/22/14-000017.json`: the anchor, `heyi-anchor/1`, shown to everybody at `/transparency`. It has its number and hour,
//!   the hash of the file of the anchor before it, how many leaves were added and how many there are, the root of the tree
//!   over all of them, and the roots of the full subtrees (peaks) from which that root follows.
//! - `2026/11/22/14-000017.p7s`: a detached CMS over exactly those bytes, by a certificate of our authority, with an RFC 3161
//!   timestamp over the signature; `openssl cms -verify -binary -inform DER` reads it.
//! - `2026/11/22/14-000017-<beginning of its hash>.entries`: what each added leaf stands for, a line each, in the order of the leaves:
//!   `["event","<case>",<seq>,"<hash of the event>"]` or `["file","<case>","<hash of its content>"]`. It names cases by their ids
//!   and is for the check here, so a copy of the whole folder is what to keep elsewhere; nobody else is shown it.
//!
//! # The tree
//!
//! That of RFC 6962: a leaf is SHA-256 of 0x00 and its line, a node of 0x01 and its two children. It only grows: an anchor adds
//! the events and files since the one before it, so it costs what the hour brought and not what there is. Every event is a
//! leaf, the head of each chain among them; an event's hash covers all before it and a random salt, so from the leaves,
//! which are public, nobody learns which matters there are. Whoever has two anchors sees from the public leaves between them that
//! the later one only adds to the earlier.
//!
//! Files are those that the details of the events name and that are in the store; what was confided to a mediator alone is in
//! no event and in no anchor.
//!
//! # When
//!
//! At the beginning of every hour, also when nothing happened in it. What happened while nobody served is in the next one; the
//! check tells the hours without an anchor and the events that were sealed late, since both may also come of anchors that
//! were made anew. The newest anchor is noted among the sealed keys: whoever takes anchors away and has the server seal another
//! history, which needs no key, leaves one noted there that is not the database's. Whoever can open the keys as well, or has
//! an older copy of them, is found out only by a copy of the anchors elsewhere. More than fifty thousand new leaves, as after years without anchors, take
//! several anchors in one hour.

//!
//! # A file alone
//!
//! Whoever holds a paper is given the way from its leaf up to the root of an anchor, with the anchor and its signature: one
//! JSON file, [`Inclusion`], which `heyi verify FILE --inclusion` holds against the file and the roots, without this
//! database and without the tree.

mod inclusion;
mod make;
mod seal;
mod verify;

pub use inclusion::{Included, Inclusion, Unproven, invented, prove};
pub use make::Anchoring;
pub use verify::{Audit, Finding, Late, Outcome, What};

use crate::documents::SignError;
use crate::storage::StorageError;
use crate::storage::files::FileError;

/// Who signs anchors, so that no certificate that was made for a person's signature passes for theirs.
const SIGNER: &str = "heyi anchors";
const ORGANISATION: &str = "heyi";

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("the database")]
    Storage(#[from] StorageError),
    #[error("the files")]
    Files(#[from] FileError),
    #[error("the signature")]
    Sign(#[from] SignError),
    #[error("anchor {0} in the database cannot be read; nothing can be added behind it")]
    Illegible(u64),
}

#[cfg(test)]
mod tests;

//! A mediator's notes on a case, for whoever mediates it. As with what was said in caucus, no paper, event, hand-over or dossier
//! can hold one: it cannot be serialised and does not print itself.

use jiff::Timestamp;

use super::caucus::Confidential;
use super::ids::PersonId;

/// One note. It stays with its author: a mediator who was replaced reads it no more, and nobody else does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateNote {
    pub author: PersonId,
    pub text: Confidential,
    pub at: Timestamp,
}

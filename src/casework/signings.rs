//! The acts by which the revisions of a paper came about, as the chain of the case holds them.

use jiff::Timestamp;
use serde::Deserialize;

use super::look::sound_chain;
use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::paper::Paper;
use crate::domain::signature::Shown;
use crate::storage::{events, instant, json};

/// A place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// One act that made a file.
#[derive(Clone, Debug)]
pub struct Signed {
    pub at: Timestamp,
    pub actor: Actor,
    /// The file that it made.
    pub made: ContentHash,
    /// How its actor showed who they are, where that is kept.
    pub shown: Option<Shown>,
    pub event: Head,
}

/// All of them, the oldest first, and how far the chain has come.
#[derive(Clone, Debug)]
pub struct Signings {
    pub acts: Vec<Signed>,
    pub head: Option<Head>,
}

/// What an event says of the file that it made.
#[derive(Deserialize)]
struct Details {
    to_hash: Option<ContentHash>,
    paper: Option<Paper>,
    shown: Option<Shown>,
}

/// For whoever may have the report on a paper of this case, which the caller has asked.
///
/// # Errors
/// [`CaseworkError::Storage`] with `Corrupt` where the chain is broken.
pub async fn signings(desk: &Desk, id: CaseId) -> Result<Signings, CaseworkError> {
    let mut read = desk.store.read().await?;
    let links = sound_chain(&mut read, id).await?;
    let head = links.last().map(|link| Head {
        seq: link.seq,
        hash: link.hash.to_string(),
    });
    let mut acts = Vec::new();
    for link in links {
        // Details that were erased, or are of another kind, tell of no file.
        let details = events::details(&mut read, id, link.seq).await?;
        let details = details.and_then(|it| serde_json::from_str::<Details>(&it.payload).ok());
        let Some(details) = details else { continue };
        let Some(made) = details.to_hash.or(details.paper.map(|paper| paper.hash)) else {
            continue;
        };
        acts.push(Signed {
            at: instant(link.at)?,
            actor: json("actor", &link.actor)?,
            made,
            shown: details.shown,
            event: Head {
                seq: link.seq,
                hash: link.hash.to_string(),
            },
        });
    }
    Ok(Signings { acts, head })
}

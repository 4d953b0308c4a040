//! The newest anchor, noted among the sealed keys: whoever rewrites the database or puts an older one back, and cannot open the
//! keys, leaves another anchor noted there than the database has.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::{Authority, KeyError};
use crate::domain::hash::ContentHash;

/// Contradictions that are kept, the first ones.
const MOST: usize = 100;

/// An anchor as it was when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    pub number: u64,
    /// Of its file.
    pub hash: ContentHash,
}

impl Authority {
    /// The newest one last; before it those that the database has contradicted.
    ///
    /// # Errors
    /// As for every signature.
    pub fn noted(&self) -> Result<Vec<Noted>, KeyError> {
        Ok(self.ring()?.anchors.clone())
    }

    /// What is noted in a folder, of which nothing is changed.
    ///
    /// # Errors
    /// A wrong passphrase, a damaged or unreadable file.
    pub fn noted_in(folder: &Path, passphrase: &[u8]) -> Result<Vec<Noted>, KeyError> {
        Ok(Folder::new(folder, passphrase).read()?.0.anchors)
    }

    /// Notes the newest anchor. The one before it gives way where the database still has it (`stands`), and is kept for good
    /// where it has not.
    ///
    /// # Errors
    /// As for every change of the keys.
    pub fn note(&self, anchor: Noted, stands: bool) -> Result<(), KeyError> {
        self.change(|ring| {
            if stands || ring.anchors.len() >= MOST {
                ring.anchors.pop();
            }
            ring.anchors.push(anchor);
            Ok(())
        })
    }
}

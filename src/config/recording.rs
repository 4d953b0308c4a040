//! Recordings of the video rooms.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where sound and picture of recorded sessions lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recording {
    /// Without it, `recordings` in `data`. A disk of its own keeps everything else writable when it is full.
    pub folder: Option<PathBuf>,
}

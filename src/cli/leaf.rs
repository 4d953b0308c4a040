//! Drawing one page of a PDF: by a process that may use little, because the file is a stranger's.

use std::io::{Read as _, Write as _};

use clap::Args;
use nix::sys::resource::{Resource, setrlimit};

use crate::documents;
use crate::evidence::{self, NotDrawn};

/// Bytes that may be held: a page with a large photograph takes about 200 MB.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds of work.
const TIME: u64 = 10;

#[derive(Debug, Args)]
pub(super) struct Leaf {
    /// Which page; the first is 1
    page: u32,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum LeafError {
    #[error("the limits could not be set: {0}")]
    Limits(#[from] nix::Error),
    #[error("the file could not be passed: {0}")]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    NotDrawn(#[from] NotDrawn),
}

pub(super) fn leaf(asked: &Leaf) -> Result<(), LeafError> {
    setrlimit(Resource::RLIMIT_DATA, MEMORY, MEMORY)?;
    setrlimit(Resource::RLIMIT_CPU, TIME, TIME)?;
    let mut pdf = Vec::new();
    std::io::stdin().read_to_end(&mut pdf)?;
    let drawn = evidence::draw(pdf, asked.page, documents::chinese_letters())?;
    std::io::stdout().write_all(&drawn.written())?;
    Ok(())
}

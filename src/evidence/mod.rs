//! Taking in what parties show: what kind of file it is, how large it may be, a picture without its place, parts over
//! a bad network, a page of a paper as a picture, for whom it is, and which sheets of a paper it shows.

mod leaf;
mod media;
mod preview;
mod sheets;
mod take;
mod upload;

use std::sync::Arc;

pub use leaf::{COMMAND, Leaf, NotDrawn, Press, draw};
pub use media::told_by;
pub use sheets::sheets;
pub use take::{
    About, Shown, all, confide_to_new_mediator, find, for_all, photo, sheet, take, withdraw,
};
pub use upload::{Progress, begin, go_on, on_their_way, stop};

use crate::casework::{CaseworkError, Desk};
use crate::domain::evidence::Sort;
use crate::storage::StorageError;
use crate::storage::files::{FileError, Files};

/// Where evidence goes: the records and the files.
#[derive(Clone, Debug)]
pub struct Cabinet {
    pub desk: Desk,
    pub files: Files,
    /// Pictures are made one at a time, since each takes much memory.
    pub easel: Arc<tokio::sync::Semaphore>,
    /// Where pages of PDF are drawn.
    pub press: Arc<Press>,
}

impl Cabinet {
    pub fn new(desk: Desk, files: Files, press: Press) -> Self {
        Self {
            press: Arc::new(press),
            desk,
            files,
            easel: Arc::new(tokio::sync::Semaphore::new(1)),
        }
    }
}

impl Cabinet {
    /// A page of a file that somebody has been found to be shown; none where it has no pages, or no such one.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub async fn leaf(&self, shown: &Shown, page: u32) -> Result<Option<Leaf>, EvidenceError> {
        self.press.leaf(&self.files, &shown.file, page).await
    }
}

/// Why a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Casework(#[from] CaseworkError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    File(#[from] FileError),
    /// The part is not the next one; so many bytes are here.
    #[error("the part does not begin where the last one ended, at {received}")]
    Offset { received: u64 },
    #[error("the picture could not be made: {0}")]
    Preview(String),
}

/// What its giver can do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a kind of file that is not taken")]
    Kind,
    /// An archive, whose inside nobody can look at here.
    #[error("an archive")]
    Archive,
    #[error("larger than a file of this sort may be")]
    TooLarge(Sort),
    #[error("a picture with too many pixels")]
    TooManyPixels,
    /// It says it is a picture and cannot be read as one.
    #[error("a broken picture")]
    Broken,
    #[error("too many files of one person")]
    TooMany,
    /// Nobody is there to confide it to, or the time is over.
    #[error("not open to this person now")]
    Closed,
}

impl Refusal {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kind => "evidence-refused-kind",
            Self::Archive => "evidence-refused-archive",
            Self::TooLarge(_) => "evidence-refused-large",
            Self::TooManyPixels => "evidence-refused-pixels",
            Self::Broken => "evidence-refused-broken",
            Self::TooMany => "evidence-refused-many",
            Self::Closed => "evidence-refused-closed",
        }
    }
}

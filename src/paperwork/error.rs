//! Why a paper was not made, signed or issued.

use crate::casework::CaseworkError;
use crate::documents::record::RecordError;
use crate::documents::{DocumentError, SignError};
use crate::domain::lifecycle::OutOfOrder;
use crate::storage::StorageError;
use crate::storage::files::FileError;

#[derive(Debug, thiserror::Error)]
pub enum PaperworkError {
    #[error(transparent)]
    Casework(#[from] CaseworkError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Sign(SignError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the data of a paper cannot be written")]
    Data(#[from] serde_json::Error),
    #[error("a ZIP cannot be written")]
    Zip(#[from] zip::result::ZipError),
    #[error("a ZIP cannot be written")]
    Pack(#[from] std::io::Error),
    #[error("a table cannot be written")]
    Table(#[from] csv::Error),
    /// Whoever asked for a ZIP has gone.
    #[error("nobody takes it any more")]
    NobodyTakes,
    /// A person or an organisation that the case names is not in the store.
    #[error("the case names {0}, of whom nothing is known")]
    Unknown(String),
}

impl From<SignError> for PaperworkError {
    fn from(error: SignError) -> Self {
        match error {
            SignError::OtherName(_) => OutOfOrder::OtherName.into(),
            other => Self::Sign(other),
        }
    }
}

impl From<OutOfOrder> for PaperworkError {
    fn from(why: OutOfOrder) -> Self {
        Self::Casework(why.into())
    }
}

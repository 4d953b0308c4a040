//! What a page says when a step cannot be taken now: beside the form, with nothing typed lost.

use crate::casework::CaseworkError;
use crate::documents::{DocumentError, SignError};
use crate::domain::lifecycle::OutOfOrder;
use crate::i18n::Text;
use crate::paperwork::PaperworkError;
use crate::web::WebError;

/// The message, where the reader can do something about it.
///
/// # Errors
/// Everything else, which gets the page of errors.
pub(super) fn words(error: PaperworkError) -> Result<Text, WebError> {
    match error {
        PaperworkError::Casework(CaseworkError::OutOfOrder(why)) => Ok(Text::key(why.key())),
        PaperworkError::Casework(CaseworkError::Conflict) => Ok(Text::key("sign-faster")),
        PaperworkError::Document(DocumentError::MissingGlyph(c))
        | PaperworkError::Sign(SignError::Document(DocumentError::MissingGlyph(c))) => {
            Ok(Text::key("sign-glyph").with("character", c.to_string()))
        }
        other => Err(other.into()),
    }
}

impl From<PaperworkError> for WebError {
    fn from(error: PaperworkError) -> Self {
        match error {
            PaperworkError::Casework(error) => error.into(),
            PaperworkError::Storage(error) => error.into(),
            other => Self::internal(&other),
        }
    }
}

/// What may be done, but not now.
pub(super) fn out_of_order(why: OutOfOrder) -> WebError {
    CaseworkError::from(why).into()
}

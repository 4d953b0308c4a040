//! What a page says when a step cannot be taken now: beside the form, with nothing typed lost.

use crate::casework::CaseworkError;
use crate::documents::{DocumentError, SignError};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::time::civil;
use crate::i18n::Text;
use crate::paperwork::PaperworkError;
use crate::storage::diary::Clash;
use crate::web::{Form, WebError};

/// Puts what stands in the way where the reader can do something about it: beside `field` if it is about what was
/// typed or chosen there, else above the form.
///
/// # Errors
/// Everything else, which gets the page of errors.
pub(super) fn beside(
    form: &mut Form,
    field: &str,
    error: impl Into<PaperworkError>,
) -> Result<(), WebError> {
    let error = error.into();
    let about_text = matches!(
        error,
        PaperworkError::Casework(
            CaseworkError::OutOfOrder(
                OutOfOrder::Empty
                    | OutOfOrder::BadTime
                    | OutOfOrder::Unknown
                    | OutOfOrder::NoSession
                    | OutOfOrder::NobodyGoesThere
            ) | CaseworkError::Taken(_)
        )
    );
    let text = words(error)?;
    if about_text {
        form.refuse(field, text);
    } else {
        form.refuse_whole(text);
    }
    Ok(())
}

/// As [`beside`], for what has no field.
pub(super) fn above(form: &mut Form, error: impl Into<PaperworkError>) -> Result<(), WebError> {
    form.refuse_whole(words(error.into())?);
    Ok(())
}

/// The message, where the reader can do something about it.
///
/// # Errors
/// Everything else, which gets the page of errors.
fn words(error: PaperworkError) -> Result<Text, WebError> {
    match error {
        PaperworkError::Casework(CaseworkError::OutOfOrder(why)) => Ok(Text::key(why.key())),
        PaperworkError::Casework(CaseworkError::Taken(clash)) => Ok(taken(&clash)),
        PaperworkError::Casework(CaseworkError::Conflict) => Ok(Text::key("sign-faster")),
        PaperworkError::Document(DocumentError::MissingGlyph(c))
        | PaperworkError::Sign(SignError::Document(DocumentError::MissingGlyph(c))) => {
            Ok(Text::key("sign-glyph").with("character", c.to_string()))
        }
        PaperworkError::Document(DocumentError::Unsound(code)) => {
            tracing::error!(code, "a paper was not laid open");
            Ok(Text::key("sign-unsound").with("code", code))
        }
        PaperworkError::Sign(SignError::Outside(error)) => {
            tracing::error!(%error, "nothing was signed");
            Ok(Text::key("sign-outside"))
        }
        other => Err(other.into()),
    }
}

/// When the time that was asked for is taken.
pub(super) fn taken(clash: &Clash) -> Text {
    span(Text::key("desk-time-taken"), clash)
}

/// When the room that was asked for is taken.
pub(super) fn room_taken(clash: &Clash) -> Text {
    span(Text::key("desk-room-taken"), clash)
}

fn span(text: Text, clash: &Clash) -> Text {
    let (from, until) = (civil(clash.from), civil(clash.until));
    let until_format = if from.date() == until.date() {
        "%H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    text.with("from", from.strftime("%Y-%m-%d %H:%M").to_string())
        .with("until", until.strftime(until_format).to_string())
}

impl From<PaperworkError> for WebError {
    fn from(error: PaperworkError) -> Self {
        match error {
            PaperworkError::Casework(error) => error.into(),
            PaperworkError::Storage(error) => error.into(),
            PaperworkError::Document(DocumentError::MissingGlyph(character)) => {
                Self::Glyph(character)
            }
            other => Self::internal(&other),
        }
    }
}

/// What may be done, but not now.
pub(super) fn out_of_order(why: OutOfOrder) -> WebError {
    CaseworkError::from(why).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::outside::{OutsideError, StampError};

    #[test]
    fn what_was_typed_stays_whatever_stands_in_the_way() {
        let refused = |error: CaseworkError| {
            let mut form = Form::blank().filled("reason", "说好了");
            beside(&mut form, "reason", error).unwrap();
            assert_eq!(form.value("reason"), "说好了");
            serde_json::to_value(&form).unwrap()["errors"][0]["field"].clone()
        };
        assert_eq!(refused(OutOfOrder::Empty.into()), "reason");
        assert_eq!(refused(OutOfOrder::BadTime.into()), "reason");
        assert_eq!(refused(OutOfOrder::WrongState.into()), "");
        assert_eq!(refused(OutOfOrder::Stale.into()), "");
        assert_eq!(refused(CaseworkError::Conflict), "", "somebody was faster");
        let silent = OutsideError::Timestamp(StampError::Refused(2));
        let mut form = Form::blank().filled("reason", "说好了");
        let silent = PaperworkError::Sign(SignError::Outside(silent));
        beside(&mut form, "reason", silent).unwrap();
        assert_eq!(
            form.value("reason"),
            "说好了",
            "a service elsewhere is silent"
        );
        let mut form = Form::blank().filled("reason", "说好了");
        let unsound = PaperworkError::Document(DocumentError::Unsound("overlay"));
        beside(&mut form, "reason", unsound).unwrap();
        let shown = serde_json::to_value(&form).unwrap()["errors"].to_string();
        assert!(
            shown.contains("sign-unsound") && shown.contains("overlay"),
            "{shown}"
        );
        let hidden = beside(&mut Form::blank(), "reason", CaseworkError::NotFound);
        assert!(matches!(hidden, Err(WebError::NotFound)));
    }
}

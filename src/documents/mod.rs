//! PDF papers: text layout, each document, signing and verifying.

mod font;
pub mod keys;
mod layout;
pub mod paper;
pub mod papers;
mod pdf;
mod sign;
mod syntax;
pub mod verify;
mod words;

pub use font::unsupported_characters;
pub use paper::Paper;
pub use sign::{Look, SignError, Signing, Strokes, sign, unsigned_fields};

/// Why a paper cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the papers have no glyph for the character {0:?}")]
    MissingGlyph(char),
    #[error("the address of the square code is too long: {0}")]
    Code(#[from] qrcode::types::QrError),
    #[error("the font cannot be cut down: {0:?}")]
    Font(subsetter::Error),
    #[error("a stream cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
}

impl From<subsetter::Error> for DocumentError {
    fn from(error: subsetter::Error) -> Self {
        Self::Font(error)
    }
}

/// Lays a paper out and writes it as a PDF that is ready to be signed.
///
/// The same paper always gives the same bytes.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names the first character that no page can show.
pub fn write(paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    let layout = layout::lay_out(paper)?;
    pdf::write(paper, &layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_paper_gives_the_same_bytes() {
        assert_eq!(
            write(&paper::sample()).unwrap(),
            write(&paper::sample()).unwrap()
        );
    }

    #[test]
    fn a_character_without_glyph_is_named_and_never_printed() {
        let mut paper = paper::sample();
        paper
            .blocks
            .push(paper::Block::Paragraph("申请人𡋤某".to_owned()));
        let error = write(&paper).unwrap_err();
        assert!(matches!(error, DocumentError::MissingGlyph('𡋤')));
    }
}

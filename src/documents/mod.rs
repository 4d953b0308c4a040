//! PDF papers: text layout, each document, signing and verifying.

mod font;
pub mod keys;
mod layout;
pub mod outside;
pub mod paper;
pub mod papers;
mod pdf;
mod poster;
pub mod record;
pub mod samples;
mod sign;
mod syntax;
pub mod verify;
mod words;

pub use font::{chinese_letters, is_mark, unsupported_characters};
pub use paper::Paper;
pub use poster::{Poster, Shape, write_posters};
pub use sign::{Look, SignError, Signing, Strokes, sign, sign_beside, unsigned_fields};

use crate::i18n::forms::FormError;
use paper::Block;

/// Why a paper cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the papers have no glyph for the character {0:?}")]
    MissingGlyph(char),
    #[error("{0:?} is no name for a signature field, or is given twice")]
    Field(String),
    #[error("the address of the square code is too long: {0}")]
    Code(#[from] qrcode::types::QrError),
    #[error("the font cannot be cut down: {0:?}")]
    Font(subsetter::Error),
    #[error("a stream cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
    /// A template does not fit its paper: its file, line and what is wrong.
    #[error(transparent)]
    Wording(#[from] FormError),
    #[error("the data of a paper cannot be written: {0}")]
    Data(#[from] serde_json::Error),
    #[error("whoever checks the paper would refuse it: {0}")]
    Unsound(&'static str),
}

impl From<subsetter::Error> for DocumentError {
    fn from(error: subsetter::Error) -> Self {
        Self::Font(error)
    }
}

/// Lays a paper out and writes it as a PDF that is ready to be signed. A second language stands beside the Chinese.
///
/// The same paper always gives the same bytes.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names the first character that no page can show.
pub fn write(paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    let layout = layout::lay_out(paper)?;
    check_fields(&layout)?;
    pdf::write(paper, &layout)
}

/// As [`write`], and read as by everybody who checks it: what would be refused is not laid open, since nobody could take back
/// what they signed there.
///
/// # Errors
/// As [`write`]; [`DocumentError::Unsound`] names what speaks against the paper.
pub fn write_to_sign(paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    let written = write(paper)?;
    match verify::unsound(&written).first() {
        Some(problem) => Err(DocumentError::Unsound(problem.code.name())),
        None => Ok(written),
    }
}

/// A copy of a paper in large print for those who read it so, with no place to sign; `note` says that the paper that
/// is signed decides, also in the second language where the paper has one, and `mark` says so again on every page.
///
/// # Errors
/// As [`write`].
pub fn write_large(
    paper: &Paper,
    mark: &str,
    [note, other_note]: [(&str, &str); 2],
) -> Result<Vec<u8>, DocumentError> {
    let notice = |(title, text): (&str, &str)| Block::Notice {
        title: title.to_owned(),
        text: text.to_owned(),
    };
    let mut copy = paper.clone();
    copy.number = [mark, &paper.number].join(" ").trim_end().into();
    copy.attachments.clear();
    copy.blocks = copy.blocks.into_iter().map(readable).collect();
    copy.blocks.insert(0, notice(note));
    if let Some(other) = &mut copy.beside {
        let blocks = std::mem::take(&mut other.blocks);
        other.blocks = blocks.into_iter().map(readable).collect();
        other.blocks.insert(0, notice(other_note));
    }
    let layout = layout::lay_out_large(&copy)?;
    pdf::write(&copy, &layout)
}

/// Where somebody signs, a copy says who.
fn readable(block: Block) -> Block {
    match block {
        Block::Signatures(slots) => {
            let labels: Vec<String> = slots.into_iter().map(|slot| slot.label).collect();
            Block::Flush(labels.join("\n"))
        }
        other => other,
    }
}

/// A point in a field's name would mean a hierarchy, and two fields of one name would be one field.
fn check_fields(layout: &layout::Layout) -> Result<(), DocumentError> {
    let mut known = vec![pdf::ARCHIVE_FIELD];
    for place in &layout.fields {
        let name = place.name.as_str();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(plain) || known.contains(&name) {
            return Err(DocumentError::Field(name.to_owned()));
        }
        known.push(name);
    }
    Ok(())
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
    fn two_fields_of_one_name_are_refused() {
        for name in ["party-1", "archive-timestamp", "a.b", ""] {
            let mut paper = paper::sample();
            paper
                .blocks
                .push(paper::Block::Signatures(vec![paper::Slot {
                    field: name.to_owned(),
                    label: "申请人".to_owned(),
                    kind: paper::SlotKind::Hand,
                }]));
            assert!(matches!(write(&paper), Err(DocumentError::Field(_))));
        }
    }

    #[test]
    fn a_character_without_glyph_is_named_and_never_printed() {
        let mut paper = paper::sample();
        paper
            .blocks
            .push(paper::Block::Paragraph("申请人\u{10FFFD}某".to_owned()));
        let error = write(&paper).unwrap_err();
        assert!(matches!(error, DocumentError::MissingGlyph('\u{10FFFD}')));
    }
}

//! What a sheet for a door or a desk says.

use jiff::Timestamp;

use super::paper::Paper;
use super::{DocumentError, layout, pdf};

/// One sheet.
#[derive(Debug, Clone)]
pub struct Poster {
    /// What its square code says, and what stands under it for whoever types.
    pub url: String,
    pub title: String,
    /// Above the code.
    pub lines: Vec<String>,
    /// Under it: where it hangs, whom to call.
    pub small: Vec<String>,
}

/// How large a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A page of A4 each.
    Door,
    /// Six on a page of A4, to cut.
    Desk,
}

/// The sheets as one PDF to print.
///
/// # Errors
/// [`DocumentError`] for a character without a glyph, or an address that no code can hold.
pub fn write_posters(
    posters: &[Poster],
    shape: Shape,
    made_at: Timestamp,
) -> Result<Vec<u8>, DocumentError> {
    let layout = layout::posters(posters, shape)?;
    let title = posters
        .first()
        .map_or_else(String::new, |it| it.title.clone());
    let paper = Paper {
        language: "zh-CN",
        title,
        issuer: String::new(),
        number: String::new(),
        blocks: Vec::new(),
        check: None,
        attachments: Vec::new(),
        beside: None,
        bookmarks: false,
        made_at,
    };
    pdf::write(&paper, &layout)
}

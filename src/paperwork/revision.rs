//! Revisions of a signed file: each begins with all the bytes of the one before.

use super::{Chancery, PaperworkError};
use crate::documents::paper::Block;
use crate::documents::{self, papers, verify};
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::paper::Paper;

/// What ends a revision.
const END: &[u8] = b"%%EOF";

/// The hash of the text as it was prepared, before anybody signed: what a signer has read, and to which the code is
/// bound. It stays the same while others sign, so that two neighbours can sign at the same time.
pub fn text_hash<'a>(agreement: &'a Agreement, paper: &'a Paper) -> &'a ContentHash {
    agreement
        .signatures
        .first()
        .map_or(&paper.hash, |first| &first.from_hash)
}

/// What whoever keeps the seal has read, and to which their proof is bound: the text; of what was signed by hand this very scan,
/// since another may have taken its place.
pub fn sealed_hash<'a>(agreement: &'a Agreement, paper: &'a Paper) -> &'a ContentHash {
    match agreement.by_hand {
        Some(_) => &paper.hash,
        None => text_hash(agreement, paper),
    }
}

impl Chancery {
    /// What was laid open, by the data within its file; nothing where that is lost, so that its words are made again and shown if
    /// they have its hash.
    pub(super) async fn laid_open(
        &self,
        agreement: &Agreement,
        paper: &Paper,
    ) -> Option<papers::Agreement> {
        let file = self.files.get(text_hash(agreement, paper)).await;
        let file = file.inspect_err(|error| tracing::error!(%error, "the file of an agreement"));
        let data = verify::carries(&file.ok()?, "agreement.json")?;
        papers::Agreement::of_data(&data)
    }

    /// The text where the file says the same. A template that was changed since, or the words of another release, must not
    /// be shown as what somebody signs or has signed: then no more is told than that the file is what counts.
    pub(super) fn as_filed(
        &self,
        case: &Case,
        text: documents::Paper,
        first: &ContentHash,
    ) -> Result<documents::Paper, PaperworkError> {
        if ContentHash::of(&documents::write(&text)?) == *first {
            return Ok(text);
        }
        Ok(documents::Paper {
            blocks: vec![Block::Notice {
                title: self.say(case, "sign-other-wording-title", &[]),
                text: self.say(case, "sign-other-wording", &[]),
            }],
            beside: None,
            ..text
        })
    }
}

/// The same for a file whose signatures are not written down beside it: the hash of its first revision.
pub(super) fn first_revision(bytes: &[u8]) -> ContentHash {
    let end = bytes
        .windows(END.len())
        .position(|window| window == END)
        .map_or(bytes.len(), |at| at + END.len());
    let line_end = bytes[end..]
        .iter()
        .take(2)
        .take_while(|byte| matches!(**byte, b'\n' | b'\r'))
        .count();
    ContentHash::of(&bytes[..end + line_end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_revision_ends_with_its_line() {
        let base = b"%PDF-1.7\n...%%EOF\n";
        let signed = [base.as_slice(), b"more\n%%EOF\n"].concat();
        assert_eq!(first_revision(&signed), ContentHash::of(base));
        assert_eq!(first_revision(base), ContentHash::of(base));
        assert_eq!(first_revision(b"nothing"), ContentHash::of(b"nothing"));
    }
}

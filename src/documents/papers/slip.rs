//! 评价凭条: a slip by which a party rates. It names the committee, and nobody.

use jiff::Timestamp;

use super::super::paper::{Check, Paper};
use super::super::words::Words;
use super::Draft;
use crate::i18n::Texts;

/// What the slip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub organisation: String,
    pub phone: String,
    pub made_at: Timestamp,
    pub link: String,
}

/// Puts the slip into words.
pub fn slip(content: &Slip, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    let organisation = content.organisation.as_str();
    draft.paragraph(words.say("documents-slip-what", &[("organisation", organisation)]));
    draft.paragraph(words.plain("documents-slip-nameless"));
    draft.paragraph(words.say("documents-slip-call", &[("phone", &content.phone)]));
    Paper {
        title: words.plain("documents-slip-title"),
        issuer: content.organisation.clone(),
        number: String::new(),
        check: Some(Check {
            url: content.link.clone(),
            caption: words.plain("documents-slip-caption"),
        }),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}

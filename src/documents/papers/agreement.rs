//! 调解协议书, the settlement agreement (人民调解法 29).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Beside, OF_PAPERS, Party, Signatory, Worded, in_words, samples};
use crate::documents::DocumentError;
use crate::documents::paper::Paper;
use crate::domain::translation::Tongue;
use crate::i18n::Texts;

/// What an agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub number: String,
    /// The mediating organisation, whose seal stands at the end.
    pub organisation: String,
    pub regime: Regime,
    /// Whether this organisation's agreements can be confirmed by a court at all (民事诉讼法 205).
    pub confirmable: bool,
    /// The kind of dispute in words, such as 噪声纠纷.
    pub cause: String,
    pub parties: Vec<Party>,
    /// The mediator, and the co-mediators behind.
    pub mediators: Vec<Signatory>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<Signatory>,
    pub facts: String,
    /// Facts that all parties agreed to have written down.
    pub undisputed: Vec<String>,
    pub disputed: String,
    /// Each side's responsibility.
    pub responsibility: String,
    pub obligations: Vec<Obligation>,
    /// The day of drafting, under the name of the organisation.
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    /// The public page of the paper.
    pub verify_url: String,
    /// Signed by hand, on sheets that carry a code each.
    #[serde(default)]
    pub by_hand: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
}

/// The language whose text decides where the two of a paper differ.
pub const PREVAILS: &str = "zh-CN";

/// What an agreement says in a second language, text by text as in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The tag of the language into which people's own words were translated.
    pub language: String,
    /// [`PREVAILS`].
    pub prevails: String,
    pub organisation: String,
    pub cause: String,
    pub facts: String,
    pub undisputed: Vec<String>,
    pub disputed: String,
    pub responsibility: String,
    pub obligations: Vec<Obligation>,
}

impl Translation {
    /// What people typed, as against names, days and kinds of disputes.
    fn typed(&self) -> Vec<String> {
        let matter = [&self.facts, &self.disputed, &self.responsibility];
        let obligations = self.obligations.iter();
        let terms = obligations.flat_map(|it| [&it.does, &it.proof, &it.on_default]);
        let all = matter.into_iter().chain(&self.undisputed).chain(terms);
        all.cloned().collect()
    }
}

impl Agreement {
    /// What the data within a file say; nothing where these are no data of an agreement.
    pub fn of_data(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// The agreement as it is laid open, or printed to be signed by hand: then every sheet bears the code.
    ///
    /// # Errors
    /// As [`in_words`].
    pub fn laid_out(&self, texts: &Texts) -> Result<Paper, DocumentError> {
        let mut text = in_words(self, texts, OF_PAPERS)?;
        if let Some(check) = &mut text.check {
            check.on_each_page = self.by_hand;
        }
        Ok(text)
    }
}

/// Under which law the organisation mediates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// A people's mediation committee: 人民调解法.
    Peoples,
    /// Any other organisation established by law.
    Other,
}

/// One clause: who does what by when, how it is shown, what follows if not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    pub who: String,
    pub does: String,
    pub sum: Option<Sum>,
    pub by: String,
    pub proof: String,
    pub on_default: String,
}

/// A sum of money in both ways of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Such as `1,234.05`.
    pub figures: String,
    /// Such as 壹仟贰佰叁拾肆元零伍分.
    pub capital: String,
}

impl Worded for Agreement {
    const KIND: &'static str = "agreement";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    /// The mediator of the case signs as such, those behind as co-mediators.
    fn data(&self) -> Result<Value, serde_json::Error> {
        let mut data = serde_json::to_value(self)?;
        if let (Some((first, beside)), Some(members)) =
            (self.mediators.split_first(), data.as_object_mut())
        {
            members.insert("mediator".to_owned(), serde_json::to_value(first)?);
            members.insert("beside".to_owned(), serde_json::to_value(beside)?);
            // 人民调解法 29: one for each party, and one that the organisation keeps.
            let copies = (self.parties.len() + 1).to_string();
            members.insert("copies".to_owned(), copies.into());
        }
        Ok(data)
    }

    fn beside(&self) -> Option<Beside<Self>> {
        let translation = self.translation.clone()?;
        let (language, typed) = (translation.language.clone(), translation.typed());
        let content = Self {
            organisation: translation.organisation,
            cause: translation.cause,
            facts: translation.facts,
            undisputed: translation.undisputed,
            disputed: translation.disputed,
            responsibility: translation.responsibility,
            obligations: translation.obligations,
            ..self.clone()
        };
        Some(Beside {
            content,
            language,
            typed,
        })
    }

    fn samples() -> Vec<Self> {
        let full = samples::agreement();
        let translated = |tongue: Tongue| Self {
            translation: Some(samples::translation(tongue)),
            ..full.clone()
        };
        let named = Self {
            mediators: vec![samples::signatory("王和平", "")],
            by_hand: true,
            ..full.clone()
        };
        let bare = Self {
            regime: Regime::Other,
            confirmable: false,
            parties: samples::parties_with_agents(),
            mediators: vec![samples::signatory("王和平", "mediator")],
            interpreters: Vec::new(),
            facts: String::new(),
            undisputed: Vec::new(),
            disputed: String::new(),
            responsibility: String::new(),
            ..full.clone()
        };
        let inked = Self {
            by_hand: true,
            ..bare.clone()
        };
        let mut all = vec![full.clone(), named, bare, inked];
        all.extend(Tongue::ALL.map(translated));
        all
    }
}

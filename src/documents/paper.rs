//! What a paper says, before anyone decides where it stands on the sheet.

use jiff::Timestamp;

/// A paper of a case, ready to be laid out.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The tag of the language in which it is written, such as `zh-CN`.
    pub language: &'static str,
    /// The kind of paper, such as 调解协议书.
    pub title: String,
    /// Who issues it, printed above the title.
    pub issuer: String,
    /// The number of the paper, at the right under the title and in the header.
    pub number: String,
    pub blocks: Vec<Block>,
    /// The same in another language.
    pub beside: Option<Parallel>,
    pub check: Option<Check>,
    /// Files within the file.
    pub attachments: Vec<Attachment>,
    /// Whether the headings are also bookmarks; of a paper of more than two pages they always are.
    pub bookmarks: bool,
    /// The instant of drafting; it is the creation date of the file.
    pub made_at: Timestamp,
}

/// What a paper says in another language, beside the Chinese block by block. The Chinese decides, and both say so.
#[derive(Debug, Clone)]
pub struct Parallel {
    /// The tag of the language in which people's own words stand, such as `ru`.
    pub language: String,
    /// That of the words which papers of this kind always have.
    pub wording: &'static str,
    /// People's own words.
    pub typed: Vec<String>,
    pub title: String,
    /// As many as the paper has, each saying the same as the one at its place.
    pub blocks: Vec<Block>,
}

impl Parallel {
    /// In which language a text of it is read aloud.
    pub fn language_of(&self, text: &str) -> &str {
        if self.typed.iter().any(|typed| text.contains(typed)) {
            &self.language
        } else {
            self.wording
        }
    }
}

/// A square code that leads to the public page of the paper.
#[derive(Debug, Clone)]
pub struct Check {
    pub url: String,
    /// A few words under the code.
    pub caption: String,
    /// Whether every page has a code of its own, which also says which page it is: what is signed by hand comes back as
    /// loose sheets.
    pub on_each_page: bool,
}

/// A file embedded beside the text.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// A file name in ASCII.
    pub name: String,
    pub description: String,
    pub bytes: Vec<u8>,
    pub nature: Nature,
}

/// What an attached file is to the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// The machine-readable form of the text: canonical JSON, see [`canonical_json`].
    Data,
    /// Another paper, byte for byte.
    Paper,
    /// A scan of this media type, byte for byte.
    Scan(&'static str),
}

/// One piece of a paper, from top to bottom.
#[derive(Debug, Clone)]
pub enum Block {
    /// A section heading with its number, such as 一、纠纷主要事实.
    Heading(String),
    /// Running text; a line feed begins a new paragraph.
    Paragraph(String),
    /// Running text without the indent of a first line, such as the name of the court addressed.
    Flush(String),
    /// Labels and what they stand for, in two columns.
    Table(Vec<Entry>),
    Clauses(Vec<Clause>),
    /// A notice that must not be missed.
    Notice {
        title: String,
        text: String,
    },
    Signatures(Vec<Slot>),
}

impl Block {
    /// All that it says, in the order of reading.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Flush(text) => vec![text.as_str()],
            Self::Table(rows) => rows.iter().flat_map(Entry::texts).collect(),
            Self::Clauses(clauses) => clauses.iter().flat_map(Clause::texts).collect(),
            Self::Notice { title, text } => vec![title.as_str(), text.as_str()],
            Self::Signatures(slots) => slots.iter().map(|slot| slot.label.as_str()).collect(),
        }
    }
}

impl Entry {
    fn texts(&self) -> [&str; 2] {
        [self.label.as_str(), self.value.as_str()]
    }
}

impl Clause {
    fn texts(&self) -> Vec<&str> {
        let terms = self.terms.iter().flat_map(Self::texts);
        [self.number.as_str(), self.text.as_str()]
            .into_iter()
            .chain(terms)
            .collect()
    }
}

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Entry {
    pub label: String,
    pub value: String,
}

/// A numbered clause with the terms it is made of.
#[derive(Debug, Clone)]
pub struct Clause {
    pub number: String,
    pub text: String,
    pub terms: Vec<Clause>,
}

/// A place on the paper that one signer will sign.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The name of the signature field: letters, digits and hyphens, unique on the paper.
    pub field: String,
    /// Who signs here, in the reader's words.
    pub label: String,
    pub kind: SlotKind,
}

/// What is expected in a slot.
#[derive(Debug, Clone)]
pub enum SlotKind {
    /// A drawn or typed name on a line.
    Hand,
    /// The round seal of an organisation, over its name and the date.
    Seal { organisation: String, date: String },
}

/// JSON with sorted keys and no white space, so that equal content has equal bytes (RFC 8785, for texts and whole numbers).
pub fn canonical_json(value: &serde_json::Value) -> Vec<u8> {
    let mut out = String::new();
    write_canonical(value, &mut out);
    out.into_bytes()
}

fn write_canonical(value: &serde_json::Value, out: &mut String) {
    match value {
        serde_json::Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        serde_json::Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (index, (key, item)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(item, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// An agreement of two parties, which they sign and the committee seals, for tests.
#[cfg(test)]
pub(in crate::documents) fn sample() -> Paper {
    use super::papers::{OF_PAPERS, in_words};
    let mut content = super::samples::agreement(2, false);
    for (party, name) in content.parties.iter_mut().zip(["张三", "李四"]) {
        name.clone_into(&mut party.name);
    }
    "安宁街道人民调解委员会".clone_into(&mut content.organisation);
    let texts = crate::i18n::Texts::load(None).unwrap();
    in_words(&content, &texts, OF_PAPERS).unwrap()
}

/// A short paper with one block of each kind, of no kind that anybody signs, for tests of how papers are laid out.
#[cfg(test)]
pub(in crate::documents) fn of_all_blocks() -> Paper {
    let clause = |number: &str, text: &str, terms| Clause {
        number: number.to_owned(),
        text: text.to_owned(),
        terms,
    };
    let hand = |field: &str, label: &str| Slot {
        field: field.to_owned(),
        label: label.to_owned(),
        kind: SlotKind::Hand,
    };
    Paper {
        language: "zh-CN",
        title: "调解协议书".to_owned(),
        issuer: "安宁街道人民调解委员会".to_owned(),
        number: "安宁人调字〔2026〕第12号".to_owned(),
        blocks: vec![
            Block::Table(vec![Entry {
                label: "申请人".to_owned(),
                value: "张三，男，住安宁市和平路3号".to_owned(),
            }]),
            Block::Heading("一、纠纷主要事实".to_owned()),
            Block::Paragraph("夜间练琴声音过大，双方多次交涉未果。".repeat(4)),
            Block::Clauses(vec![clause(
                "1.",
                "李四每日21:00后不再练琴。",
                vec![clause("（1）", "期限：自2026年12月1日起。", Vec::new())],
            )]),
            Block::Notice {
                title: "请注意".to_owned(),
                text: "本协议具有法律约束力。".to_owned(),
            },
            Block::Signatures(vec![
                hand("party-1", "申请人：张三"),
                hand("party-2", "被申请人：李四"),
                Slot {
                    field: "seal".to_owned(),
                    label: "安宁街道人民调解委员会".to_owned(),
                    kind: SlotKind::Seal {
                        organisation: "安宁街道人民调解委员会".to_owned(),
                        date: "2026年11月22日".to_owned(),
                    },
                },
            ]),
        ],
        beside: None,
        check: Some(Check {
            url: "https://heyi.example/v/0123456789abcdef0123456789abcdef".to_owned(),
            on_each_page: false,
            caption: "扫码核验".to_owned(),
        }),
        attachments: Vec::new(),
        bookmarks: true,
        made_at: "2026-11-22T02:00:00Z".parse().unwrap(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_sorts_keys_at_every_depth() {
        let value = serde_json::json!({"b": [{"z": 1, "a": "甲\n"}], "a": null});
        assert_eq!(
            String::from_utf8(canonical_json(&value)).unwrap(),
            r#"{"a":null,"b":[{"a":"甲\n","z":1}]}"#
        );
    }
}

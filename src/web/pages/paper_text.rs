//! The words of a paper as HTML: the very blocks that the PDF is laid out from, so that nobody signs what was not shown.

use serde::Serialize;

use crate::documents::paper::{Block, Clause, Paper, Parallel};

/// A paper for the component `paper_text`.
#[derive(Clone, Debug, Serialize)]
pub struct PaperText {
    pub issuer: String,
    pub title: String,
    pub number: String,
    /// In the second language, where the paper has one.
    pub other_title: Option<String>,
    pub blocks: Vec<Pair>,
}

/// A block with what it says in the second language.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    #[serde(flatten)]
    pub block: BlockShown,
    pub beside: Option<Beside>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Beside {
    /// In which the block is read aloud.
    pub language: String,
    pub block: BlockShown,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockShown {
    Heading { text: String },
    Paragraph { text: String },
    Table { rows: Vec<Row> },
    Clauses { clauses: Vec<ClauseText> },
    Notice { title: String, text: String },
    Signatures { labels: Vec<String> },
}

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ClauseText {
    pub number: String,
    pub text: String,
    pub terms: Vec<ClauseText>,
}

impl PaperText {
    pub(super) fn of(paper: Paper) -> Self {
        let other_title = paper.beside.as_ref().map(|other| other.title.clone());
        let others = paper.beside.as_ref().map_or_else(Vec::new, theirs);
        let mut others = others.into_iter();
        let blocks = paper.blocks.into_iter().map(|block| Pair {
            block: self::block(block),
            beside: others.next(),
        });
        Self {
            issuer: paper.issuer,
            title: paper.title,
            number: paper.number,
            other_title,
            blocks: blocks.collect(),
        }
    }

    pub(super) const fn is_in_two_languages(&self) -> bool {
        self.other_title.is_some()
    }

    pub(super) fn sample() -> Self {
        let text = || "李建国家的孩子晚上练琴，声音传到楼下王秀英家。".to_owned();
        Self {
            issuer: "柳荫街道人民调解委员会".to_owned(),
            title: "调解协议书".to_owned(),
            number: "柳荫调协〔2026〕12号".to_owned(),
            other_title: None,
            blocks: [
                BlockShown::Table {
                    rows: vec![Row {
                        label: "申请人".to_owned(),
                        value: "王秀英".to_owned(),
                    }],
                },
                BlockShown::Heading { text: text() },
                BlockShown::Paragraph { text: text() },
                BlockShown::Clauses {
                    clauses: vec![ClauseText {
                        number: "1.".to_owned(),
                        text: text(),
                        terms: vec![ClauseText {
                            number: "（1）".to_owned(),
                            text: text(),
                            terms: Vec::new(),
                        }],
                    }],
                },
                BlockShown::Notice {
                    title: "请注意".to_owned(),
                    text: text(),
                },
                BlockShown::Signatures {
                    labels: vec!["申请人：王秀英".to_owned()],
                },
            ]
            .map(|block| Pair {
                block,
                beside: None,
            })
            .into(),
        }
    }

    /// The same in two languages.
    pub(super) fn bilingual_sample() -> Self {
        let mut sample = Self::sample();
        sample.other_title = Some("Settlement Agreement".to_owned());
        for pair in &mut sample.blocks {
            let (language, block) = ("en".to_owned(), pair.block.clone());
            pair.beside = Some(Beside { language, block });
        }
        sample
    }
}

fn theirs(other: &Parallel) -> Vec<Beside> {
    let beside = |block: &Block| Beside {
        language: other.language_of(&block.texts().join("\n")).to_owned(),
        block: self::block(block.clone()),
    };
    other.blocks.iter().map(beside).collect()
}

fn block(block: Block) -> BlockShown {
    match block {
        Block::Heading(text) => BlockShown::Heading { text },
        Block::Paragraph(text) | Block::Flush(text) => BlockShown::Paragraph { text },
        Block::Table(entries) => BlockShown::Table {
            rows: entries
                .into_iter()
                .map(|entry| Row {
                    label: entry.label,
                    value: entry.value,
                })
                .collect(),
        },
        Block::Clauses(clauses) => BlockShown::Clauses {
            clauses: clauses.into_iter().map(clause).collect(),
        },
        Block::Notice { title, text } => BlockShown::Notice { title, text },
        Block::Signatures(slots) => BlockShown::Signatures {
            labels: slots.into_iter().map(|slot| slot.label).collect(),
        },
    }
}

fn clause(clause: Clause) -> ClauseText {
    ClauseText {
        number: clause.number,
        text: clause.text,
        terms: clause.terms.into_iter().map(self::clause).collect(),
    }
}

//! The words of a paper as HTML: the very blocks that the PDF is laid out from, so that nobody signs what was not shown.

use serde::Serialize;

use crate::documents::paper::{Block, Clause, Paper};

/// A paper for the component `paper_text`.
#[derive(Clone, Debug, Serialize)]
pub struct PaperText {
    pub issuer: String,
    pub title: String,
    pub number: String,
    pub blocks: Vec<BlockShown>,
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
        Self {
            issuer: paper.issuer,
            title: paper.title,
            number: paper.number,
            blocks: paper.blocks.into_iter().map(block).collect(),
        }
    }

    pub(super) fn sample() -> Self {
        let text = || "李建国家的孩子晚上练琴，声音传到楼下王秀英家。".to_owned();
        Self {
            issuer: "柳荫街道人民调解委员会".to_owned(),
            title: "调解协议书".to_owned(),
            number: "柳荫调协〔2026〕12号".to_owned(),
            blocks: vec![
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
            ],
        }
    }
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

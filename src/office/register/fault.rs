//! What is wrong with a row, to be said in words.

use super::table::Refusal;

/// Where something is wrong, and what. Rows count as a spreadsheet shows them: the headings are row 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub file: &'static str,
    /// 0 for the file as a whole.
    pub row: usize,
    /// Empty for the row as a whole.
    pub column: &'static str,
    pub what: What,
}

/// The texts are `office-fault-<key>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Unreadable(Refusal),
    ColumnMissing,
    ColumnUnknown(String),
    /// More or fewer cells than headings.
    Cells,
    Empty,
    /// What was written is no such thing.
    Malformed(String),
    UnknownWord(String),
    Twice(String),
    NoSuch(String),
    /// The area it lies in is nowhere.
    NoParentArea,
    /// It is a part of another body, which is not named or of another kind.
    WrongParent,
    /// The body above does not cover it.
    NotCovered,
    /// Its kind asks for no fee (人民调解法 4).
    MayNotCharge,
    /// A mediator, and nobody else, has fields, languages and a load limit.
    MediatorColumns,
    /// The body's kind has no such post.
    NoSuchPost(String),
    /// Two rows of one login name different people.
    Contradiction,
    /// The phone or the mail address is somebody else's.
    Taken(String),
    /// Posts in two districts.
    TwoDistricts,
    /// Would lose the post with so many cases in hand.
    CasesInHand {
        who: String,
        cases: u32,
    },
    /// An organisation does not move to another district.
    Moves,
    /// It would have no such kind any more, and has cases.
    KindChanges,
    /// Nobody changes their own posts or contact on the page.
    Own,
    /// Whoever runs the installation is made from the shell alone.
    OperatorPost,
}

impl What {
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(Refusal::Encoding) => "encoding",
            Self::Unreadable(Refusal::Quotes) => "quotes",
            Self::Unreadable(Refusal::NoHeadings) => "no-headings",
            Self::ColumnMissing => "column-missing",
            Self::ColumnUnknown(_) => "column-unknown",
            Self::Cells => "cells",
            Self::Empty => "empty",
            Self::Malformed(_) => "malformed",
            Self::UnknownWord(_) => "unknown-word",
            Self::Twice(_) => "twice",
            Self::NoSuch(_) => "no-such",
            Self::NoParentArea => "no-parent-area",
            Self::WrongParent => "wrong-parent",
            Self::NotCovered => "not-covered",
            Self::MayNotCharge => "may-not-charge",
            Self::MediatorColumns => "mediator-columns",
            Self::NoSuchPost(_) => "no-such-post",
            Self::Contradiction => "contradiction",
            Self::Taken(_) => "taken",
            Self::TwoDistricts => "two-districts",
            Self::CasesInHand { .. } => "cases-in-hand",
            Self::Moves => "moves",
            Self::KindChanges => "kind-changes",
            Self::Own => "own",
            Self::OperatorPost => "operator-post",
        }
    }

    /// What stands in the cell, or whom it is about; fills `$value`.
    pub fn value(&self) -> &str {
        match self {
            Self::ColumnUnknown(value)
            | Self::Malformed(value)
            | Self::UnknownWord(value)
            | Self::Twice(value)
            | Self::NoSuch(value)
            | Self::NoSuchPost(value)
            | Self::Taken(value)
            | Self::CasesInHand { who: value, .. } => value,
            _ => "",
        }
    }

    /// Fills `$cases`.
    pub const fn cases(&self) -> u32 {
        match self {
            Self::CasesInHand { cases, .. } => *cases,
            _ => 0,
        }
    }
}

//! What was found, in words for whoever runs the installation and for a court's expert.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::anchors::Held;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;

/// Findings that are told one by one.
const MOST: usize = 200;
/// An event is in the anchor of the next hour, which may take a while.
const LATE: SignedDuration = SignedDuration::from_hours(2);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Everything that was looked at, and all that was found wrong.
#[derive(Debug, Default)]
pub struct Outcome {
    pub anchors: u64,
    /// Number and hour.
    pub newest: Option<(u64, Timestamp)>,
    pub leaves: u64,
    pub cases: u64,
    pub events: u64,
    pub files: u64,
    /// Events that are in no anchor yet.
    pub waiting: u64,
    /// Cases whose words were erased, which is on record and no finding.
    pub erased: u64,
    /// Cases whose newest event is from before events covered the body, so that nothing shows whether it was changed.
    pub uncovered: u64,
    /// Hours between two anchors without one, and the first of them.
    pub missing: (u64, Option<Timestamp>),
    /// Events that were sealed late, and the first of them in time.
    pub late: (u64, Option<Late>),
    /// The first ones, in the order of time.
    pub findings: Vec<Finding>,
    /// How many there are.
    pub found: u64,
}

impl Outcome {
    pub(super) fn find(&mut self, finding: Finding) {
        self.found += 1;
        self.findings.push(finding);
        if self.findings.len() > 2 * MOST {
            self.sort();
        }
    }

    /// Nobody served in these hours, or their anchors were made anew.
    pub(super) fn count_hours(&mut self, held: &[Held]) {
        for pair in held.windows(2) {
            let [before, after] = pair else { continue };
            let hours = after.hour.duration_since(before.hour).as_hours() - 1;
            if let Ok(hours @ 1..) = u64::try_from(hours) {
                self.missing.0 += hours;
                self.missing.1.get_or_insert(before.hour + HOUR);
            }
        }
    }

    /// Counts an event that happened long before its anchor was made.
    pub(super) fn count_late(&mut self, case: &str, (seq, at): (i64, Timestamp), anchor: &Held) {
        if anchor.made_at.duration_since(at) <= LATE {
            return;
        }
        self.late.0 += 1;
        let first = self.late.1.as_ref();
        if first.is_none_or(|first| at < first.at) {
            self.late.1 = Some(Late {
                number: case.to_owned(),
                seq,
                at,
                anchor: (anchor.number, anchor.made_at),
            });
        }
    }

    /// Brings the earliest to the front and forgets those that are too many.
    pub(super) fn sort(&mut self) {
        self.findings.sort_by_key(|it| it.at);
        self.findings.truncate(MOST);
    }

    /// The first event in time that was tampered with.
    pub fn first_event(&self) -> Option<&Finding> {
        self.findings.iter().find(|it| it.case.is_some())
    }
}

/// An event that was sealed long after it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Of its case.
    pub number: String,
    pub seq: i64,
    pub at: Timestamp,
    /// Number of the anchor, and when it was made.
    pub anchor: (u64, Timestamp),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    AnchorRemoved,
    /// What speaks against its signature.
    AnchorForged(&'static str),
    AnchorRevoked,
    AnchorChanged,
    AnchorDiffers,
    AnchorUnknown,
    AnchorOutOfOrder,
    AnchorNotAsNoted,
    EntriesRemoved,
    EntriesChanged,
    CaseRemoved,
    EventChanged,
    EventRemoved,
    EventReordered,
    EventInserted,
    /// From the event named to this one.
    TailRemoved(i64),
    DetailsChanged,
    DetailsRemoved,
    EventLeftOut,
    BodyIllegible,
    /// The body is of another version than the last event.
    BodyReplaced,
    /// The body is not the one that the last event covers.
    BodyChanged,
    FileRemoved,
    FileChanged,
    FileReplaced,
}

impl What {
    const fn says(&self) -> &'static str {
        match self {
            Self::AnchorRemoved => "its file was removed",
            Self::AnchorForged(_) => "it is not signed as it must be",
            Self::AnchorRevoked => "its key, or that of its timestamp, had been taken back by then",
            Self::AnchorChanged => "its file cannot be read",
            Self::AnchorDiffers => "it is another one in the copy, in the files or in the database",
            Self::AnchorUnknown => "the database does not know it: it is older than its anchors",
            Self::AnchorOutOfOrder => "it does not follow from the one before it and its entries",
            Self::AnchorNotAsNoted => {
                "it is not the one that was noted beside the keys: database and files were rewritten, or put back from a copy"
            }
            Self::EntriesRemoved => "the file of its entries was removed",
            Self::EntriesChanged => "the file of its entries was changed",
            Self::CaseRemoved => "the whole case was removed",
            Self::EventChanged | Self::FileChanged => "changed",
            Self::EventRemoved | Self::FileRemoved => "removed",
            Self::EventReordered => "reordered: another event stands in its place",
            Self::EventInserted => "inserted: no anchor knows it",
            Self::TailRemoved(_) => "removed with all that follow",
            Self::DetailsChanged => "changed in its details",
            Self::DetailsRemoved => "its details are gone, and no erasure is on record",
            Self::EventLeftOut => "older than the newest anchor and in none",
            Self::BodyIllegible => "the body of the case cannot be read",
            Self::BodyReplaced => "the body of the case is not of the version of its last event",
            Self::BodyChanged => "the body of the case is not the one that its last event covers",
            Self::FileReplaced => "named by the body of the case, and by no event and no anchor",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub what: What,
    /// When it happened that is no longer as it was.
    pub at: Option<Timestamp>,
    /// Id and number; the number is empty where the case is gone.
    pub case: Option<(CaseId, String)>,
    pub seq: Option<i64>,
    pub file: Option<ContentHash>,
    /// Number of the anchor that tells, and its hour where it could be read.
    pub anchor: Option<(u64, Option<Timestamp>)>,
}

impl Finding {
    /// As an anchor tells it, or no anchor.
    pub(super) fn of(what: What, anchor: Option<&Held>) -> Self {
        Self {
            what,
            at: anchor.map(|it| it.hour),
            case: None,
            seq: None,
            file: None,
            anchor: anchor.map(|it| (it.number, Some(it.hour))),
        }
    }

    /// Of an anchor that cannot be read, behind one of that hour.
    pub(super) const fn of_number(what: What, number: u64, after: Timestamp) -> Self {
        Self {
            what,
            at: Some(after),
            case: None,
            seq: None,
            file: None,
            anchor: Some((number, None)),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.case, self.anchor) {
            (Some((id, number)), _) if number.is_empty() => write!(f, "case {id}")?,
            (Some((id, number)), _) => write!(f, "case {number} ({id})")?,
            (None, Some((number, Some(hour)))) => write!(f, "anchor {number} of {hour}")?,
            (None, Some((number, None))) => write!(f, "anchor {number}")?,
            (None, None) => {}
        }
        match (self.seq, &self.what) {
            (Some(from), What::TailRemoved(to)) if from < *to => {
                write!(f, ", events {from} to {to}")?;
            }
            (Some(seq), _) => write!(f, ", event {seq}")?,
            (None, _) => {}
        }
        if let Some(file) = &self.file {
            write!(f, ", file {file}")?;
        }
        write!(f, ": {}", self.what.says())?;
        if let What::AnchorForged(why) = self.what {
            write!(f, " ({why})")?;
        }
        match (&self.case, self.anchor) {
            (Some(_), Some((number, Some(hour)))) => {
                write!(f, " (sealed in anchor {number} of {hour})")
            }
            _ => Ok(()),
        }
    }
}

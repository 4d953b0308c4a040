//! An anchor: every event and every file of all matters up to an hour as one hash, made to be signed and given away. Whoever
//! holds it can tell later whether anything before it was changed, although it names nobody and nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::ids::CaseId;
use super::merkle::{self, Tree};

const SCHEMA: &str = "heyi-anchor/1";

/// As it is signed and shown to everybody; hashes are SHA-256 in hexadecimal, instants RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// `heyi-anchor/1`
    pub schema: String,
    /// 1, 2, 3 without a gap.
    pub number: u64,
    /// The beginning of the hour in which it was made.
    pub hour: Timestamp,
    pub made_at: Timestamp,
    /// Hash of the file of the anchor before this one.
    pub previous: Option<ContentHash>,
    /// How many leaves came with this one.
    pub added: u64,
    /// How many there are now.
    pub leaves: u64,
    /// Of the tree over all leaves (RFC 6962).
    pub root: ContentHash,
    /// The roots of the full subtrees, the largest first, from which the root follows and the next anchor goes on.
    pub peaks: Vec<ContentHash>,
    /// Hash of the file that says what each added leaf stands for; it is kept here and shown to nobody.
    pub entries: ContentHash,
}

/// What one leaf stands for. A head of a chain is the hash of its last event; each event before it is a leaf too, so that
/// the first one that was changed can be named even where the whole chain was written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Event {
        case: CaseId,
        seq: i64,
        /// Covers the event and all before it.
        hash: ContentHash,
    },
    File {
        case: CaseId,
        file: ContentHash,
    },
}

impl Entry {
    /// The one way to write it: a line of the file of entries, and what the leaf is the hash of.
    pub fn line(&self) -> String {
        match self {
            Self::Event { case, seq, hash } => format!("[\"event\",\"{case}\",{seq},\"{hash}\"]"),
            Self::File { case, file } => format!("[\"file\",\"{case}\",\"{file}\"]"),
        }
    }

    pub fn parse(line: &str) -> Option<Self> {
        let words: Vec<serde_json::Value> = serde_json::from_str(line).ok()?;
        let word = |at: usize| words.get(at).and_then(serde_json::Value::as_str);
        let case = word(1)?.parse().ok()?;
        let entry = match word(0)? {
            "event" => Self::Event {
                case,
                seq: words.get(2)?.as_i64()?,
                hash: word(3)?.parse().ok()?,
            },
            _ => Self::File {
                case,
                file: word(2)?.parse().ok()?,
            },
        };
        (entry.line() == line).then_some(entry)
    }

    pub const fn case(&self) -> CaseId {
        match self {
            Self::Event { case, .. } | Self::File { case, .. } => *case,
        }
    }

    pub fn leaf(&self) -> merkle::Hash {
        merkle::leaf(self.line().as_bytes())
    }
}

/// The file of entries: a line each.
pub fn written(entries: &[Entry]) -> String {
    entries.iter().map(|entry| entry.line() + "\n").collect()
}

/// What is in a file of entries; nothing where one line is none.
pub fn entries(file: &str) -> Option<Vec<Entry>> {
    file.lines().map(Entry::parse).collect()
}

/// When an anchor was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub hour: Timestamp,
    pub at: Timestamp,
}

impl Anchor {
    /// The next one behind `previous`, which is given with the hash of its file.
    pub fn after(previous: Option<(&Self, ContentHash)>, made: Made, entries: &[Entry]) -> Self {
        let mut tree = previous
            .as_ref()
            .and_then(|(anchor, _)| anchor.tree())
            .unwrap_or_default();
        for entry in entries {
            tree.push(entry.leaf());
        }
        Self {
            schema: SCHEMA.to_owned(),
            number: previous.as_ref().map_or(1, |(anchor, _)| anchor.number + 1),
            hour: made.hour,
            made_at: made.at,
            previous: previous.map(|(_, hash)| hash),
            added: entries.len() as u64,
            leaves: tree.size(),
            root: ContentHash::of_digest(tree.root()),
            peaks: tree
                .peaks()
                .iter()
                .map(|peak| ContentHash::of_digest(*peak))
                .collect(),
            entries: ContentHash::of(written(entries).as_bytes()),
        }
    }

    /// The tree as it stood then; nothing where the numbers do not fit.
    pub fn tree(&self) -> Option<Tree> {
        let peaks = self.peaks.iter().map(ContentHash::digest).collect();
        Tree::of(self.leaves, peaks)
    }

    /// Its file, which is what is signed.
    pub fn file(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    pub fn read(file: &str) -> Option<Self> {
        let anchor: Self = serde_json::from_str(file).ok()?;
        (anchor.schema == SCHEMA).then_some(anchor)
    }

    /// Where it lies without the ending of the file: `2026/11/22/14-000017`, by the hour in UTC.
    pub fn place(&self) -> String {
        let hour = self.hour.strftime("%Y/%m/%d/%H");
        format!("{hour}-{:06}", self.number)
    }

    /// Where its entries lie. The name tells what is in it, so that of two who make the same anchor at once neither
    /// overwrites what the other one signed.
    pub fn entries_place(&self) -> String {
        format!("{}-{}.entries", self.place(), &self.entries.as_str()[..16])
    }
}

/// The number of the anchor whose file lies at this place.
pub fn number_at(place: &str) -> Option<u64> {
    let name = place.strip_suffix(".json")?.rsplit('/').next()?;
    name.split_once('-')?.1.parse().ok()
}

/// The beginning of the hour, as everybody counts it by UTC.
pub fn hour_of(at: Timestamp) -> Timestamp {
    let hours = at.as_second().div_euclid(3_600);
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn event(case: u128, seq: i64) -> Entry {
        Entry::Event {
            case: CaseId(Uuid::from_u128(case)),
            seq,
            hash: ContentHash::of(format!("{case}/{seq}").as_bytes()),
        }
    }

    fn made(at: &str) -> Made {
        let at = at.parse().unwrap();
        Made {
            hour: hour_of(at),
            at,
        }
    }

    #[test]
    fn an_entry_is_read_back_and_no_other_way_of_writing_it_is() {
        let file = Entry::File {
            case: CaseId(Uuid::from_u128(1)),
            file: ContentHash::of(b"paper"),
        };
        for entry in [event(1, 7), file] {
            let line = entry.line();
            assert_eq!(Entry::parse(&line), Some(entry));
            assert_eq!(Entry::parse(&line.replace(',', ", ")), None);
            assert_eq!(Entry::parse(&line[1..]), None);
        }
    }

    #[test]
    fn each_anchor_names_the_one_before_it_and_stands_for_all_leaves() {
        let first = Anchor::after(
            None,
            made("2026-11-22T14:00:07Z"),
            &[event(1, 1), event(2, 1)],
        );
        let hash = ContentHash::of(first.file().as_bytes());
        let second = Anchor::after(
            Some((&first, hash.clone())),
            made("2026-11-22T15:00:01Z"),
            &[event(1, 2)],
        );
        assert_eq!(Anchor::read(&second.file()), Some(second.clone()));
        assert_eq!((second.number, second.added, second.leaves), (2, 1, 3));
        assert_eq!(second.previous, Some(hash));
        let mut tree = Tree::default();
        for entry in [event(1, 1), event(2, 1), event(1, 2)] {
            tree.push(entry.leaf());
        }
        assert_eq!(second.root, ContentHash::of_digest(tree.root()));
        assert_eq!(second.place(), "2026/11/22/15-000002");
        assert_eq!(number_at("2026/11/22/15-000002.json"), Some(2));
        assert_eq!(number_at(&second.entries_place()), None);
    }

    #[test]
    fn an_anchor_says_nothing_of_whose_matters_they_are() {
        let anchor = Anchor::after(None, made("2026-11-22T14:00:07Z"), &[event(1, 1)]);
        assert!(!anchor.file().contains(&Uuid::from_u128(1).to_string()));
    }
}

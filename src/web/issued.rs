//! Records of papers as they were signed within the hour: whoever asks again is given the same, so that nobody makes the
//! platform sign, and a timestamp authority elsewhere work, by asking often.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::documents::record::Record;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Beyond it all are forgotten, so that nobody fills the memory.
const MOST: usize = 1_000;

/// By the id under the square code.
#[derive(Debug, Default)]
pub struct Issued(Mutex<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    record: Record,
    file: Bytes,
}

impl Issued {
    /// The file that says the same as `record`, if it is not old.
    pub fn find(&self, record: &Record, now: Timestamp) -> Option<Bytes> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(&record.verify_id)?;
        let same = Record {
            at: kept.record.at,
            ..record.clone()
        };
        let fresh = now.duration_since(kept.record.at) < HOUR;
        (fresh && same == kept.record).then(|| kept.file.clone())
    }

    pub fn keep(&self, record: Record, file: Bytes) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(record.verify_id.clone(), Kept { record, file });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::record::State;

    #[test]
    fn what_has_changed_or_is_an_hour_old_is_signed_anew() {
        let issued = Issued::default();
        let at: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let record = |state, at| Record::new("1".to_owned(), "0".repeat(32), state, at);
        issued.keep(record(State::Signing, at), Bytes::from_static(b"file"));
        let later = at + SignedDuration::from_mins(59);
        let found = issued.find(&record(State::Signing, later), later);
        assert_eq!(found, Some(Bytes::from_static(b"file")));
        assert_eq!(issued.find(&record(State::Complete, later), later), None);
        let over = at + HOUR;
        assert_eq!(issued.find(&record(State::Signing, over), over), None);
    }
}

//! A scheduled meeting of the mediator and the parties; its id is also the name of its video room.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::ids::{PersonId, SessionId};

/// So long after its end a session that is still open stands in nobody's way.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub at: Timestamp,
    pub minutes: u32,
    pub state: SessionState,
    /// Where people come to; nowhere where all meet by video.
    #[serde(default)]
    pub venue: Option<Venue>,
}

/// Where people meet at one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    pub address: String,
    /// Which room there; empty where none is kept free, such as in somebody's home.
    pub room: String,
    /// Some come there and others join by video.
    pub mixed: bool,
}

impl Venue {
    /// As a person reads it.
    pub fn says(&self) -> String {
        format!("{} {}", self.address, self.room).trim().to_owned()
    }

    /// By which the calendar knows the room: its quarter-hours are taken like a person's, by one session each,
    /// whichever organisation holds it. Blanks, punctuation and width of letters do not make another room.
    pub fn in_calendar(&self) -> Option<PersonId> {
        let (address, room) = (plain(&self.address), plain(&self.room));
        if room.is_empty() {
            return None;
        }
        let hash = ContentHash::of(format!("room {address}/{room}").as_bytes());
        let number = u128::from_str_radix(hash.as_str().get(..32)?, 16).ok()?;
        Some(PersonId(uuid::Uuid::from_u128(number)))
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionState {
    Scheduled,
    Open { since: Timestamp },
    Closed { since: Timestamp, until: Timestamp },
    Cancelled,
}

impl Session {
    /// When it is planned to be over.
    pub fn ends(&self) -> Timestamp {
        self.at + SignedDuration::from_mins(i64::from(self.minutes))
    }

    /// All come to one place; nobody is expected by video.
    pub fn is_at_a_table(&self) -> bool {
        self.venue.as_ref().is_some_and(|venue| !venue.mixed)
    }

    /// Open, and no longer past its end than talks go on: whoever forgot to close it has gone home.
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        let SessionState::Open { since } = self.state else {
            return false;
        };
        let late = since.max(self.at).duration_since(self.at);
        now <= self.ends() + late + FORGOTTEN_AFTER
    }

    pub const fn is_open(&self) -> bool {
        matches!(self.state, SessionState::Open { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(address: &str, room: &str) -> Option<PersonId> {
        let (address, room) = (address.to_owned(), room.to_owned());
        let mixed = false;
        let venue = Venue {
            address,
            room,
            mixed,
        };
        venue.in_calendar()
    }

    #[test]
    fn a_room_is_the_same_however_it_is_typed_and_a_home_is_no_room() {
        let one = room("和平路8号", "调解室1");
        assert!(one.is_some());
        assert_eq!(one, room(" 和平路 8 号，", "调解室 １"));
        assert_ne!(one, room("和平路8号", "调解室2"));
        assert_ne!(one, room("和平路9号", "调解室1"));
        assert_eq!(room("柳荫里3号楼501室", " "), None);
    }

    #[test]
    fn an_hour_after_its_end_an_open_session_counts_as_forgotten() {
        let at = |text: &str| -> Timestamp { format!("2026-11-22T{text}:00Z").parse().unwrap() };
        let open = |since| Session {
            id: SessionId(uuid::Uuid::nil()),
            at: at("09:00"),
            minutes: 60,
            state: SessionState::Open { since },
            venue: None,
        };
        let early = open(at("08:45"));
        assert!(early.is_under_way(at("11:00")) && !early.is_under_way(at("11:01")));
        let late = open(at("10:30"));
        assert!(late.is_under_way(at("12:30")) && !late.is_under_way(at("12:31")));
        let mut closed = late;
        closed.state = SessionState::Scheduled;
        assert!(!closed.is_under_way(at("10:31")));
    }

    #[test]
    fn a_session_that_was_kept_before_there_were_places_is_by_video() {
        let old = r#"{"id":"00000000-0000-0000-0000-000000000001","at":"2026-11-22T11:30:00Z","minutes":60,"state":{"state":"scheduled"}}"#;
        let session: Session = serde_json::from_str(old).unwrap();
        assert_eq!(session.venue, None);
    }
}

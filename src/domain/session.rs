//! A scheduled meeting of the mediator and the parties; its id is also the name of its video room.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::ids::{MeetingRoomId, PartyId, PersonId, SessionId};
use super::party::PartyRole;
use super::team::Capacity;

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
    /// Who sits in front of the room's screen where some come and others join by video.
    #[serde(default)]
    pub at_screen: Vec<Seated>,
}

/// Somebody in front of the room's screen: present, and known to whoever let them sit down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seated {
    #[serde(flatten)]
    pub who: Sitter,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Who can sit there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sitter {
    /// Known by its card.
    Party(PartyId),
    /// Whom the parties agreed to, and with which side they came; none for whoever came with neither.
    Member {
        person: PersonId,
        side: Option<PartyRole>,
    },
}

impl Sitter {
    pub fn person(self, case: &Case) -> Option<PersonId> {
        match self {
            Self::Party(party) => case.party(party)?.person,
            Self::Member { person, .. } => Some(person),
        }
    }

    /// In what capacity a member of the team can sit there; whoever leads does not sit with either side.
    pub fn capacity(case: &Case, person: PersonId) -> Option<Capacity> {
        let mut own = case.team.iter().filter(|it| it.person == person);
        let own = own.find(|it| it.capacity.sits_in() && it.capacity != Capacity::CoMediator);
        own.map(|it| it.capacity)
    }

    /// The same one, whichever side they came with.
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Party(one), Self::Party(other)) => one == other,
            (Self::Member { person: one, .. }, Self::Member { person: other, .. }) => one == other,
            _ => false,
        }
    }
}

/// Where people meet at one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    pub address: String,
    /// Which room there; empty where none is kept free, such as in somebody's home.
    pub room: String,
    /// Some come there and others join by video.
    pub mixed: bool,
    /// The room of a body's list that is kept free for it.
    #[serde(default)]
    pub kept: Option<MeetingRoomId>,
}

impl Venue {
    /// As a person reads it.
    pub fn says(&self) -> String {
        format!("{} {}", self.address, self.room).trim().to_owned()
    }

    /// By which the calendar knows the room: its quarter-hours are taken like a person's, by one session each.
    pub fn in_calendar(&self) -> Option<PersonId> {
        self.kept.map(|room| PersonId(room.0))
    }
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
        self.is_forgotten_at().is_some_and(|end| now <= end)
    }

    /// After when a session that is open counts as forgotten.
    pub fn is_forgotten_at(&self) -> Option<Timestamp> {
        let SessionState::Open { since } = self.state else {
            return None;
        };
        let late = since.max(self.at).duration_since(self.at);
        Some(self.ends() + late + FORGOTTEN_AFTER)
    }

    /// As whom the screen of the room joins the call: one participant, who is nobody.
    pub fn screen(&self) -> Option<PersonId> {
        let mixed = self.venue.as_ref().is_some_and(|venue| venue.mixed);
        mixed.then(|| Self::screen_of(self.id))
    }

    /// The inverse of the session's id: its version is no id's, so that nobody has it.
    pub const fn screen_of(id: SessionId) -> PersonId {
        PersonId(uuid::Uuid::from_u128(!id.0.as_u128()))
    }

    /// As whom the phone of somebody joins the call who has no line but that of the telephone: again the inverse of an id,
    /// and of that one the person.
    pub const fn phone_of(person: PersonId) -> PersonId {
        PersonId(uuid::Uuid::from_u128(!person.0.as_u128()))
    }

    /// Whether somebody sits in front of the screen, and so speaks and hears by it alone.
    pub fn seats(&self, who: Sitter) -> bool {
        self.seat(who).is_some()
    }

    pub fn seat(&self, who: Sitter) -> Option<&Seated> {
        self.at_screen.iter().find(|seated| seated.who.is(who))
    }

    pub fn seats_person(&self, case: &Case, person: PersonId) -> bool {
        let mut people = self.at_screen.iter().filter_map(|it| it.who.person(case));
        people.any(|it| it == person)
    }

    /// Whoever sits there gets up.
    pub fn rises(&mut self, who: Sitter) {
        self.at_screen.retain(|seated| !seated.who.is(who));
    }

    /// Begins or is under way.
    pub const fn is_to_come(&self) -> bool {
        matches!(
            self.state,
            SessionState::Scheduled | SessionState::Open { .. }
        )
    }

    pub const fn is_open(&self) -> bool {
        matches!(self.state, SessionState::Open { .. })
    }

    /// When it was opened.
    pub const fn since(&self) -> Option<Timestamp> {
        match self.state {
            SessionState::Open { since } | SessionState::Closed { since, .. } => Some(since),
            SessionState::Scheduled | SessionState::Cancelled => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_after_its_end_an_open_session_counts_as_forgotten() {
        let at = |text: &str| -> Timestamp { format!("2026-11-22T{text}:00Z").parse().unwrap() };
        let open = |since| Session {
            id: SessionId(uuid::Uuid::nil()),
            at: at("09:00"),
            minutes: 60,
            state: SessionState::Open { since },
            venue: None,
            at_screen: Vec::new(),
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
        let typed = r#"{"address":"和平路8号","room":"一号","mixed":true}"#;
        let venue: Venue = serde_json::from_str(typed).unwrap();
        assert_eq!(
            (venue.says().as_str(), venue.in_calendar()),
            ("和平路8号 一号", None)
        );
    }

    #[test]
    fn who_sat_before_the_screen_is_read_back_a_party_as_it_was_kept_before() {
        let one = "00000000-0000-0000-0000-000000000001";
        let kept = format!(r#"{{"party":"{one}","by":"{one}","at":"2026-11-22T11:30:00Z"}}"#);
        let party: Seated = serde_json::from_str(&kept).unwrap();
        let id = uuid::Uuid::from_u128(1);
        assert_eq!(party.who, Sitter::Party(PartyId(id)));
        assert_eq!(serde_json::to_string(&party).unwrap(), kept);
        let kin = Seated {
            who: Sitter::Member {
                person: PersonId(id),
                side: Some(PartyRole::Respondent),
            },
            ..party
        };
        let text = serde_json::to_string(&kin).unwrap();
        assert_eq!(serde_json::from_str::<Seated>(&text).unwrap(), kin);
    }
}

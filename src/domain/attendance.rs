//! Who came to a session, who left, and when some spoke alone: the bare facts, never what was said.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids::PersonId;

/// Whoever is back so soon had not left: the line broke.
const SHORT_BREAK: SignedDuration = SignedDuration::from_mins(2);

/// One line of a session's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    pub at: Timestamp,
    pub what: Happening,
    /// Whom it concerns; empty where it concerns all.
    pub people: Vec<PersonId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    Joined,
    Left,
    /// In front of the screen of the room: whoever sits there is present, whatever their own phone does.
    SatDown,
    GotUp,
    CaucusOpened,
    CaucusClosed,
    /// The platform ended or began anew: whoever was there comes back to where they were admitted.
    Interrupted,
    Ended,
}

/// Where somebody sits in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    Joint,
    Caucus,
}

impl Happening {
    pub const ALL: [Self; 8] = [
        Self::Joined,
        Self::Left,
        Self::SatDown,
        Self::GotUp,
        Self::CaucusOpened,
        Self::CaucusClosed,
        Self::Interrupted,
        Self::Ended,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::SatDown => "sat_down",
            Self::GotUp => "got_up",
            Self::CaucusOpened => "caucus_opened",
            Self::CaucusClosed => "caucus_closed",
            Self::Interrupted => "interrupted",
            Self::Ended => "ended",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// Somebody's time in a session. Comings and goings within two minutes are one: the line broke and came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    pub person: PersonId,
    pub from: Timestamp,
    /// `None` while they are in it.
    pub until: Option<Timestamp>,
    /// Sat in front of the room's screen, for all of it or for a part.
    pub on_site: bool,
}

/// Who was in a session and when, in the order of coming, out of its record in the order of time.
pub fn presences(record: &[Attendance]) -> Vec<Presence> {
    let mut presences: Vec<Presence> = Vec::new();
    let mut seated: BTreeSet<PersonId> = BTreeSet::new();
    for line in record {
        let named = |presence: &Presence| line.people.contains(&presence.person);
        match line.what {
            Happening::Joined => {
                for person in &line.people {
                    join(&mut presences, *person, line.at);
                }
            }
            Happening::SatDown => {
                for person in &line.people {
                    seated.insert(*person);
                    join(&mut presences, *person, line.at).on_site = true;
                }
            }
            // A phone that was put away for the screen.
            Happening::Left | Happening::Interrupted => {
                let gone = |it: &Presence| named(it) && !seated.contains(&it.person);
                end(&mut presences, gone, line.at);
            }
            Happening::GotUp => {
                seated.retain(|person| !line.people.contains(person));
                end(&mut presences, named, line.at);
            }
            Happening::Ended => end(&mut presences, |_| true, line.at),
            Happening::CaucusOpened | Happening::CaucusClosed => {}
        }
    }
    presences
}

/// Where somebody was who did not leave, out of a session's record in the order of time: nobody who was let in waits anew
/// because the platform began anew.
pub fn whereabouts(record: &[Attendance], person: PersonId) -> Option<Whereabouts> {
    let mine = record
        .iter()
        .filter(|line| line.what == Happening::Ended || line.people.contains(&person));
    mine.fold(None, |before, line| match line.what {
        Happening::Joined => Some(Whereabouts::Joint),
        Happening::Left | Happening::Ended => None,
        Happening::CaucusOpened => before.and(Some(Whereabouts::Caucus)),
        Happening::CaucusClosed => before.and(Some(Whereabouts::Joint)),
        Happening::SatDown | Happening::GotUp | Happening::Interrupted => before,
    })
}

/// The presence that goes on, or begins.
fn join(presences: &mut Vec<Presence>, person: PersonId, at: Timestamp) -> &mut Presence {
    let back = |presence: &Presence| {
        presence.person == person
            && presence
                .until
                .is_none_or(|until| at.duration_since(until) <= SHORT_BREAK)
    };
    let place = presences.iter().rposition(back).unwrap_or(presences.len());
    if place == presences.len() {
        presences.push(Presence {
            person,
            from: at,
            until: None,
            on_site: false,
        });
    }
    let presence = &mut presences[place];
    presence.until = None;
    presence
}

fn end(presences: &mut [Presence], whom: impl Fn(&Presence) -> bool, at: Timestamp) {
    let there = presences
        .iter_mut()
        .filter(|presence| presence.until.is_none());
    for presence in there {
        if whom(presence) {
            presence.until = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn line(what: Happening, people: &[PersonId], minutes: i64) -> Attendance {
        Attendance {
            at: minute(minutes),
            what,
            people: people.to_vec(),
        }
    }

    fn people() -> [PersonId; 2] {
        [1, 2].map(|number| PersonId(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn every_happening_is_read_back_by_its_name() {
        for what in Happening::ALL {
            assert_eq!(Happening::parse(what.name()), Some(what));
        }
    }

    #[test]
    fn who_was_there_is_read_off_the_record_and_a_broken_line_is_no_leaving() {
        let [one, other] = people();
        let record = [
            line(Happening::Joined, &[one], 0),
            line(Happening::Joined, &[other], 1),
            line(Happening::CaucusOpened, &[one], 2),
            line(Happening::Left, &[other], 10),
            line(Happening::Joined, &[other], 11),
            line(Happening::Left, &[other], 20),
            line(Happening::Joined, &[other], 40),
            line(Happening::Ended, &[], 60),
        ];
        let presence = |person, from, until| Presence {
            person,
            from: minute(from),
            until: Some(minute(until)),
            on_site: false,
        };
        let all = [
            presence(one, 0, 60),
            presence(other, 1, 20),
            presence(other, 40, 60),
        ];
        assert_eq!(presences(&record), all);
        assert_eq!(presences(&record[..1])[0].until, None, "still there");
    }

    #[test]
    fn whoever_goes_over_from_the_phone_to_the_screen_has_not_left() {
        let start = Timestamp::UNIX_EPOCH;
        let person = PersonId(uuid::Uuid::from_u128(1));
        let line = |what, minutes| Attendance {
            at: start + SignedDuration::from_mins(minutes),
            what,
            people: vec![person],
        };
        let record = [
            line(Happening::Joined, 0),
            line(Happening::SatDown, 5),
            line(Happening::Left, 5),
            line(Happening::GotUp, 90),
            line(Happening::Joined, 91),
            line(Happening::Left, 100),
        ];
        let told = |lines: usize| presences(&record[..lines]);
        assert_eq!(told(1)[0].until, None);
        assert!(!told(1)[0].on_site);
        let sits = &told(3)[0];
        assert_eq!((sits.from, sits.until, sits.on_site), (start, None, true));
        assert_eq!(told(4)[0].until, Some(record[3].at));
        let all = told(6);
        assert_eq!(all.len(), 1);
        assert_eq!(
            all[0].until,
            Some(record[5].at),
            "by phone again to the end"
        );
    }

    #[test]
    fn whoever_did_not_leave_is_where_the_record_saw_them_last() {
        let [one, two] = people();
        let record = [
            line(Happening::CaucusOpened, &[one], 0),
            line(Happening::Joined, &[one], 1),
            line(Happening::SatDown, &[two], 2),
            line(Happening::CaucusOpened, &[one, two], 3),
            line(Happening::Interrupted, &[one], 4),
            line(Happening::CaucusClosed, &[one], 5),
            line(Happening::Left, &[one], 6),
            line(Happening::CaucusClosed, &[one], 7),
            line(Happening::Joined, &[one], 8),
            line(Happening::Ended, &[], 9),
        ];
        let was = |lines: usize| whereabouts(&record[..lines], one);
        let (joint, caucus) = (Some(Whereabouts::Joint), Some(Whereabouts::Caucus));
        assert_eq!(
            (0..=record.len()).map(was).collect::<Vec<_>>(),
            [
                None, None, joint, joint, caucus, caucus, joint, None, None, joint, None
            ]
        );
        assert_eq!(whereabouts(&record, two), None);
    }
}

//! What a participant says and shows, and the count of what comes: packets as browsers make them, with marks.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use heyi::domain::ids::PersonId;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::Tally;
use super::line::{Arrived, Kind, Line, Outgoing};
use super::mark::{self, Mark, now};

/// A packet of Opus as browsers make them: 20 ms of speech.
const SOUND_EVERY: Duration = Duration::from_millis(20);
const SOUND_LENGTH: usize = 100;
const SOUND_CLOCK: u32 = 960;
/// A small picture: about half a megabit a second, in 75 packets.
const PICTURE_EVERY: Duration = Duration::from_millis(40);
const PICTURE_PACKETS: usize = 3;
const PICTURE_LENGTH: usize = 900;
const PICTURE_CLOCK: u32 = 3_600;
/// The descriptor of VP8 (RFC 7741, 4.2) and the first byte of the picture.
const PICTURE_HEAD: usize = 2;

pub(crate) struct Voice {
    pub(crate) person: PersonId,
    /// Of the scene that was acknowledged last.
    pub(crate) epoch: u64,
    sound: Stream,
    picture: Stream,
    tally: Arc<Mutex<Tally>>,
}

/// Where a stream is.
#[derive(Debug, Default)]
struct Stream {
    timestamp: u32,
    number: u64,
}

/// When sound and picture are due. Whoever was late does not hurry: a browser's camera does not either.
pub(crate) fn moments() -> (Interval, Interval) {
    let (mut sound, mut picture) = (interval(SOUND_EVERY), interval(PICTURE_EVERY));
    for moments in [&mut sound, &mut picture] {
        moments.set_missed_tick_behavior(MissedTickBehavior::Skip);
    }
    (sound, picture)
}

impl Voice {
    pub(crate) fn new(person: PersonId, tally: Arc<Mutex<Tally>>) -> Self {
        Self {
            person,
            epoch: 0,
            sound: Stream::default(),
            picture: Stream::default(),
            tally,
        }
    }

    pub(crate) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap()
    }

    /// Who hears us in the scene that is acknowledged now.
    pub(crate) fn learns(&self, heard_by: BTreeSet<PersonId>) {
        self.tally().heard_by.insert(self.epoch, heard_by);
    }

    pub(crate) async fn speak(&mut self, line: Option<&mut Line>) {
        self.sound.timestamp = self.sound.timestamp.wrapping_add(SOUND_CLOCK);
        let Some(line) = line.filter(|line| line.is_up()) else {
            return;
        };
        let mark = self.sound.mark(self.person, self.epoch);
        self.tally.lock().unwrap().said.push(mark.sent);
        let out = Outgoing {
            kind: Kind::Sound,
            timestamp: self.sound.timestamp,
            last: false,
            payload: mark.payload(&[], SOUND_LENGTH),
        };
        line.send(out).await;
    }

    /// A picture needs no other one when somebody has asked for such a one; everybody who begins to see does.
    pub(crate) async fn show(&mut self, line: Option<&mut Line>) {
        self.picture.timestamp = self.picture.timestamp.wrapping_add(PICTURE_CLOCK);
        let Some(line) = line.filter(|line| line.is_up()) else {
            return;
        };
        let leans = u8::from(!line.take_key_frame_wanted());
        for part in 0..PICTURE_PACKETS {
            let head = if part == 0 { [0x10, leans] } else { [0, 0] };
            let mark = self.picture.mark(self.person, self.epoch);
            self.tally.lock().unwrap().shown.push(mark.sent);
            let out = Outgoing {
                kind: Kind::Picture,
                timestamp: self.picture.timestamp,
                last: part + 1 == PICTURE_PACKETS,
                payload: mark.payload(&head, PICTURE_LENGTH),
            };
            line.send(out).await;
        }
    }

    /// Notes which of the two connections have come to stand.
    pub(crate) fn note(&self, publishing: Option<&Line>, hearing: Option<&Line>) {
        let stood = &mut self.tally.lock().unwrap().stood;
        for (line, moment) in [
            (publishing, &mut stood.publishing),
            (hearing, &mut stood.hearing),
        ] {
            if moment.is_none() && line.is_some_and(Line::is_up) {
                *moment = Some(now());
            }
        }
    }

    pub(crate) fn count(&self, arrived: &[Arrived]) {
        let mut tally = self.tally.lock().unwrap();
        for packet in arrived {
            tally.count(packet);
        }
    }
}

impl Stream {
    fn mark(&mut self, speaker: PersonId, epoch: u64) -> Mark {
        self.number += 1;
        Mark {
            speaker,
            number: self.number,
            epoch,
            sent: now(),
        }
    }
}

impl Tally {
    fn count(&mut self, packet: &Arrived) {
        let head = match packet.kind {
            Kind::Sound => 0,
            Kind::Picture => PICTURE_HEAD,
        };
        let mark = Mark::read(&packet.payload, head);
        let speaker = mark.map(|mark| mark.speaker);
        if let (Some(speaker), Some(named)) = (speaker, packet.from) {
            assert_eq!(speaker, named, "a stream carries another's words");
        }
        let Some(from) = packet.from.or(speaker) else {
            return;
        };
        let came = self.came.entry(from).or_default();
        let (number, marks) = match packet.kind {
            Kind::Sound => (&mut came.0, &mut self.heard),
            Kind::Picture => (&mut came.1, &mut self.seen),
        };
        *number += 1;
        marks.extend(mark.map(|mark| (mark, mark::at(packet.at))));
    }
}

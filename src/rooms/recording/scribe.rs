//! The thread that writes what is recorded: each person's sound and each person's picture into a row of segments. When the
//! disk fails, the recording ends there with what is whole of it, and its room is told.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::recorder::{Ends, Taken, Told, TrackId};
use super::segment::{Codec, Format, Header, Packet, Row};
use super::writing::{Track, instant, salvage_all};
use super::{Gap, Phase, Segment, WhyStopped};
use crate::clock::Clock;
use crate::domain::ids::RecordingId;
use crate::rooms::RoomId;
use crate::rooms::desk::Report;
use crate::rooms::registry::Command;
use crate::rooms::room::{Input, What};

/// What is heard before the disk has its turn.
const BATCH: usize = 256;
/// How long nothing may come before it is looked whether something is to be closed.
const IDLE: Duration = Duration::from_secs(1);

/// What the thread has.
pub(super) struct Scribe {
    recordings: PathBuf,
    clock: Arc<Clock>,
    ends: Ends,
    /// How many packets wait for it.
    waiting: Arc<AtomicUsize>,
    tracks: BTreeMap<TrackId, (RoomId, Track)>,
    /// Those of which nothing more is written until they are begun again.
    failed: BTreeSet<RecordingId>,
}

impl Scribe {
    pub(super) const fn new(
        recordings: PathBuf,
        clock: Arc<Clock>,
        ends: Ends,
        waiting: Arc<AtomicUsize>,
    ) -> Self {
        Self {
            recordings,
            clock,
            ends,
            waiting,
            tracks: BTreeMap::new(),
            failed: BTreeSet::new(),
        }
    }

    /// Writes until nobody hands over anything any more.
    pub(super) fn run(&mut self, heard: &Receiver<Told>) {
        loop {
            match heard.recv_timeout(self.idle()) {
                Ok(told) => self.hear(told),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            for told in heard.try_iter().take(BATCH) {
                self.hear(told);
            }
            self.flush();
            self.close_due();
        }
        let left: BTreeSet<RecordingId> = self.tracks.keys().map(|(id, ..)| *id).collect();
        for recording in left {
            self.close_all(recording);
        }
    }

    fn idle(&self) -> Duration {
        let due = self.tracks.values().filter_map(|(_, track)| track.due());
        let now = self.clock.instant();
        due.min()
            .map_or(IDLE, |due| due.saturating_duration_since(now).min(IDLE))
    }

    fn hear(&mut self, told: Told) {
        match told {
            Told::Packet(room, taken) => {
                self.waiting.fetch_sub(1, Ordering::AcqRel);
                self.write(room, &taken);
            }
            Told::Gap(room, at, gap) => self.leave_out(room, at, gap),
            Told::Phase(room, recording, phase) => {
                match phase {
                    Phase::Running => {
                        self.failed.remove(&recording);
                    }
                    Phase::Paused | Phase::Stopped(_) => self.close_all(recording),
                }
                self.report(room, What::Recording { recording, phase });
            }
        }
    }

    fn write(&mut self, room: RoomId, taken: &Taken) {
        let recording = taken.tape.recording();
        if !self.failed.contains(&recording)
            && let Err(error) = self.put(room, taken)
        {
            self.fail(room, recording, &error);
        }
    }

    /// The segment says so at its place, if there is one; the numbers of the packets tell it as well.
    fn leave_out(&mut self, room: RoomId, at: i64, gap: Gap) {
        let packets = gap.packets;
        let track = self
            .tracks
            .get_mut(&(gap.recording, gap.person, gap.source));
        let noted = track.map_or(Ok(()), |(_, track)| track.note(&Row::Gap { at, packets }));
        if let Err(error) = noted {
            self.fail(room, gap.recording, &error);
        }
        self.report(room, What::Gap(gap));
    }

    fn put(&mut self, room: RoomId, taken: &Taken) -> io::Result<()> {
        let (recording, person, source) = (
            taken.tape.recording(),
            taken.tape.person(),
            taken.tape.source(),
        );
        let id = (recording, person, source);
        if !self.tracks.contains_key(&id) {
            let folder = self.recordings.join(recording.to_string());
            let track = Track::begin(folder, person, source)?;
            self.tracks.insert(id, (room, track));
        }
        let Some((_, track)) = self.tracks.get_mut(&id) else {
            return Ok(());
        };
        let now = self.clock.instant();
        let header = |number, previous| Header {
            format: Format::First,
            case: room.case,
            session: room.session,
            recording,
            person,
            source,
            codec: Codec::of(source),
            started_at: instant(taken.at),
            number,
            previous,
        };
        let packet = Packet {
            at: taken.at,
            sequence: taken.tape.sequence(),
            timestamp: taken.tape.timestamp(),
            marker: taken.marker,
            payload: &taken.payload,
        };
        track.write(packet, now, header)
    }

    fn flush(&mut self) {
        let mut failed = Vec::new();
        for ((recording, ..), (room, track)) in &mut self.tracks {
            if let Err(error) = track.flush() {
                failed.push((*room, *recording, error));
            }
        }
        for (room, recording, error) in failed {
            self.fail(room, recording, &error);
        }
    }

    fn close_due(&mut self) {
        let now = self.clock.instant();
        let due = |track: &Track| track.is_full() || track.due().is_some_and(|due| due <= now);
        let due = self.tracks.iter().filter(|(_, (_, track))| due(track));
        let due: Vec<TrackId> = due.map(|(id, _)| *id).collect();
        for id in due {
            self.close(id);
        }
    }

    fn close_all(&mut self, recording: RecordingId) {
        let of = self.tracks.keys().filter(|(id, ..)| *id == recording);
        let of: Vec<TrackId> = of.copied().collect();
        for id in of {
            self.close(id);
            self.tracks.remove(&id);
        }
    }

    fn close(&mut self, id: TrackId) {
        let Some((room, track)) = self.tracks.get_mut(&id) else {
            return;
        };
        let room = *room;
        match track.close() {
            Ok(segment) => self.keep(room, segment),
            Err(error) => self.fail(room, id.0, &error),
        }
    }

    /// Nothing more is written of this recording; what is whole of it is kept, and its room is told.
    fn fail(&mut self, room: RoomId, recording: RecordingId, error: &io::Error) {
        if !self.failed.insert(recording) {
            return;
        }
        tracing::error!(%room, %error, "a recording cannot be written and stops; the session goes on");
        let why = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => WhyStopped::Full,
            _ => WhyStopped::Failed,
        };
        let of = self.tracks.keys().filter(|(id, ..)| *id == recording);
        let of: Vec<TrackId> = of.copied().collect();
        for (room, track) in of
            .iter()
            .filter_map(|id| self.tracks.remove(id))
            .collect::<Vec<_>>()
        {
            match track.salvage() {
                Ok(segment) => self.keep(room, segment),
                Err(error) => {
                    tracing::error!(%room, %error, "a segment stays open; it is closed at the next start");
                }
            }
        }
        let input = Input::RecordingFailed { recording, why };
        if self
            .ends
            .commands
            .send(Command::Recording { room, input })
            .is_err()
        {
            tracing::error!(%room, "a room was not told that its recording failed; it is told at the next packet");
            self.failed.remove(&recording);
        }
    }

    /// Closes what an earlier process left open.
    pub(super) fn pick_up(&mut self) {
        let found = match salvage_all(&self.recordings) {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "recordings that were interrupted could not be closed");
                return;
            }
        };
        let mut interrupted = BTreeMap::new();
        for (header, segment) in found {
            let room = header.room();
            interrupted.insert(segment.recording, room);
            self.keep(room, Some(segment));
        }
        for (recording, room) in interrupted {
            let phase = Phase::Stopped(WhyStopped::Interrupted);
            self.report(room, What::Recording { recording, phase });
        }
    }

    fn keep(&self, room: RoomId, segment: Option<Segment>) {
        if let Some(segment) = segment {
            self.report(room, What::Segment(segment));
        }
    }

    fn report(&self, room: RoomId, what: What) {
        let at = self.clock.now();
        if self.ends.reports.send(Report { room, at, what }).is_err() {
            tracing::warn!("nobody keeps the record of the recordings; their folder does");
        }
    }
}

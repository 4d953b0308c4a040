//! The thread that writes what is recorded. The media thread hands it packets without ever waiting: what the disk is too
//! slow for is left out, and the recording says so at that place.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedSender;

use super::segment::{Codec, Format, Header, Packet, Row};
use super::writing::{Track, instant, salvage_all};
use super::{Gap, Phase, Segment, Source, WhyStopped};
use crate::clock::Clock;
use crate::domain::ids::{PersonId, RecordingId};
use crate::rooms::RoomId;
use crate::rooms::desk::Report;
use crate::rooms::graphs::Tape;
use crate::rooms::peer;
use crate::rooms::registry::{Command, Commands};
use crate::rooms::rewrite::Kind;
use crate::rooms::room::{Input, What};

/// Packets that may wait for the disk: a second and more of a hundred people, 20 MB.
const WAITING: usize = 16_384;
/// What is heard before the disk has its turn.
const BATCH: usize = 256;
/// How long nothing may come before it is looked whether something is to be closed.
const IDLE: Duration = Duration::from_secs(1);

/// What the thread is told, in order.
enum Told {
    Packet(RoomId, Taken),
    Gap(RoomId, i64, Gap),
    Phase(RoomId, RecordingId, Phase),
}

/// One packet of the joint session.
struct Taken {
    tape: Tape,
    at: i64,
    marker: bool,
    payload: Bytes,
}

type TrackId = (RecordingId, PersonId, Source);

/// The media thread's end.
pub(in crate::rooms) struct Recorder {
    told: Option<Sender<Told>>,
    waiting: Arc<AtomicUsize>,
    limit: usize,
    missed: HashMap<TrackId, u64>,
    /// A time of the clock, and the same time by the timer, which does not jump.
    epoch: (i64, Instant),
    thread: Option<JoinHandle<()>>,
}

/// What the thread reports to.
pub(in crate::rooms) struct Ends {
    pub(in crate::rooms) reports: UnboundedSender<Report>,
    pub(in crate::rooms) commands: Commands,
}

impl Recorder {
    /// Starts the thread, which first closes what an earlier process left open.
    pub(in crate::rooms) fn start(
        recordings: PathBuf,
        clock: Arc<Clock>,
        ends: Ends,
    ) -> io::Result<Self> {
        let (told, heard) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let epoch = (clock.now().as_microsecond(), clock.instant());
        let mut desk = Desk {
            recordings,
            clock,
            ends,
            waiting: Arc::clone(&waiting),
            tracks: BTreeMap::new(),
            failed: BTreeSet::new(),
        };
        let thread = std::thread::Builder::new()
            .name("recorder".to_owned())
            .spawn(move || {
                desk.pick_up();
                desk.run(&heard);
            })?;
        Ok(Self {
            told: Some(told),
            waiting,
            limit: WAITING,
            missed: HashMap::new(),
            epoch,
            thread: Some(thread),
        })
    }

    /// Hands over a packet. True if others were left out before it, so that the picture begins anew with a key frame.
    pub(in crate::rooms) fn take(
        &mut self,
        room: RoomId,
        tape: Tape,
        packet: &peer::Packet,
        now: Instant,
    ) -> bool {
        let id = (tape.recording(), tape.person(), tape.source());
        if self.waiting.load(Ordering::Acquire) >= self.limit {
            let missed = self.missed.entry(id).or_default();
            if *missed == 0 {
                tracing::warn!(%room, "the disk is too slow for a recording; packets are left out");
            }
            *missed += 1;
            return false;
        }
        let since = now.saturating_duration_since(self.epoch.1).as_micros();
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let at = self.epoch.0.saturating_add(since);
        let missed = self.say_missed(room, id, at);
        let taken = Taken {
            tape,
            at,
            marker: packet.marker,
            payload: packet.payload.clone(),
        };
        self.waiting.fetch_add(1, Ordering::AcqRel);
        self.tell(Told::Packet(room, taken));
        missed && packet.kind == Kind::Video
    }

    /// Says where a recording stands from here on.
    pub(in crate::rooms) fn turn(&mut self, room: RoomId, recording: RecordingId, phase: Phase) {
        let of = self.missed.keys().filter(|(id, ..)| *id == recording);
        let of: Vec<TrackId> = of.copied().collect();
        for id in of {
            self.say_missed(room, id, self.epoch.0);
        }
        self.tell(Told::Phase(room, recording, phase));
    }

    /// True if something was left out since the last time.
    fn say_missed(&mut self, room: RoomId, id: TrackId, at: i64) -> bool {
        let Some(packets) = self.missed.remove(&id) else {
            return false;
        };
        let (recording, person, source) = id;
        let gap = Gap {
            recording,
            person,
            source,
            packets,
        };
        self.tell(Told::Gap(room, at, gap));
        true
    }

    /// As if the disk took nothing for a while.
    #[cfg(test)]
    pub(super) fn hold(&mut self, on: bool) {
        self.limit = if on { 0 } else { WAITING };
    }

    fn tell(&mut self, told: Told) {
        if self
            .told
            .as_ref()
            .is_some_and(|way| way.send(told).is_err())
        {
            tracing::error!(
                "the thread that writes recordings is gone; nothing is recorded until a restart"
            );
            self.told = None;
        }
    }
}

impl Drop for Recorder {
    /// Everything that was handed over is kept before the process ends.
    fn drop(&mut self) {
        self.told = None;
        if self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err())
        {
            tracing::error!("the thread that writes recordings panicked");
        }
    }
}

/// The thread's own.
struct Desk {
    recordings: PathBuf,
    clock: Arc<Clock>,
    ends: Ends,
    waiting: Arc<AtomicUsize>,
    tracks: BTreeMap<TrackId, (RoomId, Track)>,
    /// Those of which nothing more is written until they are begun again.
    failed: BTreeSet<RecordingId>,
}

impl Desk {
    fn run(&mut self, heard: &Receiver<Told>) {
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
    fn pick_up(&mut self) {
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

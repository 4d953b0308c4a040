//! What the media thread hands over to be kept, without ever waiting: what the disk is too slow for is left out, and the
//! recording says so at that place.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedSender;

use super::scribe::Scribe;
use super::{Gap, Phase, Source};
use crate::clock::Clock;
use crate::domain::ids::{PersonId, RecordingId};
use crate::rooms::RoomId;
use crate::rooms::desk::Report;
use crate::rooms::graphs::Tape;
use crate::rooms::peer;
use crate::rooms::registry::Commands;
use crate::rooms::rewrite::Kind;

/// Packets that may wait for the disk: a second and more of a hundred people, 20 MB.
const WAITING: usize = 16_384;

/// What the thread that writes is told, in order.
pub(super) enum Told {
    Packet(RoomId, Taken),
    Gap(RoomId, i64, Gap),
    Phase(RoomId, RecordingId, Phase),
}

/// One packet of the joint session, and when it came, in microseconds since 1970.
pub(super) struct Taken {
    pub(super) tape: Tape,
    pub(super) at: i64,
    pub(super) marker: bool,
    pub(super) payload: Bytes,
}

/// One row of segments.
pub(super) type TrackId = (RecordingId, PersonId, Source);

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
        let mut scribe = Scribe::new(recordings, clock, ends, Arc::clone(&waiting));
        let thread = std::thread::Builder::new()
            .name("recorder".to_owned())
            .spawn(move || {
                scribe.pick_up();
                scribe.run(&heard);
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

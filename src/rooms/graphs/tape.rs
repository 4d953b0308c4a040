//! The tape of a room: what may be kept of the joint session. It is like one more member of that conversation, which hears
//! everybody who was told of it, and there is no way to name another conversation to it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::{Ends, Graph, GraphId, Graphs, Opened};
use crate::domain::ids::{PersonId, RecordingId};
use crate::rooms::recording::Source;
use crate::rooms::rewrite::{Kind, Placed, Position, Rewrite, Sent};

/// A picture that can be looked at from there on is wanted at least this often, so that one can search a film.
const KEY_FRAME_EVERY: Duration = Duration::from_secs(30);

/// One packet of the joint session that may be kept, and its place in the stream of its person and source. Made here alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tape {
    recording: RecordingId,
    person: PersonId,
    source: Source,
    sequence: u16,
    timestamp: u32,
}

impl Tape {
    pub(crate) const fn recording(&self) -> RecordingId {
        self.recording
    }

    pub(crate) const fn person(&self) -> PersonId {
        self.person
    }

    pub(crate) const fn source(&self) -> Source {
        self.source
    }

    pub(crate) const fn sequence(&self) -> u16 {
        self.sequence
    }

    pub(crate) const fn timestamp(&self) -> u32 {
        self.timestamp
    }
}

/// What is recorded, and of whom.
#[derive(Debug)]
pub(super) struct Reel {
    recording: RecordingId,
    consented: BTreeSet<PersonId>,
    /// The scene that told that it runs; none while it pauses.
    since: Option<u64>,
    open: BTreeMap<PersonId, Opened>,
    streams: BTreeMap<(PersonId, Kind), Rewrite>,
    sent: BTreeMap<(PersonId, Kind), Sent>,
    /// When the last picture came that needs no other.
    key_frames: BTreeMap<PersonId, Instant>,
}

impl Graphs {
    /// Tapes the joint session from this scene on: those who are told of it, while nobody is there who has not agreed.
    pub(crate) fn tape_joint(
        &mut self,
        recording: RecordingId,
        consented: &BTreeSet<PersonId>,
        scene: u64,
    ) {
        let reel = self.reel.take().filter(|reel| reel.recording == recording);
        let mut reel = reel.unwrap_or_else(|| Reel::new(recording));
        reel.consented.clone_from(consented);
        reel.since.get_or_insert(scene);
        self.reel = Some(reel);
    }

    /// Nothing is taped for now.
    pub(crate) fn pause_tape(&mut self) {
        if let Some(reel) = &mut self.reel {
            reel.since = None;
            reel.rest();
        }
    }

    /// Where it may not run now, it begins anew for everybody.
    pub(super) fn rest_tape(&mut self) {
        if let (Some(reel), Some(joint)) = (&mut self.reel, self.all.get(&GraphId::Joint))
            && !reel.may_run(joint)
        {
            reel.rest();
        }
    }

    /// Somebody's page does not show any more that it runs.
    pub(crate) fn untold(&mut self, person: PersonId) {
        if let Some(reel) = &mut self.reel {
            reel.forget(person, None);
        }
    }

    /// Nothing is taped any more.
    pub(crate) fn end_tape(&mut self) {
        self.reel = None;
    }

    /// Everybody in the joint session.
    pub(crate) fn in_joint(&self) -> impl Iterator<Item = PersonId> {
        let members = self.all.get(&GraphId::Joint);
        members
            .into_iter()
            .flat_map(|it| it.members.keys().copied())
    }

    /// Begins to tape those who were told of it; gives them.
    pub(super) fn open_tape(
        &mut self,
        shown: &impl Fn(PersonId) -> u64,
        now: Instant,
    ) -> BTreeSet<PersonId> {
        let (Some(reel), Some(joint)) = (&mut self.reel, self.all.get(&GraphId::Joint)) else {
            return BTreeSet::new();
        };
        reel.open(joint, &self.ends, shown, now)
    }

    /// Where a packet of this person goes on the tape, if it may.
    pub(super) fn tape(
        &mut self,
        (speaker, kind): (PersonId, Kind),
        position: Position,
        now: Instant,
    ) -> Taped {
        match (&mut self.reel, self.all.get(&GraphId::Joint)) {
            (Some(reel), Some(joint)) => reel.take(joint, (speaker, kind), position, now),
            _ => Taped::default(),
        }
    }
}

/// What becomes of one packet.
#[derive(Debug, Default)]
pub(super) struct Taped {
    pub(super) tape: Option<Tape>,
    pub(super) wants_key_frame: bool,
}

impl Reel {
    const fn new(recording: RecordingId) -> Self {
        Self {
            recording,
            consented: BTreeSet::new(),
            since: None,
            open: BTreeMap::new(),
            streams: BTreeMap::new(),
            sent: BTreeMap::new(),
            key_frames: BTreeMap::new(),
        }
    }

    fn rest(&mut self) {
        self.open.clear();
        self.streams.clear();
    }

    /// Whoever goes, or switches something off, is taped anew if they come back.
    pub(super) fn forget(&mut self, who: PersonId, kind: Option<Kind>) {
        if kind.is_none() {
            self.open.remove(&who);
        }
        self.streams
            .retain(|(id, of), _| *id != who || kind.is_some_and(|kind| kind != *of));
    }

    fn may_run(&self, joint: &Graph) -> bool {
        let agreed = |id: &PersonId| self.consented.contains(id);
        self.since.is_some() && !joint.hushed && joint.members.keys().all(agreed)
    }

    fn open(
        &mut self,
        joint: &Graph,
        ends: &Ends,
        shown: &impl Fn(PersonId) -> u64,
        now: Instant,
    ) -> BTreeSet<PersonId> {
        let Some(since) = self.since.filter(|_| self.may_run(joint)) else {
            return BTreeSet::new();
        };
        let told = joint.members.iter().filter(|(id, member)| {
            let scene = since.max(member.since).max(joint.hushed_since);
            member.speaks && shown(**id) >= scene && !self.open.contains_key(id)
        });
        let fresh: BTreeSet<PersonId> = told.map(|(id, _)| *id).collect();
        for &who in &fresh {
            let after = ends.newest(who);
            self.open.insert(who, Opened { at: now, after });
        }
        fresh
    }

    fn take(
        &mut self,
        joint: &Graph,
        (speaker, kind): (PersonId, Kind),
        position: Position,
        now: Instant,
    ) -> Taped {
        let may = self.may_run(joint) && joint.members.contains_key(&speaker);
        let Some(opened) = self.open.get(&speaker).filter(|_| may) else {
            return Taped::default();
        };
        if opened.is_from_before(kind, &position, now) {
            return Taped::default();
        }
        let stream = self.streams.entry((speaker, kind));
        let stream = stream.or_insert_with(|| Rewrite::new(kind));
        let sent = self.sent.entry((speaker, kind)).or_default();
        let placed = stream.place(sent, position, now);
        let tape = match placed {
            Placed::At {
                sequence,
                timestamp,
            } => Some(Tape {
                recording: self.recording,
                person: speaker,
                source: Source::of(kind),
                sequence,
                timestamp,
            }),
            Placed::NeedsKeyFrame | Placed::TooOld => None,
        };
        let wants_key_frame = placed == Placed::NeedsKeyFrame
            || kind == Kind::Video && self.is_long_without_key_frame(speaker, position, now);
        Taped {
            tape,
            wants_key_frame,
        }
    }

    fn is_long_without_key_frame(
        &mut self,
        speaker: PersonId,
        position: Position,
        now: Instant,
    ) -> bool {
        let last = self.key_frames.entry(speaker).or_insert(now);
        if position.starts {
            *last = now;
        }
        now.saturating_duration_since(*last) >= KEY_FRAME_EVERY
    }
}

//! Who hears and sees whom, and where each packet goes. Pure. Every conversation is a graph of its own with its own
//! members; whoever lives in one lives in no other, and nothing here looks at two of them together: what is said in a
//! caucus stays there because there is no way out of it, not because somebody heeds a rule.

mod tape;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

pub(crate) use self::tape::Tape;
use self::tape::{Reel, Taped};
use super::rewrite::{Kind, Placed, Position, Rewrite, Sent};
use crate::domain::ids::PersonId;

/// How long after a line was opened nothing goes over it yet: what was said before comes by another way than the word that it
/// may be opened, and perhaps later.
const SETTLES: Duration = Duration::from_millis(100);
/// For how long a sender may repeat what was lost on the way.
const REPEATED: Duration = Duration::from_secs(20);

/// From the one who speaks to the one who hears.
pub(crate) type Edge = (PersonId, PersonId);

/// One conversation. A caucus has a number that is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GraphId {
    Joint,
    Caucus(u32),
}

/// Where somebody sits, and whether they have a voice there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seating {
    pub(crate) graph: GraphId,
    pub(crate) speaks: bool,
}

/// Where one packet goes.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// Hearer, sequence number and timestamp in that hearer's stream.
    pub(crate) to: Vec<(PersonId, u16, u32)>,
    /// Somebody cannot begin to see this speaker without a key frame.
    pub(crate) wants_key_frame: bool,
    /// It may be kept, as a part of the recording.
    pub(crate) tape: Option<Tape>,
}

/// The conversations of a room.
#[derive(Debug, Default)]
pub(crate) struct Graphs {
    home: BTreeMap<PersonId, Seating>,
    all: BTreeMap<GraphId, Graph>,
    reel: Option<Reel>,
    ends: Ends,
}

/// One conversation: its members, which lines between them are open, and where each stream began.
#[derive(Debug, Default)]
struct Graph {
    members: BTreeMap<PersonId, Member>,
    open: BTreeMap<Edge, Opened>,
    streams: BTreeMap<(Edge, Kind), Rewrite>,
    /// Nobody is heard or seen here for now.
    hushed: bool,
    /// The scene that told of the hush, or of its end.
    hushed_since: u64,
}

/// A line that is open: since when, and the newest packets its speaker had sent by then.
#[derive(Debug)]
struct Opened {
    at: Instant,
    after: BTreeMap<Kind, Position>,
}

impl Opened {
    /// Whether a packet that comes now was sent before.
    fn is_from_before(&self, kind: Kind, position: &Position, now: Instant) -> bool {
        let since = now.saturating_duration_since(self.at);
        let sent_by_then = |newest: &Position| {
            newest.ssrc == position.ssrc && !position.follows(newest) && since < REPEATED
        };
        since < SETTLES || self.after.get(&kind).is_some_and(sent_by_then)
    }
}

#[derive(Debug)]
struct Member {
    speaks: bool,
    /// The scene that told of this member.
    since: u64,
}

/// What each person's own connections do, whoever they sit with.
#[derive(Debug, Default)]
struct Ends {
    /// Who has a microphone or a camera on.
    sending: BTreeSet<(PersonId, Kind)>,
    /// Who has a connection that can take packets.
    listening: BTreeSet<PersonId>,
    /// Whose line is too weak for sound or picture.
    refusing: BTreeSet<(PersonId, Kind)>,
    /// What of one speaker one hearer does without.
    spared: BTreeSet<(Edge, Kind)>,
    /// The newest packets of everybody, heard or not.
    newest: BTreeMap<(PersonId, Kind), Position>,
    /// The last numbers each hearer was sent of each speaker. They outlive every conversation, because a number must
    /// not be used twice on one connection.
    sent: BTreeMap<(Edge, Kind), Sent>,
}

impl Graphs {
    /// Everybody sits here from this scene on. Whoever moves, or has another voice, leaves first, and with them go the
    /// lines and streams they had; where they arrive, nothing is open yet. In the hushed conversation, nothing is.
    pub(crate) fn settle(
        &mut self,
        seating: &BTreeMap<PersonId, Seating>,
        hushed: Option<GraphId>,
        scene: u64,
    ) {
        let leaving = self
            .home
            .iter()
            .filter(|(id, at)| seating.get(id) != Some(at));
        let leaving: Vec<PersonId> = leaving.map(|(id, _)| *id).collect();
        for who in leaving {
            self.leave(who);
        }
        for (&who, to) in seating {
            self.home.insert(who, *to);
            let members = &mut self.all.entry(to.graph).or_default().members;
            let speaks = to.speaks;
            members.entry(who).or_insert(Member {
                speaks,
                since: scene,
            });
        }
        for (id, graph) in &mut self.all {
            graph.hush(hushed == Some(*id), scene);
        }
        self.rest_tape();
    }

    fn leave(&mut self, who: PersonId) {
        let Some(from) = self.home.remove(&who) else {
            return;
        };
        if let Some(reel) = &mut self.reel {
            reel.forget(who, None);
        }
        let Some(graph) = self.all.get_mut(&from.graph) else {
            return;
        };
        graph.leave(who);
        if graph.members.is_empty() {
            self.all.remove(&from.graph);
        }
    }

    /// Opens the lines of which both ends were told, and the tape; `shown` is the newest scene somebody has acknowledged.
    /// Gives those who are newly heard by somebody or taped.
    pub(crate) fn open(
        &mut self,
        shown: impl Fn(PersonId) -> u64,
        now: Instant,
    ) -> BTreeSet<PersonId> {
        let taped = self.open_tape(&shown, now);
        let (graphs, ends) = (self.all.values_mut(), &self.ends);
        let heard = graphs.flat_map(|graph| graph.open(&shown, ends, now));
        heard.chain(taped).collect()
    }

    /// Who hears this person once everybody concerned has been told.
    pub(crate) fn heard_by(&self, speaker: PersonId) -> Vec<PersonId> {
        let lines = self.of(speaker).into_iter().flat_map(Graph::lines);
        let own = lines.filter(|((from, _), _)| *from == speaker);
        own.map(|((_, hearer), _)| hearer).collect()
    }

    /// Those whose pictures this person sees now.
    pub(crate) fn seen_by(&self, person: PersonId) -> Vec<PersonId> {
        let open = self.of(person).into_iter().flat_map(|it| it.open.keys());
        let seen = open.filter(|(_, hearer)| *hearer == person);
        seen.map(|(speaker, _)| *speaker).collect()
    }

    /// Everybody in this person's conversation, with the person.
    pub(crate) fn company(&self, person: PersonId) -> Vec<PersonId> {
        let members = self.of(person).into_iter().flat_map(|it| it.members.keys());
        members.copied().collect()
    }

    /// The scene that told of the newest member of this person's conversation; `None` for whoever is in none.
    pub(crate) fn company_since(&self, person: PersonId) -> Option<u64> {
        let members = self.of(person)?.members.values();
        members.map(|member| member.since).max()
    }

    /// A microphone or camera goes on or off; what is off is not forwarded, whatever arrives.
    pub(crate) fn set_sending(&mut self, person: PersonId, kind: Kind, on: bool) {
        let changed = if on {
            self.ends.sending.insert((person, kind))
        } else {
            self.ends.sending.remove(&(person, kind))
        };
        if changed && let Some(graph) = self.of_mut(person) {
            graph
                .streams
                .retain(|((speaker, _), of), _| *speaker != person || *of != kind);
        }
        if changed && let Some(reel) = &mut self.reel {
            reel.forget(person, Some(kind));
        }
    }

    /// A hearer's line carries sound or picture, or no longer.
    pub(crate) fn set_taking(&mut self, person: PersonId, kind: Kind, on: bool) {
        let changed = if on {
            self.ends.refusing.remove(&(person, kind))
        } else {
            self.ends.refusing.insert((person, kind))
        };
        if changed && let Some(graph) = self.of_mut(person) {
            graph
                .streams
                .retain(|((_, hearer), of), _| *hearer != person || *of != kind);
        }
    }

    /// What of whom does not go to whom from now on; what does again begins anew.
    pub(crate) fn set_spared(&mut self, spared: BTreeSet<(Edge, Kind)>) {
        let before = std::mem::replace(&mut self.ends.spared, spared);
        let spared = &self.ends.spared;
        for graph in self.all.values_mut() {
            graph
                .streams
                .retain(|stream, _| before.contains(stream) == spared.contains(stream));
        }
    }

    /// A hearer's connection begins: the streams to it start anew.
    pub(crate) fn set_listening(&mut self, person: PersonId, on: bool) {
        if on {
            self.ends.listening.insert(person);
        } else {
            self.ends.listening.remove(&person);
        }
        self.ends
            .sent
            .retain(|((_, hearer), _), _| *hearer != person);
        if let Some(graph) = self.of_mut(person) {
            graph
                .streams
                .retain(|((_, hearer), _), _| *hearer != person);
        }
    }

    /// Where a packet of `speaker` goes: within the one conversation they live in.
    pub(crate) fn routes(
        &mut self,
        speaker: PersonId,
        kind: Kind,
        position: Position,
        now: Instant,
    ) -> Routes {
        self.ends.note((speaker, kind), position);
        if !self.ends.sending.contains(&(speaker, kind)) {
            return Routes::default();
        }
        let home = self.home.get(&speaker);
        let graph = home.and_then(|at| self.all.get_mut(&at.graph));
        let mut routes = graph.map_or_else(Routes::default, |graph| {
            graph.routes(&mut self.ends, (speaker, kind), position, now)
        });
        let Taped {
            tape,
            wants_key_frame,
        } = self.tape((speaker, kind), position, now);
        routes.tape = tape;
        routes.wants_key_frame |= wants_key_frame;
        routes
    }

    /// Whether nobody is heard in this person's conversation for now.
    pub(crate) fn is_hushed(&self, person: PersonId) -> bool {
        self.of(person).is_some_and(|graph| graph.hushed)
    }

    fn of(&self, person: PersonId) -> Option<&Graph> {
        self.all.get(&self.home.get(&person)?.graph)
    }

    fn of_mut(&mut self, person: PersonId) -> Option<&mut Graph> {
        self.all.get_mut(&self.home.get(&person)?.graph)
    }
}

impl Ends {
    fn note(&mut self, of: (PersonId, Kind), position: Position) {
        let newest = self.newest.entry(of).or_insert(position);
        if newest.ssrc != position.ssrc || position.follows(newest) {
            *newest = position;
        }
    }

    fn newest(&self, speaker: PersonId) -> BTreeMap<Kind, Position> {
        let kinds = [Kind::Audio, Kind::Video].into_iter();
        let newest = kinds.filter_map(|kind| Some((kind, *self.newest.get(&(speaker, kind))?)));
        newest.collect()
    }
}

impl Graph {
    fn leave(&mut self, who: PersonId) {
        let of = |(speaker, hearer): Edge| speaker == who || hearer == who;
        self.members.remove(&who);
        self.open.retain(|edge, _| !of(*edge));
        self.streams.retain(|(edge, _), _| !of(*edge));
    }

    fn hush(&mut self, on: bool, scene: u64) {
        if self.hushed != on {
            self.hushed = on;
            self.hushed_since = scene;
        }
        if on {
            self.open.clear();
            self.streams.clear();
        }
    }

    /// From everybody with a voice to everybody else, each with the scene that told both ends of it.
    fn lines(&self) -> impl Iterator<Item = (Edge, u64)> {
        let voices = self.members.iter();
        let voices = voices.filter(|(_, member)| member.speaks && !self.hushed);
        voices.flat_map(move |(&speaker, from)| {
            let others = self.members.iter().filter(move |(id, _)| **id != speaker);
            others.map(move |(&hearer, to)| {
                (
                    (speaker, hearer),
                    from.since.max(to.since).max(self.hushed_since),
                )
            })
        })
    }

    fn open(
        &mut self,
        shown: &impl Fn(PersonId) -> u64,
        ends: &Ends,
        now: Instant,
    ) -> BTreeSet<PersonId> {
        let told = |id: PersonId, scene: u64| shown(id) >= scene;
        let ready = self
            .lines()
            .filter(|((speaker, hearer), scene)| told(*speaker, *scene) && told(*hearer, *scene));
        let ready = ready.map(|(edge, _)| edge);
        let fresh: Vec<Edge> = ready.filter(|edge| !self.open.contains_key(edge)).collect();
        for &edge in &fresh {
            let after = ends.newest(edge.0);
            self.open.insert(edge, Opened { at: now, after });
        }
        fresh.into_iter().map(|(speaker, _)| speaker).collect()
    }

    fn routes(
        &mut self,
        ends: &mut Ends,
        (speaker, kind): (PersonId, Kind),
        position: Position,
        now: Instant,
    ) -> Routes {
        let mut routes = Routes::default();
        let from = (speaker, PersonId(uuid::Uuid::nil()));
        let edges = self.open.range(from..);
        let edges = edges.take_while(|(edge, _)| edge.0 == speaker);
        for (&edge, opened) in edges {
            if opened.is_from_before(kind, &position, now) {
                continue;
            }
            if !ends.listening.contains(&edge.1) || ends.refusing.contains(&(edge.1, kind)) {
                continue;
            }
            if ends.spared.contains(&(edge, kind)) {
                continue;
            }
            let stream = self.streams.entry((edge, kind));
            let stream = stream.or_insert_with(|| Rewrite::new(kind));
            let sent = ends.sent.entry((edge, kind)).or_default();
            match stream.place(sent, position, now) {
                Placed::At {
                    sequence,
                    timestamp,
                } => routes.to.push((edge.1, sequence, timestamp)),
                Placed::NeedsKeyFrame => routes.wants_key_frame = true,
                Placed::TooOld => {}
            }
        }
        routes
    }
}

#[cfg(test)]
mod tests;

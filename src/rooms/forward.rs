//! Who hears and sees whom, and where each packet goes. Pure: every conversation is a graph of its own, an
//! edge is taken away at once and added only when both ends have acknowledged it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::rewrite::{Kind, Placed, Position, Rewrite};
use crate::domain::ids::PersonId;

/// From the one who speaks to the one who hears.
pub(crate) type Edge = (PersonId, PersonId);

/// Where one packet goes.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// Hearer, sequence number and timestamp in that hearer's stream.
    pub(crate) to: Vec<(PersonId, u16, u32)>,
    /// Somebody cannot begin to see this speaker without a key frame.
    pub(crate) wants_key_frame: bool,
}

/// The open edges of a room and the state of their streams.
#[derive(Debug, Default)]
pub(crate) struct Forward {
    open: BTreeSet<Edge>,
    streams: BTreeMap<(Edge, Kind), Rewrite>,
    /// Who has a microphone or a camera on.
    sending: BTreeSet<(PersonId, Kind)>,
    /// Who has a connection that can take packets.
    listening: BTreeSet<PersonId>,
}

impl Forward {
    /// Takes away every edge that is not wanted; gives those that are wanted and not open yet.
    pub(crate) fn narrow(&mut self, wanted: &BTreeSet<Edge>) -> Vec<Edge> {
        let gone: Vec<Edge> = self.open.difference(wanted).copied().collect();
        for edge in gone {
            self.open.remove(&edge);
            self.pause(|other| other == edge);
        }
        wanted.difference(&self.open).copied().collect()
    }

    /// Opens an edge; both ends must have acknowledged it.
    pub(crate) fn open(&mut self, edge: Edge) {
        self.open.insert(edge);
    }

    /// A microphone or camera goes on or off; what is off is not forwarded, whatever arrives.
    pub(crate) fn set_sending(&mut self, person: PersonId, kind: Kind, on: bool) {
        let changed = if on {
            self.sending.insert((person, kind))
        } else {
            self.sending.remove(&(person, kind))
        };
        if changed {
            self.pause(|(speaker, _)| speaker == person);
        }
    }

    /// A hearer's connection begins: the streams to it start anew.
    pub(crate) fn set_listening(&mut self, person: PersonId, on: bool) {
        if on {
            self.listening.insert(person);
        } else {
            self.listening.remove(&person);
        }
        self.streams.retain(|((_, hearer), _), _| *hearer != person);
    }

    /// Those whose pictures this person sees now.
    pub(crate) fn seen_by(&self, person: PersonId) -> Vec<PersonId> {
        let edges = self.open.iter().filter(|(_, hearer)| *hearer == person);
        edges.map(|(speaker, _)| *speaker).collect()
    }

    /// Where a packet of `speaker` goes. Only open edges are ever followed.
    pub(crate) fn routes(
        &mut self,
        speaker: PersonId,
        kind: Kind,
        position: Position,
        now: Instant,
    ) -> Routes {
        let mut routes = Routes::default();
        if !self.sending.contains(&(speaker, kind)) {
            return routes;
        }
        let from = (speaker, PersonId(uuid::Uuid::nil()));
        let edges = self.open.range(from..).take_while(|edge| edge.0 == speaker);
        for &(speaker, hearer) in edges {
            if !self.listening.contains(&hearer) {
                continue;
            }
            let stream = self.streams.entry(((speaker, hearer), kind));
            match stream
                .or_insert_with(|| Rewrite::new(kind))
                .place(position, now)
            {
                Placed::At {
                    sequence,
                    timestamp,
                } => routes.to.push((hearer, sequence, timestamp)),
                Placed::NeedsKeyFrame => routes.wants_key_frame = true,
                Placed::TooOld => {}
            }
        }
        routes
    }

    fn pause(&mut self, which: impl Fn(Edge) -> bool) {
        let streams = self
            .streams
            .iter_mut()
            .filter(|((edge, _), _)| which(*edge));
        streams.for_each(|(_, stream)| stream.pause());
    }
}

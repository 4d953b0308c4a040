//! What each person is shown, and the rule that sound opens only after it was shown: edges are removed at
//! once, announced, acknowledged by both ends, and then added.

use std::collections::BTreeSet;

use super::{Order, Person, Place, Room};
use crate::domain::ids::PersonId;
use crate::rooms::forward::Edge;
use crate::rooms::signaling::{Message, PlaceShown, Presence, Scene, SeatKind};

impl Room {
    /// After anything happened: cut what is no longer wanted, show the new scene, open what is acknowledged.
    pub(super) fn refresh(&mut self) {
        if !self.stale {
            return;
        }
        self.stale = false;
        self.epoch += 1;
        let wanted = self.together();
        for (speaker, hearer) in wanted.difference(&self.wanted) {
            for end in [speaker, hearer] {
                if let Some(person) = self.people.get_mut(end) {
                    person.changed = self.epoch;
                }
            }
        }
        self.wanted = wanted;
        self.show_everyone();
        self.open_acknowledged();
    }

    pub(super) fn acknowledge(&mut self, me: PersonId, epoch: u64) {
        let newest = self.epoch;
        if let Some(person) = self.people.get_mut(&me) {
            person.acked = person.acked.max(epoch.min(newest));
            self.open_acknowledged();
        }
    }

    /// All pairs who sit in the same conversation. Whoever left or waits is in none.
    fn together(&self) -> BTreeSet<Edge> {
        let mut wanted = BTreeSet::new();
        for (&a, speaker) in &self.people {
            for (&b, hearer) in &self.people {
                let together = speaker.place == hearer.place && speaker.place != Place::Waiting;
                if a != b && together && !speaker.left && !hearer.left && speaker.seat.kind.speaks()
                {
                    wanted.insert((a, b));
                }
            }
        }
        wanted
    }

    fn open_acknowledged(&mut self) {
        let told = |id: PersonId| {
            self.people
                .get(&id)
                .is_some_and(|person| person.acked >= person.changed)
        };
        let mut speakers = BTreeSet::new();
        for edge in self.forward.narrow(&self.wanted) {
            if told(edge.0) && told(edge.1) {
                self.forward.open(edge);
                speakers.insert(edge.0);
            }
        }
        if !speakers.is_empty() {
            let people = speakers.into_iter().collect();
            self.order(Order::KeyFrames { people });
        }
    }

    fn show_everyone(&mut self) {
        let viewers = self
            .people
            .iter()
            .filter(|(_, person)| person.link.is_some());
        let scenes: Vec<(PersonId, Scene)> = viewers
            .map(|(id, person)| (*id, self.scene(*id, person)))
            .collect();
        for (id, scene) in scenes {
            self.send(id, &Message::Scene(scene));
        }
    }

    fn scene(&self, me: PersonId, viewer: &Person) -> Scene {
        let hearers = self.wanted.iter().filter(|(speaker, _)| *speaker == me);
        let people = self
            .people
            .iter()
            .filter(|(id, other)| shown_to(viewer, other) || **id == me);
        Scene {
            epoch: self.epoch,
            place: viewer.place.shown(),
            heard_by: hearers.map(|(_, hearer)| *hearer).collect(),
            people: people
                .map(|(id, other)| presence(*id, other, viewer))
                .collect(),
        }
    }
}

/// Whoever waits sees nobody but a mediator, and is seen by mediators only.
fn shown_to(viewer: &Person, other: &Person) -> bool {
    let mediator = |person: &Person| person.seat.kind == SeatKind::Mediator;
    let waits = |person: &Person| person.place == Place::Waiting;
    !other.left && (mediator(viewer) || mediator(other) || !waits(viewer) && !waits(other))
}

fn presence(id: PersonId, other: &Person, viewer: &Person) -> Presence {
    Presence {
        person: id,
        seat: other.seat.clone(),
        place: other.place.shown(),
        with_you: other.place == viewer.place && other.place != Place::Waiting,
        here: other.link.is_some(),
        microphone: other.microphone,
        camera: other.camera,
        hand: other.hand,
    }
}

impl Place {
    const fn shown(self) -> PlaceShown {
        match self {
            Self::Waiting => PlaceShown::Waiting,
            Self::Joint => PlaceShown::Joint,
            Self::Caucus(_) => PlaceShown::Caucus,
        }
    }
}

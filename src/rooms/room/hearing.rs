//! What each person publishes, and the one offer at a time of what each hears and sees.

use std::collections::BTreeSet;
use std::time::Instant;

use super::{Hearing, How, Offered, Order, Place, Room};
use crate::domain::ids::PersonId;

impl Room {
    pub(super) fn publish(&mut self, me: PersonId, offered: Offered, now: Instant) {
        let Some(person) = self.people.get_mut(&me) else {
            return;
        };
        if person.place == Place::Waiting
            || !person.seat.kind.speaks()
            || offered.generation <= person.publishing
        {
            return;
        }
        self.counted.sum.renewals += u64::from(person.publishing > 0);
        person.publishing = offered.generation;
        if let Some(offer) = person.offered.ask(offered, now) {
            self.begin(me, offer);
        }
    }

    fn begin(&mut self, person: PersonId, offered: Offered) {
        self.order(Order::Publish {
            person,
            generation: offered.generation,
            restart: offered.restart,
            sdp: offered.sdp,
        });
    }

    /// What pages asked too soon after the last time.
    pub(super) fn begin_what_waited(&mut self, now: Instant) {
        let mut offers = Vec::new();
        let (mut afresh, mut astray) = (Vec::new(), Vec::new());
        for (id, person) in &mut self.people {
            offers.extend(person.offered.due(now).map(|offer| (*id, offer)));
            afresh.extend(person.afresh.due(now).map(|()| *id));
            astray.extend(person.astray.due(now).map(|()| *id));
        }
        for (id, offer) in offers {
            self.begin(id, offer);
        }
        for id in astray {
            self.hear_otherwise(id);
        }
        for id in afresh {
            self.hear_anew(id);
        }
    }

    pub(super) fn accept(&mut self, me: PersonId, generation: u32, sdp: String) {
        let Some(person) = self.people.get_mut(&me) else {
            return;
        };
        // An answer to an older offer describes streams that have changed since.
        if !person.hearing.outstanding || person.hearing.generation != generation {
            return;
        }
        person.hearing.outstanding = false;
        self.order(Order::Accept { person: me, sdp });
        self.offer(me);
        let people = self.graphs.seen_by(me);
        self.order(Order::KeyFrames { people });
    }

    /// The next offer starts a new connection, beside the one that may still carry.
    pub(super) fn hear_afresh(&mut self, me: PersonId, now: Instant) {
        let person = self.people.get_mut(&me);
        if person.is_some_and(|person| person.afresh.ask((), now).is_some()) {
            self.hear_anew(me);
        }
    }

    fn hear_anew(&mut self, me: PersonId) {
        if let Some(person) = self.people.get_mut(&me) {
            self.counted.sum.renewals += u64::from(person.hearing.started);
            let generation = person.hearing.generation;
            person.hearing = Hearing {
                generation,
                ..Hearing::default()
            };
            self.offer(me);
        }
    }

    /// The connection there is looks for another way to the page.
    pub(super) fn hear_astray(&mut self, me: PersonId, now: Instant) {
        let person = self.people.get_mut(&me);
        if person.is_some_and(|person| person.astray.ask((), now).is_some()) {
            self.hear_otherwise(me);
        }
    }

    fn hear_otherwise(&mut self, me: PersonId) {
        let Some(person) = self.people.get_mut(&me) else {
            return;
        };
        let hearing = &mut person.hearing;
        // An offer that waits for its answer must have it first: the page makes a new connection when that takes long.
        if !hearing.started || hearing.outstanding || person.link.is_none() {
            return;
        }
        hearing.generation += 1;
        hearing.outstanding = true;
        self.counted.sum.renewals += 1;
        let generation = hearing.generation;
        self.order(Order::Offer {
            person: me,
            generation,
            how: How::Restart,
            people: Vec::new(),
        });
    }

    /// Offers the streams of everybody admitted whom this person has no streams of, one offer at a time.
    pub(super) fn offer(&mut self, me: PersonId) {
        let others: BTreeSet<PersonId> = self
            .people
            .iter()
            .filter(|(id, other)| {
                **id != me && other.place != Place::Waiting && other.seat.kind.speaks()
            })
            .map(|(id, _)| *id)
            .collect();
        let Some(person) = self.people.get_mut(&me) else {
            return;
        };
        let hearing = &mut person.hearing;
        let people: Vec<PersonId> = others.difference(&hearing.offered).copied().collect();
        if person.place == Place::Waiting
            || person.link.is_none()
            || hearing.outstanding
            || people.is_empty()
        {
            return;
        }
        let how = if hearing.started {
            How::Further
        } else {
            How::Fresh
        };
        hearing.generation += 1;
        hearing.outstanding = true;
        hearing.started = true;
        hearing.offered.extend(people.iter().copied());
        let generation = hearing.generation;
        self.order(Order::Offer {
            person: me,
            generation,
            how,
            people,
        });
    }

    pub(super) fn listening(&mut self, person: PersonId, on: bool) {
        self.graphs.set_listening(person, on);
        if on {
            let people = self.graphs.seen_by(person);
            self.order(Order::KeyFrames { people });
        }
    }
}

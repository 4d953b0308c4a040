//! The telephone in the room: a second ear and mouth of somebody, which sits where they sit and is nobody beside them.

use std::time::Instant;

use super::{Person, Place, Room, What};
use crate::domain::ids::PersonId;
use crate::rooms::signaling::{Message, Request, Seat, SeatKind};

impl Room {
    /// By which phone this person hears and speaks now.
    pub(super) fn phone(&self, owner: PersonId) -> Option<PersonId> {
        let own = |person: &Person| person.seat.phone_of == Some(owner) && person.link.is_some();
        let mut people = self.people.iter().filter(|(_, person)| own(person));
        people.next().map(|(id, _)| *id)
    }

    /// Whose words and ears these are: of a phone those of whoever holds it.
    pub(super) fn holder(&self, id: PersonId) -> PersonId {
        let owner = self.people.get(&id).and_then(|it| it.seat.phone_of);
        owner.unwrap_or(id)
    }

    /// Somebody calls. They have a seat from now on, also if no page of theirs came.
    pub(super) fn is_called(&mut self, seat: &Seat) {
        let Some(owner) = seat.phone_of else {
            return;
        };
        let own = Seat {
            phone_of: None,
            ..seat.clone()
        };
        let leads = own.kind == SeatKind::Mediator;
        let person = self.people.entry(owner).or_insert_with(|| Person::new(own));
        let back = person.left && person.place != Place::Waiting;
        person.left = false;
        person.gone_since = None;
        if back {
            self.report(What::Joined { person: owner });
        }
        if leads {
            self.admit(owner);
        }
    }

    /// The call is over; whoever has no page either is waited for.
    pub(super) fn hang_up(&mut self, id: PersonId, now: Instant) {
        let owner = self.holder(id);
        self.remove(id, &Message::Removed);
        self.change(owner, |person| {
            if person.link.is_none() {
                person.gone_since = Some(now);
            }
        });
    }

    /// Phones go where their owners are: into no conversation before them, and out of none after them.
    pub(super) fn follow_owners(&mut self) {
        let phones = self.people.iter();
        let phones = phones.filter_map(|(id, person)| Some((*id, person.seat.phone_of?)));
        let phones: Vec<(PersonId, PersonId)> = phones.collect();
        for (id, owner) in phones {
            let owner = self.people.get(&owner).filter(|owner| !owner.left);
            let Some(place) = owner.map(|owner| owner.place) else {
                self.remove(id, &Message::Removed);
                continue;
            };
            let before = self.people.get(&id).map(|person| person.place);
            self.change(id, |person| person.place = place);
            if before == Some(Place::Waiting) && place != Place::Waiting {
                let everyone: Vec<PersonId> = self.people.keys().copied().collect();
                for person in everyone {
                    self.offer(person);
                }
            }
        }
    }
}

impl Request {
    /// Whether a phone may ask it: to be heard or not, and to go.
    pub(super) const fn is_for_phones(&self) -> bool {
        matches!(
            self,
            Self::Ping
                | Self::Ack { .. }
                | Self::Publish { .. }
                | Self::Answer { .. }
                | Self::Subscribe { .. }
                | Self::Microphone { .. }
                | Self::Leave
        )
    }
}

impl Person {
    pub(super) const fn is_phone(&self) -> bool {
        self.seat.phone_of.is_some()
    }
}

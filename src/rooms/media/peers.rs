//! Connections as the rooms order them: made, negotiated, closed. A new one rises beside the one that stands and takes its place
//! once it stands itself: until then nobody is cut off by it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Direction, Entry, Media, PeerId, Seat};
use crate::domain::ids::PersonId;
use crate::rooms::RoomId;
use crate::rooms::peer::{NotNegotiated, Peer};
use crate::rooms::room::How;

impl Media {
    pub(super) fn publish(
        &mut self,
        room: RoomId,
        person: PersonId,
        restart: bool,
        sdp: &str,
    ) -> Result<String, NotNegotiated> {
        let now = self.clock.instant();
        let seat = (room, person, Direction::Publish);
        if restart && let Some(id) = self.negotiates(seat) {
            let answer = self.with_peer(id, |peer| peer.answer(sdp, now));
            self.name(id);
            self.heed(id);
            return answer.unwrap_or_else(|| Err(NotNegotiated::panicked()));
        }
        let mut peer = Peer::new(&self.announced, now)?;
        let answer = guarded(|| peer.answer(sdp, now))??;
        self.keep(peer, seat);
        Ok(answer)
    }

    pub(super) fn offer(
        &mut self,
        room: RoomId,
        person: PersonId,
        how: How,
        people: &[PersonId],
    ) -> Result<String, NotNegotiated> {
        let now = self.clock.instant();
        let seat = (room, person, Direction::Subscribe);
        let known = self.negotiates(seat).filter(|_| how != How::Fresh);
        if let Some((id, entry)) = known.and_then(|id| Some((id, self.peers.get_mut(&id)?))) {
            entry.dirty = true;
            let offer = entry.peer.offer(people, how, &self.clock, now);
            self.name(id);
            return offer;
        }
        let mut peer = Peer::new(&self.announced, now)?;
        let offer = peer.offer(people, how, &self.clock, now)?;
        self.keep(peer, seat);
        Ok(offer)
    }

    pub(super) fn accept(
        &mut self,
        room: RoomId,
        person: PersonId,
        sdp: &str,
    ) -> Result<(), NotNegotiated> {
        let Some(id) = self.negotiates((room, person, Direction::Subscribe)) else {
            return Ok(());
        };
        let now = self.clock.instant();
        let accepted = self.with_peer(id, |peer| peer.accept(sdp, now));
        self.heed(id);
        accepted.unwrap_or(Ok(()))
    }

    /// The connection that offers and answers are about: the newest.
    fn negotiates(&self, seat: Seat) -> Option<PeerId> {
        self.rising.get(&seat).or(self.seats.get(&seat)).copied()
    }

    fn keep(&mut self, peer: Peer, seat: Seat) {
        self.next_peer += 1;
        let id = self.next_peer;
        let (room, person, direction) = seat;
        let up = |id: &PeerId| self.peers.get(id).is_some_and(|entry| entry.peer.is_up());
        let beside = self.seats.get(&seat).is_some_and(up);
        let entry = Entry {
            peer,
            room,
            person,
            direction,
            rising: beside,
            addresses: Vec::new(),
            name: String::new(),
            dirty: true,
        };
        self.peers.insert(id, entry);
        self.name(id);
        let places = if beside {
            &mut self.rising
        } else {
            &mut self.seats
        };
        if let Some(before) = places.insert(seat, id) {
            self.end(before);
        }
    }

    /// By the name it has now, a first datagram finds the connection.
    fn name(&mut self, id: PeerId) {
        if let Some(entry) = self.peers.get_mut(&id) {
            self.names.remove(&entry.name);
            entry.peer.name().clone_into(&mut entry.name);
            self.names.insert(entry.name.clone(), id);
        }
    }

    /// What has risen takes the place of what stood.
    pub(super) fn stand(&mut self, id: PeerId) {
        let Some(entry) = self.peers.get_mut(&id).filter(|entry| entry.rising) else {
            return;
        };
        entry.rising = false;
        let seat = entry.seat();
        self.rising.remove(&seat);
        if let Some(before) = self.seats.insert(seat, id) {
            self.end(before);
        }
    }

    /// A connection is gone by itself; what rises beside it may still come to stand.
    pub(super) fn closed(&mut self, id: PeerId) {
        let Some((seat, rising)) = self.peers.get(&id).map(|it| (it.seat(), it.rising)) else {
            return;
        };
        self.end(id);
        if rising {
            return;
        }
        self.deafen(seat);
        if let Some(next) = self.rising.remove(&seat) {
            self.seats.insert(seat, next);
            if let Some(entry) = self.peers.get_mut(&next) {
                entry.rising = false;
            }
        }
    }

    pub(super) fn drop_peer(&mut self, room: RoomId, person: PersonId, direction: Direction) {
        let seat = (room, person, direction);
        let both = [self.rising.remove(&seat), self.seats.remove(&seat)];
        for id in both.into_iter().flatten() {
            self.end(id);
        }
        self.deafen(seat);
    }

    fn deafen(&mut self, (room, person, direction): Seat) {
        if direction == Direction::Subscribe
            && let Some(room) = self.rooms.get_mut(&room)
        {
            room.deafen(person);
        }
    }

    fn end(&mut self, id: PeerId) {
        let now = self.clock.instant();
        self.with_peer(id, |peer| peer.close(now));
        self.write(id);
        self.forget(id);
    }

    pub(super) fn forget(&mut self, id: PeerId) {
        let Some(entry) = self.peers.remove(&id) else {
            return;
        };
        let seat = entry.seat();
        for places in [&mut self.seats, &mut self.rising] {
            if places.get(&seat) == Some(&id) {
                places.remove(&seat);
            }
        }
        self.names.remove(&entry.name);
        for address in entry.addresses {
            if self.addresses.get(&address) == Some(&id) {
                self.addresses.remove(&address);
            }
        }
    }
}

impl Entry {
    pub(super) const fn seat(&self) -> Seat {
        (self.room, self.person, self.direction)
    }
}

fn guarded<T>(act: impl FnOnce() -> T) -> Result<T, NotNegotiated> {
    catch_unwind(AssertUnwindSafe(act)).or(Err(NotNegotiated::panicked()))
}

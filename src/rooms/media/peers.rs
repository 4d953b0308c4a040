//! Connections as the rooms order them: made, replaced, negotiated, closed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Direction, Entry, Media};
use crate::domain::ids::PersonId;
use crate::rooms::RoomId;
use crate::rooms::peer::{NotNegotiated, Peer};

impl Media {
    pub(super) fn publish(
        &mut self,
        room: RoomId,
        person: PersonId,
        sdp: &str,
    ) -> Result<String, NotNegotiated> {
        self.drop_peer(room, person, Direction::Publish);
        let now = self.clock.instant();
        let mut peer = Peer::new(&self.announced, &self.clock, now)?;
        let answer = guarded(|| peer.answer(sdp, now))??;
        self.keep(peer, room, person, Direction::Publish);
        Ok(answer)
    }

    pub(super) fn offer(
        &mut self,
        room: RoomId,
        person: PersonId,
        fresh: bool,
        people: &[PersonId],
    ) -> Result<String, NotNegotiated> {
        let now = self.clock.instant();
        let seat = (room, person, Direction::Subscribe);
        let known = self.seats.get(&seat).filter(|_| !fresh).copied();
        if let Some(entry) = known.and_then(|id| self.peers.get_mut(&id)) {
            entry.dirty = true;
            return entry.peer.offer(people, &self.clock, now);
        }
        self.drop_peer(room, person, Direction::Subscribe);
        let mut peer = Peer::new(&self.announced, &self.clock, now)?;
        let offer = peer.offer(people, &self.clock, now)?;
        self.keep(peer, room, person, Direction::Subscribe);
        Ok(offer)
    }

    pub(super) fn accept(
        &mut self,
        room: RoomId,
        person: PersonId,
        sdp: &str,
    ) -> Result<(), NotNegotiated> {
        let Some(&id) = self.seats.get(&(room, person, Direction::Subscribe)) else {
            return Ok(());
        };
        let now = self.clock.instant();
        let accepted = self.with_peer(id, |peer| peer.accept(sdp, now));
        self.heed(id);
        accepted.unwrap_or(Ok(()))
    }

    pub(super) fn keep(
        &mut self,
        peer: Peer,
        room: RoomId,
        person: PersonId,
        direction: Direction,
    ) {
        self.next_peer += 1;
        let id = self.next_peer;
        self.names.insert(peer.name().to_owned(), id);
        self.seats.insert((room, person, direction), id);
        self.peers.insert(
            id,
            Entry {
                peer,
                room,
                person,
                direction,
                addresses: Vec::new(),
                dirty: true,
            },
        );
    }

    pub(super) fn drop_peer(&mut self, room: RoomId, person: PersonId, direction: Direction) {
        let Some(id) = self.seats.remove(&(room, person, direction)) else {
            return;
        };
        let now = self.clock.instant();
        self.with_peer(id, |peer| peer.close(now));
        self.write(id);
        if let Some(entry) = self.peers.remove(&id) {
            self.names.remove(entry.peer.name());
            for address in entry.addresses {
                if self.addresses.get(&address) == Some(&id) {
                    self.addresses.remove(&address);
                }
            }
        }
        if direction == Direction::Subscribe
            && let Some(room) = self.rooms.get_mut(&room)
        {
            room.deafen(person);
        }
    }
}

fn guarded<T>(act: impl FnOnce() -> T) -> Result<T, NotNegotiated> {
    catch_unwind(AssertUnwindSafe(act)).or(Err(NotNegotiated::panicked()))
}

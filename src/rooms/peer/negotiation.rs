//! Offers and answers: what a page publishes is offered by the page, what it hears and sees by the room.

use std::time::Instant;

use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::shared::error::Error;

use super::{NotNegotiated, Peer, Slot, codecs, description};
use crate::clock::Clock;
use crate::domain::ids::PersonId;
use crate::rooms::nomination::Nomination;
use crate::rooms::rewrite::Kind;
use crate::rooms::room::How;

impl Peer {
    /// Answers the offer of a page that publishes: its first, or that of another way.
    pub(crate) fn answer(&mut self, offer: &str, now: Instant) -> Result<String, NotNegotiated> {
        let offer = RTCSessionDescription::offer(description::without_candidates(offer))?;
        self.connection.set_remote_description(now, offer)?;
        if self.connection.local_description().is_none() {
            self.connection
                .add_local_candidate(description::candidate(self.local)?)?;
        }
        let answer = self.connection.create_answer(None)?;
        self.connection.set_local_description(now, answer)?;
        self.answered = true;
        self.pump(now);
        self.described()
    }

    /// Adds a stream of sound and one of picture for each of these people and offers them.
    pub(crate) fn offer(
        &mut self,
        people: &[PersonId],
        how: How,
        clock: &Clock,
        now: Instant,
    ) -> Result<String, NotNegotiated> {
        for &person in people {
            for kind in [Kind::Audio, Kind::Video] {
                self.add_slot(person, kind, clock)?;
            }
        }
        let first = self.connection.local_description().is_none();
        if how == How::Restart {
            self.connection.restart_ice();
        }
        let offer = self.connection.create_offer(None)?;
        self.connection.set_local_description(now, offer)?;
        if first {
            self.connection
                .add_local_candidate(description::candidate(self.local)?)?;
        }
        self.pump(now);
        self.described()
    }

    fn add_slot(
        &mut self,
        person: PersonId,
        kind: Kind,
        clock: &Clock,
    ) -> Result<(), NotNegotiated> {
        let ssrc = u32::from_be_bytes(clock.random());
        let retransmission = u32::from_be_bytes(clock.random());
        let track = format!("{person}-{}", if kind == Kind::Audio { "a" } else { "v" });
        let (media, init) = codecs::outgoing(person, &track, kind, ssrc, retransmission);
        self.connection
            .add_transceiver_from_track(media, Some(init))?;
        self.slots.insert((person, kind), Slot { track, ssrc });
        Ok(())
    }

    /// Takes the page's answer to our offer.
    pub(crate) fn accept(&mut self, answer: &str, now: Instant) -> Result<(), NotNegotiated> {
        let answer = RTCSessionDescription::answer(description::without_candidates(answer))?;
        self.connection.set_remote_description(now, answer)?;
        self.answered = true;
        self.pump(now);
        // The page's checks overtook its answer; none could be verified until now.
        if let Some((datagram, from)) = self.nomination.again() {
            self.check(&datagram, from, now);
        }
        Ok(())
    }

    /// What the page is told, under another name after a restart: then no way is chosen yet.
    fn described(&mut self) -> Result<String, NotNegotiated> {
        let local = self
            .connection
            .local_description()
            .ok_or(Error::ErrNoRemoteDescription)?;
        let name = description::name(&local.sdp).ok_or(Error::ErrNoRemoteDescription)?;
        if name != self.name {
            name.clone_into(&mut self.name);
            self.path = None;
            self.nomination = Nomination::default();
        }
        Ok(description::for_page(&local.sdp, &self.announced))
    }
}

//! What one client holds: a place, leave to speak to some of our addresses, short names for them, and a measure of bytes.

use std::time::{Duration, Instant};

use super::bucket::Bucket;
use super::place::Place;

/// How long a place is held without being asked for again, which pages do after four minutes.
pub(super) const LIFE: Duration = Duration::from_mins(5);
/// How long it is held at most, however often it is asked for: longer than anybody mediates in a day.
const LONGEST: Duration = Duration::from_hours(12);
/// RFC 8656, 9 and 12.
const PERMISSION: Duration = Duration::from_mins(5);
const CHANNEL: Duration = Duration::from_mins(10);
/// Bytes a second, to and fro: six people in small pictures, with room to spare.
pub(super) const BYTES: u32 = 500_000;

/// A client's hold on the relay.
#[derive(Debug)]
pub(super) struct Allocation {
    pub(super) place: Place,
    pub(super) holder: Holder,
    /// The request that made it: asked again, it is answered again.
    pub(super) made_by: [u8; 12],
    until: Instant,
    at_most: Instant,
    /// By the number of our address.
    ways: Vec<Way>,
    bytes: Bucket,
}

/// Who has proved to know a password.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) username: String,
    /// For whom the name was issued.
    pub(super) who: String,
    pub(super) key: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct Way {
    permitted: Option<Instant>,
    channel: Option<(u16, Instant)>,
}

impl Allocation {
    pub(super) fn new(
        place: Place,
        holder: Holder,
        made_by: [u8; 12],
        ways: usize,
        now: Instant,
    ) -> Self {
        Self {
            place,
            holder,
            made_by,
            until: now + LIFE,
            at_most: now + LONGEST,
            ways: vec![Way::default(); ways],
            bytes: Bucket::new(BYTES, now),
        }
    }

    pub(super) fn lives(&self, now: Instant) -> bool {
        now < self.until
    }

    /// How long it is still held.
    pub(super) fn left(&self, now: Instant) -> Duration {
        self.until.saturating_duration_since(now)
    }

    pub(super) fn refresh(&mut self, now: Instant) {
        self.until = (now + LIFE).min(self.at_most);
    }

    /// Lets it speak to our address of this number for a while.
    pub(super) fn permit(&mut self, peer: usize, now: Instant) {
        if let Some(way) = self.ways.get_mut(peer) {
            way.permitted = Some(now + PERMISSION);
        }
    }

    pub(super) fn is_permitted(&self, peer: usize, now: Instant) -> bool {
        let way = self.ways.get(peer);
        way.and_then(|way| way.permitted)
            .is_some_and(|until| now < until)
    }

    /// Gives our address a short name; false if either has another one already.
    pub(super) fn bind(&mut self, peer: usize, channel: u16, now: Instant) -> bool {
        let taken = self.bound_to(channel, now).is_some_and(|it| it != peer);
        let named = self.channel(peer, now).is_some_and(|it| it != channel);
        if taken || named {
            return false;
        }
        if let Some(way) = self.ways.get_mut(peer) {
            way.channel = Some((channel, now + CHANNEL));
        }
        self.permit(peer, now);
        true
    }

    /// The number of our address that has this short name.
    pub(super) fn bound_to(&self, channel: u16, now: Instant) -> Option<usize> {
        (0..self.ways.len()).find(|peer| self.channel(*peer, now) == Some(channel))
    }

    /// The short name of our address.
    pub(super) fn channel(&self, peer: usize, now: Instant) -> Option<u16> {
        let (channel, until) = self.ways.get(peer)?.channel?;
        (now < until).then_some(channel)
    }

    /// Whether so many bytes are still within the measure.
    pub(super) fn takes(&mut self, bytes: usize, now: Instant) -> bool {
        self.bytes.take(bytes, now)
    }
}

//! The first event of a case that is not what was sealed, or does not follow from those before it.

use super::What;
use crate::domain::chain::Link;
use crate::domain::hash::ContentHash;

/// An event as it was sealed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchored {
    pub(super) seq: i64,
    pub(super) hash: [u8; 32],
    /// Its place in the row of anchors.
    pub(super) anchor: usize,
}

/// The place of the first difference, and what was done there. `links` are in the order of their numbers.
pub(super) fn first(case: &str, links: &[Link], anchored: &[Anchored]) -> Option<(i64, What)> {
    let sealed = |seq: i64| anchored.iter().find(|it| it.seq == seq).map(|it| it.hash);
    let last_sealed = anchored.iter().map(|it| it.seq).max().unwrap_or(0);
    let last = links.iter().map(|it| it.seq).max().unwrap_or(0);
    let mut previous = case.to_owned();
    for seq in 1..=last.max(last_sealed) {
        let link = links.iter().find(|it| it.seq == seq);
        let place = Place {
            seq,
            previous: &previous,
            sealed: sealed(seq),
            links,
            anchored,
        };
        let Some(link) = link else {
            return Some((seq, place.missing(last, last_sealed)));
        };
        if let Some(what) = place.compare(link) {
            return Some((seq, what));
        }
        link.hash.as_str().clone_into(&mut previous);
    }
    None
}

/// Where the comparison stands: everything before it is as it was.
struct Place<'a> {
    seq: i64,
    previous: &'a str,
    sealed: Option<[u8; 32]>,
    links: &'a [Link],
    anchored: &'a [Anchored],
}

impl Place<'_> {
    /// There is no event of this number.
    fn missing(&self, last: i64, last_sealed: i64) -> What {
        if self.seq > last {
            return What::TailRemoved(last_sealed);
        }
        match self.sealed {
            Some(hash) if self.stands_elsewhere(hash) => What::EventReordered,
            _ => What::EventRemoved,
        }
    }

    fn compare(&self, link: &Link) -> Option<What> {
        let hash = link.hash.digest();
        let follows = link.expected(self.previous) == link.hash;
        match self.sealed {
            Some(sealed) if sealed == hash && follows => None,
            None if follows => None,
            Some(sealed) if sealed != hash => Some(self.exchanged(sealed, hash)),
            _ => Some(self.rewritten(link)),
        }
    }

    /// Another event stands here than the one that was sealed.
    fn exchanged(&self, sealed: [u8; 32], found: [u8; 32]) -> What {
        let is_known = self.anchored.iter().any(|it| it.hash == found);
        match (self.stands_elsewhere(sealed), is_known) {
            (true, true) => What::EventReordered,
            (true, false) => What::EventInserted,
            (false, true) => What::EventRemoved,
            (false, false) => What::EventChanged,
        }
    }

    /// The hash is the right one, or none was sealed, and what the event says does not give it.
    fn rewritten(&self, link: &Link) -> What {
        let wanted = self.sealed.map(ContentHash::of_digest);
        let fits = |other: &&Link| {
            let here = Link {
                seq: self.seq,
                ..(*other).clone()
            };
            here.expected(self.previous) == *wanted.as_ref().unwrap_or(&other.hash)
        };
        let mut others = self.links.iter().filter(|it| it.seq != link.seq);
        if others.any(|other| fits(&other)) {
            What::EventReordered
        } else {
            What::EventChanged
        }
    }

    fn stands_elsewhere(&self, hash: [u8; 32]) -> bool {
        let elsewhere = |link: &&Link| link.seq != self.seq && link.hash.digest() == hash;
        self.links.iter().any(|link| elsewhere(&link))
    }
}

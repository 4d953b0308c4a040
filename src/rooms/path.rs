//! Fourth workaround for the rtc crate: it never leaves the pair of addresses it chose first. When a phone's address changes,
//! the crate goes on seeing the first one, and what goes out to it is sent to where the page is now.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long nothing must have come from where the page was before it is believed to be elsewhere: a datagram that is late, or
/// that somebody on its way repeats, moves nothing.
const SILENT: Duration = Duration::from_secs(1);

/// Where the page of a connection is.
#[derive(Debug)]
pub(crate) struct Path {
    /// What the crate believes.
    inside: SocketAddr,
    /// Where it is.
    outside: SocketAddr,
    heard: Instant,
    /// The check of ours that another address has still to answer.
    asked: Option<(SocketAddr, [u8; 12])>,
    /// Another address that has proved to be the page's.
    proved: Option<SocketAddr>,
}

impl Path {
    pub(crate) const fn new(chosen: SocketAddr, now: Instant) -> Self {
        Self {
            inside: chosen,
            outside: chosen,
            heard: now,
            asked: None,
            proved: None,
        }
    }

    /// What the crate is told of a datagram's sender.
    pub(crate) fn inwards(&self, from: SocketAddr) -> SocketAddr {
        if from == self.outside {
            self.inside
        } else {
            from
        }
    }

    /// Where a datagram really goes.
    pub(crate) fn outwards(&self, to: SocketAddr) -> SocketAddr {
        if to == self.inside { self.outside } else { to }
    }

    pub(crate) fn is_elsewhere(&self, from: SocketAddr) -> bool {
        from != self.outside
    }

    /// The crate believed a request from another address so far that it checks whether somebody is there.
    pub(crate) const fn asks(&mut self, from: SocketAddr, transaction: [u8; 12]) {
        self.asked = Some((from, transaction));
    }

    /// An answer to a check.
    pub(crate) fn answers(&mut self, from: SocketAddr, transaction: [u8; 12]) {
        if self.asked == Some((from, transaction)) {
            self.proved(from);
        }
    }

    /// The crate granted a nomination, which it does only after a check of its own at that address.
    pub(crate) const fn proved(&mut self, from: SocketAddr) {
        self.proved = Some(from);
        self.asked = None;
    }

    /// Something came that shows where the page is using the path: not a mere check.
    pub(crate) fn carries(&mut self, from: SocketAddr, now: Instant) {
        if from == self.outside {
            self.heard = now;
        } else if self.proved == Some(from) && now.saturating_duration_since(self.heard) >= SILENT {
            self.outside = from;
            self.heard = now;
            self.proved = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(port: u16) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], port))
    }

    /// A page that went from the first address to the second.
    fn gone(now: Instant) -> Path {
        let mut path = Path::new(at(1), now);
        path.proved(at(2));
        path.carries(at(2), now + SILENT);
        path
    }

    #[test]
    fn the_crate_sees_one_address_wherever_the_page_goes() {
        let now = Instant::now();
        let mut path = gone(now);
        assert_eq!(path.inwards(at(2)), at(1));
        assert_eq!(path.outwards(at(1)), at(2));
        assert_eq!(path.outwards(at(3)), at(3));
        path.proved(at(1));
        path.carries(at(1), now + SILENT * 2);
        assert_eq!(path.inwards(at(1)), at(1));
        assert_eq!(path.outwards(at(1)), at(1));
    }

    #[test]
    fn nothing_moves_while_the_page_is_heard_where_it_was() {
        let now = Instant::now();
        let mut path = Path::new(at(1), now);
        path.proved(at(2));
        path.carries(at(1), now + SILENT / 2);
        path.carries(at(2), now + SILENT);
        assert_eq!(path.outwards(at(1)), at(1));
        path.carries(at(2), now + SILENT * 2);
        assert_eq!(path.outwards(at(1)), at(2));
        // What comes late from where it was is no proof of a return.
        path.carries(at(1), now + SILENT * 9);
        assert_eq!(path.outwards(at(1)), at(2));
    }

    #[test]
    fn an_address_proves_itself_by_the_answer_to_our_own_check() {
        let now = Instant::now();
        let mut path = Path::new(at(1), now);
        path.asks(at(2), [7; 12]);
        for (from, transaction) in [(at(3), [7; 12]), (at(2), [8; 12])] {
            path.answers(from, transaction);
            path.carries(from, now + SILENT);
            assert_eq!(path.outwards(at(1)), at(1));
        }
        path.answers(at(2), [7; 12]);
        path.carries(at(2), now + SILENT);
        assert_eq!(path.outwards(at(1)), at(2));
    }
}

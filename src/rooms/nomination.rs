//! First workaround for the rtc crate: a controlled agent does not answer USE-CANDIDATE before its own check
//! has succeeded, and forgets that it was asked. The request is kept here and handed over again after that
//! success, when the page's answer arrives, and every 100 ms until a path is chosen, or another one after it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

const AGAIN: Duration = Duration::from_millis(100);
/// After this the page has given the path up and asks anew by itself.
const GIVEN_UP: Duration = Duration::from_secs(10);

/// The binding request to hand over again.
#[derive(Debug, Default)]
pub(crate) struct Nomination {
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    datagram: Vec<u8>,
    from: SocketAddr,
    nominates: bool,
    first: Instant,
    next: Instant,
}

impl Nomination {
    /// Keeps the newest request, but never a plain one in place of one that chooses the path.
    pub(crate) fn keep(
        &mut self,
        datagram: &[u8],
        from: SocketAddr,
        nominates: bool,
        now: Instant,
    ) {
        let better = |kept: &Kept| kept.nominates && !nominates;
        if self.kept.as_ref().is_some_and(better) {
            return;
        }
        let next = now + AGAIN;
        self.kept = Some(Kept {
            datagram: datagram.to_vec(),
            from,
            nominates,
            first: now,
            next,
        });
    }

    /// The request, for handing over now: after a success of our own check or when the answer has arrived.
    pub(crate) fn again(&self) -> Option<(Vec<u8>, SocketAddr)> {
        self.kept
            .as_ref()
            .map(|kept| (kept.datagram.clone(), kept.from))
    }

    /// The request, if it is time.
    pub(crate) fn due(&mut self, now: Instant) -> Option<(Vec<u8>, SocketAddr)> {
        let kept = self.kept.as_mut().filter(|kept| kept.next <= now)?;
        if now.saturating_duration_since(kept.first) > GIVEN_UP {
            self.kept = None;
            return None;
        }
        kept.next = now + AGAIN;
        self.again()
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.kept.as_ref().map(|kept| kept.next)
    }

    /// A path is chosen: nothing is to be handed over again.
    pub(crate) fn chosen(&mut self) {
        self.kept = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from() -> SocketAddr {
        "192.0.2.1:5000".parse().unwrap()
    }

    #[test]
    fn a_nomination_is_not_forgotten_for_a_plain_check() {
        let now = Instant::now();
        let mut nomination = Nomination::default();
        nomination.keep(b"plain", from(), false, now);
        nomination.keep(b"chosen", from(), true, now);
        nomination.keep(b"plain", from(), false, now);
        assert_eq!(nomination.again(), Some((b"chosen".to_vec(), from())));
    }

    #[test]
    fn it_is_handed_over_every_tenth_of_a_second_until_a_path_is_chosen() {
        let now = Instant::now();
        let mut nomination = Nomination::default();
        nomination.keep(b"chosen", from(), true, now);
        assert_eq!(nomination.due(now), None);
        assert!(nomination.due(now + AGAIN).is_some());
        assert_eq!(nomination.due(now + AGAIN), None);
        assert!(nomination.due(now + AGAIN * 2).is_some());
        nomination.chosen();
        assert_eq!(nomination.due(now + AGAIN * 3), None);
        assert_eq!(nomination.deadline(), None);
    }

    #[test]
    fn it_is_given_up_after_a_while() {
        let now = Instant::now();
        let mut nomination = Nomination::default();
        nomination.keep(b"chosen", from(), true, now);
        assert_eq!(nomination.due(now + GIVEN_UP + AGAIN), None);
        assert_eq!(nomination.deadline(), None);
    }
}

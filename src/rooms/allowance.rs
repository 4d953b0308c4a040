//! How much one socket may ask of the rooms, so that a page gone wild takes nothing from others.

use std::time::{Duration, Instant};

/// What a request uses up of its socket's time, and each kilobyte of it: fifty requests a second, or a hundred kilobytes.
const A_REQUEST: Duration = Duration::from_millis(20);
const A_KILOBYTE: Duration = Duration::from_millis(10);
/// How far a socket may run ahead: a page that comes back after a break has a good deal to say at once.
const AHEAD: Duration = Duration::from_secs(5);

/// What one socket has used up.
#[derive(Debug)]
pub(super) struct Allowance {
    /// Until when its past requests take.
    until: Instant,
}

impl Allowance {
    pub(super) const fn new(now: Instant) -> Self {
        Self { until: now }
    }

    /// Counts a request of so many bytes; false if the socket has asked too much.
    pub(super) fn takes(&mut self, bytes: usize, now: Instant) -> bool {
        let kilobytes = u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        let cost = A_REQUEST.saturating_add(A_KILOBYTE.saturating_mul(kilobytes));
        let until = self.until.max(now) + cost;
        let within = until.saturating_duration_since(now) <= AHEAD;
        if within {
            self.until = until;
        }
        within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many requests of this size are taken at once.
    fn burst(bytes: usize) -> usize {
        let now = Instant::now();
        let mut allowance = Allowance::new(now);
        (0..10_000)
            .take_while(|_| allowance.takes(bytes, now))
            .count()
    }

    #[test]
    fn a_socket_asks_much_for_a_moment_and_then_at_a_pace() {
        assert_eq!(burst(50), 166);
        assert_eq!(burst(64 * 1024), 7);
        let mut now = Instant::now();
        let mut allowance = Allowance::new(now);
        while allowance.takes(50, now) {}
        let later = (0..1_000).filter(|_| {
            now += Duration::from_millis(1);
            allowance.takes(50, now)
        });
        assert_eq!(later.count(), 34, "a second's worth");
    }

    #[test]
    fn a_page_that_speaks_as_pages_do_never_comes_near_it() {
        let mut now = Instant::now();
        let mut allowance = Allowance::new(now);
        for _ in 0..600 {
            // An offer, an answer, a line and ten short ones, each second.
            assert!(allowance.takes(20_000, now) && allowance.takes(20_000, now));
            assert!((0..11).all(|_| allowance.takes(100, now)));
            now += Duration::from_secs(1);
        }
    }
}

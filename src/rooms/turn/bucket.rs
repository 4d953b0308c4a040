//! So much a second and no more, with one second's worth in hand.

use std::time::Instant;

#[derive(Debug)]
pub(super) struct Bucket {
    per_second: f64,
    left: f64,
    at: Instant,
}

impl Bucket {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        let per_second = f64::from(per_second);
        Self {
            per_second,
            left: per_second,
            at: now,
        }
    }

    /// Takes so much out, if it is there.
    pub(super) fn take(&mut self, amount: usize, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.left = (self.left + passed * self.per_second).min(self.per_second);
        let amount = u32::try_from(amount).map_or(f64::INFINITY, f64::from);
        let there = amount <= self.left;
        if there {
            self.left -= amount;
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_more_than_its_measure_leaves_a_bucket_and_time_fills_it_to_the_brim() {
        let now = Instant::now();
        let mut bucket = Bucket::new(100, now);
        assert!(bucket.take(60, now) && !bucket.take(60, now) && bucket.take(40, now));
        let half = now + Duration::from_millis(500);
        assert!(!bucket.take(51, half) && bucket.take(50, half));
        let much_later = now + Duration::from_hours(1);
        assert!(!bucket.take(101, much_later) && bucket.take(100, much_later));
        assert!(!bucket.take(1, now), "time does not run backwards");
    }
}

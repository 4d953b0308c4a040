//! The only reader of time and randomness: the system's, or fixed ones for tests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _, TryRng};

/// A source of the current instant and of random bytes.
#[derive(Debug)]
pub struct Clock(Source);

#[derive(Debug)]
enum Source {
    System,
    /// The instant moves only by [`Clock::advance`]; random bytes stay random.
    Fixed(Mutex<Timestamp>),
    /// As `Fixed`, and what is random comes out the same under one seed: for invented matters, never for secrets.
    Seeded(Box<Mutex<(Timestamp, StdRng)>>),
}

impl Clock {
    pub const fn system() -> Self {
        Self(Source::System)
    }

    pub const fn fixed(at: Timestamp) -> Self {
        Self(Source::Fixed(Mutex::new(at)))
    }

    /// Begins at `at`; whoever knows the seed knows its random bytes.
    pub fn seeded(at: Timestamp, seed: u64) -> Self {
        let stream = (at, StdRng::seed_from_u64(seed));
        Self(Source::Seeded(Box::new(Mutex::new(stream))))
    }

    /// Begins again at another time with another seed; nothing but a seeded clock does.
    pub fn restart(&self, at: Timestamp, seed: u64) {
        if let Source::Seeded(stream) = &self.0 {
            *held(stream) = (at, StdRng::seed_from_u64(seed));
        }
    }

    /// The current instant, cut to microseconds, which is what the database keeps.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reader of the system clock"
    )]
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            Source::System => Timestamp::now(),
            Source::Fixed(at) => *held(at),
            Source::Seeded(stream) => held(stream).0,
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The monotonic instant by which timers of the network run; it is never fixed, because packets do not wait.
    pub fn instant(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    /// Moves a fixed clock on; the system clock does not move by asking.
    pub fn advance(&self, by: SignedDuration) {
        match &self.0 {
            Source::System => {}
            Source::Fixed(at) => *held(at) += by,
            Source::Seeded(stream) => held(stream).0 += by,
        }
    }

    /// `N` random bytes of the operating system.
    #[expect(
        clippy::expect_used,
        reason = "a machine without randomness must not go on"
    )]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        if let Source::Seeded(stream) = &self.0 {
            held(stream).1.fill_bytes(&mut bytes);
            return bytes;
        }
        rand::rngs::SysRng
            .try_fill_bytes(&mut bytes)
            .expect("the system's random source answers");
        bytes
    }

    /// A new time-ordered id.
    pub fn new_id(&self) -> uuid::Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }
}
fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

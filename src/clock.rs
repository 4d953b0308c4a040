//! The only reader of time and randomness: the system's, or fixed ones for tests.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use rand::TryRng;

/// A source of the current instant and of random bytes.
#[derive(Debug)]
pub struct Clock(Source);

#[derive(Debug)]
enum Source {
    System,
    /// The instant moves only by [`Clock::advance`]; random bytes stay random.
    Fixed(Mutex<Timestamp>),
}

impl Clock {
    pub const fn system() -> Self {
        Self(Source::System)
    }

    pub const fn fixed(at: Timestamp) -> Self {
        Self(Source::Fixed(Mutex::new(at)))
    }

    /// The current instant, cut to microseconds, which is what the database keeps.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reader of the system clock"
    )]
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            Source::System => Timestamp::now(),
            Source::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The monotonic instant by which timers of the network run; it is never fixed, because packets do not wait.
    pub fn instant(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    /// Moves a fixed clock on; the system clock does not move by asking.
    pub fn advance(&self, by: SignedDuration) {
        if let Source::Fixed(at) = &self.0 {
            let mut at = at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *at += by;
        }
    }

    /// `N` random bytes of the operating system.
    #[expect(
        clippy::expect_used,
        reason = "a machine without randomness must not go on"
    )]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
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

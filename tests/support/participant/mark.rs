//! What a packet of a participant carries in place of sound or picture: who sent it, which it is, after which scene it
//! was said, and when it left.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use heyi::domain::ids::PersonId;
use uuid::Uuid;

/// Tells a mark from what browsers send.
const SIGN: [u8; 8] = *b"heyimark";
const LENGTH: usize = 48;

/// Sender and receiver count from the same moment, since they are in one process.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) speaker: PersonId,
    pub(crate) number: u64,
    /// The scene that the speaker had acknowledged last.
    pub(crate) epoch: u64,
    /// Since a moment that is the same for all participants.
    pub(crate) sent: Duration,
}

/// Now, by the clock of the marks.
pub(crate) fn now() -> Duration {
    at(Instant::now())
}

pub(super) fn at(moment: Instant) -> Duration {
    moment.saturating_duration_since(*BEGINNING)
}

impl Mark {
    /// A payload of this length that begins with `head`.
    pub(super) fn payload(&self, head: &[u8], length: usize) -> Vec<u8> {
        let sent = u64::try_from(self.sent.as_nanos()).unwrap();
        let mut payload = head.to_vec();
        payload.extend(SIGN);
        payload.extend(self.speaker.0.as_bytes());
        for number in [self.number, self.epoch, sent] {
            payload.extend(number.to_be_bytes());
        }
        payload.resize(length, 0);
        payload
    }

    /// All marks anywhere in these bytes, in their order.
    pub(crate) fn found_in(bytes: &[u8]) -> Vec<Self> {
        let places = bytes.windows(SIGN.len()).enumerate();
        let signs = places.filter(|(_, window)| *window == SIGN);
        signs.filter_map(|(at, _)| Self::read(bytes, at)).collect()
    }

    /// The mark behind a head of this length; none in what a browser sent.
    pub(super) fn read(payload: &[u8], head: usize) -> Option<Self> {
        let mark = payload.get(head..head + LENGTH)?.strip_prefix(&SIGN)?;
        let number = |at: usize| u64::from_be_bytes(mark[at..at + 8].try_into().unwrap());
        Some(Self {
            speaker: PersonId(Uuid::from_slice(&mark[..16]).unwrap()),
            number: number(16),
            epoch: number(24),
            sent: Duration::from_nanos(number(32)),
        })
    }
}

//! One continuous stream out of whatever a speaker sends: numbers and times go on without a gap when sound is
//! cut and opened again, when a speaker comes back on a new connection, and a picture starts with a key frame.

use std::time::{Duration, Instant};

/// How many numbers behind the newest packet the beginning of a stream is remembered: more than a sender ever repeats.
const TRAILS: u16 = 0x2000;

/// What is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Audio,
    Video,
}

impl Kind {
    /// Ticks of the RTP clock in a second: Opus always counts 48,000 (RFC 7587), video 90,000.
    const fn clock_rate(self) -> u64 {
        match self {
            Self::Audio => 48_000,
            Self::Video => 90_000,
        }
    }
}

/// The part of a packet by which streams are told apart and put in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// The sender's stream; a new connection brings a new one.
    pub(crate) ssrc: u32,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    /// First packet of a picture that needs no other picture; always true for sound.
    pub(crate) starts: bool,
}

/// Where a packet goes in the outgoing stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    At {
        sequence: u16,
        timestamp: u32,
    },
    /// The stream cannot begin here: a key frame is wanted.
    NeedsKeyFrame,
    /// Sent before the stream was opened; it must not be heard.
    TooOld,
}

/// How one speaker's sound or picture becomes one hearer's, from where it was opened on. Dropped when the two part.
#[derive(Debug)]
pub(crate) struct Rewrite {
    kind: Kind,
    source: Option<Source>,
}

/// What a hearer's connection was sent last of one speaker's sound or picture: whatever follows comes behind it,
/// because two packets of one number would be sealed with the same key stream (RFC 3711, 9.1).
#[derive(Debug, Default)]
pub(crate) struct Sent(Option<Last>);

#[derive(Debug)]
struct Last {
    sequence: u16,
    timestamp: u32,
    at: Instant,
}

#[derive(Debug)]
struct Source {
    ssrc: u32,
    first: u16,
    sequence_offset: u16,
    timestamp_offset: u32,
}

impl Source {
    /// Numbers run around: what was first long ago would lie ahead of what comes now, so that it follows at a distance.
    const fn trail(&mut self, sequence: u16) {
        if sequence.wrapping_sub(self.first) > 2 * TRAILS {
            self.first = sequence.wrapping_sub(TRAILS);
        }
    }
}

impl Position {
    /// Whether it comes later in the same stream.
    pub(crate) const fn follows(&self, other: &Self) -> bool {
        self.ssrc == other.ssrc && is_before(other.sequence, self.sequence)
    }
}

impl Rewrite {
    pub(crate) const fn new(kind: Kind) -> Self {
        Self { kind, source: None }
    }

    pub(crate) fn place(&mut self, sent: &mut Sent, position: Position, now: Instant) -> Placed {
        if self
            .source
            .as_ref()
            .is_none_or(|source| source.ssrc != position.ssrc)
        {
            if !position.starts {
                return Placed::NeedsKeyFrame;
            }
            self.source = Some(self.begin(sent, position, now));
        }
        let Some(source) = &mut self.source else {
            return Placed::NeedsKeyFrame;
        };
        if is_before(position.sequence, source.first) {
            return Placed::TooOld;
        }
        source.trail(position.sequence);
        let sequence = position.sequence.wrapping_add(source.sequence_offset);
        let timestamp = position.timestamp.wrapping_add(source.timestamp_offset);
        if sent
            .0
            .as_ref()
            .is_none_or(|last| is_before(last.sequence, sequence))
        {
            sent.0 = Some(Last {
                sequence,
                timestamp,
                at: now,
            });
        }
        Placed::At {
            sequence,
            timestamp,
        }
    }

    fn begin(&self, sent: &Sent, position: Position, now: Instant) -> Source {
        let (sequence, timestamp) = match &sent.0 {
            None => (position.sequence, position.timestamp),
            Some(last) => (
                last.sequence.wrapping_add(1),
                last.timestamp
                    .wrapping_add(self.ticks(now.saturating_duration_since(last.at))),
            ),
        };
        Source {
            ssrc: position.ssrc,
            first: position.sequence,
            sequence_offset: sequence.wrapping_sub(position.sequence),
            timestamp_offset: timestamp.wrapping_sub(position.timestamp),
        }
    }

    /// At least one, so that two pictures never share a time.
    fn ticks(&self, pause: Duration) -> u32 {
        let ticks = u128::from(self.kind.clock_rate()) * pause.as_micros() / 1_000_000;
        u32::try_from(ticks).unwrap_or(u32::MAX / 2).max(1)
    }
}

/// Comparison of numbers that run around (RFC 1982).
const fn is_before(a: u16, b: u16) -> bool {
    a != b && b.wrapping_sub(a) < 0x8000
}

/// Whether a VP8 payload (RFC 7741) begins a key frame: first partition, first packet, inverse key-frame bit 0.
pub(crate) fn vp8_key_frame_starts(payload: &[u8]) -> bool {
    let Some(&first) = payload.first() else {
        return false;
    };
    if first & 0x10 == 0 || first & 0x0f != 0 {
        return false;
    }
    let mut at = 1;
    if first & 0x80 != 0 {
        let Some(&extension) = payload.get(1) else {
            return false;
        };
        at += 1;
        if extension & 0x80 != 0 {
            at += if payload.get(at).is_some_and(|id| id & 0x80 != 0) {
                2
            } else {
                1
            };
        }
        at += usize::from(extension & 0x40 != 0);
        at += usize::from(extension & 0x30 != 0);
    }
    payload.get(at).is_some_and(|header| header & 1 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ssrc: u32, sequence: u16, timestamp: u32, starts: bool) -> Position {
        Position {
            ssrc,
            sequence,
            timestamp,
            starts,
        }
    }

    #[test]
    fn a_stream_that_is_opened_again_goes_on_behind_what_was_sent_last() {
        let now = Instant::now();
        let (mut audio, mut sent) = (Rewrite::new(Kind::Audio), Sent::default());
        assert_eq!(
            audio.place(&mut sent, at(1, 65_535, 1_000, true), now),
            Placed::At {
                sequence: 65_535,
                timestamp: 1_000
            }
        );
        audio = Rewrite::new(Kind::Audio);
        let later = now + Duration::from_secs(1);
        assert_eq!(
            audio.place(&mut sent, at(1, 50, 49_000, true), later),
            Placed::At {
                sequence: 0,
                timestamp: 49_000
            }
        );
    }

    #[test]
    fn a_new_connection_of_the_speaker_continues_the_stream() {
        let now = Instant::now();
        let (mut video, mut sent) = (Rewrite::new(Kind::Video), Sent::default());
        video.place(&mut sent, at(1, 10, 500, true), now);
        assert_eq!(
            video.place(&mut sent, at(2, 900, 7, false), now),
            Placed::NeedsKeyFrame
        );
        let later = now + Duration::from_millis(100);
        assert_eq!(
            video.place(&mut sent, at(2, 901, 7, true), later),
            Placed::At {
                sequence: 11,
                timestamp: 9_500
            }
        );
        assert_eq!(
            video.place(&mut sent, at(2, 902, 7, false), later),
            Placed::At {
                sequence: 12,
                timestamp: 9_500
            }
        );
    }

    #[test]
    fn what_was_sent_before_the_opening_is_not_heard_even_if_it_arrives_after() {
        let now = Instant::now();
        let (mut audio, mut sent) = (Rewrite::new(Kind::Audio), Sent::default());
        audio.place(&mut sent, at(1, 5, 0, true), now);
        audio = Rewrite::new(Kind::Audio);
        audio.place(&mut sent, at(1, 100, 0, true), now);
        assert_eq!(
            audio.place(&mut sent, at(1, 99, 0, true), now),
            Placed::TooOld
        );
    }

    /// Twenty minutes of sound are 60,000 packets, and numbers run around after 65,536.
    #[test]
    fn a_long_talk_is_heard_to_its_end() {
        let now = Instant::now();
        let (mut audio, mut sent) = (Rewrite::new(Kind::Audio), Sent::default());
        for number in 40_000..340_000_u32 {
            let sequence = u16::try_from(number % 65_536).unwrap();
            let placed = audio.place(&mut sent, at(1, sequence, number, true), now);
            let timestamp = number;
            assert_eq!(
                placed,
                Placed::At {
                    sequence,
                    timestamp
                }
            );
        }
        let late = u16::try_from((340_000 - 17_000_u32) % 65_536).unwrap();
        let placed = audio.place(&mut sent, at(1, late, 0, true), now);
        assert_eq!(placed, Placed::TooOld);
    }

    #[test]
    fn a_reordered_packet_keeps_its_place() {
        let now = Instant::now();
        let (mut audio, mut sent) = (Rewrite::new(Kind::Audio), Sent::default());
        audio.place(&mut sent, at(1, 5, 0, true), now);
        audio.place(&mut sent, at(1, 7, 2, true), now);
        assert_eq!(
            audio.place(&mut sent, at(1, 6, 1, true), now),
            Placed::At {
                sequence: 6,
                timestamp: 1
            }
        );
    }

    #[test]
    fn a_key_frame_is_told_from_the_pictures_that_lean_on_it() {
        assert!(vp8_key_frame_starts(&[0x10, 0x50]));
        assert!(!vp8_key_frame_starts(&[0x10, 0x51]));
        assert!(!vp8_key_frame_starts(&[0x00, 0x50]));
        assert!(vp8_key_frame_starts(&[0x90, 0x80, 0x81, 0x02, 0x50]));
        assert!(!vp8_key_frame_starts(&[0x90, 0x80, 0x81, 0x02, 0x51]));
        assert!(vp8_key_frame_starts(&[
            0x90, 0xe0, 0x81, 0x02, 0x05, 0x21, 0x50
        ]));
        assert!(!vp8_key_frame_starts(&[]));
        assert!(!vp8_key_frame_starts(&[0x90]));
    }
}

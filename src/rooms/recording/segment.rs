//! The form of one segment: a line of JSON that says what it belongs to, then rows of packets as they came, each with its
//! length before it and a check behind it, so that a reader knows where a torn one ends.

use std::fmt::Write as _;

use flate2::Crc;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Source;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, PersonId, RecordingId, SessionId};
use crate::rooms::RoomId;

/// A row is a packet of the network and some bytes beside it; a longer one is none.
const LONGEST_ROW: usize = 65_536;
const PACKET: u8 = 1;
const GAP: u8 = 2;
const TORN: u8 = 3;

/// The first line of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) format: Format,
    pub(super) case: CaseId,
    pub(super) session: SessionId,
    pub(super) recording: RecordingId,
    pub(super) person: PersonId,
    pub(super) source: Source,
    pub(super) codec: Codec,
    pub(super) started_at: Timestamp,
    pub(super) number: u32,
    pub(super) previous: Option<ContentHash>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    #[serde(rename = "heyi-segment-1")]
    First,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Codec {
    Opus,
    Vp8,
}

impl Codec {
    pub(super) const fn of(source: Source) -> Self {
        match source {
            Source::Microphone => Self::Opus,
            Source::Camera => Self::Vp8,
        }
    }
}

/// One thing that a segment tells, in the order in which it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    Packet(Packet<'a>),
    /// So many packets could not be kept here.
    Gap {
        at: i64,
        packets: u64,
    },
    /// The process ended before the segment was closed.
    Torn,
}

/// A packet with its place in the stream of its person and source, which goes on over all segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packet<'a> {
    /// When it came, in microseconds since 1970.
    pub(super) at: i64,
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    pub(super) marker: bool,
    pub(super) payload: &'a [u8],
}

/// What is wrong with a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    #[error("its first line is not that of a segment")]
    Header,
    #[error("a row is cut short or was changed")]
    Row,
}

impl Header {
    pub(super) fn line(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }

    pub(super) const fn room(&self) -> RoomId {
        RoomId {
            case: self.case,
            session: self.session,
        }
    }

    /// The name of its file when it is closed.
    pub(super) fn file(&self) -> String {
        let mut name = track_prefix(self.person, self.source);
        if write!(name, "{:06}.{CLOSED}", self.number).is_err() {
            tracing::error!("a text could not be written into memory");
        }
        name
    }
}

/// The ends of the names of files: of what will not change any more, and of what is being written.
pub(super) const CLOSED: &str = "seg";
pub(super) const OPEN: &str = "part";

/// How the names of all segments of this person and source begin.
pub(super) fn track_prefix(person: PersonId, source: Source) -> String {
    format!("{person}-{}-", source.name())
}

impl Row<'_> {
    /// Appends the row with its length and its check.
    pub(super) fn write(&self, to: &mut Vec<u8>) {
        let begin = to.len();
        to.extend([0; 4]);
        match self {
            Self::Packet(packet) => {
                to.push(PACKET);
                to.extend(packet.at.to_le_bytes());
                to.extend(packet.sequence.to_le_bytes());
                to.extend(packet.timestamp.to_le_bytes());
                to.push(u8::from(packet.marker));
                to.extend(packet.payload);
            }
            Self::Gap { at, packets } => {
                to.push(GAP);
                to.extend(at.to_le_bytes());
                to.extend(packets.to_le_bytes());
            }
            Self::Torn => to.push(TORN),
        }
        let length = u32::try_from(to.len() - begin - 4).unwrap_or(u32::MAX);
        let check = check(&to[begin + 4..]);
        to[begin..begin + 4].copy_from_slice(&length.to_le_bytes());
        to.extend(check.to_le_bytes());
    }
}

fn check(body: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(body);
    crc.sum()
}

/// The header of a segment and its rows.
pub(super) fn read(segment: &[u8]) -> Result<(Header, Rows<'_>), Damage> {
    let end = segment.iter().position(|byte| *byte == b'\n');
    let end = end.ok_or(Damage::Header)?;
    let header = serde_json::from_slice(&segment[..end]).or(Err(Damage::Header))?;
    let rows = Rows {
        rest: &segment[end + 1..],
        good: end + 1,
    };
    Ok((header, rows))
}

/// The rows of a segment, up to the first that is damaged.
pub(super) struct Rows<'a> {
    rest: &'a [u8],
    /// How many bytes of the file are whole so far.
    pub(super) good: usize,
}

impl<'a> Rows<'a> {
    fn take(&mut self) -> Option<Row<'a>> {
        let (length, rest) = self.rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        if length > LONGEST_ROW {
            return None;
        }
        let (body, rest) = rest.split_at_checked(length)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*sum) != check(body) {
            return None;
        }
        let row = row(body)?;
        self.rest = rest;
        self.good += length + 8;
        Some(row)
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let row = self.take();
        if row.is_none() {
            self.rest = &[];
        }
        Some(row.ok_or(Damage::Row))
    }
}

fn row(body: &[u8]) -> Option<Row<'_>> {
    let (kind, rest) = body.split_first()?;
    if *kind == TORN {
        return rest.is_empty().then_some(Row::Torn);
    }
    let (at, rest) = rest.split_first_chunk()?;
    let at = i64::from_le_bytes(*at);
    if *kind == GAP {
        let packets = u64::from_le_bytes(rest.try_into().ok()?);
        return Some(Row::Gap { at, packets });
    }
    let (sequence, rest) = rest.split_first_chunk()?;
    let (timestamp, rest) = rest.split_first_chunk()?;
    let (marker, payload) = rest.split_first()?;
    (*kind == PACKET).then_some(Row::Packet(Packet {
        at,
        sequence: u16::from_le_bytes(*sequence),
        timestamp: u32::from_le_bytes(*timestamp),
        marker: *marker == 1,
        payload,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(bytes: &[u8]) -> Rows<'_> {
        Rows {
            rest: bytes,
            good: 0,
        }
    }

    proptest! {
        #[test]
        fn rows_are_read_as_they_were_written_and_no_change_goes_unseen(
            at in any::<i64>(), sequence in any::<u16>(), timestamp in any::<u32>(), marker in any::<bool>(),
            payload in prop::collection::vec(any::<u8>(), 0..1_500), packets in any::<u64>(),
            place in any::<prop::sample::Index>(), flip in 1..=255_u8,
        ) {
            let packet = Packet { at, sequence, timestamp, marker, payload: &payload };
            let written = [Row::Packet(packet), Row::Gap { at, packets }, Row::Torn];
            let mut bytes = Vec::new();
            for row in written {
                row.write(&mut bytes);
            }
            let read: Result<Vec<Row<'_>>, Damage> = rows(&bytes).collect();
            prop_assert_eq!(read.unwrap(), written);
            let mut changed = bytes.clone();
            changed[place.index(bytes.len())] ^= flip;
            prop_assert!(rows(&changed).any(|row| row == Err(Damage::Row)));
        }

        #[test]
        fn a_segment_that_is_cut_off_is_whole_up_to_its_last_whole_row(
            lengths in prop::collection::vec(0..300_usize, 1..9), cut in any::<prop::sample::Index>(),
        ) {
            let payload = [7; 300];
            let (mut bytes, mut ends) = (Vec::new(), vec![0]);
            for length in lengths {
                let packet = Packet {
                    at: 1, sequence: 2, timestamp: 3, marker: true, payload: &payload[..length],
                };
                Row::Packet(packet).write(&mut bytes);
                ends.push(bytes.len());
            }
            let cut = cut.index(bytes.len());
            let mut read = rows(&bytes[..cut]);
            let whole = read.by_ref().flatten().count();
            let good = ends.iter().copied().filter(|end| *end <= cut).max().unwrap();
            prop_assert_eq!(read.good, good);
            prop_assert_eq!(ends[whole], good);
        }

        #[test]
        fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok((_, rows)) = read(&bytes) {
                rows.for_each(drop);
            }
            rows(&bytes).for_each(drop);
        }
    }
}

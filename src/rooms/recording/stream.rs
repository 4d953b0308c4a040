//! The packets of one person's sound or picture, out of all its segments, in the order in which they were sent and with the
//! time at which each was said or shown.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::film::NotFilmed;
use super::line::Line;
use super::segment::{Packet, Row, read};
use super::{Segment, Source};
use crate::domain::hash::ContentHash;

/// Where nothing came for so long, or numbers jump so far, something else begins, which is put in order for itself.
const APART: i64 = 5_000_000;
const FAR: u16 = 3_000;
/// By how much a sender's clock may part from ours in a run; more is no clock.
const ASTRAY: i64 = 3_000_000;
/// Segments that are held in memory while a film is made.
const HELD: usize = 6;

/// One packet.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Goes on without running around; a gap is a loss.
    pub(super) sequence: i64,
    /// By the sender's clock.
    pub(super) ticks: i64,
    /// Microseconds since 1970 when it was said or shown; before that is known, when it came.
    pub(super) at: i64,
    pub(super) marker: bool,
    pub(super) place: Place,
}

/// Where the payload of a packet lies.
#[derive(Clone, Debug)]
pub(super) struct Place {
    segment: usize,
    pub(super) bytes: Range<usize>,
}

#[cfg(test)]
impl Place {
    pub(super) const fn nowhere() -> Self {
        Self {
            segment: 0,
            bytes: 0..0,
        }
    }
}

/// Packets between which numbers and ticks are continuous.
pub(super) type Run = Vec<Seen>;

/// The segments of one person.
pub(super) struct Shelf {
    files: Vec<(PathBuf, ContentHash)>,
    held: VecDeque<(usize, Vec<u8>)>,
}

impl Shelf {
    pub(super) fn of(recordings: &Path, segments: &[Segment]) -> Self {
        let path = |segment: &Segment| {
            let folder = recordings.join(segment.recording.to_string());
            (folder.join(&segment.file), segment.hash.clone())
        };
        Self {
            files: segments.iter().map(path).collect(),
            held: VecDeque::new(),
        }
    }

    /// The bytes of a segment, which are those that were recorded.
    fn segment(&mut self, index: usize) -> Result<&[u8], NotFilmed> {
        if let Some(held) = self.held.iter().position(|(it, _)| *it == index) {
            return Ok(&self.held[held].1);
        }
        let (path, hash) = &self.files[index];
        let bytes = std::fs::read(path)?;
        if ContentHash::of(&bytes) != *hash {
            let file = path.file_name().unwrap_or_default();
            let file = file.to_string_lossy().into_owned();
            return Err(NotFilmed::Changed { file });
        }
        if self.held.len() == HELD {
            self.held.pop_front();
        }
        self.held.push_back((index, bytes));
        Ok(self.held.back().map_or(&[], |(_, bytes)| bytes))
    }

    /// The payload that lies there.
    pub(super) fn payload(&mut self, place: &Place) -> Result<&[u8], NotFilmed> {
        let bytes = self.segment(place.segment)?;
        Ok(bytes.get(place.bytes.clone()).unwrap_or_default())
    }

    /// All packets of this source, run by run.
    pub(super) fn runs(
        &mut self,
        segments: &[Segment],
        source: Source,
    ) -> Result<Vec<Run>, NotFilmed> {
        let mut unwound = Unwound::of(source);
        for (index, segment) in segments.iter().enumerate() {
            if segment.source != source {
                continue;
            }
            let bytes = self.segment(index)?;
            let damaged = |damage| NotFilmed::Damaged {
                file: segment.file.clone(),
                damage,
            };
            let (_, mut rows) = read(bytes).map_err(damaged)?;
            while let Some(row) = rows.next() {
                if let Row::Packet(packet) = row.map_err(damaged)? {
                    // A row ends with its payload and four bytes of check.
                    let end = rows.good - 4;
                    let bytes = end - packet.payload.len()..end;
                    let place = Place {
                        segment: index,
                        bytes,
                    };
                    unwound.take(&packet, place);
                }
            }
        }
        Ok(unwound.finish())
    }
}

/// Numbers that run around, made to go on.
struct Unwound {
    rate: i64,
    runs: Vec<Run>,
    last: Option<Last>,
}

struct Last {
    at: i64,
    sequence: (u16, i64),
    ticks: (u32, i64),
    /// When the run began.
    begun: i64,
}

impl Unwound {
    const fn of(source: Source) -> Self {
        let rate = match source {
            Source::Microphone => 48_000,
            Source::Camera => 90_000,
        };
        Self {
            rate,
            runs: Vec::new(),
            last: None,
        }
    }

    fn take(&mut self, packet: &Packet<'_>, place: Place) {
        let next = self
            .last
            .take()
            .and_then(|last| last.next(packet, self.rate));
        if next.is_none() {
            self.runs.push(Run::new());
        }
        let next = next.unwrap_or(Last {
            at: packet.at,
            sequence: (packet.sequence, 0),
            ticks: (packet.timestamp, 0),
            begun: packet.at,
        });
        if let Some(run) = self.runs.last_mut() {
            run.push(Seen {
                sequence: next.sequence.1,
                ticks: next.ticks.1,
                at: packet.at,
                marker: packet.marker,
                place,
            });
        }
        self.last = Some(next);
    }

    /// Sets each run in order, without what came twice, and finds the times.
    fn finish(mut self) -> Vec<Run> {
        for run in &mut self.runs {
            run.sort_by_key(|seen| seen.sequence);
            run.dedup_by_key(|seen| seen.sequence);
            let line = Line::through(run.iter().map(|seen| (seen.ticks, seen.at)), self.rate);
            for seen in run {
                seen.at = line.at(seen.ticks);
            }
        }
        self.runs
    }
}

impl Last {
    /// Where this packet stands in the same run; none if it begins another: after a pause, or where the sender's numbers or
    /// clock are elsewhere, which they may not take the film along to.
    fn next(&self, packet: &Packet<'_>, rate: i64) -> Option<Self> {
        let steps = packet.sequence.wrapping_sub(self.sequence.0).cast_signed();
        let ticks = packet.timestamp.wrapping_sub(self.ticks.0).cast_signed();
        let ticks = self.ticks.1 + i64::from(ticks);
        let since = packet.at.saturating_sub(self.begun);
        let apart = packet.at.saturating_sub(self.at).saturating_abs();
        let astray = since
            .saturating_sub(ticks * 1_000_000 / rate)
            .saturating_abs();
        let goes_on = steps.unsigned_abs() <= FAR && apart <= APART && astray <= ASTRAY;
        goes_on.then(|| Self {
            at: packet.at,
            sequence: (packet.sequence, self.sequence.1 + i64::from(steps)),
            ticks: (packet.timestamp, ticks),
            begun: self.begun,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwound(packets: &[(i64, u16, u32)]) -> Vec<Vec<(i64, i64)>> {
        let mut unwound = Unwound::of(Source::Microphone);
        for &(at, sequence, timestamp) in packets {
            let packet = Packet {
                at,
                sequence,
                timestamp,
                marker: true,
                payload: &[],
            };
            unwound.take(&packet, Place::nowhere());
        }
        let runs = unwound.finish().into_iter();
        let told = |run: Run| run.iter().map(|seen| (seen.sequence, seen.ticks)).collect();
        runs.map(told).collect()
    }

    #[test]
    fn numbers_go_on_where_they_run_around_and_stand_in_the_order_of_sending() {
        let packets = [
            (0, 65_534, 4_294_966_336),
            (20_000, 0, 960),
            (21_000, 65_535, 0),
            (22_000, 0, 960),
            (60_000, 2, 2_880),
        ];
        let run = vec![(0, 0), (1, 960), (2, 1_920), (4, 3_840)];
        assert_eq!(unwound(&packets), [run]);
    }

    #[test]
    fn after_a_long_pause_something_else_begins() {
        let packets = [
            (0, 7, 0),
            (20_000, 8, 960),
            (9_000_000, 9, 5_000),
            (9_000_001, 40_000, 5),
        ];
        let runs = unwound(&packets);
        assert_eq!(runs, [vec![(0, 0), (1, 960)], vec![(0, 0)], vec![(0, 0)]]);
    }

    /// Half a day by the sender's clock in 20 ms of ours.
    #[test]
    fn a_clock_that_leaps_takes_the_film_nowhere() {
        let packets = [(0, 7, 0), (20_000, 8, 1 << 31), (40_000, 9, 960)];
        assert_eq!(unwound(&packets).len(), 3);
        let creeping: Vec<_> = (0..400)
            .map(|n| (i64::from(n) * 20, n, u32::from(n) * 960))
            .collect();
        let runs = unwound(&creeping);
        assert!(runs.iter().all(|run| run.len() <= 152), "{}", runs[0].len());
    }
}

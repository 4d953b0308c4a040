//! The packets of one person's sound or picture, out of all its segments, in the order in which they were sent and with the
//! time at which each was said or shown.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::film::NotFilmed;
use super::line::Line;
use super::segment::{Packet, Row, read};
use super::{Segment, Source, opus};
use crate::domain::hash::ContentHash;

/// Where nothing came for so long, or numbers jump so far, something else begins, which is put in order for itself.
const APART: i64 = 5_000_000;
const FAR: u16 = 3_000;
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
        let mut unwound = Unwound::default();
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
        Ok(unwound.finish(source))
    }
}

/// Numbers that run around, made to go on.
#[derive(Default)]
struct Unwound {
    runs: Vec<Run>,
    last: Option<Last>,
}

struct Last {
    at: i64,
    sequence: (u16, i64),
    ticks: (u32, i64),
}

impl Unwound {
    fn take(&mut self, packet: &Packet<'_>, place: Place) {
        let goes_on = |last: &Last| {
            let forwards = packet.sequence.wrapping_sub(last.sequence.0);
            let far = forwards.min(forwards.wrapping_neg()) > FAR;
            !far && packet.at.saturating_sub(last.at).saturating_abs() <= APART
        };
        let last = self.last.take().filter(goes_on);
        if last.is_none() {
            self.runs.push(Run::new());
        }
        let (sequence, ticks) = last.map_or((0, 0), |last| {
            let steps = packet.sequence.wrapping_sub(last.sequence.0).cast_signed();
            let ticks = packet.timestamp.wrapping_sub(last.ticks.0).cast_signed();
            (
                last.sequence.1 + i64::from(steps),
                last.ticks.1 + i64::from(ticks),
            )
        });
        self.last = Some(Last {
            at: packet.at,
            sequence: (packet.sequence, sequence),
            ticks: (packet.timestamp, ticks),
        });
        if let Some(run) = self.runs.last_mut() {
            run.push(Seen {
                sequence,
                ticks,
                at: packet.at,
                marker: packet.marker,
                place,
            });
        }
    }

    /// Sets each run in order, without what came twice, and finds the times.
    fn finish(mut self, source: Source) -> Vec<Run> {
        let rate = match source {
            Source::Microphone => i64::from(opus::RATE),
            Source::Camera => 90_000,
        };
        for run in &mut self.runs {
            run.sort_by_key(|seen| seen.sequence);
            run.dedup_by_key(|seen| seen.sequence);
            let line = Line::through(run.iter().map(|seen| (seen.ticks, seen.at)), rate);
            for seen in run {
                seen.at = line.at(seen.ticks);
            }
        }
        self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwound(packets: &[(i64, u16, u32)]) -> Vec<Vec<(i64, i64)>> {
        let mut unwound = Unwound::default();
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
        let runs = unwound.finish(Source::Microphone).into_iter();
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
}

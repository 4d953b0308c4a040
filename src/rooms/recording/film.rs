//! A film of one person, for any browser, out of the segments of their sound and picture: nothing is coded anew.

use std::io::{self, Seek, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;

use super::picture::{Picture, pictures};
use super::segment::Damage;
use super::sound::{Heard, Said, heard, said};
use super::stream::{Place, Shelf};
use super::webm::{Contents, Track, Webm};
use super::writing::instant;
use super::{Segment, Source, opus};

/// Where nothing is heard or seen for longer, one part of a film ends and another begins.
const APART: i64 = 2_000_000;
/// How long the last picture is looked at, in milliseconds.
const LAST_PICTURE: u64 = 100;

/// Why there is no film.
#[derive(Debug, Error)]
pub enum NotFilmed {
    #[error("a film cannot be read or written: {0}")]
    Io(#[from] io::Error),
    #[error("{file}: is not what was recorded")]
    Changed { file: String },
    #[error("{file}: {damage}")]
    Damaged { file: String, damage: Damage },
    /// Nothing can be heard or seen in these segments.
    #[error("nothing was recorded that can be played")]
    Empty,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// When its first moment was.
    pub starts_at: Timestamp,
    pub length: Duration,
    /// The largest width and height of its pictures; they may be of several sizes.
    pub picture: Option<(u16, u16)>,
    pub pictures: u64,
    /// Packets of sound, silence not among them.
    pub packets: u64,
    /// From when to when there is something to be heard or seen, since its first moment.
    pub spans: Vec<(Duration, Duration)>,
}

/// Writes a `WebM` file of these segments, which are one person's, as [`super::chain`] gives them.
pub fn film(
    recordings: &Path,
    segments: &[Segment],
    out: &mut (impl Write + Seek),
) -> Result<Film, NotFilmed> {
    let mut shelf = Shelf::of(recordings, segments);
    let runs = shelf.runs(segments, Source::Microphone)?;
    let said = said(&mut shelf, runs)?;
    let runs = shelf.runs(segments, Source::Camera)?;
    let pictures = pictures(&mut shelf, runs)?;
    let times = said.iter().map(|it| it.at);
    let times = times.chain(pictures.iter().map(|it| it.at));
    let begun = times.min().ok_or(NotFilmed::Empty)?;
    let (heard, end) = heard(&said, begun);
    let contents = Contents {
        picture: largest(&pictures),
        sound: !said.is_empty(),
        begun: instant(begun),
    };
    let mut webm = Webm::begin(out, &contents)?;
    let mut shown = 0;
    for (at, block) in blocks(&heard, &pictures, begun) {
        let (track, key, data) = match block {
            Block::Silence => (Track::Sound, true, opus::SILENCE.to_vec()),
            Block::Sound(place) => (Track::Sound, true, shelf.payload(place)?.to_vec()),
            Block::Picture(picture) => {
                shown = at + LAST_PICTURE;
                let data = together(&mut shelf, &picture.parts)?;
                (Track::Picture, picture.key.is_some(), data)
            }
        };
        webm.block(track, at, key, &data)?;
    }
    let sounds = u64::try_from(end / SAMPLES_A_MILLISECOND).unwrap_or(0);
    let length = sounds.max(shown);
    webm.finish(length)?;
    Ok(Film {
        starts_at: contents.begun,
        length: Duration::from_millis(length),
        picture: contents.picture,
        pictures: count(pictures.len()),
        packets: count(heard.iter().filter(|it| it.place.is_some()).count()),
        spans: spans(&said, &pictures, begun),
    })
}

const SAMPLES_A_MILLISECOND: i64 = 48;

enum Block<'a> {
    Silence,
    Sound(&'a Place),
    Picture(&'a Picture),
}

/// What is written, in the order of time, each with its milliseconds; no two pictures at the same one.
fn blocks<'a>(heard: &'a [Heard], pictures: &'a [Picture], begun: i64) -> Vec<(u64, Block<'a>)> {
    let mut blocks = Vec::with_capacity(heard.len() + pictures.len());
    let mut next = 0;
    for picture in pictures {
        let since = picture.at.saturating_sub(begun).max(0) / 1_000;
        let at = u64::try_from(since).unwrap_or(0).max(next);
        next = at + 1;
        blocks.push((at, Block::Picture(picture)));
    }
    for sound in heard {
        let at = u64::try_from(sound.from / SAMPLES_A_MILLISECOND).unwrap_or(0);
        let block = sound.place.as_ref().map_or(Block::Silence, Block::Sound);
        blocks.push((at, block));
    }
    blocks.sort_by_key(|(at, _)| *at);
    blocks
}

fn together(shelf: &mut Shelf, parts: &[Place]) -> Result<Vec<u8>, NotFilmed> {
    let mut picture = Vec::new();
    for part in parts {
        picture.extend(shelf.payload(part)?);
    }
    Ok(picture)
}

fn largest(pictures: &[Picture]) -> Option<(u16, u16)> {
    let sizes = pictures.iter().filter_map(|picture| picture.key);
    sizes.max_by_key(|(width, height)| u32::from(*width) * u32::from(*height))
}

fn spans(said: &[Said], pictures: &[Picture], begun: i64) -> Vec<(Duration, Duration)> {
    let times = said.iter().map(|it| it.at);
    let times = times.chain(pictures.iter().map(|it| it.at));
    let mut times: Vec<i64> = times.collect();
    times.sort_unstable();
    let since = |at: i64| Duration::from_micros(u64::try_from(at - begun).unwrap_or(0));
    let spans = times.chunk_by(|a, b| b - a <= APART);
    let ends = spans.filter_map(|span| Some((since(*span.first()?), since(*span.last()?))));
    ends.collect()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

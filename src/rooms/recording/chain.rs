//! Whether the segments of a recording are all there, unchanged and in order.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use thiserror::Error;

use super::segment::{CLOSED, Damage, Header, Row, read};
use super::writing::instant;
use super::{Segment, Source};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PersonId, RecordingId};

/// Why a recording is not what was recorded.
#[derive(Debug, Error)]
pub enum Broken {
    #[error("the recording cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("{file}: {damage}")]
    Damaged { file: String, damage: Damage },
    /// It says in itself that it belongs elsewhere.
    #[error("{file}: is not the segment its name says")]
    Misplaced { file: String },
    /// The one before it is missing or another.
    #[error("{file}: does not follow the segment before it")]
    Unchained { file: String },
}

/// All segments of a recording, by person, source and number, once each was found whole and chained to the one before.
pub fn chain(recordings: &Path, recording: RecordingId) -> Result<Vec<Segment>, Broken> {
    let folder = recordings.join(recording.to_string());
    let mut heads: BTreeMap<(PersonId, Source), Segment> = BTreeMap::new();
    let mut segments = Vec::new();
    for file in closed(&folder)? {
        let segment = match segment(&folder.join(&file))? {
            Ok(segment) => segment,
            Err(damage) => return Err(Broken::Damaged { file, damage }),
        };
        if segment.file != file || segment.recording != recording {
            return Err(Broken::Misplaced { file });
        }
        let head = heads.get(&(segment.person, segment.source));
        let number = head.map_or(0, |head| head.number + 1);
        let previous = head.map(|head| &head.hash);
        if segment.number != number || segment.previous.as_ref() != previous {
            return Err(Broken::Unchained { file });
        }
        heads.insert((segment.person, segment.source), segment.clone());
        segments.push(segment);
    }
    Ok(segments)
}

/// Who is to be heard or seen in these segments.
pub fn people(segments: &[Segment]) -> BTreeSet<PersonId> {
    segments.iter().map(|segment| segment.person).collect()
}

/// Removes all that was kept of a recording; what is not there is removed already.
pub fn erase(recordings: &Path, recording: RecordingId) -> io::Result<()> {
    match std::fs::remove_dir_all(recordings.join(recording.to_string())) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// The names of the closed segments in a folder, in the order of their numbers.
pub(super) fn closed(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_str().filter(|name| {
            let end = Path::new(name).extension();
            end.is_some_and(|end| end == CLOSED)
        });
        names.extend(name.map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

/// What a closed segment says of itself.
pub(super) fn segment(path: &Path) -> io::Result<Result<Segment, Damage>> {
    let bytes = std::fs::read(path)?;
    Ok(read(&bytes).and_then(|(header, rows)| told(&header, rows, &bytes)))
}

fn told<'a>(
    header: &Header,
    rows: impl Iterator<Item = Result<Row<'a>, Damage>>,
    bytes: &[u8],
) -> Result<Segment, Damage> {
    let (mut packets, mut first, mut last, mut torn) = (0, i64::MAX, i64::MIN, false);
    for row in rows {
        match row? {
            Row::Packet(packet) => {
                packets += 1;
                first = first.min(packet.at);
                last = last.max(packet.at);
            }
            Row::Gap { .. } => {}
            Row::Torn => torn = true,
        }
    }
    Ok(Segment {
        recording: header.recording,
        person: header.person,
        source: header.source,
        number: header.number,
        hash: ContentHash::of(bytes),
        previous: header.previous.clone(),
        file: header.file(),
        bytes: u64::try_from(bytes.len()).unwrap_or(0),
        packets,
        from: instant(first),
        until: instant(last),
        torn,
    })
}

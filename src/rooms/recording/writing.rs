//! One row of segments as it is written: opened with its first packet, closed in time, and never changed afterwards.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::segment::{CLOSED, Header, OPEN, Packet, Row, read, track_prefix};
use super::{Segment, Source, chain};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PersonId, RecordingId};

/// A segment is closed after this time or this many bytes: no more is lost with it.
pub(super) const LONGEST: Duration = Duration::from_secs(10);
const LARGEST: u64 = 4 << 20;
/// Bytes that are collected before the system is asked to take them.
const COLLECTED: usize = 64 << 10;

/// One person's sound or picture in one recording.
#[derive(Debug)]
pub(super) struct Track {
    folder: PathBuf,
    next: u32,
    previous: Option<ContentHash>,
    open: Option<Open>,
}

/// A segment that is being written.
#[derive(Debug)]
struct Open {
    header: Header,
    path: PathBuf,
    file: File,
    waiting: Vec<u8>,
    hash: Sha256,
    bytes: u64,
    packets: u64,
    first: i64,
    last: i64,
    until: Instant,
}

impl Track {
    /// Goes on behind the segments that are in the folder already.
    pub(super) fn begin(folder: PathBuf, person: PersonId, source: Source) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let prefix = track_prefix(person, source);
        let files = chain::closed(&folder)?;
        let last = files.iter().rfind(|name| name.starts_with(&prefix));
        let (next, previous) = match last {
            Some(name) => {
                let bytes = std::fs::read(folder.join(name))?;
                let number = read(&bytes).map_or(0, |(header, _)| header.number);
                (number + 1, Some(ContentHash::of(&bytes)))
            }
            None => (0, None),
        };
        Ok(Self {
            folder,
            next,
            previous,
            open: None,
        })
    }

    /// When the open segment has to be closed.
    pub(super) fn due(&self) -> Option<Instant> {
        self.open.as_ref().map(|open| open.until)
    }

    pub(super) fn is_full(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.bytes >= LARGEST)
    }

    /// Writes a packet; the header is asked for if it begins a segment.
    pub(super) fn write(
        &mut self,
        packet: Packet<'_>,
        now: Instant,
        header: impl FnOnce(u32, Option<ContentHash>) -> Header,
    ) -> io::Result<()> {
        if self.open.is_none() {
            let header = header(self.next, self.previous.clone());
            self.open = Some(Open::create(&self.folder, header, now)?);
        }
        self.note(&Row::Packet(packet))
    }

    /// Writes a row into the open segment, if there is one.
    pub(super) fn note(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |open| open.write(row))
    }

    /// Hands everything to the system, so that the end of this process alone loses nothing of it.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), Open::flush)
    }

    /// Closes the open segment, if there is one.
    pub(super) fn close(&mut self) -> io::Result<Option<Segment>> {
        let Some(open) = &mut self.open else {
            return Ok(None);
        };
        let segment = open.close(&self.folder)?;
        self.open = None;
        self.went(&segment);
        Ok(Some(segment))
    }

    /// After a failure: what is whole of the open segment.
    pub(super) fn salvage(self) -> io::Result<Option<Segment>> {
        let Some(open) = self.open else {
            return Ok(None);
        };
        drop(open.file);
        Ok(salvage(&open.path)?.map(|(_, segment)| segment))
    }

    fn went(&mut self, segment: &Segment) {
        self.next = segment.number + 1;
        self.previous = Some(segment.hash.clone());
    }
}

impl Open {
    fn create(folder: &Path, header: Header, now: Instant) -> io::Result<Self> {
        let path = folder.join(header.file()).with_extension(OPEN);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        let mut open = Self {
            path,
            file,
            waiting: Vec::with_capacity(COLLECTED),
            hash: Sha256::new(),
            bytes: 0,
            packets: 0,
            first: i64::MAX,
            last: i64::MIN,
            until: now + LONGEST,
            header,
        };
        open.waiting.extend(open.header.line()?);
        if let Err(error) = open.flush() {
            // Nothing of it is of use, and what is open is waited for.
            std::fs::remove_file(&open.path)?;
            return Err(error);
        }
        Ok(open)
    }

    fn write(&mut self, row: &Row<'_>) -> io::Result<()> {
        row.write(&mut self.waiting);
        if let Row::Packet(Packet { at, .. }) = row {
            self.packets += 1;
            self.first = self.first.min(*at);
            self.last = self.last.max(*at);
        }
        if self.waiting.len() >= COLLECTED {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.hash.update(&self.waiting);
        self.bytes += u64::try_from(self.waiting.len()).unwrap_or(0);
        self.waiting.clear();
        Ok(())
    }

    fn close(&mut self, folder: &Path) -> io::Result<Segment> {
        self.flush()?;
        seal(&self.file, &self.path, folder)?;
        Ok(Segment {
            recording: self.header.recording,
            person: self.header.person,
            source: self.header.source,
            number: self.header.number,
            hash: ContentHash::of_digest(self.hash.clone().finalize().into()),
            previous: self.header.previous.clone(),
            file: self.header.file(),
            bytes: self.bytes,
            packets: self.packets,
            from: instant(self.first),
            until: instant(self.last),
            torn: false,
        })
    }
}

pub(super) fn instant(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or_default()
}

/// From here on the file lies there, whole, under its last name, even if the machine loses its power.
fn seal(file: &File, path: &Path, folder: &Path) -> io::Result<()> {
    file.sync_all()?;
    std::fs::rename(path, path.with_extension(CLOSED))?;
    File::open(folder)?.sync_all()
}

/// Closes a segment that was left open, behind its last whole row; one without any packet is removed.
pub(super) fn salvage(path: &Path) -> io::Result<Option<(Header, Segment)>> {
    let bytes = std::fs::read(path)?;
    let Some((header, good)) = whole(&bytes) else {
        std::fs::remove_file(path)?;
        return Ok(None);
    };
    let mut torn = Vec::new();
    Row::Torn.write(&mut torn);
    let mut file = OpenOptions::new().append(true).open(path)?;
    file.set_len(u64::try_from(good).unwrap_or(0))?;
    file.write_all(&torn)?;
    let folder = path.parent().unwrap_or(path);
    seal(&file, path, folder)?;
    let segment = chain::segment(&folder.join(header.file()))?;
    Ok(segment.ok().map(|segment| (header, segment)))
}

/// The header and the length of what can be kept; none if that holds no packet.
fn whole(bytes: &[u8]) -> Option<(Header, usize)> {
    let (header, mut rows) = read(bytes).ok()?;
    let mut packets = 0;
    while let Some(Ok(row)) = rows.next() {
        packets += usize::from(matches!(row, Row::Packet(_)));
    }
    (packets > 0).then_some((header, rows.good))
}

/// Closes what earlier processes left open under this folder of recordings; gives the headers beside the segments.
pub(super) fn salvage_all(recordings: &Path) -> io::Result<Vec<(Header, Segment)>> {
    let mut found = Vec::new();
    if !recordings.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(recordings)? {
        let folder = entry?.path();
        let is_one = folder.file_name().and_then(|name| name.to_str());
        if is_one.is_none_or(|name| name.parse::<RecordingId>().is_err()) || !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == OPEN) {
                match salvage(&path) {
                    Ok(segment) => found.extend(segment),
                    Err(error) => {
                        tracing::error!(%error, "a segment of a recording stays open; the next start tries again");
                    }
                }
            }
        }
    }
    Ok(found)
}

//! A `WebM` file (Matroska, RFC 9559) as it is written: sound in Opus, picture in VP8, and where one may begin to look. The
//! crates looked at bind a C++ library, or write elements and leave clusters and cues to the caller, which is most of this.

use std::io::{self, Seek, SeekFrom, Write};

use jiff::Timestamp;

use super::opus;

/// The longest stretch of one cluster.
const CLUSTER: u64 = 5_000;
/// The most bytes of one cluster.
const CLUSTER_BYTES: usize = 4 << 20;
/// Seconds from 1970 to the beginning of 2001, from where Matroska counts.
const MATROSKA_EPOCH: i64 = 978_307_200;
/// What a player decodes of sound before the place it looked for, in nanoseconds (RFC 7845).
const PRE_ROLL: u64 = 80_000_000;

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114d_9b74;
const INFO: u32 = 0x1549_a966;
const TRACKS: u32 = 0x1654_ae6b;
const CUES: u32 = 0x1c53_bb6b;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Track {
    Picture,
    Sound,
}

impl Track {
    const fn number(self) -> u8 {
        match self {
            Self::Picture => 1,
            Self::Sound => 2,
        }
    }
}

/// What a file is to hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contents {
    /// Width and height.
    pub(super) picture: Option<(u16, u16)>,
    pub(super) sound: bool,
    pub(super) begun: Timestamp,
}

/// One file on its way; nothing is whole before [`Self::finish`].
pub(super) struct Webm<W> {
    out: W,
    /// Where the segment's contents begin in `out`, and how far all is written.
    segment: u64,
    written: u64,
    patches: Patches,
    cluster: Option<Cluster>,
    cues: Vec<u8>,
}

struct Cluster {
    from: u64,
    body: Vec<u8>,
}

/// Places that are filled in at the end.
#[derive(Default)]
struct Patches {
    segment_size: u64,
    cues: u64,
    duration: u64,
}

impl<W: Write + Seek> Webm<W> {
    pub(super) fn begin(mut out: W, contents: &Contents) -> io::Result<Self> {
        let start = out.stream_position()?;
        let mut head = ebml();
        put_id(&mut head, SEGMENT);
        let mut patches = Patches {
            segment_size: start + place(&head),
            ..Patches::default()
        };
        put_wide_size(&mut head, 0);
        let segment = start + place(&head);
        let (info, duration) = info(contents.begun);
        let tracks = tracks(contents);
        let (seek, cues) = seek_head(place(&info));
        patches.cues = start + place(&head) + cues;
        head.extend(seek);
        patches.duration = start + place(&head) + duration;
        head.extend(info);
        head.extend(tracks);
        out.write_all(&head)?;
        Ok(Self {
            out,
            segment,
            written: start + place(&head),
            patches,
            cluster: None,
            cues: Vec::new(),
        })
    }

    /// One picture or one packet of sound, at so many milliseconds. They must come in the order of time.
    pub(super) fn block(
        &mut self,
        track: Track,
        at: u64,
        key: bool,
        data: &[u8],
    ) -> io::Result<()> {
        let starts = track == Track::Picture && key;
        let full = |cluster: &Cluster| {
            at >= cluster.from + CLUSTER || cluster.body.len() + data.len() > CLUSTER_BYTES
        };
        if starts || self.cluster.as_ref().is_none_or(full) {
            self.close_cluster()?;
            if starts || track == Track::Sound {
                self.cue(track, at);
            }
        }
        let cluster = self.cluster.get_or_insert_with(|| Cluster::new(at));
        let offset = i16::try_from(at.saturating_sub(cluster.from)).unwrap_or(i16::MAX);
        put_id(&mut cluster.body, 0xa3);
        put_size(&mut cluster.body, 4 + place(data));
        cluster.body.push(0x80 | track.number());
        cluster.body.extend(offset.to_be_bytes());
        cluster.body.push(if key { 0x80 } else { 0 });
        cluster.body.extend(data);
        Ok(())
    }

    /// So that a player finds the cluster that begins now.
    fn cue(&mut self, track: Track, at: u64) {
        let mut positions = Vec::new();
        put_number(&mut positions, 0xf7, track.number().into());
        put_number(&mut positions, 0xf1, self.written - self.segment);
        let mut point = Vec::new();
        put_number(&mut point, 0xb3, at);
        put(&mut point, 0xb7, &positions);
        put(&mut self.cues, 0xbb, &point);
    }

    fn close_cluster(&mut self) -> io::Result<()> {
        let Some(cluster) = self.cluster.take() else {
            return Ok(());
        };
        let mut element = Vec::with_capacity(cluster.body.len() + 16);
        put(&mut element, 0x1f43_b675, &cluster.body);
        self.out.write_all(&element)?;
        self.written += place(&element);
        Ok(())
    }

    /// Ends the file, which lasts so many milliseconds.
    pub(super) fn finish(mut self, length: u64) -> io::Result<()> {
        self.close_cluster()?;
        let cues = self.written - self.segment;
        let mut element = Vec::new();
        put(&mut element, CUES, &self.cues);
        self.out.write_all(&element)?;
        self.written += place(&element);
        self.patch(self.patches.cues, &cues.to_be_bytes())?;
        self.patch(self.patches.duration, &milliseconds(length).to_be_bytes())?;
        let size = self.written - self.segment;
        self.patch(self.patches.segment_size, &wide_size(size))?;
        self.out.seek(SeekFrom::Start(self.written))?;
        self.out.flush()
    }

    fn patch(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.out.seek(SeekFrom::Start(at))?;
        self.out.write_all(bytes)
    }
}

impl Cluster {
    fn new(from: u64) -> Self {
        let mut body = Vec::new();
        put_number(&mut body, 0xe7, from);
        Self { from, body }
    }
}

fn ebml() -> Vec<u8> {
    let mut body = Vec::new();
    for (id, value) in [(0x4286, 1), (0x42f7, 1), (0x42f2, 4), (0x42f3, 8)] {
        put_number(&mut body, id, value);
    }
    put(&mut body, 0x4282, b"webm");
    put_number(&mut body, 0x4287, 4);
    put_number(&mut body, 0x4285, 2);
    let mut head = Vec::new();
    put(&mut head, EBML, &body);
    head
}

/// Where the other parts are, and where in it the place of the cues stands. Its own length does not depend on them.
fn seek_head(info: u64) -> (Vec<u8>, u64) {
    let entries = |own: u64| {
        let places = [(INFO, own), (TRACKS, own + info), (CUES, 0)];
        let mut body = Vec::new();
        for (id, at) in places {
            let mut entry = Vec::new();
            put(&mut entry, 0x53ab, &id.to_be_bytes());
            put(&mut entry, 0x53ac, &at.to_be_bytes());
            put(&mut body, 0x4dbb, &entry);
        }
        let mut element = Vec::new();
        put(&mut element, SEEK_HEAD, &body);
        element
    };
    let element = entries(place(&entries(0)));
    let cues = place(&element) - 8;
    (element, cues)
}

/// What the file is, and where in it the length stands.
fn info(begun: Timestamp) -> (Vec<u8>, u64) {
    let since = begun.as_nanosecond() - i128::from(MATROSKA_EPOCH) * 1_000_000_000;
    let mut body = Vec::new();
    put_number(&mut body, 0x2a_d7b1, 1_000_000);
    put(
        &mut body,
        0x4461,
        &i64::try_from(since).unwrap_or(0).to_be_bytes(),
    );
    put(&mut body, 0x4d80, b"heyi");
    put(&mut body, 0x5741, b"heyi");
    put(&mut body, 0x4489, &0_f64.to_be_bytes());
    let mut element = Vec::new();
    put(&mut element, INFO, &body);
    let duration = place(&element) - 8;
    (element, duration)
}

fn tracks(contents: &Contents) -> Vec<u8> {
    let mut body = Vec::new();
    if let Some((width, height)) = contents.picture {
        let mut video = Vec::new();
        put_number(&mut video, 0xb0, width.into());
        put_number(&mut video, 0xba, height.into());
        let mut entry = track(Track::Picture, 1, b"V_VP8");
        put(&mut entry, 0xe0, &video);
        put(&mut body, 0xae, &entry);
    }
    if contents.sound {
        let mut audio = Vec::new();
        put(&mut audio, 0xb5, &f64::from(opus::RATE).to_be_bytes());
        put_number(&mut audio, 0x9f, 2);
        let mut entry = track(Track::Sound, 2, b"A_OPUS");
        put(&mut entry, 0x63a2, &opus_head());
        put_number(&mut entry, 0x56aa, 0);
        put_number(&mut entry, 0x56bb, PRE_ROLL);
        put(&mut entry, 0xe1, &audio);
        put(&mut body, 0xae, &entry);
    }
    let mut element = Vec::new();
    put(&mut element, TRACKS, &body);
    element
}

fn track(track: Track, kind: u64, codec: &[u8]) -> Vec<u8> {
    let mut entry = Vec::new();
    put_number(&mut entry, 0xd7, track.number().into());
    put_number(&mut entry, 0x73c5, track.number().into());
    put_number(&mut entry, 0x83, kind);
    put_number(&mut entry, 0x9c, 0);
    put(&mut entry, 0x86, codec);
    entry
}

/// How the sound is to be decoded (RFC 7845, 5.1): two channels, from the first sample on.
fn opus_head() -> Vec<u8> {
    let mut head = b"OpusHead".to_vec();
    head.extend([1, 2, 0, 0]);
    head.extend(opus::RATE.to_le_bytes());
    head.extend([0, 0, 0]);
    head
}

fn place(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn milliseconds(length: u64) -> f64 {
    u32::try_from(length).map_or(f64::from(u32::MAX), f64::from)
}

fn put(to: &mut Vec<u8>, id: u32, body: &[u8]) {
    put_id(to, id);
    put_size(to, place(body));
    to.extend(body);
}

fn put_number(to: &mut Vec<u8>, id: u32, value: u64) {
    let bytes = value.to_be_bytes();
    let skip = bytes.iter().take(7).take_while(|byte| **byte == 0).count();
    put(to, id, &bytes[skip..]);
}

fn put_id(to: &mut Vec<u8>, id: u32) {
    to.extend(id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0));
}

/// In as few bytes as hold it: the first says by its leading zeros how many follow.
fn put_size(to: &mut Vec<u8>, size: u64) {
    let bytes = (1..8_u32).find(|bytes| size < (1 << (7 * bytes)) - 1);
    match bytes {
        Some(bytes) => {
            let marked = (size | 1 << (7 * bytes)).to_be_bytes();
            to.extend(&marked[8 - usize::try_from(bytes).unwrap_or(8)..]);
        }
        None => put_wide_size(to, size),
    }
}

fn put_wide_size(to: &mut Vec<u8>, size: u64) {
    to.extend(wide_size(size));
}

const fn wide_size(size: u64) -> [u8; 8] {
    (size | 1 << 56).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const CLUSTERS: u32 = 0x1f43_b675;

    /// One element: its id, where it begins, and its body.
    type Element<'a> = (u32, usize, &'a [u8]);

    /// The elements that lie in these bytes from `at` of the file on, one behind the other to the end.
    fn elements(mut bytes: &[u8], mut at: usize) -> Vec<Element<'_>> {
        let mut elements = Vec::new();
        while let Some(first) = bytes.first() {
            let id_length = usize::try_from(first.leading_zeros()).unwrap() + 1;
            let id = bytes[..id_length]
                .iter()
                .fold(0, |id, byte| id << 8 | u32::from(*byte));
            let rest = &bytes[id_length..];
            let size_length = usize::try_from(rest[0].leading_zeros()).unwrap() + 1;
            let size = number(&rest[..size_length]) & ((1 << (7 * size_length)) - 1);
            let (body, rest) = rest[size_length..].split_at(usize::try_from(size).unwrap());
            elements.push((id, at, body));
            at += bytes.len() - rest.len();
            bytes = rest;
        }
        elements
    }

    fn number(bytes: &[u8]) -> u64 {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn only<'a>(elements: &[Element<'a>], id: u32) -> &'a [u8] {
        elements.iter().find(|it| it.0 == id).unwrap().2
    }

    /// A minute with a picture every 100 ms, of which every 70th needs no other, and sound between.
    fn minute() -> Vec<u8> {
        let contents = Contents {
            picture: Some((320, 180)),
            sound: true,
            begun: "2026-03-01T08:00:00Z".parse().unwrap(),
        };
        let mut out = Cursor::new(Vec::new());
        let mut webm = Webm::begin(&mut out, &contents).unwrap();
        for n in 0..600 {
            webm.block(Track::Picture, n * 100, n % 70 == 0, &[7; 200])
                .unwrap();
            webm.block(Track::Sound, n * 100 + 50, true, &[8; 40])
                .unwrap();
        }
        webm.finish(60_000).unwrap();
        out.into_inner()
    }

    #[test]
    fn everything_lies_where_the_file_says() {
        let file = minute();
        let top = elements(&file, 0);
        assert_eq!(
            top.iter().map(|it| it.0).collect::<Vec<_>>(),
            [EBML, SEGMENT]
        );
        let segment = top[1].2;
        let begin = file.len() - segment.len();
        let parts = elements(segment, begin);
        for (_, _, seek) in elements(only(&parts, SEEK_HEAD), 0) {
            let entry = elements(seek, 0);
            let id = number(only(&entry, 0x53ab));
            let at = usize::try_from(number(only(&entry, 0x53ac))).unwrap();
            let there = parts.iter().find(|it| it.1 == begin + at).unwrap();
            assert_eq!(u64::from(there.0), id);
        }
        let info = elements(only(&parts, INFO), 0);
        let length = f64::from_be_bytes(only(&info, 0x4489).try_into().unwrap());
        assert!((length - 60_000.0).abs() < f64::EPSILON);
        let mut cued = Vec::new();
        for (_, _, point) in elements(only(&parts, CUES), 0) {
            let point = elements(point, 0);
            let position = elements(only(&point, 0xb7), 0);
            let at = usize::try_from(number(only(&position, 0xf1))).unwrap();
            let there = parts.iter().find(|it| it.1 == begin + at).unwrap();
            assert_eq!(there.0, CLUSTERS);
            let cluster = elements(there.2, 0);
            let time = number(only(&point, 0xb3));
            assert_eq!(number(only(&cluster, 0xe7)), time);
            cued.push(time);
        }
        let keys = (0..600).step_by(70).map(|n| n * 100);
        assert!(keys.clone().all(|key| cued.contains(&key)), "{cued:?}");
    }

    #[test]
    fn blocks_stand_in_the_order_of_time_in_clusters_of_five_seconds_at_most() {
        let file = minute();
        let segment = elements(&file, 0)[1].2;
        let parts = elements(segment, 0);
        let clusters = parts.iter().filter(|it| it.0 == CLUSTERS);
        let (mut last, mut blocks) = (0, 0);
        for (_, _, cluster) in clusters {
            let cluster = elements(cluster, 0);
            let from = number(only(&cluster, 0xe7));
            for (_, _, block) in cluster.iter().filter(|it| it.0 == 0xa3) {
                let at = from + number(&block[1..3]);
                assert!(at >= last && at < from + CLUSTER, "{at}");
                (last, blocks) = (at, blocks + 1);
            }
        }
        assert_eq!((last, blocks), (59_950, 1_200));
    }

    #[test]
    fn a_size_is_written_in_as_few_bytes_as_hold_it() {
        for (size, expected) in [
            (0, vec![0x80]),
            (126, vec![0xfe]),
            (127, vec![0x40, 0x7f]),
            (16_382, vec![0x7f, 0xfe]),
            (16_383, vec![0x20, 0x3f, 0xff]),
        ] {
            let mut bytes = Vec::new();
            put_size(&mut bytes, size);
            assert_eq!(bytes, expected, "{size}");
        }
    }
}

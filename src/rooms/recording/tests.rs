//! Recordings on a disk: written, continued, interrupted, changed by somebody, made into films.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use proptest::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use uuid::Uuid;

use super::picture::pictures;
use super::segment::{Codec, Format, Header, Packet, Row, Rows, read};
use super::sound::said;
use super::stream::Shelf;
use super::writing::{Track, instant};
use super::*;
use crate::clock::Clock;
use crate::domain::ids::{CaseId, SessionId};
use crate::rooms::desk::Report;
use crate::rooms::graphs::{GraphId, Graphs, Seating, Tape};
use crate::rooms::registry::Commands;
use crate::rooms::rewrite::Position;
use crate::rooms::room::What;
use crate::rooms::{RoomId, peer};

const RECORDING: RecordingId = RecordingId(Uuid::from_u128(1));
const ONE: PersonId = PersonId(Uuid::from_u128(2));
const ROOM: RoomId = RoomId {
    case: CaseId(Uuid::from_u128(3)),
    session: SessionId(Uuid::from_u128(4)),
};

/// Somebody who speaks and is seen in a joint session that is recorded.
struct Talk {
    graphs: Graphs,
    now: Instant,
    sequence: u16,
}

impl Talk {
    fn begin() -> Self {
        let (mut graphs, now) = (Graphs::default(), Instant::now());
        for kind in [Kind::Audio, Kind::Video] {
            graphs.set_sending(ONE, kind, true);
        }
        let seating = Seating {
            graph: GraphId::Joint,
            speaks: true,
        };
        graphs.settle(&[(ONE, seating)].into(), None, 1);
        graphs.tape_joint(RECORDING, &BTreeSet::from([ONE]), 1);
        graphs.open(|_| 1, now);
        let now = now + Duration::from_secs(1);
        Self {
            graphs,
            now,
            sequence: 0,
        }
    }

    fn says(&mut self, kind: Kind) -> (Tape, peer::Packet) {
        self.now += Duration::from_millis(20);
        self.sequence += 1;
        let position = Position {
            ssrc: 1,
            sequence: self.sequence,
            timestamp: u32::from(self.sequence) * 960,
            starts: true,
        };
        let routes = self.graphs.routes(ONE, kind, position, self.now);
        let packet = peer::Packet {
            kind,
            position,
            marker: true,
            payload: Bytes::from(vec![0x78; usize::from(self.sequence)]),
        };
        (routes.tape.unwrap(), packet)
    }
}

/// A recorder as the media thread has it.
struct Process {
    recorder: Recorder,
    reports: UnboundedReceiver<Report>,
    talk: Talk,
}

impl Process {
    fn open(recordings: &Path) -> Self {
        let (reports, reported) = unbounded_channel();
        let ends = Ends {
            reports,
            commands: Commands::unheard(),
        };
        let clock = Arc::new(Clock::system());
        Self {
            recorder: Recorder::start(recordings.to_owned(), clock, ends).unwrap(),
            reports: reported,
            talk: Talk::begin(),
        }
    }

    fn says(&mut self, packets: usize) {
        for _ in 0..packets {
            let (tape, packet) = self.talk.says(Kind::Audio);
            self.recorder.take(ROOM, tape, &packet, self.talk.now);
        }
    }

    fn turns(&mut self, phase: Phase) {
        self.recorder.turn(ROOM, RECORDING, phase);
    }

    /// Ends the recorder; what it reported.
    fn close(mut self) -> Vec<What> {
        drop(self.recorder);
        let mut reports = Vec::new();
        while let Some(report) = self.reports.blocking_recv() {
            assert_eq!(report.room, ROOM);
            reports.push(report.what);
        }
        reports
    }
}

const fn phase(phase: Phase) -> What {
    What::Recording {
        recording: RECORDING,
        phase,
    }
}

fn segments(reports: &[What]) -> Vec<Segment> {
    let segment = |what: &What| match what {
        What::Segment(segment) => Some(segment.clone()),
        _ => None,
    };
    reports.iter().filter_map(segment).collect()
}

/// Three segments of ten packets, recorded by two processes.
fn three(recordings: &Path) -> Vec<Segment> {
    let asked = Phase::Stopped(WhyStopped::Asked);
    let mut first = Process::open(recordings);
    for then in [Phase::Paused, asked] {
        first.turns(Phase::Running);
        first.says(10);
        first.turns(then);
    }
    let first = first.close();
    let told = segments(&first);
    let [one, two] = &told[..] else {
        panic!("{first:?}");
    };
    let expected = [
        phase(Phase::Running),
        What::Segment(one.clone()),
        phase(Phase::Paused),
        phase(Phase::Running),
        What::Segment(two.clone()),
        phase(asked),
    ];
    assert_eq!(first, expected);
    let mut second = Process::open(recordings);
    second.turns(Phase::Running);
    second.says(10);
    second.turns(asked);
    let mut all = told;
    all.extend(segments(&second.close()));
    all
}

fn folder(recordings: &Path) -> PathBuf {
    recordings.join(RECORDING.to_string())
}

#[test]
fn segments_are_chained_over_pauses_and_processes() {
    let disk = tempfile::tempdir().unwrap();
    let told = three(disk.path());
    let numbers: Vec<u32> = told.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert_eq!(told[0].previous, None);
    for pair in told.windows(2) {
        assert_eq!(pair[1].previous.as_ref(), Some(&pair[0].hash));
    }
    assert!(told.iter().all(|it| it.packets == 10 && !it.torn));
    assert_eq!(chain(disk.path(), RECORDING).unwrap(), told);
    assert_eq!(people(&told), BTreeSet::from([ONE]));
    let bytes = std::fs::read(folder(disk.path()).join(&told[1].file)).unwrap();
    assert_eq!(ContentHash::of(&bytes), told[1].hash);
    let (header, rows) = read(&bytes).unwrap();
    assert_eq!((header.room(), header.codec), (ROOM, Codec::Opus));
    let lengths = rows.map(|row| match row.unwrap() {
        Row::Packet(packet) => packet.payload.len(),
        other => panic!("{other:?}"),
    });
    assert!(lengths.eq(11..21));
    erase(disk.path(), RECORDING).unwrap();
    erase(disk.path(), RECORDING).unwrap();
    assert!(!folder(disk.path()).exists());
}

#[test]
fn whatever_is_changed_is_named() {
    let disk = tempfile::tempdir().unwrap();
    let told = three(disk.path());
    let files: Vec<PathBuf> = told
        .iter()
        .map(|it| folder(disk.path()).join(&it.file))
        .collect();
    let whole: Vec<Vec<u8>> = files.iter().map(|it| std::fs::read(it).unwrap()).collect();
    let broken = || chain(disk.path(), RECORDING).unwrap_err().to_string();
    let names = |n: usize| broken().starts_with(&told[n].file);

    let mut flipped = whole[1].clone();
    *flipped.last_mut().unwrap() ^= 1;
    std::fs::write(&files[1], &flipped).unwrap();
    assert!(names(1), "{}", broken());
    // A row more, with a check that is right: the next segment names another hash.
    let mut longer = whole[1].clone();
    Row::Gap { at: 0, packets: 1 }.write(&mut longer);
    std::fs::write(&files[1], &longer).unwrap();
    assert!(names(2), "{}", broken());
    std::fs::remove_file(&files[1]).unwrap();
    assert!(names(2), "{}", broken());
    std::fs::copy(&files[2], &files[1]).unwrap();
    assert!(names(1), "{}", broken());
    std::fs::write(&files[1], &whole[1]).unwrap();
    assert_eq!(chain(disk.path(), RECORDING).unwrap(), told);
    std::fs::write(&files[2], &longer).unwrap();
    let mut out = Cursor::new(Vec::new());
    let film = film(disk.path(), &told, &mut out);
    assert!(matches!(film, Err(NotFilmed::Changed { file }) if file == told[2].file));
}

/// What lies there when a process is killed while it writes.
fn killed(recordings: &Path, half: &[u8]) {
    let disk = tempfile::tempdir().unwrap();
    let mut process = Process::open(disk.path());
    process.turns(Phase::Running);
    process.says(10);
    process.turns(Phase::Paused);
    process.says(10);
    let open = || {
        let mut entries = std::fs::read_dir(folder(disk.path())).ok()?;
        let open = entries.find_map(|it| {
            it.ok()
                .filter(|it| it.path().extension().unwrap() == "part")
        })?;
        let bytes = std::fs::read(open.path()).ok()?;
        let whole = |(header, rows): (Header, Rows<'_>)| header.number == 1 && rows.count() == 10;
        let whole = read(&bytes).is_ok_and(whole);
        whole.then(|| open.path())
    };
    let path = loop {
        match open() {
            Some(path) => break path,
            None => std::thread::yield_now(),
        }
    };
    std::fs::create_dir_all(folder(recordings)).unwrap();
    for entry in std::fs::read_dir(folder(disk.path())).unwrap() {
        let from = entry.unwrap().path();
        let to = folder(recordings).join(from.file_name().unwrap());
        let mut bytes = std::fs::read(&from).unwrap();
        if from == path {
            bytes.extend(half);
        }
        std::fs::write(to, bytes).unwrap();
    }
    process.close();
}

#[test]
fn after_a_crash_all_is_there_up_to_the_last_whole_packet() {
    for half in [&[][..], &[40, 0, 0, 0, 1, 2, 3], &[255; 100]] {
        let disk = tempfile::tempdir().unwrap();
        killed(disk.path(), half);
        let told = Process::open(disk.path()).close();
        let found = chain(disk.path(), RECORDING).unwrap();
        let interrupted = Phase::Stopped(WhyStopped::Interrupted);
        assert_eq!(told, [What::Segment(found[1].clone()), phase(interrupted)]);
        assert!(found[1].torn && found[1].packets == 10);
        assert_eq!(found.len(), 2);
        assert_eq!(Process::open(disk.path()).close(), [], "once");
    }
}

#[test]
fn what_holds_no_whole_packet_after_a_crash_is_removed() {
    let disk = tempfile::tempdir().unwrap();
    killed(disk.path(), &[]);
    let mut entries = std::fs::read_dir(folder(disk.path())).unwrap();
    let open = entries.find_map(|it| {
        let path = it.unwrap().path();
        (path.extension().unwrap() == "part").then_some(path)
    });
    let open = open.unwrap();
    let bytes = std::fs::read(&open).unwrap();
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for cut in [0, header / 2, header + 1, header + 9] {
        std::fs::write(&open, &bytes[..cut]).unwrap();
        assert_eq!(Process::open(disk.path()).close(), []);
        assert_eq!(chain(disk.path(), RECORDING).unwrap().len(), 1);
        assert!(!open.exists());
    }
}

#[test]
fn a_disk_that_is_too_slow_costs_packets_and_is_told() {
    let disk = tempfile::tempdir().unwrap();
    let mut process = Process::open(disk.path());
    process.says(3);
    process.recorder.hold(true);
    process.says(5);
    let (tape, packet) = process.talk.says(Kind::Video);
    assert!(!process.recorder.take(ROOM, tape, &packet, process.talk.now));
    process.recorder.hold(false);
    process.says(2);
    let (tape, packet) = process.talk.says(Kind::Video);
    let wants_key_frame = process.recorder.take(ROOM, tape, &packet, process.talk.now);
    assert!(wants_key_frame);
    process.turns(Phase::Stopped(WhyStopped::Asked));
    let told = process.close();
    let gap = |source, packets| {
        What::Gap(Gap {
            recording: RECORDING,
            person: ONE,
            source,
            packets,
        })
    };
    assert_eq!(
        told[..2],
        [gap(Source::Microphone, 5), gap(Source::Camera, 1)]
    );
    let sound = &segments(&told)[0];
    assert_eq!((sound.source, sound.packets), (Source::Microphone, 5));
    let bytes = std::fs::read(folder(disk.path()).join(&sound.file)).unwrap();
    let (_, rows) = read(&bytes).unwrap();
    let rows: Vec<_> = rows.map(Result::unwrap).collect();
    assert!(matches!(rows[3], Row::Gap { packets: 5, .. }), "{rows:?}");
}

#[test]
fn a_folder_that_cannot_be_written_stops_the_recording_alone() {
    let disk = tempfile::tempdir().unwrap();
    std::fs::write(folder(disk.path()), "a file in its place").unwrap();
    let mut process = Process::open(disk.path());
    process.turns(Phase::Running);
    process.says(3);
    assert_eq!(process.close(), [phase(Phase::Running)]);
}

/// Segments of these packets as they might come from anybody's page: milliseconds, number, ticks, marker, payload.
type Sent = (u32, u16, u32, bool, Vec<u8>);

fn written(recordings: &Path, source: Source, packets: &[Sent]) -> Option<Segment> {
    let folder = folder(recordings);
    let mut track = Track::begin(folder, ONE, source).unwrap();
    for (at, sequence, timestamp, marker, payload) in packets {
        let packet = Packet {
            at: i64::from(*at) * 1_000,
            sequence: *sequence,
            timestamp: *timestamp,
            marker: *marker,
            payload,
        };
        let header = |number, previous| Header {
            format: Format::First,
            case: ROOM.case,
            session: ROOM.session,
            recording: RECORDING,
            person: ONE,
            source,
            codec: Codec::of(source),
            started_at: instant(0),
            number,
            previous,
        };
        track.write(packet, Instant::now(), header).unwrap();
    }
    track.close().unwrap()
}

fn hostile() -> impl Strategy<Value = Vec<Sent>> {
    let picture = prop_oneof![
        Just(vec![0x10, 0, 0, 0, 0x9d, 1, 0x2a, 64, 0, 48, 0, 1]),
        Just(vec![0x10, 1, 2, 3]),
        Just(vec![0x00, 1, 2, 3]),
        Just(vec![0x78, 1, 2]),
        prop::collection::vec(any::<u8>(), 0..30),
    ];
    let number = prop_oneof![3 => 0..40_u16, 1 => any::<u16>()];
    let ticks = prop_oneof![3 => (0..40_u32).prop_map(|n| n * 960), 1 => any::<u32>()];
    let packet = (0..60_000_u32, number, ticks, any::<bool>(), picture);
    prop::collection::vec(packet, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_pages_send_it_brings_nothing_down(sound in hostile(), picture in hostile()) {
        let disk = tempfile::tempdir().unwrap();
        let segments: Vec<Segment> = [
            written(disk.path(), Source::Camera, &picture),
            written(disk.path(), Source::Microphone, &sound),
        ].into_iter().flatten().collect();
        prop_assert_eq!(&chain(disk.path(), RECORDING).unwrap(), &segments);
        let mut out = Cursor::new(Vec::new());
        match film(disk.path(), &segments, &mut out) {
            Ok(film) => {
                prop_assert!(film.packets + film.pictures > 0);
                prop_assert!(film.length < Duration::from_secs(70), "no longer than it was recorded");
            }
            Err(why) => prop_assert!(matches!(why, NotFilmed::Empty), "{why}"),
        }
    }
}

/// Sound and picture of one moment come by two streams whose clocks know nothing of each other, each packet a little late.
#[test]
fn sound_and_picture_of_one_moment_are_heard_and_seen_together() {
    let disk = tempfile::tempdir().unwrap();
    let late = |n: u32| 25 + n * 7_919 % 23;
    let sound: Vec<Sent> = (0..1_500)
        .map(|n: u32| {
            let sequence = u16::try_from(n).unwrap();
            (
                n * 20 + late(n),
                sequence,
                77 + n * 960,
                true,
                vec![0x78, 1, 2],
            )
        })
        .collect();
    let picture: Vec<Sent> = (0..450)
        .map(|n: u32| {
            let sequence = u16::try_from(n + 9_000).unwrap();
            let key = vec![0x10, 0, 0, 0, 0x9d, 1, 0x2a, 64, 0, 48, 0, 1];
            let ticks = 4_000_000_000_u32.wrapping_add(n * 6_000);
            (n * 200 / 3 + late(n * 3), sequence, ticks, true, key)
        })
        .collect();
    let segments = [
        written(disk.path(), Source::Camera, &picture).unwrap(),
        written(disk.path(), Source::Microphone, &sound).unwrap(),
    ];
    let mut shelf = Shelf::of(disk.path(), &segments);
    let runs = shelf.runs(&segments, Source::Microphone).unwrap();
    let said = said(&mut shelf, runs).unwrap();
    let runs = shelf.runs(&segments, Source::Camera).unwrap();
    let pictures = pictures(&mut shelf, runs).unwrap();
    assert_eq!((said.len(), pictures.len()), (1_500, 450));
    for (said, shown) in said.iter().step_by(10).zip(pictures.iter().step_by(3)) {
        let apart = said.at - shown.at;
        assert!(apart.abs() < 5_000, "{apart} µs");
    }
    let mut out = Cursor::new(Vec::new());
    let film = film(disk.path(), &segments, &mut out).unwrap();
    assert_eq!((film.pictures, film.packets), (450, 1_500));
    assert_eq!((film.picture, film.spans.len()), (Some((64, 48)), 1));
    assert!(film.length.as_millis().abs_diff(30_000) < 60, "{film:?}");
}

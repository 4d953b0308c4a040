//! Recordings of real calls: what is on them and what is not, a disk that is full, and films that a browser plays.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use heyi::domain::ids::{PersonId, RecordingId};
use heyi::rooms::What;
use heyi::rooms::recording::{Phase, Segment, Source, WhyStopped, chain, film, people};
use serde_json::json;
use uuid::Uuid;

use super::house::{House, seat};
use crate::support::browser::{Browser, Setup, turn};
use crate::support::disk::SmallDisk;
use crate::support::eventually;
use crate::support::participant::{Mark, Participant, all_meet};

const RECORDING: RecordingId = RecordingId(Uuid::from_u128(1));
/// Packets of sound of about a second.
const A_SECOND: usize = 50;

impl House {
    fn phases(&self) -> Vec<Phase> {
        let reports = self.reports.lock().unwrap();
        let phase = reports.iter().filter_map(|report| match report.what {
            What::Recording { phase, .. } => Some(phase),
            _ => None,
        });
        phase.collect()
    }

    fn segments(&self) -> Vec<Segment> {
        let reports = self.reports.lock().unwrap();
        let segments = reports.iter().filter_map(|report| match &report.what {
            What::Segment(segment) => Some(segment.clone()),
            _ => None,
        });
        segments.collect()
    }

    async fn turns(&self, phases: &[Phase]) {
        let what = format!("the recording goes through {phases:?}");
        eventually(&what, async || (self.phases() == phases).then_some(())).await;
    }
}

/// Waits until everybody has said so much more.
async fn talk(room: &[Participant], packets: usize) {
    let before: Vec<usize> = room.iter().map(|one| one.tally().said.len()).collect();
    for (one, before) in room.iter().zip(before) {
        eventually("everybody talks", async || {
            (one.tally().said.len() >= before + packets).then_some(())
        })
        .await;
    }
}

/// What is on the tape, by who said it.
fn marks(recordings: &Path, segments: &[Segment]) -> BTreeMap<PersonId, Vec<Mark>> {
    let folder = recordings.join(RECORDING.to_string());
    let mut marks: BTreeMap<PersonId, Vec<Mark>> = BTreeMap::new();
    for segment in segments {
        let bytes = std::fs::read(folder.join(&segment.file)).unwrap();
        let found = Mark::found_in(&bytes);
        assert_eq!(
            u64::try_from(found.len()),
            Ok(segment.packets),
            "{segment:?}"
        );
        assert!(found.iter().all(|mark| mark.speaker == segment.person));
        marks.entry(segment.person).or_default().extend(found);
    }
    marks
}

#[tokio::test(flavor = "multi_thread")]
async fn the_joint_session_is_recorded_and_a_caucus_is_not() {
    let _turn = turn().await;
    let disk = tempfile::tempdir().unwrap();
    let house = House::recording_in(disk.path());
    let all = ["mediator", "applicant", "respondent"];
    let room = house.fill(0).await;
    all_meet(&room, 1).await;
    talk(&room, A_SECOND).await;
    house.record(RECORDING, &all);
    house.turns(&[Phase::Running]).await;
    talk(&room, A_SECOND).await;

    let alone = json!({ "type": "caucus", "people": [room[1].person], "left_may_talk": true });
    room[0].ask(alone);
    house.turns(&[Phase::Running, Phase::Paused]).await;
    let paused = house.segments().len();
    assert_eq!(paused, 6, "sound and picture of three");
    talk(&room, 2 * A_SECOND).await;
    assert_eq!(house.segments().len(), paused);
    room[0].ask(json!({ "type": "joint" }));
    let resumed = [Phase::Running, Phase::Paused, Phase::Running];
    house.turns(&resumed).await;
    talk(&room, A_SECOND).await;

    house.record(RECORDING, &all[..2]);
    let person = room[2].person;
    let stopped = Phase::Stopped(WhyStopped::Unconsented { person });
    house.turns(&[&resumed[..], &[stopped]].concat()).await;
    let kept = chain(disk.path(), RECORDING).unwrap();
    let mut told = house.segments();
    told.sort_by(|a, b| a.file.cmp(&b.file));
    assert_eq!(kept, told);
    let here: BTreeSet<PersonId> = room.iter().map(|one| one.person).collect();
    assert_eq!(people(&kept), here);

    let mut alone = 0;
    for (speaker, marks) in marks(disk.path(), &kept) {
        let one = room.iter().find(|one| one.person == speaker).unwrap();
        let heard_by = one.tally().heard_by.clone();
        let others: BTreeSet<PersonId> = here.iter().copied().filter(|it| *it != speaker).collect();
        let together = |mark: &Mark| heard_by[&mark.epoch] == others;
        assert!(
            marks.iter().all(together),
            "something of a caucus is on the tape"
        );
        let epochs: BTreeSet<u64> = marks.iter().map(|mark| mark.epoch).collect();
        assert!(epochs.len() >= 2, "before and after the caucus: {epochs:?}");
        assert!(marks.len() >= 2 * A_SECOND, "{}", marks.len());
        alone += heard_by
            .values()
            .filter(|by| **by != others && !by.is_empty())
            .count();
    }
    assert!(alone > 0, "there was a caucus");

    talk(&room, A_SECOND).await;
    assert_eq!(
        chain(disk.path(), RECORDING).unwrap(),
        kept,
        "nothing after it stopped"
    );
    assert_eq!(house.segments().len(), kept.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_recording_and_not_the_talk() {
    let _turn = turn().await;
    let disk = SmallDisk::of_kilobytes(256);
    let house = House::recording_in(&disk.path);
    let room = house.fill(0).await;
    all_meet(&room, 1).await;
    house.record(RECORDING, &["mediator", "applicant", "respondent"]);
    let full = Phase::Stopped(WhyStopped::Full);
    house.turns(&[Phase::Running, full]).await;
    let heard = room[1].tally().of(room[2].person);
    all_meet(&room, heard.0.max(heard.1) + A_SECOND).await;

    let kept = chain(&disk.path, RECORDING).unwrap();
    let found = marks(&disk.path, &kept);
    let folder = disk.path.join(RECORDING.to_string());
    let open = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path());
    let open = open.filter(|it| it.extension().is_some_and(|end| end == "part"));
    assert_eq!(open.count(), 0, "nothing is waited for that never comes");
    let packets: usize = found.values().map(Vec::len).sum();
    assert!(
        packets >= A_SECOND,
        "{packets} of what came before is there"
    );
}

/// Serves a film to a browser.
async fn cinema(film: Vec<u8>) -> String {
    let film = axum::body::Bytes::from(film);
    let router = Router::new()
        .route(
            "/",
            get(async || Html("<!doctype html><title>film</title>")),
        )
        .route(
            "/film",
            get(async move || ([(header::CONTENT_TYPE, "video/webm")], film)),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

/// Plays the film as fast as it can be looked at, counts its pictures, and looks for a place near its end.
const PLAY: &str = "const bytes = await (await fetch('/film')).arrayBuffer();
    const video = document.createElement('video');
    video.muted = true;
    document.body.append(video);
    const once = (type) => new Promise((done, fail) => {
        video.addEventListener(type, done, { once: true });
        video.addEventListener('error', () => fail(new Error(video.error.message)), { once: true });
    });
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
    await once('loadedmetadata');
    let shown = 0;
    const count = () => { shown += 1; video.requestVideoFrameCallback(count); };
    video.requestVideoFrameCallback(count);
    const ended = once('ended');
    video.playbackRate = 3;
    await video.play();
    await ended;
    const { totalVideoFrames, corruptedVideoFrames } = video.getVideoPlaybackQuality();
    const size = [video.videoWidth, video.videoHeight];
    const sought = video.duration - 1;
    video.currentTime = sought;
    await once('seeked');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = size;
    const paper = canvas.getContext('2d');
    paper.drawImage(video, 0, 0);
    const { data } = paper.getImageData(0, 0, ...size);
    const grey = data.filter((_, at) => at % 4 === 0);
    const range = grey.reduce((most, it) => Math.max(most, it)) - grey.reduce((least, it) => Math.min(least, it));
    const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    return {
        duration: video.duration, shown, decoded: totalVideoFrames, corrupted: corruptedVideoFrames, size,
        off: Math.abs(video.currentTime - sought), range,
        sound: sound.duration, loud: samples.reduce((most, it) => Math.max(most, Math.abs(it)), 0),
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_film_of_a_page_s_camera_and_microphone_plays_in_a_browser() {
    let _turn = turn().await;
    let disk = tempfile::tempdir().unwrap();
    let house = House::recording_in(disk.path());
    let mediator = seat(&house.base, "mediator").await;
    let page = house.enter("applicant", &Setup::PHONE).await;
    page.is_at("joint").await;
    house.record(RECORDING, &["mediator", "applicant"]);
    let party: PersonId = house.id("applicant").parse().unwrap();
    let of_party = |it: &Segment| it.person == party && it.source == Source::Camera;
    eventually("a segment is closed in time", async || {
        house.segments().into_iter().find(of_party)
    })
    .await;
    talk(std::slice::from_ref(&mediator), 2 * A_SECOND).await;
    house.stop_recording();
    house
        .turns(&[Phase::Running, Phase::Stopped(WhyStopped::Asked)])
        .await;

    let mut kept = chain(disk.path(), RECORDING).unwrap();
    assert_eq!(people(&kept), BTreeSet::from([party, mediator.person]));
    kept.retain(|it| it.person == party);
    let mut out = Cursor::new(Vec::new());
    let made = film(disk.path(), &kept, &mut out).unwrap();
    let film = out.into_inner();
    if let Some(folder) = std::env::var_os("HEYI_PICTURES") {
        std::fs::write(Path::new(&folder).join("film.webm"), &film).unwrap();
    }
    assert!(made.length > Duration::from_secs(10), "{made:?}");
    assert_eq!(made.picture, Some((320, 180)));
    assert!(made.pictures > 100 && made.packets > 500, "{made:?}");
    drop(page);

    let browser = Browser::open(&cinema(film).await, &Setup::DESK).await;
    browser.goto("/").await;
    let played = browser.evaluate(PLAY).await;
    let number = |name: &str| played[name].as_f64().unwrap();
    let length = made.length.as_secs_f64();
    assert!((number("duration") - length).abs() < 0.01, "{played}");
    let pictures = u32::try_from(made.pictures).unwrap();
    assert!(
        (number("decoded") - f64::from(pictures)).abs() <= 1.0,
        "{played}"
    );
    assert!(
        number("corrupted") < 1.0 && number("shown") > 30.0,
        "{played}"
    );
    assert_eq!(played["size"], json!([320, 180]));
    assert!(number("off") < 0.1 && number("range") > 100.0, "{played}");
    assert!((number("sound") - length).abs() < 0.2, "{played}");
    assert!(number("loud") > 0.01, "{played}");
}

//! What becomes of a recording once nothing more comes: it is sealed by its hashes, checked, and made into files that a
//! browser plays; later it is taken from the disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{Setback, Work, case_of, whole};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::ids::{PersonId, RecordingId, UploadId};
use crate::domain::recording::{Fault, Film, Recording, RecordingState, Segment, TrackHead};
use crate::rooms::recording::{self as taped, Broken, NotFilmed};
use crate::storage::jobs::Job;
use crate::storage::{cases, recordings, write_tx};

/// Bytes of a film that are held at a time.
const PIECE: u64 = 4 * 1024 * 1024;

const ROOMS: Actor = Actor::System {
    system: System::Rooms,
};

/// Seals what was recorded and makes its films, as far as that has not happened yet.
pub(super) async fn keep(work: &Work, job: &Job) -> Result<(), Setback> {
    let id = recording_of(job)?;
    let mut case = load(work, job).await?;
    if matches!(find(&case, id)?.state, RecordingState::Over { .. }) {
        let Some(sealed) = seal(work, &case, id).await? else {
            return Ok(());
        };
        case = sealed;
    }
    if !matches!(find(&case, id)?.state, RecordingState::Sealed { .. }) {
        return Ok(());
    }
    let (films, faults) = make(work, find(&case, id)?).await?;
    let action = Action::KeepRecording {
        recording: id,
        films,
        faults,
    };
    // Films take a while, in which the case goes on.
    casework::perform(&work.desk, &ROOMS, case.id, action).await?;
    Ok(())
}

/// Takes the files of a recording from the disk: those that are played, and what they were made of.
pub(super) async fn drop(work: &Work, job: &Job) -> Result<(), Setback> {
    let id = recording_of(job)?;
    let case = load(work, job).await?;
    let recording = find(&case, id)?;
    if !matches!(recording.state, RecordingState::Deleted { .. }) {
        return Err(Setback::Fail("it is not to be deleted".to_owned()));
    }
    for file in recording.deleted() {
        work.files.remove(file).await.map_err(later)?;
    }
    let folder = work.recordings.clone();
    let told = recordings::segments(&mut work.desk.store.read().await?, id).await?;
    if !folder.is_dir() && !told.is_empty() {
        return Err(Setback::Retry(
            "the disk of the recordings is not there".to_owned(),
        ));
    }
    on_disk(move || taped::erase(&folder, id))
        .await?
        .map_err(later)?;
    write_tx!(work.desk.store, |tx| { recordings::forget(tx, id).await })?;
    Ok(())
}

fn recording_of(job: &Job) -> Result<RecordingId, Setback> {
    let named = job.payload["follow_up"]["recording"].clone();
    serde_json::from_value(named).map_err(|error| Setback::Fail(whole(&error)))
}

async fn load(work: &Work, job: &Job) -> Result<Case, Setback> {
    let case = cases::load(&mut work.desk.store.read().await?, case_of(job)?).await?;
    case.ok_or_else(|| Setback::Fail("no such case".to_owned()))
}

fn find(case: &Case, id: RecordingId) -> Result<&Recording, Setback> {
    case.recording(id)
        .ok_or_else(|| Setback::Fail("no such recording".to_owned()))
}

/// The case with the hashes in its chain; nothing where nothing was recorded.
async fn seal(work: &Work, case: &Case, id: RecordingId) -> Result<Option<Case>, Setback> {
    let told = recordings::segments(&mut work.desk.store.read().await?, id).await?;
    let folder = work.recordings.clone();
    if !folder.join(id.to_string()).is_dir() && told.is_empty() {
        return Ok(None);
    }
    let found = on_disk(move || {
        if is_being_written(&folder.join(id.to_string())) {
            return Err(Setback::Retry("it is being written still".to_owned()));
        }
        Ok(taped::chain(&folder, id))
    })
    .await??;
    let segments = match found {
        Ok(found) => {
            let found: Vec<Segment> = found.iter().map(told_as).collect();
            // What was told while it was written counts, where the disk says another thing now.
            let same = |one: &Segment, other: &Segment| {
                let place = (one.person, &one.source, one.number, &one.hash);
                place == (other.person, &other.source, other.number, &other.hash)
            };
            let is_there = |it: &Segment| found.iter().any(|one| same(one, it));
            let differs = !told.iter().all(is_there);
            if differs { told } else { found }
        }
        Err(Broken::Io(error)) => return Err(later(error)),
        Err(_) => told,
    };
    let tracks = tracks(&segments);
    if tracks.is_empty() {
        return Ok(None);
    }
    let action = Action::SealRecording {
        recording: id,
        tracks,
    };
    let sealed = casework::perform(&work.desk, &ROOMS, case.id, action).await?;
    Ok(Some(sealed))
}

/// A segment that has not got its name yet.
fn is_being_written(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let part = |path: PathBuf| path.extension().is_some_and(|end| end == "part");
    entries.map(|entry| entry.path()).any(part)
}

fn told_as(part: &taped::Segment) -> Segment {
    Segment {
        person: part.person,
        source: part.source.name().to_owned(),
        number: part.number,
        hash: part.hash.clone(),
        previous: part.previous.clone(),
        bytes: part.bytes,
        from: part.from,
        until: part.until,
        torn: part.torn,
    }
}

/// The last hash of each line of each person.
fn tracks(segments: &[Segment]) -> Vec<TrackHead> {
    let mut tracks: BTreeMap<(PersonId, &str), TrackHead> = BTreeMap::new();
    for segment in segments {
        let line = (segment.person, segment.source.as_str());
        let track = tracks.entry(line).or_insert_with(|| TrackHead {
            person: segment.person,
            source: segment.source.clone(),
            head: segment.hash.clone(),
            segments: 0,
            bytes: 0,
        });
        track.head = segment.hash.clone();
        track.segments += 1;
        track.bytes += segment.bytes;
    }
    tracks.into_values().collect()
}

/// The films of everybody, and what is wrong with them; nothing is shown of what cannot be trusted.
async fn make(work: &Work, recording: &Recording) -> Result<(Vec<Film>, Vec<Fault>), Setback> {
    let (folder, id) = (work.recordings.clone(), recording.id);
    let found = on_disk(move || taped::chain(&folder, id)).await?;
    let segments = match found {
        Ok(segments) => segments,
        Err(Broken::Io(error)) => return Err(later(error)),
        Err(broken) => {
            tracing::error!(recording = %id, %broken, "a recording is not what was recorded");
            return Ok((Vec::new(), vec![Fault::Broken]));
        }
    };
    let mut faults = Vec::new();
    let as_told: Vec<Segment> = segments.iter().map(told_as).collect();
    if tracks(&as_told) != recording.tracks() {
        faults.push(Fault::OtherHead);
    }
    if as_told.iter().any(|it| it.torn) {
        faults.push(Fault::Torn);
    }
    if recordings::missed(&mut work.desk.store.read().await?, id).await? > 0 {
        faults.push(Fault::Gap);
    }
    let mut films = Vec::new();
    for person in taped::people(&segments) {
        let of_them = segments.iter().filter(|it| it.person == person);
        match film(work, id, (person, of_them.cloned().collect())).await? {
            Some(film) => films.push(film),
            None if !faults.contains(&Fault::Empty) => faults.push(Fault::Empty),
            None => {}
        }
    }
    Ok((films, faults))
}

/// One person's film in the store of files; nothing where nothing can be played.
async fn film(
    work: &Work,
    id: RecordingId,
    (person, segments): (PersonId, Vec<taped::Segment>),
) -> Result<Option<Film>, Setback> {
    let folder = work.recordings.clone();
    let made = on_disk(move || {
        let mut out = nameless(&folder.join(format!("{id}-{person}.film"))).map_err(later)?;
        match taped::film(&folder, &segments, &mut out) {
            Ok(film) => Ok(Some((film, out))),
            Err(NotFilmed::Empty) => Ok(None),
            Err(error) => Err(Setback::Retry(whole(&error))),
        }
    })
    .await??;
    let Some((made, out)) = made else {
        return Ok(None);
    };
    let upload = UploadId(work.desk.clock.new_id());
    let parts = put(work, upload, out).await?;
    let (file, bytes) = work.files.join_parts(upload, parts).await.map_err(later)?;
    work.files.drop_parts(upload).await.map_err(later)?;
    tracing::info!(recording = %id, bytes, "a film of a recording is ready");
    Ok(Some(Film {
        person,
        file,
        bytes,
        from: made.starts_at,
        seconds: u32::try_from(made.length.as_secs()).unwrap_or(u32::MAX),
        has_picture: made.picture.is_some(),
    }))
}

/// A file that goes with whoever holds it.
fn nameless(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    let options = options.read(true).write(true).create(true).truncate(true);
    let file = options.open(path)?;
    std::fs::remove_file(path)?;
    Ok(file)
}

/// Stores a file piece by piece; how many.
async fn put(work: &Work, upload: UploadId, mut file: File) -> Result<u32, Setback> {
    file.seek(SeekFrom::Start(0)).map_err(later)?;
    let mut number = 0;
    loop {
        let (piece, rest) = on_disk(move || {
            let mut piece = Vec::new();
            let read = (&file).take(PIECE).read_to_end(&mut piece);
            read.map(|_| (Bytes::from(piece), file))
        })
        .await?
        .map_err(later)?;
        if piece.is_empty() {
            return Ok(number);
        }
        work.files
            .put_part(upload, number, piece)
            .await
            .map_err(later)?;
        (file, number) = (rest, number + 1);
    }
}

/// On a thread that may wait for the disk.
async fn on_disk<T: Send + 'static>(
    act: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Setback> {
    let done = tokio::task::spawn_blocking(act).await;
    done.map_err(|error| Setback::Retry(error.to_string()))
}

fn later(error: impl std::error::Error) -> Setback {
    Setback::Retry(whole(&error))
}

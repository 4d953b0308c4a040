//! Files in parts: what has arrived stays, and whoever comes back goes on from there.

use bytes::Bytes;

use super::take::{About, fits, keep, open, picture, plain_name};
use super::{Cabinet, EvidenceError, Refusal, told_by};
use crate::casework::CaseworkError;
use crate::domain::actor::Actor;
use crate::domain::evidence::{EvidenceFile, Sort};
use crate::domain::ids::{CaseId, UploadId};
use crate::storage::uploads::{self, Upload};
use crate::storage::{StorageError, write_tx};

/// So many files of one person can be on their way into a case.
const MOST_AT_ONCE: usize = 5;
/// A file of that many parts is sent in needlessly small ones.
const MOST_PARTS: u32 = 4096;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes are here.
    Received(u64),
    /// It is among the evidence.
    Kept,
}

/// Announces a file of `size` bytes.
///
/// # Errors
/// [`Refusal`]: too large for any sort, too many at once, or not now.
pub async fn begin(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    about: About,
    size: u64,
) -> Result<Upload, EvidenceError> {
    open(cabinet, actor, case, about.audience).await?;
    let person = actor.person().ok_or(Refusal::Closed)?;
    fits(Sort::Clip, size)?;
    let (now, id) = (cabinet.desk.clock.now(), cabinet.desk.clock.new_id());
    let upload = Upload {
        id: UploadId(id),
        case,
        person,
        name: about.name,
        note: about.note,
        audience: about.audience,
        size,
        received: 0,
        parts: 0,
    };
    write_tx!(cabinet.desk.store, |tx| {
        if uploads::of_person(tx, person, case).await?.len() >= MOST_AT_ONCE {
            return Err(Refusal::TooMany.into());
        }
        uploads::insert(tx, &upload, now).await?;
        Ok::<_, EvidenceError>(())
    })?;
    Ok(upload)
}

/// What `actor` has on its way into a case.
///
/// # Errors
/// `NotFound` where the case is none for this actor.
pub async fn on_their_way(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
) -> Result<Vec<Upload>, EvidenceError> {
    crate::casework::load(&cabinet.desk, actor, case).await?;
    let person = actor.person().ok_or(CaseworkError::NotFound)?;
    let mut read = cabinet.desk.store.read().await?;
    Ok(uploads::of_person(&mut read, person, case).await?)
}

/// Takes the next part, which begins at `from`. With the last one the file goes among the evidence; an empty part
/// tries that once more, where it failed before.
///
/// # Errors
/// [`EvidenceError::Offset`] where the part is not the next one; [`Refusal`] ends the upload.
pub async fn go_on(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    (id, from): (UploadId, u64),
    part: Bytes,
) -> Result<Progress, EvidenceError> {
    let all = on_their_way(cabinet, actor, case).await?;
    let upload = all.into_iter().find(|upload| upload.id == id);
    let upload = upload.ok_or(CaseworkError::NotFound)?;
    let outcome = add(cabinet, actor, upload, from, part).await;
    let is_over = match &outcome {
        Ok(Progress::Kept) | Err(EvidenceError::Refused(_)) => true,
        Err(EvidenceError::Casework(why)) => !matches!(why, CaseworkError::Storage(_)),
        _ => false,
    };
    if is_over {
        forget(cabinet, id).await?;
    }
    outcome
}

/// Gives a file up that has not come whole.
///
/// # Errors
/// `NotFound` for one of another.
pub async fn stop(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    id: UploadId,
) -> Result<(), EvidenceError> {
    let all = on_their_way(cabinet, actor, case).await?;
    if !all.iter().any(|upload| upload.id == id) {
        return Err(CaseworkError::NotFound.into());
    }
    forget(cabinet, id).await
}

async fn add(
    cabinet: &Cabinet,
    actor: &Actor,
    mut upload: Upload,
    from: u64,
    part: Bytes,
) -> Result<Progress, EvidenceError> {
    let received = upload.received;
    let length = part.len() as u64;
    if from != received || received + length > upload.size {
        return Err(EvidenceError::Offset { received });
    }
    if received == 0 {
        fits(told_by(&part)?.sort(), upload.size)?;
    }
    if length > 0 {
        if upload.parts >= MOST_PARTS {
            return Err(Refusal::TooMany.into());
        }
        cabinet
            .files
            .put_part(upload.id, upload.parts, part)
            .await?;
        advance(cabinet, &upload, length).await?;
        upload.received += length;
        upload.parts += 1;
    }
    if upload.received < upload.size {
        return Ok(Progress::Received(upload.received));
    }
    finish(cabinet, actor, upload).await?;
    Ok(Progress::Kept)
}

async fn advance(cabinet: &Cabinet, upload: &Upload, by: u64) -> Result<(), EvidenceError> {
    let now = cabinet.desk.clock.now();
    let done: Result<(), StorageError> = write_tx!(cabinet.desk.store, |tx| {
        uploads::advance(tx, upload, by, now).await
    });
    match done {
        // The same part twice at once: the other one counts.
        Err(StorageError::Conflict) => Err(EvidenceError::Offset {
            received: upload.received,
        }),
        done => Ok(done?),
    }
}

async fn finish(cabinet: &Cabinet, actor: &Actor, upload: Upload) -> Result<(), EvidenceError> {
    let case = open(cabinet, actor, upload.case, upload.audience).await?;
    let media = told_by(&cabinet.files.part(upload.id, 0).await?)?;
    let (original, size) = cabinet.files.join_parts(upload.id, upload.parts).await?;
    if size != upload.size {
        return Err(Refusal::Broken.into());
    }
    let preview = if media.sort() == Sort::Photo {
        picture(cabinet, media, cabinet.files.get(&original).await?).await?
    } else {
        None
    };
    let file = EvidenceFile {
        media,
        name: plain_name(&upload.name, media),
        size,
        original,
        preview,
    };
    let about = About {
        name: upload.name,
        note: upload.note,
        audience: upload.audience,
    };
    keep(cabinet, actor, &case, about, file).await
}

async fn forget(cabinet: &Cabinet, id: UploadId) -> Result<(), EvidenceError> {
    write_tx!(cabinet.desk.store, |tx| { uploads::delete(tx, id).await })?;
    Ok(cabinet.files.drop_parts(id).await?)
}

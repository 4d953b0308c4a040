//! For whom a file is, and who is shown it.

use bytes::Bytes;
use jiff::Timestamp;

use super::{Cabinet, EvidenceError, Refusal, preview, told_by};
use crate::casework::{self, CaseworkError};
use crate::domain::action::{Action, ActionKind};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::caucus::Confidential;
use crate::domain::evidence::{
    Audience, ConfidedEvidence, Evidence, EvidenceFile, MOST_EVIDENCE, Media, Sort,
};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, EvidenceId, PersonId};
use crate::domain::offered::is_offered;
use crate::domain::permission::{Looks, may_confide, may_look_at, may_look_at_confided};
use crate::storage::{evidence, write_tx};

/// What its giver says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub name: String,
    pub note: String,
    pub audience: Audience,
}

/// One piece as somebody is shown it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: EvidenceId,
    pub file: EvidenceFile,
    pub note: String,
    pub by: PersonId,
    pub at: Timestamp,
    pub audience: Audience,
    pub looks: Looks,
    pub withdrawn: bool,
    /// Confided to a mediator who no longer has the case.
    pub to_former: bool,
}

/// Takes in a file that came whole.
///
/// # Errors
/// [`Refusal`] for what its giver can mend; nothing is kept then.
pub async fn take(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    about: About,
    bytes: Bytes,
) -> Result<(), EvidenceError> {
    let open = open(cabinet, actor, case, about.audience).await?;
    let media = told_by(&bytes)?;
    let size = bytes.len() as u64;
    fits(media.sort(), size)?;
    let preview = picture(cabinet, media, bytes.clone()).await?;
    let original = cabinet.files.put(bytes).await?;
    let file = EvidenceFile {
        media,
        name: plain_name(&about.name, media),
        size,
        original,
        preview,
    };
    keep(cabinet, actor, &open, about, file).await
}

/// Keeps a photo as it came, and a picture of it without its place; the caller says in which case it belongs.
///
/// # Errors
/// [`Refusal`] for what its giver can mend.
pub async fn photo(
    cabinet: &Cabinet,
    name: &str,
    bytes: Bytes,
) -> Result<EvidenceFile, EvidenceError> {
    let media = told_by(&bytes)?;
    if media.sort() != Sort::Photo {
        return Err(Refusal::Kind.into());
    }
    let size = bytes.len() as u64;
    fits(Sort::Photo, size)?;
    let preview = picture(cabinet, media, bytes.clone()).await?;
    Ok(EvidenceFile {
        media,
        name: plain_name(name, media),
        size,
        original: cabinet.files.put(bytes).await?,
        preview,
    })
}

/// The case, where `actor` can give something for this audience now.
pub(super) async fn open(
    cabinet: &Cabinet,
    actor: &Actor,
    id: CaseId,
    audience: Audience,
) -> Result<Case, EvidenceError> {
    let desk = &cabinet.desk;
    let case = casework::load(desk, actor, id).await?;
    let now = desk.clock.now();
    let is_open = match audience {
        Audience::Everybody => is_offered(&desk.rules, &case, actor, ActionKind::ShowEvidence, now),
        Audience::Mediator => may_confide(actor, &case).is_some(),
    };
    if is_open {
        Ok(case)
    } else {
        Err(Refusal::Closed.into())
    }
}

pub(super) fn fits(sort: Sort, size: u64) -> Result<(), Refusal> {
    if size > sort.largest() {
        Err(Refusal::TooLarge(sort))
    } else {
        Ok(())
    }
}

/// The stored preview of a photo.
pub(super) async fn picture(
    cabinet: &Cabinet,
    media: Media,
    photo: Bytes,
) -> Result<Option<ContentHash>, EvidenceError> {
    if media.sort() != Sort::Photo {
        return Ok(None);
    }
    let jpeg = drawn(cabinet, photo, preview::preview).await?;
    Ok(Some(cabinet.files.put(jpeg).await?))
}

/// A photo of a sheet of paper as it is kept: upright, small, and without its place.
///
/// # Errors
/// [`Refusal`] for what its giver can mend.
pub async fn sheet(cabinet: &Cabinet, photo: Bytes) -> Result<Bytes, EvidenceError> {
    Ok(drawn(cabinet, photo, preview::sheet).await?.into())
}

async fn drawn(
    cabinet: &Cabinet,
    photo: Bytes,
    draw: fn(&[u8]) -> Result<Vec<u8>, Refusal>,
) -> Result<Vec<u8>, EvidenceError> {
    let failed = |error: &dyn std::fmt::Display| EvidenceError::Preview(error.to_string());
    let turn = cabinet
        .easel
        .acquire()
        .await
        .map_err(|error| failed(&error))?;
    let made = tokio::task::spawn_blocking(move || draw(&photo)).await;
    drop(turn);
    Ok(made.map_err(|error| failed(&error))??)
}

/// Puts a stored file where its audience finds it.
pub(super) async fn keep(
    cabinet: &Cabinet,
    actor: &Actor,
    case: &Case,
    about: About,
    file: EvidenceFile,
) -> Result<(), EvidenceError> {
    let id = EvidenceId(cabinet.desk.clock.new_id());
    match about.audience {
        Audience::Everybody => {
            let note = about.note;
            let action = Action::ShowEvidence { id, file, note };
            casework::perform(&cabinet.desk, actor, case.id, action).await?;
            Ok(())
        }
        Audience::Mediator => confide(cabinet, actor, case.id, (id, about.note), file).await,
    }
}

/// Asked once more inside the transaction, since the mediator may have changed while the file came.
async fn confide(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    (id, note): (EvidenceId, String),
    file: EvidenceFile,
) -> Result<(), EvidenceError> {
    let (desk, now) = (&cabinet.desk, cabinet.desk.clock.now());
    write_tx!(desk.store, |tx| {
        let open = crate::storage::cases::load(tx, case).await?;
        let open = open.ok_or(CaseworkError::NotFound)?;
        let (from, to) = may_confide(actor, &open).ok_or(Refusal::Closed)?;
        let by = actor.person().ok_or(Refusal::Closed)?;
        let confided = evidence::of_case(tx, case).await?;
        let mine = || confided.iter().filter(|known| known.by == by);
        if mine().any(|known| known.file.original == file.original) {
            return Err(casework_refusal());
        }
        if mine().count() >= MOST_EVIDENCE {
            return Err(Refusal::TooMany.into());
        }
        let piece = ConfidedEvidence {
            id,
            from,
            by,
            to,
            file: file.clone(),
            note: Confidential::new(note.clone()),
            at: now,
        };
        Ok::<_, EvidenceError>(evidence::insert(tx, case, &piece).await?)
    })
}

fn casework_refusal() -> EvidenceError {
    CaseworkError::from(crate::domain::lifecycle::OutOfOrder::AlreadyDone).into()
}

/// Everything that `actor` is shown in a case, oldest first.
///
/// # Errors
/// `NotFound` where the case is none for this actor.
pub async fn all(
    cabinet: &Cabinet,
    actor: &Actor,
    id: CaseId,
) -> Result<Vec<Shown>, EvidenceError> {
    let case = casework::load(&cabinet.desk, actor, id).await?;
    let confided = evidence::of_case(&mut cabinet.desk.store.read().await?, id).await?;
    let for_everybody = |piece: &Evidence| {
        may_look_at(actor, &case, piece).map(|looks| for_everybody(piece, looks))
    };
    let mut shown: Vec<_> = case.evidence.iter().filter_map(for_everybody).collect();
    let mediator = case.stage.mediator();
    let seen = confided
        .into_iter()
        .filter(|piece| may_look_at_confided(actor, &case, piece));
    shown.extend(seen.map(|piece| for_mediator(piece, mediator)));
    shown.sort_by_key(|piece| (piece.at, piece.id));
    Ok(shown)
}

fn for_everybody(piece: &Evidence, looks: Looks) -> Shown {
    Shown {
        id: piece.id,
        file: piece.file.clone(),
        note: piece.note.clone(),
        by: piece.by,
        at: piece.at,
        audience: Audience::Everybody,
        looks,
        withdrawn: !piece.is_shown(),
        to_former: false,
    }
}

fn for_mediator(piece: ConfidedEvidence, mediator: Option<PersonId>) -> Shown {
    Shown {
        id: piece.id,
        note: piece.note.for_the_mediator().to_owned(),
        by: piece.by,
        at: piece.at,
        audience: Audience::Mediator,
        looks: Looks::AtOriginal,
        withdrawn: false,
        to_former: mediator != Some(piece.to),
        file: piece.file,
    }
}

/// What a screen shows before which several sit: a piece for everybody that was not taken back.
///
/// # Errors
/// `NotFound` for anything else.
pub async fn for_all(
    cabinet: &Cabinet,
    case: CaseId,
    id: EvidenceId,
) -> Result<Shown, EvidenceError> {
    let mut read = cabinet.desk.store.read().await?;
    let case = crate::storage::cases::load(&mut read, case).await?;
    let case = case.ok_or(CaseworkError::NotFound)?;
    let mut pieces = case.evidence.iter();
    let piece = pieces.find(|piece| piece.id == id && piece.is_shown());
    let piece = piece.ok_or(CaseworkError::NotFound)?;
    Ok(for_everybody(piece, Looks::AtPreview))
}

/// One of [`all`].
///
/// # Errors
/// `NotFound` also where it belongs to another case.
pub async fn find(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    id: EvidenceId,
) -> Result<Shown, EvidenceError> {
    let all = all(cabinet, actor, case).await?;
    let found = all.into_iter().find(|piece| piece.id == id);
    Ok(found.ok_or(CaseworkError::NotFound)?)
}

/// Takes back what `actor` gave: what everybody saw stays in the record as withdrawn, what was confided goes.
///
/// # Errors
/// `NotFound` for what is not theirs to see, `Unknown` for what another gave.
pub async fn withdraw(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    id: EvidenceId,
) -> Result<(), EvidenceError> {
    let piece = own(cabinet, actor, case, id).await?;
    match piece.audience {
        Audience::Everybody => {
            let action = Action::WithdrawEvidence { id };
            casework::perform(&cabinet.desk, actor, case, action).await?;
        }
        Audience::Mediator => write_tx!(cabinet.desk.store, |tx| {
            evidence::delete(tx, case, id).await
        })?,
    }
    Ok(())
}

/// Shows to the mediator of now what was confided to an earlier one; only its giver can say so.
///
/// # Errors
/// As [`withdraw`].
pub async fn confide_to_new_mediator(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    id: EvidenceId,
) -> Result<(), EvidenceError> {
    own(cabinet, actor, case, id).await?;
    let open = casework::load(&cabinet.desk, actor, case).await?;
    let (_, mediator) = may_confide(actor, &open).ok_or(Refusal::Closed)?;
    write_tx!(cabinet.desk.store, |tx| {
        evidence::hand_on(tx, case, id, mediator).await
    })?;
    Ok(())
}

async fn own(
    cabinet: &Cabinet,
    actor: &Actor,
    case: CaseId,
    id: EvidenceId,
) -> Result<Shown, EvidenceError> {
    let piece = find(cabinet, actor, case, id).await?;
    if actor.person() == Some(piece.by) {
        Ok(piece)
    } else {
        Err(CaseworkError::Forbidden.into())
    }
}

/// Letters of a file's name that are kept.
const LONGEST_NAME: usize = 80;

/// The name as its giver knows it, without folders and signs that mislead, ending in what the file is.
pub(super) fn plain_name(name: &str, media: Media) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let is_plain = |c: &char| !c.is_control() && !is_directing(*c) && !"\"<>|:*?".contains(*c);
    let stem: String = stem.chars().filter(is_plain).take(LONGEST_NAME).collect();
    let stem = stem.trim();
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{stem}.{}", media.ending())
}

/// Turns the direction of writing, by which `gpj.exe` can look like a picture.
const fn is_directing(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

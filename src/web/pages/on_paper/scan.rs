//! The scan of sheets that were signed by hand: taken in, its codes read, and certified by whoever held it against the original.

use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;

use super::super::minutes::moment;
use super::super::proof::{Proof, Round, reply};
use super::super::refusals::out_of_order;
use super::super::upload;
use super::{COMPARED, OnPaperPage, TICKS, page};
use crate::accounts::secrets::KeyUse;
use crate::documents::Look;
use crate::domain::agreement::{Agreement, Signer};
use crate::domain::case::Case;
use crate::domain::evidence::Sort;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::scan::{Flaw, Seen, flaw, in_order, staying};
use crate::domain::time::civil_date;
use crate::evidence::{EvidenceError, sheet, sheets, told_by};
use crate::i18n::Text;
use crate::paperwork::{Scanned, ScannedFile, text_hash};
use crate::rooms::Topic;
use crate::web::{Form, Viewer, Web, WebError, see_other};

/// Photos of one agreement; more is a PDF.
const MOST_FILES: usize = 12;

/// Bytes of a whole scan. The certificate holds it, the print and its signatures, and whoever checks one takes no more than 20 MB.
const MOST_BYTES: usize = 15 * 1024 * 1024;

/// One round of certifying: the scan and the ticks first, then the proof.
pub(super) async fn certify(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    (mut form, files): (Form, Vec<Bytes>),
) -> Result<Response, WebError> {
    let mut shown = page(web, viewer, case, Form::blank()).await?;
    if shown.can != "certify" {
        return Err(out_of_order(OutOfOrder::WrongState));
    }
    let agreement = case.stage.signing().ok_or(WebError::NotFound)?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    let printed = (paper.verify_id.as_str(), shown.sheets);
    let scan = keep((web, case), &mut form, files, printed).await?;
    let last_signed = last_hand(&mut form, (agreement, paper), web.desk.clock.now());
    for tick in TICKS {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let (Some(scan), Some(last_signed), false) = (scan, last_signed, form.has_errors()) else {
        return viewer.show_again(web, &with(shown, form));
    };
    let hash = text_hash(agreement, paper);
    let proof = Proof::of_signer(web, viewer, case, Signer::Mediator, hash).await?;
    let (chancery, actor) = (&web.chancery, &viewer.actor);
    let certify = |look: Look, shown| async move {
        let scanned = Scanned {
            files: scan,
            last_signed,
            look,
            shown,
        };
        chancery.certify_scan(actor, case.id, hash, scanned).await
    };
    let named = (&mut form, shown.name.as_str());
    let round = proof.round(web, viewer, named, certify).await?;
    if let Round::Signed(case) = &round {
        super::super::room::refresh(web, case, Topic::Case);
        return Ok(see_other(&format!("/cases/{}/on-paper", case.id)));
    }
    if matches!(round, Round::Prove) {
        shown.step = "code";
        shown.proof = proof.name();
        shown.sent_to = proof.sent_to(&form);
    }
    let shown = with(shown, form);
    reply(web, viewer, &shown, &shown.form)
}

fn with(shown: OnPaperPage, form: Form) -> OnPaperPage {
    let kept = form.value("scan").split_whitespace().count();
    OnPaperPage {
        kept: u32::try_from(kept).unwrap_or(u32::MAX),
        form,
        ..shown
    }
}

/// When the last hand signed: after it was printed, and before anybody said no.
fn last_hand(
    form: &mut Form,
    (agreement, paper): (&Agreement, &Paper),
    now: Timestamp,
) -> Option<Timestamp> {
    let at = form.read("last_signed", moment)?;
    let refusals = agreement.by_hand.iter().flat_map(|it| &it.refusals);
    let why = if at > now {
        "ink-last-ahead"
    } else if civil_date(at) < civil_date(paper.made_at) {
        "ink-last-early"
    } else if refusals.into_iter().any(|no| no.at < at) {
        OutOfOrder::SaidNo.key()
    } else {
        return Some(at);
    };
    form.refuse("last_signed", Text::key(why));
    None
}

/// A file, and which sheets it shows.
struct Looked {
    bytes: Bytes,
    seen: Seen,
}

/// The scan: what is just sent beside what was sent before, all of it kept, so that nothing has to be sent again with the code or
/// for a sheet that is missing.
async fn keep(
    (web, case): (&Web, &Case),
    form: &mut Form,
    files: Vec<Bytes>,
    printed: (&str, usize),
) -> Result<Option<Vec<ScannedFile>>, WebError> {
    let before = looked(web, kept(web, case, form).await?).await?;
    let Some(new) = small(web, form, files).await? else {
        return Ok(None);
    };
    let new = looked(web, new).await?;
    let compared = form.value(COMPARED) == "yes";
    let scan = beside(before, new, compared);
    let size: usize = scan.iter().map(|file| file.bytes.len()).sum();
    let refused = if scan.is_empty() {
        Some(Text::key("verify-file-missing"))
    } else if scan.len() > MOST_FILES {
        Some(Text::key("ink-too-many"))
    } else if size > MOST_BYTES {
        Some(Text::key("ink-too-much"))
    } else {
        None
    };
    if let Some(text) = refused {
        form.refuse("file", text);
        return Ok(None);
    }
    let scan = compare(form, scan, printed, compared);
    let (mut known, mut hashes) = (Vec::new(), Vec::new());
    for Looked { bytes, .. } in scan {
        let media = told_by(&bytes).map_err(|_error| WebError::NotFound)?;
        let put = web.files.put(bytes.clone()).await;
        let hash = put.map_err(|error| WebError::internal(&error))?;
        hashes.push(marked(web, case, hash.as_str()));
        known.push(ScannedFile {
            mime: media.mime(),
            ending: media.ending(),
            bytes,
        });
    }
    form.replace("scan", hashes.join(" "));
    Ok(Some(known).filter(|_| !form.has_errors()))
}

/// What was sent just now: photos made small, since a dozen of them lie in one file that others must be able to check.
async fn small(
    web: &Web,
    form: &mut Form,
    files: Vec<Bytes>,
) -> Result<Option<Vec<Bytes>>, WebError> {
    let mut small = Vec::new();
    for file in files {
        upload::check(form, "file", &file);
        if form.has_errors() {
            return Ok(None);
        }
        let is_photo = told_by(&file).is_ok_and(|media| media.sort() == Sort::Photo);
        let drawn = if is_photo {
            sheet(&web.cabinet, file).await
        } else {
            Ok(file)
        };
        match drawn {
            Ok(file) => small.push(file),
            Err(EvidenceError::Refused(why)) => {
                form.refuse("file", Text::key(why.key()));
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(small))
}

async fn looked(web: &Web, files: Vec<Bytes>) -> Result<Vec<Looked>, WebError> {
    let mut looked = Vec::new();
    for bytes in files {
        let seen = sheets(&web.cabinet, bytes.clone()).await?;
        looked.push(Looked { bytes, seen });
    }
    Ok(looked)
}

fn beside(before: Vec<Looked>, new: Vec<Looked>, compared: bool) -> Vec<Looked> {
    if new.is_empty() {
        return before;
    }
    let seen = |files: &[Looked]| {
        files
            .iter()
            .map(|file| file.seen.clone())
            .collect::<Vec<_>>()
    };
    let staying = staying(&seen(&before), &seen(&new), compared);
    let before = before.into_iter().enumerate();
    let before = before.filter(|(place, _)| staying.contains(place));
    before.map(|(_, file)| file).chain(new).collect()
}

/// A file that this page took in, with the mark by which it is known again: another matter's is none, though its hash be known.
fn marked(web: &Web, case: &Case, hash: &str) -> String {
    let id = case.id.to_string();
    let parts = [id.as_bytes(), hash.as_bytes()];
    let mark = web.accounts.secrets.hash(KeyUse::Carried, &parts);
    format!("{hash}.{mark}")
}

async fn kept(web: &Web, case: &Case, form: &Form) -> Result<Vec<Bytes>, WebError> {
    let mut scan = Vec::new();
    for kept in form.value("scan").split_whitespace().take(MOST_FILES) {
        let (hash, _) = kept.split_once('.').ok_or(WebError::NotFound)?;
        if kept != marked(web, case, hash) {
            return Err(WebError::NotFound);
        }
        let hash: ContentHash = hash.parse().map_err(|_error| WebError::NotFound)?;
        let file = web.files.get(&hash).await;
        scan.push(file.map_err(|error| WebError::internal(&error))?);
    }
    Ok(scan)
}

/// By the codes on the sheets: what belongs to another paper or is there already is left out, photos in another order are put in
/// order, and one whose code cannot be read may have been compared by eye. All else is kept, to go on from.
fn compare(
    form: &mut Form,
    mut scan: Vec<Looked>,
    printed: (&str, usize),
    compared: bool,
) -> Vec<Looked> {
    let seen: Vec<Seen> = scan.iter().map(|file| file.seen.clone()).collect();
    let Some(flaw) = flaw(&seen, printed, compared) else {
        return scan;
    };
    form.refuse("file", told(flaw, printed.1));
    match flaw {
        Flaw::Other { file } | Flaw::Twice { file, .. } => {
            scan.remove(file.saturating_sub(1));
            return scan;
        }
        Flaw::Unread { .. } => form.refuse(COMPARED, Text::key("ink-sheet-compare")),
        Flaw::OutOfOrder { .. } | Flaw::Missing { .. } | Flaw::TooFew => {}
    }
    in_order(scan, &seen)
}

fn told(flaw: Flaw, sheets: usize) -> Text {
    let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let of_page = |key: &'static str, file: usize, page: usize| {
        let text = Text::key(key).with("file", number(file));
        text.with("page", number(page))
    };
    match flaw {
        Flaw::Other { file } => Text::key("ink-sheet-other").with("file", number(file)),
        Flaw::Twice { file, page } => of_page("ink-sheet-twice", file, page),
        Flaw::OutOfOrder { file, page } => of_page("ink-sheet-order", file, page),
        Flaw::Missing { page } => Text::key("ink-sheet-missing")
            .with("page", number(page))
            .with("sheets", number(sheets)),
        Flaw::TooFew => Text::key("ink-sheet-few").with("sheets", number(sheets)),
        Flaw::Unread { file } => Text::key("ink-sheet-unread").with("file", number(file)),
    }
}

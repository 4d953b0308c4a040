//! The scan of sheets that were signed by hand: taken in, its codes read, and certified by whoever held it against the original.

use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;

use super::super::minutes::moment;
use super::super::proof::{Proof, Round, reply};
use super::super::refusals::out_of_order;
use super::super::upload;
use super::{COMPARED, MOST_FILES, OnPaperPage, TICKS, page};
use crate::documents::Look;
use crate::domain::agreement::{Agreement, Signer};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::scan::{Flaw, flaw, in_order};
use crate::domain::time::civil_date;
use crate::evidence::{sheets, told_by};
use crate::i18n::Text;
use crate::paperwork::{Scanned, ScannedFile, text_hash};
use crate::rooms::Topic;
use crate::web::{Form, Viewer, Web, WebError, see_other};

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
    let scan = keep(web, &mut form, files, printed).await?;
    let last_signed = last_hand(&mut form, (agreement, paper), web.desk.clock.now());
    for tick in TICKS {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let (Some(scan), Some(last_signed), false) = (scan, last_signed, form.has_errors()) else {
        shown.form = form;
        return viewer.show_again(web, &shown);
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
        chancery.certify_scan(actor, case, hash, scanned).await
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
    reply_with(web, viewer, shown, form)
}

fn reply_with(
    web: &Web,
    viewer: &Viewer,
    shown: OnPaperPage,
    form: Form,
) -> Result<Response, WebError> {
    let shown = OnPaperPage { form, ..shown };
    reply(web, viewer, &shown, &shown.form)
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

/// The scan: what was just sent, which is stored so that it need not be sent again with the code, or what was stored
/// before.
async fn keep(
    web: &Web,
    form: &mut Form,
    files: Vec<Bytes>,
    printed: (&str, usize),
) -> Result<Option<Vec<ScannedFile>>, WebError> {
    let scan = if files.is_empty() {
        kept(web, form).await?
    } else {
        for file in &files {
            upload::check(form, "file", file);
        }
        files
    };
    form.forget("scan");
    if scan.is_empty() {
        form.refuse("file", Text::key("verify-file-missing"));
    } else if scan.len() > MOST_FILES {
        form.refuse("file", Text::key("ink-too-many"));
    }
    if form.has_errors() {
        return Ok(None);
    }
    let Some(scan) = compare(web, form, scan, printed).await? else {
        return Ok(None);
    };
    let (mut known, mut hashes) = (Vec::new(), Vec::new());
    for bytes in scan {
        let media = told_by(&bytes).map_err(|_error| WebError::NotFound)?;
        let put = web.files.put(bytes.clone()).await;
        hashes.push(put.map_err(|error| WebError::internal(&error))?.to_string());
        known.push(ScannedFile {
            mime: media.mime(),
            ending: media.ending(),
            bytes,
        });
    }
    form.replace("scan", hashes.join(" "));
    Ok(Some(known).filter(|_| !form.has_errors()))
}

async fn kept(web: &Web, form: &Form) -> Result<Vec<Bytes>, WebError> {
    let mut scan = Vec::new();
    for hash in form.value("scan").split_whitespace().take(MOST_FILES) {
        let hash: ContentHash = hash.parse().map_err(|_error| WebError::NotFound)?;
        let file = web.files.get(&hash).await;
        scan.push(file.map_err(|_error| WebError::NotFound)?);
    }
    Ok(scan)
}

/// Reads the codes on the sheets. Photos in another order are put in order, and a sheet whose code cannot be read may have been
/// compared by eye: both are kept, to be sent once more. Nothing else is.
async fn compare(
    web: &Web,
    form: &mut Form,
    scan: Vec<Bytes>,
    printed: (&str, usize),
) -> Result<Option<Vec<Bytes>>, WebError> {
    let mut seen = Vec::new();
    for file in &scan {
        seen.push(sheets(&web.cabinet, file.clone()).await?);
    }
    let compared = form.value(COMPARED) == "yes";
    let Some(flaw) = flaw(&seen, printed, compared) else {
        return Ok(Some(scan));
    };
    form.refuse("file", told(flaw, printed.1));
    match flaw {
        Flaw::OutOfOrder { .. } => {}
        Flaw::Unread { .. } => form.refuse(COMPARED, Text::key("ink-sheet-compare")),
        _ => return Ok(None),
    }
    let places = in_order(&seen).into_iter();
    Ok(Some(places.map(|place| scan[place].clone()).collect()))
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

//! An agreement that is signed by hand: printed, signed by everybody, scanned, and the scan held against the original.

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use serde::Serialize;

use super::case::Head;
use super::minutes::moment;
use super::paper_text::PaperText;
use super::proof::{Proof, Round, mark, name_of, reply};
use super::refusals::out_of_order;
use super::sign::{SignerShown, signers};
use super::upload;
use crate::casework;
use crate::documents::Look;
use crate::domain::action::ActionKind;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::offered;
use crate::domain::scan::{Flaw, flaw, in_order};
use crate::evidence::{sheets, told_by};
use crate::i18n::Text;
use crate::paperwork::{Scanned, ScannedFile, text_hash};
use crate::rooms::Topic;
use crate::web::{Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

/// Photos of one agreement; more is a PDF.
const MOST_FILES: usize = 12;

/// Instead of a code that no machine can read, somebody has compared the sheet.
const COMPARED: &str = "codes";

/// What the officer looks for before signing over a scan.
const TICKS: [&str; 4] = ["pages", "signatures", "text", "original"];

#[derive(Serialize)]
pub struct OnPaperPage {
    pub head: Head,
    pub action: String,
    pub pdf: String,
    pub text: PaperText,
    pub signers: Vec<SignerShown>,
    /// It is signed by hand; otherwise it can be taken there.
    pub by_hand: bool,
    /// What the reader can do: `switch`, `certify` or nothing.
    pub can: &'static str,
    /// On paper as on a screen nobody has to.
    pub may_decline: bool,
    /// How many come out of the printer.
    pub sheets: usize,
    /// `scan` or `code`.
    pub step: &'static str,
    /// What the law says of this kind of dispute.
    pub by_law: bool,
    pub hash: String,
    pub mark: String,
    pub name: String,
    pub proof: &'static str,
    pub sent_to: String,
    pub form: Form,
}

impl Page for OnPaperPage {
    const TEMPLATE: &'static str = "pages/on-paper.html";

    fn samples() -> Vec<Self> {
        let page = |step, (by_hand, officer), form| Self {
            head: Head::sample(),
            action: "/cases/1/on-paper".to_owned(),
            pdf: "/cases/1/papers/2".to_owned(),
            text: PaperText::sample(),
            signers: SignerShown::samples(),
            by_hand,
            can: match (by_hand, officer) {
                (false, _) => "switch",
                (true, true) => "certify",
                (true, false) => "",
            },
            may_decline: !officer,
            sheets: 3,
            step,
            by_law: officer,
            hash: "0".repeat(64),
            mark: "0000 0000 0000 0000".to_owned(),
            name: "陈调解".to_owned(),
            proof: "code",
            sent_to: "138****1234".to_owned(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.read("last_signed", moment);
        wrong.refuse("file", Text::key("perform-file-kind"));
        wrong.refuse(
            "typed",
            Text::key("sign-typed-other").with("name", "陈调解"),
        );
        for tick in TICKS {
            wrong.refuse(tick, Text::key("sign-check-tick"));
        }
        wrong.refuse(COMPARED, Text::key("ink-sheet-compare"));
        let mut code = Form::blank();
        code.refuse("code", Text::key("sign-code-wrong").with("left", 3_u32));
        vec![
            page("scan", (false, false), Form::blank()),
            page("scan", (true, false), Form::blank()),
            page("scan", (true, true), wrong),
            page("code", (true, true), code),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/on-paper", Policy::Sees, show)
        .post(
            "/cases/{id}/on-paper",
            Policy::Does(&[ActionKind::SignOnPaper, ActionKind::CertifyScan]),
            act,
        )
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<OnPaperPage, WebError> {
    let agreement = case.stage.signing();
    let agreement = agreement.ok_or(out_of_order(OutOfOrder::WrongState))?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    let hash = text_hash(agreement, paper);
    let offers = offered(&web.desk.rules, case, &viewer.actor, web.desk.clock.now());
    let name = match viewer.actor.person() {
        Some(person) => name_of(web, person).await?.to_string(),
        None => String::new(),
    };
    let rules = web.desk.rules.of(&case.district);
    Ok(OnPaperPage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/on-paper", case.id),
        pdf: format!("/cases/{}/papers/{}", case.id, paper.id),
        text: PaperText::of(web.chancery.agreement_text(case).await?),
        signers: signers(web, viewer, case, agreement).await?,
        by_hand: agreement.by_hand.is_some(),
        can: if offers.contains(&ActionKind::CertifyScan) {
            "certify"
        } else if offers.contains(&ActionKind::SignOnPaper) {
            "switch"
        } else {
            ""
        },
        may_decline: offers.contains(&ActionKind::DeclineToSign),
        sheets: web.chancery.sheets(paper).await?,
        step: "scan",
        by_law: !rules.may_sign_electronically(&case.dispute),
        hash: hash.to_string(),
        mark: mark(hash),
        name,
        proof: "code",
        sent_to: String::new(),
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if case.stage.signing().is_none() {
        return Ok(see_other(&format!("/cases/{id}")));
    }
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

/// The fields of the form with its files.
async fn parts(mut parts: Multipart) -> Result<(Form, Vec<Bytes>), WebError> {
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            let bytes = part.bytes().await?;
            if !bytes.is_empty() {
                files.push(bytes);
            }
        } else {
            pairs.push((name, part.text().await?));
        }
    }
    Ok((Form::from_pairs(pairs.into_iter()), files))
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    sent: Multipart,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let (mut form, files) = parts(sent).await?;
    if form.value("act") == "switch" {
        let case = web.chancery.sign_on_paper(&viewer.actor, &case).await?;
        super::room::refresh(&web, &case, Topic::Case);
        return Ok(see_other(&format!("/cases/{id}/on-paper")));
    }
    let mut shown = page(&web, &viewer, &case, Form::blank()).await?;
    if shown.can != "certify" {
        return Err(out_of_order(OutOfOrder::WrongState));
    }
    let agreement = case.stage.signing().ok_or(WebError::NotFound)?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    let printed = (paper.verify_id.as_str(), shown.sheets);
    let scan = keep(&web, &mut form, files, printed).await?;
    let last_signed = form.read("last_signed", moment);
    for tick in TICKS {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let (Some(scan), Some(last_signed), false) = (scan, last_signed, form.has_errors()) else {
        shown.form = form;
        return viewer.show_again(&web, &shown);
    };
    let hash = text_hash(agreement, paper);
    let proof = Proof::of_signer(&web, &viewer, &case, Signer::Mediator, hash).await?;
    let (chancery, actor, held) = (&web.chancery, &viewer.actor, &case);
    let certify = |look: Look, shown| async move {
        let scanned = Scanned {
            files: scan,
            last_signed,
            look,
            shown,
        };
        chancery.certify_scan(actor, held, hash, scanned).await
    };
    let named = (&mut form, shown.name.as_str());
    let round = proof.round(&web, &viewer, named, certify).await?;
    if let Round::Signed(case) = &round {
        super::room::refresh(&web, case, Topic::Case);
        return Ok(see_other(&format!("/cases/{id}")));
    }
    if matches!(round, Round::Prove) {
        shown.step = "code";
        shown.proof = proof.name();
        shown.sent_to = proof.sent_to(&form);
    }
    shown.form = form;
    reply(&web, &viewer, &shown, &shown.form)
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

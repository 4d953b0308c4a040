//! An agreement that is signed by hand: printed, signed by everybody, scanned, and the scan held against the original by two.

mod confirm;
mod scan;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::minutes::moment;
use super::paper_text::PaperText;
use super::proof::{mark, name_of};
use super::refusals::out_of_order;
use super::sign::{SignerShown, signers};
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::agreement::Agreement;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::offered;
use crate::i18n::Text;
use crate::paperwork::sealed_hash;
use crate::rooms::Topic;
use crate::web::{
    Choice, Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other,
};
use confirm::ScanShown;

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
    /// `screen` while it can still be signed there, `sheets`, `scanned`, or `code` for the proof of whoever certifies.
    pub step: &'static str,
    /// What the reader can do: `switch`, `certify`, `confirm` or nothing.
    pub can: &'static str,
    /// On paper as on a screen nobody has to.
    pub may_decline: bool,
    /// The scan can be taken back.
    pub may_return: bool,
    /// The reader takes the agreement back to the board, there.
    pub board: Option<String>,
    /// How many come out of the printer.
    pub sheets: usize,
    /// By when all are to sign.
    pub lapses: Option<Timestamp>,
    /// What the law says of this kind of dispute.
    pub by_law: bool,
    pub scan: ScanShown,
    /// Whom the officer can ask to look, where the committee has nobody else.
    pub confirmers: Vec<Choice>,
    /// Files that were sent and need not be sent again.
    pub kept: u32,
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
        let page = |step, can, form| Self {
            head: Head::sample(),
            action: "/cases/1/on-paper".to_owned(),
            pdf: "/cases/1/papers/2".to_owned(),
            text: PaperText::sample(),
            signers: SignerShown::samples(),
            step,
            can,
            may_decline: can.is_empty(),
            may_return: step == "scanned" && !can.is_empty(),
            board: (can == "certify").then(|| "/cases/1/board".to_owned()),
            sheets: 3,
            lapses: Some(Timestamp::UNIX_EPOCH),
            by_law: can == "certify",
            scan: ScanShown::sample(step == "scanned", can),
            confirmers: if step == "scanned" && can.is_empty() {
                vec![Choice {
                    value: "1".to_owned(),
                    label: "和风区司法局 · 薛长乐".to_owned(),
                    hint: String::new(),
                }]
            } else {
                Vec::new()
            },
            kept: if can == "certify" { 2 } else { 0 },
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
        let mut unlike = Form::blank();
        unlike.refuse("held", Text::key("sign-check-tick"));
        unlike.refuse("code", Text::key("sign-totp-wrong"));
        vec![
            page("screen", "switch", Form::blank()),
            page("screen", "", Form::blank()),
            page("sheets", "", Form::blank()),
            page("sheets", "certify", wrong),
            page("code", "certify", code),
            page("scanned", "", Form::blank()),
            page("scanned", "confirm", unlike),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/on-paper", Policy::Sees, show)
        .post(
            "/cases/{id}/on-paper",
            Policy::Does(&[
                ActionKind::SignOnPaper,
                ActionKind::CertifyScan,
                ActionKind::Seal,
                ActionKind::ReturnScan,
            ]),
            act,
        )
}

/// What of it the reader can do now.
fn can(agreement: &Agreement, offers: &[ActionKind]) -> &'static str {
    let by_hand = agreement.by_hand.is_some();
    let of = |kind| offers.contains(&kind);
    if of(ActionKind::CertifyScan) {
        "certify"
    } else if of(ActionKind::Seal) && by_hand {
        "confirm"
    } else if of(ActionKind::SignOnPaper) {
        "switch"
    } else {
        ""
    }
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
    let hash = sealed_hash(agreement, paper);
    let offers = offered(&web.desk.rules, case, &viewer.actor, web.desk.clock.now());
    let name = match viewer.actor.person() {
        Some(person) => name_of(web, person).await?.to_string(),
        None => String::new(),
    };
    let rules = web.desk.rules.of(&case.district);
    let can = can(agreement, &offers);
    let mut scan = ScanShown::of(web, viewer, case, agreement).await?;
    scan.returned = scan.returned.filter(|_| can == "certify");
    Ok(OnPaperPage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/on-paper", case.id),
        pdf: format!("/cases/{}/papers/{}", case.id, paper.id),
        text: PaperText::of(web.chancery.agreement_text(case).await?),
        signers: signers(web, viewer, case, agreement).await?,
        step: match agreement.by_hand {
            None => "screen",
            Some(_) if agreement.is_certified() => "scanned",
            Some(_) => "sheets",
        },
        can,
        may_decline: offers.contains(&ActionKind::DeclineToSign),
        may_return: offers.contains(&ActionKind::ReturnScan),
        board: offers
            .contains(&ActionKind::ReopenDraft)
            .then(|| format!("/cases/{}/board", case.id)),
        sheets: match can {
            "certify" => web.chancery.sheets(paper).await?,
            _ => 0,
        },
        lapses: agreement.lapses.as_ref().map(|due| due.at),
        by_law: !rules.may_sign_electronically(&case.dispute),
        confirmers: if scan.own {
            confirm::others(web, viewer, case).await?
        } else {
            Vec::new()
        },
        scan,
        kept: 0,
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
    let (form, files) = parts(sent).await?;
    match form.value("act") {
        "switch" => {
            let case = web.chancery.sign_on_paper(&viewer.actor, &case).await?;
            super::room::refresh(&web, &case, Topic::Case);
            Ok(see_other(&format!("/cases/{id}/on-paper")))
        }
        "confirm" => confirm::confirm(&web, &viewer, &case, form).await,
        "ask" => confirm::ask(&web, &viewer, &case, form).await,
        "return" => confirm::give_back(&web, &viewer, &case, form).await,
        _ => scan::certify(&web, &viewer, &case, (form, files)).await,
    }
}

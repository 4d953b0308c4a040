//! Checking a paper: behind its square code, or by uploading it. Neither page shows personal data without the file.

mod samples;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use super::proof::mark;
use super::upload;
use crate::casework;
use crate::documents::record::Record as PlatformRecord;
use crate::documents::verify::{self, Compared, Standing, Verdict};
use crate::domain::case::Case;
use crate::domain::confirmation::Phase;
use crate::domain::hash::ContentHash;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::permission::may_read_paper;
use crate::domain::stage::Stage;
use crate::i18n::Text;
use crate::paperwork::agreement_on;
use crate::web::checks::Turn;
use crate::web::pace::Cost;
use crate::web::{Form, Multipart, Path, Policy, Routes, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct VerifyPage {
    pub action: String,
    /// What lies behind the square code; none on the plain page.
    pub record: Option<Record>,
    /// What was found in the file that was sent.
    pub result: Option<Found>,
    pub form: Form,
}

/// What anybody may know who holds the paper's code: no name, number or address of the case is among it.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// `current`, `signing` (not everybody has signed), and of an application also `filed`, `decided` or `dropped`
    /// (withdrawn, not accepted, or not filed in time); of what is void why, `changed`, `declined`, `lapsed` or
    /// `withdrawn`, or `over` where that is not known; `unknown` where the code leads to no paper.
    pub state: &'static str,
    /// Where the platform's signed record is.
    pub file: Option<String>,
    /// Where whoever may read the paper gets the proof that it is under an hourly anchor: it names the matter.
    pub proof: Option<String>,
    /// Of a paper of which anything is kept.
    pub known: Option<Known>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Known {
    pub kind: String,
    /// The committee or the court.
    pub issuer: String,
    pub made_at: Timestamp,
    pub void_at: Option<Timestamp>,
    /// Places to sign, and how many are signed; of what is not void.
    pub places: usize,
    pub signed: usize,
    /// `waiting` or `done` of what is signed by hand, else empty.
    pub ink: &'static str,
    /// How the fingerprint of the current file begins; of what is not void.
    pub mark: String,
}

#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own"
)]
pub struct Found {
    /// Nothing speaks against it, whether or not somebody has yet to sign.
    pub accepted: bool,
    /// Nothing speaks against it, and nothing in it, nor our record, says that it is one of ours.
    pub elsewhere: bool,
    /// Nothing speaks against it but that its wording is not known.
    pub worded: bool,
    pub whole: bool,
    /// Everybody has signed, and what closes it is missing.
    pub cut: bool,
    /// Against the platform's record: `same`, `older`, `unsigned` (the same, and nobody has signed), `over`, `other`,
    /// `referred` (on this file the ruling decides), `report` (how it was signed), `printed` (to be signed by hand), or
    /// empty where there is no record to compare with.
    pub compared: &'static str,
    /// Whether a ruling is about the agreement beside it, `yes` or `no`; `foreign` where the file is not one of ours.
    pub about: &'static str,
    /// Somebody for whom there is a place has not signed.
    pub waiting: bool,
    pub lines: Vec<String>,
    /// How the file grew, for whoever wants to know.
    pub steps: Vec<String>,
    pub hash: String,
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/verify", Policy::Anyone, show, check)
        .form("/v/{id}", Policy::Anyone, show_record, check_record)
        .get("/v/{id}/record.json", Policy::Anyone, download)
}

/// The kind at the end of its message key.
fn name(kind: PaperKind) -> String {
    kind.name().replace('_', "-")
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &blank("/verify".to_owned(), None))
}

fn blank(action: String, record: Option<Record>) -> VerifyPage {
    VerifyPage {
        action,
        record,
        result: None,
        form: Form::blank(),
    }
}

async fn check(
    State(web): State<Web>,
    viewer: Viewer,
    parts: Multipart,
) -> Result<Response, WebError> {
    count(&web, &viewer, Cost::Check)?;
    let page = blank("/verify".to_owned(), None);
    answer(&web, &viewer, page, None, parts).await
}

/// A case and what the platform says of one of its papers.
struct Kept {
    case: Case,
    record: PlatformRecord,
}

async fn find(web: &Web, verify_id: &str) -> Result<Option<Kept>, WebError> {
    let Some(case) = casework::case_of_paper(&web.desk, verify_id).await? else {
        return Ok(None);
    };
    let record = web.chancery.record(&case, verify_id).await?;
    Ok(Some(Kept { case, record }))
}

async fn shown(web: &Web, viewer: &Viewer, kept: &Kept) -> Result<Record, WebError> {
    let Kept { case, record } = kept;
    let file = Some(format!("/v/{}/record.json", record.verify_id));
    let (mut papers, mut voided) = (case.papers.iter(), case.voided.iter());
    let paper = papers.find(|paper| paper.verify_id == record.verify_id);
    let gone = voided.find(|gone| gone.paper.verify_id == record.verify_id);
    let (state, paper) = match (paper, gone) {
        (Some(paper), _) => (state(case, paper), paper),
        (None, Some(gone)) => (gone.why.name(), &gone.paper),
        (None, None) => {
            return Ok(Record {
                state: "over",
                file,
                proof: None,
                known: None,
            });
        }
    };
    let issuer = paper.court.unwrap_or(case.organisation);
    let issuer = web
        .chancery
        .organisation_name(issuer, viewer.locale)
        .await?;
    let void_at = gone.map(|gone| gone.at);
    let reads = gone.is_none() && may_read_paper(&viewer.actor, case, paper);
    let proof = reads.then(|| format!("/cases/{}/papers/{}?proof=inclusion", case.id, paper.id));
    Ok(Record {
        state,
        file,
        proof,
        known: Some(known(kept, paper, (issuer, void_at))),
    })
}

fn known(kept: &Kept, paper: &Paper, (issuer, void_at): (String, Option<Timestamp>)) -> Known {
    let Kept { case, record } = kept;
    let by_hand = agreement_on(case, paper).and_then(|agreed| agreed.by_hand.as_ref());
    let hands = record.by_hand.as_ref().map(|it| it.hands.len());
    let signers = record.history.signers.len();
    let (places, signed) = match (void_at, hands) {
        (Some(_), _) => (0, 0),
        (None, Some(hands)) => (hands, hands),
        (None, None) => (signers, record.history.signed()),
    };
    Known {
        kind: name(paper.kind),
        issuer,
        made_at: paper.made_at,
        void_at,
        places,
        signed,
        ink: match (by_hand, hands) {
            (None, _) => "",
            (Some(_), None) => "waiting",
            (Some(_), Some(_)) => "done",
        },
        mark: mark(&paper.hash),
    }
}

fn state(case: &Case, paper: &Paper) -> &'static str {
    match paper.kind {
        PaperKind::Agreement if case.stage.signing().is_some() => "signing",
        PaperKind::Application => application(case),
        _ => "current",
    }
}

/// An application says nothing in itself: what counts is whether the court has it, and what it did with it.
fn application(case: &Case) -> &'static str {
    match &case.stage {
        Stage::Confirm { phase, .. } => match phase {
            Phase::Prepared => "signing",
            Phase::Filed { .. } | Phase::Reviewing { .. } => "filed",
            Phase::Valid { .. } | Phase::Dismissed { .. } => "decided",
            Phase::NotAccepted { .. } | Phase::Withdrawn { .. } => "dropped",
        },
        _ if case.latest_paper(PaperKind::Ruling).is_some() => "decided",
        _ => "dropped",
    }
}

/// Whoever asks here need not say who they are, so that only their pace is looked at.
fn count(web: &Web, viewer: &Viewer, cost: Cost) -> Result<(), WebError> {
    web.pace.count(viewer.client, cost, web.desk.clock.now())
}

async fn show_record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    count(&web, &viewer, Cost::Look)?;
    let Some(kept) = find(&web, &id).await? else {
        return nothing(&web, &viewer);
    };
    let record = shown(&web, &viewer, &kept).await?;
    viewer.show(&web, &blank(format!("/v/{id}"), Some(record)))
}

/// A code that is cut short or mistyped leads here as well: the file itself can be checked all the same.
fn nothing(web: &Web, viewer: &Viewer) -> Result<Response, WebError> {
    let record = Record {
        state: "unknown",
        file: None,
        proof: None,
        known: None,
    };
    let page = blank("/verify".to_owned(), Some(record));
    viewer.answer(web, StatusCode::NOT_FOUND, &page)
}

async fn check_record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<String>,
    parts: Multipart,
) -> Result<Response, WebError> {
    count(&web, &viewer, Cost::Check)?;
    let Some(kept) = find(&web, &id).await? else {
        return nothing(&web, &viewer);
    };
    let record = shown(&web, &viewer, &kept).await?;
    let page = blank(format!("/v/{id}"), Some(record));
    answer(&web, &viewer, page, Some(kept), parts).await
}

/// The platform's record, signed, for `heyi verify --record` and other programs.
async fn download(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    count(&web, &viewer, Cost::Look)?;
    let case = casework::case_of_paper(&web.desk, &id).await?;
    let case = case.ok_or(WebError::NotFound)?;
    let record = web.chancery.record(&case, &id).await?;
    let file = match web.issued.find(&record, record.at) {
        Some(file) => file,
        None => sign(&web, &viewer, record)?,
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"record.json\"",
        ),
    ];
    Ok((headers, file).into_response())
}

fn sign(web: &Web, viewer: &Viewer, record: PlatformRecord) -> Result<Bytes, WebError> {
    count(web, viewer, Cost::Signature)?;
    let file = Bytes::from(web.chancery.issue_record(&record)?.file);
    web.issued.keep(record, file.clone());
    Ok(file)
}

async fn answer(
    web: &Web,
    viewer: &Viewer,
    mut page: VerifyPage,
    kept: Option<Kept>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let (form, mut files) = upload::read_several(parts).await?;
    page.form = form;
    let Some(file) = files.remove("file") else {
        page.form.refuse("file", Text::key("verify-file-missing"));
        return viewer.show_again(web, &page);
    };
    let Some(turn) = web.checks.turn().await else {
        page.form.refuse("file", Text::key("verify-busy"));
        return viewer.answer(web, StatusCode::SERVICE_UNAVAILABLE, &page);
    };
    let asked = kept.is_some();
    let agreement = files.remove("agreement");
    let (turn, checked) = look_into(web, turn, (file.clone(), agreement)).await?;
    let Checked { report, id, hash } = checked;
    let kept = match (kept, id) {
        (None, Some(id)) => find(web, &id).await?,
        (kept, _) => kept,
    };
    let record = kept.as_ref().map(|kept| kept.record.clone());
    let (_, (report, compared)) = turn
        .run(move || {
            let mut report = report;
            let compared = record.map(|record| verify::compare(&file, &report, &record));
            if compared
                .as_ref()
                .is_some_and(|it| it.standing.is_recorded())
            {
                report.vouch();
            }
            (report, compared)
        })
        .await?;
    // A file that only says it is one of ours is judged by itself.
    let compared = compared.filter(|it| asked || it.standing != Standing::Other || report.whole);
    if let (Some(kept), Some(_), None) = (&kept, &compared, &page.record) {
        page.record = Some(shown(web, viewer, kept).await?);
    }
    let ruled = match &kept {
        Some(kept) => web.chancery.ruled_on(&kept.case, &hash).await?,
        None => None,
    };
    page.result = Some(found(web, viewer, &report, (ruled, compared), &hash));
    viewer.show(web, &page)
}

/// What can be told of a file by itself.
struct Checked {
    report: verify::Report,
    id: Option<String>,
    hash: ContentHash,
}

async fn look_into(
    web: &Web,
    turn: Turn,
    (file, agreement): (Bytes, Option<Bytes>),
) -> Result<(Turn, Checked), WebError> {
    let authority = &web.chancery.authority;
    let roots = authority.roots();
    let roots = roots.map_err(|error| WebError::internal(&error))?;
    let lists = authority.revocations(web.chancery.desk.clock.now());
    let lists = lists.map_err(|error| WebError::internal(&error))?;
    let texts = Arc::clone(&web.texts);
    turn.run(move || {
        let mut report = verify::run_in(&file, (&roots, &lists), &texts);
        if let Some(agreement) = &agreement {
            report.compare(agreement);
        }
        Checked {
            report,
            id: verify::public_id(&file),
            hash: ContentHash::of(&file),
        }
    })
    .await
}

fn found(
    web: &Web,
    viewer: &Viewer,
    report: &verify::Report,
    (ruled, compared): (Option<String>, Option<Compared>),
    hash: &ContentHash,
) -> Found {
    let steps = verify::history(report, &web.texts, viewer.locale);
    let mut lines = verify::describe(report, &web.texts, viewer.locale);
    lines.retain(|line| !steps.contains(line));
    if let Some(compared) = &compared {
        let told = verify::describe_record(compared, &web.texts, viewer.locale);
        lines.extend(told.into_iter().skip(1));
    }
    let referred = compared.as_ref().is_some_and(|it| it.outcome.is_some());
    if let Some(outcome) = ruled.filter(|_| !referred) {
        let key = ["documents-outcome-", &outcome].concat();
        lines.push(web.texts.t(viewer.locale, &key, &[]));
    }
    Found {
        accepted: matches!(report.verdict(), Verdict::Accepted | Verdict::Waiting),
        elsewhere: report.is_from_elsewhere(),
        worded: report.is_only_worded_otherwise(),
        whole: report.whole,
        cut: report.is_only_unclosed(),
        compared: compared.map_or("", |it| said(it.standing, report)),
        about: match report.is_about {
            Some(true) => "yes",
            Some(false) => "no",
            None if report.foreign.is_some() => "foreign",
            None => "",
        },
        waiting: !report.unsigned.is_empty(),
        lines,
        steps,
        hash: hash.to_string(),
    }
}

fn said(standing: Standing, report: &verify::Report) -> &'static str {
    match standing {
        Standing::Newest | Standing::Waiting if report.signatures.is_empty() => "unsigned",
        Standing::Newest | Standing::Waiting => "same",
        Standing::Truncated => "older",
        Standing::ReferredTo => "referred",
        Standing::Report => "report",
        Standing::Printed => "printed",
        Standing::Void | Standing::Lapsed => "over",
        // The record is drawn up now, from the newest file: nothing is newer.
        Standing::Later | Standing::Other => "other",
    }
}

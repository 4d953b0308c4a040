//! Checking a paper: behind its square code, or by uploading it. Neither page shows personal data without the file.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::proof::mark;
use super::upload;
use crate::casework;
use crate::documents::verify;
use crate::domain::case::Case;
use crate::domain::confirmation::Phase;
use crate::domain::hash::ContentHash;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::stage::Stage;
use crate::i18n::Text;
use crate::web::{Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError};

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
    /// `current`, `signing` (not everybody has signed), `over` (no longer a paper of the case), and of an application
    /// also `filed`, `decided` or `dropped` (withdrawn, not accepted, or not filed in time).
    pub state: &'static str,
    /// Of a paper that is not over.
    pub known: Option<Known>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Known {
    pub kind: &'static str,
    /// The committee or the court.
    pub issuer: String,
    pub made_at: Timestamp,
    /// How the fingerprint of the current file begins.
    pub mark: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Found {
    pub accepted: bool,
    pub whole: bool,
    /// Against the platform's record: `same`, `older`, `unsigned` (the same, and nobody has signed), `over`, `other`,
    /// or empty where there is no record to compare with.
    pub compared: &'static str,
    /// Whether a ruling is about the agreement beside it, `yes` or `no`; `foreign` where the file is not one of ours.
    pub about: &'static str,
    /// Somebody for whom there is a place has not signed.
    pub waiting: bool,
    pub lines: Vec<String>,
    pub hash: String,
}

impl Page for VerifyPage {
    const TEMPLATE: &'static str = "pages/verify.html";

    fn samples() -> Vec<Self> {
        let record = |kind, state| Record {
            state,
            known: (state != "over").then(|| Known {
                kind,
                issuer: "柳荫街道人民调解委员会".to_owned(),
                made_at: Timestamp::UNIX_EPOCH,
                mark: "0000 0000 0000 0000".to_owned(),
            }),
        };
        let page = |record, result| Self {
            action: "/verify".to_owned(),
            record,
            result,
            form: Form::blank(),
        };
        let mut wrong = page(None, None);
        let missing = Text::key("verify-file-missing");
        wrong.form.refuse("file", missing);
        let mut pages = vec![
            wrong,
            page(None, None),
            page(None, Some(found(true, true, "same"))),
            page(None, Some(found(false, true, "other"))),
            page(
                Some(record("agreement", "over")),
                Some(found(true, true, "over")),
            ),
            page(
                Some(record("agreement", "signing")),
                Some(found(true, true, "older")),
            ),
            page(
                Some(record("agreement", "signing")),
                Some(found(false, false, "unsigned")),
            ),
            page(
                Some(record("agreement", "signing")),
                Some(found(false, false, "")),
            ),
        ];
        pages.extend(
            ["signing", "filed", "decided", "dropped"]
                .map(|state| page(Some(record("application", state)), None)),
        );
        let beside = ["yes", "no", "foreign"].map(|about| {
            let good = about != "foreign";
            Found {
                about,
                ..found(good, good, "")
            }
        });
        pages.extend(beside.map(|found| page(None, Some(found))));
        pages.extend(PaperKind::ALL.map(|kind| page(Some(record(name(kind), "current")), None)));
        pages
    }
}

/// What may be found in a file, for the samples.
fn found(accepted: bool, whole: bool, compared: &'static str) -> Found {
    Found {
        accepted,
        whole,
        compared,
        about: "",
        waiting: compared == "older",
        lines: vec!["文件完整，全部签名有效。".to_owned()],
        hash: "0".repeat(64),
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/verify", Policy::Anyone, show, check)
        .form("/v/{id}", Policy::Anyone, show_record, check_record)
}

/// The kind at the end of its message key.
const fn name(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Agreement => "agreement",
        PaperKind::NonSettlement => "non-settlement",
        PaperKind::Application => "application",
        PaperKind::Ruling => "ruling",
        PaperKind::IntakeRecord => "intake-record",
        PaperKind::RightsNotice => "rights-notice",
        PaperKind::ServiceAddress => "service-address",
        PaperKind::Extension => "extension",
        PaperKind::SessionRecord => "session-record",
    }
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
    answer(
        &web,
        &viewer,
        blank("/verify".to_owned(), None),
        None,
        parts,
    )
    .await
}

async fn find(
    web: &Web,
    viewer: &Viewer,
    verify_id: &str,
) -> Result<(Record, Option<Paper>), WebError> {
    let case = casework::case_of_paper(&web.desk, verify_id).await?;
    let case = case.ok_or(WebError::NotFound)?;
    let paper = case
        .papers
        .iter()
        .find(|paper| paper.verify_id == verify_id);
    let record = record(web, viewer, &case, paper).await?;
    Ok((record, paper.cloned()))
}

async fn record(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    paper: Option<&Paper>,
) -> Result<Record, WebError> {
    let Some(paper) = paper else {
        return Ok(Record {
            state: "over",
            known: None,
        });
    };
    let issuer = paper.court.unwrap_or(case.organisation);
    let issuer = web.chancery.organisation_name(issuer, viewer.locale).await;
    let issuer = issuer?;
    Ok(Record {
        state: state(case, paper),
        known: Some(Known {
            kind: name(paper.kind),
            issuer,
            made_at: paper.made_at,
            mark: mark(&paper.hash),
        }),
    })
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

async fn show_record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (record, _) = find(&web, &viewer, &id).await?;
    viewer.show(&web, &blank(format!("/v/{id}"), Some(record)))
}

async fn check_record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<String>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let (record, paper) = find(&web, &viewer, &id).await?;
    let page = blank(format!("/v/{id}"), Some(record));
    answer(&web, &viewer, page, paper, parts).await
}

async fn answer(
    web: &Web,
    viewer: &Viewer,
    mut page: VerifyPage,
    paper: Option<Paper>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let (form, mut files) = upload::read_several(parts).await?;
    page.form = form;
    let Some(file) = files.remove("file") else {
        page.form.refuse("file", Text::key("verify-file-missing"));
        return viewer.show_again(web, &page);
    };
    let roots = web.chancery.authority.roots();
    let roots = roots.map_err(|error| WebError::internal(&error))?;
    let lists = web
        .chancery
        .authority
        .revocations(web.chancery.desk.clock.now());
    let lists = lists.map_err(|error| WebError::internal(&error))?;
    let mut report = verify::run_against(&file, &roots, &lists);
    if let Some(agreement) = files.get("agreement") {
        report.compare(agreement);
    }
    let compared = match &page.record {
        None => "",
        Some(record) if record.known.is_none() => "over",
        Some(_) => compare(web, paper.as_ref(), &file, &report).await?,
    };
    page.result = Some(Found {
        accepted: report.accepted,
        whole: report.whole,
        compared,
        about: match report.is_about {
            Some(true) => "yes",
            Some(false) => "no",
            None if report.foreign.is_some() => "foreign",
            None => "",
        },
        waiting: !report.unsigned.is_empty(),
        lines: verify::describe(&report, &web.texts, viewer.locale),
        hash: ContentHash::of(&file).to_string(),
    });
    viewer.show(web, &page)
}

/// Whether the file is the one on record. A true copy with fewer signatures is an older revision of it: what a file of
/// ours begins with and is whole by itself ends where a signature ended.
async fn compare(
    web: &Web,
    paper: Option<&Paper>,
    file: &[u8],
    report: &verify::Report,
) -> Result<&'static str, WebError> {
    let Some(paper) = paper else {
        return Ok("over");
    };
    if paper.hash == ContentHash::of(file) {
        let signed = !report.signatures.is_empty();
        return Ok(if signed { "same" } else { "unsigned" });
    }
    let current = web.chancery.file(paper).await?;
    let older = report.whole && current.starts_with(file);
    Ok(if older { "older" } else { "other" })
}

//! Performance of an agreement, clause by clause: reported with a proof, acknowledged or disputed.

mod findings;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

pub use findings::{FindingFace, RatingFace, SlipFace};

use super::terms::ClauseShown;
use super::{refusals, upload};
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::agreement::{LedgerEntry, PerformanceState, Report};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, ClauseId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::is_offered;
use crate::domain::permission::may_open;
use crate::domain::stage::Stage;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::{
    Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const LONGEST_TEXT: usize = 1_000;

/// What is done on the page.
const KINDS: [ActionKind; 3] = [
    ActionKind::AcknowledgePerformance,
    ActionKind::DisputePerformance,
    ActionKind::ReportBreach,
];

#[derive(Serialize)]
pub struct PerformancePage {
    pub case: String,
    pub number: String,
    pub action: String,
    pub clauses: Vec<ClauseState>,
    /// `open`, `breached`, `handed-over` or `closed`.
    pub state: &'static str,
    pub can_breach: bool,
    /// All is acknowledged, and somebody is to look on the spot.
    pub to_verify: bool,
    pub findings: Vec<FindingFace>,
    /// Where the reader rates, who is a party, once it is over.
    pub rating: Option<RatingFace>,
    /// Where slips are printed.
    pub slips: Vec<SlipFace>,
    pub form: Form,
}

#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each thing the page shows or not"
)]
pub struct ClauseState {
    #[serde(flatten)]
    pub clause: ClauseShown,
    /// `owed`, `reported`, `disputed` or `acknowledged`.
    pub performance: &'static str,
    /// When it was disputed or acknowledged.
    pub at: Option<Timestamp>,
    /// Why it is disputed.
    pub why: String,
    pub reports: Vec<ReportShown>,
    pub overdue: bool,
    pub can_report: bool,
    pub can_answer: bool,
    pub can_dispute: bool,
    /// A clause before it waits for the reader too; large text asks for one thing at a time.
    pub later: bool,
}

/// What the debtor said and sent.
#[derive(Clone, Debug, Serialize)]
pub struct ReportShown {
    pub at: Timestamp,
    pub note: String,
    /// Address of the file that shows it; not `proof`, which is what the clause asks for.
    pub evidence: Option<String>,
}

/// The page on which a debtor says that a clause is done.
#[derive(Serialize)]
pub struct ReportPage {
    pub back: String,
    pub action: String,
    pub clause: ClauseShown,
    pub form: Form,
}

impl ClauseState {
    fn sample(performance: &'static str) -> Self {
        Self {
            clause: ClauseShown {
                id: if performance == "reported" {
                    ClauseShown::sample().id
                } else {
                    performance.to_owned()
                },
                ..ClauseShown::sample()
            },
            performance,
            at: ["disputed", "acknowledged"]
                .contains(&performance)
                .then_some(Timestamp::UNIX_EPOCH),
            why: if performance == "disputed" {
                "没有收到"
            } else {
                ""
            }
            .to_owned(),
            reports: [true, false]
                .into_iter()
                .filter(|_| performance != "owed")
                .map(|with_file| ReportShown {
                    at: Timestamp::UNIX_EPOCH,
                    note: if with_file { "" } else { "已转账" }.to_owned(),
                    evidence: with_file.then(|| "/cases/1/proofs/2".to_owned()),
                })
                .collect(),
            overdue: performance == "owed",
            can_report: performance == "owed",
            can_answer: performance == "reported",
            can_dispute: performance == "reported",
            later: performance == "reported",
        }
    }
}

impl Page for PerformancePage {
    const TEMPLATE: &'static str = "pages/performance.html";

    fn samples() -> Vec<Self> {
        let page = |state, can_breach, form| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            number: "柳荫调协〔2026〕12号".to_owned(),
            action: "/cases/1/performance".to_owned(),
            clauses: match state {
                "closed" => vec![ClauseState::sample("acknowledged")],
                _ => ["owed", "reported", "disputed", "acknowledged"]
                    .map(ClauseState::sample)
                    .to_vec(),
            },
            state,
            can_breach,
            to_verify: can_breach,
            findings: vec![FindingFace::sample()],
            rating: (state == "closed").then(RatingFace::sample),
            slips: (state == "closed")
                .then(SlipFace::sample)
                .into_iter()
                .collect(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse(
            &format!("why-{}", ClauseShown::sample().id),
            Text::key("form-required"),
        );
        vec![
            page("open", true, wrong),
            page("breached", false, Form::blank()),
            page("closed", false, Form::blank()),
        ]
    }
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "pages/performance_report.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("proof", Text::key("perform-file-kind"));
        vec![Self {
            back: "/cases/1/performance".to_owned(),
            action: "/cases/1/performance/2".to_owned(),
            clause: ClauseShown::sample(),
            form: wrong,
        }]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/performance", Policy::Sees, show)
        .post("/cases/{id}/performance", Policy::Does(&KINDS), act)
        .form(
            "/cases/{id}/performance/{clause}",
            Policy::Does(&[ActionKind::ReportPerformance]),
            show_report,
            report,
        )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, Form::blank())?;
    viewer.show(&web, &page)
}

fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<PerformancePage, WebError> {
    let settlement = case.stage.settlement().ok_or(WebError::NotFound)?;
    let now = web.accounts.clock.now();
    let breach = ActionKind::ReportBreach;
    let state = |entry: &LedgerEntry| clause_state(web, viewer, case, entry);
    let mut clauses: Vec<_> = settlement.ledger.iter().filter_map(state).collect();
    let mine = clauses.iter_mut();
    let mine = mine.filter(|clause| clause.can_report || clause.can_answer);
    mine.skip(1).for_each(|clause| clause.later = true);
    Ok(PerformancePage {
        case: case.id.to_string(),
        number: settlement.agreement.number.clone(),
        action: format!("/cases/{}/performance", case.id),
        clauses,
        state: match case.stage {
            Stage::Breached { .. } => "breached",
            Stage::Closed { .. } => "closed",
            _ if is_with_others(case) => "handed-over",
            _ => "open",
        },
        can_breach: is_offered(&web.desk.rules, case, &viewer.actor, breach, now),
        to_verify: settlement.is_performed() && case.to_verify().is_some(),
        findings: findings::findings(viewer, case),
        rating: findings::rating(web, viewer, case),
        slips: findings::slips(viewer, case),
        form,
    })
}

/// What is not kept is for the court or the arbitrators now.
const fn is_with_others(case: &Case) -> bool {
    matches!(case.stage, Stage::Arbitrate { .. } | Stage::Litigate { .. })
}

fn clause_state(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    entry: &LedgerEntry,
) -> Option<ClauseState> {
    let clause = case.stage.settlement()?.clause(entry.clause)?;
    let me = case.seat_for(&viewer.actor);
    let open = !matches!(case.stage, Stage::Closed { .. }) && !is_with_others(case);
    let owes = open && me == Some(clause.terms.debtor);
    let is_owed = open && me.is_some() && !owes;
    let (performance, at, why) = match &entry.state {
        PerformanceState::Owed => ("owed", None, ""),
        PerformanceState::Reported => ("reported", None, ""),
        PerformanceState::Disputed { at, why } => ("disputed", Some(*at), why.as_str()),
        PerformanceState::Acknowledged { at } => ("acknowledged", Some(*at), ""),
    };
    let shown = |report: &Report| ReportShown {
        at: report.at,
        note: report.note.clone(),
        evidence: report
            .proof
            .as_ref()
            .filter(|proof| may_open(&viewer.actor, case, proof))
            .map(|hash| format!("/cases/{}/proofs/{hash}", case.id)),
    };
    let today = civil_date(web.accounts.clock.now());
    Some(ClauseState {
        clause: ClauseShown::of(case, clause),
        performance,
        at,
        why: why.to_owned(),
        reports: entry.reports.iter().map(shown).collect(),
        overdue: performance != "acknowledged" && clause.terms.due < today,
        can_report: owes && ["owed", "disputed"].contains(&performance),
        can_answer: is_owed && performance != "acknowledged",
        can_dispute: is_owed && performance == "reported",
        later: false,
    })
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let clause = form.value("clause").parse::<ClauseId>();
    let clause = clause.map_err(|error| WebError::BadRequest(error.to_string()));
    let why = format!("why-{}", form.value("clause"));
    let action = match form.value("act") {
        "acknowledge" => Some(Action::AcknowledgePerformance { clause: clause? }),
        "dispute" => {
            let clause = clause?;
            let why = form.read(&why, parse::text(LONGEST_TEXT));
            why.map(|why| Action::DisputePerformance { clause, why })
        }
        "breach" => Some(Action::ReportBreach),
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if let Some(action) = action
        && let Some(done) = perform(&web, &viewer, id, action, (&mut form, &why)).await?
    {
        return Ok(done);
    }
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, form)?;
    viewer.show_again(&web, &page)
}

/// Back to the ledger once it is done; what stands in the way becomes a message beside `field`.
async fn perform(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    action: Action,
    (form, field): (&mut Form, &str),
) -> Result<Option<Response>, WebError> {
    match casework::perform(&web.desk, &viewer.actor, id, action).await {
        Ok(_) => Ok(Some(see_other(&format!("/cases/{id}/performance")))),
        Err(error) => {
            refusals::beside(form, field, error)?;
            Ok(None)
        }
    }
}

/// The clause, if the reader owes it and has not yet said that it is done.
async fn owed(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    clause: ClauseId,
) -> Result<ClauseShown, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let settlement = case.stage.settlement().ok_or(WebError::NotFound)?;
    let entry = settlement
        .ledger
        .iter()
        .find(|entry| entry.clause == clause);
    let state = entry.and_then(|entry| clause_state(web, viewer, &case, entry));
    let state = state.ok_or(WebError::NotFound)?;
    let clause = settlement.clause(clause).ok_or(WebError::NotFound)?;
    if case.seat_for(&viewer.actor) != Some(clause.terms.debtor) {
        let why = "not this reader's to report".to_owned();
        return Err(WebError::Forbidden(why));
    }
    if state.can_report {
        Ok(state.clause)
    } else {
        Err(refusals::out_of_order(OutOfOrder::AlreadyDone))
    }
}

fn report_page(id: CaseId, clause: ClauseShown, form: Form) -> ReportPage {
    ReportPage {
        back: format!("/cases/{id}/performance"),
        action: format!("/cases/{id}/performance/{}", clause.id),
        clause,
        form,
    }
}

async fn show_report(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, clause)): Path<(CaseId, ClauseId)>,
) -> Result<Response, WebError> {
    let clause = owed(&web, &viewer, id, clause).await?;
    viewer.show(&web, &report_page(id, clause, Form::blank()))
}

async fn report(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, clause)): Path<(CaseId, ClauseId)>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let shown = owed(&web, &viewer, id, clause).await?;
    let (mut form, file) = upload::read(parts).await?;
    let note = form.read_optional("note", parse::text(LONGEST_TEXT));
    match &file {
        Some(file) => upload::check(&mut form, "proof", file),
        None if form.value("note").is_empty() => {
            form.refuse("note", Text::key("perform-note-or-proof"));
        }
        None => {}
    }
    let Some(note) = note.filter(|_| !form.has_errors()) else {
        return viewer.show_again(&web, &report_page(id, shown, form));
    };
    let proof = match file {
        Some(file) => {
            let put = web.chancery.files.put(file).await;
            Some(put.map_err(|error| WebError::internal(&error))?)
        }
        None => None,
    };
    let action = Action::ReportPerformance {
        clause,
        note: note.unwrap_or_default(),
        proof,
    };
    match perform(&web, &viewer, id, action, (&mut form, "note")).await? {
        Some(done) => Ok(done),
        None => viewer.show_again(&web, &report_page(id, shown, form)),
    }
}

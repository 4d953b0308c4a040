//! A case as one of its people sees it: where it stands, what comes next, by when, whom to call, what I can do.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use crate::casework;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::complaint::may_complain;
use crate::domain::ids::CaseId;
use crate::domain::offered::offered;
use crate::domain::permission::{
    may_keep_caucus_notes, may_keep_file, may_read_paper, may_see_failures, may_see_team,
};
use crate::i18n::Text;
use crate::web::faces::{self, OrganisationFace};
use crate::web::pages::triage::face::{self, TriageFace};
use crate::web::pages::triage::safety::HelpFace;
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

pub(in crate::web) mod act;
pub(in crate::web) mod doors;
pub(in crate::web) mod head;
pub(in crate::web) mod history;
mod samples;
mod stands;
mod unsigned;
pub(in crate::web) mod view;

use super::contacts::{self, AttemptFace};
use super::delivery::{self, DeliveryFace};
use super::help::{self, RequestFace};
use super::recordings::{self, RecordingFace};
use doors::Door;
pub(in crate::web) use head::Head;
use history::Line;
use unsigned::UnsignedFace;
use view::{ClaimFace, DecisionFace, DueFace, PaperFace, SeatFace, SessionFace, Step};

#[derive(Serialize)]
pub struct CasePage {
    pub head: Head,
    /// Where it stands and what comes next, in words.
    pub stands: Text,
    pub next: Text,
    pub due: Option<DueFace>,
    pub steps: Vec<Step>,
    pub call: OrganisationFace,
    pub doors: Vec<Door>,
    pub sessions: Vec<SessionFace>,
    /// Who met when, for those who lead the case.
    pub record: Option<String>,
    /// What was recorded of the sessions, for whoever reads their record.
    pub recordings: Vec<RecordingFace>,
    pub papers: Vec<PaperFace>,
    /// Agreements that not all have signed.
    pub unsigned: Vec<UnsignedFace>,
    /// Papers that were brought or are to be, as far as the reader may know.
    pub deliveries: Vec<DeliveryFace>,
    /// Whether the reader has a version of the dossier, and whether there is a paper to print.
    pub dossier: bool,
    pub prints: bool,
    pub seats: Vec<SeatFace>,
    pub decisions: Vec<DecisionFace>,
    pub appointed: Option<Text>,
    /// Where those who sit at the table are listed.
    pub team: Option<String>,
    /// The notes of whoever mediates, for them.
    pub notes: Option<String>,
    /// Where a party complains about the mediator.
    pub complain: Option<String>,
    pub claims: Vec<ClaimFace>,
    pub story: String,
    pub opened_at: Timestamp,
    pub history: Vec<Line>,
    /// Who was called upon how, for whoever works with the people of the case.
    pub attempts: Vec<AttemptFace>,
    /// Messages that did not arrive, which only staff see.
    pub failures: Vec<Failure>,
    /// How urgent it is and how it came, for whoever sorts and mediates it.
    pub triage: Option<TriageFace>,
    /// Whom the claimant can turn to, where there are signs of danger.
    pub help: Vec<HelpFace>,
    /// The case that it became part of.
    pub moved: Option<String>,
    /// What authorities were asked, as far as the reader may know.
    pub asked: Vec<RequestFace>,
}

/// A message that reached nobody.
#[derive(Serialize)]
pub struct Failure {
    pub to: String,
    pub at: Timestamp,
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "pages/case.html";

    fn samples() -> Vec<Self> {
        samples::pages()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/cases/{id}", Policy::Sees, show)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let person = viewer.person()?;
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let standings = case.standings(&viewer.actor);
    let role = view::role(&standings);
    let now = web.desk.clock.now();
    let entries = casework::history(&web.desk, &viewer.actor, id).await?;
    let mut people: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry.actor.person())
        .collect();
    people.extend(case.stage.mediator());
    people.extend(case.team.iter().map(|it| it.person));
    people.extend(case.decisions.iter().flat_map(|it| [it.by, it.about]));
    people.extend(case.attempts.iter().filter_map(|attempt| attempt.by));
    let names = faces::names(&web, people).await?;
    let page = CasePage {
        head: Head::of(&web, &viewer, &case),
        stands: stands::stands(&case),
        next: stands::next(&case, role, person),
        due: match role {
            "staff" => case.stage.due(),
            _ => case.stage.due_for_parties(),
        }
        .map(|due| view::due(&web, &viewer, due, now)),
        steps: view::steps(&case),
        call: faces::organisation(&web, &viewer, case.organisation).await?,
        doors: doors::open(&offered(&web.desk.rules, &case, &viewer.actor, now), id),
        sessions: view::sessions(&case, &viewer.actor),
        record: view::record(&case, &viewer.actor),
        recordings: recordings::faces(&case, &viewer.actor),
        papers: view::papers(&case, &viewer.actor),
        unsigned: unsigned::unsigned(&case, &viewer.actor),
        deliveries: delivery::listed(&web, &viewer, &case).await?,
        dossier: may_keep_file(&viewer.actor, &case),
        prints: prints(&case, &viewer.actor),
        seats: view::seats(&case, &viewer.actor, &names),
        decisions: view::decisions(&case, &names),
        appointed: view::appointed(&case),
        complain: may_complain(&viewer.actor, &case).then(|| format!("/cases/{id}/complain")),
        team: may_see_team(&viewer.actor, &case).then(|| format!("/cases/{id}/team")),
        notes: may_keep_caucus_notes(&viewer.actor, &case).then(|| format!("/cases/{id}/notes")),
        claims: view::claims(&case),
        story: case.story.clone(),
        opened_at: case.opened_at,
        history: history::lines(&web, &viewer, &case, &names, entries),
        attempts: contacts::listed(&web, &viewer, &case, &names),
        failures: failures(&web, &case, &viewer.actor).await?,
        triage: TriageFace::of(&web, &viewer, &case).await?,
        help: face::help_for(&web, &viewer, &case),
        moved: face::moved(&case),
        asked: help::requests(&web, &viewer, &case).await?,
    };
    viewer.show(&web, &page)
}

async fn failures(web: &Web, case: &Case, actor: &Actor) -> Result<Vec<Failure>, WebError> {
    if !may_see_failures(actor, case) {
        return Ok(Vec::new());
    }
    faces::failed_messages(web, case.id).await
}

/// Whether there is something to print: clauses on the board, or a paper that the reader reads.
fn prints(case: &Case, actor: &Actor) -> bool {
    let drafted = case.stage.work().map(|work| &work.draft.clauses);
    let reads = |paper| may_read_paper(actor, case, paper);
    let some = drafted.is_some_and(|clauses| !clauses.is_empty()) || case.papers.iter().any(reads);
    some && may_keep_file(actor, case)
}

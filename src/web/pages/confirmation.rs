//! Judicial confirmation as the parties see it: join, answer the court, withdraw, receive the ruling.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::exhibits::HandedIn;
use super::paper_text::PaperText;
use super::proof::{Proof, Round, mark, reply, signer_name};
use super::refusals::{self, out_of_order};
use super::sign::SignerShown;
use super::terms::begin_of;
use crate::accounts::codes::Purpose;
use crate::casework;
use crate::documents::Look;
use crate::domain::action::{Action, ActionKind};
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::confirmation::{Application, Phase};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, OrganisationId, PartyId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::offered;
use crate::domain::party::Party;
use crate::domain::service::Ways;
use crate::domain::stage::Stage;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::paperwork::Draft;
use crate::storage::office::Listed;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const LONGEST_ANSWER: usize = 2_000;

/// What is done on the page.
const KINDS: [ActionKind; 4] = [
    ActionKind::JoinConfirmation,
    ActionKind::WithdrawConfirmation,
    ActionKind::AnswerSupplement,
    ActionKind::ReceiveRuling,
];

#[derive(Serialize)]
pub struct ConfirmationPage {
    pub case: String,
    pub action: String,
    /// `join`, `code`, or the phase: `prepared`, `filed`, `reviewing`, `valid`, `dismissed`, `not_accepted`, `withdrawn`.
    pub step: &'static str,
    /// The beginning of the last day for joining.
    pub last_day: Timestamp,
    pub days_left: i32,
    /// The count reached days whose holidays are not published yet.
    pub provisional: bool,
    pub courts: Vec<Choice>,
    pub court: String,
    pub text: Option<PaperText>,
    /// Under which the court took it in, or refused to.
    pub number: String,
    pub joined: Vec<SignerShown>,
    pub papers: HandedIn,
    /// What the judge wants to know.
    pub question: Option<String>,
    pub ruling: Option<RulingShown>,
    /// How the reader's own papers of the court reach them: `chosen`, `post` or `unsaid`.
    pub ways: &'static str,
    /// Where they say so, as long as they can.
    pub ways_form: Option<String>,
    /// Why the court did not accept the application, or dismissed it.
    pub reasons: String,
    pub can_withdraw: bool,
    /// Of the application that can be joined.
    pub hash: Option<ContentHash>,
    pub mark: String,
    /// Whose name is put: the party's, or that of whoever signs for it.
    pub name: String,
    /// `code` or `second_factor`.
    pub proof: &'static str,
    pub sent_to: String,
    pub form: Form,
}

#[derive(Clone, Debug, Serialize)]
pub struct RulingShown {
    pub number: String,
    pub at: Timestamp,
    pub pdf: String,
    /// When it was served on the reader.
    pub served_at: Option<Timestamp>,
    /// When the reader opened it; the file opens with it.
    pub read_at: Option<Timestamp>,
    /// Whether the reader is one of those it is served on.
    pub mine: bool,
    /// The reader gets it by post or by hand, and may look at it here before.
    pub on_paper: bool,
}

impl Page for ConfirmationPage {
    const TEMPLATE: &'static str = "pages/confirmation.html";

    fn samples() -> Vec<Self> {
        let page = |step, form| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            action: "/cases/1/confirmation".to_owned(),
            step,
            last_day: Timestamp::UNIX_EPOCH,
            days_left: 12,
            provisional: step == "join",
            courts: vec![Choice {
                value: "1".to_owned(),
                label: "柳荫区人民法院".to_owned(),
                hint: String::new(),
            }],
            court: "柳荫区人民法院".to_owned(),
            text: (step == "join").then(PaperText::sample),
            number: if ["reviewing", "not_accepted"].contains(&step) {
                "（2026）和0101诉前调确12号".to_owned()
            } else {
                String::new()
            },
            joined: SignerShown::samples().into_iter().take(2).collect(),
            papers: HandedIn::sample(),
            question: (step == "reviewing").then(|| "隔音垫由谁购买？".to_owned()),
            ruling: ["valid", "dismissed", "not_accepted"]
                .contains(&step)
                .then(|| RulingShown {
                    number: "（2026）和0101诉前调确12号".to_owned(),
                    at: Timestamp::UNIX_EPOCH,
                    pdf: "/cases/1/papers/2".to_owned(),
                    served_at: (step == "valid").then_some(Timestamp::UNIX_EPOCH),
                    read_at: (step == "valid").then_some(Timestamp::UNIX_EPOCH),
                    mine: true,
                    on_paper: false,
                }),
            ways: if step == "join" { "unsaid" } else { "chosen" },
            ways_form: (step == "join").then(|| "/cases/1/service".to_owned()),
            reasons: "内容不明确。".to_owned(),
            can_withdraw: ["prepared", "filed", "reviewing"].contains(&step),
            hash: Some(ContentHash::of(b"")),
            mark: "0000 0000 0000 0000".to_owned(),
            name: "王秀英".to_owned(),
            proof: "code",
            sent_to: "138****1234".to_owned(),
            form,
        };
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("sign-code-void"));
        [
            "join",
            "prepared",
            "filed",
            "reviewing",
            "valid",
            "dismissed",
            "not_accepted",
            "withdrawn",
        ]
        .into_iter()
        .map(|step| page(step, Form::blank()))
        .chain([page("code", wrong)])
        .collect()
    }
}

pub(in crate::web) fn routes() -> Routes {
    // The doors of a case name what is to be done there; it is all on the one page.
    Routes::new()
        .get("/cases/{id}/confirmation", Policy::Sees, show)
        .post("/cases/{id}/confirmation", Policy::Does(&KINDS), act)
        .get("/cases/{id}/supplement", Policy::Sees, show)
        .get("/cases/{id}/ruling", Policy::Sees, show)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<ConfirmationPage, WebError> {
    let settlement = case.stage.settlement().ok_or(WebError::NotFound)?;
    let now = web.accounts.clock.now();
    let offers = offered(&web.desk.rules, case, &viewer.actor, now);
    let joins = offers.contains(&ActionKind::JoinConfirmation);
    let (application, phase) = parts(case);
    let me = case.seat_for(&viewer.actor);
    let courts = web.chancery.courts(case).await?;
    let court = chosen_court(application, &form).or_else(|| courts.first().map(|court| court.id));
    let draft = match court.filter(|_| joins) {
        Some(court) => Some(web.chancery.application(case, court).await?),
        None => None,
    };
    if let (true, Some(court)) = (form.value("court").is_empty(), court) {
        form = form.filled("court", court.to_string());
    }
    let hash = draft.as_ref().map(Draft::text_hash);
    Ok(ConfirmationPage {
        case: case.id.to_string(),
        action: format!("/cases/{}/confirmation", case.id),
        step: step(joins, phase)?,
        last_day: begin_of(settlement.confirm_by.day()),
        days_left: days_left(settlement.confirm_by.day(), now),
        provisional: settlement.confirm_by.provisional,
        courts: courts
            .iter()
            .filter(|one| application.is_none_or(|application| application.court == one.id))
            .map(|court| choice(viewer, court))
            .collect(),
        court: match court {
            Some(court) => web.chancery.organisation_name(court, viewer.locale).await?,
            None => String::new(),
        },
        text: draft.map(|draft| PaperText::of(draft.text)),
        number: phase
            .and_then(Phase::filing)
            .map_or_else(String::new, |filing| filing.number.clone()),
        joined: joined(case, application),
        papers: HandedIn::of(web, viewer, case).await?,
        question: application
            .filter(|_| offers.contains(&ActionKind::AnswerSupplement))
            .and_then(Application::open_question)
            .map(|asked| asked.question.clone()),
        ruling: phase.and_then(|phase| ruling_shown(case, phase, me)),
        ways: me.and_then(|me| case.party(me)).map_or("unsaid", ways),
        ways_form: offers
            .contains(&ActionKind::ConfirmService)
            .then(|| format!("/cases/{}/service", case.id)),
        reasons: reasons(phase),
        can_withdraw: offers.contains(&ActionKind::WithdrawConfirmation),
        mark: hash.as_ref().map(mark).unwrap_or_default(),
        hash,
        name: whose_name(web, viewer, case, me).await?,
        proof: "code",
        sent_to: String::new(),
        form,
    })
}

/// The name of whoever signs for the party.
async fn whose_name(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    me: Option<PartyId>,
) -> Result<String, WebError> {
    match me {
        Some(party) => signer_name(web, viewer, case, Signer::Party { party }).await,
        None => Ok(String::new()),
    }
}

fn choice(viewer: &Viewer, court: &Listed) -> Choice {
    let name = &court.organisation.name;
    Choice {
        value: court.id.to_string(),
        label: name.for_tag(viewer.locale.tag()).to_owned(),
        hint: String::new(),
    }
}

fn parts(case: &Case) -> (Option<&Application>, Option<&Phase>) {
    match &case.stage {
        Stage::Confirm {
            application, phase, ..
        } => (Some(application), Some(phase)),
        _ => (None, None),
    }
}

/// The court of the application that has begun, or the one chosen in the form.
fn chosen_court(application: Option<&Application>, form: &Form) -> Option<OrganisationId> {
    match application {
        Some(application) => Some(application.court),
        None => form.value("court").parse().ok(),
    }
}

fn step(joins: bool, phase: Option<&Phase>) -> Result<&'static str, WebError> {
    Ok(match phase {
        _ if joins => "join",
        None => return Err(out_of_order(OutOfOrder::TooLate)),
        Some(Phase::Prepared) => "prepared",
        Some(Phase::Filed { .. }) => "filed",
        Some(Phase::Reviewing { .. }) => "reviewing",
        Some(Phase::Valid { .. }) => "valid",
        Some(Phase::Dismissed { .. }) => "dismissed",
        Some(Phase::NotAccepted { .. }) => "not_accepted",
        Some(Phase::Withdrawn { .. }) => "withdrawn",
    })
}

/// Days from today to a day, negative once it is over.
pub(super) fn days_left(day: jiff::civil::Date, now: Timestamp) -> i32 {
    civil_date(now).until(day).map_or(0, |span| span.get_days())
}

fn joined(case: &Case, application: Option<&Application>) -> Vec<SignerShown> {
    let at = |party: PartyId| {
        let mut joined = application?.joined.iter();
        joined
            .find(|joined| joined.party == party)
            .map(|joined| joined.at)
    };
    case.parties
        .iter()
        .map(|party| SignerShown {
            role: "party",
            name: party.name.as_str().to_owned(),
            at: at(party.id),
        })
        .collect()
}

fn ways(seat: &Party) -> &'static str {
    match seat.ways() {
        Ways::Electronic(_) => "chosen",
        Ways::OnPaper => "post",
        Ways::Unsaid => "unsaid",
    }
}

fn ruling_shown(case: &Case, phase: &Phase, me: Option<PartyId>) -> Option<RulingShown> {
    let (paper, served) = phase.ruled()?;
    let made = case.paper(paper)?;
    let seat = me.and_then(|me| case.party(me));
    let mut services = served.iter();
    let service = services.find(|service| Some(service.party) == me);
    let read_at = service.and_then(|service| service.read_at);
    let brought = me.and_then(|me| case.delivery(paper, me)?.done());
    let at_once = seat.is_some_and(|seat| matches!(seat.ways(), Ways::Electronic(_)));
    Some(RulingShown {
        number: phase.filing()?.number.clone(),
        at: made.made_at,
        pdf: format!("/cases/{}/papers/{paper}", case.id),
        served_at: brought
            .map(|entry| begin_of(entry.on))
            .or(service.filter(|_| at_once).map(|it| it.at))
            .or(read_at),
        read_at,
        mine: service.is_some(),
        on_paper: seat.is_some_and(|seat| seat.ways() == Ways::OnPaper),
    })
}

fn reasons(phase: Option<&Phase>) -> String {
    match phase {
        Some(Phase::NotAccepted { reasons, .. }) => reasons.clone(),
        Some(Phase::Dismissed { ruling }) => ruling.reasons.clone(),
        _ => String::new(),
    }
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let action = match form.value("act") {
        "look" | "sign" => return join(&web, &viewer, &case, form).await,
        "withdraw" => Some(Action::WithdrawConfirmation),
        "receive" => Some(Action::ReceiveRuling),
        "answer" => form
            .read("answer", parse::text(LONGEST_ANSWER))
            .map(|text| Action::AnswerSupplement { text }),
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if let Some(action) = action {
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(case) => return Ok(see_other(&after(&case))),
            Err(error) => refusals::beside(&mut form, "answer", error)?,
        }
    }
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, form).await?;
    viewer.show_again(&web, &page)
}

/// This page, or the case's once nothing lies before the court.
fn after(case: &Case) -> String {
    let applied = parts(case).0.is_some();
    let page = if applied { "/confirmation" } else { "" };
    format!("/cases/{}{page}", case.id)
}

async fn join(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<Response, WebError> {
    let party = case.seat_for(&viewer.actor).ok_or(WebError::NotFound)?;
    let shown = page(web, viewer, case, form.clone()).await?;
    let hash = shown.hash.ok_or(out_of_order(OutOfOrder::WrongState))?;
    let court = chosen_court(parts(case).0, &form).ok_or(WebError::NotFound)?;
    let purpose = Purpose::Confirm { party, hash: &hash };
    let proof = Proof::of_seat(web, viewer, (case, party), purpose, &hash).await?;
    let (chancery, actor, read) = (&web.chancery, &viewer.actor, &hash);
    let sign = |look: Look, shown| async move {
        let hand = (&look, shown);
        let joined = chancery.join_confirmation(actor, case.id, court, read, hand);
        joined.await
    };
    let named = (&mut form, shown.name.as_str());
    let round = proof.round(web, viewer, named, sign).await?;
    if let Round::Signed(_) = round {
        return Ok(see_other(&format!("/cases/{}/confirmation", case.id)));
    }
    let case = casework::load(&web.desk, &viewer.actor, case.id).await?;
    let mut page = page(web, viewer, &case, form).await?;
    if matches!(round, Round::Prove) {
        page.step = "code";
        page.proof = proof.name();
        page.sent_to = proof.sent_to(&page.form);
    }
    reply(web, viewer, &page, &page.form)
}

//! Asking an authority to help in a case, what came of it, and an answer that staff were told by letter or on the phone.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use crate::casework;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::help::{Asked, HelpOutcome, HelpRequest};
use crate::domain::ids::{CaseId, OrganisationId, PartyId, RequestId};
use crate::domain::permission::asks_authorities;
use crate::i18n::{Text, Texts};
use crate::web::faces::{self, LampFace};
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 2] = [Kind::AskAuthority, Kind::AnswerRequest];
const LONGEST_TEXT: usize = 500;

#[derive(Serialize)]
pub struct HelpPage {
    pub head: Head,
    pub form: Form,
    pub requests: Vec<RequestFace>,
    pub authorities: Vec<Choice>,
    pub contacts: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    /// The request whose answer is being corrected.
    pub answering: String,
}

/// One request with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct RequestFace {
    pub id: String,
    pub authority: String,
    pub what: String,
    pub at: Timestamp,
    pub due: Timestamp,
    pub lamp: LampFace,
    /// Kept from the parties.
    pub hidden: bool,
    pub outcome: Option<Text>,
    pub text: String,
    pub answered_at: Option<Timestamp>,
    /// Written down by staff.
    pub recorded: bool,
}

impl RequestFace {
    pub(super) fn sample(answered: bool) -> Self {
        Self {
            id: "0192f0c1-2345-7000-8000-000000000001".to_owned(),
            authority: "和风区综合行政执法队（演示）".to_owned(),
            what: "楼道堆物挡住消防通道".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            due: Timestamp::UNIX_EPOCH,
            lamp: LampFace::sample(-1),
            hidden: !answered,
            outcome: answered.then(|| outcome_text(HelpOutcome::Acted)),
            text: if answered { "已当场清理" } else { "" }.to_owned(),
            answered_at: answered.then_some(Timestamp::UNIX_EPOCH),
            recorded: answered,
        }
    }
}

impl Page for HelpPage {
    const TEMPLATE: &'static str = "pages/help.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form, requests: Vec<RequestFace>, authorities| Self {
            answering: requests
                .first()
                .map_or_else(String::new, |it| it.id.clone()),
            head: Head::sample(),
            form,
            requests,
            authorities,
            contacts: vec![choice("", "都不给"), choice("1", "安和")],
            outcomes: vec![choice("acted", "已经处理")],
        };
        let mut wrong = Form::blank();
        wrong.choose("authority", |_| None::<OrganisationId>);
        wrong.read("what", parse::text(LONGEST_TEXT));
        wrong.refuse("consent", Text::key("help-consent-missing"));
        let both = || vec![RequestFace::sample(false), RequestFace::sample(true)];
        let some = || vec![choice("1", "和风区综合行政执法队（演示）")];
        vec![
            page(Form::blank(), Vec::new(), some()),
            page(wrong, both(), some()),
            page(Form::blank(), Vec::new(), Vec::new()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/help", Policy::Does(&KINDS), show)
        .post("/cases/{id}/help", Policy::Does(&[Kind::AskAuthority]), ask)
        .post(
            "/cases/{id}/help/{request}",
            Policy::Does(&[Kind::AnswerRequest]),
            answer,
        )
}

pub(super) fn outcome_text(outcome: HelpOutcome) -> Text {
    Text::key(format!("help-outcome-{}", outcome.name()))
}

pub(super) fn outcomes(words: &Texts, viewer: &Viewer) -> Vec<Choice> {
    let choice = |outcome: HelpOutcome| Choice {
        value: outcome.name().to_owned(),
        label: words.say(viewer.locale, &outcome_text(outcome)),
        hint: String::new(),
    };
    HelpOutcome::ALL.map(choice).into()
}

/// What was asked and answered, as far as the reader may know of it.
pub(super) async fn requests(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
) -> Result<Vec<RequestFace>, WebError> {
    let staff = asks_authorities(&viewer.actor, case);
    let party = case.seat_for(&viewer.actor).is_some();
    let mut faces = Vec::new();
    for request in case.requests.iter().rev() {
        if staff || (party && request.asked.shown) {
            faces.push(face(web, viewer, request).await?);
        }
    }
    Ok(faces)
}

async fn face(web: &Web, viewer: &Viewer, request: &HelpRequest) -> Result<RequestFace, WebError> {
    let answer = request.answer.as_ref();
    Ok(RequestFace {
        id: request.id.to_string(),
        authority: faces::organisation(web, viewer, request.authority)
            .await?
            .name,
        what: request.asked.what.clone(),
        at: request.at,
        due: request.due.at,
        lamp: LampFace::of(web, request.due.at),
        hidden: !request.asked.shown,
        outcome: answer.map(|answer| outcome_text(answer.outcome)),
        text: answer.map_or_else(String::new, |answer| answer.text.clone()),
        answered_at: answer.map(|answer| answer.at),
        recorded: answer.is_some_and(|answer| answer.recorded),
    })
}

async fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> Result<HelpPage, WebError> {
    let case = &open.case;
    let listed = if open.has(Kind::AskAuthority) {
        casework::authorities(&web.desk, case.organisation).await?
    } else {
        Vec::new()
    };
    let authorities = listed.into_iter().map(|it| Choice {
        value: it.id.to_string(),
        label: it.organisation.name.for_tag(viewer.locale.tag()).to_owned(),
        hint: String::new(),
    });
    let nobody = Choice {
        value: "none".to_owned(),
        label: web.words(case).t(viewer.locale, "help-contact-none", &[]),
        hint: String::new(),
    };
    let contacts = case.parties.iter().map(|party| Choice {
        value: party.id.to_string(),
        label: party.name.to_string(),
        hint: String::new(),
    });
    Ok(HelpPage {
        head: Head::of(web, viewer, case),
        requests: requests(web, viewer, case).await?,
        authorities: authorities.collect(),
        contacts: std::iter::once(nobody).chain(contacts).collect(),
        outcomes: outcomes(web.words(case), viewer),
        form,
        answering: String::new(),
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let form = Form::blank()
        .filled("contact", "none")
        .filled("shown", "yes");
    viewer.show(&web, &page(&web, &viewer, &open, form).await?)
}

/// What the form says; handing over a name wants the consent of its bearer (个人信息保护法 23).
async fn asked(
    web: &Web,
    case: &Case,
    form: &mut Form,
) -> Result<Option<(OrganisationId, Asked)>, WebError> {
    let known = casework::authorities(&web.desk, case.organisation).await?;
    let authority = form.choose("authority", |id| {
        let id: OrganisationId = id.parse().ok()?;
        known.iter().find(|it| it.id == id).map(|it| it.id)
    });
    let what = form.read("what", parse::text(LONGEST_TEXT));
    let contact = form.choose("contact", |id| match id {
        "none" => Some(None),
        id => {
            let id: PartyId = id.parse().ok()?;
            case.party(id).map(|party| Some(party.id))
        }
    });
    let consents = form.value("consent") == "yes";
    if contact.flatten().is_some() && !consents {
        form.refuse("consent", Text::key("help-consent-missing"));
        return Ok(None);
    }
    let shown = form.value("shown") == "yes";
    let (Some(authority), Some(what), Some(contact)) = (authority, what, contact) else {
        return Ok(None);
    };
    let asked = Asked {
        what,
        contact,
        shown,
    };
    Ok(Some((authority, asked)))
}

async fn ask(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::AskAuthority]).await?;
    if let Some((authority, asked)) = asked(&web, &open.case, &mut form).await? {
        let action = Action::AskAuthority {
            id: RequestId(web.desk.clock.new_id()),
            authority,
            asked,
        };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "what")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, request)): Path<(CaseId, RequestId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::AnswerRequest]).await?;
    let outcome = form.choose("outcome", HelpOutcome::parse);
    let text = form.read("text", parse::text(LONGEST_TEXT));
    if let (Some(outcome), Some(text)) = (outcome, text) {
        let action = Action::AnswerRequest {
            id: request,
            outcome,
            text,
        };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "text")).await? {
            return Ok(done);
        }
    }
    let mut page = page(&web, &viewer, &open, form).await?;
    page.answering = request.to_string();
    viewer.show_again(&web, &page)
}

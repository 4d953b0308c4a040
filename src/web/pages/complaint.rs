//! Complaints about a mediator: brought by a party, answered by a supervisor who sees nothing else of the case.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use crate::casework;
use crate::domain::complaint::{self, Complaint, Misconduct, about, may_complain};
use crate::domain::ids::{CaseId, ComplaintId};
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse, see_other,
};

/// Where a party complains.
#[derive(Serialize)]
pub struct ComplainPage {
    pub head: Head,
    pub form: Form,
    pub mediator: String,
    pub kinds: Vec<Choice>,
}

/// What a reader may see of complaints.
#[derive(Serialize)]
pub struct ComplaintsPage {
    pub complaints: Vec<ComplaintFace>,
}

#[derive(Serialize)]
pub struct ComplaintPage {
    pub form: Form,
    pub complaint: ComplaintFace,
    pub may_answer: bool,
}

#[derive(Clone, Serialize)]
pub struct ComplaintFace {
    pub href: String,
    pub number: String,
    pub mediator: String,
    pub by: String,
    pub kind: Text,
    pub text: String,
    pub at: Timestamp,
    pub due: Timestamp,
    pub state: &'static str,
    pub shared: bool,
    pub answer: String,
    pub upheld: bool,
}

impl ComplaintFace {
    fn sample(state: &'static str) -> Self {
        Self {
            href: "/complaints/1".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            mediator: "柳青".to_owned(),
            by: "安和".to_owned(),
            kind: Text::key("complaint-kind-bias"),
            text: "总向着对方说话。".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            due: Timestamp::UNIX_EPOCH,
            state,
            shared: state == "answered",
            answer: if state == "answered" {
                "已经约谈。"
            } else {
                ""
            }
            .to_owned(),
            upheld: state == "answered",
        }
    }
}

impl Page for ComplainPage {
    const TEMPLATE: &'static str = "pages/complain.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("kind", Misconduct::parse);
        wrong.read("text", parse::text(2_000));
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                mediator: "柳青".to_owned(),
                kinds: vec![Choice {
                    value: "bias".to_owned(),
                    label: "偏向一方".to_owned(),
                    hint: String::new(),
                }],
            })
            .into()
    }
}

impl Page for ComplaintsPage {
    const TEMPLATE: &'static str = "pages/complaints.html";

    fn samples() -> Vec<Self> {
        let complaints = ["received", "answered"].map(ComplaintFace::sample);
        [Vec::new(), complaints.to_vec()]
            .map(|complaints| Self { complaints })
            .into()
    }
}

impl Page for ComplaintPage {
    const TEMPLATE: &'static str = "pages/complaint.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("finding", upheld);
        wrong.read("answer", parse::text(2_000));
        let page = |form, state, may_answer| Self {
            form,
            complaint: ComplaintFace::sample(state),
            may_answer,
        };
        vec![
            page(Form::blank(), "received", false),
            page(wrong, "received", true),
            page(Form::blank(), "answered", false),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(
            "/cases/{id}/complain",
            Policy::Of(may_complain),
            show,
            complain,
        )
        .get("/complaints", Policy::SignedIn, list)
        .form("/complaints/{complaint}", Policy::SignedIn, look, answer)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    form: Form,
) -> Result<ComplainPage, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_complain(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let names = faces::names(web, about(&case).into_iter().collect()).await?;
    let kind = |it: Misconduct| Choice {
        value: it.name().to_owned(),
        label: web
            .texts
            .t(viewer.locale, &format!("complaint-kind-{}", it.name()), &[]),
        hint: String::new(),
    };
    Ok(ComplainPage {
        head: Head::of(web, viewer, &case),
        form,
        mediator: names.into_values().next().unwrap_or_default(),
        kinds: Misconduct::ALL.map(kind).into(),
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, id, Form::blank()).await?)
}

async fn complain(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let kind = form.choose("kind", Misconduct::parse);
    let text = form.read("text", parse::text(2_000));
    let (Some(kind), Some(text)) = (kind, text) else {
        return viewer.show_again(&web, &page(&web, &viewer, id, form).await?);
    };
    let made = casework::complain(&web.desk, &viewer.actor, id, kind, text).await?;
    Ok(see_other(&format!("/complaints/{}", made.id)))
}

async fn face(web: &Web, complaint: &Complaint) -> Result<ComplaintFace, WebError> {
    let names = faces::names(web, vec![complaint.by, complaint.mediator]).await?;
    let name = |person| names.get(&person).cloned().unwrap_or_default();
    let answer: Option<&complaint::Answer> = complaint.answer.as_ref();
    Ok(ComplaintFace {
        href: format!("/complaints/{}", complaint.id),
        number: complaint.number.clone(),
        mediator: name(complaint.mediator),
        by: name(complaint.by),
        kind: Text::key(format!("complaint-kind-{}", complaint.kind.name())),
        text: complaint.text.clone(),
        at: complaint.at,
        due: complaint.due.at,
        state: complaint.state(),
        shared: complaint.shared,
        answer: answer.map_or_else(String::new, |it| it.text.clone()),
        upheld: answer.is_some_and(|it| it.upheld),
    })
}

async fn list(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let mut complaints = Vec::new();
    for complaint in casework::complaints(&web.desk, &viewer.actor).await? {
        complaints.push(face(&web, &complaint).await?);
    }
    viewer.show(&web, &ComplaintsPage { complaints })
}

async fn one(
    web: &Web,
    viewer: &Viewer,
    id: ComplaintId,
    form: Form,
) -> Result<ComplaintPage, WebError> {
    let complaint = casework::complaint(&web.desk, &viewer.actor, id).await?;
    Ok(ComplaintPage {
        form,
        may_answer: complaint.may_answer(&viewer.actor),
        complaint: face(web, &complaint).await?,
    })
}

async fn look(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<ComplaintId>,
) -> Result<Response, WebError> {
    viewer.show(&web, &one(&web, &viewer, id, Form::blank()).await?)
}

fn upheld(name: &str) -> Option<bool> {
    match name {
        "upheld" => Some(true),
        "unfounded" => Some(false),
        _ => None,
    }
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<ComplaintId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let here = format!("/complaints/{id}");
    if form.value("do") == "share" {
        casework::share_complaint(&web.desk, &viewer.actor, id).await?;
        return Ok(see_other(&here));
    }
    let shown = one(&web, &viewer, id, Form::blank()).await?;
    let finding = form.choose("finding", upheld);
    let text = form.read("answer", parse::text(2_000));
    let (Some(finding), Some(text)) = (finding, text) else {
        return viewer.show_again(&web, &ComplaintPage { form, ..shown });
    };
    casework::answer_complaint(&web.desk, &viewer.actor, id, finding, text).await?;
    Ok(see_other(&here))
}

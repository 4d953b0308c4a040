//! Ending a mediation with a code: choose it, read what follows, confirm. Pausing and closing stand here too.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::end_codes;
use crate::domain::stage::{EndCode, PauseReason};
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

#[derive(Serialize)]
pub struct EndPage {
    pub head: Head,
    pub form: Form,
    pub codes: Vec<Choice>,
}

impl Page for EndPage {
    const TEMPLATE: &'static str = "pages/end.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("form-choose"));
        let code = Choice {
            value: "refused".to_owned(),
            label: "不想谈了".to_owned(),
            hint: String::new(),
        };
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                codes: vec![code.clone()],
            })
            .into()
    }
}

/// The question before a step that cannot be taken back: `about` is end, pause, resume or close.
#[derive(Serialize)]
pub struct SurePage {
    pub head: Head,
    pub about: &'static str,
    /// The code of the ending.
    pub code: Option<Text>,
}

impl Page for SurePage {
    const TEMPLATE: &'static str = "pages/sure.html";

    fn samples() -> Vec<Self> {
        let end = Some(code_text(EndCode::Refused));
        [("end", end), ("resume", None), ("close", None)]
            .map(|(about, code)| Self {
                head: Head::sample(),
                about,
                code,
            })
            .into()
    }
}

#[derive(Serialize)]
pub struct PausePage {
    pub head: Head,
    pub form: Form,
    pub reasons: Vec<Choice>,
}

impl Page for PausePage {
    const TEMPLATE: &'static str = "pages/pause.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("why", Text::key("form-choose"));
        let why = Choice {
            value: "safety".to_owned(),
            label: "安全".to_owned(),
            hint: String::new(),
        };
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                reasons: vec![why.clone()],
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/cases/{id}/end", Policy::Does(&[Kind::End]), show, choose)
        .form(
            "/cases/{id}/end/{code}",
            Policy::Does(&[Kind::End]),
            show_end,
            end,
        )
        .form(
            "/cases/{id}/close",
            Policy::Does(&[Kind::Close]),
            show_close,
            close,
        )
        .form(
            "/cases/{id}/pause",
            Policy::Does(&[Kind::Pause, Kind::Resume]),
            show_pause,
            pause,
        )
}

fn code_text(code: EndCode) -> Text {
    Text::key(format!("case-end-{}", code.name().replace('_', "-")))
}

fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> EndPage {
    let now = web.desk.clock.now();
    let choice = |code: EndCode| {
        let text = code_text(code);
        Choice {
            value: code.name().to_owned(),
            hint: web
                .texts
                .t(viewer.locale, &format!("{}-hint", text.key), &[]),
            label: web.words(&open.case).say(viewer.locale, &text),
        }
    };
    let codes = end_codes(&web.desk.rules, &open.case, &viewer.actor, now);
    EndPage {
        head: Head::of(web, viewer, &open.case),
        form,
        codes: codes.into_iter().map(choice).collect(),
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::End]).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()))
}

async fn choose(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::End]).await?;
    match form.read("code", parse::choice(EndCode::parse)) {
        Some(code) => Ok(see_other(&format!("/cases/{id}/end/{}", code.name()))),
        None => viewer.show_again(&web, &page(&web, &viewer, &open, form)),
    }
}

async fn show_end(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, code)): Path<(CaseId, String)>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::End]).await?;
    let code = EndCode::parse(&code).ok_or(WebError::NotFound)?;
    let now = web.desk.clock.now();
    if !end_codes(&web.desk.rules, &open.case, &viewer.actor, now).contains(&code) {
        return Err(WebError::OutOfOrder(OutOfOrder::WrongState));
    }
    let head = Head::of(&web, &viewer, &open.case);
    viewer.show(
        &web,
        &SurePage {
            head,
            about: "end",
            code: Some(code_text(code)),
        },
    )
}

async fn end(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, code)): Path<(CaseId, String)>,
) -> Result<Response, WebError> {
    let code = EndCode::parse(&code).ok_or(WebError::NotFound)?;
    act(&web, &viewer, id, Action::End { code }).await
}

async fn show_close(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Close]).await?;
    let head = Head::of(&web, &viewer, &open.case);
    viewer.show(
        &web,
        &SurePage {
            head,
            about: "close",
            code: None,
        },
    )
}

async fn close(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    act(&web, &viewer, id, Action::Close).await
}

fn pause_page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> PausePage {
    let choice = |(name, _): (&str, PauseReason)| Choice {
        value: name.to_owned(),
        label: web
            .texts
            .t(viewer.locale, &format!("case-pause-{name}"), &[]),
        hint: String::new(),
    };
    PausePage {
        head: Head::of(web, viewer, &open.case),
        form,
        reasons: PAUSE_REASONS.map(choice).into(),
    }
}

const PAUSE_REASONS: [(&str, PauseReason); 3] = [
    ("appraisal", PauseReason::Appraisal),
    ("fraud", PauseReason::SuspectedFraud),
    ("safety", PauseReason::Safety),
];

async fn show_pause(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Pause, Kind::Resume]).await?;
    if open.has(Kind::Resume) {
        let head = Head::of(&web, &viewer, &open.case);
        return viewer.show(
            &web,
            &SurePage {
                head,
                about: "resume",
                code: None,
            },
        );
    }
    viewer.show(&web, &pause_page(&web, &viewer, &open, Form::blank()))
}

async fn pause(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Pause, Kind::Resume]).await?;
    if open.has(Kind::Resume) {
        return act(&web, &viewer, id, Action::Resume).await;
    }
    let known = |name: &str| PAUSE_REASONS.into_iter().find(|(known, _)| *known == name);
    match form.read("why", parse::choice(known)) {
        Some((_, why)) => act(&web, &viewer, id, Action::Pause { why }).await,
        None => viewer.show_again(&web, &pause_page(&web, &viewer, &open, form)),
    }
}

//! What a mediator disclosed: the parties agree to the mediator or ask for another, and the committee decides.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act, act_beside, open};
use super::replacement;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::stage::{Declaration, Disclosure, Ground, Mediate, Stage};
use crate::i18n::Text;
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse};

/// The parties' page.
#[derive(Serialize)]
pub struct DisclosurePage {
    pub head: Head,
    pub form: Form,
    pub mediator: String,
    pub told: Vec<ToldFace>,
    pub grounds: Vec<Choice>,
    /// Not by whoever has agreed already, who can still think again.
    pub may_waive: bool,
}

impl Page for DisclosurePage {
    const TEMPLATE: &'static str = "pages/disclosure.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("ground", Ground::parse);
        wrong.read("why", parse::text(1_000));
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                mediator: "柳青".to_owned(),
                told: ToldFace::samples(),
                grounds: vec![Choice {
                    value: "relation".to_owned(),
                    label: "是亲属".to_owned(),
                    hint: String::new(),
                }],
                may_waive: true,
            })
            .into()
    }
}

/// One item of what was declared.
#[derive(Clone, Debug, Serialize)]
pub struct ToldFace {
    pub item: Text,
    pub text: String,
}

impl ToldFace {
    fn of(declared: &Declaration) -> Vec<Self> {
        let face = |(item, text): (&str, &str)| Self {
            item: Text::key(format!("desk-told-{item}")),
            text: text.to_owned(),
        };
        declared.said().into_iter().map(face).collect()
    }

    fn samples() -> Vec<Self> {
        Self::of(&Declaration {
            other: "我和申请人住同一个小区，互相不认识。".to_owned(),
            ..Declaration::default()
        })
    }
}

/// The page of whoever decides.
#[derive(Serialize)]
pub struct ChallengePage {
    pub head: Head,
    pub form: Form,
    pub mediator: String,
    pub told: Vec<ToldFace>,
    pub by: String,
    pub ground: Text,
    pub why: String,
}

impl Page for ChallengePage {
    const TEMPLATE: &'static str = "pages/challenge.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("decision", Text::key("form-choose"));
        wrong.read("reason", parse::text(1_000));
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                mediator: "柳青".to_owned(),
                told: ToldFace::samples(),
                by: "平安".to_owned(),
                ground: Text::key("replacement-ground-other-tie"),
                why: "怕有偏向。".to_owned(),
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(
            "/cases/{id}/disclosure",
            Policy::Does(&[Kind::Waive, Kind::Challenge]),
            show,
            answer,
        )
        .form(
            "/cases/{id}/challenge",
            Policy::Does(&[Kind::DecideChallenge]),
            show_challenge,
            decide,
        )
}

/// Who was asked to mediate and what they told, while that is looked at.
async fn disclosed<'a>(web: &Web, case: &'a Case) -> Result<(String, &'a Disclosure), WebError> {
    let Stage::Mediate { at } = &case.stage else {
        return Err(WebError::NotFound);
    };
    let Mediate::Disclosing {
        disclosure: Some(told),
        assignment,
        ..
    } = at.as_ref()
    else {
        return Err(WebError::NotFound);
    };
    let names = faces::names(web, vec![assignment.mediator]).await?;
    Ok((
        names.get(&assignment.mediator).cloned().unwrap_or_default(),
        told,
    ))
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    open: &Open,
    form: Form,
) -> Result<DisclosurePage, WebError> {
    let (mediator, told) = disclosed(web, &open.case).await?;
    Ok(DisclosurePage {
        head: Head::of(web, viewer, &open.case),
        form,
        mediator,
        told: ToldFace::of(&told.declared),
        grounds: replacement::grounds(web.words(&open.case), viewer),
        may_waive: open.has(Kind::Waive),
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Waive, Kind::Challenge]).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()).await?)
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Waive, Kind::Challenge]).await?;
    if form.value("do") == "waive" {
        return act(&web, &viewer, id, Action::Waive).await;
    }
    let ground = form.choose("ground", Ground::parse);
    let why = form.read("why", parse::text(1_000));
    if let (Some(ground), Some(why)) = (ground, why) {
        let action = Action::Challenge { ground, why };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "why")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}

async fn challenge(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<ChallengePage, WebError> {
    let (mediator, told) = disclosed(web, case).await?;
    let challenge = told.challenge.as_ref().ok_or(WebError::NotFound)?;
    let by = case.party(challenge.by);
    Ok(ChallengePage {
        head: Head::of(web, viewer, case),
        form,
        mediator,
        told: ToldFace::of(&told.declared),
        ground: Text::key(format!("replacement-ground-{}", challenge.ground.name())),
        by: by.map_or_else(String::new, |party| party.name.as_str().to_owned()),
        why: challenge.why.clone(),
    })
}

async fn show_challenge(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::DecideChallenge]).await?;
    viewer.show(
        &web,
        &challenge(&web, &viewer, &open.case, Form::blank()).await?,
    )
}

async fn decide(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::DecideChallenge]).await?;
    let known = |name: &str| match name {
        "uphold" => Some(true),
        "keep" => Some(false),
        _ => None,
    };
    let uphold = form.read("decision", parse::choice(known));
    let reason = form.read("reason", parse::text(1_000));
    if let (Some(uphold), Some(reason)) = (uphold, reason) {
        let action = Action::DecideChallenge { uphold, reason };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "reason")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &challenge(&web, &viewer, &open.case, form).await?)
}

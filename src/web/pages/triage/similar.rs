//! Cases that are like one, each with why: the same matter becomes one case, what is serial is linked.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use crate::casework::{self, SimilarCase};
use crate::domain::action::ActionKind as Kind;
use crate::domain::alike::Alike;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::i18n::Text;
use crate::web::faces;
use crate::web::pages::case::Head;
use crate::web::pages::case::act::open;
use crate::web::pages::case::head::address;
use crate::web::pages::refusals;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const KINDS: [Kind; 2] = [Kind::Link, Kind::JoinInto];

#[derive(Serialize)]
pub struct SimilarPage {
    pub head: Head,
    pub form: Form,
    pub cases: Vec<Found>,
    /// The names of the bodies that have others, of which nothing more is told.
    pub elsewhere: Vec<String>,
}

/// Another case that the reader works with.
#[derive(Clone, Serialize)]
pub struct Found {
    pub id: String,
    pub number: String,
    pub href: String,
    pub opened_at: Timestamp,
    pub state: Text,
    pub committee: String,
    pub why: Vec<Text>,
    pub linked: bool,
    pub joins: bool,
}

impl Page for SimilarPage {
    const TEMPLATE: &'static str = "pages/similar.html";

    fn samples() -> Vec<Self> {
        let found = |linked: bool| Found {
            id: "1".to_owned(),
            number: "和调〔2026〕000127号".to_owned(),
            href: "/cases/1".to_owned(),
            opened_at: Timestamp::UNIX_EPOCH,
            state: Text::key("desk-stage-mediate-received"),
            committee: "柳荫社区人民调解委员会".to_owned(),
            why: vec![why_text(Alike::Claimant), why_text(Alike::Address)],
            linked,
            joins: !linked,
        };
        let mut wrong = Form::blank();
        wrong.refuse_whole(Text::key("case-refused-other-people"));
        let page = |form, cases: Vec<Found>| Self {
            head: Head::sample(),
            form,
            elsewhere: if cases.is_empty() {
                Vec::new()
            } else {
                vec!["玉泉社区人民调解委员会".to_owned()]
            },
            cases,
        };
        vec![
            page(Form::blank(), Vec::new()),
            page(wrong, vec![found(true), found(false)]),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/similar", Policy::Does(&KINDS), show, change)
}

pub(in crate::web::pages) fn why_text(why: Alike) -> Text {
    Text::key(format!("triage-alike-{}", why.name().replace('_', "-")))
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<SimilarPage, WebError> {
    let similar = casework::similar(&web.desk, &viewer.actor, case.id).await?;
    let mut cases = Vec::new();
    for other in similar.cases {
        cases.push(found(web, viewer, other).await?);
    }
    let mut elsewhere = Vec::new();
    for body in similar.elsewhere {
        elsewhere.push(faces::organisation(web, viewer, body).await?.name);
    }
    Ok(SimilarPage {
        head: Head::of(web, viewer, case),
        form,
        cases,
        elsewhere,
    })
}

async fn found(web: &Web, viewer: &Viewer, similar: SimilarCase) -> Result<Found, WebError> {
    let other = &similar.case;
    let committee = faces::organisation(web, viewer, other.organisation).await?;
    Ok(Found {
        id: other.id.to_string(),
        number: other.number.clone(),
        href: address(other.id),
        opened_at: other.opened_at,
        state: Text::key(format!(
            "desk-stage-{}",
            other.stage.name().replace(['.', '_'], "-")
        )),
        committee: committee.name,
        why: similar.why.iter().map(|it| why_text(*it)).collect(),
        linked: similar.linked,
        joins: similar.joins,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open.case, Form::blank()).await?)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let other: CaseId = form
        .value("other")
        .parse()
        .map_err(|_error| WebError::BadRequest("no such case".to_owned()))?;
    let (desk, actor) = (&web.desk, &viewer.actor);
    let done = if form.value("do") == "join" {
        let joined = casework::join(desk, actor, id, other).await;
        joined.map(|_| address(other))
    } else {
        let linked = casework::link(desk, actor, id, other).await;
        linked.map(|()| format!("{}/similar", address(id)))
    };
    match done {
        Ok(to) => Ok(see_other(&to)),
        Err(error) => {
            refusals::above(&mut form, error)?;
            viewer.show_again(&web, &page(&web, &viewer, &open.case, form).await?)
        }
    }
}

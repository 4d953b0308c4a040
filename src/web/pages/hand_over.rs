//! From mediation to arbitration or court, with the papers so far and nothing that was said in confidence.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act, open};
use super::case::view::{self, PaperFace};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::stage::{Mediate, Stage};
use crate::domain::track::Way;
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct HandOverPage {
    pub head: Head,
    pub ways: Vec<OnwardWay>,
}

/// A way on: `href` where it is open, `barred` (a key) where it is not.
#[derive(Serialize)]
pub struct OnwardWay {
    pub title: &'static str,
    pub cost: &'static str,
    pub time: &'static str,
    pub barred: Option<&'static str>,
    pub href: String,
}

impl Page for HandOverPage {
    const TEMPLATE: &'static str = "pages/hand-over.html";

    fn samples() -> Vec<Self> {
        let way = |barred| OnwardWay {
            title: "law-way-court-title",
            cost: "law-way-court-cost",
            time: "law-way-court-time",
            barred,
            href: "/cases/1/hand-over/court".to_owned(),
        };
        vec![Self {
            head: Head::sample(),
            ways: vec![way(Some("law-way-barred-arbitration")), way(None)],
        }]
    }
}

/// The last page before it: what goes along, and what does not.
#[derive(Serialize)]
pub struct HandOverSurePage {
    pub head: Head,
    /// `arbitration` or `court`.
    pub way: &'static str,
    pub papers: Vec<PaperFace>,
    /// Facts that every party called undisputed.
    pub undisputed: Vec<String>,
}

impl Page for HandOverSurePage {
    const TEMPLATE: &'static str = "pages/hand-over-sure.html";

    fn samples() -> Vec<Self> {
        ["arbitration", "court"]
            .map(|way| Self {
                head: Head::sample(),
                way,
                papers: if way == "court" {
                    vec![PaperFace::sample()]
                } else {
                    Vec::new()
                },
                undisputed: if way == "court" {
                    vec!["双方是上下楼邻居。".to_owned()]
                } else {
                    Vec::new()
                },
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get(
            "/cases/{id}/hand-over",
            Policy::Does(&[Kind::HandOver]),
            show,
        )
        .form(
            "/cases/{id}/hand-over/{way}",
            Policy::Does(&[Kind::HandOver]),
            show_sure,
            go,
        )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::HandOver]).await?;
    let ways = web
        .desk
        .rules
        .of(&open.case.district)
        .ways(&open.case.dispute);
    let ways = ways
        .into_iter()
        .filter(|card| card.way != Way::Mediation)
        .map(|card| OnwardWay {
            title: card.texts.title,
            cost: card.texts.cost,
            time: card.texts.time,
            barred: card.barred,
            href: format!("/cases/{id}/hand-over/{}", card.way.name()),
        });
    let page = HandOverPage {
        head: Head::of(&web, &viewer, &open.case),
        ways: ways.collect(),
    };
    viewer.show(&web, &page)
}

fn onward(way: &str) -> Result<Way, WebError> {
    Way::parse(way)
        .filter(|way| *way != Way::Mediation)
        .ok_or(WebError::NotFound)
}

async fn show_sure(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, way)): Path<(CaseId, String)>,
) -> Result<Response, WebError> {
    let way = onward(&way)?;
    let open = open(&web, &viewer, id, &[Kind::HandOver]).await?;
    if !web
        .desk
        .rules
        .of(&open.case.district)
        .is_open(&open.case.dispute, way)
    {
        return Err(WebError::OutOfOrder(OutOfOrder::WayClosed));
    }
    let page = HandOverSurePage {
        head: Head::of(&web, &viewer, &open.case),
        way: way.name(),
        papers: view::papers(&open.case, &viewer.actor),
        undisputed: undisputed(&open.case),
    };
    viewer.show(&web, &page)
}

fn undisputed(case: &Case) -> Vec<String> {
    match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Ended { ending } => ending.undisputed.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

async fn go(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, way)): Path<(CaseId, String)>,
) -> Result<Response, WebError> {
    act(&web, &viewer, id, Action::HandOver { to: onward(&way)? }).await
}

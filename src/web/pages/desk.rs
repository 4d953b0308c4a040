//! The lists: a party's own cases, and the queue of those who work on cases, grouped by what needs doing.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use jiff::Timestamp;
use serde::Serialize;

use super::{sheet, undelivered};
use crate::casework;
use crate::domain::actor::{Actor, Role};
use crate::i18n::Text;
use crate::storage::cases::CaseRow;
use crate::web::{Page, Viewer, Web, WebError, see_other};

/// How many cases a list shows; the newest changes come first.
const LIMIT: i64 = 200;

#[derive(Serialize)]
pub struct CasesPage {
    pub rows: Vec<Row>,
}

#[derive(Serialize)]
pub struct DeskPage {
    /// What the reader's posts have to do, then what waits for others.
    pub groups: Vec<Group>,
    /// How many messages did not arrive, for whoever looks after them.
    pub undelivered: Option<usize>,
    /// Whether the reader prints sheets for doors.
    pub doors: bool,
}

#[derive(Serialize)]
pub struct Group {
    pub title: Text,
    /// Whether it is the reader's turn.
    pub mine: bool,
    pub rows: Vec<Row>,
}

#[derive(Clone, Serialize)]
pub struct Row {
    pub href: String,
    pub number: String,
    pub dispute: String,
    pub state: Text,
    pub changed_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub overdue: bool,
}

impl Row {
    fn sample(overdue: bool) -> Self {
        Self {
            href: "/cases/1".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            dispute: "噪音扰民".to_owned(),
            state: Text::key("desk-stage-mediate-active"),
            changed_at: Timestamp::UNIX_EPOCH,
            due_at: overdue.then_some(Timestamp::UNIX_EPOCH),
            overdue,
        }
    }
}

impl Page for CasesPage {
    const TEMPLATE: &'static str = "pages/cases.html";

    fn samples() -> Vec<Self> {
        vec![
            Self { rows: Vec::new() },
            Self {
                rows: vec![Row::sample(true), Row::sample(false)],
            },
        ]
    }
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "pages/desk.html";

    fn samples() -> Vec<Self> {
        let group = |mine| Group {
            title: Text::key("desk-group-accept"),
            mine,
            rows: vec![Row::sample(true), Row::sample(false)],
        };
        vec![
            Self {
                groups: Vec::new(),
                undelivered: Some(0),
                doors: true,
            },
            Self {
                groups: vec![group(true), group(false)],
                undelivered: Some(2),
                doors: true,
            },
            Self {
                groups: vec![group(true)],
                undelivered: None,
                doors: false,
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Router<Web> {
    Router::new()
        .route("/cases", get(cases))
        .route("/desk", get(desk))
}

async fn rows(web: &Web, viewer: &Viewer) -> Result<Vec<CaseRow>, WebError> {
    Ok(casework::list(&web.desk, &viewer.actor, LIMIT).await?)
}

fn row(web: &Web, viewer: &Viewer, row: &CaseRow) -> Row {
    let now = web.desk.clock.now();
    let mut disputes = web.desk.rules.disputes();
    let dispute = disputes.find(|dispute| dispute.key.0 == row.dispute);
    Row {
        href: format!("/cases/{}", row.id),
        number: row.number.clone(),
        dispute: dispute.map_or_else(
            || web.texts.t(viewer.locale, "case-other-dispute", &[]),
            |dispute| dispute.name.for_tag(viewer.locale.tag()).to_owned(),
        ),
        state: Text::key(format!("desk-stage-{}", row.stage.replace(['.', '_'], "-"))),
        changed_at: row.changed_at,
        due_at: row.due_at,
        overdue: row.due_at.is_some_and(|due| due < now),
    }
}

async fn cases(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    if matches!(viewer.actor, Actor::Staff { .. }) {
        return Ok(see_other("/desk"));
    }
    let rows = rows(&web, &viewer).await?;
    let rows = rows.iter().map(|it| row(&web, &viewer, it)).collect();
    viewer.show(&web, &CasesPage { rows })
}

async fn desk(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let Actor::Staff { posts, .. } = &viewer.actor else {
        return Ok(see_other("/cases"));
    };
    let roles: Vec<Role> = posts.iter().map(|post| post.role).collect();
    let rows = rows(&web, &viewer).await?;
    let mut groups: Vec<Group> = GROUPS
        .iter()
        .map(|(name, stages, doers)| Group {
            title: Text::key(format!("desk-group-{name}")),
            mine: doers.iter().any(|role| roles.contains(role)),
            rows: rows
                .iter()
                .filter(|it| stages.contains(&it.stage.as_str()))
                .map(|it| row(&web, &viewer, it))
                .collect(),
        })
        .filter(|group| !group.rows.is_empty())
        .collect();
    groups.sort_by_key(|group| !group.mine);
    let undelivered = if undelivered::is_for(&viewer.actor) {
        Some(casework::stuck(&web.desk, &viewer.actor).await?.len())
    } else {
        None
    };
    let page = DeskPage {
        groups,
        undelivered,
        doors: sheet::is_for(&viewer.actor),
    };
    viewer.show(&web, &page)
}

/// What needs doing: a name, the stages it stands for, and whose turn it usually is.
const GROUPS: &[(&str, &[&str], &[Role])] = &[
    (
        "accept",
        &["assess.submitted", "mediate.received"],
        &[Role::Dispatcher],
    ),
    ("assign", &["mediate.selecting"], &[Role::Dispatcher]),
    ("answer", &["mediate.disclosing"], &[Role::Mediator]),
    (
        "mediate",
        &["mediate.active", "mediate.paused"],
        &[Role::Mediator],
    ),
    (
        "sign",
        &["mediate.signing"],
        &[Role::Mediator, Role::SealHolder],
    ),
    ("certify", &["mediate.ended"], &[Role::SealHolder]),
    ("file", &["confirm.filed"], &[Role::Clerk, Role::Judge]),
    (
        "review",
        &["confirm.reviewing"],
        &[Role::Judge, Role::Clerk],
    ),
    ("invited", &["mediate.inviting"], &[]),
    ("choosing", &["consult", "assess.routed"], &[]),
    (
        "settled",
        &["mediate.settled", "mediate.partial", "confirm.prepared"],
        &[],
    ),
    (
        "after",
        &[
            "confirm.valid",
            "confirm.dismissed",
            "confirm.not_accepted",
            "confirm.withdrawn",
            "perform",
            "breached",
        ],
        &[],
    ),
    ("gone", &["arbitrate", "litigate", "closed"], &[]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::i18n::{Locale, Texts};

    #[test]
    fn every_stage_is_in_one_group_and_has_words() {
        let texts = Texts::load(None).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for (name, stages, _) in GROUPS {
            for locale in Locale::ALL {
                assert!(texts.has(locale, &format!("desk-group-{name}")), "{name}");
                for stage in *stages {
                    let key = format!("desk-stage-{}", stage.replace(['.', '_'], "-"));
                    assert!(texts.has(locale, &key), "{key}");
                }
            }
            for stage in *stages {
                assert!(seen.insert(*stage), "{stage} is in two groups");
            }
        }
        let rules = rules();
        let new = || Quarrel::new(&rules);
        let on_their_way = [
            new(),
            new().received(),
            new().inviting(),
            new().selecting(),
            new().disclosing(),
            new().active(),
            new().confirmed(),
        ];
        for quarrel in on_their_way {
            assert!(
                seen.contains(quarrel.case.stage.name()),
                "{}",
                quarrel.case.stage.name()
            );
        }
    }
}

//! The court's desk: applications by days left, and the list of what lies before the clerk and the judge.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::confirmation::days_left;
use super::desk::{Asked, More, more as rest};
use crate::casework;
use crate::domain::organisation::District;
use crate::domain::permission::is_of_court;
use crate::domain::rules::DisputeKey;
use crate::domain::time::civil_date;
use crate::i18n::Locale;
use crate::storage::lists::CaseRow;
use crate::web::{Page, Policy, Query, Routes, Viewer, Web, WebError};

/// What lies before clerk and judge, and what was decided: name, stages, and which end comes first.
const QUEUES: [(&str, &[&str]); 2] = [
    ("open", &["confirm.filed", "confirm.reviewing"]),
    (
        "done",
        &[
            "confirm.valid",
            "confirm.dismissed",
            "confirm.not_accepted",
            "confirm.withdrawn",
        ],
    ),
];

#[derive(Serialize)]
pub struct CourtQueuePage {
    pub rows: Vec<QueueRow>,
    /// The rest of either queue.
    pub more: Vec<More>,
}

#[derive(Clone, Debug, Serialize)]
pub struct QueueRow {
    pub case: String,
    pub number: String,
    pub dispute: String,
    /// The phase: `filed`, `reviewing`, `valid`, `dismissed`, `not_accepted`, `withdrawn`.
    pub phase: String,
    pub due: Option<Timestamp>,
    pub days_left: Option<i32>,
}

impl Page for CourtQueuePage {
    const TEMPLATE: &'static str = "pages/court_queue.html";

    fn samples() -> Vec<Self> {
        let row = |phase: &str, days_left| QueueRow {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            dispute: "噪音扰民".to_owned(),
            phase: phase.to_owned(),
            due: Some(Timestamp::UNIX_EPOCH),
            days_left,
        };
        vec![
            Self {
                rows: Vec::new(),
                more: Vec::new(),
            },
            Self {
                rows: vec![
                    row("filed", Some(-1)),
                    row("reviewing", Some(1)),
                    row("valid", None),
                    row("dismissed", None),
                    row("not_accepted", None),
                    row("withdrawn", None),
                ],
                more: vec![More::sample()],
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/court", Policy::Office(is_of_court), show)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    if !is_of_court(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let now = web.accounts.clock.now();
    let (mut rows, mut more) = (Vec::new(), Vec::new());
    for (name, stages) in QUEUES {
        if asked.wants(name) {
            let (after, most) = (asked.after(), asked.most());
            let found = casework::queue(&web.desk, &viewer.actor, stages, after, most + 1).await?;
            more.extend(rest(&format!("/court?of={name}"), &found, most));
            let shown = found.into_iter().take(most);
            rows.extend(shown.map(|it| row(&web, &viewer, it, now)));
        }
    }
    viewer.show(&web, &CourtQueuePage { rows, more })
}

fn row(web: &Web, viewer: &Viewer, row: CaseRow, now: Timestamp) -> QueueRow {
    let phase = row.stage.strip_prefix("confirm.").unwrap_or(&row.stage);
    QueueRow {
        case: row.id.to_string(),
        number: row.number,
        dispute: dispute(web, viewer.locale, &row.district, row.dispute),
        phase: phase.to_owned(),
        days_left: row.due_at.map(|due| days_left(civil_date(due), now)),
        due: row.due_at,
    }
}

pub(super) fn dispute(web: &Web, locale: Locale, district: &District, key: String) -> String {
    let key = DisputeKey(key);
    let found = web.desk.rules.of(district).dispute(&key);
    found.map_or(key.0.clone(), |dispute| {
        dispute.name.for_tag(locale.tag()).to_owned()
    })
}

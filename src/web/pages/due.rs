//! What is due: overdue, today, within a week, for whoever's turn it is.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::{Date, Time};
use jiff::{Span as Days, Timestamp};
use serde::{Deserialize, Serialize};

use super::desk::{GROUPS, Row, row};
use crate::casework::{self, Errand};
use crate::domain::actor::{Actor, Role};
use crate::domain::time::{civil_date, instant};
use crate::i18n::Text;
use crate::storage::lists::{Key, Span};
use crate::web::faces::{self, LampFace};
use crate::web::{Page, Policy, Query, Routes, Viewer, Web, WebError};

/// What is shown of each list at once; the rest is one link away.
const SHOWN: usize = 50;

#[derive(Serialize)]
pub struct DuePage {
    pub lists: Vec<List>,
    /// Authorities whose answer is overdue.
    pub unanswered: Vec<Late>,
    /// Parties who should have been brought a paper by now.
    pub unserved: Vec<Late>,
    /// There are more of them.
    pub unserved_more: bool,
}

/// Somebody who is waited for, or waits, beyond the day.
#[derive(Serialize)]
pub struct Late {
    pub href: String,
    pub name: String,
    pub lamp: LampFace,
}

#[derive(Serialize)]
pub struct List {
    pub title: Text,
    pub rows: Vec<Row>,
    pub more: Option<String>,
}

impl Page for DuePage {
    const TEMPLATE: &'static str = "pages/due.html";

    fn samples() -> Vec<Self> {
        let list = |when: &str, rows, more: bool| List {
            title: title(when),
            rows,
            more: more.then(|| "/desk/due?when=today".to_owned()),
        };
        vec![Self {
            lists: vec![
                list("overdue", vec![Row::sample(true)], false),
                list("today", Vec::new(), false),
                list("week", vec![Row::sample(true), Row::sample(false)], true),
            ],
            unanswered: vec![Late {
                href: "/cases/1/help".to_owned(),
                name: "和风区综合行政执法队（演示）".to_owned(),
                lamp: LampFace::sample(-1),
            }],
            unserved: vec![Late {
                href: "/cases/1/delivery".to_owned(),
                name: "王秀英".to_owned(),
                lamp: LampFace::sample(-2),
            }],
            unserved_more: true,
        }]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/desk/due", Policy::Office(is_for), show)
}

fn title(when: &str) -> Text {
    Text::key(format!("due-list-{when}"))
}

/// Whether somebody works on cases at all.
pub(super) fn is_for(actor: &Actor) -> bool {
    !turns(actor).is_empty()
}

/// The stages in which it is the turn of somebody with these posts. The dispatcher calls those who do not answer.
fn turns(actor: &Actor) -> Vec<&'static str> {
    let Actor::Staff { posts, .. } = actor else {
        return Vec::new();
    };
    let holds = |role: &Role| posts.iter().any(|post| post.role == *role);
    let mut stages = Vec::new();
    for (_, group, doers) in GROUPS {
        if doers.iter().any(holds) {
            stages.extend_from_slice(group);
        }
    }
    if holds(&Role::Dispatcher) {
        stages.push("mediate.inviting");
    }
    stages
}

#[derive(Deserialize)]
struct Asked {
    when: Option<String>,
    after: Option<String>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    viewer.person()?;
    let stages = turns(&viewer.actor);
    if stages.is_empty() {
        return Err(WebError::NotFound);
    }
    let today = civil_date(web.desk.clock.now());
    let mut lists = Vec::new();
    for (when, from, to) in spans(today) {
        if asked.when.as_deref().is_some_and(|wanted| wanted != when) {
            continue;
        }
        let after = asked.after.as_deref().filter(|_| asked.when.is_some());
        let after = after.and_then(Key::parse);
        let span = Span { from, to, after };
        lists.push(list(&web, &viewer, &stages, (when, span)).await?);
    }
    let (unserved, unserved_more) = unserved(&web, &viewer).await?;
    let page = DuePage {
        lists,
        unanswered: unanswered(&web, &viewer).await?,
        unserved,
        unserved_more,
    };
    viewer.show(&web, &page)
}

/// The beginning of the list of errands, and whether it goes on.
async fn unserved(web: &Web, viewer: &Viewer) -> Result<(Vec<Late>, bool), WebError> {
    let now = web.desk.clock.now();
    let found = casework::errands(&web.desk, &viewer.actor, now, None).await?;
    let late = |it: &Errand| {
        let seat = it.case.party(it.row.party)?;
        Some(Late {
            href: format!("/cases/{}/delivery", it.case.id),
            name: seat.name.to_string(),
            lamp: LampFace::of(web, it.row.due),
        })
    };
    let late = found.errands.iter().filter_map(late).collect();
    Ok((late, found.more.is_some()))
}

async fn unanswered(web: &Web, viewer: &Viewer) -> Result<Vec<Late>, WebError> {
    let now = web.desk.clock.now();
    let mut unanswered = Vec::new();
    for row in casework::unanswered(&web.desk, &viewer.actor, now).await? {
        unanswered.push(Late {
            href: format!("/cases/{}/help", row.case),
            name: faces::organisation(web, viewer, row.authority).await?.name,
            lamp: LampFace::of(web, row.due),
        });
    }
    Ok(unanswered)
}

/// What is over, what ends today, and what ends in the six days after it.
fn spans(today: Date) -> [(&'static str, Timestamp, Timestamp); 3] {
    let midnight = |days: i64| {
        let day = today.saturating_add(Days::new().days(days));
        instant(day, Time::midnight()).unwrap_or(Timestamp::MAX)
    };
    [
        ("overdue", Timestamp::UNIX_EPOCH, midnight(0)),
        ("today", midnight(0), midnight(1)),
        ("week", midnight(1), midnight(7)),
    ]
}

async fn list(
    web: &Web,
    viewer: &Viewer,
    stages: &[&str],
    (when, span): (&str, Span),
) -> Result<List, WebError> {
    let most = SHOWN + 1;
    let mut rows = casework::due(&web.desk, &viewer.actor, stages, span, most).await?;
    let full = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let last = rows.last().filter(|_| full);
    let more = last.map(|last| format!("/desk/due?when={when}&after={}", last.key));
    Ok(List {
        title: title(when),
        rows: rows.iter().map(|it| row(web, viewer, it)).collect(),
        more,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_moment_is_in_one_list_and_the_last_of_today_is_in_todays() {
        let spans = spans(date(2026, 11, 22));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].2, pair[1].1);
        }
        let end: Timestamp = "2026-11-22T15:59:59.999999Z".parse().unwrap();
        assert!(spans[1].1 <= end && end < spans[1].2);
    }
}

//! The numbers of a district or of a committee, on a page and as files for a spreadsheet.

mod files;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::domain::organisation::District;
use crate::domain::permission::may_read_statistics;
use crate::domain::statistics::{Cell, Line, Mark, Step};
use crate::domain::time::{civil_date, instant};
use crate::i18n::Text;
use crate::office::{self, By, Group, Ratings, Statistics};
use crate::storage::office::Listed;
use crate::web::{Choice, Form, Page, Policy, Query, Routes, Viewer, Web, WebError, parse};

#[derive(Serialize)]
pub struct StatisticsPage {
    pub form: Form,
    pub groupings: Vec<Choice>,
    /// The first figure: of a hundred who were invited, how many answered.
    pub answered: Option<i64>,
    /// What parties said of it, where enough did.
    pub rated: Option<RatedFace>,
    pub columns: Vec<Text>,
    pub rows: Vec<Row>,
    /// What stands behind the question mark, for the files.
    pub asked: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct RatedFace {
    pub average: Text,
    pub words: Vec<String>,
}

impl RatedFace {
    fn of(ratings: Ratings) -> Self {
        let stars = format!("{}.{}", ratings.tenths / 10, ratings.tenths % 10);
        Self {
            average: Text::key("rating-average")
                .with("stars", stars)
                .with("again", ratings.again),
            words: ratings.words,
        }
    }
}

/// One line; the last one is that of all.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub name: String,
    /// In words where a number is too small to be told; blank where there is none.
    pub cells: Vec<String>,
}

impl Page for StatisticsPage {
    const TEMPLATE: &'static str = "pages/statistics.html";

    fn samples() -> Vec<Self> {
        let row = |name: &str| Row {
            name: name.to_owned(),
            cells: (0..columns().len()).map(|cell| cell.to_string()).collect(),
        };
        let page = |rows, form, answered: Option<i64>| Self {
            form,
            groupings: vec![Choice {
                value: "month".to_owned(),
                label: "按月".to_owned(),
                hint: String::new(),
            }],
            rated: answered.map(|again| {
                RatedFace::of(Ratings {
                    tenths: 46,
                    again,
                    words: vec!["调解员很耐心".to_owned()],
                })
            }),
            answered,
            columns: columns(),
            rows,
            asked: "by=month".to_owned(),
        };
        let mut wrong = Form::blank().filled("from", "昨天");
        wrong.refuse("from", Text::key("form-date"));
        vec![
            page(vec![row("2026-11"), row("合计")], Form::blank(), Some(73)),
            page(Vec::new(), wrong, None),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    let policy = Policy::Office(may_read_statistics);
    Routes::new()
        .get("/statistics", policy, show)
        .get("/statistics.csv", policy, files::csv)
        .get("/statistics.xlsx", policy, files::xlsx)
}

/// What is asked for; without it the last twelve months by organisation.
#[derive(Deserialize)]
struct Asked {
    from: Option<String>,
    to: Option<String>,
    by: Option<String>,
}

/// What is asked for, read.
#[derive(Clone, Copy)]
struct Wanted {
    from: Date,
    /// The last day that counts.
    to: Date,
    by: By,
}

impl Wanted {
    fn period(self) -> (Timestamp, Timestamp) {
        let begin = |day| instant(day, Time::midnight()).unwrap_or(Timestamp::MAX);
        let after = self.to.tomorrow().unwrap_or(Date::MAX);
        (begin(self.from), begin(after))
    }

    fn asked(self) -> String {
        format!("from={}&to={}&by={}", self.from, self.to, self.by.name())
    }
}

/// Reads what is asked for; what is wrong stands beside its field, and the last twelve months stand in for it.
fn wanted(web: &Web, asked: Asked) -> (Form, Wanted) {
    let today = civil_date(web.desk.clock.now());
    let year_ago = today.saturating_sub(jiff::Span::new().months(12));
    let text = |given: Option<String>, date: Date| given.unwrap_or_else(|| date.to_string());
    let by = asked
        .by
        .unwrap_or_else(|| By::Organisation.name().to_owned());
    let mut form = Form::blank()
        .filled("from", text(asked.from, year_ago))
        .filled("to", text(asked.to, today))
        .filled("by", by);
    let from = form.read("from", parse::date);
    let to = form.read("to", parse::date);
    let by = form.choose("by", By::parse);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("to", Text::key("statistics-before"));
    }
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) if from <= to => (from, to),
        _ => (year_ago, today),
    };
    let by = by.unwrap_or(By::Organisation);
    (form, Wanted { from, to, by })
}

/// The whole table in the reader's words.
struct Told {
    columns: Vec<Text>,
    rows: Vec<Row>,
    answered: Option<i64>,
    rated: Option<RatedFace>,
}

async fn told(web: &Web, viewer: &Viewer, wanted: Wanted) -> Result<Told, WebError> {
    let mut read = web.desk.store.read().await?;
    let organisations = office::counted_by(&mut read, &viewer.actor).await?;
    let statistics =
        office::statistics(&mut read, &organisations, wanted.period(), wanted.by).await?;
    let Statistics { table, .. } = &statistics;
    let lines = table.lines.iter().zip(&statistics.answered_by_line);
    let mut rows: Vec<_> = lines
        .map(|((group, line), answered)| Row {
            name: name(web, viewer, &organisations, group),
            cells: cells(web, viewer, line, *answered),
        })
        .collect();
    if !rows.is_empty() {
        rows.push(Row {
            name: web.texts.t(viewer.locale, "statistics-total", &[]),
            cells: cells(web, viewer, &table.total, statistics.answered),
        });
    }
    let ids: Vec<_> = organisations.iter().map(|listed| listed.id).collect();
    let (period, today) = ((wanted.from, wanted.to), civil_date(web.desk.clock.now()));
    let rated = office::ratings(&mut read, &ids, period, today).await?;
    Ok(Told {
        rated: rated.map(RatedFace::of),
        columns: columns(),
        rows,
        answered: statistics.answered,
    })
}

fn columns() -> Vec<Text> {
    let mut columns = vec![
        Text::key("statistics-opened"),
        Text::key("statistics-answered"),
    ];
    columns.extend(Mark::ALL.map(|mark| Text::key(format!("statistics-mark-{}", mark.name()))));
    columns.extend(Step::ALL.map(|step| Text::key(format!("statistics-step-{}", step.name()))));
    columns
}

fn cells(web: &Web, viewer: &Viewer, line: &Line, answered: Option<i64>) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Told(number) => number.to_string(),
        Cell::Few => web.texts.t(viewer.locale, "statistics-few", &[]),
    };
    let number = |number: &Option<i64>| number.map(|it| it.to_string()).unwrap_or_default();
    let mut cells = vec![
        cell(&line.opened),
        answered.map(|it| format!("{it}%")).unwrap_or_default(),
    ];
    cells.extend(line.reached.iter().map(cell));
    cells.extend(line.hours.iter().map(number));
    cells
}

fn name(web: &Web, viewer: &Viewer, organisations: &[Listed], group: &Group) -> String {
    let tag = viewer.locale.tag();
    match group {
        Group::Organisation(id) => organisations
            .iter()
            .find(|listed| listed.id == *id)
            .map(|listed| listed.organisation.name.for_tag(tag).to_owned())
            .unwrap_or_default(),
        Group::Month(first) => first.strftime("%Y-%m").to_string(),
        Group::Dispute(key) => {
            let district = organisations.first().map_or_else(
                || District(String::new()),
                |it| it.organisation.area.district(),
            );
            web.desk.rules.of(&district).dispute(key).map_or_else(
                || web.texts.t(viewer.locale, "case-other-dispute", &[]),
                |dispute| dispute.name.for_tag(tag).to_owned(),
            )
        }
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (form, wanted) = wanted(&web, asked);
    let told = told(&web, &viewer, wanted).await?;
    let grouping = |by: By| Choice {
        value: by.name().to_owned(),
        label: web
            .texts
            .t(viewer.locale, &format!("statistics-by-{}", by.name()), &[]),
        hint: String::new(),
    };
    let page = StatisticsPage {
        groupings: By::ALL.map(grouping).into(),
        answered: told.answered,
        rated: told.rated,
        columns: told.columns,
        rows: told.rows,
        asked: wanted.asked(),
        form,
    };
    if page.form.has_errors() {
        viewer.show_again(&web, &page)
    } else {
        viewer.show(&web, &page)
    }
}

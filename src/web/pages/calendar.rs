//! A mediator's calendar: what is booked, when they are away, at which hours they mediate, and to whom they are tied.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::refusals;
use super::sessions::time;
use crate::accounts::feeds;
use crate::domain::assignment::Tie;
use crate::domain::diary::{self, Hours, begins, office_hours, quarters};
use crate::domain::ids::PersonId;
use crate::domain::permission::keeps_calendar;
use crate::domain::time::{civil, civil_date, instant};
use crate::i18n::Text;
use crate::office::{self, LeaveError};
use crate::storage::diary::{Entry, entries, feed_of, hours};
use crate::storage::encounters::ties;
use crate::web::{Choice, Form, Page, Policy, Routes, Viewer, Web, WebError, parse, see_other};

pub(in crate::web) mod feed;

/// Days shown.
const DAYS: i64 = 14;
/// The longest leave that is taken at once.
const LONGEST_LEAVE: i64 = 60;

#[derive(Serialize)]
pub struct CalendarPage {
    pub form: Form,
    pub days: Vec<Day>,
    pub weekdays: Vec<Choice>,
    /// Since when the calendar has an address.
    pub feed_since: Option<Timestamp>,
    /// The address, shown once after it was made.
    pub feed: Option<String>,
}

/// One day with what is in it.
#[derive(Clone, Serialize)]
pub struct Day {
    pub at: Timestamp,
    pub entries: Vec<EntryFace>,
    /// `09:00–12:00`, as far as somebody mediates then and nothing has taken it.
    pub free: Vec<String>,
}

#[derive(Clone, Serialize)]
pub struct EntryFace {
    pub time: String,
    /// The case; empty for a leave.
    pub href: String,
    pub about: String,
    /// The leave that can be ended.
    pub leave: String,
}

impl EntryFace {
    pub(super) fn sample() -> Self {
        Self {
            time: "19:30–20:30".to_owned(),
            href: "/cases/1".to_owned(),
            about: "噪音扰民 和调〔2026〕000128号".to_owned(),
            leave: String::new(),
        }
    }
}

impl Page for CalendarPage {
    const TEMPLATE: &'static str = "pages/calendar.html";

    fn samples() -> Vec<Self> {
        let entry = |href: &str, leave: &str| EntryFace {
            href: href.to_owned(),
            leave: leave.to_owned(),
            ..EntryFace::sample()
        };
        let day = |entries| Day {
            at: Timestamp::UNIX_EPOCH,
            entries,
            free: vec!["09:00–12:00".to_owned()],
        };
        let mut wrong = Form::blank();
        wrong.read("from", parse::date);
        let page = |form, days, feed: Option<&str>| Self {
            form,
            days,
            weekdays: vec![Choice {
                value: "1".to_owned(),
                label: "周一".to_owned(),
                hint: String::new(),
            }],
            feed_since: feed.map(|_| Timestamp::UNIX_EPOCH),
            feed: feed.map(str::to_owned),
        };
        vec![
            page(Form::blank(), vec![day(Vec::new())], None),
            page(
                wrong,
                vec![day(vec![entry("/cases/1", ""), entry("", "7")])],
                Some("/calendar/secret.ics"),
            ),
        ]
    }
}

const HERE: &str = "/desk/calendar";

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(HERE, Policy::Office(keeps_calendar), show, change)
        .merge(feed::routes())
}

fn mine(viewer: &Viewer) -> Result<PersonId, WebError> {
    let person = viewer.person()?;
    keeps_calendar(&viewer.actor)
        .then_some(person)
        .ok_or(WebError::NotFound)
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let person = mine(&viewer)?;
    let form = filled(&web, person).await?;
    viewer.show(&web, &page(&web, &viewer, person, form, None).await?)
}

/// What was said before, in the fields.
async fn filled(web: &Web, person: PersonId) -> Result<Form, WebError> {
    let mut read = web.desk.store.read().await?;
    let mut said = hours(&mut read, person).await?;
    if said.is_empty() {
        said = office_hours();
    }
    let days: BTreeSet<i8> = said.iter().map(|it| it.weekday).collect();
    let mut pairs: Vec<(String, String)> = days
        .into_iter()
        .map(|day| ("weekday".to_owned(), day.to_string()))
        .collect();
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let first = said.iter().map(|it| it.from).min().unwrap_or_default();
    let last = said.iter().map(|it| it.until).max().unwrap_or_default();
    pairs.push(("opens".to_owned(), clock(first)));
    pairs.push(("closes".to_owned(), clock(last)));
    let known = ties(&mut read, person).await?;
    for kind in Tie::KINDS {
        let of_kind = known.iter().filter(|tie| tie.kind() == kind);
        let lines: Vec<_> = of_kind.map(Tie::value).collect();
        pairs.push((kind.to_owned(), lines.join("\n")));
    }
    Ok(Form::from_pairs(pairs.into_iter()))
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    person: PersonId,
    form: Form,
    feed: Option<String>,
) -> Result<CalendarPage, WebError> {
    let mut read = web.desk.store.read().await?;
    let today = civil_date(web.desk.clock.now());
    let begin = instant(today, Time::midnight()).ok_or(WebError::NotFound)?;
    let end = begin + SignedDuration::from_hours(24 * DAYS);
    let booked = entries(&mut read, person, (begin, end)).await?;
    let mut offered = hours(&mut read, person).await?;
    if offered.is_empty() {
        offered = office_hours();
    }
    let days = today.series(jiff::Span::new().days(1)).take(14);
    let days = days.map(|day| self::day(web, viewer, day, &booked, &offered));
    let weekday = |number: i8| Choice {
        value: number.to_string(),
        label: web
            .texts
            .t(viewer.locale, &format!("calendar-weekday-{number}"), &[]),
        hint: String::new(),
    };
    Ok(CalendarPage {
        form,
        days: days.collect(),
        weekdays: (1..=7).map(weekday).collect(),
        feed_since: feed_of(&mut read, person).await?,
        feed,
    })
}

fn day(web: &Web, viewer: &Viewer, day: Date, booked: &[Entry], offered: &[Hours]) -> Day {
    let at = instant(day, Time::midnight()).unwrap_or_default();
    let next = at + SignedDuration::from_hours(24);
    let of_day = booked.iter().filter(|it| it.from < next && it.until > at);
    let of_day: Vec<_> = of_day.collect();
    let taken = of_day.iter().flat_map(|it| quarters(it.from, it.until));
    let free = diary::free(day, offered, &taken.collect());
    let span = |from, until| {
        let clock = |at| civil(at).strftime("%H:%M").to_string();
        format!("{}–{}", clock(from), clock(until))
    };
    Day {
        at,
        entries: of_day
            .iter()
            .map(|it| EntryFace {
                time: span(it.from.max(at), it.until.min(next)),
                href: it.case.map(|id| format!("/cases/{id}")).unwrap_or_default(),
                about: about(web, viewer.locale, it),
                leave: it.case.map_or_else(|| it.id.clone(), |_| String::new()),
            })
            .collect(),
        free: free
            .iter()
            .map(|it| span(begins(it.start), begins(it.end)))
            .collect(),
    }
}

/// The kind of dispute and the number, or that it is a leave; nobody's name.
fn about(web: &Web, locale: crate::i18n::Locale, entry: &Entry) -> String {
    let Some((number, key)) = &entry.about else {
        return web.texts.t(locale, "calendar-away", &[]);
    };
    let mut disputes = web.desk.rules.disputes_anywhere();
    let name = disputes.find(|it| it.key.0 == *key).map_or_else(
        || web.texts.t(locale, "case-other-dispute", &[]),
        |it| it.name.for_tag(locale.tag()).to_owned(),
    );
    format!("{name} {number}")
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let person = mine(&viewer)?;
    let done = match form.value("do") {
        "leave" => leave(&web, person, &mut form).await?,
        "end-leave" => {
            let id = form.value("leave").parse();
            let id = id.map_err(|_error| WebError::BadRequest("no such leave".to_owned()))?;
            office::end_leave(&web.desk.store, id, person).await?;
            true
        }
        "hours" => keep_hours(&web, person, &mut form).await?,
        "ties" => keep_ties(&web, person, &mut form).await?,
        "feed" => {
            let token = feeds::renew(&web.accounts, person).await?;
            let form = filled(&web, person).await?;
            let feed = Some(format!("/calendar/{token}"));
            return viewer.show(&web, &page(&web, &viewer, person, form, feed).await?);
        }
        "no-feed" => {
            feeds::revoke(&web.accounts, person).await?;
            true
        }
        other => return Err(WebError::BadRequest(format!("no act {other}"))),
    };
    if done {
        return Ok(see_other(HERE));
    }
    viewer.show_again(&web, &page(&web, &viewer, person, form, None).await?)
}

async fn leave(web: &Web, person: PersonId, form: &mut Form) -> Result<bool, WebError> {
    let today = civil_date(web.desk.clock.now());
    let from = form.read("from", parse::date);
    let until = form.read("until", parse::date);
    let (Some(from), Some(until)) = (from, until) else {
        return Ok(false);
    };
    let last = from.saturating_add(jiff::Span::new().days(LONGEST_LEAVE));
    if from < today || until < from || until > last {
        form.refuse("until", Text::key("calendar-leave-wrong"));
        return Ok(false);
    }
    let span = instant(from, Time::midnight()).zip(
        until
            .tomorrow()
            .ok()
            .and_then(|day| instant(day, Time::midnight())),
    );
    let Some(span) = span else {
        form.refuse("until", Text::key("calendar-leave-wrong"));
        return Ok(false);
    };
    let id = web.desk.clock.new_id();
    match office::take_leave(&web.desk.store, id, person, span).await {
        Ok(()) => Ok(true),
        Err(LeaveError::Taken(clash)) => {
            form.refuse("from", refusals::taken(&clash));
            Ok(false)
        }
        Err(LeaveError::Storage(error)) => Err(error.into()),
    }
}

async fn keep_hours(web: &Web, person: PersonId, form: &mut Form) -> Result<bool, WebError> {
    let (opens, closes) = (form.read("opens", time), form.read("closes", time));
    let days: Vec<i8> = form
        .values("weekday")
        .iter()
        .filter_map(|day| day.parse().ok().filter(|day| (1..=7).contains(day)))
        .collect();
    if days.is_empty() {
        form.refuse("weekday", Text::key("form-choose"));
    }
    let (Some(opens), Some(closes)) = (opens, closes) else {
        return Ok(false);
    };
    let minute = |time: Time| {
        u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
    };
    if closes <= opens {
        form.refuse("closes", Text::key("calendar-hours-wrong"));
    }
    if form.has_errors() {
        return Ok(false);
    }
    let hours: Vec<_> = days
        .into_iter()
        .map(|weekday| Hours {
            weekday,
            from: minute(opens),
            until: minute(closes),
        })
        .collect();
    office::keep_hours(&web.desk.store, person, &hours).await?;
    Ok(true)
}

/// One a line; a line that names nobody is told beside its field.
async fn keep_ties(web: &Web, person: PersonId, form: &mut Form) -> Result<bool, WebError> {
    let mut all = Vec::new();
    for kind in Tie::KINDS {
        let text = form.read_optional(kind, parse::text(2_000)).flatten();
        let text = text.unwrap_or_default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match Tie::read(kind, line) {
                Some(tie) => all.push(tie),
                None => form.refuse(
                    kind,
                    Text::key("calendar-tie-wrong").with("line", line.to_owned()),
                ),
            }
        }
    }
    if form.has_errors() {
        return Ok(false);
    }
    office::keep_ties(&web.desk.store, person, &all).await?;
    Ok(true)
}

/// Today's sessions, for the desk: each with the way into its room.
pub(super) async fn today(web: &Web, viewer: &Viewer) -> Result<Vec<EntryFace>, WebError> {
    let person = mine(viewer)?;
    let today = civil_date(web.desk.clock.now());
    let begin = instant(today, Time::midnight()).unwrap_or_default();
    let span = (begin, begin + SignedDuration::from_hours(24));
    let booked = entries(&mut web.desk.store.read().await?, person, span).await?;
    let face = |it: &Entry| {
        let clock = |at| civil(at).strftime("%H:%M").to_string();
        Some(EntryFace {
            time: format!("{}–{}", clock(it.from), clock(it.until)),
            href: format!("/cases/{}/sessions/{}", it.case?, it.id),
            about: about(web, viewer.locale, it),
            leave: String::new(),
        })
    };
    Ok(booked.iter().filter_map(face).collect())
}

//! Looking for a case among those one may see: by its number, by a phone, by an identity number, by a part of a name or
//! an address, and by where it stands. What is typed travels in a form, so that no name stands in an address.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::desk::{GROUPS, Row, row};
use super::identity::fingerprint;
use super::terms::begin_of;
use crate::casework;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::identity::Phone;
use crate::domain::ids::CaseId;
use crate::domain::number;
use crate::domain::permission::answers_for;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::storage::lists::Wanted;
use crate::storage::office;
use crate::storage::words::Words;
use crate::web::{Choice, Form, Page, Policy, Routes, Viewer, Web, WebError, faces, parse};

/// How many are shown at once; whoever sees none of theirs says more of what they look for.
const SHOWN: usize = 20;

#[derive(Serialize)]
pub struct SearchPage {
    pub form: Form,
    pub stages: Vec<Choice>,
    pub disputes: Vec<Choice>,
    pub dues: Vec<Choice>,
    /// Where the reader works in more than one.
    pub organisations: Vec<Choice>,
    /// Of the committees whose cases the reader distributes or answers for.
    pub mediators: Vec<Choice>,
    pub found: Option<FoundPart>,
}

#[derive(Serialize)]
pub struct FoundPart {
    pub rows: Vec<Row>,
    /// From where to look on.
    pub after: Option<String>,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "pages/search.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form, found| Self {
            form,
            stages: vec![choice("", "全部"), choice("mediate", "正在调解")],
            disputes: vec![choice("", "全部"), choice("noise", "噪音扰民")],
            dues: vec![choice("", "全部"), choice("over", "已到期")],
            organisations: vec![choice("", "全部"), choice("1", "柳荫里人民调解委员会")],
            mediators: vec![choice("", "全部"), choice("2", "陈明")],
            found,
        };
        let rows = vec![Row::sample(true), Row::sample(false)];
        let after = Some("1".to_owned());
        let typed = Form::blank().filled("q", "柳荫里");
        let mut short = Form::blank().filled("q", "柳");
        short.refuse("q", Text::key("search-short"));
        vec![
            page(Form::blank(), None),
            page(typed.clone(), Some(FoundPart { rows, after })),
            page(
                typed,
                Some(FoundPart {
                    rows: Vec::new(),
                    after: None,
                }),
            ),
            page(short, None),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/desk/search", Policy::Office(has_a_desk), show, look)
}

/// Whoever works here; a party has few cases and one list.
fn has_a_desk(actor: &Actor) -> bool {
    matches!(actor, Actor::Staff { .. })
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, Form::blank(), None).await?)
}

async fn look(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let Some(wanted) = wanted(&web, &mut form) else {
        return viewer.show_again(&web, &page(&web, &viewer, form, None).await?);
    };
    let after = form.value("after").parse::<CaseId>().ok();
    let found = casework::search(&web.desk, &viewer.actor, &wanted, after, SHOWN).await?;
    let found = FoundPart {
        rows: found.rows.iter().map(|it| row(&web, &viewer, it)).collect(),
        after: found.next.map(|id| id.to_string()),
    };
    viewer.show(&web, &page(&web, &viewer, form, Some(found)).await?)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    form: Form,
    found: Option<FoundPart>,
) -> Result<SearchPage, WebError> {
    let every = || {
        choice(
            "",
            web.own_words(viewer).t(viewer.locale, "search-all", &[]),
        )
    };
    let group = |name: &str| {
        web.own_words(viewer)
            .say(viewer.locale, &Text::key(format!("desk-group-{name}")))
    };
    let stages = GROUPS.iter().map(|(name, ..)| choice(name, group(name)));
    let tag = viewer.locale.tag();
    let district = viewer.district.as_ref();
    let rules = district.map_or(&*web.desk.rules, |it| web.desk.rules.of(it));
    let disputes = rules.disputes();
    let disputes = disputes.map(|it| choice(&it.key.0, it.name.for_tag(tag).to_owned()));
    let due = |name: &str| {
        web.own_words(viewer)
            .say(viewer.locale, &Text::key(format!("search-due-{name}")))
    };
    let dues = ["over", "today", "week"].map(|name| choice(name, due(name)));
    Ok(SearchPage {
        form,
        stages: std::iter::once(every()).chain(stages).collect(),
        disputes: std::iter::once(every()).chain(disputes).collect(),
        dues: std::iter::once(every()).chain(dues).collect(),
        organisations: organisations(web, viewer).await?,
        mediators: mediators(web, viewer).await?,
        found,
    })
}

fn choice(value: &str, label: String) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
    }
}

async fn organisations(web: &Web, viewer: &Viewer) -> Result<Vec<Choice>, WebError> {
    let Actor::Staff { posts, .. } = &viewer.actor else {
        return Ok(Vec::new());
    };
    let mut ids: Vec<_> = posts.iter().map(|post| post.organisation).collect();
    ids.dedup();
    if ids.len() < 2 {
        return Ok(Vec::new());
    }
    let mut choices = vec![choice(
        "",
        web.own_words(viewer).t(viewer.locale, "search-all", &[]),
    )];
    for id in ids {
        let face = faces::organisation(web, viewer, id).await?;
        choices.push(choice(&id.to_string(), face.name));
    }
    Ok(choices)
}

/// Whoever mediates where the reader assigns or is the head.
async fn mediators(web: &Web, viewer: &Viewer) -> Result<Vec<Choice>, WebError> {
    let mut read = web.desk.store.read().await?;
    let mut people = Vec::new();
    for organisation in answers_for(&viewer.actor) {
        let role = Role::Mediator;
        people.extend(office::holders(&mut read, Post { organisation, role }).await?);
    }
    drop(read);
    people.sort();
    people.dedup();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let names = faces::names(web, people).await?;
    let mut choices: Vec<_> = names
        .into_iter()
        .map(|(person, name)| choice(&person.to_string(), name))
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices.insert(
        0,
        choice(
            "",
            web.own_words(viewer).t(viewer.locale, "search-all", &[]),
        ),
    );
    Ok(choices)
}

/// What the form asks for; nothing where a field is wrong.
fn wanted(web: &Web, form: &mut Form) -> Option<Wanted> {
    let now = web.desk.clock.now();
    let mut wanted = Wanted::default();
    what(web, form, &mut wanted);
    let group = GROUPS
        .iter()
        .find(|(name, ..)| *name == form.value("stage"));
    if let Some((_, stages, _)) = group {
        wanted.queues = stages.iter().map(|stage| (*stage).to_owned()).collect();
    }
    wanted.dispute = chosen(form, "dispute");
    wanted.organisation = chosen(form, "organisation");
    wanted.mediator = chosen(form, "mediator");
    wanted.opened_from = day(form, "from").map(begin_of);
    let until = day(form, "until").and_then(|day| day.tomorrow().ok());
    wanted.opened_before = until.map(begin_of);
    wanted.due_before = due(form.value("due"), now);
    (!form.has_errors()).then_some(wanted)
}

fn due(wanted: &str, now: Timestamp) -> Option<Timestamp> {
    match wanted {
        "over" => Some(now),
        "today" => civil_date(now).tomorrow().ok().map(begin_of),
        "week" => Some(now + jiff::SignedDuration::from_hours(7 * 24)),
        _ => None,
    }
}

fn chosen(form: &Form, field: &str) -> Option<String> {
    Some(form.value(field).to_owned()).filter(|value| !value.is_empty())
}

fn day(form: &mut Form, field: &str) -> Option<Date> {
    form.read_optional(field, parse::date).flatten()
}

/// Letters have stood for digits on telephones; here they are words.
fn phone(text: &str) -> Option<Phone> {
    let letters = text.chars().any(char::is_alphabetic);
    Phone::parse(text).ok().filter(|_| !letters)
}

/// One line tells which of the ways is meant: a case number, a phone, an identity number, else words.
fn what(web: &Web, form: &mut Form, wanted: &mut Wanted) {
    let text = form.value("q").to_owned();
    let today = civil_date(web.desk.clock.now());
    if text.is_empty() {
        return;
    }
    if let Some(number) = number::read(&text) {
        wanted.number = Some(number);
    } else if let Ok(number) = parse::id_number(today)(&text) {
        wanted.words = vec![Words::Identity(fingerprint(web, number.reveal()))];
    } else if let Some(phone) = phone(&text) {
        wanted.words = vec![Words::Phone(phone)];
    } else {
        let words: Vec<&str> = text.split_whitespace().take(8).collect();
        if words
            .iter()
            .any(|word| word.chars().filter(|c| c.is_alphanumeric()).count() < 2)
        {
            form.refuse("q", Text::key("search-short"));
        }
        wanted.words = words
            .into_iter()
            .map(|word| Words::Text(word.to_owned()))
            .collect();
    }
}

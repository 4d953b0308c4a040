//! Who was called upon how, and what came of it: the contact record of a case, and the form for the next attempt.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use super::case::view::contact;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::contact_record::{Attempt, ContactChannel, Outcome};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::may_reach_parties;
use crate::domain::time::{civil_date, instant};
use crate::i18n::{Text, Texts};
use crate::web::faces::{self, Names};
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 1] = [Kind::RecordContact];

const LONGEST_NOTE: usize = 500;

/// Ways in which people are reached; messages are written down by the platform.
const BY_HAND: [ContactChannel; 3] = [
    ContactChannel::Call,
    ContactChannel::Letter,
    ContactChannel::Visit,
];

#[derive(Serialize)]
pub struct ContactsPage {
    pub head: Head,
    pub form: Form,
    pub parties: Vec<Choice>,
    /// `call answered`: the channel with what came of it, in one choice.
    pub calls: Vec<Choice>,
    pub letters: Vec<Choice>,
    /// Where a better address is written down, while nobody sits there.
    pub correct: Vec<Correct>,
    pub attempts: Vec<AttemptFace>,
}

#[derive(Serialize)]
pub struct Correct {
    pub name: String,
    pub href: String,
}

/// One line of the record.
#[derive(Clone, Debug, Serialize)]
pub struct AttemptFace {
    pub at: Timestamp,
    pub party: String,
    pub channel: Text,
    pub outcome: Text,
    pub note: String,
    /// Who called; the platform itself where it sent a message.
    pub by: Option<String>,
}

impl AttemptFace {
    pub(super) fn sample() -> Self {
        Self {
            at: Timestamp::UNIX_EPOCH,
            party: "康宁".to_owned(),
            channel: channel_text(ContactChannel::Call),
            outcome: outcome_text(Outcome::NoAnswer),
            note: "晚上七点以后再打".to_owned(),
            by: Some("李静".to_owned()),
        }
    }
}

impl Page for ContactsPage {
    const TEMPLATE: &'static str = "pages/contacts.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("note", "明天再打");
        wrong.choose("party", |_| None::<PartyId>);
        wrong.choose("came", came);
        wrong.refuse("on", Text::key("form-date"));
        wrong.refuse("note", Text::key("form-required"));
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form, attempts| Self {
            head: Head::sample(),
            form,
            parties: vec![choice("1", "康宁  13800000002"), choice("2", "安和")],
            calls: vec![choice("call no_answer", "没有人接")],
            letters: vec![choice("letter posted", "寄出")],
            correct: vec![Correct {
                name: "康宁".to_owned(),
                href: "/cases/1/contacts/2".to_owned(),
            }],
            attempts,
        };
        let system = AttemptFace {
            channel: channel_text(ContactChannel::Message),
            outcome: outcome_text(Outcome::Sent),
            note: String::new(),
            by: None,
            ..AttemptFace::sample()
        };
        vec![
            page(Form::blank(), Vec::new()),
            page(wrong, vec![AttemptFace::sample(), system]),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/contacts", Policy::Does(&KINDS), show, record)
}

pub(super) fn channel_text(channel: ContactChannel) -> Text {
    Text::key(format!("contacts-channel-{}", channel.name()))
}

pub(super) fn outcome_text(outcome: Outcome) -> Text {
    Text::key(format!(
        "contacts-outcome-{}",
        outcome.name().replace('_', "-")
    ))
}

/// The record as far as the reader may see it, newest first: nobody reads how another party was reached.
pub(super) fn listed(web: &Web, viewer: &Viewer, case: &Case, names: &Names) -> Vec<AttemptFace> {
    if !may_reach_parties(&viewer.actor, case) {
        return Vec::new();
    }
    let staff = || web.words(case).t(viewer.locale, "case-who-staff", &[]);
    let face = |attempt: &Attempt| AttemptFace {
        at: attempt.at,
        party: case
            .party(attempt.party)
            .map_or_else(String::new, |party| party.name.to_string()),
        channel: channel_text(attempt.channel),
        outcome: outcome_text(attempt.outcome),
        note: attempt.note.clone(),
        by: attempt
            .by
            .map(|person| names.get(&person).cloned().unwrap_or_else(staff)),
    };
    case.attempts.iter().rev().map(face).collect()
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    open: &Open,
    form: Form,
) -> Result<ContactsPage, WebError> {
    let case = &open.case;
    let callers = case.attempts.iter().filter_map(|attempt| attempt.by);
    let names = faces::names(web, callers.collect()).await?;
    let parties = case.parties.iter().map(|party| Choice {
        value: party.id.to_string(),
        label: party.name.to_string(),
        hint: format!("{}  {}", contact(party), party.address),
    });
    let choices = |channel| choices(web.words(case), viewer, channel);
    Ok(ContactsPage {
        head: Head::of(web, viewer, case),
        form,
        parties: parties.collect(),
        calls: choices(ContactChannel::Call),
        letters: [ContactChannel::Letter, ContactChannel::Visit]
            .map(choices)
            .concat(),
        correct: correctable(open),
        attempts: listed(web, viewer, case, &names),
    })
}

fn correctable(open: &Open) -> Vec<Correct> {
    if !open.has(Kind::CorrectContact) {
        return Vec::new();
    }
    let mut links = Vec::new();
    for party in open
        .case
        .parties
        .iter()
        .filter(|party| party.person.is_none())
    {
        links.push(Correct {
            name: party.name.to_string(),
            href: format!("/cases/{}/contacts/{}", open.case.id, party.id),
        });
    }
    links
}

pub(super) fn choices(words: &Texts, viewer: &Viewer, channel: ContactChannel) -> Vec<Choice> {
    let say = |text: Text| words.t(viewer.locale, &text.key, &[]);
    let choice = |outcome: &Outcome| Choice {
        value: format!("{} {}", channel.name(), outcome.name()),
        label: format!(
            "{} · {}",
            say(channel_text(channel)),
            say(outcome_text(*outcome))
        ),
        hint: String::new(),
    };
    channel.outcomes().iter().map(choice).collect()
}

pub(super) fn came(value: &str) -> Option<(ContactChannel, Outcome)> {
    let (channel, outcome) = value.split_once(' ')?;
    let channel = ContactChannel::parse(channel).filter(|channel| BY_HAND.contains(channel))?;
    let outcome = Outcome::parse(outcome).filter(|it| channel.outcomes().contains(it))?;
    Some((channel, outcome))
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let today = civil_date(web.desk.clock.now());
    let form = Form::blank().filled("on", today.to_string());
    viewer.show(&web, &page(&web, &viewer, &open, form).await?)
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    if let Some(action) = attempt(&web, &open.case, &mut form)
        && let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "note")).await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form).await?)
}

fn attempt(web: &Web, case: &Case, form: &mut Form) -> Option<Action> {
    let now = web.desk.clock.now();
    let party = form.choose("party", |id| {
        let id = id.parse().ok()?;
        case.party(id).map(|party| party.id)
    });
    let outcome_of = form.choose("came", came);
    let on = form.read("on", parse::past_date(civil_date(now)));
    let note = form.read_optional("note", parse::text(LONGEST_NOTE));
    let (channel, outcome) = outcome_of?;
    Some(Action::RecordContact {
        party: party?,
        channel,
        outcome,
        note: note?.unwrap_or_default(),
        at: moment(on?, now)?,
        message: None,
    })
}

/// Today's attempt was made now, an earlier one at noon of its day.
pub(super) fn moment(on: Date, now: Timestamp) -> Option<Timestamp> {
    if on == civil_date(now) {
        Some(now)
    } else {
        instant(on, Time::constant(12, 0, 0, 0))
    }
}

//! The dispatcher's queue: the urgent first, then what has waited longest, with why, how fast, and what is alike. It
//! works by keys alone and as plain links.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::case::head::{address, dispute};
use crate::casework::{self, Queued};
use crate::domain::case::Case;
use crate::domain::organisation::Language;
use crate::domain::permission::sorts;
use crate::domain::rules::danger::Matched;
use crate::domain::safety::Urgency;
use crate::i18n::{Text, Texts};
use crate::storage::triage::Turn;
use crate::web::{Choice, Form, Page, Policy, Query, Routes, Viewer, Web, WebError};

pub mod face;
pub mod pace;
pub mod safety;
pub mod similar;

pub(super) use pace::PaceFace;

/// How many are shown at once.
const SHOWN: usize = 20;

#[derive(Serialize)]
pub struct TriagePage {
    pub form: Form,
    pub languages: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: i64,
    /// The next part of the queue.
    pub more: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct Row {
    pub href: String,
    pub number: String,
    pub dispute: String,
    pub place: String,
    pub urgency: Text,
    /// The colour of the tag.
    pub kind: &'static str,
    pub opened_at: Timestamp,
    pub source: Text,
    pub language: Option<Text>,
    /// Rules that matched, with their words.
    pub matched: Vec<MatchedFace>,
    pub paces: Vec<PaceFace>,
    /// What another case has in common with it.
    pub alike: Vec<Text>,
    /// Whether another body has one like it.
    pub elsewhere: bool,
    pub state: Text,
}

/// A rule of danger in words, with what it matched.
#[derive(Clone, Serialize)]
pub struct MatchedFace {
    pub name: String,
    pub words: String,
}

impl MatchedFace {
    pub(super) fn sample() -> Self {
        Self {
            name: "提到刀具等凶器".to_owned(),
            words: "拿刀、堵门".to_owned(),
        }
    }

    /// A rule that the data no longer has keeps its key.
    pub(super) fn of(web: &Web, viewer: &Viewer, matched: &Matched) -> Self {
        let rule = web.desk.rules.danger.rule(&matched.rule);
        Self {
            name: rule.map_or_else(
                || matched.rule.clone(),
                |rule| rule.name.for_tag(viewer.locale.tag()).to_owned(),
            ),
            words: matched.words.join("、"),
        }
    }
}

impl Page for TriagePage {
    const TEMPLATE: &'static str = "pages/triage.html";

    fn samples() -> Vec<Self> {
        let row = |urgent: bool| Row {
            href: "/cases/1".to_owned(),
            number: "和调〔2026〕000128号".to_owned(),
            dispute: "轻微殴打".to_owned(),
            place: "柳荫里 3 号楼".to_owned(),
            urgency: urgency_text(if urgent {
                Urgency::Urgent
            } else {
                Urgency::Ordinary
            }),
            kind: if urgent { "bad" } else { "plain" },
            opened_at: Timestamp::UNIX_EPOCH,
            source: Text::key("triage-source-grid-worker"),
            language: urgent.then(|| Text::key("law-language-wu")),
            matched: if urgent {
                vec![MatchedFace::sample()]
            } else {
                Vec::new()
            },
            paces: PaceFace::samples(),
            alike: if urgent {
                vec![Text::key("triage-alike-claimant")]
            } else {
                Vec::new()
            },
            elsewhere: urgent,
            state: Text::key("desk-stage-mediate-received"),
        };
        let language = Choice {
            value: "wu".to_owned(),
            label: "吴语".to_owned(),
            hint: String::new(),
        };
        let page = |rows: Vec<Row>, more: Option<&str>| Self {
            form: Form::blank(),
            languages: vec![language.clone()],
            total: 2,
            rows,
            more: more.map(str::to_owned),
        };
        vec![
            page(Vec::new(), None),
            page(
                vec![row(true), row(false)],
                Some("/desk/triage?after=1.50.1"),
            ),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/desk/triage", Policy::Office(sorts), show)
        .merge(safety::routes())
        .merge(similar::routes())
}

#[derive(Deserialize)]
struct Asked {
    language: Option<String>,
    after: Option<String>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    if !sorts(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let language = asked.language.as_deref().and_then(Language::parse);
    let after = asked.after.as_deref().and_then(Turn::parse);
    let waiting = casework::waiting(&web.desk, &viewer.actor, language, after, SHOWN).await?;
    let chosen = language.map_or("", Language::name);
    let more = waiting
        .next
        .map(|next| format!("/desk/triage?language={chosen}&after={next}"));
    let row = |queued: &Queued| row(&web, &viewer, queued);
    let page = TriagePage {
        form: Form::blank().filled("language", chosen),
        languages: languages(web.own_words(&viewer), &viewer, "triage-language-any"),
        rows: waiting.cases.iter().map(row).collect(),
        total: waiting.total,
        more,
    };
    viewer.show(&web, &page)
}

/// What can be spoken, after the answer of whoever does not mind.
pub(in crate::web::pages) fn languages(words: &Texts, viewer: &Viewer, any: &str) -> Vec<Choice> {
    let choice = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: words.t(viewer.locale, key, &[]),
        hint: String::new(),
    };
    let known = Language::ALL.map(|it| choice(it.name(), it.key()));
    std::iter::once(choice("", any)).chain(known).collect()
}

fn row(web: &Web, viewer: &Viewer, queued: &Queued) -> Row {
    let case = &queued.case;
    let intake = &case.intake;
    let matched = intake.safety.matched.iter();
    Row {
        href: address(case.id),
        number: case.number.clone(),
        dispute: dispute(web, viewer, case),
        place: case.place.address.clone(),
        urgency: urgency_text(intake.urgency()),
        kind: match intake.urgency() {
            Urgency::Ordinary => "plain",
            Urgency::Soon => "care",
            Urgency::Urgent => "bad",
        },
        opened_at: case.opened_at,
        source: source_text(case),
        language: intake.language.map(|it| Text::key(it.key())),
        matched: matched.map(|it| MatchedFace::of(web, viewer, it)).collect(),
        paces: pace::faces(case, web.desk.clock.now()),
        alike: queued
            .alike
            .iter()
            .map(|it| similar::why_text(*it))
            .collect(),
        elsewhere: queued.elsewhere,
        state: Text::key(format!(
            "desk-stage-{}",
            case.stage.name().replace(['.', '_'], "-")
        )),
    }
}

fn urgency_text(urgency: Urgency) -> Text {
    Text::key(format!("triage-urgency-{}", urgency.name()))
}

/// By which way a case came.
pub(super) fn source_text(case: &Case) -> Text {
    let name = case.intake.source.name().replace('_', "-");
    Text::key(format!("triage-source-{name}"))
}

//! The second language of an agreement: beside each Chinese text a place for what it says in that language.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::case::Head;
use super::case::act::open;
use super::refusals;
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::agreement::Draft;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, ClauseId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::translation::{Place, Rendered, Tongue};
use crate::i18n::Text;
use crate::rooms::Topic;
use crate::web::{
    Choice, Form, Page, Path, Policy, Query, Routes, Viewer, Web, WebError, parse, see_other,
};

const KINDS: &[ActionKind] = &[ActionKind::Translate];

/// Characters that a translation holds: as many as a form's field does.
const LONGEST: usize = 5_000;

#[derive(Serialize)]
pub struct TranslationPage {
    pub head: Head,
    pub language: &'static str,
    pub texts: Vec<TextShown>,
    /// Of the fields, for the messages above them.
    pub labels: BTreeMap<String, String>,
    pub form: Form,
}

/// One text of the board and what is there of it in the second language.
#[derive(Clone, Debug, Serialize)]
pub struct TextShown {
    /// Of its field.
    pub name: String,
    pub label: Text,
    pub chinese: String,
    /// Comes back with the form and says which Chinese was read for it.
    pub hash: String,
    /// `done`, `missing` or `outdated`.
    pub state: &'static str,
    /// The Chinese that the translation is of, where other words stand there now.
    pub was: String,
}

impl Page for TranslationPage {
    const TEMPLATE: &'static str = "pages/translation.html";

    fn samples() -> Vec<Self> {
        let text = |name: &str, state, was: &str| TextShown {
            name: name.to_owned(),
            label: Text::key("translation-place-facts"),
            chinese: "李建国家的孩子晚上练琴，声音传到楼下王秀英家。".to_owned(),
            hash: "0".repeat(64),
            state,
            was: was.to_owned(),
        };
        let page = |texts: Vec<TextShown>, form| Self {
            head: Head::sample(),
            language: "en",
            texts,
            labels: BTreeMap::from([("facts".to_owned(), "主要事实".to_owned())]),
            form,
        };
        let mut wrong = Form::blank().filled("facts", "한국어");
        wrong.refuse(
            "facts",
            Text::key("form-glyph").with("characters", "한 국 어"),
        );
        vec![
            page(Vec::new(), Form::blank()),
            page(vec![text("facts", "missing", "")], wrong),
            page(
                vec![
                    text("facts", "outdated", "李建国家的孩子练琴。"),
                    text("disputed", "outdated", ""),
                    text("responsibility", "done", ""),
                ],
                Form::blank().filled("facts", "A child plays the piano."),
            ),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/translation",
        Policy::Does(KINDS),
        show,
        translate,
    )
}

/// The languages a paper can speak beside Chinese, in the reader's words.
pub(super) fn choices(web: &Web, viewer: &Viewer, case: &Case) -> Vec<Choice> {
    let words = web.words(case);
    let choice = |value: &str, key: String| Choice {
        value: value.to_owned(),
        label: words.say(viewer.locale, &Text::key(key)),
        hint: String::new(),
    };
    let tongue = |tongue: Tongue| {
        let tag = tongue.tag();
        choice(tag, format!("translation-tongue-{tag}"))
    };
    let alone = choice("", "translation-chinese-alone".to_owned());
    [alone].into_iter().chain(Tongue::ALL.map(tongue)).collect()
}

/// What a text is, in the order in which the board counts.
pub(super) fn label(draft: &Draft, place: Place) -> Text {
    let counted = |key: &'static str, index: usize| {
        let number = i64::try_from(index + 1).unwrap_or(i64::MAX);
        Text::key(key).with("number", number)
    };
    let of_clause = |key, id: ClauseId| {
        let place = draft.clauses.iter().position(|clause| clause.id == id);
        counted(key, place.unwrap_or_default())
    };
    match place {
        Place::Facts => Text::key("translation-place-facts"),
        Place::Disputed => Text::key("translation-place-disputed"),
        Place::Responsibility => Text::key("translation-place-responsibility"),
        Place::Undisputed { index } => counted("translation-place-undisputed", index),
        Place::Act { clause } => of_clause("translation-place-act", clause),
        Place::Proof { clause } => of_clause("translation-place-proof", clause),
        Place::OnDefault { clause } => of_clause("translation-place-on-default", clause),
    }
}

/// Of the field in which it is translated.
fn name(place: Place) -> String {
    match place {
        Place::Facts => "facts".to_owned(),
        Place::Disputed => "disputed".to_owned(),
        Place::Responsibility => "responsibility".to_owned(),
        Place::Undisputed { index } => format!("undisputed-{index}"),
        Place::Act { clause } => format!("act-{clause}"),
        Place::Proof { clause } => format!("proof-{clause}"),
        Place::OnDefault { clause } => format!("default-{clause}"),
    }
}

fn hash(chinese: &str) -> String {
    ContentHash::of(chinese.as_bytes()).to_string()
}

#[derive(Deserialize)]
struct Asked {
    /// Whoever comes to sign and cannot yet is told beside each field what is missing.
    missing: Option<String>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let case = open(&web, &viewer, id, KINDS).await?.case;
    let draft = draft(&case)?;
    let mut form = Form::blank();
    for (place, _) in draft.texts() {
        if let Some(rendered) = draft.rendered(place) {
            form = form.filled(&name(place), &*rendered.text);
        }
    }
    if asked.missing.is_some() {
        for place in draft.untranslated(&case.party_ids()) {
            let key = match draft.rendered(place) {
                Some(_) => "translation-outdated",
                None => "translation-missing",
            };
            form.refuse(&name(place), Text::key(key));
        }
    }
    viewer.show(&web, &page(&web, &viewer, &case, form)?)
}

fn draft(case: &Case) -> Result<&Draft, WebError> {
    let work = case.stage.work();
    let work = work.ok_or(WebError::OutOfOrder(OutOfOrder::WrongState))?;
    Ok(&work.draft)
}

fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<TranslationPage, WebError> {
    let draft = draft(case)?;
    let shown = |(place, chinese): (Place, &str)| {
        let rendered = draft.rendered(place);
        let outdated = rendered.filter(|it| it.of != chinese);
        TextShown {
            name: name(place),
            label: label(draft, place),
            chinese: chinese.to_owned(),
            hash: hash(chinese),
            state: match (rendered, outdated) {
                (None, _) => "missing",
                (_, Some(_)) => "outdated",
                _ => "done",
            },
            was: outdated.map_or_else(String::new, |it| it.of.clone()),
        }
    };
    let texts: Vec<TextShown> = draft.texts().into_iter().map(shown).collect();
    let words = web.words(case);
    let labels = texts.iter();
    let labels = labels.map(|it| (it.name.clone(), words.say(viewer.locale, &it.label)));
    Ok(TranslationPage {
        head: Head::of(web, viewer, case),
        language: draft.translation.tongue.map_or("", Tongue::tag),
        labels: labels.collect(),
        texts,
        form,
    })
}

async fn translate(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = open(&web, &viewer, id, KINDS).await?.case;
    if let Some(texts) = read(draft(&case)?, &mut form) {
        let action = Action::Translate { texts };
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(case) => {
                super::room::refresh(&web, &case, Topic::Board);
                let done = draft(&case)?.untranslated(&case.party_ids()).is_empty();
                let to = if done { "board" } else { "translation" };
                return Ok(see_other(&format!("/cases/{id}/{to}")));
            }
            Err(error) => refusals::above(&mut form, error)?,
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &case, form)?)
}

/// What was typed into the language of the paper; nothing where a field is wrong. Fields that were not sent, such as those of
/// a clause that came later, stay as they are.
fn read(draft: &Draft, form: &mut Form) -> Option<Vec<Rendered>> {
    let tongue = draft.translation.tongue?;
    let mut texts = Vec::new();
    for (place, chinese) in draft.texts() {
        let name = name(place);
        if form.values(&name).is_empty() {
            continue;
        }
        let Some(text) = form.read_optional(&name, parse::printed(LONGEST)) else {
            continue;
        };
        let text = text.unwrap_or_default();
        let before = draft.rendered(place);
        // Words that were there already fit other Chinese only where somebody says so.
        let unread = form.value(&format!("of-{name}")) != hash(chinese);
        let stale = before.is_some_and(|it| it.of != chinese && it.text == text);
        let fits = !unread && (!stale || form.value(&format!("fits-{name}")) == "yes");
        let of = match before {
            _ if fits => chinese,
            Some(before) => before.of.as_str(),
            None => "",
        };
        texts.push(Rendered {
            tongue,
            place,
            of: of.to_owned(),
            text,
        });
    }
    (!form.has_errors()).then_some(texts)
}

//! Staff write down a matter for a party who wishes so: at the door, at the counter, on the phone, from a letter. What was
//! typed is saved at every sending; the party agreed, and the record says how.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::start::areas::Areas;
use super::start::further;
use super::start::matter_name;
use super::triage::face::{consent_text, file_text};
use super::triage::languages;
use super::triage::safety;
use super::triage::similar::why_text;
use crate::casework;
use crate::domain::actor::Role;
use crate::domain::claim::ClaimKind;
use crate::domain::intake::{ConsentWay, IntakeFileKind, Source};
use crate::domain::organisation::District;
use crate::domain::permission::{enters, enters_as};
use crate::domain::rules::Rules;
use crate::i18n::Text;
use crate::storage::office;
use crate::web::{Choice, Form, Multipart, Page, Policy, Routes, Viewer, Web, WebError, see_other};

mod answers;
mod draft;

use draft::Draft;

const HERE: &str = "/desk/enter";

#[derive(Serialize)]
pub struct EnterPage {
    pub form: Form,
    /// Whoever stands on one of the sides beside the first of each.
    pub further: Vec<further::Asked>,
    pub sources: Vec<Choice>,
    pub matters: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub wants: Vec<Choice>,
    pub languages: Vec<Choice>,
    pub consents: Vec<Choice>,
    pub signs: Vec<Choice>,
    /// What was photographed or spoken so far.
    pub files: Vec<Text>,
    /// Cases of the district that may be the same matter, shown before it is filed.
    pub alike: Vec<AlikeFace>,
    pub saved: bool,
}

/// That there is a case like this: its number and why, of one that the reader works with; of another, who has it.
#[derive(Clone, PartialEq, Serialize)]
pub struct AlikeFace {
    pub name: String,
    pub why: Vec<Text>,
}

impl Page for EnterPage {
    const TEMPLATE: &'static str = "pages/enter.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str| Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            hint: String::new(),
        };
        let mut wrong = Form::blank().filled("story", "漏水").filled("further", "1");
        wrong.refuse("my_name", Text::key("form-required"));
        let page = |form: Form, full: bool| Self {
            further: further::asked(&form),
            form,
            sources: vec![choice("counter")],
            matters: vec![choice("noise")],
            areas: if full {
                vec![choice("he/qing")]
            } else {
                Vec::new()
            },
            wants: vec![choice("stop")],
            languages: vec![choice("wu")],
            consents: vec![choice("in_person")],
            signs: vec![choice("hurt")],
            files: if full {
                vec![file_text(IntakeFileKind::Letter)]
            } else {
                Vec::new()
            },
            alike: if full {
                vec![AlikeFace {
                    name: "和调〔2026〕000127号".to_owned(),
                    why: vec![Text::key("triage-alike-address")],
                }]
            } else {
                Vec::new()
            },
            saved: full,
        };
        vec![page(Form::blank(), false), page(wrong, true)]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(HERE, Policy::Office(enters), show, save)
}

/// The district for which the reader writes down, and what they usually do.
struct Desk {
    district: District,
    source: Source,
}

async fn desk(web: &Web, viewer: &Viewer) -> Result<Desk, WebError> {
    let post = enters_as(&viewer.actor).ok_or(WebError::NotFound)?;
    let mut read = web.desk.store.read().await?;
    let listed = office::organisation(&mut read, post.organisation).await?;
    let area = listed.ok_or(WebError::NotFound)?.organisation.area;
    Ok(Desk {
        district: area.district(),
        source: if post.role == Role::GridWorker {
            Source::GridWorker
        } else {
            Source::Counter
        },
    })
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    desk: &Desk,
    draft: &Draft,
    form: Form,
) -> Result<EnterPage, WebError> {
    let rules = web.desk.rules.of(&desk.district);
    let words = web.texts.of(&desk.district.0);
    let say = |text: &Text| words.say(viewer.locale, text);
    let choice = |value: &str, text: Text| Choice {
        value: value.to_owned(),
        label: say(&text),
        hint: String::new(),
    };
    let unknown = words.t(viewer.locale, "start-area-unknown", &[]);
    let areas = Areas::of(web, &desk.district).await?;
    let source = |it: Source| {
        let key = it.name().replace('_', "-");
        choice(it.name(), Text::key(format!("triage-source-{key}")))
    };
    let want = |it: ClaimKind| choice(it.name(), Text::key(format!("start-want-{}", it.name())));
    let files = draft.files.iter().map(|it| file_text(it.kind));
    Ok(EnterPage {
        further: further::asked(&form),
        form,
        sources: Source::BY_STAFF.map(source).to_vec(),
        matters: matters(web, viewer, rules),
        areas: areas.choices(viewer.locale, &unknown, unknown.clone()),
        wants: ClaimKind::ALL.map(want).to_vec(),
        languages: languages(words, viewer, "enter-language-any"),
        consents: ConsentWay::ALL
            .map(|it| choice(it.name(), consent_text(it)))
            .to_vec(),
        signs: safety::signs(words, viewer.locale),
        files: files.collect(),
        alike: Vec::new(),
        saved: false,
    })
}

fn matters(web: &Web, viewer: &Viewer, rules: &Rules) -> Vec<Choice> {
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
    };
    let known = rules
        .disputes()
        .map(|it| choice(&it.key.0, it.name.for_tag(viewer.locale.tag()).to_owned()));
    let other = crate::domain::rules::DisputeKey("other".to_owned());
    let other = choice("other", matter_name(web, viewer.locale, &other));
    let first = choice("", web.texts.t(viewer.locale, "form-choose", &[]));
    std::iter::once(first).chain(known).chain([other]).collect()
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let desk = desk(&web, &viewer).await?;
    let draft = Draft::load(&web, &viewer).await?;
    let mut form = draft.form.clone();
    if form.value("source").is_empty() {
        form = form.filled("source", desk.source.name());
    }
    let page = page(&web, &viewer, &desk, &draft, form).await?;
    viewer.show(&web, &page)
}

/// Saves what was typed, whatever it is; files the matter where that was asked for and all is said.
async fn save(
    State(web): State<Web>,
    viewer: Viewer,
    parts: Multipart,
) -> Result<Response, WebError> {
    let desk = desk(&web, &viewer).await?;
    let mut draft = Draft::load(&web, &viewer).await?;
    let mut form = draft.take_in(&web, parts).await?;
    let wanted = form.value("do").to_owned();
    if wanted == "more" {
        form = further::one_more(form);
    }
    draft.form = form.clone().clean();
    draft.save(&web, &viewer).await?;
    if wanted == "forget" {
        Draft::forget(&web, &viewer).await?;
        return Ok(see_other(HERE));
    }
    if wanted != "file" {
        let mut page = page(&web, &viewer, &desk, &draft, form).await?;
        page.saved = !page.form.has_errors();
        return if page.saved {
            viewer.show(&web, &page)
        } else {
            viewer.show_again(&web, &page)
        };
    }
    let answers = answers::read(&mut form, &web, &desk.district);
    let mut alike = Vec::new();
    if let Some(answers) = answers.filter(|_| !form.has_errors()) {
        let new = answers
            .into_case(&web, &viewer, &desk.district, draft.files.clone())
            .await?;
        match new {
            Ok(new) => {
                alike = found(&web, &viewer, &desk.district, &new).await?;
                if alike.is_empty() || form.value("another") == "yes" {
                    let case = casework::open(&web.desk, new).await?;
                    Draft::forget(&web, &viewer).await?;
                    return Ok(see_other(&super::case::head::address(case.id)));
                }
                form.refuse("another", Text::key("enter-alike-confirm"));
            }
            Err(text) => form.refuse("area", text),
        }
    }
    let mut page = page(&web, &viewer, &desk, &draft, form).await?;
    page.alike = alike;
    viewer.show_again(&web, &page)
}

/// What may have been told already, by somebody else or at another desk.
async fn found(
    web: &Web,
    viewer: &Viewer,
    district: &District,
    new: &casework::NewCase,
) -> Result<Vec<AlikeFace>, WebError> {
    let found = casework::similar_to(&web.desk, &viewer.actor, district, &new.marks()).await?;
    let mine = found.cases.into_iter().take(10).map(|other| AlikeFace {
        name: other.case.number,
        why: other.why.into_iter().map(why_text).collect(),
    });
    let mut faces: Vec<_> = mine.collect();
    for body in found.elsewhere {
        let body = crate::web::faces::organisation(web, viewer, body).await?;
        faces.push(AlikeFace {
            name: body.name,
            why: vec![Text::key("triage-similar-theirs")],
        });
    }
    Ok(faces)
}

//! The parties' choice: each side names up to three mediators, and neither sees the other's list before.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use super::case::view::{self, DueFace};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::organisation::MediatorProfile;
use crate::domain::stage::{MOST_NAMED, Mediate, Stage};
use crate::i18n::Text;
use crate::office;
use crate::storage::office as stored;
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError};

const KINDS: &[Kind] = &[Kind::NameMediators];

/// How many are offered: enough to choose from, few enough to read on a phone.
const SHORT_LIST: usize = 6;

#[derive(Serialize)]
pub struct ChoosePage {
    pub head: Head,
    pub form: Form,
    /// Who is free and has no tie to either side, the fittest first.
    pub mediators: Vec<Choice>,
    pub most: usize,
    pub due: Option<DueFace>,
    /// This side has spoken already and may think again.
    pub spoken: bool,
}

impl Page for ChoosePage {
    const TEMPLATE: &'static str = "pages/choose.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: "普通话、吴语 · 噪音扰民 · 未来七天有空".to_owned(),
        };
        let page = |form, mediators, spoken| Self {
            head: Head::sample(),
            form,
            mediators,
            most: MOST_NAMED,
            due: None,
            spoken,
        };
        let mut wrong = Form::blank();
        wrong.refuse("mediator", Text::key("choose-too-many"));
        vec![
            page(
                Form::blank(),
                vec![choice("1", "陆晓月"), choice("2", "白若兰")],
                false,
            ),
            page(wrong, vec![choice("1", "陆晓月")], true),
            page(Form::blank(), Vec::new(), false),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/choose", Policy::Does(KINDS), show, answer)
}

/// Those of the case's own organisation whom nothing keeps out. Why one comes before another is not told: it could tell
/// of the other side's matters.
async fn short_list(web: &Web, viewer: &Viewer, open: &Open) -> Result<Vec<Choice>, WebError> {
    let (case, now) = (&open.case, web.desk.clock.now());
    let mut read = web.desk.store.read().await?;
    let ranked = office::propose(&mut read, &web.desk.rules, case, now).await?;
    let own = ranked
        .into_iter()
        .find(|it| it.organisation == case.organisation);
    let roster = stored::roster(&mut read).await?;
    let fit = own.map_or_else(Vec::new, |it| it.mediators);
    let choice = |person: PersonId| {
        let of_the_case = |row: &&stored::RosterRow| {
            row.person == person && row.organisation == case.organisation
        };
        let profile = &roster.iter().find(of_the_case)?.profile;
        Some(Choice {
            value: person.to_string(),
            label: profile.name.as_str().to_owned(),
            hint: told_of(web, viewer, (case, profile)),
        })
    };
    let people = fit.iter().map(|it| it.person);
    Ok(people.filter_map(choice).take(SHORT_LIST).collect())
}

/// Languages and fields, as a party reads them.
fn told_of(web: &Web, viewer: &Viewer, (case, profile): (&Case, &MediatorProfile)) -> String {
    let (words, rules) = (web.words(case), web.desk.rules.of(&case.district));
    let languages = profile.languages.iter();
    let languages: Vec<_> = languages
        .map(|it| words.t(viewer.locale, it.key(), &[]))
        .collect();
    let fields = profile.fields.iter().filter_map(|key| rules.dispute(key));
    let fields: Vec<_> = fields
        .map(|it| it.name.for_tag(viewer.locale.tag()).to_owned())
        .collect();
    let comma = words.t(viewer.locale, "choose-comma", &[]);
    format!("{} · {}", languages.join(&comma), fields.join(&comma))
}

async fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> Result<ChoosePage, WebError> {
    let (case, now) = (&open.case, web.desk.clock.now());
    let seat = case.seat_for(&viewer.actor);
    let spoken = match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Selecting { choice, .. } => {
                seat.is_some_and(|party| choice.named.contains_key(&party))
            }
            _ => false,
        },
        _ => false,
    };
    Ok(ChoosePage {
        head: Head::of(web, viewer, case),
        form,
        mediators: short_list(web, viewer, open).await?,
        most: MOST_NAMED,
        due: case.stage.due().map(|due| view::due(web, viewer, due, now)),
        spoken,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()).await?)
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    let mut shown = page(&web, &viewer, &open, Form::blank()).await?;
    let named = if form.value("do") == "leave" {
        Some(Vec::new())
    } else {
        named(&mut form, &shown.mediators)
    };
    if let Some(mediators) = named {
        let action = Action::NameMediators { mediators };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "mediator")).await? {
            return Ok(done);
        }
    }
    shown.form = form;
    viewer.show_again(&web, &shown)
}

/// Those ticked, in the order of the list; only who was offered can be named.
fn named(form: &mut Form, offered: &[Choice]) -> Option<Vec<PersonId>> {
    let ticked = form.values("mediator").to_vec();
    let known = |id: &String| offered.iter().any(|it| it.value == *id);
    let people: Option<Vec<PersonId>> = ticked
        .iter()
        .map(|id| known(id).then(|| id.parse().ok()).flatten())
        .collect();
    let message = match &people {
        Some(people) if people.len() > MOST_NAMED => "choose-too-many",
        Some(people) if !people.is_empty() => return Some(people.clone()),
        _ => "form-choose",
    };
    form.refuse("mediator", Text::key(message));
    None
}

//! What a party wishes of its mediator: what to speak, and where it works, so that nobody from there is asked.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::ids::CaseId;
use crate::domain::organisation::Language;
use crate::i18n::Text;
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: &[Kind] = &[Kind::TellWishes];

#[derive(Serialize)]
pub struct WishesPage {
    pub head: Head,
    pub form: Form,
    pub languages: Vec<Choice>,
}

impl Page for WishesPage {
    const TEMPLATE: &'static str = "pages/wishes.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("employer", "和风客运");
        wrong.refuse("language", Text::key("form-choose"));
        let language = Choice {
            value: "wu".to_owned(),
            label: "吴语".to_owned(),
            hint: String::new(),
        };
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                languages: vec![language.clone()],
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/wishes", Policy::Does(KINDS), show, tell)
}

fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> WishesPage {
    let language = |it: Language| Choice {
        value: it.name().to_owned(),
        label: web.words(&open.case).t(viewer.locale, it.key(), &[]),
        hint: String::new(),
    };
    WishesPage {
        head: Head::of(web, viewer, &open.case),
        form,
        languages: Language::ALL.map(language).into(),
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    let seat = open.case.seat_for(&viewer.actor);
    let seat = seat.and_then(|party| open.case.party(party));
    let seat = seat.ok_or(WebError::NotFound)?;
    let said = seat.languages.iter();
    let said = said.map(|it| ("language".to_owned(), it.name().to_owned()));
    let employer = (
        "employer".to_owned(),
        seat.employer.clone().unwrap_or_default(),
    );
    let form = Form::from_pairs(said.chain([employer]));
    viewer.show(&web, &page(&web, &viewer, &open, form))
}

async fn tell(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, KINDS).await?;
    let said = form.values("language").iter();
    let languages: Option<Vec<_>> = said.map(|name| Language::parse(name)).collect();
    if languages.is_none() {
        form.refuse("language", Text::key("form-choose"));
    }
    let employer = form.read_optional("employer", parse::text(100));
    if let (Some(languages), Some(employer)) = (languages, employer) {
        let action = Action::TellWishes {
            languages,
            employer,
        };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "language")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form))
}

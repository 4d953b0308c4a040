//! Clauses to begin with: those of the type of dispute, as the house or the district words them, and a mediator's own. One tap
//! puts one into the form of the board.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use uuid::Uuid;

use super::case::Head;
use super::proof::name_of;
use crate::casework;
use crate::domain::case::Case;
use crate::domain::fillers::{self, Facts, Unfilled};
use crate::domain::ids::CaseId;
use crate::domain::permission::{keeps_calendar, may_lead_sessions};
use crate::domain::rules::clauses::ClauseTemplate;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::storage::library::{self, OwnClause};
use crate::storage::{StorageError, write_tx};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

/// A mediator's own clauses.
#[derive(Serialize)]
pub struct LibraryPage {
    pub form: Form,
    pub clauses: Vec<OwnFace>,
}

#[derive(Clone, Serialize)]
pub struct OwnFace {
    pub id: String,
    pub title: String,
    pub text: String,
}

/// The clauses for one case.
#[derive(Serialize)]
pub struct ClausesPage {
    pub head: Head,
    pub clauses: Vec<ClauseFace>,
    pub own: Vec<ClauseFace>,
}

#[derive(Clone, Serialize)]
pub struct ClauseFace {
    /// The board with the clause in its form.
    pub href: String,
    pub name: String,
    pub act: String,
}

impl Page for LibraryPage {
    const TEMPLATE: &'static str = "pages/library.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("text", "{对方}道歉");
        wrong.refuse("title", Text::key("form-required"));
        wrong.refuse("text", unknown("对方"));
        let own = OwnFace {
            id: "1".to_owned(),
            title: "门口".to_owned(),
            text: "{被申请人}不在门口放鞋柜。".to_owned(),
        };
        let page = |form, clauses| Self { form, clauses };
        vec![page(Form::blank(), Vec::new()), page(wrong, vec![own])]
    }
}

impl Page for ClausesPage {
    const TEMPLATE: &'static str = "pages/clauses.html";

    fn samples() -> Vec<Self> {
        let clause = ClauseFace {
            href: "/cases/1/board?begin=quiet-hours#clause-form".to_owned(),
            name: "约定安静时间".to_owned(),
            act: "每日二十二时至次日七时不拖动家具。".to_owned(),
        };
        let page = |clauses: Vec<ClauseFace>, own| Self {
            head: Head::sample(),
            clauses,
            own,
        };
        vec![
            page(vec![clause.clone()], Vec::new()),
            page(vec![clause.clone()], vec![clause]),
        ]
    }
}

const HERE: &str = "/desk/library";

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form(HERE, Policy::Office(keeps_calendar), show, change)
        .get(
            "/cases/{id}/clauses",
            Policy::Of(may_lead_sessions),
            clauses,
        )
}

async fn own(web: &Web, viewer: &Viewer) -> Result<Vec<OwnClause>, WebError> {
    let mut read = web.desk.store.read().await?;
    Ok(library::of_person(&mut read, viewer.person()?).await?)
}

async fn page(web: &Web, viewer: &Viewer, form: Form) -> Result<LibraryPage, WebError> {
    let face = |clause: OwnClause| OwnFace {
        id: clause.id.to_string(),
        title: clause.title,
        text: clause.text,
    };
    let clauses = own(web, viewer).await?;
    Ok(LibraryPage {
        form,
        clauses: clauses.into_iter().map(face).collect(),
    })
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let page = page(&web, &viewer, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let (store, person) = (&web.desk.store, viewer.person()?);
    if form.value("do") == "discard" {
        let id: Uuid = form
            .value("id")
            .parse()
            .map_err(|_none| WebError::NotFound)?;
        let gone: Result<(), StorageError> =
            write_tx!(store, |tx| { library::discard(tx, person, id).await });
        gone?;
        return Ok(see_other(HERE));
    }
    let title = form.read("title", parse::text(50));
    let text = form.read("text", parse::printed(1_000));
    if let Some(Err(why)) = text.as_deref().map(fillers::check) {
        form.refuse("text", unfilled(&why));
    }
    let (Some(title), Some(text), false) = (title, text, form.has_errors()) else {
        let page = page(&web, &viewer, form).await?;
        return viewer.show_again(&web, &page);
    };
    let clause = OwnClause {
        id: web.desk.clock.new_id(),
        title,
        text,
    };
    let now = web.desk.clock.now();
    let kept: Result<(), StorageError> = write_tx!(store, |tx| {
        library::keep(tx, person, &clause, now).await
    });
    kept?;
    Ok(see_other(HERE))
}

async fn clauses(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_lead_sessions(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let tag = viewer.locale.tag();
    let face = |key: &str, name: &str, act: &str| ClauseFace {
        href: format!("/cases/{id}/board?begin={key}#clause-form"),
        name: name.to_owned(),
        act: act.to_owned(),
    };
    let rules = web.desk.rules.of(&case.district);
    let shipped = rules.clause_templates(&case.dispute).into_iter();
    let shipped = shipped.map(|it| face(&it.key, it.name.for_tag(tag), it.act.for_tag(tag)));
    let own = own(&web, &viewer).await?;
    let page = ClausesPage {
        head: Head::of(&web, &viewer, &case),
        clauses: shipped.collect(),
        own: own
            .iter()
            .map(|it| face(&it.id.to_string(), &it.title, &it.text))
            .collect(),
    };
    viewer.show(&web, &page)
}

/// The form of the board with what was chosen in it. Papers are written in Chinese whatever the reader's language.
pub(super) async fn begun(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    key: &str,
    form: Form,
) -> Result<Form, WebError> {
    if !may_lead_sessions(&viewer.actor, case) {
        return Ok(form);
    }
    let rules = web.desk.rules.of(&case.district);
    let shipped = rules.clause_templates(&case.dispute);
    if let Some(template) = shipped.into_iter().find(|it| it.key == key) {
        return Ok(of_template(web, template, form));
    }
    let own = own(web, viewer).await?;
    let chosen = own.into_iter().find(|it| it.id.to_string() == key);
    Ok(match chosen {
        Some(clause) => form.filled("terms", clause.text),
        None => form,
    })
}

fn of_template(web: &Web, template: &ClauseTemplate, form: Form) -> Form {
    let today = civil_date(web.desk.clock.now());
    let due = today.saturating_add(jiff::Span::new().days(i64::from(template.days)));
    form.filled("terms", &*template.act.zh)
        .filled("proof", &*template.proof.zh)
        .filled("on_default", &*template.on_default.zh)
        .filled("due", due.to_string())
}

/// Fills in what stands in braces in these fields; what cannot be filled leaves its message beside its field.
pub(super) async fn fill(
    web: &Web,
    case: &Case,
    mut form: Form,
    fields: &[&str],
) -> Result<Form, WebError> {
    let mediator = match case.stage.mediator() {
        Some(person) => name_of(web, person).await?.as_str().to_owned(),
        None => String::new(),
    };
    let facts = Facts {
        case,
        mediator: &mediator,
        today: civil_date(web.desk.clock.now()),
    };
    for field in fields {
        match fillers::fill(form.value(field), &facts) {
            Ok(text) => form.replace(field, text),
            Err(why) => form.refuse(field, unfilled(&why)),
        }
    }
    Ok(form)
}

fn unfilled(why: &Unfilled) -> Text {
    match why {
        Unfilled::Unknown(name) => unknown(name),
        Unfilled::Missing(name) => Text::key("library-missing").with("name", name.as_str()),
    }
}

fn unknown(name: &str) -> Text {
    Text::key("library-unknown").with("name", name)
}

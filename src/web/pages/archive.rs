//! Where the head of a committee takes the closed matters of a year away, for the archive that keeps them.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::dossier::zip;
use super::meeting_rooms::headed;
use crate::domain::permission::heads_any;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::paperwork::Archive;
use crate::storage::office::Listed;
use crate::web::{Choice, Form, Page, Policy, Routes, Viewer, Web, WebError};

const HERE: &str = "/desk/archive";
/// How many years lie open to choose from.
const YEARS: i16 = 10;

#[derive(Serialize)]
pub struct ArchivePage {
    pub form: Form,
    pub years: Vec<Choice>,
    pub bodies: Vec<Choice>,
}

impl Page for ArchivePage {
    const TEMPLATE: &'static str = "pages/archive.html";

    fn samples() -> Vec<Self> {
        let page = |form, bodies: &[&str]| Self {
            form,
            years: vec![choice("2026", "2026"), choice("2025", "2025")],
            bodies: bodies.iter().map(|name| choice(name, name)).collect(),
        };
        let mut wrong = Form::blank();
        wrong.refuse("year", Text::key("form-choose"));
        wrong.refuse("body", Text::key("form-choose"));
        let name = "柳荫街道人民调解委员会";
        vec![
            page(Form::blank().filled("year", "2026"), &[name]),
            page(wrong, &[name, "槐安里社区人民调解委员会"]),
        ]
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(HERE, Policy::Office(heads_any), show, take)
}

fn page(web: &Web, viewer: &Viewer, bodies: &[Listed], form: Form) -> ArchivePage {
    let years = years(web);
    let name = |body: &Listed| {
        let name = body.organisation.name.for_tag(viewer.locale.tag());
        choice(&body.id.to_string(), name)
    };
    ArchivePage {
        form,
        years: years.iter().map(|year| choice(year, year)).collect(),
        bodies: bodies.iter().map(name).collect(),
    }
}

/// The newest first.
fn years(web: &Web) -> Vec<String> {
    let year = civil_date(web.desk.clock.now()).year();
    (0..YEARS).map(|back| (year - back).to_string()).collect()
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    // What is archived is mostly the year that is over.
    let last = years(&web).into_iter().nth(1).unwrap_or_default();
    let form = Form::blank().filled("year", last);
    viewer.show(&web, &page(&web, &viewer, &bodies, form))
}

async fn take(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    let known = years(&web);
    let year = form.choose("year", |year| {
        let known = known.iter().any(|it| it == year);
        year.parse::<i16>().ok().filter(|_| known)
    });
    let body = match bodies.as_slice() {
        [only] => Some(only.id),
        all => form.choose("body", |id| {
            let found = all.iter().find(|body| body.id.to_string() == id);
            found.map(|body| body.id)
        }),
    };
    let (Some(year), Some(organisation)) = (year, body) else {
        return viewer.show_again(&web, &page(&web, &viewer, &bodies, form));
    };
    let archive = Archive { organisation, year };
    let outgoing = web.chancery.archive(&viewer.actor, archive)?;
    tracing::info!(%organisation, year, "the closed matters of a year are taken away");
    zip(&format!("archive-{year}"), outgoing)
}

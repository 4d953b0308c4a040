//! Where a new colleague chooses a password, by the link that was handed to them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use crate::accounts::setup;
use crate::accounts::staff::SHORTEST_PASSWORD;
use crate::i18n::Text;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct SetupPage {
    pub form: Form,
    /// What they sign in with; nothing where the link is good no more.
    pub login: Option<String>,
    pub name: String,
    pub shortest: usize,
}

impl Page for SetupPage {
    const TEMPLATE: &'static str = "pages/setup.html";

    fn samples() -> Vec<Self> {
        let page = |form, login: Option<&str>| Self {
            form,
            login: login.map(str::to_owned),
            name: "林可风".to_owned(),
            shortest: SHORTEST_PASSWORD,
        };
        let mut wrong = Form::blank();
        wrong.refuse("again", Text::key("setup-differs"));
        vec![
            page(Form::blank(), Some("lin")),
            page(wrong, Some("lin")),
            page(Form::blank(), None),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/setup/{token}", Policy::Anyone, show, choose)
}

async fn page(web: &Web, token: &str, form: Form) -> Result<SetupPage, WebError> {
    let waiting = setup::whose(&web.accounts, token).await?;
    let (login, name) = waiting.map(|it| (it.login, it.name)).unzip();
    Ok(SetupPage {
        form,
        login,
        name: name.unwrap_or_default(),
        shortest: SHORTEST_PASSWORD,
    })
}

fn answer(viewer: &Viewer, web: &Web, page: &SetupPage) -> Result<Response, WebError> {
    let status = match page {
        page if page.login.is_none() => StatusCode::GONE,
        page if page.form.has_errors() => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    viewer.answer(web, status, page)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let page = page(&web, &token, Form::blank()).await?;
    answer(&viewer, &web, &page)
}

async fn choose(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, WebError> {
    let password = form.read("password", parse::text(200));
    if let Some(password) = password {
        if password.chars().count() < SHORTEST_PASSWORD {
            form.refuse("password", too_short());
        } else if form.value("again") != password {
            form.refuse("again", Text::key("setup-differs"));
        } else if setup::choose(&web.accounts, &token, &password).await? {
            return Ok(see_other("/sign-in/staff?next=/desk"));
        }
    }
    form.forget("password");
    form.forget("again");
    let page = page(&web, &token, form).await?;
    answer(&viewer, &web, &page)
}

fn too_short() -> Text {
    let shortest = u32::try_from(SHORTEST_PASSWORD).unwrap_or(u32::MAX);
    Text::key("setup-short").with("shortest", shortest)
}

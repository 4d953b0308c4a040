//! Parties sign in with a code to their phone or mailbox.

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::accounts::address::Address;
use crate::accounts::codes::{self, Purpose, Request};
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, drafts, people};
use crate::i18n::Text;
use crate::web::viewer::{next, signed_in, signed_out};
use crate::web::{Form, Page, Policy, Query, Routes, Viewer, Web, WebError, parse, see_other};

/// The draft that leads from the address to its code.
const DRAFT: &str = "sign-in";

#[derive(Serialize)]
pub struct SignInPage {
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "pages/sign-in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("contact", "12345");
        wrong.read("contact", parse::address);
        let page = |form| Self {
            form,
            next: "/cases".to_owned(),
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

#[derive(Serialize)]
pub struct CodePage {
    pub form: Form,
    /// The address with its middle hidden.
    pub masked: String,
    /// The address itself, for sending another code to it.
    pub contact: String,
    pub next: String,
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "pages/sign-in-code.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("accounts-code-wrong").with("left", 4_u32));
        let page = |form| Self {
            form,
            masked: "138****8000".to_owned(),
            contact: "+8613800138000".to_owned(),
            next: "/cases".to_owned(),
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

/// Who is on the way in.
#[derive(Serialize, Deserialize)]
struct Arrival {
    to: Address,
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Onward {
    #[serde(default)]
    pub(super) next: String,
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/sign-in", Policy::Anyone, show, ask)
        .form("/sign-in/code", Policy::Anyone, show_code, enter)
        .post("/sign-out", Policy::Anyone, leave)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(onward): Query<Onward>,
) -> Result<Response, WebError> {
    let next = next(&onward.next);
    if viewer.actor.person().is_some() {
        return Ok(see_other(next));
    }
    viewer.show(
        &web,
        &SignInPage {
            form: Form::blank(),
            next: next.to_owned(),
        },
    )
}

/// Sends a code, and says the same whether anybody is known under the address or not.
async fn ask(State(web): State<Web>, viewer: Viewer, mut form: Form) -> Result<Response, WebError> {
    let next = next(form.value("next")).to_owned();
    let Some(to) = form.read("contact", parse::address) else {
        return viewer.show_again(&web, &SignInPage { form, next });
    };
    let known = people::holder(&mut web.accounts.store.read().await?, &to)
        .await?
        .is_some();
    let request = Request {
        purpose: purpose(&viewer),
        to: &to,
        client: viewer.client,
        locale: viewer.locale.tag(),
    };
    match codes::issue(&web.accounts, &request, known).await {
        Ok(()) => {}
        Err(AccountsError::TooMany { seconds }) => {
            form.refuse("contact", parse::wait(seconds));
            return viewer.show_again(&web, &SignInPage { form, next });
        }
        Err(error) => return Err(error.into()),
    }
    drafts::save(&web.accounts, &viewer.browser, DRAFT, &Arrival { to, next }).await?;
    Ok(see_other("/sign-in/code"))
}

fn purpose(viewer: &Viewer) -> Purpose<'_> {
    Purpose::SignIn {
        browser: &viewer.browser,
    }
}

async fn arrival(web: &Web, viewer: &Viewer) -> Result<Option<Arrival>, WebError> {
    Ok(drafts::load(&web.accounts, &viewer.browser, DRAFT).await?)
}

fn code_page(arrival: Arrival, form: Form) -> CodePage {
    CodePage {
        form,
        masked: arrival.to.masked(),
        contact: arrival.to.to_string(),
        next: arrival.next,
    }
}

async fn show_code(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    match arrival(&web, &viewer).await? {
        Some(arrival) => viewer.show(&web, &code_page(arrival, Form::blank())),
        None => Ok(see_other("/sign-in")),
    }
}

async fn enter(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let Some(arrival) = arrival(&web, &viewer).await? else {
        return Ok(see_other("/sign-in"));
    };
    let Some(code) = form.read("code", parse::code) else {
        return viewer.show_again(&web, &code_page(arrival, form));
    };
    let checked = codes::check(&web.accounts, purpose(&viewer), &arrival.to, &code).await?;
    let holder = people::holder(&mut web.accounts.store.read().await?, &arrival.to).await?;
    let refused = parse::checked(checked).err();
    match (refused, holder) {
        (None, Some(person)) => {
            let token = sessions::open(&web.accounts, person.id, Method::Code).await?;
            drafts::forget(&web.accounts, &viewer.browser, DRAFT).await?;
            let elder = viewer.elder_for(&person);
            people::prefer(&web.accounts, person.id, viewer.locale.tag(), elder).await?;
            Ok(signed_in(&web, &token, &arrival.next))
        }
        (refused, _) => {
            form.refuse(
                "code",
                refused.unwrap_or_else(|| Text::key("accounts-code-void")),
            );
            form.forget("code");
            viewer.show_again(&web, &code_page(arrival, form))
        }
    }
}

async fn leave(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    if let Some(session) = &viewer.session {
        sessions::close(&web.accounts, &session.token).await?;
    }
    Ok(signed_out(&web, "/"))
}

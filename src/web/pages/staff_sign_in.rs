//! Staff sign in with a password, and those whose signature binds others with a second factor.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::qr;
use super::sign_in::Onward;
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, second_factor, staff};
use crate::i18n::Text;
use crate::web::viewer::{SignedIn, next, signed_in};
use crate::web::{Form, Page, Policy, Query, Routes, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct StaffSignInPage {
    pub form: Form,
    pub next: String,
}

impl Page for StaffSignInPage {
    const TEMPLATE: &'static str = "pages/staff-sign-in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("login", "li");
        wrong.refuse("password", Text::key("accounts-password-wrong"));
        let page = |form| Self {
            form,
            next: "/cases".to_owned(),
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

#[derive(Serialize)]
pub struct SecondFactorPage {
    pub form: Form,
    pub next: String,
    /// What an authenticator app is given, the first time.
    pub enrol: Option<Enrol>,
}

#[derive(Serialize)]
pub struct Enrol {
    pub base32: String,
    /// The QR code as a `data:` address.
    pub picture: String,
}

impl Page for SecondFactorPage {
    const TEMPLATE: &'static str = "pages/second-factor.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("accounts-second-factor-wrong"));
        let enrol = Enrol {
            base32: "JBSWY3DPEHPK3PXP".to_owned(),
            picture: qr::picture("otpauth://totp/x"),
        };
        let page = |form, enrol| Self {
            form,
            next: "/cases".to_owned(),
            enrol,
        };
        vec![page(Form::blank(), None), page(wrong, Some(enrol))]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/sign-in/staff", Policy::Anyone, show, enter)
        .form(
            "/sign-in/second-factor",
            Policy::Anyone,
            show_second,
            confirm,
        )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(onward): Query<Onward>,
) -> Result<Response, WebError> {
    viewer.show(
        &web,
        &StaffSignInPage {
            form: Form::blank(),
            next: next(&onward.next).to_owned(),
        },
    )
}

async fn enter(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let next = next(form.value("next")).to_owned();
    let login = form.read("login", parse::text(100));
    let password = form.read("password", parse::text(200));
    let refused = match (login, password) {
        (Some(login), Some(password)) => match staff::sign_in(&web.accounts, &login, &password)
            .await
        {
            Ok(Some(staff)) => {
                let token = sessions::open(&web.accounts, staff.person, Method::Password).await?;
                let onward: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                return Ok(signed_in(
                    &web,
                    &token,
                    &format!("/sign-in/second-factor?next={onward}"),
                ));
            }
            Ok(None) => Some(Text::key("accounts-password-wrong")),
            Err(AccountsError::TooMany { seconds }) => Some(parse::wait(seconds)),
            Err(error) => return Err(error.into()),
        },
        _ => None,
    };
    if let Some(text) = refused {
        form.refuse("password", text);
    }
    form.forget("password");
    viewer.show_again(&web, &StaffSignInPage { form, next })
}

/// The session whose second factor is still to come.
fn waiting(viewer: &Viewer) -> Option<&SignedIn> {
    viewer
        .session
        .as_ref()
        .filter(|session| session.second_factor_due)
}

async fn show_second(
    State(web): State<Web>,
    viewer: Viewer,
    Query(onward): Query<Onward>,
) -> Result<Response, WebError> {
    let next = next(&onward.next);
    let Some(session) = waiting(&viewer) else {
        return Ok(see_other(next));
    };
    let page = second_page(&web, session, Form::blank(), next).await?;
    viewer.show(&web, &page)
}

async fn second_page(
    web: &Web,
    session: &SignedIn,
    form: Form,
    next: &str,
) -> Result<SecondFactorPage, WebError> {
    let person = &session.person;
    let enrol = match second_factor::offer(&web.accounts, person.id, person.name.as_str()).await {
        Ok(offer) => Some(Enrol {
            picture: qr::picture(&offer.url),
            base32: offer.base32,
        }),
        Err(AccountsError::SecondFactor) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(SecondFactorPage {
        form,
        next: next.to_owned(),
        enrol,
    })
}

async fn confirm(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let next = next(form.value("next")).to_owned();
    let Some(session) = waiting(&viewer) else {
        return Ok(see_other(&next));
    };
    if let Some(code) = form.read("code", parse::code) {
        if second_factor::check(&web.accounts, session.person.id, &code, "sign-in").await? {
            sessions::second_factor_given(&web.accounts, &session.token).await?;
            return Ok(see_other(&next));
        }
        form.refuse("code", Text::key("accounts-second-factor-wrong"));
    }
    form.forget("code");
    let page = second_page(&web, session, form, &next).await?;
    viewer.show_again(&web, &page)
}

//! Who tells the matter, and the code that proves their phone or mailbox.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::draft::{Draft, Step, Who, read_who};
use crate::accounts::AccountsError;
use crate::accounts::address::Address;
use crate::accounts::codes::{self, Purpose, Request};
use crate::i18n::Text;
use crate::web::pages::triage::languages;
use crate::web::{Choice, Form, Page, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct MePage {
    pub form: Form,
    pub languages: Vec<Choice>,
}

impl Page for MePage {
    const TEMPLATE: &'static str = "pages/start-me.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("name", "王小明");
        read_who(&mut wrong, "", true);
        let languages = vec![Choice {
            value: "wu".to_owned(),
            label: "吴语".to_owned(),
            hint: String::new(),
        }];
        let page = |form| Self {
            form,
            languages: languages.clone(),
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

#[derive(Serialize)]
pub struct ProofPage {
    pub form: Form,
    pub masked: String,
}

impl Page for ProofPage {
    const TEMPLATE: &'static str = "pages/start-code.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("code", Text::key("accounts-code-wrong").with("left", 1_u32));
        let page = |form| Self {
            form,
            masked: "138****8000".to_owned(),
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

/// Somebody signed in does not type again what we know.
fn known(viewer: &Viewer) -> Form {
    let Some(session) = &viewer.session else {
        return Form::blank();
    };
    let person = &session.person;
    let contact = person
        .phone
        .as_ref()
        .map(ToString::to_string)
        .or_else(|| person.mail.as_ref().map(ToString::to_string));
    Form::blank()
        .filled("name", person.name.as_str())
        .filled("contact", contact.unwrap_or_default())
}

/// Whether the reader's own session vouches for a contact.
fn vouched(viewer: &Viewer, contact: &Address) -> bool {
    viewer.actor.person().is_some()
        && viewer
            .session
            .as_ref()
            .is_some_and(|session| match contact {
                Address::Phone(phone) => session.person.phone.as_ref() == Some(phone),
                Address::Mail(mail) => session.person.mail.as_ref() == Some(mail),
            })
}

fn me_page(web: &Web, viewer: &Viewer, form: Form) -> MePage {
    MePage {
        form,
        languages: languages(&web.texts, viewer, "enter-language-any"),
    }
}

pub(super) async fn show_me(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    let form = if draft.me.value("name").is_empty() {
        known(&viewer)
    } else {
        draft.me
    };
    viewer.show(&web, &me_page(&web, &viewer, form))
}

pub(super) async fn save_me(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let Some(Who {
        contact: Some(contact),
        ..
    }) = read_who(&mut form, "", true)
    else {
        return viewer.show_again(&web, &me_page(&web, &viewer, form));
    };
    let mut draft = Draft::load(&web, &viewer).await?;
    draft.me = form.clone().clean();
    if vouched(&viewer, &contact) {
        draft.proven = Some(contact.clone());
    }
    draft.save(&web, &viewer).await?;
    if draft.proven.as_ref() == Some(&contact) {
        return Ok(see_other(draft.missing(&web).unwrap_or(Step::Check).path()));
    }
    match send(&web, &viewer, &contact).await {
        Ok(()) => Ok(see_other(Step::Code.path())),
        Err(AccountsError::TooMany { seconds }) => {
            form.refuse("contact", parse::wait(seconds));
            viewer.show_again(&web, &me_page(&web, &viewer, form))
        }
        Err(error) => Err(error.into()),
    }
}

async fn send(web: &Web, viewer: &Viewer, to: &Address) -> Result<(), AccountsError> {
    let request = Request {
        purpose: Purpose::ContactProof {
            browser: &viewer.browser,
        },
        to,
        client: viewer.client,
        locale: viewer.locale.tag(),
    };
    codes::issue(&web.accounts, &request, true).await
}

/// The contact whose code is awaited.
fn awaited(draft: &Draft) -> Option<Address> {
    read_who(&mut draft.me.clone(), "", true)?.contact
}

pub(super) async fn show_code(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Response, WebError> {
    let draft = Draft::load(&web, &viewer).await?;
    match awaited(&draft) {
        Some(to) => viewer.show(
            &web,
            &ProofPage {
                form: Form::blank(),
                masked: to.masked(),
            },
        ),
        None => Ok(see_other(Step::Me.path())),
    }
}

/// Checks the code, or sends another one where the other button was pressed.
pub(super) async fn enter_code(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let mut draft = Draft::load(&web, &viewer).await?;
    let Some(to) = awaited(&draft) else {
        return Ok(see_other(Step::Me.path()));
    };
    if form.value("again") == "yes" {
        match send(&web, &viewer, &to).await {
            Ok(()) => return Ok(see_other(Step::Code.path())),
            Err(AccountsError::TooMany { seconds }) => form.refuse("code", parse::wait(seconds)),
            Err(error) => return Err(error.into()),
        }
    } else if let Some(code) = form.read("code", parse::code) {
        let purpose = Purpose::ContactProof {
            browser: &viewer.browser,
        };
        match parse::checked(codes::check(&web.accounts, purpose, &to, &code).await?) {
            Ok(()) => {
                draft.proven = Some(to);
                draft.save(&web, &viewer).await?;
                return Ok(see_other(draft.missing(&web).unwrap_or(Step::Check).path()));
            }
            Err(text) => form.refuse("code", text),
        }
    }
    form.forget("code");
    viewer.show_again(
        &web,
        &ProofPage {
            form,
            masked: to.masked(),
        },
    )
}

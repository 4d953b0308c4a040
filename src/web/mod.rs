//! HTTP: router, pages, API. Handlers translate, they do not decide.
//!
//! # How to add a page
//!
//! 1. **Texts**: `assets/locales/{zh-CN,en}/<subject>.ftl`, keys `<subject>-…`, in both languages.
//! 2. **Template**: `templates/pages/<name>.html`, beginning `{% extends "base.html" %}` with
//!    `{% block title %}` and `{% block main %}`. Words come from `{{ t(key="subject-hello", name=name) }}`,
//!    a [`Text`](crate::i18n::Text) in a field from `{{ reason | say }}`; instants (jiff `Timestamp`) with `| date`
//!    or `| date_time`, fen with `| money`. An optional field is `Option` in Rust and `{% if x %}` here.
//!    Every `<form>` is the component `{% <post action={path}> %} … {% </post> %}`, which adds the token;
//!    fields, radios, buttons, cards, notices are in `templates/components/`. No inline script or style.
//! 3. **Struct**: in `src/web/pages/<name>.rs`, `#[derive(Serialize)] pub struct HelloPage { .. }` and
//!    `impl Page for HelloPage` with a sample for every face it can show; add it to `pages::samples`.
//! 4. **Handler**:
//!    ```ignore
//!    async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
//!        viewer.show(&web, &HelloPage { .. })
//!    }
//!    async fn submit(State(web): State<Web>, viewer: Viewer, mut form: Form) -> Result<Response, WebError> {
//!        let name = form.read("name", parse::person_name);
//!        let Some(name) = name else { return viewer.show_again(&web, &HelloPage { form }) }; // 422, nothing lost
//!        ..; Ok(see_other("/done"))                                                         // 303
//!    }
//!    ```
//!    `viewer.actor` goes into `casework::perform`; pages of a case stand behind the sign-in. Forms post to the
//!    address they are shown at, so that the switch of language finds its way back.
//! 5. **Route**: `pub(in crate::web) fn routes() -> Routes` in the page's file, merged in `router.rs`. Each is made with
//!    its [`Policy`](routes::Policy), who is expected behind it, and no other way compiles:
//!    ```ignore
//!    Routes::new()
//!        .form("/cases/{id}/hello", Policy::Does(&[ActionKind::Hello]), show, submit) // GET and POST
//!        .get("/cases/{id}/hello/list", Policy::Sees, list)
//!    ```
//!    `Anyone`; `Token` another body by its own token; `SignedIn`; `Office(may_x)` a question about the reader alone; and of a case in the path `Sees` (whoever
//!    may see it), `Of(may_x)` a named question of `domain::permission`, `Does(&KINDS)` whoever is permitted one of these
//!    actions. All but `Anyone` stand behind the sign-in by that, and whoever may not see the case in `{id}`, or is not
//!    meant by the question, finds nothing. The policy grants nothing: the handler asks `casework` and `permission`
//!    all the same, and `tests/matrix.rs` holds every route to its policy for every role, relation and state, with no
//!    test to write: whoever sees the case and may not do this is refused (400, 403, 404, 409) and changes nothing. A
//!    route that nobody gets behind in any of its states fails there: add the state to `tests/matrix/states.rs`.

use std::net::IpAddr;
use std::sync::Arc;

pub mod api;
pub mod assets;
pub mod checks;
pub mod error;
pub mod extract;
pub mod faces;
pub mod form;
pub mod issued;
mod metrics;
pub mod pace;
pub mod page;
pub mod pages;
pub mod parse;
mod preferences;
pub mod router;
pub mod routes;
pub mod security;
pub mod sockets;
pub mod viewer;

pub use error::WebError;
pub use extract::{Multipart, Path, Query};
pub use form::{Choice, Form};
pub use page::Page;
pub use router::router;
pub use routes::{Policy, Routes};
pub use viewer::{Viewer, see_other};

use crate::accounts::Accounts;
use crate::casework::Desk;
use crate::config::{DialIn, Secret};
use crate::domain::case::Case;
use crate::evidence::Cabinet;
use crate::i18n::Texts;
use crate::paperwork::Chancery;
use crate::rooms::Rooms;
use crate::storage::files::Files;

/// What the router carries: `State(web): State<Web>` in a handler.
pub type Web = Arc<State>;

/// What pages need. Built by `app`.
#[derive(Debug)]
pub struct State {
    /// Store, clock and secrets are in here.
    pub accounts: Accounts,
    /// The door for changing cases.
    pub desk: Desk,
    /// The video rooms.
    pub rooms: Arc<Rooms>,
    /// Papers and proofs by their content.
    pub files: Files,
    /// Takes in what parties show.
    pub cabinet: Cabinet,
    /// Turns cases into papers.
    pub chancery: Arc<Chancery>,
    pub texts: Arc<Texts>,
    pub assets: Arc<assets::Assets>,
    pub templates: page::Templates,
    /// Turns for whoever has a file checked.
    pub checks: checks::Checks,
    pub site: Site,
    /// What strangers have asked for in this minute.
    pub pace: pace::Pace,
    pub sockets: sockets::Sockets,
    pub wrong_pins: pages::room::WrongPins,
    /// Records that need no new signature.
    pub issued: issued::Issued,
}

impl State {
    /// The words in which a case's district speaks.
    pub fn words(&self, case: &Case) -> &Texts {
        self.texts.of(&case.district.0)
    }

    /// The words of the reader's own district, where they belong to one.
    pub fn own_words(&self, viewer: &Viewer) -> &Texts {
        let district = viewer.district.as_ref();
        district.map_or(&*self.texts, |district| self.texts.of(&district.0))
    }
}

/// How this installation is reached.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Whether the reader's browser speaks TLS to us or to our proxy; cookies are `__Host-` then.
    pub tls: bool,
    /// Whether this is a demo town, with its pages of people and of sent messages.
    pub demo: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// By which a program reads what the rooms do; without one, nobody does.
    pub metrics_token: Option<Secret>,
    /// By which telephone number one joins a session.
    pub dial_in: Option<DialIn>,
}

#[cfg(test)]
mod tests;

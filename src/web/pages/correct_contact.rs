//! A better phone number, mail address or home address for a party whom nobody could reach.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act_beside, open};
use super::case::view::contact;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::party::{Contact, Party};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 1] = [Kind::CorrectContact];
const LONGEST_ADDRESS: usize = 200;

#[derive(Serialize)]
pub struct CorrectContactPage {
    pub head: Head,
    pub name: String,
    pub contact: String,
    pub form: Form,
}

impl Page for CorrectContactPage {
    const TEMPLATE: &'static str = "pages/correct-contact.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("phone", "1").filled("mail", "x");
        wrong.read("phone", parse::phone);
        wrong.read("mail", parse::email);
        wrong.read("address", parse::printed(LONGEST_ADDRESS));
        let page = |form, contact: &str| Self {
            head: Head::sample(),
            name: "康宁".to_owned(),
            contact: contact.to_owned(),
            form,
        };
        vec![page(Form::blank(), ""), page(wrong, "13800000002")]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/contacts/{party}",
        Policy::Does(&KINDS),
        show,
        correct,
    )
}

fn page(web: &Web, viewer: &Viewer, case: &Case, party: &Party, form: Form) -> CorrectContactPage {
    CorrectContactPage {
        head: Head::of(web, viewer, case),
        name: party.name.to_string(),
        contact: contact(party),
        form,
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let party = open.case.party(party).ok_or(WebError::NotFound)?;
    let known = &party.contact;
    let form = Form::blank()
        .filled(
            "phone",
            known
                .phone
                .as_ref()
                .map_or_else(String::new, Phone::domestic),
        )
        .filled("mail", known.mail.as_ref().map_or("", Email::as_str))
        .filled("address", party.address.as_str());
    viewer.show(&web, &page(&web, &viewer, &open.case, party, form))
}

async fn correct(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let seat = open.case.party(party).ok_or(WebError::NotFound)?;
    let phone = form.read_optional("phone", parse::phone);
    let mail = form.read_optional("mail", parse::email);
    let address = form.read_optional("address", parse::printed(LONGEST_ADDRESS));
    if let (Some(phone), Some(mail), Some(address)) = (phone, mail, address) {
        let action = Action::CorrectContact {
            party,
            contact: Contact { phone, mail },
            address: address.unwrap_or_default(),
        };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "phone")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open.case, seat, form))
}

//! One more party in a case that is open already.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::party::{Contact, PartyRole};
use crate::i18n::Text;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 1] = [Kind::AddParty];
const LONGEST_ADDRESS: usize = 200;

#[derive(Serialize)]
pub struct AddPartyPage {
    pub head: Head,
    /// Who is there already.
    pub names: Vec<String>,
    pub form: Form,
}

impl Page for AddPartyPage {
    const TEMPLATE: &'static str = "pages/parties.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("phone", "1").filled("mail", "x");
        wrong.choose("side", side);
        wrong.read("name", parse::person_name);
        wrong.read("phone", parse::phone);
        wrong.read("mail", parse::email);
        let page = |form| Self {
            head: Head::sample(),
            names: vec!["王秀英".to_owned(), "李建国".to_owned()],
            form,
        };
        vec![page(Form::blank()), page(wrong)]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/parties", Policy::Does(&KINDS), show, add)
}

fn side(name: &str) -> Option<PartyRole> {
    let mut sides = [PartyRole::Claimant, PartyRole::Respondent].into_iter();
    sides.find(|side| side.name() == name)
}

fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> AddPartyPage {
    AddPartyPage {
        head: Head::of(web, viewer, case),
        names: case.parties.iter().map(|it| it.name.to_string()).collect(),
        form,
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open.case, Form::blank()))
}

/// Somebody who can be reached in some way: nobody is asked who cannot hear of it.
async fn add(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let role = form.choose("side", side);
    let name = form.read("name", parse::person_name);
    let phone = form.read_optional("phone", parse::phone);
    let mail = form.read_optional("mail", parse::email);
    let address = form.read_optional("address", parse::printed(LONGEST_ADDRESS));
    if let (Some(role), Some(name), Some(phone), Some(mail), Some(address)) =
        (role, name, phone, mail, address)
    {
        let contact = Contact { phone, mail };
        let known = open.case.parties.iter();
        let mut known = known.filter(|it| it.contact.shares(&contact));
        if known.next().is_some() {
            form.refuse("phone", Text::key("further-contact-twice"));
        } else if contact.is_empty() && address.is_none() {
            form.refuse("phone", Text::key("parties-unreachable"));
        } else {
            let action = Action::AddParty {
                party: PartyId(web.desk.clock.new_id()),
                role,
                name,
                contact,
                address: address.unwrap_or_default(),
            };
            let done = act_beside(&web, &viewer, id, action, (&mut form, "name")).await?;
            if let Some(done) = done {
                return Ok(done);
            }
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open.case, form))
}

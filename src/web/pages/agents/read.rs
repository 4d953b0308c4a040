//! What the forms of the agents' page say, read and checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::may_name;
use crate::accounts::address::Address;
use crate::accounts::people;
use crate::accounts::secrets::KeyUse;
use crate::domain::action::Action;
use crate::domain::agent::{Named, Right};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::PartyId;
use crate::domain::party::{Contact, IdentityMethod, Party};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::pages::identity::fingerprint;
use crate::web::pages::upload;
use crate::web::{Form, Viewer, Web, WebError, parse};

const LONGEST_RELATION: usize = 20;
const LONGEST_ADDRESS: usize = 200;

pub(super) fn party(text: &str) -> Result<PartyId, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

pub(super) fn mark(text: &str) -> Result<ContentHash, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

/// Whom the form names. The file is stored before the case names it; one that is refused then is swept later.
pub(super) async fn named(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    (form, file): (&mut Form, Option<bytes::Bytes>),
) -> Result<Option<Action>, WebError> {
    let party = form.read("party", party);
    if !party.is_some_and(|id| {
        case.party(id)
            .is_some_and(|it| may_name(web, viewer, case, it))
    }) {
        return Err(WebError::NotFound);
    }
    let right = read_right(web, form);
    let name = form.read("name", parse::person_name);
    let contact = form.read("contact", parse::address);
    match &file {
        Some(file) => upload::check(form, "file", file),
        None => form.refuse("file", Text::key("verify-file-missing")),
    }
    let read = (party, right, name, contact, file, form.has_errors());
    let (Some(party), Some(right), Some(name), Some(contact), Some(file), false) = read else {
        return Ok(None);
    };
    let tag = viewer.locale.tag();
    let person = people::proven(&web.accounts, &contact, &name, tag)
        .await?
        .id;
    let stored = web.files.put(file).await;
    let proof = stored.map_err(|error| WebError::internal(&error))?;
    let contact = match contact {
        Address::Phone(phone) => Contact {
            phone: Some(phone),
            mail: None,
        },
        Address::Mail(mail) => Contact {
            phone: None,
            mail: Some(mail),
        },
    };
    let named = Named {
        person,
        name,
        contact,
        right,
        proof,
    };
    Ok(Some(Action::NameAgent {
        party,
        named: Box::new(named),
    }))
}

fn read_right(web: &Web, form: &mut Form) -> Option<Right> {
    let kind = form.value("right").to_owned();
    match kind.as_str() {
        "attorney" => {
            let power = form.read("power", parse::date)?;
            if power > civil_date(web.accounts.clock.now()) {
                form.refuse("power", Text::key("agent-power-later"));
            }
            let special = form.value("special") == "yes";
            let signs = form.value("signs") == "yes";
            if signs && !special {
                form.refuse("special", Text::key("agent-special-first"));
            }
            Some(Right::Attorney {
                special,
                signs,
                power,
            })
        }
        "guardian" => {
            let relation = form.read("relation", parse::printed(LONGEST_RELATION));
            if form.value("for_both") != "yes" {
                form.refuse("for_both", Text::key("agent-for-both-missing"));
            }
            Some(Right::Guardian {
                relation: relation?,
                for_both: true,
            })
        }
        "representative" => Some(Right::Representative),
        _ => {
            form.refuse("right", Text::key("form-choose"));
            None
        }
    }
}

/// What the mediator read off the card, with the proof seen.
pub(super) fn looked_at(
    web: &Web,
    case: &Case,
    form: &mut Form,
) -> Result<Option<Action>, WebError> {
    let today = civil_date(web.accounts.clock.now());
    let party = form.read("party", party);
    let method = form.read("method", parse::choice(IdentityMethod::parse));
    let number = form.read("number", parse::id_number(today));
    for tick in ["face_matches", "proof_seen"] {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let address = asked_address(case, party, form);
    // 民法典 17, 18: whoever acts for another can act for themselves.
    let is_child = number
        .as_ref()
        .and_then(|it| it.age(today))
        .is_some_and(|age| age < 18);
    if is_child {
        form.refuse("number", Text::key("agent-too-young"));
    }
    let (Some(party), Some(method), Some(number), false) =
        (party, method, number, form.has_errors())
    else {
        return Ok(None);
    };
    let agent = case.party(party).and_then(Party::waiting);
    let agent = agent.ok_or(WebError::NotFound)?;
    let seen = agent.mark();
    if form.value("seen") != seen.as_str() {
        for typed in ["number", "face_matches", "proof_seen"] {
            form.forget(typed);
        }
        form.refuse_whole(Text::key("agent-other-named"));
        return Ok(None);
    }
    let accounts = &web.accounts;
    let place = format!("agent:{}", agent.person);
    let plain = number.reveal().as_bytes();
    let sealed = accounts
        .secrets
        .seal(&accounts.clock, KeyUse::Identity, &place, plain)
        .map_err(|error| WebError::internal(&error))?;
    Ok(Some(Action::AcceptAgent {
        party,
        seen,
        method,
        masked: number.masked(),
        sealed: BASE64.encode(sealed),
        fingerprint: fingerprint(web, &number),
        address,
    }))
}

/// Where the party lives, of whom nobody has asked it: a child without a card, a company.
fn asked_address(case: &Case, party: Option<PartyId>, form: &mut Form) -> Option<String> {
    let seat = party.and_then(|id| case.party(id));
    let asks = seat.is_some_and(|seat| seat.address.trim().is_empty());
    if asks {
        form.read("address", parse::printed(LONGEST_ADDRESS))
    } else {
        None
    }
}

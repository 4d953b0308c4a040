//! What the forms of the agents' page say, read and checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::{NOBODY, can, may_name, tried};
use crate::accounts::address::Address;
use crate::accounts::codes::{self, Purpose, Request};
use crate::accounts::secrets::KeyUse;
use crate::accounts::{AccountsError, people};
use crate::domain::action::Action;
use crate::domain::agent::{Agent, Named, Right};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::party::{Contact, Document, IdentityMethod, Party};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::pages::identity::fingerprint;
use crate::web::pages::identity::number::{self, Number};
use crate::web::pages::{refusals, upload};
use crate::web::{Form, Viewer, Web, WebError, parse};

const LONGEST_RELATION: usize = 20;
const LONGEST_ADDRESS: usize = 200;

/// What somebody wants who has filled in one of the forms.
pub(super) enum Wish {
    /// Something is missing, and the form says what.
    Nothing,
    /// A code went to whoever is to be accepted; to here.
    Sent(String),
    Do(Box<Action>),
}

impl From<Option<Action>> for Wish {
    fn from(action: Option<Action>) -> Self {
        action.map_or(Self::Nothing, |action| Self::Do(Box::new(action)))
    }
}

pub(super) async fn read(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    (form, file): (&mut Form, Option<bytes::Bytes>),
) -> Result<Wish, WebError> {
    Ok(match form.value("act") {
        "dismiss" => {
            let (party, seen) = (form.read("party", party), form.read("seen", mark));
            let both = party.zip(seen);
            both.map(|(party, seen)| Action::DismissAgent { party, seen })
                .into()
        }
        "code" => send_code(web, viewer, case, form).await?,
        "accept" => looked_at(web, viewer, case, form).await?.into(),
        _ => named(web, viewer, case, (form, file)).await?.into(),
    })
}

fn party(text: &str) -> Result<PartyId, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

fn mark(text: &str) -> Result<ContentHash, Text> {
    text.parse().map_err(|_error| Text::key("form-choose"))
}

/// Whom the form names. The file is stored before the case names it; one that is refused then is swept later.
async fn named(
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

/// Whoever waits to be looked at, if it is whom the reader has before them.
fn waiting<'a>(case: &'a Case, form: &mut Form) -> Result<Option<(PartyId, &'a Agent)>, WebError> {
    let Some(party) = form.read("party", party) else {
        return Ok(None);
    };
    let agent = case.party(party).and_then(Party::waiting);
    let agent = agent.ok_or(WebError::NotFound)?;
    if form.value("seen") == agent.mark().as_str() {
        return Ok(Some((party, agent)));
    }
    for typed in ["number", "face_matches", "adult", "proof_seen", "code"] {
        form.forget(typed);
    }
    form.refuse_whole(Text::key("agent-other-named"));
    Ok(None)
}

/// To the contact that was named: whoever stands before the mediator reads out what comes there. A number that
/// somebody else typed is nobody's before that.
async fn send_code(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: &mut Form,
) -> Result<Wish, WebError> {
    let Some((party, agent)) = waiting(case, form)? else {
        return Ok(Wish::Nothing);
    };
    let card = Card::default();
    if !can(web, viewer, case, card.accepts(party, agent, NOBODY)) {
        return Err(WebError::NotFound);
    }
    let to = address_of(agent)?;
    let mark = agent.mark();
    let request = Request {
        purpose: Purpose::Agent { mark: &mark },
        to: &to,
        client: viewer.client,
        locale: viewer.locale.tag(),
    };
    match codes::issue(&web.accounts, &request, true).await {
        Ok(()) => Ok(Wish::Sent(to.masked())),
        Err(AccountsError::TooMany { seconds }) => {
            form.refuse("code", parse::wait(seconds));
            Ok(Wish::Nothing)
        }
        Err(error) => Err(error.into()),
    }
}

fn address_of(agent: &Agent) -> Result<Address, WebError> {
    let phone = agent.contact.phone.clone().map(Address::Phone);
    phone
        .or_else(|| agent.contact.mail.clone().map(Address::Mail))
        .ok_or_else(|| WebError::Forbidden("no contact to send a code to".to_owned()))
}

/// What the mediator read off the card, with the proof seen.
struct Card {
    method: IdentityMethod,
    document: Document,
    masked: String,
    sealed: String,
    fingerprint: String,
    address: Option<String>,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            method: IdentityMethod::CardAtCounter,
            document: Document::IdCard,
            masked: String::new(),
            sealed: String::new(),
            fingerprint: String::new(),
            address: None,
        }
    }
}

impl Card {
    fn accepts(&self, party: PartyId, agent: &Agent, person: PersonId) -> Action {
        Action::AcceptAgent {
            party,
            seen: agent.mark(),
            person,
            method: self.method,
            masked: self.masked.clone(),
            sealed: self.sealed.clone(),
            fingerprint: self.fingerprint.clone(),
            address: self.address.clone(),
            document: Some(self.document.clone()),
        }
    }
}

fn read_card(web: &Web, case: &Case, party: PartyId, form: &mut Form) -> Option<(Card, Number)> {
    let today = civil_date(web.accounts.clock.now());
    let method = form.read("method", parse::choice(IdentityMethod::parse));
    let seen = number::of_person(form, today);
    for tick in ["face_matches", "proof_seen"] {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let address = asked_address(case, party, form);
    // 民法典 17, 18: whoever acts for another can act for themselves.
    let age = seen.as_ref().and_then(|(_, number)| number.age);
    if age.is_some_and(|age| age < 18) {
        form.refuse("number", Text::key("agent-too-young"));
    }
    let (document, number) = seen?;
    if age.is_none() && document != Document::IdCard {
        number::adult(form);
    }
    let card = Card {
        method: method?,
        document,
        masked: number.masked.clone(),
        sealed: String::new(),
        fingerprint: fingerprint(web, &number.whole),
        address,
    };
    Some((card, number))
}

/// The account is made when the contact is proved, and bears the name on the card. What could not be done anyway spends no
/// code and leaves nobody behind.
async fn looked_at(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: &mut Form,
) -> Result<Option<Action>, WebError> {
    let Some((party, agent)) = waiting(case, form)? else {
        return Ok(None);
    };
    let card = read_card(web, case, party, form);
    let code = form.read("code", parse::code);
    let (Some((mut card, number)), Some(code), false) = (card, code, form.has_errors()) else {
        return Ok(None);
    };
    if let Err(error) = tried(web, viewer, case, card.accepts(party, agent, NOBODY)) {
        refusals::beside(form, "number", error)?;
        return Ok(None);
    }
    let (to, mark) = (address_of(agent)?, agent.mark());
    let purpose = Purpose::Agent { mark: &mark };
    let checked = codes::check(&web.accounts, purpose, &to, &code).await?;
    form.forget("code");
    if let Err(text) = parse::checked(checked) {
        form.refuse("code", text);
        return Ok(None);
    }
    let tag = viewer.locale.tag();
    let person = people::proven(&web.accounts, &to, &agent.name, tag).await?;
    let (accounts, plain) = (&web.accounts, number.whole.as_bytes());
    let sealed = accounts
        .secrets
        .seal(
            &accounts.clock,
            KeyUse::Identity,
            &place_of_agent(person.id),
            plain,
        )
        .map_err(|error| WebError::internal(&error))?;
    card.sealed = BASE64.encode(sealed);
    Ok(Some(card.accepts(party, agent, person.id)))
}

/// Where the sealed number of an agent belongs; it opens nowhere else.
pub(in crate::web::pages) fn place_of_agent(person: PersonId) -> String {
    format!("agent:{person}")
}

/// Where the party lives, of whom nobody has asked it: a child without a card, a company.
fn asked_address(case: &Case, party: PartyId, form: &mut Form) -> Option<String> {
    let seat = case.party(party);
    let asks = seat.is_some_and(|seat| seat.address.trim().is_empty());
    if asks {
        form.read("address", parse::printed(LONGEST_ADDRESS))
    } else {
        None
    }
}

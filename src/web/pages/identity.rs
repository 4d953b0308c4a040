//! The mediator compares the identity card with the face, and writes down that it was done (在线诉讼规则 7).

use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::refusals;
use crate::accounts::secrets::KeyUse;
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::agent::Right;
use crate::domain::case::Case;
use crate::domain::identity::CreditCode;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::offered::is_offered;
use crate::domain::party::{Document, IdentityMethod, Party, Title};
use crate::domain::permission::may_check_identities;
use crate::domain::session::Session;
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

pub(super) mod number;

use number::Number;

/// Below this age nobody binds themselves alone by an agreement of this kind (民法典 18 to 20): a guardian signs.
const AGE_OF_SIGNING: i16 = 18;
const AGE_OF_EARNING: i16 = 16;

#[derive(Serialize)]
pub struct IdentityPage {
    pub case: String,
    pub action: String,
    /// The party as it stands in the case.
    pub name: String,
    /// Who acts for it by law and has been looked at: a child need not be there, nor have a card.
    pub guardian: Option<String>,
    pub checked: Option<CheckShown>,
    pub open: bool,
    pub methods: Vec<Choice>,
    pub documents: Vec<Choice>,
    /// As what somebody heads it, of what is no person.
    pub titles: Vec<Choice>,
    pub form: Form,
}

/// Whose identity there is to check.
#[derive(Serialize)]
pub struct IdentitiesPage {
    pub case: String,
    pub parties: Vec<SeatShown>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeatShown {
    pub name: String,
    pub href: String,
    pub checked: bool,
}

impl Page for IdentitiesPage {
    const TEMPLATE: &'static str = "pages/identities.html";

    fn samples() -> Vec<Self> {
        let seat = |name: &str, checked| SeatShown {
            name: name.to_owned(),
            href: "/cases/1/identity/2".to_owned(),
            checked,
        };
        vec![Self {
            case: "1".to_owned(),
            parties: vec![seat("王秀英", true), seat("李建国", false)],
        }]
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct CheckShown {
    pub masked: String,
    pub method: &'static str,
    pub at: Timestamp,
}

impl Page for IdentityPage {
    const TEMPLATE: &'static str = "pages/identity.html";

    fn samples() -> Vec<Self> {
        let page = |checked, form| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            action: "/cases/1/identity/2".to_owned(),
            name: "王秀英".to_owned(),
            guardian: None,
            checked,
            open: true,
            methods: IdentityMethod::ALL
                .map(|method| Choice {
                    value: method.name().to_owned(),
                    label: method.name().to_owned(),
                    hint: String::new(),
                })
                .to_vec(),
            documents: Document::NAMES
                .map(|name| Choice {
                    value: name.to_owned(),
                    label: name.to_owned(),
                    hint: String::new(),
                })
                .to_vec(),
            titles: Title::ALL
                .map(|title| Choice {
                    value: title.name().to_owned(),
                    label: title.name().to_owned(),
                    hint: String::new(),
                })
                .to_vec(),
            form,
        };
        let mut wrong = Form::blank().filled("number", "1101");
        wrong.refuse("number", Text::key("law-id-number-shape"));
        wrong.refuse("address", Text::key("form-required"));
        let mut company = Form::blank()
            .filled("document", "licence")
            .filled("number", "91110000MA01ABCD2X");
        company.refuse("number", Text::key("law-credit-code-checksum"));
        company.refuse("title", Text::key("form-choose"));
        company.refuse("head", Text::key("form-required"));
        let was = |method: IdentityMethod| CheckShown {
            masked: "110***********1234".to_owned(),
            method: method.name(),
            at: Timestamp::UNIX_EPOCH,
        };
        let mut child = page(None, Form::blank());
        child.guardian = Some("王和".to_owned());
        vec![
            child,
            page(None, wrong),
            page(None, company),
            page(Some(was(IdentityMethod::CardInRoom)), Form::blank()),
            page(Some(was(IdentityMethod::CardAtCounter)), Form::blank()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get(
            "/cases/{id}/identity",
            Policy::Of(may_check_identities),
            list,
        )
        .form(
            "/cases/{id}/identity/{party}",
            Policy::Of(may_check_identities),
            show,
            record,
        )
}

async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_check_identities(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let seat = |party: &Party| SeatShown {
        name: party.name.as_str().to_owned(),
        href: format!("/cases/{id}/identity/{}", party.id),
        checked: party.identity.is_some() || guardian(party).is_some(),
    };
    let page = IdentitiesPage {
        case: id.to_string(),
        parties: case.parties.iter().map(seat).collect(),
    };
    viewer.show(&web, &page)
}

async fn load(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    party: PartyId,
) -> Result<(Case, Party), WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_check_identities(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let party = case.party(party).cloned().ok_or(WebError::NotFound)?;
    Ok((case, party))
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    let (case, party) = load(&web, &viewer, id, party).await?;
    let in_call = case
        .stage
        .work()
        .is_some_and(|work| work.sessions.iter().any(Session::is_open));
    let method = if in_call {
        IdentityMethod::CardInRoom
    } else {
        IdentityMethod::CardAtCounter
    };
    let form = Form::blank()
        .filled("method", method.name())
        .filled("document", usual(&party))
        .filled("address", &party.address);
    viewer.show(&web, &page(&web, &viewer, &case, &party, form))
}

fn page(web: &Web, viewer: &Viewer, case: &Case, party: &Party, form: Form) -> IdentityPage {
    let words = web.words(case);
    let label = |method: IdentityMethod| {
        let key = format!("sign-check-method-{}", method.name());
        words.say(viewer.locale, &Text::key(key))
    };
    let now = web.accounts.clock.now();
    IdentityPage {
        case: case.id.to_string(),
        action: format!("/cases/{}/identity/{}", case.id, party.id),
        name: party.name.as_str().to_owned(),
        guardian: guardian(party).map(str::to_owned),
        checked: party.identity.as_ref().map(|check| CheckShown {
            masked: check.masked.clone(),
            method: check.method.name(),
            at: check.at,
        }),
        open: is_offered(
            &web.desk.rules,
            case,
            &viewer.actor,
            ActionKind::RecordIdentity,
            now,
        ),
        methods: IdentityMethod::ALL
            .map(|method| Choice {
                value: method.name().to_owned(),
                label: label(method),
                hint: String::new(),
            })
            .to_vec(),
        documents: Document::NAMES
            .map(|name| Choice {
                value: name.to_owned(),
                label: words.say(
                    viewer.locale,
                    &Text::key(format!("sign-check-document-{name}")),
                ),
                hint: String::new(),
            })
            .to_vec(),
        titles: Title::ALL
            .map(|title| Choice {
                value: title.name().to_owned(),
                label: words.say(
                    viewer.locale,
                    &Text::key(format!("sign-check-title-{}", title.name())),
                ),
                hint: String::new(),
            })
            .to_vec(),
        form,
    }
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, party)): Path<(CaseId, PartyId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let (case, party) = load(&web, &viewer, id, party).await?;
    if let Some(seen) = read(&web, &case, &party, &mut form) {
        let action = check(&web, &party, seen)?;
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(_) => return Ok(see_other(&format!("/cases/{id}/identity"))),
            Err(error) => refusals::beside(&mut form, "method", error)?,
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &case, &party, form))
}

/// 民法典 23: who binds the party in its place, once the mediator has seen them and what shows it.
fn guardian(party: &Party) -> Option<&str> {
    let agent = party.agent()?;
    matches!(agent.right, Right::Guardian { .. }).then(|| agent.name.as_str())
}

/// Of whom the head acts it is a company.
fn usual(party: &Party) -> &'static str {
    let head = party.agent().filter(|it| it.right == Right::Representative);
    match head {
        Some(_) => "licence",
        None => Document::IdCard.name(),
    }
}

/// What the mediator read off the document.
struct Seen {
    method: IdentityMethod,
    document: Document,
    number: Number,
    address: String,
}

fn read(web: &Web, case: &Case, party: &Party, form: &mut Form) -> Option<Seen> {
    let today = civil_date(web.accounts.clock.now());
    let method = form.read("method", parse::choice(IdentityMethod::parse));
    let is_guarded = guardian(party).is_some();
    let seen = match form.value("document") {
        "licence" => licence(form),
        _ => person(form, today, is_guarded),
    };
    let address = form.read("address", parse::printed(200));
    // A licence has no photograph, and a child need not come.
    let is_licence = form.value("document") == "licence";
    let face = (!is_guarded && !is_licence).then_some("face_matches");
    for tick in ["name_matches"].into_iter().chain(face) {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
    let (document, number) = seen?;
    let mark = fingerprint(web, &number.whole);
    let of_another = |seat: &Party| {
        seat.id != party.id
            && seat
                .identity
                .as_ref()
                .is_some_and(|check| check.fingerprint == mark)
    };
    if case.parties.iter().any(of_another) {
        form.refuse("number", Text::key("sign-check-twice"));
    }
    let (method, address) = (method?, address?);
    (!form.has_errors()).then_some(Seen {
        method,
        document,
        number,
        address,
    })
}

fn person(form: &mut Form, today: Date, is_guarded: bool) -> Option<(Document, Number)> {
    let (document, number) = number::of_person(form, today)?;
    if is_guarded {
        return Some((document, number));
    }
    match number.age {
        None if document != Document::IdCard => number::adult(form),
        Some(age) if age < AGE_OF_EARNING => form.refuse("number", Text::key("sign-check-minor")),
        // 民法典 18: from sixteen on, whoever lives on their own work.
        Some(age) if age < AGE_OF_SIGNING && form.value("earns") != "yes" => {
            form.refuse("earns", Text::key("sign-check-young"));
        }
        _ => {}
    }
    Some((document, number))
}

/// The code of a company is public, and so is who heads it.
fn licence(form: &mut Form) -> Option<(Document, Number)> {
    let code = form.read("number", |text| {
        CreditCode::parse(text).map_err(|error| Text::key(error.key()))
    });
    let title = form.read("title", parse::choice(Title::parse));
    let head = form.read("head", parse::person_name);
    let whole = code?.as_str().to_owned();
    let masked = whole.clone();
    let number = Number {
        whole,
        masked,
        age: None,
    };
    let (head, title) = (head?, title?);
    Some((Document::Licence { head, title }, number))
}

/// Equal for equal numbers, and nobody without the key can try numbers against it.
pub(super) fn fingerprint(web: &Web, number: &str) -> String {
    let secrets = &web.accounts.secrets;
    secrets.hash(KeyUse::IdentityHash, &[number.as_bytes()])
}

/// Where a sealed number belongs; it opens nowhere else.
pub(super) fn place(party: PartyId) -> String {
    format!("party:{party}")
}

fn check(web: &Web, party: &Party, seen: Seen) -> Result<Action, WebError> {
    let number = seen.number;
    let plain = number.whole.as_bytes();
    let accounts = &web.accounts;
    let sealed = accounts
        .secrets
        .seal(&accounts.clock, KeyUse::Identity, &place(party.id), plain)
        .map_err(|error| WebError::internal(&error))?;
    Ok(Action::RecordIdentity {
        party: party.id,
        method: seen.method,
        address: seen.address,
        fingerprint: fingerprint(web, &number.whole),
        masked: number.masked,
        sealed: BASE64.encode(sealed),
        document: Some(seen.document),
    })
}

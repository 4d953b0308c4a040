//! Who acts for a party: named by the party or at the counter, looked at by the mediator, and gone again.

use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::case::Head;
use super::identity::fingerprint;
use super::{refusals, upload};
use crate::accounts::address::Address;
use crate::accounts::people;
use crate::accounts::secrets::KeyUse;
use crate::casework;
use crate::domain::action::Action;
use crate::domain::agent::{Agent, Named, Right};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::lifecycle::advance;
use crate::domain::party::{Contact, IdentityMethod, Party};
use crate::domain::permission::{may_open, may_see_agents, permit};
use crate::domain::time::civil_date;
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const LONGEST_RELATION: usize = 20;

#[derive(Serialize)]
pub struct AgentsPage {
    pub head: Head,
    pub action: String,
    pub agents: Vec<AgentShown>,
    /// For whom the reader may name somebody.
    pub parties: Vec<Choice>,
    pub rights: Vec<Choice>,
    pub methods: Vec<Choice>,
    pub form: Form,
}

/// Somebody who acts for a party, or is to.
#[derive(Clone, Debug, Serialize)]
pub struct AgentShown {
    pub party: String,
    /// Comes back with the form: of whoever was looked at.
    pub mark: String,
    pub party_name: String,
    pub name: String,
    pub right: &'static str,
    pub special: bool,
    pub signs: bool,
    pub relation: String,
    pub power: Option<Date>,
    pub accepted: Option<Timestamp>,
    /// The file, for whoever may open it.
    pub href: Option<String>,
    /// What the reader may do about them: `accept`, `dismiss`.
    pub may: Vec<&'static str>,
    /// What lies open for their signature is void without them.
    pub voids: bool,
}

impl AgentShown {
    fn sample(may: bool) -> Self {
        Self {
            party: "1".to_owned(),
            mark: "0".repeat(64),
            party_name: "王秀英".to_owned(),
            name: "言正".to_owned(),
            right: if may { "attorney" } else { "guardian" },
            special: true,
            signs: true,
            relation: "母亲".to_owned(),
            power: Some(Date::constant(2026, 11, 20)),
            accepted: (!may).then_some(Timestamp::UNIX_EPOCH),
            href: Some("/cases/1/proofs/2".to_owned()),
            may: if may {
                vec!["accept", "dismiss"]
            } else {
                Vec::new()
            },
            voids: may,
        }
    }
}

impl Page for AgentsPage {
    const TEMPLATE: &'static str = "pages/agents.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |agents, parties: Vec<Choice>, form| Self {
            head: Head::sample(),
            action: "/cases/1/agents".to_owned(),
            agents,
            parties,
            rights: vec![
                choice("attorney", "委托代理人"),
                choice("guardian", "监护人"),
            ],
            methods: vec![choice("card_at_counter", "当面出示")],
            form,
        };
        let both = || vec![choice("1", "王秀英"), choice("2", "李建国")];
        let mut wrong = Form::blank().filled("contact", "12");
        wrong.refuse("right", Text::key("form-choose"));
        wrong.refuse("file", Text::key("perform-file-kind"));
        wrong.refuse("number", Text::key("form-choose"));
        vec![
            page(Vec::new(), Vec::new(), Form::blank()),
            page(
                vec![AgentShown::sample(false)],
                both()[..1].to_vec(),
                Form::blank(),
            ),
            page(vec![AgentShown::sample(true)], both(), wrong),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/agents",
        Policy::Of(may_see_agents),
        show,
        change,
    )
}

/// Whether the reader could do this now.
fn can(web: &Web, viewer: &Viewer, case: &Case, action: Action) -> bool {
    let now = web.desk.clock.now();
    permit(&viewer.actor, case, action)
        .is_ok_and(|permitted| advance(&web.desk.rules, case.clone(), &permitted, now).is_ok())
}

fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> AgentsPage {
    let words = web.words(case);
    let choice = |value: &str, key: String| Choice {
        value: value.to_owned(),
        label: words.say(viewer.locale, &Text::key(key)),
        hint: String::new(),
    };
    let names = case
        .parties
        .iter()
        .filter(|seat| may_name(web, viewer, case, seat));
    let mut agents: Vec<_> = case
        .parties
        .iter()
        .flat_map(|seat| {
            let both = seat.agent.iter().chain(&seat.named);
            both.map(move |agent| face(web, viewer, case, (seat, agent.as_ref())))
        })
        .collect();
    // One card at a time: the form stands on the page once.
    let waiting = agents.iter_mut().filter(|it| it.may.contains(&"accept"));
    waiting
        .skip(1)
        .for_each(|it| it.may.retain(|what| *what != "accept"));
    AgentsPage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/agents", case.id),
        agents,
        parties: names
            .map(|seat| Choice {
                value: seat.id.to_string(),
                label: seat.name.to_string(),
                hint: String::new(),
            })
            .collect(),
        rights: ["attorney", "guardian", "representative"]
            .map(|name| Choice {
                hint: words.say(
                    viewer.locale,
                    &Text::key(format!("agent-right-{name}-hint")),
                ),
                ..choice(name, format!("agent-right-{name}"))
            })
            .to_vec(),
        methods: IdentityMethod::ALL
            .map(|it| choice(it.name(), format!("sign-check-method-{}", it.name())))
            .to_vec(),
        form,
    }
}

/// Tried with somebody who stands nowhere: whether anybody can be named for this seat.
fn may_name(web: &Web, viewer: &Viewer, case: &Case, seat: &Party) -> bool {
    let named = Named {
        person: crate::domain::ids::PersonId(uuid::Uuid::max()),
        name: seat.name.clone(),
        contact: Contact::default(),
        right: Right::Representative,
        proof: ContentHash::of(b""),
    };
    let action = Action::NameAgent {
        party: seat.id,
        named: Box::new(named),
    };
    can(web, viewer, case, action)
}

fn face(web: &Web, viewer: &Viewer, case: &Case, (seat, agent): (&Party, &Agent)) -> AgentShown {
    let party = seat.id;
    let (special, signs, power) = match agent.right {
        Right::Attorney {
            special,
            signs,
            power,
        } => (special, signs, Some(power)),
        Right::Guardian { .. } | Right::Representative => (true, true, None),
    };
    let looked_at = Action::AcceptAgent {
        party,
        seen: agent.mark(),
        method: IdentityMethod::CardAtCounter,
        masked: String::new(),
        sealed: String::new(),
        fingerprint: String::new(),
    };
    let open = may_open(&viewer.actor, case, &agent.proof);
    AgentShown {
        party: party.to_string(),
        mark: agent.mark().to_string(),
        party_name: seat.name.to_string(),
        name: agent.name.to_string(),
        right: agent.right.name(),
        special,
        signs,
        relation: match &agent.right {
            Right::Guardian { relation, .. } => relation.clone(),
            _ => String::new(),
        },
        power,
        accepted: agent.accepted.as_ref().map(|check| check.at),
        href: open.then(|| format!("/cases/{}/proofs/{}", case.id, agent.proof)),
        may: [
            ("accept", looked_at),
            (
                "dismiss",
                Action::DismissAgent {
                    party,
                    seen: agent.mark(),
                },
            ),
        ]
        .into_iter()
        .filter_map(|(what, action)| can(web, viewer, case, action).then_some(what))
        .collect(),
        voids: agent.stands() && case.waits_for_agent(party),
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    viewer.show(&web, &page(&web, &viewer, &case, Form::blank()))
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let (mut form, file) = upload::read(parts).await?;
    let action = match form.value("act") {
        "dismiss" => {
            let (party, seen) = (form.read("party", party), form.read("seen", mark));
            party
                .zip(seen)
                .map(|(party, seen)| Action::DismissAgent { party, seen })
        }
        "accept" => looked_at(&web, &case, &mut form)?,
        _ => named(&web, &viewer, &case, (&mut form, file)).await?,
    };
    if let Some(action) = action {
        let field = if form.value("act") == "accept" {
            "number"
        } else {
            "contact"
        };
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            // Whoever has resigned sees the case no more.
            Ok(case) if !may_see_agents(&viewer.actor, &case) => return Ok(see_other("/cases")),
            Ok(_) => return Ok(see_other(&format!("/cases/{id}/agents"))),
            Err(error) => refusals::beside(&mut form, field, error)?,
        }
    }
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    viewer.show_again(&web, &page(&web, &viewer, &case, form))
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
fn looked_at(web: &Web, case: &Case, form: &mut Form) -> Result<Option<Action>, WebError> {
    let today = civil_date(web.accounts.clock.now());
    let party = form.read("party", party);
    let method = form.read("method", parse::choice(IdentityMethod::parse));
    let number = form.read("number", parse::id_number(today));
    for tick in ["face_matches", "proof_seen"] {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-check-tick"));
        }
    }
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
    }))
}

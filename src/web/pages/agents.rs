//! Who acts for a party: named by the party or at the counter, looked at by the mediator, and gone again.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::case::Head;
use super::{refusals, upload};
use crate::casework::{self, CaseworkError};
use crate::domain::action::Action;
use crate::domain::agent::{Agent, Named, Right};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::lifecycle::advance;
use crate::domain::party::{Contact, Document, IdentityMethod, Party};
use crate::domain::permission::{may_open, may_see_agents, permit};
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other,
};

mod read;

pub(super) use read::place_of_agent;
use read::{Wish, read};

/// Nobody has this id: for trying what could be done.
const NOBODY: PersonId = PersonId(uuid::Uuid::max());

#[derive(Serialize)]
pub struct AgentsPage {
    pub head: Head,
    pub action: String,
    pub agents: Vec<AgentShown>,
    /// For whom the reader may name somebody.
    pub parties: Vec<Choice>,
    pub rights: Vec<Choice>,
    pub methods: Vec<Choice>,
    pub documents: Vec<Choice>,
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
    /// `voids`: what lies open for their signature is void without them; `address`: nobody has asked where the party lives.
    pub says: Vec<&'static str>,
    /// Where a code was sent just now, with its middle hidden.
    pub sent_to: String,
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
            says: if may {
                vec!["voids", "address"]
            } else {
                Vec::new()
            },
            sent_to: if may {
                "138****8000".to_owned()
            } else {
                String::new()
            },
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
            documents: vec![choice("id_card", "居民身份证"), choice("passport", "护照")],
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
    tried(web, viewer, case, action).is_ok()
}

fn tried(web: &Web, viewer: &Viewer, case: &Case, action: Action) -> Result<(), CaseworkError> {
    let permitted = permit(&viewer.actor, case, action)?;
    advance(
        &web.desk.rules,
        case.clone(),
        &permitted,
        web.desk.clock.now(),
    )?;
    Ok(())
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
        documents: Document::of_people()
            .map(|name| choice(name, format!("sign-check-document-{name}")))
            .collect(),
        form,
    }
}

/// Tried with somebody who stands nowhere: whether anybody can be named for this seat.
fn may_name(web: &Web, viewer: &Viewer, case: &Case, seat: &Party) -> bool {
    let named = Named {
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
        person: NOBODY,
        method: IdentityMethod::CardAtCounter,
        masked: String::new(),
        sealed: String::new(),
        fingerprint: String::new(),
        address: None,
        document: None,
    };
    let open = may_open(&viewer.actor, case, &agent.proof);
    AgentShown {
        party: party.to_string(),
        mark: agent.mark().to_string(),
        party_name: seat.name.to_string(),
        name: agent.name.to_string(),
        right: seat.right_name(&agent.right),
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
        sent_to: String::new(),
        says: [
            ("voids", agent.stands() && case.waits_for_agent(party)),
            ("address", seat.address.trim().is_empty()),
        ]
        .into_iter()
        .filter_map(|(what, is_so)| is_so.then_some(what))
        .collect(),
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let form = Form::blank().filled("document", Document::IdCard.name());
    viewer.show(&web, &page(&web, &viewer, &case, form))
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let (mut form, file) = upload::read(parts).await?;
    let mut sent = None;
    match read(&web, &viewer, &case, (&mut form, file)).await? {
        Wish::Nothing => {}
        Wish::Sent(to) => sent = Some(to),
        Wish::Do(action) => {
            match casework::perform(&web.desk, &viewer.actor, id, *action).await {
                // Whoever has resigned sees the case no more.
                Ok(case) if !may_see_agents(&viewer.actor, &case) => {
                    return Ok(see_other("/cases"));
                }
                Ok(_) => return Ok(see_other(&format!("/cases/{id}/agents"))),
                Err(error) => refusals::beside(&mut form, "contact", error)?,
            }
        }
    }
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let mut page = page(&web, &viewer, &case, form);
    let waiting = page.agents.iter_mut().find(|it| it.may.contains(&"accept"));
    if let Some((agent, to)) = waiting.zip(sent) {
        agent.sent_to = to;
        return viewer.show(&web, &page);
    }
    viewer.show_again(&web, &page)
}

//! Who sits at the table beside the mediator and the parties: asked, agreed to, come and gone.

mod joining;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

pub use self::joining::JoiningPage;
use self::joining::{answer, show_joining};
use super::case::Head;
use super::case::act::act_beside;
use crate::accounts::people;
use crate::casework;
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::offered::offered;
use crate::domain::permission::{may_see_team, permit};
use crate::domain::team::Capacity;
use crate::i18n::Text;
use crate::office;
use crate::web::faces::Names;
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse, see_other,
};

#[derive(Serialize)]
pub struct TeamPage {
    pub head: Head,
    pub form: Form,
    pub members: Vec<MemberFace>,
    /// Colleagues whom nothing keeps out, for whoever may invite.
    pub colleagues: Vec<Choice>,
    /// People of partner bodies, in whose field it is.
    pub partners: Vec<Choice>,
    pub capacities: Vec<Choice>,
    pub may_invite: bool,
}

/// Somebody who stands by the case, or was asked to.
#[derive(Clone, Serialize)]
pub struct MemberFace {
    pub id: String,
    pub name: String,
    pub capacity: Text,
    /// What they see and may do.
    pub sees: Text,
    /// `there`, `asked`, `agreed` for whoever said yes and waits for the parties.
    pub state: &'static str,
    /// The names of the parties that have agreed.
    pub consented: Vec<String>,
    /// What the reader may do about them: `consent`, `object`, `dismiss`, `leave`.
    pub may: Vec<&'static str>,
}

impl MemberFace {
    fn sample(state: &'static str) -> Self {
        Self {
            id: "1".to_owned(),
            name: "林可风".to_owned(),
            capacity: Text::key("team-capacity-expert"),
            sees: Text::key("team-sees-expert"),
            state,
            consented: vec!["安和".to_owned()],
            may: if state == "there" {
                vec!["leave"]
            } else {
                vec!["consent", "object", "dismiss"]
            },
        }
    }
}

impl Page for TeamPage {
    const TEMPLATE: &'static str = "pages/team.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("contact", "12");
        wrong.choose("capacity", Capacity::parse);
        wrong.read("contact", parse::address);
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |form, may_invite, members| Self {
            head: Head::sample(),
            form,
            members,
            colleagues: vec![choice("1", "白若兰")],
            partners: vec![choice("2", "正言律师事务所 · 言正")],
            capacities: vec![choice("expert", "专业人士")],
            may_invite,
        };
        let members = ["there", "asked", "agreed"].map(MemberFace::sample);
        vec![
            page(Form::blank(), false, members.to_vec()),
            page(wrong, true, members.to_vec()),
            page(Form::blank(), true, Vec::new()),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/cases/{id}/team", Policy::Of(may_see_team), show, change)
        .form(
            "/cases/{id}/joining",
            // Whoever was asked does not see the case yet; `casework::invitation` finds it for them alone.
            Policy::SignedIn,
            show_joining,
            answer,
        )
}

pub(super) fn capacity_text(capacity: Capacity) -> Text {
    Text::key(format!(
        "team-capacity-{}",
        capacity.name().replace('_', "-")
    ))
}

/// As what they are asked to come, and whom somebody is to help.
fn asked_as(case: &Case, capacity: Capacity) -> Text {
    let helped = match capacity {
        Capacity::Helper(party) => case.party(party),
        _ => None,
    };
    helped.map_or_else(
        || capacity_text(capacity),
        |party| Text::key("team-capacity-helper-of").with("name", party.name.as_str()),
    )
}

fn sees_text(capacity: Capacity) -> Text {
    Text::key(format!("team-sees-{}", capacity.name().replace('_', "-")))
}

async fn seen(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Case, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if may_see_team(&viewer.actor, &case) {
        Ok(case)
    } else {
        Err(WebError::NotFound)
    }
}

fn members(case: &Case, viewer: &Viewer, offers: &[Kind], names: &Names) -> Vec<MemberFace> {
    let mine = case.seat_for(&viewer.actor);
    let face = |person: PersonId, capacity: Capacity, state| {
        let is_me = viewer.actor.person() == Some(person);
        let can = [
            ("object", mine.is_some() && capacity.wants_consent()),
            ("dismiss", offers.contains(&Kind::DismissMember) && !is_me),
            ("leave", is_me),
        ];
        MemberFace {
            id: person.to_string(),
            name: names.get(&person).cloned().unwrap_or_default(),
            capacity: asked_as(case, capacity),
            sees: sees_text(capacity),
            state,
            consented: Vec::new(),
            may: can
                .iter()
                .filter(|(_, may)| *may)
                .map(|(what, _)| *what)
                .collect(),
        }
    };
    let there = case.team.iter().filter(|it| it.capacity.sits_in());
    let there = there.map(|it| face(it.person, it.capacity, "there"));
    let asked = case.asked.iter().map(|it| {
        let state = if it.accepted { "agreed" } else { "asked" };
        let mut face = face(it.person, it.capacity, state);
        let wanted = |party| !it.consented.contains(&party) && it.capacity.wants_consent();
        if mine.is_some_and(wanted) {
            face.may.insert(0, "consent");
        }
        let parties = it.consented.iter().filter_map(|party| case.party(*party));
        face.consented = parties.map(|it| it.name.as_str().to_owned()).collect();
        face
    });
    there.chain(asked).collect()
}

async fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<TeamPage, WebError> {
    let now = web.desk.clock.now();
    let offers = offered(&web.desk.rules, case, &viewer.actor, now);
    let may_invite = offers.contains(&Kind::InviteMember);
    let asks = |capacity: Capacity| {
        let person = PersonId(uuid::Uuid::nil());
        let action = Action::InviteMember { person, capacity };
        may_invite && permit(&viewer.actor, case, action).is_ok()
    };
    let partners = if may_invite {
        partners(web, viewer, case).await?
    } else {
        Vec::new()
    };
    let colleagues = if asks(Capacity::CoMediator) {
        let mut read = web.desk.store.read().await?;
        let ranked = office::propose(&mut read, &web.desk.rules, case, now).await?;
        let own = ranked
            .into_iter()
            .find(|it| it.organisation == case.organisation);
        let fit = own.map_or_else(Vec::new, |it| it.mediators);
        fit.iter()
            .map(|it| it.person)
            .filter(|it| !stands_by(case, *it))
            .collect()
    } else {
        Vec::new()
    };
    let team = case.team.iter().map(|it| it.person);
    let team = team.chain(case.asked.iter().map(|it| it.person));
    let names = faces::names(web, team.chain(colleagues.iter().copied()).collect()).await?;
    let colleague = |person: &PersonId| Choice {
        value: person.to_string(),
        label: names.get(person).cloned().unwrap_or_default(),
        hint: String::new(),
    };
    let capacity = |it: &Capacity| Choice {
        value: it.code(),
        label: web.words(case).say(viewer.locale, &asked_as(case, *it)),
        hint: web.words(case).say(viewer.locale, &sees_text(*it)),
    };
    let outside = Capacity::outside(&case.party_ids());
    let outside = outside.iter().filter(|it| asks(**it));
    Ok(TeamPage {
        head: Head::of(web, viewer, case),
        form,
        members: members(case, viewer, &offers, &names),
        colleagues: colleagues.iter().map(colleague).collect(),
        partners,
        capacities: outside.map(capacity).collect(),
        may_invite,
    })
}

async fn partners(web: &Web, viewer: &Viewer, case: &Case) -> Result<Vec<Choice>, WebError> {
    let mut read = web.desk.store.read().await?;
    let known = office::partners(&mut read, case, web.desk.clock.now()).await?;
    let known = known.iter().filter(|it| !stands_by(case, it.person));
    let choice = |it: &office::Partner| Choice {
        value: it.person.to_string(),
        label: format!("{} · {}", it.body.for_tag(viewer.locale.tag()), it.name),
        hint: String::new(),
    };
    Ok(known.map(choice).collect())
}

fn stands_by(case: &Case, person: PersonId) -> bool {
    case.stage.mediator() == Some(person)
        || case.team.iter().any(|it| it.person == person)
        || case.asked.iter().any(|it| it.person == person)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = seen(&web, &viewer, id).await?;
    viewer.show(&web, &page(&web, &viewer, &case, Form::blank()).await?)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = seen(&web, &viewer, id).await?;
    let person = form.value("person").parse::<PersonId>();
    let person = person.map_err(|_error| WebError::BadRequest("no such person".to_owned()));
    let action = match form.value("do") {
        "consent" => Action::ConsentToMember {
            person: person?,
            agrees: true,
        },
        "object" => Action::ConsentToMember {
            person: person?,
            agrees: false,
        },
        "dismiss" => Action::DismissMember { person: person? },
        "leave" => {
            casework::perform(&web.desk, &viewer.actor, id, Action::LeaveTeam).await?;
            return Ok(see_other("/cases"));
        }
        _ => return invite(&web, &viewer, &case, form).await,
    };
    if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "")).await? {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &case, form).await?)
}

/// A colleague from the list, or somebody from outside by name and contact; who has a tie is not asked.
async fn invite(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    mut form: Form,
) -> Result<Response, WebError> {
    let now = web.desk.clock.now();
    let offers = offered(&web.desk.rules, case, &viewer.actor, now);
    if !offers.contains(&Kind::InviteMember) {
        return Err(WebError::NotFound);
    }
    let shown = page(web, viewer, case, Form::blank()).await?;
    let (found, field) = if form.value("do") == "colleague" {
        let listed = |id: &str| shown.colleagues.iter().any(|it| it.value == id);
        let parse = |id: &str| id.parse::<PersonId>().ok().filter(|_| listed(id));
        let person = form.choose("colleague", parse);
        (person.map(|it| (it, Capacity::CoMediator)), "colleague")
    } else if form.value("do") == "partner" {
        let mut read = web.desk.store.read().await?;
        let known = office::partners(&mut read, case, now).await?;
        drop(read);
        let listed = |id: &str| known.iter().find(|it| it.person.to_string() == id);
        let found = form.choose("partner", |id| {
            listed(id).map(|it| (it.person, it.capacity))
        });
        (found, "partner")
    } else {
        (outsider(web, viewer, case, &mut form).await?, "contact")
    };
    if let Some((person, capacity)) = found {
        let mut read = web.desk.store.read().await?;
        let ties = office::ties_of(&mut read, case, person, capacity).await?;
        drop(read);
        if ties.is_empty() {
            let action = Action::InviteMember { person, capacity };
            let done = act_beside(web, viewer, case.id, action, (&mut form, field)).await?;
            if let Some(done) = done {
                return Ok(done);
            }
        } else {
            form.refuse(field, Text::key("team-has-tie"));
        }
    }
    viewer.show_again(web, &TeamPage { form, ..shown })
}

async fn outsider(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: &mut Form,
) -> Result<Option<(PersonId, Capacity)>, WebError> {
    let capacity = form.choose("capacity", |name| {
        let known = |it: &Capacity| match it {
            Capacity::Helper(party) => case.party(*party).is_some(),
            other => other.wants_consent(),
        };
        Capacity::parse(name).filter(known)
    });
    let name = form.read("name", parse::person_name);
    let contact = form.read("contact", parse::address);
    let (Some(capacity), Some(name), Some(contact)) = (capacity, name, contact) else {
        return Ok(None);
    };
    let tag = viewer.locale.tag();
    let person = people::proven(&web.accounts, &contact, &name, tag).await?;
    Ok(Some((person.id, capacity)))
}

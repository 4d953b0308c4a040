//! One matter from its first page as far as it comes, each step by whoever takes it, at its time.

use jiff::Timestamp;

use super::GenerateError;
use super::plan::{End, Plan};
use crate::casework::{self, Desk, NewCase, NewClaim, NewParty, Origin};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Post, Role, System};
use crate::domain::case::{Case, Place};
use crate::domain::claim::ClaimKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::lifecycle::ONE_TICK;
use crate::domain::party::Contact;
use crate::domain::stage::{EndCode, PauseReason};
use crate::domain::track::{Track, Way};
use crate::storage::Tx;
use crate::storage::accounts::people::Person;

/// A matter on its way.
pub(super) struct Life {
    pub(super) case: Case,
    pub(super) changes: usize,
}

pub(super) async fn live(desk: &Desk, tx: &mut Tx, plan: &Plan) -> Result<Life, GenerateError> {
    desk.clock.restart(plan.at, plan.seed);
    let case = casework::open_in(desk, tx, new(plan)).await?;
    let mut life = Life { case, changes: 0 };
    for (actor, action) in steps(plan, &life.case) {
        desk.clock.advance(plan.pause);
        life.case = casework::perform_in(desk, tx, &actor, life.case, action).await?;
        life.changes += 1;
    }
    if matches!(plan.end, End::Inviting | End::Selecting) {
        wait(desk, tx, plan.until, &mut life).await?;
    }
    Ok(life)
}

/// Where nobody answers, the clock goes on, as far as the last day.
async fn wait(
    desk: &Desk,
    tx: &mut Tx,
    until: Timestamp,
    life: &mut Life,
) -> Result<(), GenerateError> {
    let over = |case: &Case| case.stage.due().map(|due| due.at + ONE_TICK);
    while let Some(at) = over(&life.case).filter(|at| *at <= until) {
        desk.clock.advance(at.duration_since(desk.clock.now()));
        let Some(case) = casework::tick_in(desk, tx, life.case.clone()).await? else {
            break;
        };
        life.case = case;
        life.changes += 1;
    }
    Ok(())
}

fn new(plan: &Plan) -> NewCase {
    let party = |person: &Person, address: &str| NewParty {
        name: person.name.clone(),
        contact: contact(person),
        address: address.to_owned(),
    };
    let [place, home, other] = &plan.addresses;
    let claim = NewClaim {
        kind: ClaimKind::Stop,
        text: plan.wish.to_owned(),
        amount: None,
    };
    NewCase {
        person: Some(plan.claimant.id),
        by: by(plan.claimant.id),
        wants_mediation: false,
        origin: Origin {
            source: plan.source,
            ..Origin::default()
        },
        organisation: plan.committee,
        dispute: plan.dispute.clone(),
        track: Track::People,
        place: Place {
            code: None,
            area: Some(plan.area.clone()),
            address: place.clone(),
        },
        story: plan.story.clone(),
        happened_on: None,
        claims: vec![claim],
        claimant: party(&plan.claimant, home),
        respondent: party(&plan.respondent, other),
        further: Vec::new(),
    }
}

fn contact(person: &Person) -> Contact {
    Contact {
        phone: person.phone.clone(),
        mail: None,
    }
}

pub(super) const fn by(person: PersonId) -> Actor {
    Actor::Person { person }
}

pub(super) fn in_office(plan: &Plan, person: PersonId, role: Role) -> Actor {
    at_post(plan.committee, person, role)
}

pub(super) fn at_post(organisation: OrganisationId, person: PersonId, role: Role) -> Actor {
    let posts = vec![Post { organisation, role }];
    Actor::Staff { person, posts }
}

/// What is done after the opening, as far as no paper is needed.
fn steps(plan: &Plan, case: &Case) -> Vec<(Actor, Action)> {
    use End as E;
    let mut steps = arrival(plan, case);
    let far = match plan.end {
        E::Submitted | E::Routed => 0,
        E::Received => 1,
        E::Inviting | E::Declined | E::Withdrawn => 2,
        E::Selecting => 4,
        E::Disclosing => 5,
        _ => 6,
    };
    let seat = steps[2].clone();
    steps.truncate(far);
    let mediator = in_office(plan, plan.mediator, Role::Mediator);
    let claimant = by(plan.claimant.id);
    let end = |code| Action::End { code };
    match plan.end {
        E::Declined => {
            let reason = "还是想走法律途径。".to_owned();
            steps.push(seat);
            steps.push((by(plan.respondent.id), Action::DeclineInvitation { reason }));
        }
        E::Withdrawn => steps.push((claimant, end(EndCode::Withdrawn))),
        E::Paused => {
            let why = PauseReason::Appraisal;
            steps.push((mediator, Action::Pause { why }));
        }
        E::Refused => steps.push((by(plan.respondent.id), end(EndCode::Refused))),
        E::TooFarApart | E::Certified => steps.push((mediator, end(EndCode::TooFarApart))),
        E::ToCourt | E::ToArbitration => {
            let to = if plan.end == E::ToCourt {
                Way::Court
            } else {
                Way::Arbitration
            };
            steps.push((mediator, end(EndCode::TooFarApart)));
            steps.push((claimant, Action::HandOver { to }));
        }
        E::Closed => {
            steps.push((mediator, end(EndCode::Refused)));
            steps.push((claimant, Action::Close));
        }
        _ => {}
    }
    steps
}

/// From the choice of a way to the mediator's yes.
fn arrival(plan: &Plan, case: &Case) -> Vec<(Actor, Action)> {
    let dispatcher = in_office(plan, plan.dispatcher, Role::Dispatcher);
    let mediator = in_office(plan, plan.mediator, Role::Mediator);
    let accounts = Actor::System {
        system: System::Accounts,
    };
    let way = Way::Mediation;
    let seat = Action::TakeSeat {
        party: case.parties[1].id,
        person: plan.respondent.id,
        proven: contact(&plan.respondent),
    };
    vec![
        (by(plan.claimant.id), Action::ChooseWay { way }),
        (dispatcher.clone(), Action::Accept),
        (accounts, seat),
        (by(plan.respondent.id), Action::AcceptInvitation),
        (
            dispatcher,
            Action::Assign {
                mediator: plan.mediator,
            },
        ),
        (mediator, Action::AcceptAssignment { disclosure: None }),
    ]
}

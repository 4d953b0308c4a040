//! Opening a case: the first event of its chain.

use jiff::civil::Date;

use super::change::{Event, follow, record};
use super::{CaseworkError, Desk};
use crate::domain::actor::{Actor, Role};
use crate::domain::case::{Case, Place};
use crate::domain::claim::{Claim, ClaimKind, ClaimOutcome};
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, ClaimId, OrganisationId, PartyId, PersonId};
use crate::domain::money::Fen;
use crate::domain::number;
use crate::domain::organisation::District;
use crate::domain::party::{Contact, Party, PartyRole};
use crate::domain::rules::DisputeKey;
use crate::domain::stage::{Assess, Stage};
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::storage::write_tx;
use crate::storage::{cases, office, to_json};

/// What the claimant's form says, parsed. `person` has just proved to hold the claimant's contact.
#[derive(Clone, Debug)]
pub struct NewCase {
    pub person: PersonId,
    /// The committee of the place, or the one that takes in where there is no place.
    pub organisation: OrganisationId,
    pub dispute: DisputeKey,
    pub track: Track,
    pub place: Place,
    pub story: String,
    pub happened_on: Option<Date>,
    pub claims: Vec<NewClaim>,
    pub claimant: NewParty,
    pub respondent: NewParty,
}

#[derive(Clone, Debug)]
pub struct NewClaim {
    pub kind: ClaimKind,
    pub text: String,
    pub amount: Option<Fen>,
}

#[derive(Clone, Debug)]
pub struct NewParty {
    pub name: PersonName,
    pub contact: Contact,
    pub address: String,
}

/// Opens a case. A type of the table is sorted at once; another waits for a person.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is no such committee; else storage only: the form was checked where it was
/// read.
pub async fn open(desk: &Desk, new: NewCase) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    let year = civil_date(now).year();
    let committee = office::organisation(&mut desk.store.read().await?, new.organisation).await?;
    let committee = committee.ok_or(CaseworkError::NotFound)?;
    let draft = case(desk, new, committee.organisation.area.district());
    write_tx!(desk.store, |tx| {
        let mut case = draft.clone();
        let number = cases::next_number(tx, "case", year).await?;
        case.number = number::of_case(year, number);
        cases::insert(tx, &case).await?;
        let person = case.parties.iter().find_map(|party| party.person);
        let actor = person.map_or(Actor::Anonymous, |person| Actor::Person { person });
        let event = Event {
            kind: "open",
            actor: &actor,
            at: now,
            stages: (Stage::Consult.name(), case.stage.name()),
            payload: to_json("case", &case)?,
        };
        record(desk, tx, case.id, event).await?;
        for (number, follow_up) in follow_ups(&case).iter().enumerate() {
            follow(tx, &case, number, follow_up, now).await?;
        }
        Ok::<_, CaseworkError>(case)
    })
}

fn case(desk: &Desk, new: NewCase, district: District) -> Case {
    let id = || desk.clock.new_id();
    let rules = desk.rules.of(&district);
    let known = rules.dispute(&new.dispute).is_some();
    let claim = |claim: NewClaim| Claim {
        id: ClaimId(id()),
        kind: claim.kind,
        text: claim.text,
        amount: claim.amount,
        outcome: ClaimOutcome::Open,
    };
    let party = |role, party: NewParty, person| Party {
        id: PartyId(id()),
        role,
        name: party.name,
        contact: party.contact,
        address: party.address,
        person,
        identity: None,
        languages: Vec::new(),
        employer: None,
    };
    Case {
        id: CaseId(id()),
        version: 1,
        number: String::new(),
        opened_at: desk.clock.now(),
        organisation: new.organisation,
        district,
        dispute: new.dispute,
        track: new.track,
        place: new.place,
        story: new.story,
        happened_on: new.happened_on,
        claims: new.claims.into_iter().map(claim).collect(),
        parties: vec![
            party(PartyRole::Claimant, new.claimant, Some(new.person)),
            party(PartyRole::Respondent, new.respondent, None),
        ],
        team: Vec::new(),
        papers: Vec::new(),
        evidence: Vec::new(),
        exhibits: Vec::new(),
        taken_back: Vec::new(),
        attempts: Vec::new(),
        invited: Vec::new(),
        stage: Stage::Assess {
            at: if known {
                Assess::Routed
            } else {
                Assess::Submitted
            },
        },
    }
}

fn follow_ups(case: &Case) -> Vec<FollowUp> {
    let mut follow_ups: Vec<_> = case
        .parties
        .iter()
        .filter(|party| party.role == PartyRole::Claimant)
        .map(|party| FollowUp::Notify {
            to: Recipient::Party { party: party.id },
            notice: Notice::CaseOpened,
        })
        .collect();
    if (case.stage
        == Stage::Assess {
            at: Assess::Submitted,
        })
    {
        let to = Recipient::Post {
            organisation: case.organisation,
            role: Role::Dispatcher,
        };
        follow_ups.push(FollowUp::Notify {
            to,
            notice: Notice::NewInQueue,
        });
    }
    follow_ups
}

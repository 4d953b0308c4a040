//! Opening a case: the first event of its chain.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::chained::{Event, record};
use super::change::{follow, report};
use super::{CaseworkError, Desk};
use crate::domain::actor::{Actor, Role};
use crate::domain::alike::{Mark, marks_of};
use crate::domain::case::{Case, Place};
use crate::domain::claim::{Claim, ClaimKind, ClaimOutcome};
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, ClaimId, OrganisationId, PartyId, PersonId};
use crate::domain::intake::{Entry, Intake, IntakeFile, Pace, Referral, Source, Target};
use crate::domain::integrator::Milestone;
use crate::domain::lifecycle::ONE_TICK;
use crate::domain::money::Fen;
use crate::domain::number;
use crate::domain::organisation::{District, Language};
use crate::domain::party::{Contact, Party, PartyRole};
use crate::domain::rules::DisputeKey;
use crate::domain::safety::{Safety, Screen, Sign};
use crate::domain::stage::{Assess, Mediate, Stage};
use crate::domain::team::{Capacity, Member};
use crate::domain::time::civil_date;
use crate::domain::track::Track;
use crate::storage::write_tx;
use crate::storage::{Tx, cases, office, to_json};

/// What a form says, parsed, whoever filled it in.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// Who has just proved to hold the claimant's contact; nobody where the matter was entered for them.
    pub person: Option<PersonId>,
    /// Who opens the case.
    pub by: Actor,
    /// The claimant has asked for mediation already, through whoever entered it.
    pub wants_mediation: bool,
    pub origin: Origin,
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
    /// Whoever else stands on one of the sides.
    pub further: Vec<(PartyRole, NewParty)>,
}

impl NewCase {
    /// By what it is found to be like another case.
    pub fn marks(&self) -> Vec<Mark> {
        let first = [
            (PartyRole::Claimant, &self.claimant),
            (PartyRole::Respondent, &self.respondent),
        ];
        let further = self.further.iter().map(|(role, it)| (*role, it));
        let people = first.into_iter().chain(further);
        let people = people.map(|(role, it)| (role, &it.contact, &it.name));
        marks_of(&self.place, people)
    }
}

/// By which way it came.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pub source: Source,
    pub entry: Option<Entry>,
    pub files: Vec<IntakeFile>,
    pub referral: Option<Referral>,
    pub language: Option<Language>,
    /// What was ticked of the violence screen; nothing where nobody asked.
    pub signs: Option<BTreeSet<Sign>>,
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
    write_tx!(desk.store, |tx| {
        Box::pin(open_in(desk, tx, new.clone())).await
    })
}

/// As [`open`], within a transaction.
pub async fn open_in(desk: &Desk, tx: &mut Tx, new: NewCase) -> Result<Case, CaseworkError> {
    let now = desk.clock.now();
    let year = civil_date(now).year();
    let by = new.by.clone();
    let committee = office::organisation(tx, new.organisation).await?;
    let committee = committee.ok_or(CaseworkError::NotFound)?;
    let mut case = case(desk, new, committee.organisation.area.district());
    let number = cases::next_number(tx, "case", year).await?;
    case.number = number::of_case(year, number);
    cases::insert(tx, &case).await?;
    let event = Event {
        kind: "open",
        actor: &by,
        at: now,
        stages: (Stage::Consult.name(), case.stage.name()),
        payload: to_json("case", &case)?,
    };
    record(desk, tx, &case, event).await?;
    for (number, follow_up) in follow_ups(&case).iter().enumerate() {
        follow(tx, &case, number, follow_up, now).await?;
    }
    if let Some(milestone) = Milestone::of(Stage::Consult.name(), case.stage.name()) {
        report(tx, &case, milestone, now).await?;
    }
    Ok(case)
}

fn case(desk: &Desk, new: NewCase, district: District) -> Case {
    let id = || desk.clock.new_id();
    let rules = desk.rules.of(&district);
    let known = rules.dispute(&new.dispute).is_some();
    let intake = intake(desk, &new, known);
    let claim = |claim: NewClaim| Claim {
        id: ClaimId(id()),
        kind: claim.kind,
        text: claim.text,
        amount: claim.amount,
        outcome: ClaimOutcome::Open,
    };
    let party = |role, it: NewParty, person| party(PartyId(id()), role, it, person);
    let mut claimant = party(PartyRole::Claimant, new.claimant, new.person);
    // What was said at the beginning counts in the ranking; TellWishes can change it later.
    claimant.languages.extend(new.origin.language);
    let team = intake.entry.iter().filter(|_| new.person.is_none());
    let team = team.map(|entry| Member {
        person: entry.by,
        capacity: Capacity::EnteredFor(claimant.id),
        since: desk.clock.now(),
    });
    let team = team.collect();
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
        intake: Box::new(intake),
        story: new.story,
        happened_on: new.happened_on,
        claims: new.claims.into_iter().map(claim).collect(),
        parties: seats(
            claimant,
            party(PartyRole::Respondent, new.respondent, None),
            new.further
                .into_iter()
                .map(|(role, it)| party(role, it, None))
                .collect(),
        ),
        team,
        asked: Vec::new(),
        requests: Vec::new(),
        deliveries: Vec::new(),
        unwritten: Vec::new(),
        voided: Vec::new(),
        decisions: Vec::new(),
        papers: Vec::new(),
        records: Vec::new(),
        recordings: Vec::new(),
        evidence: Vec::new(),
        exhibits: Vec::new(),
        taken_back: Vec::new(),
        attempts: Vec::new(),
        invited: Vec::new(),
        stage: begins(known, new.wants_mediation, desk.clock.now()),
    }
}

/// Side by side, the first of each before the others.
fn seats(claimant: Party, respondent: Party, further: Vec<Party>) -> Vec<Party> {
    let is_claimant = |it: &Party| it.role == PartyRole::Claimant;
    let (beside_claimant, beside_respondent): (Vec<_>, Vec<_>) =
        further.into_iter().partition(is_claimant);
    [
        vec![claimant],
        beside_claimant,
        vec![respondent],
        beside_respondent,
    ]
    .concat()
}

fn party(id: PartyId, role: PartyRole, new: NewParty, person: Option<PersonId>) -> Party {
    Party {
        id,
        role,
        name: new.name,
        contact: new.contact,
        address: new.address,
        person,
        identity: None,
        languages: Vec::new(),
        employer: None,
        service: None,
        told: None,
        agent: None,
        named: None,
        former: Vec::new(),
    }
}

/// Where it begins: what is in no table waits for a person; who has asked for mediation already waits for the committee.
fn begins(known: bool, wants_mediation: bool, at: Timestamp) -> Stage {
    match (known, wants_mediation) {
        (true, true) => Stage::Mediate {
            at: Box::new(Mediate::Received { at }),
        },
        (true, false) => Stage::Assess { at: Assess::Routed },
        (false, _) => Stage::Assess {
            at: Assess::Submitted,
        },
    }
}

/// How it came, what danger is told of, and what of the first minutes is done: who sent it through a page reads its
/// number at once, and the committee of a known type at a known place needs no dispatcher to be found.
fn intake(desk: &Desk, new: &NewCase, known: bool) -> Intake {
    let now = desk.clock.now();
    let origin = new.origin.clone();
    let mut safety = Safety::default();
    let screen = origin.signs.map(|signs| Screen {
        signs,
        by: origin.entry.as_ref().map(|entry| entry.by),
        at: now,
    });
    let told: Vec<&str> = std::iter::once(new.story.as_str())
        .chain(new.claims.iter().map(|claim| claim.text.as_str()))
        .collect();
    let matched = desk.rules.danger.find(&told.join("\n"));
    let urgent = safety.learn(matched, screen, now);
    let mut pace = Pace::new(now);
    pace.urgent_since = urgent.then_some(now);
    if new.person.is_some() {
        pace.reach(Target::Receive, now);
    }
    if known && new.place.area.is_some() {
        pace.reach(Target::Route, now);
    }
    Intake {
        source: origin.source,
        entry: origin.entry,
        referral: origin.referral,
        files: origin.files,
        language: origin.language,
        safety,
        pace: Some(pace),
        links: Vec::new(),
        joined: Vec::new(),
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
    let to = || Recipient::Post {
        organisation: case.organisation,
        role: Role::Dispatcher,
    };
    if case.awaits_triage() {
        let urgent = case.intake.safety.stands();
        let notice = if urgent {
            Notice::Urgent
        } else {
            Notice::NewInQueue
        };
        follow_ups.push(FollowUp::Notify { to: to(), notice });
    }
    let pace = case.intake.pace.iter();
    let open = pace.flat_map(|pace| {
        let open = Target::ALL
            .into_iter()
            .filter(|it| pace.reached(*it).is_none());
        open.filter_map(|target| pace.due(target))
    });
    follow_ups.extend(open.map(|due| FollowUp::Watch { at: due + ONE_TICK }));
    follow_ups
}

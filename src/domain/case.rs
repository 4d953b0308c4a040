//! A case: one dispute, its people, its papers and how far it has come.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::agent::NamedAs;
use super::agreement::Signer;
use super::claim::Claim;
use super::contact_record::Attempt;
use super::delivery::Delivery;
use super::evidence::Evidence;
use super::exhibit::Exhibit;
use super::help::HelpRequest;
use super::ids::{CaseId, DocumentId, OrganisationId, PartyId, PersonId};
use super::intake::Intake;
use super::ladder::Invited;
use super::organisation::{Area, District};
use super::paper::{Paper, PaperKind, Voided};
use super::party::{Party, PartyRole};
use super::recording::Recording;
use super::rules::DisputeKey;
use super::session_record::SessionRecord;
use super::stage::{Assess, Decision, Mediate, Stage, Unwritten, Work};
use super::team::{Asked, Capacity, Member};
use super::track::Track;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    /// Grows by one with every change; whoever saves names the one that was read.
    pub version: i64,
    /// 和调〔2026〕000128号, which people read to each other on the phone.
    pub number: String,
    pub opened_at: Timestamp,
    /// Who has it: at first the committee of the place.
    pub organisation: OrganisationId,
    /// That of its committee. Nothing of a case crosses it.
    pub district: District,
    pub dispute: DisputeKey,
    pub track: Track,
    pub place: Place,
    /// How it came to the house.
    #[serde(default)]
    pub intake: Box<Intake>,
    /// What happened, in the claimant's words.
    pub story: String,
    /// When it last happened, or when a sum fell due, as far as the claimant said.
    #[serde(default)]
    pub happened_on: Option<Date>,
    pub claims: Vec<Claim>,
    pub parties: Vec<Party>,
    #[serde(default)]
    pub team: Vec<Member>,
    #[serde(default)]
    pub invited: Vec<Invited>,
    /// What the organisation decided on its mediators.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    pub papers: Vec<Paper>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voided: Vec<Voided>,
    /// 笔录, in the order of drafting.
    #[serde(default)]
    pub records: Vec<SessionRecord>,
    /// In sound and picture, in the order of asking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recordings: Vec<Recording>,
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    #[serde(default)]
    pub exhibits: Vec<Exhibit>,
    /// Who took an exhibit back, once for each.
    #[serde(default)]
    pub taken_back: Vec<PersonId>,
    /// Every attempt to reach a party, in the order in which they were written down.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
    /// Who was invited, once for each.
    #[serde(default)]
    pub asked: Vec<Asked>,
    /// Authorities that were asked to help.
    #[serde(default)]
    pub requests: Vec<HelpRequest>,
    /// Papers that are brought to a party by a person.
    #[serde(default)]
    pub deliveries: Vec<Delivery>,
    /// Extensions whose paper is not made yet, the oldest first.
    #[serde(default)]
    pub unwritten: Vec<Unwritten>,
    pub stage: Stage,
}

/// Where it happens. `code` is that of the building's QR sheet; `area` is chosen from the list or known from the sheet,
/// and missing where nobody could say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub code: Option<String>,
    #[serde(default)]
    pub area: Option<Area>,
    pub address: String,
}

/// What somebody is to a case. One person can be several things to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Party(PartyId, PartyRole),
    Dispatcher,
    Mediator,
    SealHolder,
    Head,
    Clerk,
    Judge,
    Team(Capacity),
    /// Goes to the other side's door, and does not see the case for it.
    Visitor,
    /// Answers for an authority that was asked to help, and does not see the case for it.
    Authority,
    /// Was asked to join, and sees no more than that.
    Invited(Capacity),
    Clock,
    System,
}

impl Standing {
    /// Whether somebody is there for the sessions alone, and sees nothing else of the case.
    pub const fn only_hears(self) -> bool {
        matches!(self, Self::Team(capacity) if capacity.only_hears())
    }
}

impl Case {
    pub fn party(&self, id: PartyId) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    pub fn party_mut(&mut self, id: PartyId) -> Option<&mut Party> {
        self.parties.iter_mut().find(|party| party.id == id)
    }

    pub fn party_ids(&self) -> Vec<PartyId> {
        self.parties.iter().map(|party| party.id).collect()
    }

    /// The surname of whoever asked for the mediation: an invitation tells no more of them, and of a company nothing.
    pub fn surname_of_claimant(&self) -> Option<&str> {
        let mut parties = self.parties.iter();
        let asks = parties.find(|party| party.role == PartyRole::Claimant)?;
        asks.name.surname()
    }

    /// On whose side of the wall somebody is, themselves or for the party. What they are called there tells
    /// [`Case::named_as`], and never the seat.
    pub fn seat_of(&self, person: PersonId) -> Option<&Party> {
        self.parties.iter().find(|party| party.is_held_by(person))
    }

    /// As whom somebody stands in the case on a party's side, also once they act no more: whoever acts for a party does so
    /// under their own name and by a right of their own (民法典 162, 163).
    pub fn named_as(&self, person: PersonId) -> Option<NamedAs<'_>> {
        let mut parties = self.parties.iter();
        parties.find_map(|party| party.named_as(person))
    }

    /// Whether an agreement was printed to be signed by hand, and no scan of it has come back.
    pub fn awaits_sheets(&self) -> bool {
        let open = self.stage.signing();
        open.is_some_and(|open| open.by_hand.is_some() && !open.is_certified())
    }

    /// Who was asked to look at the scan beside the officer.
    pub fn second_look(&self) -> Option<PersonId> {
        let looks = |capacity| capacity == Capacity::Confirmer;
        let asked = self.asked.iter().filter(|it| looks(it.capacity));
        let asked = asked.map(|it| it.person);
        let team = self.team.iter().filter(|it| looks(it.capacity));
        asked.chain(team.map(|it| it.person)).next()
    }

    /// Whether an agreement lies open electronically that somebody is to sign for this party, and has not. Whose hand is
    /// under a sheet of paper the officer sees, who looks at the sheet.
    pub fn waits_for_agent(&self, party: PartyId) -> bool {
        let agent = self.party(party).and_then(Party::signing_agent);
        let open = self.stage.signing();
        let open = open.filter(|open| open.by_hand.is_none());
        agent.is_some() && open.is_some_and(|it| !it.is_signed_by(Signer::Party { party }))
    }

    pub fn paper(&self, id: DocumentId) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.id == id)
    }

    pub fn paper_mut(&mut self, id: DocumentId) -> Option<&mut Paper> {
        self.papers.iter_mut().find(|paper| paper.id == id)
    }

    pub fn latest_paper(&self, kind: PaperKind) -> Option<&Paper> {
        self.papers.iter().rev().find(|paper| paper.kind == kind)
    }

    /// Whose time a session takes: the mediator's and the team's.
    pub fn booked(&self) -> BTreeSet<PersonId> {
        let team = self.team.iter().filter(|it| it.capacity.is_booked());
        let team = team.map(|it| it.person);
        self.stage.mediator().into_iter().chain(team).collect()
    }

    /// Whether somebody's time goes into a session that is open now, and not merely forgotten.
    pub fn is_meeting(&self, person: PersonId, now: Timestamp) -> bool {
        let open = matches!(&self.stage, Stage::Mediate { at }
            if matches!(**at, Mediate::Active { .. } | Mediate::Signing { .. }));
        let work = self.stage.work().filter(|_| open);
        let sits = |work: &Work| work.sessions.iter().any(|it| it.is_under_way(now));
        work.is_some_and(sits) && self.booked().contains(&person)
    }

    /// Whether somebody is to decide about the mediator: a challenge, or that another is asked for.
    pub fn awaits_decision(&self) -> bool {
        let challenged = matches!(&self.stage, Stage::Mediate { at }
            if matches!(at.as_ref(), Mediate::Disclosing { disclosure: Some(told), .. } if told.challenge.is_some()));
        let asked = self
            .stage
            .work()
            .is_some_and(|work| work.replacement.is_some());
        challenged || asked
    }

    /// Whether a target of the first minutes was missed, and the matter waits still.
    pub fn is_late(&self) -> bool {
        let pace = self.intake.pace.as_ref();
        self.awaits_triage() && pace.is_some_and(|pace| !pace.missed.is_empty())
    }

    /// Whether somebody who sorts matters has something to do: sort or accept it, or call whoever is in danger.
    pub fn awaits_triage(&self) -> bool {
        let uncalled = self
            .intake
            .pace
            .as_ref()
            .is_none_or(|it| it.contacted.is_none());
        match &self.stage {
            Stage::Closed { .. } => false,
            Stage::Assess {
                at: Assess::Submitted,
            } => true,
            Stage::Mediate { at } if matches!(**at, Mediate::Received { .. }) => true,
            _ => self.intake.safety.stands() && uncalled,
        }
    }

    /// The seat at which `actor` sits as a party.
    pub fn seat_for(&self, actor: &Actor) -> Option<PartyId> {
        let person = actor.person()?;
        let mut parties = self.parties.iter();
        parties
            .find(|party| party.is_held_by(person))
            .map(|party| party.id)
    }

    /// Everything that `actor` is to this case, in a fixed order; empty for a stranger.
    pub fn standings(&self, actor: &Actor) -> Vec<Standing> {
        let mut standings = Vec::new();
        match actor {
            Actor::Clock => standings.push(Standing::Clock),
            Actor::System { .. } => standings.push(Standing::System),
            Actor::Anonymous | Actor::Person { .. } | Actor::Staff { .. } => {}
        }
        let Some(person) = actor.person() else {
            return standings;
        };
        standings.extend(
            self.parties
                .iter()
                .filter(|party| party.is_held_by(person))
                .map(|party| Standing::Party(party.id, party.role)),
        );
        if self.stage.mediator() == Some(person) && actor.holds(Role::Mediator, self.organisation) {
            standings.push(Standing::Mediator);
        }
        for (role, standing) in [
            (Role::Dispatcher, Standing::Dispatcher),
            (Role::SealHolder, Standing::SealHolder),
            (Role::Head, Standing::Head),
        ] {
            if actor.holds(role, self.organisation) {
                standings.push(standing);
            }
        }
        if let Some(court) = self.court() {
            for (role, standing) in [
                (Role::Clerk, Standing::Clerk),
                (Role::Judge, Standing::Judge),
            ] {
                if actor.holds(role, court) {
                    standings.push(standing);
                }
            }
        }
        let mine = self.team.iter().filter(|member| member.person == person);
        standings.extend(mine.map(|member| Standing::Team(member.capacity)));
        let check = self.to_verify().and_then(|check| check.visitor);
        let door = self.ladder().and_then(|ladder| ladder.visitor);
        if door.or(check) == Some(person) {
            standings.push(Standing::Visitor);
        }
        let mut requests = self.requests.iter().filter(|it| it.is_open());
        if requests.any(|request| request.is_for(actor)) {
            standings.push(Standing::Authority);
        }
        let asked = self.asked.iter().filter(|it| it.person == person);
        standings.extend(asked.map(|it| Standing::Invited(it.capacity)));
        standings
    }

    /// Whether `actor` may see the case at all; whoever may not gets 404. Lists in SQL are held equal to this.
    pub fn may_see(&self, actor: &Actor) -> bool {
        let mut standings = self.standings(actor).into_iter();
        standings.any(|standing| {
            !matches!(
                standing,
                Standing::Invited(_) | Standing::Visitor | Standing::Authority
            ) && !standing.only_hears()
        })
    }

    /// Whether `actor` was asked to join.
    pub fn is_invited(&self, actor: &Actor) -> bool {
        let mut standings = self.standings(actor).into_iter();
        standings.any(|standing| matches!(standing, Standing::Invited(_)))
    }
}

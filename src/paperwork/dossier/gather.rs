//! Brings together what is on record of a case, as far as the reader of the version may know it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::facts::{
    AgentFacts, AgreementFacts, CaseFacts, ClaimFacts, ContactFacts, DecisionFacts, DeliveryFacts,
    Dossier, EventFacts, FileFacts, FilmFacts, MeetingFacts, ObligationFacts, PaperFacts,
    PartyFacts, PresenceFacts, RecordingFacts, ServiceFacts, TrackFacts,
};
use crate::casework::{self, Entry, MediationRecord};
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::agent::{Agent, Right};
use crate::domain::agreement::{Agreement, PerformanceState, Settlement};
use crate::domain::case::Case;
use crate::domain::delivery::Delivery;
use crate::domain::ids::PersonId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::party::Party;
use crate::domain::permission::{FileReader, may_read_paper, may_see_recording, reads_file_of};
use crate::domain::recording::{Film, Recording, RecordingState, TrackHead};
use crate::paperwork::faces::contact;
use crate::paperwork::{Chancery, PaperworkError};

pub(super) const SCHEMA: &str = "heyi-dossier/1";

type Names = BTreeMap<PersonId, String>;

impl Chancery {
    /// The dossier as data, in the version of `actor`.
    ///
    /// # Errors
    /// Not found for whoever has none.
    pub async fn dossier(&self, actor: &Actor, case: &Case) -> Result<Dossier, PaperworkError> {
        let reader = reads_file_of(actor, case).ok_or(OutOfOrder::WrongState)?;
        let record = casework::mediation_record(&self.desk, actor, case.id).await?;
        let entries = casework::history(&self.desk, actor, case.id).await?;
        let names = self.names(case, &record, &entries).await?;
        let papers = mine(actor, case);
        Ok(Dossier {
            schema: SCHEMA.to_owned(),
            version: match reader {
                FileReader::Keeper => "keeper",
                FileReader::Party(_) => "party",
            }
            .to_owned(),
            made_at: self.desk.clock.now().to_string(),
            case: self.case_facts(case, &record).await?,
            parties: case
                .parties
                .iter()
                .map(|seat| party(seat, reader))
                .collect(),
            mediators: mediators(case, &names),
            claims: case
                .claims
                .iter()
                .map(|claim| ClaimFacts {
                    kind: claim.kind.name().to_owned(),
                    text: claim.text.clone(),
                    amount_fen: claim.amount.map(|sum| sum.0),
                })
                .collect(),
            events: self.events(case, entries, &names),
            meetings: meetings(&record, &names),
            recordings: recordings(actor, case, &names),
            undisputed: undisputed(case),
            agreement: agreement(case),
            evidence: evidence(case, &names),
            exhibits: self.exhibits(case, &names),
            decisions: decisions(case, &names),
            contacts: contacts(case, reader),
            deliveries: deliveries(case, reader, &names),
            papers: papers
                .iter()
                .enumerate()
                .map(|(index, paper)| paper_facts(index, paper))
                .collect(),
        })
    }

    async fn case_facts(
        &self,
        case: &Case,
        record: &MediationRecord,
    ) -> Result<CaseFacts, PaperworkError> {
        Ok(CaseFacts {
            id: case.id.0,
            number: case.number.clone(),
            organisation: self.body(case.organisation).await?.name,
            track: case.track.name().to_owned(),
            dispute: case.dispute.to_string(),
            cause: self.cause(case),
            place: case.place.address.clone(),
            stage: case.stage.name().to_owned(),
            story: case.story.clone(),
            opened_at: case.opened_at.to_string(),
            accepted_at: record.accepted_at.map(|at| at.to_string()),
            assigned_at: record.assigned_at.map(|at| at.to_string()),
            ended: case.stage.ending().map(|it| it.code.name().to_owned()),
        })
    }

    async fn names(
        &self,
        case: &Case,
        record: &MediationRecord,
        entries: &[Entry],
    ) -> Result<Names, PaperworkError> {
        let mut people: BTreeSet<PersonId> =
            entries.iter().filter_map(|it| it.actor.person()).collect();
        people.extend(case.stage.mediator());
        people.extend(case.team.iter().map(|it| it.person));
        people.extend(case.decisions.iter().map(|it| it.about));
        people.extend(case.evidence.iter().map(|it| it.by));
        people.extend(case.exhibits.iter().map(|it| it.by));
        let brought = case.deliveries.iter().flat_map(|it| &it.entries);
        people.extend(brought.map(|it| it.by));
        let recorded = case.recordings.iter().flat_map(Recording::tracks);
        people.extend(recorded.map(|it| it.person));
        let present = record.meetings.iter().flat_map(|it| &it.present);
        people.extend(present.map(|it| it.person));
        let mut names = Names::new();
        for person in people {
            names.insert(person, self.called(case, person).await?);
        }
        Ok(names)
    }

    fn events(&self, case: &Case, entries: Vec<Entry>, names: &Names) -> Vec<EventFacts> {
        let told =
            |entry: &Entry| ActionKind::parse(&entry.kind).is_none_or(|kind| !kind.is_stroke());
        let who = |actor: &Actor| match actor {
            Actor::Person { person } | Actor::Staff { person, .. } => name(names, *person),
            Actor::Anonymous => self.say(case, "case-who-somebody", &[]),
            Actor::Clock => self.say(case, "case-who-clock", &[]),
            Actor::System { .. } => self.say(case, "case-who-system", &[]),
        };
        entries
            .into_iter()
            .filter(told)
            .map(|entry| EventFacts {
                at: entry.at.to_string(),
                who: who(&entry.actor),
                kind: entry.kind,
            })
            .collect()
    }

    fn exhibits(&self, case: &Case, names: &Names) -> Vec<FileFacts> {
        let file = |it: &crate::domain::exhibit::Exhibit| FileFacts {
            name: self.say(case, &format!("exhibit-kind-{}", it.kind.name()), &[]),
            note: it.note.clone(),
            by: name(names, it.by),
            at: it.at.to_string(),
            bytes: None,
            sha256: it.file.to_string(),
        };
        case.exhibits.iter().map(file).collect()
    }
}

/// The papers that the reader of this version reads, in the order of the file.
pub(in crate::paperwork) fn mine<'a>(actor: &Actor, case: &'a Case) -> Vec<&'a Paper> {
    let papers = case.papers.iter();
    let mut mine: Vec<&Paper> = papers
        .filter(|paper| may_read_paper(actor, case, paper))
        .collect();
    mine.sort_by_key(|paper| paper.made_at);
    mine
}

/// `01-intake_record.pdf`
pub(in crate::paperwork) fn file_name(index: usize, paper: &Paper) -> String {
    format!("{:02}-{}.pdf", index + 1, paper.kind.name())
}

fn paper_facts(index: usize, paper: &Paper) -> PaperFacts {
    PaperFacts {
        kind: paper.kind.name().to_owned(),
        file: file_name(index, paper),
        sha256: paper.hash.to_string(),
        made_at: paper.made_at.to_string(),
        verify_id: paper.verify_id.clone(),
    }
}

fn name(names: &Names, person: PersonId) -> String {
    names.get(&person).cloned().unwrap_or_default()
}

/// A party reads of the other no more than the name: what the papers say of it, they say.
fn party(seat: &Party, reader: FileReader) -> PartyFacts {
    let open = reader == FileReader::Keeper || reader == FileReader::Party(seat.id);
    let service = seat.service.as_ref().filter(|_| open);
    PartyFacts {
        id: seat.id.0,
        role: seat.role.name().to_owned(),
        name: seat.name.as_str().to_owned(),
        address: open.then(|| seat.address.clone()),
        contact: open.then(|| contact(&seat.contact)),
        identity: seat
            .identity
            .as_ref()
            .filter(|_| open)
            .map(|check| check.masked.clone()),
        service: service.map(|service| ServiceFacts {
            address: service.wish.address.clone(),
            receiver: service.wish.receiver.clone(),
            channels: service
                .wish
                .channels
                .iter()
                .map(|channel| channel.name().to_owned())
                .collect(),
            confirmed_at: service.at.to_string(),
        }),
        agent: seat.agent().map(|it| agent(seat, it, open)),
    }
}

fn agent(seat: &Party, agent: &Agent, open: bool) -> AgentFacts {
    let (special, power) = match agent.right {
        Right::Attorney { special, power, .. } => (Some(special), Some(power.to_string())),
        Right::Guardian { .. } | Right::Representative => (None, None),
    };
    let check = agent.accepted.as_ref().filter(|_| open);
    AgentFacts {
        name: agent.name.to_string(),
        right: seat.right_name(&agent.right).to_owned(),
        special,
        power,
        relation: match &agent.right {
            Right::Guardian { relation, .. } => Some(relation.clone()),
            Right::Attorney { .. } | Right::Representative => None,
        },
        identity: check.map(|check| check.masked.clone()),
    }
}

fn mediators(case: &Case, names: &Names) -> Vec<String> {
    let team = case
        .team
        .iter()
        .filter(|it| it.capacity.sits_in() && !it.capacity.only_hears());
    let people = case.stage.mediator().into_iter();
    people
        .chain(team.map(|it| it.person))
        .map(|person| name(names, person))
        .collect()
}

fn meetings(record: &MediationRecord, names: &Names) -> Vec<MeetingFacts> {
    let until = |at: Option<Timestamp>| at.map(|at| at.to_string());
    record
        .meetings
        .iter()
        .map(|meeting| MeetingFacts {
            session: meeting.session.0,
            present: meeting
                .present
                .iter()
                .map(|it| PresenceFacts {
                    name: name(names, it.person),
                    from: it.from.to_string(),
                    until: until(it.until),
                })
                .collect(),
        })
        .collect()
}

/// What was recorded, for whoever may know of it.
fn recordings(actor: &Actor, case: &Case, names: &Names) -> Vec<RecordingFacts> {
    if !may_see_recording(actor, case) {
        return Vec::new();
    }
    let facts = |it: &Recording| {
        let (until, deleted) = match &it.state {
            RecordingState::Kept { until, .. } => (Some(until.at.to_string()), None),
            RecordingState::Deleted { why, .. } => (None, Some(why.name().to_owned())),
            _ => (None, None),
        };
        let track = |it: &TrackHead| TrackFacts {
            name: name(names, it.person),
            line: it.source.clone(),
            segments: it.segments,
            sha256: it.head.to_string(),
        };
        let film = |it: &Film| FilmFacts {
            name: name(names, it.person),
            bytes: it.bytes,
            sha256: it.file.to_string(),
        };
        Some(RecordingFacts {
            session: it.session.0,
            from: it.runs.first()?.from.to_string(),
            state: it.state.name().to_owned(),
            faults: it.faults().iter().map(|it| it.name().to_owned()).collect(),
            until,
            deleted,
            tracks: it.tracks().iter().map(track).collect(),
            films: it.films().iter().map(film).collect(),
        })
    };
    case.recordings.iter().filter_map(facts).collect()
}

fn undisputed(case: &Case) -> Vec<String> {
    if let Some(agreement) = in_force(case).map(|(agreement, _)| agreement) {
        return agreement.undisputed.clone();
    }
    if let Some(ending) = case.stage.ending() {
        return ending.undisputed.clone();
    }
    let work = case.stage.work();
    work.map(|work| work.draft.facts_agreed_by(&case.party_ids()))
        .unwrap_or_default()
}

/// The agreement that is being signed or in effect; a draft on the board is nobody's agreement.
fn in_force(case: &Case) -> Option<(&Agreement, Option<&Settlement>)> {
    if let Some(agreement) = case.stage.signing() {
        return Some((agreement, None));
    }
    let settlement = case.stage.settlement();
    settlement.map(|settlement| (&settlement.agreement, Some(settlement)))
}

fn agreement(case: &Case) -> Option<AgreementFacts> {
    let (agreement, settlement) = in_force(case)?;
    let state = |clause| {
        let mut ledger = settlement?.ledger.iter();
        let entry = ledger.find(|entry| entry.clause == clause)?;
        Some(match entry.state {
            PerformanceState::Owed => "owed",
            PerformanceState::Reported => "reported",
            PerformanceState::Disputed { .. } => "disputed",
            PerformanceState::Acknowledged { .. } => "acknowledged",
        })
    };
    let obligation = |clause: &crate::domain::agreement::Clause| ObligationFacts {
        debtor: case
            .party(clause.terms.debtor)
            .map_or_else(String::new, |seat| seat.name.as_str().to_owned()),
        act: clause.terms.act.clone(),
        amount_fen: clause.terms.amount.map(|sum| sum.0),
        due: clause.terms.due.to_string(),
        performance: state(clause.id).map(str::to_owned),
    };
    Some(AgreementFacts {
        number: agreement.number.clone(),
        effective_at: settlement.map(|it| it.effective_at.to_string()),
        obligations: agreement.clauses.iter().map(obligation).collect(),
    })
}

/// What was shown to everybody; what was taken back or confided is not in it.
fn evidence(case: &Case, names: &Names) -> Vec<FileFacts> {
    let shown = case.evidence.iter().filter(|it| it.is_shown());
    shown
        .map(|it| FileFacts {
            name: it.file.name.clone(),
            note: it.note.clone(),
            by: name(names, it.by),
            at: it.at.to_string(),
            bytes: Some(it.file.size),
            sha256: it.file.original.to_string(),
        })
        .collect()
}

fn decisions(case: &Case, names: &Names) -> Vec<DecisionFacts> {
    let facts = |it: &crate::domain::stage::Decision| DecisionFacts {
        at: it.at.to_string(),
        about: name(names, it.about),
        replaced: it.replaced,
        reason: it.reason.clone(),
    };
    case.decisions.iter().map(facts).collect()
}

fn contacts(case: &Case, reader: FileReader) -> Vec<ContactFacts> {
    if reader != FileReader::Keeper {
        return Vec::new();
    }
    let facts = |it: &crate::domain::contact_record::Attempt| ContactFacts {
        at: it.at.to_string(),
        party: case
            .party(it.party)
            .map_or_else(String::new, |seat| seat.name.as_str().to_owned()),
        channel: it.channel.name().to_owned(),
        outcome: it.outcome.name().to_owned(),
        note: it.note.clone(),
    };
    case.attempts.iter().map(facts).collect()
}

/// How a party was served is for whoever keeps the file, and for that party.
fn deliveries(case: &Case, reader: FileReader, names: &Names) -> Vec<DeliveryFacts> {
    let open =
        |it: &&Delivery| reader == FileReader::Keeper || reader == FileReader::Party(it.party);
    let facts = |it: &Delivery, entry: &crate::domain::delivery::Entry| {
        let paper = case.paper(it.paper)?;
        let seat = case.party(it.party)?;
        Some(DeliveryFacts {
            paper: paper.kind.name().to_owned(),
            party: seat.name.as_str().to_owned(),
            how: entry.how.name().to_owned(),
            on: entry.on.to_string(),
            mark: entry.mark.clone(),
            by: name(names, entry.by),
            at: entry.at.to_string(),
        })
    };
    let deliveries = case.deliveries.iter().filter(open);
    deliveries
        .flat_map(|it| it.entries.iter().filter_map(move |entry| facts(it, entry)))
        .collect()
}

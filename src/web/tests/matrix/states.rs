//! One case in every state that cases come to rest in, each beside the others in one house.

use jiff::SignedDuration;

use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::complaint::{Complaint, Misconduct};
use crate::domain::exhibit::ExhibitKind;
use crate::domain::fixture::{
    CLAIMANT, CLAUSE, COMMITTEE, MEDIATOR, Quarrel, RESPONDENT, SESSION, actor,
};
use crate::domain::ids::{CaseId, ComplaintId, OfferId};
use crate::domain::ladder::TaskKind;
use crate::domain::rules::TermKey;
use crate::domain::session::Venue;
use crate::domain::stage::{Assess, Declaration, EndCode, Ground, PauseReason, Stage};
use crate::domain::team::Capacity;
use crate::domain::track::Way;
use crate::domain::translation::Tongue;
use crate::storage::{StorageError, complaints, office, write_tx};
use crate::web::tests::evidence::shown_clip;
use crate::web::tests::matter::{Matter, plea};
use crate::web::tests::visitor::{House, rules};

/// A photograph as phones send them, as far as we look.
const DEED: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

/// Somebody goes to a door of it.
pub(super) const VISITED: CaseId = CaseId(uuid::Uuid::from_u128(0xff0));

/// What the claimant has against the mediator.
pub(super) const COMPLAINT: ComplaintId = ComplaintId(uuid::Uuid::from_u128(0x44));

/// Keeps what the walk passes.
struct Kept<'a> {
    matter: Matter<'a>,
    states: Vec<(&'static str, Case)>,
}

impl Kept<'_> {
    async fn keep(&mut self, name: &'static str, case: &Case) {
        self.matter.case = case.clone();
        self.keep_walked(name).await;
    }

    /// Keeps the case as the house has it now.
    async fn keep_walked(&mut self, name: &'static str) {
        let number = 0x1000 + self.states.len() as u128;
        self.keep_as(name, number).await;
    }

    async fn keep_as(&mut self, name: &'static str, number: u128) {
        let beside = self.matter.beside(number).await;
        self.states.push((name, beside.case));
    }
}

pub(super) async fn states(house: &House) -> Vec<(&'static str, Case)> {
    let rules = rules();
    let matter = Matter::begin(house, Quarrel::new(&rules).case).await;
    let states = Vec::new();
    let mut kept = Kept { matter, states };
    before_the_papers(&mut kept, house).await;
    about_people(&mut kept, house).await;
    with_papers(&mut kept, house).await;
    kept.states
}

/// What the rules alone lead to.
async fn before_the_papers(kept: &mut Kept<'_>, house: &House) {
    let rules = rules();
    let new = || Quarrel::new(&rules);
    let mut unsorted = new().case;
    unsorted.stage = Stage::Assess {
        at: Assess::Submitted,
    };
    kept.keep("submitted", &unsorted).await;
    kept.keep("routed", &new().case).await;
    kept.keep("received", &new().received().case).await;
    kept.keep("inviting", &new().inviting().case).await;
    kept.keep("answering", &answering(new()).case).await;
    kept.keep("selecting", &new().selecting().case).await;
    kept.keep("disclosing", &new().disclosing().case).await;
    let mut disclosed = disclosed(new());
    kept.keep("disclosed", &disclosed.case).await;
    let why = "他们是邻居。".to_owned();
    let ground = Ground::OtherTie;
    disclosed.act("respondent", Action::Challenge { ground, why });
    kept.keep("challenged", &disclosed.case).await;
    let mut active = in_session(new().active(), house);
    active.act("claimant", shown_clip(house).await);
    active.recorded();
    let film = house.web.files.put("声音").await.unwrap();
    active.keeps_recording(film, 6);
    kept.keep("active", &active.case).await;
    kept.keep("writing", &writing(new()).case).await;
    let mut recorded = in_session(new().agreed(), house);
    recorded.records();
    kept.keep("recorded", &recorded.case).await;
    kept.keep("agreed", &in_session(new().agreed(), house).case)
        .await;
    let mut bilingual = new().agreed();
    let tongue = Some(Tongue::En);
    bilingual.act("mediator", Action::ChooseLanguage { tongue });
    kept.keep("in two languages", &bilingual.case).await;
    // A term that is not over can still be made longer.
    let mut young = new();
    young.now = house.web.desk.clock.now();
    kept.keep("active since today", &young.active().case).await;
    let mut asked = new().active();
    asked.act("mediator", plea());
    kept.keep("help asked", &asked.case).await;
    let mut paused = new().active();
    let why = PauseReason::Appraisal;
    paused.act("mediator", Action::Pause { why });
    kept.keep("paused", &paused.case).await;
    let mut ended = new().active();
    let code = EndCode::Refused;
    ended.act("mediator", Action::End { code });
    kept.keep("ended", &ended.case).await;
    let mut closed = ended.clone();
    closed.act("claimant", Action::Close);
    kept.keep("closed without agreement", &closed.case).await;
    ended.act("claimant", Action::HandOver { to: Way::Court });
    kept.keep("before the court itself", &ended.case).await;
}

/// The respondent has taken the seat and is asked.
fn answering(begin: Quarrel<'_>) -> Quarrel<'_> {
    let mut it = begin.inviting();
    let Actor::Person { person } = actor("respondent") else {
        panic!("a party acts in no office");
    };
    let proven = it.case.parties[1].contact.clone();
    let party = RESPONDENT;
    it.act(
        "accounts",
        Action::TakeSeat {
            party,
            person,
            proven,
        },
    );
    it
}

/// Both have agreed to write, and the claimant's offer waits for an answer.
fn writing(begin: Quarrel<'_>) -> Quarrel<'_> {
    let mut it = begin.writing();
    it.offers("claimant", OfferId(uuid::Uuid::from_u128(0x0fe1)), None);
    it
}

fn disclosed(begin: Quarrel<'_>) -> Quarrel<'_> {
    let mut it = begin.disclosing();
    let disclosure = Some(Declaration {
        other: "我认识其中一方。".to_owned(),
        ..Declaration::default()
    });
    it.act("mediator", Action::AcceptAssignment { disclosure });
    it
}

/// A session lies ahead, one is open, and a deed is handed in.
fn in_session<'a>(mut it: Quarrel<'a>, house: &House) -> Quarrel<'a> {
    it.now = house.web.desk.clock.now();
    let at = it.now + SignedDuration::from_hours(2);
    let session = SESSION;
    it.act(
        "mediator",
        Action::ScheduleSession {
            session,
            at,
            minutes: 60,
            venue: Some(Venue {
                address: "和平路 8 号".to_owned(),
                room: String::new(),
                mixed: true,
                kept: None,
            }),
        },
    );
    it.act("mediator", Action::OpenSession { session });
    it
}

/// Where people wait for one another: at a door, for a name, for a yes, for an answer to a complaint.
async fn about_people(kept: &mut Kept<'_>, house: &House) {
    let rules = rules();
    let new = || Quarrel::new(&rules);
    kept.matter.case = at_the_door(new(), house).await;
    kept.keep_as("at the door", VISITED.0.as_u128()).await;
    let mut choosing = new();
    choosing.now = house.web.desk.clock.now();
    kept.keep("choosing", &choosing.selecting().case).await;
    let mut asked = new().active();
    let Some(person) = actor("stranger").person() else {
        panic!("a stranger is somebody");
    };
    let capacity = Capacity::Kin;
    asked.act("mediator", Action::InviteMember { person, capacity });
    kept.keep("kin asked", &asked.case).await;
    complain(house, &asked.case).await;
    let mut watched = in_session(new().active(), house);
    let capacity = Capacity::Observer;
    watched.act("mediator", Action::InviteMember { person, capacity });
    watched.act("stranger", Action::JoinTeam);
    for party in ["claimant", "respondent"] {
        let agrees = true;
        watched.act(party, Action::ConsentToMember { person, agrees });
    }
    kept.keep("watched", &watched.case).await;
}

/// Nobody has answered, and it has come to the grid worker of the building.
async fn at_the_door(mut begin: Quarrel<'_>, house: &House) -> Case {
    let store = &house.web.desk.store;
    let committee = office::organisation(&mut store.read().await.unwrap(), COMMITTEE).await;
    begin.case.place.area = Some(committee.unwrap().unwrap().organisation.area);
    let mut it = begin.inviting();
    while it.case.task(RESPONDENT) != Some(TaskKind::Visit) {
        it.wait(9);
        it.act("clock", Action::StepUp);
    }
    it.case
}

async fn complain(house: &House, case: &Case) {
    let desk = &house.web.desk;
    let at = desk.clock.now();
    let complaint = Complaint {
        id: COMPLAINT,
        case: case.id,
        number: case.number.clone(),
        bureau: COMMITTEE,
        committee: COMMITTEE,
        mediator: MEDIATOR,
        by: case.parties[0].person.unwrap(),
        party: CLAIMANT,
        kind: Misconduct::Bias,
        text: "总向着对方。".to_owned(),
        at,
        due: desk
            .rules
            .due_for(TermKey::Complaint, case.track, &case.dispute, at),
        shared: false,
        answer: None,
    };
    let kept: Result<(), StorageError> = write_tx!(desk.store, |tx| {
        complaints::insert(tx, &complaint).await
    });
    kept.unwrap();
}

/// What real papers go with.
async fn with_papers(kept: &mut Kept<'_>, house: &House) {
    let rules = rules();
    let mut agreed = Quarrel::new(&rules).agreed().case;
    for (seat, mark) in agreed.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    kept.matter.case = agreed;
    kept.matter = kept.matter.beside(0xfff).await;
    let file = house.web.files.put(DEED).await.unwrap();
    let deed = Action::HandIn {
        kind: ExhibitKind::Property,
        note: String::new(),
        file,
    };
    kept.matter.act("claimant", deed).await;
    kept.keep_walked("evidence").await;
    kept.matter.prepare().await;
    kept.keep_walked("signing").await;
    for name in ["claimant", "respondent", "mediator"] {
        kept.matter.sign(name).await;
    }
    kept.keep_walked("signed by all").await;
    kept.matter.seal().await;
    kept.keep_walked("settled").await;
    breach_and_close(kept).await;
    kept.matter.join("respondent").await;
    kept.keep_walked("half joined").await;
    kept.matter.join("claimant").await;
    kept.keep_walked("filed").await;
    kept.matter.accept_filing().await;
    kept.keep_walked("reviewing").await;
    kept.matter.find().await;
    kept.keep_walked("found in order").await;
    kept.matter.rule().await;
    kept.keep_walked("confirmed").await;
}

/// Two ways off the settlement, each on a case of its own.
async fn breach_and_close(kept: &mut Kept<'_>) {
    let rules = rules();
    let settled = kept.matter.case.clone();
    kept.matter = kept.matter.beside(0xffe).await;
    kept.matter.act("claimant", Action::ReportBreach).await;
    kept.keep_walked("breached").await;
    kept.matter.case = settled.clone();
    kept.matter = kept.matter.beside(0xffd).await;
    let done = Action::AcknowledgePerformance { clause: CLAUSE };
    kept.matter.act("claimant", done).await;
    kept.keep_walked("acknowledged").await;
    let seen = Quarrel::new(&rules).seen();
    kept.matter.act("mediator", seen).await;
    kept.keep_walked("performed").await;
    kept.matter.case = settled;
}

//! The story of the papers: prepared, signed by all, sealed, confirmed by the court; or ended with a certificate.

mod acting;
mod bundle;
mod dossier;
mod endings;
mod erasing;
mod evidence;
mod ink;
mod opening;
mod print;
mod signers;
mod wording;

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use super::fixture::settle;
use super::*;
use crate::casework::{self, CaseworkError, perform};
use crate::clock::Clock;
use crate::documents::verify;
use crate::documents::{Look, Strokes};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::confirmation::{Phase, Tick};
use crate::domain::fixture::{
    CLAUSE, COMMITTEE, COURT, COURT_NUMBER, Quarrel, actor, all_clear, rules, willing,
};
use crate::domain::ids::OrganisationId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::{Area, District, OrganisationKind};
use crate::domain::signature::{Order, Shown};
use crate::domain::stage::{EndCode, Stage};
use crate::storage::fixture::{Database, on_each};
use crate::storage::office::insert_organisation;
use crate::storage::{referred, write_tx};

struct House {
    chancery: Arc<Chancery>,
    case: Case,
    folder: tempfile::TempDir,
    _database: Database,
}

/// A case that lies ready to be put on paper, in a house with its people and organisations.
async fn house(database: Database, agreed: bool) -> House {
    let rules = rules();
    let quarrel = Quarrel::new(&rules);
    let mut quarrel = if agreed {
        quarrel.agreed()
    } else {
        quarrel.active()
    };
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        if let Some(check) = &mut seat.identity {
            mark.clone_into(&mut check.fingerprint);
        }
    }
    let (now, case) = (quarrel.now, quarrel.case);
    house_of(database, case, now).await
}

async fn house_of(database: Database, case: Case, now: Timestamp) -> House {
    let folder = tempfile::tempdir().unwrap();
    let rules = Arc::new(rules());
    let clock = Arc::new(Clock::fixed(now));
    let store = database.store.clone();
    settle(&store, &case, now).await;
    let chancery = Chancery {
        desk: Desk {
            store,
            clock: Arc::clone(&clock),
            rules: Arc::clone(&rules),
        },
        files: Files::open(folder.path()).unwrap(),
        authority: Arc::new(Authority::create(&clock).unwrap()),
        texts: Arc::new(Texts::load(None).unwrap()),
        key: Zeroizing::new(clock.random()),
        address: "https://heyi.example".to_owned(),
    };
    House {
        chancery: Arc::new(chancery),
        case,
        folder,
        _database: database,
    }
}

fn drawn() -> Look {
    let lines = vec![
        vec![(0.0, 0.0), (40.0, 30.0)],
        vec![(10.0, 20.0), (60.0, 5.0)],
    ];
    Look::Strokes(Strokes::try_from(lines).unwrap())
}

impl House {
    async fn settled(&mut self) {
        let it = &self.chancery;
        self.case = it
            .prepare_signing(&actor("mediator"), &self.case, Order::Free)
            .await
            .unwrap();
        self.willing().await;
        let read = self.text();
        for name in ["claimant", "respondent", "mediator"] {
            self.case = self.sign(name, &read).await.unwrap();
        }
        let holder = actor("seal_holder");
        let sealed = self
            .chancery
            .seal(&holder, self.case.id, &read, Shown::default())
            .await;
        self.case = sealed.unwrap();
    }

    /// Every party is willing to sign electronically.
    async fn willing(&self) {
        for seat in &self.case.parties {
            let actor = Actor::Person {
                person: seat.person.unwrap(),
            };
            let done = perform(&self.chancery.desk, &actor, self.case.id, willing()).await;
            done.unwrap();
        }
    }

    async fn sign(&self, name: &str, read: &ContentHash) -> Result<Case, PaperworkError> {
        self.chancery
            .sign(&actor(name), self.case.id, read, &drawn(), Shown::default())
            .await
    }

    /// The hash of the agreement's text.
    fn text(&self) -> ContentHash {
        let agreement = self.case.stage.signing().unwrap();
        text_hash(agreement, self.case.paper(agreement.paper).unwrap()).clone()
    }

    async fn report(&self, kind: PaperKind) -> verify::Report {
        let paper = self.case.latest_paper(kind).unwrap();
        let bytes = self.chancery.file(paper).await.unwrap();
        verify::run(&bytes, &self.chancery.authority.roots().unwrap())
    }

    async fn joined(&mut self) {
        for name in ["respondent", "claimant"] {
            let draft = self.chancery.application(&self.case, COURT).await.unwrap();
            let said = format!("{:?}", draft.text.blocks);
            assert!(!said.contains("被申请人"), "all of them apply: {said}");
            let (actor, hash) = (actor(name), draft.text_hash());
            let look = Look::Typed("姓名".to_owned());
            let join = self.chancery.join_confirmation(
                &actor,
                self.case.id,
                COURT,
                &hash,
                (&look, Shown::default()),
            );
            self.case = join.await.unwrap();
        }
    }

    async fn accepted(&mut self) {
        let clerk = actor("clerk");
        let accept = self.chancery.accept_filing(&clerk, self.case.id);
        self.case = accept.await.unwrap();
    }

    async fn ruling(&self, decision: &Decision) -> Result<Draft, PaperworkError> {
        self.chancery
            .draft_ruling(&actor("judge"), &self.case, decision)
            .await
    }

    async fn reload(&mut self) {
        let dispatcher = actor("dispatcher");
        let case = casework::load(&self.chancery.desk, &dispatcher, self.case.id);
        self.case = case.await.unwrap();
    }

    async fn act(&mut self, name: &str, action: Action) {
        self.case = perform(&self.chancery.desk, &actor(name), self.case.id, action)
            .await
            .unwrap();
    }
}

on_each!(
    an_agreement_signed_by_all_and_sealed_is_one_whole_file,
    nothing_is_put_on_paper_that_changed_meanwhile,
    two_neighbours_can_sign_at_the_same_time,
    nobody_signs_a_text_they_have_not_read_nor_twice_nor_out_of_turn,
    the_court_finds_valid_what_both_applied_for,
    only_courts_with_jurisdiction_are_offered,
    the_court_s_numbers_have_no_gaps,
    what_is_not_accepted_is_ruled_on_under_a_number_of_its_own,
    a_ruling_is_not_written_while_a_condition_is_unanswered,
    a_ruling_is_issued_as_it_was_read_or_not_at_all,
    the_draft_that_was_read_is_made_again_byte_for_byte,
    an_end_without_agreement_gets_a_sealed_certificate,
    no_revision_of_any_paper_and_no_proof_is_swept,
);

async fn an_agreement_signed_by_all_and_sealed_is_one_whole_file(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    assert_eq!(house.case.stage.name(), "mediate.settled");
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted, "{report:?}");
    let fields: Vec<_> = report
        .signatures
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["party-1", "party-2", "mediator", "seal"]);
    assert_eq!(report.signatures[0].signer, "安和");
    assert!(report.unsigned.is_empty());
    let marks: BTreeSet<_> = report
        .signatures
        .iter()
        .map(|one| one.pseudonym.clone())
        .collect();
    assert_eq!(marks.len(), 4, "nobody shares a pseudonym");
    let agreement = &house.case.stage.settlement().unwrap().agreement;
    assert_eq!(agreement.number, "柳荫调协〔2026〕1号");
    // The law does not say whether the day itself counts: the paper does.
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let file = house.chancery.file(paper).await.unwrap();
    let read = dossier::text_in_order(&file).replace('\n', "");
    assert!(read.contains("日前（含当日）"), "{read}");
}

/// What is signed is the text of the very version that the mediator put on paper; a refused one spends no number.
async fn nothing_is_put_on_paper_that_changed_meanwhile(database: Database) {
    let mut house = house(database, true).await;
    let mediator = actor("mediator");
    let text = "双方都认可 5 月 3 日发生过争吵".to_owned();
    house.act("mediator", Action::NoteUndisputed { text }).await;
    house
        .act("claimant", Action::AgreeUndisputed { index: 0 })
        .await;
    let seen = house.case.clone();
    house
        .act("respondent", Action::AgreeUndisputed { index: 0 })
        .await;
    let stale = house
        .chancery
        .prepare_signing(&mediator, &seen, Order::Free)
        .await;
    assert!(
        matches!(
            stale,
            Err(PaperworkError::Casework(CaseworkError::OutOfOrder(
                OutOfOrder::Stale
            )))
        ),
        "{stale:?}"
    );
    let prepared = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free)
        .await;
    let signing = prepared.unwrap();
    let agreement = signing.stage.signing().unwrap();
    assert_eq!(agreement.number, "柳荫调协〔2026〕1号");
}

async fn two_neighbours_can_sign_at_the_same_time(database: Database) {
    let mut house = house(database, true).await;
    house.case = house
        .chancery
        .prepare_signing(&actor("mediator"), &house.case, Order::Free)
        .await
        .unwrap();
    house.willing().await;
    let read = house.text();
    let (one, other) = tokio::join!(
        house.sign("claimant", &read),
        house.sign("respondent", &read)
    );
    one.unwrap();
    other.unwrap();
    house.case = house.sign("mediator", &read).await.unwrap();
    assert_eq!(house.report(PaperKind::Agreement).await.signatures.len(), 3);
}

async fn nobody_signs_a_text_they_have_not_read_nor_twice_nor_out_of_turn(database: Database) {
    let mut house = house(database, true).await;
    house.case = house
        .chancery
        .prepare_signing(&actor("mediator"), &house.case, Order::Free)
        .await
        .unwrap();
    house.willing().await;
    let read = house.text();
    let refused = |result: Result<Case, PaperworkError>| match result {
        Err(PaperworkError::Casework(CaseworkError::OutOfOrder(why))) => why,
        other => panic!("{other:?}"),
    };
    let other_text = ContentHash::of(b"another text");
    assert_eq!(
        refused(house.sign("claimant", &other_text).await),
        OutOfOrder::PaperChanged
    );
    assert_eq!(
        refused(house.sign("mediator", &read).await),
        OutOfOrder::NotYourTurn
    );
    house.sign("claimant", &read).await.unwrap();
    assert_eq!(
        refused(house.sign("claimant", &read).await),
        OutOfOrder::AlreadyDone
    );
    assert!(matches!(
        house.sign("stranger", &read).await,
        Err(PaperworkError::Casework(CaseworkError::NotFound))
    ));
    house.act("mediator", Action::ReopenDraft).await;
    assert!(
        house.case.latest_paper(PaperKind::Agreement).is_none(),
        "an edit voids every signature"
    );
}

async fn the_court_finds_valid_what_both_applied_for(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    house.joined().await;
    assert_eq!(house.case.stage.name(), "confirm.filed");
    assert!(house.report(PaperKind::Application).await.accepted);
    house.accepted().await;
    let clear = all_clear(&house.chancery.desk.rules);
    house.act("judge", clear).await;
    let (judge, id) = (actor("judge"), house.case.id);
    let read = house.ruling(&Decision::Confirm).await.unwrap();
    let said = format!("{:?}", read.text.blocks);
    assert!(said.contains("书记员") && said.contains("孙书记"), "{said}");
    assert!(!said.contains("被申请人"), "all of them apply: {said}");
    let hash = read.hash();
    let issued =
        house
            .chancery
            .issue_ruling(&judge, id, &Decision::Confirm, &hash, Shown::default());
    house.case = issued.await.unwrap();
    let Stage::Confirm {
        phase: Phase::Valid { ruling },
        ..
    } = &house.case.stage
    else {
        panic!("{:?}", house.case.stage.name());
    };
    assert_eq!(ruling.filing.number, COURT_NUMBER);
    assert_eq!(ruling.served.len(), 2, "served on both at once");
    let report = house.report(PaperKind::Ruling).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    assert_eq!(report.signatures[1].signer, "柳荫区人民法院");
    let agreement = house.case.latest_paper(PaperKind::Agreement).unwrap();
    assert_eq!(report.refers_to, Some(agreement.hash.to_string()));
}

/// 民事诉讼法 205: the court of the committee's seat or of the place; nobody is sent to one that must refuse.
async fn only_courts_with_jurisdiction_are_offered(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    let far = OrganisationId(Uuid::from_u128(0xfa));
    let area = Area("hefeng/far".to_owned());
    let mut body =
        crate::storage::fixture::body(far, OrganisationKind::Court, "远处区人民法院", "远0101");
    body.organisation.area = area.clone();
    let kept: Result<(), crate::storage::StorageError> =
        write_tx!(house.chancery.desk.store, |tx| {
            insert_organisation(tx, &body).await
        });
    kept.unwrap();
    let offered = async |case: &Case| -> Vec<OrganisationId> {
        let courts = house.chancery.courts(case).await.unwrap();
        courts.into_iter().map(|court| court.id).collect()
    };
    assert_eq!(offered(&house.case).await, [COURT]);
    let refused = house.chancery.application(&house.case, far).await;
    assert!(refused.is_err(), "nor can it be asked");
    let mut case = house.case.clone();
    case.place.area = Some(area);
    assert_eq!(offered(&case).await, [COURT, far]);
    case.district = District("beiling".to_owned());
    assert_eq!(offered(&case).await, [], "no court of another district");
}

/// The number is drawn with the event of intake: what is refused, or done too late, leaves no gap.
async fn the_court_s_numbers_have_no_gaps(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    let clerk = actor("clerk");
    house.joined().await;
    let id = house.case.id;
    let it = &house.chancery;
    assert!(it.accept_filing(&actor("judge"), id).await.is_err());
    let unclear = refusal("unclear");
    assert!(
        house.ruling(&unclear).await.is_err(),
        "for after acceptance"
    );
    let case = it.accept_filing(&clerk, id).await.unwrap();
    assert!(it.accept_filing(&clerk, id).await.is_err());
    let Stage::Confirm { phase, .. } = &case.stage else {
        panic!("{}", case.stage.name());
    };
    assert_eq!(phase.filing().unwrap().number, COURT_NUMBER);
    let series = format!("court {COURT}");
    let next = crate::casework::foresee_number(&it.desk, &series).await;
    assert_eq!(next.unwrap().number, 2);
}

fn refusal(ground: &str) -> Decision {
    Decision::Refuse {
        grounds: vec![ground.to_owned()],
        reasons: "纠纷发生地和各方住所都不在本院辖区。".to_owned(),
    }
}

/// 解释 355: not to accept is a ruling, with a number, a paper and service like any other.
async fn what_is_not_accepted_is_ruled_on_under_a_number_of_its_own(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    house.joined().await;
    let (id, decision) = (house.case.id, refusal("other-court"));
    let clerk = actor("clerk");
    let refused = house.chancery.draft_ruling(&clerk, &house.case, &decision);
    assert!(refused.await.is_err(), "the judge rules");
    let read = house.ruling(&decision).await.unwrap();
    let said = format!("{:?}", read.text.blocks);
    for words in ["不予受理", "第三百五十五条", "不归收到申请的这家法院管"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("书记员"), "nobody took it in: {said}");
    assert_eq!(read.text.number, COURT_NUMBER);
    let (chancery, judge, hash) = (&house.chancery, actor("judge"), read.hash());
    let issued = chancery.issue_ruling(&judge, id, &decision, &hash, Shown::default());
    house.case = issued.await.unwrap();
    assert_eq!(house.case.stage.name(), "confirm.not_accepted");
    let report = house.report(PaperKind::Ruling).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    assert_eq!(report.signatures[1].signer, "柳荫区人民法院");
    let series = format!("court {COURT}");
    let next = crate::casework::foresee_number(&house.chancery.desk, &series).await;
    assert_eq!(next.unwrap().number, 2, "the number is drawn");
}

async fn a_ruling_is_not_written_while_a_condition_is_unanswered(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    house.joined().await;
    house.accepted().await;
    let refused = house.ruling(&Decision::Confirm).await;
    assert!(matches!(
        refused,
        Err(PaperworkError::Casework(CaseworkError::OutOfOrder(
            OutOfOrder::FindingsMissing
        )))
    ));
}

/// What the judge read is what is issued: the same case, decision and day give the same bytes, anything else others.
async fn a_ruling_is_issued_as_it_was_read_or_not_at_all(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    house.joined().await;
    house.accepted().await;
    let (judge, id) = (actor("judge"), house.case.id);
    let dismiss = |reasons: &str| Decision::Dismiss {
        grounds: vec!["unclear".to_owned()],
        reasons: reasons.to_owned(),
    };
    let decision = dismiss("第一条没有写明做到什么程度。");
    let read = house.ruling(&decision).await.unwrap();
    let clock = &house.chancery.desk.clock;
    clock.advance(jiff::SignedDuration::from_mins(3));
    assert_eq!(house.ruling(&decision).await.unwrap().bytes, read.bytes);
    let other = house.ruling(&dismiss("第二条没有写明。")).await.unwrap();
    assert_ne!(other.hash(), read.hash());
    let note = Action::Find {
        ticks: vec![Tick {
            condition: "unclear".to_owned(),
            clear: false,
            note: "另见第二条".to_owned(),
        }],
    };
    house.act("clerk", note).await;
    let chancery = &house.chancery;
    let hash = read.hash();
    let stale = chancery.issue_ruling(&judge, id, &decision, &hash, Shown::default());
    assert!(matches!(
        stale.await,
        Err(PaperworkError::Casework(CaseworkError::OutOfOrder(
            OutOfOrder::PaperChanged
        )))
    ));
    let hash = house.ruling(&decision).await.unwrap().hash();
    let issued = chancery.issue_ruling(&judge, id, &decision, &hash, Shown::default());
    house.case = issued.await.unwrap();
    assert_eq!(house.case.stage.name(), "confirm.dismissed");
}

async fn the_draft_that_was_read_is_made_again_byte_for_byte(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    let one = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    let again = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    assert_eq!(one.bytes, again.bytes);
    assert_ne!(one.id, DocumentId(Uuid::nil()));
    house.case.version += 1;
    let later = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    assert_ne!(one.verify_id, later.verify_id);
    let committee = house.chancery.application(&house.case, COMMITTEE).await;
    assert!(committee.is_err(), "a committee is no court");
}

async fn an_end_without_agreement_gets_a_sealed_certificate(database: Database) {
    let mut house = house(database, false).await;
    house
        .act(
            "mediator",
            Action::End {
                code: EndCode::TooFarApart,
            },
        )
        .await;
    let draft = house.chancery.draft_certificate(&house.case).await.unwrap();
    let holder = actor("seal_holder");
    let wrong = ContentHash::of(b"another");
    assert!(
        house
            .chancery
            .issue_certificate(&holder, house.case.id, &wrong, Shown::default())
            .await
            .is_err()
    );
    let issued = house
        .chancery
        .issue_certificate(&holder, house.case.id, &draft.hash(), Shown::default())
        .await;
    house.case = issued.unwrap();
    let report = house.report(PaperKind::NonSettlement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
}

/// Every file that lies in the house.
fn stored(folder: &std::path::Path) -> BTreeSet<ContentHash> {
    let entries = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap();
    entries(folder)
        .flat_map(|digits| entries(&digits.unwrap().path()))
        .map(|file| file.unwrap().file_name().to_str().unwrap().parse().unwrap())
        .collect()
}

async fn no_revision_of_any_paper_and_no_proof_is_swept(database: Database) {
    let mut house = house(database, true).await;
    let mediator = actor("mediator");
    let prepared = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.willing().await;
    house.sign("claimant", &house.text()).await.unwrap();
    // What was signed so far is void, and named by nothing but the events.
    house.act("mediator", Action::ReopenDraft).await;
    for name in ["claimant", "respondent"] {
        let revision = house.case.stage.work().unwrap().draft.revision;
        let clause = CLAUSE;
        let agree = Action::AgreeClause { clause, revision };
        house.act(name, agree).await;
    }
    house.settled().await;
    let proof = house.chancery.files.put("a receipt").await.unwrap();
    let report = Action::ReportPerformance {
        clause: CLAUSE,
        note: String::new(),
        proof: Some(proof.clone()),
    };
    house.act("respondent", report).await;
    house.joined().await;
    let all = stored(house.folder.path());
    assert!(all.len() > 8 && all.contains(&proof), "{}", all.len());

    let orphan = house.chancery.files.put("signed too late").await.unwrap();
    let mut read = house.chancery.desk.store.read().await.unwrap();
    let named = referred::files(&mut read).await.unwrap();
    let swept = house.chancery.files.sweep(&named, Timestamp::MAX).await;
    assert_eq!(swept.unwrap(), 1);
    assert!(!all.contains(&orphan) && stored(house.folder.path()) == all);
}

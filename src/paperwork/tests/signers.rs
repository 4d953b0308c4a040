//! Twenty parties, two mediators and an interpreter under one agreement.

use super::dossier::pdftotext;
use super::*;
use crate::domain::identity::PersonName;
use crate::domain::ids::PersonId;
use crate::domain::signature::{Device, Means};
use crate::domain::team::{Capacity, Member};
use crate::storage::accounts::people;
use crate::storage::{StorageError, office, register};

on_each!(
    twenty_parties_two_mediators_and_an_interpreter_sign_one_whole_file,
    in_a_fixed_order_the_second_waits_for_the_first,
    whoever_is_called_otherwise_since_it_was_laid_open_signs_what_is_laid_open_anew,
);

/// An agreement of so many parties, with a co-mediator and an interpreter beside them.
async fn crowd(database: Database, parties: usize) -> House {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed().with_parties(parties);
    let beside = |name, capacity| Member {
        person: actor(name).person().unwrap(),
        capacity,
        since: quarrel.now,
    };
    let team = [
        beside("other_mediator", Capacity::CoMediator),
        beside("stranger", Capacity::Interpreter),
    ];
    quarrel.case.team.extend(team);
    for (number, seat) in quarrel.case.parties.iter_mut().enumerate() {
        if let Some(check) = &mut seat.identity {
            check.fingerprint = format!("f{number}");
        }
    }
    let (now, case) = (quarrel.now, quarrel.case);
    house_of(database, case, now).await
}

impl House {
    /// Laid open, and every party willing.
    async fn prepared(&mut self, order: Order) {
        let (chancery, mediator) = (&self.chancery, actor("mediator"));
        let prepared = chancery.prepare_signing(&mediator, &self.case, order);
        self.case = prepared.await.unwrap();
        self.willing().await;
    }

    async fn sign_as(
        &self,
        person: PersonId,
        read: &ContentHash,
        shown: Shown,
    ) -> Result<Case, PaperworkError> {
        let actor = Actor::Person { person };
        self.chancery
            .sign(&actor, self.case.id, read, &drawn(), shown)
            .await
    }
}

async fn twenty_parties_two_mediators_and_an_interpreter_sign_one_whole_file(database: Database) {
    let mut house = crowd(database, 20).await;
    house.prepared(Order::Free).await;
    let read = house.text();
    let shown = Shown {
        identified: Some(Means::CodeByPhone),
        code_at: Some(house.chancery.desk.clock.now()),
        device: Some(Device::Phone),
    };
    let people: Vec<_> = house
        .case
        .parties
        .iter()
        .map(|it| it.person.unwrap())
        .collect();
    // As they come: the last first.
    for person in people.into_iter().rev() {
        house.case = house.sign_as(person, &read, shown).await.unwrap();
    }
    for name in ["other_mediator", "mediator", "stranger"] {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let holder = actor("seal_holder");
    let sealed = house
        .chancery
        .seal(&holder, house.case.id, &read, Shown::default());
    house.case = sealed.await.unwrap();
    assert_eq!(house.case.stage.name(), "mediate.settled");
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    assert_eq!(report.signatures.len(), 24);
    let fields: Vec<_> = report
        .signatures
        .iter()
        .map(|it| it.field.as_str())
        .collect();
    assert_eq!(fields[..2], ["party-20", "party-19"]);
    assert_eq!(fields[20..], ["member-1", "mediator", "member-2", "seal"]);
    let agreement = &house.case.stage.settlement().unwrap().agreement;
    assert_eq!(agreement.signatures[7].shown, shown);
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let text = pdftotext(&house.chancery.file(paper).await.unwrap()).replace(['\n', ' '], "");
    let last: Vec<_> = report.signatures[20..]
        .iter()
        .map(|it| it.signer.as_str())
        .collect();
    assert_eq!(last[..3], ["周和", "陈明", "林译"]);
    for words in [
        "共同调解员：周和",
        "调解员：陈明",
        "翻译：林译",
        "被申请人：康酉",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

async fn in_a_fixed_order_the_second_waits_for_the_first(database: Database) {
    let mut house = crowd(database, 3).await;
    house.prepared(Order::Fixed).await;
    let read = house.text();
    let early = house.sign("respondent", &read).await;
    let why = OutOfOrder::NotYourTurn;
    assert!(
        matches!(&early, Err(PaperworkError::Casework(CaseworkError::OutOfOrder(it))) if *it == why),
        "{early:?}"
    );
    for name in ["claimant", "respondent"] {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let early = house.sign("mediator", &read).await;
    assert!(early.is_err(), "the third party signs before");
}

impl House {
    async fn renamed_mediator(&self) {
        let store = &self.chancery.desk.store;
        let id = actor("mediator").person().unwrap();
        let found = people::load(&mut store.read().await.unwrap(), id).await;
        let mut person = found.unwrap().unwrap();
        person.name = PersonName::parse("陈铭").unwrap();
        let done: Result<(), StorageError> =
            write_tx!(store, |tx| { register::update_person(tx, &person).await });
        done.unwrap();
    }

    async fn renamed_committee(&self) {
        let store = &self.chancery.desk.store;
        let found = office::organisation(&mut store.read().await.unwrap(), COMMITTEE).await;
        let mut listed = found.unwrap().unwrap();
        listed.organisation.name.zh = "柳荫街道第一人民调解委员会".to_owned();
        let done: Result<(), StorageError> = write_tx!(store, |tx| {
            register::update_organisation(tx, &listed).await
        });
        done.unwrap();
    }

    /// Taken back, agreed to again and laid open with the names of today.
    async fn laid_anew(&mut self) {
        self.act("mediator", Action::ReopenDraft).await;
        let work = self.case.stage.work().unwrap();
        let (clause, revision) = (CLAUSE, work.draft.revision);
        for name in ["claimant", "respondent"] {
            self.act(name, Action::AgreeClause { clause, revision })
                .await;
        }
        self.prepared(Order::Free).await;
    }
}

fn is_other_name(done: &Result<Case, PaperworkError>) -> bool {
    let why = OutOfOrder::OtherName;
    matches!(done, Err(PaperworkError::Casework(CaseworkError::OutOfOrder(it))) if *it == why)
}

/// The verifier would call a signature in the new name under a place in the old one somebody else's.
async fn whoever_is_called_otherwise_since_it_was_laid_open_signs_what_is_laid_open_anew(
    database: Database,
) {
    let mut house = crowd(database, 2).await;
    house.prepared(Order::Free).await;
    house.renamed_mediator().await;
    let read = house.text();
    for name in ["claimant", "respondent", "other_mediator"] {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let refused = house.sign("mediator", &read).await;
    assert!(is_other_name(&refused), "{refused:?}");
    house.laid_anew().await;
    house.renamed_committee().await;
    let read = house.text();
    let all = [
        "claimant",
        "respondent",
        "other_mediator",
        "mediator",
        "stranger",
    ];
    for name in all {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let (holder, id) = (actor("seal_holder"), house.case.id);
    let sealed = house.chancery.seal(&holder, id, &read, Shown::default());
    let sealed = sealed.await;
    assert!(is_other_name(&sealed), "{sealed:?}");
    house.laid_anew().await;
    let read = house.text();
    for name in all {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let sealed = house.chancery.seal(&holder, id, &read, Shown::default());
    house.case = sealed.await.unwrap();
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    let names: Vec<_> = report
        .signatures
        .iter()
        .map(|it| it.signer.as_str())
        .collect();
    assert!(names.contains(&"陈铭"), "{names:?}");
    assert!(names.contains(&"柳荫街道第一人民调解委员会"), "{names:?}");
}

//! Twenty parties, two mediators and an interpreter under one agreement.

use super::dossier::pdftotext;
use super::*;
use crate::domain::ids::PersonId;
use crate::domain::signature::{Device, Means};
use crate::domain::team::{Capacity, Member};

on_each!(
    twenty_parties_two_mediators_and_an_interpreter_sign_one_whole_file,
    in_a_fixed_order_the_second_waits_for_the_first,
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

//! Whoever is asked for a word in writing is reminded once, and nobody who has written.

use super::*;
use crate::domain::fixture::MEDIATOR;
use crate::domain::identity::{Email, PersonName};
use crate::domain::ids::MessageId;
use crate::storage::accounts::people::{self, Person};

/// The parties agreed to write; the mediator can be reached by mail.
async fn in_writing(store: &Store, rules: &Rules) -> (Case, Timestamp) {
    let quarrel = Quarrel::new(rules).writing();
    let listed = body(COMMITTEE, OrganisationKind::People, "柳荫调委会", "柳荫");
    let mediator = Person {
        id: MEDIATOR,
        name: PersonName::parse("石磊").unwrap(),
        phone: None,
        mail: Email::parse("mediator@heyi.test").ok(),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: quarrel.now,
    };
    let stored: Result<()> = write_tx!(store, |tx| {
        office::insert_organisation(tx, &listed).await?;
        people::insert(tx, &mediator).await?;
        cases::insert(tx, &quarrel.case).await
    });
    stored.unwrap();
    (quarrel.case.clone(), quarrel.now)
}

/// To whom the messages of this name went.
async fn told(store: &Store, name: &str) -> Vec<String> {
    let mut read = store.read().await.unwrap();
    let all = messages::newest(&mut read, 100).await.unwrap();
    let named = all.into_iter().filter(|it| it.name == name);
    named.map(|it| it.address).collect()
}

#[tokio::test]
async fn who_has_not_answered_is_reminded_on_the_last_morning_and_the_mediator_hears_of_it() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = in_writing(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (mut worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules,
        };
        let write = async |name: &str| {
            let message = MessageId(uuid::Uuid::nil());
            let action = Action::WriteMessage { message };
            perform(&desk, &actor(name), case.id, action).await.unwrap();
        };
        write("mediator").await;
        clock.advance(SignedDuration::from_hours(1));
        write("claimant").await;
        worker.turn().await.unwrap();
        assert_eq!(told(&store, "answer-due").await, Vec::<String>::new());
        clock.advance(SignedDuration::from_hours(3 * 24));
        worker.turn().await.unwrap();
        let mut reminded = told(&store, "answer-due").await;
        reminded.sort();
        let respondent = case.parties[1].contact.phone.as_ref().unwrap();
        assert_eq!(reminded[0], respondent.as_e164(), "and not the claimant");
        assert!(reminded[1..].iter().all(|it| it == "mediator@heyi.test"));
        assert_eq!(told(&store, "answer-over").await, Vec::<String>::new());
        clock.advance(SignedDuration::from_hours(24));
        worker.turn().await.unwrap();
        assert_eq!(told(&store, "answer-over").await, ["mediator@heyi.test"]);
        assert_eq!(told(&store, "answer-due").await.len(), 2, "once each");
    })
    .await;
}

/// The mediation itself ends on a day that no list must hide behind a word that a party owes.
#[tokio::test]
async fn a_party_s_silence_stands_on_the_lists_until_the_mediator_was_told_of_it() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = in_writing(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (mut worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules,
        };
        let mediator = actor("mediator");
        let message = MessageId(uuid::Uuid::nil());
        let action = Action::WriteMessage { message };
        let asked = perform(&desk, &mediator, case.id, action).await.unwrap();
        let turn = asked.turns().next().unwrap().due.at;
        let end = asked.stage.due().unwrap().at;
        let listed = async || {
            let rows = crate::casework::list(&desk, &mediator, None, 9)
                .await
                .unwrap();
            rows[0].due_at.unwrap()
        };
        worker.turn().await.unwrap();
        assert_eq!((listed().await, turn < end), (turn, true));
        clock.advance(SignedDuration::from_hours(5 * 24));
        worker.turn().await.unwrap();
        assert_eq!(told(&store, "answer-over").await, ["mediator@heyi.test"]);
        assert_eq!(listed().await, end);
    })
    .await;
}

//! Whoever is asked for a word in writing is reminded once, and nobody who has written.

use super::committee::Committee;
use super::*;
use crate::domain::fixture::MEDIATOR;
use crate::domain::ids::MessageId;

/// The parties agreed to write; the mediator can be reached by mail.
async fn in_writing(store: &Store, rules: &Rules) -> Committee {
    let quarrel = Quarrel::new(rules).writing();
    let staff = [(MEDIATOR, "石磊", "mediator@heyi.test", [].as_slice())];
    Committee::of(store, &quarrel, &staff).await
}

impl Committee {
    async fn writes(&self, name: &str) -> Case {
        let message = MessageId(uuid::Uuid::nil());
        self.act(name, Action::WriteMessage { message }).await
    }
}

#[tokio::test]
async fn who_has_not_answered_is_reminded_on_the_last_morning_and_the_mediator_hears_of_it() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let mut house = in_writing(&store, &rules).await;
        house.writes("mediator").await;
        house.clock.advance(SignedDuration::from_hours(1));
        house.writes("claimant").await;
        house.worker.turn().await.unwrap();
        assert_eq!(house.told("answer-due").await, Vec::<String>::new());
        house.clock.advance(SignedDuration::from_hours(3 * 24));
        house.worker.turn().await.unwrap();
        let mut reminded = house.told("answer-due").await;
        reminded.sort();
        let respondent = house.case.parties[1].contact.phone.as_ref().unwrap();
        assert_eq!(reminded[0], respondent.as_e164(), "and not the claimant");
        assert!(reminded[1..].iter().all(|it| it == "mediator@heyi.test"));
        assert_eq!(house.told("answer-over").await, Vec::<String>::new());
        house.clock.advance(SignedDuration::from_hours(24));
        house.worker.turn().await.unwrap();
        assert_eq!(house.told("answer-over").await, ["mediator@heyi.test"]);
        assert_eq!(house.told("answer-due").await.len(), 2, "once each");
    })
    .await;
}

/// The mediation itself ends on a day that no list must hide behind a word that a party owes.
#[tokio::test]
async fn a_party_s_silence_stands_on_the_lists_until_the_mediator_was_told_of_it() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let mut house = in_writing(&store, &rules).await;
        let asked = house.writes("mediator").await;
        let turn = asked.turns().next().unwrap().due.at;
        let end = asked.stage.due().unwrap().at;
        let desk = house.desk.clone();
        let listed = async || {
            let rows = crate::casework::list(&desk, &actor("mediator"), None, 9).await;
            rows.unwrap()[0].due_at.unwrap()
        };
        house.worker.turn().await.unwrap();
        assert_eq!((listed().await, turn < end), (turn, true));
        house.clock.advance(SignedDuration::from_hours(5 * 24));
        house.worker.turn().await.unwrap();
        assert_eq!(house.told("answer-over").await, ["mediator@heyi.test"]);
        assert_eq!(listed().await, end);
    })
    .await;
}

//! Sheets that nobody scans, and a scan that waits for a second look: who is asked, and how often.

use super::committee::Committee;
use super::*;
use crate::domain::fixture::MEDIATOR;

const HEAD: PersonId = PersonId(uuid::Uuid::from_u128(0xbb));

/// Whoever mediates keeps the seal as well, and so does the head.
async fn small_committee(store: &Store, rules: &Rules) -> Committee {
    let quarrel = Quarrel::new(rules).signing();
    let mediates = [Role::Mediator, Role::SealHolder];
    let heads = [Role::SealHolder, Role::Head];
    let staff = [
        (MEDIATOR, "石磊", "mediator@heyi.test", mediates.as_slice()),
        (HEAD, "方正", "head@heyi.test", heads.as_slice()),
    ];
    Committee::of(store, &quarrel, &staff).await
}

/// How many messages of this name went to the mediator, and to the head.
async fn told(house: &Committee, name: &str) -> (usize, usize) {
    let sent = house.told(name).await;
    let to = |address: &str| sent.iter().filter(|it| *it == address).count();
    (to("mediator@heyi.test"), to("head@heyi.test"))
}

#[tokio::test]
async fn whoever_has_the_sheets_is_asked_week_by_week_and_the_head_from_the_second_on() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let mut house = small_committee(&store, &rules).await;
        let now = house.clock.now();
        let printed = Action::SignOnPaper {
            from_hash: house.case.papers[0].hash.clone(),
            to_hash: ContentHash::of(b"printed"),
        };
        let printed = house.act("mediator", printed).await;
        let lapses = printed.stage.signing().unwrap().lapses.clone().unwrap();
        let day = SignedDuration::from_hours(24);
        house.clock.advance(lapses.at.duration_since(now) + day);
        house.worker.turn().await.unwrap();
        assert_eq!(told(&house, "sheets-due").await, (1, 0));
        for week in 1..4 {
            house.clock.advance(day * 7);
            for _ in 0..2 {
                house.worker.turn().await.unwrap();
            }
            assert_eq!(told(&house, "sheets-due").await, (week + 1, week));
        }
        let certified = Action::CertifyScan {
            from_hash: ContentHash::of(b"printed"),
            to_hash: ContentHash::of(b"certified"),
            files: vec![ContentHash::of(b"scan")],
            last_signed: house.clock.now(),
            shown: None,
        };
        house.act("mediator", certified).await;
        house.worker.turn().await.unwrap();
        let asked = told(&house, "scan-to-confirm").await;
        assert_eq!(asked, (0, 1), "once, and not who certified it");
        house.clock.advance(day * 14);
        house.worker.turn().await.unwrap();
        assert_eq!(told(&house, "sheets-due").await, (4, 3), "and no more");
    })
    .await;
}

//! Sheets that nobody scans, and a scan that waits for a second look: who is asked, and how often.

use super::*;
use crate::domain::fixture::MEDIATOR;
use crate::domain::identity::Email;

const HEAD: PersonId = PersonId(uuid::Uuid::from_u128(0xbb));

fn staff(id: PersonId, name: &str, mail: &str, now: Timestamp) -> Person {
    Person {
        id,
        name: PersonName::parse(name).unwrap(),
        phone: None,
        mail: Email::parse(mail).ok(),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: now,
    }
}

/// A small committee: whoever mediates keeps the seal as well, and so does the head.
async fn small_committee(store: &Store, rules: &Rules) -> (Case, Timestamp) {
    let quarrel = Quarrel::new(rules).signing();
    let now = quarrel.now;
    let listed = body(COMMITTEE, OrganisationKind::People, "柳荫调委会", "柳荫");
    let people = [
        staff(MEDIATOR, "石磊", "mediator@heyi.test", now),
        staff(HEAD, "方正", "head@heyi.test", now),
    ];
    let posts = [
        (MEDIATOR, Role::Mediator),
        (MEDIATOR, Role::SealHolder),
        (HEAD, Role::SealHolder),
        (HEAD, Role::Head),
    ];
    let stored: Result<()> = write_tx!(store, |tx| {
        office::insert_organisation(tx, &listed).await?;
        for person in &people {
            people::insert(tx, person).await?;
        }
        for (person, role) in posts {
            let organisation = COMMITTEE;
            office::give_post(tx, person, Post { organisation, role }).await?;
        }
        cases::insert(tx, &quarrel.case).await
    });
    stored.unwrap();
    (quarrel.case.clone(), now)
}

/// How many messages of this name went to the mediator, and to the head.
async fn told(store: &Store, name: &str) -> (usize, usize) {
    let mut read = store.read().await.unwrap();
    let all = messages::newest(&mut read, 100).await.unwrap();
    let to = |address: &str| {
        let sent = all.iter().filter(|it| it.name == name);
        sent.filter(|it| it.address == address).count()
    };
    (to("mediator@heyi.test"), to("head@heyi.test"))
}

#[tokio::test]
async fn whoever_has_the_sheets_is_asked_week_by_week_and_the_head_from_the_second_on() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = small_committee(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (mut worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules,
        };
        let mediates = async |action: Action| {
            let done = perform(&desk, &actor("mediator"), case.id, action).await;
            done.unwrap()
        };
        let printed = mediates(Action::SignOnPaper {
            from_hash: case.papers[0].hash.clone(),
            to_hash: ContentHash::of(b"printed"),
        })
        .await;
        let lapses = printed.stage.signing().unwrap().lapses.clone().unwrap();
        let day = SignedDuration::from_hours(24);
        clock.advance(lapses.at.duration_since(now) + day);
        worker.turn().await.unwrap();
        assert_eq!(told(&store, "sheets-due").await, (1, 0));
        for week in 1..4 {
            clock.advance(day * 7);
            for _ in 0..2 {
                worker.turn().await.unwrap();
            }
            assert_eq!(told(&store, "sheets-due").await, (week + 1, week));
        }
        mediates(Action::CertifyScan {
            from_hash: ContentHash::of(b"printed"),
            to_hash: ContentHash::of(b"certified"),
            files: vec![ContentHash::of(b"scan")],
            last_signed: clock.now(),
            shown: None,
        })
        .await;
        worker.turn().await.unwrap();
        let asked = told(&store, "scan-to-confirm").await;
        assert_eq!(asked, (0, 1), "once, and not who certified it");
        clock.advance(day * 14);
        worker.turn().await.unwrap();
        assert_eq!(told(&store, "sheets-due").await, (4, 3), "and no more");
    })
    .await;
}

//! Messages through the queue, with real carriers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::accounts::secrets::Secrets;
use crate::clock::Clock;
use crate::config::{Config, Secret, Sms};
use crate::domain::fixture::Quarrel;
use crate::domain::message::Channel;
use crate::i18n::Texts;
use crate::storage::cases;
use crate::storage::files::FileError;
use crate::storage::fixture::on_both;
use crate::storage::jobs::dead;
use crate::storage::messages::{self, Message, NewMessage};
use crate::storage::{Result, Store, write_tx};

fn worker(store: &Store, config: &Config, demo: bool) -> (Worker, Arc<Clock>) {
    let clock = Clock::fixed(Timestamp::from_second(1_800_000_000).unwrap());
    let folder = tempfile::tempdir().unwrap();
    worker_with(
        store,
        config,
        demo,
        clock,
        Files::open(folder.path()).unwrap(),
    )
}

fn worker_with(
    store: &Store,
    config: &Config,
    demo: bool,
    clock: Clock,
    files: Files,
) -> (Worker, Arc<Clock>) {
    let clock = Arc::new(clock);
    let texts = Arc::new(Texts::load(None).unwrap());
    let worker = Worker::new(Work {
        desk: Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::new(crate::domain::fixture::rules()),
        },
        accounts: Accounts {
            store: store.clone(),
            clock: Arc::clone(&clock),
            secrets: Arc::new(Secrets::fleeting(&clock)),
        },
        files,
        carriers: Arc::new(Carriers::new(config, demo, Arc::clone(&texts)).unwrap()),
        texts,
        base_url: "https://heyi.test".to_owned(),
        demo,
    });
    (worker, clock)
}

async fn post(store: &Store, now: Timestamp) {
    let message = NewMessage {
        key: "k".to_owned(),
        channel: Channel::Sms,
        address: "+8619900000020".to_owned(),
        locale: "zh-CN".to_owned(),
        name: "code-sign-in".to_owned(),
        facts: BTreeMap::from([
            ("code".to_owned(), "123456".to_owned()),
            ("minutes".to_owned(), "10".to_owned()),
        ]),
        case: None,
        calendar: None,
    };
    let posted: Result<bool> = write_tx!(store, |tx| { messages::post(tx, &message, now).await });
    assert!(posted.unwrap());
}

async fn only(store: &Store) -> Message {
    let mut all = messages::newest(&mut store.read().await.unwrap(), 10)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test]
async fn a_demo_town_delivers_into_its_outbox() {
    on_both(async |store| {
        let (worker, clock) = worker(&store, &Config::default(), true);
        post(&store, clock.now()).await;
        assert_eq!(worker.drain().await.unwrap(), 1);
        let message = only(&store).await;
        assert_eq!(message.sent_at, Some(clock.now()));
        let words = message.words.unwrap();
        assert!(words.body.contains("123456"), "{words:?}");
        assert_eq!(worker.drain().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_is_down_is_tried_again_until_staff_must_look() {
    on_both(async |store| {
        let config = Config {
            sms: Sms::Gateway {
                url: "http://127.0.0.1:9/".to_owned(),
                token: Secret::from("t"),
            },
            ..Config::default()
        };
        let (worker, clock) = worker(&store, &config, false);
        post(&store, clock.now()).await;
        assert_eq!(worker.drain().await.unwrap(), 1);
        assert_eq!(worker.drain().await.unwrap(), 0, "it waits");
        let message = only(&store).await;
        assert_eq!((message.sent_at, message.failed_at), (None, None));
        for _ in 0..14 {
            clock.advance(SignedDuration::from_hours(2));
            assert_eq!(worker.drain().await.unwrap(), 1);
        }
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(worker.drain().await.unwrap(), 0, "it was given up");
        assert!(only(&store).await.failed_at.is_some());
        let dead = dead(&mut store.read().await.unwrap(), 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts), (1, 15));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_no_record_names_goes_after_a_week_and_no_other() {
    on_both(async |store| {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let named = files.put("signed by all").await.unwrap();
        let lost = files.put("signed too late").await.unwrap();
        let rules = crate::domain::fixture::rules();
        let mut case = Quarrel::new(&rules).signing().case;
        case.papers[0].hash = named.clone();
        let stored: Result<()> = write_tx!(store, |tx| { cases::insert(tx, &case).await });
        stored.unwrap();
        let clock = Clock::fixed(Clock::system().now());
        let (mut worker, clock) =
            worker_with(&store, &Config::default(), true, clock, files.clone());
        worker.turn().await.unwrap();
        files.get(&lost).await.unwrap();
        clock.advance(SignedDuration::from_hours(8 * 24));
        worker.turn().await.unwrap();
        files.get(&named).await.unwrap();
        let gone = files.get(&lost).await;
        assert!(matches!(gone, Err(FileError::Missing(_))), "{gone:?}");
    })
    .await;
}

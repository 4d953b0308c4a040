//! Messages through the queue, with real carriers.

mod anchors;
mod committee;
mod recordings;
mod reminders;
mod sheets;
mod turns;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::*;
use crate::accounts::secrets::Secrets;
use crate::casework::{history, load, perform, send_link};
use crate::clock::Clock;
use crate::config::{Config, Secret, Sms};
use crate::documents::keys::Authority;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::case::Case;
use crate::domain::fixture::{CLAIMANT, CLAUSE, COMMITTEE, COURT, Quarrel, RESPONDENT, actor};
use crate::domain::hash::ContentHash;
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::{DocumentId, OrganisationId, PersonId};
use crate::domain::job::JobKind;
use crate::domain::message::Channel;
use crate::domain::organisation::town::{self, Town};
use crate::domain::organisation::{Area, OrganisationKind};
use crate::domain::paper::PaperKind;
use crate::domain::rules::Rules;
use crate::domain::service;
use crate::i18n::Texts;
use crate::storage::accounts::people::{self, Person};
use crate::storage::cases;
use crate::storage::files::FileError;
use crate::storage::fixture::{body, on_both};
use crate::storage::jobs::{self, dead};
use crate::storage::messages::{self, Message, NewMessage};
use crate::storage::office::{self, Listed};
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
    let recordings = std::path::PathBuf::new();
    worker_over(store, (config, demo), clock, (files, recordings))
}

/// One that finds files and recordings in these places.
fn worker_over(
    store: &Store,
    (config, demo): (&Config, bool),
    clock: Clock,
    (files, recordings): (Files, std::path::PathBuf),
) -> (Worker, Arc<Clock>) {
    let clock = Arc::new(clock);
    let texts = Arc::new(Texts::load(None).unwrap());
    let desk = Desk {
        store: store.clone(),
        clock: Arc::clone(&clock),
        rules: Arc::new(crate::domain::fixture::rules()),
    };
    let chancery = Chancery {
        desk: desk.clone(),
        files: files.clone(),
        authority: Arc::new(Authority::create(&clock).unwrap()),
        texts: Arc::clone(&texts),
        key: Zeroizing::new(clock.random()),
        address: "https://heyi.test".to_owned(),
    };
    let worker = Worker::new(Work {
        desk,
        chancery: Arc::new(chancery),
        accounts: Accounts {
            store: store.clone(),
            clock: Arc::clone(&clock),
            secrets: Arc::new(Secrets::fleeting(&clock)),
        },
        files,
        recordings,
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
async fn a_job_whose_message_is_gone_is_given_up_at_once() {
    on_both(async |store| {
        let (worker, clock) = worker(&store, &Config::default(), true);
        let lost = jobs::NewJob {
            kind: JobKind::SendMessage,
            key: "message/lost".to_owned(),
            payload: serde_json::json!({ "message": uuid::Uuid::nil() }),
            not_before: clock.now(),
        };
        let enqueued: Result<bool> =
            write_tx!(store, |tx| { jobs::enqueue(tx, &lost, clock.now()).await });
        assert!(enqueued.unwrap());
        assert_eq!(worker.drain().await.unwrap(), 1);
        let mut read = store.read().await.unwrap();
        assert_eq!(dead(&mut read, 10).await.unwrap().len(), 1);
        assert_eq!(
            jobs::next_due(&mut read).await.unwrap(),
            None,
            "no lease is left"
        );
    })
    .await;
}

/// The party's link in the newest message.
async fn newest_link(store: &Store) -> String {
    let all = messages::newest(&mut store.read().await.unwrap(), 1).await;
    let words = all.unwrap().remove(0).words.unwrap().body;
    let rest = words.split("https://heyi.test/i/").nth(1).unwrap();
    rest.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect()
}

#[tokio::test]
async fn a_link_is_sent_again_once_an_hour_and_is_another_after_it_has_lapsed() {
    on_both(async |store| {
        let (worker, clock) = worker(&store, &Config::default(), true);
        let rules = crate::domain::fixture::rules();
        let case = Quarrel::new(&rules).inviting().case;
        let party = case.parties[1].id;
        let town = Town::parse(&town::tests::two_districts(), &town::tests::FILES).unwrap();
        let committee = Listed {
            id: case.organisation,
            organisation: town.organisations["liuyin"].clone(),
        };
        let stored: Result<()> = write_tx!(store, |tx| {
            office::insert_organisation(tx, &committee).await?;
            cases::insert(tx, &case).await
        });
        stored.unwrap();
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::new(rules),
        };
        let dispatcher = crate::domain::fixture::actor("dispatcher");
        let send = async || {
            for _ in 0..2 {
                send_link(&desk, &dispatcher, case.id, party).await.unwrap();
            }
            while worker.drain().await.unwrap() > 0 {}
            newest_link(&store).await
        };
        let first = send().await;
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(send().await, first, "in force");
        clock.advance(SignedDuration::from_hours(181 * 24));
        assert_ne!(send().await, first);
        let all = messages::newest(&mut store.read().await.unwrap(), 10).await;
        assert_eq!(all.unwrap().len(), 3, "two an hour are one");
        for stranger in ["respondent", "claimant", "stranger"] {
            let actor = crate::domain::fixture::actor(stranger);
            let refused = send_link(&desk, &actor, case.id, party).await;
            assert!(
                matches!(refused, Err(CaseworkError::NotFound)),
                "{stranger}"
            );
        }
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

/// A case that lacks nothing but the seal, whose committee is known.
async fn signed_by_all(store: &Store, rules: &Rules) -> (Case, Timestamp) {
    let mut quarrel = Quarrel::new(rules).signing();
    for name in ["claimant", "respondent", "mediator"] {
        quarrel.sign_next(name);
    }
    let listed = body(
        COMMITTEE,
        OrganisationKind::People,
        "柳荫街道人民调解委员会",
        "柳荫",
    );
    let court = body(COURT, OrganisationKind::Court, "和风区人民法院", "和0199");
    let stored: Result<()> = write_tx!(store, |tx| {
        office::insert_organisation(tx, &listed).await?;
        office::insert_organisation(tx, &court).await?;
        cases::insert(tx, &quarrel.case).await
    });
    stored.unwrap();
    (quarrel.case.clone(), quarrel.now)
}

/// 民事诉讼法 205: thirty days from the day on which the agreement takes effect.
#[tokio::test]
async fn an_application_that_one_party_never_joined_lapses_with_an_event_and_a_notice() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = signed_by_all(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (mut worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::clone(&rules),
        };
        let from_hash = case.papers[0].hash.clone();
        let to_hash = ContentHash::of(b"sealed");
        let seal = Action::Seal {
            from_hash,
            to_hash,
            shown: None,
        };
        let sealed = perform(&desk, &actor("seal_holder"), case.id, seal).await;
        let last_day = sealed.unwrap().stage.settlement().unwrap().confirm_by.at;
        let mut paper = Quarrel::new(&rules).paper(PaperKind::Application, "one");
        paper.verify_id = "1".repeat(32);
        let join = Action::JoinConfirmation {
            court: COURT,
            from_hash: None,
            paper,
            shown: None,
        };
        perform(&desk, &actor("respondent"), case.id, join)
            .await
            .unwrap();

        let until = last_day.duration_since(clock.now());
        assert!(until.as_hours() > 29 * 24, "{until}");
        clock.advance(until - SignedDuration::from_hours(1));
        worker.turn().await.unwrap();
        let stage = async || load(&desk, &Actor::Clock, case.id).await.unwrap().stage;
        assert_eq!(stage().await.name(), "confirm.prepared");
        clock.advance(SignedDuration::from_hours(25));
        worker.turn().await.unwrap();
        assert_eq!(stage().await.name(), "perform");
        let events = history(&desk, &Actor::Clock, case.id).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!(
            (last.kind.as_str(), &last.actor),
            ("lapse_confirmation", &Actor::Clock)
        );
        let mut read = store.read().await.unwrap();
        let all = messages::newest(&mut read, 100).await.unwrap();
        let told: Vec<_> = all
            .iter()
            .filter(|it| it.name == "confirmation-lapsed")
            .collect();
        assert_eq!(told.len(), 2, "both parties");
        assert!(told.iter().all(|message| message.sent_at.is_some()));
    })
    .await;
}

/// 在线诉讼规则 29: no paper reaches anybody in a way that they did not agree to.
#[tokio::test]
async fn who_wants_paper_is_told_that_it_comes_and_who_chose_a_way_is_told_by_that() {
    on_both(async |store| {
        let rules = Arc::new(crate::domain::fixture::rules());
        let (case, now) = signed_by_all(&store, &rules).await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let config = Config::default();
        let (worker, clock) = worker_with(&store, &config, true, Clock::fixed(now), files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::clone(&rules),
        };
        let ways = [
            ("claimant", CLAIMANT, Vec::new()),
            ("respondent", RESPONDENT, vec![service::Channel::Sms]),
        ];
        for (number, (name, party, channels)) in ways.into_iter().enumerate() {
            let mut paper = Quarrel::new(&rules).paper(PaperKind::ServiceAddress, name);
            paper.party = Some(party);
            paper.id = DocumentId(uuid::Uuid::from_u128(300 + number as u128));
            paper.verify_id = format!("{number}").repeat(32);
            let wish = service::Wish {
                address: "柳荫里 3 号楼 502 室".to_owned(),
                receiver: None,
                channels: channels.into_iter().collect(),
            };
            let confirm = Action::ConfirmService { wish, paper };
            perform(&desk, &actor(name), case.id, confirm)
                .await
                .unwrap();
        }
        let from_hash = case.papers[0].hash.clone();
        let to_hash = ContentHash::of(b"sealed");
        let seal = Action::Seal {
            from_hash,
            to_hash,
            shown: None,
        };
        perform(&desk, &actor("seal_holder"), case.id, seal)
            .await
            .unwrap();
        while worker.drain().await.unwrap() > 0 {}
        let mut read = store.read().await.unwrap();
        let all = messages::newest(&mut read, 100).await.unwrap();
        let to = |phone: &str| {
            let mut names: Vec<_> = all
                .iter()
                .filter(|it| it.address == phone)
                .map(|it| (it.name.as_str(), it.facts.contains_key("link")))
                .collect();
            names.sort_unstable();
            names
        };
        assert_eq!(to("+8613800000001"), [("paper-comes", false)]);
        assert_eq!(to("+8613800000002"), [("settled", true)]);
    })
    .await;
}

/// Two stations and a committee, each with a grid worker, of whom the first is near the place of the case.
async fn grid_workers(store: &Store) {
    let committee = body(COMMITTEE, OrganisationKind::People, "柳荫调委会", "柳荫");
    let station = OrganisationKind::GridStation;
    let places = [
        (station, "hefeng/qingshi", "13800000031"),
        (station, "hefeng/nanqiao", "13800000032"),
        (OrganisationKind::People, "hefeng/qingshi", "13800000033"),
    ];
    let stored: Result<()> = write_tx!(store, |tx| {
        office::insert_organisation(tx, &committee).await?;
        for (number, (kind, area, phone)) in (0x901..).zip(places) {
            let id = uuid::Uuid::from_u128(number);
            let mut place = body(OrganisationId(id), kind, "网格站", "网");
            place.organisation.area = Area(area.to_owned());
            office::insert_organisation(tx, &place).await?;
            let worker = Person {
                id: PersonId(id),
                name: PersonName::parse("网格员").unwrap(),
                phone: Some(Phone::parse(phone).unwrap()),
                mail: None,
                locale: "zh-CN".to_owned(),
                elder: false,
                created_at: Timestamp::UNIX_EPOCH,
            };
            people::insert(tx, &worker).await?;
            let (organisation, role) = (place.id, Role::GridWorker);
            office::give_post(tx, worker.id, Post { organisation, role }).await?;
        }
        Ok(())
    });
    stored.unwrap();
}

/// 就地核实: who may look is told where to read what, and neither names nor number.
#[tokio::test]
async fn grid_workers_of_the_place_are_told_that_a_look_is_asked_for_and_nobody_elsewhere() {
    on_both(async |store| {
        let rules = crate::domain::fixture::rules();
        let mut quarrel = Quarrel::new(&rules).settled();
        quarrel.case.place.area = Some(Area("hefeng/qingshi/liuyin".to_owned()));
        quarrel.act(
            "claimant",
            Action::AcknowledgePerformance { clause: CLAUSE },
        );
        grid_workers(&store).await;
        let kept: Result<()> = write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await });
        kept.unwrap();
        let (mut worker, clock) = worker(&store, &Config::default(), true);
        let desk = Desk {
            store: store.clone(),
            clock,
            rules: Arc::new(crate::domain::fixture::rules()),
        };
        let what = "看看客厅的地垫".to_owned();
        let ask = Action::AskVerification { what };
        perform(&desk, &actor("mediator"), quarrel.case.id, ask)
            .await
            .unwrap();
        worker.turn().await.unwrap();
        let all = messages::newest(&mut store.read().await.unwrap(), 100)
            .await
            .unwrap();
        let told: Vec<_> = all.iter().filter(|it| it.name == "look-asked").collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].address.ends_with("13800000031"),
            "{}",
            told[0].address
        );
        assert!(told[0].facts["link"].ends_with("/visits"));
        let texts = Texts::load(None).unwrap();
        let facts = told[0]
            .facts
            .iter()
            .map(|(name, fact)| (name.as_str(), fact.as_str().into()));
        let facts: Vec<_> = facts.collect();
        let said = texts.t(crate::i18n::Locale::ZhCn, "notice-look-asked-body", &facts);
        assert!(
            !said.contains(&quarrel.case.number) && !said.contains("地垫"),
            "{said}"
        );
    })
    .await;
}

//! A thousand waiting cases ranked over a hundred and eighty mediators, with everything read from each database.

use std::time::Instant;

use heyi::casework::{Desk, NewCase, NewClaim, NewParty, Origin, open};
use heyi::clock::Clock;
use heyi::config::DatabaseUrl;
use heyi::domain::actor::Actor;
use heyi::domain::assignment::{Encounter, MetAs, Tie, marks};
use heyi::domain::case::{Case, Place};
use heyi::domain::claim::ClaimKind;
use heyi::domain::deadline::{Basis, Due};
use heyi::domain::identity::{PersonName, Phone};
use heyi::domain::ids::{CaseId, OrganisationId, PartyId, PersonId};
use heyi::domain::organisation::{
    Area, Language, MediatorProfile, Organisation, OrganisationKey, OrganisationKind,
};
use heyi::domain::party::Contact;
use heyi::domain::rules::{DisputeKey, Rules};
use heyi::domain::stage::{Choice, Mediate, Stage};
use heyi::domain::track::Track;
use heyi::domain::wording::Wording;
use heyi::office::propose_all;
use heyi::storage::office::{self, Listed, RosterRow};
use heyi::storage::{StorageError, Store, cases, encounters, write_tx};
use uuid::Uuid;

use super::figure::{Target, percentile, print};
use super::support::postgres::fresh_database;

const CASES: u128 = 1_000;
const COMMITTEES: u128 = 20;
const MEDIATORS: u128 = 180;
const ROUNDS: usize = 5;

pub(crate) async fn measure() {
    let folder = tempfile::TempDir::new().unwrap();
    let sqlite = DatabaseUrl::Sqlite(folder.path().join("bench.db"));
    run("sqlite", &sqlite).await;
    run("postgres", &DatabaseUrl::Postgres(fresh_database().await)).await;
}

async fn run(database: &str, url: &DatabaseUrl) {
    let desk = Desk {
        store: Store::open(url).await.unwrap(),
        clock: Clock::system().into(),
        rules: rules().into(),
    };
    town(&desk).await;
    let first = open_by(&desk, 0).await;
    wait(&desk, &first).await;
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let mut read = desk.store.read().await.unwrap();
        let most = i64::try_from(CASES).unwrap();
        let waiting = cases::waiting(&mut read, organisation(0), most).await;
        let waiting = waiting.unwrap();
        let now = desk.clock.now();
        let ranked = propose_all(&mut read, &desk.rules, &waiting, now).await;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        let ranked = ranked.unwrap();
        assert_eq!(ranked.len(), usize::try_from(CASES).unwrap());
        for case in &ranked {
            let said = case.iter().map(|it| it.mediators.len() + it.excluded.len());
            assert_eq!(said.sum::<usize>(), usize::try_from(MEDIATORS).unwrap());
        }
    }
    let metric = format!("{database}_1000_cases_180_mediators");
    let median = percentile(&mut times, 50);
    print("assign", &metric, median, "ms", Target::AtMost(1000.0));
}

pub(super) fn rules() -> Rules {
    let read = |name: &str| {
        let file = format!("{}/assets/data/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(file).unwrap()
    };
    let texts = Rules::FILES.map(|name| (name, read(name)));
    let files = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
    Rules::parse(&files).unwrap()
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(0x1000 + number))
}

fn mediator(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x2000 + number))
}

fn area(number: u128) -> Area {
    Area(format!("hefeng/jie{}/li{number}", number % 5))
}

/// Committees and mediators.
pub(super) async fn town(desk: &Desk) {
    let done: Result<(), StorageError> = write_tx!(desk.store, |tx| {
        for number in 0..COMMITTEES {
            office::insert_organisation(tx, &committee(number)).await?;
        }
        for number in 0..MEDIATORS {
            heyi::storage::accounts::people::insert(tx, &person(desk, number)).await?;
            office::insert_mediator(tx, &seat(number)).await?;
            let tie = Tie::Employer(format!("和风第{number}厂"));
            encounters::set_ties(tx, mediator(number), &[tie]).await?;
        }
        Ok(())
    });
    done.unwrap();
}

fn committee(number: u128) -> Listed {
    let wording = |text: String| Wording {
        en: text.clone(),
        zh: text,
    };
    Listed {
        id: organisation(number),
        organisation: Organisation {
            key: OrganisationKey(format!("c{number}")),
            kind: OrganisationKind::People,
            name: wording(format!("第{number}调委会")),
            prefix: format!("调{number}"),
            area: area(number),
            address: "和风路 1 号".to_owned(),
            phone: Phone::parse("13800000000").unwrap(),
            hours: wording("9-17".to_owned()),
            fields: Vec::new(),
            parent: None,
            fee: None,
        },
    }
}

fn person(desk: &Desk, number: u128) -> heyi::storage::accounts::people::Person {
    heyi::storage::accounts::people::Person {
        id: mediator(number),
        name: name(number),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: desk.clock.now(),
    }
}

/// A name of its own for each number, plainly invented.
fn name(number: u128) -> PersonName {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let number = number.to_string();
    let digits = number
        .bytes()
        .map(|digit| digits[usize::from(digit - b'0')]);
    PersonName::parse(&format!("和{}", digits.collect::<String>())).unwrap()
}

fn seat(number: u128) -> RosterRow {
    RosterRow {
        person: mediator(number),
        organisation: organisation(number % COMMITTEES),
        profile: MediatorProfile {
            name: name(number),
            fields: vec![
                DisputeKey("noise".to_owned()),
                DisputeKey("leak".to_owned()),
            ],
            languages: vec![Language::Mandarin, Language::Wu],
            load_limit: 40,
            employer: Some(format!("和风第{number}局")),
            address: Some(format!("和风路 {number} 号")),
            relatives: vec![name(number + 10_000), name(number + 20_000)],
            fingerprint: None,
            paused: false,
        },
        elsewhere: u32::try_from(number % 30).unwrap(),
    }
}

/// A case of a claimant of their own.
pub(super) async fn open_by(desk: &Desk, claimant: u128) -> Case {
    Box::pin(open(desk, new_case(claimant))).await.unwrap()
}

fn new_case(claimant: u128) -> NewCase {
    let party = |phone: &str| NewParty {
        name: name(1),
        contact: Contact {
            phone: Some(Phone::parse(phone).unwrap()),
            mail: None,
        },
        address: "和风路 2 号".to_owned(),
    };
    NewCase {
        person: Some(PersonId(Uuid::from_u128(0x3000 + claimant))),
        by: Actor::Anonymous,
        wants_mediation: false,
        origin: Origin::default(),
        organisation: organisation(0),
        dispute: DisputeKey("noise".to_owned()),
        track: Track::People,
        place: Place {
            code: None,
            area: Some(area(0)),
            address: "和风路 2 号".to_owned(),
        },
        story: "夜里总有拖椅子的声音。".to_owned(),
        happened_on: None,
        claims: vec![NewClaim {
            kind: ClaimKind::Stop,
            text: "夜里安静".to_owned(),
            amount: None,
        }],
        claimant: party("13800000001"),
        respondent: party("13800000002"),
        further: Vec::new(),
    }
}

/// Cases that wait for a mediator, each of other people, a third of whom somebody on the roster has met.
async fn wait(desk: &Desk, first: &Case) {
    let now = desk.clock.now();
    let done: Result<(), StorageError> = write_tx!(desk.store, |tx| {
        for number in 0..CASES {
            let mut case = first.clone();
            case.id = CaseId(Uuid::from_u128(0x10_0000 + number));
            case.number = format!("和调〔2026〕{:06}号", 100_000 + number);
            for (at, party) in (0..).zip(&mut case.parties) {
                let own = 0x20_0000 + number * 2 + at;
                party.id = PartyId(Uuid::from_u128(own));
                party.person = Some(PersonId(Uuid::from_u128(own)));
                party.name = name(100_000 + number * 2 + at);
                party.languages = vec![Language::Wu];
            }
            case.stage = Stage::Mediate {
                at: Box::new(selecting(now)),
            };
            cases::insert(tx, &case).await?;
            if number % 3 == 0 {
                let met = Encounter {
                    person: mediator(number % MEDIATORS),
                    mark: marks(&case.parties[0]).remove(0),
                    case: first.id,
                    role: MetAs::Mediator,
                };
                encounters::insert(tx, &met).await?;
            }
        }
        Ok(())
    });
    done.unwrap();
}

fn selecting(now: jiff::Timestamp) -> Mediate {
    Mediate::Selecting {
        consented_at: now,
        due: Due {
            at: now,
            provisional: false,
            basis: Basis::HouseDefault,
        },
        refused: Vec::new(),
        choice: Choice::default(),
        kept: None,
    }
}

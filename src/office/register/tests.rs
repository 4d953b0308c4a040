//! What goes in comes out again, byte for byte; every fault is named; nobody vanishes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::clock::Clock;
use crate::domain::fixture::Quarrel;
use crate::domain::ids::PersonId;
use crate::domain::rules::Rules;
use crate::domain::rules::tests::rules;
use crate::storage::fixture::on_both;
use crate::storage::{Store, cases, write_tx};

const AREA: &str = "path,name_zh,name_en\r\nhefeng,和风区,Hefeng District\r\nhefeng/qingshi,青石街道,Qingshi\r\n\
                    hefeng/qingshi/liuyin,柳荫社区,Liuyin\r\nbeiling,北岭区,Beiling District\r\n";
const BODIES: &str = "key,kind,name_zh,name_en,prefix,area,address,phone,hours_zh,hours_en,parent,fields,fee_zh,fee_en\r\n\
    liuyin,people,柳荫调委会,Liuyin Committee,柳荫,hefeng/qingshi/liuyin,\"柳荫路1号\n一楼, \"\"东\"\"门\",19900009001,9点到17点,9-17,,,,\r\n\
    studio,studio,老陆工作室,Old Lu,柳荫陆,hefeng/qingshi/liuyin,柳荫路2号,19900009002,周二,Tuesday,liuyin,,,\r\n\
    trade,commercial,和风商事调解中心,Trade Centre,和商,hefeng,'=HYPERLINK(1),+85221234567,9点,9,,private-loan,百分之一,1 %\r\n";
const STAFF_ROWS: &str = "login,name,mail,phone,organisation,roles,fields,languages,load_limit,elsewhere,employer,address,relatives\r\n\
    chen,陈明,chen@example.com,19900000001,liuyin,dispatcher seal_holder,,,,,,,\r\n\
    lu,陆晓月,lu@example.com,,liuyin,mediator,noise water-leak,mandarin wu,8,2,柳荫小学,柳荫路9号,江海燕、江海波\r\n\
    tong,佟行之,,19900000003,liuyin,intake_officer,,,,,,,\r\n";
const DOORS: &str = "code,area,address,kind\r\nLY-03-2,hefeng/qingshi/liuyin,柳荫小区3号楼2单元,door\r\n\
                     LY-M1,hefeng/qingshi/liuyin,柳荫商场一楼,merchant_desk\r\n";

type Files<'a> = Vec<(&'a str, &'a [u8])>;

fn files(staff: &str) -> Files<'_> {
    vec![
        (AREAS, AREA.as_bytes()),
        (ORGANISATIONS, BODIES.as_bytes()),
        (STAFF, staff.as_bytes()),
        (PLACES, DOORS.as_bytes()),
    ]
}

async fn take(store: &Store, files: &[(&str, &[u8])]) -> Outcome {
    let clock = Clock::fixed("2026-03-02T01:00:00Z".parse().unwrap());
    let taken = import(store, &clock, &rules(), files, None, Some("no password")).await;
    taken.unwrap()
}

async fn given(store: &Store) -> BTreeMap<&'static str, Vec<u8>> {
    let mut read = store.read().await.unwrap();
    export(&mut read).await.unwrap().into_iter().collect()
}

fn told(faults: &[Fault]) -> Vec<String> {
    let one = |it: &Fault| format!("{} {} {} {}", it.file, it.row, it.column, it.what.key());
    faults.iter().map(one).collect()
}

fn faults_of(rules: &Rules, files: &Files<'_>) -> Vec<String> {
    let (_, mut faults) = read(rules, files);
    faults.sort();
    told(&faults)
}

#[tokio::test]
async fn an_empty_installation_gives_back_byte_for_byte_what_another_gave_it() {
    on_both(async |store| {
        let outcome = take(&store, &files(STAFF_ROWS)).await;
        assert_eq!(told(&outcome.faults), Vec::<String>::new());
        assert_eq!((outcome.done, outcome.rows[STAFF]), (true, (3, 0)));
        let first = given(&store).await;
        let fresh = crate::storage::fixture::sqlite().await;
        let again: Files<'_> = first.iter().map(|(name, it)| (*name, &**it)).collect();
        let outcome = take(&fresh.store, &again).await;
        assert_eq!(told(&outcome.faults), Vec::<String>::new());
        assert_eq!(given(&fresh.store).await, first);
        let bodies = String::from_utf8(first[ORGANISATIONS].clone()).unwrap();
        assert!(
            bodies.contains(",'=HYPERLINK(1),'+852"),
            "no formula: {bodies}"
        );
        assert!(
            bodies.contains("\"柳荫路1号\n一楼, \"\"东\"\"门\""),
            "{bodies}"
        );
        let twice = take(&store, &again).await;
        assert!(
            twice.rows.values().all(|rows| *rows == (0, 0)),
            "{:?}",
            twice.rows
        );
    })
    .await;
}

#[test]
fn what_a_spreadsheet_saves_is_read_or_clearly_refused() {
    let rules = rules();
    let semicolons = AREA.replace(',', ";");
    let marked = [b"\xEF\xBB\xBF", AREA.as_bytes()].concat();
    let (chinese, _, lossy) = encoding_rs::GB18030.encode(AREA);
    assert!(!lossy);
    let wide: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(AREA.replace(',', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        AREA.as_bytes(),
        semicolons.as_bytes(),
        &marked,
        &chinese,
        &wide,
    ] {
        let (register, faults) = read(&rules, &[(AREAS, bytes)]);
        assert_eq!(told(&faults), Vec::<String>::new());
        let names: Vec<_> = register.areas.values().map(|(_, name)| &*name.zh).collect();
        assert_eq!(names, ["北岭区", "和风区", "青石街道", "柳荫社区"]);
    }
    assert_eq!(
        faults_of(&rules, &vec![(AREAS, b"path\xFF\xFE\xFF")]),
        ["areas.csv 0  encoding"]
    );
    assert_eq!(
        faults_of(&rules, &vec![(AREAS, b"")]),
        ["areas.csv 0  no-headings"]
    );
    let open = b"path,name_zh,name_en\nhefeng,\"a,b\n";
    assert_eq!(
        faults_of(&rules, &vec![(AREAS, open)]),
        ["areas.csv 0  quotes"]
    );
}

#[tokio::test]
async fn every_fault_is_named_by_row_and_column_and_nothing_is_kept() {
    on_both(async |store| {
        let areas = "path,name_zh,name_en\nhefeng,和风区,\nHe Feng,和,He\nlost/one,失,Lost\n";
        let bodies = "key,kind,name_zh,name_en,prefix,area,address,phone,hours_zh,hours_en,fee_zh,fee_en,parent\n\
            a,guild,甲,A,甲,hefeng,路,123,9,9,,,\n\
            b,people,乙,B,乙,nowhere,路,19900009002,9,9,十元,ten,\n\
            c,studio,丙,C,丙,lost/one,路,19900009003,9,9,,,\n\
            b,people,乙,B,乙,hefeng\n";
        let staff = "login,name,mail,phone,organisation,roles,load_limit,languages,fields,colour\n\
            chen,陈明,not-a-mail,,b,emperor,,,,\n\
            lu,陆晓月,,19900000002,b,mediator,,,noise,\n\
            tao,陶安然,,19900000003,nobody,dispatcher,,,,\n\
            tong,佟行之,,19900000003,b,grid_worker,,,,\n";
        let files: Files<'_> = vec![
            (AREAS, areas.as_bytes()),
            (ORGANISATIONS, bodies.as_bytes()),
            (STAFF, staff.as_bytes()),
        ];
        let outcome = take(&store, &files).await;
        assert!(!outcome.done);
        assert_eq!(
            told(&outcome.faults),
            [
                "areas.csv 2 name_en empty",
                "areas.csv 3 path malformed",
                "areas.csv 4 path no-parent-area",
                "organisations.csv 2 kind malformed",
                "organisations.csv 2 phone malformed",
                "organisations.csv 3 area no-such",
                "organisations.csv 3 fee_zh may-not-charge",
                "organisations.csv 4 parent wrong-parent",
                "organisations.csv 5  cells",
                "staff.csv 1  column-unknown",
                "staff.csv 2 mail malformed",
                "staff.csv 2 roles unknown-word",
                "staff.csv 3 roles mediator-columns",
                "staff.csv 4 organisation no-such",
                "staff.csv 5 phone taken",
                "staff.csv 5 roles no-such-post",
            ]
        );
        let kept = given(&store).await;
        let kept = String::from_utf8(kept[AREAS].clone()).unwrap();
        assert_eq!(kept.lines().count(), 1, "{kept}");
    })
    .await;
}

/// A row that is changed changes; whoever stands in no row any more leaves, but not with cases in hand.
#[tokio::test]
async fn nobody_leaves_with_cases_in_hand() {
    on_both(async |store| {
        take(&store, &files(STAFF_ROWS)).await;
        let rules = rules();
        let mut read = store.read().await.unwrap();
        let known = plan::Known::read(&mut read, &Register::default())
            .await
            .unwrap();
        drop(read);
        let mediator: PersonId = known.staff["lu"].id;
        let mut case = Quarrel::new(&rules).disclosing().case;
        case.organisation = known.organisations[&OrganisationKey("liuyin".to_owned())].id;
        let body = serde_json::to_string(&case).unwrap();
        let old = crate::domain::fixture::MEDIATOR.to_string();
        let case = serde_json::from_str(&body.replace(&old, &mediator.to_string())).unwrap();
        write_tx!(store, |tx| { cases::insert(tx, &case).await }).unwrap();
        let without = |login: &str, text: &str| -> String {
            let mut lines = text.split_inclusive("\r\n");
            let kept: Vec<_> = lines.by_ref().filter(|it| !it.starts_with(login)).collect();
            kept.concat()
        };
        let outcome = take(&store, &files(&without("lu,", STAFF_ROWS))).await;
        assert_eq!(told(&outcome.faults), ["staff.csv 0 roles cases-in-hand"]);
        let fewer = without("tong,", STAFF_ROWS).replace("陈明", "陈明亮");
        let outcome = take(&store, &files(&fewer)).await;
        assert!(outcome.done, "{:?}", told(&outcome.faults));
        assert_eq!(outcome.leaving, [("tong".to_owned(), Role::IntakeOfficer)]);
        assert_eq!(outcome.rows[STAFF], (0, 1));
        let staff = String::from_utf8(given(&store).await.remove(STAFF).unwrap()).unwrap();
        assert!(
            staff.contains("陈明亮") && !staff.contains("tong"),
            "{staff}"
        );
    })
    .await;
}

/// 391 committees, 1,351 grid stations and their people in one go.
#[tokio::test]
async fn a_whole_district_is_taken_in_in_seconds() {
    let mut areas = String::from("path,name_zh,name_en\nbig,大区,Big\n");
    let mut bodies = BODIES.lines().next().unwrap().to_owned() + "\n";
    let mut staff = STAFF_ROWS.lines().next().unwrap().to_owned() + "\n";
    let mut phone = 0;
    let mut member = |staff: &mut String, body: &str, role: &str, profile: &str| {
        phone += 1;
        let number = 19_900_000_000_u64 + phone;
        writeln!(staff, "p{phone},陈明,,{number},{body},{role},{profile},,,").unwrap();
    };
    for at in 0..391 {
        writeln!(areas, "big/c{at},社区{at},C{at}").unwrap();
        let more = "路1号,19900009999,9,9,,,,";
        writeln!(
            bodies,
            "c{at},people,委员会{at},C{at},大{at},big/c{at},{more}"
        )
        .unwrap();
        member(
            &mut staff,
            &format!("c{at}"),
            "dispatcher seal_holder",
            ",,,",
        );
        for _ in 0..3 {
            member(
                &mut staff,
                &format!("c{at}"),
                "mediator",
                "noise,mandarin,8,",
            );
        }
    }
    for at in 0..1351 {
        let area = at % 391;
        let more = "路1号,19900009999,9,9,,,,";
        writeln!(
            bodies,
            "g{at},grid_station,网格{at},G{at},网{at},big/c{area},{more}"
        )
        .unwrap();
        member(&mut staff, &format!("g{at}"), "grid_worker", ",,,");
    }
    let database = crate::storage::fixture::sqlite().await;
    let files: Files<'_> = vec![
        (AREAS, areas.as_bytes()),
        (ORGANISATIONS, bodies.as_bytes()),
        (STAFF, staff.as_bytes()),
    ];
    let begin = std::time::Instant::now();
    let outcome = take(&database.store, &files).await;
    let took = begin.elapsed();
    eprintln!(
        "{} organisations, {} staff: {took:?}",
        391 + 1351,
        outcome.rows[STAFF].0
    );
    assert!(outcome.done, "{:?}", told(&outcome.faults).first());
    assert_eq!(outcome.rows[STAFF], (391 * 4 + 1351, 0));
    assert!(took.as_secs() < 30, "{took:?}");
}

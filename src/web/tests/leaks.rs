//! The ten ways in which court systems have leaked, each tried here on two matters of different people.

use axum::http::StatusCode;
use jiff::SignedDuration;
use uuid::Uuid;

use super::link::dispatcher;
use super::matter::Matter;
use super::visitor::{House, Visitor, house, rules};
use crate::accounts::{AccountsError, staff};
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::exhibit::ExhibitKind;
use crate::domain::fixture::Quarrel;
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, PersonId};
use crate::storage::accounts::people::Person;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{cases, write_tx};

on_each!(
    ids_next_to_a_known_one_lead_nowhere,
    a_file_opens_through_its_own_case_alone,
    a_role_in_a_form_gives_no_role,
    a_child_is_not_found_below_another_parent,
    a_sign_that_stands_for_others_finds_nothing,
    a_step_cannot_be_skipped,
    fields_that_no_form_has_are_not_taken,
    what_was_used_or_signed_out_opens_nothing_again,
    the_interface_exports_one_s_own_cases_alone,
    a_user_name_belongs_to_one_person,
);

/// A photograph as far as we look, of one matter.
const DEED: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 9, 9];

/// A matter of the fixture's people with a file, and one of two strangers.
async fn two(house: &House) -> (Matter<'_>, String) {
    let rules = rules();
    let mut case = Quarrel::new(&rules).active().case;
    "和调〔2026〕009001号".clone_into(&mut case.number);
    let mut matter = Matter::begin(house, case).await;
    let file = house.web.files.put(DEED).await.unwrap();
    let deed = Action::HandIn {
        kind: ExhibitKind::Property,
        note: String::new(),
        file,
    };
    matter.act("claimant", deed).await;
    let other = Visitor::at_home(house, "13800138000").await.case().await;
    (matter, other)
}

async fn stored(house: &House, id: CaseId) -> Case {
    let mut read = house.web.desk.store.read().await.unwrap();
    cases::load(&mut read, id).await.unwrap().unwrap()
}

async fn ids_next_to_a_known_one_lead_nowhere(database: Database) {
    let house = house(database, false).await;
    let (matter, other) = two(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    assert_eq!(
        claimant.get(&matter.at("board")).await.status,
        StatusCode::OK
    );
    let own = matter.case.id.0.as_u128();
    let mut tried = vec!["1".to_owned(), "2".to_owned(), "0".to_owned()];
    tried.extend([own - 1, own + 1].map(|id| Uuid::from_u128(id).to_string()));
    tried.push(other.rsplit('/').next().unwrap().to_owned());
    tried.push(urlencoded(&matter.case.number));
    for id in tried {
        for below in ["", "/board", "/record", "/papers/1", "/exhibits"] {
            let page = claimant.get(&format!("/cases/{id}{below}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}{below}");
        }
    }
    // Two cases opened one after the other have nothing in common but their time.
    let [one, two] = ["13800138001", "13800138002"];
    let one = Visitor::at_home(&house, one).await.case().await;
    let two = Visitor::at_home(&house, two).await.case().await;
    assert_ne!(one[one.len() - 12..], two[two.len() - 12..]);
}

fn urlencoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn a_file_opens_through_its_own_case_alone(database: Database) {
    let house = house(database, false).await;
    let (matter, other) = two(&house).await;
    let hash = matter.case.exhibits[0].file.to_string();
    let mut claimant = matter.visitor("claimant").await;
    let own = claimant.get(&matter.at(&format!("proofs/{hash}"))).await;
    assert_eq!((own.status, &own.bytes[..]), (StatusCode::OK, DEED));
    // Who knows the hash of a file and sits in another case does not get it there.
    let mut stranger = Visitor::at_home(&house, "13800138001").await;
    let theirs = stranger.case().await;
    for path in [
        format!("{theirs}/proofs/{hash}"),
        matter.at(&format!("proofs/{hash}")),
        format!("{other}/proofs/{hash}"),
        format!("/files/{hash}"),
        format!("/assets/x/files/{hash}"),
        format!("/assets/x/../files/{hash}"),
    ] {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(answer.bytes, DEED);
    }
}

async fn a_role_in_a_form_gives_no_role(database: Database) {
    let house = house(database, false).await;
    let (matter, _) = two(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let token = claimant.csrf().await;
    let mediator = "00000000-0000-0000-0000-0000000000b3";
    for (page, act) in [
        ("pause", "appraisal"),
        ("sessions", "schedule"),
        ("intake", "accept"),
        ("assign", "assign"),
    ] {
        let fields = [
            ("csrf", token.as_str()),
            ("role", "mediator"),
            ("as", "staff"),
            ("actor", mediator),
            ("person", mediator),
            ("posts", "mediator"),
            ("mediator", mediator),
            ("do", act),
            ("why", act),
        ];
        let answer = claimant
            .send(Visitor::request(&matter.at(page), &fields))
            .await;
        assert!(answer.status.is_client_error(), "{page}: {}", answer.status);
    }
    assert_eq!(stored(&house, matter.case.id).await, matter.case);
}

async fn a_child_is_not_found_below_another_parent(database: Database) {
    let house = house(database, false).await;
    let (matter, _) = two(&house).await;
    let mut others = stored(&house, matter.case.id).await;
    others.id = CaseId(Uuid::from_u128(0x99));
    others.number = "和调〔2026〕000099号".to_owned();
    for party in &mut others.parties {
        party.id = crate::domain::ids::PartyId(house.web.desk.clock.new_id());
        party.person = None;
    }
    let kept: Result<(), crate::storage::StorageError> = write_tx!(house.web.desk.store, |tx| {
        cases::insert(tx, &others).await
    });
    kept.unwrap();
    let mut mediator = matter.visitor("mediator").await;
    let party = others.parties[0].id;
    for below in [format!("identity/{party}"), format!("link/{party}")] {
        let there = mediator.get(&format!("/cases/{}/{below}", others.id)).await;
        assert_eq!(there.status, StatusCode::OK, "{below} of its own case");
        let here = mediator.get(&matter.at(&below)).await;
        assert_eq!(here.status, StatusCode::NOT_FOUND, "{below}");
    }
}

async fn a_sign_that_stands_for_others_finds_nothing(database: Database) {
    let house = house(database, false).await;
    let _told = Visitor::at_home(&house, "13800138000").await;
    let mut he = dispatcher(&house).await;
    let found = he.fill("/desk/search", &[("q", "Willow")]).await;
    assert!(found.body.contains("href=\"/cases/"), "{}", found.body);
    for q in ["%", "_", "%%", "W_llow", "Wil%ow", "*", "' OR 1=1 --"] {
        let page = he.fill("/desk/search", &[("q", q)]).await;
        assert!(!page.body.contains("href=\"/cases/"), "{q}");
    }
}

async fn a_step_cannot_be_skipped(database: Database) {
    let house = house(database, false).await;
    let (matter, _) = two(&house).await;
    for (name, page, fields) in [
        ("claimant", "sign", &[("act", "sign"), ("hash", "00")][..]),
        (
            "seal_holder",
            "seal",
            &[("act", "sign"), ("code", "000000")],
        ),
        ("claimant", "confirmation", &[("act", "join")]),
        ("claimant", "performance", &[("act", "breach")]),
        ("seal_holder", "certificate", &[("act", "sign")]),
    ] {
        let mut visitor = matter.visitor(name).await;
        let token = visitor.csrf().await;
        let fields: Vec<_> = [("csrf", token.as_str())]
            .iter()
            .chain(fields)
            .copied()
            .collect();
        let answer = visitor
            .send(Visitor::request(&matter.at(page), &fields))
            .await;
        assert!(!answer.status.is_server_error(), "{page}: {}", answer.body);
        assert_eq!(
            stored(&house, matter.case.id).await,
            matter.case,
            "{name} at {page}"
        );
    }
    let mut fresh = Visitor::of(&house);
    for page in ["/start/check", "/start/done", "/start/code"] {
        let answer = fresh.get(page).await;
        assert!(
            !answer.status.is_success(),
            "{page} opens without what comes before"
        );
    }
}

async fn fields_that_no_form_has_are_not_taken(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.tell().await;
    let elsewhere = Uuid::from_u128(0xdead).to_string();
    let fields = [
        ("organisation", elsewhere.as_str()),
        ("district", "elsewhere"),
        ("stage", "perform"),
        ("number", "和调〔2026〕999999号"),
        ("person", elsewhere.as_str()),
        ("version", "99"),
        ("opened_at", "2020-01-01T00:00:00Z"),
        ("track", "court_entrusted"),
    ];
    wang.expect("/start/check", &fields, "/start/done").await;
    let path = wang.case().await;
    let id = CaseId(path.rsplit('/').next().unwrap().parse().unwrap());
    let case = stored(&house, id).await;
    assert_eq!(case.organisation, house.committee);
    assert_eq!(
        (case.number.as_str(), case.version),
        ("和调〔2026〕000001号", 1)
    );
    assert_eq!(case.stage.name(), "assess.routed");
    assert_eq!(case.opened_at, house.web.desk.clock.now());
    assert_eq!(case.track, crate::domain::track::Track::People);
}

async fn what_was_used_or_signed_out_opens_nothing_again(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    house
        .web
        .accounts
        .clock
        .advance(SignedDuration::from_mins(5));
    let mut again = Visitor::of(&house);
    again
        .expect("/sign-in", &[("contact", "13800138000")], "/sign-in/code")
        .await;
    let code = again.code().await;
    again
        .expect("/sign-in/code", &[("code", &code)], "/cases")
        .await;
    let mut other = Visitor::of(&house);
    other.cookies.insert(
        "heyi-browser".to_owned(),
        again.cookies["heyi-browser"].clone(),
    );
    let replayed = other.get("/sign-in/code").await;
    if replayed.status == StatusCode::OK {
        let token = replayed.token().to_owned();
        let fields = [("csrf", token.as_str()), ("code", code.as_str())];
        let answer = other.send(Visitor::request("/sign-in/code", &fields)).await;
        assert_ne!(answer.status, StatusCode::SEE_OTHER, "a code is used once");
    }
    let kept = wang.cookies.clone();
    let token = wang.get("/").await.token().to_owned();
    wang.send(Visitor::request("/sign-out", &[("csrf", &token)]))
        .await;
    let mut thief = Visitor::of(&house);
    thief.cookies = kept;
    let page = thief.get("/cases").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(
        page.location().starts_with("/sign-in"),
        "the cookie of a session that is over"
    );
    let posted = thief
        .send(Visitor::request("/cases/1/board", &[("csrf", &token)]))
        .await;
    assert_eq!(posted.status, StatusCode::UNAUTHORIZED);
}

async fn the_interface_exports_one_s_own_cases_alone(database: Database) {
    let house = house(database, false).await;
    let (matter, other) = two(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let list = claimant.get("/api/v1/cases?limit=500").await;
    let list: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    let ids: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["id"].clone())
        .collect();
    assert_eq!(ids, [serde_json::json!(matter.case.id)]);
    let other = other.rsplit('/').next().unwrap();
    for path in [
        format!("/api/v1/cases/{other}"),
        format!("/api/v1/cases/{other}/events"),
    ] {
        assert_eq!(
            claimant.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    // A key of somebody else's list opens no more of it.
    let key = format!("/api/v1/cases?after={}.{other}", i64::MAX);
    let list = claimant.get(&key).await;
    assert!(!list.body.contains(other), "{}", list.body);
    for name in ["stranger", "operator"] {
        let mut nobody = matter.visitor(name).await;
        assert_eq!(
            nobody.get("/api/v1/cases?limit=500").await.body,
            "[]",
            "{name}"
        );
    }
}

async fn a_user_name_belongs_to_one_person(database: Database) {
    let house = house(database, false).await;
    let accounts = &house.web.accounts;
    let somebody = || Person {
        id: PersonId(accounts.clock.new_id()),
        name: PersonName::parse("同名").unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    let first = staff::hash_password(accounts, "the first password").unwrap();
    let second = staff::hash_password(accounts, "the second password").unwrap();
    let add = async |login: &'static str, hash: &str| -> Result<(), AccountsError> {
        let person = somebody();
        write_tx!(accounts.store, |tx| {
            staff::add_in(tx, &person, login, hash).await
        })
    };
    add("zhou", &first).await.unwrap();
    for login in ["zhou", "ZHOU", "Zhou"] {
        assert!(
            matches!(add(login, &second).await, Err(AccountsError::Taken)),
            "{login}"
        );
    }
    let mut thief = Visitor::of(&house);
    let fields = [("login", "ZHOU"), ("password", "the second password")];
    let refused = thief.fill("/sign-in/staff", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("login", "Zhou"), ("password", "the first password")];
    let known = thief.fill("/sign-in/staff", &fields).await;
    assert_eq!(known.status, StatusCode::SEE_OTHER);
}

//! Two districts in one house: what parties read of each, and that staff of one see nothing of the other.

use axum::http::StatusCode;

use super::matter::Matter;
use super::visitor::{House, Visitor, house, house_saying, rules};
use crate::domain::actor::{Post, Role};
use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, actor};
use crate::domain::identity::PersonName;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::{Area, District, Language, MediatorProfile, OrganisationKind};
use crate::domain::wording::Wording;
use crate::i18n::{Locale, Texts};
use crate::storage::fixture::{Database, body, on_each};
use crate::storage::office::RosterRow;
use crate::storage::{StorageError, office, write_tx};

on_each!(
    staff_of_another_district_see_nothing_of_a_case,
    parties_read_who_helps_in_their_district,
    pages_of_a_case_speak_in_the_words_of_its_district,
);

/// A committee of 北岭区, whose dispatcher is the one of the quarrel's fixture who has no other post.
async fn next_door(house: &House) -> OrganisationId {
    let id = OrganisationId(uuid::Uuid::from_u128(0xcc));
    let mut committee = body(id, OrganisationKind::People, "云溪村人民调解委员会", "云溪");
    committee.organisation.area = Area("beiling/yunxi".to_owned());
    let name = |zh: &str| Wording {
        zh: zh.to_owned(),
        en: "Beiling".to_owned(),
    };
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        office::insert_area(tx, &Area("beiling".to_owned()), &name("北岭区")).await?;
        office::insert_area(tx, &Area("beiling/yunxi".to_owned()), &name("云溪村")).await?;
        office::insert_area(tx, &Area("hefeng".to_owned()), &name("和风区")).await?;
        office::insert_organisation(tx, &committee).await
    });
    kept.unwrap();
    id
}

async fn staff_of_another_district_see_nothing_of_a_case(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let case = Quarrel::new(&rules).received().case;
    let matter = Matter::begin(&house, case).await;
    let there = next_door(&house).await;
    let person = actor("other_mediator").person().unwrap();
    let moved: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        for post in office::posts(tx, person).await? {
            office::take_post(tx, person, post).await?;
        }
        for role in [
            Role::Dispatcher,
            Role::Head,
            Role::Supervisor,
            Role::Mediator,
        ] {
            let organisation = there;
            office::give_post(tx, person, Post { organisation, role }).await?;
        }
        Ok(())
    });
    moved.unwrap();
    let mut stranger = matter.visitor("other_mediator").await;
    for page in ["", "/intake", "/assign", "/history"] {
        let path = format!("/cases/{}{page}", matter.case.id);
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let api = stranger
        .get(&format!("/api/v1/cases/{}", matter.case.id))
        .await;
    assert_eq!(api.status, StatusCode::NOT_FOUND);
    for page in ["/cases", "/desk", "/api/v1/cases"] {
        let answer = stranger.get(page).await;
        assert!(!answer.body.contains(&matter.case.number), "{page}");
    }
    // The dispatcher of the case is offered no committee next door.
    let mut dispatcher = matter.visitor("dispatcher").await;
    let intake = dispatcher.get(&matter.at("intake")).await;
    assert_eq!(intake.status, StatusCode::OK);
    assert!(!intake.body.contains("云溪"), "{}", intake.body);
    let forged = [("do", "transfer"), ("organisation", &*there.to_string())];
    let refused = dispatcher.fill(&matter.at("intake"), &forged).await;
    assert!(!refused.status.is_success() && !refused.status.is_redirection());
}

async fn parties_read_who_helps_in_their_district(database: Database) {
    let house = house(database, false).await;
    let there = next_door(&house).await;
    let mut wang = Visitor::of(&house);
    let list = wang.get("/organisations?district=hefeng").await;
    assert!(
        list.body.contains("Willow Street") && !list.body.contains("云溪村人民"),
        "{}",
        list.body
    );
    assert!(wang.get("/").await.body.contains("/organisations"));
    let beiling = wang
        .get("/organisations?district=beiling&field=noise")
        .await;
    assert!(beiling.body.contains("云溪村人民") && !beiling.body.contains("Willow Street"));
    let none = wang
        .get("/organisations?district=beiling&language=uyghur")
        .await;
    assert!(!none.body.contains("云溪村人民"));
    let page = wang.get(&format!("/organisations/{there}")).await;
    let fee = house.web.texts.t(Locale::ZhCn, "office-fee-people", &[]);
    assert!(
        page.body.contains("云溪村人民") && page.body.contains(&fee),
        "{}",
        page.body
    );
    let nobody = wang
        .get("/organisations/0192f0c1-2345-7000-8000-000000000009")
        .await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

/// The house's words, and those of 和风区, whose people say things otherwise.
fn two_tongues() -> Texts {
    const OWN: &[(&str, &str)] = &[
        ("law-language-wu", "江边话"),
        ("choose-comma", "同"),
        ("replacement-ground-other", "旁的缘由"),
        ("contacts-outcome-no-answer", "敲门没人应"),
        ("triage-sign-afraid", "心里发怵"),
        ("writing-to-mediator", "单给和事员写"),
        ("writing-nobody", "空着"),
        ("minutes-told-rights", "讲过规矩"),
        ("case-session-elsewhere", "旁的地头"),
    ];
    let mut texts = Texts::load(None).unwrap();
    let lines = OWN.iter().map(|(key, word)| format!("{key} = {word}\n"));
    let text: String = lines.collect();
    let files = Locale::ALL.map(|locale| (locale, ("hefeng".to_owned(), text.clone())));
    texts.lay_over("hefeng", None, &files, &[]).unwrap();
    texts
}

/// Somebody who speaks what one side wishes to speak.
fn wu_speaker() -> RosterRow {
    RosterRow {
        person: MEDIATOR,
        organisation: COMMITTEE,
        profile: MediatorProfile {
            name: PersonName::parse("林可风").unwrap(),
            fields: Vec::new(),
            languages: vec![Language::Mandarin, Language::Wu],
            load_limit: 5,
            employer: None,
            address: None,
            relatives: Vec::new(),
            fingerprint: None,
            paused: false,
        },
        elsewhere: 0,
    }
}

async fn pages_of_a_case_speak_in_the_words_of_its_district(database: Database) {
    let house = house_saying(database, false, two_tongues()).await;
    let rules = rules();
    let there = |mut case: crate::domain::case::Case| {
        case.district = District("hefeng".to_owned());
        case.parties[0].languages = vec![Language::Wu];
        case
    };
    let mut choosing = Quarrel::new(&rules);
    choosing.now = house.web.desk.clock.now();
    let matter = Matter::begin(&house, there(choosing.selecting().case)).await;
    let mediated = there(Quarrel::new(&rules).active().case);
    let mediated = matter.beside_as(0x51, mediated).await;
    let written = there(Quarrel::new(&rules).writing().case);
    let written = matter.beside_as(0x52, written).await;
    let mut plain = Quarrel::new(&rules).active().case;
    plain.district = District("beiling".to_owned());
    let plain = matter.beside_as(0x53, plain).await;
    let seat = wu_speaker();
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        office::insert_mediator(tx, &seat).await
    });
    kept.unwrap();
    for (who, page, words) in [
        ("claimant", matter.at("choose"), &["江边话", "同"][..]),
        ("dispatcher", matter.at("assign"), &["江边话"]),
        ("claimant", mediated.at("replacement"), &["旁的缘由"]),
        ("mediator", mediated.at("contacts"), &["敲门没人应"]),
        ("mediator", mediated.at("safety"), &["心里发怵"]),
        ("mediator", mediated.at("sessions"), &["旁的地头"]),
        ("claimant", written.at("writing"), &["单给和事员写"]),
        ("claimant", written.at("writing/offer"), &["空着"]),
    ] {
        let mut reader = matter.visitor(who).await;
        let shown = reader.get(&page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}");
        for word in words {
            assert!(
                shown.body.contains(word),
                "{page} does not say {word}: {}",
                shown.body
            );
        }
    }
    let mut neighbour = matter.visitor("claimant").await;
    let page = neighbour.get(&plain.at("replacement")).await.body;
    assert!(!page.contains("旁的缘由"), "{page}");
}

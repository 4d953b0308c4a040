//! An agreement signed on paper, as people meet it on pages: its sheets, what is looked at, and who confirms it.

use super::court::hidden;
use super::matter::Matter;
use super::signers::{PHOTO, agreed};
use super::*;
use crate::domain::action::Action;
use crate::domain::fixture::{COMMITTEE, actor};
use crate::domain::hash::ContentHash;

on_each!(
    an_agreement_on_paper_is_certified_page_by_page,
    a_committee_of_one_asks_somebody_above_to_look_at_the_scan,
    a_file_that_this_page_did_not_take_in_is_no_part_of_the_scan,
    sheets_are_sent_one_after_the_other_up_to_what_a_certificate_can_hold,
);

/// A file of a scanner whose pictures only people can read.
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj <<>> stream\nq Q\nendstream";

/// What the officer sends, with everything ticked that `left_out` does not name.
fn certifying<'a>(
    (act, hash, now): (&'a str, &'a str, &'a str),
    (scan, code): (&'a str, &'a str),
    left_out: &str,
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("act", act),
        ("hash", hash),
        ("way", "typed"),
        ("typed", "陈明"),
        ("read", "yes"),
        ("consent", "yes"),
        ("last_signed", now),
        ("scan", scan),
        ("code", code),
    ];
    let ticks = ["codes", "pages", "signatures", "text", "original"];
    let ticked = ticks.into_iter().filter(|tick| *tick != left_out);
    fields.extend(ticked.map(|tick| (tick, "yes")));
    fields
}

async fn an_agreement_on_paper_is_certified_page_by_page(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let page = matter.at("on-paper");
    let mut claimant = matter.visitor("claimant").await;
    let switch = [("act", "switch")];
    let switched = claimant.upload(&page, &switch, ("file", b"")).await;
    assert_eq!(switched.location(), page, "{}", switched.body);
    let sign = claimant.get(&matter.at("sign")).await;
    assert_eq!(sign.location(), page);
    let mut mediator = matter.visitor("mediator").await;
    let open = mediator.get(&page).await;
    assert!(open.body.contains("?print=large"), "{}", open.body);
    let hash = hidden(&open, "hash").to_owned();
    let now = crate::domain::time::civil(house.web.desk.clock.now());
    let now = now.strftime("%Y-%m-%dT%H:%M").to_string();
    let fields = certifying(("look", &hash, &now), ("", ""), "");
    let broken = mediator.upload(&page, &fields, ("file", PHOTO)).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        broken.body.contains("id=\"file-error\""),
        "it is no picture"
    );
    let few = mediator.upload(&page, &fields, ("file", &photo(1))).await;
    assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(few.body.contains("页数不够"), "{}", few.body);
    let one = hidden(&few, "scan").to_owned();
    assert!(!one.is_empty(), "it need not be sent again");
    let fields = certifying(("look", &hash, &now), (&one, ""), "codes");
    let unread = mediator.upload(&page, &fields, ("file", SCAN)).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = unread.body.contains("id=\"file-error\"");
    assert!(
        beside && unread.body.contains("id=\"codes\""),
        "{}",
        unread.body
    );
    let sheet = hidden(&unread, "scan").to_owned();
    assert!(
        !sheet.contains(&one),
        "it came instead of what nobody can read"
    );
    assert!(!sheet.is_empty(), "it need not be sent again");
    let scan = looked_over(&mut mediator, &page, (&hash, &now), &sheet).await;
    let code = Visitor::of(&house).code().await;
    let fields = certifying(("sign", &hash, &now), (&scan, &code), "");
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.signing", "not yet");
    let (file, _) = scan.split_once('.').unwrap();
    is_shown(&matter, &page, file).await;
    confirmed_by_another(&mut matter, &page).await;
    let settlement = matter.case.stage.settlement().unwrap();
    let by_hand = settlement.agreement.by_hand.clone().unwrap();
    assert_eq!(by_hand.scan[0].to_string(), file);
}

/// Who certifies could enclose, and then open, what they know the hash of.
async fn a_file_that_this_page_did_not_take_in_is_no_part_of_the_scan(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let page = matter.at("on-paper");
    let mut mediator = matter.visitor("mediator").await;
    let switched = [("act", "switch")];
    mediator.upload(&page, &switched, ("file", b"")).await;
    let hash = hidden(&mediator.get(&page).await, "hash").to_owned();
    let now = "2026-03-02T09:00";
    let fields = certifying(("look", &hash, now), ("", ""), "pages");
    let sent = mediator.upload(&page, &fields, ("file", &photo(1))).await;
    let own = hidden(&sent, "scan").to_owned();
    let (_, mark) = own.split_once('.').unwrap();
    let other = house.web.files.put(photo(2)).await.unwrap();
    for scan in [other.to_string(), format!("{other}.{mark}")] {
        let fields = certifying(("look", &hash, now), (&scan, ""), "pages");
        let taken = mediator.upload(&page, &fields, ("file", b"")).await;
        assert_eq!(taken.status, StatusCode::NOT_FOUND, "{}", taken.body);
    }
}

/// A picture in which no code is to be found.
fn photo(shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(60, 80, image::Luma([shade]));
    let picture = image::DynamicImage::ImageLuma8(picture);
    picture
        .write_to(&mut file, image::ImageFormat::Jpeg)
        .unwrap();
    file.into_inner()
}

/// As much as fits in one request, and no more in all than the certificate can hold: said before a code is spent.
async fn sheets_are_sent_one_after_the_other_up_to_what_a_certificate_can_hold(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let page = matter.at("on-paper");
    let mut mediator = matter.visitor("mediator").await;
    let switched = mediator
        .upload(&page, &[("act", "switch")], ("file", b""))
        .await;
    assert_eq!(switched.location(), page, "{}", switched.body);
    let hash = hidden(&mediator.get(&page).await, "hash").to_owned();
    let mut scan = String::new();
    for shade in 0..2 {
        let fields = certifying(("look", &hash, "2026-03-02T09:00"), (&scan, ""), "pages");
        let sent = mediator
            .upload(&page, &fields, ("file", &photo(100 * shade)))
            .await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        scan = hidden(&sent, "scan").to_owned();
    }
    assert_eq!(scan.split(' ').count(), 2, "one beside the other");
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(8 * 1024 * 1024, b' ');
    for (mark, kept) in [(b'1', 3), (b'2', 3)] {
        large[8] = mark;
        let fields = certifying(("look", &hash, "2026-03-02T09:00"), (&scan, ""), "pages");
        let sent = mediator.upload(&page, &fields, ("file", &large)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = sent.body.contains("超过 15 MB");
        assert_eq!(refused, mark == b'2', "{}", sent.body);
        scan = hidden(&sent, "scan").to_owned();
        assert_eq!(scan.split(' ').count(), kept);
    }
}

/// Spoken against, and confirmed by whoever keeps the seal with their second factor alone.
async fn confirmed_by_another(matter: &mut Matter<'_>, page: &str) {
    let reason = "这不是我签的";
    let mut respondent = matter.visitor("respondent").await;
    let token = respondent.csrf().await;
    let against = [
        ("csrf", token.as_str()),
        ("act", "decline"),
        ("reason", reason),
    ];
    let sent = respondent
        .send(Visitor::request(&matter.at("sign"), &against))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for (name, reads) in [
        ("seal_holder", true),
        ("mediator", true),
        ("claimant", false),
    ] {
        let open = matter.visitor(name).await.get(page).await.body;
        assert_eq!(open.contains(reason), reads, "{name}");
    }
    let mut keeper = matter.visitor("seal_holder").await;
    let nothing = keeper
        .upload(page, &[("act", "return")], ("file", b""))
        .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nothing.body.contains("id=\"why-error\""),
        "{}",
        nothing.body
    );
    let open = keeper.get(page).await;
    let hash = hidden(&open, "hash").to_owned();
    let code = matter.one_time_password("seal_holder").await;
    let fields = [
        ("act", "confirm"),
        ("hash", hash.as_str()),
        ("code", code.as_str()),
        ("held", "yes"),
    ];
    let mut mediator = matter.visitor("mediator").await;
    let alone = mediator.upload(page, &fields, ("file", b"")).await;
    assert_eq!(alone.status, StatusCode::CONFLICT, "{}", alone.body);
    let unlike = keeper.upload(page, &fields[..3], ("file", b"")).await;
    assert_eq!(unlike.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [fields[0], fields[1], ("code", "000000"), fields[3]];
    let wrong = keeper.upload(page, &wrong, ("file", b"")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.signing");
    let done = keeper.upload(page, &fields, ("file", b"")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.settled");
}

/// The scan with every tick but one, then with all, and the code sent again; gives the file that is kept.
async fn looked_over(
    mediator: &mut Visitor<'_>,
    page: &str,
    (hash, now): (&str, &str),
    sheet: &str,
) -> String {
    let fields = certifying(("look", hash, now), (sheet, ""), "pages");
    let unticked = mediator.upload(page, &fields, ("file", b"")).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = "id=\"pages-error\"";
    assert!(unticked.body.contains(beside), "{}", unticked.body);
    let scan = hidden(&unticked, "scan").to_owned();
    let fields = certifying(("look", hash, now), (&scan, ""), "");
    let asked = mediator.upload(page, &fields, ("file", b"")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains("再发一次"), "{}", asked.body);
    let fields = certifying(("look", hash, now), (&scan, ""), "");
    let again = mediator.upload(page, &fields, ("file", b"")).await;
    assert_eq!(hidden(&again, "scan"), scan, "nothing is sent twice");
    scan
}

/// The scan is there for those of the case, and not for others.
async fn is_shown(matter: &Matter<'_>, page: &str, scan: &str) {
    let file = matter.at(&format!("proofs/{scan}"));
    for name in ["claimant", "respondent", "mediator", "seal_holder"] {
        let mut reader = matter.visitor(name).await;
        let open = reader.get(page).await.body;
        assert!(open.contains(&file), "{name} is shown the scan: {open}");
        assert_eq!(reader.get(&file).await.status, StatusCode::OK, "{name}");
    }
    let mut dispatcher = matter.visitor("dispatcher").await;
    assert_eq!(dispatcher.get(&file).await.status, StatusCode::NOT_FOUND);
}

/// Takes the posts of those who could look beside the officer.
async fn alone(house: &House) {
    let taken: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        for (name, role) in [("seal_holder", Role::SealHolder), ("head", Role::Head)] {
            let organisation = COMMITTEE;
            let person = actor(name).person().unwrap();
            office::take_post(tx, person, Post { organisation, role }).await?;
        }
        Ok(())
    });
    taken.unwrap();
}

async fn a_committee_of_one_asks_somebody_above_to_look_at_the_scan(database: Database) {
    const ASKS: &str = "调委会没有第二个人能确认";
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let (page, printed) = (matter.at("on-paper"), ContentHash::of(b"printed"));
    let chancery = &house.web.chancery;
    let switched = chancery
        .sign_on_paper(&actor("mediator"), &matter.case)
        .await;
    matter.case = switched.unwrap();
    let scan = house.web.files.put(photo(1)).await.unwrap();
    let certified = Action::CertifyScan {
        from_hash: matter.case.papers[0].hash.clone(),
        to_hash: printed,
        files: vec![scan.clone()],
        last_signed: house.web.desk.clock.now(),
        shown: None,
    };
    matter.act("mediator", certified).await;
    let mut mediator = matter.visitor("mediator").await;
    let person = actor("supervisor").person().unwrap().to_string();
    let asks = [("act", "ask"), ("confirmer", person.as_str())];
    assert!(
        !mediator.get(&page).await.body.contains(ASKS),
        "two are there"
    );
    let refused = mediator.upload(&page, &asks, ("file", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    alone(&house).await;
    let open = mediator.get(&page).await.body;
    assert!(open.contains(ASKS) && open.contains(&person), "{open}");
    let asked = mediator.upload(&page, &asks, ("file", b"")).await;
    assert_eq!(asked.location(), page, "{}", asked.body);
    assert!(!mediator.get(&page).await.body.contains(ASKS), "once");
    let mut looks = matter.visitor("supervisor").await;
    assert_eq!(looks.get(&page).await.status, StatusCode::NOT_FOUND);
    let joined = looks.fill(&matter.at("joining"), &[("do", "yes")]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let open = looks.get(&page).await.body;
    assert!(
        open.contains(&scan.to_string()) && open.contains("name=\"held\""),
        "{open}"
    );
    let file = matter.at(&format!("proofs/{scan}"));
    assert_eq!(looks.get(&file).await.status, StatusCode::OK);
}

//! Who stands before a page: who is not signed in is led to the sign-in, a stranger finds nothing.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;

use super::evidence::shown_clip;
use super::matter::{Matter, plea};
use super::visitor::{Answer, House, Visitor, house, rules};
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::evidence::Audience;
use crate::domain::exhibit::ExhibitKind;
use crate::domain::fixture::{CLAUSE, Quarrel, SESSION, actor};
use crate::domain::ids::UploadId;
use crate::domain::session::Venue;
use crate::storage::fixture::{Database, on_each};
use crate::storage::uploads::{self, Upload};
use crate::storage::{StorageError, write_tx};

/// A file on its way.
const UPLOAD: UploadId = UploadId(uuid::Uuid::from_u128(0x44));

/// Every address that the router knows, as it was routed; the router tells them when it is printed.
pub(super) fn addresses(house: &House, below: &str) -> Vec<String> {
    let printed = format!("{:?}", house.router);
    let quoted = printed.split('"').skip(1).step_by(2);
    let mut found: Vec<_> = quoted
        .filter(|text| text.starts_with(below))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The address with a case, and with something well formed for everything else.
pub(super) fn filled(address: &str, case: &str) -> String {
    let parts = address.split('/').map(|part| match part {
        "{id}" => case.rsplit('/').next().unwrap(),
        "{hash}" => "0000000000000000000000000000000000000000000000000000000000000000",
        "{code}" => "no_agreement",
        "{way}" => "court",
        part if part.starts_with('{') => "01900000-0000-7000-8000-000000000000",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A case that nobody has opened.
const NONE: &str = "/cases/01900000-0000-7000-8000-000000000001";

async fn look(visitor: &mut Visitor<'_>, path: &str) -> Answer {
    visitor
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await
}

async fn post(visitor: &mut Visitor<'_>, path: &str, token: &str) -> Answer {
    visitor
        .send(Visitor::request(path, &[("csrf", token)]))
        .await
}

on_each!(
    every_page_of_a_case_asks_for_the_sign_in_and_leads_back,
    a_stranger_finds_no_page_of_a_case,
    nobody_sends_files_who_is_not_signed_in_but_to_have_a_paper_checked,
);

async fn every_page_of_a_case_asks_for_the_sign_in_and_leads_back(database: Database) {
    let house = house(database, false).await;
    let case = Visitor::at_home(&house, "13800138000").await.case().await;
    let mut nobody = Visitor::of(&house);
    let token = nobody.csrf().await;
    let pages = addresses(&house, "/cases/{id}");
    assert!(pages.len() > 25, "the router told {pages:?}");
    for page in pages {
        let path = filled(&page, &case);
        let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        let to = format!("/sign-in?next={next}");
        let looked = look(&mut nobody, &path).await;
        if looked.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(looked.status, StatusCode::SEE_OTHER, "{page}");
            assert_eq!(looked.location(), to, "{page}");
        }
        let sent = post(&mut nobody, &path, &token).await;
        if sent.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(sent.status, StatusCode::UNAUTHORIZED, "{page}");
            assert!(sent.body.contains(&to), "{page}: {}", sent.body);
        }
    }
    let asked = look(&mut nobody, &format!("{case}/board?clause=2")).await;
    let onward = asked.location().to_owned();
    assert!(onward.ends_with("%2Fboard%3Fclause%3D2"), "{onward}");
}

/// What lies below a case, as it is.
fn child(case: &Case, part: &str) -> Option<String> {
    Some(match part {
        "{party}" => case.parties[1].id.to_string(),
        "{session}" => SESSION.to_string(),
        "{clause}" => CLAUSE.to_string(),
        "{hash}" => case.exhibits.first()?.file.to_string(),
        "{evidence}" => case.evidence.first()?.id.to_string(),
        "{upload}" => UPLOAD.to_string(),
        "{request}" => case.requests.first()?.id.to_string(),
        "{paper}" => case.papers.first()?.id.to_string(),
        "{recording}" => case.recordings.first()?.id.to_string(),
        "{person}" => case.recordings.first()?.films()[0].person.to_string(),
        _ => return None,
    })
}

fn real(address: &str, case: &Case) -> String {
    let parts = address
        .split('/')
        .map(|part| child(case, part).unwrap_or_else(|| part.to_owned()));
    let parts: Vec<_> = parts.collect();
    filled(&parts.join("/"), &format!("/cases/{}", case.id))
}

/// A case while it is mediated, and one in effect, each with a deed handed in; one that is done, and one with a recording.
async fn matters(house: &House) -> [Matter<'_>; 4] {
    let rules = rules();
    let file = house.web.files.put(DEED).await.unwrap();
    let deed = Action::HandIn {
        kind: ExhibitKind::Property,
        note: String::new(),
        file,
    };
    let mut quarrel = Quarrel::new(&rules).agreed();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    let mut mediated = Matter::begin(house, quarrel.case).await;
    let mut settled = mediated.beside(0x77).await;
    let session = Action::ScheduleSession {
        session: SESSION,
        at: house.web.desk.clock.now() + SignedDuration::from_hours(48),
        minutes: 60,
        venue: Some(Venue {
            address: "和平路 8 号".to_owned(),
            room: String::new(),
            mixed: true,
            kept: None,
        }),
    };
    mediated.act("mediator", session).await;
    let clip = shown_clip(house).await;
    mediated.act("claimant", clip).await;
    let upload = Upload {
        id: UPLOAD,
        case: mediated.case.id,
        person: actor("claimant").person().unwrap(),
        name: String::new(),
        note: String::new(),
        audience: Audience::Everybody,
        size: 9,
        received: 0,
        parts: 0,
    };
    let now = house.web.desk.clock.now();
    let begun: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        uploads::insert(tx, &upload, now).await
    });
    begun.unwrap();
    mediated.act("mediator", plea()).await;
    settled.settle().await;
    for matter in [&mut mediated, &mut settled] {
        matter.act("claimant", deed.clone()).await;
    }
    let mut done = settled.beside(0x79).await;
    let clause = CLAUSE;
    done.act("claimant", Action::AcknowledgePerformance { clause })
        .await;
    done.act("mediator", Quarrel::new(&rules).seen()).await;
    let recorded = mediated.beside_as(0x7b, recorded(house).await).await;
    [mediated, settled, done, recorded]
}

/// With a recording that can be played.
async fn recorded(house: &House) -> Case {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active().meeting();
    quarrel.recorded();
    let sound = house.web.files.put("声音").await.unwrap();
    quarrel.keeps_recording(sound, 6);
    quarrel.case
}

const DEED: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

async fn a_stranger_finds_no_page_of_a_case(database: Database) {
    let house = house(database, false).await;
    let matters = matters(&house).await;
    let mut stranger = matters[0].visitor("stranger").await;
    let mut insiders = Vec::new();
    for name in ["claimant", "respondent", "mediator", "dispatcher"] {
        insiders.push(matters[0].visitor(name).await);
    }
    let token = stranger.csrf().await;
    for page in addresses(&house, "/cases/{id}") {
        let mut found = page.matches('{').count() == 1;
        for matter in &matters {
            let path = real(&page, &matter.case);
            let none = path.replace(&matter.case.id.to_string(), &NONE[7..]);
            let looked = look(&mut stranger, &path).await;
            // The socket is opened by the token in its first frame, not by its address.
            let unhidden = looked.status != StatusCode::NOT_FOUND
                && looked.status != StatusCode::METHOD_NOT_ALLOWED
                && !page.ends_with("/socket");
            assert!(!unhidden, "{page} answers a stranger {}", looked.status);
            let forms: [fn(&str, &str) -> Request<Body>; 2] = [
                |path, token| Visitor::request(path, &[("csrf", token)]),
                |path, token| Visitor::multipart(path, &[("csrf", token)], ("file", DEED)),
            ];
            for form in forms {
                let sent = stranger.send(form(&path, &token)).await;
                let nothing = stranger.send(form(&none, &token)).await;
                assert!(sent.status.is_client_error(), "{page}: {}", sent.status);
                assert_eq!(sent.status, nothing.status, "{page} tells that it is there");
            }
            for insider in &mut insiders {
                found |= look(insider, &path).await.status != StatusCode::NOT_FOUND;
            }
        }
        assert!(
            found,
            "{page} is there for nobody: a stranger proves nothing"
        );
    }
}

/// Only who is signed in, or checks a paper, sends files: nobody else fills the memory with them.
async fn nobody_sends_files_who_is_not_signed_in_but_to_have_a_paper_checked(database: Database) {
    let house = house(database, false).await;
    let large = vec![7; 1024 * 1024];
    let mut nobody = Visitor::of(&house);
    let token = nobody.csrf().await;
    let send =
        |path: &str, token: &str| Visitor::multipart(path, &[("csrf", token)], ("file", &large));
    for path in ["/start/me", "/sign-in", NONE] {
        let answer = nobody.send(send(path, &token)).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    let own = wang.csrf().await;
    let known = wang.send(send(NONE, &own)).await;
    assert_ne!(known.status, StatusCode::PAYLOAD_TOO_LARGE);
    let checked = nobody.send(send("/verify", &token)).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.body);
}

//! The files to take away: whole, listed with their hashes under a signature, and without a word said in confidence.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use futures_util::TryStreamExt as _;

use super::dossier::{CONFIDED, KEEPERS, OFFERED, full, pdftotext};
use super::*;
use crate::documents::verify::check_beside;
use crate::domain::actor::Actor;
use crate::domain::exhibit::ExhibitKind;
use crate::domain::stage::{Closing, Ending, Mediate};
use crate::storage::cases;

on_each!(
    everything_of_a_case_is_in_its_zip_and_nothing_said_in_confidence,
    a_year_holds_the_closed_matters_of_one_committee_with_an_index,
    a_matter_is_of_the_year_in_which_it_ended_whatever_came_to_it_later,
    nobody_but_its_head_takes_a_committees_year_away,
    a_file_that_is_lost_is_named_and_all_others_are_there,
);

const DEED: &[u8] = b"%PDF-1.7 the deed of the flat";

async fn whole(outgoing: Outgoing) -> Result<Vec<u8>, PaperworkError> {
    let pieces: Vec<_> = outgoing.try_collect().await?;
    Ok(pieces.concat())
}

/// Name and content of every file, in the order in which they came.
fn unpacked(zip: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let count = zip.len();
    let file = |index| {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(file).collect()
}

/// The list names every other file with its hash, and is signed by the platform.
fn is_listed(house: &House, files: &[(String, Vec<u8>)]) {
    let (content, end) = files.split_at(files.len() - 2);
    let [(list, manifest), (seal, signature)] = end else {
        panic!("two files at the end");
    };
    assert_eq!(
        (list.as_str(), seal.as_str()),
        ("manifest.json", "manifest.p7s")
    );
    let roots = house.chancery.authority.roots().unwrap();
    let beside = check_beside(manifest, signature, &roots).unwrap();
    assert_eq!(beside.signer, "heyi archives");
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let told = manifest["files"].as_array().unwrap().iter().map(|file| {
        let text = |key: &str| file[key].as_str().unwrap().to_owned();
        (text("name"), text("sha256"))
    });
    let found = content
        .iter()
        .map(|(name, bytes)| (name.clone(), ContentHash::of(bytes).to_string()));
    assert_eq!(told.collect::<Vec<_>>(), found.collect::<Vec<_>>());
    let names: BTreeSet<_> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), files.len(), "no name twice");
    for name in names {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
        assert!(name.bytes().all(plain) && !name.contains(".."), "{name}");
        assert!(!name.starts_with('/'), "{name}");
    }
}

/// All that can be read in it.
fn texts(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let text = |(name, bytes): &(String, Vec<u8>)| {
        if name.starts_with("exhibits/") || name.rsplit('.').next() != Some("pdf") {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            pdftotext(bytes)
        }
    };
    files
        .iter()
        .map(|file| text(file).replace('\n', ""))
        .collect()
}

fn says_nothing_in_confidence(files: &[(String, Vec<u8>)]) {
    let texts = texts(files);
    for secret in CONFIDED.into_iter().chain(OFFERED) {
        let told = texts.iter().any(|text| text.contains(secret));
        assert!(!told, "it tells {secret}");
    }
}

async fn everything_of_a_case_is_in_its_zip_and_nothing_said_in_confidence(database: Database) {
    let mut house = full(database).await;
    let file = house.chancery.files.put(DEED).await.unwrap();
    let hand_in = Action::HandIn {
        kind: ExhibitKind::Property,
        note: String::new(),
        file,
    };
    house.act("claimant", hand_in).await;
    for name in KEEPERS.into_iter().chain(["claimant", "respondent"]) {
        let outgoing = house.chancery.dossier_bundle(&actor(name), &house.case);
        let files = unpacked(whole(outgoing.unwrap()).await.unwrap());
        is_listed(&house, &files);
        let by_name: BTreeMap<_, _> = files.iter().cloned().collect();
        let data: serde_json::Value = serde_json::from_slice(&by_name["dossier.json"]).unwrap();
        for paper in data["papers"].as_array().unwrap() {
            let bytes = &by_name[&format!("papers/{}", paper["file"].as_str().unwrap())];
            assert_eq!(ContentHash::of(bytes).as_str(), paper["sha256"], "{name}");
        }
        assert_eq!(by_name["exhibits/01.pdf"], DEED, "{name}");
        says_nothing_in_confidence(&files);
    }
    for name in ["stranger", "operator", "supervisor", "judge"] {
        let outgoing = house.chancery.dossier_bundle(&actor(name), &house.case);
        assert!(outgoing.is_err(), "{name}");
    }
}

impl House {
    /// As if it had been closed in that year, under another number.
    async fn closed(&self, number: u32, at: &str) {
        let at = at.parse().unwrap();
        let why = Closing::Ended { ending: None };
        self.over(number, Stage::Closed { at, why }, at).await;
    }

    /// In this stage, and changed at this instant for the last time.
    async fn over(&self, number: u32, stage: Stage, changed: Timestamp) {
        let mut case = self.case.clone();
        if number > 1 {
            case.id = crate::domain::ids::CaseId(Uuid::from_u128(number.into()));
            case.papers.clear();
        }
        case.number = format!("和调〔2026〕{number:06}号");
        case.stage = stage;
        let kept: Result<(), crate::storage::StorageError> =
            write_tx!(self.chancery.desk.store, |tx| {
                if number > 1 {
                    cases::insert(tx, &case).await?;
                }
                case.version += 1;
                cases::update(tx, &case, changed).await
            });
        kept.unwrap();
    }

    async fn year(&self, reader: &Actor, year: i16) -> Result<Vec<u8>, PaperworkError> {
        let organisation = COMMITTEE;
        let archive = Archive { organisation, year };
        whole(self.chancery.archive(reader, archive)?).await
    }
}

async fn a_year_holds_the_closed_matters_of_one_committee_with_an_index(database: Database) {
    let house = full(database).await;
    // The last minutes of a year in China are still in the year before by UTC.
    house.closed(1, "2026-12-31T15:59:59Z").await;
    house.closed(2, "2026-12-31T16:00:00Z").await;
    house.closed(3, "2026-06-01T01:00:00Z").await;
    let files = unpacked(house.year(&actor("head"), 2026).await.unwrap());
    is_listed(&house, &files);
    let by_name: BTreeMap<_, _> = files.iter().cloned().collect();
    let index: serde_json::Value = serde_json::from_slice(&by_name["index.json"]).unwrap();
    let lines = index.as_array().unwrap();
    let numbers: BTreeSet<_> = lines
        .iter()
        .map(|line| line["folder"].as_str().unwrap())
        .collect();
    let both = BTreeSet::from(["cases/2026-000001/", "cases/2026-000003/"]);
    assert_eq!(numbers, both);
    let mut listed = 0;
    for name in lines
        .iter()
        .flat_map(|line| line["files"].as_array().unwrap())
    {
        assert!(by_name.contains_key(name.as_str().unwrap()), "{name}");
        listed += 1;
    }
    assert_eq!(listed, files.len() - 4, "all but index and list");
    let table = String::from_utf8(by_name["index.csv"].clone()).unwrap();
    assert!(
        table.contains("和调〔2026〕000001号") && table.contains("2026-12-31"),
        "{table}"
    );
    says_nothing_in_confidence(&files);
    let empty = unpacked(house.year(&actor("head"), 2020).await.unwrap());
    assert_eq!(empty.len(), 4, "an index of nothing, and the list");
}

/// The certificate was issued in January, and the party closed the matter then: it ended in December all the same, and an archive
/// of that year is the same whenever it is taken.
async fn a_matter_is_of_the_year_in_which_it_ended_whatever_came_to_it_later(database: Database) {
    let house = full(database).await;
    let (ended, closed) = ("2026-12-29T02:00:00Z", "2027-01-05T02:00:00Z");
    let (at, later) = (ended.parse().unwrap(), closed.parse().unwrap());
    let ending = Ending {
        code: EndCode::TooFarApart,
        at,
        mediator: actor("mediator").person(),
        began: true,
        undisputed: Vec::new(),
        certificate: None,
    };
    let certified = Stage::Mediate {
        at: Box::new(Mediate::Ended {
            ending: ending.clone(),
        }),
    };
    house.over(2, certified, later).await;
    let why = Closing::Ended {
        ending: Some(ending),
    };
    house.over(3, Stage::Closed { at: later, why }, later).await;
    let index = |files: &[(String, Vec<u8>)]| {
        let (_, table) = files.iter().find(|(name, _)| name == "index.csv").unwrap();
        String::from_utf8(table.clone()).unwrap()
    };
    let year = async |year| unpacked(house.year(&actor("head"), year).await.unwrap());
    let of_2026 = index(&year(2026).await);
    for number in ["和调〔2026〕000002号", "和调〔2026〕000003号"] {
        assert!(of_2026.contains(number), "{of_2026}");
    }
    assert_eq!(of_2026.matches("2026-12-29").count(), 2, "{of_2026}");
    let of_2027 = index(&year(2027).await);
    assert!(!of_2027.contains("和调"), "{of_2027}");
}

async fn nobody_but_its_head_takes_a_committees_year_away(database: Database) {
    let house = house(database, true).await;
    for name in [
        "dispatcher",
        "mediator",
        "supervisor",
        "operator",
        "claimant",
        "judge",
    ] {
        let taken = house.year(&actor(name), 2026).await;
        assert!(taken.is_err(), "{name}");
    }
    assert!(house.year(&actor("head"), 1999).await.is_err());
}

async fn a_file_that_is_lost_is_named_and_all_others_are_there(database: Database) {
    let mut house = full(database).await;
    let deed = house.chancery.files.put(DEED).await.unwrap();
    let hand_in = Action::HandIn {
        kind: ExhibitKind::Property,
        note: String::new(),
        file: deed.clone(),
    };
    house.act("claimant", hand_in).await;
    let paper = house.case.papers[0].hash.clone();
    for hash in [&paper, &deed] {
        let hash = hash.as_str();
        let path = house.folder.path().join(&hash[..2]).join(hash);
        std::fs::write(path, "another").unwrap();
    }
    house.closed(1, "2026-06-01T01:00:00Z").await;
    house.closed(2, "2026-06-01T01:00:00Z").await;
    let files = unpacked(house.year(&actor("head"), 2026).await.unwrap());
    is_listed(&house, &files);
    let by_name: BTreeMap<_, _> = files.into_iter().collect();
    let manifest: serde_json::Value = serde_json::from_slice(&by_name["manifest.json"]).unwrap();
    let missing = manifest["missing"].as_array().unwrap().iter().map(|it| {
        let text = |key: &str| it[key].as_str().unwrap().to_owned();
        (text("name"), text("sha256"))
    });
    let missing: Vec<_> = missing.collect();
    let of_the_paper = |(_, hash): &&(String, String)| hash == paper.as_str();
    let of_the_deed = |(name, hash): &(String, String)| {
        hash == deed.as_str() && name.starts_with("cases/2026-000001/exhibits/01")
    };
    assert_eq!(
        missing.iter().filter(of_the_paper).count(),
        2,
        "{missing:?}"
    );
    assert!(missing.iter().any(of_the_deed), "{missing:?}");
    // The second has no papers.
    let of_the_second = |(name, _): &&(String, String)| name.starts_with("cases/2026-000002/");
    assert_eq!(
        missing.iter().filter(of_the_second).count(),
        1,
        "{missing:?}"
    );
    let index = String::from_utf8(by_name["index.csv"].clone()).unwrap();
    for number in ["000001", "000002"] {
        assert!(index.contains(number), "{index}");
    }
    assert!(by_name.contains_key("cases/2026-000002/dossier.pdf"));
}

//! Whoever can write the database and the files is found out by the anchors, and what was done is named.

mod inclusion;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::documents::keys::Authority;

use crate::domain::anchor::{Anchor, hour_of};
use crate::domain::chain::{Link, digest};
use crate::domain::fixture::{COMMITTEE, Quarrel, actor, rules};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::organisation::OrganisationKind;
use crate::domain::paper::PaperKind;
use crate::domain::stage::{Closing, Stage};
use crate::storage::erasure::{AskedBy, Erasure, erase};
use crate::storage::events::Details;
use crate::storage::files::{AnchorFiles, Files};
use crate::storage::fixture::{
    Database, Written, body, forget_anchors, on_each, remove, rewrite, write_body, written,
};
use crate::storage::{Store, anchors, cases, events, office, write_tx};

on_each!(
    an_hour_gets_one_anchor_and_the_next_one_goes_on_from_it,
    what_nobody_touched_is_as_it_was_sealed,
    a_changed_event_is_named,
    a_removed_event_is_named,
    reordered_events_are_named,
    an_inserted_event_is_named,
    a_tail_cut_off_and_a_removed_case_are_named,
    a_chain_written_anew_is_named_at_its_first_change,
    details_and_files_are_held_to_what_was_sealed,
    words_erased_by_law_leave_everything_provable,
    anchors_that_were_changed_or_removed_are_named,
    other_anchors_made_with_our_own_key_differ_from_the_copy_kept_elsewhere,
    a_database_that_was_rolled_back_is_older_than_its_anchors,
    an_event_kept_from_the_anchors_is_named,
    a_body_that_was_changed_is_named,
    a_body_of_before_events_covered_it_is_told,
    what_was_sealed_late_and_hours_without_an_anchor_are_told,
);

struct House {
    database: Database,
    folder: tempfile::TempDir,
    clock: Arc<Clock>,
    authority: Arc<Authority>,
}

const FIRST: CaseId = CaseId(Uuid::from_u128(0x11));
const SECOND: CaseId = CaseId(Uuid::from_u128(0x22));
/// Its events are as they were before they covered the body.
const OLDER: CaseId = CaseId(Uuid::from_u128(0x33));

/// Two cases: of the first three events are in the first anchor and two in the second, of the other two in the first. The
/// third event of the first case brings a paper.
async fn house(database: Database) -> House {
    let clock = Clock::fixed("2026-11-22T14:20:00Z".parse().unwrap());
    let house = House {
        database,
        folder: tempfile::tempdir().unwrap(),
        authority: Arc::new(Authority::create(&clock).unwrap()),
        clock: Arc::new(clock),
    };
    let listed = body(COMMITTEE, OrganisationKind::People, "柳荫调委会", "柳荫");
    let kept: crate::storage::Result<()> = write_tx!(house.store(), |tx| {
        office::insert_organisation(tx, &listed).await
    });
    kept.unwrap();
    house.files().put("the paper").await.unwrap();
    house.open(FIRST, 1).await;
    house.open(SECOND, 2).await;
    house.go_on(FIRST, 1, 3).await;
    house.go_on(SECOND, 1, 2).await;
    assert_eq!(house.anchor().await, 1);
    house.clock.advance(SignedDuration::from_hours(1));
    house.go_on(FIRST, 4, 5).await;
    assert_eq!(house.anchor().await, 1);
    house
}

impl House {
    fn store(&self) -> &Store {
        &self.database.store
    }

    fn files(&self) -> Files {
        Files::open(&self.folder.path().join("files")).unwrap()
    }

    /// A closed case without events; they come by `go_on`.
    async fn open(&self, id: CaseId, number: u32) {
        let rules = rules();
        let quarrel = Quarrel::new(&rules);
        let mut case = quarrel.case.clone();
        case.id = id;
        case.number = format!("和调〔2026〕{number:06}号");
        case.version = 0;
        case.stage = Stage::Closed {
            at: quarrel.now,
            why: Closing::Ended { ending: None },
        };
        if number == 1 {
            case.papers = vec![quarrel.paper(PaperKind::Agreement, "the paper")];
        }
        let kept: crate::storage::Result<()> =
            write_tx!(self.store(), |tx| { cases::insert(tx, &case).await });
        kept.unwrap();
    }

    /// Appends events as casework does.
    async fn go_on(&self, id: CaseId, from: i64, to: i64) {
        for seq in from..=to {
            let payload = match (id, seq) {
                (FIRST, 3) => format!("{{\"paper\":\"{}\"}}", ContentHash::of(b"the paper")),
                _ => format!("{{\"word\":{seq}}}"),
            };
            let now = self.clock.now();
            let kept: crate::storage::Result<()> = write_tx!(self.store(), |tx| {
                let mut case = cases::load(tx, id).await?.unwrap();
                let previous = events::head(tx, id).await?;
                let previous = previous.map_or(id.to_string(), |it| it.hash.to_string());
                case.version += 1;
                let (mut link, details) = event(seq, now, &payload, &previous);
                if id != OLDER {
                    link.body = Some(cases::hash(&case)?);
                    link.hash = link.expected(&previous);
                }
                events::append(tx, id, &link, &details).await?;
                cases::update(tx, &case, now).await
            });
            kept.unwrap();
        }
    }

    async fn anchor(&self) -> usize {
        let anchoring = Anchoring {
            store: self.store().clone(),
            files: self.files(),
            clock: Arc::clone(&self.clock),
            authority: Arc::clone(&self.authority),
        };
        anchoring.make(hour_of(self.clock.now())).await.unwrap()
    }

    async fn audit(&self, copy: Option<&Path>) -> Outcome {
        let audit = Audit {
            store: self.store().clone(),
            files: self.files(),
            copy: copy.map(|folder| AnchorFiles::copied(folder).unwrap()),
            roots: self.authority.roots().unwrap(),
            lists: self.authority.revocations(self.clock.now()).unwrap(),
            noted: self.authority.noted().unwrap(),
        };
        audit.run().await.unwrap()
    }

    /// All that is found, in words.
    async fn finds(&self) -> Vec<String> {
        let outcome = self.audit(None).await;
        assert_eq!(outcome.found, outcome.findings.len() as u64);
        outcome.findings.iter().map(ToString::to_string).collect()
    }

    async fn tamper(&self, id: CaseId, how: impl FnOnce(&mut Vec<Written>)) {
        let mut all = written(self.store(), id).await;
        how(&mut all);
        rewrite(self.store(), id, &all).await;
    }

    fn anchors(&self) -> PathBuf {
        self.folder.path().join("files/anchors")
    }

    /// A copy as somebody keeps it elsewhere.
    fn copied(&self) -> PathBuf {
        let to = self.folder.path().join("elsewhere");
        copy(&self.anchors(), &to);
        to
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(path, target).unwrap();
        }
    }
}

fn event(seq: i64, at: Timestamp, payload: &str, previous: &str) -> (Link, Details) {
    let details = Details {
        salt: ContentHash::of(payload.as_bytes()).to_string(),
        payload: payload.to_owned(),
    };
    let mut link = Link {
        seq,
        kind: "accept".to_owned(),
        actor: serde_json::to_string(&actor("dispatcher")).unwrap(),
        at: at.as_microsecond() + seq,
        from_stage: "closed".to_owned(),
        to_stage: "closed".to_owned(),
        details: digest(&details.salt, &details.payload),
        body: None,
        hash: ContentHash::of(b""),
    };
    link.hash = link.expected(previous);
    (link, details)
}

/// Makes all hashes right again from an event on, as somebody does who knows how they are made.
fn recompute(id: CaseId, all: &mut [Written]) {
    let mut previous = id.to_string();
    for (link, details) in all {
        if let Some(details) = details {
            link.details = digest(&details.salt, &details.payload);
        }
        link.hash = link.expected(&previous);
        previous = link.hash.to_string();
    }
}

fn renumber(all: &mut [Written]) {
    for ((link, _), seq) in all.iter_mut().zip(1..) {
        link.seq = seq;
    }
}

const CASE: &str = "case 和调〔2026〕000001号 (00000000-0000-0000-0000-000000000011)";
const ONE: &str = "(sealed in anchor 1 of 2026-11-22T14:00:00Z)";
const TWO: &str = "(sealed in anchor 2 of 2026-11-22T15:00:00Z)";

async fn an_hour_gets_one_anchor_and_the_next_one_goes_on_from_it(database: Database) {
    let house = house(database).await;
    assert_eq!(house.anchor().await, 0, "once an hour");
    // Nobody served for three hours, and nothing happened either: the next hour has an anchor all the same.
    house.clock.advance(SignedDuration::from_hours(3));
    assert_eq!(house.anchor().await, 1);
    let mut read = house.store().read().await.unwrap();
    let rows = anchors::before(&mut read, None, 9).await.unwrap();
    let all: Vec<_> = rows
        .iter()
        .map(|row| Anchor::read(&row.body).unwrap())
        .collect();
    let told: Vec<_> = all
        .iter()
        .map(|it| (it.number, it.added, it.leaves))
        .collect();
    // Seven events and the paper.
    assert_eq!(told, [(3, 0, 8), (2, 2, 8), (1, 6, 6)]);
    assert_eq!(all[0].root, all[1].root);
    let first = ContentHash::of(rows[2].body.as_bytes());
    assert_eq!(all[1].previous, Some(first));
    let file = house.anchors().join(format!("{}.json", all[0].place()));
    assert_eq!(std::fs::read_to_string(file).unwrap(), rows[0].body);
    assert!(
        anchors::waiting(&mut read, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn what_nobody_touched_is_as_it_was_sealed(database: Database) {
    let house = house(database).await;
    house.go_on(SECOND, 3, 3).await;
    let outcome = house.audit(Some(&house.copied())).await;
    assert_eq!(outcome.findings, []);
    let seen = (
        outcome.anchors,
        outcome.leaves,
        outcome.cases,
        outcome.events,
    );
    assert_eq!(seen, (2, 8, 2, 8));
    assert_eq!((outcome.files, outcome.waiting), (1, 1));
    assert_eq!(outcome.uncovered, 0);
    assert_eq!((outcome.late, outcome.missing), ((0, None), (0, None)));
}

async fn a_changed_event_is_named(database: Database) {
    let house = house(database).await;
    house
        .tamper(FIRST, |all| all[1].0.kind = "decline".to_owned())
        .await;
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 2: changed {ONE}")]
    );
    // With the hash of that event made right the next one no longer follows, but the anchor knows which it was.
    let previous = |all: &[Written]| all[0].0.hash.to_string();
    house
        .tamper(FIRST, |all| {
            all[1].0.hash = all[1].0.expected(&previous(all));
        })
        .await;
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 2: changed {ONE}")]
    );
}

async fn a_removed_event_is_named(database: Database) {
    let house = house(database).await;
    house
        .tamper(FIRST, |all| {
            all.remove(2);
        })
        .await;
    let removed = format!("{CASE}, event 3: removed {ONE}");
    assert_eq!(house.finds().await, std::slice::from_ref(&removed));
    house.tamper(FIRST, |all| renumber(all)).await;
    assert_eq!(house.finds().await, [removed]);
}

async fn reordered_events_are_named(database: Database) {
    let house = house(database).await;
    house
        .tamper(FIRST, |all| {
            all.swap(1, 2);
            renumber(all);
        })
        .await;
    let said = "reordered: another event stands in its place";
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 2: {said} {ONE}")]
    );
}

async fn an_inserted_event_is_named(database: Database) {
    let house = house(database).await;
    house
        .tamper(FIRST, |all| {
            let (link, details) = event(4, house.clock.now(), "{}", all[2].0.hash.as_str());
            all.insert(3, (link, Some(details)));
            renumber(all);
        })
        .await;
    let said = "inserted: no anchor knows it";
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 4: {said} {TWO}")]
    );
}

async fn a_tail_cut_off_and_a_removed_case_are_named(database: Database) {
    let house = house(database).await;
    house.tamper(FIRST, |all| all.truncate(3)).await;
    remove(house.store(), SECOND).await;
    let gone = format!("case {SECOND}: the whole case was removed {ONE}");
    let cut = format!("{CASE}, events 4 to 5: removed with all that follow {TWO}");
    assert_eq!(house.finds().await, [gone, cut]);
}

async fn a_chain_written_anew_is_named_at_its_first_change(database: Database) {
    let house = house(database).await;
    house
        .tamper(FIRST, |all| {
            let details = all[3].1.as_mut().unwrap();
            details.payload = "{\"word\":\"another\"}".to_owned();
            recompute(FIRST, all);
        })
        .await;
    let all = written(house.store(), FIRST).await;
    let links: Vec<_> = all.into_iter().map(|(link, _)| link).collect();
    let holds = crate::domain::chain::verify(&FIRST.to_string(), &links);
    assert_eq!(holds, Ok(()), "the chain alone tells nothing");
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 4: changed {TWO}")]
    );
}

async fn details_and_files_are_held_to_what_was_sealed(database: Database) {
    let house = house(database).await;
    let change = |all: &mut Vec<Written>| all[1].1.as_mut().unwrap().payload.push(' ');
    house.tamper(FIRST, change).await;
    let changed = format!("{CASE}, event 2: changed in its details {ONE}");
    assert_eq!(house.finds().await, [changed]);
    house.tamper(FIRST, |all| all[1].1 = None).await;
    let gone = "its details are gone, and no erasure is on record";
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 2: {gone} {ONE}")]
    );
    house.tamper(FIRST, |all| all[1] = event_two(all)).await;
    assert_eq!(house.finds().await, [""; 0]);
    let hash = ContentHash::of(b"the paper");
    let path = house.folder.path().join("files").join(&hash.as_str()[..2]);
    std::fs::write(path.join(hash.as_str()), "another paper").unwrap();
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, file {hash}: changed {ONE}")]
    );
    std::fs::remove_file(path.join(hash.as_str())).unwrap();
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, file {hash}: removed {ONE}")]
    );
}

/// The second event with the details that it had.
fn event_two(all: &[Written]) -> Written {
    let (link, _) = all[1].clone();
    let payload = "{\"word\":2}".to_owned();
    let salt = ContentHash::of(payload.as_bytes()).to_string();
    (link, Some(Details { salt, payload }))
}

async fn words_erased_by_law_leave_everything_provable(database: Database) {
    let house = house(database).await;
    house.clock.advance(SignedDuration::from_hours(1));
    let erasure = Erasure {
        id: house.clock.new_id(),
        number: "和调〔2026〕000001号".to_owned(),
        at: house.clock.now(),
        asked_by: AskedBy::Claimant,
        why: "本人要求".to_owned(),
    };
    let erased: crate::storage::Result<u64> =
        write_tx!(house.store(), |tx| { erase(tx, &erasure).await });
    assert_eq!(erased.unwrap(), 5);
    let outcome = house.audit(None).await;
    assert_eq!(outcome.findings, []);
    assert_eq!(outcome.erased, 1);
    // What was erased hides no change of the rest.
    house
        .tamper(FIRST, |all| all[4].0.kind = "decline".to_owned())
        .await;
    assert_eq!(
        house.finds().await,
        [format!("{CASE}, event 5: changed {TWO}")]
    );
}

async fn anchors_that_were_changed_or_removed_are_named(database: Database) {
    let house = house(database).await;
    let first = house.anchors().join("2026/11/22/14-000001.json");
    let body = std::fs::read_to_string(&first).unwrap();
    std::fs::write(&first, body.replace("\"added\": 6", "\"added\": 5")).unwrap();
    let found = house.finds().await;
    let forged = "anchor 1: it is not signed as it must be (digest)".to_owned();
    assert!(found.contains(&forged), "{found:?}");
    std::fs::remove_file(&first).unwrap();
    let found = house.finds().await;
    assert_eq!(found, ["anchor 1: its file was removed"]);
    forget_anchors(house.store(), 0).await;
    let found = house.finds().await;
    assert!(
        found.contains(&"anchor 1: its file was removed".to_owned()),
        "{found:?}"
    );
    std::fs::write(&first, body).unwrap();
    for name in std::fs::read_dir(first.parent().unwrap()).unwrap() {
        let path = name.unwrap().path();
        if path.extension().unwrap() == "entries" {
            std::fs::write(path, "").unwrap();
        }
    }
    let found = house.finds().await;
    let changed = "anchor 1 of 2026-11-22T14:00:00Z: the file of its entries was changed";
    assert!(found.contains(&changed.to_owned()), "{found:?}");
}

/// Whoever has database and files takes the anchors away, and the server seals the other history as if nothing had been.
async fn other_anchors_made_with_our_own_key_differ_from_the_copy_kept_elsewhere(
    database: Database,
) {
    let house = house(database).await;
    let copy = house.copied();
    let change = |all: &mut Vec<Written>| {
        all[1].1.as_mut().unwrap().payload = "{}".to_owned();
        recompute(FIRST, all);
    };
    house.tamper(FIRST, change).await;
    forget_anchors(house.store(), 0).await;
    std::fs::remove_dir_all(house.anchors()).unwrap();
    let requeue: crate::storage::Result<()> = write_tx!(house.store(), |tx| {
        for (case, last) in [(FIRST, 5), (SECOND, 2)] {
            for seq in 1..=last {
                anchors::wait(tx, case, seq).await?;
            }
        }
        Ok(())
    });
    requeue.unwrap();
    assert_eq!(house.anchor().await, 1);
    let noted = "anchor 2: it is not the one that was noted beside the keys: database and files were rewritten, or put back from a copy";
    assert_eq!(house.finds().await, [noted]);
    // It stays noted, however many anchors follow.
    for _ in 0..3 {
        house.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(house.anchor().await, 1);
        assert_eq!(house.finds().await, [noted]);
    }
    let outcome = house.audit(Some(&copy)).await;
    let first = outcome.first_event().unwrap().to_string();
    assert_eq!(first, format!("{CASE}, event 2: changed {ONE}"));
    let found: Vec<_> = outcome.findings.iter().map(ToString::to_string).collect();
    let differs = "anchor 1: it is another one in the copy, in the files or in the database";
    assert!(found.contains(&differs.to_owned()), "{found:?}");
}

async fn a_body_that_was_changed_is_named(database: Database) {
    let house = house(database).await;
    write_body(house.store(), FIRST, |body| {
        body.replace("hefeng", "linfeng")
    })
    .await;
    let said = "the body of the case is not the one that its last event covers";
    assert_eq!(house.finds().await, [format!("{CASE}: {said}")]);
    write_body(house.store(), FIRST, |body| {
        body.replace("linfeng", "hefeng")
    })
    .await;
    assert_eq!(house.finds().await, [""; 0]);
    // Nor can what the event covers be written anew to fit, or taken out.
    for body in [Some(ContentHash::of(b"{}")), None] {
        let before = written(house.store(), FIRST).await;
        house.tamper(FIRST, |all| all[4].0.body = body).await;
        assert_eq!(
            house.finds().await,
            [format!("{CASE}, event 5: changed {TWO}")]
        );
        rewrite(house.store(), FIRST, &before).await;
    }
}

async fn a_body_of_before_events_covered_it_is_told(database: Database) {
    let house = house(database).await;
    house.open(OLDER, 3).await;
    house.go_on(OLDER, 1, 2).await;
    write_body(house.store(), OLDER, |body| {
        body.replace("hefeng", "linfeng")
    })
    .await;
    let outcome = house.audit(None).await;
    assert_eq!((outcome.findings, outcome.uncovered), (Vec::new(), 1));
}

async fn what_was_sealed_late_and_hours_without_an_anchor_are_told(database: Database) {
    let house = house(database).await;
    house.go_on(SECOND, 3, 3).await;
    // Four hours in which nobody served.
    house.clock.advance(SignedDuration::from_hours(5));
    assert_eq!(house.anchor().await, 1);
    let outcome = house.audit(None).await;
    assert_eq!(outcome.findings, []);
    let first: Timestamp = "2026-11-22T16:00:00Z".parse().unwrap();
    assert_eq!(outcome.missing, (4, Some(first)));
    let (late, first) = outcome.late;
    let first = first.unwrap();
    assert_eq!((late, first.seq, first.anchor.0), (1, 3, 3));
    assert_eq!(first.number, "和调〔2026〕000002号");
}

async fn a_database_that_was_rolled_back_is_older_than_its_anchors(database: Database) {
    let house = house(database).await;
    house.tamper(FIRST, |all| all.truncate(3)).await;
    forget_anchors(house.store(), 2).await;
    let older = "anchor 2: the database does not know it: it is older than its anchors";
    let cut = format!("{CASE}, events 4 to 5: removed with all that follow {TWO}");
    let noted = "anchor 2: it is not the one that was noted beside the keys: database and files were rewritten, or put back from a copy";
    assert_eq!(
        house.finds().await,
        [noted.to_owned(), older.to_owned(), cut]
    );
}

async fn an_event_kept_from_the_anchors_is_named(database: Database) {
    let house = house(database).await;
    house.go_on(SECOND, 3, 3).await;
    house.tamper(SECOND, |_| ()).await;
    house.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(house.anchor().await, 1);
    let found = house.finds().await;
    let said = format!(
        "case 和调〔2026〕000002号 ({SECOND}), event 3: older than the newest anchor and in none"
    );
    assert_eq!(found, [said]);
}

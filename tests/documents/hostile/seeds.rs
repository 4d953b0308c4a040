//! The seeds of the fuzz targets, and what the targets do, on the toolchain of the house.
//! `HEYI_UPDATE_SEEDS=1 cargo test --test heyi seeds` writes the seeds anew where papers look different now.

#[path = "../../fuzz/structure.rs"]
mod structure;

use std::collections::BTreeMap;

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Roots};
use heyi::documents::verify::{self, Code, Report};

use self::structure::{PAPERS, changed, judge, rebuilt};
use super::mutations::Chance;
use super::samples;

/// Papers as they are written today.
fn written() -> (Vec<Vec<u8>>, Roots) {
    let clock = Clock::fixed("2026-11-22T02:00:00Z".parse().unwrap());
    let authority = Authority::create(&clock).unwrap();
    let papers = [samples::settlement(), samples::ended()];
    let closed = papers.iter().map(|paper| {
        let revisions = samples::signed_by_all(paper, &authority, &clock);
        revisions.into_iter().next_back().unwrap()
    });
    (closed.collect(), authority.roots().unwrap())
}

#[test]
fn the_seeds_are_accepted_and_come_out_of_the_rebuilding_as_they_were() {
    if std::env::var_os("HEYI_UPDATE_SEEDS").is_some() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/seeds");
        let (papers, roots) = written();
        let names = [
            "agreement.pdf",
            "certificate.pdf",
            "signing.der",
            "stamping.der",
        ];
        for (name, bytes) in names.iter().zip(papers.iter().chain(roots.iter())) {
            std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
        }
        return;
    }
    for seed in PAPERS {
        let report = judge(seed);
        assert!(report.accepted, "{:?}", report.problems);
        assert!(report.archived_at.is_some());
        assert_eq!(rebuilt(seed, |_, _| ()), seed);
    }
    // What is written today is read the same way.
    let (papers, roots) = written();
    for paper in &papers {
        assert!(verify::run(paper, &roots).accepted);
        assert_eq!(rebuilt(paper, |_, _| ()), *paper);
    }
    assert!(!verify::run(&papers[0], &structure::roots()).accepted);
}

/// Whether a file was read to its end, so that what it says was looked at.
fn is_read(report: &Report) -> bool {
    let unread = [
        Code::NotAPaper,
        Code::TooLarge,
        Code::End,
        Code::Table,
        Code::Gap,
        Code::Object,
        Code::Hidden,
        Code::Root,
    ];
    !report.problems.iter().any(|it| unread.contains(&it.code))
}

#[test]
fn changes_with_every_offset_right_reach_what_is_checked_and_none_is_accepted() {
    let mut chance = Chance::new(0xA076_1D64_78BD_642F);
    let mut read = 0;
    let mut unread: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..400 {
        let choice: Vec<u8> = (0..128)
            .map(|_| u8::try_from(chance.below(256)).unwrap())
            .collect();
        let paper = changed(&choice);
        let report = judge(&paper);
        match report.problems.first() {
            _ if PAPERS.contains(&paper.as_slice()) => *unread.entry("unchanged").or_default() += 1,
            Some(problem) if !is_read(&report) => {
                *unread.entry(problem.code.name()).or_default() += 1;
            }
            _ => read += 1,
        }
    }
    assert!(read > 200, "{read} of 400, the others {unread:?}");
}

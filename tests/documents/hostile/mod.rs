//! Attacks on signed papers: each is refused, for its own reason. The files are written by hand, so that no code of ours
//! vouches for itself; the roots that are trusted are the forger's where somebody had to be trusted.

mod base;
mod bilingual;
mod bounds;
mod certificates;
mod codes;
mod content;
mod counted;
mod der;
mod foreign;
mod forger;
mod glyphs;
mod mutations;
mod pdf;
mod places;
mod revisions;
mod seeds;
mod wrapping;

use std::sync::LazyLock;

use heyi::documents::verify::{self, Code, Report, Verdict};

use self::forger::{Forger, NOW};
use self::mutations::{Chance, survivors, torn};
use self::pdf::Written;
use super::samples;

/// A paper at several revisions, made by hand up to its archive timestamp.
struct Papers {
    forger: Forger,
    base: Vec<u8>,
    /// By the first party.
    once: Vec<u8>,
    /// By all who sign.
    all: Vec<u8>,
    evident: Vec<u8>,
    archived: Vec<u8>,
}

static PAPERS: LazyLock<Papers> = LazyLock::new(|| {
    let forger = Forger::new("honest");
    let base = heyi::documents::write(&samples::settlement()).unwrap();
    let once = by(&forger, &base, "party-1");
    let all = ["party-2", "mediator-1", "seal"]
        .iter()
        .fold(once.clone(), |paper, field| by(&forger, &paper, field));
    let evident = pdf::evidence(&all, &forger.certificates(), &lists(&forger));
    let archived = closed(&forger, &evident);
    Papers {
        forger,
        base,
        once,
        all,
        evident,
        archived,
    }
});

/// The paper signed in one field, as it should be.
fn by(forger: &Forger, paper: &[u8], field: &str) -> Vec<u8> {
    pdf::signed(paper, field, &Written::default(), |digest| {
        forger.holder(field).sign(digest, Some(&forger.now()))
    })
}

fn lists(forger: &Forger) -> [Vec<u8>; 2] {
    [&forger.signing, &forger.stamping].map(|root| root.list(&[], NOW))
}

/// The paper with an archive timestamp.
fn closed(forger: &Forger, paper: &[u8]) -> Vec<u8> {
    pdf::archived(paper, |digest| forger.stamp.token(digest, forger::NOW_LONG))
}

fn check(paper: &[u8]) -> Report {
    verify::run(paper, &PAPERS.forger.roots())
}

/// What is wrong with a paper that must not be accepted.
fn refused(paper: &[u8]) -> Vec<Code> {
    let report = check(paper);
    assert!(!matches!(
        report.verdict(),
        Verdict::Accepted | Verdict::Waiting
    ));
    assert!(!report.accepted);
    let mut codes: Vec<Code> = report.problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    codes
}

#[test]
fn the_unchanged_papers_are_accepted_at_every_revision() {
    let papers = &*PAPERS;
    for (paper, signatures, verdict) in [
        (&papers.once, 1, Verdict::Waiting),
        (&papers.archived, 4, Verdict::Accepted),
    ] {
        let report = check(paper);
        assert_eq!(report.problems, []);
        assert_eq!(report.verdict(), verdict);
        assert_eq!(report.accepted, verdict == Verdict::Accepted);
        assert!(report.whole);
        assert_eq!(report.signatures.len(), signatures);
        assert!(
            report
                .signatures
                .iter()
                .all(|one| one.intact && one.trusted)
        );
    }
    let report = check(&papers.archived);
    assert_eq!(
        report.archived_at.unwrap().to_string(),
        "2026-11-22T02:00:00Z"
    );
    assert_eq!(report.unsigned, [""; 0]);
    assert_eq!(refused(&papers.base), [Code::Unsigned]);
}

#[test]
fn no_changed_paper_is_taken_for_whole() {
    let papers = &*PAPERS;
    let roots = papers.forger.roots();
    let survivors = |paper: &[u8], rounds, seed| survivors(paper, &roots, rounds, seed);
    assert_eq!(survivors(&papers.archived, 1_500, 0x2545_F491_4F6C_DD1D), 0);
    assert_eq!(survivors(&papers.all, 500, 0x9E37_79B9_7F4A_7C15), 0);
}

#[test]
fn no_torn_paper_stops_the_verifier() {
    let papers = &*PAPERS;
    let mut chance = Chance::new(0xD1B5_4A32_D192_ED03);
    for _ in 0..800 {
        check(&torn(&papers.archived, &mut chance));
    }
}

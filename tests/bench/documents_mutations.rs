//! Twenty thousand changed papers, none of which may be taken for whole, and a hundred thousand torn ones, none of which
//! may stop the verifier.

#[path = "../documents/hostile/mutations.rs"]
mod mutations;

use std::panic::catch_unwind;
use std::time::Instant;

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::paper::{Block, Paper, Slot, SlotKind};
use heyi::documents::{Look, Signing, sign, verify, write};

use self::mutations::{Chance, survivors, torn};
use super::figure::{Target, print};

const CHANGED: u32 = 20_000;
const TORN: u32 = 100_000;
const SIGNERS: usize = 5;

pub(crate) fn measure() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let roots = authority.roots().unwrap();
    let paper = signed(&authority, &clock);
    assert!(verify::run(&paper, &roots).accepted);
    let seed = 0x2545_F491_4F6C_DD1D;
    let accepted = survivors(&paper, &roots, CHANGED, seed);
    print(
        "documents",
        "changed_papers_accepted",
        f64::from(accepted),
        "of 20000",
        Target::AtMost(0.0),
    );
    let mut chance = Chance::new(seed);
    let (mut panics, mut slowest) = (0, 0.0_f64);
    for _ in 0..TORN {
        let bytes = torn(&paper, &mut chance);
        let start = Instant::now();
        let stopped = catch_unwind(|| verify::run(&bytes, &roots)).is_err();
        slowest = slowest.max(start.elapsed().as_secs_f64() * 1000.0);
        panics += u32::from(stopped);
    }
    print(
        "documents",
        "torn_papers_panics",
        f64::from(panics),
        "of 100000",
        Target::AtMost(0.0),
    );
    print(
        "documents",
        "torn_papers_slowest",
        slowest,
        "ms",
        Target::None,
    );
}

/// A paper with several signatures, closed for its archive.
fn signed(authority: &Authority, clock: &Clock) -> Vec<u8> {
    let slot = |number: usize| Slot {
        field: format!("party-{number}"),
        label: format!("当事人{number}"),
        kind: SlotKind::Hand,
    };
    let paper = Paper {
        title: "调解协议书".to_owned(),
        issuer: "安宁街道人民调解委员会".to_owned(),
        number: "安宁人调字〔2026〕第12号".to_owned(),
        blocks: vec![
            Block::Paragraph("楼道里的杂物由各户自行清走。".repeat(20)),
            Block::Signatures((1..=SIGNERS).map(slot).collect()),
        ],
        check: None,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: clock.now(),
    };
    (1..=SIGNERS).fold(write(&paper).unwrap(), |bytes, number| {
        let signing = Signing {
            field: &format!("party-{number}"),
            signer: &Signer {
                name: "王五".to_owned(),
                organisation: None,
                pseudonym: "00".repeat(32),
            },
            look: &Look::Typed("王五".to_owned()),
            reason: "同意本协议",
            now: clock.now(),
        };
        sign(&bytes, &signing, authority, clock).unwrap()
    })
}

//! Three pages of Chinese with one signature: our time beside that of reportlab and pyHanko, in one run.

use std::path::Path;
use std::process::Command;

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::paper::{Block, Clause, Paper, Slot, SlotKind};
use heyi::documents::{Look, Signing, sign, write};

use super::figure::{Target, percentile, print};
use super::support::tool;

const CLAUSE: &str = "甲方自本协议生效之日起十日内，将空调外机移至北侧外墙，移机费用由双方各承担一半，并在每日二十二时以后停止使用音响设备。";
const ROUNDS: u32 = 40;

pub(crate) fn measure() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let signed = signed(&authority, &clock);
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let before = processor_milliseconds();
            self::signed(&authority, &clock);
            processor_milliseconds() - before
        })
        .collect();
    let ours = percentile(&mut times, 50);
    let theirs = peer();
    print("documents", "signed_pdf", ours, "ms", Target::AtMost(30.0));
    print(
        "documents",
        "signed_pdf_reportlab_pyhanko",
        theirs,
        "ms",
        Target::None,
    );
    print(
        "documents",
        "times_faster",
        theirs / ours,
        "x",
        Target::AtLeast(4.0),
    );
    #[expect(clippy::cast_precision_loss, reason = "a file of a few hundred kB")]
    let size = signed.len() as f64 / 1000.0;
    print(
        "documents",
        "signed_pdf_size",
        size,
        "kB",
        Target::AtMost(200.0),
    );
}

fn signed(authority: &Authority, clock: &Clock) -> Vec<u8> {
    let signing = Signing {
        field: "mediator",
        signer: &Signer {
            name: "王立新".to_owned(),
            organisation: None,
            pseudonym: "00".repeat(32),
        },
        look: &Look::Typed("王立新".to_owned()),
        reason: "同意本协议",
        now: clock.now(),
    };
    sign(&write(&paper(clock)).unwrap(), &signing, authority, clock).unwrap()
}

fn paper(clock: &Clock) -> Paper {
    let clause = |number: u32| Clause {
        number: format!("第{number}条"),
        text: CLAUSE.to_owned(),
        terms: Vec::new(),
    };
    Paper {
        title: "调解协议书".to_owned(),
        issuer: "安宁街道人民调解委员会".to_owned(),
        number: "安宁人调字〔2026〕第12号".to_owned(),
        blocks: vec![
            Block::Clauses((1..=42).map(clause).collect()),
            Block::Signatures(vec![Slot {
                field: "mediator".to_owned(),
                label: "调解员：王立新".to_owned(),
                kind: SlotKind::Hand,
            }]),
        ],
        check: None,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: clock.now(),
    }
}

/// The processor time of this thread so far, which does all the work; Linux counts it in nanoseconds.
fn processor_milliseconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let first = told.split_whitespace().next().unwrap();
    first.parse::<f64>().unwrap() / 1_000_000.0
}

/// The median of the peer's milliseconds of processor time a paper, as ours.
fn peer() -> f64 {
    let folder = tempfile::TempDir::new().unwrap();
    let (key, certificate) = (
        folder.path().join("key.pem"),
        folder.path().join("certificate.pem"),
    );
    let made = rcgen::generate_simple_self_signed(["peer.test".to_owned()]).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let peer = Command::new(Path::new(&tool("HEYI_PEERS")).join("bin/python"))
        .arg(root.join("tests/bench/documents_peer.py"))
        .arg(root.join("assets/fonts/NotoSerifSC-Regular.ttf"))
        .args([&key, &certificate])
        .arg(ROUNDS.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8(peer.stdout).unwrap();
    let mut times: Vec<f64> = said.lines().map(|line| line.parse().unwrap()).collect();
    assert!(
        !times.is_empty(),
        "{}",
        String::from_utf8_lossy(&peer.stderr)
    );
    percentile(&mut times, 50)
}

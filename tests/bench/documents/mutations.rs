//! Twenty thousand changed papers, none of which may be taken for whole, and a hundred thousand torn ones, none of which
//! may stop the verifier.

#[path = "../../documents/hostile/mutations.rs"]
mod chance;

use std::panic::catch_unwind;
use std::time::Instant;

use heyi::documents::keys::Roots;
use heyi::documents::verify;

use self::chance::{Chance, survivors, torn};
use super::super::figure::{Target, print};

const CHANGED: u32 = 20_000;
const TORN: u32 = 100_000;

/// `paper` has several signatures, and is closed for its archive.
pub(crate) fn measure(paper: &[u8], roots: &Roots) {
    assert!(verify::run(paper, roots).accepted);
    let seed = 0x2545_F491_4F6C_DD1D;
    let accepted = survivors(paper, roots, CHANGED, seed);
    print(
        "mutations",
        "changed_papers_accepted",
        f64::from(accepted),
        "of 20000",
        Target::AtMost(0.0),
    );
    let mut chance = Chance::new(seed);
    let (mut panics, mut slowest) = (0, 0.0_f64);
    for _ in 0..TORN {
        let bytes = torn(paper, &mut chance);
        let start = Instant::now();
        let stopped = catch_unwind(|| verify::run(&bytes, roots)).is_err();
        slowest = slowest.max(start.elapsed().as_secs_f64() * 1000.0);
        panics += u32::from(stopped);
    }
    print(
        "mutations",
        "torn_papers_panics",
        f64::from(panics),
        "of 100000",
        Target::AtMost(0.0),
    );
    print(
        "mutations",
        "torn_papers_slowest",
        slowest,
        "ms",
        Target::None,
    );
}

//! Any bytes before the verifier: it answers, and accepts nothing but the seeds.

#![no_main]

#[path = "../structure.rs"]
mod structure;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    structure::judge(bytes);
});

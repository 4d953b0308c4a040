//! Changed papers with every offset right before the verifier: it answers, and accepts nothing but the seeds.

#![no_main]

#[path = "../structure.rs"]
mod structure;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|choice: &[u8]| {
    structure::judge(&structure::changed(choice));
});

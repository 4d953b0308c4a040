//! Any bytes before the verifier: it answers, and never says that a file without a trusted signature is accepted.

#![no_main]

use heyi::documents::verify::run;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(!run(bytes, &[]).accepted);
});

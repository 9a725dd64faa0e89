//! Any bytes as a web archive: reports and faults in their places, an end, and reading that sets in again behind each of them.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: support::caught_panics_are_faults(), |bytes: &[u8]| support::read("x.warc", bytes));

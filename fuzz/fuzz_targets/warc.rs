//! Any bytes as a web archive: reports and faults in their places, an end, and reading that sets in again behind each of them.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| support::read("x.warc", bytes));

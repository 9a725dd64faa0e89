//! Any text as a file of coding frames: frames, or an error that names the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_coding::frame;

fuzz_target!(|text: &str| {
    if let Err(error) = frame::load([("rules/en/fuzz.toml", text)]) {
        assert!(error.to_string().contains("fuzz.toml"), "{error}");
    }
});

//! Any bytes as a page: a document whose spans lie in its text, or one clear error.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayso::input::FileFormat;
use sayso::{Coder, Input, Profile};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::of_profile(Profile::Fast).expect("the program's own data load"));

fuzz_target!(|bytes: &[u8]| {
    let input = Input { bytes: Some((bytes.to_vec(), FileFormat::Html)), ..Input::default() };
    match CODER.document(&input) {
        Ok(document) => assert!(document.blocks.iter().all(|block| !block.span.text(&document.text).is_empty())),
        Err(error) => assert!(!error.reason().is_empty()),
    }
});

//! Any words as a report: times, quantities and all other mentions, and statements of them, without a crash.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayso::{Coder, Input, Profile, Stage};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::of_profile(Profile::Fast).expect("the program's own data load"));

fuzz_target!(|words: &str| {
    let text = format!("Gunmen killed six farmers near Jos {words}, police said.");
    let input = Input { published: Some("2017-09-01".to_owned()), ..Input::text(&text) };
    if let Ok(document) = CODER.document(&input) {
        CODER.explain(&document, Stage::Mentions);
        for statement in CODER.records(&document) {
            let evidence = &statement.evidence.words;
            let text: String = document.text.chars().skip(evidence.start).take(evidence.end - evidence.start).collect();
            assert_eq!(text, evidence.text);
        }
    }
});

//! A happening told in two sentences, as it leaves the program.

use sayso::types::record::StatementRecord;
use sayso::{Coder, Input};

fn read(text: &str) -> Vec<StatementRecord> {
    let coder = Coder::embedded().expect("the embedded data load");
    let document = coder.document(&Input::text(text)).expect("a text is a document");
    coder.records(&document)
}

#[test]
fn each_place_that_tells_it_is_exactly_the_text_between_its_offsets() {
    let text = "Señora Núñez slept. A bomb exploded outside a bank in Cali on Friday. The blast killed three customers.";
    let found = read(text);
    let points: Vec<char> = text.chars().collect();
    let told = found.iter().find(|s| !s.evidence.also.is_empty()).expect("the blast is told twice");
    for evidence in std::iter::once(&told.evidence).chain(&told.evidence.also) {
        for words in [&evidence.words, &evidence.trigger] {
            assert_eq!(points[words.start..words.end].iter().collect::<String>(), words.text);
        }
    }
    assert_eq!(told.evidence.also.len(), 1);
    assert_eq!(told.evidence.also[0].trigger.text, "blast");
}

#[test]
fn what_is_told_once_is_written_as_ever() {
    let found = read("A bomb exploded outside a bank in Cali on Friday.");
    let written = serde_json::to_string(&found[0]).expect("a statement is JSON");
    assert!(!written.contains("\"also\""), "{written}");
    assert_eq!(serde_json::from_str::<StatementRecord>(&written).expect("it reads again"), found[0]);
}

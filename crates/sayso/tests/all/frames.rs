//! Every frame's own examples, and the suite of readable cases.

use sayso::expectation::Expectation;
use sayso::{Coder, Input};

fn check(coder: &Coder, name: &str, text: &str, published: Option<&str>, gives: &[String], failures: &mut Vec<String>) {
    let input = Input { published: published.map(str::to_owned), ..Input::text(text) };
    let document = coder.document(&input).expect("a case is a text");
    let statements = coder.records(&document);
    for line in gives {
        let (absent, line) = line.strip_prefix("not ").map_or((false, line.as_str()), |rest| (true, rest));
        let expectation = Expectation::parse(line).unwrap_or_else(|| panic!("{name}: `{line}` is no expectation"));
        let told = expectation.check(&statements);
        if absent == told.is_ok() {
            let coded: Vec<String> = statements.iter().map(sayso::export::line).collect();
            failures.push(format!("{name}: {text}\n  expected {line}\n  unmet: {:?}\n  coded:\n    {}", told, coded.join("\n    ")));
        }
    }
}

#[test]
fn every_frame_does_what_its_examples_say() {
    let coder = Coder::embedded().expect("embedded data loads");
    let mut failures = Vec::new();
    let mut count = 0;
    for frame in &coder.knowledge().frames.frames {
        for example in &frame.examples {
            count += 1;
            check(&coder, &frame.id, &example.text, None, &example.gives, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{} of {count} examples fail\n{}", failures.len(), failures.join("\n"));
}

/// Cases: blocks between blank lines; `#` a remark, `published:` a date, `+` an expectation, `-` what must not be coded; else text.
#[test]
fn the_suite_of_cases_holds() {
    let coder = Coder::embedded().expect("embedded data loads");
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/suite");
    let mut files: Vec<_> = std::fs::read_dir(directory).expect("tests/suite is there").filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    let mut failures = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "cases")) {
        let cases = std::fs::read_to_string(file).expect("a case file reads");
        for case in cases.split("\n\n").filter(|c| c.lines().any(|l| !l.starts_with('#') && !l.trim().is_empty())) {
            let (mut text, mut gives, mut published) = (Vec::new(), Vec::new(), None);
            for line in case.lines().filter(|l| !l.starts_with('#')) {
                match line.split_once(' ') {
                    Some(("+", rest)) => gives.push(rest.to_owned()),
                    Some(("-", rest)) => gives.push(format!("not {rest}")),
                    Some(("published:", rest)) => published = Some(rest.trim()),
                    _ => text.push(line),
                }
            }
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            check(&coder, &name, &text.join("\n"), published, &gives, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{} expectations fail\n{}", failures.len(), failures.join("\n"));
}

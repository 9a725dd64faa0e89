//! Is a text cut and read as a person would? Sentences, tokens, lemmas, syntax and names of readable cases, and of any text at all.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use sayso_language::{Depth, Lexicon, LexiconFile, LexiconFiles, Models, analyze, each, print};
use sayso_types::{Analysis, Block, BlockKind, Document, Language, NameClass, Outcome, Span, Unknown, Upos};

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(include_bytes!("../../../data/models/linear/linear.bin")).unwrap());
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file = |name, text| LexiconFile { name, text };
    let files = LexiconFiles {
        abbreviations: file("abbreviations.tsv", include_str!("../../../data/lexicons/en/abbreviations.tsv")),
        openers: file("openers.tsv", include_str!("../../../data/lexicons/en/openers.tsv")),
        tokenization: file("tokenization.tsv", include_str!("../../../data/lexicons/en/tokenization.tsv")),
        lemmas: file("lemmas.tsv", include_str!("../../../data/models/linear/lemmas.tsv")),
    };
    Lexicon::load(&files).unwrap()
});

fn document(text: &str, kind: BlockKind) -> Document {
    let blocks = Span::new(0, text.len()).map(|span| Block { span, kind });
    Document {
        id: "case".into(),
        url: None,
        title: None,
        byline: None,
        publisher: None,
        credit: None,
        published: Outcome::Unknown(Unknown::NotStated),
        retrieved: None,
        language: Language::English,
        raw_sha256: String::new(),
        text_sha256: String::new(),
        text: text.to_owned(),
        blocks: blocks.into_iter().collect(),
    }
}

fn read(document: &Document) -> Analysis {
    analyze(document, &*MODELS, &LEXICON, &each(|_, _| Depth::Syntax { names: Vec::new() }))
}

fn sentences(text: &str) -> Vec<String> {
    let document = document(text, BlockKind::Body);
    read(&document).sentences.iter().map(|sentence| sentence.span.text(text).to_owned()).collect()
}

fn words(text: &str) -> String {
    let document = document(text, BlockKind::Body);
    read(&document).tokens.iter().map(|token| token.span.text(text)).collect::<Vec<_>>().join(" ")
}

#[test]
fn sentences_end_where_people_end_them() {
    let cases: &[&[&str]] = &[
        &["Gen. John Nicholson met Lt. Col. Ray.", "He left."],
        &["U.S. forces struck the camp.", "The U.N. condemned it."],
        &["Troops entered from the U.S.", "The army said so."],
        &["“It is over,” he said.", "“We won.”", "Crowds cheered."],
        &["\"Who did it?\" he asked.", "Nobody knew."],
        &["The attack killed 3.5 million birds on Jan. 4.", "No. 2 fled at 5 p.m. Monday."],
        &["It was claimed.[1]", "Police denied it."],
        &["The leader was killed.", "The army said so."],
        &["Police said al-Qaida was to blame.", "al-Shabab denied it."],
        &["George W. Bush met J. Smith."],
        &["Is it war?!", "Yes..."],
        &["Soldiers near Mosul", "Image: Reuters."],
    ];
    for case in cases {
        assert_eq!(sentences(&case.join(" ")), *case);
    }
}

#[test]
fn sentences_stand_alone_where_spaces_are_lost_and_lines_end() {
    assert_eq!(sentences("The rebels withdrew.The army followed."), ["The rebels withdrew.", "The army followed."]);
    assert_eq!(sentences("Clashes in the north\nThe army said so."), ["Clashes in the north", "The army said so."]);
    let wrapped = "The army said on Tuesday that its soldiers had taken the eastern part of\nthe town after a week of fighting.";
    assert_eq!(sentences(wrapped).len(), 1);
}

#[test]
fn tokens_are_those_of_the_treebanks() {
    let cases = [
        ("It doesn't matter.", "It does n't matter ."),
        ("The Taliban’s fighters can’t win.", "The Taliban ’s fighters ca n’t win ."),
        ("the rebels' Taliban-led anti-tank unit", "the rebels ' Taliban - led anti-tank unit"),
        ("U.S.-led strikes, the U.N. said.", "U.S. - led strikes , the U.N. said ."),
        ("(ISKP) killed 1,200 at 7:30pm", "( ISKP ) killed 1,200 at 7:30 pm"),
        ("“No,” he said—twice.", "“ No , ” he said — twice ."),
        ("He cannot pay $2.5m or 10%.", "He can not pay $ 2.5 m or 10 % ."),
        ("Sana'a and O'Brien, Jan. 4", "Sana'a and O'Brien , Jan. 4"),
        ("see https://example.org/a-b.html.", "see https://example.org/a-b.html ."),
        ("and/or", "and / or"),
    ];
    for (text, tokens) in cases {
        assert_eq!(words(text), tokens);
    }
}

#[test]
fn lemmas_are_dictionary_forms_in_lower_case() {
    let cases = [
        ("attacked", Upos::Verb, "attack"),
        ("militants", Upos::Noun, "militant"),
        ("was", Upos::Aux, "be"),
        ("n't", Upos::Part, "not"),
        ("killed", Upos::Verb, "kill"),
        ("seizing", Upos::Verb, "seize"),
        ("children", Upos::Noun, "child"),
        ("States", Upos::Propn, "states"),
        ("families", Upos::Noun, "family"),
        ("forces", Upos::Noun, "force"),
        ("fought", Upos::Verb, "fight"),
        ("fled", Upos::Verb, "flee"),
    ];
    for (form, pos, lemma) in cases {
        assert_eq!(LEXICON.lemma(form, pos), lemma, "{form}");
    }
}

/// The words that `word` governs in the one sentence of `text`, with their relations.
fn check_arcs(text: &str, word: &str, expected: &[(&str, &str)]) {
    let document = document(text, BlockKind::Body);
    let analysis = read(&document);
    let head = analysis.tokens.iter().position(|token| token.span.text(text) == word).unwrap();
    for (relation, dependent) in expected {
        let found = analysis.tokens.iter().find(|token| token.head == head && token.span.text(text) == *dependent);
        assert_eq!(found.map(|token| token.relation.as_str()), Some(*relation), "{dependent} in\n{}", print(&document, &analysis));
    }
}

#[test]
fn syntax_tells_who_did_what_to_whom() {
    check_arcs("Taliban fighters attacked the base.", "attacked", &[("nsubj", "fighters"), ("obj", "base")]);
    check_arcs(
        "Three soldiers were killed by the rebels.",
        "killed",
        &[("nsubj:pass", "soldiers"), ("obl:agent", "rebels"), ("aux:pass", "were")],
    );
    check_arcs("The army said that it had retaken the town.", "said", &[("nsubj", "army"), ("ccomp", "retaken")]);
}

#[test]
fn names_are_found_with_their_kind() {
    let text = "President Ashraf Ghani visited Kabul on Monday.";
    let document = document(text, BlockKind::Body);
    let analysis = read(&document);
    let names: Vec<_> = analysis.names.iter().map(|name| (analysis.span_of(name.tokens.clone()).text(text), name.kind)).collect();
    assert!(names.contains(&("Kabul", NameClass::Location)), "{names:?}");
    assert!(names.iter().any(|(name, kind)| name.ends_with("Ashraf Ghani") && *kind == NameClass::Person), "{names:?}");
}

#[test]
fn only_coded_blocks_and_wanted_sentences_are_read() {
    let text = "The army attacked. The rebels fled. Share this page.";
    let mut document = document(text, BlockKind::Body);
    let split = text.find("Share").unwrap();
    document.blocks = vec![
        Block { span: Span::new(0, split).unwrap(), kind: BlockKind::Body },
        Block { span: Span::new(split, text.len()).unwrap(), kind: BlockKind::Navigation },
    ];
    let analysis = analyze(
        &document,
        &*MODELS,
        &LEXICON,
        &each(
            |_, tokens| {
                if tokens.iter().any(|token| token.lemma == "flee") { Depth::Syntax { names: Vec::new() } } else { Depth::Words }
            },
        ),
    );
    let parsed: Vec<bool> = analysis.sentences.iter().map(|sentence| sentence.parsed).collect();
    assert_eq!(parsed, [false, true]);
    assert!(print(&document, &analysis).contains("fled\tflee\tVERB\t0\troot"));
}

#[test]
fn an_empty_text_has_nothing_in_it() {
    assert_eq!(read(&document("", BlockKind::Body)), Analysis::default());
    assert_eq!(read(&document(" \n ", BlockKind::Body)), Analysis::default());
}

#[test]
fn damaged_models_are_an_error() {
    let bytes = include_bytes!("../../../data/models/linear/linear.bin");
    assert!(Models::load(&bytes[..bytes.len() - 1]).is_err());
    assert!(Models::load(b"").is_err());
    assert!(Models::load(b"sayso-ln\x63\0\0\0").is_err());
}

fn check_invariants(text: &str, kind: BlockKind) -> Result<(), TestCaseError> {
    let document = document(text, kind);
    let analysis = read(&document);
    let mut end = 0;
    for sentence in &analysis.sentences {
        prop_assert!(!sentence.tokens.is_empty());
        for token in &analysis.tokens[sentence.tokens.clone()] {
            prop_assert!(text.is_char_boundary(token.span.start()) && text.is_char_boundary(token.span.end()));
            prop_assert!(token.span.start() >= end, "{:?} overlaps", token.span);
            prop_assert!(sentence.span.contains(token.span));
            prop_assert!(sentence.tokens.contains(&token.head));
            end = token.span.end();
        }
        let roots = sentence.tokens.clone().filter(|token| analysis.tokens[*token].head == *token).count();
        prop_assert_eq!(roots, 1);
    }
    let covered: usize = analysis.tokens.iter().map(|token| token.span.len()).sum();
    let visible: usize = text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum();
    prop_assert_eq!(covered, visible, "a token has every visible character");
    prop_assert!(analysis.names.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
    print(&document, &analysis);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check_invariants(&text, BlockKind::Body)?;
    }

    #[test]
    fn any_punctuation_is_read(text in "[a-cA-C1-3 \\n.,!?'’\"“”()\\[\\]$%/:;–—…-]{0,80}") {
        check_invariants(&text, BlockKind::Title)?;
        check_invariants(&text, BlockKind::Body)?;
    }
}

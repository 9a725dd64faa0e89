//! Cases as readable text: a text, expectations about its words, and its trees.

use std::path::Path;

use sayso_coding::cues::Cues;
use sayso_coding::syntax::Tree;
use sayso_types::{Analysis, Relation, Sentence, Span, Token, Upos};

/// One case of a suite.
pub struct Case {
    /// One or more sentences.
    pub text: String,
    /// Words (the first with that form) and what is expected of them.
    pub expected: Vec<(String, String)>,
    /// Its syntax.
    pub analysis: Analysis,
}

/// The cues of the repository.
pub fn cues() -> Cues {
    let read = |name: &str| std::fs::read_to_string(data().join(name)).expect("the lexicon stands in data/lexicons/en");
    Cues::load("cues.tsv", &read("cues.tsv"), "factuality.tsv", &read("factuality.tsv")).expect("the lexicons read")
}

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/lexicons/en")
}

/// The cases of a suite: a text at the margin, then its expectations (`word = value`) and trees (`| …`) indented.
pub fn cases(suite: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in suite.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let Some(indented) = line.strip_prefix("  ") else {
            cases.push(Case { text: line.to_owned(), expected: Vec::new(), analysis: Analysis::default() });
            continue;
        };
        let case = cases.last_mut().expect("a text stands above its expectations");
        if let Some(tree) = indented.strip_prefix("| ") {
            push_sentence(case, tree);
        } else {
            let (word, value) = indented.split_once(" = ").expect("an expectation reads `word = value`");
            case.expected.push((word.to_owned(), value.to_owned()));
        }
    }
    cases
}

fn push_sentence(case: &mut Case, tree: &str) {
    let first = case.analysis.tokens.len();
    for (number, cells) in tree.split(' ').map(|token| token.rsplitn(5, '/').collect::<Vec<_>>()).enumerate() {
        let [relation, head, pos, lemma, word] = cells[..] else { panic!("a token has five cells: {cells:?}") };
        let from = case.analysis.tokens.last().map_or(0, |t| t.span.end());
        let start = from + case.text[from..].find(word).unwrap_or_else(|| panic!("`{word}` stands in `{}`", case.text));
        let head: usize = head.parse().expect("the head is a number");
        case.analysis.tokens.push(Token {
            span: Span::new(start, start + word.len()).expect("a word is not empty"),
            lemma: lemma.into(),
            pos: Upos::of_str(pos).expect("a universal part of speech"),
            head: if head == 0 { first + number } else { first + head - 1 },
            relation: Relation::of_tag(relation).expect("a universal relation"),
        });
    }
    let tokens = first..case.analysis.tokens.len();
    let span = case.analysis.span_of(tokens.clone());
    case.analysis.sentences.push(Sentence { span, tokens, block: 0, parsed: true });
}

/// Compares what `found` makes of each expected word with the expectation; all differences are told at once.
pub fn check(suite: &str, found: impl Fn(&Tree<'_>, usize) -> String) {
    let mut wrong = Vec::new();
    for case in cases(suite) {
        let tree = Tree::new(&case.text, &case.analysis);
        for (word, expected) in &case.expected {
            let token =
                (0..case.analysis.tokens.len()).find(|t| tree.word(*t) == word).unwrap_or_else(|| panic!("no `{word}` in `{}`", case.text));
            let found = found(&tree, token);
            if found != *expected {
                wrong.push(format!("{}\n  {word}: expected {expected}\n  {word}: found    {found}", case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of the expectations fail:\n{}", wrong.len(), wrong.join("\n"));
}

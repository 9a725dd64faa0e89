//! Who says so: the suite of `cases/attribution.txt`.

mod support;

use proptest::prelude::*;
use sayso_coding::attribution::{attribution, attributions};
use sayso_coding::factuality::factuality;
use sayso_coding::syntax::{Tree, noun_phrase};
use sayso_types::{Analysis, Relation, Sentence, Span, Token, Upos};

#[test]
fn each_fact_has_its_chain_of_sources() {
    let cues = support::cues();
    support::check(include_str!("cases/attribution.txt"), |tree, token| {
        let links = attribution(tree, token, token, &cues);
        let told: Vec<String> = links
            .iter()
            .map(|link| {
                let words: Vec<&str> = link.cue.iter().map(|t| tree.word(*t)).collect();
                format!("{} <{}>", noun_phrase(tree, link.source).text(tree.text), words.join(" "))
            })
            .collect();
        if told.is_empty() { "-".to_owned() } else { told.join(" > ") }
    });
}

#[test]
fn a_document_tells_all_its_attributions() {
    let cues = support::cues();
    let cases = support::cases(include_str!("cases/attribution.txt"));
    let case = cases.iter().find(|c| c.text.starts_with("“We attacked the base,”")).expect("the suite has a quotation in two parts");
    let found = attributions(&Tree::new(&case.text, &case.analysis), &cues);
    let content: Vec<&str> = found[0].content.iter().map(|span| span.text(&case.text)).collect();
    assert_eq!(found[0].source.map(|span| span.text(&case.text)), Some("the spokesman"));
    assert!(content.join(" ").contains("We attacked the base"), "{content:?}");
}

#[test]
fn mending_hangs_no_word_below_itself() {
    // The name goes on behind a preposition, and the noun before that hangs below it.
    let suite = "Salih led men of Ansar\n  \
                 | Salih/salih/PROPN/0/root led/lead/VERB/1/acl men/man/NOUN/5/compound of/of/ADP/5/case Ansar/ansar/PROPN/1/flat";
    let cases = support::cases(suite);
    let tree = Tree::new(&cases[0].text, &cases[0].analysis);
    for token in 0..cases[0].analysis.tokens.len() {
        assert!(!tree.ancestors(token).any(|above| above == token), "`{}` hangs below itself", tree.word(token));
        assert!(tree.subtree(token).len() <= cases[0].analysis.tokens.len());
    }
}

const WORDS: [&str; 14] = ["police", "said", "that", "rebels", "attacked", "\"", ",", ".", "“", "”", ":", "according", "citing", "may"];

fn analysis() -> impl Strategy<Value = (String, Analysis)> {
    let token = (0..WORDS.len(), 0..Upos::ALL.len(), 0..Relation::ALL.len(), 0..12usize, any::<bool>());
    proptest::collection::vec(token, 1..24).prop_map(|tokens| {
        let text = tokens.iter().map(|(word, ..)| WORDS[*word]).collect::<Vec<_>>().join(" ");
        let mut analysis = Analysis::default();
        let (mut start, mut first) = (0, 0);
        let count = tokens.len();
        for (at, (word, pos, relation, head, ends)) in tokens.into_iter().enumerate() {
            let span = Span::new(start, start + WORDS[word].len()).expect("words are not empty");
            start = span.end() + 1;
            // A head inside the sentence, towards its first token, so that there is no circle.
            let head = if at == first { at } else { first + head % (at - first) };
            analysis.tokens.push(Token { span, lemma: WORDS[word].into(), pos: Upos::ALL[pos], head, relation: Relation::ALL[relation] });
            if ends || at + 1 == count {
                let tokens = first..at + 1;
                analysis.sentences.push(Sentence { span: analysis.span_of(tokens.clone()), tokens, block: 0, parsed: true });
                first = at + 1;
            }
        }
        (text, analysis)
    })
}

proptest! {
    #[test]
    fn any_tree_is_read((text, analysis) in analysis()) {
        let cues = support::cues();
        let tree = Tree::new(&text, &analysis);
        for token in 0..analysis.tokens.len() {
            let links = attribution(&tree, token, token, &cues);
            prop_assert!(links.iter().all(|l| !l.cue.is_empty() && l.source < analysis.tokens.len()));
            factuality(&tree, token, token, &cues);
            prop_assert!(!tree.ancestors(token).any(|above| above == token));
        }
        attributions(&tree, &cues);
    }
}

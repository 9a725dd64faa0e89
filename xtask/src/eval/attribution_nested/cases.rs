//! Which chains do our own cases ask for? Sentences with, beneath each, a predicate and its sources, outermost first.

use anyhow::Context;
use sayso::types::{Relation, Upos};
use sayso_coding::attribution::attribution;
use sayso_coding::syntax::Tree;

use super::super::Reading;
use super::super::plain::document;
use super::Share;

/// A text and the chains asked of it.
#[derive(Debug, PartialEq, Eq)]
struct Case {
    text: String,
    asked: Vec<Asked>,
}

/// A predicate with its chain: of each link the words any of which names the source.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    predicate: String,
    chain: Vec<Vec<String>>,
}

/// The share of right chains of a file of cases; those that are wrong are shown where asked for.
pub fn share(reading: &Reading<'_>, name: &str, errors: bool) -> anyhow::Result<Share> {
    let coder = reading.coder()?;
    let text = reading.text(name)?.unwrap_or_default();
    let mut share = Share::default();
    for case in cases(&text).with_context(|| name.to_owned())? {
        let document = document(&case.text, None);
        let analysis = coder.full_analysis(&document);
        let tree = Tree::new(&document.text, &analysis);
        for asked in &case.asked {
            let found = chain(&tree, &asked.predicate, |predicate| {
                attribution(&tree, predicate, predicate, &coder.knowledge().cues).into_iter().map(|link| link.source).collect()
            });
            let right = found.as_ref().is_some_and(|found| is_right(found, &asked.chain));
            share.add(Share::of(right));
            if errors && !right {
                eprintln!("{}\n  {}: found {found:?}, gold {:?}", case.text, asked.predicate, asked.chain);
            }
        }
    }
    Ok(share)
}

/// The names of each source in the chain of the first token that is written as `predicate`; none where there is no such token.
fn chain(tree: &Tree<'_>, predicate: &str, sources: impl Fn(usize) -> Vec<usize>) -> Option<Vec<Vec<String>>> {
    let token = (0..tree.analysis.tokens.len()).find(|token| tree.word(*token) == predicate)?;
    Some(sources(token).into_iter().map(|source| names(tree, source)).collect())
}

/// The words that name a source: its head, with the other parts of a name.
fn names(tree: &Tree<'_>, source: usize) -> Vec<String> {
    let is_part = |child: &usize| match tree.relation(*child) {
        Relation::Flat => true,
        Relation::Compound => tree.token(*child).pos == Upos::Propn && tree.token(source).pos == Upos::Propn,
        _ => false,
    };
    std::iter::once(source).chain(tree.children(source).filter(is_part)).map(|token| tree.word(token).to_owned()).collect()
}

fn is_right(found: &[Vec<String>], gold: &[Vec<String>]) -> bool {
    found.len() == gold.len() && found.iter().zip(gold).all(|(found, gold)| found.iter().any(|word| gold.contains(word)))
}

/// Reads cases: a line of text, then indented lines `predicate: source (cue) > source (cue)`; `#` opens a comment.
fn cases(text: &str) -> anyhow::Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()) {
        match line.strip_prefix(' ') {
            None => cases.push(Case { text: line.to_owned(), asked: Vec::new() }),
            Some(asked) => {
                let case = cases.last_mut().with_context(|| format!("line {number}: a predicate before the first text"))?;
                case.asked.push(read(asked).with_context(|| format!("line {number}: expected `predicate: source (cue) > …`"))?);
            }
        }
    }
    Ok(cases)
}

fn read(asked: &str) -> Option<Asked> {
    let (predicate, chain) = asked.trim().split_once(": ")?;
    let source = |link: &str| link.trim().split_once(" (").map(|(source, _)| source.split('/').map(str::to_owned).collect());
    let links = if chain == "-" { Some(Vec::new()) } else { chain.split(" > ").map(source).collect() };
    links.map(|chain| Asked { predicate: predicate.to_owned(), chain })
}

#[cfg(test)]
mod tests {
    use super::super::{DEV, HELD_OUT};
    use super::*;
    use crate::root;

    #[test]
    fn every_word_of_a_case_stands_in_its_text() {
        for name in [DEV, HELD_OUT] {
            let text = std::fs::read_to_string(root().join(name)).expect("the cases are there");
            for case in cases(&text).expect("the cases read") {
                assert!(!case.asked.is_empty(), "{} asks nothing", case.text);
                for asked in &case.asked {
                    let words = asked.chain.iter().flatten().chain([&asked.predicate]);
                    let strange: Vec<&String> = words.filter(|word| !case.text.contains(word.as_str())).collect();
                    assert!(strange.is_empty(), "{strange:?} is not in: {}", case.text);
                }
            }
        }
    }

    #[test]
    fn a_chain_is_right_only_whole() {
        let chain = |text: &str| read(text).expect("it reads").chain;
        let gold = chain("fled: Olut/governor (said) > villagers (told)");
        assert!(is_right(&chain("fled: governor (said) > villagers (told)"), &gold));
        assert!(!is_right(&chain("fled: villagers (told) > governor (said)"), &gold));
        assert!(!is_right(&chain("fled: villagers (told)"), &gold));
        assert!(is_right(&[], &chain("fled: -")));
    }
}

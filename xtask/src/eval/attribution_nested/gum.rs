//! Which chains do GUM's relations of attribution ask for? Of each attributed stretch the clauses that attribute it, outermost first.

use std::collections::BTreeMap;

use anyhow::Context;
use sayso::types::{CodePoints, Upos};
use sayso_coding::attribution::{Governor, chain};
use sayso_coding::syntax::Tree;
use serde::Deserialize;

use super::super::Reading;
use super::super::plain::{Stretch, document};
use super::Share;

#[derive(Deserialize)]
struct Row {
    id: String,
    genre: String,
    text: String,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    id: String,
    /// The whole clause that attributes.
    cue: Vec<Stretch>,
    content: Vec<Stretch>,
    parent: Option<String>,
}

/// The share of right chains by genre. A chain is that of the first predicate of what is attributed; it is right where its cues lie in the
/// clauses of the gold's chain, one clause after the other and none left out.
pub fn shares(reading: &Reading<'_>, name: &str) -> anyhow::Result<BTreeMap<String, Share>> {
    let coder = reading.coder()?;
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    let text = reading.text(name)?.unwrap_or_default();
    for (number, line) in (1..).zip(text.lines()) {
        let row: Row = serde_json::from_str(line).with_context(|| format!("{name}:{number}"))?;
        let document = document(&row.text, None);
        let analysis = coder.full_analysis(&document);
        let tree = Tree::new(&document.text, &analysis);
        let points = CodePoints::new(&document.text);
        let inside =
            |token: usize, stretches: &[Stretch]| stretches.iter().any(|s| s.shared(Stretch::of(tree.token(token).span, &points)) > 0);
        let share = shares.entry(row.genre.clone()).or_default();
        for attribution in &row.attributions {
            let gold = clauses(&row.attributions, attribution);
            let content: Vec<usize> = (0..analysis.tokens.len()).filter(|token| inside(*token, &attribution.content)).collect();
            let found = predicate(&tree, &content).map(|p| chain(&tree, p, p, &coder.knowledge().cues)).unwrap_or_default();
            let place = |cue: &[usize]| gold.iter().position(|clause| cue.iter().any(|token| inside(*token, &clause.cue)));
            let mut places: Vec<Option<usize>> = found.iter().map(|governor| place(&governor.cue)).collect();
            places.dedup();
            let right = places == (0..gold.len()).map(Some).collect::<Vec<_>>();
            share.add(Share::of(right));
            if reading.errors && !right {
                let told = |a: &&Attribution| text_of(&row.text, &points, &a.cue);
                let words = |g: &Governor| g.cue.iter().map(|token| tree.word(*token)).collect::<Vec<_>>().join(" ");
                let gold: Vec<String> = gold.iter().map(told).collect();
                let found: Vec<String> = found.iter().map(words).collect();
                let content = text_of(&row.text, &points, &attribution.content);
                eprintln!("{} {}: found {found:?}, gold {gold:?} of: {content}", row.id, attribution.id);
            }
        }
    }
    Ok(shares)
}

/// The attributions that hold one, outermost first, and itself.
fn clauses<'a>(all: &'a [Attribution], innermost: &'a Attribution) -> Vec<&'a Attribution> {
    let above = |below: &&'a Attribution| all.iter().find(|a| Some(&a.id) == below.parent.as_ref());
    let mut found: Vec<&Attribution> = std::iter::successors(Some(innermost), above).take(all.len()).collect();
    found.reverse();
    found
}

/// The first head of a clause among some tokens, or the first word where there is none.
fn predicate(tree: &Tree<'_>, content: &[usize]) -> Option<usize> {
    let is_word = |token: &&usize| tree.token(**token).pos != Upos::Punct;
    let is_top = |token: &&usize| is_word(token) && tree.head(**token).is_none_or(|head| content.binary_search(&head).is_err());
    let top = content.iter().filter(is_top);
    top.clone().find(|token| tree.is_clause_head(**token)).or_else(|| top.min()).copied()
}

fn text_of(text: &str, points: &CodePoints<'_>, stretches: &[Stretch]) -> String {
    let part = |s: &Stretch| text[points.to_byte(s.0)..points.to_byte(s.1)].replace('\n', " ");
    stretches.iter().map(part).collect::<Vec<_>>().join(" … ")
}

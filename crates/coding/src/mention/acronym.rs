//! Which acronyms does a document explain itself? "The People's Column (PC)": from there on "PC" is that column, whoever else bears it.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_types::Analysis;

use crate::resolve::registry::ActorIndex;

/// Gives every acronym that stands in parentheses or behind a slash after a name the actor of that name, there and wherever it stands alone.
pub(super) fn explain(text: &str, analysis: &Analysis, actors: &mut [(Range<usize>, ActorIndex)]) {
    let words = |tokens: &Range<usize>| if tokens.is_empty() { "" } else { analysis.span_of(tokens.clone()).text(text) };
    let mut meant: BTreeMap<String, ActorIndex> = BTreeMap::new();
    for pair in actors.windows(2) {
        let [(name, actor), (acronym, _)] = pair else { continue };
        let between = words(&(name.end..acronym.start));
        let opens = matches!(between.trim_start_matches(['\'', '’', 's', ' ']), "(" | "/");
        if opens && spells(words(name), words(acronym)) {
            meant.entry(words(acronym).to_owned()).or_insert(*actor);
        }
    }
    for (tokens, actor) in actors.iter_mut() {
        if let Some(other) = meant.get(words(tokens)) {
            *actor = *other;
        }
    }
}

/// Whether a word is written as an acronym and begins as one of the name's words does.
fn spells(name: &str, acronym: &str) -> bool {
    let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
    let initial = acronym.chars().next().map(|c| c.to_ascii_lowercase());
    let begins = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase()) == initial;
    capitals >= 2 && !acronym.contains(' ') && name.contains([' ', '-']) && name.split([' ', '-']).any(begins)
}

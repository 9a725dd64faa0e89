//! What depends on what? A greedy arc-eager parser (Nivre 2003; root at the end, Ballesteros & Nivre 2013) that names each arc
//! as it draws it, so that what is already named guides what follows.

mod features;
mod labels;
mod state;

use sayso_types::{Arc, Relation};

use crate::features::Features;
use crate::table::{SparseTable, Table, best};
use crate::verb_forms::FineTag;
use crate::words::Word;

pub use features::extract as extract_action;
pub use labels::extract as extract_label;
pub use state::{Action, NO_HEAD, Node, State};

/// Classes of the actions' table: those of [`Action::ALL`].
pub const ACTIONS: usize = 4;
/// Classes of the labels' table: the tags of [`Relation::ALL`], padded.
pub const LABELS: usize = 56;

/// The weights of the parser's actions.
pub type Actions = Table<ACTIONS>;
/// The weights of the arcs' names.
pub type Labels = SparseTable<LABELS>;

/// A sentence as the parser sees it.
#[derive(Clone, Copy)]
pub struct Sentence<'s> {
    /// Its words.
    pub words: &'s [Word],
    /// Their fine tags.
    pub tags: &'s [FineTag],
}

/// What each word depends on; exactly one is the root, and there are no circles.
pub fn parse(actions: &Actions, labels: &Labels, sentence: Sentence<'_>) -> Vec<Arc> {
    let mut state = State::new(sentence.words.len());
    let mut features = Features::new();
    while !state.is_done() {
        let action = next_action(actions, &state, sentence, &mut features);
        let relation = match state.arc_of(action) {
            Some((head, dependent)) => label(labels, &state, sentence, head, dependent, &mut features),
            None => Relation::Dep,
        };
        state.apply(action, relation);
    }
    one_root(labels, &state, sentence)
}

fn next_action(actions: &Actions, state: &State, sentence: Sentence<'_>, features: &mut Features) -> Action {
    if let Some(only) = state.only_action() {
        return only;
    }
    extract_action(state, sentence, features);
    let sums = actions.score(features.keys());
    let allowed = Action::ALL.into_iter().filter(|action| state.allows(*action));
    allowed.max_by_key(|action| (sums[*action as usize], std::cmp::Reverse(*action as u8))).unwrap_or(Action::Shift)
}

fn label(labels: &Labels, state: &State, sentence: Sentence<'_>, head: usize, dependent: usize, features: &mut Features) -> Relation {
    if head == state.len() {
        return Relation::Root;
    }
    extract_label(state, sentence, head, dependent, features);
    let sums = labels.score(features.keys());
    Relation::ALL[best_but_root(&sums)]
}

/// The best relation for a word that has a head: any but the first, `root`.
fn best_but_root(sums: &[i16; LABELS]) -> usize {
    let mut sums = *sums;
    sums[Relation::Root as usize] = i16::MIN;
    best(&sums, Relation::ALL.len())
}

/// Keeps one of the words that no other word governs as root, the likeliest, and hangs the others on it.
fn one_root(labels: &Labels, state: &State, sentence: Sentence<'_>) -> Vec<Arc> {
    let count = state.len();
    let mut features = Features::new();
    let mut roots: Vec<(i16, usize)> = Vec::new();
    for word in (0..count).filter(|word| state.node(*word).head as usize == count) {
        extract_label(state, sentence, count, word, &mut features);
        let sums = labels.score(features.keys());
        let rival = sums[best_but_root(&sums)];
        roots.push((sums[Relation::Root as usize].saturating_sub(rival), word));
    }
    let root = roots.iter().max_by_key(|(sum, word)| (*sum, std::cmp::Reverse(*word))).map_or(0, |(_, word)| *word);
    let arc = |word: usize| {
        let node = state.node(word);
        if word == root {
            Arc { head: word, relation: Relation::Root }
        } else if node.head as usize == count {
            Arc { head: root, relation: label(labels, state, sentence, root, word, &mut Features::new()) }
        } else {
            Arc { head: node.head as usize, relation: node.relation }
        }
    };
    (0..count).map(arc).collect()
}

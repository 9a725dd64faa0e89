//! Who did what to whom, where, when, how many, on whose say-so? From mentions to statements, one document at a time.
//!
//! The way of the data: frames are matched in each sentence ([`matching`]), results are joined to their causes ([`joining`]),
//! stances towards responsibility go to the events that they are about ([`responsibility`]), and each instance becomes one
//! statement with its place and time ([`setting`]), counts ([`counting`]), mode, modality and sources. What is told twice becomes one
//! statement again ([`same`]).

mod class;
pub mod confidence;
mod counting;
mod joining;
mod matching;
mod modes;
mod naming;
mod pairing;
mod phase;
mod responsibility;
mod same;
mod setting;
mod support;
mod writing;

use sayso_types::{Analysis, BlockKind, Document, RoleName, Stance, Statement};

pub use confidence::Confidence;
pub use modes::{Crosswalk, Modes};
pub use writing::target_of;

use crate::frame::Frame;
use crate::knowledge::Knowledge;
use crate::mention::Mentions;
use crate::syntax::{Argument, Tree};

/// All that a document is coded from.
#[derive(Clone, Copy)]
pub(crate) struct Coding<'c> {
    pub tree: &'c Tree<'c>,
    pub mentions: &'c Mentions,
    pub knowledge: &'c Knowledge,
}

/// A frame found in a sentence, with who fills its roles.
#[derive(Clone, Debug)]
pub(crate) struct Instance<'f> {
    pub frame: &'f Frame,
    /// The head word of the trigger.
    pub head: usize,
    /// All words of the trigger.
    pub trigger: Vec<usize>,
    /// The word from which modality and sources are read: the head, or the verb that supports a noun.
    pub predicate: usize,
    /// Arguments of the trigger and its support verb.
    pub arguments: Vec<Argument>,
    /// Fillers by their head tokens.
    pub roles: Vec<(RoleName, usize)>,
    /// The frames joined to it: their counts and words are this one's too.
    pub parts: Vec<Instance<'f>>,
    /// Who takes which stance towards it, by head token.
    pub stances: Vec<(Stance, usize)>,
    /// Whether nobody has claimed it, the text says.
    pub unclaimed: bool,
    /// Whether it speaks of several happenings.
    pub aggregate: bool,
    /// Whether it was kept from happening, or ended.
    pub halted: bool,
    /// Whether it only refers back to a happening told before, which has taken up what it adds.
    pub taken_up: bool,
}

/// Whether a statement stands in the headline.
fn is_title(document: &Document, analysis: &Analysis, statement: &Statement) -> bool {
    let block = analysis.sentences[statement.evidence.sentence].block;
    document.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Title)
}

/// The statements of one document, in the order of its text.
///
/// "Chadian officers said Boko Haram members shot scores of herders on an island" gives one assault: actor Boko Haram, recipient
/// civilians, killed at least 40, attributed to Chadian officers.
pub fn statements(document: &Document, analysis: &Analysis, mentions: &Mentions, knowledge: &Knowledge) -> Vec<Statement> {
    let tree = Tree::new(&document.text, analysis).with_measures(&knowledge.modes.measures);
    let coding = Coding { tree: &tree, mentions, knowledge };
    let mut told: Vec<Instance<'_>> = Vec::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        if !sentence.parsed {
            continue;
        }
        let matched = matching::instances(&coding, number);
        let (mut events, stances) = responsibility::split(matched);
        events = joining::join(&coding, events);
        events.retain(|event| !event.frame.dependent);
        responsibility::apply(&coding, stances, &mut events, &mut told);
        events.retain(|event| !event.taken_up);
        told.append(&mut events);
    }
    let mut statements: Vec<Statement> = told
        .iter()
        .flat_map(|instance| pairing::pairs(&coding, instance))
        .filter_map(|instance| writing::statement(&coding, &instance))
        .collect();
    writing::remove_repeated(&mut statements);
    writing::remove_announced(&mut statements, |statement| is_title(document, analysis, statement));
    statements.sort_by_key(|s| (s.evidence.sentence, s.evidence.trigger.start(), s.rule.clone()));
    same::merged(&coding, statements)
}

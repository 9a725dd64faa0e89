//! Does something beside a clause attribute it? "…, the ministry said", "as police put it", "according to X", "citing X",
//! "in the army's view", and the headline's "…: police".

use sayso_types::{Relation, Upos};

use super::Governor;
use super::above::cue_at;
use super::source::{noun_source, subject_source};
use crate::cues::{Content, CueClass, CuePos, Cues};
use crate::syntax::Tree;

/// The attributions that children of `clause` make of it, those closest to the fact first; `below` is the child that was come from.
pub(super) fn beside(tree: &Tree<'_>, clause: usize, below: Option<usize>, cues: &Cues) -> Vec<Governor> {
    let mut found: Vec<Governor> = Vec::new();
    let others = || tree.children(clause).filter(|c| Some(*c) != below);
    found.extend(others().filter_map(|c| citing(tree, c, cues)));
    found.extend(others().filter_map(|c| according_to(tree, c, cues)));
    found.extend(others().filter_map(|c| in_the_view_of(tree, c, cues)));
    for child in others() {
        let Some(governor) = saying(tree, clause, child, cues) else { continue };
        found.extend(tree.children(child).filter_map(|c| citing(tree, c, cues)));
        found.push(governor);
    }
    found
}

/// "…, the ministry said", "as police said".
fn saying(tree: &Tree<'_>, clause: usize, child: usize, cues: &Cues) -> Option<Governor> {
    if !matches!(tree.token(child).pos, Upos::Verb) {
        return None;
    }
    let as_marked = || {
        tree.children(child)
            .any(|c| tree.lemma(c) == "as" && matches!(tree.relation(c), Relation::Mark | Relation::Advmod | Relation::Case))
    };
    let stands_beside = match tree.relation(child) {
        Relation::Parataxis => tree.token(clause).pos != Upos::Verb || child > clause || tree.children(child).any(|c| is_subject(tree, c)),
        Relation::Advcl => as_marked(),
        _ => false,
    };
    let (cue, words) = cue_at(tree, child, cues)?;
    let complete = tree.children(child).any(|c| matches!(tree.relation(c), Relation::Ccomp));
    if !stands_beside
        || complete
        || !cue.has(&Content::Quote)
        || !(cue.is(CueClass::Says) || cue.is(CueClass::Thinks) || cue.is(CueClass::Shows))
    {
        return None;
    }
    let source = subject_source(tree, child, cue, cues)?;
    Some(Governor { source: Some(source), cue: words, directs: false })
}

fn is_subject(tree: &Tree<'_>, child: usize) -> bool {
    matches!(tree.relation(child), Relation::Nsubj | Relation::NsubjPass)
}

/// "citing a U.N. report".
pub(super) fn citing(tree: &Tree<'_>, child: usize, cues: &Cues) -> Option<Governor> {
    let is_cue = tree.token(child).pos == Upos::Verb && cues.cue(CuePos::Verb, tree.lemma(child)).is_some_and(|c| c.is(CueClass::Cites));
    if !is_cue || !tree.is_gerund(child) {
        return None;
    }
    let source = tree.child(child, Relation::Obj)?;
    Some(Governor { source: Some(source), cue: vec![child], directs: false })
}

/// "according to police".
fn according_to(tree: &Tree<'_>, child: usize, cues: &Cues) -> Option<Governor> {
    let preposition = tree.preposition(child);
    if let Some(preposition) = preposition.filter(|p| cues.cue(CuePos::Preposition, &p.replace("accord ", "according ")).is_some()) {
        let case = tree.children(child).find(|c| tree.relation(*c) == Relation::Case)?;
        let words = preposition.split(' ').count();
        return Some(Governor { source: Some(child), cue: (case..case + words).collect(), directs: false });
    }
    let is_verb = tree.word(child).eq_ignore_ascii_case("according");
    let source = tree.children(child).find(|c| tree.preposition(*c).as_deref() == Some("to"))?;
    let to = tree.children(source).find(|c| tree.lemma(*c) == "to")?;
    is_verb.then(|| Governor { source: Some(source), cue: vec![child, to], directs: false })
}

/// "in the army's view", "by his account".
fn in_the_view_of(tree: &Tree<'_>, child: usize, cues: &Cues) -> Option<Governor> {
    let account = cues.cue(CuePos::Noun, tree.lemma(child)).is_some_and(|c| c.is(CueClass::Account));
    let preposition = tree.preposition(child)?;
    if !account || !matches!(preposition.as_str(), "in" | "by" | "from" | "on") || tree.child(child, Relation::NmodPoss).is_none() {
        return None;
    }
    let case = tree.children(child).find(|c| tree.relation(*c) == Relation::Case)?;
    Some(Governor { source: noun_source(tree, child, cues), cue: vec![case, child], directs: false })
}

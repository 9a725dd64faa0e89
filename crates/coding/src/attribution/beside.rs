//! Does something beside a clause attribute it? "…, the ministry said", "as police put it", "according to X", "citing X",
//! "in the army's view", and the headline's "…: police".

use sayso_types::{Relation, Upos};

use super::above::cue_at;
use super::source::subject_source;
use super::{Governor, Voice};
use crate::cues::{Content, CueClass, CuePos, Cues};
use crate::syntax::Tree;

/// The attributions that children of `clause` make of it; `below` is the child that was come from.
pub(super) fn beside(tree: &Tree<'_>, clause: usize, below: Option<usize>, cues: &Cues) -> Vec<Voice> {
    let mut found: Vec<Voice> = Vec::new();
    found.extend(accounts(tree, clause, below, cues).into_iter().map(|governor| vec![governor]));
    for child in tree.children(clause).filter(|c| Some(*c) != below) {
        if let Some(governor) = saying(tree, clause, child, cues) {
            let mut voice = cited(tree, child, governor.source, None, cues);
            voice.push(governor);
            voice.extend(accounts(tree, child, None, cues));
            found.push(voice);
        }
    }
    found
}

/// "according to police", "in the army's view" beside a clause.
pub(super) fn accounts(tree: &Tree<'_>, clause: usize, below: Option<usize>, cues: &Cues) -> Voice {
    let others = tree.children(clause).filter(|c| Some(*c) != below);
    others.filter_map(|child| according_to(tree, child, cues).or_else(|| in_the_view_of(tree, child, cues))).collect()
}

/// Those whom a verb of saying and its source cite: "said, citing witnesses", "police, who quoted a driver, said". What is asked for
/// stands in none of it: `below` is the child of the verb that was come from.
pub(super) fn cited(tree: &Tree<'_>, verb: usize, source: Option<usize>, below: Option<usize>, cues: &Cues) -> Voice {
    let by_verb = tree.children(verb).filter(|c| Some(*c) != below && tree.is_gerund(*c));
    let set_off = |c: &usize| c.checked_sub(1).is_some_and(|t| tree.word(t) == ",") || relative_comma(tree, *c);
    let modifies = |c: &usize| matches!(tree.relation(*c), Relation::Acl | Relation::AclRelcl | Relation::Advcl);
    let by_source = source.into_iter().flat_map(|s| tree.children(s)).filter(|c| Some(*c) != below && modifies(c) && set_off(c));
    by_verb.chain(by_source).filter_map(|c| citing(tree, c, cues)).collect()
}

/// Whether a relative clause begins behind a comma: ", who quoted a driver".
fn relative_comma(tree: &Tree<'_>, clause: usize) -> bool {
    let first = tree.children(clause).min().filter(|first| *first < clause);
    let before = first.and_then(|first| first.checked_sub(1));
    tree.relation(clause) == Relation::AclRelcl
        && (first.is_some_and(|t| tree.word(t) == ",") || before.is_some_and(|t| tree.word(t) == ","))
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
    let complete = tree.children(child).any(|c| tree.relation(c) == Relation::Ccomp && citing(tree, c, cues).is_none());
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

/// "citing a U.N. report", "attributing the report to aides".
pub(super) fn citing(tree: &Tree<'_>, verb: usize, cues: &Cues) -> Option<Governor> {
    let cue = cues.cue(CuePos::Verb, tree.lemma(verb)).filter(|c| tree.token(verb).pos == Upos::Verb && c.is(CueClass::Cites))?;
    let object = tree.child(verb, Relation::Obj)?;
    let says_it = |c: &usize| tree.preposition(*c).is_some_and(|p| cue.has(&Content::Behind(p)));
    let behind = || tree.children(verb).chain(tree.children(object)).find(|c| *c > verb && says_it(c));
    let reports = tree.children(verb).any(|c| tree.child(c, Relation::Mark).is_some_and(|m| tree.lemma(m) == "as"));
    let source = if cue.has(&Content::Object) { Some(object) } else { behind() };
    source.filter(|_| !reports).map(|source| Governor { source: Some(source), cue: vec![verb], directs: false })
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
    let of = tree.children(child).find(|c| *c > child && tree.preposition(*c).as_deref() == Some("of"));
    let owner = tree.child(child, Relation::NmodPoss).or(of);
    if !account || !matches!(preposition.as_str(), "in" | "by" | "from" | "on") {
        return None;
    }
    let case = tree.children(child).find(|c| tree.relation(*c) == Relation::Case)?;
    Some(Governor { source: Some(owner?), cue: vec![case, child], directs: false })
}

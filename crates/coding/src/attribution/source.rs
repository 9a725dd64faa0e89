//! Who speaks through a cue? The subject of a verb, the owner of a noun: somebody or something that can speak.

use sayso_types::{NameClass, Relation, Upos};

use crate::cues::{Cue, CueClass, CuePos, Cues};
use crate::syntax::{Function, Tree, arguments};

/// The head of who says what a verb or adjective at `cue` says.
pub(super) fn subject_source(tree: &Tree<'_>, verb: usize, cue: &Cue, cues: &Cues) -> Option<usize> {
    if let Some(person) = quoted_person(tree, verb, cues) {
        return Some(person);
    }
    let found = arguments(tree, verb);
    let argument = found.iter().find(|a| a.function == Function::Subject && can_be_named(tree, a.head))?.head;
    let subject = antecedent(tree, nearest_subject(tree, verb).filter(|_| !tree.is_passive(verb)).unwrap_or(argument));
    if cue.classes == [CueClass::Shows] && !can_speak(tree, subject, cues) {
        return None;
    }
    Some(issuer(tree, subject, cues).unwrap_or(subject))
}

/// Of several subjects that the parser gave one verb, the last before it: "Police: rebels told hostages …".
fn nearest_subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let before = || tree.children(verb).filter(|c| *c < verb && tree.relation(*c) == Relation::Nsubj);
    before().last().filter(|last| before().count() > 1 && can_be_named(tree, *last) && tree.preposition(*last).is_none())
}

/// What "who" or "which" stands for, where its clause was not read as a relative clause: the name or noun before it.
pub(super) fn antecedent(tree: &Tree<'_>, subject: usize) -> usize {
    if tree.token(subject).pos != Upos::Pron || !matches!(tree.lemma(subject), "who" | "which") {
        return subject;
    }
    let behind_comma = |t: usize| if tree.word(t) == "," { t.checked_sub(1) } else { Some(t) };
    let before = subject.checked_sub(1).and_then(behind_comma);
    let noun = before.filter(|t| matches!(tree.token(*t).pos, Upos::Noun | Upos::Propn));
    let part = |t: usize| matches!(tree.relation(t), Relation::Flat | Relation::Compound).then(|| tree.head(t)).flatten();
    noun.map_or(subject, |noun| part(noun).unwrap_or(noun))
}

/// Who is quoted, of a verb of saying behind "as": "quoted the minister as saying", "the minister was quoted as saying".
pub(super) fn quoted_person(tree: &Tree<'_>, saying: usize, cues: &Cues) -> Option<usize> {
    let marked = tree.children(saying).any(|c| tree.lemma(c) == "as" && matches!(tree.relation(c), Relation::Mark | Relation::Case));
    let cites = |verb: &usize| cues.cue_of(tree.token(*verb).pos, tree.lemma(*verb)).is_some_and(|c| c.is(CueClass::Cites));
    let quoting = tree.ancestors(saying).take(2).find(cites).filter(|_| marked)?;
    arguments(tree, quoting).iter().find(|a| a.function == Function::Object && can_be_named(tree, a.head)).map(|a| a.head)
}

/// The head of whose claim, report or view the noun at `noun` is.
pub(super) fn noun_source(tree: &Tree<'_>, noun: usize, cues: &Cues) -> Option<usize> {
    let found = arguments(tree, noun);
    let of = |function: &Function| found.iter().find(|a| a.function == *function && can_be_named(tree, a.head)).map(|a| a.head);
    let by = |preposition: &str| of(&Function::Preposition(preposition.to_owned()));
    let named =
        || found.iter().find(|a| a.function == Function::Modifier && tree.word(a.head).starts_with(char::is_uppercase)).map(|a| a.head);
    let printed = || by("in").filter(|medium| is_medium(tree, *medium, cues));
    let speaker = || found.iter().find(|a| a.function == Function::Modifier && can_speak(tree, a.head, cues)).map(|a| a.head);
    let own = tree.child(noun, Relation::NmodPoss).filter(|owner| tree.token(*owner).pos == Upos::Pron);
    if let Some(issuer) = own.and_then(|_| issuer(tree, noun, cues)) {
        return Some(issuer);
    }
    let owner = of(&Function::Possessor).or_else(|| by("by")).or_else(|| by("from")).or_else(printed);
    owner.or_else(|| issuer(tree, noun, cues)).or_else(named).or_else(speaker)
}

/// What prints or sends reports: a newspaper, by its noun or as the name of an organization.
fn is_medium(tree: &Tree<'_>, head: usize, cues: &Cues) -> bool {
    let named = tree.analysis.names.iter().any(|n| n.tokens.contains(&head) && n.kind == NameClass::Organization);
    let titled = tree.token(head).pos == Upos::Propn
        && tree.child(head, Relation::Det).is_some()
        && !tree.analysis.names.iter().any(|n| n.tokens.contains(&head) && n.kind == NameClass::Location);
    named || titled || (tree.token(head).pos == Upos::Noun && can_speak(tree, head, cues))
}

/// Who brings a statement forth: "the group" in "the group issued a statement saying".
fn issuer(tree: &Tree<'_>, noun: usize, cues: &Cues) -> Option<usize> {
    let verb = tree.head(noun).filter(|_| matches!(tree.relation(noun), Relation::Obj | Relation::NsubjPass))?;
    let is_issue = cues.cue_of(tree.token(verb).pos, tree.lemma(verb)).is_some_and(|c| c.is(CueClass::Issues));
    let owned = tree.child(noun, Relation::NmodPoss).is_some_and(|owner| tree.token(owner).pos != Upos::Pron);
    if !is_issue || owned {
        return None;
    }
    let found = arguments(tree, verb);
    found.iter().find(|a| a.function == Function::Subject && can_be_named(tree, a.head)).map(|a| a.head)
}

/// No "it" that stands for nothing, and no clause.
fn can_be_named(tree: &Tree<'_>, head: usize) -> bool {
    let nominal = matches!(tree.token(head).pos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj | Upos::X);
    nominal && tree.relation(head) != Relation::Expl && !matches!(tree.lemma(head), "there" | "this" | "that" | "what")
}

/// A text, a name, or a pronoun for people.
pub(super) fn can_speak(tree: &Tree<'_>, head: usize, cues: &Cues) -> bool {
    match tree.token(head).pos {
        Upos::Propn => true,
        Upos::Pron => matches!(tree.word(head).to_lowercase().as_str(), "he" | "she" | "they" | "we" | "i"),
        _ => cues.cue(CuePos::Noun, tree.lemma(head)).is_some_and(|c| c.is(CueClass::Document)),
    }
}

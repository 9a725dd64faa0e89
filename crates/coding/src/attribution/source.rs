//! Who speaks through a cue? The subject of a verb, the owner of a noun: somebody or something that can speak.

use sayso_types::{Relation, Upos};

use crate::cues::{Cue, CueClass, CuePos, Cues};
use crate::syntax::{Function, Tree, arguments};

/// The head of who says what a verb or adjective at `cue` says.
pub(super) fn subject_source(tree: &Tree<'_>, verb: usize, cue: &Cue, cues: &Cues) -> Option<usize> {
    let found = arguments(tree, verb);
    let subject = found.iter().find(|a| a.function == Function::Subject && can_be_named(tree, a.head))?.head;
    if cue.classes == [CueClass::Shows] && !can_speak(tree, subject, cues) {
        return None;
    }
    Some(issuer(tree, subject, cues).unwrap_or(subject))
}

/// The head of whose claim, report or view the noun at `noun` is.
pub(super) fn noun_source(tree: &Tree<'_>, noun: usize, cues: &Cues) -> Option<usize> {
    let found = arguments(tree, noun);
    let of = |function: &Function| found.iter().find(|a| a.function == *function && can_be_named(tree, a.head)).map(|a| a.head);
    let by = |preposition: &str| of(&Function::Preposition(preposition.to_owned()));
    let named =
        || found.iter().find(|a| a.function == Function::Modifier && tree.word(a.head).starts_with(char::is_uppercase)).map(|a| a.head);
    of(&Function::Possessor).or_else(|| by("by")).or_else(|| by("from")).or_else(|| issuer(tree, noun, cues)).or_else(named)
}

/// Who brings a statement forth: "the group" in "the group issued a statement saying".
fn issuer(tree: &Tree<'_>, noun: usize, cues: &Cues) -> Option<usize> {
    let verb = tree.head(noun).filter(|_| matches!(tree.relation(noun), Relation::Obj | Relation::NsubjPass))?;
    let is_issue = cues.cue_of(tree.token(verb).pos, tree.lemma(verb)).is_some_and(|c| c.is(CueClass::Issues));
    let owned = tree.child(noun, Relation::NmodPoss).is_some();
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

//! Does the order of words attribute a stretch of a sentence? A second reading for what the syntax missed: "…, a senior official
//! warned.", "claims by the rebels that …", "saying …", and the headline's "…: police".

use std::ops::Range;

use sayso_types::{Relation, Upos};

use super::above::cue_at;
use super::source::{can_speak, noun_source, subject_source};
use super::{Governor, Voice, beside};
use crate::cues::{CertaintyPos, Content, CueClass, CuePos, Cues};
use crate::syntax::Tree;

/// An attribution of a stretch of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Who speaks.
    pub voice: Voice,
    /// What is attributed.
    pub content: Range<usize>,
}

/// A noun phrase of a source before its verb is at most this long.
const PHRASE: usize = 14;
/// "that" stands at most this far behind its cue.
const NEAR: usize = 7;
/// The source of a headline has at most this many words.
const LABEL: usize = 5;

/// The attributions that the order of a sentence's words makes.
pub(super) fn reaches(tree: &Tree<'_>, sentence: usize, cues: &Cues) -> Vec<Reach> {
    let tokens = tree.analysis.sentences[sentence].tokens.clone();
    let mut found: Vec<Reach> = Vec::new();
    for token in tokens.clone() {
        if let Some(reach) = postponed(tree, &tokens, token, cues) {
            found.push(reach);
        }
        found.extend(that_clause(tree, &tokens, token, cues));
        found.extend(interrupted(tree, &tokens, token, cues));
        found.extend(saying(tree, &tokens, token, cues));
        found.extend(bare_clause(tree, &tokens, token, cues));
    }
    found.extend(headline(tree, &tokens, cues));
    found.retain(|reach| reach.voice.iter().all(|g| g.source.is_none_or(|source| !reach.content.contains(&source))));
    found
}

/// "…, a senior official warned", "…, said Gen. Smith".
fn postponed(tree: &Tree<'_>, tokens: &Range<usize>, verb: usize, cues: &Cues) -> Option<Reach> {
    let (cue, words) = speaking_verb(tree, verb, cues)?;
    if !cue || tree.is_gerund(verb) || !ends_there(tree, tokens, verb, cues) {
        return None;
    }
    let first = *words.first()?;
    let before = (tokens.start..first).rev().take(PHRASE).find(|t| is_break(tree, *t))?;
    let phrase = before + 1..first;
    if phrase.is_empty() && tree.child(verb, Relation::Nsubj).is_some_and(|subject| subject < first) {
        // "General Diallo, who leads the mission, told the BBC": the subject stands before its clause.
        return None;
    }
    let modal = words.iter().any(|w| cues.certainty(CertaintyPos::Auxiliary, tree.lemma(*w)).is_some());
    if modal || (!phrase.is_empty() && has_other_object(tree, verb)) {
        return None;
    }
    let source = if phrase.is_empty() { phrase_behind(tree, tokens, verb) } else { phrase_head(tree, phrase) }?;
    let content = tokens.start..before;
    let mut voice = beside::cited(tree, verb, Some(source), None, cues);
    voice.push(Governor { source: Some(source), cue: words, directs: false });
    voice.extend(beside::accounts(tree, verb, None, cues).into_iter().filter(|g| g.cue[0] > verb));
    (content.len() >= 2).then_some(Reach { voice, content })
}

/// Whether the verb has an object that is no listener: "told Reuters" and "told reporters" speak, "put the office up for sale" does not.
fn has_other_object(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).filter(|c| *c > verb && tree.relation(*c) == Relation::Obj).any(|object| {
        let named = matches!(tree.token(object).pos, Upos::Propn | Upos::Pron);
        !named && tree.children(object).any(|c| matches!(tree.relation(c), Relation::Det | Relation::NmodPoss | Relation::Nummod))
    })
}

/// Whether nothing that could be said follows the verb: the sentence ends, or goes on with a comma, a place, a time or a listener.
fn ends_there(tree: &Tree<'_>, tokens: &Range<usize>, verb: usize, cues: &Cues) -> bool {
    let complete = tree.children(verb).any(|c| tree.relation(c) == Relation::Ccomp && c > verb && beside::citing(tree, c, cues).is_none());
    let that = (verb + 1..tokens.end.min(verb + NEAR)).any(|t| tree.lemma(t) == "that");
    let mut behind = verb + 1..tokens.end;
    let stops = behind.find(|t| is_break(tree, *t)).unwrap_or(tokens.end);
    let another = (verb + 1..stops).any(|t| matches!(tree.token(t).pos, Upos::Verb | Upos::Aux) && !in_relative_clause(tree, t, verb));
    !complete && !that && !another
}

fn is_break(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.word(token), "," | "\"" | "'" | "”" | "“" | "''" | "." | "?" | "!" | "—" | ";" | ":" | "–")
}

/// The head of a stretch that is one noun phrase.
pub(super) fn phrase_head(tree: &Tree<'_>, phrase: Range<usize>) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    let clausal = phrase.clone().any(|t| {
        matches!(tree.token(t).pos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj | Upos::Part)
            && !matches!(tree.lemma(t), "'s" | "’s" | "and" | "'" | "’")
    });
    let opens = tree.token(phrase.start).pos;
    if clausal || matches!(opens, Upos::Adp | Upos::Adv) {
        return None;
    }
    let nominal = |t: &usize| matches!(tree.token(*t).pos, Upos::Noun | Upos::Propn | Upos::Pron);
    let outer = phrase.clone().find(|t| nominal(t) && !phrase.contains(&tree.token(*t).head));
    outer.or_else(|| phrase.rev().find(nominal))
}

/// The head of the noun phrase behind an inverted verb: "said Gen. John Smith".
pub(super) fn phrase_behind(tree: &Tree<'_>, tokens: &Range<usize>, verb: usize) -> Option<usize> {
    let end = (verb + 1..tokens.end).find(|t| is_break(tree, *t)).unwrap_or(tokens.end);
    let own = tree
        .children(verb)
        .find(|c| *c > verb && *c < end && matches!(tree.relation(*c), Relation::Nsubj | Relation::Obj | Relation::NsubjPass));
    own.or_else(|| phrase_head(tree, verb + 1..end.max(verb + 2).min(tokens.end)))
}

/// Whether a verb says what stands beside it, with its words.
fn speaking_verb(tree: &Tree<'_>, verb: usize, cues: &Cues) -> Option<(bool, Vec<usize>)> {
    if tree.token(verb).pos != Upos::Verb {
        return None;
    }
    let (cue, words) = cue_at(tree, verb, cues)?;
    let says = cue.is(CueClass::Says) || cue.is(CueClass::Thinks) || cue.is(CueClass::Shows);
    Some((says && cue.has(&Content::Quote), words))
}

/// "claims by the rebels that …": the cue nearest before "that".
fn that_clause(tree: &Tree<'_>, tokens: &Range<usize>, that: usize, cues: &Cues) -> Option<Reach> {
    if tree.lemma(that) != "that" || that + 2 >= tokens.end {
        return None;
    }
    let plural = tree.word(that + 1) != tree.lemma(that + 1);
    let opens = tree.relation(that) == Relation::Mark || plural || tree.token(that + 1).pos != Upos::Noun;
    if !opens || matches!(tree.token(that + 1).pos, Upos::Punct | Upos::Verb | Upos::Aux) {
        return None;
    }
    let near = (tokens.start.max(that.saturating_sub(NEAR))..that).rev();
    for at in near {
        if matches!(tree.token(at).pos, Upos::Punct | Upos::Sconj) {
            return None;
        }
        let Some((cue, words)) = cue_at(tree, at, cues) else { continue };
        let directs = !cue.is(CueClass::Says) && !cue.is(CueClass::Thinks) && !cue.is(CueClass::Shows);
        if !cue.governs() || !cue.has(&Content::Clause) {
            continue;
        }
        let nominal = matches!(tree.token(at).pos, Upos::Noun | Upos::Propn);
        let by = (at + 1..that).find(|t| nominal && matches!(tree.lemma(*t), "by" | "from")).and_then(|by| phrase_head(tree, by + 1..that));
        let source = by.or_else(|| if nominal { noun_source(tree, at, cues) } else { subject_source(tree, at, cue, cues) });
        return Some(Reach { voice: vec![Governor { source, cue: words, directs }], content: that + 1..end_of(tree, that, tokens) });
    }
    None
}

/// "reported, citing two officers, that …", "said, according to court papers, that …": an aside parts the cue from its clause.
fn interrupted(tree: &Tree<'_>, tokens: &Range<usize>, that: usize, cues: &Cues) -> Option<Reach> {
    let close = that.checked_sub(1).filter(|t| tree.lemma(that) == "that" && *t > tokens.start && tree.word(*t) == ",")?;
    let open = (tokens.start.max(close.saturating_sub(PHRASE))..close).rev().find(|t| tree.word(*t) == ",")?;
    let verb = open.checked_sub(1).filter(|t| tokens.contains(t))?;
    let (cue, words) = cue_at(tree, verb, cues).filter(|(cue, _)| cue.is(CueClass::Says) && cue.has(&Content::Clause))?;
    let source = Some(subject_source(tree, verb, cue, cues)?);
    let mut voice: Voice = beside::citing(tree, open + 1, cues).into_iter().collect();
    voice.push(Governor { source, cue: words, directs: false });
    Some(Reach { voice, content: that + 1..end_of(tree, that, tokens) })
}

/// "saying it killed the hostage".
fn saying(tree: &Tree<'_>, tokens: &Range<usize>, verb: usize, cues: &Cues) -> Option<Reach> {
    let (says, words) = speaking_verb(tree, verb, cues)?;
    let content = verb + 1..end_of(tree, verb, tokens);
    let finite = content.clone().any(|t| matches!(tree.token(t).pos, Upos::Verb));
    let complete = tree.children(verb).any(|c| tree.relation(c) == Relation::Ccomp);
    let opens_sentence = verb == tokens.start;
    if !says || opens_sentence || !tree.is_gerund(verb) || complete || !finite || tree.child(verb, Relation::Obj).is_some() {
        return None;
    }
    let (cue, _) = cue_at(tree, verb, cues)?;
    Some(Reach { voice: vec![Governor { source: subject_source(tree, verb, cue, cues), cue: words, directs: false }], content })
}

/// "Afghan officials said Taliban fighters, …, joined forces", where the parser hung nothing below "said".
fn bare_clause(tree: &Tree<'_>, tokens: &Range<usize>, verb: usize, cues: &Cues) -> Option<Reach> {
    use Upos as U;
    let (says, words) = speaking_verb(tree, verb, cues)?;
    let first = *words.first()?;
    let parenthetic = first == tokens.start || is_break(tree, first - 1);
    let (cue, _) = cue_at(tree, verb, cues)?;
    let taken = tree.children(verb).filter(|c| *c > verb).any(|c| match tree.relation(c) {
        Relation::Ccomp => tree.is_clause_head(c),
        Relation::Obj => cue.has(&Content::Object),
        relation => relation == Relation::Xcomp,
    });
    let content = verb + 1..end_of(tree, verb, tokens);
    let opens =
        content.clone().next().is_some_and(|t| matches!(tree.token(t).pos, U::Det | U::Noun | U::Propn | U::Pron | U::Num | U::Adj));
    if !says || tree.is_gerund(verb) || parenthetic || taken || !opens || !content.clone().any(|t| is_finite(tree, t)) {
        return None;
    }
    let source = subject_source(tree, verb, cue, cues).filter(|s| *s < verb)?;
    Some(Reach { voice: vec![Governor { source: Some(source), cue: words, directs: false }], content })
}

fn is_finite(tree: &Tree<'_>, token: usize) -> bool {
    let position = matches!(tree.relation(token), Relation::Acl | Relation::AclRelcl | Relation::Amod);
    let infinitive = tree.child(token, Relation::Mark).is_some_and(|m| tree.lemma(m) == "to");
    matches!(tree.token(token).pos, Upos::Verb | Upos::Aux) && !position && !infinitive && !tree.is_gerund(token)
}

/// Where a clause ends at the latest: at the end of the quotation, at "; …" or ", but …", or with the sentence.
fn end_of(tree: &Tree<'_>, from: usize, tokens: &Range<usize>) -> usize {
    let ends = |t: &usize| matches!(tree.word(*t), ";" | "”" | "\"") || (tree.word(*t) == "but" && tree.word(t - 1) == ",");
    (from + 1..tokens.end).find(ends).unwrap_or(tokens.end)
}

/// "12 killed in blast: police", "Police: 12 killed in blast".
fn headline(tree: &Tree<'_>, tokens: &Range<usize>, cues: &Cues) -> Option<Reach> {
    let colon = tokens.clone().find(|t| tree.word(*t) == ":")?;
    let speaker = |phrase: Range<usize>| {
        let fits = !phrase.is_empty()
            && phrase.len() <= LABEL
            && !phrase.clone().any(|t| matches!(tree.token(t).pos, Upos::Verb | Upos::Aux | Upos::Punct));
        let head = phrase_head(tree, phrase).filter(|_| fits)?;
        let person = tree.analysis.names.iter().any(|n| n.tokens.contains(&head) && n.kind != sayso_types::NameClass::Location);
        let speaks = cues.cue(CuePos::Noun, tree.lemma(head)).is_some_and(|c| c.is(CueClass::Document));
        (person || speaks || (tree.token(head).pos == Upos::Pron && can_speak(tree, head, cues))).then_some(head)
    };
    let last = (colon + 1..tokens.end).rev().find(|t| tree.token(*t).pos != Upos::Punct)?;
    let reach = |head: usize, content: Range<usize>| {
        (content.len() >= 2).then_some(Reach { voice: vec![Governor { source: Some(head), cue: vec![colon], directs: false }], content })
    };
    let behind = speaker(colon + 1..last + 1).and_then(|head| reach(head, tokens.start..colon));
    behind.or_else(|| speaker(tokens.start..colon).and_then(|head| reach(head, colon + 1..tokens.end)))
}

fn in_relative_clause(tree: &Tree<'_>, token: usize, verb: usize) -> bool {
    std::iter::once(token).chain(tree.ancestors(token)).take_while(|t| *t != verb).any(|t| tree.relation(t) == Relation::AclRelcl)
}

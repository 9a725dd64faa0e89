//! Does the word above a clause attribute it? "said that …", "accused X of …", "claims by X that …", "confident that …".

use sayso_types::{Relation, Upos};

use super::Governor;
use super::source::{antecedent, noun_source, quoted_person, subject_source};
use crate::cues::{CertaintyPos, Content, Cue, CueClass, CuePos, Cues, Effect};
use crate::syntax::{Function, Tree, arguments};

/// The attribution that token `governor` makes of its child `content`, where it does.
pub(super) fn above(tree: &Tree<'_>, governor: usize, content: usize, cues: &Cues) -> Option<Governor> {
    let governor = governing(tree, governor, content, cues);
    if let Some(quoting) = quoting(tree, governor, content, cues) {
        return Some(quoting);
    }
    let (cue, words) = cue_at(tree, governor, cues)?;
    if !cue.governs() || !is_content(tree, cue, governor, content, cues) || leaves_open(tree, cue, governor, content, cues) {
        return None;
    }
    let source = match tree.token(governor).pos {
        Upos::Noun | Upos::Propn => noun_source(tree, governor, cues),
        _ => subject_source(tree, governor, cue, cues),
    };
    let shown = cue.classes == [CueClass::Shows];
    (!shown || source.is_some()).then(|| Governor { source, cue: words, directs: cue.classes == [CueClass::Directs] })
}

/// The word that governs a clause: its head, or the verb over an object that the clause hangs on: "accused Pakistan of sheltering militants", "showed soldiers beating civilians".
fn governing(tree: &Tree<'_>, object: usize, content: usize, cues: &Cues) -> usize {
    let is_object = matches!(tree.relation(object), Relation::Obj | Relation::NsubjPass | Relation::Nsubj | Relation::Iobj);
    let preposition = tree.preposition(content).or_else(|| clause_preposition(tree, content));
    let verb = tree.head(object).filter(|verb| {
        let cue = cues.cue_of(tree.token(*verb).pos, tree.lemma(*verb));
        let takes = |c: &Cue| match preposition {
            Some(p) => c.has(&Content::Behind(p)),
            None => c.classes == [CueClass::Shows] && tree.relation(content) == Relation::Acl && tree.is_gerund(content),
        };
        is_object && *verb < object && cue.is_some_and(takes)
    });
    verb.unwrap_or(object)
}

/// The cue that a token is, with its particle, and all its words: auxiliaries, verb, particle.
pub(super) fn cue_at<'c>(tree: &Tree<'_>, token: usize, cues: &'c Cues) -> Option<(&'c Cue, Vec<usize>)> {
    let pos = tree.token(token).pos;
    let particle = tree.child(token, Relation::CompoundPrt);
    let joined = particle.and_then(|p| cues.cue_of(pos, &format!("{} {}", tree.lemma(token), tree.lemma(p))));
    let own = || cues.cue_of(pos, tree.lemma(token)).map(|cue| with_next(tree, token, cues).unwrap_or(cue));
    let cue = joined.or_else(own)?;
    let mut words = vec![token];
    if pos == Upos::Verb {
        words.extend(
            tree.children(token).filter(|c| matches!(tree.relation(*c), Relation::Aux | Relation::AuxPass | Relation::CompoundPrt)),
        );
        words.extend(quoted_as(tree, token, cues));
    }
    words.sort_unstable();
    Some((cue, words))
}

/// The cue of a word with the one right after it: "claim responsibility".
fn with_next<'c>(tree: &Tree<'_>, token: usize, cues: &'c Cues) -> Option<&'c Cue> {
    let next = tree.analysis.tokens.get(token + 1)?;
    cues.cue_of(tree.token(token).pos, &format!("{} {}", tree.lemma(token), next.lemma))
}

/// "was quoted as" of "was quoted as saying".
fn quoted_as(tree: &Tree<'_>, saying: usize, cues: &Cues) -> Vec<usize> {
    let above = tree.head(saying).filter(|above| {
        let marked = tree.children(saying).any(|c| tree.lemma(c) == "as" && matches!(tree.relation(c), Relation::Mark | Relation::Case));
        marked && tree.is_passive(*above) && cues.cue_of(tree.token(*above).pos, tree.lemma(*above)).is_some_and(|c| c.is(CueClass::Cites))
    });
    let Some(above) = above else { return Vec::new() };
    let mark = tree.children(saying).filter(|c| tree.lemma(*c) == "as");
    let auxiliaries = tree.children(above).filter(|c| matches!(tree.relation(*c), Relation::Aux | Relation::AuxPass));
    mark.chain(auxiliaries).chain([above]).collect()
}

/// Who quotes, of "the paper quoted the minister as saying that …", "the minister was quoted by the paper as saying that …".
fn quoting(tree: &Tree<'_>, governor: usize, saying: usize, cues: &Cues) -> Option<Governor> {
    let cue = cues.cue_of(tree.token(governor).pos, tree.lemma(governor)).filter(|c| c.is(CueClass::Cites))?;
    quoted_person(tree, saying, cues)?;
    let who = antecedent(tree, arguments(tree, governor).into_iter().find(|a| a.function == Function::Subject)?.head);
    let by = tree.children(who).find(|c| tree.relation(*c) == Relation::Case && tree.is_passive(governor));
    let words = by.map_or_else(|| cue_at(tree, governor, cues).map(|(_, words)| words), |by| Some(vec![by]))?;
    cue.has(&Content::Object).then_some(Governor { source: Some(who), cue: words, directs: false })
}

fn is_content(tree: &Tree<'_>, cue: &Cue, governor: usize, content: usize, cues: &Cues) -> bool {
    use Relation as R;
    let behind = || tree.preposition(content).or_else(|| clause_preposition(tree, content)).is_some_and(|p| cue.has(&Content::Behind(p)));
    if cue.is(CueClass::Answers) {
        let place = (matches!(tree.relation(content), R::Obj | R::NsubjPass) && cue.has(&Content::Object)) || behind();
        return place && is_claim(tree, content, cues);
    }
    if matches!(tree.token(governor).pos, Upos::Noun | Upos::Propn) {
        return match tree.relation(content) {
            R::Acl | R::Ccomp => is_that_clause(tree, content) || behind(),
            R::AclRelcl => cue.has(&Content::Clause) && tree.child(content, R::Mark).is_some_and(|m| tree.lemma(m) == "that"),
            R::Nmod => behind(),
            _ => false,
        };
    }
    match tree.relation(content) {
        // "is considering pulling out" is a plan.
        R::Ccomp if cue.is(CueClass::Thinks) && !cue.is(CueClass::Says) => {
            (!tree.is_gerund(content) || tree.child(content, R::Nsubj).is_some()) && !is_witnessed(tree, cue, governor, content)
        }
        R::Ccomp => !is_witnessed(tree, cue, governor, content),
        // The parser at times hangs "that …" on as an adverbial.
        R::Advcl | R::Acl if cue.has(&Content::Clause) && tree.child(content, R::Mark).is_some_and(|m| tree.lemma(m) == "that") => true,
        R::Acl => (cue.is(CueClass::Shows) && tree.is_gerund(content)) || behind(),
        R::Csubj => tree.token(governor).pos == Upos::Verb && cue.has(&Content::Quote),
        R::Xcomp if cue.is(CueClass::Thinks) && !cue.is(CueClass::Says) => {
            // "expects rebels to attack" is said of others; "is considering attacking" is a plan.
            cue.has(&Content::Infinitive) && (tree.is_passive(governor) || tree.child(governor, R::Obj).is_some())
        }
        R::Xcomp => cue.has(&Content::Infinitive),
        R::Obj | R::NsubjPass => cue.has(&Content::Object),
        R::Parataxis => cue.has(&Content::Quote) && content > governor && tree.child(governor, R::Ccomp).is_none(),
        R::Obl | R::Advcl | R::Nmod => behind(),
        _ => false,
    }
}

/// Whether a noun is what somebody says: "claim", "report".
fn is_claim(tree: &Tree<'_>, noun: usize, cues: &Cues) -> bool {
    cues.cue(CuePos::Noun, tree.lemma(noun)).is_some_and(|c| c.is(CueClass::Says) || c.is(CueClass::Account))
}

/// "heard the officer order", "heard soldiers shooting": what somebody is witness to, not what somebody holds to be so.
fn is_witnessed(tree: &Tree<'_>, cue: &Cue, governor: usize, content: usize) -> bool {
    let bare =
        !tree.children(content).any(|c| matches!(tree.relation(c), Relation::Mark | Relation::Aux | Relation::AuxPass | Relation::Cop));
    let base = |verb: usize| tree.word(verb) == tree.lemma(verb);
    let past = !base(governor) && !tree.word(governor).ends_with('s');
    let infinite = tree.is_gerund(content) || (base(content) && past);
    cue.classes == [CueClass::Thinks] && bare && tree.token(content).pos == Upos::Verb && infinite
}

fn is_that_clause(tree: &Tree<'_>, clause: usize) -> bool {
    let mark = tree.child(clause, Relation::Mark);
    mark.is_some_and(|m| tree.lemma(m) == "that")
        || (mark.is_none() && tree.children(clause).any(|c| matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass)))
}

/// The preposition that marks a clause: "of" in "accused of killing".
fn clause_preposition(tree: &Tree<'_>, clause: usize) -> Option<String> {
    tree.child(clause, Relation::Mark).map(|mark| tree.lemma(mark).to_owned())
}

/// "did not say whether …", "would not confirm the attack", "nobody knows who …": nobody says it is so.
fn leaves_open(tree: &Tree<'_>, cue: &Cue, governor: usize, content: usize, cues: &Cues) -> bool {
    let mark = tree.child(content, Relation::Mark).map(|m| tree.lemma(m));
    let open = cue.has(&Content::Object) || matches!(mark, Some("whether" | "if"));
    let negated = tree.children(governor).any(|c| tree.relation(c) == Relation::Advmod && matches!(tree.lemma(c), "not" | "n't" | "never"));
    (open && negated) || is_nobody(tree, governor, cues)
}

/// "nobody", "neither side", "no official" as the subject.
fn is_nobody(tree: &Tree<'_>, governor: usize, cues: &Cues) -> bool {
    let negates = |token: usize| cues.certainty(CertaintyPos::Determiner, tree.lemma(token)).is_some_and(|c| c.clause == Effect::Negates);
    let subject = tree.child(governor, Relation::Nsubj);
    subject.is_some_and(|s| {
        negates(s) || tree.children(s).any(|c| matches!(tree.relation(c), Relation::Det | Relation::CcPreconj) && negates(c))
    })
}

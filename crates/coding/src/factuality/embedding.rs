//! What does the word above do to a clause or noun event? One step up the tree, with its effect.

use sayso_types::{Modality, Relation, Upos};

use crate::cues::{CertaintyPos, CueClass, Cues, Effect};
use crate::syntax::Tree;

/// The most steps that are taken.
pub(super) const DEPTH: usize = 32;

/// How far before its object a verb is looked for.
const REACH: usize = 6;

/// One step up.
pub(super) struct Step {
    pub governor: usize,
    pub effect: Effect,
    pub words: Vec<usize>,
    pub passes: Passes,
}

/// How much of what is so of the governor holds below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    /// What it says of itself.
    All,
    /// Only what makes it less sure: it is a word of saying.
    Hedges,
    /// Nothing of its own, but what stands above it: the first of two coordinated clauses.
    OnlyAbove,
}

/// The step from `at` to its governor; `None` where what is above says nothing of it.
pub(super) fn step(tree: &Tree<'_>, at: usize, cues: &Cues) -> Option<Step> {
    use Relation as R;
    let governor = tree.head(at)?;
    let of = |effect: Effect, passes: Passes| Some(Step { governor, effect, words: vec![governor], passes });
    match tree.relation(at) {
        R::Conj if left_the_infinitive(tree, governor, at) => {
            let governor = tree.head(governor)?;
            Some(Step { governor, effect: Effect::Transparent, words: Vec::new(), passes: Passes::OnlyAbove })
        }
        R::Conj => {
            let shares = auxiliaries_of(tree, at) != at || !matches!(tree.token(at).pos, Upos::Verb | Upos::Aux);
            // The conjunct has read the shared modals itself.
            of(Effect::Transparent, if shares && tree.token(at).pos != Upos::Verb { Passes::All } else { Passes::OnlyAbove })
        }
        R::Ccomp | R::Csubj | R::CsubjPass | R::Xcomp => complement(tree, governor, at, cues),
        R::Acl => noun_clause(tree, governor, at, cues),
        R::AclRelcl if is_complement(tree, at) => noun_clause(tree, governor, at, cues),
        // "has denied supporting the rebels": a bare gerund in an object's place is one, however it was read.
        R::Advcl if is_bare_gerund(tree, governor, at) => complement(tree, governor, at, cues),
        R::Advcl => adverbial(tree, governor, at, cues),
        R::Obj | R::NsubjPass | R::Nsubj | R::Obl | R::Nmod | R::OblAgent => nominal(tree, governor, at, cues),
        R::Compound | R::NmodPoss => {
            let effect = cues.certainty(CertaintyPos::Noun, tree.lemma(governor))?.nominal;
            of(effect, Passes::All)
        }
        _ => None,
    }
}

/// A gerund in an object's place: "denied attacking", "ruled out attacking".
fn is_bare_gerund(tree: &Tree<'_>, verb: usize, at: usize) -> bool {
    let particle = tree.child(verb, Relation::CompoundPrt);
    let objectless = tree.child(at, Relation::Mark).is_none() && tree.child(verb, Relation::Obj).is_none();
    tree.is_gerund(at) && objectless && particle.unwrap_or(verb) + 1 == at
}

/// "failed to hold the town and fled": what the parser hangs on the infinitive is finite, and so goes with the verb above.
fn left_the_infinitive(tree: &Tree<'_>, first: usize, second: usize) -> bool {
    let infinitive = tree.child(first, Relation::Mark).is_some_and(|m| tree.lemma(m) == "to") && tree.relation(first) != Relation::Ccomp;
    let is_verb = tree.token(second).pos == Upos::Verb;
    infinitive && is_verb && form(tree, second) == Form::Other && form(tree, first) == Form::Plain && !tree.is_passive(first)
}

/// A clause that fills an argument: "plans to attack", "said that it attacked", "it is likely that".
fn complement(tree: &Tree<'_>, governor: usize, at: usize, cues: &Cues) -> Option<Step> {
    let finite = tree.relation(at) != Relation::Xcomp;
    let adjective = tree.children(governor).find(|c| *c != at && tree.relation(*c) == Relation::Xcomp && tree.token(*c).pos == Upos::Adj);
    let by_adjective = adjective.and_then(|a| cues.certainty(CertaintyPos::Adjective, tree.lemma(a)).map(|c| (c.clause, a)));
    let certainty = certainty_of(tree, governor, None, cues);
    let mark_effect = mark(tree, at).filter(|m| m != "to").and_then(|m| cues.certainty(CertaintyPos::Mark, &m));
    if let Some(question) = tree.children(at).find(|c| *c < at && cues.certainty(CertaintyPos::Question, tree.lemma(*c)).is_some()) {
        return Some(Step { governor, effect: Effect::Presupposes, words: vec![question], passes: Passes::Hedges });
    }
    if let Some(effect) = not_so(tree, governor, cues) {
        return Some(Step { governor, effect, words: vec![governor], passes: Passes::Hedges });
    }
    let says = cues.cue_of(tree.token(governor).pos, tree.lemma(governor)).is_some_and(|c| c.is(CueClass::Says) || c.is(CueClass::Shows));
    let (effect, words) = match (by_adjective, certainty, mark_effect) {
        (Some((effect, adjective)), _, _) => (effect, vec![adjective]),
        (_, _, Some(mark)) if finite => (mark.clause, tree.child(at, Relation::Mark).into_iter().collect()),
        (_, Some(effect), _) => (effect, vec![governor]),
        _ if says => by_doubtful_source(tree, governor, cues),
        _ if finite => (Effect::Presupposes, Vec::new()),
        _ if tree.token(governor).pos == Upos::Verb => (Effect::Transparent, Vec::new()),
        _ => (Effect::Weakens(Modality::Possible), vec![governor]),
    };
    let passes = if says && !matches!(effect, Effect::Negates) { Passes::Hedges } else { Passes::All };
    Some(Step { governor, effect, words, passes })
}

/// "has not ruled out attacking": what a governor that is denied does otherwise than by turning its effect round.
fn not_so(tree: &Tree<'_>, governor: usize, cues: &Cues) -> Option<Effect> {
    let denies = |c: usize| {
        tree.relation(c) == Relation::Advmod
            && cues.certainty(CertaintyPos::Adverb, tree.lemma(c)).is_some_and(|c| c.clause == Effect::Negates)
    };
    let denied = tree.children(governor).any(denies);
    let (pos, key) = denied.then(|| entry_key(tree, governor, None))?;
    let key = format!("not {key}");
    let found = cues.certainty(pos, &key).or_else(|| cues.certainty(CertaintyPos::Verb, &key));
    found.map(|c| c.clause)
}

/// "Unconfirmed reports say that …": what is said is no surer than who says it.
fn by_doubtful_source(tree: &Tree<'_>, says: usize, cues: &Cues) -> (Effect, Vec<usize>) {
    let source = tree.child(says, Relation::Nsubj).filter(|s| tree.token(*s).pos == Upos::Noun);
    let doubts = source.into_iter().flat_map(|s| tree.children(s).filter(|c| tree.relation(*c) == Relation::Amod)).find_map(|adjective| {
        let found = cues.certainty(CertaintyPos::Adjective, tree.lemma(adjective))?;
        (found.nominal == Effect::Weakens(Modality::Possible)).then_some((found.nominal, vec![adjective]))
    });
    doubts.unwrap_or((Effect::Presupposes, Vec::new()))
}

/// "fears that militants will attack", taken for a relative clause: "that" fills no gap.
fn is_complement(tree: &Tree<'_>, clause: usize) -> bool {
    let that = tree.children(clause).find(|c| tree.lemma(*c) == "that");
    that.is_some_and(|t| tree.relation(t) == Relation::Mark)
}

/// A clause of a noun: "plans to attack", "fears that".
fn noun_clause(tree: &Tree<'_>, noun: usize, at: usize, cues: &Cues) -> Option<Step> {
    if tree.is_participle_modifier(at) {
        return None;
    }
    let mark = mark(tree, at);
    if let Some(found) = mark.as_deref().filter(|m| *m != "to").and_then(|m| over_object(tree, noun, m, cues)) {
        return Some(found);
    }
    if mark.is_none() && tree.subtree(at).into_iter().min() != Some(noun + 1) {
        return None;
    }
    let known = cues.certainty(CertaintyPos::Noun, tree.lemma(noun)).map(|c| c.clause);
    let effect = known.or_else(|| mark.and_then(|m| cues.certainty(CertaintyPos::Mark, &m)).map(|c| c.clause))?;
    Some(Step { governor: noun, effect, words: vec![noun], passes: Passes::All })
}

/// "prevented militants from attacking", where the parser hangs "from attacking" on the militants.
fn over_object(tree: &Tree<'_>, noun: usize, preposition: &str, cues: &Cues) -> Option<Step> {
    let first = tree.analysis.sentences[tree.analysis.sentence_of(noun)].tokens.start;
    let near = (first.max(noun.saturating_sub(REACH))..noun).rev();
    near.into_iter().filter(|v| tree.token(*v).pos == Upos::Verb).find_map(|verb| {
        let effect = entry(tree, verb, Some(preposition), cues)?.clause;
        Some(Step { governor: verb, effect, words: vec![verb], passes: Passes::All })
    })
}

/// "if …", "to fight rebels", "without attacking", ", killing 12".
fn adverbial(tree: &Tree<'_>, governor: usize, at: usize, cues: &Cues) -> Option<Step> {
    let Some(mark) = mark(tree, at) else {
        let participle = tree.is_gerund(at);
        return participle.then(|| Step { governor, effect: Effect::Transparent, words: Vec::new(), passes: Passes::All });
    };
    if let Some(effect) = certainty_of(tree, governor, Some(&mark), cues) {
        return Some(Step { governor, effect, words: vec![governor], passes: Passes::All });
    }
    let governed = (mark == "to").then(|| certainty_of(tree, governor, None, cues)).flatten();
    let effect = governed.or_else(|| cues.certainty(CertaintyPos::Mark, &mark).map(|c| c.clause))?;
    let words = if governed.is_some() { vec![governor] } else { tree.child(at, Relation::Mark).into_iter().collect() };
    Some(Step { governor, effect, words, passes: Passes::All })
}

/// A noun event as an argument: "planned an attack", "fears of an attack", "an attack is likely".
fn nominal(tree: &Tree<'_>, governor: usize, at: usize, cues: &Cues) -> Option<Step> {
    use Relation as R;
    let preposition = tree.preposition(at);
    let by_preposition = preposition.as_deref().and_then(|p| cues.certainty(CertaintyPos::Preposition, p)).map(|c| c.nominal);
    if let Some(effect) = by_preposition {
        let case = tree.child(at, R::Case);
        return Some(Step { governor, effect, words: case.into_iter().collect(), passes: Passes::All });
    }
    let pos = tree.token(governor).pos;
    let effect = match (tree.relation(at), pos) {
        (R::Obj | R::NsubjPass, Upos::Verb) => nominal_effect(tree, governor, None, cues)?,
        (R::Nsubj, Upos::Adj) => cues.certainty(CertaintyPos::Adjective, tree.lemma(governor))?.nominal,
        (R::Nsubj, Upos::Verb) if tree.is_passive(governor) => nominal_effect(tree, governor, None, cues)?,
        (R::Nsubj, _) => {
            let adjective = tree.children(governor).find(|c| tree.relation(*c) == R::Xcomp && tree.token(*c).pos == Upos::Adj);
            let by_adjective = adjective.and_then(|a| cues.certainty(CertaintyPos::Adjective, tree.lemma(a)));
            by_adjective.or_else(|| cues.certainty(CertaintyPos::Happening, tree.lemma(governor)))?.nominal
        }
        (R::Obl | R::Nmod, Upos::Verb) => nominal_effect(tree, governor, preposition.as_deref(), cues)?,
        (R::Nmod, Upos::Noun | Upos::Propn) if matches!(preposition.as_deref(), Some("of" | "for" | "about" | "over")) => {
            cues.certainty(CertaintyPos::Noun, tree.lemma(governor))?.nominal
        }
        _ => return None,
    };
    Some(Step { governor, effect, words: vec![governor], passes: Passes::All })
}

fn nominal_effect(tree: &Tree<'_>, verb: usize, preposition: Option<&str>, cues: &Cues) -> Option<Effect> {
    entry(tree, verb, preposition, cues).map(|c| c.nominal)
}

fn certainty_of(tree: &Tree<'_>, governor: usize, preposition: Option<&str>, cues: &Cues) -> Option<Effect> {
    entry(tree, governor, preposition, cues).map(|c| c.clause)
}

/// The lexicon's line for a governor, with its particle, or with a preposition.
fn entry(tree: &Tree<'_>, governor: usize, preposition: Option<&str>, cues: &Cues) -> Option<crate::cues::Certainty> {
    let (pos, key) = entry_key(tree, governor, preposition);
    if let Some(found) = with_neighbour(tree, governor, pos, cues) {
        return Some(found);
    }
    let found = cues.certainty(pos, &key);
    found.or_else(|| (pos == CertaintyPos::Passive).then(|| cues.certainty(CertaintyPos::Verb, &key)).flatten())
}

/// As what a governor stands in the lexicon, and by which words.
fn entry_key(tree: &Tree<'_>, governor: usize, preposition: Option<&str>) -> (CertaintyPos, String) {
    let lemma = tree.lemma(governor);
    let particle = tree.child(governor, Relation::CompoundPrt).map(|p| tree.lemma(p));
    let key = match (particle, preposition) {
        (Some(particle), None) => format!("{lemma} {particle}"),
        (_, Some(preposition)) => format!("{lemma} {preposition}"),
        (None, None) => lemma.to_owned(),
    };
    let passive = tree.is_passive(governor) && !tree.is_participle_modifier(governor);
    let pos = match tree.token(governor).pos {
        Upos::Verb | Upos::Aux if passive => CertaintyPos::Passive,
        Upos::Verb | Upos::Aux => CertaintyPos::Verb,
        Upos::Adj | Upos::Adv => CertaintyPos::Adjective,
        _ => CertaintyPos::Noun,
    };
    (pos, key)
}

/// The line for a governor together with a word beside it: "stopped short of attacking", "was able to attack", as against "is able to".
fn with_neighbour(tree: &Tree<'_>, governor: usize, pos: CertaintyPos, cues: &Cues) -> Option<crate::cues::Certainty> {
    let key = match pos {
        CertaintyPos::Adjective => {
            let copula = tree.child(governor, Relation::Cop)?;
            format!("{} {}", tree.word(copula).to_lowercase(), tree.lemma(governor))
        }
        CertaintyPos::Verb => {
            let adverb = tree.children(governor).find(|c| *c == governor + 1 && tree.relation(*c) == Relation::Advmod)?;
            format!("{} {}", tree.lemma(governor), tree.lemma(adverb))
        }
        _ => return None,
    };
    cues.certainty(pos, &key)
}

/// The word or words that mark a clause: "if", "in case", "rather than".
pub(super) fn mark(tree: &Tree<'_>, clause: usize) -> Option<String> {
    let fixed = |c: usize| tree.children(c).any(|next| tree.relation(next) == Relation::Fixed);
    let marks = |c: usize| match tree.relation(c) {
        Relation::Mark | Relation::Case => true,
        // "rather than attack".
        Relation::Advmod | Relation::Cc => fixed(c),
        _ => false,
    };
    let mark = tree.children(clause).find(|c| *c < clause && marks(*c))?;
    let fixed = tree.children(mark).filter(|c| tree.relation(*c) == Relation::Fixed);
    Some(fixed.fold(tree.lemma(mark).to_owned(), |words, next| format!("{words} {}", tree.lemma(next))))
}

/// The verb whose modals a verb shares: the first of "will attack and kill"; itself where it has its own subject or form.
pub(super) fn auxiliaries_of(tree: &Tree<'_>, verb: usize) -> usize {
    let mut at = verb;
    while tree.relation(at) == Relation::Conj && tree.token(at).pos == Upos::Verb {
        let own = tree.children(at).any(|c| {
            matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass | Relation::Aux | Relation::AuxPass | Relation::Mark)
        });
        let Some(first) = tree.head(at).filter(|f| tree.token(*f).pos == Upos::Verb && form(tree, *f) == form(tree, at)) else { return at };
        let but = tree.children(at).any(|c| tree.relation(c) == Relation::Cc && tree.lemma(c) == "but");
        if own || but {
            return at;
        }
        at = first;
    }
    at
}

#[derive(PartialEq, Eq)]
enum Form {
    Plain,
    Present,
    Gerund,
    Other,
}

fn form(tree: &Tree<'_>, verb: usize) -> Form {
    let word = tree.word(verb).to_lowercase();
    if word == tree.lemma(verb) {
        Form::Plain
    } else if word.ends_with("ing") {
        Form::Gerund
    } else if word.ends_with('s') {
        Form::Present
    } else {
        Form::Other
    }
}

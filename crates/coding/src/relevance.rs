//! Which sentences are worth their syntax, and which a closer look? Those in which the words of some frame's trigger stand together,
//! closer where the document speaks of conflict.

use sayso_types::{Analysis, Token, Upos};

use crate::Knowledge;
use crate::frame::{Frame, Trigger, WordClass, Yields};
use crate::lexicon::NounClass;
use crate::resolve::registry::names_armed_group;

/// A document of up to so many sentences is looked at closely whatever it speaks of: it costs little.
const FEW: usize = 8;
/// A longer one speaks of conflict where at least two of its sentences, and one in so many, have a word of material conflict, and one
/// of these also names arms or somebody who bears them: courts sentence, teams beat and unions strike without.
const ONE_IN: usize = 7;

/// How a sentence is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It can yield no statement.
    Words,
    /// It can, in a document that hardly speaks of conflict.
    Syntax,
    /// It can.
    Close,
}

/// How each sentence of a document is to be read.
///
/// "The minister met traders." is worth its syntax; between reports of raids it is worth a closer look.
pub fn worth(text: &str, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Worth> {
    let (mut of_conflict, mut armed) = (0, false);
    let mut wanted = |tokens: &[Token]| {
        let mut yields = false;
        let conflict = triggered(text, tokens, knowledge).any(|frame| {
            yields = true;
            matches!(frame.yields, Yields::Event(event) if event.is_material_conflict())
        });
        of_conflict += usize::from(conflict);
        armed = armed || conflict && is_armed(text, tokens, knowledge);
        yields
    };
    let wanted: Vec<bool> = analysis.sentences.iter().map(|sentence| wanted(&analysis.tokens[sentence.tokens.clone()])).collect();
    let close = wanted.len() <= FEW || (armed && of_conflict >= 2 && of_conflict * ONE_IN >= wanted.len());
    let worth = |wanted: bool| match (wanted, close) {
        (false, _) => Worth::Words,
        (true, false) => Worth::Syntax,
        (true, true) => Worth::Close,
    };
    wanted.into_iter().map(worth).collect()
}

/// Whether a sentence names arms, somebody who bears them or a crowd that protests.
fn is_armed(text: &str, tokens: &[Token], knowledge: &Knowledge) -> bool {
    use NounClass as N;
    let of_arms = |class| matches!(class, N::Fighter | N::Soldier | N::Police | N::Intelligence | N::Weapon | N::Crowd);
    tokens.iter().any(|t| knowledge.nouns.class(&t.lemma).is_some_and(of_arms)) || names_armed_group(text, tokens, &knowledge.registry)
}

/// The frames that a word of the sentence triggers, with the words that must stand beside it.
fn triggered<'k>(text: &'k str, tokens: &'k [Token], knowledge: &'k Knowledge) -> impl Iterator<Item = &'k Frame> {
    let has = move |word: &str| tokens.iter().any(|t| t.lemma == word || t.span.text(text).eq_ignore_ascii_case(word));
    tokens.iter().flat_map(move |token| {
        let triggers = knowledge.frames.of_lemma(&token.lemma);
        // The quick tagger takes some verbs for nouns ("the brigades answer to …") and some nouns for what stands beside them ("the group's
        // oldest ally"): a verb may be one with the words beside it that a trigger asks for.
        let may_be = |trigger: &Trigger| match trigger.class {
            WordClass::Verb => token.pos == Upos::Noun && !trigger.companions.is_empty(),
            WordClass::Noun => matches!(token.pos, Upos::Adj | Upos::Adv),
            WordClass::Adjective => false,
        };
        let may_be = move |trigger: &Trigger| trigger.class.holds(token.pos) || may_be(trigger);
        let held = triggers.filter(move |(_, _, trigger)| may_be(trigger) && trigger.companions.iter().all(|c| c.can_stand(&has)));
        held.map(|(_, frame, _)| frame).chain(of_participle(token, knowledge))
    })
}

/// "were detained" whose participle was taken for an adjective: the frames of its verb, which a closer look will find.
fn of_participle<'k>(token: &Token, knowledge: &'k Knowledge) -> impl Iterator<Item = &'k Frame> {
    let stem = token.lemma.strip_suffix("ed").filter(|_| token.pos == Upos::Adj);
    let verbs = stem.into_iter().flat_map(|stem| [stem.to_owned(), format!("{stem}e")]);
    verbs.flat_map(|verb| {
        let triggers = knowledge.frames.of_lemma(&verb).filter(|(_, _, trigger)| trigger.class.holds(Upos::Verb));
        triggers.filter(|(_, _, trigger)| trigger.companions.is_empty()).map(|(_, frame, _)| frame).collect::<Vec<_>>()
    })
}

//! Do these words bring the frame up? A trigger: a lemma of a word class, with the words that must stand beside it.

use sayso_types::{Relation, Upos};

use crate::syntax::{Argument, Function, Tree};

/// Stands in a trigger for any reflexive pronoun.
const ONESELF: &str = "oneself";

/// A lemma of a word class with its companions: `join object:force|rank`, `blow up`, `pledge object:allegiance`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Verb, noun or adjective.
    pub class: WordClass,
    /// The head word's dictionary form.
    pub lemma: String,
    /// What else must stand in its clause.
    pub companions: Vec<Companion>,
}

/// The word class of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordClass {
    /// Verbs.
    Verb,
    /// Common and proper nouns.
    Noun,
    /// Adjectives and participles used as such.
    Adjective,
}

/// A word that must stand beside the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Companion {
    /// A particle, adverb or other word right at it: "up" of "blow up".
    Word(String),
    /// A preposition before one of its arguments, however far off, written `*into`: "integrated the militia into the army".
    Preposition(String),
    /// An argument with one of these heads: `object:control`.
    Argument(Function, Vec<String>),
}

/// A trigger found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// The head word.
    pub head: usize,
    /// All its words, the head included, in order.
    pub tokens: Vec<usize>,
}

impl Companion {
    /// Whether a sentence that has certain words can have it; `has` takes a lemma or a word.
    pub fn can_stand(&self, has: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Companion::Word(word) => word == ONESELF || has(word),
            Companion::Preposition(word) => has(word),
            Companion::Argument(_, lemmas) => lemmas.iter().any(|l| has(l)),
        }
    }
}

impl Trigger {
    /// Reads `blow up`, `join object:force|rank`, or, of nouns, `rocket attack`, whose head is the last plain word.
    pub fn parse(class: WordClass, text: &str) -> Option<Trigger> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let prepositions = ["of", "for", "from", "by", "on", "over", "into", "between", "with", "to", "against", "at", "under"];
        let plain = words.iter().take_while(|w| !w.contains(':') && !prepositions.contains(*w)).count();
        let head = if class == WordClass::Noun { plain.checked_sub(1)? } else { 0 };
        if words.is_empty() {
            return None;
        }
        let lemma = words.remove(head).replace('_', " ");
        let companions = words.into_iter().map(companion).collect::<Option<Vec<_>>>()?;
        Some(Trigger { class, lemma, companions })
    }

    /// Finds the trigger at token `head`, whose lemma is this trigger's, among the arguments of that token; `named` tells whether a
    /// token belongs to a name.
    pub fn find(&self, tree: &Tree<'_>, head: usize, arguments: &[Argument], named: &dyn Fn(usize) -> bool) -> Option<Matched> {
        if !self.class.holds(tree.token(head).pos) {
            return None;
        }
        let mut tokens = vec![head];
        for companion in &self.companions {
            tokens.push(match companion {
                Companion::Word(word) => {
                    let told = || marking(tree, word, self.companions.len() > 1, arguments);
                    word_beside(tree, head, word).or_else(told)?
                }
                Companion::Preposition(word) => preposition(tree, arguments, word)?,
                Companion::Argument(function, lemmas) => {
                    // A name that happens to be made of such words ("the Rapid Support Forces") is no such noun.
                    let holds = |a: &&Argument| {
                        a.function == *function
                            && tree.token(a.head).pos != Upos::Propn
                            && !named(a.head)
                            && lemmas.iter().any(|l| l == tree.lemma(a.head))
                    };
                    arguments.iter().find(holds)?.head
                }
            });
        }
        tokens.sort_unstable();
        tokens.dedup();
        Some(Matched { head, tokens })
    }
}

impl WordClass {
    /// Whether a part of speech is of this class.
    pub fn holds(self, pos: Upos) -> bool {
        match self {
            WordClass::Verb => matches!(pos, Upos::Verb | Upos::Aux),
            WordClass::Noun => matches!(pos, Upos::Noun | Upos::Propn),
            WordClass::Adjective => matches!(pos, Upos::Adj | Upos::Verb | Upos::Adv),
        }
    }
}

fn companion(text: &str) -> Option<Companion> {
    let Some((function, lemmas)) = text.split_once(':') else {
        let word = |text: &str| text.replace('_', " ");
        return Some(text.strip_prefix('*').map_or_else(|| Companion::Word(word(text)), |far| Companion::Preposition(word(far))));
    };
    let lemmas = lemmas.split('|').map(str::to_owned).collect();
    Some(Companion::Argument(super::pattern::function(function)?, lemmas))
}

/// The word as the preposition of an argument: "out" of "drove the rebels out of Gao", and, where the trigger asks for more than it, also
/// one farther off: "from" of "takes its orders from Tehran", "leaves the job to gangs".
fn marking(tree: &Tree<'_>, word: &str, farther: bool, arguments: &[Argument]) -> Option<usize> {
    let of_object =
        arguments.iter().filter(|a| farther && a.function == Function::Object).flat_map(|a| tree.children(a.head).collect::<Vec<_>>());
    arguments.iter().map(|a| a.head).chain(of_object).find_map(|argument| {
        let preposition = tree.preposition(argument)?;
        let begins = preposition.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        ((farther && preposition == word) || begins).then(|| tree.children(argument).find(|c| tree.lemma(*c) == word)).flatten()
    })
}

/// A child with that lemma, or one of the next two words.
fn word_beside(tree: &Tree<'_>, head: usize, word: &str) -> Option<usize> {
    let reflexive = |t: usize| tree.word(t).ends_with("self") || tree.word(t).ends_with("selves");
    let is_word = |t: &usize| tree.lemma(*t) == word || tree.word(*t).eq_ignore_ascii_case(word) || (word == ONESELF && reflexive(*t));
    let child = tree.children(head).find(|c| is_word(c) && tree.relation(*c) != Relation::Nsubj);
    let end = tree.analysis.sentences[tree.analysis.sentence_of(head)].tokens.end;
    child.or_else(|| (head + 1..(head + 3).min(end)).find(is_word))
}

/// The preposition of that word before an argument.
fn preposition(tree: &Tree<'_>, arguments: &[Argument], word: &str) -> Option<usize> {
    let argument = arguments.iter().find(|a| a.function == Function::Preposition(word.to_owned()))?;
    tree.children(argument.head).find(|c| tree.relation(*c) == Relation::Case && tree.lemma(*c) == word)
}

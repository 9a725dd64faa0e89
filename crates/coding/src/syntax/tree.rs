//! Which tokens depend on a token? The dependency tree of a whole document, readable downwards.

use sayso_types::{Analysis, Relation, Span, Token, Upos, WordSet};

use super::mend::{Links, links};

/// The syntax of one document, with the text it was read from: links as the analysis has them, mended where the parser is known to err,
/// and children found at once.
///
/// Tokens are indices into [`Analysis::tokens`]. A sentence that was not parsed has no children and only roots.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    /// The document's frozen text.
    pub text: &'a str,
    /// The analysis that it stands on.
    pub analysis: &'a Analysis,
    measures: Option<&'a WordSet>,
    links: Links,
    first: Vec<u32>,
    next: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Tree<'a> {
    /// Links every token to its children, in the order of the text.
    pub fn new(text: &'a str, analysis: &'a Analysis) -> Tree<'a> {
        let count = analysis.tokens.len();
        let (mut first, mut next) = (vec![NONE; count], vec![NONE; count]);
        let links = links(text, analysis);
        for (index, (head, _)) in links.iter().enumerate().rev() {
            if *head != index {
                next[index] = first[*head];
                first[*head] = u32::try_from(index).unwrap_or(NONE);
            }
        }
        Tree { text, analysis, measures: None, links, first, next }
    }

    /// The tree with nouns that only measure what follows "of": "dozens", "most", "a group".
    #[must_use]
    pub fn with_measures(mut self, measures: &'a WordSet) -> Tree<'a> {
        self.measures = Some(measures);
        self
    }

    /// What a noun that only measures is a measure of, else the token itself: "rebels" for "thousands" in "thousands of rebels".
    pub fn measured(&self, index: usize) -> usize {
        let measures = self.measures.is_some_and(|m| m.contains(self.lemma(index)) || (self.token(index).pos == Upos::Num));
        let inside = || {
            self.children(index).find(|c| {
                *c > index && matches!(self.relation(*c), Relation::Nmod | Relation::Obl) && self.preposition(*c).as_deref() == Some("of")
            })
        };
        // "pay part of the costs": the phrase may hang on the verb.
        let behind = || {
            self.children(self.head(index)?).find(|c| {
                let first = self.subtree(*c).into_iter().min();
                self.relation(*c) == Relation::Obl && first == Some(index + 1) && self.preposition(*c).as_deref() == Some("of")
            })
        };
        if measures { inside().or_else(behind).unwrap_or(index) } else { index }
    }

    /// The token itself.
    pub fn token(&self, index: usize) -> &'a Token {
        &self.analysis.tokens[index]
    }

    /// The word as written.
    pub fn word(&self, index: usize) -> &'a str {
        self.token(index).span.text(self.text)
    }

    /// The dictionary form.
    pub fn lemma(&self, index: usize) -> &'a str {
        self.token(index).lemma.as_str()
    }

    /// How the token depends on its head.
    pub fn relation(&self, index: usize) -> Relation {
        self.links[index].1
    }

    /// The token that it depends on; `None` for a root.
    pub fn head(&self, index: usize) -> Option<usize> {
        let head = self.links[index].0;
        (head != index).then_some(head)
    }

    /// Its children, in the order of the text.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = self.first[index];
        std::iter::from_fn(move || {
            let child = (at != NONE).then_some(at as usize)?;
            at = self.next[child];
            Some(child)
        })
    }

    /// Its first child in that relation.
    pub fn child(&self, index: usize, relation: Relation) -> Option<usize> {
        self.children(index).find(|c| self.relation(*c) == relation)
    }

    /// The nearest ancestors, itself excluded, up to the root.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(index), |at| self.head(*at)).take(100)
    }

    /// Whether `ancestor` is `index` or stands above it.
    pub fn dominates(&self, ancestor: usize, index: usize) -> bool {
        ancestor == index || self.ancestors(index).any(|a| a == ancestor)
    }

    /// All tokens of its subtree, itself included, in no particular order.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children(found[at]));
            at += 1;
        }
        found
    }

    /// The preposition that marks a nominal, as one lemma: "on", "according to" (its first fixed parts joined); `None` where bare.
    pub fn preposition(&self, index: usize) -> Option<String> {
        let case = self.case(index).or_else(|| self.case_of_name(index))?;
        let mut words = self.lemma(case).to_owned();
        // "out of Gao": also where the second word was hung beside the first.
        let next = |c: &usize| *c == case + 1 && self.relation(*c) == Relation::Case && self.lemma(*c) == "of";
        for fixed in self.children(case).filter(|c| self.relation(*c) == Relation::Fixed).chain(self.children(index).filter(next)) {
            words.push(' ');
            words.push_str(self.lemma(fixed));
        }
        Some(words)
    }

    fn case(&self, index: usize) -> Option<usize> {
        let marks = |c: &usize| self.relation(*c) == Relation::Case && *c < index && self.word(*c) != "'s" && self.word(*c) != "’s";
        self.children(index).find(marks)
    }

    /// The preposition of a name that was hung on its first word: "over" in "over Kataib Hezbollah".
    pub fn case_of_name(&self, last: usize) -> Option<usize> {
        let named = |c: &usize| *c < last && self.relation(*c) == Relation::Compound && self.token(*c).pos == Upos::Propn;
        (self.token(last).pos == Upos::Propn).then(|| self.children(last).find(named)).flatten().and_then(|first| self.case(first))
    }

    /// Whether a verb stands in the passive, by its auxiliary or subject, or as a bare past participle after a noun.
    pub fn is_passive(&self, verb: usize) -> bool {
        let has = |relation| self.children(verb).any(|c| self.relation(c) == relation);
        // A passive subject beside an object is a subject that the labeller took for one.
        let passive_subject = (has(Relation::NsubjPass) || has(Relation::CsubjPass)) && !has(Relation::Obj);
        let marked = has(Relation::AuxPass) || has(Relation::OblAgent) || passive_subject;
        marked || (self.is_participle_modifier(verb) && !self.is_gerund(verb) && self.child(verb, Relation::Obj).is_none())
    }

    /// Whether a verb form ends in -ing.
    pub fn is_gerund(&self, verb: usize) -> bool {
        self.word(verb).to_ascii_lowercase().ends_with("ing")
    }

    /// Whether a past tense was read as a participle of its subject, which then is the root: "Rebel columns advanced on Bamako".
    pub fn is_misread_main_verb(&self, verb: usize) -> bool {
        let Some(noun) = self.head(verb) else { return false };
        let after_subject = self.relation(verb) == Relation::Acl && noun < verb && self.head(noun).is_none();
        let noun_is_nominal = matches!(self.token(noun).pos, Upos::Noun | Upos::Propn);
        let finite = || {
            self.children(noun)
                .any(|c| c != verb && matches!(self.relation(c), Relation::Cop | Relation::Aux | Relation::Nsubj | Relation::Acl))
        };
        after_subject
            && noun_is_nominal
            && !self.is_gerund(verb)
            && self.token(verb).pos == Upos::Verb
            && !finite()
            && self.child(verb, Relation::OblAgent).is_none()
            && self.child(verb, Relation::Mark).is_none()
    }

    /// The subject and object of a verb that the parser took for a modifier of its object: "No group claimed responsibility",
    /// "Claiming responsibility for the attack, the group …". The object is then the root.
    pub fn misread_clause(&self, verb: usize) -> Option<(Option<usize>, usize)> {
        let object = self.head(verb).filter(|noun| self.relation(verb) == Relation::Amod && *noun > verb)?;
        let hangs_loose = self.is_gerund(verb) && self.relation(object) == Relation::Obl && self.preposition(object).is_none();
        if self.head(object).is_some() && !hangs_loose {
            return None;
        }
        let bare = self.token(verb).pos == Upos::Verb && self.token(object).pos == Upos::Noun;
        if !bare || self.children(object).any(|c| self.relation(c) == Relation::Det && c < object && c > verb) {
            return None;
        }
        let sentence = &self.analysis.sentences[self.analysis.sentence_of(verb)].tokens;
        if self.is_gerund(verb) {
            let later = (object + 1..sentence.end).find(|t| self.relation(*t) == Relation::Nsubj);
            return (verb == sentence.start).then_some((later, object));
        }
        let before = verb.checked_sub(1).filter(|t| sentence.contains(t) && matches!(self.token(*t).pos, Upos::Noun | Upos::Propn))?;
        let another = sentence.clone().any(|t| t != verb && matches!(self.relation(t), Relation::Nsubj | Relation::NsubjPass));
        (!another).then_some((Some(before), object))
    }

    /// Whether a verb modifies a noun without a relative pronoun or "to": "civilians killed by …", "militants fighting …".
    pub fn is_participle_modifier(&self, verb: usize) -> bool {
        if self.is_misread_main_verb(verb) {
            return false;
        }
        let relation = self.relation(verb);
        let bare = !self.children(verb).any(|c| self.relation(c) == Relation::Mark || self.token(c).pos == Upos::Aux);
        (relation == Relation::Acl && bare) || (relation == Relation::Amod && self.token(verb).pos == Upos::Verb)
    }

    /// Whether the token can head a clause: a verb, or what has a copula or a subject.
    pub fn is_clause_head(&self, index: usize) -> bool {
        self.token(index).pos == Upos::Verb
            || self.children(index).any(|c| matches!(self.relation(c), Relation::Cop | Relation::Nsubj | Relation::NsubjPass))
    }

    /// The head of the clause that a token stands in: itself where it heads one, else the nearest ancestor that does, else the root.
    pub fn clause_head(&self, index: usize) -> usize {
        if self.is_clause_head(index) {
            return index;
        }
        let mut top = index;
        for ancestor in self.ancestors(index) {
            top = ancestor;
            if self.is_clause_head(ancestor) {
                break;
            }
        }
        top
    }

    /// The stretch of text from the first to the last of some tokens.
    pub fn span_of(&self, tokens: &[usize]) -> Option<Span> {
        let first = tokens.iter().min()?;
        let last = tokens.iter().max()?;
        Some(self.token(*first).span.cover(self.token(*last).span))
    }
}

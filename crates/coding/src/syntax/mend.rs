//! Where does the parser reliably err? Coordination and objects that it hangs elsewhere than the words say, hung right before anything
//! is read from the tree.

use sayso_types::{Analysis, Relation, Token, Upos};

/// How each token depends on its head; a root depends on itself.
pub(super) type Links = Vec<(usize, Relation)>;

/// The links of an analysis, mended.
///
/// "detained a leader and two men": the men are detained, though the parser hangs them on the verb as if they were another clause.
pub(super) fn links(text: &str, analysis: &Analysis) -> Links {
    let mut sketch =
        Sketch { text, tokens: &analysis.tokens, links: analysis.tokens.iter().map(|t| (t.head, t.relation)).collect(), from: 0, to: 0 };
    for sentence in analysis.sentences.iter().filter(|s| s.parsed) {
        (sketch.from, sketch.to) = (sentence.tokens.start, sentence.tokens.end);
        for token in sentence.tokens.clone() {
            let found = sketch.object(token).or_else(|| sketch.coordination(token)).or_else(|| sketch.company(token));
            let found = found.or_else(|| sketch.beside_description(token)).or_else(|| sketch.nearer_object(token));
            let found = found.or_else(|| sketch.before_day(token)).or_else(|| sketch.listed(token)).or_else(|| sketch.between(token));
            let found = found.map(|link| (token, link)).or_else(|| sketch.suffering(token));
            if let Some((token, link)) = found {
                sketch.raise_clauses(token);
                sketch.links[token] = link;
            }
        }
    }
    sketch.links
}

/// The links so far.
struct Sketch<'a> {
    text: &'a str,
    tokens: &'a [Token],
    links: Links,
    /// The sentence's tokens: the first, and the one after the last.
    from: usize,
    to: usize,
}

impl Sketch<'_> {
    fn pos(&self, token: usize) -> Upos {
        self.tokens[token].pos
    }

    fn relation(&self, token: usize) -> Relation {
        self.links[token].1
    }

    fn is_word(&self, token: usize, words: &[&str]) -> bool {
        let word = self.tokens[token].span.text(self.text);
        words.iter().any(|w| w.eq_ignore_ascii_case(word))
    }

    /// Its children that stand before it.
    fn before(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        (self.from..token).filter(move |c| self.links[*c].0 == token)
    }

    /// Whether it is a noun, or an adjective that a number or determiner makes one: "one insurgent".
    fn is_noun(&self, token: usize) -> bool {
        let counted = || self.before(token).any(|c| matches!(self.relation(c), Relation::Det | Relation::Nummod));
        match self.pos(token) {
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num => true,
            Upos::Adj => counted(),
            _ => false,
        }
    }

    /// Whether it says something of a subject of its own.
    fn is_clause(&self, token: usize) -> bool {
        self.before(token).any(|c| {
            matches!(
                self.relation(c),
                Relation::Nsubj | Relation::NsubjPass | Relation::Cop | Relation::Aux | Relation::Mark | Relation::Expl
            )
        })
    }

    /// The verb above a noun behind it.
    fn verb_before(&self, token: usize) -> Option<usize> {
        let above = self.links[token].0;
        (above < token && self.pos(above) == Upos::Verb).then_some(above)
    }

    /// "detained one insurgent": an object whose noun was read as an adjective and so as a clause.
    fn object(&self, token: usize) -> Option<(usize, Relation)> {
        let verb = self.verb_before(token)?;
        let misread = self.pos(token) == Upos::Adj && matches!(self.relation(token), Relation::Ccomp | Relation::Xcomp);
        let has_object = (verb + 1..token).any(|t| self.links[t] == (verb, Relation::Obj));
        (misread && !has_object && self.is_noun(token) && !self.is_clause(token)).then_some((verb, Relation::Obj))
    }

    /// "detained a leader and two men", the men hung on the verb: they belong to the nearest noun of the verb that is of their kind.
    fn coordination(&self, token: usize) -> Option<(usize, Relation)> {
        let verb = self.verb_before(token).filter(|_| self.relation(token) == Relation::Conj)?;
        let joined = self.before(token).any(|c| self.relation(c) == Relation::Cc);
        if !joined || !self.is_noun(token) || self.is_clause(token) {
            return None;
        }
        let partners = || (verb + 1..token).rev().filter(|t| self.is_partner(verb, *t));
        let named = |t: usize| self.pos(t) == Upos::Propn;
        let partner = partners().find(|t| named(*t) == named(token)).or_else(|| partners().next())?;
        Some((partner, Relation::Conj))
    }

    /// "detained the leader along with two men", "was killed together with a guard".
    fn company(&self, token: usize) -> Option<(usize, Relation)> {
        let above = self.links[token].0;
        let with = self.before(token).any(|c| self.relation(c) == Relation::Case && self.is_word(c, &["with"]));
        let along = || self.before(token).any(|c| self.is_word(c, &["along", "together"]));
        if !with || above >= token || !matches!(self.relation(token), Relation::Obl | Relation::Nmod) || !along() {
            return None;
        }
        if self.pos(above) != Upos::Verb {
            return Some((above, Relation::Conj));
        }
        let object = (above + 1..token).rev().find(|t| self.links[*t] == (above, Relation::Obj));
        let subject = || {
            (self.from..above)
                .rev()
                .find(|t| self.links[*t].0 == above && matches!(self.relation(*t), Relation::Nsubj | Relation::NsubjPass))
        };
        Some((object.or_else(subject)?, Relation::Conj))
    }

    /// "killed a leader and one insurgent while detaining others": the clause belongs to the verb, not to the insurgent.
    fn raise_clauses(&mut self, token: usize) {
        let above = self.links[token].0;
        let verb = self.pos(above) == Upos::Verb && self.pos(token) != Upos::Verb;
        for link in self.links[token + 1..self.to].iter_mut().filter(|link| verb && **link == (token, Relation::Advcl)) {
            link.0 = above;
        }
    }

    fn is_partner(&self, verb: usize, token: usize) -> bool {
        let (above, relation) = self.links[token];
        above == verb && matches!(relation, Relation::Obj | Relation::Obl | Relation::OblAgent) && self.is_noun(token)
    }

    /// "detained the man, a bomb maker, and two guards": who is counted is not part of the description.
    fn beside_description(&self, token: usize) -> Option<(usize, Relation)> {
        let description = self.links[token].0;
        let (described, appos) = self.links[description];
        let counted = self.before(token).any(|c| self.relation(c) == Relation::Nummod);
        let joined = self.relation(token) == Relation::Conj && appos == Relation::Appos;
        (joined && counted && described < token).then_some((described, Relation::Conj))
    }

    /// "detained two men and seized rifles": the rifles were seized, not detained.
    fn nearer_object(&self, token: usize) -> Option<(usize, Relation)> {
        let verb = self.verb_before(token).filter(|_| self.relation(token) == Relation::Obj)?;
        let (has, nearer) = ((verb, Relation::Obj), (verb, Relation::Conj));
        let later = (verb + 1..token).rev().find(|t| self.links[*t] == nearer && self.pos(*t) == Upos::Verb)?;
        let taken = (verb + 1..later).any(|t| self.links[t] == has);
        let free = (later + 1..token).all(|t| self.links[t] != (later, Relation::Obj));
        (taken && free).then_some((later, Relation::Obj))
    }

    /// "detained several rebels yesterday": rebels are no kind of yesterday.
    fn before_day(&self, token: usize) -> Option<(usize, Relation)> {
        let (day, relation) = self.links[token];
        let (verb, unmarked) = self.links[day];
        let plural = self.pos(token) == Upos::Noun && !self.is_word(token, &[self.tokens[token].lemma.as_str()]);
        let bare = relation == Relation::Compound && unmarked == Relation::OblUnmarked && day == token + 1 && verb < token;
        let has_object = || (verb + 1..token).any(|t| self.links[t] == (verb, Relation::Obj));
        (plural && bare && self.pos(verb) == Upos::Verb && !has_object()).then_some((verb, Relation::Obj))
    }

    /// "between the army, led by General Musa, and the rebels": the rebels are the other of the two, not another leader.
    fn between(&self, token: usize) -> Option<(usize, Relation)> {
        let and = self.before(token).find(|c| self.relation(*c) == Relation::Cc)?;
        let aside = and > self.from && self.is_word(and - 1, &[","]) && self.relation(token) == Relation::Conj;
        let is_side = |t: &usize| self.before(*t).any(|c| self.relation(c) == Relation::Case && self.is_word(c, &["between"]));
        let above = self.links[token].0;
        let side = std::iter::successors(Some(above), |t| Some(self.links[*t].0)).take(5).find(is_side)?;
        let alone = !(side..token).any(|t| t != above && self.links[t] == (side, Relation::Conj));
        (aside && side != above && side < above && alone && self.is_noun(token)).then_some((side, Relation::Conj))
    }

    /// "Musa, an officer in the guard": what follows a preposition is no item of a list, but belongs to the noun before it.
    fn listed(&self, token: usize) -> Option<(usize, Relation)> {
        let case = self.before(token).find(|c| self.relation(*c) == Relation::Case)?;
        let noun = case.checked_sub(1).filter(|noun| *noun >= self.from && matches!(self.pos(*noun), Upos::Noun | Upos::Propn))?;
        (self.relation(token) == Relation::List).then_some((noun, Relation::Nmod))
    }

    /// "left one leader killed and two men detained": the men were detained, as the leader was killed. The link is the men's.
    fn suffering(&self, verb: usize) -> Option<(usize, (usize, Relation))> {
        let (above, relation) = self.links[verb];
        let paired = relation == Relation::Conj && above < verb && self.relation(above) == Relation::Acl && self.pos(above) == Upos::Verb;
        let participle = self.pos(verb) == Upos::Verb && !self.tokens[verb].span.text(self.text).ends_with("ing");
        if !paired || !participle || self.is_helped(verb) || (verb + 1..self.to).any(|t| self.links[t] == (verb, Relation::Obj)) {
            return None;
        }
        let subject = (above + 1..verb).rev().find(|t| self.links[*t] == (verb, Relation::Nsubj))?;
        Some((subject, (verb, Relation::NsubjPass)))
    }

    fn is_helped(&self, verb: usize) -> bool {
        self.before(verb).any(|c| self.pos(c) == Upos::Aux)
    }
}

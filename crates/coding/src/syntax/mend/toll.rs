//! Who acts, and what became of whom? "left 12 dead and 30 wounded", which the parser reads as it comes.

use sayso_types::{Relation, Upos};

use super::Sketch;

impl Sketch<'_> {
    /// "left 12 people dead and 30 wounded": two counts, each with what became of those counted. The dead are what the verb left them,
    /// and the thirty are who was wounded.
    pub(super) fn two_tolls(&mut self, participle: usize) {
        let Some((adjective, count)) = self.second_toll(participle) else { return };
        let (above, relation) = self.links[adjective];
        let object = matches!(relation, Relation::Amod | Relation::Acl) && above < adjective;
        if object && self.relation(above) == Relation::Obj {
            self.hang(adjective, (self.links[above].0, Relation::Xcomp));
        }
        if self.hangs_below(adjective, count) || self.hangs_below(adjective, participle) {
            return;
        }
        self.links[participle] = (adjective, Relation::Conj);
        self.hang(count, (participle, Relation::NsubjPass));
        for token in adjective + 1..count {
            if self.relation(token) == Relation::Cc {
                self.hang(token, (participle, Relation::Cc));
            }
        }
    }

    /// "left 12 dead", "shot dead two men", the adjective hung on a noun before the verb: it is what became of the verb's object.
    pub(super) fn resultative(&self, token: usize) -> Option<(usize, Relation)> {
        let (noun, relation) = self.links[token];
        let last = token.checked_sub(1).filter(|last| *last > self.from && self.pos(token) == Upos::Adj && relation == Relation::Amod)?;
        let object = self.relation(last) == Relation::Obj;
        let verb = if object { self.links[last].0 } else { last };
        let behind = noun == last && object && !(token + 1..self.to).any(|t| self.links[t].0 == token);
        (self.pos(verb) == Upos::Verb && (noun < verb || behind) && verb < token).then_some((verb, Relation::Xcomp))
    }

    /// "The fighting left nine people dead", the nine read as a second subject: they are the object.
    pub(super) fn subject_behind(&self, token: usize) -> Option<(usize, Relation)> {
        let (verb, relation) = self.links[token];
        let behind = relation == Relation::Nsubj && verb < token && self.pos(verb) == Upos::Verb;
        let has = |relation: Relation, mut range: std::ops::Range<usize>| range.any(|t| self.links[t] == (verb, relation));
        let second = behind && has(Relation::Nsubj, self.from..verb) && !has(Relation::Obj, verb + 1..self.to);
        second.then_some((verb, Relation::Obj))
    }

    /// "put the number of dead at 27": what it is put at belongs to the verb.
    pub(super) fn put_at(&self, token: usize) -> Option<(usize, Relation)> {
        let (noun, relation) = self.links[token];
        let at = self.before(token).any(|c| self.relation(c) == Relation::Case && self.is_word(c, &["at"]));
        let object = relation == Relation::Nmod && self.relation(noun) == Relation::Obj;
        (at && object && self.pos(token) == Upos::Num).then(|| (self.links[noun].0, Relation::Obl))
    }

    /// "The fighting left nine dead, the ministry said", the fighting hung on "said" as well: of two subjects the one before the clause that
    /// is said, and has none, is that clause's.
    pub(super) fn clauses_subject(&self, token: usize) -> Option<(usize, Relation)> {
        let (verb, relation) = self.links[token];
        let is_subject = |t: usize, of: usize| matches!(self.links[t], (above, Relation::Nsubj | Relation::NsubjPass) if above == of);
        let first = relation == Relation::Nsubj && token < verb;
        let clause =
            (token + 1..verb).find(|c| self.links[*c] == (verb, Relation::Ccomp) && self.pos(*c) == Upos::Verb).filter(|_| first)?;
        let speaker = (clause + 1..self.to).any(|t| is_subject(t, verb));
        (speaker && !(self.from..clause).any(|t| is_subject(t, clause))).then_some((clause, Relation::Nsubj))
    }

    /// "The blast killed three", the blast read as a passive's subject: who has an object and no auxiliary acts.
    pub(super) fn active_subject(&self, token: usize) -> Option<(usize, Relation)> {
        let (verb, relation) = self.links[token];
        let suffers = relation == Relation::NsubjPass && token < verb && self.pos(verb) == Upos::Verb && !self.is_helped(verb);
        (suffers && (verb + 1..self.to).any(|t| self.links[t] == (verb, Relation::Obj))).then_some((verb, Relation::Nsubj))
    }

    /// The adjective of a first toll and the count of the second, where a participle tells what became of the second.
    fn second_toll(&self, participle: usize) -> Option<(usize, usize)> {
        let count = participle.checked_sub(1).filter(|count| *count > self.from)?;
        let counts = |t: usize| self.pos(t) == Upos::Num || self.before(t).any(|c| self.relation(c) == Relation::Nummod);
        // "dozens wounded", "many wounded".
        let bare = |t: usize| matches!(self.pos(t), Upos::Noun | Upos::Adj) && !self.before(t).any(|c| self.relation(c) == Relation::Det);
        let counted = counts(count) || bare(count);
        let suffered = matches!(self.pos(participle), Upos::Verb | Upos::Adj) && self.is_past(participle) && counted;
        let and = (self.from..count).rev().take(MODIFIERS).find(|t| self.relation(*t) == Relation::Cc).filter(|_| suffered)?;
        let became = |t: usize| self.pos(t) == Upos::Adj || (self.pos(t) == Upos::Verb && self.is_past(t) && !self.is_helped(t));
        let adjective = and.checked_sub(1).filter(|t| *t > self.from && became(*t))?;
        let of_first = |t: usize| self.links[t].0 == adjective || self.links[t].0 == self.links[adjective].0;
        let hung = [count, participle].into_iter().any(|t| self.relation(t) == Relation::Conj && of_first(t));
        let hung = hung || (self.relation(count) == Relation::Conj && self.links[count].0 == adjective - 1);
        let first = (self.from..adjective).rev().take(MODIFIERS).any(counts);
        (hung && first).then_some((adjective, count))
    }

    /// "left nine people dead and wounded 20 others": the wounding is another act, and the others are its object.
    pub(super) fn toll_and_act(&mut self, act: usize) {
        let (adjective, relation) = self.links[act];
        let joined = relation == Relation::Conj && adjective + 2 == act && self.relation(adjective) == Relation::Xcomp;
        if !joined || self.pos(adjective) != Upos::Adj || self.pos(act) != Upos::Verb {
            return;
        }
        let verb = self.links[adjective].0;
        let hit = |t: &usize| self.links[*t] == (verb, Relation::Obj) || self.links[*t] == (act, Relation::Obj);
        let Some(object) = (act + 1..self.to).find(hit) else { return };
        self.hang(act, (verb, Relation::Conj));
        self.hang(object, (act, Relation::Obj));
    }

    fn is_past(&self, token: usize) -> bool {
        let token = &self.tokens[token];
        let word = token.span.text(self.text);
        !word.ends_with("ing") && (word.ends_with("ed") || !word.eq_ignore_ascii_case(&token.lemma))
    }
}

/// How far from its count a toll's "and" may stand: "and at least as many as 30".
const MODIFIERS: usize = 6;

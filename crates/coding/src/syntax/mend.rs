//! Where does the parser reliably err? Coordination and objects that it hangs elsewhere than the words say, hung right before anything
//! is read from the tree.

mod toll;

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
            let first = sketch.resultative(token).or_else(|| sketch.active_subject(token));
            let first =
                first.or_else(|| sketch.clauses_subject(token)).or_else(|| sketch.subject_behind(token)).or_else(|| sketch.put_at(token));
            if let Some(link) = first {
                sketch.hang(token, link);
            }
            sketch.counted_object(token);
            sketch.two_tolls(token);
            sketch.toll_and_act(token);
            let found = sketch.object(token).or_else(|| sketch.coordination(token)).or_else(|| sketch.company(token));
            let found = found.or_else(|| sketch.beside_description(token)).or_else(|| sketch.nearer_object(token));
            let found = found.or_else(|| sketch.infinitives_object(token));
            let found = found.or_else(|| sketch.names_the_next(token));
            let found = found.or_else(|| sketch.before_day(token)).or_else(|| sketch.listed(token)).or_else(|| sketch.between(token));
            let found =
                found.or_else(|| sketch.beside_phrase(token)).or_else(|| sketch.account(token)).or_else(|| sketch.accused_of(token));
            let found = found.or_else(|| sketch.receiver(token)).or_else(|| sketch.behind_number(token));
            let found = found.or_else(|| sketch.stopped(token)).or_else(|| sketch.nearer_noun(token));
            let found = found.or_else(|| sketch.far_part(token)).or_else(|| sketch.joined(token));
            let found = found.map(|link| (token, link)).or_else(|| sketch.suffering(token)).or_else(|| sketch.suffering_too(token));
            let found = found.or_else(|| sketch.own_subject(token));
            if let Some((token, link)) = found.filter(|(token, link)| !sketch.hangs_below(link.0, *token)) {
                sketch.raise_clauses(token);
                sketch.links[token] = link;
            }
            if let Some(more) = sketch.more_than(token) {
                sketch.links[token] = sketch.links[more];
                sketch.links[more] = (token, Relation::Advmod);
            }
            if let Some((speaker, verb)) = sketch.speaker_behind(token) {
                sketch.links[verb] = (sketch.links[speaker].0, Relation::Parataxis);
                sketch.links[speaker] = (verb, Relation::Nsubj);
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

    /// "killing one insurgent": a number that was read as the verb's own subject or object counts the noun behind it, which was read as
    /// an adjective.
    fn counted_object(&mut self, token: usize) {
        let Some(verb) = self.verb_before(token).filter(|verb| verb + 1 < token) else { return };
        let misread = self.pos(token) == Upos::Adj && matches!(self.relation(token), Relation::Ccomp | Relation::Xcomp);
        let number = token - 1;
        let beside = self.links[number].0 == verb && matches!(self.relation(number), Relation::Nsubj | Relation::Obj);
        if misread && beside && self.pos(number) == Upos::Num {
            self.links[number] = (token, Relation::Nummod);
        }
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

    /// "took a smuggler along with his drivers", "was killed together with a guard".
    fn company(&self, token: usize) -> Option<(usize, Relation)> {
        let above = self.links[token].0;
        // By its place, since the parser may hang "with" on a later noun.
        let ends = |t: usize| matches!(self.pos(t), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Cconj);
        let in_phrase = |t: &usize| !ends(*t) || self.relation(*t) == Relation::Amod;
        let with = (self.from + 1..token).rev().take(6).take_while(in_phrase).find(|t| self.is_word(*t, &["with"]))?;
        let along = || self.is_word(with - 1, &["along", "together"]);
        if above >= token || !matches!(self.relation(token), Relation::Obl | Relation::Nmod) || !along() {
            return None;
        }
        if self.pos(above) != Upos::Verb {
            return Some((above, Relation::Conj));
        }
        let own = |verb: usize| (above + 1..token).rev().find(|t| self.links[*t] == (verb, Relation::Obj));
        // "found and took the smuggler along with his drivers": the smuggler hangs on the first verb.
        let (first, relation) = self.links[above];
        let object = own(above).or_else(|| own(first).filter(|_| relation == Relation::Conj));
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
        let counted = || self.before(token).any(|c| self.relation(c) == Relation::Nummod);
        let joined = self.relation(token) == Relation::Conj && appos == Relation::Appos;
        (joined && described < token && counted()).then_some((described, Relation::Conj))
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

    /// "failed to capture the town": the town is captured, not failed.
    fn infinitives_object(&self, token: usize) -> Option<(usize, Relation)> {
        let verb = self.verb_before(token).filter(|_| self.relation(token) == Relation::Obj)?;
        let infinitive = (verb + 1..token).rev().find(|t| self.links[*t] == (verb, Relation::Xcomp) && self.pos(*t) == Upos::Verb)?;
        let marked = self.before(infinitive).any(|c| self.relation(c) == Relation::Mark && self.pos(c) == Upos::Part);
        let free = (verb + 1..token).all(|t| !matches!(self.links[t], (above, Relation::Obj) if above == verb || above == infinitive));
        (marked && free).then_some((infinitive, Relation::Obj))
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

    /// "in Nigeria's central Plateau state", Plateau hung beside the state: a name right before a noun, with no preposition of its own, says
    /// which it is.
    fn names_the_next(&self, token: usize) -> Option<(usize, Relation)> {
        let next = token + 1;
        let bare =
            self.pos(token) == Upos::Propn && self.relation(token) == Relation::Nmod && next < self.to && self.pos(next) == Upos::Noun;
        let alike = bare && self.links[next] == self.links[token];
        let marked = |t: usize| self.before(t).any(|c| self.relation(c) == Relation::Case && !self.is_word(c, &["'s", "’s"]));
        (alike && marked(next) && !marked(token)).then_some((next, Relation::Compound))
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
        if self.relation(token) != Relation::List {
            return None;
        }
        let case = self.before(token).find(|c| self.relation(*c) == Relation::Case)?;
        let noun = case.checked_sub(1).filter(|noun| *noun >= self.from && matches!(self.pos(*noun), Upos::Noun | Upos::Propn))?;
        Some((noun, Relation::Nmod))
    }

    /// "stopped funding them, officials said": what stopped is the funding, not another thing that officials said.
    fn stopped(&self, token: usize) -> Option<(usize, Relation)> {
        let verb = token.checked_sub(1).filter(|verb| *verb >= self.from && self.pos(*verb) == Upos::Verb)?;
        let gerund = self.pos(token) == Upos::Verb && self.tokens[token].span.text(self.text).ends_with("ing");
        let alike = self.links[verb] == self.links[token] && self.relation(token) == Relation::Ccomp;
        (gerund && alike && !self.is_helped(token)).then_some((verb, Relation::Xcomp))
    }

    /// "at odds with the government over its arms", with "with" hung on the arms: it belongs to the noun that follows it.
    fn nearer_noun(&self, case: usize) -> Option<(usize, Relation)> {
        let (noun, relation) = self.links[case];
        let second = (case + 1..noun).find(|t| self.links[*t] == (noun, Relation::Case)).filter(|_| relation == Relation::Case)?;
        let bare = |t: usize| !self.before(t).any(|c| self.relation(c) == Relation::Case);
        let phrase = |t: usize| matches!(self.relation(t), Relation::Nmod | Relation::Obl) && self.is_noun(t) && bare(t);
        let nearer = (case + 1..second).find(|t| phrase(*t))?;
        Some((nearer, Relation::Case))
    }

    /// "Ahmad al-Tayyib is the head of Ansar al-Sunna", with "Sunna" hung on "Ahmad": behind a preposition no name goes on.
    fn far_part(&self, token: usize) -> Option<(usize, Relation)> {
        let (above, relation) = self.links[token];
        let case = self.before(token).find(|c| self.relation(*c) == Relation::Case && *c > above)?;
        let before = case.checked_sub(1).filter(|before| *before > above && relation == Relation::Flat)?;
        match self.pos(before) {
            Upos::Noun | Upos::Propn => Some((before, Relation::Nmod)),
            Upos::Verb => Some((before, Relation::Obl)),
            _ => None,
        }
    }

    /// "Ahrar and Hayat", the second name hung on the first as part of it: what "and" joins is another.
    fn joined(&self, token: usize) -> Option<(usize, Relation)> {
        let (above, relation) = self.links[token];
        let part = matches!(relation, Relation::Compound | Relation::Flat) && above < token && self.pos(token) == Upos::Propn;
        let and = self.before(token).any(|c| self.relation(c) == Relation::Cc && c > above);
        (part && and).then_some((above, Relation::Conj))
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

    /// "clashes between the army and its rival", the rival hung on the clashes: it is joined to the army.
    fn beside_phrase(&self, token: usize) -> Option<(usize, Relation)> {
        let (above, relation) = self.links[token];
        let joined = self.before(token).any(|c| self.relation(c) == Relation::Cc);
        let bare = !self.before(token).any(|c| self.relation(c) == Relation::Case);
        let hung = relation == Relation::Nmod && above < token && self.pos(above) == Upos::Noun;
        let partner = (above + 1..token).rev().find(|t| self.links[*t] == (above, Relation::Nmod) && self.is_noun(*t))?;
        (joined && bare && hung && self.is_noun(token)).then_some((partner, Relation::Conj))
    }

    /// "attacked a mine, causing a fire, according to the mayor": behind a comma it is the account of all, not of the last clause.
    fn account(&self, token: usize) -> Option<(usize, Relation)> {
        let case = self.before(token).find(|c| self.relation(*c) == Relation::Case && self.is_word(*c, &["according"]))?;
        let clause = self.links[token].0;
        let last =
            case > clause && self.is_word(case - 1, &[","]) && self.links[clause].1 == Relation::Advcl && self.links[clause].0 < clause;
        last.then(|| (self.links[clause].0, Relation::Obl))
    }

    /// "is accused by experts of arming rebels": of what somebody is accused, not of what the experts do.
    fn accused_of(&self, token: usize) -> Option<(usize, Relation)> {
        let (agent, relation) = self.links[token];
        let marked = self.before(token).any(|c| self.is_word(c, &["of"]) && matches!(self.relation(c), Relation::Mark | Relation::Case));
        let by = self.links[agent].1 == Relation::OblAgent;
        (marked && by && relation == Relation::Acl && self.pos(token) == Upos::Verb).then(|| (self.links[agent].0, Relation::Advcl))
    }

    /// "sent Ukraine 19 jets": who gets a counted thing is no part of its name.
    fn receiver(&self, token: usize) -> Option<(usize, Relation)> {
        let (thing, relation) = self.links[token];
        let verb = self.links[thing].0;
        let counted = (token + 1..thing).any(|t| self.pos(t) == Upos::Num && self.links[t].0 == thing);
        let given = self.links[thing].1 == Relation::Obj && self.pos(verb) == Upos::Verb && verb + 1 == token;
        (relation == Relation::Compound && self.pos(token) == Upos::Propn && counted && given).then_some((verb, Relation::Iobj))
    }

    /// "drove six million from their homes", "killed 12 in Gao": what follows a bare number belongs to the verb.
    fn behind_number(&self, token: usize) -> Option<(usize, Relation)> {
        let (number, relation) = self.links[token];
        let placed = || self.before(token).any(|c| self.relation(c) == Relation::Case && !self.is_word(c, &["of"]));
        let (verb, object) = self.links[number];
        let bare = self.pos(number) == Upos::Num && object == Relation::Obj && self.pos(verb) == Upos::Verb;
        (relation == Relation::Nmod && number < token && bare && placed()).then_some((verb, Relation::Obl))
    }

    /// "12 were killed and 31 wounded": the 31 suffer the second verb.
    fn suffering_too(&self, verb: usize) -> Option<(usize, (usize, Relation))> {
        let (first, relation) = self.links[verb];
        let number = verb.checked_sub(1).filter(|t| *t >= self.from && self.pos(*t) == Upos::Num)?;
        let participle = self.pos(verb) == Upos::Verb && !self.tokens[verb].span.text(self.text).ends_with("ing");
        let both = relation == Relation::Conj && self.links[number] == (first, Relation::Conj);
        let passive = self.before(first).any(|c| matches!(self.relation(c), Relation::AuxPass | Relation::NsubjPass));
        (both && participle && passive && !self.is_helped(verb)).then_some((number, (verb, Relation::NsubjPass)))
    }

    /// "rebels took the fort and its commander, Ana Silva, fled": who stands before a verb without an "and" of its own is its subject.
    fn own_subject(&self, verb: usize) -> Option<(usize, (usize, Relation))> {
        let (first, relation) = self.links[verb];
        let joined = relation == Relation::Conj && first < verb && self.pos(verb) == Upos::Verb;
        let alone = |c: usize| !matches!(self.relation(c), Relation::Cc | Relation::Nsubj | Relation::NsubjPass | Relation::Mark);
        if !joined || !self.before(verb).all(alone) || !self.is_word(verb.checked_sub(1)?, &[","]) {
            return None;
        }
        let with_and = |t: usize| self.before(t).any(|c| self.relation(c) == Relation::Cc);
        let object = |t: usize| self.relation(t) == Relation::Obj && self.pos(t) != Upos::Verb;
        let noun = (first + 1..verb).rev().find(|t| self.relation(*t) == Relation::Conj && with_and(*t) && object(self.links[*t].0))?;
        let apposed = (noun + 1..verb).any(|t| self.links[t] == (noun, Relation::Appos));
        (apposed && self.is_noun(noun)).then_some((noun, (verb, Relation::Nsubj)))
    }

    /// "rebels burned the camp, villagers who fled told reporters": who stands behind a comma beside another subject speaks through the verb
    /// that was taken for a clause of his. The speaker and the verb.
    fn speaker_behind(&self, verb: usize) -> Option<(usize, usize)> {
        let (noun, relation) = self.links[verb];
        let told = self.links[noun].0;
        let second = matches!(self.relation(noun), Relation::Nsubj | Relation::NsubjPass) && told < noun && self.pos(told) == Upos::Verb;
        let first = (self.from..told).any(|t| matches!(self.links[t], (above, Relation::Nsubj | Relation::NsubjPass) if above == told));
        let marked = self.before(verb).any(|c| self.pos(c) == Upos::Pron);
        let comma = (told + 1..noun).rev().take(3).any(|t| self.is_word(t, &[","]));
        (relation == Relation::AclRelcl && second && first && comma && !marked && self.pos(verb) == Upos::Verb).then_some((noun, verb))
    }

    /// "has no more than 50 men": the men are had, not the "more" that counts them. That word.
    fn more_than(&self, token: usize) -> Option<usize> {
        let more = self.links[token].0;
        let than = self.before(token).any(|c| self.is_word(c, &["than"]));
        let counted = self.before(token).any(|c| self.relation(c) == Relation::Nummod);
        let placed = matches!(self.relation(more), Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl);
        (than && counted && placed && more < token && self.is_word(more, &["more", "less", "fewer"])).then_some(more)
    }

    /// Hangs a token elsewhere, unless it would stand below itself.
    fn hang(&mut self, token: usize, link: (usize, Relation)) {
        if !self.hangs_below(link.0, token) {
            self.links[token] = link;
        }
    }

    /// Whether a token stands below another, or is it: what is hung on it must not become its own ancestor.
    fn hangs_below(&self, mut token: usize, above: usize) -> bool {
        for _ in self.from..self.to {
            if token == above {
                return true;
            }
            let head = self.links[token].0;
            if head == token {
                return false;
            }
            token = head;
        }
        true
    }

    fn is_helped(&self, verb: usize) -> bool {
        self.before(verb).any(|c| self.pos(c) == Upos::Aux)
    }
}

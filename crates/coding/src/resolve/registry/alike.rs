//! Which person of the registry is meant by a name that is told in part or spelled otherwise?
//!
//! Names of persons travel badly between scripts: they lose parts and vowels on the way. A name in the text is compared by the consonants
//! of its parts, linking words ("al", "bin") left out, and must have two parts that stand in the registered name in the same order.

use std::collections::BTreeMap;
use std::ops::Range;

use compact_str::CompactString;
use sayso_types::{ActorKind, Analysis, NameKind};

use super::find::{ActorName, Candidate};
use super::{ActorIndex, Registry, pieces};
use crate::resolve::gazetteer::skeleton;

/// The parts of a name as they are compared.
type Bones = Vec<CompactString>;

/// The names of persons, by each of their parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    names: Vec<(ActorIndex, Bones)>,
    of_part: BTreeMap<CompactString, Vec<u32>>,
}

/// Fewer parts identify nobody who was not named before.
const FEWEST: usize = 2;
/// The most capitalised words at the head of a run that belong to no name: "In 2004 Sheikh …".
const SKIPPED: usize = 3;

impl Persons {
    /// The persons among the actors.
    pub(super) fn of(registry: &Registry) -> Persons {
        let mut persons = Persons::default();
        for (at, actor) in registry.actors().iter().enumerate().filter(|(_, a)| a.kind == ActorKind::Person) {
            let index = ActorIndex(u32::try_from(at).expect("fewer than four billion actors"));
            for name in actor.names.iter().filter(|n| n.kind != NameKind::Domain) {
                let bones = bones(&name.text);
                let number = u32::try_from(persons.names.len()).expect("few names");
                for part in &bones {
                    persons.of_part.entry(part.clone()).or_default().push(number);
                }
                persons.names.push((index, bones));
            }
        }
        persons
    }

    /// The one person whose name has these parts in this order, with how many it has not; where several have, the one whose name says
    /// least besides.
    fn with(&self, told: &[CompactString]) -> Option<(usize, ActorIndex)> {
        let bearers = told.iter().filter_map(|part| self.of_part.get(part));
        let fewest = bearers.min_by_key(|names| names.len())?;
        let scored = fewest.iter().filter_map(|number| {
            let (actor, bones) = &self.names[*number as usize];
            let strange = strangers(told, bones)?;
            Some((strange, bones.len() + strange - told.len(), *actor))
        });
        let mut scored: Vec<(usize, usize, ActorIndex)> = scored.collect();
        scored.sort_unstable();
        let (strange, besides, actor) = *scored.first()?;
        let alone = scored.iter().take_while(|(s, b, _)| (*s, *b) == (strange, besides)).all(|(_, _, other)| *other == actor);
        alone.then_some((strange, actor))
    }
}

/// How many of the told parts the name does not have; `None` where the others do not stand in its order, or too few are there.
fn strangers(told: &[CompactString], bones: &[CompactString]) -> Option<usize> {
    let mut at = 0;
    let mut strange = 0;
    for part in told {
        match bones[at..].iter().position(|b| b == part) {
            Some(step) => at += step + 1,
            None => strange += 1,
        }
    }
    let same = told.len() - strange;
    (same >= FEWEST && strange <= usize::from(told.len() > FEWEST)).then_some(strange)
}

/// The consonants of a name's parts; what has fewer than two consonants and three letters is a linking word.
fn bones(name: &str) -> Bones {
    let parts = pieces(name);
    let kept = parts.iter().filter(|p| p.len() > 3 || !is_link(p)).map(|p| {
        let bones = skeleton(p.as_bytes());
        CompactString::from_utf8_lossy(if bones.is_empty() { p.as_bytes() } else { &bones })
    });
    kept.collect()
}

fn is_link(part: &str) -> bool {
    let bones = skeleton(part.as_bytes());
    bones.len() < 2 || part.len() == 3 && part.starts_with(['b', 'i'])
}

/// Names of persons that the registry has in another form, beside those found already.
pub(super) fn alike(text: &str, analysis: &Analysis, registry: &Registry, taken: &[ActorName]) -> Vec<ActorName> {
    let persons = &registry.persons;
    if persons.names.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in runs(text, analysis, taken) {
        let parts: Vec<Bones> = run.clone().map(|t| bones(analysis.tokens[t].span.text(text))).collect();
        let tried = (0..parts.len().min(SKIPPED)).filter_map(|skip| {
            let told: Bones = parts[skip..].iter().flatten().cloned().collect();
            let (strange, actor) = if told.len() < FEWEST { None } else { persons.with(&told) }?;
            Some((strange, run.start + skip, actor))
        });
        found.extend(tried.min().map(|(_, start, actor)| named(start..run.end, actor)));
    }
    found
}

/// Single words that are a part of the name of a person who was named before them: "Umarov" after "Doku Umarov".
pub(super) fn again(text: &str, analysis: &Analysis, registry: &Registry, taken: &[ActorName]) -> Vec<ActorName> {
    let is_person = |a: ActorIndex| registry.actor(a).kind == ActorKind::Person;
    let mut known: Vec<(usize, ActorIndex)> = Vec::new();
    for name in taken {
        if let [only] = name.candidates[..]
            && is_person(only.actor)
        {
            known.push((name.tokens.start, only.actor));
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in runs(text, analysis, taken) {
        let told: Bones = run.clone().flat_map(|t| bones(analysis.tokens[t].span.text(text))).collect();
        let [surname] = &told[..] else { continue };
        let before = known.iter().rev().filter(|(at, _)| *at < run.start);
        let bears = |actor: ActorIndex| {
            let numbers = registry.persons.of_part.get(surname);
            numbers.is_some_and(|numbers| numbers.iter().any(|n| registry.persons.names[*n as usize].0 == actor))
        };
        if surname.len() > 1
            && let Some((_, actor)) = before.into_iter().find(|(_, actor)| bears(*actor))
        {
            found.push(named(run, *actor));
        }
    }
    found
}

fn named(tokens: Range<usize>, actor: ActorIndex) -> ActorName {
    ActorName { tokens, candidates: vec![Candidate { actor, kind: NameKind::Transliteration, common: false, out_of_date: false }] }
}

/// Stretches of capitalised words that are no name of the registry yet, with hyphens and linking words inside.
fn runs(text: &str, analysis: &Analysis, taken: &[ActorName]) -> Vec<Range<usize>> {
    let word = |t: usize| analysis.tokens[t].span.text(text);
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut names = taken.iter().peekable();
    for sentence in &analysis.sentences {
        let mut open: Option<Range<usize>> = None;
        for token in sentence.tokens.clone() {
            while names.next_if(|n| n.tokens.end <= token).is_some() {}
            let is_taken = names.peek().is_some_and(|n| n.tokens.contains(&token));
            let capital = !is_taken && word(token).starts_with(char::is_uppercase);
            let links = !is_taken && (is_link(word(token)) && word(token).len() < 4 || matches!(word(token), "-" | "’" | "'" | "‘"));
            match &mut open {
                Some(run) if capital => run.end = token + 1,
                Some(_) if links => {}
                _ => {
                    runs.extend(open.take());
                    let article = links && word(token).starts_with(char::is_alphabetic);
                    open = (capital || article && word(token) == "al").then(|| token..token + 1);
                }
            }
        }
        runs.extend(open);
    }
    runs
}

#[cfg(test)]
mod tests {
    use compact_str::CompactString;
    use sayso_types::{Relation, Sentence, Span, Token, Upos};

    use super::super::{actor_names, load};
    use super::*;

    const REGISTRY: &str = "p-1\tkind\tperson\np-1\tname:official\tIdris Qasim Omar Belwari\n\
                            p-2\tkind\tperson\np-2\tname:official\tSalim Karzouni\n";

    /// One sentence of words between spaces.
    fn analysis(text: &str) -> Analysis {
        let mut tokens = Vec::new();
        let mut at = 0;
        for word in text.split(' ') {
            let span = Span::new(at, at + word.len()).expect("a word has letters");
            tokens.push(Token { span, lemma: CompactString::new(word), pos: Upos::X, head: tokens.len(), relation: Relation::Root });
            at += word.len() + 1;
        }
        let whole = Span::new(0, text.len()).expect("the text has letters");
        let sentences = vec![Sentence { span: whole, tokens: 0..tokens.len(), block: 0, parsed: false }];
        Analysis { sentences, tokens, ..Analysis::default() }
    }

    fn check(text: &str, expected: &[&str]) {
        let registry = load([("persons.tsv", REGISTRY)]).expect("the lines read");
        let analysis = analysis(text);
        let names = actor_names(text, &analysis, &registry, None);
        let found = names.iter().map(|n| {
            let id = &registry.actor(n.candidates[0].actor).id;
            format!("{} = {id}", analysis.span_of(n.tokens.clone()).text(text))
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_person_is_known_by_part_of_the_name_and_other_spellings() {
        check("In 2004 Idriss Belouari left", &["Idriss Belouari = p-1"]);
        check("Sheikh Idris Kassim Belwari left", &["Idris Kassim Belwari = p-1"]);
        check("Omar Karzoun left", &[]);
    }

    #[test]
    fn a_surname_is_known_once_the_name_was_said() {
        check("Belwari left", &[]);
        check("Salim Karzouni met him and Karzouni left", &["Salim Karzouni = p-2", "Karzouni = p-2"]);
    }
}

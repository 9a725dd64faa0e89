//! What do common nouns and verbs mean to coding? The lexicons of roles and support verbs, read from `data/lexicons/en/`.

use sayso_types::{WordMap, WordSet};

use crate::error::rows;
use crate::frame::{Trigger, WordClass};
use crate::resolve::registry::Organ;
use crate::{Error, ErrorKind};

/// What a noun says of whom or what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NounClass {
    /// Bears arms, for whomever: militants, gunmen.
    Fighter,
    /// Of a state's forces.
    Soldier,
    /// Of a state's police.
    Police,
    /// Of a state's intelligence service.
    Intelligence,
    /// Speaks or acts for a government.
    Official,
    /// Leads others.
    Leader,
    /// An organized group.
    Group,
    /// A group or person named by its tie to another: affiliate, offshoot, rival.
    Relative,
    /// One of a group: member, follower.
    Member,
    /// A person without arms.
    Civilian,
    /// A gathering that protests.
    Crowd,
    /// A country.
    State,
    /// A place that can be held.
    Territory,
    /// A building, vehicle or other target.
    Building,
    /// A weapon.
    Weapon,
    /// Money.
    Money,
    /// A text that can be a source.
    Document,
    /// A happening.
    Event,
}

impl NounClass {
    const CODES: [(&'static str, NounClass); 18] = [
        ("fighter", NounClass::Fighter),
        ("soldier", NounClass::Soldier),
        ("police", NounClass::Police),
        ("intelligence", NounClass::Intelligence),
        ("official", NounClass::Official),
        ("leader", NounClass::Leader),
        ("group", NounClass::Group),
        ("relative", NounClass::Relative),
        ("member", NounClass::Member),
        ("civilian", NounClass::Civilian),
        ("crowd", NounClass::Crowd),
        ("state", NounClass::State),
        ("territory", NounClass::Territory),
        ("building", NounClass::Building),
        ("weapon", NounClass::Weapon),
        ("money", NounClass::Money),
        ("document", NounClass::Document),
        ("event", NounClass::Event),
    ];

    /// The class of a code in the lexicon.
    pub fn of_str(code: &str) -> Option<NounClass> {
        NounClass::CODES.iter().find(|(c, _)| *c == code).map(|(_, class)| *class)
    }
}

/// What `roles.tsv` says, in the place of an organ, of a noun that names the other of two.
const COUNTERPART: &str = "counterpart";

/// Nouns with their classes.
#[derive(Clone, Debug, Default)]
pub struct RoleNouns {
    by_lemma: WordMap<(NounClass, Option<Organ>)>,
    counterparts: WordSet,
}

impl RoleNouns {
    /// Reads `roles.tsv`.
    ///
    /// # Errors
    /// Names the line with an unknown class or organ, or a noun that stands twice.
    pub fn load(file: &str, text: &str) -> Result<RoleNouns, Error> {
        let mut by_lemma = WordMap::default();
        let mut counterparts = WordSet::default();
        for (line, cells) in rows(text) {
            let wrong = |kind, expected: String| Error::new(kind, file, line, expected);
            let code = cells.get(1).copied().unwrap_or_default();
            let class = NounClass::of_str(code).ok_or_else(|| wrong(ErrorKind::UnknownCode, format!("unknown class `{code}`")))?;
            let organ = match cells.get(2).copied().unwrap_or_default() {
                "" => None,
                COUNTERPART => {
                    counterparts.insert(cells[0]);
                    None
                }
                code => Some(Organ::of_str(code).ok_or_else(|| wrong(ErrorKind::UnknownCode, format!("unknown organ `{code}`")))?),
            };
            if by_lemma.insert(cells[0], (class, organ)).is_some() {
                return Err(wrong(ErrorKind::Duplicate, format!("`{}` stands here a second time", cells[0])));
            }
        }
        Ok(RoleNouns { by_lemma, counterparts })
    }

    /// The class of a noun, by its lemma.
    pub fn class(&self, lemma: &str) -> Option<NounClass> {
        self.by_lemma.get(lemma).map(|(class, _)| *class)
    }

    /// Whether a noun names one of two by the other: "rival", "ally".
    pub fn is_counterpart(&self, lemma: &str) -> bool {
        self.counterparts.contains(lemma)
    }

    /// The organ of a state that it speaks for with a country's name: "army" gives the military.
    pub fn organ(&self, lemma: &str) -> Option<Organ> {
        self.by_lemma.get(lemma).and_then(|(_, organ)| *organ)
    }
}

/// What a support verb does for the noun event in its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Its subject does the event.
    Does,
    /// Its subject undergoes it.
    Suffers,
    /// Its subject says that it did it.
    Claims,
    /// The event ends or does not come about.
    Halts,
    /// The event is not yet done.
    Aims,
    /// The event happens, grows or goes on; its subject is the event itself.
    Occurs,
}

/// Support verbs by lemma.
#[derive(Clone, Debug, Default)]
pub struct SupportVerbs {
    by_lemma: WordMap<Vec<(Trigger, Support)>>,
}

impl SupportVerbs {
    /// Reads `support_verbs.tsv`.
    ///
    /// # Errors
    /// Names the line with a trigger or class that does not read.
    pub fn load(file: &str, text: &str) -> Result<SupportVerbs, Error> {
        let mut by_lemma: WordMap<Vec<(Trigger, Support)>> = WordMap::default();
        for (line, cells) in rows(text) {
            let support = match cells.get(1).copied().unwrap_or_default() {
                "does" => Support::Does,
                "suffers" => Support::Suffers,
                "claims" => Support::Claims,
                "halts" => Support::Halts,
                "aims" => Support::Aims,
                "occurs" => Support::Occurs,
                code => return Err(Error::new(ErrorKind::UnknownCode, file, line, format!("unknown class `{code}`"))),
            };
            let trigger = Trigger::parse(WordClass::Verb, cells[0])
                .ok_or_else(|| Error::new(ErrorKind::Syntax, file, line, format!("unknown trigger `{}`", cells[0])))?;
            let lemma = trigger.lemma.clone();
            by_lemma.or_default(&lemma).push((trigger, support));
        }
        Ok(SupportVerbs { by_lemma })
    }

    /// What the verb at `head` does as a support verb, the trigger with most words first.
    pub fn support(&self, tree: &crate::syntax::Tree<'_>, head: usize) -> Option<Support> {
        let candidates = self.by_lemma.get(tree.lemma(head))?;
        let mut found: Vec<(usize, Support)> = candidates
            .iter()
            .filter(|(trigger, _)| trigger.find(tree, head, &[], &|_| false).is_some())
            .map(|(trigger, support)| (trigger.companions.len(), *support))
            .collect();
        found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        found.first().map(|(_, support)| *support)
    }

    /// Whether a verb supports a noun through a preposition: "come under attack".
    pub fn support_with(&self, lemma: &str, preposition: &str) -> bool {
        let with = crate::frame::Companion::Word(preposition.to_owned());
        self.by_lemma.get(lemma).is_some_and(|triggers| triggers.iter().any(|(t, _)| t.companions.contains(&with)))
    }
}

//! What is an incident template, as key and response both have it, and when do two strings say the same?

use std::collections::BTreeMap;

use serde::Deserialize;

use super::official::Official;

/// A slot that strings fill: the five string roles that the modern measure counts, and people without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Who did it, as people.
    PerpetratorIndividual,
    /// Who did it, as an organization.
    PerpetratorOrganization,
    /// What was hit.
    PhysicalTarget,
    /// Which named person was hit.
    HumanTarget,
    /// With what.
    Instrument,
    /// People who were hit, as they are described; the modern measure leaves them out.
    HumanDescription,
}

impl Slot {
    /// Those that the modern measure counts, in the order of the templates.
    pub const ALL: [Slot; 5] =
        [Slot::PerpetratorIndividual, Slot::PerpetratorOrganization, Slot::PhysicalTarget, Slot::HumanTarget, Slot::Instrument];

    /// As features name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Slot::PerpetratorIndividual => "individual",
            Slot::PerpetratorOrganization => "organization",
            Slot::PhysicalTarget => "target",
            Slot::HumanTarget => "victim",
            Slot::Instrument => "weapon",
            Slot::HumanDescription => "description",
        }
    }
}

/// The ways to write one filler, each in the form of [`normal`]; sorted, without repetition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filler(Vec<String>);

impl Filler {
    /// From the ways to write it; none where nothing is left of them.
    pub fn new<'m>(mentions: impl IntoIterator<Item = &'m str>) -> Option<Filler> {
        let mut mentions: Vec<String> = mentions.into_iter().map(normal).collect();
        mentions.sort();
        mentions.dedup();
        (!mentions.is_empty()).then_some(Filler(mentions))
    }

    /// Whether each way to write this one is a way to write `other`.
    pub fn is_of(&self, other: &Filler) -> bool {
        self.0.iter().all(|mention| other.0.contains(mention))
    }
}

/// One incident as the modern measure sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Template {
    /// "bombing"; a key with alternatives has each.
    pub types: Vec<String>,
    /// Fillers of each of [`Slot::ALL`].
    pub fillers: [Vec<Filler>; 5],
}

impl Template {
    /// What it fills: the type, and each filler.
    pub fn size(&self) -> usize {
        1 + self.fillers.iter().map(Vec::len).sum::<usize>()
    }
}

/// A template of a key with what else fills are judged by.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// As the modern measure sees it.
    pub template: Template,
    /// The people described in it.
    described: Vec<Filler>,
}

impl Keyed {
    /// Whether it has such a fill.
    pub fn has(&self, slot: Slot, words: &str) -> bool {
        let place = Slot::ALL.iter().position(|s| *s == slot);
        let fillers = place.map_or(&self.described, |at| &self.template.fillers[at]);
        Filler::new([words]).is_some_and(|f| fillers.iter().any(|key| f.is_of(key)))
    }
}

/// Lower case, without punctuation and articles, one blank between words.
pub fn normal(text: &str) -> String {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    bare.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the")).collect::<Vec<_>>().join(" ")
}

/// A document with its key.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// "TST3-MUC4-0001".
    pub docid: String,
    /// Its text without the header, in capitals, with hard line ends.
    pub body: String,
    /// "1989-08-30", where the header says it in full.
    pub pub_date: Option<String>,
    /// The key.
    pub templates: Vec<Key>,
}

/// One template of a key.
#[derive(Debug, Deserialize)]
pub struct Key {
    /// Whether a response may leave it out.
    #[serde(default)]
    pub optional: bool,
    incident_type: Vec<String>,
    perp_ind: Vec<KeyFiller>,
    perp_org: Vec<KeyFiller>,
    phys_tgt: Vec<KeyFiller>,
    hum_tgt: Vec<KeyFiller>,
    instrument: Vec<KeyFiller>,
    hum_tgt_desc: Vec<KeyFiller>,
    /// The official slots by number.
    pub slots: BTreeMap<String, KeySlot>,
}

#[derive(Debug, Deserialize)]
struct KeyFiller {
    mentions: Vec<String>,
}

/// One official slot of a key.
#[derive(Debug, Deserialize)]
pub struct KeySlot {
    /// Its fills.
    #[serde(default)]
    pub fills: Vec<KeyFill>,
}

/// One fill as the key writes it.
#[derive(Debug, Deserialize)]
pub struct KeyFill {
    /// In the notation of the keys.
    pub raw: String,
}

impl Report {
    /// The key's templates for the official scorer.
    pub fn official(&self) -> Vec<Official> {
        let numbered = |slots: &BTreeMap<String, KeySlot>| -> Vec<(u8, String)> {
            let fills = slots.iter().filter_map(|(n, slot)| n.parse().ok().map(|n| (n, slot)));
            fills.flat_map(|(n, slot)| slot.fills.iter().map(move |fill| (n, fill.raw.clone()))).collect()
        };
        let template = |key: &Key| Official::new(key.optional, numbered(&key.slots).iter().map(|(n, text)| (*n, text.as_str())));
        self.templates.iter().map(template).collect()
    }

    /// The key's templates: strings that do not stand in the text are left out, and of two that are the same one counts.
    pub fn gold(&self) -> Vec<Template> {
        self.keyed().into_iter().map(|key| key.template).collect()
    }

    /// The same with the people described in them.
    pub fn keyed(&self) -> Vec<Keyed> {
        let text = searched(&self.body);
        let fillers = |slot: &[KeyFiller]| -> Vec<Filler> {
            let of = |f: &KeyFiller| {
                let here = f.mentions.iter().filter(|m| text.contains(&m.to_lowercase()));
                Filler::new(here.map(String::as_str))
            };
            slot.iter().filter_map(of).collect()
        };
        let mut found: Vec<Keyed> = Vec::new();
        for key in &self.templates {
            let slots = [&key.perp_ind, &key.perp_org, &key.phys_tgt, &key.hum_tgt, &key.instrument];
            let types = key.incident_type.iter().map(|t| t.to_lowercase()).collect();
            let template = Template { types, fillers: slots.map(|slot| fillers(slot)) };
            let alike = |other: &Keyed| {
                let sorted = |t: &Template| {
                    t.fillers.clone().map(|mut fillers| {
                        fillers.sort();
                        fillers
                    })
                };
                other.template.types == template.types && sorted(&other.template) == sorted(&template)
            };
            if !found.iter().any(alike) {
                found.push(Keyed { template, described: fillers(&key.hum_tgt_desc) });
            }
        }
        found
    }
}

/// The text in which the modern convention looks for a key's strings.
fn searched(body: &str) -> String {
    let text = body.trim().replace('[', "(").replace(']', ")").to_lowercase();
    text.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join(" ")
}

//! What does linking know of one event statement?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_types::{Actor, EventType, LinkKind, Modality, QuantityOf, RoleName, WordMap};

/// One event statement, as far as it tells which event it speaks of.
///
/// Of a mention that is no statement of ours (another corpus's gold), what is not known is left empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happening {
    /// The statement's number in the record; the order of numbers is the order of reading.
    pub key: i64,
    /// The document's number in the record.
    pub document: i64,
    /// Number of the sentence in its document.
    pub sentence: usize,
    /// PLOVER's type, where it was coded.
    pub event: Option<EventType>,
    /// PLOVER's mode.
    pub mode: Option<String>,
    /// The frame that coded it: "assault.attack-on"; empty for none.
    pub rule: String,
    /// The trigger's lemma: "attack".
    pub trigger: String,
    /// Several happenings at once: never one incident.
    pub aggregate: bool,
    /// Said not to have happened.
    pub negated: bool,
    /// How surely it is told.
    pub modality: Option<Modality>,
    /// Who takes part.
    pub participants: Vec<Participant>,
    /// Where.
    pub place: Option<Where>,
    /// First and last possible day.
    pub time: Option<(Date, Date)>,
    /// When and how the document was published.
    pub told: Told,
    /// How many.
    pub counts: Vec<Count>,
    /// Content words of the sentence, lower case, lemmas where known.
    pub words: BTreeSet<String>,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// As what.
    pub role: RoleName,
    /// The actor's id, after people's judgements of identity.
    pub actor_id: Option<String>,
    /// The name, or the words where there is none; lower case.
    pub words: String,
}

/// Where it happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Where {
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// The gazetteer's name, or the words; lower case.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// WGS 84 degrees: latitude, longitude.
    pub coordinates: Option<(f64, f64)>,
    /// UCDP GED's `where_prec`: 1 an exact place … 6 a country.
    pub precision: Option<u8>,
}

/// What is known of the document that tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// First and last day that its publication date can mean.
    pub published: Option<(Date, Date)>,
    /// The origin group of its text: copies of one text have one.
    pub origin: i64,
}

/// A count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of what.
    pub of: QuantityOf,
    /// Lowest.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
}

/// Which actors are parts of which: a faction's attack is also its parent's.
#[derive(Clone, Debug, Default)]
pub struct Kinship {
    parents: WordMap<BTreeSet<String>>,
}

impl Kinship {
    /// The kinship that the registry's links make: parts, wings, organs and successors.
    pub fn of(actors: &[Actor]) -> Kinship {
        let is_kin = |kind| {
            use LinkKind::{MergedInto, OrganOf, PartOf, RenamedTo, WingOf};
            matches!(kind, PartOf | WingOf | OrganOf | MergedInto | RenamedTo)
        };
        let direct: BTreeMap<&str, Vec<&str>> = actors
            .iter()
            .map(|actor| (actor.id.as_str(), actor.links.iter().filter(|l| is_kin(l.kind)).map(|l| l.to.as_str()).collect()))
            .collect();
        let mut parents = WordMap::default();
        for actor in actors {
            let mut above = BTreeSet::new();
            let mut waiting: Vec<&str> = direct.get(actor.id.as_str()).cloned().unwrap_or_default();
            while let Some(parent) = waiting.pop() {
                if above.insert(parent.to_owned()) {
                    waiting.extend(direct.get(parent).into_iter().flatten());
                }
            }
            above.remove(&actor.id);
            if !above.is_empty() {
                parents.insert(&actor.id, above);
            }
        }
        Kinship { parents }
    }

    /// Whether the one is the other, or a part of it at any remove.
    pub fn is_within(&self, part: &str, whole: &str) -> bool {
        part == whole || self.parents.get(part).is_some_and(|above| above.contains(whole))
    }

    /// All that it is a part of.
    pub fn above(&self, actor: &str) -> impl Iterator<Item = &str> {
        self.parents.get(actor).into_iter().flatten().map(String::as_str)
    }
}

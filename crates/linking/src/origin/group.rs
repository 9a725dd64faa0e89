//! Which documents go back to one text, and which of them is it?
//!
//! Documents that are versions of one another make a core. A core that is a part of another, or holds parts of another, is its
//! guest. A guest has one host, the core with which it shares most, and a guest with other matter in it (a round-up, a merged copy)
//! brings nobody else along: it belongs to the group of one text only, and never joins two.

use std::collections::{BTreeMap, BTreeSet};

use super::first::{first_of, tied};
use super::forest::Forest;
use super::imprint::{Imprint, is_first};
use super::overlap::{Kind, Overlap};

/// Documents that go back to one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The document that holds the text first, of those at hand.
    pub origin: i64,
    /// The others, by number.
    pub members: Vec<Member>,
    /// Outlets that documents of the group credit and of which no document of the group is: cited, not held.
    pub cited: Vec<String>,
}

/// A document of a group that is not its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its number.
    pub key: i64,
    /// The document of the group that it is tied to: the origin wherever they share enough.
    pub of: i64,
    /// What ties it.
    pub tie: Tie,
    /// One sentence of which it is the subject.
    pub why: String,
}

/// What ties a document to its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It is this to the document that it is tied to.
    Copy(Kind),
    /// A person said so.
    Judged,
}

/// What a person decided of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// The one.
    pub one: i64,
    /// The other.
    pub other: i64,
    /// What they are.
    pub ruling: Ruling,
}

/// Whether two documents go back to one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    /// They do not; wins over the other ruling where both would hold.
    Apart,
    /// They do.
    Together,
}

/// The groups of documents, every document in one, by the number of the origin.
///
/// Overlaps and judgements of documents that are not given are passed over, and documents that neither a copy's overlap nor a
/// judgement ties, at any remove, have no effect on each other: so what a new document touches can be grouped alone. The order of
/// what is given has no effect either.
pub fn groups(imprints: &[Imprint], overlaps: &[Overlap], judgements: &[Judgement]) -> Vec<Group> {
    let documents: BTreeMap<i64, &Imprint> = imprints.iter().map(|imprint| (imprint.key, imprint)).collect();
    let copies = copies(&documents, overlaps);
    let mut forest = Forest::of(documents.keys().copied(), judgements);
    for overlap in by_strength(&copies).into_iter().filter(|overlap| overlap.is_version()) {
        forest.join(overlap.one, overlap.other);
    }
    let visits = visits(&documents, &copies, &forest);
    forest.visit_all(&visits);
    let mut groups: Vec<Group> = forest
        .trees()
        .into_iter()
        .map(|tree| {
            let members: Vec<&Imprint> = tree.keys.iter().filter_map(|key| documents.get(key).copied()).collect();
            let origin = first_of(&members, &tree.core, &copies);
            Group { origin, members: tied(origin, &members, &copies, judgements), cited: cited(&members) }
        })
        .collect();
    groups.sort_by_key(|group| group.origin);
    groups
}

/// The overlaps that make copies, by their documents, the lower number first.
pub(super) type Copies = BTreeMap<(i64, i64), Overlap>;

fn copies(documents: &BTreeMap<i64, &Imprint>, overlaps: &[Overlap]) -> Copies {
    let mut copies = Copies::new();
    for overlap in overlaps.iter().filter(|overlap| overlap.one != overlap.other) {
        let overlap = if overlap.one < overlap.other { *overlap } else { overlap.turned() };
        if let (Some(one), Some(other)) = (documents.get(&overlap.one), documents.get(&overlap.other))
            && overlap.is_copy(one, other)
        {
            copies.insert((overlap.one, overlap.other), overlap);
        }
    }
    copies
}

fn by_strength(copies: &Copies) -> Vec<&Overlap> {
    let mut all: Vec<&Overlap> = copies.values().collect();
    all.sort_by(|one, other| other.most().total_cmp(&one.most()));
    all
}

/// That one core may be another's guest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Visit {
    /// A document of the guest.
    pub guest: i64,
    /// The documents of the guest that share words with the host.
    pub sharing: BTreeSet<i64>,
    /// A document of the host.
    pub host: i64,
    /// The shares of all pairs of their documents, added up.
    pub weight: f64,
    /// The guest holds other matter than the host's.
    pub mixed: bool,
    /// Credits, addresses or dates say which was first.
    pub dated: bool,
    /// Nothing but the way round speaks against it.
    pub likely: bool,
}

/// Which cores may be whose guests: the likeliest first, then the heaviest. Of a guest, half the documents share words with the
/// host: what one of many versions holds besides ties the others to nobody.
fn visits(documents: &BTreeMap<i64, &Imprint>, copies: &Copies, forest: &Forest) -> Vec<Visit> {
    let mut all: BTreeMap<(i64, i64), Visit> = BTreeMap::new();
    for overlap in copies.values() {
        let cores = (forest.core(overlap.one), forest.core(overlap.other));
        if let (Some(one), Some(other)) = (documents.get(&overlap.one), documents.get(&overlap.other))
            && cores.0 != cores.1
        {
            for visit in visits_of(overlap, one, other, forest) {
                let key = (forest.core(visit.guest), forest.core(visit.host));
                all.entry(key).and_modify(|known: &mut Visit| known.add(&visit)).or_insert(visit);
            }
        }
    }
    let is_shared = |visit: &Visit| 2 * visit.sharing.len() >= forest.core_size(visit.guest);
    let mut all: Vec<Visit> = all.into_values().filter(is_shared).collect();
    all.sort_by(|one, other| other.likely.cmp(&one.likely).then(other.weight.total_cmp(&one.weight)));
    all
}

impl Visit {
    /// Adds what another pair of documents of the same cores says.
    fn add(&mut self, more: &Visit) {
        self.sharing.extend(&more.sharing);
        self.weight += more.weight;
        self.mixed &= more.mixed;
        self.dated |= more.dated;
        self.likely |= more.likely;
    }
}

/// Which of two may be the other's guest: the later; where that is not known, the one of the smaller core (a text of which there are
/// more versions is rather the original), or else the one that stands in the other, or else the one with more other matter; and less
/// likely the other way round.
fn visits_of(overlap: &Overlap, one: &Imprint, other: &Imprint, forest: &Forest) -> Vec<Visit> {
    let (one_first, first) = is_first(one, other, overlap);
    let dated = first.is_of_publication();
    let visit = |overlap: Overlap, likely: bool| Visit {
        guest: overlap.one,
        sharing: BTreeSet::from([overlap.one]),
        host: overlap.other,
        weight: overlap.most(),
        mixed: !overlap.is_within_other(),
        dated,
        likely,
    };
    if dated {
        return vec![visit(if one_first { overlap.turned() } else { *overlap }, true)];
    }
    let size = |key| forest.core_size(key);
    let is_guest = match overlap {
        _ if size(one.key) != size(other.key) => size(one.key) < size(other.key),
        within if within.is_within_other() => true,
        within if within.is_within_one() => false,
        _ => overlap.of_one.all() <= overlap.of_other.all(),
    };
    vec![visit(*overlap, is_guest), visit(overlap.turned(), !is_guest)]
}

/// The outlets that are credited and of which there is no document.
fn cited(members: &[&Imprint]) -> Vec<String> {
    let is_held = |member: &&&Imprint| members.iter().any(|other| member.credits(other));
    let mut cited: Vec<String> =
        members.iter().filter(|member| !is_held(member)).filter_map(|member| member.foreign_credit()).map(str::to_owned).collect();
    cited.sort_unstable();
    cited.dedup();
    cited
}

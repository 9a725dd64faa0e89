//! Which happenings of a whole set are one? The keys say which pairs to look at, likeness how sure each is, and groups are made of them.

use super::groups::{Edge, Group, groups};
use super::happening::Happening;
use super::keys::keys;
use super::kinship::Kinship;
use super::knowledge::Knowledge;
use super::likeness::score;

/// At how many of those before it a happening is looked at under one key; fewer happenings than that are all compared.
const WINDOW: usize = 48;
/// A likeness below which a pair is not kept.
pub const KEPT: f32 = 0.1;

/// Which happenings stand under which key, so that each one's candidates are quickly found.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// Key and position in the order of comparison, sorted.
    rows: Vec<(i64, u32)>,
    /// Where each happening's rows stand: those of the `n`th begin at `starts[n]`.
    starts: Vec<u32>,
    places: Vec<u32>,
    /// Positions of the happenings in the order of comparison: like ones stand near each other.
    order: Vec<u32>,
}

impl Blocks {
    /// The blocks of some happenings.
    pub fn of(happenings: &[Happening], kinship: &Kinship, knowledge: &Knowledge) -> Blocks {
        let mut order: Vec<u32> = (0..happenings.len() as u32).collect();
        order.sort_by_cached_key(|at| nearness(&happenings[*at as usize]));
        let mut rows = Vec::new();
        for (position, at) in (0u32..).zip(&order) {
            rows.extend(keys(&happenings[*at as usize], kinship, knowledge).into_iter().map(|key| (key, position)));
        }
        rows.sort_unstable();
        let mut starts = vec![0u32; happenings.len() + 1];
        for (_, position) in &rows {
            starts[*position as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0u32; rows.len()];
        for (row, (_, position)) in (0u32..).zip(&rows) {
            places[next[*position as usize] as usize] = row;
            next[*position as usize] += 1;
        }
        Blocks { rows, starts, places, order }
    }

    /// How many happenings there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The happenings before the one at a position that it is to be compared with, each once: positions in the order of comparison.
    fn candidates(&self, position: usize) -> Vec<u32> {
        let mut found = Vec::new();
        for row in &self.places[self.starts[position] as usize..self.starts[position + 1] as usize] {
            let row = *row as usize;
            let key = self.rows[row].0;
            let before = self.rows[row.saturating_sub(WINDOW)..row].iter().rev();
            found.extend(before.take_while(|(other, _)| *other == key).map(|(_, other)| *other));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The pairs whose later happening stands at one of some positions, with their likeness where that is worth keeping. A caller may ask
    /// for parts of `0..len()` in parallel and put the answers together.
    pub fn edges(
        &self,
        positions: std::ops::Range<usize>,
        happenings: &[Happening],
        kinship: &Kinship,
        knowledge: &Knowledge,
    ) -> Vec<Edge> {
        let happening = |position: usize| &happenings[self.order[position] as usize];
        let mut edges = Vec::new();
        for position in positions {
            let one = happening(position);
            for other in self.candidates(position) {
                let other = happening(other as usize);
                let score = score(one, other, kinship, knowledge);
                if score >= KEPT {
                    edges.push((one.key.min(other.key), one.key.max(other.key), score));
                }
            }
        }
        edges.sort_by_key(|edge| (edge.0, edge.1));
        edges
    }
}

/// The pairs of some happenings that stand under one key, with their likeness where that is worth keeping: of all keys together, each
/// pair once, these are the edges of [`Blocks`].
pub fn edges_under(happenings: &[Happening], kinship: &Kinship, knowledge: &Knowledge) -> Vec<Edge> {
    let mut ordered: Vec<&Happening> = happenings.iter().collect();
    ordered.sort_by_cached_key(|happening| nearness(happening));
    let mut edges = Vec::new();
    for (at, one) in ordered.iter().enumerate() {
        for other in &ordered[at.saturating_sub(WINDOW)..at] {
            let score = score(one, other, kinship, knowledge);
            if score >= KEPT {
                edges.push((one.key.min(other.key), one.key.max(other.key), score));
            }
        }
    }
    edges
}

/// What puts like happenings near each other: the day, the place, the trigger, the words.
fn nearness(happening: &Happening) -> (i32, u64, u64, u64, i64) {
    let day = happening.likely_days().map_or(i32::MIN, super::days::Days::last);
    let place = happening.place.as_ref().map_or(0, |place| super::words::hash(&place.name));
    let trigger = super::words::hash(&happening.trigger.lemma);
    (day, place, trigger, happening.words.signature(), happening.key)
}

/// The pairs and groups of a set of happenings. The order of the happenings changes nothing.
pub fn link(
    happenings: &[Happening],
    kinship: &Kinship,
    knowledge: &Knowledge,
    together: &[(i64, i64)],
    apart: &[(i64, i64)],
) -> (Vec<Edge>, Vec<Group>) {
    let blocks = Blocks::of(happenings, kinship, knowledge);
    let edges = blocks.edges(0..blocks.len(), happenings, kinship, knowledge);
    let keys: Vec<i64> = happenings.iter().map(|h| h.key).collect();
    let groups = groups(&keys, &edges, together, apart);
    (edges, groups)
}

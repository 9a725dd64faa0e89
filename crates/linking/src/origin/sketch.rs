//! Which documents may have words in common, without comparing each to each?
//!
//! A [`Sketch`] is a small, even choice of a text's shingles (runs of five words) by winnowing (Schleimer, Wilkerson and Aiken
//! 2003): of every sixteen shingles in a row the one with the smallest hash is kept, so that two texts that have twenty words in
//! a row in common have a key in common wherever these stand. So a part is found in its whole, and both parts in a merged copy,
//! which one MinHash over whole texts would miss.

use super::words::{Words, fnv, spread};

/// Words of a shingle.
const SHINGLE: usize = 5;
/// Shingles in a row of which one is kept.
const WINDOW: usize = 16;
/// A key that more documents hold than this is common (an agency's standing phrases): it pairs a document only with the
/// [`FIRST`] that hold it.
pub const COMMON: usize = 48;
/// The documents, in order of reading, with which a common key pairs a document. All copies of a story that a thousand papers
/// print are still found, through its first ones.
pub const FIRST: usize = 8;
/// Two documents are compared if they share at least this part of the smaller sketch's keys.
const SHARED: f64 = 0.1;

/// What a text is known by in an index: sorted keys, each a run of words that it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    keys: Vec<i64>,
}

impl Sketch {
    /// The sketch of a text's words. One text has one sketch, on every machine and in every run.
    pub fn of(words: &Words) -> Sketch {
        let hashes: Vec<u64> = match words.len() {
            0 => Vec::new(),
            few if few < SHINGLE => vec![shingle(words, 0, few)],
            many => (0..=many - SHINGLE).map(|at| shingle(words, at, SHINGLE)).collect(),
        };
        let mut keys: Vec<i64> = winnowed(&hashes).into_iter().map(|at| hashes[at].cast_signed()).collect();
        keys.sort_unstable();
        keys.dedup();
        Sketch { keys }
    }

    /// A sketch that was kept.
    pub fn of_keys(mut keys: Vec<i64>) -> Sketch {
        keys.sort_unstable();
        keys.dedup();
        Sketch { keys }
    }

    /// The keys: sorted, each once.
    pub fn keys(&self) -> &[i64] {
        &self.keys
    }
}

fn shingle(words: &Words, first: usize, count: usize) -> u64 {
    spread((first..first + count).fold(0, |hash, at| fnv(hash, words.hash(at))))
}

/// The places of the smallest hashes of all windows, in order; of equal ones the last.
fn winnowed(hashes: &[u64]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    let mut rising = std::collections::VecDeque::new();
    for (at, hash) in hashes.iter().enumerate() {
        while rising.back().is_some_and(|last: &usize| hashes[*last] >= *hash) {
            rising.pop_back();
        }
        rising.push_back(at);
        if rising.front().is_some_and(|first| first + WINDOW <= at) {
            rising.pop_front();
        }
        let is_whole = at + 1 >= WINDOW.min(hashes.len());
        if let (true, Some(smallest)) = (is_whole, rising.front())
            && kept.last() != Some(smallest)
        {
            kept.push(*smallest);
        }
    }
    kept
}

/// Whether two documents are to be compared, by how many keys they share of how many that each has.
pub fn are_candidates(shared: usize, one: usize, other: usize) -> bool {
    let fewer = one.min(other);
    let least = if fewer < 8 { 1.0 } else { 2.0 };
    shared as f64 >= (fewer as f64 * SHARED).max(least)
}

/// Of the holders of one key, in the order of reading, those before one of them with which it has that key in common for comparing.
pub fn met_by<'h, T: Ord>(holders: &'h [T], document: &T) -> &'h [T] {
    let paired = if holders.len() > COMMON { &holders[..FIRST] } else { holders };
    &paired[..paired.partition_point(|other| other < document)]
}

/// The keys of many sketches, and who holds each: what a stored index is for a record, for sketches in memory.
pub struct SketchIndex {
    /// Keys of each document, by its position.
    sizes: Vec<u32>,
    /// Documents that hold one key, one key after another; within each in order of position.
    holders: Vec<u32>,
    /// Where the holders of a document's shared keys stand in `holders`, and the document: sorted by document.
    held: Vec<(u32, u32, u32)>,
}

impl SketchIndex {
    /// The index of sketches in order of reading.
    pub fn of(sketches: &[Sketch]) -> SketchIndex {
        let sizes = sketches.iter().map(|sketch| number(sketch.keys.len())).collect();
        let mut rows: Vec<(i64, u32)> = Vec::with_capacity(sketches.iter().map(|sketch| sketch.keys.len()).sum());
        for (at, sketch) in sketches.iter().enumerate() {
            rows.extend(sketch.keys.iter().map(|key| (*key, number(at))));
        }
        rows.sort_unstable();
        let (mut holders, mut held) = (Vec::new(), Vec::new());
        for group in rows.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
            let first = number(holders.len());
            held.extend(group.iter().map(|(_, document)| (*document, first, number(group.len()))));
            holders.extend(group.iter().map(|(_, document)| *document));
        }
        held.sort_unstable();
        SketchIndex { sizes, holders, held }
    }

    /// The documents before the one at a position that are to be compared with it.
    pub fn candidates(&self, position: usize) -> Vec<usize> {
        let document = number(position);
        let from = self.held.partition_point(|row| row.0 < document);
        let mut met: Vec<u32> = Vec::new();
        for (_, first, count) in self.held[from..].iter().take_while(|row| row.0 == document) {
            met.extend(met_by(&self.holders[*first as usize..(*first + *count) as usize], &document));
        }
        met.sort_unstable();
        let size = |at: u32| self.sizes[at as usize] as usize;
        let is_near = |group: &&[u32]| are_candidates(group.len(), size(document), size(group[0]));
        met.chunk_by(PartialEq::eq).filter(is_near).map(|group| group[0] as usize).collect()
    }
}

/// All pairs of positions that are to be compared, in order.
pub fn candidates(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let index = SketchIndex::of(sketches);
    (0..sketches.len()).flat_map(|at| index.candidates(at).into_iter().map(move |before| (before, at))).collect()
}

/// A position as the index keeps it; beyond four thousand million documents all are one.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Which passages do two texts share, and how much of each is that?

use std::collections::BTreeMap;

use sayso_types::Span;
use serde::{Deserialize, Serialize};

use super::words::{Words, fnv};

/// Words in a row from which a run begins to be looked for.
const SEED: usize = 4;
/// A seed that stands more often than this in one text tells nothing of where it belongs.
const REPEATED: usize = 16;
/// Runs with no more other words than this between them, on both sides, are one passage with small edits in it.
const BRIDGE: usize = 6;
/// A passage has at least so many words that are the same; what is shorter is an idiom or chance.
const PASSAGE: usize = 8;

/// What two texts share.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    runs: Vec<Run>,
    passages: Vec<Passage>,
    /// How much of the one text that is.
    pub one: Share,
    /// How much of the other.
    pub other: Share,
}

/// Words in a row that are the same in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The number of the first word in the one text.
    pub(super) one: usize,
    /// The number of the first word in the other.
    pub(super) other: usize,
    /// How many words.
    pub(super) words: usize,
}

/// A passage that stands in both texts, with small edits or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the one text.
    pub one: Span,
    /// Where it stands in the other.
    pub other: Span,
    /// How many of its words are the same.
    pub same: usize,
    /// How many of its words are not: of the side that has more of them.
    pub edited: usize,
}

/// How much of a text stands in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Share {
    /// Its words.
    pub words: usize,
    /// Those that stand in the other, in passages.
    pub same: usize,
    /// Its words outside quotation marks.
    pub unquoted: usize,
    /// Those outside quotation marks that stand in the other.
    pub same_unquoted: usize,
    /// Its words before the first that stands in the other.
    pub before: usize,
}

impl Share {
    /// The part of all its words, from 0 to 1; of a text without words 0.
    pub fn all(self) -> f64 {
        part(self.same, self.words)
    }

    /// The part of its own voice: of the words outside quotation marks. Two reports of one speech share only what is quoted.
    pub fn own(self) -> f64 {
        part(self.same_unquoted, self.unquoted)
    }
}

fn part(same: usize, words: usize) -> f64 {
    if words == 0 { 0.0 } else { same as f64 / words as f64 }
}

impl Comparison {
    /// The passages, by where they stand in the one text.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The stretches of both texts whose words are the same, word for word, by where they stand in the one text.
    pub fn runs<'w>(&'w self, one: &'w Words, other: &'w Words) -> impl Iterator<Item = (Span, Span)> + 'w {
        self.runs.iter().filter_map(|run| Some((one.span(run.one, run.words)?, other.span(run.other, run.words)?)))
    }

    pub(super) fn word_runs(&self) -> &[Run] {
        &self.runs
    }

    /// Whether both texts are the same words in the same order.
    pub fn is_exact(&self) -> bool {
        let in_step = |run: &Run| run.one == run.other;
        self.one.words > 0 && self.one.same == self.one.words && self.other.same == self.other.words && self.runs.iter().all(in_step)
    }
}

/// The passages that two texts share, wherever they stand in each. Each word belongs to one passage at most; the time taken
/// grows with the lengths of the texts, not with their product.
pub fn compare(one: &Words, other: &Words) -> Comparison {
    let mut runs = begun_and_ended(one, other);
    let (head, tail) = (runs.iter().find(|r| r.one == 0).map_or(0, |r| r.words), runs.iter().rfind(|r| r.one > 0).map_or(0, |r| r.words));
    let field = Field { one, other, from: head, to: (one.len() - tail, other.len() - tail) };
    runs.extend(disjoint(field.matches(), one.len(), other.len()));
    runs.sort_unstable_by_key(|run| run.one);
    let runs = divided(&filled(runs, one, other), one, other);
    gathered(&runs, one, other)
}

/// The words with which both texts begin, and those with which both end: most copies need no more.
fn begun_and_ended(one: &Words, other: &Words) -> Vec<Run> {
    let most = one.len().min(other.len());
    let head = (0..most).take_while(|at| one.hash(*at) == other.hash(*at)).count();
    let head = if head < SEED && head < most { 0 } else { head };
    let tail = (1..=most - head).take_while(|back| one.hash(one.len() - back) == other.hash(other.len() - back)).count();
    let tail = if tail < SEED { 0 } else { tail };
    let runs = [Run { one: 0, other: 0, words: head }, Run { one: one.len() - tail, other: other.len() - tail, words: tail }];
    runs.into_iter().filter(|run| run.words > 0).collect()
}

/// The part of two texts in which runs are looked for.
struct Field<'w> {
    one: &'w Words,
    other: &'w Words,
    from: usize,
    to: (usize, usize),
}

impl Field<'_> {
    /// Runs that cannot be made longer; they may overlap.
    fn matches(&self) -> Vec<Run> {
        let seeds = seeds(self.other, self.from, self.to.1);
        let mut ends: BTreeMap<isize, usize> = BTreeMap::new();
        let mut runs = Vec::new();
        for at in self.from..(self.to.0 + 1).saturating_sub(SEED).max(self.from) {
            let hash = seed(self.one, at);
            let first = seeds.partition_point(|row| row.0 < hash);
            let same = seeds[first..].iter().take_while(|row| row.0 == hash).take(REPEATED + 1);
            if same.clone().count() > REPEATED {
                continue;
            }
            for (_, there) in same {
                let there = *there as usize;
                let end = ends.entry(there.cast_signed() - at.cast_signed()).or_insert(self.from);
                if at >= *end {
                    let run = self.grown(at, there, *end);
                    *end = run.one + run.words;
                    runs.push(run);
                }
            }
        }
        runs.retain(|run| run.words >= SEED);
        runs
    }

    /// The run through a pair of words, made as long as it can be, but not before `end` in the one text.
    fn grown(&self, at: usize, there: usize, end: usize) -> Run {
        let same = |here: usize, there: usize| self.one.hash(here) == self.other.hash(there);
        let room = (self.to.0 - at).min(self.to.1 - there);
        let ahead = (0..room).take_while(|step| same(at + step, there + step)).count();
        let room = (at - end.min(at)).min(there - self.from);
        let back = (1..=room).take_while(|step| same(at - step, there - step)).count();
        Run { one: at - back, other: there - back, words: ahead + back }
    }
}

fn seed(words: &Words, at: usize) -> u64 {
    (at..at + SEED).fold(0, |hash, at| fnv(hash, words.hash(at)).rotate_left(23))
}

/// The seeds of a stretch of a text and where they stand, sorted.
fn seeds(words: &Words, from: usize, to: usize) -> Vec<(u64, u32)> {
    let places = from..(to + 1).saturating_sub(SEED).max(from);
    let mut seeds: Vec<(u64, u32)> = places.filter_map(|at| Some((seed(words, at), u32::try_from(at).ok()?))).collect();
    seeds.sort_unstable();
    seeds
}

/// The longest runs, and of the others what those leave: so that no word is in two.
fn disjoint(mut runs: Vec<Run>, one: usize, other: usize) -> Vec<Run> {
    runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.words), run.one.abs_diff(run.other), run.one, run.other));
    let (mut here, mut there) = (vec![false; one], vec![false; other]);
    let mut kept = Vec::new();
    for run in runs {
        let mut begun = 0;
        for step in 0..=run.words {
            let is_free = step < run.words && !here[run.one + step] && !there[run.other + step];
            if is_free {
                continue;
            }
            if step - begun >= SEED {
                kept.push(Run { one: run.one + begun, other: run.other + begun, words: step - begun });
                here[run.one + begun..run.one + step].fill(true);
                there[run.other + begun..run.other + step].fill(true);
            }
            begun = step + 1;
        }
    }
    kept
}

/// Whether `next` follows `run` on both sides with few words between: how many on each.
fn gap(run: Run, next: Run) -> Option<(usize, usize)> {
    let here = next.one.checked_sub(run.one + run.words)?;
    let there = next.other.checked_sub(run.other + run.words)?;
    (here <= BRIDGE && there <= BRIDGE).then_some((here, there))
}

/// The runs, and between those that are near each other the shorter ones too, down to single words.
fn filled(runs: Vec<Run>, one: &Words, other: &Words) -> Vec<Run> {
    let mut all = Vec::with_capacity(runs.len());
    let mut last: Option<Run> = None;
    for run in runs {
        if let Some((before, (here, there))) = last.and_then(|before| Some((before, gap(before, run)?))) {
            let from = (before.one + before.words, before.other + before.words);
            all.extend(common(one, other, from, (here, there)));
        }
        all.push(run);
        last = Some(run);
    }
    all
}

/// The longest common subsequence of two short stretches, as runs of single words.
fn common(one: &Words, other: &Words, from: (usize, usize), (here, there): (usize, usize)) -> Vec<Run> {
    let same = |i: usize, j: usize| one.hash(from.0 + i) == other.hash(from.1 + j);
    let mut best = [[0u8; BRIDGE + 1]; BRIDGE + 1];
    for i in (0..here).rev() {
        for j in (0..there).rev() {
            best[i][j] = if same(i, j) { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut runs) = (0, 0, Vec::new());
    while i < here && j < there {
        if same(i, j) {
            runs.push(Run { one: from.0 + i, other: from.1 + j, words: 1 });
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    runs
}

/// The runs, none of which goes on over a place where words that are no part of a report stand between.
fn divided(runs: &[Run], one: &Words, other: &Words) -> Vec<Run> {
    let mut all = Vec::with_capacity(runs.len());
    for run in runs {
        let mut begun = 0;
        for step in 1..=run.words {
            if step == run.words || one.is_parted(run.one + step) || other.is_parted(run.other + step) {
                all.push(Run { one: run.one + begun, other: run.other + begun, words: step - begun });
                begun = step;
            }
        }
    }
    all
}

/// The runs that make passages, the passages, and what they make of each text. What stands between two parts of a report ends a
/// passage, but a short one is kept where it goes on behind that.
fn gathered(runs: &[Run], one: &Words, other: &Words) -> Comparison {
    let least = PASSAGE.min(one.len()).min(other.len());
    let is_whole = |_: &Run, next: &Run| !one.is_parted(next.one) && !other.is_parted(next.other);
    let mut comparison = Comparison::default();
    for group in runs.chunk_by(|run, next| gap(*run, *next).is_some()) {
        if words_of(group) >= least {
            comparison.passages.extend(group.chunk_by(is_whole).filter_map(|group| passage(group, one, other)));
            comparison.runs.extend(group);
        }
    }
    comparison.one = share(one, comparison.runs.iter().map(|run| (run.one, run.words)));
    comparison.other = share(other, comparison.runs.iter().map(|run| (run.other, run.words)));
    comparison
}

fn words_of(group: &[Run]) -> usize {
    group.iter().map(|run| run.words).sum()
}

fn passage(group: &[Run], one: &Words, other: &Words) -> Option<Passage> {
    let (first, last) = (group.first()?, group.last()?);
    let (here, there) = (last.one + last.words - first.one, last.other + last.words - first.other);
    let same = words_of(group);
    let edited = here.max(there) - same;
    Some(Passage { one: one.span(first.one, here)?, other: other.span(first.other, there)?, same, edited })
}

fn share(words: &Words, runs: impl Iterator<Item = (usize, usize)>) -> Share {
    let mut share = Share { words: words.len(), unquoted: words.unquoted(), before: words.len(), ..Share::default() };
    for (first, count) in runs {
        share.before = share.before.min(first);
        share.same += count;
        share.same_unquoted += (first..first + count).filter(|at| !words.is_quoted(*at)).count();
    }
    share
}

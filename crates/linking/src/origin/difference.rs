//! What did a copy keep of its original, what did it leave out, move and put in?

use sayso_types::Span;

use super::passage::{Comparison, Run};
use super::words::Words;

/// A stretch of words of a copy, of its original, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Stands in both, in its place.
    Kept {
        /// Where in the copy.
        copy: Span,
        /// Where in the original.
        original: Span,
    },
    /// Stands in both, elsewhere in the copy than in the original.
    Moved {
        /// Where in the copy.
        copy: Span,
        /// Where in the original.
        original: Span,
    },
    /// Stands in the original only.
    LeftOut {
        /// Where in the original.
        original: Span,
    },
    /// Stands in the copy only.
    PutIn {
        /// Where in the copy.
        copy: Span,
    },
}

/// A copy laid beside its original, in the order of the copy; what was left out stands before what followed it in the original.
/// `comparison` is that of the copy (the one) with the original (the other).
pub fn difference(comparison: &Comparison, copy: &Words, original: &Words) -> Vec<Piece> {
    let runs = comparison.word_runs();
    let in_place = in_place(runs);
    let mut moved_away = vec![false; original.len()];
    for (run, _) in runs.iter().zip(&in_place).filter(|(_, in_place)| !**in_place) {
        moved_away[run.other..run.other + run.words].fill(true);
    }
    let mut pieces = Vec::new();
    let (mut here, mut there) = (0, 0);
    for (run, in_place) in runs.iter().zip(in_place) {
        if in_place {
            left_out(&mut pieces, original, (there, run.other), &moved_away);
            there = run.other + run.words;
        }
        put_in(&mut pieces, copy, (here, run.one));
        here = run.one + run.words;
        if let (Some(copy), Some(original)) = (copy.span(run.one, run.words), original.span(run.other, run.words)) {
            pieces.push(if in_place { Piece::Kept { copy, original } } else { Piece::Moved { copy, original } });
        }
    }
    left_out(&mut pieces, original, (there, original.len()), &moved_away);
    put_in(&mut pieces, copy, (here, copy.len()));
    pieces
}

fn put_in(pieces: &mut Vec<Piece>, copy: &Words, (from, to): (usize, usize)) {
    stretches(copy, (from, to), |_| true, |copy| pieces.push(Piece::PutIn { copy }));
}

fn left_out(pieces: &mut Vec<Piece>, original: &Words, (from, to): (usize, usize), moved_away: &[bool]) {
    stretches(original, (from, to), |at| !moved_away[at], |original| pieces.push(Piece::LeftOut { original }));
}

/// The stretches of words from one place to another for which something holds, without words of other matter in them.
fn stretches(words: &Words, (from, to): (usize, usize), holds: impl Fn(usize) -> bool, mut found: impl FnMut(Span)) {
    let mut at = from;
    while at < to {
        let count = (at..to).take_while(|next| holds(*next) && (*next == at || !words.is_parted(*next))).count();
        if let Some(span) = words.span(at, count).filter(|_| count > 0) {
            found(span);
        }
        at += count.max(1);
    }
}

/// Which of the runs, sorted by their place in the copy, stand in the order of the original: those that hold most words.
fn in_place(runs: &[Run]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_unstable_by_key(|at| runs[*at].other);
    let mut rank = vec![0; runs.len()];
    for (place, at) in order.iter().enumerate() {
        rank[*at] = place;
    }
    let mut heaviest = Heaviest(vec![(0, None); runs.len() + 1]);
    let mut before = vec![None; runs.len()];
    for (at, run) in runs.iter().enumerate() {
        let (weight, last) = heaviest.up_to(rank[at]);
        before[at] = last;
        heaviest.set(rank[at], (weight + run.words, Some(at)));
    }
    let mut kept = vec![false; runs.len()];
    let mut last = heaviest.up_to(runs.len()).1;
    while let Some(at) = last {
        kept[at] = true;
        last = before[at];
    }
    kept
}

/// The heaviest chain that ends before each rank, as a Fenwick tree: its weight and its last run.
struct Heaviest(Vec<(usize, Option<usize>)>);

impl Heaviest {
    fn up_to(&self, rank: usize) -> (usize, Option<usize>) {
        let (mut at, mut best) = (rank, (0, None));
        while at > 0 {
            if self.0[at].0 > best.0 {
                best = self.0[at];
            }
            at &= at - 1;
        }
        best
    }

    fn set(&mut self, rank: usize, chain: (usize, Option<usize>)) {
        let mut at = rank + 1;
        while at < self.0.len() {
            if chain.0 > self.0[at].0 {
                self.0[at] = chain;
            }
            at += at & at.wrapping_neg();
        }
    }
}

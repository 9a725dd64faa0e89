//! How well do clusters of mentions agree with the gold's? MUC, B³ and CEAFe, and their mean, the CoNLL score.
//!
//! MUC: Vilain et al. 1995. B³: Bagga and Baldwin 1998. CEAFe: Luo 2005, with the entity-based similarity and an optimal assignment. The
//! mean: Pradhan et al. 2012. Singletons count.

use std::collections::BTreeMap;

/// Scores in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conll {
    /// F1 of links.
    pub muc: f64,
    /// F1 by mention.
    pub b_cubed: f64,
    /// F1 by cluster.
    pub ceaf_e: f64,
}

impl Conll {
    /// The mean of the three.
    pub fn mean(&self) -> f64 {
        (self.muc + self.b_cubed + self.ceaf_e) / 3.0
    }
}

/// The scores of labels for mentions against the gold's labels: mentions of one label are one cluster. A mention with the label `None` was
/// not found.
pub fn conll<G: Ord, F: Ord>(gold: &[G], found: &[Option<F>]) -> Conll {
    let (gold, found) = (numbered(gold.iter().map(Some)), numbered(found.iter().map(Option::as_ref)));
    let shared = shared(&gold, &found);
    Conll {
        muc: f1(muc(&gold, &found), muc(&found, &gold)),
        b_cubed: f1(b_cubed(&gold, &shared, gold.labels.len()), b_cubed_turned(&found, &shared)),
        ceaf_e: ceaf_e(&gold, &found, &shared),
    }
}

/// Labels as numbers, and how many mentions each has.
struct Clusters {
    labels: Vec<Option<usize>>,
    sizes: Vec<usize>,
}

fn numbered<L: Ord>(labels: impl Iterator<Item = Option<L>>) -> Clusters {
    let mut numbers: BTreeMap<L, usize> = BTreeMap::new();
    let mut sizes = Vec::new();
    let mut number = |label: L| {
        let next = numbers.len();
        let number = *numbers.entry(label).or_insert(next);
        if number == sizes.len() {
            sizes.push(0);
        }
        sizes[number] += 1;
        number
    };
    let labels = labels.map(|label| label.map(&mut number)).collect();
    Clusters { labels, sizes }
}

/// How many mentions a gold cluster and a found one have in common.
fn shared(gold: &Clusters, found: &Clusters) -> BTreeMap<(usize, usize), usize> {
    let mut shared = BTreeMap::new();
    for (gold, found) in gold.labels.iter().zip(&found.labels) {
        if let (Some(gold), Some(found)) = (gold, found) {
            *shared.entry((*gold, *found)).or_insert(0) += 1;
        }
    }
    shared
}

/// Of the links that clusters need, how many the others keep: a part and its whole.
fn muc(key: &Clusters, other: &Clusters) -> (f64, f64) {
    let mut parts: BTreeMap<usize, std::collections::BTreeSet<Option<usize>>> = BTreeMap::new();
    let mut missed: BTreeMap<usize, usize> = BTreeMap::new();
    for (key, other) in key.labels.iter().zip(&other.labels) {
        let Some(key) = key else { continue };
        match other {
            Some(other) => {
                parts.entry(*key).or_default().insert(Some(*other));
            }
            None => *missed.entry(*key).or_default() += 1,
        }
    }
    let pieces = |cluster: usize| parts.get(&cluster).map_or(0, |p| p.len()) + missed.get(&cluster).copied().unwrap_or(0);
    let links = |size: usize| size.saturating_sub(1) as f64;
    let kept = key.sizes.iter().enumerate().map(|(cluster, size)| (size - pieces(cluster)) as f64).sum();
    (kept, key.sizes.iter().map(|size| links(*size)).sum())
}

fn b_cubed(gold: &Clusters, shared: &BTreeMap<(usize, usize), usize>, mentions: usize) -> (f64, f64) {
    let sum = shared.iter().map(|((cluster, _), n)| (n * n) as f64 / gold.sizes[*cluster] as f64).sum();
    (sum, mentions as f64)
}

fn b_cubed_turned(found: &Clusters, shared: &BTreeMap<(usize, usize), usize>) -> (f64, f64) {
    let sum = shared.iter().map(|((_, cluster), n)| (n * n) as f64 / found.sizes[*cluster] as f64).sum();
    (sum, found.sizes.iter().sum::<usize>() as f64)
}

fn ceaf_e(gold: &Clusters, found: &Clusters, shared: &BTreeMap<(usize, usize), usize>) -> f64 {
    let alike: BTreeMap<(usize, usize), f64> =
        shared.iter().map(|((g, f), n)| ((*g, *f), 2.0 * *n as f64 / (gold.sizes[*g] + found.sizes[*f]) as f64)).collect();
    let best: f64 = parts(&alike).iter().map(|part| best_assignment(part)).sum();
    f1((best, gold.sizes.len() as f64), (best, found.sizes.len() as f64))
}

/// The similarities in parts that have no cluster in common, each as a square table filled up with nothing.
fn parts(alike: &BTreeMap<(usize, usize), f64>) -> Vec<Vec<Vec<f64>>> {
    let mut part_of_gold: BTreeMap<usize, usize> = BTreeMap::new();
    let mut part_of_found: BTreeMap<usize, usize> = BTreeMap::new();
    for (g, f) in alike.keys() {
        let (one, other) = (part_of_gold.get(g).copied(), part_of_found.get(f).copied());
        let part = one.or(other).unwrap_or(*g);
        if let (Some(one), Some(other)) = (one, other) {
            part_of_gold.values_mut().chain(part_of_found.values_mut()).filter(|p| **p == other).for_each(|p| *p = one);
        }
        part_of_gold.insert(*g, part);
        part_of_found.insert(*f, part);
    }
    let mut rows: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    part_of_gold.iter().for_each(|(g, part)| rows.entry(*part).or_default().0.push(*g));
    part_of_found.iter().for_each(|(f, part)| rows.entry(*part).or_default().1.push(*f));
    let table = |(golds, founds): &(Vec<usize>, Vec<usize>)| -> Vec<Vec<f64>> {
        let size = golds.len().max(founds.len());
        let cell = |g: usize, f: usize| golds.get(g).zip(founds.get(f)).and_then(|(g, f)| alike.get(&(*g, *f))).copied().unwrap_or(0.0);
        (0..size).map(|g| (0..size).map(|f| cell(g, f)).collect()).collect()
    };
    rows.values().map(table).collect()
}

/// The greatest sum of one cell a row and column of a square table, by the Hungarian method with potentials.
fn best_assignment(table: &[Vec<f64>]) -> f64 {
    let size = table.len();
    let (mut rows, mut columns) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let (mut least, mut used, mut way) = (vec![f64::INFINITY; size + 1], vec![false; size + 1], vec![0usize; size + 1]);
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let from = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for to in 1..=size {
                if used[to] {
                    continue;
                }
                let cost = -table[from - 1][to - 1] - rows[from] - columns[to];
                if cost < least[to] {
                    (least[to], way[to]) = (cost, column);
                }
                if least[to] < step {
                    (step, next) = (least[to], to);
                }
            }
            for to in 0..=size {
                if used[to] {
                    rows[row_of[to]] += step;
                    columns[to] -= step;
                } else {
                    least[to] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=size).map(|column| table[row_of[column] - 1][column - 1]).sum()
}

fn f1((met, gold): (f64, f64), (right, found): (f64, f64)) -> f64 {
    let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
    let (recall, precision) = (share(met, gold), share(right, found));
    if recall + precision == 0.0 { 0.0 } else { 200.0 * recall * precision / (recall + precision) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(gold: &[u8], found: &[Option<u8>], expected: (f64, f64, f64)) {
        let scores = conll(gold, found);
        for (score, expected) in [(scores.muc, expected.0), (scores.b_cubed, expected.1), (scores.ceaf_e, expected.2)] {
            assert!((score - expected).abs() < 0.01, "{scores:?}");
        }
    }

    /// Gold {a b c} {d e f g}, found {a b} {c d} {f g}; e is missed.
    #[test]
    fn a_case_worked_by_hand_comes_out() {
        // MUC: of 2 + 3 links 1 + 1 are kept: recall 2/5; of 1 + 1 + 1 found links 1 + 0 + 1 are right: precision 2/3.
        // B³: recall (4/3 + 1/3 + 1/4 + 4/4) / 7 = 0.4167; precision (4/2 + 1/2 + 1/2 + 4/2) / 6 = 0.8333.
        // CEAFe: {a b c}–{a b} 4/5, {d e f g}–{f g} 4/6: 1.4667; recall / 2, precision / 3.
        check(b"aaabbbb", &[Some(b'1'), Some(b'1'), Some(b'2'), Some(b'2'), None, Some(b'3'), Some(b'3')], (50.0, 55.56, 58.67));
    }

    #[test]
    fn the_gold_itself_is_perfect() {
        check(b"aabcc", &[Some(b'x'), Some(b'x'), Some(b'y'), Some(b'z'), Some(b'z')], (100.0, 100.0, 100.0));
    }

    #[test]
    fn the_best_assignment_need_not_take_the_best_cell() {
        assert!((best_assignment(&[vec![0.9, 0.8], vec![0.8, 0.0]]) - 1.6).abs() < 1e-9);
    }
}

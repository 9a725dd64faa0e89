//! Which pairs are taken, each of either side at most once, so that their likeness in all is greatest?

use std::collections::BTreeMap;

/// Beyond so many in one knot of candidates the likest pairs are taken one after another.
const MOST: usize = 200;

/// For each of the first side the chosen one of the second; `None` where it has none.
pub(super) fn best(one: usize, other: usize, candidates: &[(usize, usize, f64)]) -> Vec<Option<usize>> {
    let mut chosen = vec![None; one];
    for knot in knots(one, other, candidates) {
        let rows = distinct(knot.iter().map(|(row, ..)| *row));
        let columns = distinct(knot.iter().map(|(_, column, _)| *column));
        let pairs = if rows.len().max(columns.len()) <= MOST { optimal(&rows, &columns, &knot) } else { likest(&knot) };
        for (row, column) in pairs {
            chosen[row] = Some(column);
        }
    }
    chosen
}

fn distinct(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The candidates that hang together.
fn knots(one: usize, other: usize, candidates: &[(usize, usize, f64)]) -> Vec<Vec<(usize, usize, f64)>> {
    let mut parent: Vec<usize> = (0..one + other).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (row, column, _) in candidates {
        let (row, column) = (root(&mut parent, *row), root(&mut parent, one + column));
        parent[row.max(column)] = row.min(column);
    }
    let mut knots: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for candidate in candidates {
        let at = root(&mut parent, candidate.0);
        knots.entry(at).or_default().push(*candidate);
    }
    knots.into_values().collect()
}

/// The likest pair, then the likest of the rest.
fn likest(knot: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    let mut by_likeness = knot.to_vec();
    by_likeness.sort_by(|one, other| other.2.total_cmp(&one.2).then_with(|| (one.0, one.1).cmp(&(other.0, other.1))));
    let (mut rows, mut columns) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut pairs = Vec::new();
    for (row, column, _) in by_likeness {
        if !rows.contains(&row) && !columns.contains(&column) {
            rows.insert(row);
            columns.insert(column);
            pairs.push((row, column));
        }
    }
    pairs
}

/// The pairs of the greatest likeness in all, by the Hungarian method with potentials (Kuhn 1955, in the form of Jonker and Volgenant):
/// each row also has a column of its own that stands for none.
fn optimal(rows: &[usize], columns: &[usize], knot: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    let wide = columns.len() + rows.len();
    let mut cost = vec![vec![0.0_f64; wide]; rows.len()];
    for (row, column, score) in knot {
        if let (Ok(row), Ok(column)) = (rows.binary_search(row), columns.binary_search(column)) {
            cost[row][column] = -score;
        }
    }
    let (mut of_row, mut of_column) = (vec![0.0; rows.len() + 1], vec![0.0; wide + 1]);
    // By column the row that has it, from 1; 0 is nobody.
    let mut taken = vec![0_usize; wide + 1];
    for row in 1..=rows.len() {
        let mut way = vec![0_usize; wide + 1];
        let mut least = vec![f64::INFINITY; wide + 1];
        let mut seen = vec![false; wide + 1];
        taken[0] = row;
        let mut at = 0;
        loop {
            seen[at] = true;
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=wide {
                if seen[column] {
                    continue;
                }
                let reduced = cost[taken[at] - 1][column - 1] - of_row[taken[at]] - of_column[column];
                if reduced < least[column] {
                    (least[column], way[column]) = (reduced, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=wide {
                if seen[column] {
                    of_row[taken[column]] += step;
                    of_column[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
            if taken[at] == 0 {
                break;
            }
        }
        while at != 0 {
            taken[at] = taken[way[at]];
            at = way[at];
        }
    }
    let pair = |column: usize| {
        (taken[column] > 0 && cost[taken[column] - 1][column - 1] < 0.0).then(|| (rows[taken[column] - 1], columns[column - 1]))
    };
    (1..=columns.len()).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_likeness_in_all_goes_before_the_likest_pair() {
        // Taking the likest pair first would leave the second of theirs alone.
        let candidates = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85)];
        assert_eq!(best(2, 2, &candidates), [Some(1), Some(0)]);
        assert_eq!(likest(&candidates), [(0, 0)]);
    }

    #[test]
    fn each_is_taken_once_and_some_have_none() {
        let candidates = [(0, 0, 0.6), (1, 0, 0.7), (2, 1, 0.5)];
        assert_eq!(best(4, 2, &candidates), [None, Some(0), Some(1), None]);
        assert_eq!(best(0, 0, &[]), []);
    }
}

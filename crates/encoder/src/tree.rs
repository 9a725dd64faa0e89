//! Which heads make the best tree? The best head of each word, and the best tree as a whole where those make none.

use crate::Matrix;

/// The head of each word in the best tree with one root: 0 for the root, else the head's number counted from 1.
///
/// `scores` has a row for each word and a column for each head, the first for being the root. Chu & Liu (1965) and Edmonds (1967).
pub fn heads(scores: &Matrix) -> Vec<usize> {
    let size = scores.rows() + 1;
    let arcs = Arcs {
        size,
        scores: (0..size * size).map(|at| if at < size { 0.0 } else { f64::from(scores.row(at / size - 1)[at % size]) }).collect(),
    };
    let greedy = arcs.best_heads();
    let roots = greedy.iter().skip(1).filter(|head| **head == 0).count();
    let best = if roots == 1 && cycle(&greedy).is_none() { greedy } else { arcs.with_costly_roots().best_tree() };
    best[1..].to_vec()
}

/// Scores of arcs between nodes, the first of which depends on none: `scores[dependent * size + head]`.
struct Arcs {
    size: usize,
    scores: Vec<f64>,
}

impl Arcs {
    fn score(&self, dependent: usize, head: usize) -> f64 {
        self.scores[dependent * self.size + head]
    }

    /// The best head of each node, whatever they make together.
    fn best_heads(&self) -> Vec<usize> {
        let best = |dependent: usize| {
            let better = |best: usize, head: usize| if self.score(dependent, head) > self.score(dependent, best) { head } else { best };
            (1..self.size).filter(|head| *head != dependent).fold(0, better)
        };
        (0..self.size).map(|node| if node == 0 { 0 } else { best(node) }).collect()
    }

    /// With arcs from the first node so costly that the best tree has no more than it needs: one.
    fn with_costly_roots(mut self) -> Arcs {
        for dependent in 1..self.size {
            self.scores[dependent * self.size] -= 1e7;
        }
        self
    }

    /// The best tree: best heads, with each cycle made one node and broken where that costs least.
    fn best_tree(&self) -> Vec<usize> {
        let mut heads = self.best_heads();
        let Some(cycle) = cycle(&heads) else { return heads };
        let rest: Vec<usize> = (0..self.size).filter(|node| !cycle.contains(node)).collect();
        let one = rest.len();
        let size = one + 1;
        let best_of =
            |of: &dyn Fn(usize) -> f64| cycle.iter().copied().fold(cycle[0], |best, node| if of(node) > of(best) { node } else { best });
        let left_from: Vec<usize> = rest.iter().map(|node| best_of(&|member| self.score(*node, member))).collect();
        let gain = |member: usize, head: usize| self.score(member, head) - self.score(member, heads[member]);
        let entered_at: Vec<usize> = rest.iter().map(|head| best_of(&|member| gain(member, *head))).collect();
        let mut smaller = Arcs { size, scores: vec![0.0; size * size] };
        for (at, node) in rest.iter().enumerate() {
            for (head, other) in rest.iter().enumerate() {
                smaller.scores[at * size + head] = self.score(*node, *other);
            }
            smaller.scores[at * size + one] = self.score(*node, left_from[at]);
            smaller.scores[one * size + at] = gain(entered_at[at], *node);
        }
        let found = smaller.best_tree();
        for (at, node) in rest.iter().enumerate().skip(1) {
            heads[*node] = if found[at] == one { left_from[at] } else { rest[found[at]] };
        }
        heads[entered_at[found[one]]] = rest[found[one]];
        heads
    }
}

/// The nodes of a cycle, where there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // Each walk upwards marks its nodes with where it began: to meet one's own mark is to have gone round.
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let round = std::iter::successors(Some(heads[node]), |at| (*at != node).then(|| heads[*at]));
            return Some(round.collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &Matrix, heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(row, head)| scores.row(row)[*head]).sum()
    }

    fn is_tree(heads: &[usize]) -> bool {
        let with_first: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
        cycle(&with_first).is_none() && heads.iter().filter(|head| **head == 0).count() == 1
    }

    /// The best tree of all combinations of heads.
    fn best_of_all(scores: &Matrix) -> f32 {
        let (words, size) = (scores.rows(), scores.rows() + 1);
        let combinations = (0..size.pow(words as u32)).map(|code| (0..words).map(|word| code / size.pow(word as u32) % size).collect());
        let trees = combinations.filter(|heads: &Vec<usize>| is_tree(heads));
        trees.map(|heads| total(scores, &heads)).fold(f32::NEG_INFINITY, f32::max)
    }

    #[test]
    fn greedy_heads_that_make_a_tree_are_kept() {
        let scores = Matrix::of_values(3, vec![0.0, 9.0, 5.0, 4.0, 1.0, 9.0]);
        assert_eq!(heads(&scores), [2, 0]);
        assert_eq!(heads(&Matrix::of_values(3, vec![0.0, 0.0, 5.0, 9.0, 8.0, 0.0])), [2, 0]);
    }

    #[test]
    fn no_words_have_no_heads() {
        assert_eq!(heads(&Matrix::zeros(0, 1)), [0; 0]);
        assert_eq!(heads(&Matrix::zeros(1, 2)), [0]);
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best(words in 1usize..6, values in prop::collection::vec(-20i8..20, 30)) {
            let values = values.into_iter().take(words * (words + 1)).map(f32::from).collect();
            let scores = Matrix::of_values(words + 1, values);
            let found = heads(&scores);
            prop_assert!(is_tree(&found), "{:?}", found);
            prop_assert_eq!(total(&scores, &found), best_of_all(&scores));
        }
    }
}

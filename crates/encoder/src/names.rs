//! Which words are names, and of what? The best sequence of beginnings and insides in which no inside lacks its beginning.

use sayso_types::{NameClass, NameSpan};

use crate::matrix::greatest;

/// Outside, then beginning and inside of each kind.
pub const MARKS: usize = 1 + 2 * KINDS.len();

/// The kinds of name, in the order of their marks.
const KINDS: [NameClass; 3] = [NameClass::Person, NameClass::Location, NameClass::Organization];

/// The names of a sentence whose words have these scores for each mark (Viterbi 1967).
pub fn names<'s>(scores: impl Iterator<Item = &'s [f32]>) -> Vec<NameSpan> {
    spans(&best_marks(scores))
}

fn may_follow(mark: usize, last: usize) -> bool {
    mark == 0 || mark % 2 == 1 || last == mark || last == mark - 1
}

fn best_marks<'s>(scores: impl Iterator<Item = &'s [f32]>) -> Vec<usize> {
    // Before the first word stands a mark outside.
    let mut sums = [f32::NEG_INFINITY; MARKS];
    sums[0] = 0.0;
    let mut came_from: Vec<[usize; MARKS]> = Vec::new();
    for scores in scores {
        let best_before: [usize; MARKS] = std::array::from_fn(|mark| {
            let legal: [f32; MARKS] = std::array::from_fn(|last| if may_follow(mark, last) { sums[last] } else { f32::NEG_INFINITY });
            greatest(&legal)
        });
        sums = std::array::from_fn(|mark| {
            let last = best_before[mark];
            if may_follow(mark, last) { sums[last] + scores[mark] } else { f32::NEG_INFINITY }
        });
        came_from.push(best_before);
    }
    let mut mark = greatest(&sums);
    let mut marks: Vec<usize> = Vec::with_capacity(came_from.len());
    for before in came_from.iter().rev() {
        marks.push(mark);
        mark = before[mark];
    }
    marks.reverse();
    marks
}

fn spans(marks: &[usize]) -> Vec<NameSpan> {
    let mut spans: Vec<NameSpan> = Vec::new();
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| **mark > 0) {
        match spans.last_mut() {
            Some(span) if mark % 2 == 0 => span.words.end = at + 1,
            _ => spans.push(NameSpan { words: at..at + 1, kind: KINDS[(mark - 1) / 2] }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word with the marks that score 1 and 2.
    fn check(words: &[(usize, usize)], expected: &[usize]) {
        let scores: Vec<[f32; MARKS]> = words
            .iter()
            .map(|(second, first)| std::array::from_fn(|mark| f32::from(u8::from(mark == *second) + 2 * u8::from(mark == *first))))
            .collect();
        assert_eq!(best_marks(scores.iter().map(<[f32; MARKS]>::as_slice)), expected);
    }

    #[test]
    fn an_inside_has_its_beginning() {
        check(&[(0, 1), (0, 2), (5, 6)], &[1, 2, 5]);
        check(&[(1, 2), (0, 2)], &[1, 2]);
        check(&[(3, 4)], &[3]);
        check(&[], &[]);
    }

    #[test]
    fn neighbouring_names_are_told_apart() {
        let found = spans(&[0, 1, 2, 1, 3, 4, 4, 0]);
        let expected = [(1..3, NameClass::Person), (3..4, NameClass::Person), (4..7, NameClass::Location)];
        assert_eq!(found, expected.map(|(words, kind)| NameSpan { words, kind }));
    }
}

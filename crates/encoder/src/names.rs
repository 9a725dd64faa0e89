//! Which words are spans of some kind, as names are? The best sequence of beginnings and insides in which no inside lacks its beginning.

use std::ops::Range;

use sayso_types::NameClass;

use crate::matrix::greatest;

/// Where a word stands in a span of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark<K> {
    /// In none.
    Outside,
    /// Its first word.
    Begin(K),
    /// A later word.
    Inside(K),
}

/// The kind of name that is written so.
pub fn name_class(text: &str) -> Option<NameClass> {
    match text {
        "PER" => Some(NameClass::Person),
        "ORG" => Some(NameClass::Organization),
        "LOC" => Some(NameClass::Location),
        "OTHER" => Some(NameClass::Other),
        _ => None,
    }
}

impl<K: Copy + PartialEq> Mark<K> {
    /// The mark that is written so: `O`, or `B-` and `I-` before what `kind` reads.
    pub fn of_str(text: &str, kind: impl Fn(&str) -> Option<K>) -> Option<Mark<K>> {
        if text == "O" {
            return Some(Mark::Outside);
        }
        let (place, of) = text.split_once('-')?;
        match place {
            "B" => Some(Mark::Begin(kind(of)?)),
            "I" => Some(Mark::Inside(kind(of)?)),
            _ => None,
        }
    }

    fn may_follow(self, last: Mark<K>) -> bool {
        match self {
            Mark::Outside | Mark::Begin(_) => true,
            Mark::Inside(kind) => last == Mark::Begin(kind) || last == Mark::Inside(kind),
        }
    }
}

/// The spans of a sentence whose words have these scores for each of `marks` (Viterbi 1967). A mark outside counts so much less.
pub fn spans<'s, K: Copy + PartialEq>(marks: &[Mark<K>], scores: impl Iterator<Item = &'s [f32]>, less: f32) -> Vec<(Range<usize>, K)> {
    runs(&best_marks(marks, scores, less))
}

fn best_marks<'s, K: Copy + PartialEq>(marks: &[Mark<K>], scores: impl Iterator<Item = &'s [f32]>, less: f32) -> Vec<Mark<K>> {
    const IMPOSSIBLE: f32 = f32::NEG_INFINITY;
    // Before the first word stands a mark outside.
    let mut sums: Vec<f32> = marks.iter().map(|mark| if *mark == Mark::Outside { 0.0 } else { IMPOSSIBLE }).collect();
    let mut came_from: Vec<Vec<usize>> = Vec::new();
    for scores in scores {
        let best_before = |mark: &Mark<K>| {
            let legal = marks.iter().zip(&sums).enumerate().filter(|(_, (last, _))| mark.may_follow(**last));
            legal.fold((0, IMPOSSIBLE), |best, (at, (_, sum))| if *sum > best.1 { (at, *sum) } else { best })
        };
        let best: Vec<(usize, f32)> = marks.iter().map(best_before).collect();
        let taken = |mark: &Mark<K>| if *mark == Mark::Outside { less } else { 0.0 };
        sums = best.iter().zip(scores).zip(marks).map(|(((_, sum), score), mark)| sum + (score - taken(mark))).collect();
        came_from.push(best.into_iter().map(|(last, _)| last).collect());
    }
    let mut at = greatest(&sums);
    let mut found: Vec<Mark<K>> = Vec::with_capacity(came_from.len());
    for before in came_from.iter().rev() {
        found.push(marks[at]);
        at = before[at];
    }
    found.reverse();
    found
}

fn runs<K: Copy>(marks: &[Mark<K>]) -> Vec<(Range<usize>, K)> {
    let mut runs: Vec<(Range<usize>, K)> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match (mark, runs.last_mut()) {
            (Mark::Begin(kind), _) => runs.push((at..at + 1, *kind)),
            (Mark::Inside(_), Some((words, _))) => words.end = at + 1,
            (Mark::Inside(_) | Mark::Outside, _) => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<Mark<NameClass>> {
        text.split(' ').map(|mark| Mark::of_str(mark, name_class).expect("a mark")).collect()
    }

    /// For each word the marks that score 1 and 2.
    fn check(words: &[(&str, &str)], expected: &str) {
        let all = marks("O B-PER I-PER B-LOC I-LOC B-ORG I-ORG");
        let score = |mark: &Mark<NameClass>, word: &(&str, &str)| {
            let is = |text: &str| u8::from(Mark::of_str(text, name_class) == Some(*mark));
            f32::from(is(word.0) + 2 * is(word.1))
        };
        let scores: Vec<Vec<f32>> = words.iter().map(|word| all.iter().map(|mark| score(mark, word)).collect()).collect();
        assert_eq!(best_marks(&all, scores.iter().map(Vec::as_slice), 0.0), marks(expected));
    }

    #[test]
    fn an_inside_has_its_beginning() {
        check(&[("O", "B-PER"), ("O", "I-PER"), ("B-ORG", "I-ORG")], "B-PER I-PER B-ORG");
        check(&[("B-PER", "I-PER"), ("O", "I-PER")], "B-PER I-PER");
        check(&[("B-LOC", "I-LOC")], "B-LOC");
        check(&[("O", "I-LOC")], "O");
    }

    #[test]
    fn neighbouring_names_are_told_apart() {
        let found = runs(&marks("O B-PER I-PER B-PER B-OTHER I-OTHER I-OTHER O"));
        assert_eq!(found, [(1..3, NameClass::Person), (3..4, NameClass::Person), (4..7, NameClass::Other)]);
        assert_eq!(spans(&marks("O B-PER I-PER"), std::iter::empty(), 0.0), []);
    }

    #[test]
    fn what_counts_less_outside_is_found_sooner() {
        let scores = [[1.0, 0.5, 0.0], [0.5, 0.0, 0.4]];
        let found = |less| spans(&marks("O B-PER I-PER"), scores.iter().map(|row| row.as_slice()), less);
        assert_eq!(found(0.0), []);
        assert_eq!(found(1.0), [(0..2, NameClass::Person)]);
    }
}

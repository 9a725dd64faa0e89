//! Which words are names, and of what? The best sequence of beginnings and insides in which no inside lacks its beginning.

use sayso_types::{NameClass, NameSpan};

use crate::matrix::greatest;

/// Where a word stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In none.
    Outside,
    /// Its first word.
    Begin(NameClass),
    /// A later word.
    Inside(NameClass),
}

impl Mark {
    /// The mark that is written so: `O`, or `B-` and `I-` before `PER`, `ORG`, `LOC` or `OTHER`.
    pub fn of_str(text: &str) -> Option<Mark> {
        if text == "O" {
            return Some(Mark::Outside);
        }
        let (place, kind) = text.split_once('-')?;
        let kind = match kind {
            "PER" => NameClass::Person,
            "ORG" => NameClass::Organization,
            "LOC" => NameClass::Location,
            "OTHER" => NameClass::Other,
            _ => return None,
        };
        match place {
            "B" => Some(Mark::Begin(kind)),
            "I" => Some(Mark::Inside(kind)),
            _ => None,
        }
    }

    fn may_follow(self, last: Mark) -> bool {
        match self {
            Mark::Outside | Mark::Begin(_) => true,
            Mark::Inside(kind) => last == Mark::Begin(kind) || last == Mark::Inside(kind),
        }
    }
}

/// The names of a sentence whose words have these scores for each of `marks` (Viterbi 1967).
pub fn names<'s>(marks: &[Mark], scores: impl Iterator<Item = &'s [f32]>) -> Vec<NameSpan> {
    spans(&best_marks(marks, scores))
}

fn best_marks<'s>(marks: &[Mark], scores: impl Iterator<Item = &'s [f32]>) -> Vec<Mark> {
    const IMPOSSIBLE: f32 = f32::NEG_INFINITY;
    // Before the first word stands a mark outside.
    let mut sums: Vec<f32> = marks.iter().map(|mark| if *mark == Mark::Outside { 0.0 } else { IMPOSSIBLE }).collect();
    let mut came_from: Vec<Vec<usize>> = Vec::new();
    for scores in scores {
        let best_before = |mark: &Mark| {
            let legal = marks.iter().zip(&sums).enumerate().filter(|(_, (last, _))| mark.may_follow(**last));
            legal.fold((0, IMPOSSIBLE), |best, (at, (_, sum))| if *sum > best.1 { (at, *sum) } else { best })
        };
        let best: Vec<(usize, f32)> = marks.iter().map(best_before).collect();
        sums = best.iter().zip(scores).map(|((_, sum), score)| sum + score).collect();
        came_from.push(best.into_iter().map(|(last, _)| last).collect());
    }
    let mut at = greatest(&sums);
    let mut found: Vec<Mark> = Vec::with_capacity(came_from.len());
    for before in came_from.iter().rev() {
        found.push(marks[at]);
        at = before[at];
    }
    found.reverse();
    found
}

fn spans(marks: &[Mark]) -> Vec<NameSpan> {
    let mut spans: Vec<NameSpan> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match (mark, spans.last_mut()) {
            (Mark::Begin(kind), _) => spans.push(NameSpan { words: at..at + 1, kind: *kind }),
            (Mark::Inside(_), Some(span)) => span.words.end = at + 1,
            (Mark::Inside(_) | Mark::Outside, _) => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<Mark> {
        text.split(' ').map(|mark| Mark::of_str(mark).expect("a mark")).collect()
    }

    /// For each word the marks that score 1 and 2.
    fn check(words: &[(&str, &str)], expected: &str) {
        let all = marks("O B-PER I-PER B-LOC I-LOC B-ORG I-ORG");
        let score = |mark: &Mark, word: &(&str, &str)| {
            let is = |text: &str| u8::from(Mark::of_str(text) == Some(*mark));
            f32::from(is(word.0) + 2 * is(word.1))
        };
        let scores: Vec<Vec<f32>> = words.iter().map(|word| all.iter().map(|mark| score(mark, word)).collect()).collect();
        assert_eq!(best_marks(&all, scores.iter().map(Vec::as_slice)), marks(expected));
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
        let found = spans(&marks("O B-PER I-PER B-PER B-OTHER I-OTHER I-OTHER O"));
        let expected = [(1..3, NameClass::Person), (3..4, NameClass::Person), (4..7, NameClass::Other)];
        assert_eq!(found, expected.map(|(words, kind)| NameSpan { words, kind }));
        assert_eq!(names(&marks("O B-PER I-PER"), std::iter::empty()), []);
    }
}

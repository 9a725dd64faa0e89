//! Which words play a part in an incident of violence, and does the sentence tell of one? Scores only; what they mean for the record is
//! decided where the record is made.

use std::ops::Range;

use sayso_types::{IncidentKind, Part};

use crate::matrix::{Matrix, greatest};
use crate::names::{Mark, spans};

/// So much less counts a mark outside any part: what is half as likely as none is found as well, with its score.
const LESS_OUTSIDE: f32 = 1.0;

/// What one sentence's words say of incidents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incidents {
    /// Words that play a part, in order, without overlap, each with how far its score stands above that of playing none, on average.
    pub parts: Vec<(Range<usize>, Part, f32)>,
    /// Of each kind of incident the word that says most that the sentence tells of one, and the log-odds that it does.
    pub kinds: Vec<(IncidentKind, usize, f32)>,
}

/// How the scores of incidents stand in a word's row.
#[derive(Clone, Debug)]
pub struct IncidentMarks {
    /// The marks of parts, in the order of their numbers.
    pub parts: Vec<Mark<Part>>,
    /// The kinds of incidents, in the order of their numbers.
    pub kinds: Vec<IncidentKind>,
}

impl IncidentMarks {
    /// How many scores a word has.
    pub fn len(&self) -> usize {
        self.parts.len() + self.kinds.len()
    }

    /// What a sentence's rows of scores say.
    pub fn incidents(&self, rows: &Matrix) -> Incidents {
        let each = || (0..rows.rows()).map(|word| &rows.row(word)[..self.parts.len()]);
        let number = |mark: Mark<Part>| self.parts.iter().position(|other| *other == mark).unwrap_or_default();
        let outside = number(Mark::Outside);
        let scored = |(words, part): (Range<usize>, Part)| {
            let mark = |word: usize| number(if word == words.start { Mark::Begin(part) } else { Mark::Inside(part) });
            let above: f32 = words.clone().map(|word| rows.row(word)[mark(word)] - rows.row(word)[outside]).sum();
            let score = above / words.len() as f32;
            (words, part, score)
        };
        let kind = |(at, kind): (usize, &IncidentKind)| {
            let column: Vec<f32> = (0..rows.rows()).map(|word| rows.row(word)[self.parts.len() + at]).collect();
            let word = greatest(&column);
            Some((*kind, word, *column.get(word)?))
        };
        Incidents {
            parts: spans(&self.parts, each(), LESS_OUTSIDE).into_iter().map(scored).collect(),
            kinds: self.kinds.iter().enumerate().filter_map(kind).collect(),
        }
    }
}

/// The part that is written so.
pub fn part(text: &str) -> Option<Part> {
    match text {
        "PERPETRATOR" => Some(Part::Perpetrator),
        "ORGANIZATION" => Some(Part::Organization),
        "VICTIM" => Some(Part::Victim),
        "TARGET" => Some(Part::Target),
        "WEAPON" => Some(Part::Weapon),
        _ => None,
    }
}

/// The kind of incident that is written so.
pub fn kind(text: &str) -> Option<IncidentKind> {
    match text {
        "attack" => Some(IncidentKind::Attack),
        "bombing" => Some(IncidentKind::Bombing),
        "kidnapping" => Some(IncidentKind::Kidnapping),
        "arson" => Some(IncidentKind::Arson),
        "robbery" => Some(IncidentKind::Robbery),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_kinds_are_read_from_rows() {
        let parts = ["O", "B-VICTIM", "I-VICTIM"].map(|mark| Mark::of_str(mark, part).expect("a mark"));
        let marks = IncidentMarks { parts: parts.to_vec(), kinds: vec![IncidentKind::Attack] };
        let rows = Matrix::of_values(marks.len(), vec![0.0, 3.0, 0.0, -1.0, 0.0, 0.0, 1.0, 2.0, 4.0, 0.0, 0.0, 0.5]);
        let found = marks.incidents(&rows);
        assert_eq!(found.parts, [(0..2, Part::Victim, 2.0)]);
        assert_eq!(found.kinds, [(IncidentKind::Attack, 1, 2.0)]);
        assert_eq!(marks.incidents(&Matrix::zeros(0, marks.len())), Incidents::default());
    }
}

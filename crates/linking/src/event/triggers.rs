//! Do two triggers mean the same? "quake" and "earthquake", "kill" and "murder": small vectors, learned, kept as data.

use sayso_types::WordMap;

use super::knowledge::{Table, TableError, fault, rows};

/// Triggers as vectors of length one.
#[derive(Clone, Debug, Default)]
pub(super) struct Triggers {
    rows: WordMap<u32>,
    width: usize,
    vectors: Vec<f32>,
}

impl Triggers {
    /// The vectors of a table: a lemma and its numbers, a letter each, all of one length.
    pub(super) fn load(table: Table<'_>) -> Result<Triggers, TableError> {
        let mut triggers = Triggers::default();
        for (at, (line, columns)) in rows(table).enumerate() {
            let [lemma, letters] = columns[..] else { return Err(fault(table, line, "expected `lemma` and `letters`")) };
            let vector: Vec<f32> = letters.bytes().filter_map(number).collect();
            if vector.len() != letters.len() || (at > 0 && vector.len() != triggers.width) {
                return Err(fault(table, line, "expected as many letters as in the first line, of `a`–`z`, `A`–`Z`, `0`–`9`, `+`"));
            }
            triggers.width = vector.len();
            let norm = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            triggers.vectors.extend(vector.iter().map(|v| v / norm));
            triggers.rows.insert(lemma, u32::try_from(at).map_err(|_| fault(table, line, "too many lines"))?);
        }
        Ok(triggers)
    }

    /// The row of a lemma.
    pub(super) fn row(&self, lemma: &str) -> Option<u32> {
        self.rows.get(lemma).copied()
    }

    /// The cosine of two rows.
    pub(super) fn likeness(&self, one: u32, other: u32) -> Option<f32> {
        let vector = |row: u32| self.vectors.get(row as usize * self.width..(row as usize + 1) * self.width);
        Some(vector(one)?.iter().zip(vector(other)?).map(|(a, b)| a * b).sum())
    }
}

/// The number that a letter stands for: from -31 (`a`) over 0 (`F`) to 31 (`+`).
fn number(letter: u8) -> Option<f32> {
    let place = match letter {
        b'a'..=b'z' => letter - b'a',
        b'A'..=b'Z' => letter - b'A' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => return None,
    };
    Some(f32::from(place) - 31.0)
}

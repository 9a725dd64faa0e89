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
    /// The vectors of a table: a lemma and its numbers, whole numbers with commas between, all of one length.
    pub(super) fn load(table: Table<'_>) -> Result<Triggers, TableError> {
        let mut triggers = Triggers::default();
        for (at, (line, columns)) in rows(table).enumerate() {
            let [lemma, numbers] = columns[..] else { return Err(fault(table, line, "expected `lemma` and `numbers`")) };
            let vector: Vec<f32> = numbers.split(',').filter_map(|n| n.parse().ok()).collect();
            if vector.len() != numbers.split(',').count() || (at > 0 && vector.len() != triggers.width) {
                return Err(fault(table, line, "expected as many whole numbers as in the first line"));
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

//! What of the rows that a linking wrote and closed must its log entry tell, so that any later change of them is seen?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::log::{hexadecimal, netstring, sha256};

/// How many rows have one hash: where a row was changed, so many are under suspicion.
pub(crate) const BLOCK: u64 = 64;

/// The rows of one table that one linking wrote and closed, by key.
#[derive(Default)]
pub(crate) struct RowsDigest {
    written: u64,
    block: Sha256,
    blocks: Vec<String>,
    /// The key of each block's first row.
    firsts: Vec<i64>,
    closed: Vec<i64>,
}

/// What the log tells of these rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RowsTold {
    /// How many were written.
    written: u64,
    /// SHA-256 of each 64 of them, in the order of their keys: the key and every column, each as a netstring.
    sha256: Vec<String>,
    /// How many were closed.
    closed: u64,
    /// SHA-256 over the keys of these, in their order, each ended by a line feed.
    closed_sha256: String,
}

/// How the rows that there are differ from those that the log tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Differs {
    /// So many were written, and so many are there.
    Number(u64, u64),
    /// One of so many rows, from that of this key on, is another.
    Rows { first: i64, rows: u64 },
    /// Others were closed.
    Closed,
}

impl RowsDigest {
    /// A row was written: its key, which is above those before it, and its columns.
    pub(crate) fn write<'c, C: AsRef<[u8]> + ?Sized + 'c>(&mut self, key: i64, columns: impl IntoIterator<Item = &'c C>) {
        if self.written.is_multiple_of(BLOCK) {
            self.end_block();
            self.firsts.push(key);
        }
        netstring(&mut self.block, key.to_string().as_bytes());
        columns.into_iter().for_each(|column| netstring(&mut self.block, column.as_ref()));
        self.written += 1;
    }

    /// A row was closed.
    pub(crate) fn close(&mut self, key: i64) {
        self.closed.push(key);
    }

    fn end_block(&mut self) {
        if self.firsts.len() > self.blocks.len() {
            self.blocks.push(hexadecimal(&std::mem::take(&mut self.block).finalize()));
        }
    }

    /// What the log tells of them.
    pub(crate) fn told(mut self) -> RowsTold {
        self.end_block();
        self.closed.sort_unstable();
        let keys: String = self.closed.iter().flat_map(|key| [key.to_string(), "\n".to_owned()]).collect();
        RowsTold { written: self.written, sha256: self.blocks, closed: self.closed.len() as u64, closed_sha256: sha256(keys) }
    }

    /// How they differ from what the log tells.
    pub(crate) fn against(self, told: &RowsTold) -> Vec<Differs> {
        let firsts = self.firsts.clone();
        let found = self.told();
        let mut differs = Vec::new();
        if found.written != told.written {
            differs.push(Differs::Number(told.written, found.written));
        } else {
            let blocks = firsts.into_iter().zip(found.sha256.iter().zip(&told.sha256)).enumerate();
            let changed = blocks.filter(|(_, (_, (found, told)))| found != told);
            differs.extend(changed.map(|(at, (first, _))| Differs::Rows { first, rows: BLOCK.min(told.written - at as u64 * BLOCK) }));
        }
        if (found.closed, &found.closed_sha256) != (told.closed, &told.closed_sha256) {
            differs.push(Differs::Closed);
        }
        differs
    }
}

impl RowsTold {
    /// What the log entry of a linking tells of a table's rows; `None` where it was written before linkings told of them.
    pub(crate) fn of_entry(entry: &serde_json::Value) -> Option<BTreeMap<String, RowsTold>> {
        entry.get("rows").map(|rows| serde_json::from_value(rows.clone()).unwrap_or_default())
    }
}

/// A number as it is hashed: in the fewest digits that tell it from all others.
pub(crate) fn number(number: f64) -> String {
    format!("{number:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(rows: u64, changed: Option<u64>, closed: &[i64]) -> RowsDigest {
        let mut digest = RowsDigest::default();
        (0..rows).for_each(|row| digest.write(row as i64 + 1, [if Some(row) == changed { "other" } else { "same" }, ""]));
        closed.iter().for_each(|key| digest.close(*key));
        digest
    }

    #[test]
    fn what_differs_is_told_to_the_block() {
        let told = digest(130, None, &[3, 1]).told();
        assert_eq!((told.sha256.len(), told.closed), (3, 2));
        for (found, expected) in [
            (digest(130, None, &[1, 3]), vec![]),
            (digest(130, Some(70), &[1, 3]), vec![Differs::Rows { first: 65, rows: 64 }]),
            (digest(130, Some(129), &[1, 3]), vec![Differs::Rows { first: 129, rows: 2 }]),
            (digest(129, None, &[1, 3]), vec![Differs::Number(130, 129)]),
            (digest(130, None, &[1, 4]), vec![Differs::Closed]),
            (digest(130, None, &[1]), vec![Differs::Closed]),
        ] {
            assert_eq!(found.against(&told), expected);
        }
        assert_eq!(digest(0, None, &[]).told().sha256, Vec::<String>::new());
    }
}

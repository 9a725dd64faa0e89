//! What was done to the record, when and by whom? A chain: each entry's hash covers the one before it, so that none can be changed,
//! left out or put in unseen.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What an entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// A run began.
    RunBegun,
    /// Documents were read.
    Documents,
    /// A run ended.
    RunFinished,
    /// A person decided.
    Decided,
    /// A decision was taken back.
    Undone,
    /// A decision was made to hold again.
    Redone,
    /// What had changed was linked.
    Linked,
    /// The record was frozen under a name.
    Released,
    /// Data of others were laid beside the record, or removed.
    Imported,
}

impl Deed {
    /// All of them.
    pub const ALL: [Deed; 9] = {
        use Deed::{Decided, Documents, Imported, Linked, Redone, Released, RunBegun, RunFinished, Undone};
        [RunBegun, Documents, RunFinished, Decided, Undone, Redone, Linked, Released, Imported]
    };

    /// The deed of a code.
    pub fn of_str(code: &str) -> Option<Deed> {
        Deed::ALL.into_iter().find(|deed| deed.as_str() == code)
    }

    /// The code as the log writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Deed::RunBegun => "run begun",
            Deed::Documents => "documents",
            Deed::RunFinished => "run finished",
            Deed::Decided => "decided",
            Deed::Undone => "undone",
            Deed::Redone => "redone",
            Deed::Linked => "linked",
            Deed::Released => "released",
            Deed::Imported => "imported",
        }
    }
}

/// One change to the record in its making. It begins and ends in one transaction; what is written in between holds from its
/// [`Change::key`] on.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The key that its entry will have.
    key: i64,
    /// When it is made, never before the change before it.
    at: String,
    /// The hash of the entry before it; empty for the first one.
    former: String,
}

impl Change {
    /// The change that is made now; nothing is written yet, and it may be dropped.
    pub(crate) fn begin(connection: &Connection, now: &str) -> rusqlite::Result<Change> {
        let last = connection
            .prepare_cached("SELECT key, at, sha256 FROM log ORDER BY key DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get(2)?)))
            .optional()?;
        Ok(match last {
            None => Change { key: 1, at: now.to_owned(), former: String::new() },
            Some((key, at, former)) => Change { key: key + 1, at: if at.as_str() > now { at } else { now.to_owned() }, former },
        })
    }

    pub(crate) fn key(&self) -> i64 {
        self.key
    }

    pub(crate) fn at(&self) -> &str {
        &self.at
    }

    /// Writes its entry.
    pub(crate) fn end(self, connection: &Connection, who: &str, deed: Deed, entry: &impl Serialize) -> rusqlite::Result<()> {
        let entry = serde_json::to_string(entry).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let sha256 = chained(&self.former, &self.at, who, deed.as_str(), &entry);
        connection
            .prepare_cached("INSERT INTO log (key, at, who, what, entry, sha256) VALUES (:key, :at, :who, :what, :entry, :sha256)")?
            .execute(named_params! {
                ":key": self.key, ":at": self.at, ":who": who, ":what": deed.as_str(), ":entry": entry, ":sha256": sha256,
            })?;
        Ok(())
    }
}

/// The hash of an entry: SHA-256 over the hash before it, its time, author, deed and contents, each as a netstring
/// (`5:sayso,`), so that no two entries read alike.
pub(crate) fn chained(former: &str, at: &str, who: &str, what: &str, entry: &str) -> String {
    let mut hash = Sha256::new();
    for part in [former, at, who, what, entry] {
        netstring(&mut hash, part.as_bytes());
    }
    hexadecimal(&hash.finalize())
}

/// Adds a text to a hash as a netstring (`5:sayso,`): where it ends and the next begins is part of what is hashed.
pub(crate) fn netstring(hash: &mut Sha256, part: &[u8]) {
    hash.update(part.len().to_string());
    hash.update(":");
    hash.update(part);
    hash.update(",");
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hexadecimal(&Sha256::digest(bytes.as_ref()))
}

/// The SHA-256 of several hashes one after another.
pub(crate) fn sha256_of_all<'a>(hashes: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    hashes.into_iter().for_each(|part| hash.update(part));
    hexadecimal(&hash.finalize())
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_entry_is_that_of_its_netstrings() {
        let expected = sha256("0:,20:2017-09-01T08:00:00Z,11:sayso 0.1.0,9:documents,2:{},");
        assert_eq!(chained("", "2017-09-01T08:00:00Z", "sayso 0.1.0", "documents", "{}"), expected);
        assert_ne!(chained("", "a", "b", "", ""), chained("", "ab", "", "", ""), "where one ends and the next begins is told");
    }
}

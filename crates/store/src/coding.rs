//! How are the statements of one reading written, so that the former ones stay known and what people decided holds on?

use rusqlite::{Connection, OptionalExtension, named_params, params};
use sayso_types::record::StatementRecord;
use serde::Serialize;

use crate::error::Fault;
use crate::log::{Change, sha256, sha256_of_all};
use crate::review::{DecidedRow, Restated};
use crate::written::{self, WrittenRow};
use crate::{anchor, review};

/// The statements of one reading of one document, in the order of its text.
pub(crate) struct Coding<'a> {
    statements: Vec<Coded<'a>>,
    sha256: String,
}

struct Coded<'a> {
    record: &'a StatementRecord,
    json: String,
    sha256: String,
}

/// What the log tells of a coding that was written.
#[derive(Serialize)]
pub(crate) struct CodingEntry<'a> {
    /// `codings.key`.
    coding: i64,
    /// SHA-256 of each statement's JSON.
    statements: Vec<&'a str>,
    /// Rows that take the place of those that people had decided on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decided: Vec<Restated>,
    /// What people wrote of a former text, and this one says as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    written: Vec<WrittenRow>,
    /// Rows of `statements` that hold no longer, or never did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    closed: Vec<i64>,
}

impl CodingEntry<'_> {
    /// How many statements were written.
    pub(crate) fn written(&self) -> u64 {
        self.statements.len() as u64
    }
}

/// Which text is coded.
#[derive(Clone, Copy)]
pub(crate) struct TextRow<'t> {
    /// `documents.document`.
    pub(crate) document: i64,
    pub(crate) superseded: Option<i64>,
    /// In which run.
    pub(crate) run: Option<i64>,
    /// Its words.
    pub(crate) text: &'t str,
}

/// What becomes of a statement of a new coding.
enum Place<'r> {
    /// It stands as it was coded.
    AsCoded,
    /// It takes over what was decided of a former row.
    Decided(&'r DecidedRow),
    /// It is kept beside a former row, which stands on: it reads otherwise than what was decided on.
    Behind,
}

impl Place<'_> {
    /// Whether another row holds in its place from the beginning.
    fn is_replaced(&self) -> bool {
        match self {
            Place::AsCoded => false,
            Place::Decided(row) => row.is_decided(),
            Place::Behind => true,
        }
    }
}

impl<'a> Coding<'a> {
    pub(crate) fn of(statements: &'a [StatementRecord]) -> Result<Coding<'a>, serde_json::Error> {
        let coded = |record| {
            let json = serde_json::to_string(record)?;
            Ok(Coded { record, sha256: sha256(&json), json })
        };
        let statements = statements.iter().map(coded).collect::<Result<Vec<_>, serde_json::Error>>()?;
        let sha256 = sha256_of_all(statements.iter().map(|statement| statement.sha256.as_str()));
        Ok(Coding { statements, sha256 })
    }

    /// Whether a document's last coding is just this one.
    pub(crate) fn stands(&self, connection: &Connection, document: i64) -> rusqlite::Result<bool> {
        let last: Option<String> = connection
            .prepare_cached("SELECT sha256 FROM codings WHERE document = ?1 ORDER BY key DESC LIMIT 1")?
            .query_row([document], |row| row.get(0))
            .optional()?;
        Ok(last.is_some_and(|last| last == self.sha256))
    }

    /// Writes it as the first coding of a text; what was decided of the statements of a `former` text holds for those whose words
    /// stand in this one too.
    pub(crate) fn enter(
        &self,
        connection: &Connection,
        change: &Change,
        text: TextRow<'_>,
        former: Option<i64>,
    ) -> Result<CodingEntry<'_>, Fault> {
        let decided = former.map_or_else(|| Ok(Vec::new()), |former| review::reviewed_of(connection, former))?;
        let mut places = self.places();
        let mut written = Vec::new();
        for row in decided.iter().filter(|row| row.is_written()) {
            if let Some(moved) = row.moved(text.text) {
                self.put_behind(&mut places, &moved);
                written.push((row, self.numbered(moved)));
            }
        }
        for row in decided.iter().filter(|row| row.is_decided() && !row.is_written()) {
            let found = anchor::in_another_text(row.base(), self.records());
            let free = found.filter(|&found| matches!(places[found], Place::AsCoded));
            if let Some(found) = free.filter(|&found| row.applies_to(self.statements[found].record)) {
                places[found] = Place::Decided(row);
            }
        }
        let mut entry = self.insert(connection, change, text, &places, Vec::new())?;
        for (row, moved) in written {
            let base = written::insert(connection, change, text.document, &moved)?;
            entry.decided.extend(row.carry(connection, change, base.row)?);
            entry.written.push(base);
        }
        Ok(entry)
    }

    /// Writes it as the next coding of a text.
    pub(crate) fn renew(&self, connection: &Connection, change: &Change, text: TextRow<'_>) -> Result<CodingEntry<'_>, Fault> {
        let reviewed = review::reviewed_of(connection, text.document)?;
        let mut places = self.places();
        let mut stay = Vec::new();
        for row in reviewed.iter().filter(|row| row.is_written()) {
            stay.push(row.key());
            self.put_behind(&mut places, row.base());
        }
        for row in reviewed.iter().filter(|row| !row.is_written()) {
            let found = anchor::in_the_same_text(row.base(), self.records()).filter(|&found| matches!(places[found], Place::AsCoded));
            match found {
                Some(found) if row.applies_to(self.statements[found].record) => places[found] = Place::Decided(row),
                Some(found) => {
                    places[found] = Place::Behind;
                    stay.push(row.key());
                }
                None if row.is_decided() => stay.push(row.key()),
                None => {}
            }
        }
        let mut close = connection.prepare_cached(
            "UPDATE statements SET until = ?2 WHERE document = ?1 AND until IS NULL AND key NOT IN (SELECT value FROM json_each(?3))
             RETURNING key",
        )?;
        let closed = close
            .query_map(params![text.document, change.key(), serde_json::json!(stay).to_string()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.insert(connection, change, text, &places, closed)
    }

    /// Puts the statement that is the very same as one that a person wrote behind it, so that it is not counted twice.
    fn put_behind(&self, places: &mut [Place<'_>], written: &StatementRecord) {
        let twin = self.records().zip(places).find(|(coded, place)| matches!(place, Place::AsCoded) && anchor::very_same(coded, written));
        if let Some((_, place)) = twin {
            *place = Place::Behind;
        }
    }

    /// What a person wrote, with its sentence's number as this coding counts, where it codes anything of that sentence.
    fn numbered(&self, mut written: StatementRecord) -> StatementRecord {
        let trigger = &written.evidence.trigger;
        let around = |coded: &&StatementRecord| {
            let words = &coded.evidence.words;
            words.start <= trigger.start && trigger.end <= words.end
        };
        if let Some(coded) = self.records().find(around) {
            written.evidence.sentence = coded.evidence.sentence;
        }
        written
    }

    fn places<'r>(&self) -> Vec<Place<'r>> {
        self.statements.iter().map(|_| Place::AsCoded).collect()
    }

    fn records(&self) -> impl Iterator<Item = &StatementRecord> + Clone {
        self.statements.iter().map(|statement| statement.record)
    }

    fn insert(
        &self,
        connection: &Connection,
        change: &Change,
        text: TextRow<'_>,
        places: &[Place<'_>],
        mut closed: Vec<i64>,
    ) -> Result<CodingEntry<'_>, Fault> {
        connection
            .prepare_cached("INSERT INTO codings (document, since, run, statements, sha256) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![text.document, change.key(), text.run, self.statements.len(), self.sha256])?;
        let coding = connection.last_insert_rowid();
        let mut insert = connection.prepare_cached(
            "INSERT INTO statements (document, position, coding, since, until, superseded, record)
             VALUES (:document, :position, :coding, :since, :until, :superseded, :record)",
        )?;
        let mut decided = Vec::new();
        for ((position, statement), place) in self.statements.iter().enumerate().zip(places) {
            insert.execute(named_params! {
                ":document": text.document, ":position": position, ":coding": coding, ":since": change.key(),
                ":until": place.is_replaced().then_some(change.key()),
                ":superseded": text.superseded, ":record": statement.json,
            })?;
            let key = connection.last_insert_rowid();
            if place.is_replaced() {
                closed.push(key);
            }
            if let Place::Decided(row) = place {
                decided.extend(row.carry(connection, change, key)?);
            }
        }
        let statements = self.statements.iter().map(|statement| statement.sha256.as_str()).collect();
        Ok(CodingEntry { coding, statements, decided, written: Vec::new(), closed })
    }
}

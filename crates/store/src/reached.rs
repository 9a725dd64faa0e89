//! How far was each file read, so that an interrupted reading goes on where it was, and what of it could not be read?

use rusqlite::{Connection, Params, params};

use crate::add::Incoming;
use crate::error::Fault;
use crate::{Added, Error, Record, RunId};

/// One reading of a file with one setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputId(i64);

/// How far a file has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputReached {
    /// The reading that goes on; `None` for one that begins.
    pub id: Option<InputId>,
    /// The file's path from the root.
    pub name: String,
    /// What tells it from another file of the same path.
    pub identity: String,
    /// What it is read with; another setting is another reading.
    pub settings: String,
    /// Records, rows or lines that lie behind.
    pub number: u64,
    /// The byte where reading can set in.
    pub offset: u64,
    /// Records, rows or lines from that byte on that lie behind too.
    pub within: u64,
    /// Reports, and inputs that could not be read, that lie behind.
    pub items: u64,
}

/// An input that could not be read, to be kept with how far its file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedInput {
    /// Which: a file, or a file and a place in it.
    pub input: String,
    /// That place, as `input` ends with it; empty for a whole file.
    pub place: String,
    /// The kind of fault, as a code.
    pub kind: String,
    /// Why it could not be read, and what to do.
    pub reason: String,
    /// Its file, by its place in [`ReadBatch::inputs`]; `None` where it came from no file that could be opened.
    pub of: Option<usize>,
}

/// What was read together: it is kept whole or not at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadBatch<'a> {
    /// The documents.
    pub documents: &'a [Incoming<'a>],
    /// What could not be read.
    pub failures: &'a [FailedInput],
    /// How far each file of these is read with them.
    pub inputs: &'a [InputReached],
}

impl Record {
    /// Keeps what was read together, as [`Record::add_from`] does, and in the same transaction what of it could not be read, of the
    /// running run, and how far its files are read. Gives the readings in the order of [`ReadBatch::inputs`].
    pub fn add_read(&mut self, batch: ReadBatch<'_>) -> Result<(Added, Vec<InputId>), Error> {
        let run = self.run.as_ref().map(|run| run.key);
        self.add_with(batch.documents, |connection| {
            let ids = batch.inputs.iter().map(|input| reach(connection, input)).collect::<rusqlite::Result<Vec<_>>>()?;
            for failure in batch.failures {
                let run = run.ok_or_else(|| Fault::invalid("what cannot be read belongs to a run, and none has begun".to_owned()))?;
                keep_failure(connection, run, failure, failure.of.and_then(|of| ids.get(of)).copied())?;
            }
            Ok(ids)
        })
    }

    /// How far every file was read with a setting: of each path the last reading.
    pub fn inputs_reached(&self, settings: &str) -> Result<Vec<InputReached>, Error> {
        let sql = "SELECT key, name, identity, settings, number, offset, within, items FROM inputs AS one
                   WHERE key = (SELECT max(key) FROM inputs WHERE name = one.name) AND settings = ?1 ORDER BY key";
        let ask = || {
            let mut query = self.connection.prepare_cached(sql)?;
            let reached = query.query_map([settings], |row| {
                Ok(InputReached {
                    id: Some(InputId(row.get(0)?)),
                    name: row.get(1)?,
                    identity: row.get(2)?,
                    settings: row.get(3)?,
                    number: row.get(4)?,
                    offset: row.get(5)?,
                    within: row.get(6)?,
                    items: row.get(7)?,
                })
            })?;
            reached.collect::<rusqlite::Result<Vec<_>>>()
        };
        ask().map_err(|error| self.error(error))
    }

    /// What could not be read in a run, and of some readings also what could not in the runs before that they went on from.
    pub fn failures_of(&self, run: RunId, inputs: &[InputId]) -> Result<Vec<FailedInput>, Error> {
        let ask_all = || {
            let mut all = Vec::new();
            for input in inputs {
                all.extend(failures(&self.connection, "of_input = ?1 AND run < ?2", params![input.0, run.number()])?);
            }
            all.extend(failures(&self.connection, "run = ?1", params![run.number()])?);
            Ok(all)
        };
        ask_all().map_err(|error| self.error(error))
    }
}

fn failures(connection: &Connection, condition: &str, parameters: impl Params) -> rusqlite::Result<Vec<FailedInput>> {
    let sql = format!("SELECT input, place, kind, reason FROM failures WHERE {condition} ORDER BY rowid");
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map(parameters, |row| {
        Ok(FailedInput { input: row.get(0)?, place: row.get(1)?, kind: row.get(2)?, reason: row.get(3)?, of: None })
    })?;
    rows.collect()
}

/// Notes how far a file is read.
fn reach(connection: &Connection, input: &InputReached) -> rusqlite::Result<InputId> {
    let InputReached { id, name, identity, settings, number, offset, within, items } = input;
    if let Some(InputId(key)) = id {
        let sql = "UPDATE inputs SET number = ?2, offset = ?3, within = ?4, items = ?5 WHERE key = ?1";
        connection.prepare_cached(sql)?.execute(params![key, number, offset, within, items])?;
        return Ok(InputId(*key));
    }
    let sql = "INSERT INTO inputs (name, identity, settings, number, offset, within, items) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(params![name, identity, settings, number, offset, within, items])?;
    Ok(InputId(connection.last_insert_rowid()))
}

fn keep_failure(connection: &Connection, run: i64, failure: &FailedInput, of: Option<InputId>) -> rusqlite::Result<()> {
    let FailedInput { input, place, kind, reason, .. } = failure;
    let sql = "INSERT INTO failures (run, input, place, kind, reason, of_input) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![run, input, place, kind, reason, of.map(|of| of.0)])?;
    Ok(())
}

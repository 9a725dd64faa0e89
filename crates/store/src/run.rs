//! When was something read into the record, by which program, from what, and what could not be read?

use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::json;

use crate::ask::Json;
use crate::{Added, Error, Record};

/// Which run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(i64);

/// One time that something was read into the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// RFC 3339: when it began.
    pub started: String,
    /// RFC 3339: when it ended; `None` if it was broken off or still runs.
    pub finished: Option<String>,
    /// The program and its version.
    pub program: String,
    /// The inputs as named.
    pub inputs: Vec<String>,
    /// What it did to the record, as far as it was finished.
    pub added: Added,
    /// What it could not read.
    pub failures: Vec<Failure>,
}

/// An input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which: a file, or a file and a line.
    pub input: String,
    /// Why not.
    pub reason: String,
}

impl Record {
    /// Notes that a run begins, now.
    pub fn begin_run(&mut self, program: &str, inputs: &[String]) -> Result<RunId, Error> {
        self.connection
            .execute(
                "INSERT INTO runs (started, program, inputs) VALUES (?1, ?2, ?3)",
                params![self.now, program, json!(inputs).to_string()],
            )
            .map_err(|error| self.error(error))?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// Notes that a run has ended at `finished` (RFC 3339), what it did and what it could not read.
    pub fn finish_run(&mut self, run: RunId, finished: &str, added: Added, failures: &[Failure]) -> Result<(), Error> {
        let counts = json!({
            "new": added.new, "new_versions": added.new_versions, "replaced": added.replaced, "unchanged": added.unchanged,
            "statements": added.statements,
        });
        let mut note = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let sql = "UPDATE runs SET finished = ?2, counts = ?3 WHERE key = ?1";
            transaction.execute(sql, params![run.0, finished, counts.to_string()])?;
            for failure in failures {
                let sql = "INSERT INTO failures (run, input, reason) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute(params![run.0, failure.input, failure.reason])?;
            }
            transaction.commit()
        };
        note().map_err(|error| Error::of_database(&self.path, error))
    }

    /// All runs, last one first.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        runs(&self.connection).map_err(|error| self.error(error))
    }
}

fn runs(connection: &Connection) -> rusqlite::Result<Vec<Run>> {
    let sql = "SELECT key, started, finished, program, inputs, counts FROM runs ORDER BY key DESC";
    let mut query = connection.prepare_cached(sql)?;
    let runs = query.query_map([], |row| {
        let id = RunId(row.get(0)?);
        Ok(Run {
            id,
            started: row.get(1)?,
            finished: row.get(2)?,
            program: row.get(3)?,
            inputs: row.get::<_, Json<_>>(4)?.0,
            added: row.get::<_, Option<Json<serde_json::Value>>>(5)?.map_or_else(Added::default, |counts| added(&counts.0)),
            failures: failures(connection, id)?,
        })
    })?;
    runs.collect()
}

fn added(counts: &serde_json::Value) -> Added {
    let count = |name: &str| counts[name].as_u64().unwrap_or_default();
    Added {
        new: count("new"),
        new_versions: count("new_versions"),
        replaced: count("replaced"),
        unchanged: count("unchanged"),
        statements: count("statements"),
    }
}

fn failures(connection: &Connection, run: RunId) -> rusqlite::Result<Vec<Failure>> {
    let mut query = connection.prepare_cached("SELECT input, reason FROM failures WHERE run = ?1 ORDER BY rowid")?;
    query.query_map([run.0], |row| Ok(Failure { input: row.get(0)?, reason: row.get(1)? }))?.collect()
}

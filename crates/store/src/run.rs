//! When was something read into the record, by which program, from what, and what could not be read?

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::{Value, json};

use crate::ask::Json;
use crate::log::{Change, Deed};
use crate::record::Running;
use crate::{Added, Error, Record};

/// Which run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(i64);

impl RunId {
    /// Its number.
    pub fn number(self) -> i64 {
        self.0
    }
}

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
    /// What it was read with, beside the program: rules, models, registry, each with its version.
    pub versions: BTreeMap<String, String>,
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
    ///
    /// What is added until it ends is said to have been read in it. `versions` names what it reads with, beside the program:
    /// rules, models, registry.
    pub fn begin_run(&mut self, program: &str, inputs: &[String], versions: &BTreeMap<String, String>) -> Result<RunId, Error> {
        self.writable()?;
        let mut note = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let change = Change::begin(&transaction, &self.now)?;
            transaction.execute(
                "INSERT INTO runs (started, program, inputs, versions) VALUES (?1, ?2, ?3, ?4)",
                params![change.at(), program, json!(inputs).to_string(), json!(versions).to_string()],
            )?;
            let key = transaction.last_insert_rowid();
            let (who, entry) = begun(&transaction, key)?;
            change.end(&transaction, &who, Deed::RunBegun, &entry)?;
            transaction.commit()?;
            Ok(key)
        };
        let key = note().map_err(|error| Error::of_database(&self.path, error))?;
        self.run = Some(Running { key, program: program.to_owned() });
        Ok(RunId(key))
    }

    /// Notes that a run has ended at `finished` (RFC 3339), what it did, and what it could not read beside what was kept with what
    /// was read ([`Record::add_read`]).
    pub fn finish_run(&mut self, run: RunId, finished: &str, added: Added, failures: &[Failure]) -> Result<(), Error> {
        let counts = json!({
            "new": added.new, "new_versions": added.new_versions, "replaced": added.replaced, "unchanged": added.unchanged,
            "statements": added.statements, "done_before": added.done_before,
        });
        self.writable()?;
        let mut note = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let change = Change::begin(&transaction, finished)?;
            let sql = "UPDATE runs SET finished = ?2, counts = ?3 WHERE key = ?1";
            transaction.execute(sql, params![run.0, finished, counts.to_string()])?;
            for failure in failures {
                let sql = "INSERT INTO failures (run, input, reason) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute(params![run.0, failure.input, failure.reason])?;
            }
            let (who, entry) = self::finished(&transaction, run.0)?;
            change.end(&transaction, &who, Deed::RunFinished, &entry)?;
            transaction.commit()
        };
        note().map_err(|error| Error::of_database(&self.path, error))?;
        self.run = None;
        Ok(())
    }

    /// How many documents were written after an entry of the log.
    pub fn documents_after(&self, entry: i64) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM documents INDEXED BY documents_by_since WHERE since > ?1";
        let ask = || self.connection.prepare_cached(&self.narrowed.of(sql))?.query_row([entry], |row| row.get(0));
        ask().map_err(|error| self.error(error))
    }

    /// All runs, last one first.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        runs(&self.connection).map_err(|error| self.error(error))
    }
}

fn runs(connection: &Connection) -> rusqlite::Result<Vec<Run>> {
    let sql = "SELECT key, started, finished, program, inputs, counts, versions FROM runs ORDER BY key DESC";
    let mut query = connection.prepare_cached(sql)?;
    let runs = query.query_map([], |row| {
        let id = RunId(row.get(0)?);
        Ok(Run {
            id,
            started: row.get(1)?,
            finished: row.get(2)?,
            program: row.get(3)?,
            inputs: row.get::<_, Json<_>>(4)?.0,
            added: row.get::<_, Option<Json<Value>>>(5)?.map_or_else(Added::default, |counts| added(&counts.0)),
            failures: failures(connection, id)?,
            versions: row.get::<_, Json<_>>(6)?.0,
        })
    })?;
    runs.collect()
}

fn added(counts: &Value) -> Added {
    let count = |name: &str| counts[name].as_u64().unwrap_or_default();
    Added {
        new: count("new"),
        new_versions: count("new_versions"),
        replaced: count("replaced"),
        unchanged: count("unchanged"),
        statements: count("statements"),
        done_before: count("done_before"),
    }
}

/// The program of a run, and what the log tells of its beginning.
pub(crate) fn begun(connection: &Connection, run: i64) -> rusqlite::Result<(String, Value)> {
    let sql = "SELECT program, inputs, versions FROM runs WHERE key = ?1";
    connection.query_row(sql, [run], |row| {
        let program: String = row.get(0)?;
        let (inputs, versions): (Json<Value>, Json<Value>) = (row.get(1)?, row.get(2)?);
        Ok((program.clone(), json!({ "run": run, "program": program, "inputs": inputs.0, "versions": versions.0 })))
    })
}

/// The program of a run, and what the log tells of its end.
pub(crate) fn finished(connection: &Connection, run: i64) -> rusqlite::Result<(String, Value)> {
    let sql = "SELECT program, counts FROM runs WHERE key = ?1";
    let (program, counts) =
        connection.query_row(sql, [run], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<Json<Value>>>(1)?)))?;
    let failures: Vec<Value> =
        failures(connection, RunId(run))?.into_iter().map(|failure| json!({ "input": failure.input, "reason": failure.reason })).collect();
    Ok((program, json!({ "run": run, "counts": counts.map(|counts| counts.0), "failures": failures })))
}

fn failures(connection: &Connection, run: RunId) -> rusqlite::Result<Vec<Failure>> {
    let mut query = connection.prepare_cached("SELECT input, reason FROM failures WHERE run = ?1 ORDER BY rowid")?;
    query.query_map([run.0], |row| Ok(Failure { input: row.get(0)?, reason: row.get(1)? }))?.collect()
}

//! Which versions of the record were frozen under a name, and what exactly was in them?

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::ask::Json;
use crate::clause::of_statements;
use crate::error::Fault;
use crate::log::{Change, Deed, hexadecimal};
use crate::moment::View;
use crate::{Error, ErrorKind, Filter, Record};

/// What a release holds: enough to tell whether another copy is the same to the last byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Documents, each in its latest text.
    pub documents: u64,
    /// Statements of these that were not rejected.
    pub statements: u64,
    /// Decisions that hold.
    pub decisions: u64,
    /// Events, relations and series; 0 in a release that was made before there were any.
    #[serde(default)]
    pub groups: u64,
    /// Statements in these.
    #[serde(default)]
    pub members: u64,
    /// SHA-256 over the JSON lines of the documents, in the order of reading, each ended by a line feed.
    pub documents_sha256: String,
    /// SHA-256 over the JSON lines of the statements, in the order of `sayso statements`, each ended by a line feed.
    pub statements_sha256: String,
    /// SHA-256 over the JSON lines of the groups, by id, each ended by a line feed; empty in a release that was made before there were any.
    #[serde(default)]
    pub groups_sha256: String,
    /// SHA-256 over a JSON line for each statement of a group: `["e-…","5d1c…","8a90…",0.73]` is the group's id, the statement's, that of
    /// the statement that it is like, and how surely (null where a person decided). By group and in the order of reading.
    #[serde(default)]
    pub members_sha256: String,
    /// The hash of the log's last entry before the release.
    pub log_sha256: String,
    /// Of program, rules, models and registry, as the caller knows them.
    pub versions: BTreeMap<String, String>,
}

/// A version of the record that was frozen under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// When it was made, in RFC 3339.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why; empty where nobody said.
    pub why: String,
    /// What it holds.
    pub manifest: Manifest,
}

impl Record {
    /// Freezes the record as it stands under a name: it can be asked for, compared and checked by it for ever.
    ///
    /// Fails with [`ErrorKind::Invalid`] for an empty name or one that there is.
    pub fn release(&mut self, name: &str, who: &str, why: &str, versions: &BTreeMap<String, String>) -> Result<Release, Error> {
        self.writable()?;
        if name.trim().is_empty() {
            return Err(Error::new(ErrorKind::Invalid, &self.path, "a release needs a name"));
        }
        let mut freeze = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let change = Change::begin(&transaction, &self.now)?;
            let taken = transaction.query_row("SELECT 1 FROM releases WHERE name = ?1", [name], |_| Ok(())).optional()?;
            if taken.is_some() {
                return Err(Fault::invalid(format!("there is a release `{name}`; a release is never changed, so choose another name")));
            }
            let manifest = manifest(&transaction, versions)?;
            let json = serde_json::to_string(&manifest).map_err(Fault::unwritable)?;
            transaction.execute("INSERT INTO releases (name, log, manifest) VALUES (?1, ?2, ?3)", params![name, change.key(), json])?;
            let release = Release { name: name.to_owned(), at: change.at().to_owned(), who: who.to_owned(), why: why.to_owned(), manifest };
            change.end(&transaction, who, Deed::Released, &json!({ "name": name, "why": why, "manifest": release.manifest }))?;
            transaction.commit()?;
            Ok(release)
        };
        freeze().map_err(|fault: Fault| fault.at(&self.path))
    }

    /// All releases, first one first.
    pub fn releases(&self) -> Result<Vec<Release>, Error> {
        let made = match self.view {
            View::Now => i64::MAX,
            View::After(key) => key,
        };
        let ask = || {
            let mut query = self.connection.prepare_cached(
                "SELECT r.name, l.at, l.who, l.entry ->> '$.why', r.manifest FROM releases AS r JOIN log AS l ON l.key = r.log
                 WHERE r.log <= ?1 ORDER BY r.log",
            )?;
            let releases = query.query_map([made], |row| {
                Ok(Release {
                    name: row.get(0)?,
                    at: row.get(1)?,
                    who: row.get(2)?,
                    why: row.get(3)?,
                    manifest: row.get::<_, Json<_>>(4)?.0,
                })
            })?;
            releases.collect::<rusqlite::Result<Vec<_>>>()
        };
        ask().map_err(|error| self.error(error))
    }
}

/// What the record holds now.
fn manifest(connection: &Connection, versions: &BTreeMap<String, String>) -> Result<Manifest, Fault> {
    let documents = "SELECT record FROM documents WHERE until IS NULL AND superseded IS NULL ORDER BY document";
    let statements = format!(
        "SELECT s.record FROM statements AS s WHERE {} ORDER BY s.document, s.position, s.key",
        of_statements(&Filter::default(), View::Now).sql()
    );
    let groups = "SELECT record FROM groups WHERE until IS NULL ORDER BY id";
    let members = "SELECT json_array(m.group_id, s.id, j.id, m.score) FROM members AS m JOIN statements AS s ON s.key = m.statement
                   LEFT JOIN statements AS j ON j.key = m.joined_to WHERE m.until IS NULL ORDER BY m.group_id, m.statement";
    let (groups, groups_sha256) = lines(connection, groups)?;
    let (members, members_sha256) = lines(connection, members)?;
    let (documents, documents_sha256) = lines(connection, documents)?;
    let (statements, statements_sha256) = lines(connection, &statements)?;
    let decisions = connection.query_row("SELECT count(*) FROM decision_states WHERE until IS NULL", [], |row| row.get(0))?;
    let log: Option<String> = connection.query_row("SELECT sha256 FROM log ORDER BY key DESC LIMIT 1", [], |row| row.get(0)).optional()?;
    Ok(Manifest {
        documents,
        statements,
        decisions,
        groups,
        members,
        documents_sha256,
        statements_sha256,
        groups_sha256,
        members_sha256,
        log_sha256: log.unwrap_or_default(),
        versions: versions.clone(),
    })
}

/// How many lines a query gives, and the hash of them all.
fn lines(connection: &Connection, sql: &str) -> rusqlite::Result<(u64, String)> {
    let mut query = connection.prepare(sql)?;
    let mut rows = query.query([])?;
    let (mut number, mut hash) = (0, Sha256::new());
    while let Some(row) = rows.next()? {
        hash.update(row.get_ref(0)?.as_bytes()?);
        hash.update("\n");
        number += 1;
    }
    Ok((number, hexadecimal(&hash.finalize())))
}

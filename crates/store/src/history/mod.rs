//! What became of a statement, event, document or decision since it came in: by whom, when, why?

mod causes;
mod document;
mod group;
mod words;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};
use sayso_types::decision::{Action, Marked};
use serde_json::Value;

use crate::ask::Json;
use crate::log::Deed;
use crate::moment::View;
use crate::{Error, ErrorKind, Record};

pub(crate) use causes::causes;
use document::document_entries;
use group::group_entries;
pub(crate) use words::{changes, named};

/// One entry of the log that touched something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The entry's number.
    pub entry: i64,
    /// When, in RFC 3339.
    pub at: String,
    /// Who: a person, or a program with its version.
    pub who: String,
    /// What was done to it, as a sentence without its end.
    pub what: String,
    /// Why; empty where nobody said.
    pub why: String,
}

impl Record {
    /// All that touched the event, relation or series, the statement or document of this id, or the decision of this number, first
    /// thing first; also of what is no more.
    ///
    /// Fails with [`ErrorKind::Unknown`] if the record never had any such, and with [`ErrorKind::Ambiguous`] if several ids begin
    /// so.
    pub fn history(&self, id: &str) -> Result<Vec<Step>, Error> {
        let is_group = ["e-", "r-", "n-"].iter().any(|prefix| id.starts_with(prefix));
        if let Some(id) = if is_group { self.ever("groups", "event, relation or series", id)? } else { None } {
            return self.steps(group_entries, &id);
        }
        if let Some(id) = self.ever("statements", "statement", id)? {
            return self.steps(statement_entries, &id);
        }
        if let Some(id) = self.ever("documents", "document", id)? {
            return self.steps(document_entries, &id);
        }
        let known = "SELECT CAST(key AS TEXT) FROM decisions WHERE CAST(key AS TEXT) = ?1";
        let decision: Option<String> =
            self.connection.query_row(known, [id], |row| row.get(0)).optional().map_err(|error| self.error(error))?;
        match decision {
            Some(id) => self.steps(decision_entries, &id),
            None => {
                let message = format!("nothing in the record, now or earlier, has the id `{id}` or one that begins so");
                Err(Error::new(ErrorKind::Unknown, &self.path, message))
            }
        }
    }

    /// The id that the table has or had, by its beginning.
    fn ever(&self, table: &str, what: &str, id: &str) -> Result<Option<String>, Error> {
        let sql = format!("SELECT DISTINCT id FROM {table} WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 3");
        let ask = || {
            let mut query = self.connection.prepare_cached(&sql)?;
            query.query_map([id, &format!("{id}{}", char::MAX)], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        let found = ask().map_err(|error| self.error(error))?;
        if found.is_empty() { Ok(None) } else { self.only(what, id, &found).map(|id| Some(id.to_owned())) }
    }

    pub(crate) fn steps(&self, entries: fn(&Connection, &str) -> rusqlite::Result<Entries>, id: &str) -> Result<Vec<Step>, Error> {
        let last = match self.view {
            View::Now => i64::MAX,
            View::After(key) => key,
        };
        let ask = || {
            let mut steps = Vec::new();
            for (entry, what) in entries(&self.connection, id)?.into_iter().filter(|(entry, _)| *entry <= last) {
                steps.push(step(&self.connection, entry, what)?);
            }
            Ok(steps)
        };
        ask().map_err(|error| self.error(error))
    }
}

/// Entries of the log, each with what it did.
pub(crate) type Entries = BTreeSet<(i64, String)>;

/// The step of an entry; `what` is said of it where no decision did it.
fn step(connection: &Connection, entry: i64, what: String) -> rusqlite::Result<Step> {
    let sql = "SELECT at, who, what, entry ->> '$.decision', entry ->> '$.why',
                      (SELECT action FROM decisions WHERE key = entry ->> '$.decision') FROM log WHERE key = ?1";
    connection.prepare_cached(sql)?.query_row([entry], |row| {
        let why = match row.get::<_, String>(2)? {
            linked if linked == Deed::Linked.as_str() => causes(connection, entry)?,
            _ => row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        };
        let deed: String = row.get(2)?;
        let what = match row.get::<_, Option<i64>>(3)? {
            None => what,
            Some(decision) if deed == Deed::Decided.as_str() => format!("decision {decision}: {}", action_told(row)?),
            Some(decision) => format!("decision {decision} {deed}: {}", action_told(row)?),
        };
        Ok(Step { entry, at: row.get(0)?, who: row.get(1)?, what, why })
    })
}

fn action_told(row: &Row<'_>) -> rusqlite::Result<String> {
    Ok(told(&row.get::<_, Json<Action>>(5)?.0))
}

/// What was decided, in words.
pub fn told(action: &Action) -> String {
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), |text| format!("“{text}”"));
    match action {
        Action::Write { statement, .. } => {
            let (kind, type_code) = (statement.proposition.kind(), statement.proposition.type_code());
            format!("write {}: {kind} {type_code}, “{}”", statement.id, statement.evidence.words.text)
        }
        Action::Accept { statement } => format!("accept {}", statement.statement),
        Action::Reject { statement } => format!("reject {}", statement.statement),
        Action::Correct { statement, path, .. } if path.is_empty() => format!("correct {} as a whole", statement.statement),
        Action::Correct { statement, path, before, after } => {
            format!("correct {}: {} is {}, not {}", statement.statement, path.trim_start_matches('/'), value(after), value(before))
        }
        Action::Vote { statement, verdict } => format!("vote {} on {}", verdict.as_str(), statement.statement),
        Action::Join { kind, members } => format!("join {} statements as one {}", members.len(), kind.as_str()),
        Action::Split { kind, members, from } => {
            format!("split {} statements from {} as another {}", members.len(), from.len(), kind.as_str())
        }
        Action::Actors { judgement, a, b } => format!("actors {a} and {b}: {}", judgement.as_str()),
        Action::Settle { event, attribute, value: settled } => format!("settle {attribute} of {} as {}", event.id, value(settled)),
        Action::Reliability { source, grade } => format!("reliability of {source}: {}", grade.as_str()),
        Action::Status { event, status } => format!("status of {}: {}", event.id, status.as_str()),
        Action::Origin { a, b, origin } => format!("origin of {} and {}: {}", a.document, b.document, origin.as_str()),
        Action::Sensitivity { of, sensitivity } => {
            let of = match of {
                Marked::Document(text) => &text.document,
                Marked::Statement(anchor) => &anchor.statement,
                Marked::Group(group) => &group.id,
                Marked::Publisher(name) => name,
            };
            format!("sensitivity of {of}: {}", sensitivity.as_str())
        }
    }
}

/// The entries that touched a statement, each with what it did where no decision did it.
fn statement_entries(connection: &Connection, id: &str) -> rusqlite::Result<Entries> {
    let sql = "
        SELECT s.since, CASE WHEN s.coding = 0 THEN 'its words found again in another text of document ' || (s.record ->> '$.document_id')
                             ELSE 'coded from document ' || (s.record ->> '$.document_id') || ' by ' || (s.record ->> '$.coder.rule') END
        FROM statements AS s WHERE s.id = ?1 AND s.made_from IS NULL
        UNION SELECT s.since, '' FROM statements AS s WHERE s.id = ?1 AND s.made_from IS NOT NULL
        UNION SELECT s.until, 'its document was coded anew'
              FROM statements AS s WHERE s.id = ?1 AND s.until > s.since
                   AND NOT EXISTS (SELECT 1 FROM statements AS o WHERE o.id = s.id AND o.since = s.until)
        UNION SELECT s.superseded, 'another text became the latest one of its document'
              FROM statements AS s WHERE s.id = ?1 AND s.superseded IS NOT NULL
        UNION SELECT t.since, '' FROM statements AS s JOIN decided ON statement = s.key JOIN decision_states AS t USING (decision)
              WHERE s.id = ?1
        UNION SELECT t.until, '' FROM statements AS s JOIN decided ON statement = s.key JOIN decision_states AS t USING (decision)
              WHERE s.id = ?1 AND t.until IS NOT NULL
        UNION SELECT m.since, 'came into ' || m.group_id ||
                     coalesce(', like ' || (SELECT id FROM statements WHERE key = m.joined_to) || coalesce(' (' || m.score || ')', ' as decided'), '')
              FROM statements AS s JOIN members AS m ON m.statement = s.key WHERE s.id = ?1 AND m.until IS NOT m.since AND NOT EXISTS (
                  SELECT 1 FROM statements AS t JOIN members AS o ON o.statement = t.key
                  WHERE t.id = s.id AND o.group_id = m.group_id AND o.until = m.since)
        UNION SELECT m.until, 'left ' || m.group_id
              FROM statements AS s JOIN members AS m ON m.statement = s.key WHERE s.id = ?1 AND m.until > m.since AND NOT EXISTS (
                  SELECT 1 FROM statements AS t JOIN members AS o ON o.statement = t.key
                  WHERE t.id = s.id AND o.group_id = m.group_id AND o.since = m.until)";
    entries(connection, sql, id)
}

/// The entries that made a decision, undid it or redid it.
pub(crate) fn decision_entries(connection: &Connection, id: &str) -> rusqlite::Result<Entries> {
    let sql = "SELECT since, '' FROM decision_states WHERE decision = CAST(?1 AS INTEGER)
               UNION SELECT until, '' FROM decision_states WHERE decision = CAST(?1 AS INTEGER) AND until IS NOT NULL";
    entries(connection, sql, id)
}

/// Entries with what they did; of one that did several things, all in one.
fn entries(connection: &Connection, sql: &str, id: &str) -> rusqlite::Result<Entries> {
    let grouped =
        format!("WITH all_of (entry, what) AS ({sql}) SELECT entry, group_concat(nullif(what, ''), '; ') FROM all_of GROUP BY entry");
    let mut query = connection.prepare_cached(&grouped)?;
    query.query_map([id], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())))?.collect()
}

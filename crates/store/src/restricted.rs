//! What of the record may not everybody see? People mark documents, statements and groups as restricted; whoever looks at what is open
//! sees a record in which these, and all that rests on them, are not.
//!
//! A record that is looked at so is the same file, with views of this connection in front of its tables, so that no question has to
//! think of it. What rests on restricted words is as restricted as they are: a group of which one statement is restricted is not seen,
//! for its account and counts would tell what that statement says. A mark holds for all times: who looks back sees no more by it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::decision::{Action, Anchor, GroupAnchor, Marked, Sensitivity};
use serde_json::json;

use crate::ask::Json;
use crate::moment::View;
use crate::{DecisionId, Error, Reading, Record};

/// How much of a record is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clearance {
    /// All of it.
    #[default]
    All,
    /// What is not restricted.
    Open,
}

/// What this connection leaves out, and as of which entry of the log that was found.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    seen: Option<i64>,
    /// Whether there is anything to leave out.
    pub(crate) narrow: bool,
}

impl Narrowed {
    /// A question as it is asked.
    pub(crate) fn of<'s>(&self, sql: &'s str) -> Cow<'s, str> {
        asked(sql, self.narrow)
    }
}

/// What is restricted, with all that rests on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restricted {
    /// Ids of documents, each with the decision that marked it or its publisher.
    pub documents: BTreeMap<String, DecisionId>,
    /// Ids of statements that are restricted by themselves or by their group, not by their document, each with the decision.
    pub statements: BTreeMap<String, DecisionId>,
}

/// Tables with views of the same names in front of them, and what of their rows is seen.
const SEEN: [(&str, &str); 18] = [
    ("documents", "document NOT IN hidden_documents"),
    ("statements", "key NOT IN hidden_statements"),
    ("participants", "statement NOT IN hidden_statements"),
    ("codings", "document NOT IN hidden_documents"),
    ("sketches", "document NOT IN hidden_documents"),
    ("overlaps", "one NOT IN hidden_documents AND other NOT IN hidden_documents"),
    ("origins", "key NOT IN hidden_origins"),
    ("likes", "statement NOT IN hidden_statements"),
    ("pairs", "one NOT IN hidden_statements AND other NOT IN hidden_statements"),
    ("groups", "key NOT IN hidden_groups"),
    ("members", "group_id NOT IN hidden_ids AND statement NOT IN hidden_statements"),
    ("parties", "grouped NOT IN hidden_groups"),
    ("ties", "grouped NOT IN hidden_groups"),
    ("groups_where", "key NOT IN hidden_groups"),
    ("groups_where_formerly", "key NOT IN hidden_groups"),
    ("decisions", "key NOT IN hidden_decisions"),
    ("decision_states", "decision NOT IN hidden_decisions"),
    ("log", "key NOT IN hidden_log"),
];

/// What people marked, and what follows from it: each table has what its question finds in those before it.
const MARKED: [&str; 2] = ["hidden_documents", "hidden_statements"];
const FOLLOWING: [(&str, &str); 6] = [
    ("hidden_ids", "SELECT group_id FROM main.members WHERE statement IN hidden_statements"),
    ("hidden_groups", "SELECT key FROM main.groups WHERE id IN hidden_ids"),
    (
        "hidden_origins",
        "SELECT o.key FROM main.origins AS o WHERE o.document IN hidden_documents OR o.origin IN hidden_documents
         OR o.document IN (SELECT other FROM main.overlaps WHERE one IN hidden_documents
                           UNION SELECT one FROM main.overlaps WHERE other IN hidden_documents)
            AND EXISTS (SELECT 1 FROM main.documents AS d
                        WHERE d.document IN hidden_documents AND instr(o.record, json_quote(d.id)) > 0)",
    ),
    (
        "hidden_decisions",
        "SELECT decision FROM main.decision_subjects WHERE kind = 'document' AND id IN (
             SELECT id FROM main.documents WHERE document IN hidden_documents)
         UNION SELECT decision FROM main.decision_subjects WHERE kind = 'statement' AND id IN (
             SELECT id FROM main.statements WHERE key IN hidden_statements)
         UNION SELECT decision FROM main.decision_subjects WHERE kind = 'group' AND id IN hidden_ids
         UNION SELECT key FROM main.decisions WHERE what = 'sensitivity'",
    ),
    (
        "hidden_log",
        "SELECT log FROM main.decisions WHERE key IN hidden_decisions
         UNION SELECT since FROM main.decision_states WHERE decision IN hidden_decisions
         UNION SELECT until FROM main.decision_states WHERE decision IN hidden_decisions AND until IS NOT NULL",
    ),
    ("hidden_runs", "SELECT run FROM main.documents WHERE document IN hidden_documents AND run IS NOT NULL"),
];

/// Views that show a row without what would tell of documents that are left out.
const SHORTENED: [(&str, &str); 2] = [
    (
        "runs",
        "SELECT key, started, finished, program, CASE WHEN key IN hidden_runs THEN '[]' ELSE inputs END AS inputs, counts, versions
         FROM main.runs",
    ),
    ("failures", "SELECT rowid AS rowid, run, input, reason FROM main.failures WHERE run NOT IN hidden_runs"),
];

impl Restricted {
    /// The decision that restricts a statement of a document, by their ids.
    pub fn statement(&self, id: &str, document: &str) -> Option<DecisionId> {
        self.statements.get(id).or_else(|| self.documents.get(document)).copied()
    }
}

impl Record {
    /// From now on questions see all of the record, or what of it is open. What was marked since is heeded with the next call.
    pub fn look_with(&mut self, clearance: Clearance) -> Result<(), Error> {
        if clearance == Clearance::All {
            return self.widen();
        }
        let last: i64 = self
            .connection
            .query_row("SELECT coalesce(max(key), 0) FROM main.log", [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        if self.narrowed.seen == Some(last) {
            return Ok(());
        }
        self.widen()?;
        let view = std::mem::replace(&mut self.view, View::Now);
        let narrow = self.restricted().and_then(|restricted| self.narrow(&restricted));
        self.view = view;
        self.narrowed = Narrowed { seen: Some(last), narrow: narrow? };
        Ok(())
    }

    /// What people marked as restricted, and what that brings with it, as of now.
    pub fn restricted(&self) -> Result<Restricted, Error> {
        let reading = Reading { view: View::Now, ..self.reading() };
        let mut restricted = Restricted::default();
        for (decision, marked) in self.marks()? {
            let by = |ids: BTreeSet<String>| ids.into_iter().map(move |id| (id, decision));
            match marked {
                Marked::Document(text) => drop(restricted.documents.insert(text.document, decision)),
                Marked::Publisher(name) => restricted.documents.extend(by(self.published_by(&name)?)),
                Marked::Statement(anchor) => restricted.statements.extend(by(self.as_coded_now(reading, &[anchor])?)),
                Marked::Group(group) => {
                    restricted.statements.extend(by(self.as_coded_now(reading, &group.members)?));
                    restricted.statements.extend(by(group_now(reading, &group)?));
                }
            }
        }
        Ok(restricted)
    }

    /// Which of these groups rest on what is restricted, each with a decision that restricts it.
    pub fn restricted_groups(&self, restricted: &Restricted, ids: &[&str]) -> Result<BTreeMap<String, DecisionId>, Error> {
        let mut found = BTreeMap::new();
        if restricted.documents.is_empty() && restricted.statements.is_empty() {
            return Ok(found);
        }
        let sql = format!(
            "SELECT m.group_id, s.id, s.record ->> '$.document_id' FROM members AS m CROSS JOIN statements AS s ON s.key = m.statement
             WHERE m.group_id IN (SELECT value FROM json_each(?1)) AND {}",
            self.view.holds("m")
        );
        self.each_row(&sql, [Value::from(json!(ids).to_string())], |row| {
            if let Some(decision) = restricted.statement(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?) {
                found.insert(row.get(0)?, decision);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// What is marked as restricted: of several marks of one thing the last one counts.
    fn marks(&self) -> Result<Vec<(DecisionId, Marked)>, Error> {
        let sql = "SELECT c.action, c.key FROM main.decisions AS c
                   WHERE c.what = 'sensitivity'
                     AND EXISTS (SELECT 1 FROM main.decision_states AS t WHERE t.decision = c.key AND t.until IS NULL) ORDER BY c.key";
        let mut marks = BTreeMap::new();
        self.each_row(sql, [], |row| {
            let Json(action) = row.get::<_, Json<Action>>(0)?;
            if let Action::Sensitivity { of, sensitivity } = action {
                let thing = match &of {
                    Marked::Document(text) => (0, text.document.clone()),
                    Marked::Statement(anchor) => (1, anchor.statement.clone()),
                    Marked::Group(group) => (2, group.id.clone()),
                    Marked::Publisher(name) => (3, name.to_lowercase()),
                };
                match sensitivity {
                    Sensitivity::Restricted => drop(marks.insert(thing, (DecisionId(row.get(1)?), of))),
                    Sensitivity::Open => drop(marks.remove(&thing)),
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(marks.into_values().collect())
    }

    fn published_by(&self, name: &str) -> Result<BTreeSet<String>, Error> {
        let mut ids = BTreeSet::new();
        let sql = "SELECT DISTINCT id FROM main.documents WHERE publisher = ? COLLATE NOCASE";
        self.each_row(sql, [Value::from(name.to_owned())], |row| {
            ids.insert(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// The ids that anchored statements had and have.
    fn as_coded_now(&self, reading: Reading<'_>, anchors: &[Anchor]) -> Result<BTreeSet<String>, Error> {
        let mut ids: BTreeSet<String> = anchors.iter().map(|anchor| anchor.statement.clone()).collect();
        let found = anchors.iter().map(|anchor| reading.statement_at(anchor)).collect::<Result<Vec<_>, _>>()?;
        ids.extend(reading.ids(&found.into_iter().flatten().collect::<Vec<_>>())?.into_values());
        Ok(ids)
    }

    /// Puts the views in front of the tables; `false` where there is nothing to leave out.
    fn narrow(&self, restricted: &Restricted) -> Result<bool, Error> {
        if restricted.documents.is_empty() && restricted.statements.is_empty() {
            return Ok(false);
        }
        let ids = |ids: &BTreeMap<String, DecisionId>| Value::from(json!(ids.keys().collect::<Vec<_>>()).to_string());
        let make = || {
            self.connection.pragma_update(None, "temp_store", "MEMORY")?;
            for table in MARKED.iter().chain(FOLLOWING.iter().map(|(table, _)| table)) {
                self.connection.execute_batch(&format!("CREATE TEMP TABLE {table} (key PRIMARY KEY) WITHOUT ROWID"))?;
            }
            self.connection.execute(MARKED_DOCUMENTS, [ids(&restricted.documents)])?;
            self.connection.execute(MARKED_STATEMENTS, [ids(&restricted.statements)])?;
            for (table, found) in FOLLOWING {
                self.connection.execute(&format!("INSERT OR IGNORE INTO {table} {found}"), [])?;
            }
            for (table, seen) in SEEN {
                self.connection.execute_batch(&format!("CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {seen}"))?;
            }
            for (table, view) in SHORTENED {
                self.connection.execute_batch(&format!("CREATE TEMP VIEW {table} AS {view}"))?;
            }
            Ok(())
        };
        make().map(|()| true).map_err(|error| self.error(error))
    }

    /// Takes the views away.
    fn widen(&mut self) -> Result<(), Error> {
        let narrowed = std::mem::take(&mut self.narrowed);
        if !narrowed.narrow {
            return Ok(());
        }
        let views = SEEN.iter().chain(&SHORTENED).map(|(view, _)| format!("DROP VIEW IF EXISTS temp.{view};"));
        let tables =
            MARKED.iter().chain(FOLLOWING.iter().map(|(table, _)| table)).map(|table| format!("DROP TABLE IF EXISTS temp.{table};"));
        self.connection.execute_batch(&views.chain(tables).collect::<String>()).map_err(|error| self.error(error))
    }
}

/// The statements that stand in a marked group by now: in the one that most of those that it was marked with stand in.
fn group_now(reading: Reading<'_>, group: &GroupAnchor) -> Result<BTreeSet<String>, Error> {
    let found = group.members.iter().map(|anchor| reading.statement_at(anchor)).collect::<Result<Vec<_>, _>>()?;
    let mut shares: BTreeMap<String, usize> = BTreeMap::new();
    for statement in found.into_iter().flatten() {
        for id in reading.groups_of(&[statement])?.into_iter().filter(|id| id[..1] == group.id[..1]) {
            *shares.entry(id).or_default() += 1;
        }
    }
    let Some((id, _)) = shares.into_iter().max_by_key(|(_, share)| *share) else { return Ok(BTreeSet::new()) };
    let members = reading.members(&[id])?;
    Ok(reading.ids(&members.iter().map(|(_, member)| member.statement).collect::<Vec<_>>())?.into_values().collect())
}

/// The numbers of the texts of marked documents, by their ids.
const MARKED_DOCUMENTS: &str =
    "INSERT OR IGNORE INTO hidden_documents SELECT document FROM main.documents WHERE id IN (SELECT value FROM json_each(?1))";

/// The rows of marked statements, by their ids: as they were coded, as they were decided; and of all that marked documents state.
const MARKED_STATEMENTS: &str = "INSERT OR IGNORE INTO hidden_statements
     SELECT key FROM main.statements WHERE document IN hidden_documents
     UNION SELECT key FROM main.statements WHERE id IN (SELECT value FROM json_each(?1))
     UNION SELECT made_from FROM main.statements WHERE id IN (SELECT value FROM json_each(?1)) AND made_from IS NOT NULL
     UNION SELECT o.key FROM main.statements AS s
           JOIN main.statements AS o ON o.document = s.document AND o.made_from = coalesce(s.made_from, s.key)
           WHERE s.id IN (SELECT value FROM json_each(?1))";

/// A question as it is asked of tables, or of views, which have no indexes by name.
pub(crate) fn asked(sql: &str, narrowed: bool) -> Cow<'_, str> {
    if narrowed { Cow::Owned(without_indexes(sql)) } else { Cow::Borrowed(sql) }
}

fn without_indexes(sql: &str) -> String {
    let mut parts = sql.split("INDEXED BY ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |so_far, part| so_far + part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'))
}

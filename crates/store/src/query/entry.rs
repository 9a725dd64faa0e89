//! What was done to the record? The entries of its log, last one first, told without the hashes of what was written.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::decision::{Action, SubjectKind};
use serde_json::Value as Json;

use super::facet::MOST_HITS;
use super::{Cursor, Listed, Paging};
use crate::moment::View;
use crate::{DecisionId, Error, Record, ask};

pub use crate::log::Deed;

/// A question for entries of the log. What is left empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// By this person or program, in whichever case; a program also without its version.
    pub who: Option<String>,
    /// Of these kinds.
    pub deeds: Vec<Deed>,
    /// By a decision about what has exactly this id: a statement, document, group, actor or source.
    pub about: Option<String>,
    /// Which page.
    pub paging: Paging,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its number, from 1.
    pub number: i64,
    /// RFC 3339: when.
    pub at: String,
    /// Who: a person, or a program with its version.
    pub who: String,
    /// What kind of thing was done.
    pub deed: Deed,
    /// What exactly.
    pub done: Done,
    /// Why; empty where nobody said.
    pub why: String,
    /// The hash of the entry, which covers the one before it.
    pub sha256: String,
}

/// What an entry of the log tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// A run began.
    RunBegun {
        /// Which.
        run: i64,
        /// The inputs as named.
        inputs: Vec<String>,
        /// With what it reads.
        versions: BTreeMap<String, String>,
    },
    /// Documents were read.
    Documents {
        /// In which run.
        run: Option<i64>,
        /// How many.
        documents: u64,
    },
    /// A run ended.
    RunFinished {
        /// Which.
        run: i64,
        /// How many inputs it could not read.
        failures: u64,
    },
    /// A person decided, took back or made hold again.
    Decision {
        /// Which decision.
        decision: DecisionId,
        /// What was decided.
        action: Box<Action>,
        /// Whether it holds.
        holds: bool,
    },
    /// What had changed was linked.
    Linked {
        /// Events, relations and series that are new or changed.
        groups: u64,
        /// Those that are no more.
        gone: u64,
        /// Statements that came into one or into another.
        memberships: u64,
    },
    /// The record was frozen under a name.
    Released {
        /// The name.
        name: String,
    },
    /// Data of others were laid beside the record, or removed.
    Imported {
        /// The import's number.
        import: i64,
        /// Whose they are; `None` where they were removed.
        dataset: Option<String>,
        /// How many rows.
        rows: u64,
    },
}

impl Record {
    /// The entries of the log that a filter means, last one first. One answer looks at no more than 10,000; where of these too few are
    /// meant, the page is short and the next one goes on from there.
    pub fn log(&self, filter: &LogFilter) -> Result<Listed<LogEntry>, Error> {
        let until = match self.view {
            View::Now => i64::MAX,
            View::After(entry) => entry.saturating_add(1),
        };
        let before = filter.paging.after.as_ref().map_or(until, |cursor| cursor.key.min(until));
        let (sql, values) = walk(filter, before);
        let (mut keys, mut looked_at, mut last, mut more) = (Vec::new(), 0, 0, false);
        self.each_row(&sql, values, |row| {
            (looked_at, last) = (looked_at + 1, row.get::<_, i64>(0)?);
            if filter.means(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?) {
                more = keys.len() == filter.paging.limit;
                if more {
                    return Ok(ControlFlow::Break(()));
                }
                keys.push(last);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let end = if more { keys.last().copied() } else { (looked_at >= MOST_HITS).then_some(last) };
        let items = keys.into_iter().map(|key| self.log_entry(key)).collect::<Result<Vec<_>, _>>()?;
        Ok(Listed { items, next: end.map(|key| Cursor { place: String::new(), key }) })
    }

    /// The entry of a number, which the log has.
    fn log_entry(&self, key: i64) -> Result<LogEntry, Error> {
        let sql = format!(
            "SELECT l.at, l.who, l.what, l.sha256,
                    CASE l.what WHEN 'documents' THEN json_object(
                        'run', l.entry -> '$.run', 'documents', json_array_length(l.entry, '$.documents'))
                    ELSE l.entry END,
                    (SELECT action FROM decisions WHERE key = l.entry ->> '$.decision'),
                    EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = l.entry ->> '$.decision' AND {})
             FROM log AS l WHERE l.key = ?",
            self.view.holds("t")
        );
        let mut found = None;
        self.each_row(&sql, [Value::from(key)], |row| {
            let told = row.get::<_, ask::Json<Json>>(4)?.0;
            let action = row.get::<_, Option<ask::Json<Action>>>(5)?.map(|json| json.0);
            let deed = Deed::of_str(&row.get::<_, String>(2)?).unwrap_or(Deed::Linked);
            found = Some(LogEntry {
                number: key,
                at: row.get(0)?,
                who: row.get(1)?,
                deed,
                done: done(deed, &told, action, row.get(6)?),
                why: told["why"].as_str().unwrap_or_default().to_owned(),
                sha256: row.get(3)?,
            });
            Ok(ControlFlow::Break(()))
        })?;
        found.ok_or_else(|| self.unknown("entry of the log", &key.to_string()))
    }
}

impl LogFilter {
    fn means(&self, who: &str, what: &str) -> bool {
        let name = who.rsplit_once(' ').map_or(who, |(name, _)| name);
        let is_who = |wanted: &String| who.eq_ignore_ascii_case(wanted) || name.eq_ignore_ascii_case(wanted);
        self.who.as_ref().is_none_or(is_who) && (self.deeds.is_empty() || self.deeds.iter().any(|deed| deed.as_str() == what))
    }
}

/// Key, author and kind of the entries below one, last one first.
fn walk(filter: &LogFilter, before: i64) -> (String, Vec<Value>) {
    let most = Value::from(MOST_HITS as i64);
    let Some(about) = &filter.about else {
        let sql = "SELECT key, who, what FROM log WHERE key < ? ORDER BY key DESC LIMIT ?".to_owned();
        return (sql, vec![Value::from(before), most]);
    };
    let kinds: Vec<String> = SubjectKind::ALL.iter().map(|kind| format!("'{}'", kind.as_str())).collect();
    let decisions = format!("SELECT decision FROM decision_subjects WHERE kind IN ({}) AND id = ?", kinds.join(", "));
    let sql = format!(
        "SELECT l.key, l.who, l.what FROM (
             SELECT since AS entry FROM decision_states WHERE decision IN ({decisions})
             UNION SELECT until FROM decision_states WHERE decision IN ({decisions}) AND until IS NOT NULL) AS h
         CROSS JOIN log AS l ON l.key = h.entry WHERE l.key < ? ORDER BY l.key DESC LIMIT ?"
    );
    let about = Value::from(about.clone());
    (sql, vec![about.clone(), about, Value::from(before), most])
}

fn done(deed: Deed, told: &Json, action: Option<Action>, holds: bool) -> Done {
    let number = |name: &str| told[name].as_u64().unwrap_or_default();
    let run = told["run"].as_i64();
    match (deed, action) {
        (Deed::RunBegun, _) => Done::RunBegun {
            run: run.unwrap_or_default(),
            inputs: serde_json::from_value(told["inputs"].clone()).unwrap_or_default(),
            versions: serde_json::from_value(told["versions"].clone()).unwrap_or_default(),
        },
        (Deed::Documents, _) => Done::Documents { run, documents: number("documents") },
        (Deed::RunFinished, _) => {
            Done::RunFinished { run: run.unwrap_or_default(), failures: told["failures"].as_array().map_or(0, |all| all.len() as u64) }
        }
        (Deed::Decided | Deed::Undone | Deed::Redone, Some(action)) => {
            Done::Decision { decision: DecisionId(told["decision"].as_i64().unwrap_or_default()), action: Box::new(action), holds }
        }
        (Deed::Released, _) => Done::Released { name: told["name"].as_str().unwrap_or_default().to_owned() },
        (Deed::Imported, _) => Done::Imported {
            import: told["import"].as_i64().unwrap_or_default(),
            dataset: told["dataset"].as_str().map(ToOwned::to_owned),
            rows: number("rows"),
        },
        _ => Done::Linked { groups: number("groups"), gone: number("gone"), memberships: number("memberships") },
    }
}

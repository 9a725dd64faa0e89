//! What did people decide last, and what came of one decision? Decisions a page at a time, and the groups that were linked anew after one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::GroupRecord;

use super::{Cursor, Listed, Paging, one_more, page};
use crate::ask::Json;
use crate::decision::{Decision, DecisionFilter, DecisionId, decision_of};
use crate::diff::{Change, Differing};
use crate::history::{Step, causes, changes, decision_entries, named};
use crate::moment::View;
use crate::{Error, Record};

/// What was linked anew after a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// What that linking took into account: this decision, and what else came before it. Empty where nothing was linked since.
    pub cause: String,
    /// Events, relations and series that it made, changed or ended, by id.
    pub groups: Vec<Differing>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

impl Record {
    /// The decisions that a filter means, last one first.
    pub fn decisions_newest(&self, filter: &DecisionFilter, paging: &Paging) -> Result<Listed<Decision>, Error> {
        let before = paging.after.as_ref().map_or(i64::MAX, |cursor| cursor.key);
        let about = filter.about.as_ref();
        let text = |text: Option<&str>| text.map_or(Value::Null, |text| Value::from(text.to_owned()));
        let sql = format!(
            "{} AND c.key < ?5 AND (?6 = 0 OR EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = c.key AND {}))
             ORDER BY c.key DESC LIMIT ?7",
            self.deciding(
                "(?1 IS NULL OR c.key IN (SELECT decision FROM decision_subjects WHERE kind = ?1 AND id = ?2))
               AND (?3 IS NULL OR c.who = ?3 COLLATE NOCASE) AND (?4 = '[]' OR c.what IN (SELECT value FROM json_each(?4)))"
            ),
            self.view.holds("t")
        );
        let values = [
            text(about.map(|(kind, _)| kind.as_str())),
            text(about.map(|(_, id)| id.as_str())),
            text(filter.who.as_deref()),
            Value::from(serde_json::json!(filter.actions).to_string()),
            Value::from(before),
            Value::from(filter.only_holding),
            one_more(paging.limit),
        ];
        let mut found = Vec::new();
        self.each_row(&sql, values, |row| {
            found.push(decision_of(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        let (items, next) = page(found, paging.limit, |decision: &Decision| Cursor { place: String::new(), key: decision.id.0 });
        Ok(Listed { items, next })
    }

    /// When a decision was made, undone and redone, by whom and why, first thing first.
    pub fn decision_history(&self, id: DecisionId) -> Result<Vec<Step>, Error> {
        self.steps(decision_entries, &id.to_string())
    }

    /// What was linked anew after a decision was made, up to so many groups.
    pub fn consequences(&self, id: DecisionId, most: usize) -> Result<Consequences, Error> {
        let until = match self.view {
            View::Now => i64::MAX,
            View::After(entry) => entry,
        };
        let sql = "SELECT log FROM linkings WHERE log > (SELECT log FROM decisions WHERE key = ?) AND log <= ? ORDER BY log LIMIT 1";
        let mut linking = None;
        self.each_row(sql, [Value::from(id.0), Value::from(until)], |row| {
            linking = Some(row.get::<_, i64>(0)?);
            Ok(ControlFlow::Break(()))
        })?;
        let Some(linking) = linking else { return Ok(Consequences::default()) };
        let cause = causes(&self.connection, linking).map_err(|error| self.error(error))?;
        let (before, after) = (self.versions_at("until", linking, most)?, self.versions_at("since", linking, most)?);
        let mut ids: Vec<&String> = before.keys().chain(after.keys()).collect();
        ids.sort();
        ids.dedup();
        let more = ids.len() > most;
        let mut groups = Vec::new();
        for id in ids.into_iter().take(most) {
            let version = |versions: &BTreeMap<String, GroupRecord>, bound: &str| match versions.get(id) {
                Some(version) => Ok(Some(version.clone())),
                None if more => self.version_at(bound, linking, id),
                None => Ok(None),
            };
            groups.extend(differing(id, version(&before, "until")?.as_ref(), version(&after, "since")?.as_ref(), &cause));
        }
        Ok(Consequences { cause, groups, more })
    }

    /// The group of an id as it begins or ends at an entry of the log.
    fn version_at(&self, bound: &str, entry: i64, id: &str) -> Result<Option<GroupRecord>, Error> {
        let sql = format!("SELECT g.record FROM groups AS g INDEXED BY groups_by_id WHERE g.id = ? AND g.{bound} = ? LIMIT 1");
        let mut version = None;
        self.each_row(&sql, [Value::from(id.to_owned()), Value::from(entry)], |row| {
            version = Some(row.get::<_, Json<_>>(0)?.0);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(version)
    }

    /// The groups that begin or end at an entry of the log, by id; one more than is asked for where there are more.
    fn versions_at(&self, bound: &str, entry: i64, most: usize) -> Result<BTreeMap<String, GroupRecord>, Error> {
        let sql = format!("SELECT g.id, g.record FROM groups AS g INDEXED BY groups_by_{bound} WHERE g.{bound} = ? LIMIT ?");
        let mut versions = BTreeMap::new();
        self.each_row(&sql, [Value::from(entry), one_more(most)], |row| {
            versions.insert(row.get(0)?, row.get::<_, Json<_>>(1)?.0);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(versions)
    }

    /// The columns of a decision, from `decisions AS c`, of those made by the moment that is looked at.
    fn deciding(&self, condition: &str) -> String {
        let made = match self.view {
            View::Now => "TRUE".to_owned(),
            View::After(key) => format!("c.log <= {key}"),
        };
        format!(
            "SELECT c.key, c.who, c.at, c.why, c.action, EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = c.key AND {})
             FROM decisions AS c WHERE {made} AND {condition}",
            self.view.holds("t")
        )
    }
}

fn differing(id: &str, before: Option<&GroupRecord>, after: Option<&GroupRecord>, through: &str) -> Option<Differing> {
    let (change, of, what) = match (before, after) {
        (None, Some(after)) => (Change::Added, named(after), String::new()),
        (Some(before), None) => (Change::Removed, named(before), String::new()),
        (Some(before), Some(after)) => (Change::Changed, named(after), changes(before, after).join("; ")),
        (None, None) => return None,
    };
    Some(Differing { change, id: id.to_owned(), of, what, through: through.to_owned() })
}

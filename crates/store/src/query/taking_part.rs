//! What is told of an actor? The statements in which it acts or is acted upon, its events by year, and the names under which it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, StatementRecord};

use super::facet::Hits;
use super::{Facets, Listed, MOST_COUNTED, Narrowing, Paging, Tally};
use crate::moment::View;
use crate::{Error, Record, words};

/// So many mentions are looked at for the names that they bear.
const MOST_MENTIONS: i64 = 2_000;

/// Whom a statement speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Participant {
    /// An actor of the registry, by its id.
    Registered(String),
    /// Whoever has no id, by exactly the name.
    Named(String),
}

impl Participant {
    /// As groups name it: the id, else the name.
    pub fn as_str(&self) -> &str {
        match self {
            Participant::Registered(text) | Participant::Named(text) => text,
        }
    }
}

/// How many events an actor has in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCount {
    /// The year of the last day that they can mean; `None` where no time is known.
    pub year: Option<String>,
    /// How many.
    pub events: u64,
}

/// A name in the record with the registry's id of whom it means there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionedName {
    /// The registry's id, where it has one.
    pub actor_id: Option<String>,
    /// The name.
    pub name: String,
}

impl Record {
    /// The statements in which an actor acts or is acted upon, last read one first. As with [`Record::search`], a page can be short and
    /// yet not the last.
    pub fn statements_of(&self, actor: &Participant, narrowing: &Narrowing, paging: &Paging) -> Result<Listed<StatementRecord>, Error> {
        let before = paging.after.as_ref().map_or(i64::MAX, |cursor| cursor.key);
        match hits(actor, before) {
            Some(hits) => self.hits_listed(hits, narrowing, paging.limit),
            None => Ok(Listed { items: Vec::new(), next: None }),
        }
    }

    /// How many these are, and of what kinds: exactly, or of the last read 10,000.
    pub fn facets_of(&self, actor: &Participant, narrowing: &Narrowing) -> Result<Facets, Error> {
        hits(actor, i64::MAX).map_or_else(|| Ok(Facets::default()), |hits| self.hits_counted(hits, narrowing))
    }

    /// The events in which an actor takes part by the year of the last day that they can mean, and how many these are; last year first,
    /// those without a known time last. Of more than 10,000 it is the last ones.
    pub fn years_of(&self, actor: &Participant) -> Result<(Vec<YearCount>, Tally), Error> {
        let (from, held) = match self.view {
            View::Now => ("parties AS p INDEXED BY parties_by_actor", "p.until IS NULL".to_owned()),
            View::After(_) => {
                let table = "parties AS p INDEXED BY parties_by_actor_ever CROSS JOIN groups AS g ON g.key = p.grouped";
                (table, self.view.holds("g"))
            }
        };
        let sql = format!(
            "SELECT DISTINCT p.day, p.grouped FROM {from} WHERE p.actor = ? AND p.kind = ? AND {held}
             ORDER BY p.day DESC, p.grouped DESC LIMIT ?"
        );
        let values = [Value::from(actor.as_str().to_owned()), Value::from(GroupKind::Event.as_str().to_owned())];
        let (mut years, mut all): (BTreeMap<String, u64>, u64) = (BTreeMap::new(), 0);
        self.each_row(&sql, values.into_iter().chain([Value::from(MOST_COUNTED as i64)]), |row| {
            let day: String = row.get(0)?;
            *years.entry(day.chars().take(4).collect()).or_default() += 1;
            all += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        let count = |(year, events): (String, u64)| YearCount { year: (!year.is_empty()).then_some(year), events };
        Ok((years.into_iter().rev().map(count).collect(), Tally::of_counted(all)))
    }

    /// Names in the record that have all words of a text in this order, with whom they mean, in order; of the last read 2,000 mentions.
    pub fn names_with(&self, text: &str) -> Result<BTreeSet<MentionedName>, Error> {
        let mut names = BTreeSet::new();
        let Some(expression) = words::any_of([text]) else { return Ok(names) };
        let sql = "SELECT p.actor_id, p.name FROM participants_fts CROSS JOIN participants AS p ON p.key = participants_fts.rowid
                   WHERE participants_fts MATCH ? ORDER BY participants_fts.rowid DESC LIMIT ?";
        self.each_row(sql, [Value::from(format!("{{name}} : ({expression})")), Value::from(MOST_MENTIONS)], |row| {
            if let Some(name) = row.get::<_, Option<String>>(1)? {
                names.insert(MentionedName { actor_id: row.get(0)?, name });
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(names)
    }
}

/// The statements that speak of an actor, with a key below one; `None` for a name without words. Participants are numbered in the order
/// of their statements.
fn hits(actor: &Participant, before: i64) -> Option<Hits> {
    // A statement that names an actor twice is met once.
    let before = Value::from(before);
    match actor {
        Participant::Registered(id) => {
            let part = |part: &str| {
                format!(
                    "SELECT p.key AS number, p.statement AS key FROM participants AS p INDEXED BY participants_by_actor
                     WHERE p.actor_id = ? AND p.part = '{part}' AND p.key < {BEFORE} AND NOT EXISTS (
                         SELECT 1 FROM participants AS o
                         WHERE o.statement = p.statement AND o.part IN ('actor', 'recipient') AND o.actor_id = p.actor_id AND o.key > p.key)"
                )
            };
            let sql = format!("SELECT key FROM ({} UNION ALL {} ORDER BY number DESC)", part("actor"), part("recipient"));
            let id = Value::from(id.clone());
            Some(Hits { sql, values: vec![id.clone(), before.clone(), id, before] })
        }
        Participant::Named(name) => {
            let expression = words::any_of([name.as_str()])?;
            let sql = format!(
                "SELECT p.statement AS key
                 FROM participants_fts CROSS JOIN participants AS p ON p.key = participants_fts.rowid
                 WHERE participants_fts MATCH ? AND participants_fts.rowid < {BEFORE} AND p.actor_id IS NULL AND p.name = ? AND p.part IN ('actor', 'recipient')
                   AND NOT EXISTS (
                     SELECT 1 FROM participants AS o
                     WHERE o.statement = p.statement AND o.part IN ('actor', 'recipient') AND o.name = p.name AND o.key > p.key)
                 ORDER BY participants_fts.rowid DESC"
            );
            let values = vec![Value::from(format!("{{name}} : ({expression})")), before, Value::from(name.clone())];
            Some(Hits { sql, values })
        }
    }
}

/// The key before which the participants of earlier statements than one stand.
const BEFORE: &str = "coalesce((SELECT min(key) FROM participants WHERE statement = ?), 9223372036854775807)";

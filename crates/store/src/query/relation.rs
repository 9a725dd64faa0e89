//! With whom did an actor stand in which relation on a day?
//!
//! A relation is known from dated reports: it is told to hold on some days, and of the days between and after it is only known that
//! nobody told its end.

use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, GroupRecord};
use sayso_types::{Edtf, RoleName};

use super::{Cursor, Listed, Paging, one_more, page};
use crate::ask::Json;
use crate::clause::Clauses;
use crate::moment::View;
use crate::{Error, Record};

/// A relation in which an actor can have stood on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationAsOf {
    /// The relation.
    pub record: GroupRecord,
    /// From the actor to the other or to it.
    pub direction: Direction,
    /// What is known of the day.
    pub standing: Standing,
}

/// Which end of a relation an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The actor supports, joins, is part of the other.
    Outward,
    /// The other supports, joins, is part of the actor.
    Inward,
}

/// What is known of a relation on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is told of a day not after it and of one not before it.
    Cited,
    /// It is last told of a day before it, and not told to have ended.
    LastCited,
    /// No day is known of which it is told.
    Undated,
}

impl Record {
    /// The relations in which an actor (the registry's id, or of whoever has none exactly the name) can have stood on the days of `on`:
    /// those told of a day not after it, and not told to have ended before it. Last told ones first, those without a day last.
    pub fn relations_of(&self, actor: &str, on: &Edtf, paging: &Paging) -> Result<Listed<RelationAsOf>, Error> {
        let (first, last) = (on.earliest().map(|day| day.to_string()), on.latest().map(|day| day.to_string()));
        let (sql, values) = standing(self.view, actor, first.clone(), last, paging);
        let mut found: Vec<(Cursor, RelationAsOf)> = Vec::new();
        self.each_row(&sql, values, |row| {
            let cursor = Cursor { place: row.get(0)?, key: row.get(1)? };
            let (role, record) = (row.get::<_, String>(2)?, row.get::<_, Json<GroupRecord>>(3)?.0);
            let direction = if role == RoleName::Actor.as_str() { Direction::Outward } else { Direction::Inward };
            let standing = match (&record.earliest, &record.latest) {
                (None, None) => Standing::Undated,
                (_, Some(latest)) if first.as_ref().is_some_and(|day| latest < day) => Standing::LastCited,
                _ => Standing::Cited,
            };
            found.push((cursor, RelationAsOf { record, direction, standing }));
            Ok(ControlFlow::Continue(()))
        })?;
        let (found, next) = page(found, paging.limit, |(cursor, _)| cursor.clone());
        Ok(Listed { items: found.into_iter().map(|(_, relation)| relation).collect(), next })
    }
}

/// Day, key, the actor's role and the record of the relations that can hold between two days.
fn standing(view: View, actor: &str, first: Option<String>, last: Option<String>, paging: &Paging) -> (String, Vec<Value>) {
    let mut clauses = Clauses::default();
    clauses.push("p.actor = ?", [Value::from(actor.to_owned())]);
    clauses.push("p.kind = ?", [Value::from(GroupKind::Relation.as_str().to_owned())]);
    clauses.push(view.holds("g"), []);
    let index = if view == View::Now { "parties_by_actor" } else { "parties_by_actor_ever" };
    if view == View::Now {
        clauses.push("p.until IS NULL", []);
    }
    if let Some(cursor) = &paging.after {
        clauses.push("(p.day, p.grouped) < (?, ?)", [Value::from(cursor.place.clone()), Value::from(cursor.key)]);
    }
    if let Some(last) = last {
        clauses.push("(g.earliest IS NULL OR g.earliest <= ?)", [Value::from(last)]);
    }
    if let Some(first) = first {
        clauses.push("(g.ended = 0 OR g.latest IS NULL OR g.latest >= ?)", [Value::from(first)]);
    }
    let sql = format!(
        "SELECT p.day, p.grouped, p.role, g.record FROM parties AS p INDEXED BY {index} CROSS JOIN groups AS g ON g.key = p.grouped
         WHERE {} ORDER BY p.day DESC, p.grouped DESC LIMIT ?",
        clauses.sql()
    );
    let mut values = clauses.into_values();
    values.push(one_more(paging.limit));
    (sql, values)
}

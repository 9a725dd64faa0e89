//! Which groups does a question mean, and which stand on its page? Lists of events, relations and series of estimates, newest first.

use std::cmp::Reverse;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::Edtf;
use sayso_types::record::{GroupKind, GroupRecord};

use super::{Cursor, Listed, MOST_COUNTED, Paging, Tally, Window, one_more, page};
use crate::ask::Json;
use crate::clause::Clauses;
use crate::moment::View;
use crate::{Error, Record};

/// A question for groups. What is left empty is not asked; within a field any of its values will do, and all fields must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupFilter {
    /// Events, relations, estimates.
    pub kinds: Vec<GroupKind>,
    /// Type codes: "assault", "allied_with", "strength".
    pub types: Vec<String>,
    /// ISO 3166-1 alpha-3 codes of the country in which it lies.
    pub countries: Vec<String>,
    /// Who takes part: the registry's ids, and for whoever has none, exactly the name.
    pub actors: Vec<String>,
    /// Who takes part as well: the same, and each of them must.
    pub all_actors: Vec<String>,
    /// Of events, how far they are established: "confirmed", "contested".
    pub statuses: Vec<String>,
    /// Told by at least so many independent sources.
    pub least_sources: u64,
    /// Sources differ on some attribute, or on none.
    pub disputed: Option<bool>,
    /// Several happenings at once, or not.
    pub aggregate: Option<bool>,
    /// When it happened, or held.
    pub time: Option<Window>,
    /// Told on this day or later.
    pub told_since: Option<Edtf>,
    /// Which page.
    pub paging: Paging,
}

/// By what groups are walked through, newest first: each is the front of an index.
#[derive(Clone, Copy)]
enum Lead<'f> {
    Actor(&'f str),
    Country(&'f str),
    Type(&'f str),
    Time,
}

impl Record {
    /// The groups that a filter means: by the last day that they can mean, last one first; those without a known time last.
    pub fn groups(&self, filter: &GroupFilter) -> Result<Listed<GroupRecord>, Error> {
        let mut found = Vec::new();
        for (kind, lead) in walks(filter) {
            let (sql, values) = walk(filter, self.view, kind, lead, filter.paging.after.as_ref(), one_more(filter.paging.limit));
            self.each_row(&sql, values, |row| {
                found.push((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
                Ok(ControlFlow::Continue(()))
            })?;
        }
        // A group can be reached by several actors.
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.dedup();
        let (found, next) = page(found, filter.paging.limit, |(day, key)| Cursor { place: day.clone(), key: *key });
        let items = found.iter().map(|(_, key)| self.group_of_key(*key)).collect::<Result<_, _>>()?;
        Ok(Listed { items, next })
    }

    /// How many groups a filter means, whatever its page.
    pub fn count_groups(&self, filter: &GroupFilter) -> Result<Tally, Error> {
        let mut keys = Vec::new();
        for (kind, lead) in walks(filter) {
            let (sql, values) = walk(filter, self.view, kind, lead, None, Value::from(MOST_COUNTED as i64));
            self.each_row(&sql, values, |row| {
                keys.push(Reverse(row.get::<_, i64>(1)?));
                Ok(ControlFlow::Continue(()))
            })?;
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(Tally::of_counted((keys.len() as u64).min(MOST_COUNTED)))
    }

    pub(super) fn group_of_key(&self, key: i64) -> Result<GroupRecord, Error> {
        let read =
            || self.connection.prepare_cached("SELECT record FROM groups WHERE key = ?1")?.query_row([key], |row| row.get::<_, Json<_>>(0));
        read().map(|json| json.0).map_err(|error| self.error(error))
    }
}

/// The walks that together meet all groups that a filter means.
fn walks(filter: &GroupFilter) -> Vec<(GroupKind, Lead<'_>)> {
    let kinds = if filter.kinds.is_empty() { GroupKind::ALL } else { &filter.kinds };
    kinds.iter().flat_map(|kind| leads(filter).into_iter().map(|lead| (*kind, lead))).collect()
}

/// An actor's groups are few of all. One country or type leads only where nothing else is asked: what is not chosen by time is passed
/// over without being read.
fn leads(filter: &GroupFilter) -> Vec<Lead<'_>> {
    let narrowed = !filter.statuses.is_empty()
        || filter.least_sources > 0
        || filter.disputed.is_some()
        || filter.aggregate.is_some()
        || filter.time.is_some()
        || filter.told_since.is_some();
    let of_all = filter.all_actors.get(..1).unwrap_or_default();
    let actors = if filter.actors.is_empty() { of_all } else { &filter.actors };
    match (actors, filter.countries.as_slice(), filter.types.as_slice()) {
        ([], [], []) => vec![Lead::Time],
        ([], countries, []) if !narrowed => countries.iter().map(|country| Lead::Country(country)).collect(),
        ([], [], types) if !narrowed => types.iter().map(|code| Lead::Type(code)).collect(),
        ([], _, _) => vec![Lead::Time],
        (actors, _, _) => actors.iter().map(|actor| Lead::Actor(actor)).collect(),
    }
}

/// Day and key of the groups on one walk, newest first.
fn walk(filter: &GroupFilter, view: View, kind: GroupKind, lead: Lead<'_>, after: Option<&Cursor>, limit: Value) -> (String, Vec<Value>) {
    let kind = Value::from(kind.as_str().to_owned());
    let mut clauses = Clauses::default();
    let of = |value: &str| Value::from(value.to_owned());
    let (table, day, key) = match (lead, view) {
        (Lead::Actor(actor), view) => {
            clauses.push("p.actor = ?", [of(actor)]);
            clauses.push("p.kind = ?", [kind]);
            let index = if view == View::Now { "parties_by_actor" } else { "parties_by_actor_ever" };
            if view == View::Now {
                clauses.push("p.until IS NULL", []);
            }
            (format!("parties AS p INDEXED BY {index} CROSS JOIN groups AS g ON g.key = p.grouped"), "p.day", "p.grouped")
        }
        (lead, View::Now) => {
            clauses.push("g.kind = ?", [kind]);
            let index = match lead {
                Lead::Country(country) => {
                    clauses.push("g.country = ?", [of(country)]);
                    "groups_by_country"
                }
                Lead::Type(code) => {
                    clauses.push("g.type = ?", [of(code)]);
                    "groups_by_type"
                }
                Lead::Actor(_) | Lead::Time => "groups_by_time",
            };
            (format!("groups AS g INDEXED BY {index}"), "g.day", "g.key")
        }
        (_, View::After(_)) => {
            clauses.push("g.kind = ?", [kind]);
            ("groups AS g INDEXED BY groups_by_time_ever".to_owned(), "g.day", "g.key")
        }
    };
    clauses.push(view.holds("g"), []);
    if let Some(cursor) = after {
        clauses.push(format!("({day}, {key}) < (?, ?)"), [of(&cursor.place), Value::from(cursor.key)]);
    }
    push_choice(&mut clauses, filter, lead, view, day);
    let sql = format!("SELECT DISTINCT {day}, {key} FROM {table} WHERE {} ORDER BY {day} DESC, {key} DESC LIMIT ?", clauses.sql());
    let mut values = clauses.into_values();
    values.push(limit);
    (sql, values)
}

/// What holds of the groups `g` of a kind that a filter means, whoever takes part.
pub(super) fn conditions(filter: &GroupFilter, view: View, kind: GroupKind) -> Clauses {
    let mut clauses = Clauses::default();
    clauses.push("g.kind = ?", [Value::from(kind.as_str().to_owned())]);
    clauses.push(view.holds("g"), []);
    push_choice(&mut clauses, filter, Lead::Time, view, "g.day");
    clauses
}

/// What a filter asks beside what leads the walk.
fn push_choice(clauses: &mut Clauses, filter: &GroupFilter, lead: Lead<'_>, view: View, day: &str) {
    let led = view == View::Now;
    if !(led && matches!(lead, Lead::Type(_))) {
        clauses.push_list("g.type IN (SELECT value FROM json_each(?))", filter.types.iter().map(String::as_str));
    }
    if !(led && matches!(lead, Lead::Country(_))) {
        clauses.push_list("g.country IN (SELECT value FROM json_each(?))", filter.countries.iter().map(String::as_str));
    }
    for actor in &filter.all_actors {
        let takes_part = "EXISTS (SELECT 1 FROM parties AS q WHERE q.grouped = g.key AND q.actor = ?)";
        clauses.push(takes_part, [Value::from(actor.clone())]);
    }
    clauses.push_list("g.status IN (SELECT value FROM json_each(?))", filter.statuses.iter().map(String::as_str));
    if filter.least_sources > 0 {
        clauses.push("g.sources >= ?", [Value::from(i64::try_from(filter.least_sources).unwrap_or(i64::MAX))]);
    }
    match filter.disputed {
        Some(true) => clauses.push("g.disputed > 0", []),
        Some(false) => clauses.push("g.disputed = 0", []),
        None => {}
    }
    if let Some(aggregate) = filter.aggregate {
        clauses.push("g.aggregate = ?", [Value::from(aggregate)]);
    }
    if let Some(window) = &filter.time {
        window.push(clauses, day);
    }
    if let Some(told) = filter.told_since.as_ref().and_then(Edtf::earliest) {
        clauses.push("g.last_told >= ?", [Value::from(told.to_string())]);
    }
}

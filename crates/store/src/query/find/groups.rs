//! Which events, relations or series of estimates does a question mean? In order of time, each with a statement for which it was found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, GroupRecord};

use super::condition::{Of, is_of_statements, push_clauses};
use super::lead::{self, Lead};
use super::statements::Quoted;
use super::summary::{DayCount, Summary};
use super::{Clause, Condition, Found, MOST_LOOKED_AT, Summed, Wanted, counted, tally};
use crate::clause::Clauses;
use crate::moment::View;
use crate::query::{Cursor, Tally, page};
use crate::{Error, Record};

/// Up to so many of the other kinds are counted.
const MOST_OF_OTHERS: u64 = 1_000;

/// Of more than are looked at one by one, so many are counted by day.
const MOST_BY_DAY: usize = 200_000;

/// A group that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFound {
    /// The group.
    pub record: GroupRecord,
    /// The statement for which it was found, or its first one.
    pub quoted: Option<Quoted>,
}

/// What an index tells of a group that was found.
#[derive(Clone, Debug)]
pub(super) struct Short {
    pub(super) day: String,
    pub(super) key: i64,
    pub(super) kind: String,
    pub(super) type_code: String,
    pub(super) country: Option<String>,
    pub(super) status: Option<String>,
    pub(super) sources: u64,
    pub(super) disputed: bool,
    /// The statement for which it was found.
    statement: Option<i64>,
}

/// The columns of a [`Short`], beside the statement.
const COLUMNS: &str = "g.day, g.key, g.kind, g.type, g.country, g.status, g.sources, g.disputed > 0";

/// What one window of statements leads to.
struct Window {
    /// Of all kinds, in order of time.
    shorts: Vec<Short>,
    looked_at: usize,
    last: i64,
}

impl Record {
    /// The groups of a kind that a question means, last ones first; those without a known time last.
    pub fn find_groups(&self, wanted: &Wanted, kind: GroupKind) -> Result<Found<GroupFound>, Error> {
        match lead::of_statements(&wanted.clauses, self.view) {
            Some(lead) => self.groups_by_statements(wanted, kind, &lead),
            None => self.groups_by_time(wanted, kind),
        }
    }

    fn groups_by_statements(&self, wanted: &Wanted, kind: GroupKind, lead: &Lead) -> Result<Found<GroupFound>, Error> {
        let after = wanted.paging.after.as_ref();
        let (below, day) = after.map_or((i64::MAX, None), |cursor| {
            let (below, day) = cursor.place.split_once(',').unwrap_or((&cursor.place, ""));
            (below.parse().unwrap_or(i64::MAX), Some(day))
        });
        let window = self.window(wanted, lead, below)?;
        let limit = wanted.paging.limit;
        let mut chosen = Vec::new();
        for short in window.shorts.iter().filter(|short| short.kind == kind.as_str()) {
            let passed = day.zip(after).is_some_and(|(day, cursor)| (short.day.as_str(), short.key) >= (day, cursor.key));
            if !passed && (below == i64::MAX || !self.was_found_before(wanted, short.key, below)?) {
                chosen.push(short);
                if chosen.len() > limit {
                    break;
                }
            }
        }
        let rest = (window.looked_at >= MOST_LOOKED_AT).then(|| Cursor { place: format!("{},~", window.last), key: i64::MAX });
        let (chosen, next) = page(chosen, limit, |short| Cursor { place: format!("{below},{}", short.day), key: short.key });
        let items = chosen.into_iter().map(|short| self.group_found(short, lead.words.as_deref())).collect::<Result<_, _>>()?;
        let first = if below == i64::MAX || wanted.summed == Summed::Not { window } else { self.window(wanted, lead, i64::MAX)? };
        let of_kind: Vec<Short> = first.shorts.iter().filter(|short| short.kind == kind.as_str()).cloned().collect();
        let number = tally(of_kind.len(), first.looked_at);
        let summary = match wanted.summed {
            Summed::Not => None,
            Summed::Wholly => {
                let mut kinds = BTreeMap::new();
                for kind in GroupKind::ALL {
                    let number = first.shorts.iter().filter(|short| short.kind == kind.as_str()).count();
                    kinds.insert(*kind, tally(number, first.looked_at));
                }
                let days = days(of_kind.iter().map(|short| short.day.as_str()));
                Some(Summary {
                    kinds,
                    days_counted: counted(first.looked_at),
                    days,
                    ..self.summary_of_groups(&of_kind, counted(first.looked_at))?
                })
            }
        };
        Ok(Found { items, next: next.or(rest), tally: number, summary })
    }

    /// The groups that the statements of one window lead to.
    fn window(&self, wanted: &Wanted, lead: &Lead, below: i64) -> Result<Window, Error> {
        let (looked_at, last) = self.reach(lead, below)?;
        let (sql, mut values) = lead.below(below);
        let mut clauses = Clauses::default();
        clauses.push_all(format!("{} AND {}", self.view.holds("m"), self.view.holds("g")), Vec::new());
        clauses.push_all(self.view.holds("s"), Vec::new());
        let (of_statements, of_groups) = parted(&wanted.clauses, &lead.heeds);
        push_clauses(&mut clauses, &of_statements, &[], Of::Statement, self.view);
        push_clauses(&mut clauses, &of_groups, &[], Of::Group, self.view);
        let sql = format!(
            "SELECT {COLUMNS}, h.key FROM ({sql} LIMIT {MOST_LOOKED_AT}) AS h
             CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = h.key
             CROSS JOIN members AS m INDEXED BY members_by_statement ON m.statement = h.key
             CROSS JOIN groups AS g INDEXED BY groups_by_id ON g.id = m.group_id WHERE {}",
            clauses.sql()
        );
        values.extend(clauses.into_values());
        let mut seen = BTreeSet::new();
        let mut shorts = Vec::new();
        self.each_row(&sql, values, |row| {
            let key = row.get::<_, i64>(1)?;
            if seen.insert(key) {
                shorts.push(short(row, Some(row.get(8)?))?);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        sort(&mut shorts);
        Ok(Window { shorts, looked_at, last })
    }

    /// How many keys a window has, and the last one.
    pub(super) fn reach(&self, lead: &Lead, below: i64) -> Result<(usize, i64), Error> {
        let (sql, values) = lead.below(below);
        let sql = format!("SELECT count(*), coalesce(min(h.key), 0) FROM ({sql} LIMIT {MOST_LOOKED_AT}) AS h");
        let mut reach = (0, 0);
        self.each_row(&sql, values, |row| {
            reach = (row.get::<_, i64>(0)?.unsigned_abs() as usize, row.get(1)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(reach)
    }

    /// Whether one of a group's statements in an earlier window led to it.
    fn was_found_before(&self, wanted: &Wanted, group: i64, below: i64) -> Result<bool, Error> {
        let (of_statements, _) = parted(&wanted.clauses, &[]);
        let mut clauses = Clauses::default();
        clauses.push("g.key = ?", [Value::from(group)]);
        clauses.push(self.view.holds("m"), []);
        clauses.push("m.statement >= ?", [Value::from(below)]);
        push_clauses(&mut clauses, &of_statements, &[], Of::Statement, self.view);
        let sql = format!(
            "SELECT 1 FROM groups AS g CROSS JOIN members AS m ON m.group_id = g.id CROSS JOIN statements AS s ON s.key = m.statement
             WHERE {} LIMIT 1",
            clauses.sql()
        );
        let mut found = false;
        self.each_row(&sql, clauses.into_values(), |_| {
            found = true;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    fn groups_by_time(&self, wanted: &Wanted, kind: GroupKind) -> Result<Found<GroupFound>, Error> {
        let after = wanted.paging.after.as_ref();
        let limit = wanted.paging.limit;
        let most = if wanted.summed == Summed::Wholly { MOST_LOOKED_AT } else { limit.saturating_add(1) };
        let first = self.timed(wanted, kind, None, if after.is_some() && wanted.summed == Summed::Not { 0 } else { most })?;
        let listed = match after {
            Some(_) => self.timed(wanted, kind, after, limit.saturating_add(1))?,
            None => first.iter().take(limit.saturating_add(1)).cloned().collect(),
        };
        let (listed, next) = page(listed, limit, |short| Cursor { place: short.day.clone(), key: short.key });
        let items = listed.iter().map(|short| self.group_found(short, None)).collect::<Result<_, _>>()?;
        let number = tally(first.len(), first.len());
        let summary = match wanted.summed {
            Summed::Not => None,
            Summed::Wholly => Some(self.summary_by_time(wanted, kind, &first, number)?),
        };
        Ok(Found { items, next, tally: number, summary })
    }

    fn summary_by_time(&self, wanted: &Wanted, kind: GroupKind, first: &[Short], number: Tally) -> Result<Summary, Error> {
        let mut kinds = BTreeMap::from([(kind, number)]);
        for other in GroupKind::ALL.iter().filter(|other| **other != kind) {
            let number = self.timed(wanted, *other, None, MOST_OF_OTHERS as usize)?.len() as u64;
            kinds.insert(*other, if number < MOST_OF_OTHERS { Tally::Exactly(number) } else { Tally::AtLeast(number) });
        }
        let summary = self.summary_of_groups(first, counted(first.len()))?;
        if first.len() < MOST_LOOKED_AT {
            return Ok(Summary { kinds, days: days(first.iter().map(|short| short.day.as_str())), ..summary });
        }
        let (all, days_of_all) = self.by_day(wanted, kind)?;
        let days_counted = if all < MOST_BY_DAY as u64 { super::Counted::All } else { super::Counted::Newest(all) };
        Ok(Summary { kinds, days: days_of_all, days_counted, ..summary })
    }

    /// The groups on the walks in order of time, up to a number.
    fn timed(&self, wanted: &Wanted, kind: GroupKind, after: Option<&Cursor>, most: usize) -> Result<Vec<Short>, Error> {
        let mut shorts = Vec::new();
        if most == 0 {
            return Ok(shorts);
        }
        let walks = walks(wanted, kind, self.view, after);
        let several = walks.len() > 1;
        for (table, clauses) in walks {
            let sql = format!("SELECT {COLUMNS} FROM {table} WHERE {} ORDER BY {} LIMIT {most}", clauses.sql(), order(&table));
            self.each_row(&sql, clauses.into_values(), |row| {
                shorts.push(short(row, None)?);
                Ok(ControlFlow::Continue(()))
            })?;
        }
        if several {
            sort(&mut shorts);
            shorts.dedup_by_key(|short| short.key);
            shorts.truncate(most);
        }
        Ok(shorts)
    }

    /// How many groups there are of each day, and in all.
    fn by_day(&self, wanted: &Wanted, kind: GroupKind) -> Result<(u64, Vec<DayCount>), Error> {
        let (mut all, mut counts) = (0, BTreeMap::<String, u64>::new());
        for (table, clauses) in walks(wanted, kind, self.view, None) {
            let sql = format!(
                "SELECT w.day, count(*) FROM (SELECT g.day FROM {table} WHERE {} ORDER BY {} LIMIT {MOST_BY_DAY}) AS w GROUP BY w.day",
                clauses.sql(),
                order(&table)
            );
            self.each_row(&sql, clauses.into_values(), |row| {
                let number = row.get::<_, i64>(1)?.unsigned_abs();
                all += number;
                *counts.entry(row.get(0)?).or_default() += number;
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok((all, counts.into_iter().map(|(day, number)| DayCount { day, number }).collect()))
    }

    fn group_found(&self, short: &Short, words: Option<&str>) -> Result<GroupFound, Error> {
        let record = self.group_of_key(short.key)?;
        let statement = match short.statement {
            Some(statement) => Some(statement),
            None => self.first_member(&record.id)?,
        };
        let quoted = statement.map(|statement| self.quoted(statement, words)).transpose()?;
        Ok(GroupFound { record, quoted })
    }

    fn first_member(&self, group: &str) -> Result<Option<i64>, Error> {
        let sql =
            format!("SELECT m.statement FROM members AS m WHERE m.group_id = ? AND {} ORDER BY m.statement LIMIT 1", self.view.holds("m"));
        let mut first = None;
        self.each_row(&sql, [Value::from(group.to_owned())], |row| {
            first = Some(row.get(0)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(first)
    }
}

/// Clauses that one statement must meet, and those that the group must; a clause of both is asked of the group.
fn parted(clauses: &[Clause], heeded: &[usize]) -> (Vec<Clause>, Vec<Clause>) {
    let left = clauses.iter().enumerate().filter(|(at, _)| !heeded.contains(at)).map(|(_, clause)| clause.clone());
    left.partition(|clause| !clause.negated && !clause.any.is_empty() && clause.any.iter().all(is_of_statements))
}

/// The walks in order of time that together meet all groups of a kind that are meant: a table, and what must hold.
fn walks(wanted: &Wanted, kind: GroupKind, view: View, after: Option<&Cursor>) -> Vec<(String, Clauses)> {
    let led = wanted.clauses.iter().enumerate().find_map(|(at, clause)| match (&clause.any[..], clause.negated) {
        ([Condition::Actor(party)], false) => Some((at, &party.ids)),
        _ => None,
    });
    let Some((at, ids)) = led else {
        let index = if view == View::Now { "groups_by_time" } else { "groups_by_time_ever" };
        let clauses = walk(wanted, kind, view, after, None);
        return vec![(format!("groups AS g INDEXED BY {index}"), clauses)];
    };
    let index = if view == View::Now { "parties_by_actor" } else { "parties_by_actor_ever" };
    let table = format!("parties AS p INDEXED BY {index} CROSS JOIN groups AS g ON g.key = p.grouped");
    ids.iter().map(|id| (table.clone(), walk(wanted, kind, view, after, Some((at, id))))).collect()
}

fn walk(wanted: &Wanted, kind: GroupKind, view: View, after: Option<&Cursor>, actor: Option<(usize, &String)>) -> Clauses {
    let mut clauses = Clauses::default();
    let kind = Value::from(kind.as_str().to_owned());
    let (day, key) = match actor {
        Some((_, id)) => {
            clauses.push("p.actor = ?", [Value::from(id.clone())]);
            clauses.push("p.kind = ?", [kind]);
            if view == View::Now {
                clauses.push("p.until IS NULL", []);
            }
            ("p.day", "p.grouped")
        }
        None => {
            clauses.push("g.kind = ?", [kind]);
            ("g.day", "g.key")
        }
    };
    clauses.push(view.holds("g"), []);
    if let Some(cursor) = after {
        clauses.push(format!("({day}, {key}) < (?, ?)"), [Value::from(cursor.place.clone()), Value::from(cursor.key)]);
    }
    let heeded: Vec<usize> = actor.iter().map(|(at, _)| *at).collect();
    push_clauses(&mut clauses, &wanted.clauses, &heeded, Of::Group, view);
    clauses
}

fn order(table: &str) -> &'static str {
    if table.starts_with("parties") { "p.day DESC, p.grouped DESC" } else { "g.day DESC, g.key DESC" }
}

fn short(row: &rusqlite::Row<'_>, statement: Option<i64>) -> rusqlite::Result<Short> {
    Ok(Short {
        day: row.get(0)?,
        key: row.get(1)?,
        kind: row.get(2)?,
        type_code: row.get(3)?,
        country: row.get(4)?,
        status: row.get(5)?,
        sources: row.get::<_, i64>(6)?.unsigned_abs(),
        disputed: row.get(7)?,
        statement,
    })
}

fn sort(shorts: &mut [Short]) {
    shorts.sort_by(|one, other| (&other.day, other.key).cmp(&(&one.day, one.key)));
}

/// How many there are of each day, in order.
pub(super) fn days<'d>(days: impl Iterator<Item = &'d str>) -> Vec<DayCount> {
    let mut counts = BTreeMap::<&str, u64>::new();
    for day in days {
        *counts.entry(day).or_default() += 1;
    }
    counts.into_iter().map(|(day, number)| DayCount { day: day.to_owned(), number }).collect()
}

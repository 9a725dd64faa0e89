//! Which events, relations and series are otherwise at one moment than at another, how, and after which reading or decision?

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};
use sayso_types::record::GroupRecord;

use super::{Change, Differing};
use crate::ask::Json;
use crate::history::{causes, changes, named};
use crate::moment::View;

/// So many statements are named; of more, the number is told.
const NAMED: usize = 5;

/// The groups that stand at one moment and not so at the other, by id.
type Standing = BTreeMap<String, GroupRecord>;

/// The statements, by id, that are in a group at one moment and not at the other, by group.
type Members = BTreeMap<String, BTreeSet<String>>;

/// The groups that differ, in the order of changes and ids.
pub(super) fn differing(connection: &Connection, earlier: i64, later: i64) -> rusqlite::Result<Vec<Differing>> {
    let (mut gone, mut come) = (standing(connection, earlier, later)?, standing(connection, later, earlier)?);
    let (left, came) = (members(connection, earlier, later)?, members(connection, later, earlier)?);
    let whole: BTreeSet<String> = gone.keys().filter(|id| !come.contains_key(*id)).cloned().collect();
    let fresh: BTreeSet<String> = come.keys().filter(|id| !gone.contains_key(*id)).cloned().collect();
    let ids: BTreeSet<String> = gone.keys().chain(come.keys()).chain(left.keys()).chain(came.keys()).cloned().collect();
    let mut through =
        Through { connection, entries: touching(connection, earlier.min(later), earlier.max(later))?, causes: BTreeMap::new() };
    let mut differing = Vec::new();
    for id in ids {
        let (before, after) = (gone.remove(&id), come.remove(&id));
        let group = after.as_ref().or(before.as_ref());
        let of = match group {
            Some(group) => named(group),
            // Only its statements are others.
            None => named(&now(connection, &id, later)?),
        };
        let (change, what) = if whole.contains(&id) {
            (Change::Removed, String::new())
        } else if fresh.contains(&id) {
            (Change::Added, String::new())
        } else {
            let mut told = before.as_ref().zip(after.as_ref()).map_or_else(Vec::new, |(before, after)| changes(before, after));
            told.extend(moved(came.get(&id), left.get(&id)));
            if told.is_empty() {
                continue;
            }
            (Change::Changed, told.join("; "))
        };
        differing.push(Differing { change, through: through.told(&id)?, id, of, what });
    }
    differing.sort_by(|a, b| (a.change, &a.id).cmp(&(b.change, &b.id)));
    Ok(differing)
}

fn standing(connection: &Connection, at: i64, other: i64) -> rusqlite::Result<Standing> {
    let (here, there) = (View::After(at).holds("g"), View::After(other).holds("g"));
    let mut query = connection.prepare(&format!("SELECT g.id, g.record FROM groups AS g WHERE {here} AND NOT ({there})"))?;
    query.query_map([], |row| Ok((row.get(0)?, row.get::<_, Json<_>>(1)?.0)))?.collect()
}

fn now(connection: &Connection, id: &str, at: i64) -> rusqlite::Result<GroupRecord> {
    let sql = format!("SELECT g.record FROM groups AS g WHERE g.id = ?1 AND {}", View::After(at).holds("g"));
    connection.query_row(&sql, [id], |row| Ok(row.get::<_, Json<_>>(0)?.0))
}

fn members(connection: &Connection, at: i64, other: i64) -> rusqlite::Result<Members> {
    let (here, there) = (View::After(at).holds("m"), View::After(other).holds("m"));
    let sql =
        format!("SELECT m.group_id, s.id FROM members AS m JOIN statements AS s ON s.key = m.statement WHERE {here} AND NOT ({there})");
    let mut query = connection.prepare(&sql)?;
    let mut rows = query.query([])?;
    let mut members = Members::new();
    while let Some(row) = rows.next()? {
        members.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(members)
}

/// Which statements came and left, in words; one that was only written anew did neither.
fn moved(came: Option<&BTreeSet<String>>, left: Option<&BTreeSet<String>>) -> Vec<String> {
    let none = BTreeSet::new();
    let (came, left) = (came.unwrap_or(&none), left.unwrap_or(&none));
    let told = |what: &str, these: &BTreeSet<String>, others: &BTreeSet<String>| {
        let ids: Vec<&str> = these.difference(others).map(String::as_str).collect();
        let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
        (!ids.is_empty()).then(|| format!("{what}: {}{more}", ids[..ids.len().min(NAMED)].join(" · ")))
    };
    [told("came", came, left), told("left", left, came)].into_iter().flatten().collect()
}

/// By group, the linkings after one entry of the log and up to another that touched it.
fn touching(connection: &Connection, after: i64, last: i64) -> rusqlite::Result<BTreeMap<String, BTreeSet<i64>>> {
    let mut query = connection.prepare(
        "SELECT id, since FROM groups WHERE since > ?1 AND since <= ?2 UNION SELECT id, until FROM groups WHERE until > ?1 AND until <= ?2
         UNION SELECT group_id, since FROM members WHERE since > ?1 AND since <= ?2
         UNION SELECT group_id, until FROM members WHERE until > ?1 AND until <= ?2",
    )?;
    let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let mut touching: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for pair in query.query_map(params![after, last], pair)? {
        let (id, entry) = pair?;
        touching.entry(id).or_default().insert(entry);
    }
    Ok(touching)
}

/// Through what groups became as they are: the causes of the linkings that touched them.
struct Through<'c> {
    connection: &'c Connection,
    entries: BTreeMap<String, BTreeSet<i64>>,
    /// By linking, once they were looked up.
    causes: BTreeMap<i64, String>,
}

impl Through<'_> {
    fn told(&mut self, id: &str) -> rusqlite::Result<String> {
        let mut told: Vec<String> = Vec::new();
        for entry in self.entries.get(id).into_iter().flatten() {
            if !self.causes.contains_key(entry) {
                self.causes.insert(*entry, causes(self.connection, *entry)?);
            }
            told.extend(self.causes.get(entry).filter(|cause| !told.contains(cause)).cloned());
        }
        Ok(told.join("; "))
    }
}

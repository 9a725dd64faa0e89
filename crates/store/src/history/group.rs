//! What became of an event, relation or series: with which statements it began, which came and left, how it changed, where they went?

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};
use sayso_types::record::GroupRecord;

use super::Entries;
use super::words::{changes, summed_up};
use crate::ask::Json;

/// So many statements are named; of more, the number is told.
const NAMED: usize = 12;

/// A group as it was from one entry of the log to another.
struct Version {
    since: i64,
    until: Option<i64>,
    record: GroupRecord,
}

/// A statement's time in a group.
struct Stay {
    since: i64,
    until: Option<i64>,
    /// The statement's id.
    statement: String,
    /// Its document's.
    document: String,
    /// The statement that it is like, and how surely; or that a person put it together with.
    joined: Option<(String, Option<f64>)>,
}

/// The entries that touched a group, each with what it did.
pub(super) fn group_entries(connection: &Connection, id: &str) -> rusqlite::Result<Entries> {
    let (versions, stays) = (versions(connection, id)?, stays(connection, id)?);
    let bounds = versions.iter().map(|v| (v.since, v.until)).chain(stays.iter().map(|s| (s.since, s.until)));
    let touching: BTreeSet<i64> = bounds.flat_map(|(since, until)| [Some(since), until]).flatten().collect();
    let mut entries = Entries::new();
    for entry in touching {
        let mut done = version_told(&versions, entry);
        done.extend(stays_told(connection, id, &stays, entry)?);
        // Where only reasons for joining were found anew, nothing is to be told.
        if !done.is_empty() {
            entries.insert((entry, done.join("; ")));
        }
    }
    entries.extend(decided(connection, id)?.into_iter().map(|entry| (entry, String::new())));
    Ok(entries)
}

fn versions(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Version>> {
    let mut query = connection.prepare_cached("SELECT since, until, record FROM groups WHERE id = ?1 ORDER BY key")?;
    query.query_map([id], |row| Ok(Version { since: row.get(0)?, until: row.get(1)?, record: row.get::<_, Json<_>>(2)?.0 }))?.collect()
}

fn stays(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Stay>> {
    let sql = "SELECT m.since, m.until, s.id, s.record ->> '$.document_id', j.id, m.score
               FROM members AS m JOIN statements AS s ON s.key = m.statement LEFT JOIN statements AS j ON j.key = m.joined_to
               WHERE m.group_id = ?1 ORDER BY m.key";
    let mut query = connection.prepare_cached(sql)?;
    let stay = |row: &Row<'_>| {
        let joined: Option<String> = row.get(4)?;
        let score = row.get(5)?;
        Ok(Stay {
            since: row.get(0)?,
            until: row.get(1)?,
            statement: row.get(2)?,
            document: row.get(3)?,
            joined: joined.map(|id| (id, score)),
        })
    };
    query.query_map([id], stay)?.collect()
}

/// What an entry did to the group as a whole.
fn version_told(versions: &[Version], entry: i64) -> Vec<String> {
    // One linking can write a group twice; the last time counts.
    let begun = versions.iter().rfind(|version| version.since == entry && version.until != Some(entry));
    let ended = versions.iter().find(|version| version.until == Some(entry) && version.since < entry);
    match (ended, begun) {
        (None, None) => Vec::new(),
        (None, Some(begun)) => {
            let again = if versions.iter().any(|version| version.since < entry) { "began again" } else { "began" };
            vec![format!("{again} as {}", summed_up(&begun.record))]
        }
        (Some(_), None) => vec!["is no more".to_owned()],
        (Some(ended), Some(begun)) => changes(&ended.record, &begun.record),
    }
}

/// Which statements came and left with an entry.
fn stays_told(connection: &Connection, id: &str, stays: &[Stay], entry: i64) -> rusqlite::Result<Vec<String>> {
    let at = |of: fn(&Stay) -> Option<i64>| -> BTreeMap<&str, &Stay> {
        let lasting = stays.iter().filter(|stay| stay.until != Some(stay.since));
        lasting.filter(|stay| of(stay) == Some(entry)).map(|stay| (stay.statement.as_str(), stay)).collect()
    };
    let (came, left) = (at(|stay| Some(stay.since)), at(|stay| stay.until));
    let first = stays.iter().all(|stay| stay.since >= entry);
    let mut told = Vec::new();
    let names = |these: &BTreeMap<&str, &Stay>, others: &BTreeMap<&str, &Stay>, leaving| -> rusqlite::Result<Vec<String>> {
        let these = these.iter().filter(|(statement, _)| !others.contains_key(*statement));
        these.map(|(_, stay)| stay_told(connection, id, stay, entry, leaving)).collect()
    };
    let (came, left) = (names(&came, &left, false)?, names(&left, &came, true)?);
    if !came.is_empty() {
        told.push(format!("{} {}", if first { "with" } else { "came:" }, listed(&came)));
    }
    if !left.is_empty() {
        told.push(format!("left: {}", listed(&left)));
    }
    Ok(told)
}

/// A statement, with its document and the group that it came from or went to.
fn stay_told(connection: &Connection, id: &str, stay: &Stay, entry: i64, leaving: bool) -> rusqlite::Result<String> {
    let (bound, word) = if leaving { ("since", "to") } else { ("until", "from") };
    let sql = format!(
        "SELECT DISTINCT m.group_id FROM statements AS s JOIN members AS m ON m.statement = s.key
         WHERE s.id = ?1 AND m.{bound} = ?2 AND m.group_id <> ?3 AND substr(m.group_id, 1, 2) = substr(?3, 1, 2) ORDER BY 1"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let groups = query.query_map(params![stay.statement, entry, id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let joined = match &stay.joined {
        Some((other, Some(score))) if !leaving => format!(", like {other} ({score:.2})"),
        Some((other, None)) if !leaving => format!(", with {other} as decided"),
        _ => String::new(),
    };
    let moved = if groups.is_empty() { String::new() } else { format!(", {word} {}", groups.join(" and ")) };
    Ok(format!("{} of {}{joined}{moved}", stay.statement, stay.document))
}

fn listed(names: &[String]) -> String {
    match names.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!("{} and {more} more", names[..NAMED].join(" · ")),
        _ => names.join(" · "),
    }
}

/// The entries of decisions about the group, or that joined or split statements which were ever in it.
fn decided(connection: &Connection, id: &str) -> rusqlite::Result<BTreeSet<i64>> {
    let sql = "
        WITH about (decision) AS (
            SELECT decision FROM decision_subjects WHERE kind = 'group' AND id = ?1
            UNION SELECT d.key FROM members AS m JOIN statements AS s ON s.key = m.statement
                  JOIN decision_subjects AS b ON b.kind = 'statement' AND b.id = s.id JOIN decisions AS d ON d.key = b.decision
                  WHERE m.group_id = ?1 AND d.what IN ('join', 'split', 'settle', 'status'))
        SELECT since FROM about JOIN decision_states USING (decision)
        UNION SELECT until FROM about JOIN decision_states USING (decision) WHERE until IS NOT NULL";
    let mut query = connection.prepare_cached(sql)?;
    query.query_map([id], |row| row.get(0))?.collect()
}

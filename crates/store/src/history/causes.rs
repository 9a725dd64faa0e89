//! Why was something linked anew? The readings and decisions that came before.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sayso_types::decision::Action;

use super::told;
use crate::ask::Json;
use crate::log::Deed;

/// So many decisions are told one by one; of more, their numbers.
const TOLD: usize = 3;

/// What came between a linking and the one before it: "a reading of 12 documents; decision 4 by Ann: reject 5d1c".
pub(crate) fn causes(connection: &Connection, linking: i64) -> rusqlite::Result<String> {
    let between = connection
        .prepare_cached("SELECT coalesce((SELECT max(seen) FROM linkings WHERE log < ?1), 0), seen FROM linkings WHERE log = ?1")?
        .query_row([linking], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((after, last)) = between else { return Ok(String::new()) };
    let read: i64 = connection
        .prepare_cached(
            "SELECT coalesce(sum(json_array_length(entry, '$.documents')), 0) FROM log WHERE key > ?1 AND key <= ?2 AND what = ?3",
        )?
        .query_row(params![after, last, Deed::Documents.as_str()], |row| row.get(0))?;
    let mut causes = Vec::new();
    if read > 0 {
        causes.push(format!("a reading of {read} document{}", if read == 1 { "" } else { "s" }));
    }
    causes.extend(decisions(connection, after, last)?);
    Ok(if causes.is_empty() { "everything was linked anew".to_owned() } else { causes.join("; ") })
}

fn decisions(connection: &Connection, after: i64, last: i64) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare_cached(
        "SELECT d.key, l.who, l.what, d.action FROM log AS l JOIN decisions AS d ON d.key = l.entry ->> '$.decision'
         WHERE l.key > ?1 AND l.key <= ?2 AND l.what IN ('decided', 'undone', 'redone') ORDER BY l.key",
    )?;
    let decision = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Json<Action>>(3)?.0));
    let made = query.query_map([after, last], decision)?.collect::<rusqlite::Result<Vec<(i64, String, String, Action)>>>()?;
    if made.len() > TOLD {
        let numbers: Vec<String> = made.iter().take(NUMBERED).map(|(number, ..)| number.to_string()).collect();
        let more = if made.len() > NUMBERED { " …" } else { "" };
        return Ok(vec![format!("{} decisions ({}{more})", made.len(), numbers.join(", "))]);
    }
    let one = |(number, who, what, action): (i64, String, String, Action)| {
        let deed = if what == Deed::Decided.as_str() { String::new() } else { format!("{what} ") };
        format!("decision {number} {deed}by {who}: {}", told(&action))
    };
    Ok(made.into_iter().map(one).collect())
}

/// The numbers of so many decisions are listed.
const NUMBERED: usize = 20;

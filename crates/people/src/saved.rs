//! Which questions does a person keep, to ask them again?

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::file::kept;
use crate::person::known;
use crate::{Error, ErrorKind, People};

/// How long a name is at most, and a question, in characters.
const LONGEST_NAME: usize = 120;
const LONGEST_QUESTION: usize = 4_000;

/// So many questions does a person keep at most.
const MOST: i64 = 200;

/// A question that a person keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Saved {
    /// Its number.
    pub number: i64,
    /// What the person calls it.
    pub name: String,
    /// The question.
    pub q: String,
    /// As what it is answered: "events", "documents".
    #[serde(rename = "as")]
    pub shown: String,
    /// When it was kept (RFC 3339).
    pub made: String,
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Saved> {
    Ok(Saved { number: row.get(0)?, name: row.get(1)?, q: row.get(2)?, shown: row.get(3)?, made: row.get(4)? })
}

impl People {
    /// The questions that a person keeps, by name.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be read.
    pub fn saved(&self, person: &str) -> Result<Vec<Saved>, Error> {
        let person = self.person(person)?;
        let read = || {
            let sql = "SELECT s.key, s.name, s.q, s.shown, s.made FROM saved AS s JOIN people AS p ON p.key = s.person
                       WHERE p.name = ? ORDER BY lower(s.name), s.key";
            self.connection.prepare_cached(sql)?.query_map([person.name], of_row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// Keeps a question for a person, answered as `shown`; under a name that is kept already it takes that one's place.
    ///
    /// # Errors
    /// There is nobody of that name, the name or the question is empty or too long, or too many are kept.
    pub fn save(&mut self, person: &str, name: &str, q: &str, shown: &str, now: Timestamp) -> Result<Saved, Error> {
        let name = named(name)?;
        if q.chars().count() > LONGEST_QUESTION {
            return Err(Error::new(ErrorKind::Invalid, format!("a kept question has at most {LONGEST_QUESTION} characters")));
        }
        self.wholly(|transaction| {
            let (key, _) = known(transaction, person)?;
            let others: i64 =
                transaction.query_row("SELECT count(*) FROM saved WHERE person = ? AND name <> ?", params![key, name], |row| row.get(0))?;
            if others >= MOST {
                return Err(Error::new(ErrorKind::Conflict, format!("{MOST} questions are kept already; remove one first")).into());
            }
            let sql = "INSERT INTO saved (person, name, q, shown, made) VALUES (?, ?, ?, ?, ?)
                       ON CONFLICT (person, name) DO UPDATE SET q = excluded.q, shown = excluded.shown, made = excluded.made
                       RETURNING key, name, q, shown, made";
            Ok(transaction.query_row(sql, params![key, name, q, shown, kept(now)], of_row)?)
        })
    }

    /// Gives a kept question another name.
    ///
    /// # Errors
    /// The person keeps none of that number, the name cannot be, or another has it.
    pub fn rename_saved(&mut self, person: &str, number: i64, name: &str) -> Result<Saved, Error> {
        let name = named(name)?;
        self.wholly(|transaction| {
            let (key, _) = known(transaction, person)?;
            if another(transaction, key, number, &name)? {
                return Err(Error::new(ErrorKind::Conflict, format!("another question is kept as `{name}`")).into());
            }
            let sql = "UPDATE saved SET name = ? WHERE key = ? AND person = ? RETURNING key, name, q, shown, made";
            let renamed = transaction.query_row(sql, params![name, number, key], of_row).optional()?;
            renamed.ok_or_else(|| none(person, number).into())
        })
    }

    /// Keeps a question no more.
    ///
    /// # Errors
    /// The person keeps none of that number, or the file cannot be written.
    pub fn remove_saved(&mut self, person: &str, number: i64) -> Result<(), Error> {
        self.wholly(|transaction| {
            let (key, _) = known(transaction, person)?;
            let removed = transaction.execute("DELETE FROM saved WHERE key = ? AND person = ?", [number, key])?;
            if removed == 0 { Err(none(person, number).into()) } else { Ok(()) }
        })
    }
}

fn named(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let message = format!("a kept question has a name of one line with at most {LONGEST_NAME} characters");
        return Err(Error::new(ErrorKind::Invalid, message));
    }
    Ok(name.to_owned())
}

fn another(connection: &Connection, person: i64, number: i64, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM saved WHERE person = ? AND name = ? AND key <> ?)";
    connection.query_row(sql, params![person, name, number], |row| row.get(0))
}

fn none(person: &str, number: i64) -> Error {
    Error::new(ErrorKind::Unknown, format!("{person} keeps no question {number}"))
}

//! Who is signed in, and for how long?

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::file::kept;
use crate::log::note;
use crate::person::{COLUMNS, known, of_row};
use crate::{By, Error, ErrorKind, Happening, People, Person, Secret};

/// How long a session lasts that nobody uses.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_hours(12);

/// How long a session lasts at most.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How exactly it is kept when something was used last.
const GRAIN: SignedDuration = SignedDuration::from_mins(1);

/// One session of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Session {
    /// Its number; it lets nobody in.
    pub number: i64,
    /// When it was begun (RFC 3339).
    pub begun: String,
    /// When it was used last, to the minute.
    pub seen: String,
    /// The address that it was begun from.
    pub place: String,
}

impl People {
    /// Begins a session of a person who showed who they are; those that ended are forgotten.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be written.
    pub fn begin_session(&mut self, name: &str, by: &By, now: Timestamp) -> Result<Secret, Error> {
        let secret = Secret::random("")?;
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            let ended = "DELETE FROM sessions WHERE begun <= ? OR seen <= ?";
            transaction.execute(ended, params![kept(now - LONGEST), kept(now - IDLE)])?;
            let begun = "INSERT INTO sessions (person, sha256, begun, seen, place) VALUES (?, ?, ?3, ?3, ?)";
            transaction.execute(begun, params![key, secret.sha256(), kept(now), by.place])?;
            note(transaction, Happening::SignedIn, &name, by, now)?;
            Ok(())
        })?;
        Ok(secret)
    }

    /// The person of a session that has not ended, with its number; `None` where the secret is of none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_session(&self, secret: &Secret, now: Timestamp) -> Result<Option<(Person, i64)>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, s.key, s.seen FROM sessions AS s JOIN people AS p ON p.key = s.person
             WHERE s.sha256 = ? AND s.begun > ? AND s.seen > ? AND p.disabled IS NULL"
        );
        let read = || {
            let given = params![secret.sha256(), kept(now - LONGEST), kept(now - IDLE)];
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found = statement.query_row(given, |row| Ok((of_row(row)?, row.get(5)?, row.get::<_, String>(6)?))).optional()?;
            let Some((person, key, seen)) = found else { return Ok(None) };
            if seen <= kept(now - GRAIN) {
                self.connection.execute("UPDATE sessions SET seen = ? WHERE key = ?", params![kept(now), key])?;
            }
            Ok(Some((person, key)))
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// The sessions of a person that have not ended, the latest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn sessions(&self, name: &str, now: Timestamp) -> Result<Vec<Session>, Error> {
        let person = self.person(name)?;
        let read = || {
            let sql = "SELECT s.key, s.begun, s.seen, s.place FROM sessions AS s JOIN people AS p ON p.key = s.person
                       WHERE p.name = ? AND s.begun > ? AND s.seen > ? ORDER BY s.seen DESC, s.key DESC";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![person.name, kept(now - LONGEST), kept(now - IDLE)], |row| {
                Ok(Session { number: row.get(0)?, begun: row.get(1)?, seen: row.get(2)?, place: row.get(3)? })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// Ends a session of a person.
    ///
    /// # Errors
    /// The person has no such session, or the file cannot be written.
    pub fn end_session(&mut self, name: &str, number: i64, happening: Happening, by: &By, now: Timestamp) -> Result<(), Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            if transaction.execute("DELETE FROM sessions WHERE key = ? AND person = ?", [number, key])? == 0 {
                return Err(Error::new(ErrorKind::Unknown, format!("{name} has no session {number}")).into());
            }
            note(transaction, happening, &name, by, now)?;
            Ok(())
        })
    }
}

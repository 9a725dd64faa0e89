//! Which programs ask in whose name?

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::file::kept;
use crate::log::note;
use crate::person::{COLUMNS, known, of_row};
use crate::{By, Error, ErrorKind, Happening, People, Person, Secret};

/// All tokens begin so, and are found by it where they were left lying.
const PREFIX: &str = "sayso_";

/// How many days a token holds at most.
const LONGEST_DAYS: u16 = 366;

/// How many characters say what a token is for, at most.
const LONGEST_LABEL: usize = 80;

/// How exactly it is kept when a token was used last.
const GRAIN: SignedDuration = SignedDuration::from_mins(1);

/// A token: what a program shows to ask in a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Token {
    /// Its number; it lets nobody in.
    pub number: i64,
    /// What it is for, in the person's words.
    pub label: String,
    /// When it was made (RFC 3339).
    pub made: String,
    /// Until when it holds.
    pub expires: String,
    /// When it was used last, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<String>,
}

impl People {
    /// Makes a token that holds for so many days; it is told here and never again.
    ///
    /// # Errors
    /// There is nobody of that name or they are let in no more, the label or the days cannot be, or the file cannot be written.
    pub fn make_token(&mut self, name: &str, label: &str, days: u16, by: &By, now: Timestamp) -> Result<(Secret, Token), Error> {
        let label: String = label.trim().to_owned();
        if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.contains(char::is_control) {
            let message = format!("say on one line, in at most {LONGEST_LABEL} characters, what the token is for");
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(Error::new(ErrorKind::Invalid, format!("a token holds for 1 to {LONGEST_DAYS} days")));
        }
        if self.person(name)?.disabled.is_some() {
            return Err(Error::new(ErrorKind::Conflict, format!("`{name}` is let in no more")));
        }
        let secret = Secret::random(PREFIX)?;
        let expires = kept(now + SignedDuration::from_hours(24 * i64::from(days)));
        let number = self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            let sql = "INSERT INTO tokens (person, sha256, label, made, expires) VALUES (?, ?, ?, ?, ?)";
            transaction.execute(sql, params![key, secret.sha256(), label, kept(now), expires])?;
            let number = transaction.last_insert_rowid();
            note(transaction, Happening::TokenMade, &format!("{name}: {label}"), by, now)?;
            Ok(number)
        })?;
        Ok((secret, Token { number, label, made: kept(now), expires, used: None }))
    }

    /// The person of a token that holds, with its number; `None` where the secret is of none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_token(&self, secret: &Secret, now: Timestamp) -> Result<Option<(Person, i64)>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, t.key, t.used FROM tokens AS t JOIN people AS p ON p.key = t.person
             WHERE t.sha256 = ? AND t.expires > ? AND p.disabled IS NULL"
        );
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found = statement.query_row(params![secret.sha256(), kept(now)], |row| {
                Ok((of_row(row)?, row.get::<_, i64>(5)?, row.get::<_, Option<String>>(6)?))
            });
            let Some((person, key, used)) = found.optional()? else { return Ok(None) };
            if used.is_none_or(|used| used <= kept(now - GRAIN)) {
                self.connection.execute("UPDATE tokens SET used = ? WHERE key = ?", params![kept(now), key])?;
            }
            Ok(Some((person, key)))
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// The tokens of a person, the latest first, those that expired too.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be read.
    pub fn tokens(&self, name: &str) -> Result<Vec<Token>, Error> {
        let person = self.person(name)?;
        let read = || {
            let sql = "SELECT t.key, t.label, t.made, t.expires, t.used FROM tokens AS t JOIN people AS p ON p.key = t.person
                       WHERE p.name = ? ORDER BY t.key DESC";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([person.name], |row| {
                Ok(Token { number: row.get(0)?, label: row.get(1)?, made: row.get(2)?, expires: row.get(3)?, used: row.get(4)? })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// Makes a token of a person hold no more.
    ///
    /// # Errors
    /// The person has no such token, or the file cannot be written.
    pub fn revoke_token(&mut self, name: &str, number: i64, by: &By, now: Timestamp) -> Result<(), Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            let sql = "DELETE FROM tokens WHERE key = ? AND person = ? RETURNING label";
            let label: Option<String> = transaction.query_row(sql, [number, key], |row| row.get(0)).optional()?;
            let Some(label) = label else { return Err(Error::new(ErrorKind::Unknown, format!("{name} has no token {number}")).into()) };
            note(transaction, Happening::TokenRevoked, &format!("{name}: {label}"), by, now)?;
            Ok(())
        })
    }
}

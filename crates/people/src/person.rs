//! Who are the people of a record, and who changes that?

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::file::{Stop, kept};
use crate::log::note;
use crate::{By, Error, ErrorKind, Happening, PasswordHash, People, Role};

/// How long a name is at most, in characters.
const LONGEST_NAME: usize = 64;

/// The names that programs sign by begin so; a person's does not.
const PROGRAMS: &str = "sayso";

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    /// As decisions are signed.
    pub name: String,
    /// Their part.
    pub role: Role,
    /// Since when they are known (RFC 3339).
    pub since: String,
    /// Since when they are let in no more; without it, they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<String>,
    /// When they were seen last: by a session that has not ended, or a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}

/// The columns of a person, as [`of_row`] reads them from `people AS p`.
pub(crate) const COLUMNS: &str = "p.name, p.role, p.since, p.disabled, (SELECT max(t) FROM (SELECT max(seen) AS t FROM sessions WHERE \
     person = p.key UNION ALL SELECT max(used) FROM tokens WHERE person = p.key))";

/// The person of a row that begins with [`COLUMNS`].
pub(crate) fn of_row(row: &Row<'_>) -> rusqlite::Result<Person> {
    let code: String = row.get(1)?;
    let unread = |cause: Error| rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, cause.into());
    let role = code.parse().map_err(unread)?;
    Ok(Person { name: row.get(0)?, role, since: row.get(2)?, disabled: row.get(3)?, seen: row.get(4)? })
}

impl People {
    /// Whether there is anybody at all, let in or not.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn is_empty(&self) -> Result<bool, Error> {
        let any = self.connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM people)", [], |row| row.get(0));
        any.map_err(|cause| self.error(&cause))
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn all(&self) -> Result<Vec<Person>, Error> {
        let read = || {
            let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM people AS p ORDER BY p.folded"))?;
            statement.query_map([], of_row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|cause| self.error(&cause))
    }

    /// The person of a name, in upper or lower case.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be read.
    pub fn person(&self, name: &str) -> Result<Person, Error> {
        let sql = format!("SELECT {COLUMNS} FROM people AS p WHERE p.folded = ?");
        let found = self.connection.query_row(&sql, [folded(name)], of_row).optional();
        found.map_err(|cause| self.error(&cause))?.ok_or_else(|| Error::nobody(name))
    }

    /// The password of who may come in by this name; `None` where nobody may.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn password_of(&self, name: &str) -> Result<Option<PasswordHash>, Error> {
        let sql = "SELECT password FROM people WHERE folded = ? AND disabled IS NULL AND password IS NOT NULL";
        let found = self.connection.query_row(sql, [folded(name)], |row| row.get(0).map(PasswordHash)).optional();
        found.map_err(|cause| self.error(&cause))
    }

    /// Adds a person; one without a password comes in by tokens only.
    ///
    /// # Errors
    /// The name cannot be one or is taken, or the file cannot be written.
    pub fn add(&mut self, name: &str, role: Role, password: Option<&PasswordHash>, by: &By, now: Timestamp) -> Result<Person, Error> {
        let name = checked(name)?;
        self.wholly(|transaction| {
            let sql = "INSERT INTO people (name, folded, role, password, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT (folded) DO NOTHING";
            let hash = password.map(|hash| hash.0.as_str());
            if transaction.execute(sql, params![name, folded(&name), role.as_str(), hash, kept(now)])? == 0 {
                return Err(Error::new(ErrorKind::Conflict, format!("there is a person named `{name}` already")).into());
            }
            note(transaction, Happening::PersonAdded, &format!("{name}: {}", role.as_str()), by, now)?;
            Ok(())
        })?;
        self.person(&name)
    }

    /// Gives a person another role; it holds from their next request on.
    ///
    /// # Errors
    /// There is nobody of that name, they are the last admin, or the file cannot be written.
    pub fn set_role(&mut self, name: &str, role: Role, by: &By, now: Timestamp) -> Result<Person, Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            if role != Role::Admin {
                spare_last_admin(transaction, key, &name)?;
            }
            transaction.execute("UPDATE people SET role = ? WHERE key = ?", params![role.as_str(), key])?;
            note(transaction, Happening::RoleChanged, &format!("{name}: {}", role.as_str()), by, now)?;
            Ok(())
        })?;
        self.person(name)
    }

    /// Lets a person in no more: their sessions end and their tokens are gone. What they decided stays, with their name.
    ///
    /// # Errors
    /// There is nobody of that name, they are the last admin, or the file cannot be written.
    pub fn disable(&mut self, name: &str, by: &By, now: Timestamp) -> Result<Person, Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            spare_last_admin(transaction, key, &name)?;
            transaction.execute("UPDATE people SET disabled = coalesce(disabled, ?) WHERE key = ?", params![kept(now), key])?;
            transaction.execute("DELETE FROM sessions WHERE person = ?", [key])?;
            transaction.execute("DELETE FROM tokens WHERE person = ?", [key])?;
            note(transaction, Happening::Disabled, &name, by, now)?;
            Ok(())
        })?;
        self.person(name)
    }

    /// Lets a person in again.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be written.
    pub fn enable(&mut self, name: &str, by: &By, now: Timestamp) -> Result<Person, Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            transaction.execute("UPDATE people SET disabled = NULL WHERE key = ?", [key])?;
            note(transaction, Happening::Enabled, &name, by, now)?;
            Ok(())
        })?;
        self.person(name)
    }

    /// Sets a person's password; all their sessions end, but for the one kept.
    ///
    /// # Errors
    /// There is nobody of that name, or the file cannot be written.
    pub fn set_password(&mut self, name: &str, hash: &PasswordHash, kept: Option<i64>, by: &By, now: Timestamp) -> Result<(), Error> {
        self.wholly(|transaction| {
            let (key, name) = known(transaction, name)?;
            transaction.execute("UPDATE people SET password = ? WHERE key = ?", params![hash.0, key])?;
            transaction.execute("DELETE FROM sessions WHERE person = ? AND key IS NOT ?", params![key, kept])?;
            note(transaction, Happening::PasswordSet, &name, by, now)?;
            Ok(())
        })
    }
}

/// The key and the name, as they write it, of a person.
pub(crate) fn known(connection: &Connection, name: &str) -> Result<(i64, String), Stop> {
    let sql = "SELECT key, name FROM people WHERE folded = ?";
    let found = connection.query_row(sql, [folded(name)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.ok_or_else(|| Error::nobody(name).into())
}

/// Refuses what would leave nobody to let others in.
fn spare_last_admin(connection: &Connection, key: i64, name: &str) -> Result<(), Stop> {
    let sql = "SELECT count(*) = 1 AND sum(key = ?) = 1 FROM people WHERE role = 'admin' AND disabled IS NULL";
    if connection.query_row(sql, [key], |row| row.get::<_, Option<bool>>(0))?.unwrap_or(false) {
        let message = format!("`{name}` is the last admin, and nobody else could let people in; make another person admin first");
        return Err(Error::new(ErrorKind::Conflict, message).into());
    }
    Ok(())
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The name without what stands around it, if it can be one: short, visible, in one direction, and no program's.
fn checked(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let unseen = |c: char| {
        c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let refused = |why: String| Err(Error::new(ErrorKind::Invalid, why));
    match name.chars().count() {
        0 => refused("a person needs a name".to_owned()),
        count if count > LONGEST_NAME => refused(format!("a name has at most {LONGEST_NAME} characters, and this one {count}")),
        _ if name.contains(unseen) => refused("a name has only characters that can be seen".to_owned()),
        _ if folded(name).starts_with(PROGRAMS) => refused(format!("a name that begins with `{PROGRAMS}` is a program's")),
        _ => Ok(name.to_owned()),
    }
}

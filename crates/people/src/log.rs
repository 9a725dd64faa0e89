//! What happened at the door? Who came in, who did not, and who changed what about whom.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::file::kept;
use crate::{Error, People};

/// Who does something, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The name.
    pub name: String,
    /// The network address, or "command line".
    pub place: String,
}

impl By {
    /// Somebody at the command line of the machine that holds the file.
    pub fn command_line(name: &str) -> By {
        By { name: name.to_owned(), place: "command line".to_owned() }
    }
}

/// What can happen at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Came in by name and password.
    SignedIn,
    /// Gave a name and a password that do not belong together.
    Refused,
    /// Tried too often.
    TriedTooOften,
    /// Went out.
    SignedOut,
    /// A session was ended before its time.
    SessionEnded,
    /// A person was added.
    PersonAdded,
    /// A person got another role.
    RoleChanged,
    /// A person is let in no more.
    Disabled,
    /// A person is let in again.
    Enabled,
    /// A password was set.
    PasswordSet,
    /// A token was made.
    TokenMade,
    /// A token was revoked.
    TokenRevoked,
}

impl Happening {
    /// As the log writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Happening::SignedIn => "signed in",
            Happening::Refused => "sign-in refused",
            Happening::TriedTooOften => "tried too often",
            Happening::SignedOut => "signed out",
            Happening::SessionEnded => "session ended",
            Happening::PersonAdded => "person added",
            Happening::RoleChanged => "role changed",
            Happening::Disabled => "disabled",
            Happening::Enabled => "enabled",
            Happening::PasswordSet => "password set",
            Happening::TokenMade => "token made",
            Happening::TokenRevoked => "token revoked",
        }
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entry {
    /// Its number: 1, 2, … in the order of what happened.
    pub number: i64,
    /// When (RFC 3339).
    pub at: String,
    /// Who did it, or the name that was given.
    pub who: String,
    /// What: "signed in", "role changed".
    pub what: String,
    /// About whom or what: "Amina: reviewer".
    pub about: String,
    /// The address that it came from, or "command line".
    pub place: String,
}

impl People {
    /// Keeps what happened.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, happening: Happening, about: &str, by: &By, now: Timestamp) -> Result<(), Error> {
        note(&self.connection, happening, about, by, now).map_err(|cause| self.error(&cause))
    }

    /// The last entries before a number, or the very last ones: at most `limit`, the latest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn log(&self, before: Option<i64>, limit: u32) -> Result<Vec<Entry>, Error> {
        let read = || {
            let sql = "SELECT key, at, who, what, about, place FROM log WHERE key < ? ORDER BY key DESC LIMIT ?";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit], |row| {
                let number = row.get(0)?;
                Ok(Entry { number, at: row.get(1)?, who: row.get(2)?, what: row.get(3)?, about: row.get(4)?, place: row.get(5)? })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|cause| self.error(&cause))
    }
}

/// Keeps what happened, within a change.
pub(crate) fn note(connection: &Connection, what: Happening, about: &str, by: &By, now: Timestamp) -> rusqlite::Result<()> {
    // The name may be whatever somebody typed at the door.
    let cut = |text: &str| text.chars().take(200).collect::<String>();
    let sql = "INSERT INTO log (at, who, what, about, place) VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![kept(now), cut(&by.name), what.as_str(), cut(about), cut(&by.place)])?;
    Ok(())
}

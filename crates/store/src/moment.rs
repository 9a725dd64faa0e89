//! As of when is a question asked? Now, or as the record stood at an earlier moment.

use rusqlite::OptionalExtension;

use crate::{Error, ErrorKind, Record};

/// A moment of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// RFC 3339 in UTC (`2017-09-01T08:00:00Z`): after all that was done by then.
    Time(String),
    /// When this release was made.
    Release(String),
}

/// What of the record is asked: what holds now, or what held after an entry of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Now,
    After(i64),
}

impl View {
    /// That a row of a table, by its alias, holds.
    pub(crate) fn holds(self, table: &str) -> String {
        match self {
            View::Now => format!("{table}.until IS NULL"),
            View::After(key) => format!("{table}.since <= {key} AND ({table}.until IS NULL OR {table}.until > {key})"),
        }
    }

    /// That a row's text is the latest one of its document.
    pub(crate) fn is_latest(self, table: &str) -> String {
        match self {
            View::Now => format!("{table}.superseded IS NULL"),
            View::After(key) => format!("({table}.superseded IS NULL OR {table}.superseded > {key})"),
        }
    }
}

impl Record {
    /// From now on all questions are answered as the record stood at a moment, and nothing can be written; [`Record::look_at_now`]
    /// ends it.
    ///
    /// Fails with [`ErrorKind::Unknown`] for a release that there is not.
    pub fn look_back(&mut self, moment: &Moment) -> Result<(), Error> {
        self.view = View::After(self.entry_at(moment)?);
        Ok(())
    }

    /// All questions are answered as the record stands now.
    pub fn look_at_now(&mut self) {
        self.view = View::Now;
    }

    /// How many entries its log has.
    pub fn log_length(&self) -> Result<u64, Error> {
        self.connection.query_row("SELECT count(*) FROM main.log", [], |row| row.get(0)).map_err(|error| self.error(error))
    }

    /// The last entry of the log at a moment; 0 where there was none yet.
    pub(crate) fn entry_at(&self, moment: &Moment) -> Result<i64, Error> {
        let (sql, value) = match moment {
            Moment::Time(time) => ("SELECT coalesce(max(key), 0) FROM main.log WHERE at <= ?1", time),
            Moment::Release(name) => ("SELECT log FROM releases WHERE name = ?1", name),
        };
        let key = self.connection.query_row(sql, [value], |row| row.get(0)).optional().map_err(|error| self.error(error))?;
        key.ok_or_else(|| Error::new(ErrorKind::Unknown, &self.path, format!("no release has the name `{value}`")))
    }

    /// Fails where an earlier moment is looked at: it cannot be changed any more.
    pub(crate) fn writable(&self) -> Result<(), Error> {
        match self.view {
            View::Now => Ok(()),
            View::After(_) => {
                let message = "the record is looked at as it stood earlier, and what was cannot be changed; leave out the date";
                Err(Error::new(ErrorKind::ReadOnly, &self.path, message))
            }
        }
    }
}

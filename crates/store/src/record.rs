//! Which file is a record, and how is it opened so that nothing finished is ever lost?

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::moment::View;
use crate::restricted::Narrowed;
use crate::{Error, ErrorKind, former};

/// "SAYS" in the header of the file; set by the first migration.
const APPLICATION_ID: i64 = 0x5341_5953;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

const NO_RECORD: &str = "there is no such record; `sayso read INPUT --record FILE` makes one";

/// How often it is tried again to make a record that another program makes at the same moment, and how long is waited between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(30);

/// What a connection keeps of the file in memory: in KiB, negative as SQLite wants it.
const CACHE: i64 = -64 * 1024;

/// How many versions the schema has had.
const VERSIONS: i64 = 6;

/// The schema's versions, in order. A released one never changes.
fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("../migrations/0001-record.sql")),
        M::up_with_hook(include_str!("../migrations/0002-history.sql"), former::write_history),
        M::up(include_str!("../migrations/0003-links.sql")),
        M::up(include_str!("../migrations/0004-sensitivity.sql")),
        M::up(include_str!("../migrations/0005-imports.sql")),
        M::up(include_str!("../migrations/0006-inputs.sql")),
    ])
}

/// A record: one open SQLite file.
///
/// Any number of programs may read it while one writes; a second writer waits up to ten seconds for its turn.
#[derive(Debug)]
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    /// RFC 3339: when what is added now is said to have been added.
    pub(crate) now: String,
    /// The run that what is added now belongs to.
    pub(crate) run: Option<Running>,
    /// As of when questions are answered.
    pub(crate) view: View,
    /// What is left out of what is asked.
    pub(crate) narrowed: Narrowed,
}

/// A run in which documents are read.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) key: i64,
    pub(crate) program: String,
}

/// What a file with a readable SQLite header is.
enum Contents {
    Nothing,
    Schema(i64),
    Other,
}

impl Record {
    /// The record at `path`, made there if there is none, and brought to the present schema. `now` (RFC 3339) is the time
    /// that what is added gets.
    ///
    /// Fails if the file is no record or a newer sayso's, or if it cannot be opened or written; a file that is no record is
    /// left exactly as it is.
    pub fn create_or_open(path: &Path, now: &str) -> Result<Record, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = open(path, path, flags)?;
        let mut record =
            Record { connection, path: path.to_owned(), now: now.to_owned(), run: None, view: View::Now, narrowed: Narrowed::default() };
        record.prepare()?;
        if !matches!(record.contents()?, Contents::Other) {
            record.settle()?;
        }
        record.check()?;
        Ok(record)
    }

    /// The record at `path`, to be asked only; writing to it fails with [`ErrorKind::ReadOnly`].
    ///
    /// Works in a directory that cannot be written, too. Fails if there is no such file, if it is no record, or if its schema
    /// is not the present one.
    pub fn open_read_only(path: &Path) -> Result<Record, Error> {
        if !path.exists() {
            return Err(Error::new(ErrorKind::NotFound, path, NO_RECORD));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Record::read_with(path, path, flags) {
            Err(error) if error.kind() == ErrorKind::Unreachable && !beside(path, "-wal").exists() => {
                Record::read_with(path, &immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)
            }
            opened => opened,
        }
    }

    /// The record at `path`, to be changed; none is made where there is none.
    ///
    /// Fails with [`ErrorKind::NotFound`] if there is no such file, and otherwise like [`Record::create_or_open`].
    pub fn open_to_change(path: &Path, now: &str) -> Result<Record, Error> {
        if !path.exists() {
            return Err(Error::new(ErrorKind::NotFound, path, NO_RECORD));
        }
        Record::create_or_open(path, now)
    }

    /// The record at `path`, to be verified: whatever its pages hold, nothing is written to it.
    ///
    /// Where it may be written, its full-text indexes can be compared with its texts; else as [`Record::open_read_only`].
    pub fn open_to_verify(path: &Path) -> Result<Record, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Record::read_with(path, path, flags) {
            Err(error) if matches!(error.kind(), ErrorKind::Unreachable | ErrorKind::ReadOnly) => Record::open_read_only(path),
            opened => opened,
        }
    }

    /// A record without a file, for tests and trials.
    pub fn in_memory(now: &str) -> Result<Record, Error> {
        Record::create_or_open(Path::new(":memory:"), now)
    }

    /// What is written from now on is written at this time (RFC 3339 in UTC, to the second).
    pub fn set_now(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// The record's file; `:memory:` for one without.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read_with(path: &Path, address: &Path, flags: OpenFlags) -> Result<Record, Error> {
        let connection = open(path, address, flags)?;
        let record =
            Record { connection, path: path.to_owned(), now: String::new(), run: None, view: View::Now, narrowed: Narrowed::default() };
        record.prepare()?;
        record.check()?;
        Ok(record)
    }

    /// Settings of the connection that leave the file alone.
    fn prepare(&self) -> Result<(), Error> {
        let settings = || {
            self.connection.busy_timeout(PATIENCE)?;
            self.connection.pragma_update(None, "cache_size", CACHE)
        };
        settings().map_err(|error| self.error(error))?;
        self.heed_references(true)?;
        self.connection.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    fn heed_references(&self, heed: bool) -> Result<(), Error> {
        self.connection.pragma_update(None, "foreign_keys", heed).map_err(|error| self.error(error))
    }

    /// Readers beside a writer (WAL), and a commit that is on the disk when it returns (FULL): one sync a batch is cheap.
    fn configure(&self) -> Result<(), Error> {
        self.connection
            .pragma_update(None, "journal_mode", "WAL")
            .and_then(|()| self.connection.pragma_update(None, "synchronous", "FULL"))
            .map_err(|error| self.error(error))
    }

    /// Configures and migrates the file. Where another program makes or migrates it at the same moment, SQLite refuses at once what it
    /// cannot wait for, so it is tried again a few times.
    fn settle(&mut self) -> Result<(), Error> {
        let mut tries = 0;
        loop {
            match self.configure().and_then(|()| self.migrate()) {
                Err(error) if error.kind() == ErrorKind::Locked && tries < TRIES => tries += 1,
                settled => return settled,
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Brings an empty or older file to the present schema; leaves a newer one to [`Record::check`].
    fn migrate(&mut self) -> Result<(), Error> {
        // A table is rebuilt by dropping the former one, which must not take along what refers to it.
        self.heed_references(false)?;
        let migrated = migrations().to_latest(&mut self.connection);
        self.heed_references(true)?;
        let error = match migrated {
            Ok(()) | Err(rusqlite_migration::Error::MigrationDefinition(_)) => return Ok(()),
            Err(error) => error,
        };
        // Another program may have made the record at the same moment.
        if matches!(self.contents()?, Contents::Schema(version) if version == VERSIONS) {
            return Ok(());
        }
        Err(match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => self.error(err),
            other => Error::new(ErrorKind::Internal, &self.path, format!("the schema cannot be made: {other}; please report this")),
        })
    }

    /// Whether this is a record of the present schema.
    fn check(&self) -> Result<(), Error> {
        let (kind, message) = match self.contents()? {
            Contents::Schema(version) if version == VERSIONS => return Ok(()),
            Contents::Schema(version) if version > VERSIONS => {
                (ErrorKind::Newer, format!("a newer sayso wrote this record (schema {version}, this one knows {}); use that one", VERSIONS))
            }
            Contents::Schema(version) => {
                let message = format!("an older sayso wrote this record (schema {version}); `sayso read` brings it up to date");
                (ErrorKind::Older, message)
            }
            Contents::Nothing | Contents::Other => {
                let message = "this SQLite file is not a sayso record; name another file, and it will be made";
                (ErrorKind::NotARecord, message.to_owned())
            }
        };
        Err(Error::new(kind, &self.path, message))
    }

    fn contents(&self) -> Result<Contents, Error> {
        let number = |sql| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| self.error(error));
        let application = number("PRAGMA application_id")?;
        let version = number("PRAGMA user_version")?;
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        Ok(match (application, version, tables) {
            (APPLICATION_ID, version, _) if version > 0 => Contents::Schema(version),
            (0, 0, 0) => Contents::Nothing,
            _ => Contents::Other,
        })
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> Error {
        Error::of_database(&self.path, error)
    }
}

/// Opens the file at `path` by its `address`.
fn open(path: &Path, address: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    if path.is_dir() {
        return Err(Error::new(ErrorKind::Unreachable, path, "this is a directory; name a file in it, and it will be made"));
    }
    Connection::open_with_flags(address, flags).map_err(|error| Error::of_database(path, error))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The address of a file that nobody writes, for a directory where SQLite cannot put its shared memory.
fn immutable(path: &Path) -> PathBuf {
    let escaped: String = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{escaped}?immutable=1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: &str = "2017-09-01T08:00:00Z";

    fn record(name: &str) -> (tempfile::TempDir, Record) {
        let directory = tempfile::tempdir().unwrap();
        let record = Record::create_or_open(&directory.path().join(name), NOW).unwrap();
        (directory, record)
    }

    fn documents(ids: std::ops::Range<usize>) -> Vec<(sayso_types::record::DocumentRecord, Vec<sayso_types::record::StatementRecord>)> {
        let document = |id: usize| {
            let text = format!("Report {id}. {}", "Nothing happened here. ".repeat(200));
            let json = json!({
                "id": id.to_string(), "language": "en", "coded": true, "raw_sha256": "", "text_sha256": "", "text": text, "blocks": [],
            });
            (serde_json::from_value(json).unwrap(), Vec::new())
        };
        ids.map(document).collect()
    }

    #[test]
    fn migrations_are_sound() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_finished() {
        let (_directory, mut record) = record("full");
        record.add(&documents(0..10)).unwrap();
        let pages: i64 = record.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        record.connection.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 5)).unwrap();
        let error = record.add(&documents(10..100)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Full);
        assert!(
            error
                .to_string()
                .ends_with("the disk is full; what was finished before is kept; free some space and read the same input again")
        );
        record.connection.execute_batch("PRAGMA max_page_count = 1000000").unwrap();
        assert_eq!(record.size().unwrap().documents, 10);
        assert_eq!(record.add(&documents(0..100)).unwrap().new, 90);
    }

    #[test]
    fn the_indexes_hold_what_the_tables_hold() {
        let (_directory, mut record) = record("indexed");
        record.add(&documents(0..3)).unwrap();
        let mut titled = documents(1..4);
        titled[0].0.title = Some("A title".to_owned());
        assert_eq!(record.add(&titled).unwrap().replaced, 1);
        for table in ["documents_fts", "statements_fts", "participants_fts"] {
            let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)");
            record.connection.execute_batch(&sql).unwrap_or_else(|error| panic!("{table}: {error}"));
        }
    }

    #[test]
    fn a_second_writer_waits_and_then_says_why_it_cannot() {
        let (_directory, mut first) = record("locked");
        let mut second = Record::create_or_open(&first.path.clone(), NOW).unwrap();
        second.connection.busy_timeout(Duration::from_millis(20)).unwrap();
        first.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert_eq!(second.add(&documents(0..1)).unwrap_err().kind(), ErrorKind::Locked);
        first.connection.execute_batch("COMMIT").unwrap();
        assert_eq!(second.add(&documents(0..1)).unwrap().new, 1);
        assert_eq!(first.add(&documents(0..1)).unwrap().unchanged, 1);
    }

    #[test]
    fn a_record_that_nobody_can_write_beside_is_read() {
        let (directory, mut record) = record("50% of #1?");
        record.add(&documents(0..1)).unwrap();
        let path = record.path.clone();
        drop(record);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let record = Record::read_with(&path, &immutable(&path), flags).unwrap();
        assert_eq!(record.size().unwrap().documents, 1);
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is put beside it");
    }

    #[test]
    fn nothing_that_was_written_can_be_changed_or_removed() {
        let (_directory, mut record) = record("kept");
        record.add(&documents(0..1)).unwrap();
        let statement = json!({
            "id": "s", "kind": "event", "type": "assault", "modality": "asserted", "negated": false, "confidence": 1.0,
            "roles": [], "attribution": [], "responsibility": [], "evidence": {"text": "e"},
        });
        let insert = "INSERT INTO statements (document, position, coding, since, record) VALUES (1, 0, 1, 1, ?)";
        record.connection.execute(insert, [statement.to_string()]).unwrap();
        let decision = "INSERT INTO decisions (log, who, at, why, action) VALUES (1, '', '', '', '{\"action\": \"accept\"}')";
        record.connection.execute(decision, []).unwrap();
        for sql in [
            "UPDATE decisions SET who = 'another'",
            "DELETE FROM decisions",
            "UPDATE documents SET record = '{}'",
            "UPDATE documents SET version = 2",
            "DELETE FROM documents",
            "UPDATE statements SET review = 'accepted'",
            "DELETE FROM statements",
            "UPDATE log SET who = 'another'",
            "DELETE FROM log",
        ] {
            assert!(record.connection.execute(sql, []).is_err(), "{sql}");
        }
        let close = "UPDATE statements SET until = 2";
        record.connection.execute(close, []).unwrap();
        assert!(record.connection.execute(close, []).is_err(), "what was closed stays closed");
    }
}

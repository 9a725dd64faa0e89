//! How does a document get into the record, whole or not at all, and what does reading it again change?

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};
use sayso_types::Edtf;
use sayso_types::record::{DocumentRecord, StatementRecord};

use crate::index::Indexed;
use crate::{Error, ErrorKind, Record};

/// What a batch did to the record: numbers of documents, and of statements written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents of an id that the record did not have.
    pub new: u64,
    /// Documents of an id that the record had with other text.
    pub new_versions: u64,
    /// Documents that it had, now with other metadata or coded otherwise.
    pub replaced: u64,
    /// Documents that it had just so.
    pub unchanged: u64,
    /// Statements written.
    pub statements: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.new_versions += other.new_versions;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
        self.statements += other.statements;
    }
}

/// A document and its statements as the file keeps them.
struct Written<'a> {
    document: &'a DocumentRecord,
    json: String,
    /// Ids and JSON, in the order of the text.
    statements: Vec<(&'a str, String)>,
}

impl Record {
    /// Keeps documents, each with its statements, in one transaction: after an error or a kill the record is as it was before.
    ///
    /// A document is known by its id and the hash of its text. Reading it again with the same result writes nothing; with
    /// another result it replaces the statements, except those that people decided on, which stay as they are. Another text
    /// under a known id becomes that document's next version, and the former version keeps its statements. Fails with
    /// [`ErrorKind::Invalid`] if a statement names another document than the one it comes with.
    pub fn add(&mut self, documents: &[(DocumentRecord, Vec<StatementRecord>)]) -> Result<Added, Error> {
        let written = documents.iter().map(|(document, statements)| self.write(document, statements)).collect::<Result<Vec<_>, _>>()?;
        let mut added = Added::default();
        let mut keep_all = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut indexed = Indexed::all(&transaction)?;
            for document in &written {
                added += keep(&transaction, &mut indexed, &self.now, document)?;
            }
            indexed.catch_up(&transaction)?;
            transaction.commit()
        };
        keep_all().map_err(|error| Error::of_database(&self.path, error))?;
        Ok(added)
    }

    fn write<'a>(&self, document: &'a DocumentRecord, statements: &'a [StatementRecord]) -> Result<Written<'a>, Error> {
        let unwritable = |error| Error::of_json(&self.path, &format!("document {}", document.id), error);
        if let Some(stray) = statements.iter().find(|statement| statement.document_id != document.id) {
            let message = format!("statement {} is of document {}, but came with {}", stray.id, stray.document_id, document.id);
            return Err(Error::new(ErrorKind::Invalid, &self.path, message));
        }
        Ok(Written {
            document,
            json: serde_json::to_string(document).map_err(unwritable)?,
            statements: statements
                .iter()
                .map(|statement| Ok((statement.id.as_str(), serde_json::to_string(statement).map_err(unwritable)?)))
                .collect::<Result<_, Error>>()?,
        })
    }
}

fn keep(connection: &Connection, indexed: &mut Indexed, now: &str, written: &Written<'_>) -> rusqlite::Result<Added> {
    let known = connection
        .prepare_cached("SELECT key, record FROM documents WHERE id = ?1 AND text_sha256 = ?2")?
        .query_row(params![written.document.id, written.document.text_sha256], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    match known {
        None => enter(connection, now, written),
        Some((key, json)) => renew(connection, indexed, key, json == written.json, written),
    }
}

/// A text that the record does not have: a new document, or the next version of one.
fn enter(connection: &Connection, now: &str, written: &Written<'_>) -> rusqlite::Result<Added> {
    let former: i64 = connection
        .prepare_cached("SELECT coalesce(max(version), 0) FROM documents WHERE id = ?1")?
        .query_row([&written.document.id], |row| row.get(0))?;
    if former > 0 {
        connection.prepare_cached("UPDATE documents SET latest = 0 WHERE id = ?1 AND latest = 1")?.execute([&written.document.id])?;
    }
    let (earliest, latest) = publication(written.document);
    connection
        .prepare_cached(
            "INSERT INTO documents (version, latest, added, published_earliest, published_latest, record)
             VALUES (:version, 1, :added, :earliest, :latest, :record)",
        )?
        .execute(named_params! {
            ":version": former + 1, ":added": now, ":earliest": earliest, ":latest": latest, ":record": written.json,
        })?;
    let statements = insert_statements(connection, connection.last_insert_rowid(), written, &[])?;
    let added = Added { statements, ..Added::default() };
    Ok(if former == 0 { Added { new: 1, ..added } } else { Added { new_versions: 1, ..added } })
}

/// A text that the record has, read again.
fn renew(connection: &Connection, indexed: &mut Indexed, key: i64, same_document: bool, written: &Written<'_>) -> rusqlite::Result<Added> {
    let (decided, coded) = kept_statements(connection, key)?;
    let same_coding = written.statements.iter().filter(|(id, _)| !decided.iter().any(|d| d == id)).map(|(_, json)| json).eq(&coded);
    if same_document && same_coding {
        return Ok(Added { unchanged: 1, ..Added::default() });
    }
    indexed.catch_up(connection)?;
    if !same_document {
        let (earliest, latest) = publication(written.document);
        connection
            .prepare_cached("UPDATE documents SET record = ?2, published_earliest = ?3, published_latest = ?4 WHERE key = ?1")?
            .execute(params![key, written.json, earliest, latest])?;
    }
    let mut statements = 0;
    if !same_coding {
        connection
            .prepare_cached("DELETE FROM statements WHERE document = ?1 AND key NOT IN (SELECT statement FROM decisions)")?
            .execute([key])?;
        *indexed = Indexed::all(connection)?;
        statements = insert_statements(connection, key, written, &decided)?;
    }
    Ok(Added { replaced: 1, statements, ..Added::default() })
}

/// Ids of the statements that people decided on, and JSON of the others in order.
fn kept_statements(connection: &Connection, document: i64) -> rusqlite::Result<(Vec<String>, Vec<String>)> {
    let mut query = connection.prepare_cached(
        "SELECT id, record, EXISTS (SELECT 1 FROM decisions WHERE statement = statements.key)
         FROM statements WHERE document = ?1 ORDER BY position, key",
    )?;
    let mut rows = query.query([document])?;
    let (mut decided, mut coded) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        if row.get(2)? { decided.push(row.get(0)?) } else { coded.push(row.get(1)?) }
    }
    Ok((decided, coded))
}

/// Writes all statements but those of the ids that are `decided`; how many that were.
fn insert_statements(connection: &Connection, document: i64, written: &Written<'_>, decided: &[String]) -> rusqlite::Result<u64> {
    let mut insert = connection.prepare_cached("INSERT INTO statements (document, position, record) VALUES (?1, ?2, ?3)")?;
    let mut count = 0;
    for (position, (id, json)) in written.statements.iter().enumerate() {
        if !decided.iter().any(|d| d == id) {
            insert.execute(params![document, i64::try_from(position).unwrap_or(i64::MAX), json])?;
            count += 1;
        }
    }
    Ok(count)
}

/// First and last day that its publication date can mean.
fn publication(document: &DocumentRecord) -> (Option<String>, Option<String>) {
    let published: Option<Edtf> = document.published.as_deref().and_then(|text| text.parse().ok());
    let earliest = published.as_ref().and_then(Edtf::earliest).map(|day| day.to_string());
    (earliest, published.as_ref().and_then(Edtf::latest).map(|day| day.to_string()))
}

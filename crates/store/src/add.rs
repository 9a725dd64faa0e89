//! How does a document get into the record, whole or not at all, and what does reading it again change?

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};
use sayso_types::Edtf;
use sayso_types::record::{DocumentRecord, StatementRecord};
use serde::Serialize;

use crate::coding::{Coding, CodingEntry, TextRow};
use crate::error::Fault;
use crate::index::Indexed;
use crate::log::{Change, Deed, sha256};
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
    /// Reports, and inputs that could not be read, that were left out since an earlier run had done with them.
    pub done_before: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.new_versions += other.new_versions;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
        self.statements += other.statements;
        self.done_before += other.done_before;
    }
}

/// A document that comes in, with what it states and where it was read.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The document.
    pub document: &'a DocumentRecord,
    /// Its statements.
    pub statements: &'a [StatementRecord],
    /// The input that it was read from: a file, or a file and a line. Kept in the log, with what was written of the document.
    pub input: Option<&'a str>,
}

/// A document and its statements as the file keeps them.
struct Written<'a> {
    input: Option<&'a str>,
    document: &'a DocumentRecord,
    json: String,
    sha256: String,
    coding: Coding<'a>,
}

/// What the log tells of a batch.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<i64>,
    documents: Vec<DocumentEntry<'a>>,
}

/// What the log tells of one document that was written.
#[derive(Serialize)]
struct DocumentEntry<'a> {
    id: &'a str,
    /// `documents.document`.
    document: i64,
    version: i64,
    /// A file, or a file and a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    raw_sha256: &'a str,
    text_sha256: &'a str,
    /// The row of `documents` that was written, where one was.
    #[serde(flatten)]
    row: Option<RowEntry<'a>>,
    #[serde(flatten)]
    coding: Option<CodingEntry<'a>>,
}

/// What the log tells of a row of `documents` that was written.
#[derive(Serialize)]
struct RowEntry<'a> {
    /// `documents.key`.
    row: i64,
    /// Of the document's JSON.
    sha256: &'a str,
    /// The row whose place it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<i64>,
    /// The text (`documents.document`) that is the latest one of its document no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<i64>,
}

/// A text that the record has.
struct Known {
    key: i64,
    document: i64,
    version: i64,
    superseded: Option<i64>,
    added: String,
    json: String,
}

/// The change that a batch makes, and where.
struct Batch<'c> {
    connection: &'c Connection,
    change: &'c Change,
    run: Option<i64>,
}

impl Record {
    /// Keeps documents, each with its statements, in one transaction: after an error or a kill the record is as it was before.
    ///
    /// A document is known by its id and the hash of its text. Reading it again with the same result writes nothing; other
    /// metadata or statements take the place of the former ones, which the record keeps as what held until now. What people
    /// decided holds for the new statements where its words are found again, and where they are not, the decided statement
    /// stays ([`Record::unanchored`]). Another text under a known id becomes that document's next version, and the former
    /// version keeps its statements. Fails with [`ErrorKind::Invalid`] if a statement names another document than the one it
    /// comes with.
    pub fn add(&mut self, documents: &[(DocumentRecord, Vec<StatementRecord>)]) -> Result<Added, Error> {
        let incoming = documents.iter().map(|(document, statements)| Incoming { document, statements, input: None });
        self.add_from(&incoming.collect::<Vec<_>>())
    }

    /// Keeps documents as [`Record::add`] does, and from which input each was read.
    pub fn add_from(&mut self, documents: &[Incoming<'_>]) -> Result<Added, Error> {
        self.add_with(documents, |_| Ok(())).map(|(added, ())| added)
    }

    /// Keeps documents, and in the same transaction what else there is to be kept.
    pub(crate) fn add_with<T>(
        &mut self,
        documents: &[Incoming<'_>],
        also: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<(Added, T), Error> {
        self.writable()?;
        let written = documents.iter().map(|incoming| self.write(*incoming)).collect::<Result<Vec<_>, _>>()?;
        let who = self.run.as_ref().map_or("sayso", |run| run.program.as_str());
        let run = self.run.as_ref().map(|run| run.key);
        let keep_all = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut indexed = Indexed::all(&transaction)?;
            let change = Change::begin(&transaction, &self.now)?;
            let batch = Batch { connection: &transaction, change: &change, run };
            let (mut added, mut entries) = (Added::default(), Vec::new());
            for document in &written {
                let (one, entry) = batch.keep(document)?;
                added += one;
                entries.extend(entry);
            }
            let also = also(&transaction)?;
            if !entries.is_empty() {
                indexed.catch_up(&transaction)?;
                change.end(&transaction, who, Deed::Documents, &Entry { run, documents: entries })?;
            }
            transaction.commit()?;
            Ok((added, also))
        };
        keep_all().map_err(|fault: Fault| fault.at(&self.path))
    }

    fn write<'a>(&self, incoming: Incoming<'a>) -> Result<Written<'a>, Error> {
        let Incoming { document, statements, input } = incoming;
        let unwritable = |error| Error::of_json(&self.path, &format!("document {}", document.id), error);
        if let Some(stray) = statements.iter().find(|statement| statement.document_id != document.id) {
            let message = format!("statement {} is of document {}, but came with {}", stray.id, stray.document_id, document.id);
            return Err(Error::new(ErrorKind::Invalid, &self.path, message));
        }
        let json = serde_json::to_string(document).map_err(unwritable)?;
        Ok(Written { input, document, sha256: sha256(&json), json, coding: Coding::of(statements).map_err(unwritable)? })
    }
}

impl Batch<'_> {
    fn keep<'a>(&self, written: &'a Written<'a>) -> Result<(Added, Option<DocumentEntry<'a>>), Fault> {
        match self.known(written.document)? {
            None => self.enter(written).map(|(added, entry)| (added, Some(entry))),
            Some(known) => self.renew(&known, written),
        }
    }

    fn known(&self, document: &DocumentRecord) -> rusqlite::Result<Option<Known>> {
        self.connection
            .prepare_cached(
                "SELECT key, document, version, superseded, added, record FROM documents
                 WHERE id = ?1 AND text_sha256 = ?2 AND until IS NULL",
            )?
            .query_row(params![document.id, document.text_sha256], |row| {
                Ok(Known {
                    key: row.get(0)?,
                    document: row.get(1)?,
                    version: row.get(2)?,
                    superseded: row.get(3)?,
                    added: row.get(4)?,
                    json: row.get(5)?,
                })
            })
            .optional()
    }

    /// A text that the record does not have: a new document, or the next version of one.
    fn enter<'a>(&self, written: &'a Written<'a>) -> Result<(Added, DocumentEntry<'a>), Fault> {
        let former: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT version, document FROM documents WHERE id = ?1 ORDER BY version DESC LIMIT 1")?
            .query_row([&written.document.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((_, document)) = former {
            self.supersede(document)?;
        }
        let key: i64 =
            self.connection.prepare_cached("SELECT coalesce(max(key), 0) + 1 FROM documents")?.query_row([], |row| row.get(0))?;
        let version = former.map_or(1, |(version, _)| version + 1);
        let text = Known { key, document: key, version, superseded: None, added: self.change.at().to_owned(), json: String::new() };
        let former = former.map(|(_, document)| document);
        let row = RowEntry { row: self.insert(&text, written)?, sha256: &written.sha256, replaces: None, supersedes: former };
        let row_of = TextRow { document: key, superseded: None, run: self.run, text: &written.document.text };
        let coding = written.coding.enter(self.connection, self.change, row_of, former)?;
        let added = Added { statements: coding.written(), ..Added::default() };
        let added = if former.is_none() { Added { new: 1, ..added } } else { Added { new_versions: 1, ..added } };
        Ok((added, written.entry(&text, Some(row), Some(coding))))
    }

    /// A text that the record has, read again.
    fn renew<'a>(&self, known: &Known, written: &'a Written<'a>) -> Result<(Added, Option<DocumentEntry<'a>>), Fault> {
        let same_document = known.json == written.json;
        let same_coding = written.coding.stands(self.connection, known.document)?;
        if same_document && same_coding {
            return Ok((Added { unchanged: 1, ..Added::default() }, None));
        }
        let mut row = None;
        if !same_document {
            self.connection
                .prepare_cached("UPDATE documents SET until = ?2 WHERE key = ?1")?
                .execute(params![known.key, self.change.key()])?;
            let key = self.insert(known, written)?;
            row = Some(RowEntry { row: key, sha256: &written.sha256, replaces: Some(known.key), supersedes: None });
        }
        let coding = if same_coding {
            None
        } else {
            let text = TextRow { document: known.document, superseded: known.superseded, run: self.run, text: &written.document.text };
            Some(written.coding.renew(self.connection, self.change, text)?)
        };
        let added = Added { replaced: 1, statements: coding.as_ref().map_or(0, CodingEntry::written), ..Added::default() };
        Ok((added, Some(written.entry(known, row, coding))))
    }

    /// A text is no longer the latest one of its document, and neither are its statements.
    fn supersede(&self, document: i64) -> rusqlite::Result<()> {
        for table in ["documents", "statements"] {
            let sql = format!("UPDATE {table} SET superseded = ?2 WHERE document = ?1 AND until IS NULL AND superseded IS NULL");
            self.connection.prepare_cached(&sql)?.execute(params![document, self.change.key()])?;
        }
        Ok(())
    }

    /// Writes the row of a text; a known one's number, version and day stay.
    fn insert(&self, text: &Known, written: &Written<'_>) -> rusqlite::Result<i64> {
        let (earliest, latest) = publication(written.document);
        self.connection
            .prepare_cached(
                "INSERT INTO documents
                     (document, version, since, superseded, run, added, published_earliest, published_latest, record)
                 VALUES (:document, :version, :since, :superseded, :run, :added, :earliest, :latest, :record)",
            )?
            .execute(named_params! {
                ":document": text.document, ":version": text.version, ":since": self.change.key(), ":superseded": text.superseded,
                ":run": self.run, ":added": text.added, ":earliest": earliest, ":latest": latest, ":record": written.json,
            })?;
        Ok(self.connection.last_insert_rowid())
    }
}

impl<'a> Written<'a> {
    fn entry(&'a self, text: &Known, row: Option<RowEntry<'a>>, coding: Option<CodingEntry<'a>>) -> DocumentEntry<'a> {
        DocumentEntry {
            id: &self.document.id,
            document: text.document,
            version: text.version,
            input: self.input,
            raw_sha256: &self.document.raw_sha256,
            text_sha256: &self.document.text_sha256,
            row,
            coding,
        }
    }
}

/// First and last day that its publication date can mean.
pub(crate) fn publication(document: &DocumentRecord) -> (Option<String>, Option<String>) {
    let published: Option<Edtf> = document.published.as_deref().and_then(|text| text.parse().ok());
    let earliest = published.as_ref().and_then(Edtf::earliest).map(|day| day.to_string());
    (earliest, published.as_ref().and_then(Edtf::latest).map(|day| day.to_string()))
}

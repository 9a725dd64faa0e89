//! What do the articles of a table state? The unit of distribution: rows in, documents with their statements or the reason why not out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use rayon::prelude::*;
use sayso::{Coder, ErrorKind, Input, export};
use sayso_types::record::{DocumentRecord, StatementRecord};
use serde::Serialize;

use crate::rows::{batch, documents, fitting, statements};
use crate::{Columns, Error, articles, schema};

/// What came of one row.
#[derive(Clone, Debug)]
pub struct CodedRow {
    /// Which row, counted from the first of all that was given.
    pub row: i64,
    /// The id that it gives for itself, or that its document got.
    pub id: Option<String>,
    /// The document and its statements, or why there is none.
    pub read: Result<(DocumentRecord, Vec<StatementRecord>), Refusal>,
}

/// Why a row gave no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What kind of fault: `page` (what was given is no document), `data`, `panic` (a fault of this program).
    pub kind: &'static str,
    /// What is wrong, and what can be done.
    pub reason: String,
}

/// What came of some rows, as tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The documents: [`schema::DOCUMENTS`].
    pub documents: RecordBatch,
    /// Their statements: [`schema::STATEMENTS`].
    pub statements: RecordBatch,
    /// The rows that gave no document: [`schema::ERRORS`].
    pub errors: RecordBatch,
}

/// Codes the articles of a table, whose first row is the `first` of all; on all threads of the pool in which it is called.
///
/// What comes out depends on each row alone: however a table is cut, the same documents and statements with the same ids come of it,
/// the same as [`Coder::document`] and [`Coder::records`] give.
///
/// # Errors
/// Says which column lacks. A bad row is no error but a [`CodedRow`] that says so.
pub fn code(coder: &Coder, table: &RecordBatch, columns: &Columns, first: i64) -> Result<Vec<CodedRow>, Error> {
    let articles = articles(table, columns, first)?;
    let coded = articles.into_par_iter().with_max_len(1).enumerate().map(|(at, article)| {
        let read = guarded(|| code_one(coder, &article));
        let id = read.as_ref().map_or_else(|_| article.id.clone(), |(document, _)| Some(document.id.clone()));
        CodedRow { row: first.saturating_add(i64::try_from(at).unwrap_or(i64::MAX)), id, read }
    });
    Ok(coded.collect())
}

fn code_one(coder: &Coder, article: &Input) -> Result<(DocumentRecord, Vec<StatementRecord>), Refusal> {
    let document = coder.document(article).map_err(|error| {
        let kind = if error.kind() == ErrorKind::Data { "data" } else { "page" };
        Refusal { kind, reason: error.reason().to_owned() }
    })?;
    let statements = coder.records(&document).into_iter().map(fitting).collect();
    Ok((export::document_record(&document), statements))
}

/// What some work gives; that it panicked is a refusal of this one piece of work.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let reason = format!("reading it failed inside sayso ({}); please report this with the document", message(&*cause));
        Err(Refusal { kind: "panic", reason })
    })
}

fn message(cause: &(dyn Any + Send)) -> &str {
    let text = cause.downcast_ref::<&str>().copied();
    text.or_else(|| cause.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

/// What came of some rows, as three tables.
///
/// # Errors
/// None but faults of this program.
pub fn tables(coded: Vec<CodedRow>) -> Result<Tables, Error> {
    let errors = refusals(&coded)?;
    let (mut of_documents, mut of_statements) = (Vec::new(), Vec::new());
    for (document, statements) in coded.into_iter().filter_map(|row| row.read.ok()) {
        of_documents.push(document);
        of_statements.extend(statements);
    }
    Ok(Tables { documents: documents(&of_documents)?, statements: statements(&of_statements)?, errors })
}

/// The table of the rows that gave no document.
///
/// # Errors
/// None but faults of this program.
pub fn refusals(coded: &[CodedRow]) -> Result<RecordBatch, Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        row: i64,
        id: Option<&'a str>,
        #[serde(flatten)]
        refusal: &'a Refusal,
    }
    let refused = coded.iter().filter_map(|one| Some(Row { row: one.row, id: one.id.as_deref(), refusal: one.read.as_ref().err()? }));
    batch(&schema::ERRORS, &refused.collect::<Vec<_>>())
}

/// What came of some rows, as one table with a row for each: [`schema::CODED`].
///
/// # Errors
/// None but faults of this program.
pub fn nested(coded: &[CodedRow]) -> Result<RecordBatch, Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        row: i64,
        id: Option<&'a str>,
        document: Option<&'a DocumentRecord>,
        statements: &'a [StatementRecord],
        error: Option<&'a Refusal>,
    }
    let rows = coded.iter().map(|one| {
        let (document, statements, error) = match &one.read {
            Ok((document, statements)) => (Some(document), statements.as_slice(), None),
            Err(refusal) => (None, &[][..], Some(refusal)),
        };
        Row { row: one.row, id: one.id.as_deref(), document, statements, error }
    });
    batch(&schema::CODED, &rows.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "what a document that brings a fault of this program to light does")]
    fn a_document_that_panics_is_refused_alone() {
        let work = |poisoned: bool| guarded(|| if poisoned { panic!("poisoned") } else { Ok(7) });
        let refused = work(true).unwrap_err();
        assert_eq!(refused.kind, "panic");
        assert!(refused.reason.contains("(poisoned)"), "{}", refused.reason);
        assert_eq!(work(false), Ok(7));
    }
}

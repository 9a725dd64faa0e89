//! What does a question find, as a table?

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use sayso::linking::actors_meant;
use sayso::question::{Countries, Question};
use sayso_store::Record;
use sayso_store::query::Paging;
use sayso_store::query::find::{Found, Summed, Wanted};
use sayso_table::{documents, groups, schema, statements};
use sayso_types::record::GroupKind;

use crate::fault::Fault;

/// Hits that are asked for at a time.
const PAGE: usize = 1_000;

/// The table of what a question finds, and what of it was not understood.
pub(crate) fn search(
    record: &Record,
    question: &str,
    what: &str,
    limit: usize,
) -> Result<(Vec<RecordBatch>, SchemaRef, Vec<String>), Fault> {
    let (question, remarks) = Question::read(question);
    let countries = Countries::embedded()?;
    let clauses = question.clauses(&countries, |name| actors_meant(record, name))?;
    let wanted = |paging| Wanted { clauses: clauses.clone(), paging, summed: Summed::Not };
    let (batches, schema) = match what {
        "events" | "relations" | "estimates" => {
            let (kind, schema) = match what {
                "events" => (GroupKind::Event, &schema::EVENTS),
                "relations" => (GroupKind::Relation, &schema::RELATIONS),
                _ => (GroupKind::Estimate, &schema::ESTIMATES),
            };
            let find = |paging| record.find_groups(&wanted(paging), kind);
            let table = |found: Vec<_>| groups(kind, &found);
            (paged(limit, find, |found| found.record, table)?, schema)
        }
        "documents" => {
            let find = |paging| record.find_documents(&wanted(paging));
            (paged(limit, find, |found| found.record, |found| documents(&found))?, &schema::DOCUMENTS)
        }
        "statements" => {
            let find = |paging| record.find_statements(&wanted(paging));
            (paged(limit, find, |found| found.statement, |found| statements(&found))?, &schema::STATEMENTS)
        }
        other => {
            let message = format!("`{other}` cannot be found; name one of events, relations, estimates, documents, statements");
            return Err(Fault::new("invalid", message));
        }
    };
    let remarks = remarks.into_iter().map(|remark| format!("`{}`: {}", remark.written, remark.why)).collect();
    Ok((batches, SchemaRef::clone(schema), remarks))
}

/// The tables of the pages of what is found, up to a limit.
fn paged<T, R>(
    limit: usize,
    find: impl Fn(Paging) -> Result<Found<T>, sayso_store::Error>,
    of: impl Fn(T) -> R + Copy,
    table: impl Fn(Vec<R>) -> Result<RecordBatch, sayso_table::Error>,
) -> Result<Vec<RecordBatch>, Fault> {
    let (mut tables, mut left, mut after) = (Vec::new(), limit, None);
    while left > 0 {
        let found = find(Paging { limit: PAGE.min(left), after })?;
        left -= found.items.len().min(left);
        if !found.items.is_empty() {
            tables.push(table(found.items.into_iter().map(of).collect())?);
        }
        after = found.next;
        if after.is_none() {
            break;
        }
    }
    Ok(tables)
}

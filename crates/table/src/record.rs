//! What does a record hold, as tables? A batch of rows at a time, so that a record of any size is read in the same memory.

use std::ops::ControlFlow;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use sayso_store::query::{GroupFilter, Paging};
use sayso_store::{Filter, Record};
use sayso_types::record::GroupKind;
use serde::Serialize;

use crate::rows::{batch, documents, groups, statements};
use crate::{Error, schema};

/// A table of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The latest text of each document.
    Documents,
    /// The statements of these, but what people rejected.
    Statements,
    /// The events that they tell of.
    Events,
    /// The relations of two actors.
    Relations,
    /// The series of estimates.
    Estimates,
    /// Which statement belongs to which event, relation or series.
    Members,
}

impl What {
    /// All of them.
    pub const ALL: [What; 6] = [What::Documents, What::Statements, What::Events, What::Relations, What::Estimates, What::Members];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Documents => "documents",
            What::Statements => "statements",
            What::Events => "events",
            What::Relations => "relations",
            What::Estimates => "estimates",
            What::Members => "members",
        }
    }

    /// The table of a name.
    pub fn of_str(name: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.as_str() == name)
    }

    /// Its columns.
    pub fn schema(self) -> &'static SchemaRef {
        match self {
            What::Documents => &schema::DOCUMENTS,
            What::Statements => &schema::STATEMENTS,
            What::Events => &schema::EVENTS,
            What::Relations => &schema::RELATIONS,
            What::Estimates => &schema::ESTIMATES,
            What::Members => &schema::MEMBERS,
        }
    }
}

/// Rows of a batch, at most. Documents bring their texts along.
const ROWS: usize = 2048;
const DOCUMENTS: usize = 512;

/// Hands on a table of a record as it is looked at, batch by batch; documents and statements in the order of reading, groups newest
/// first.
///
/// # Errors
/// What the store says, and what `take` gives.
pub fn each_batch(record: &Record, what: What, take: &mut dyn FnMut(RecordBatch) -> Result<(), Error>) -> Result<(), Error> {
    match what {
        What::Documents => {
            let mut rows = Gathered { most: DOCUMENTS, rows: Vec::new(), table: documents, take, failed: None };
            record.each_document(&Filter::default(), |document| rows.push(document.record))?;
            rows.end()
        }
        What::Statements => {
            let mut rows = Gathered { most: ROWS, rows: Vec::new(), table: statements, take, failed: None };
            record.each_statement(&Filter::default(), |statement| rows.push(statement))?;
            rows.end()
        }
        What::Events => each_group(record, GroupKind::Event, take),
        What::Relations => each_group(record, GroupKind::Relation, take),
        What::Estimates => each_group(record, GroupKind::Estimate, take),
        What::Members => GroupKind::ALL.iter().try_for_each(|kind| each_member(record, *kind, take)),
    }
}

/// Rows that are handed on as a table when there are enough.
struct Gathered<'t, T> {
    most: usize,
    rows: Vec<T>,
    table: fn(&[T]) -> Result<RecordBatch, Error>,
    take: &'t mut dyn FnMut(RecordBatch) -> Result<(), Error>,
    failed: Option<Error>,
}

impl<T> Gathered<'_, T> {
    fn push(&mut self, row: T) -> ControlFlow<()> {
        self.rows.push(row);
        if self.rows.len() < self.most {
            return ControlFlow::Continue(());
        }
        match self.hand_on() {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn hand_on(&mut self) -> Result<(), Error> {
        let table = (self.table)(&self.rows)?;
        self.rows.clear();
        (self.take)(table)
    }

    fn end(mut self) -> Result<(), Error> {
        match self.failed.take() {
            Some(error) => Err(error),
            None if self.rows.is_empty() => Ok(()),
            None => self.hand_on(),
        }
    }
}

/// Hands on the groups of a kind, page by page.
fn each_page(
    record: &Record,
    kind: GroupKind,
    mut take: impl FnMut(Vec<sayso_types::record::GroupRecord>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut filter = GroupFilter { kinds: vec![kind], paging: Paging { limit: ROWS, after: None }, ..GroupFilter::default() };
    loop {
        let page = record.groups(&filter)?;
        if !page.items.is_empty() {
            take(page.items)?;
        }
        filter.paging.after = page.next;
        if filter.paging.after.is_none() {
            return Ok(());
        }
    }
}

fn each_group(record: &Record, kind: GroupKind, take: &mut dyn FnMut(RecordBatch) -> Result<(), Error>) -> Result<(), Error> {
    each_page(record, kind, |page| take(groups(kind, &page)?))
}

/// A statement of a group.
#[derive(Serialize)]
struct MemberRow<'a> {
    group_id: &'a str,
    statement_id: &'a str,
    joined_to: Option<&'a str>,
    score: Option<f64>,
}

fn each_member(record: &Record, kind: GroupKind, take: &mut dyn FnMut(RecordBatch) -> Result<(), Error>) -> Result<(), Error> {
    each_page(record, kind, |page| {
        let reading = record.reading();
        let members = reading.members(&page.into_iter().map(|group| group.id).collect::<Vec<_>>())?;
        let numbers: Vec<i64> = members.iter().flat_map(|(_, member)| member.joined_to.into_iter().chain([member.statement])).collect();
        let ids = reading.ids(&numbers)?;
        let id = |number: &i64| ids.get(number).map(String::as_str);
        let rows: Vec<MemberRow<'_>> = members
            .iter()
            .filter_map(|(group, member)| {
                let joined_to = member.joined_to.as_ref().and_then(id);
                Some(MemberRow { group_id: group, statement_id: id(&member.statement)?, joined_to, score: member.score })
            })
            .collect();
        take(batch(&schema::MEMBERS, &rows)?)
    })
}

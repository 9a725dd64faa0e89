//! What does a question find, thing by thing to its end? Events with their accounts and the statements that tell them, relations with
//! their periods, estimates, single statements: never the whole of it in memory.

use std::collections::{BTreeMap, BTreeSet};

use sayso::linking::{self, Linker};
use sayso::question::Question;
use sayso_linking::account::{Account, Profile};
use sayso_linking::relation::Relation;
use sayso_store::query::find::{Clause, Found, Summed, Wanted};
use sayso_store::query::{Cited, Cursor, LogEntry, LogFilter, Paging};
use sayso_store::{Record, StoredDocument};
use sayso_types::record::{GroupKind, GroupRecord, StatementRecord};

use crate::{Error, country};

/// So many hits are read at a time.
const PAGE: usize = 200;

/// So many statements of one event are read at a time.
const STATEMENTS: usize = 1_000;

/// A question put to a record, whose answer is to leave it.
#[derive(Clone, Copy)]
pub struct Export<'r> {
    /// The record, as of the moment that is asked for.
    pub record: &'r Record,
    /// What computes whole accounts of it.
    pub linker: &'r Linker,
    /// What is asked; an empty question asks for everything.
    pub question: &'r Question,
    /// When, by which program and under which terms it leaves.
    pub made: &'r Made,
}

/// When, by which program and under which terms data leave a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The program with its version.
    pub program: String,
    /// RFC 3339 in UTC: when.
    pub now: String,
    /// As of when the record was looked at, where that is not now.
    pub as_of: Option<String>,
    /// What stands before the path in links into a workbench: `http://127.0.0.1:8787`; empty where there is none.
    pub site: String,
    /// Under which terms whoever exports hands it on, in their words.
    pub licence: Option<String>,
}

impl Made {
    /// As of when the record was looked at.
    pub fn as_of(&self) -> &str {
        self.as_of.as_deref().unwrap_or(&self.now)
    }
}

/// An event with all that is told of it.
#[derive(Clone, Debug)]
pub struct ToldEvent {
    /// In short.
    pub group: GroupRecord,
    /// The account that its tellings give.
    pub account: Account,
    /// The statements that tell it, in the order of reading.
    pub cited: Vec<Cited>,
}

/// A relation with all that is told of it.
#[derive(Clone, Debug)]
pub struct ToldRelation {
    /// In short.
    pub group: GroupRecord,
    /// Its periods and sources.
    pub relation: Relation,
    /// The statements that tell it, in the order of reading.
    pub cited: Vec<Cited>,
}

/// A series of estimates with the statements that tell it.
#[derive(Clone, Debug)]
pub struct ToldEstimate {
    /// In short.
    pub group: GroupRecord,
    /// The statements that tell it, in the order of reading.
    pub cited: Vec<Cited>,
}

impl Export<'_> {
    /// What of the record this is, for whoever holds the file against it: its log's last entry.
    pub fn state(&self) -> Result<Option<LogEntry>, Error> {
        let last = LogFilter { paging: Paging { limit: 1, after: None }, ..LogFilter::default() };
        Ok(self.record.log(&last)?.items.pop())
    }

    /// The same in words.
    pub(crate) fn state_in_words(&self) -> Result<String, Error> {
        let told = |entry: LogEntry| format!("entry {} of the record's log, {}", entry.number, entry.sha256);
        Ok(self.state()?.map_or_else(|| "an empty record".to_owned(), told))
    }

    /// The address of a thing in a workbench; empty where there is none.
    pub(crate) fn link(&self, kind: &str, id: &str) -> String {
        if self.made.site.is_empty() { String::new() } else { format!("{}/{kind}/{id}", self.made.site) }
    }

    /// Hands on every group of a kind that is found, once.
    pub fn each_group(&self, kind: GroupKind, mut take: impl FnMut(GroupRecord) -> Result<(), Error>) -> Result<(), Error> {
        self.each_page_of_groups(kind, |groups| groups.into_iter().try_for_each(&mut take))
    }

    /// Hands on every event that is found, its numbers made by a convention.
    pub fn each_event(&self, profile: Profile, mut take: impl FnMut(&ToldEvent) -> Result<(), Error>) -> Result<(), Error> {
        self.each_page_of_groups(GroupKind::Event, |groups| {
            let ids: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
            let mut accounts = linking::accounts(self.linker, self.record.reading(), &ids, profile)?;
            for group in groups {
                // A group without members that hold is no more.
                let Some(account) = accounts.remove(&group.id) else { continue };
                let cited = self.cited(&group.id)?;
                take(&ToldEvent { group, account, cited })?;
            }
            Ok(())
        })
    }

    /// Hands on every relation that is found.
    pub fn each_relation(&self, mut take: impl FnMut(&ToldRelation) -> Result<(), Error>) -> Result<(), Error> {
        self.each_page_of_groups(GroupKind::Relation, |groups| {
            let ids: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
            let mut relations = linking::relations(self.linker, self.record.reading(), &ids)?;
            for group in groups {
                let Some(relation) = relations.remove(&group.id) else { continue };
                let cited = self.cited(&group.id)?;
                take(&ToldRelation { group, relation, cited })?;
            }
            Ok(())
        })
    }

    /// Hands on every series of estimates that is found.
    pub fn each_estimate(&self, mut take: impl FnMut(&ToldEstimate) -> Result<(), Error>) -> Result<(), Error> {
        self.each_group(GroupKind::Estimate, |group| {
            let cited = self.cited(&group.id)?;
            take(&ToldEstimate { group, cited })
        })
    }

    /// Hands on every statement that is found, with its document.
    pub fn each_statement(&self, mut take: impl FnMut(&StatementRecord, &StoredDocument) -> Result<(), Error>) -> Result<(), Error> {
        let mut carrier: Option<StoredDocument> = None;
        self.each_page(
            |wanted| Ok(self.record.find_statements(wanted)?),
            |found| {
                for quoted in found {
                    let statement = quoted.statement;
                    if carrier.as_ref().is_none_or(|document| document.record.id != statement.document_id) {
                        carrier = Some(self.record.document(&statement.document_id)?);
                    }
                    if let Some(document) = &carrier {
                        take(&statement, document)?;
                    }
                }
                Ok(())
            },
        )
    }

    /// Hands on every document that is found.
    pub fn each_document(&self, mut take: impl FnMut(&StoredDocument) -> Result<(), Error>) -> Result<(), Error> {
        self.each_page(
            |wanted| Ok(self.record.find_documents(wanted)?),
            |found| found.into_iter().try_for_each(|one| take(&self.record.document(&one.record.id)?)),
        )
    }

    /// Hands on every actor that takes part in what is found: id, name, how often, and of how many as actor, recipient or source.
    pub(crate) fn each_actor(&self, mut take: impl FnMut(&sayso_store::query::find::ActorFound) -> Result<(), Error>) -> Result<(), Error> {
        let found = |wanted: &Wanted| Ok(self.record.find_actors(&Wanted { summed: Summed::Wholly, ..wanted.clone() })?);
        self.each_page(found, |found| found.iter().try_for_each(&mut take))
    }

    /// All statements of a group with their documents.
    pub(crate) fn cited(&self, group: &str) -> Result<Vec<Cited>, Error> {
        let mut paging = Paging { limit: STATEMENTS, after: None };
        let mut cited = Vec::new();
        loop {
            let page = self.record.group_cited(group, &paging)?;
            cited.extend(page.items);
            paging.after = page.next;
            if paging.after.is_none() {
                return Ok(cited);
            }
        }
    }

    fn each_page_of_groups(&self, kind: GroupKind, mut take: impl FnMut(Vec<GroupRecord>) -> Result<(), Error>) -> Result<(), Error> {
        // What leads through statements can reach one group in several windows.
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let through_statements = !self.question.is_empty();
        self.each_page(
            |wanted| Ok(self.record.find_groups(wanted, kind)?),
            |found| {
                let groups = found.into_iter().map(|found| found.record);
                take(groups.filter(|group| !through_statements || taken.insert(group.id.clone())).collect())
            },
        )
    }

    fn each_page<T>(
        &self,
        mut find: impl FnMut(&Wanted) -> Result<Found<T>, Error>,
        mut take: impl FnMut(Vec<T>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let clauses = clauses(self.record, self.question)?;
        let mut after: Option<Cursor> = None;
        loop {
            let wanted = Wanted { clauses: clauses.clone(), paging: Paging { limit: PAGE, after }, summed: Summed::Not };
            let found = find(&wanted)?;
            take(found.items)?;
            match found.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

/// A question as a record is asked, names of actors looked up in it.
///
/// # Errors
/// What the store says.
pub fn clauses(record: &Record, question: &Question) -> Result<Vec<Clause>, sayso_store::Error> {
    question.clauses(country::names(), |name| linking::actors_meant(record, name))
}

/// What was written, and what was not and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many events, relations, statements: what a row or entity of the format is of.
    pub written: u64,
    /// How many were left out, by the reason.
    pub left_out: BTreeMap<&'static str, u64>,
}

impl Written {
    pub(crate) fn leave_out(&mut self, why: &'static str) {
        *self.left_out.entry(why).or_default() += 1;
    }
}

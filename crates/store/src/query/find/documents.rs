//! Which documents does a question mean? Last read ones first, each with the piece of its text for which it was found.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::DocumentRecord;

use super::condition::{Of, push_clauses};
use super::groups::days;
use super::lead::{self, Lead, Texts};
use super::summary::{FacetCounts, FindFacet, Sample, Summary, most_first};
use super::{Clause, Found, MOST_LOOKED_AT, Summed, Wanted, counted, tally};
use crate::ask::Json;
use crate::clause::Clauses;
use crate::moment::View;
use crate::query::{Cursor, page};
use crate::{Error, Record};

/// So many words of a text stand around those that were looked for.
const PIECE: u32 = 40;

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentFound {
    /// The document.
    pub record: DocumentRecord,
    /// A piece of its text, with U+0002 before and U+0003 after words that were looked for; `None` where no words were.
    pub marked: Option<String>,
    /// RFC 3339: when this text was first read.
    pub added: String,
    /// How many statements it makes.
    pub statements: u64,
    /// The id of the document that it repeats.
    pub copy_of: Option<String>,
}

/// What an index tells of a document that was found.
struct Short {
    document: i64,
    key: i64,
    publisher: Option<String>,
    day: String,
    /// The key that led to it.
    at: i64,
}

/// What leads to documents, and how they are reached from its keys.
struct Reached {
    lead: Lead,
    through: Through,
}

/// What the keys of a lead are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Through {
    /// Rows of documents, each text once.
    Rows,
    /// Texts' numbers.
    Numbers,
    /// Statements: several lead to one document.
    Statements,
}

impl Through {
    /// Documents `d` of the keys of `h`.
    fn join(self) -> &'static str {
        match self {
            Through::Rows => "CROSS JOIN documents AS d ON d.key = h.key",
            Through::Numbers => "CROSS JOIN documents AS d INDEXED BY documents_by_document ON d.document = h.key",
            Through::Statements => {
                "CROSS JOIN statements AS l INDEXED BY statements_in_short ON l.key = h.key
                 CROSS JOIN documents AS d INDEXED BY documents_by_document ON d.document = l.document"
            }
        }
    }
}

impl Record {
    /// The documents that a question means, last read ones first.
    pub fn find_documents(&self, wanted: &Wanted) -> Result<Found<DocumentFound>, Error> {
        let after = wanted.paging.after.as_ref();
        let reached = reached(&wanted.clauses, self.view);
        // Of statements the window is named by where it begins, and the document within it; else each key is a document.
        let (below, passed) = match (after, reached.through) {
            (None, _) => (i64::MAX, i64::MAX),
            (Some(cursor), Through::Statements) => (cursor.place.parse().unwrap_or(i64::MAX), cursor.key),
            (Some(cursor), _) => (cursor.key, i64::MAX),
        };
        let (found, looked_at, last) = self.document_window(wanted, &reached, below)?;
        let limit = wanted.paging.limit;
        let mut listed = Vec::new();
        for short in found.iter().filter(|short| short.document < passed) {
            let again = below != i64::MAX && reached.through == Through::Statements;
            if !again || !self.led_before(wanted, &reached.lead, short.document, below)? {
                listed.push(short);
                if listed.len() > limit {
                    break;
                }
            }
        }
        let cursor = |short: &&Short| match reached.through {
            Through::Statements => Cursor { place: below.to_string(), key: short.document },
            _ => Cursor { place: String::new(), key: short.at },
        };
        let rest = (looked_at >= MOST_LOOKED_AT).then(|| match reached.through {
            Through::Statements => Cursor { place: last.to_string(), key: i64::MAX },
            _ => Cursor { place: String::new(), key: last },
        });
        let (listed, next) = page(listed, limit, cursor);
        let words = reached.lead.words.as_deref().filter(|_| reached.through == Through::Rows);
        let items = listed.iter().map(|short| self.document_found(short, words)).collect::<Result<_, _>>()?;
        let (first, looked_at) = if after.is_none() || wanted.summed == Summed::Not {
            (found, looked_at)
        } else {
            let (first, looked_at, _) = self.document_window(wanted, &reached, i64::MAX)?;
            (first, looked_at)
        };
        let summary = match wanted.summed {
            Summed::Not => None,
            Summed::Wholly => Some(self.summary_of_documents(&first, looked_at)?),
        };
        Ok(Found { items, next: next.or(rest), tally: tally(first.len(), looked_at), summary })
    }

    /// The documents of one window, how many keys were looked at, and the last of these.
    fn document_window(&self, wanted: &Wanted, reached: &Reached, below: i64) -> Result<(Vec<Short>, usize, i64), Error> {
        let (looked_at, last) = self.reach(&reached.lead, below)?;
        let (from, mut values) = reached.lead.below(below);
        let mut clauses = Clauses::default();
        clauses.push_all(format!("{} AND {}", self.view.holds("d"), self.view.is_latest("d")), Vec::new());
        let heeded: &[usize] = if reached.through == Through::Statements { &[] } else { &reached.lead.heeds };
        push_clauses(&mut clauses, &wanted.clauses, heeded, Of::Document, self.view);
        let sql = format!(
            "SELECT d.document, d.key, d.publisher, coalesce(d.published_latest, d.published_earliest, ''), h.key
             FROM ({from} LIMIT {MOST_LOOKED_AT}) AS h {} WHERE {}",
            reached.through.join(),
            clauses.sql()
        );
        values.extend(clauses.into_values());
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        self.each_row(&sql, values, |row| {
            let document = row.get(0)?;
            if seen.insert(document) {
                found.push(Short { document, key: row.get(1)?, publisher: row.get(2)?, day: row.get(3)?, at: row.get(4)? });
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if reached.through == Through::Statements {
            found.sort_by_key(|short| std::cmp::Reverse(short.document));
        }
        Ok((found, looked_at, last))
    }

    /// Whether a statement of an earlier window led to a document.
    fn led_before(&self, wanted: &Wanted, lead: &Lead, document: i64, below: i64) -> Result<bool, Error> {
        let mut clauses = Clauses::default();
        clauses.push("s.document = ?", [Value::from(document)]);
        clauses.push("s.key >= ?", [Value::from(below)]);
        let led: Vec<Clause> = lead.heeds.iter().filter_map(|at| wanted.clauses.get(*at)).cloned().collect();
        push_clauses(&mut clauses, &led, &[], Of::Statement, self.view);
        let sql = format!("SELECT 1 FROM statements AS s INDEXED BY statements_by_document WHERE {} LIMIT 1", clauses.sql());
        let mut led = false;
        self.each_row(&sql, clauses.into_values(), |_| {
            led = true;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(led)
    }

    fn summary_of_documents(&self, found: &[Short], looked_at: usize) -> Result<Summary, Error> {
        let counted = counted(looked_at);
        let publisher =
            FacetCounts { facet: FindFacet::Publisher, values: most_first(found.iter().map(|short| short.publisher.clone())), counted };
        let keys: Vec<i64> = found.iter().map(|short| short.document).collect();
        let mut facets = vec![publisher];
        let deeper = self.deeper(&keys, Sample::Documents, counted)?;
        facets.extend(deeper.into_iter().filter(|counts| counts.facet != FindFacet::Publisher));
        Ok(Summary { days: days(found.iter().map(|short| short.day.as_str())), days_counted: counted, facets, ..Summary::default() })
    }

    fn document_found(&self, short: &Short, words: Option<&str>) -> Result<DocumentFound, Error> {
        let sql = format!(
            "SELECT d.record, d.added,
                    (SELECT count(*) FROM statements AS s WHERE s.document = d.document AND s.review IS NOT 'rejected' AND {}),
                    (SELECT x.id FROM origins AS o CROSS JOIN documents AS x ON x.document = o.origin
                     WHERE o.document = d.document AND {} LIMIT 1)
             FROM documents AS d WHERE d.key = ?",
            self.view.holds("s"),
            self.view.holds("o")
        );
        let mut found = None;
        self.each_row(&sql, [Value::from(short.key)], |row| {
            let record = row.get::<_, Json<DocumentRecord>>(0)?.0;
            let statements = row.get::<_, i64>(2)?.unsigned_abs();
            found = Some(DocumentFound { record, marked: None, added: row.get(1)?, statements, copy_of: row.get(3)? });
            Ok(ControlFlow::Break(()))
        })?;
        let Some(mut found) = found else { return Err(self.unknown("document", &short.document.to_string())) };
        if let Some(words) = words {
            let sql = format!(
                "SELECT snippet(documents_fts, 1, char(2), char(3), '…', {PIECE}) FROM documents_fts WHERE documents_fts MATCH ? AND rowid = ?"
            );
            self.each_row(&sql, [Value::from(words.to_owned()), Value::from(short.key)], |row| {
                found.marked = row.get(0)?;
                Ok(ControlFlow::Break(()))
            })?;
        }
        Ok(found)
    }
}

/// What leads to the documents that are meant: words of their text, their publisher, what they state, or all of them.
fn reached(clauses: &[Clause], view: View) -> Reached {
    if let Some(lead) = lead::by_words(clauses, Texts::Documents) {
        return Reached { lead, through: Through::Rows };
    }
    if let Some(lead) = lead::of_publisher(clauses) {
        return Reached { lead, through: Through::Numbers };
    }
    // What leads to statements holds of some statement of the document, and is asked of it again with all else.
    if let Some(lead) = lead::of_listed_statements(clauses, view) {
        return Reached { lead, through: Through::Statements };
    }
    Reached { lead: lead::all_documents(), through: Through::Numbers }
}

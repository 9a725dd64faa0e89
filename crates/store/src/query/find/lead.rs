//! What leads to the statements or documents that a question means? The rarest of what it asks that an index knows.

use rusqlite::types::Value;

use super::condition::expression;
use super::{Clause, Condition, MOST_LOOKED_AT, Party};
use crate::moment::View;

/// Keys, the highest first, below one that is the first parameter of the last kind: SQL, its values, and which clauses it heeds.
#[derive(Clone, Debug)]
pub(super) struct Lead {
    sql: String,
    values: Vec<Value>,
    /// The clauses that hold of all that it leads to.
    pub(super) heeds: Vec<usize>,
    /// The full-text expression by which it leads, where it does.
    pub(super) words: Option<String>,
}

/// The full-text index that words are looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    Statements,
    Documents,
}

impl Lead {
    /// SQL that gives `key`, the highest first, of the window below a key.
    pub(super) fn below(&self, key: i64) -> (String, Vec<Value>) {
        let mut values = Vec::with_capacity(self.values.len() + 1);
        // `?below` stands wherever the key is wanted.
        let mut sql = String::new();
        let mut given = self.values.iter();
        for (at, piece) in self.sql.split("?below").enumerate() {
            if at > 0 {
                sql.push('?');
                values.push(Value::from(key));
            }
            sql.push_str(piece);
            values.extend(given.by_ref().take(piece.matches('?').count()).cloned());
        }
        (sql, values)
    }
}

/// What leads to statements; `None` where nothing that is asked does.
pub(super) fn of_statements(clauses: &[Clause], view: View) -> Option<Lead> {
    by_words(clauses, Texts::Statements)
        .or_else(|| by_review(clauses))
        .or_else(|| by_party(clauses, |condition| if let Condition::Source(party) = condition { Some(party) } else { None }, source))
        .or_else(|| by_publisher(clauses, view))
}

/// What leads to statements that are asked for themselves: an actor does as well.
pub(super) fn of_listed_statements(clauses: &[Clause], view: View) -> Option<Lead> {
    of_statements(clauses, view)
        .or_else(|| by_party(clauses, |condition| if let Condition::Actor(party) = condition { Some(party) } else { None }, actor))
}

/// All statements, the last read ones first: a window of keys.
pub(super) fn all_statements() -> Lead {
    let sql = format!(
        "SELECT key FROM statements INDEXED BY statements_in_short WHERE key < ?below AND key >= ?below - {MOST_LOOKED_AT} ORDER BY key DESC"
    );
    Lead { sql, values: Vec::new(), heeds: Vec::new(), words: None }
}

/// Words and places together: one expression.
pub(super) fn by_words(clauses: &[Clause], texts: Texts) -> Option<Lead> {
    let (mut wanted, mut unwanted, mut heeds) = (Vec::new(), Vec::new(), Vec::new());
    for (at, clause) in clauses.iter().enumerate() {
        let is_text = |condition: &Condition| match condition {
            Condition::Words(_) => true,
            Condition::Place(_) => texts == Texts::Statements,
            _ => false,
        };
        if clause.any.is_empty() || !clause.any.iter().all(is_text) {
            continue;
        }
        let parts: Option<Vec<String>> = clause.any.iter().map(expression).collect();
        let Some(parts) = parts else { continue };
        heeds.push(at);
        if clause.negated { unwanted.extend(parts) } else { wanted.push(format!("({})", parts.join(" OR "))) }
    }
    if wanted.is_empty() {
        return None;
    }
    let mut text = wanted.join(" AND ");
    if !unwanted.is_empty() {
        text = format!("({text}) NOT ({})", unwanted.join(" OR "));
    }
    let table = if texts == Texts::Statements { "statements_fts" } else { "documents_fts" };
    let sql = format!("SELECT rowid AS key FROM {table} WHERE {table} MATCH ? AND rowid < ?below ORDER BY rowid DESC");
    Some(Lead { sql, values: vec![Value::from(text.clone())], heeds, words: Some(text) })
}

fn by_review(clauses: &[Clause]) -> Option<Lead> {
    let (at, review) = clauses.iter().enumerate().find_map(|(at, clause)| match (&clause.any[..], clause.negated) {
        ([Condition::Review(Some(review))], false) => Some((at, review)),
        _ => None,
    })?;
    // A condition on the key keeps what people decided, which is never much, in order.
    let sql = "SELECT key FROM statements INDEXED BY statements_by_review WHERE review = ? AND key < ?below ORDER BY key DESC";
    Some(Lead { sql: sql.to_owned(), values: vec![Value::from(review.as_str().to_owned())], heeds: vec![at], words: None })
}

fn by_publisher(clauses: &[Clause], view: View) -> Option<Lead> {
    let (at, name) = publisher(clauses)?;
    let sql = format!(
        "SELECT x.key FROM documents AS d INDEXED BY documents_by_publisher
         CROSS JOIN statements AS x INDEXED BY statements_by_document ON x.document = d.document
         WHERE d.publisher = ? COLLATE NOCASE AND {} AND x.key < ?below ORDER BY x.key DESC",
        view.holds("d")
    );
    Some(Lead { sql, values: vec![Value::from(name.to_owned())], heeds: vec![at], words: None })
}

/// The documents of a publisher, by the text's number.
pub(super) fn of_publisher(clauses: &[Clause]) -> Option<Lead> {
    let (at, name) = publisher(clauses)?;
    let sql = "SELECT document AS key FROM documents INDEXED BY documents_by_publisher
               WHERE publisher = ? COLLATE NOCASE AND document < ?below ORDER BY document DESC";
    Some(Lead { sql: sql.to_owned(), values: vec![Value::from(name.to_owned())], heeds: vec![at], words: None })
}

/// All documents, by the text's number.
pub(super) fn all_documents() -> Lead {
    let sql = "SELECT document AS key FROM documents INDEXED BY documents_by_document WHERE document < ?below ORDER BY document DESC";
    Lead { sql: sql.to_owned(), values: Vec::new(), heeds: Vec::new(), words: None }
}

fn publisher(clauses: &[Clause]) -> Option<(usize, &str)> {
    clauses.iter().enumerate().find_map(|(at, clause)| match (&clause.any[..], clause.negated) {
        ([Condition::Publisher(name)], false) => Some((at, name.as_str())),
        _ => None,
    })
}

fn by_party(
    clauses: &[Clause],
    party_of: impl Fn(&Condition) -> Option<&Party>,
    lead: impl Fn(&Party) -> (String, Vec<Value>),
) -> Option<Lead> {
    let (at, party) = clauses.iter().enumerate().find_map(|(at, clause)| match (&clause.any[..], clause.negated) {
        ([condition], false) => Some((at, party_of(condition)?)),
        _ => None,
    })?;
    let (sql, values) = lead(party);
    Some(Lead { sql, values, heeds: vec![at], words: None })
}

/// The statements that a source makes, each of its names by the index.
fn source(party: &Party) -> (String, Vec<Value>) {
    let each = format!(
        "SELECT * FROM (
            SELECT statement AS key FROM participants INDEXED BY participants_by_source
            WHERE part = 'source' AND distance = 0 AND coalesce(actor_id, name, words) = ? COLLATE NOCASE AND statement < ?below
            ORDER BY statement DESC LIMIT {MOST_LOOKED_AT})"
    );
    united(&each, &party.ids)
}

/// The statements in which an actor takes part, each id by the index; those who only have names by words.
fn actor(party: &Party) -> (String, Vec<Value>) {
    const PARTS: [&str; 5] = ["actor", "recipient", "instrument", "theme", "origin"];
    let each = PARTS.map(|part| {
        format!(
            "SELECT * FROM (
                SELECT statement AS key FROM participants INDEXED BY participants_by_actor
                WHERE actor_id = ? AND part = '{part}' AND statement < ?below ORDER BY participants.key DESC LIMIT {MOST_LOOKED_AT})"
        )
    });
    let (mut sql, mut values) = (Vec::new(), Vec::new());
    for id in &party.ids {
        sql.extend(each.iter().cloned());
        values.extend(std::iter::repeat_n(Value::from(id.clone()), PARTS.len()));
    }
    if let Some(words) = crate::words::all_of(&party.named) {
        sql.push(format!(
            "SELECT * FROM (
                SELECT n.statement AS key FROM participants_fts AS f CROSS JOIN participants AS n ON n.key = f.rowid
                WHERE participants_fts MATCH ? AND n.actor_id IS NULL AND n.statement < ?below
                ORDER BY f.rowid DESC LIMIT {MOST_LOOKED_AT})"
        ));
        values.push(Value::from(words));
    }
    (format!("SELECT DISTINCT key FROM ({}) ORDER BY key DESC", sql.join(" UNION ALL ")), values)
}

fn united(each: &str, ids: &[String]) -> (String, Vec<Value>) {
    let parts: Vec<&str> = ids.iter().map(|_| each).collect();
    let parts = if parts.is_empty() { vec!["SELECT 0 AS key WHERE FALSE"] } else { parts };
    let values = ids.iter().map(|id| Value::from(id.clone())).collect();
    (format!("SELECT DISTINCT key FROM ({}) ORDER BY key DESC", parts.join(" UNION ALL ")), values)
}

//! How is a condition put in SQL? Of a statement `s`, of a group `g` or of a document `d`; what people typed only travels as a parameter.

use rusqlite::types::Value;

use super::{Clause, Condition, Party};
use crate::clause::Clauses;
use crate::moment::View;
use crate::query::Window;
use crate::words;

/// What a condition is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Statement,
    Group,
    Document,
}

/// SQL with the values of its parameters.
type Sql = (String, Vec<Value>);

/// The parts as which actors take part.
const ROLES: &str = "('actor', 'recipient', 'instrument', 'theme', 'origin')";

/// Puts clauses in SQL, those left out that something else already heeds.
pub(super) fn push_clauses(into: &mut Clauses, clauses: &[Clause], heeded: &[usize], of: Of, view: View) {
    for (at, clause) in clauses.iter().enumerate() {
        if !heeded.contains(&at) {
            let (sql, values) = clause_sql(clause, of, view);
            into.push_all(sql, values);
        }
    }
}

/// A clause in SQL.
pub(super) fn clause_sql(clause: &Clause, of: Of, view: View) -> Sql {
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    for condition in &clause.any {
        let (sql, of_condition) = condition_sql(condition, of, view);
        parts.push(format!("({sql})"));
        values.extend(of_condition);
    }
    let any = if parts.is_empty() { "FALSE".to_owned() } else { parts.join(" OR ") };
    (if clause.negated { format!("NOT coalesce(({any}), FALSE)") } else { format!("({any})") }, values)
}

fn condition_sql(condition: &Condition, of: Of, view: View) -> Sql {
    match of {
        Of::Statement => of_statement(condition, view),
        Of::Group => of_group(condition, view),
        Of::Document => of_document(condition, view),
    }
}

/// Whether a condition is asked of a group's statements, and not of the group.
pub(super) fn is_of_statements(condition: &Condition) -> bool {
    use Condition::{Copy, Modality, Place, Publisher, Review, Source, Words};
    matches!(condition, Words(_) | Place(_) | Source(_) | Publisher(_) | Modality(_) | Review(_) | Copy(_))
}

fn one(sql: impl Into<String>, value: impl Into<Value>) -> Sql {
    (sql.into(), vec![value.into()])
}

fn of_statement(condition: &Condition, view: View) -> Sql {
    let text = |sql: &str, text: &str| one(sql, text.to_owned());
    match condition {
        Condition::Words(_) | Condition::Place(_) => match expression(condition) {
            Some(words) => {
                one("EXISTS (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? AND statements_fts.rowid = s.key)", words)
            }
            None => nothing(),
        },
        Condition::Country(code) => text("s.country = ?", code),
        Condition::Kind(kind) => text("s.kind = ?", kind.as_str()),
        Condition::Type(code) => text("s.type = ?", code),
        Condition::Mode(code) => text("s.mode = ?", code),
        Condition::Actor(party) => takes_part(party, &format!("p.part IN {ROLES}")),
        Condition::Source(party) => takes_part(party, "p.part = 'source' AND p.distance = 0"),
        Condition::Publisher(name) => {
            let held = view.holds("x");
            let sql = format!(
                "EXISTS (SELECT 1 FROM documents AS x WHERE x.document = s.document AND {held} AND x.publisher = ? COLLATE NOCASE)"
            );
            one(sql, name.clone())
        }
        Condition::Time(window) => between(window, "s.earliest", "s.latest"),
        Condition::Told(window) => {
            let (sql, values) = between(window, "x.published_earliest", "x.published_latest");
            (format!("EXISTS (SELECT 1 FROM documents AS x WHERE x.document = s.document AND {} AND {sql})", view.holds("x")), values)
        }
        Condition::Status(_) | Condition::Sources(_) | Condition::Disputed(_) => {
            let (sql, values) = of_group(condition, view);
            let (member, group) = (view.holds("m"), view.holds("g"));
            let joined = "members AS m CROSS JOIN groups AS g INDEXED BY groups_by_id ON g.id = m.group_id";
            (format!("EXISTS (SELECT 1 FROM {joined} WHERE m.statement = s.key AND {member} AND {group} AND {sql})"), values)
        }
        Condition::Aggregate(aggregate) => one("(s.record ->> '$.aggregate') = ?", *aggregate),
        Condition::Modality(code) => text("s.modality = ?", code),
        Condition::Review(None) => ("s.review IS NULL".to_owned(), Vec::new()),
        Condition::Review(Some(review)) => text("s.review = ?", review.as_str()),
        Condition::Copy(copy) => copies(*copy, "s.document", view),
        Condition::Nothing => nothing(),
    }
}

fn of_group(condition: &Condition, view: View) -> Sql {
    let text = |sql: &str, text: &str| one(sql, text.to_owned());
    match condition {
        Condition::Kind(kind) => text("g.kind = ?", kind.as_str()),
        Condition::Country(code) => text("g.country = ?", code),
        Condition::Type(code) => text("g.type = ?", code),
        Condition::Mode(code) => text("g.mode = ?", code),
        Condition::Actor(party) => one(
            "EXISTS (SELECT 1 FROM parties AS q WHERE q.grouped = g.key AND q.actor IN (SELECT value FROM json_each(?)))",
            list(&party.ids),
        ),
        Condition::Time(window) => between(window, "g.earliest", "g.latest"),
        Condition::Told(window) => between(window, "(g.record ->> '$.first_told')", "g.last_told"),
        Condition::Status(code) => text("g.status = ?", code),
        Condition::Sources(least) => one("g.sources >= ?", i64::try_from(*least).unwrap_or(i64::MAX)),
        Condition::Disputed(disputed) => (format!("g.disputed {} 0", if *disputed { ">" } else { "=" }), Vec::new()),
        Condition::Aggregate(aggregate) => one("g.aggregate = ?", *aggregate),
        Condition::Nothing => nothing(),
        of_statements => {
            let (sql, values) = of_statement(of_statements, view);
            let joined = "members AS m CROSS JOIN statements AS s ON s.key = m.statement";
            (format!("EXISTS (SELECT 1 FROM {joined} WHERE m.group_id = g.id AND {} AND {sql})", view.holds("m")), values)
        }
    }
}

fn of_document(condition: &Condition, view: View) -> Sql {
    match condition {
        Condition::Words(_) => match expression(condition) {
            Some(words) => one("EXISTS (SELECT 1 FROM documents_fts WHERE documents_fts MATCH ? AND documents_fts.rowid = d.key)", words),
            None => nothing(),
        },
        Condition::Publisher(name) => one("d.publisher = ? COLLATE NOCASE", name.clone()),
        Condition::Told(window) => between(window, "d.published_earliest", "d.published_latest"),
        Condition::Copy(copy) => copies(*copy, "d.document", view),
        Condition::Nothing => nothing(),
        of_statements => {
            let (sql, values) = of_statement(of_statements, view);
            let standing = format!("{} AND {} AND s.review IS NOT 'rejected'", view.holds("s"), view.is_latest("s"));
            let standing = if matches!(of_statements, Condition::Review(_)) { view.holds("s") } else { standing };
            (format!("EXISTS (SELECT 1 FROM statements AS s WHERE s.document = d.document AND {standing} AND {sql})"), values)
        }
    }
}

fn nothing() -> Sql {
    ("FALSE".to_owned(), Vec::new())
}

fn takes_part(party: &Party, part: &str) -> Sql {
    let who = "coalesce(p.actor_id, p.name, p.words) COLLATE NOCASE IN (SELECT value FROM json_each(?))";
    one(format!("EXISTS (SELECT 1 FROM participants AS p WHERE p.statement = s.key AND {part} AND {who})"), list(&party.ids))
}

fn copies(copy: bool, document: &str, view: View) -> Sql {
    let not = if copy { "" } else { "NOT " };
    (format!("{not}EXISTS (SELECT 1 FROM origins AS o WHERE o.document = {document} AND {})", view.holds("o")), Vec::new())
}

/// That a time can lie in a window; what has none lies in none.
fn between(window: &Window, earliest: &str, latest: &str) -> Sql {
    let mut parts = vec![format!("({earliest} IS NOT NULL OR {latest} IS NOT NULL)")];
    let mut values = Vec::new();
    if let Some(first) = window.first() {
        parts.push(format!("({latest} IS NULL OR {latest} >= ?)"));
        values.push(Value::from(first));
    }
    if let Some(last) = window.last() {
        parts.push(format!("({earliest} IS NULL OR {earliest} <= ?)"));
        values.push(Value::from(last));
    }
    (parts.join(" AND "), values)
}

pub(super) fn list(values: &[String]) -> Value {
    Value::from(serde_json::json!(values).to_string())
}

/// The full-text expression for a condition on words.
pub(super) fn expression(condition: &Condition) -> Option<String> {
    match condition {
        Condition::Words(text) => words::all_of(text).map(|words| format!("({words})")),
        Condition::Place(text) => words::all_of(text).map(|words| format!("({{place place_name admin1}} : ({words}))")),
        _ => None,
    }
}

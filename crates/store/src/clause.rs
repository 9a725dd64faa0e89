//! How is a question put in SQL? Fixed clauses, chosen by what the filter asks; what people typed only ever travels as a parameter.

use std::borrow::Cow;

use rusqlite::types::Value;
use sayso_types::Edtf;

use crate::moment::View;
use crate::{Filter, Reviewed, Versions, words};

/// A match expression that nothing matches.
const NOTHING: &str = "\"\"";

/// Conditions that must all hold, and the values of their parameters in order.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    conditions: Vec<Cow<'static, str>>,
    values: Vec<Value>,
}

impl Clauses {
    pub(crate) fn push<const N: usize>(&mut self, condition: impl Into<Cow<'static, str>>, values: [Value; N]) {
        let condition = condition.into();
        debug_assert_eq!(condition.matches('?').count(), N, "{condition}");
        self.conditions.push(condition);
        self.values.extend(values);
    }

    /// A condition with its values, as many as it has parameters.
    pub(crate) fn push_all(&mut self, condition: String, values: Vec<Value>) {
        debug_assert_eq!(condition.matches('?').count(), values.len(), "{condition}");
        self.conditions.push(Cow::Owned(condition));
        self.values.extend(values);
    }

    /// A condition on a list, where the list asks something.
    pub(crate) fn push_list<'a>(&mut self, condition: impl Into<Cow<'static, str>>, list: impl IntoIterator<Item = &'a str>) {
        let list: Vec<&str> = list.into_iter().collect();
        if !list.is_empty() {
            self.push(condition, [list_value(&list)]);
        }
    }

    /// The conditions, for a WHERE.
    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() { "TRUE".to_owned() } else { self.conditions.join("\n   AND ") }
    }

    /// The values of its parameters.
    pub(crate) fn into_values(self) -> Vec<Value> {
        self.values
    }
}

/// Conditions on `statements AS s`.
pub(crate) fn of_statements(filter: &Filter, view: View) -> Clauses {
    let mut clauses = Clauses::default();
    push_standing(&mut clauses, filter, view);
    push_documents_of_statements(&mut clauses, filter, view);
    push_proposition(&mut clauses, filter);
    push_participants(&mut clauses, filter);
    push_places(&mut clauses, &filter.places, view);
    if let Some(day) = bound(&filter.since, Edtf::earliest) {
        clauses.push("(s.latest >= ? OR (s.latest IS NULL AND s.earliest IS NOT NULL))", [day]);
    }
    if let Some(day) = bound(&filter.until, Edtf::latest) {
        clauses.push("(s.earliest <= ? OR (s.earliest IS NULL AND s.latest IS NOT NULL))", [day]);
    }
    if let Some(search) = search(filter) {
        let evidence = Value::from(format!("{{evidence}} : ({search})"));
        clauses.push("s.key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", [evidence]);
    }
    clauses
}

/// Conditions on `documents AS d`: of the documents themselves, and that some statement meets those of statements.
pub(crate) fn of_documents(filter: &Filter, view: View) -> (Clauses, Option<Clauses>) {
    let mut clauses = Clauses::default();
    push_document(&mut clauses, filter, view);
    if let Some(day) = bound(&filter.since, Edtf::earliest) {
        clauses.push("(d.published_latest >= ? OR (d.published_latest IS NULL AND d.published_earliest IS NOT NULL))", [day]);
    }
    if let Some(day) = bound(&filter.until, Edtf::latest) {
        clauses.push("(d.published_earliest <= ? OR (d.published_earliest IS NULL AND d.published_latest IS NOT NULL))", [day]);
    }
    if let Some(search) = search(filter) {
        clauses.push("d.key IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?)", [Value::from(search)]);
    }
    let mut stated = Clauses::default();
    push_proposition(&mut stated, filter);
    push_participants(&mut stated, filter);
    push_places(&mut stated, &filter.places, view);
    if stated.conditions.is_empty() && matches!(filter.reviewed, Reviewed::NotRejected | Reviewed::All) {
        return (clauses, None);
    }
    push_standing(&mut stated, filter, view);
    (clauses, Some(stated))
}

/// Conditions on `participants AS p` in a list of actors: those whom the filter names.
pub(crate) fn of_actors(filter: &Filter) -> Clauses {
    let mut clauses = Clauses::default();
    let named: Vec<&str> = filter.actors.iter().chain(&filter.all_actors).map(String::as_str).collect();
    if !named.is_empty() {
        clauses.push(
            "(p.actor_id IN (SELECT value FROM json_each(?)) OR p.key IN (SELECT rowid FROM participants_fts WHERE participants_fts MATCH ?))",
            [list_value(&named), name_value(&named)],
        );
    }
    clauses.push_list("p.actor_id IN (SELECT value FROM json_each(?))", filter.actor_ids.iter().map(String::as_str));
    clauses
}

/// That statements hold, and are not left out for what people decided of them.
fn push_standing(clauses: &mut Clauses, filter: &Filter, view: View) {
    clauses.push(view.holds("s"), []);
    if filter.versions == Versions::Latest {
        clauses.push(view.is_latest("s"), []);
    }
    match filter.reviewed {
        Reviewed::NotRejected => clauses.push("s.review IS NOT 'rejected'", []),
        Reviewed::All => {}
        Reviewed::Never => clauses.push("s.review IS NULL", []),
        Reviewed::As(review) => clauses.push("s.review = ?", [Value::from(review.as_str().to_owned())]),
    }
}

/// That statements are of certain documents.
fn push_documents_of_statements(clauses: &mut Clauses, filter: &Filter, view: View) {
    let ids = filter.documents.iter().map(String::as_str);
    clauses.push_list("s.document IN (SELECT document FROM documents WHERE id IN (SELECT value FROM json_each(?)))", ids);
    let published = format!(
        "s.document IN (SELECT d.document FROM documents AS d
                        WHERE d.publisher COLLATE NOCASE IN (SELECT value FROM json_each(?)) AND {})",
        view.holds("d")
    );
    clauses.push_list(published, filter.publishers.iter().map(String::as_str));
}

fn push_document(clauses: &mut Clauses, filter: &Filter, view: View) {
    clauses.push(view.holds("d"), []);
    if filter.versions == Versions::Latest {
        clauses.push(view.is_latest("d"), []);
    }
    clauses.push_list("d.id IN (SELECT value FROM json_each(?))", filter.documents.iter().map(String::as_str));
    clauses.push_list("d.publisher COLLATE NOCASE IN (SELECT value FROM json_each(?))", filter.publishers.iter().map(String::as_str));
}

fn push_proposition(clauses: &mut Clauses, filter: &Filter) {
    clauses.push_list("s.kind IN (SELECT value FROM json_each(?))", filter.kinds.iter().map(|kind| kind.as_str()));
    clauses.push_list("s.type IN (SELECT value FROM json_each(?))", filter.types.iter().map(String::as_str));
    clauses.push_list("s.mode IN (SELECT value FROM json_each(?))", filter.modes.iter().map(String::as_str));
    clauses.push_list("s.modality IN (SELECT value FROM json_each(?))", filter.modalities.iter().map(|modality| modality.as_str()));
    if let Some(negated) = filter.negated {
        clauses.push("s.negated = ?", [Value::from(negated)]);
    }
}

fn push_participants(clauses: &mut Clauses, filter: &Filter) {
    const TAKES_PART: &str = "s.key IN (
        SELECT statement FROM participants
        WHERE part IN ('actor', 'recipient', 'instrument', 'theme', 'origin')
          AND (actor_id IN (SELECT value FROM json_each(?))
               OR key IN (SELECT rowid FROM participants_fts WHERE participants_fts MATCH ?)))";
    const IS_ACTOR: &str = "s.key IN (
        SELECT statement FROM participants
        WHERE part IN ('actor', 'recipient', 'instrument', 'theme', 'origin')
          AND actor_id IN (SELECT value FROM json_each(?)))";
    const SAYS_SO: &str = "s.key IN (
        SELECT statement FROM participants
        WHERE part = 'source' AND distance = 0
          AND (actor_id IN (SELECT value FROM json_each(?))
               OR key IN (SELECT rowid FROM participants_fts WHERE participants_fts MATCH ?)))";
    push_names(clauses, TAKES_PART, &filter.actors);
    for actor in &filter.all_actors {
        push_names(clauses, TAKES_PART, std::slice::from_ref(actor));
    }
    push_names(clauses, SAYS_SO, &filter.sources);
    clauses.push_list(IS_ACTOR, filter.actor_ids.iter().map(String::as_str));
}

/// A condition on ids or words, where the list asks something.
fn push_names(clauses: &mut Clauses, condition: &'static str, names: &[String]) {
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        clauses.push(condition, [list_value(&names), name_value(&names)]);
    }
}

fn push_places(clauses: &mut Clauses, places: &[String], view: View) {
    if places.is_empty() {
        return;
    }
    // UCDP's where_prec 6 is a country as a whole: what its place is called is the country's name.
    let lies_in = format!(
        "(s.country IN (SELECT upper(value) FROM json_each(?))
        OR s.key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)
        OR s.country IN (
            SELECT country FROM statements AS whole
            WHERE where_prec = 6 AND key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?) AND {}))",
        view.holds("whole")
    );
    let names: Vec<&str> = places.iter().map(String::as_str).collect();
    let any = words::any_of(names.iter().copied()).unwrap_or_else(|| NOTHING.to_owned());
    let place = Value::from(format!("{{place place_name admin1}} : ({any})"));
    let country = Value::from(format!("{{place_name}} : ({any})"));
    clauses.push(lies_in, [list_value(&names), place, country]);
}

/// What is searched for; `None` where nothing is.
pub(crate) fn search(filter: &Filter) -> Option<String> {
    let text = filter.text.as_deref().filter(|text| !text.trim().is_empty())?;
    Some(words::all_of(text).unwrap_or_else(|| NOTHING.to_owned()))
}

fn bound<D: std::fmt::Display>(time: &Option<Edtf>, bound: fn(&Edtf) -> Option<D>) -> Option<Value> {
    time.as_ref().and_then(bound).map(|day| Value::from(day.to_string()))
}

fn list_value(list: &[&str]) -> Value {
    Value::from(serde_json::json!(list).to_string())
}

fn name_value(names: &[&str]) -> Value {
    Value::from(words::any_of(names.iter().copied()).unwrap_or_else(|| NOTHING.to_owned()))
}

//! Who says so, and how surely, of what an answer only points at? No hit, value or tie goes out without its words, sources, hedges and
//! denials.

use std::collections::BTreeSet;

use rmcp::model::JsonObject;
use serde_json::{Value, json};

use crate::workbench::{Workbench, segment};

/// Where the statements of an answer stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// In the answer itself, whole.
    Within,
    /// Its hits quote them by id.
    Quoted,
    /// Its values name them by id; they are in `told_by`, which is left out.
    Told,
    /// They are those of its relations.
    OfRelations,
}

/// So many statements are told of each relation in a list.
const OF_RELATION: usize = 2;

impl Said {
    /// What is said to an answer, by the statements' ids.
    pub(crate) async fn of(self, answer: &Value, workbench: &Workbench, as_of: Option<&str>) -> Option<JsonObject> {
        match self {
            Said::Within => None,
            Said::Quoted => Some(quoted(answer, workbench, as_of).await),
            Said::Told => Some(items(answer, "told_by").map(|telling| told(telling, None)).collect()),
            Said::OfRelations => Some(of_relations(answer, workbench, as_of).await),
        }
    }
}

/// An answer with what is said to it; of what its values name, only what is shown.
pub(crate) fn with(mut answer: Value, said: Option<JsonObject>) -> Value {
    let Some(mut said) = said else { return answer };
    let shown: BTreeSet<String> = items(&answer, "told")
        .flat_map(|row| items(row, "sentences"))
        .filter_map(|sentence| sentence["statement"].as_str().map(str::to_owned))
        .collect();
    if answer["told"].is_array() {
        said.retain(|id, _| shown.contains(id));
    }
    if let Value::Object(fields) = &mut answer {
        fields.insert("said".to_owned(), Value::Object(said));
    }
    answer
}

fn items<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    of[field].as_array().into_iter().flatten()
}

async fn quoted(answer: &Value, workbench: &Workbench, as_of: Option<&str>) -> JsonObject {
    let mut said = JsonObject::new();
    for id in items(answer, "hits").filter_map(|hit| hit["quote"]["statement"].as_str()) {
        // What is not found of a statement that a hit quotes was changed meanwhile; the hit tells its id all the same.
        if let Ok(told) = workbench.ask(&at("statements", id, as_of)).await {
            said.insert(id.to_owned(), in_short(&told["statement"], &told["document"], None));
        }
    }
    said
}

async fn of_relations(answer: &Value, workbench: &Workbench, as_of: Option<&str>) -> JsonObject {
    let mut said = JsonObject::new();
    for id in items(answer, "items").filter_map(|item| item["relation"]["id"].as_str()) {
        if let Ok(relation) = workbench.ask(&at("relations", id, as_of)).await {
            said.extend(items(&relation, "quotes").take(OF_RELATION).map(|quote| told(quote, Some(id))));
        }
    }
    said
}

fn at(what: &str, id: &str, as_of: Option<&str>) -> String {
    let query = as_of.map_or(String::new(), |moment| format!("?as-of={}", segment(moment)));
    format!("/{what}/{}{query}", segment(id))
}

/// A telling with its id.
fn told(telling: &Value, of: Option<&str>) -> (String, Value) {
    let statement = &telling["statement"];
    let document = json!({
        "id": statement["document_id"], "title": telling["title"], "publisher": telling["publisher"], "published": telling["day"],
    });
    (statement["id"].as_str().unwrap_or_default().to_owned(), in_short(statement, &document, of))
}

/// What nobody may leave out who reports a statement.
fn in_short(statement: &Value, document: &Value, of: Option<&str>) -> Value {
    let source = |link: &Value| json!({ "source": link["source"], "name": link["name"], "cue": link["cue"], "kind": link["kind"] });
    let chain: Vec<Value> = items(statement, "attribution").map(source).collect();
    let mut told = json!({
        "words": statement["evidence"]["text"], "modality": statement["modality"], "hedge": statement["hedge"]["text"],
        "negated": statement["negated"], "attribution": chain, "responsibility": statement["responsibility"],
        "confidence": statement["confidence"], "document": document,
    });
    if let (Some(of), Value::Object(fields)) = (of, &mut told) {
        fields.insert("of".to_owned(), json!(of));
    }
    told
}

/// What describes `said`.
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "The statements that this answer points at, by id.",
        "additionalProperties": {
            "type": "object",
            "required": ["words", "modality", "hedge", "negated", "attribution", "responsibility", "confidence", "document"],
            "properties": {
                "words": { "type": "string", "description": "The words of the document that state it." },
                "modality": { "type": "string", "description": "How surely it is stated: asserted, hedged, possible …" },
                "hedge": { "type": ["string", "null"], "description": "The hedging words." },
                "negated": { "type": "boolean", "description": "It is said NOT to be so." },
                "attribution": { "type": "array", "description": "Who says so, outermost first; empty: the report itself." },
                "responsibility": { "type": "array", "description": "Who claims, denies, blames or confirms it." },
                "confidence": { "type": "number", "description": "The probability that the coding is right, from 0 to 1." },
                "document": { "type": "object", "description": "The report: id, title, publisher, date, address." },
                "of": { "type": "string", "description": "The relation that it tells of." }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_out_with_what_is_said_of_those_that_are_shown() {
        let statement = |id: &str| {
            let evidence = json!({ "text": "The army denied it." });
            json!({ "id": id, "document_id": "d", "evidence": evidence, "modality": "asserted", "hedge": null, "negated": true,
                    "attribution": [{ "source": "The army", "name": null, "cue": "denied", "kind": "military", "start": 0 }] })
        };
        let telling = |id: &str| json!({ "statement": statement(id), "title": "T", "publisher": "P", "day": "2017-09-01" });
        let said: JsonObject = [told(&telling("s1"), None), told(&telling("s2"), None)].into_iter().collect();
        let answer = json!({ "told": [{ "sentences": [{ "statement": "s1" }] }] });
        let answer = with(answer, Some(said));
        assert_eq!(answer["said"].as_object().unwrap().len(), 1);
        let told = &answer["said"]["s1"];
        assert_eq!((&told["negated"], &told["attribution"][0]["source"]), (&json!(true), &json!("The army")));
        assert_eq!(told["document"], json!({ "id": "d", "title": "T", "publisher": "P", "published": "2017-09-01" }));
    }
}

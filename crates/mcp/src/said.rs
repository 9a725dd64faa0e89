//! Who says so, and how surely, of the words that a search quotes? No hit goes out without its sources, hedges and denials.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::workbench::{Workbench, segment};

/// The answer of a search with `said`: each statement that its hits quote, by id.
pub(crate) async fn with_said(mut answer: Value, workbench: &Workbench, as_of: Option<&str>) -> Value {
    let mut said = BTreeMap::new();
    let hits = answer["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
    for id in hits.iter().filter_map(|hit| hit["quote"]["statement"].as_str()) {
        let query = as_of.map_or(String::new(), |moment| format!("?as-of={}", segment(moment)));
        // What is not found of a statement that a hit quotes was changed meanwhile; the hit tells its id all the same.
        if let Ok(told) = workbench.ask(&format!("/statements/{}{query}", segment(id))).await {
            said.insert(id.to_owned(), in_short(&told));
        }
    }
    if let Value::Object(fields) = &mut answer {
        fields.insert("said".to_owned(), json!(said));
    }
    answer
}

/// What nobody may leave out who reports a statement.
fn in_short(told: &Value) -> Value {
    let statement = &told["statement"];
    let source = |link: &Value| json!({ "source": link["source"], "name": link["name"], "cue": link["cue"], "kind": link["kind"] });
    let chain: Vec<Value> = statement["attribution"].as_array().into_iter().flatten().map(source).collect();
    json!({
        "words": statement["evidence"]["text"], "modality": statement["modality"], "hedge": statement["hedge"]["text"],
        "negated": statement["negated"], "attribution": chain, "responsibility": statement["responsibility"],
        "confidence": statement["confidence"], "document": told["document"],
    })
}

/// What describes `said`.
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "The statements that the hits quote, by id.",
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
                "document": { "type": "object", "description": "The report: id, title, publisher, date, address." }
            }
        }
    })
}

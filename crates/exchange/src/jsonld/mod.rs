//! How does the record look as linked data? As JSON-LD with its context in the file: documents, statements and events as entities of W3C
//! PROV, and for each statement a Web Annotation whose selectors find its words in the document's text.
//!
//! A statement was quoted from its document, and has whoever says it for a primary source; a copy was derived from the text that it repeats;
//! an event was derived from its statements. Who coded a statement is a software agent, or a person.

mod told;

use std::io::Write;

use sayso_linking::account::Profile;
use serde_json::{Value, json};

use crate::Error;
use crate::list::segment;
use crate::told::{Export, Written};
use told::Graph;

const CONTEXT: &str = include_str!("context.json");

/// Writes events, relations and estimates with all statements and documents that tell them, as one graph.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    let made = export.made;
    let context: Value = serde_json::from_str(CONTEXT)?;
    write!(out, "{{\"@context\":{context},\"@graph\":[")?;
    let mut graph = Graph::new(export, out);
    graph.put(&json!({
        "id": address("program", &made.program), "type": ["prov:SoftwareAgent"], "label": made.program,
    }))?;
    graph.put(&compact(json!({
        "id": address("export", &format!("{} {}", made.now, export.question)), "type": ["prov:Bundle"], "generatedAtTime": made.now,
        "wasAttributedTo": address("program", &made.program), "description": export.state_in_words()?, "asOf": made.as_of(),
        "question": export.question.to_string(), "licence": made.licence,
    })))?;
    export.each_event(Profile::Sources, |event| graph.event(event))?;
    export.each_relation(|relation| graph.relation(relation))?;
    export.each_estimate(|estimate| graph.estimate(estimate))?;
    let written = graph.written;
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

/// The address of a thing of the record: a URN, since no server need have it.
fn address(kind: &str, id: &str) -> String {
    format!("urn:sayso:{kind}:{}", segment(id))
}

/// An object without what is not known.
fn compact(mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.retain(|_, value| match value {
            Value::Null => false,
            Value::Array(list) => !list.is_empty(),
            Value::String(text) => !text.is_empty(),
            _ => true,
        });
    }
    object
}

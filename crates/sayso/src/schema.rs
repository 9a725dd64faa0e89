//! What form do documents, statements and groups have? JSON Schemas of what leaves the program, made from the types that write it.

use sayso_types::record::{DocumentRecord, GroupRecord, SCHEMA_VERSION, StatementRecord};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::{Error, ErrorKind};

/// Of what a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A document.
    Document,
    /// A statement.
    Statement,
    /// An event, relation or series of estimates.
    Group,
}

impl Of {
    /// All of them.
    pub const ALL: [Of; 3] = [Of::Document, Of::Statement, Of::Group];

    /// Its name: "statement".
    pub fn as_str(self) -> &'static str {
        match self {
            Of::Document => "document",
            Of::Statement => "statement",
            Of::Group => "group",
        }
    }
}

/// The JSON Schema (draft 2020-12) of one line of output; it stands alone, and its `$id` has the version of the form.
///
/// # Errors
/// Never with the types as they are: a description that cannot be written as JSON.
pub fn json_schema(of: Of) -> Result<Value, Error> {
    match of {
        Of::Document => schema::<DocumentRecord>(of),
        Of::Statement => schema::<StatementRecord>(of),
        Of::Group => schema::<GroupRecord>(of),
    }
}

fn schema<T: ToSchema>(of: Of) -> Result<Value, Error> {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let written = |schema: &RefOr<Schema>| serde_json::to_value(schema).map_err(|error| Error::new(ErrorKind::Json, error.to_string()));
    let mut definitions = Map::new();
    for (name, part) in &parts {
        definitions.insert(name.clone(), within(written(part)?));
    }
    let name = T::name().into_owned();
    definitions.insert(name.clone(), within(written(&T::schema())?));
    Ok(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:sayso:schema:{}:{SCHEMA_VERSION}", of.as_str()),
        "title": format!("sayso {}, version {SCHEMA_VERSION}", of.as_str()),
        "$ref": format!("#/$defs/{name}"),
        "$defs": definitions,
    }))
}

/// The same with references into itself.
fn within(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("#/components/schemas/", "#/$defs/")),
        Value::Array(items) => Value::Array(items.into_iter().map(within).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, within(value))).collect()),
        plain => plain,
    }
}

//! What does a tool take and give? As the API's own description says it, made from the same types that answer.

use std::collections::BTreeSet;

use rmcp::model::JsonObject;
use serde_json::{Value, json};

use crate::arguments::offered;
use crate::bounded;
use crate::said::{self, Said};
use crate::tools::Tool;

/// Where OpenAPI keeps its schemas, and where JSON Schema does.
const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/$defs/";

/// The schema of a tool's arguments; `None` if the API's description has no such operation.
pub(crate) fn input(tool: &Tool, api: &Value) -> Option<JsonObject> {
    let parameters = operation(tool, api)?["parameters"].as_array()?;
    let mut properties = JsonObject::new();
    let mut required = Vec::new();
    let offers = |name: &str| matches!(name, "id" | "as-of") || tool.takes.contains(&name);
    for parameter in parameters.iter().filter(|parameter| parameter["name"].as_str().is_some_and(offers)) {
        let name = parameter["name"].as_str()?;
        let mut schema = parameter["schema"].clone();
        let fields = schema.as_object_mut()?;
        let told = if name == tool.cursor().unwrap_or_default() { json!(CURSOR) } else { parameter["description"].clone() };
        fields.insert("description".to_owned(), told);
        if parameter["required"] == json!(true) || name == "q" {
            required.push(offered(name));
        }
        properties.insert(offered(name), schema);
    }
    properties.entry("cursor").or_insert_with(|| json!({ "type": "string", "description": CURSOR }));
    let schema = json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    closed(schema, api)
}

const CURSOR: &str = "`next` of the answer before, or the `cursor` of one of its `cut`; without it, the beginning.";

/// The schema of a tool's answer; `None` if the API's description has no such operation.
pub(crate) fn output(tool: &Tool, api: &Value) -> Option<JsonObject> {
    let of = &operation(tool, api)?["responses"]["200"]["content"]["application/json"]["schema"];
    let name = of["$ref"].as_str()?.strip_prefix(COMPONENTS)?;
    let mut schema = whole(&api["components"]["schemas"][name], api)?;
    let fields = schema.as_object_mut()?;
    let properties = fields.get_mut("properties")?.as_object_mut()?;
    properties.retain(|name, _| !tool.leaves_out.contains(&name.as_str()));
    properties.insert("cut".to_owned(), bounded::schema());
    if tool.said != Said::Within {
        properties.insert("said".to_owned(), said::schema());
    }
    if let Some(required) = fields.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !name.as_str().is_some_and(|name| tool.leaves_out.contains(&name)));
    }
    closed(schema, api)
}

/// A schema as one object: OpenAPI has an answer that takes in the fields of another as `allOf` both.
fn whole(schema: &Value, api: &Value) -> Option<Value> {
    let Some(parts) = schema["allOf"].as_array() else { return Some(schema.clone()) };
    let (mut properties, mut required) = (JsonObject::new(), Vec::new());
    for part in parts {
        let named = part["$ref"].as_str().and_then(|to| to.strip_prefix(COMPONENTS)).map(|name| &api["components"]["schemas"][name]);
        let part = whole(named.unwrap_or(part), api)?;
        properties.extend(part["properties"].as_object()?.clone());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    Some(json!({ "type": "object", "description": schema["description"], "properties": properties, "required": required }))
}

fn operation<'a>(tool: &Tool, api: &'a Value) -> Option<&'a Value> {
    api["paths"].get(tool.path)?.get("get")
}

/// A schema with all that it refers to.
fn closed(mut schema: Value, api: &Value) -> Option<JsonObject> {
    let mut definitions = JsonObject::new();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    moved(&mut schema, &mut wanted);
    while let Some(name) = wanted.pop_first() {
        if !definitions.contains_key(&name) {
            let mut definition = api["components"]["schemas"].get(&name)?.clone();
            moved(&mut definition, &mut wanted);
            bare(&mut definition);
            definitions.insert(name, definition);
        }
    }
    let Value::Object(mut fields) = schema else { return None };
    if !definitions.is_empty() {
        fields.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Some(fields)
}

/// Takes away what a definition tells in words: some assistants are sent all schemas with each question, and the API's own description
/// has it.
fn bare(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, field| field.is_object() || !matches!(name.as_str(), "description" | "format" | "minimum"));
            fields.values_mut().for_each(bare);
        }
        Value::Array(items) => items.iter_mut().for_each(bare),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// References to where JSON Schema keeps what is referred to; notes the names.
fn moved(value: &mut Value, wanted: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get_mut("$ref")
                && let Some(name) = to.strip_prefix(COMPONENTS).map(str::to_owned)
            {
                *to = format!("{DEFINITIONS}{name}");
                wanted.insert(name);
            }
            fields.values_mut().for_each(|field| moved(field, wanted));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| moved(item, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::TOOLS;

    #[test]
    fn every_tool_is_described_by_the_api() {
        let api = serde_json::to_value(sayso_server::openapi()).unwrap();
        for tool in TOOLS {
            let (input, output) = (input(tool, &api), output(tool, &api));
            let (input, output) = (input.expect(tool.name), output.expect(tool.name));
            let taken = &input["properties"];
            for name in tool.takes.iter().chain(&["as-of"]) {
                assert!(taken[offered(name)]["description"].is_string(), "{} {name}", tool.name);
            }
            assert_eq!(taken.get("id").is_some(), tool.has_id(), "{}", tool.name);
            let text = Value::Object(output.clone()).to_string();
            assert!(!text.contains(COMPONENTS), "{}", tool.name);
            assert_eq!(output["type"], "object", "{}", tool.name);
            let whole = &api["components"]["schemas"];
            for left_out in tool.leaves_out {
                assert!(whole.to_string().contains(&format!("\"{left_out}\"")), "{}: {left_out}", tool.name);
            }
        }
    }
}

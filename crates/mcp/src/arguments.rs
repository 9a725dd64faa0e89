//! What does an assistant ask with? Arguments of a tool, checked, as an address of the API, and where a cut answer goes on.

use rmcp::model::JsonObject;
use serde_json::Value;

use crate::bounded::Place;
use crate::tools::Tool;
use crate::workbench::segment;

/// So many items a list has at most.
const MOST: u64 = 25;

/// A question, ready to be asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// Below `/api/v1`.
    pub(crate) path: String,
    /// Where an answer goes on that was cut.
    pub(crate) from: Option<Place>,
}

/// The name under which a parameter of the API is offered: `as_of` for `as-of`, `cursor` for whatever begins the next page.
pub(crate) fn offered(parameter: &str) -> String {
    if parameter == "after" { "cursor".to_owned() } else { parameter.replace('-', "_") }
}

/// The question that a tool asks with these arguments, or what is wrong with them.
pub(crate) fn question(tool: &Tool, arguments: &JsonObject) -> Result<Question, String> {
    let mut path = tool.path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut from = None;
    for (name, value) in arguments {
        let text = text(name, value)?;
        match name.as_str() {
            _ if text.trim().is_empty() => {}
            "id" if tool.has_id() => path = path.replace("{id}", &segment(text.trim())),
            "cursor" if text.starts_with('/') => from = Some(text.parse()?),
            "cursor" if tool.cursor().is_some() => drop(query.append_pair(tool.cursor().unwrap_or_default(), &text)),
            "limit" if tool.page.is_some() => {}
            "as_of" => drop(query.append_pair("as-of", &text)),
            known if tool.takes.contains(&known) => drop(query.append_pair(known, &text)),
            unknown => return Err(format!("`{unknown}` is no argument of {}; it takes {}", tool.name, names(tool).join(", "))),
        }
    }
    if path.contains("{id}") {
        return Err(format!("{} needs an `id`; `search` finds ids", tool.name));
    }
    if let Some(usual) = tool.page {
        let asked = arguments.get("limit").and_then(|limit| limit.as_u64().or_else(|| limit.as_str()?.parse().ok()));
        query.append_pair("limit", &asked.unwrap_or(usual).clamp(1, MOST).to_string());
    }
    let query = query.finish();
    Ok(Question { path: if query.is_empty() { path } else { format!("{path}?{query}") }, from })
}

fn names(tool: &Tool) -> Vec<String> {
    let id = tool.has_id().then(|| "id".to_owned());
    let mut names: Vec<String> = id.into_iter().chain(tool.takes.iter().map(|name| offered(name))).collect();
    names.push("as_of".to_owned());
    if !names.iter().any(|name| name == "cursor") {
        names.push("cursor".to_owned());
    }
    names
}

fn text(name: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => Err(format!("`{name}` is one text or number")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tools::named;

    fn asked(tool: &str, arguments: Value) -> Result<String, String> {
        let Value::Object(arguments) = arguments else { panic!("an object") };
        question(named(tool).unwrap(), &arguments).map(|question| question.path)
    }

    #[test]
    fn arguments_become_an_address() {
        for (tool, arguments, path) in [
            ("search", json!({"q": "killed type:assault", "as": "events"}), "/search?as=events&q=killed+type%3Aassault&limit=10"),
            ("search", json!({"q": "a", "limit": 1000, "cursor": "9,x~4"}), "/search?cursor=9%2Cx%7E4&q=a&limit=25"),
            ("event", json!({"id": "e-1", "as_of": "2017"}), "/events/e-1?as-of=2017"),
            ("document", json!({"id": "https://n.example/a b?x=1#y"}), "/documents/https%3A%2F%2Fn.example%2Fa%20b%3Fx%3D1%23y"),
            ("document", json!({"id": "../people"}), "/documents/..%2Fpeople"),
            ("ties", json!({"id": "g", "on": "2014-05", "cursor": "7"}), "/actors/g/relations?after=7&on=2014-05&limit=10"),
        ] {
            assert_eq!(asked(tool, arguments).as_deref(), Ok(path), "{tool}");
        }
    }

    #[test]
    fn what_is_no_argument_is_told() {
        let told = asked("event", json!({"id": "e-1", "q": "x"})).unwrap_err();
        assert_eq!(told, "`q` is no argument of event; it takes id, convention, as_of, cursor");
        assert_eq!(asked("event", json!({})).unwrap_err(), "event needs an `id`; `search` finds ids");
        assert!(asked("search", json!({"q": ["a"]})).is_err());
        assert!(asked("event", json!({"id": "e", "cursor": "/told_by"})).is_err());
    }
}

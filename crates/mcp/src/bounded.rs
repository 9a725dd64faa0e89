//! How much is told at once? Long lists and texts are cut, never without saying so and how to go on.

use std::str::FromStr;

use serde_json::{Value, json};

/// So many objects a list has at most, so many plain values, and so many characters a text.
const OBJECTS: usize = 15;
const VALUES: usize = 60;
const CHARACTERS: usize = 12_000;

/// Where a cut list or text goes on: a JSON pointer and how many items or characters come before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pointer: String,
    from: usize,
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Place, String> {
        let place = text.rsplit_once(':').and_then(|(pointer, from)| Some(Place { pointer: pointer.to_owned(), from: from.parse().ok()? }));
        place.ok_or_else(|| format!("`{text}` is no cursor; take one that an answer gave in `cut` or `next`"))
    }
}

/// The answer with what is too long cut; `cut` then tells of each list and text which part of it this is, and its next cursor.
pub(crate) fn bounded(mut answer: Value, from: Option<&Place>) -> Value {
    let mut cuts = Vec::new();
    cut(&mut answer, "", from, &mut cuts);
    if let (false, Value::Object(fields)) = (cuts.is_empty(), &mut answer) {
        fields.insert("cut".to_owned(), Value::Array(cuts));
    }
    answer
}

fn cut(value: &mut Value, pointer: &str, from: Option<&Place>, cuts: &mut Vec<Value>) {
    let before = from.filter(|place| place.pointer == pointer).map_or(0, |place| place.from);
    match value {
        Value::Array(items) => {
            let of = items.len();
            let most = if items.iter().any(Value::is_object) { OBJECTS } else { VALUES };
            let end = before.saturating_add(most).min(of);
            if before > 0 || end < of {
                *items = items.drain(before.min(of)..end).collect();
                cuts.push(told(pointer, before, end, of));
            }
            for (at, item) in items.iter_mut().enumerate() {
                // Positions are those of the whole list, so that a cursor means the same on each page.
                cut(item, &format!("{pointer}/{}", before + at), from, cuts);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                cut(field, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), from, cuts);
            }
        }
        Value::String(text) => {
            let of = text.chars().count();
            let end = before.saturating_add(CHARACTERS).min(of);
            if before > 0 || end < of {
                *text = text.chars().skip(before).take(end.saturating_sub(before)).collect();
                cuts.push(told(pointer, before, end, of));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn told(pointer: &str, from: usize, end: usize, of: usize) -> Value {
    let cursor = (end < of).then(|| format!("{pointer}:{end}"));
    json!({ "at": pointer, "from": from, "shown": end.saturating_sub(from), "of": of, "cursor": cursor })
}

/// What describes `cut`.
pub(crate) fn schema() -> Value {
    json!({
        "type": "array",
        "description": "Lists and texts of this answer that were too long to be told at once; absent where there are none.",
        "items": {
            "type": "object",
            "required": ["at", "from", "shown", "of", "cursor"],
            "properties": {
                "at": { "type": "string", "description": "Which: a JSON pointer." },
                "from": { "type": "integer", "description": "So many items or characters come before those shown." },
                "shown": { "type": "integer", "description": "So many are shown." },
                "of": { "type": "integer", "description": "So many there are." },
                "cursor": { "type": ["string", "null"], "description": "Ask the same tool again with this cursor for the next ones." }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_told_in_pages_and_nothing_is_lost() {
        let whole: Vec<Value> = (0..40).map(|number| json!({ "number": number })).collect();
        let answer = json!({ "id": "e-1", "told_by": whole });
        let (mut from, mut seen) = (None, Vec::new());
        loop {
            let page = bounded(answer.clone(), from.as_ref());
            assert_eq!(page["id"], "e-1");
            seen.extend(page["told_by"].as_array().unwrap().clone());
            match page["cut"][0]["cursor"].as_str() {
                Some(cursor) => from = Some(cursor.parse().unwrap()),
                None => break,
            }
        }
        assert_eq!(seen, whole);
    }

    #[test]
    fn a_long_text_is_told_in_pages_by_characters() {
        let text = "é".repeat(CHARACTERS + 5);
        let answer = json!({ "document": { "text": text } });
        let first = bounded(answer.clone(), None);
        assert_eq!(first["document"]["text"].as_str().unwrap().chars().count(), CHARACTERS);
        let cursor: Place = first["cut"][0]["cursor"].as_str().unwrap().parse().unwrap();
        let second = bounded(answer, Some(&cursor));
        assert_eq!(second["document"]["text"], "é".repeat(5));
        assert_eq!(second["cut"][0]["cursor"], Value::Null);
    }

    #[test]
    fn what_is_short_is_told_whole() {
        let answer = json!({ "a": [1, 2], "b": "text" });
        assert_eq!(bounded(answer.clone(), None), answer);
        assert!("/told_by".parse::<Place>().is_err() && "/told_by:x".parse::<Place>().is_err());
        let beyond: Place = "/a:99".parse().unwrap();
        assert_eq!(bounded(answer, Some(&beyond))["a"], json!([]));
    }
}

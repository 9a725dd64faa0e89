//! What does a page's JSON-LD say of the article? Headline, writers, publisher and day of publication.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

/// What the JSON-LD of a page says, each by the first object that says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Article {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
}

/// Objects nested deeper are left out.
const DEEPEST: usize = 24;

/// The article that these scripts describe; objects that are articles come before others.
pub(crate) fn article(scripts: &[String]) -> Article {
    let values: Vec<Value> = scripts.iter().filter_map(|script| value(script)).collect();
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut objects));
    objects.sort_by_key(|object| !is_article(object));
    let mut article = Article::default();
    for object in objects {
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let described = is_article(object) || object.contains_key("datePublished");
        if described {
            article.headline = article.headline.or_else(|| text("headline"));
            article.published = article.published.or_else(|| text("datePublished")).or_else(|| text("dateCreated"));
            article.modified = article.modified.or_else(|| text("dateModified"));
            article.publisher = article.publisher.or_else(|| object.get("publisher").and_then(|value| names(value).into_iter().next()));
            if article.authors.is_empty() {
                article.authors = object.get("author").or_else(|| object.get("creator")).map(names).unwrap_or_default();
            }
        }
    }
    article.published = article.published.or_else(|| scripts.iter().find_map(|script| published_of_broken(script)));
    article
}

/// The day of publication that a script names which is no JSON.
fn published_of_broken(script: &str) -> Option<String> {
    static PUBLISHED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#""datePublished"\s*:\s*"((?:19|20)\d\d[^"\\]{4,30})"#).expect("a valid pattern"));
    value(script).is_none().then(|| PUBLISHED.captures(script)).flatten().map(|captures| captures[1].to_owned())
}

/// The value of a script; pages often leave comments and raw line ends in it.
fn value(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_end_matches("-->").trim_end_matches("//]]>").trim();
    let clean = || script.replace(|c: char| c.is_control(), " ");
    serde_json::from_str(script).or_else(|_| serde_json::from_str(clean().trim_end_matches([';', ' ']))).ok()
}

fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    match value {
        _ if depth > DEEPEST => {}
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|value| collect(value, depth + 1, objects));
        }
        _ => {}
    }
}

/// Whether the type of an object is one of schema.org's articles.
fn is_article(object: &Map<String, Value>) -> bool {
    let is_one = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report") || kind == "Reportage")
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_one),
        Some(kind) => is_one(kind),
        None => false,
    }
}

/// The names of a person or organization, or of several.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_in_a_graph() {
        let script = r#"{"@graph": [{"@type": "WebSite", "name": "The Herald"}, {"@type": ["NewsArticle"], "headline": "Army retakes
            town", "datePublished": "2017-08-31T10:00:00Z", "author": [{"name": "Jane Doe"}, "Li Wei"], "publisher": {"name": "The Herald"}}]};"#;
        let article = article(&[script.to_owned()]);
        assert_eq!(article.published.as_deref(), Some("2017-08-31T10:00:00Z"));
        assert_eq!(article.authors, ["Jane Doe", "Li Wei"]);
        assert_eq!(article.publisher.as_deref(), Some("The Herald"));
        assert!(article.headline.is_some_and(|headline| headline.starts_with("Army retakes")));
    }

    #[test]
    fn the_day_of_publication_is_found_in_a_broken_script() {
        let script = r#"{"@type": "NewsArticle", "headline": "The "great" march", "datePublished": "2017-08-31", "author": "#;
        assert_eq!(article(&[script.to_owned()]).published.as_deref(), Some("2017-08-31"));
    }
}

//! Does a path fit a pattern? `*` is any run of characters, everything else is itself.

use serde::Deserialize;
use url::Url;

/// A pattern of paths: `/world/*`, `*/live/*`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(String);

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Pattern, String> {
        if text.starts_with(['/', '*']) {
            Ok(Pattern(text))
        } else {
            Err(format!("the pattern `{text}` fits no path; begin it with / or *"))
        }
    }
}

impl Pattern {
    /// Whether the path of an address, with its query, fits as a whole.
    pub fn fits(&self, address: &Url) -> bool {
        let query = address.query().map_or(String::new(), |query| format!("?{query}"));
        fits(&self.0, &format!("{}{query}", address.path()))
    }
}

/// Each part between stars stands after the one before; the first begins the text and the last ends it.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_run_of_characters() {
        for (pattern, text, expected) in [
            ("/world/*", "/world/", true),
            ("/world/*", "/world", false),
            ("*", "/", true),
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("*.html", "/a.html", true),
            ("*.html", "/a.html?x=1", false),
            ("/*/2026/*", "/en/2026/x", true),
            ("*aba*aba", "/ababa", false),
            ("*/live/*", "/world/live/7", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}

//! What may a person type as a search? Anything: words, "phrases" and prefix* become an FTS5 expression that always parses.

use std::collections::BTreeSet;

/// So many words of a search are looked for, and so many of a phrase: a pasted article must not keep the database busy.
const MOST: usize = 64;

/// The FTS5 expression for text that has all of the words and phrases; `None` where there is nothing to look for.
///
/// `Kunduz "air strike" hosp*` is `"Kunduz" AND "air strike" AND "hosp" *`.
pub(crate) fn all_of(search: &str) -> Option<String> {
    let mut terms = terms(search);
    terms.truncate(MOST);
    joined(terms, " AND ")
}

/// The FTS5 expression for text that has any of the names, each as one phrase; `None` where there is nothing to look for.
pub(crate) fn any_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    joined(names.into_iter().filter_map(phrase).collect(), " OR ")
}

fn joined(mut terms: Vec<String>, operator: &str) -> Option<String> {
    let mut seen = BTreeSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    (!terms.is_empty()).then(|| terms.join(operator))
}

/// The words and phrases of a search, each quoted.
fn terms(search: &str) -> Vec<String> {
    let mut terms = Vec::new();
    // What stands at odd places between quotation marks is a phrase; an unclosed one runs to the end.
    let mut pieces = search.split(['"', '“', '”']).enumerate().peekable();
    while let Some((number, piece)) = pieces.next() {
        if number % 2 == 0 {
            let piece = if number > 0 { piece.strip_prefix('*').unwrap_or(piece) } else { piece };
            terms.extend(piece.split_whitespace().filter_map(phrase));
        } else {
            let is_prefix = pieces.peek().is_some_and(|(_, next)| next.starts_with('*'));
            terms.extend(quoted(piece, is_prefix));
        }
    }
    terms
}

/// One name or word as a phrase; with `*` at its end, its beginning.
fn phrase(name: &str) -> Option<String> {
    let stem = name.trim_end();
    quoted(stem, stem.ends_with('*'))
}

fn quoted(text: &str, is_prefix: bool) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| word.contains(char::is_alphanumeric)).take(MOST).collect();
    (!words.is_empty()).then(|| format!("\"{}\"{}", words.join(" "), if is_prefix { " *" } else { "" }))
}

/// Whether it is a combining mark, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_become_quoted_terms() {
        for (search, expected) in [
            ("Kunduz", Some(r#""Kunduz""#)),
            (r#"Kunduz "air strike" hosp*"#, Some(r#""Kunduz" AND "air strike" AND "hosp" *"#)),
            (r#""Islamic Sta"*"#, Some(r#""Islamic Sta" *"#)),
            ("ISIS-K", Some(r#""ISIS K""#)),
            (r#"an "unclosed phrase"#, Some(r#""an" AND "unclosed phrase""#)),
            ("NOT AND OR NEAR(", Some(r#""NOT" AND "AND" AND "OR" AND "NEAR""#)),
            ("evidence:x", Some(r#""evidence x""#)),
            ("* ( ) \" ^ -", None),
            ("", None),
        ] {
            assert_eq!(all_of(search).as_deref(), expected, "{search}");
        }
    }

    #[test]
    fn names_are_phrases() {
        assert_eq!(any_of(["Islamic State", "Tali*", "-"]).as_deref(), Some(r#""Islamic State" OR "Tali" *"#));
        assert_eq!(any_of([]), None);
    }
}

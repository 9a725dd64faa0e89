//! How does the codebook read as a page of documentation? As Markdown, a table of contents first.

use std::fmt::Write as _;

use super::{Code, Codebook, Crossing, Scheme};

/// So many words that speak for a code are listed.
const WORDS: usize = 20;

/// The codebook as Markdown.
pub fn markdown(book: &Codebook) -> String {
    let mut page = String::from(
        "# Codebook\n\nMade by `sayso codebook` from the ontology, the rules and the types by which the program itself decides. The examples are made up; they \
         are the rules' own tests.\n\n",
    );
    for scheme in &book.schemes {
        let _ = writeln!(page, "- [{}](#{})", scheme.title, scheme.id);
    }
    for scheme in &book.schemes {
        section(&mut page, scheme);
    }
    page
}

fn section(page: &mut String, scheme: &Scheme) {
    let _ = write!(page, "\n<a id=\"{}\"></a>\n\n## {}\n\n{}\n\n", scheme.id, scheme.title, escaped(&scheme.about));
    for code in &scheme.codes {
        one(page, code);
    }
}

fn one(page: &mut String, code: &Code) {
    let _ = write!(page, "- **`{}`**: {}", code.code, escaped(&code.definition));
    if let Some(source) = code.source.as_deref().filter(|source| !source.is_empty()) {
        let _ = write!(page, " ({})", escaped(source));
    }
    page.push('\n');
    if let Some(example) = &code.example {
        let gives: Vec<String> = example.gives.iter().map(|gives| format!("`{gives}`")).collect();
        let _ = write!(page, "\n  > {}\n\n  gives {} by the frame `{}`.\n\n", escaped(&example.text), gives.join(", "), example.frame);
    }
    if !code.words.is_empty() {
        let left = code.words.len().saturating_sub(WORDS);
        let more = if left > 0 { format!(", and {left} more") } else { String::new() };
        let _ =
            writeln!(page, "  Words: {}{more}.", code.words.iter().take(WORDS).map(|word| escaped(word)).collect::<Vec<_>>().join(", "));
    }
    if !code.acled.is_empty() {
        let _ = writeln!(page, "  In ACLED's types: {}.", code.acled.iter().map(crossing).collect::<Vec<_>>().join("; "));
    }
}

fn crossing(crossing: &Crossing) -> String {
    let mut when = Vec::new();
    if !crossing.mode.is_empty() {
        when.push(format!("`{}`", crossing.mode));
    }
    if !crossing.target.is_empty() {
        when.push(format!("against {}", crossing.target));
    }
    let told = format!("{}, {}", crossing.event_type, crossing.sub_event_type);
    if when.is_empty() { told } else { format!("{told} ({})", when.join(", ")) }
}

/// Text in which nothing is Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '[' | ']' | '#' | '|' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

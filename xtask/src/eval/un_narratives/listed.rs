//! How does the list become a registry as a user would give it? One actor an entry, its names in Latin letters cleared of notes.

use std::fmt::Write as _;

use serde::Deserialize;

/// An entry of the list.
#[derive(Deserialize)]
pub struct Listed {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    aliases: Vec<Alias>,
}

#[derive(Deserialize)]
struct Alias {
    name: String,
    quality: String,
}

/// The id as a registry has it: "QDe.004" gives "qde-004".
pub fn id(listed: &str) -> String {
    listed.to_lowercase().replace('.', "-")
}

/// The lines of the registry.
pub fn registry(list: &[Listed]) -> String {
    let mut lines = String::new();
    for entry in list {
        let id = id(&entry.id);
        let kind = if entry.kind == "individual" { "person" } else { "armed-group" };
        let _ = writeln!(lines, "{id}\tkind\t{kind}");
        let mut written: Vec<String> = Vec::new();
        let mut write = |fact: &str, name: String| {
            if !written.contains(&name) {
                let _ = writeln!(lines, "{id}\t{fact}\t{name}");
                written.push(name);
            }
        };
        for (at, name) in names(&entry.name, &entry.kind).into_iter().enumerate() {
            write(if at == 0 { "name:official" } else { "name:short" }, name);
        }
        for alias in &entry.aliases {
            // The list calls an alias low that many people bear, or that is a word.
            let fact = if alias.quality == "Low" { "name:transliteration!" } else { "name:transliteration" };
            names(&alias.name, &entry.kind).into_iter().for_each(|name| write(fact, name));
        }
    }
    lines
}

/// The names in one cell: "AL-QAIDA IN IRAQ (AQI)" has two; "Lavilla, Ruben" is turned round; behind original script several are listed.
fn names(cell: &str, kind: &str) -> Vec<String> {
    let is_foreign = |c: char| c > '\u{2fff}' || ('\u{370}'..'\u{1e00}').contains(&c);
    let mut parts: Vec<&str> = if cell.chars().any(is_foreign) {
        cell.split(['(', ')', ';']).collect()
    } else {
        match cell.split_once(" (").map(|(name, rest)| (name, rest.trim_end_matches(')'))) {
            Some((name, acronym)) if is_acronym(name, acronym) => vec![name, acronym, cell],
            _ => cell.split(" / ").chain([cell]).collect(),
        }
    };
    parts.retain(|p| !p.chars().any(is_foreign) && ["original script", "sub-unit name"].iter().all(|note| !p.contains(note)));
    let written = parts.into_iter().map(str::trim).flat_map(|p| if kind == "individual" { turned(p) } else { with_and_without_article(p) });
    written.map(|p| capitalised(&p)).filter(|p| p.chars().filter(|c| c.is_alphabetic()).count() > 1).collect()
}

fn with_and_without_article(name: &str) -> Vec<String> {
    let bare = ["THE ", "The ", "the "].iter().find_map(|article| name.strip_prefix(article));
    bare.into_iter().chain([name]).map(str::to_owned).collect()
}

/// Whether what stands in parentheses is an acronym of the name: "AQAP", but not "KENYA" behind a foundation's.
fn is_acronym(name: &str, text: &str) -> bool {
    let begins = |word: &str| word.chars().next() == text.chars().next();
    let short = !text.contains(' ') && text.chars().count() <= 6 && text.chars().filter(|c| c.is_uppercase()).count() >= 2;
    short && name.split([' ', '-']).any(begins)
}

fn turned(name: &str) -> Vec<String> {
    match name.split_once(", ") {
        Some((rest, first)) if !matches!(first.to_lowercase().split(' ').next(), Some("jr" | "jr." | "iii")) => {
            vec![format!("{first} {rest}")]
        }
        Some((rest, _)) => vec![name.to_owned(), rest.to_owned()],
        None => vec![name.to_owned()],
    }
}

/// Names of several words that the list writes in capitals, as text would have them; one word in capitals is an acronym.
fn capitalised(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.contains([' ', '-']) && name.chars().count() <= 5 {
        return name.to_owned();
    }
    let mut begins = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if begins {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        begins = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    out
}

//! Do the data files load, say what they are, and state examples for every frame?

use std::collections::BTreeSet;
use std::path::Path;

use sayso_coding::frame;
use sayso_coding::resolve::registry;
use serde::Deserialize;

use super::{Fault, Source};

/// Faults of the files below `data/`.
pub fn faults(root: &Path, paths: &[String], sources: &[Source]) -> Vec<Fault> {
    let below = |prefix: &str, ending: &str| -> Vec<&Source> {
        sources.iter().filter(|s| s.path.starts_with(prefix) && s.path.ends_with(ending)).collect()
    };
    let mut faults: Vec<Fault> = below("data/", ".tsv").into_iter().flat_map(of_table).collect();
    let actors = below("data/actors/", ".tsv");
    faults.extend(registry::load(actors.iter().map(|s| (s.path.as_str(), s.text.as_str()))).err().map(|e| unplaced(&e.to_string())));
    let rules = below("data/rules/", ".toml");
    faults.extend(frame::load(rules.iter().map(|s| (s.path.as_str(), s.text.as_str()))).err().map(|e| unplaced(&e.to_string())));
    faults.extend(rules.into_iter().flat_map(without_examples));
    faults.extend(sayso::Coder::embedded().err().map(|e| unplaced(&format!("data/{e}"))));
    faults.extend(without_licence(root, paths));
    faults
}

/// A loading error, which names its file and line itself.
fn unplaced(message: &str) -> Fault {
    let mut parts = message.splitn(3, ':');
    let (file, line, what) = (parts.next(), parts.next().and_then(|l| l.parse().ok()), parts.next());
    match (file, line, what) {
        (Some(file), Some(line), Some(what)) => Fault::new(file, line, what.trim()),
        _ => Fault::new("data", 0, message),
    }
}

/// A table begins with a comment that says what it holds, and has no blanks that nobody sees.
fn of_table(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    let says = source.text.lines().next().is_some_and(|first| first.starts_with("# ") && first.len() > 2);
    if !says {
        faults.push(Fault::new(&source.path, 1, "a table begins with `# ` and a sentence on what it holds"));
    }
    for (number, line) in (1..).zip(source.text.lines()) {
        let unseen = line.ends_with([' ', '\r', '\u{a0}']) || line.split('\t').any(|cell| cell.starts_with(' ') || cell.ends_with(' '));
        if unseen {
            faults.push(Fault::new(&source.path, number, "a blank at the end of a line or around a cell"));
        }
    }
    if !source.text.ends_with('\n') {
        faults.push(Fault::new(&source.path, source.text.lines().count(), "the last line has no end"));
    }
    faults
}

#[derive(Deserialize)]
struct FrameFile {
    #[serde(default)]
    frame: Vec<toml::Spanned<Frame>>,
}

#[derive(Deserialize)]
struct Frame {
    id: String,
    #[serde(default)]
    examples: Vec<toml::Value>,
}

/// Frames that no example shows.
fn without_examples(source: &Source) -> Vec<Fault> {
    let Ok(file) = toml::from_str::<FrameFile>(&source.text) else { return Vec::new() };
    let bare = file.frame.into_iter().filter(|frame| frame.get_ref().examples.is_empty());
    let line = |frame: &toml::Spanned<Frame>| source.text[..frame.span().start].matches('\n').count() + 1;
    bare.map(|frame| Fault::new(&source.path, line(&frame), format!("frame `{}` has no example", frame.get_ref().id))).collect()
}

/// Folders of `data/` in which nothing says where they come from and what may be done with them.
fn without_licence(root: &Path, paths: &[String]) -> Vec<Fault> {
    let folders: BTreeSet<&str> =
        paths.iter().filter_map(|p| p.strip_prefix("data/")).filter_map(|p| p.rsplit_once('/')).map(|(f, _)| f).collect();
    let says = |folder: &str| ["README.md", "manifest.json"].iter().any(|name| root.join("data").join(folder).join(name).is_file());
    let above = |folder: &str| folder.match_indices('/').any(|(at, _)| says(&folder[..at]));
    let bare = folders.into_iter().filter(|folder| !says(folder) && !above(folder));
    bare.map(|folder| Fault::new(&format!("data/{folder}"), 0, "has no README.md that says where it comes from and under which licence"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    fn lines(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_frame_without_examples_is_reported() {
        let text = "[[frame]]\nid = \"a.b\"\nexamples = []\n\n[[frame]]\nid = \"a.c\"\nexamples = [{ text = \"x\" }]\n";
        assert_eq!(lines(&without_examples(&source("data/rules/en/a.toml", text))), ["data/rules/en/a.toml:1: frame `a.b` has no example"]);
    }

    #[test]
    fn a_table_says_what_it_holds_and_hides_no_blanks() {
        assert_eq!(lines(&of_table(&source("data/a.tsv", "# Words.\na\tb\n"))), [""; 0]);
        let found = lines(&of_table(&source("data/a.tsv", "a\tb \n")));
        assert_eq!(
            found,
            [
                "data/a.tsv:1: a table begins with `# ` and a sentence on what it holds",
                "data/a.tsv:1: a blank at the end of a line or around a cell"
            ]
        );
    }

    #[test]
    fn a_loading_error_keeps_its_place() {
        assert_eq!(unplaced("data/x.tsv:41: unknown code `cu`"), Fault::new("data/x.tsv", 41, "unknown code `cu`"));
    }
}

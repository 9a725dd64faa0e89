//! How well are pages read? Reads a corpus's JSON lines (`id`, `url` and `page`, a gzipped HTML file, or `text`) and prints for each what was found:
//! `cargo run --release -p sayso-page --example predict -- CORPUS_DIR CORPUS_DIR/dev.jsonl`. With `print` as third argument: each
//! document as text instead. `predict --golden tests/golden/page` writes the golden prints anew.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read;
use std::path::Path;

use sayso_page::{Content, Format, Given, Input, Limits, PageLexicon, PageSources};
use sayso_types::{BlockKind, Document, Outcome};
use serde_json::{Value, json};

const SOURCES: PageSources<'static> = PageSources {
    boilerplate: include_str!("../../../data/lexicons/en/boilerplate.toml"),
    months: include_str!("../../../data/lexicons/months.tsv"),
    languages: include_str!("../../../data/lexicons/languages.tsv"),
    markup: include_str!("../../../data/lexicons/markup.toml"),
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [directory, corpus, rest @ ..] = &arguments[..] else {
        return Err("usage: predict DIRECTORY CORPUS.jsonl [print] | predict --golden FOLDER".into());
    };
    let lexicon = PageLexicon::parse(SOURCES)?;
    if directory == "--golden" {
        return write_prints(&lexicon, Path::new(corpus));
    }
    for line in std::fs::read_to_string(corpus)?.lines() {
        let entry: Value = serde_json::from_str(&line.replace(": NaN", ": null"))?;
        let (bytes, format) = content(Path::new(directory), &entry)?;
        let given = Given { url: entry["url"].as_str(), ..Given::default() };
        let input = Input { content: Content::Bytes(&bytes), format, given };
        match sayso_page::document(&lexicon, &Limits::default(), &input) {
            Ok(document) if rest.is_empty() => println!("{}", prediction(&entry["id"], &document)),
            Ok(document) => println!("##### {} {}\n{}", entry["id"], entry["url"], sayso_page::print(&document)),
            Err(error) => eprintln!("{}: {error}", entry["id"]),
        }
    }
    Ok(())
}

/// Writes beside each page of a folder how it is read, for `tests/golden.rs`.
fn write_prints(lexicon: &PageLexicon, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    for entry in std::fs::read_dir(folder)? {
        let page = entry?.path();
        let format = match page.extension().and_then(|extension| extension.to_str()) {
            Some("html") => Format::Html,
            Some("txt") => Format::Text,
            _ => continue,
        };
        let bytes = std::fs::read(&page)?;
        let input = Input { content: Content::Bytes(&bytes), format, given: Given::default() };
        std::fs::write(page.with_extension("print"), sayso_page::print(&sayso_page::document(lexicon, &Limits::default(), &input)?))?;
    }
    Ok(())
}

fn content(directory: &Path, entry: &Value) -> std::io::Result<(Vec<u8>, Format)> {
    let Some(page) = entry["page"].as_str() else {
        return Ok((entry["text"].as_str().unwrap_or_default().as_bytes().to_vec(), Format::Text));
    };
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(std::fs::File::open(directory.join(page))?).read_to_end(&mut bytes)?;
    Ok((bytes, Format::Html))
}

fn prediction(id: &Value, document: &Document) -> Value {
    // The bodies of the benchmark of that name leave the headline out.
    let body = id.as_str().is_some_and(|id| id.starts_with("body-"));
    let is_report = |kind: BlockKind| (kind.is_coded() && (kind == BlockKind::Body || !body)) || kind == BlockKind::Dateline;
    let blocks = document.blocks.iter().filter(|block| is_report(block.kind));
    let text: Vec<&str> = blocks.map(|block| block.span.text(&document.text)).collect();
    let date = match &document.published {
        Outcome::Known(published) => published.date.exact_day().map(|day| day.to_string()),
        Outcome::Unknown(_) => None,
    };
    let found = document.published.known().map(|published| format!("{:?}", published.found));
    json!({"id": id, "text": text.join("\n\n"), "whole": document.text, "title": document.title, "author": document.byline, "date": date,
        "found": found, "publisher": document.publisher, "credit": document.credit.as_ref().map(|c| &c.name), "language": document.language.code()})
}

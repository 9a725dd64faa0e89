//! What are a million reports made of? The repository's examples, each copy with other names, numbers and dates: same number, same copy.

use std::io::{self, Write};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::record::Lot;

/// The examples that are plain texts.
const TEXTS: [&str; 5] = [
    include_str!("../../examples/andes-ceasefire.txt"),
    include_str!("../../examples/donetsk-strike.txt"),
    include_str!("../../examples/lake-chad-splinter.txt"),
    include_str!("../../examples/red-sea-missile.txt"),
    include_str!("../../examples/sahel-market-daily.txt"),
];

/// Those that are JSON lines.
const LINES: &str = include_str!("../../examples/wires.jsonl");

/// The examples, and what changes from copy to copy.
pub struct Examples {
    texts: Vec<String>,
    names: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changing {
    names: Vec<Vec<String>>,
}

/// In which form the copies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// JSON lines
    Jsonl,
    /// A web archive packed record by record, a request before each page
    Warc,
}

impl Examples {
    /// The examples of the repository.
    ///
    /// # Errors
    /// Says what does not read.
    pub fn read() -> anyhow::Result<Examples> {
        let changing: Changing = toml::from_str(include_str!("../copies.toml")).context("benches/copies.toml")?;
        let mut texts: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
        for line in LINES.lines().filter(|line| !line.trim().is_empty()) {
            let value: Value = serde_json::from_str(line).context("examples/wires.jsonl")?;
            texts.extend(value["text"].as_str().map(str::to_owned));
        }
        Ok(Examples { texts, names: changing.names })
    }

    /// The copy of a number.
    pub fn copy(&self, number: u64) -> String {
        let text = &self.texts[(number % self.texts.len() as u64) as usize];
        self.numbered(&self.renamed(text, number), number)
    }

    /// The text with each name of a list in the place of another.
    fn renamed(&self, text: &str, number: u64) -> String {
        let mut renamed = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let at_word = renamed.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            let found = self.names.iter().enumerate().find_map(|(list, names)| {
                let name = names
                    .iter()
                    .position(|name| rest.starts_with(name.as_str()) && !rest[name.len()..].starts_with(char::is_alphanumeric))?;
                Some((list, name))
            });
            match found.filter(|_| at_word) {
                Some((list, name)) => {
                    let names = &self.names[list];
                    // Two names of one list stay two in the copy.
                    let shift = Lot::of(number ^ (list as u64) << 40).below(names.len() as u64) as usize;
                    renamed.push_str(&names[(name + shift) % names.len()]);
                    rest = &rest[names[name].len()..];
                }
                None => {
                    renamed.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        renamed
    }

    /// The text with other numbers: years within ten of each other, others as large as before or up to twice.
    fn numbered(&self, text: &str, number: u64) -> String {
        let mut lot = Lot::of(number ^ 0xC0_FFEE);
        let mut numbered = String::with_capacity(text.len() + 16);
        let mut figures = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_ascii_digit() {
                figures.push(c);
                continue;
            }
            if !figures.is_empty() {
                let value: u64 = figures.parse().unwrap_or_default();
                numbered.push_str(&match value {
                    1900..=2100 => (2005 + lot.below(20)).to_string(),
                    1..=28 => (1 + lot.below(28)).to_string(),
                    0 => figures.clone(),
                    _ if figures.starts_with('0') => figures.clone(),
                    value => (value + lot.below(value)).to_string(),
                });
                figures.clear();
            }
            numbered.push(c);
        }
        numbered.truncate(numbered.len() - 1);
        numbered
    }

    /// Writes the copies from number 0 on; the reports of an hour have one publisher of forty.
    ///
    /// # Errors
    /// Only those of `out`.
    pub fn write(&self, form: Form, count: u64, out: &mut impl Write) -> io::Result<()> {
        for number in 0..count {
            match form {
                Form::Jsonl => {
                    let publisher = format!("Outlet {}", number % 40);
                    let line = json!({ "id": format!("copy-{number}"), "publisher": publisher, "text": self.copy(number) });
                    writeln!(out, "{line}")?;
                }
                Form::Warc => {
                    write_record(out, "request", number, b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n")?;
                    write_record(out, "response", number, &answer(&self.copy(number)))?;
                }
            }
        }
        Ok(())
    }
}

/// A server's answer with the text as a page.
fn answer(text: &str) -> Vec<u8> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: Vec<String> = escaped.split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect();
    let title = escaped.lines().next().unwrap_or_default();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head>\
         <body><nav><a href=\"/\">Home</a></nav><article>{}</article><footer>All rights reserved</footer></body></html>",
        paragraphs.join("\n")
    )
    .into_bytes()
}

fn write_record(out: &mut impl Write, kind: &str, number: u64, payload: &[u8]) -> io::Result<()> {
    let mut packed = GzEncoder::new(&mut *out, Compression::fast());
    write!(
        packed,
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{kind}-{number}>\r\nWARC-Date: 2025-03-01T00:00:00Z\r\n\
         WARC-Target-URI: https://outlet{}.example/{number}\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        number % 40,
        payload.len()
    )?;
    packed.write_all(payload)?;
    packed.write_all(b"\r\n\r\n")?;
    packed.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_differ_and_are_the_same_in_every_run() {
        let (examples, again) = (Examples::read().unwrap(), Examples::read().unwrap());
        let copies: std::collections::BTreeSet<String> = (0..2_000).map(|number| examples.copy(number)).collect();
        assert!(copies.len() > 1_990, "{}", copies.len());
        assert_eq!(examples.copy(77), again.copy(77));
    }

    #[test]
    fn names_of_a_list_stay_apart() {
        let examples = Examples {
            texts: vec!["On Sunday 12 men; on Monday 15,000 in 2016.".to_owned()],
            names: vec![vec!["Sunday".into(), "Monday".into(), "Friday".into()]],
        };
        for number in 0..50 {
            let copy = examples.copy(number);
            let days: Vec<&str> = copy.split(' ').filter(|word| word.ends_with("day")).collect();
            assert!(days.len() == 2 && days[0] != days[1], "{copy}");
        }
    }
}

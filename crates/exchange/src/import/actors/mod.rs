//! Whom do lists of others know? Organizations and armed groups of FollowTheMoney files and Wikidata dumps as candidates of the registry of
//! actors, for a person to accept; never taken by themselves, and nobody private among them.

mod ftm;
mod wikidata;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;
use sayso_types::ActorKind;
use serde::{Deserialize, Serialize};

use super::Rejected;
use crate::Error;

/// A list of actors that others made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// FollowTheMoney entities, one a line: OpenSanctions' `entities.ftm.json`.
    Ftm,
    /// A dump of Wikidata in JSON.
    Wikidata,
}

/// Whom a list knows, as a candidate of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The list's id.
    pub id: String,
    /// What it is, where the list tells; a person must say it otherwise.
    pub kind: Option<String>,
    /// What to call it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that others bear too: acronyms and the like.
    pub weak: Vec<String>,
    /// Names that it has given up.
    pub former: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// Where a reader can check it.
    pub source: String,
    /// Why it is on the list, as the list says: topics, classes.
    pub because: Vec<String>,
}

/// What was read of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRead {
    /// Candidates, each once.
    pub candidates: Vec<Candidate>,
    /// How many entities were passed over: of other kinds, or private persons.
    pub passed: u64,
    /// Lines that did not read.
    pub rejected: Vec<Rejected>,
}

impl List {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            List::Ftm => "ftm",
            List::Wikidata => "wikidata",
        }
    }

    /// Reads a list line by line, packed with gzip or not; a line that does not read is told and passed over.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn read(self, bytes: impl Read) -> Result<ListRead, Error> {
        let mut bytes = BufReader::new(bytes);
        let packed = bytes.fill_buf().map_err(|cause| unreadable(&cause))?.starts_with(&[0x1f, 0x8b]);
        if packed { self.lines(BufReader::new(MultiGzDecoder::new(bytes))) } else { self.lines(bytes) }
    }

    fn lines(self, lines: impl BufRead) -> Result<ListRead, Error> {
        match self {
            List::Ftm => ftm::read(lines),
            List::Wikidata => wikidata::read(lines),
        }
    }
}

fn unreadable(cause: &std::io::Error) -> Error {
    Error::Refused(format!("it cannot be read to its end: {cause}; see whether the file is whole"))
}

impl Candidate {
    /// The lines of the registry that say who it is: a table for `--registry` (data/actors/README.md).
    ///
    /// # Errors
    /// Nobody says what it is.
    pub fn registry(&self, kind: Option<ActorKind>) -> Result<String, Error> {
        let known = kind.or_else(|| self.kind.as_deref().and_then(ActorKind::of_str));
        let kind = known.ok_or_else(|| {
            let kinds: Vec<&str> = ActorKind::ALL.iter().map(|kind| kind.as_str()).collect();
            Error::Refused(format!(
                "{} ({}): the list does not say what it is; give --kind, one of {}",
                self.id,
                self.name,
                kinds.join(", ")
            ))
        })?;
        let id = self.registry_id();
        let mut lines = String::new();
        let mut fact = |fact: &str, value: &str| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                let _ = writeln!(lines, "{id}\t{fact}\t{value}\t\t\t{}", self.source);
            }
        };
        fact("kind", kind.as_str());
        self.countries.iter().for_each(|country| fact("country", country));
        fact("name:official", &self.name);
        self.aliases.iter().for_each(|name| fact("name:transliteration", name));
        // A name that others bear too is only taken with context.
        self.weak.iter().for_each(|name| fact("name:short!", name));
        self.former.iter().for_each(|name| fact("name:former", name));
        Ok(lines)
    }

    /// Its id in the registry: the list's, in the registry's letters.
    pub fn registry_id(&self) -> String {
        let mut id: String =
            self.id.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' }).collect();
        while id.contains("--") {
            id = id.replace("--", "-");
        }
        id.trim_matches('-').to_owned()
    }
}

/// A table of `data/exchange/`: rows of columns, without its comment and header.
fn table(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(2).map(|line| line.split('\t').collect())
}

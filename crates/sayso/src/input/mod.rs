//! What is there to read? Files, directories and JSON lines, each item with what is known of it, one after another.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use sayso_page::{Content, Format, Given, Limits, PageLexicon};
use sayso_types::{Document, Edtf};
use serde::Deserialize;
use walkdir::WalkDir;

use crate::{Error, ErrorKind};

/// One page or text to read, with what is known of it besides; the fields of a JSON line.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Input {
    /// The document's id.
    pub id: Option<String>,
    /// Plain text.
    pub text: Option<String>,
    /// An HTML page.
    pub html: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Publication date in EDTF; may be partial.
    pub published: Option<String>,
    /// Credited outlet.
    pub credit: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// When it was fetched (RFC 3339).
    pub retrieved: Option<String>,
    /// The bytes of a file, where it is one.
    #[serde(skip)]
    pub bytes: Option<(Vec<u8>, FileFormat)>,
    /// Where it came from, for messages: a path, with the line of a JSON line.
    #[serde(skip)]
    pub origin: String,
}

/// How a file's bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// An HTML page.
    Html,
    /// Plain text.
    Text,
}

/// What a user says of all inputs that do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Publication date.
    pub published: Option<Edtf>,
    /// Publisher.
    pub publisher: Option<String>,
}

impl Input {
    /// A plain text of which nothing else is known.
    pub fn text(text: &str) -> Input {
        Input { text: Some(text.to_owned()), origin: "text".to_owned(), ..Input::default() }
    }

    /// The document that it holds.
    pub(crate) fn read(&self, lexicon: &PageLexicon, limits: &Limits) -> Result<Document, Error> {
        let at = |reason: String| Error::new(ErrorKind::Page, reason).at(&self.origin);
        let published = self.published.as_deref().filter(|p| !p.trim().is_empty()).map(|p| p.parse::<Edtf>()).transpose();
        let given = Given {
            id: self.id.as_deref(),
            title: self.title.as_deref(),
            url: self.url.as_deref(),
            publisher: self.publisher.as_deref(),
            published: published.map_err(|e| at(format!("published: {e}")))?,
            credit: self.credit.as_deref(),
            byline: self.byline.as_deref(),
            language: self.language.as_deref(),
            retrieved: self.retrieved.as_deref(),
        };
        let (content, format) = match (&self.bytes, &self.html, &self.text) {
            (Some((bytes, FileFormat::Html)), _, _) => (Content::Bytes(bytes), Format::Html),
            (Some((bytes, FileFormat::Text)), _, _) => (Content::Bytes(bytes), Format::Text),
            (None, Some(html), _) => (Content::Decoded(html), Format::Html),
            (None, None, Some(text)) => (Content::Decoded(text), Format::Text),
            (None, None, None) => return Err(at("neither `text` nor `html` is given; give one of them".to_owned())),
        };
        sayso_page::document(lexicon, limits, &sayso_page::Input { content, format, given }).map_err(|e| at(e.to_string()))
    }

    /// The bytes of its content.
    pub(crate) fn size(&self) -> usize {
        let bytes = self.bytes.as_ref().map_or(0, |(bytes, _)| bytes.len());
        bytes + self.text.as_ref().map_or(0, String::len) + self.html.as_ref().map_or(0, String::len)
    }

    fn with(mut self, defaults: &Defaults) -> Input {
        self.published = self.published.or_else(|| defaults.published.as_ref().map(ToString::to_string));
        self.publisher = self.publisher.or_else(|| defaults.publisher.clone());
        self
    }
}

/// The inputs of some paths, one after another, in the order of the paths and of the names below a directory; `-` is standard
/// input, which is JSON lines where its first character is `{`, a page where it is `<`, else plain text. What cannot be read is an
/// error in its place, and the rest goes on.
pub fn inputs<'r>(
    paths: &[PathBuf],
    defaults: &Defaults,
    stdin: Box<dyn Read + Send + 'r>,
) -> impl Iterator<Item = Result<Input, Error>> + Send + use<'r> {
    let mut left: VecDeque<PathBuf> = paths.iter().cloned().collect();
    let mut stdin = Some(stdin);
    let mut lines: Option<Lines<'r>> = None;
    let mut found: VecDeque<Result<PathBuf, Error>> = VecDeque::new();
    let defaults = defaults.clone();
    std::iter::from_fn(move || {
        loop {
            if let Some(reading) = lines.as_mut() {
                if let Some(item) = reading.next() {
                    return Some(item.map(|input| input.with(&defaults)));
                }
                lines = None;
            }
            let path = match found.pop_front() {
                Some(Ok(path)) => path,
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    let path = left.pop_front()?;
                    if path.is_dir() {
                        found = below(&path);
                        continue;
                    }
                    path
                }
            };
            match open(&path, &mut stdin) {
                Ok(Opened::Lines(reading)) => lines = Some(reading),
                Ok(Opened::One(input)) => return Some(Ok(input.with(&defaults))),
                Err(error) => return Some(Err(error)),
            }
        }
    })
}

/// The files below a directory that can hold a report, by name.
fn below(directory: &Path) -> VecDeque<Result<PathBuf, Error>> {
    let mut found = VecDeque::new();
    for entry in WalkDir::new(directory).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && can_be_report(entry.path()) => found.push_back(Ok(entry.into_path())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(directory).to_path_buf();
                let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a link that leads back to itself"));
                found.push_back(Err(Error::unreadable(&path, &cause)));
            }
        }
    }
    found
}

/// The files below directories that are not read because of their names: hidden ones and those of other endings.
pub fn left_out(paths: &[PathBuf]) -> Vec<PathBuf> {
    let directories = paths.iter().filter(|path| path.is_dir());
    let entries = directories.flat_map(|path| WalkDir::new(path).sort_by_file_name()).filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file() && !can_be_report(entry.path())).map(walkdir::DirEntry::into_path).collect()
}

/// Endings of files that are read where only their directory is named; a file without one is read as well.
const ENDINGS: [&str; 7] = ["html", "htm", "xhtml", "txt", "text", "jsonl", "ndjson"];

fn can_be_report(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_none_or(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

enum Opened<'r> {
    Lines(Lines<'r>),
    One(Box<Input>),
}

/// Files beyond this are refused before they are read; the page stage has a lower limit of its own.
const LARGEST: u64 = 256 << 20;

fn open<'r>(path: &Path, stdin: &mut Option<Box<dyn Read + Send + 'r>>) -> Result<Opened<'r>, Error> {
    if path.as_os_str() == "-" {
        let reader =
            stdin.take().ok_or_else(|| Error::new(ErrorKind::Unreadable, "standard input was named twice; name it once").at("-"))?;
        return sniff(BufReader::with_capacity(1 << 16, reader));
    }
    let file = File::open(path).map_err(|e| Error::unreadable(path, &e))?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "jsonl" | "ndjson") {
        let reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, file));
        return Ok(Opened::Lines(Lines { reader, origin: path.display().to_string(), line: 0, done: false }));
    }
    let size = file.metadata().map_err(|e| Error::unreadable(path, &e))?.len();
    if size > LARGEST {
        let reason = format!("{} MB is more than a page can be; cut it into its reports", size >> 20);
        return Err(Error::new(ErrorKind::Page, reason).at(path.display()));
    }
    let mut bytes = Vec::new();
    BufReader::new(file).read_to_end(&mut bytes).map_err(|e| Error::unreadable(path, &e))?;
    let format =
        if matches!(ending.as_str(), "html" | "htm" | "xhtml") || looks_like_html(&bytes) { FileFormat::Html } else { FileFormat::Text };
    Ok(Opened::One(Box::new(Input { bytes: Some((bytes, format)), origin: path.display().to_string(), ..Input::default() })))
}

fn sniff<'r>(mut reader: BufReader<Box<dyn Read + Send + 'r>>) -> Result<Opened<'r>, Error> {
    let origin = Path::new("standard input");
    let head = reader.fill_buf().map_err(|e| Error::unreadable(origin, &e))?;
    if head.trim_ascii_start().starts_with(b"{") {
        let lines = Lines { reader: Box::new(reader), origin: origin.display().to_string(), line: 0, done: false };
        return Ok(Opened::Lines(lines));
    }
    let mut bytes = Vec::new();
    reader.take(LARGEST).read_to_end(&mut bytes).map_err(|e| Error::unreadable(origin, &e))?;
    let format = if looks_like_html(&bytes) { FileFormat::Html } else { FileFormat::Text };
    Ok(Opened::One(Box::new(Input { bytes: Some((bytes, format)), origin: origin.display().to_string(), ..Input::default() })))
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let begins = head.trim_ascii_start();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|w| w == tag);
    begins.starts_with(b"<!doctype html") || (begins.starts_with(b"<") && (has(b"<html") || has(b"<head") || has(b"<body")))
}

/// The JSON lines of a reader, one document each; a broken line is an error, and the next is read.
struct Lines<'r> {
    reader: Box<dyn BufRead + Send + 'r>,
    origin: String,
    line: usize,
    done: bool,
}

impl Iterator for Lines<'_> {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Result<Input, Error>> {
        let mut bytes = Vec::new();
        while !self.done {
            bytes.clear();
            self.line += 1;
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => self.done = true,
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.parse(&bytes)),
                Err(error) => {
                    self.done = true;
                    return Some(Err(Error::unreadable(Path::new(&self.origin), &error)));
                }
            }
        }
        None
    }
}

impl Lines<'_> {
    fn parse(&self, bytes: &[u8]) -> Result<Input, Error> {
        let origin = format!("{}:{}", self.origin, self.line);
        let fault = |reason: String| Error::new(ErrorKind::Json, reason).at(&origin);
        let line = std::str::from_utf8(bytes).map_err(|e| {
            fault(format!("byte {} of the line is not UTF-8, which JSON must be; convert the file to UTF-8", e.valid_up_to() + 1))
        })?;
        let mut input: Input = serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|e| {
            fault(format!("not a JSON document ({}); write {{\"id\": …, \"text\" or \"html\": …}} on one line", position(&e)))
        })?;
        input.origin = origin;
        Ok(input)
    }
}

/// What serde says, with the column alone: the line is always the first of its own.
fn position(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ").replace(" at line 1, column ", " at column ")
}

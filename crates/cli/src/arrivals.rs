//! How does an article that came over the network get into the record? Coded on all cores, committed in one step, and told apart: new,
//! changed, the same as before, or no document at all.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use sayso::input::FileFormat;
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::types::{DateFound, Outcome, Published};
use sayso::{Coder, Input, export};
use sayso_fetch::{Arrival, Matter, Verdict, Writing};
use sayso_store::{Added, Error, ErrorKind, Failure, Incoming, Record, RunId};

use crate::{link, read_pdf, terminal};

/// Keeps articles in a record, in a run of its own that begins with the first of them.
pub(crate) struct Keeper<'a> {
    coder: &'a Coder,
    record: &'a mut Record,
    /// What the run is said to read.
    inputs: Vec<String>,
    run: Option<RunId>,
    /// What was done so far.
    pub(crate) added: Added,
    /// Documents that were kept but not coded, by language.
    pub(crate) not_coded: BTreeMap<String, u64>,
}

/// A document with its statements, and where it was had.
struct Coded {
    document: DocumentRecord,
    statements: Vec<StatementRecord>,
    from: String,
}

impl<'a> Keeper<'a> {
    /// One for a run that reads `inputs`.
    pub(crate) fn begin(coder: &'a Coder, record: &'a mut Record, inputs: Vec<String>) -> Keeper<'a> {
        Keeper { coder, record, inputs, run: None, added: Added::default(), not_coded: BTreeMap::new() }
    }

    fn begin_run(&mut self) -> Result<RunId, Error> {
        self.record.set_now(&terminal::now());
        match self.run {
            Some(run) => Ok(run),
            None => {
                let run = self.record.begin_run(link::PROGRAM, &self.inputs, &self.coder.versions())?;
                self.run = Some(run);
                Ok(run)
            }
        }
    }

    /// Codes articles and commits them; says of each whether it is kept.
    pub(crate) fn keep(&mut self, arrivals: &[Arrival]) -> Result<Vec<Verdict>, Error> {
        let coded = coded(self.coder, arrivals);
        self.begin_run()?;
        let mut fresh = Vec::new();
        for one in coded.iter().filter_map(|one| one.as_ref().ok()) {
            if self.is_known(&one.document)? {
                self.added.unchanged += 1;
                continue;
            }
            if !one.document.coded {
                *self.not_coded.entry(one.document.language.clone()).or_default() += 1;
            }
            fresh.push(Incoming { document: &one.document, statements: &one.statements, input: Some(&one.from) });
        }
        self.added += self.record.add_from(&fresh)?;
        Ok(coded.into_iter().map(|one| one.map_or_else(Verdict::Refused, |_| Verdict::Kept)).collect())
    }

    /// Whether the record has an article just so, whenever its page was had: advertisements around it change with each request.
    fn is_known(&self, document: &DocumentRecord) -> Result<bool, Error> {
        let stored = match self.record.document(&document.id) {
            Ok(stored) if stored.record.id == document.id => stored.record,
            Ok(_) => return Ok(false),
            Err(error) if matches!(error.kind(), ErrorKind::Unknown | ErrorKind::Ambiguous) => return Ok(false),
            Err(error) => return Err(error),
        };
        let had = DocumentRecord { retrieved: document.retrieved.clone(), raw_sha256: document.raw_sha256.clone(), ..stored };
        Ok(had == *document)
    }

    /// Ends the run, if one began or there are failures to note.
    pub(crate) fn end(mut self, failures: &[Failure]) -> Result<Added, Error> {
        if self.run.is_some() || !failures.is_empty() {
            let run = self.begin_run()?;
            self.record.finish_run(run, &terminal::now(), self.added, failures)?;
        }
        Ok(self.added)
    }
}

/// Each article as a document with its statements, or why it is none; in their order.
fn coded(coder: &Coder, arrivals: &[Arrival]) -> Vec<Result<Coded, String>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(arrivals.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((number, arrival)) = numbered(arrivals, &next) {
                    let one = code(coder, arrival);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((number, one));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, one)| one).collect()
}

fn numbered<'a>(arrivals: &'a [Arrival], next: &AtomicUsize) -> Option<(usize, &'a Arrival)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    arrivals.get(number).map(|arrival| (number, arrival))
}

fn code(coder: &Coder, arrival: &Arrival) -> Result<Coded, String> {
    let mut document = coder.document(&input(arrival)?).map_err(|error| error.reason().to_owned())?;
    if document.published.known().is_none()
        && let Some(date) = arrival.published.as_deref().and_then(|date| date.parse().ok())
    {
        document.published = Outcome::Known(Published { date, found: DateFound::Given });
    }
    let statements = coder.records(&document);
    Ok(Coded { document: export::document_record(&document), statements, from: arrival.url.clone() })
}

/// An article as an input: its page, or a page made of the feed's words.
fn input(arrival: &Arrival) -> Result<Input, String> {
    let input = Input {
        id: Some(arrival.id.clone()),
        url: Some(arrival.url.clone()),
        publisher: arrival.publisher.clone(),
        language: arrival.language.clone(),
        retrieved: Some(arrival.retrieved.clone()),
        title: arrival.title.clone(),
        byline: arrival.byline.clone(),
        origin: arrival.url.clone(),
        ..Input::default()
    };
    match &arrival.matter {
        Matter::Page { bytes, media, charset } => page(bytes, media, charset, input),
        Matter::Feed(Writing::Text(text)) => Ok(Input { text: Some(text.clone()), ..input }),
        Matter::Feed(Writing::Html(html)) => {
            let page = format!("<!doctype html><html><body><article>{html}</article></body></html>");
            Ok(Input { html: Some(page), ..input })
        }
    }
}

/// What came of an address, read as the server says, else as it begins; beside what is known of it.
fn page(bytes: &[u8], media: &str, charset: &str, known: Input) -> Result<Input, String> {
    let as_format = |format, known| {
        let charset = Some(charset).filter(|charset| !charset.is_empty()).map(str::to_owned);
        Ok(Input { bytes: Some((bytes.to_vec(), format)), charset, ..known })
    };
    let begins = |signature: &[u8]| bytes.trim_ascii_start().starts_with(signature);
    match media {
        "text/html" | "application/xhtml+xml" => as_format(FileFormat::Html, known),
        "text/plain" => as_format(FileFormat::Text, known),
        "application/pdf" | DOCX | "" | OCTETS if begins(b"%PDF-") || begins(b"PK\x03\x04") => file(bytes, known),
        "application/pdf" | DOCX => Err(format!("the server calls it {media}, but it does not begin as one; look at it in a browser")),
        "" | OCTETS if begins(b"<") => as_format(FileFormat::Html, known),
        "" => as_format(FileFormat::Text, known),
        other => Err(format!("what came is {other}, and only pages, plain text, PDF and Word documents are read over the network")),
    }
}

/// The media types of Word documents, and of what a server knows nothing about.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const OCTETS: &str = "application/octet-stream";

/// A PDF or Word document; what the feed says of it goes before what it says itself.
fn file(bytes: &[u8], known: Input) -> Result<Input, String> {
    let own = Input::only(bytes.to_vec(), read_pdf::cage()).map_err(|error| error.reason().to_owned())?;
    Ok(Input {
        text: own.text,
        html: own.html,
        bytes: own.bytes,
        charset: own.charset,
        title: known.title.or(own.title),
        byline: known.byline.or(own.byline),
        language: known.language.or(own.language),
        published: known.published.or(own.published),
        ..known
    })
}

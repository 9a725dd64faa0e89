//! Documents that people add: read, coded, kept as a run and linked, and what became of each.

use std::collections::BTreeMap;

use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::{Coder, Input, code_all_as, export};
use sayso_store::{Added, Failure, Incoming, Record};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::PROGRAM;
use crate::fault::Fault;

/// Documents to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentsSent {
    /// Each with its text or page.
    pub(crate) documents: Vec<DocumentSent>,
}

/// A document to be added: `text` or `html`, and what is known of it besides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentSent {
    /// Its id; left out, the SHA-256 of its content.
    pub(crate) id: Option<String>,
    /// Plain text.
    pub(crate) text: Option<String>,
    /// An HTML page.
    pub(crate) html: Option<String>,
    /// Headline.
    pub(crate) title: Option<String>,
    /// Address.
    pub(crate) url: Option<String>,
    /// Publisher.
    pub(crate) publisher: Option<String>,
    /// Publication date in EDTF; may be partial.
    pub(crate) published: Option<String>,
    /// Credited outlet.
    pub(crate) credit: Option<String>,
    /// Author.
    pub(crate) byline: Option<String>,
    /// ISO 639 code.
    pub(crate) language: Option<String>,
    /// When it was fetched (RFC 3339).
    pub(crate) retrieved: Option<String>,
}

/// What became of the documents that were sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedAnswer {
    /// The run, as the record book lists it.
    pub(crate) run: i64,
    /// Each, in the order in which they were sent.
    pub(crate) documents: Vec<AddedDocument>,
    /// Statements that were coded of what was new.
    pub(crate) statements: u64,
    /// How many events, relations and series are new or changed.
    pub(crate) groups: u64,
}

/// What became of one document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedDocument {
    /// Its place in what was sent, from 1.
    pub(crate) number: usize,
    /// Its id; empty where it could not be read.
    pub(crate) id: String,
    /// What became of it.
    pub(crate) became: Became,
    /// Why it was not coded, or not read; empty otherwise.
    pub(crate) why: String,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Became {
    /// The record did not have its id.
    New,
    /// The record had its id with another text.
    NewVersion,
    /// The record had it, with other metadata or coded otherwise.
    Replaced,
    /// The record had it just so.
    Unchanged,
    /// It could not be read, and was passed over.
    Failed,
}

impl DocumentSent {
    fn input(self, number: usize) -> Input {
        Input {
            id: self.id,
            text: self.text,
            html: self.html,
            title: self.title,
            url: self.url,
            publisher: self.publisher,
            published: self.published,
            credit: self.credit,
            byline: self.byline,
            language: self.language,
            retrieved: self.retrieved,
            origin: format!("document {number}"),
            ..Input::default()
        }
    }
}

/// A document that was read, or why it could not be.
pub(crate) type Read = Result<(DocumentRecord, Vec<StatementRecord>), Failure>;

/// Reads and codes documents; one that cannot be read takes none of the others along.
pub(crate) fn read(coder: &Coder, sent: DocumentsSent) -> Result<Vec<Read>, Fault> {
    if sent.documents.is_empty() {
        return Err(Fault::invalid("there are no documents", "Send {\"documents\": [{\"text\": …}]}."));
    }
    let inputs = sent.documents.into_iter().zip(1..).map(|(document, number)| Ok(document.input(number)));
    let mut all = Vec::new();
    let form = |coded: sayso::Coded| (export::document_record(&coded.document), coded.statements);
    code_all_as(coder, inputs, form, |chunk| {
        let failure =
            |failure: sayso::Failure| Failure { input: failure.error.origin().to_owned(), reason: failure.error.reason().to_owned() };
        all.extend(chunk.into_iter().map(|one| one.map_err(failure)));
        Ok::<(), Fault>(())
    })?;
    Ok(all)
}

/// Keeps what was read as a run.
pub(crate) fn keep(
    record: &mut Record,
    who: &str,
    now: &str,
    versions: &BTreeMap<String, String>,
    read: &[Read],
) -> Result<AddedAnswer, Fault> {
    let run = record.begin_run(PROGRAM, &[format!("{} sent by {who}", counted(read.len()))], versions)?;
    let (mut answers, mut added, mut failures) = (Vec::new(), Added::default(), Vec::new());
    for (one, number) in read.iter().zip(1..) {
        match one {
            Ok((document, statements)) => {
                let origin = format!("document {number} sent by {who}");
                let kept = record.add_from(&[Incoming { document, statements, input: Some(&origin) }])?;
                let why =
                    if document.coded { String::new() } else { format!("it is kept but not coded: its language is {}", document.language) };
                answers.push(AddedDocument { number, id: document.id.clone(), became: became(kept), why });
                added += kept;
            }
            Err(failure) => {
                answers.push(AddedDocument { number, id: String::new(), became: Became::Failed, why: failure.reason.clone() });
                failures.push(failure.clone());
            }
        }
    }
    record.finish_run(run, now, added, &failures)?;
    Ok(AddedAnswer { run: run.number(), documents: answers, statements: added.statements, groups: 0 })
}

fn counted(number: usize) -> String {
    if number == 1 { "1 document".to_owned() } else { format!("{number} documents") }
}

fn became(added: Added) -> Became {
    match added {
        Added { new: 1.., .. } => Became::New,
        Added { new_versions: 1.., .. } => Became::NewVersion,
        Added { replaced: 1.., .. } => Became::Replaced,
        _ => Became::Unchanged,
    }
}

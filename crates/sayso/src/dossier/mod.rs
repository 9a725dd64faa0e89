//! How does a brief with numbered sources leave the program? A plain structure of headings, lines and tables with notes, laid out once and
//! written as Markdown and DOCX here; pages write it as HTML.
//!
//! Stored text is data in all of them: it never becomes markup.

mod docx;
mod markdown;

pub use docx::docx;
pub use markdown::markdown;

/// A brief.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    /// What it is about.
    pub title: String,
    /// What stands in its head, each with its name: as of when, of which record.
    pub head: Vec<(String, String)>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The sources, the first being number 1.
    pub notes: Vec<Note>,
    /// How it was made.
    pub made: Vec<String>,
}

/// A part of a brief under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub parts: Vec<Part>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List(Vec<Line>),
    /// A table.
    Table {
        /// What its columns are called.
        head: Vec<String>,
        /// Its rows, each with a cell for each column.
        rows: Vec<Vec<Line>>,
    },
}

/// Words with notes among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Run>);

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Words(String),
    /// Words that weigh more.
    Strong(String),
    /// Words of a report, as they stand there.
    Quote(String),
    /// The number of a note, from 1.
    Note(usize),
}

/// A source: which words of which document say so, and on whose say-so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The statement's id, by which two notes are one.
    pub statement: String,
    /// The document's headline, else its id.
    pub document: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, as the document says (EDTF).
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The sentence.
    pub quote: String,
    /// Who says so, outermost first; empty is the document's own voice.
    pub said_by: Vec<String>,
    /// What makes it less than a plain assertion: "possible", "said not to be so".
    pub hedges: Vec<String>,
}

impl Dossier {
    /// The number of a note; the same statement has the same.
    pub fn note(&mut self, note: Note) -> Run {
        let known = self.notes.iter().position(|other| other.statement == note.statement);
        let at = known.unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        Run::Note(at + 1)
    }
}

impl Line {
    /// A line of mere words.
    pub fn of(words: impl Into<String>) -> Line {
        Line(vec![Run::Words(words.into())])
    }

    /// The line with a stretch more.
    #[must_use]
    pub fn and(mut self, run: Run) -> Line {
        self.0.push(run);
        self
    }
}

impl Note {
    /// The note in words, without its quote and address: who says so, in which document, when.
    pub fn told(&self) -> String {
        let voice = if self.said_by.is_empty() { "In its own voice".to_owned() } else { self.said_by.join(", citing ") };
        let mut told = format!("{voice}, in «{}»", self.document);
        for part in [&self.publisher, &self.published].into_iter().flatten() {
            told = format!("{told}, {part}");
        }
        if !self.hedges.is_empty() {
            told = format!("{told} ({})", self.hedges.join(", "));
        }
        told
    }
}

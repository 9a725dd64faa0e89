//! A brief as DOCX, its sources as footnotes: the first mention of a source bears the note, each further one its number.

use std::collections::BTreeSet;
use std::io::Cursor;

use docx_rs::{
    Docx, Footnote, Paragraph, Run as Stretch, RunProperty, SpecialIndentType, Style, StyleType, Table, TableCell, TableRow, VertAlignType,
    WidthType,
};

use super::{Dossier, Line, Note, Part, Run};
use crate::Error;

/// The width of a table, in twentieths of a point.
const WIDTH: usize = 9_600;

/// How far a list stands in, in twentieths of a point.
const INDENT: i32 = 360;

/// The brief as the bytes of a DOCX file.
///
/// # Errors
/// The file cannot be packed, which is a fault of this program.
pub fn docx(dossier: &Dossier) -> Result<Vec<u8>, Error> {
    let mut writing = Writing { notes: &dossier.notes, noted: BTreeSet::new(), paragraphs: 0 };
    let mut document = styles().into_iter().fold(Docx::new(), Docx::add_style);
    document = document.add_paragraph(writing.heading("Title", &dossier.title));
    for (name, value) in &dossier.head {
        let line = Line(vec![Run::Strong(format!("{name}: ")), Run::Words(value.clone())]);
        document = document.add_paragraph(writing.paragraph(&line));
    }
    for section in &dossier.sections {
        document = document.add_paragraph(writing.heading("Heading1", &section.title));
        for part in &section.parts {
            document = writing.part(document, part);
        }
    }
    document = document.add_paragraph(writing.heading("Heading1", "How this was made"));
    for line in &dossier.made {
        document = document.add_paragraph(writing.item(&Line::of(line)));
    }
    let mut bytes = Cursor::new(Vec::new());
    document.build().pack(&mut bytes).map_err(|cause| Error::data(format!("the DOCX file cannot be made: {cause}; please report this")))?;
    Ok(bytes.into_inner())
}

/// A brief in its writing.
struct Writing<'d> {
    notes: &'d [Note],
    /// The numbers of the notes that were written.
    noted: BTreeSet<usize>,
    /// How many paragraphs were written: each has its number, so that the same brief gives the same file.
    paragraphs: usize,
}

impl Writing<'_> {
    fn part(&mut self, document: Docx, part: &Part) -> Docx {
        match part {
            Part::Paragraph(line) => document.add_paragraph(self.paragraph(line)),
            Part::List(lines) => lines.iter().fold(document, |document, line| document.add_paragraph(self.item(line))),
            Part::Table { head, rows } => {
                let columns = head.len().max(1);
                let head: Vec<Line> = head.iter().map(|name| Line(vec![Run::Strong(name.clone())])).collect();
                let rows: Vec<TableRow> = std::iter::once(&head).chain(rows).map(|row| self.row(row, columns)).collect();
                let table = Table::new(rows).set_grid(vec![WIDTH / columns; columns]).width(WIDTH, WidthType::Dxa);
                document.add_table(table).add_paragraph(self.empty())
            }
        }
    }

    fn row(&mut self, cells: &[Line], columns: usize) -> TableRow {
        let cell = |line: &Line| TableCell::new().width(WIDTH / columns, WidthType::Dxa).add_paragraph(self.paragraph(line));
        TableRow::new(cells.iter().map(cell).collect())
    }

    fn heading(&mut self, style: &str, text: &str) -> Paragraph {
        self.empty().style(style).add_run(Stretch::new().add_text(clean(text)))
    }

    fn item(&mut self, line: &Line) -> Paragraph {
        let paragraph = self.empty().indent(Some(INDENT), Some(SpecialIndentType::Hanging(INDENT / 2)), None, None);
        self.fill(paragraph.add_run(Stretch::new().add_text("• ")), line)
    }

    fn paragraph(&mut self, line: &Line) -> Paragraph {
        let paragraph = self.empty();
        self.fill(paragraph, line)
    }

    fn fill(&mut self, paragraph: Paragraph, line: &Line) -> Paragraph {
        line.0.iter().fold(paragraph, |paragraph, run| {
            paragraph.add_run(match run {
                Run::Words(words) => Stretch::new().add_text(clean(words)),
                Run::Strong(words) => Stretch::new().add_text(clean(words)).bold(),
                Run::Quote(words) => Stretch::new().add_text(format!("“{}”", clean(words))).italic(),
                Run::Note(number) => self.reference(*number),
            })
        })
    }

    /// The mark of a note: the note itself where it is met first, else its number.
    fn reference(&mut self, number: usize) -> Stretch {
        match self.notes.get(number.wrapping_sub(1)) {
            Some(note) if self.noted.insert(number) => {
                let text = format!(" {}: “{}”{} [statement {}]", note.told(), note.quote, address(note), note.statement);
                let paragraph = self.empty().style("FootnoteText").add_run(Stretch::new().add_text(clean(&text)));
                Stretch::new().add_footnote_reference(Footnote { id: number, content: vec![paragraph] })
            }
            _ => Stretch::new().style("FootnoteReference").add_text(number.to_string()),
        }
    }

    fn empty(&mut self) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08X}", self.paragraphs))
    }
}

fn address(note: &Note) -> String {
    note.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default()
}

fn styles() -> [Style; 5] {
    let heading = |id: &str, name: &str, size: usize| Style::new(id, StyleType::Paragraph).name(name).size(size).bold();
    let mut reference = Style::new("FootnoteReference", StyleType::Character).name("footnote reference");
    reference.run_property = RunProperty::new().vert_align(VertAlignType::SuperScript);
    [
        heading("Title", "Title", 36),
        heading("Heading1", "heading 1", 28),
        heading("Heading2", "heading 2", 24),
        Style::new("FootnoteText", StyleType::Paragraph).name("footnote text").size(18),
        reference,
    ]
}

/// A text on one line without what XML cannot hold.
fn clean(text: &str) -> String {
    let holds = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| holds(*c)).collect()
}

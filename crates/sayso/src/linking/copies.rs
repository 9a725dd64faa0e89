//! Whose text does a document repeat, and what did it keep, leave out, move and put in?

use sayso_linking::Repeat;
use sayso_linking::origin::{Piece, compare, difference};
use sayso_store::{NumberedDocument, Record};
use sayso_types::record::DocumentRecord;
use serde::Serialize;

use super::origins::words;
use super::record::origins;

/// A document beside one whose text it repeats.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Copy {
    /// The document.
    pub copy: DocumentRecord,
    /// The document that it repeats.
    pub original: DocumentRecord,
    /// How that was found; `None` where linking did not find it a copy.
    pub repeat: Option<Repeat>,
    /// The copy's words beside the original's, in the order of the copy.
    pub pieces: Vec<Laid>,
}

/// A stretch of words, laid beside the other text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Laid {
    /// What became of it.
    pub fate: Fate,
    /// The words.
    pub text: String,
}

/// What became of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It stands in both, in its place.
    Kept,
    /// It stands in both, elsewhere in the copy.
    Moved,
    /// It stands in the original only.
    LeftOut,
    /// It stands in the copy only.
    PutIn,
}

/// A document of the record with every text that it repeats, the one of which it holds most first.
///
/// # Errors
/// What the store says: that there is no such document.
pub fn repeats(record: &Record, id: &str) -> Result<(DocumentRecord, Vec<(Repeat, DocumentRecord)>), sayso_store::Error> {
    let document = numbered(record, id)?;
    let reading = record.reading();
    let report = origins::reports(reading, std::slice::from_ref(&document))?.remove(&document.number).unwrap_or_default();
    let mut repeats = Vec::new();
    for repeat in report.repeats {
        repeats.extend(reading.documents(&[repeat.of])?.pop().map(|original| (repeat, original.record)));
    }
    Ok((document.record, repeats))
}

/// A document laid beside another, or beside the first whose text it repeats; `None` where it repeats none and no other is named.
///
/// # Errors
/// What the store says: that there is no such document.
pub fn copy(record: &Record, id: &str, other: Option<&str>) -> Result<Option<Copy>, sayso_store::Error> {
    let (copy, repeats) = repeats(record, id)?;
    let (original, repeat) = match other {
        Some(other) => {
            let original = record.document(other)?.record;
            let repeat = repeats.into_iter().find(|(_, of)| of.id == original.id).map(|(repeat, _)| repeat);
            (original, repeat)
        }
        None => match repeats.into_iter().next() {
            Some((repeat, original)) => (original, Some(repeat)),
            None => return Ok(None),
        },
    };
    let (of_copy, of_original) = (words(&copy), words(&original));
    let laid = difference(&compare(&of_copy, &of_original), &of_copy, &of_original);
    let pieces = laid.into_iter().map(|piece| {
        let (fate, span, text) = match piece {
            Piece::Kept { copy: span, .. } => (Fate::Kept, span, &copy.text),
            Piece::Moved { copy: span, .. } => (Fate::Moved, span, &copy.text),
            Piece::LeftOut { original: span } => (Fate::LeftOut, span, &original.text),
            Piece::PutIn { copy: span } => (Fate::PutIn, span, &copy.text),
        };
        Laid { fate, text: span.text(text).to_owned() }
    });
    let pieces = pieces.collect();
    Ok(Some(Copy { copy, original, repeat, pieces }))
}

fn numbered(record: &Record, id: &str) -> Result<NumberedDocument, sayso_store::Error> {
    let document = record.document(id)?.record;
    let number = record.reading().number_of(&document.id)?;
    Ok(NumberedDocument { number, record: document })
}

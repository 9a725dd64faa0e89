//! One hit, and the words for which it is one.

use sayso::types::record::{GroupRecord, StatementRecord};
use sayso_store::Record;
use sayso_store::query::find::{ActorFound, DocumentFound, GroupFound, MARK_BEGINS, MARK_ENDS, Quoted};
use serde::Serialize;
use utoipa::ToSchema;

/// So many characters of a text stand for a title that is missing.
const LONGEST_TITLE: usize = 120;

/// Something that was found.
#[expect(clippy::large_enum_variant, reason = "a page holds some tens of them")]
#[derive(Serialize, ToSchema)]
#[serde(tag = "hit", rename_all = "lowercase")]
pub(crate) enum Hit {
    /// An event, a relation or a series of estimates.
    Group(GroupHit),
    /// A statement.
    Statement(StatementHit),
    /// A document.
    Document(DocumentHit),
    /// An actor.
    Actor(ActorHit),
}

/// A group with the words of one of its statements.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroupHit {
    /// The group.
    pub(crate) group: GroupRecord,
    /// A statement for which it was found, or its first one.
    pub(crate) quote: Option<Quote>,
    /// Whether it rests on something that not everybody sees.
    pub(crate) restricted: bool,
}

/// A statement with its words.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementHit {
    /// The statement.
    pub(crate) statement: StatementRecord,
    /// Its words, and who carries it.
    pub(crate) quote: Quote,
    /// Whether not everybody sees it.
    pub(crate) restricted: bool,
}

/// A document in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    /// Its id.
    pub(crate) id: String,
    /// Its title, or its first words.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// When (EDTF).
    pub(crate) published: Option<String>,
    /// ISO 639 code of its language.
    pub(crate) language: String,
    /// RFC 3339: when it was first read.
    pub(crate) added: String,
    /// How many statements it makes.
    pub(crate) statements: u64,
    /// The id of the document that it repeats.
    pub(crate) copy_of: Option<String>,
    /// Where the words stand that were looked for.
    pub(crate) pieces: Vec<Piece>,
    /// Whether not everybody sees it.
    pub(crate) restricted: bool,
}

/// An actor in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorHit {
    /// The registry's id; of whoever has none, the name.
    pub(crate) id: String,
    /// What to call it.
    pub(crate) name: String,
    /// In how many mentions of the name, or in how many of the events found.
    pub(crate) number: u64,
    /// Whether its name has the words; else it takes part in what was found.
    pub(crate) named: bool,
}

/// The words of a statement, and who carries them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Quote {
    /// The statement's id.
    pub(crate) statement: String,
    /// Its document.
    pub(crate) from: Carried,
    /// The words; one after another they are the evidence.
    pub(crate) pieces: Vec<Piece>,
    /// What people decided of it: accepted, corrected, rejected; `null` is nothing yet.
    pub(crate) review: Option<String>,
}

/// The document that carries a statement.
#[derive(Serialize, ToSchema)]
pub(crate) struct Carried {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// When (EDTF).
    pub(crate) published: Option<String>,
}

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Piece {
    /// The words.
    pub(crate) text: String,
    /// Whether they were looked for.
    pub(crate) sought: bool,
}

impl Hit {
    /// Marks those hits that not everybody sees.
    pub(super) fn mark_restricted(hits: &mut [Hit], record: &Record) -> Result<(), sayso_store::Error> {
        let restricted = record.restricted()?;
        let groups: Vec<&str> =
            hits.iter().filter_map(|hit| if let Hit::Group(hit) = hit { Some(hit.group.id.as_str()) } else { None }).collect();
        let groups = record.restricted_groups(&restricted, &groups)?;
        for hit in hits {
            match hit {
                Hit::Group(hit) => hit.restricted = groups.contains_key(&hit.group.id),
                Hit::Statement(hit) => hit.restricted = restricted.statement(&hit.statement.id, &hit.statement.document_id).is_some(),
                Hit::Document(hit) => hit.restricted = restricted.documents.contains_key(&hit.id),
                Hit::Actor(_) => {}
            }
        }
        Ok(())
    }
}

impl GroupHit {
    pub(super) fn of(found: GroupFound) -> GroupHit {
        GroupHit { group: found.record, quote: found.quoted.map(|quoted| Quote::of(&quoted)), restricted: false }
    }
}

impl StatementHit {
    pub(super) fn of(found: Quoted) -> StatementHit {
        StatementHit { quote: Quote::of(&found), statement: found.statement, restricted: false }
    }
}

impl DocumentHit {
    pub(super) fn of(found: DocumentFound) -> DocumentHit {
        let record = found.record;
        let first = record.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("Without a title");
        let title = record.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(first);
        let cut = title.chars().count() > LONGEST_TITLE;
        let title = if cut { title.chars().take(LONGEST_TITLE).chain(['…']).collect() } else { title.to_owned() };
        DocumentHit {
            id: record.id,
            title,
            publisher: record.publisher,
            published: record.published,
            language: record.language,
            added: found.added,
            statements: found.statements,
            copy_of: found.copy_of,
            pieces: found.marked.as_deref().map(pieces).unwrap_or_default(),
            restricted: false,
        }
    }
}

impl ActorHit {
    pub(super) fn of(found: ActorFound) -> ActorHit {
        ActorHit { id: found.id, name: found.name, number: found.number, named: found.named }
    }
}

impl Quote {
    fn of(quoted: &Quoted) -> Quote {
        Quote {
            statement: quoted.statement.id.clone(),
            from: Carried {
                id: quoted.statement.document_id.clone(),
                title: quoted.title.clone(),
                publisher: quoted.publisher.clone(),
                published: quoted.published.clone(),
            },
            pieces: pieces(&quoted.marked),
            review: quoted.review.clone(),
        }
    }
}

/// Marked text, cut where marks begin and end.
fn pieces(marked: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, stretch) in marked.split(MARK_BEGINS).enumerate() {
        let (sought, rest) = if at == 0 { ("", stretch) } else { stretch.split_once(MARK_ENDS).unwrap_or((stretch, "")) };
        for (text, sought) in [(sought, true), (rest, false)] {
            if !text.is_empty() {
                pieces.push(Piece { text: text.replace(MARK_ENDS, ""), sought });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_words_become_pieces() {
        let piece = |text: &str, sought| Piece { text: text.to_owned(), sought };
        assert_eq!(
            pieces("a \u{2}mosque\u{3} and a \u{2}market\u{3}"),
            [piece("a ", false), piece("mosque", true), piece(" and a ", false), piece("market", true)]
        );
        assert_eq!(pieces("plain"), [piece("plain", false)]);
        assert_eq!(pieces(""), []);
    }
}

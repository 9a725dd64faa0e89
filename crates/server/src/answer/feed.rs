//! What is new of what a question finds? Hits in the order in which they last changed.

use sayso::types::record::GroupRecord;
use sayso_store::query::find::Summed;

use super::search::{As, Hit, Put, countries, hits};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many hits are looked at, and so many told.
const LOOKED_AT: usize = 200;
const TOLD: usize = 50;

/// The hits of a question by when they last changed.
pub(crate) struct Feed {
    /// The question as it was understood.
    pub(crate) q: String,
    /// As what it is answered.
    pub(crate) as_: As,
    /// RFC 3339: when any of them last changed.
    pub(crate) updated: String,
    /// Last changed ones first.
    pub(crate) items: Vec<Item>,
}

/// A hit.
pub(crate) struct Item {
    /// The kind of page that shows it.
    pub(crate) page: &'static str,
    /// Its id.
    pub(crate) id: String,
    /// What it is, in a line.
    pub(crate) title: String,
    /// The words for which it was found.
    pub(crate) words: String,
    /// RFC 3339: when the record last changed it.
    pub(crate) updated: String,
}

impl Feed {
    /// The feed of a question.
    pub(crate) fn of(reader: Reader<'_>, q: &str, as_: As) -> Result<Feed, Fault> {
        let put = Put::of(reader, countries(), q)?;
        let summed = if as_ == As::Actors { Summed::Wholly } else { Summed::Not };
        let (found, _) = hits(reader, as_, &put.wanted(None, LOOKED_AT, summed)?)?;
        let mut items = found.into_iter().map(|hit| item(reader, hit)).collect::<Result<Vec<Item>, Fault>>()?;
        items.sort_by(|one, other| (&other.updated, &one.id).cmp(&(&one.updated, &other.id)));
        items.truncate(TOLD);
        let updated = items.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |item| item.updated.clone());
        Ok(Feed { q: put.question.to_string(), as_, updated, items })
    }
}

fn item(reader: Reader<'_>, hit: Hit) -> Result<Item, Fault> {
    let joined = |pieces: &[super::search::Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    Ok(match hit {
        Hit::Group(hit) => Item {
            page: hit.group.kind.as_str(),
            title: title(&hit.group),
            words: hit.quote.map(|quote| joined(&quote.pieces)).unwrap_or_default(),
            updated: reader.record.group(&hit.group.id)?.changed,
            id: hit.group.id,
        },
        Hit::Statement(hit) => Item {
            page: "statement",
            title: format!("{}: {}", hit.statement.proposition.kind(), hit.statement.proposition.type_code().replace('_', " ")),
            words: joined(&hit.quote.pieces),
            updated: reader.record.statement_since(&hit.statement.id)?,
            id: hit.statement.id,
        },
        Hit::Document(hit) => Item { page: "document", title: hit.title, words: joined(&hit.pieces), updated: hit.added, id: hit.id },
        // An actor is a name in what was read; it has no time of its own.
        Hit::Actor(hit) => {
            Item { page: "actor", title: hit.name, words: String::new(), updated: "1970-01-01T00:00:00Z".to_owned(), id: hit.id }
        }
    })
}

fn title(group: &GroupRecord) -> String {
    let names: Vec<&str> = group.parties.iter().map(|party| party.name.as_str()).collect();
    let place = group.place.as_ref().map(|place| place.name.as_str());
    let parts = [Some(names.join(", ")), place.map(ToOwned::to_owned), group.time.clone().or_else(|| group.latest.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", group.type_code.replace('_', " "), parts.join(" · "))
}

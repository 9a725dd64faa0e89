//! Search: what a question finds, why each hit is one, of what kinds they are, and how to ask on.

mod bars;
mod facets;
mod hit;
pub(crate) mod overview;

use std::sync::OnceLock;

use sayso::linking::actors_meant;
use sayso::question::{Countries, Question, Remark, Term};
use sayso::types::record::GroupKind;
use sayso_store::query::find::{Clause, Found, Summary, Summed, Wanted};
use sayso_store::query::{Counted, Cursor, Paging, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

pub(crate) use bars::{Bar, Histogram};
pub(crate) use facets::{Facet, FacetValue};
pub(crate) use hit::{ActorHit, Carried, DocumentHit, GroupHit, Hit, Piece, Quote, StatementHit};

/// So many hits stand on a page where nobody says otherwise, and so many at most.
pub(crate) const HITS: usize = 50;
pub(crate) const MOST_HITS: usize = 200;

/// The countries that questions name.
pub(crate) fn countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    // The table is part of the program; without it, countries go by their codes.
    COUNTRIES.get_or_init(|| Countries::embedded().unwrap_or_default())
}

/// As what a question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum As {
    /// The events that statements tell of together.
    #[default]
    Events,
    /// Relations of two actors.
    Relations,
    /// Series of estimates.
    Estimates,
    /// Actors.
    Actors,
    /// Documents.
    Documents,
    /// Single statements.
    Statements,
}

impl As {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [As; 6] = [As::Events, As::Documents, As::Actors, As::Relations, As::Estimates, As::Statements];

    /// As an address writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            As::Events => "events",
            As::Relations => "relations",
            As::Estimates => "estimates",
            As::Actors => "actors",
            As::Documents => "documents",
            As::Statements => "statements",
        }
    }

    /// The kind of group that it is.
    pub(crate) fn group(self) -> Option<GroupKind> {
        match self {
            As::Events => Some(GroupKind::Event),
            As::Relations => Some(GroupKind::Relation),
            As::Estimates => Some(GroupKind::Estimate),
            As::Actors | As::Documents | As::Statements => None,
        }
    }
}

/// What is asked, as what, and which page.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    /// The question as a person wrote it.
    pub(crate) q: String,
    /// As what it is answered.
    pub(crate) as_: As,
    /// What the page before said of where this one begins.
    pub(crate) cursor: Option<String>,
    /// How many hits at most.
    pub(crate) limit: usize,
}

/// What a question finds.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    /// The question as it was understood: another text asks the same, this one is it.
    pub(crate) q: String,
    /// As what it is answered.
    #[serde(rename = "as")]
    pub(crate) as_: As,
    /// What of the question was not understood.
    pub(crate) remarks: Vec<RemarkTold>,
    /// How many hits there are on all pages.
    pub(crate) tally: TallyTold,
    /// How many there are of the other kinds, where that is known.
    pub(crate) kinds: Vec<KindTold>,
    /// Those of this page.
    pub(crate) hits: Vec<Hit>,
    /// The `cursor` of the next page; `null` on the last one.
    pub(crate) next: Option<String>,
    /// Counts by what the question can be narrowed by.
    pub(crate) facets: Vec<Facet>,
    /// How many there are in which time.
    pub(crate) histogram: Histogram,
}

/// What of a question was not understood.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemarkTold {
    /// Code points before it.
    pub(crate) at: usize,
    /// As it was written.
    pub(crate) written: String,
    /// What is amiss, and what was made of it.
    pub(crate) why: String,
}

/// A number, and whether there may be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TallyTold {
    /// How many were counted.
    pub(crate) number: u64,
    /// Whether that is all of them; else there are at least so many.
    pub(crate) exact: bool,
}

/// How many there are of a kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct KindTold {
    /// Of which.
    #[serde(rename = "as")]
    pub(crate) as_: As,
    /// How many.
    pub(crate) tally: TallyTold,
}

/// Of which hits a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedTold {
    /// Whether of all of them.
    pub(crate) wholly: bool,
    /// Else of so many, the newest.
    pub(crate) newest: Option<u64>,
}

impl From<Tally> for TallyTold {
    fn from(tally: Tally) -> TallyTold {
        TallyTold { number: tally.number(), exact: matches!(tally, Tally::Exactly(_)) }
    }
}

impl From<Counted> for CountedTold {
    fn from(counted: Counted) -> CountedTold {
        match counted {
            Counted::All => CountedTold { wholly: true, newest: None },
            Counted::Newest(number) => CountedTold { wholly: false, newest: Some(number) },
        }
    }
}

impl From<Remark> for RemarkTold {
    fn from(remark: Remark) -> RemarkTold {
        RemarkTold { at: remark.at, written: remark.written, why: remark.why }
    }
}

/// A question as the record is asked.
pub(crate) struct Put {
    /// As it was understood.
    pub(crate) question: Question,
    /// What of it was not.
    pub(crate) remarks: Vec<Remark>,
    clauses: Vec<Clause>,
}

impl Put {
    /// A text as the record is asked, names of actors looked up in it.
    pub(crate) fn of(reader: Reader<'_>, countries: &Countries, q: &str) -> Result<Put, Fault> {
        let (question, remarks) = Question::read(q);
        let clauses = question.clauses(countries, |name| actors_meant(reader.record, name))?;
        Ok(Put { question, remarks, clauses })
    }

    /// What the store is asked for one page.
    pub(crate) fn wanted(&self, cursor: Option<&str>, limit: usize, summed: Summed) -> Result<Wanted, Fault> {
        let after =
            match cursor.filter(|cursor| !cursor.is_empty()) {
                Some(text) => Some(text.parse::<Cursor>().map_err(|error| {
                    Fault::invalid(error.to_string(), "Take `next` of the page before as it is, or leave `cursor` out.")
                })?),
                None => None,
            };
        Ok(Wanted { clauses: self.clauses.clone(), paging: Paging { limit, after }, summed })
    }
}

impl SearchAnswer {
    /// The answer to a question.
    pub(crate) fn of(reader: Reader<'_>, countries: &Countries, asking: &Asking) -> Result<SearchAnswer, Fault> {
        let put = Put::of(reader, countries, &asking.q)?;
        let wanted = put.wanted(asking.cursor.as_deref(), asking.limit.clamp(1, MOST_HITS), Summed::Wholly)?;
        let (hits, found) = hits(reader, asking.as_, &wanted)?;
        let summary = found.summary.unwrap_or_default();
        let by_time = |term: fn(sayso::question::Span) -> Term| Histogram::of(&summary, &put.question, term);
        Ok(SearchAnswer {
            q: put.question.to_string(),
            as_: asking.as_,
            tally: found.tally.into(),
            kinds: kinds(&summary, asking.as_, found.tally),
            hits,
            next: found.next.map(|cursor| cursor.to_string()),
            facets: facets::facets(&summary, &put.question, countries),
            histogram: by_time(if asking.as_ == As::Documents { Term::Told } else { Term::Date }),
            remarks: put.remarks.into_iter().map(RemarkTold::from).collect(),
        })
    }
}

/// What was found beside the hits themselves.
pub(crate) struct Rest {
    /// How many were found.
    pub(crate) tally: Tally,
    /// Where the next page begins.
    pub(crate) next: Option<Cursor>,
    /// Of what kinds they are.
    pub(crate) summary: Option<Summary>,
}

/// The hits of a page.
pub(crate) fn hits(reader: Reader<'_>, as_: As, wanted: &Wanted) -> Result<(Vec<Hit>, Rest), Fault> {
    fn taken<T>(found: Found<T>, hit: impl Fn(T) -> Hit) -> (Vec<Hit>, Rest) {
        let Found { items, next, tally, summary } = found;
        (items.into_iter().map(hit).collect(), Rest { tally, next, summary })
    }
    let (mut hits, rest) = match (as_, as_.group()) {
        (_, Some(kind)) => taken(reader.record.find_groups(wanted, kind)?, |found| Hit::Group(GroupHit::of(found))),
        (As::Documents, _) => taken(reader.record.find_documents(wanted)?, |found| Hit::Document(DocumentHit::of(found))),
        (As::Actors, _) => taken(reader.record.find_actors(wanted)?, |found| Hit::Actor(ActorHit::of(found))),
        (_, None) => taken(reader.record.find_statements(wanted)?, |found| Hit::Statement(StatementHit::of(found))),
    };
    Hit::mark_restricted(&mut hits, reader.record)?;
    Ok((hits, rest))
}

fn kinds(summary: &Summary, as_: As, tally: Tally) -> Vec<KindTold> {
    let of = |as_: As, tally: Tally| KindTold { as_, tally: tally.into() };
    let mut told = Vec::new();
    for each in As::ALL {
        if each == as_ {
            told.push(of(each, tally));
        } else if let Some(tally) = each.group().and_then(|kind| summary.kinds.get(&kind)) {
            told.push(of(each, *tally));
        }
    }
    told
}

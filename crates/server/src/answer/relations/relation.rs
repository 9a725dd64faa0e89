//! One relation: its periods, and the quotes for and against it with who says so.

use sayso::linking::View;
use sayso::types::record::{GroupRecord, PropositionRecord, StatementRecord};
use sayso::types::{Modality, Phase};
use sayso_linking::account::Profile;
use sayso_linking::relation::{Relation, Reversal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::event::{Asked, account};
use crate::desk::Reader;
use crate::fault::Fault;

/// A relation with all that is told of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelationAnswer {
    /// In short.
    pub(crate) summary: GroupRecord,
    /// Its periods and its independent sources.
    pub(crate) relation: Relation,
    /// Where it turned, with the other relations of the two.
    pub(crate) reversals: Vec<Reversal>,
    /// What tells of it: its beginning, that it holds, its end, that it is not so, plans. In the order of days.
    pub(crate) quotes: Vec<Quote>,
}

/// A sentence that tells of a relation.
#[derive(Serialize, ToSchema)]
#[schema(as = RelationQuote)]
pub(crate) struct Quote {
    /// For what it speaks.
    pub(crate) side: Side,
    /// The statement, with its words and who says so.
    pub(crate) statement: StatementRecord,
    /// The document's headline or id.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// The day on which it was told.
    #[schema(value_type = Option<String>)]
    pub(crate) day: Option<jiff::civil::Date>,
    /// The independent source as which it counts; `null` where it adds none.
    pub(crate) source: Option<String>,
    /// Why it adds none.
    pub(crate) uncounted: Option<String>,
}

/// For what a sentence on a relation speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    /// It begins.
    Begins,
    /// It holds.
    Holds,
    /// It has ended.
    Ends,
    /// It is not so.
    Denied,
    /// It is to be, or would be.
    Planned,
}

impl Side {
    pub(crate) const ALL: [Side; 5] = [Side::Begins, Side::Holds, Side::Ends, Side::Denied, Side::Planned];

    /// For what a statement speaks.
    pub(crate) fn of(statement: &StatementRecord) -> Side {
        let told = matches!(statement.modality, Modality::Asserted | Modality::Probable | Modality::Possible);
        match statement.proposition {
            _ if statement.negated => Side::Denied,
            _ if !told => Side::Planned,
            PropositionRecord::Relation { phase: Phase::Begins, .. } => Side::Begins,
            PropositionRecord::Relation { phase: Phase::Ends, .. } => Side::Ends,
            _ => Side::Holds,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Side::Begins => "begins",
            Side::Holds => "holds",
            Side::Ends => "ends",
            Side::Denied => "denied",
            Side::Planned => "planned",
        }
    }
}

impl RelationAnswer {
    /// The relation of an id, or of the one id that begins so.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<Asked<RelationAnswer>, Fault> {
        let (view, _) = match account(reader, id, Profile::default())? {
            Asked::Stands(stands) => *stands,
            Asked::Became(groups) => return Ok(Asked::Became(groups)),
        };
        let View::Relation(found) = view else {
            return Err(Fault::unknown(format!("`{id}` is no relation"), "Events are under /event, series under /estimate."));
        };
        let independence = &found.relation.independence;
        let mut quotes: Vec<Quote> = found
            .told_by
            .into_iter()
            .map(|told| {
                let id = &told.statement.id;
                let source = independence.sources.iter().find(|source| source.statements.contains(id));
                let uncounted = independence.uncounted.iter().find(|one| one.statement == *id);
                Quote {
                    side: Side::of(&told.statement),
                    source: source.map(|source| source.name.clone()),
                    uncounted: uncounted.filter(|_| source.is_none()).map(|one| one.why.clone()),
                    title: told.title,
                    publisher: told.publisher,
                    day: told.day,
                    statement: told.statement,
                }
            })
            .collect();
        quotes.sort_by_key(|quote| quote.day);
        let answer = RelationAnswer { summary: found.summary, relation: found.relation, reversals: found.reversals, quotes };
        Ok(Asked::Stands(Box::new(answer)))
    }
}

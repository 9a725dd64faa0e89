//! Is it restricted, and who says so? Only told to those who may see it: others see neither it nor the mark.

use sayso_store::DecisionId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// The mark by which something is restricted: its own, or that of what it belongs to or rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Restriction {
    /// The decision, by number.
    pub(crate) decision: i64,
    /// What was decided: "restricted document d3".
    pub(crate) what: String,
    /// Who decided.
    pub(crate) by: String,
    /// When, in RFC 3339.
    pub(crate) at: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
}

impl Restriction {
    fn of(reader: Reader<'_>, decision: DecisionId) -> Result<Restriction, Fault> {
        let decided = reader.record.decision(decision)?;
        let what = sayso::decide::sentence(&decided.action);
        Ok(Restriction { decision: decision.0, what, by: decided.who, at: decided.at, why: decided.why })
    }

    /// That of a document.
    pub(crate) fn of_document(reader: Reader<'_>, id: &str) -> Result<Option<Restriction>, Fault> {
        reader.record.restricted()?.documents.get(id).map(|decision| Restriction::of(reader, *decision)).transpose()
    }

    /// That of a statement of a document.
    pub(crate) fn of_statement(reader: Reader<'_>, id: &str, document: &str) -> Result<Option<Restriction>, Fault> {
        reader.record.restricted()?.statement(id, document).map(|decision| Restriction::of(reader, decision)).transpose()
    }

    /// That of an event, relation or series.
    pub(crate) fn of_group(reader: Reader<'_>, id: &str) -> Result<Option<Restriction>, Fault> {
        let restricted = reader.record.restricted_groups(&reader.record.restricted()?, &[id])?;
        restricted.get(id).map(|decision| Restriction::of(reader, *decision)).transpose()
    }
}

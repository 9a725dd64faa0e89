//! What does the record hold at a glance? Its size, what was read last, and questions to begin with.

use sayso::types::record::GroupKind;
use sayso_store::Moment;
use sayso_store::query::find::{FindFacet, Summed, Wanted};
use sayso_store::query::{ChangeOf, GroupFilter, Paging};
use serde::Serialize;
use utoipa::ToSchema;

use super::hit::DocumentHit;
use super::{As, KindTold, TallyTold};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many documents are named as read last.
const LAST_READ: usize = 8;

/// So many example questions are offered of each sort.
const EXAMPLES: usize = 3;

/// A record at a glance.
#[derive(Serialize, ToSchema)]
pub(crate) struct Overview {
    /// How many documents were read; former texts of one count as well.
    pub(crate) documents: u64,
    /// How many statements were coded; former readings count as well.
    pub(crate) statements: u64,
    /// How many events, relations and series there are.
    pub(crate) kinds: Vec<KindTold>,
    /// RFC 3339: when the record was changed last; `null` where it never was.
    pub(crate) changed: Option<String>,
    /// The documents read last.
    pub(crate) last_read: Vec<DocumentHit>,
    /// Questions that find something in this record.
    pub(crate) examples: Vec<String>,
}

impl Overview {
    /// The overview of a record.
    pub(crate) fn of(reader: Reader<'_>) -> Result<Overview, Fault> {
        let record = reader.record;
        let (documents, statements) = record.extent()?;
        let mut kinds = Vec::new();
        for as_ in As::ALL {
            if let Some(kind) = as_.group() {
                let tally = record.count_groups(&GroupFilter { kinds: vec![kind], ..GroupFilter::default() })?;
                kinds.push(KindTold { as_, tally: TallyTold::from(tally) });
            }
        }
        let last = record.changes(ChangeOf::Documents, &Moment::Time(String::new()), &Paging { limit: 1, after: None })?;
        let wanted = |summed| Wanted { clauses: Vec::new(), paging: Paging { limit: LAST_READ, after: None }, summed };
        let last_read = record.find_documents(&wanted(Summed::Not))?.items.into_iter().map(DocumentHit::of).collect();
        Ok(Overview {
            documents,
            statements,
            kinds,
            changed: last.items.first().map(|change| change.at.clone()),
            last_read,
            examples: examples(reader)?,
        })
    }
}

/// Questions made of what is most told of.
fn examples(reader: Reader<'_>) -> Result<Vec<String>, Fault> {
    let paging = Paging { limit: 0, after: None };
    let found = reader.record.find_groups(&Wanted { clauses: Vec::new(), paging, summed: Summed::Wholly }, GroupKind::Event)?;
    let facets = found.summary.map(|summary| summary.facets).unwrap_or_default();
    let values = |facet: FindFacet| -> Vec<String> {
        let counts = facets.iter().find(|counts| counts.facet == facet);
        counts
            .map(|counts| counts.values.iter().filter_map(|count| count.name.clone().or_else(|| count.value.clone())).collect())
            .unwrap_or_default()
    };
    let quoted = |text: &String| if text.contains(' ') { format!("\"{}\"", text.replace('"', " ")) } else { text.clone() };
    let (actors, countries, types) = (values(FindFacet::Actor), values(FindFacet::Country), values(FindFacet::Type));
    let mut examples: Vec<String> = actors.iter().take(EXAMPLES).map(|actor| format!("actor:{}", quoted(actor))).collect();
    if let (Some(code), Some(country)) = (types.first(), countries.first()) {
        examples.push(format!("type:{code} country:{country}"));
    }
    if values(FindFacet::Status).iter().any(|status| status == "contested") {
        examples.push("status:contested sources:>=2".to_owned());
    }
    examples.push("killed -review:accepted".to_owned());
    Ok(examples)
}

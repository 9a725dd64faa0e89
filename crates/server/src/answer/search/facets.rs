//! By what can a question be narrowed? Each value with the question that adds it, or takes it out again.

use sayso::question::{Countries, Origin, Question, Reviewed, Term};
use sayso::types::Modality;
use sayso::types::decision::Status;
use sayso_store::query::find::{FindFacet, Summary, ValueCount};
use serde::Serialize;
use utoipa::ToSchema;

use super::CountedTold;

/// Counts by something that a question can be narrowed by.
#[derive(Serialize, ToSchema)]
pub(crate) struct Facet {
    /// By what.
    pub(crate) facet: FacetName,
    /// Of which hits the counts are.
    pub(crate) counted: CountedTold,
    /// Most first.
    pub(crate) values: Vec<FacetValue>,
}

/// By what hits are counted: as the field of the query language is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FacetName {
    /// Type.
    Type,
    /// Country of the place.
    Country,
    /// Who takes part.
    Actor,
    /// How far an event is established.
    Status,
    /// Independent sources; 3 stands for three or more.
    Sources,
    /// Whether sources differ.
    Disputed,
    /// Who says so.
    Source,
    /// The document's publisher.
    Publisher,
    /// Whether the document repeats another.
    Origin,
    /// How surely.
    Modality,
    /// What people decided.
    Review,
}

impl FacetName {
    /// The heading over its values.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            FacetName::Type => "Type",
            FacetName::Country => "Country",
            FacetName::Actor => "Actor",
            FacetName::Status => "Status",
            FacetName::Sources => "Independent sources",
            FacetName::Disputed => "Sources differ",
            FacetName::Source => "Who says so",
            FacetName::Publisher => "Publisher",
            FacetName::Origin => "Copy or own text",
            FacetName::Modality => "How surely",
            FacetName::Review => "Review",
        }
    }
}

/// One value, and how many hits have it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FacetValue {
    /// The code, id or name; `null` where there is none.
    pub(crate) value: Option<String>,
    /// What to call it.
    pub(crate) name: String,
    /// How many hits have it.
    pub(crate) number: u64,
    /// Whether the question asks for it already.
    pub(crate) chosen: bool,
    /// The question that adds it, or where it is chosen takes it out; `null` where none can be asked.
    pub(crate) q: Option<String>,
}

/// All facets of what was found.
pub(super) fn facets(summary: &Summary, question: &Question, countries: &Countries) -> Vec<Facet> {
    let told = summary.facets.iter().map(|counts| {
        let facet = name_of(counts.facet);
        let values = counts.values.iter().map(|count| value(facet, count, question, countries)).collect();
        Facet { facet, counted: counts.counted.into(), values }
    });
    told.filter(|facet: &Facet| !facet.values.is_empty()).collect()
}

fn value(facet: FacetName, count: &ValueCount, question: &Question, countries: &Countries) -> FacetValue {
    let term = count.value.as_deref().map_or_else(|| without_value(facet), |value| term(facet, value));
    let chosen = term.as_ref().is_some_and(|term| question.has(term));
    let q = term.map(|term| if chosen { question.without(&term) } else { question.with(term) }.to_string());
    FacetValue { value: count.value.clone(), name: called(facet, count, countries), number: count.number, chosen, q }
}

fn term(facet: FacetName, value: &str) -> Option<Term> {
    let text = value.replace(['"', '“', '”'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    Some(match facet {
        FacetName::Type => Term::Type(text),
        FacetName::Country => Term::Country(text),
        FacetName::Actor => Term::Actor(text),
        FacetName::Status => Term::Status(Status::of_str(value)?),
        FacetName::Sources => Term::Sources(value.parse().ok()?),
        FacetName::Disputed => Term::Disputed(value == "yes"),
        FacetName::Source => Term::Source(text),
        FacetName::Publisher => Term::Publisher(text),
        FacetName::Origin => Term::Origin(if value == "copy" { Origin::Copy } else { Origin::Own }),
        FacetName::Modality => Term::Modality(Modality::of_str(value)?),
        FacetName::Review => Term::Review(match value {
            "accepted" => Reviewed::Accepted,
            "rejected" => Reviewed::Rejected,
            "corrected" => Reviewed::Corrected,
            _ => return None,
        }),
    })
}

/// What asks for those that have no value.
fn without_value(facet: FacetName) -> Option<Term> {
    (facet == FacetName::Review).then_some(Term::Review(Reviewed::Never))
}

fn called(facet: FacetName, count: &ValueCount, countries: &Countries) -> String {
    let Some(value) = count.value.as_deref() else {
        let none = match facet {
            FacetName::Country => "no country known",
            FacetName::Source => "the document itself",
            FacetName::Publisher => "publisher unknown",
            FacetName::Review => "never reviewed",
            FacetName::Status => "without a status",
            _ => "unknown",
        };
        return none.to_owned();
    };
    match facet {
        FacetName::Type => value.replace('_', " "),
        FacetName::Country => countries.name(value).unwrap_or(value).to_owned(),
        FacetName::Sources => match value {
            "1" => "1 and more".to_owned(),
            number => format!("{number} or more"),
        },
        FacetName::Disputed => if value == "yes" { "sources differ" } else { "sources agree" }.to_owned(),
        FacetName::Origin => if value == "copy" { "told in a copy" } else { "told in an own text" }.to_owned(),
        _ => count.name.clone().unwrap_or_else(|| value.to_owned()),
    }
}

fn name_of(facet: FindFacet) -> FacetName {
    match facet {
        FindFacet::Type => FacetName::Type,
        FindFacet::Country => FacetName::Country,
        FindFacet::Actor => FacetName::Actor,
        FindFacet::Status => FacetName::Status,
        FindFacet::Sources => FacetName::Sources,
        FindFacet::Disputed => FacetName::Disputed,
        FindFacet::Source => FacetName::Source,
        FindFacet::Publisher => FacetName::Publisher,
        FindFacet::Origin => FacetName::Origin,
        FindFacet::Modality => FacetName::Modality,
        FindFacet::Review => FacetName::Review,
    }
}

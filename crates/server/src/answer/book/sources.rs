//! Who says and who carries what stands in the record, how much, and how reliable do people hold them to be?

use std::collections::BTreeMap;

use sayso::types::decision::{Action, Reliability};
use sayso_store::DecisionFilter;
use sayso_store::query::{SourceCount, SourceFilter, SourceOf};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::USUAL;
use crate::answer::paged::{Count, PageAsked, Paged};
use crate::desk::Reader;
use crate::fault::Fault;

/// Which sources.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SourcesAsked {
    /// `informants` (who says so; without it, these) or `publishers`.
    pub(crate) of: Option<String>,
    /// Whose names begin so, in the order of names; without it all, those who tell most first.
    pub(crate) begins: Option<String>,
}

/// A source.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SourceLine {
    /// By what decisions name it: an informant's registry id, else its name or words; a publisher's name.
    pub(crate) source: String,
    /// What to call it.
    pub(crate) name: String,
    /// Whether the registry has it as an actor.
    pub(crate) registered: bool,
    /// How many statements it tells or carries; those of former versions too.
    pub(crate) statements: Count,
    /// In how many documents.
    pub(crate) documents: Count,
    /// How reliable people hold it to be.
    pub(crate) graded: Option<Graded>,
}

/// How reliable people hold a source to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Graded {
    /// The Admiralty code's grade.
    pub(crate) grade: Reliability,
    /// The decision, by number.
    pub(crate) decision: i64,
    /// Who decided.
    pub(crate) who: String,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
}

/// Sources with their grades.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SourcesAnswer {
    /// By source, the grades that hold.
    pub(crate) grades: BTreeMap<String, Graded>,
    /// The sources of the page.
    #[serde(flatten)]
    pub(crate) page: Paged<SourceLine>,
}

/// The sources that are asked for.
pub(crate) fn sources(reader: Reader<'_>, asked: &SourcesAsked, page: &PageAsked) -> Result<SourcesAnswer, Fault> {
    let of = match asked.of.as_deref().map(str::trim).unwrap_or_default() {
        "" | "informants" => SourceOf::Informants,
        "publishers" => SourceOf::Publishers,
        other => return Err(Fault::invalid(format!("`{other}` are no sources"), "Write informants or publishers after `of=`.")),
    };
    let begins = asked.begins.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    let grades = grades(reader)?;
    let listed = reader.record.sources(&SourceFilter { of, begins, paging: page.paging(USUAL)? })?;
    Ok(SourcesAnswer { page: Paged::of(listed, |count| line(reader, count, &grades)), grades })
}

fn line(reader: Reader<'_>, count: SourceCount, grades: &BTreeMap<String, Graded>) -> SourceLine {
    let known = reader.linker.actors().name(&count.name);
    let graded = grades.get(&count.name).or_else(|| known.and_then(|name| grades.get(name))).cloned();
    SourceLine {
        name: known.unwrap_or(&count.name).to_owned(),
        registered: known.is_some(),
        statements: count.statements.into(),
        documents: count.documents.into(),
        graded,
        source: count.name,
    }
}

/// The grades that hold, by source; a later one goes before an earlier one.
fn grades(reader: Reader<'_>) -> Result<BTreeMap<String, Graded>, Fault> {
    let filter = DecisionFilter { actions: vec!["reliability".to_owned()], only_holding: true, ..DecisionFilter::default() };
    let mut grades = BTreeMap::new();
    for decision in reader.record.decisions(&filter)? {
        if let Action::Reliability { source, grade } = decision.action {
            let (who, at, why) = (decision.who, decision.at, decision.why);
            grades.insert(source, Graded { grade, decision: decision.id.0, who, at, why });
        }
    }
    Ok(grades)
}

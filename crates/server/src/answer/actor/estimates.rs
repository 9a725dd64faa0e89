//! How strong is an actor told to be, and what else of it is counted? Each number as it was told, with its words and its day.

use sayso::types::record::{GroupKind, GroupRecord, QuantityRecord};
use sayso::types::{EstimateType, Modality};
use sayso_store::query::{Cited, GroupFilter, Paging};
use serde::Serialize;
use utoipa::ToSchema;

use super::speaker;
use super::who::Who;
use crate::desk::Reader;
use crate::fault::Fault;

/// So many series are shown, and of each so many statements.
const MOST_SERIES: usize = 6;
const MOST_TOLD: usize = 100;

/// One number of an actor over time.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ActorSeries)]
pub(crate) struct Series {
    /// In short.
    pub(crate) summary: GroupRecord,
    /// The numbers, by day, those without a day last.
    pub(crate) points: Vec<Point>,
    /// Whether there are more statements than these are of.
    pub(crate) more: bool,
}

/// A number as it was told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ActorPoint)]
pub(crate) struct Point {
    /// The statement's id.
    pub(crate) statement: String,
    /// The last day of the time of which it tells, else of its publication.
    pub(crate) day: Option<String>,
    /// The time of which it tells (EDTF); `null` where only the publication dates it.
    pub(crate) time: Option<String>,
    /// The words: "as many as 7,000 fighters".
    pub(crate) words: String,
    /// Lowest that they can mean.
    pub(crate) low: Option<u64>,
    /// Most likely.
    pub(crate) best: Option<u64>,
    /// Highest that they can mean.
    pub(crate) high: Option<u64>,
    /// Which rule read the words.
    pub(crate) rule: String,
    /// How surely it is told.
    pub(crate) modality: Modality,
    /// The hedging words.
    pub(crate) hedge: Option<String>,
    /// Whether it is told as not so.
    pub(crate) negated: bool,
    /// Who says so, closest to the fact; `null` is the document's own voice.
    pub(crate) said_by: Option<String>,
    /// The sentence.
    pub(crate) sentence: String,
    /// The document's id.
    pub(crate) document: String,
    /// Its headline.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// When (EDTF).
    pub(crate) published: Option<String>,
    /// Its address.
    pub(crate) url: Option<String>,
}

impl Point {
    /// Whether something makes the number less sure than a plain one.
    pub(crate) fn is_hedged(&self) -> bool {
        self.modality != Modality::Asserted || self.negated
    }
}

/// The series of an actor: strength first, then those that were told last.
pub(super) fn series(reader: Reader<'_>, who: &Who) -> Result<Vec<Series>, Fault> {
    let filter = GroupFilter {
        kinds: vec![GroupKind::Estimate],
        actors: who.stands_as.clone(),
        paging: Paging { limit: MOST_SERIES, after: None },
        ..GroupFilter::default()
    };
    let strength = GroupFilter { types: vec![EstimateType::Strength.as_str().to_owned()], ..filter.clone() };
    let mut groups = reader.record.groups(&strength)?.items;
    let others = reader.record.groups(&filter)?.items;
    groups.extend(others.into_iter().filter(|group| group.type_code != EstimateType::Strength.as_str()));
    groups.truncate(MOST_SERIES);
    groups.into_iter().map(|group| one(reader, group)).collect()
}

fn one(reader: Reader<'_>, summary: GroupRecord) -> Result<Series, Fault> {
    let cited = reader.record.group_cited(&summary.id, &Paging { limit: MOST_TOLD, after: None })?;
    let mut points: Vec<Point> = cited.items.iter().flat_map(points).collect();
    points.sort_by(|one, other| (one.day.is_none(), &one.day).cmp(&(other.day.is_none(), &other.day)));
    Ok(Series { summary, points, more: cited.next.is_some() })
}

fn points(cited: &Cited) -> Vec<Point> {
    let (statement, document) = (&cited.statement, &cited.document);
    let time = statement.time.as_ref();
    let point = |quantity: &QuantityRecord| Point {
        statement: statement.id.clone(),
        day: time.and_then(|time| time.latest.clone()).or_else(|| document.day.clone()),
        time: time.map(|time| time.edtf.clone()),
        words: quantity.words.text.clone(),
        low: quantity.low,
        best: quantity.best,
        high: quantity.high,
        rule: quantity.rule.as_str().to_owned(),
        modality: statement.modality,
        hedge: statement.hedge.as_ref().map(|hedge| hedge.text.clone()),
        negated: statement.negated,
        said_by: speaker(statement),
        sentence: statement.evidence.words.text.clone(),
        document: document.id.clone(),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        published: document.published.clone(),
        url: document.url.clone(),
    };
    statement.quantities.iter().map(point).collect()
}

//! Of what kinds is what was found? By facet the values with how many have them, and how many there are of each day.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::GroupKind;

use super::Counted;
use super::groups::Short;
use crate::query::Tally;
use crate::{Error, Record};

/// Of so many found, the newest, it is counted who takes part.
const SAMPLED: usize = 2_000;

/// Of so many, who says so, who published them and what people decided: their statements are read for it.
const SAMPLED_DEEPLY: usize = 400;

/// So many values of a facet are told.
const MOST_VALUES: usize = 20;

/// What was found, summed up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many of each kind of group were found, or at least so many.
    pub kinds: BTreeMap<GroupKind, Tally>,
    /// How many there are of each day, first day first. Of documents the day of publication.
    pub days: Vec<DayCount>,
    /// Whether all were counted by day.
    pub days_counted: Counted,
    /// By facet, the values.
    pub facets: Vec<FacetCounts>,
}

/// How many there are of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The last possible day; `9999-12-31` where it is open, empty where no time is known.
    pub day: String,
    /// How many.
    pub number: u64,
}

/// By what things found are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindFacet {
    /// Type code.
    Type,
    /// Country code.
    Country,
    /// Who takes part.
    Actor,
    /// How far it is established.
    Status,
    /// By how many independent sources it is told: 1, 2, or 3 for three and more.
    Sources,
    /// Whether sources differ: yes, no.
    Disputed,
    /// Who says so, closest to the fact; `None` is the document's own voice.
    Source,
    /// The document's publisher.
    Publisher,
    /// Whether the document repeats another: copy, own.
    Origin,
    /// How surely.
    Modality,
    /// What people decided; `None` is nothing yet.
    Review,
}

/// The values of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which.
    pub facet: FindFacet,
    /// Most first.
    pub values: Vec<ValueCount>,
    /// Of how many it is.
    pub counted: Counted,
}

/// How many have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// The code, id or name; `None` where there is none.
    pub value: Option<String>,
    /// What to call it, where that is another.
    pub name: Option<String>,
    /// How many.
    pub number: u64,
}

/// What the keys of a sample are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    Groups,
    Statements,
    Documents,
}

impl Record {
    /// Groups that were found, by facets.
    pub(super) fn summary_of_groups(&self, found: &[Short], counted: Counted) -> Result<Summary, Error> {
        let text = |value: &str| Some(value.to_owned());
        let count =
            |facet, value: &dyn Fn(&Short) -> Option<String>| FacetCounts { facet, values: most_first(found.iter().map(value)), counted };
        let mut facets = vec![
            count(FindFacet::Type, &|short| text(&short.type_code)),
            count(FindFacet::Country, &|short| short.country.clone()),
            count(FindFacet::Status, &|short| short.status.clone()),
            count(FindFacet::Sources, &|short| Some(short.sources.clamp(1, 3).to_string())),
            count(FindFacet::Disputed, &|short| text(if short.disputed { "yes" } else { "no" })),
        ];
        let keys: Vec<i64> = found.iter().map(|short| short.key).collect();
        facets.push(self.actors_of_groups(&keys, counted)?);
        facets.extend(self.deeper(&keys, Sample::Groups, counted)?);
        Ok(Summary { facets, days_counted: counted, ..Summary::default() })
    }

    fn actors_of_groups(&self, keys: &[i64], counted: Counted) -> Result<FacetCounts, Error> {
        let (keys, counted) = sample(keys, SAMPLED, counted);
        let sql = format!(
            "SELECT p.actor, max(p.name), count(DISTINCT p.grouped) FROM json_each(?) AS k CROSS JOIN parties AS p ON p.grouped = k.value
             WHERE p.role IN ('actor', 'recipient') GROUP BY p.actor ORDER BY 3 DESC, 1 LIMIT {MOST_VALUES}"
        );
        Ok(FacetCounts { facet: FindFacet::Actor, values: self.values(&sql, keys)?, counted })
    }

    /// Who says so, who published, whether that is a copy, and what people decided, of the statements of a sample.
    pub(super) fn deeper(&self, keys: &[i64], of: Sample, counted: Counted) -> Result<Vec<FacetCounts>, Error> {
        let (keys, counted) = sample(keys, SAMPLED_DEEPLY, counted);
        let (member, standing) = (self.view.holds("m"), format!("{} AND {}", self.view.holds("s"), self.view.is_latest("s")));
        let from = match of {
            Sample::Groups => format!(
                "json_each(?) AS k CROSS JOIN groups AS g ON g.key = k.value
                 CROSS JOIN members AS m INDEXED BY members_by_group ON m.group_id = g.id AND {member}
                 CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = m.statement"
            ),
            Sample::Statements => {
                "json_each(?) AS k CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = k.value".to_owned()
            }
            Sample::Documents => format!(
                "json_each(?) AS k CROSS JOIN statements AS s INDEXED BY statements_by_document ON s.document = k.value AND {standing}"
            ),
        };
        let said = format!(
            "SELECT coalesce(p.actor_id, p.name, p.words), max(coalesce(p.name, p.words)), count(DISTINCT k.value) FROM {from}
             LEFT JOIN participants AS p INDEXED BY participants_by_statement ON p.statement = s.key AND p.part = 'source' AND p.distance = 0
             WHERE TRUE GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {MOST_VALUES}"
        );
        let published = format!(
            "SELECT d.publisher, NULL, count(DISTINCT k.value) FROM {from}
             CROSS JOIN documents AS d INDEXED BY documents_by_document ON d.document = s.document
             WHERE {} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {MOST_VALUES}",
            self.view.holds("d")
        );
        let copied = format!(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM origins AS o WHERE o.document = s.document AND {}) THEN 'copy' ELSE 'own' END, NULL,
                    count(DISTINCT k.value) FROM {from} WHERE TRUE GROUP BY 1 ORDER BY 3 DESC",
            self.view.holds("o")
        );
        let by = |column: &str| {
            format!(
                "SELECT {column}, NULL, count(DISTINCT k.value) FROM {from} WHERE TRUE GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {MOST_VALUES}"
            )
        };
        let mut facets = Vec::new();
        for (facet, sql) in [
            (FindFacet::Source, said),
            (FindFacet::Publisher, published),
            (FindFacet::Origin, copied),
            (FindFacet::Modality, by("s.modality")),
            (FindFacet::Review, by("s.review")),
        ] {
            facets.push(FacetCounts { facet, values: self.values(&sql, keys)?, counted });
        }
        Ok(facets)
    }

    fn values(&self, sql: &str, keys: &[i64]) -> Result<Vec<ValueCount>, Error> {
        let mut values = Vec::new();
        self.each_row(sql, [Value::from(serde_json::json!(keys).to_string())], |row| {
            let number = row.get::<_, i64>(2)?.unsigned_abs();
            values.push(ValueCount { value: row.get(0)?, name: row.get(1)?, number });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(values)
    }
}

/// The first of what was found, and of how many what is counted of them then is.
fn sample(keys: &[i64], most: usize, counted: Counted) -> (&[i64], Counted) {
    if keys.len() <= most { (keys, counted) } else { (&keys[..most], Counted::Newest(most as u64)) }
}

/// Each value with how often it comes, most first.
pub(super) fn most_first(values: impl Iterator<Item = Option<String>>) -> Vec<ValueCount> {
    let mut counts = BTreeMap::<Option<String>, u64>::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<ValueCount> = counts.into_iter().map(|(value, number)| ValueCount { value, name: None, number }).collect();
    counts.sort_by(|one, other| other.number.cmp(&one.number).then_with(|| one.value.cmp(&other.value)));
    counts.truncate(MOST_VALUES);
    counts
}

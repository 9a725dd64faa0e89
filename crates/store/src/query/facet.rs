//! Of what kinds are the statements that were found? Counts by type, country, publisher, modality and year, to narrow a search by.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::{Cursor, Listed};
use crate::ask::Json;
use crate::{Error, Record};

/// So many statements are looked at for one answer, the last read ones first.
pub(super) const MOST_HITS: usize = 10_000;

/// By what statements are counted and narrowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Type code.
    Type,
    /// ISO 3166-1 alpha-3 code of the place's country.
    Country,
    /// The document's publisher.
    Publisher,
    /// How surely.
    Modality,
    /// The year of the last day that the time can mean.
    Year,
}

impl Facet {
    /// All of them.
    pub const ALL: [Facet; 5] = [Facet::Type, Facet::Country, Facet::Publisher, Facet::Modality, Facet::Year];
}

/// Which statements of those found are meant: by facet the values of which one will do; all facets must hold.
pub type Narrowing = BTreeMap<Facet, Vec<String>>;

/// How many statements have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value; `None` where there is none.
    pub value: Option<String>,
    /// How many statements.
    pub statements: u64,
}

/// Counts of the statements that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many there are, of those that were counted.
    pub statements: u64,
    /// In how many documents.
    pub documents: u64,
    /// Whether all were counted.
    pub counted: Counted,
    /// By facet, the values with how many have them, most first. Within a facet its own narrowing does not count: it says what each
    /// other choice would find.
    pub by: BTreeMap<Facet, Vec<FacetCount>>,
}

/// Of which statements a count is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// All that were found.
    #[default]
    All,
    /// There are more: of so many that were read last.
    Newest(u64),
}

/// Statements, last read one first: SQL that gives their `key`, and the values of its parameters.
pub(super) struct Hits {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// A statement that was found, in short.
pub(super) struct Hit {
    key: i64,
    document: i64,
    values: [Option<String>; Facet::ALL.len()],
}

impl Record {
    /// Hands on the statements found that hold, in short; says of how many it is. At most [`MOST_HITS`] are looked at.
    pub(super) fn each_hit(&self, hits: Hits, mut take: impl FnMut(Hit) -> ControlFlow<()>) -> Result<Walked, Error> {
        let Hits { sql, mut values } = hits;
        let sql = format!(
            "SELECT h.key, s.document, s.type, s.country, s.modality, substr(coalesce(s.latest, s.earliest), 1, 4),
                    {} AND {} AND s.review IS NOT 'rejected'
             FROM ({sql} LIMIT ?) AS h CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = h.key",
            self.view.holds("s"),
            self.view.is_latest("s")
        );
        values.push(Value::from(MOST_HITS as i64));
        let (mut publishers, mut walked) = (BTreeMap::new(), Walked::default());
        self.each_row(&sql, values, |row| {
            let (key, document) = (row.get(0)?, row.get(1)?);
            walked = Walked { looked_at: walked.looked_at + 1, last: (document, key) };
            if !row.get::<_, bool>(6)? {
                return Ok(ControlFlow::Continue(()));
            }
            let publisher = match publishers.get(&document) {
                Some(publisher) => Option::clone(publisher),
                None => publishers.entry(document).or_insert(self.publisher(document)?).clone(),
            };
            let values = [row.get(2)?, row.get(3)?, publisher, row.get(4)?, row.get(5)?];
            Ok(take(Hit { key, document, values }))
        })?;
        Ok(walked)
    }

    fn publisher(&self, document: i64) -> rusqlite::Result<Option<String>> {
        let sql = format!("SELECT publisher FROM documents AS d WHERE d.document = ?1 AND {}", self.view.holds("d"));
        let mut query = self.connection.prepare_cached(&self.narrowed.of(&sql))?;
        let mut rows = query.query([document])?;
        rows.next()?.map_or(Ok(None), |row| row.get(0))
    }

    /// Up to `limit` of the statements found that a narrowing means, last read one first, and where the next page begins.
    pub(super) fn hits_listed(&self, hits: Hits, narrowing: &Narrowing, limit: usize) -> Result<Listed<StatementRecord>, Error> {
        let (mut chosen, mut full) = (Vec::new(), false);
        let walked = self.each_hit(hits, |hit| {
            if hit.fails(narrowing) == Failed::None {
                full = chosen.len() == limit;
                if full {
                    return ControlFlow::Break(());
                }
                chosen.push((hit.document, hit.key));
            }
            ControlFlow::Continue(())
        })?;
        let last = if full { chosen.last().copied() } else { (walked.looked_at >= MOST_HITS).then_some(walked.last) };
        let items = chosen.iter().map(|(_, key)| self.statement_of_key(*key)).collect::<Result<_, _>>()?;
        Ok(Listed { items, next: last.map(|(document, key)| Cursor { place: document.to_string(), key }) })
    }

    /// How many of the statements found have which values.
    pub(super) fn hits_counted(&self, hits: Hits, narrowing: &Narrowing) -> Result<Facets, Error> {
        let mut counts: [BTreeMap<Option<String>, u64>; Facet::ALL.len()] = Default::default();
        let (mut statements, mut documents) = (0, std::collections::BTreeSet::new());
        let walked = self.each_hit(hits, |hit| {
            let failed = hit.fails(narrowing);
            if failed == Failed::None {
                statements += 1;
                documents.insert(hit.document);
            }
            for (at, (facet, value)) in Facet::ALL.iter().zip(hit.values).enumerate() {
                if failed == Failed::None || failed == Failed::Only(*facet) {
                    *counts[at].entry(value).or_default() += 1;
                }
            }
            ControlFlow::Continue(())
        })?;
        let counted = if walked.looked_at < MOST_HITS { Counted::All } else { Counted::Newest(walked.looked_at as u64) };
        let by = Facet::ALL.into_iter().zip(counts.map(most_first)).collect();
        Ok(Facets { statements, documents: documents.len() as u64, counted, by })
    }

    fn statement_of_key(&self, key: i64) -> Result<StatementRecord, Error> {
        let read = || {
            self.connection.prepare_cached("SELECT record FROM statements WHERE key = ?1")?.query_row([key], |row| row.get::<_, Json<_>>(0))
        };
        read().map(|json| json.0).map_err(|error| self.error(error))
    }
}

/// How far a walk over hits came.
#[derive(Default)]
pub(super) struct Walked {
    looked_at: usize,
    /// Document and key of the last one.
    last: (i64, i64),
}

/// Which facets of a narrowing a hit does not meet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failed {
    None,
    Only(Facet),
    Several,
}

impl Hit {
    fn fails(&self, narrowing: &Narrowing) -> Failed {
        let meets = |(facet, value): &(&Facet, &Option<String>)| {
            narrowing.get(facet).is_none_or(|wanted| value.as_ref().is_some_and(|value| wanted.contains(value)))
        };
        let mut failed = Facet::ALL.iter().zip(&self.values).filter(|pair| !meets(pair));
        match (failed.next(), failed.next()) {
            (None, _) => Failed::None,
            (Some((facet, _)), None) => Failed::Only(*facet),
            (Some(_), Some(_)) => Failed::Several,
        }
    }
}

fn most_first(counts: BTreeMap<Option<String>, u64>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, statements)| FacetCount { value, statements }).collect();
    counts.sort_by(|one, other| other.statements.cmp(&one.statements).then_with(|| one.value.cmp(&other.value)));
    counts
}

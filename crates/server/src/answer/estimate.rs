//! One series of estimates: how many there were told to be, when, by whom, in which words.

use sayso::linking::View;
use sayso::types::record::GroupRecord;
use sayso_linking::account::Profile;
use sayso_linking::estimate::{Point, Series};
use serde::Serialize;
use utoipa::ToSchema;

use super::event::{Asked, account};
use crate::desk::Reader;
use crate::fault::Fault;

/// A series with all that is told of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct EstimateAnswer {
    /// In short.
    pub(crate) summary: GroupRecord,
    /// Its points and its independent sources.
    pub(crate) series: Series,
    /// What tells each point, in their order.
    pub(crate) told: Vec<EstimateTold>,
}

/// What tells a point.
#[derive(Serialize, ToSchema)]
pub(crate) struct EstimateTold {
    /// The statement, by id.
    pub(crate) statement: String,
    /// Its sentence.
    pub(crate) sentence: String,
    /// The document, by id.
    pub(crate) document: String,
    /// The document's headline or id.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// The independent source as which it counts; `null` where it adds none.
    pub(crate) source: Option<String>,
}

impl EstimateAnswer {
    /// The series of an id, or of the one id that begins so; or what became of it.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<Asked<EstimateAnswer>, Fault> {
        let (view, _) = match account(reader, id, Profile::default())? {
            Asked::Stands(stands) => *stands,
            Asked::Became(groups) => return Ok(Asked::Became(groups)),
        };
        let View::Estimate(found) = view else {
            return Err(Fault::unknown(format!("`{id}` is no series of estimates"), "Events are under /event, relations under /relation."));
        };
        let sources = &found.series.independence.sources;
        let told = |point: &Point| {
            let told = found.told_by.iter().find(|told| told.statement.id == point.statement)?;
            let source = sources.iter().find(|source| source.statements.contains(&point.statement));
            Some(EstimateTold {
                statement: point.statement.clone(),
                sentence: told.statement.evidence.words.text.clone(),
                document: told.statement.document_id.clone(),
                title: told.title.clone(),
                publisher: told.publisher.clone(),
                source: source.map(|source| source.name.clone()),
            })
        };
        let told = found.series.points.iter().filter_map(told).collect();
        Ok(Asked::Stands(Box::new(EstimateAnswer { summary: found.summary, series: found.series, told })))
    }
}

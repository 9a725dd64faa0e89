//! What did people decide about a statement? A log that is only ever added to.

use rusqlite::{OptionalExtension, named_params};
use sayso_types::record::StatementRecord;

use crate::ask::Json;
use crate::{Error, ErrorKind, Record};

/// What somebody decided about one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The statement's id.
    pub statement_id: String,
    /// What: "accept", "correct", "reject", or another word of the caller's.
    pub what: String,
    /// Who.
    pub who: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Why.
    pub why: String,
    /// The statement as it was.
    pub before: StatementRecord,
    /// The statement as it is to be; `None` where none is to stand.
    pub after: Option<StatementRecord>,
}

impl Record {
    /// Adds a decision. From then on its statement stays in the record as it is, however its document is coded again; what is to
    /// stand in its place is in [`Decision::after`].
    ///
    /// Fails with [`ErrorKind::Unknown`] if the record has no such statement.
    pub fn decide(&mut self, decision: &Decision) -> Result<(), Error> {
        let unwritable = |error| Error::of_json(&self.path, &format!("statement {}", decision.statement_id), error);
        let before = serde_json::to_string(&decision.before).map_err(unwritable)?;
        let after = decision.after.as_ref().map(serde_json::to_string).transpose().map_err(unwritable)?;
        let statement: Option<i64> = self
            .connection
            .query_row(
                "SELECT s.key FROM statements AS s JOIN documents AS d ON d.key = s.document
                 WHERE s.id = ?1 ORDER BY d.version DESC, s.position LIMIT 1",
                [&decision.statement_id],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.error(error))?;
        let Some(statement) = statement else {
            return Err(Error::new(ErrorKind::Unknown, &self.path, format!("no statement has the id `{}`", decision.statement_id)));
        };
        self.connection
            .execute(
                "INSERT INTO decisions (statement, what, who, at, why, before, after)
                 VALUES (:statement, :what, :who, :at, :why, :before, :after)",
                named_params! {
                    ":statement": statement, ":what": decision.what, ":who": decision.who, ":at": decision.at, ":why": decision.why,
                    ":before": before, ":after": after,
                },
            )
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    /// What was decided about a statement, first decision first.
    pub fn decisions(&self, statement_id: &str) -> Result<Vec<Decision>, Error> {
        let ask = || {
            let mut query = self.connection.prepare_cached(
                "SELECT s.id, what, who, at, why, before, after
                 FROM decisions JOIN statements AS s ON s.key = decisions.statement WHERE s.id = ?1 ORDER BY decisions.key",
            )?;
            let decisions = query.query_map([statement_id], |row| {
                Ok(Decision {
                    statement_id: row.get(0)?,
                    what: row.get(1)?,
                    who: row.get(2)?,
                    at: row.get(3)?,
                    why: row.get(4)?,
                    before: row.get::<_, Json<_>>(5)?.0,
                    after: row.get::<_, Option<Json<_>>>(6)?.map(|json| json.0),
                })
            })?;
            decisions.collect::<rusqlite::Result<Vec<_>>>()
        };
        ask().map_err(|error| self.error(error))
    }
}

//! How much is there of what? Numbers for summaries: by type, actor, source, publisher and country, and the list of actors.

use std::ops::ControlFlow;

use rusqlite::Row;
use rusqlite::types::Value;

use crate::ask::page;
use crate::clause::{of_actors, of_statements};
use crate::{Error, Filter, Record};

/// By what statements are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Event, relation, estimate.
    Kind,
    /// Type code.
    Type,
    /// How surely.
    Modality,
    /// Who takes part as actor or recipient: registry id and name, or only a name. Whoever is only words is left out.
    Actor,
    /// Who says so, closest to the fact: registry id and name, or only a name or words; without either, the document's own voice.
    Source,
    /// The document's publisher.
    Publisher,
    /// ISO 3166-1 alpha-3 code of the place's country.
    Country,
}

/// How many statements have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The code or registry id; `None` where there is none.
    pub id: Option<String>,
    /// What to call it; `None` is unknown, and by source the document's own voice.
    pub name: Option<String>,
    /// How many statements.
    pub statements: u64,
    /// In how many documents.
    pub documents: u64,
}

/// How an actor figures in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorCount {
    /// The registry's id; `None` for one that has only a name.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Statements in which it acts.
    pub as_actor: u64,
    /// Statements in which it is acted upon.
    pub as_recipient: u64,
    /// Statements that it makes or passes on.
    pub as_source: u64,
    /// First day of any of these (`2017-07-31`).
    pub first: Option<String>,
    /// Last day of any of these.
    pub last: Option<String>,
    /// In how many documents.
    pub documents: u64,
}

/// How much a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Documents, each once.
    pub documents: u64,
    /// Former texts of these.
    pub former_versions: u64,
    /// Statements of the latest texts.
    pub statements: u64,
}

impl Record {
    /// The statements that a filter means, counted by something, most first; the filter's order is not asked.
    pub fn counts(&self, filter: &Filter, by: By) -> Result<Vec<Count>, Error> {
        let documents = format!("JOIN documents AS d ON d.document = s.document AND {}", self.view.holds("d"));
        let (id, name, join) = match by {
            By::Kind => ("s.kind", "s.kind", ""),
            By::Type => ("s.type", "s.type", ""),
            By::Modality => ("s.modality", "s.modality", ""),
            By::Publisher => ("NULL", "d.publisher", documents.as_str()),
            By::Country => ("s.country", "s.country", ""),
            By::Actor => (
                "p.actor_id",
                "coalesce(p.name, p.words)",
                "JOIN participants AS p ON p.statement = s.key AND p.part IN ('actor', 'recipient')
                      AND (p.actor_id IS NOT NULL OR p.name IS NOT NULL)",
            ),
            By::Source => (
                "p.actor_id",
                "coalesce(p.name, p.words)",
                "LEFT JOIN participants AS p ON p.statement = s.key AND p.part = 'source' AND p.distance = 0",
            ),
        };
        let clauses = of_statements(filter, self.view);
        let sql = format!(
            "SELECT {id}, max({name}), count(DISTINCT s.key) AS statements, count(DISTINCT s.document)
             FROM statements AS s {join}
             WHERE {} GROUP BY {id}, CASE WHEN {id} IS NULL THEN {name} END
             ORDER BY statements DESC, 2 LIMIT ? OFFSET ?",
            clauses.sql()
        );
        self.all_rows(&sql, clauses.into_values(), filter, |row| {
            Ok(Count { id: row.get(0)?, name: row.get(1)?, statements: row.get(2)?, documents: row.get(3)? })
        })
    }

    /// The actors of the statements that a filter means, most mentioned first; of a filter that names actors, those alone. The
    /// filter's order is not asked.
    pub fn actors(&self, filter: &Filter) -> Result<Vec<ActorCount>, Error> {
        let (chosen, named) = (of_statements(filter, self.view), of_actors(filter));
        let sql = format!(
            "SELECT p.actor_id, max(coalesce(p.name, p.words)),
                    count(DISTINCT s.key) FILTER (WHERE p.part = 'actor'),
                    count(DISTINCT s.key) FILTER (WHERE p.part = 'recipient'),
                    count(DISTINCT s.key) FILTER (WHERE p.part = 'source'),
                    min(coalesce(s.earliest, s.latest)), max(coalesce(s.latest, s.earliest)), count(DISTINCT s.document)
             FROM statements AS s JOIN participants AS p ON p.statement = s.key
             WHERE {} AND {} AND (p.actor_id IS NOT NULL OR p.name IS NOT NULL)
             GROUP BY p.actor_id, CASE WHEN p.actor_id IS NULL THEN p.name END
             ORDER BY count(DISTINCT s.key) DESC, 2 LIMIT ? OFFSET ?",
            chosen.sql(),
            named.sql()
        );
        let values = chosen.into_values().into_iter().chain(named.into_values());
        self.all_rows(&sql, values, filter, |row| {
            Ok(ActorCount {
                id: row.get(0)?,
                name: row.get(1)?,
                as_actor: row.get(2)?,
                as_recipient: row.get(3)?,
                as_source: row.get(4)?,
                first: row.get(5)?,
                last: row.get(6)?,
                documents: row.get(7)?,
            })
        })
    }

    /// How many statements a filter means, whatever its limit.
    pub fn count(&self, filter: &Filter) -> Result<u64, Error> {
        let clauses = of_statements(filter, self.view);
        let sql = format!("SELECT count(*) FROM statements AS s WHERE {}", clauses.sql());
        let mut count = 0;
        self.each_row(&sql, clauses.into_values(), |row| {
            count = row.get(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(count)
    }

    /// How much the record holds.
    pub fn size(&self) -> Result<Size, Error> {
        let (latest, clauses) = (self.view.is_latest("d"), of_statements(&Filter::default(), self.view));
        let sql = format!(
            "SELECT count(*) FILTER (WHERE {latest}), count(*) FILTER (WHERE NOT {latest}),
                    (SELECT count(*) FROM statements AS s WHERE {})
             FROM documents AS d WHERE {}",
            clauses.sql(),
            self.view.holds("d")
        );
        self.connection
            .query_row(&sql, [], |row| Ok(Size { documents: row.get(0)?, former_versions: row.get(1)?, statements: row.get(2)? }))
            .map_err(|error| self.error(error))
    }

    /// How many documents and statements were read: exactly what the record holds of a small one; of a large one, whose rows are not
    /// counted, former texts and readings as well.
    pub fn extent(&self) -> Result<(u64, u64), Error> {
        const SMALL: i64 = 20_000;
        let ask = || {
            let sql = "SELECT (SELECT coalesce(max(key), 0) FROM documents), (SELECT coalesce(max(key), 0) FROM statements)";
            self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        };
        let (documents, statements) = ask().map_err(|error| self.error(error))?;
        if statements <= SMALL {
            let size = self.size()?;
            return Ok((size.documents, size.statements));
        }
        Ok((documents.unsigned_abs(), statements.unsigned_abs()))
    }

    fn all_rows<T>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
        filter: &Filter,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        self.each_row(sql, values.into_iter().chain(page(filter)), |row| {
            rows.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }
}

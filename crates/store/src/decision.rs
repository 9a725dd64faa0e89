//! What did people decide, and how is it undone and redone? Each decision stays in the record; what changes is whether it holds.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use sayso_types::decision::{Action, Anchor, SubjectKind, TextAnchor};
use sayso_types::record::StatementRecord;
use serde::Serialize;
use serde_json::json;

use crate::ask::Json;
use crate::error::Fault;
use crate::index::Indexed;
use crate::log::{Change, Deed};
use crate::moment::View;
use crate::review::{self, Restated};
use crate::written::{self, WrittenRow};
use crate::{Error, ErrorKind, Record};

/// Which decision: its number, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecisionId(pub i64);

impl std::fmt::Display for DecisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What somebody decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Which.
    pub id: DecisionId,
    /// Who.
    pub who: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Why; empty where nobody said.
    pub why: String,
    /// What.
    pub action: Action,
    /// Whether it holds, or was undone.
    pub holds: bool,
}

/// A statement that people decided on and that its document is no longer found to make, or not so.
#[derive(Clone, Debug, PartialEq)]
pub struct Unanchored {
    /// The statement as it was decided.
    pub statement: StatementRecord,
    /// What was decided of it and holds.
    pub decisions: Vec<DecisionId>,
    /// What the newer coding of its text has in its place, without effect until its decisions are undone; `None` where it has nothing.
    pub newer: Option<StatementRecord>,
}

/// Which decisions are asked for; what is left empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// About this.
    pub about: Option<(SubjectKind, String)>,
    /// By this person.
    pub who: Option<String>,
    /// Of these codes: "accept", "join".
    pub actions: Vec<String>,
    /// Only those that hold.
    pub only_holding: bool,
}

/// What the log tells of a decision that was made, undone or redone.
#[derive(Serialize)]
struct Entry<'a> {
    decision: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'a Action>,
    why: &'a str,
    /// What it does to the statements.
    #[serde(flatten)]
    effect: Effect,
}

/// What a decision does to the statements.
#[derive(Default, Serialize)]
struct Effect {
    /// What a person wrote that was not there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<WrittenRow>,
    /// The rows that it made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decided: Vec<Restated>,
    /// The rows that hold no longer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    closed: Vec<i64>,
}

impl Record {
    /// Keeps a decision, which holds from now on. What is accepted, rejected, corrected or written is so at once: the corrected
    /// statement is the one that questions find, and the rejected one is found only where it is asked for. What a person wrote stays
    /// when its document is coded anew; a coding that says the very same is kept behind it, so that nothing counts twice.
    ///
    /// Fails with [`ErrorKind::Unknown`] if the record has no such statement or document, and with [`ErrorKind::Invalid`] if a
    /// correction makes no statement, if what is written does not point at the document's words or stands in the record already, or
    /// if the reason is missing where one is needed.
    pub fn decide(&mut self, who: &str, why: &str, action: &Action) -> Result<DecisionId, Error> {
        self.writable()?;
        if action.needs_reason() && why.trim().is_empty() {
            return Err(Error::new(ErrorKind::Invalid, &self.path, format!("to {} needs a reason; say why", action.code())));
        }
        self.change(|transaction, change| {
            let (id, effect) = decide(transaction, change, who, why, action)?;
            Ok((id, who.to_owned(), Deed::Decided, Entry { decision: id.0, action: Some(action), why, effect }))
        })
    }

    /// Takes a decision back, or the last one that holds: what it changed is as without it. The decision stays in the record, and
    /// [`Record::redo`] makes it hold again.
    ///
    /// Fails with [`ErrorKind::Unknown`] if there is no such decision or none that holds, and with [`ErrorKind::Invalid`] if it
    /// does not hold.
    pub fn undo(&mut self, who: &str, why: &str, decision: Option<DecisionId>) -> Result<DecisionId, Error> {
        self.writable()?;
        self.change(|transaction, change| {
            let id = match decision {
                Some(id) => {
                    state(transaction, id)?.then_some(id).ok_or_else(|| Fault::invalid(format!("decision {id} is undone already")))?
                }
                None => last(
                    transaction,
                    "SELECT decision FROM decision_states WHERE until IS NULL ORDER BY since DESC, decision DESC LIMIT 1",
                )?
                .ok_or_else(|| Fault::Refused(ErrorKind::Unknown, "there is no decision to undo".to_owned()))?,
            };
            transaction
                .execute("UPDATE decision_states SET until = ?2 WHERE decision = ?1 AND until IS NULL", params![id.0, change.key()])?;
            let effect = restated(transaction, change, id)?;
            Ok((id, who.to_owned(), Deed::Undone, Entry { decision: id.0, action: None, why, effect }))
        })
    }

    /// Makes a decision hold again that was undone, or the one that was undone last.
    ///
    /// Fails with [`ErrorKind::Unknown`] if there is no such decision or none that was undone, and with [`ErrorKind::Invalid`] if
    /// it holds.
    pub fn redo(&mut self, who: &str, why: &str, decision: Option<DecisionId>) -> Result<DecisionId, Error> {
        self.writable()?;
        self.change(|transaction, change| {
            let id = match decision {
                Some(id) => {
                    (!state(transaction, id)?).then_some(id).ok_or_else(|| Fault::invalid(format!("decision {id} holds already")))?
                }
                None => last(
                    transaction,
                    "SELECT decision FROM decision_states GROUP BY decision HAVING count(*) = count(until)
                     ORDER BY max(until) DESC, decision DESC LIMIT 1",
                )?
                .ok_or_else(|| Fault::Refused(ErrorKind::Unknown, "there is no decision to redo".to_owned()))?,
            };
            transaction.execute("INSERT INTO decision_states (decision, since) VALUES (?1, ?2)", params![id.0, change.key()])?;
            let effect = restated(transaction, change, id)?;
            Ok((id, who.to_owned(), Deed::Redone, Entry { decision: id.0, action: None, why, effect }))
        })
    }

    /// The decision that a person made or made hold again last and that holds; `None` where there is none.
    pub fn last_decided(&self, who: &str) -> Result<Option<DecisionId>, Error> {
        let sql = "SELECT t.decision FROM decision_states AS t CROSS JOIN log ON log.key = t.since
                   WHERE t.until IS NULL AND log.who = ?1 ORDER BY t.since DESC, t.decision DESC LIMIT 1";
        self.turned(sql, who)
    }

    /// The decision that a person took back last and that does not hold; `None` where there is none.
    pub fn last_undone(&self, who: &str) -> Result<Option<DecisionId>, Error> {
        let sql = "SELECT t.decision FROM decision_states AS t CROSS JOIN log ON log.key = t.until
                   WHERE log.who = ?1
                     AND NOT EXISTS (SELECT 1 FROM decision_states AS o WHERE o.decision = t.decision AND o.until IS NULL)
                   ORDER BY t.until DESC, t.decision DESC LIMIT 1";
        self.turned(sql, who)
    }

    fn turned(&self, sql: &str, who: &str) -> Result<Option<DecisionId>, Error> {
        let found = self.connection.prepare_cached(sql).and_then(|mut query| query.query_row([who], |row| row.get(0)).optional());
        Ok(found.map_err(|error| self.error(error))?.map(DecisionId))
    }

    /// The last decisions of some actions that hold, last one first, of as many as are looked at.
    pub fn last_decisions(&self, actions: &[&str], looked_at: u32) -> Result<Vec<Decision>, Error> {
        let sql = "SELECT c.key, c.who, c.at, c.why, c.action, TRUE FROM decisions AS c
                   WHERE c.key > (SELECT coalesce(max(key), 0) FROM decisions) - ?1 AND c.what IN (SELECT value FROM json_each(?2))
                     AND EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = c.key AND t.until IS NULL)
                   ORDER BY c.key DESC";
        let mut decisions = Vec::new();
        self.each_row(sql, [Value::from(i64::from(looked_at)), Value::from(json!(actions).to_string())], |row| {
            decisions.push(decision_of(row)?);
            Ok(std::ops::ControlFlow::Continue(()))
        })?;
        Ok(decisions)
    }

    /// The decision of a number.
    ///
    /// Fails with [`ErrorKind::Unknown`] if there is none.
    pub fn decision(&self, id: DecisionId) -> Result<Decision, Error> {
        let sql = "SELECT c.key, c.who, c.at, c.why, c.action,
                          EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = c.key AND t.until IS NULL)
                   FROM decisions AS c WHERE c.key = ?1";
        let found = self.connection.prepare_cached(sql).and_then(|mut query| query.query_row([id.0], decision_of).optional());
        let found = found.map_err(|error| self.error(error))?;
        found.ok_or_else(|| Error::new(ErrorKind::Unknown, &self.path, format!("there is no decision {id}")))
    }

    /// The decisions that a filter means, first one first.
    pub fn decisions(&self, filter: &DecisionFilter) -> Result<Vec<Decision>, Error> {
        let made = match self.view {
            View::Now => "TRUE".to_owned(),
            View::After(key) => format!("c.log <= {key}"),
        };
        let sql = format!(
            "SELECT c.key, c.who, c.at, c.why, c.action, EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = c.key AND {})
             FROM decisions AS c
             WHERE {made} AND (?1 IS NULL OR c.key IN (SELECT decision FROM decision_subjects WHERE kind = ?1 AND id = ?2))
               AND (?3 IS NULL OR c.who = ?3) AND (?4 = '[]' OR c.what IN (SELECT value FROM json_each(?4)))
             ORDER BY c.key",
            self.view.holds("t")
        );
        let text = |text: Option<&str>| text.map_or(Value::Null, |text| Value::from(text.to_owned()));
        let about = filter.about.as_ref();
        let values = [
            text(about.map(|(kind, _)| kind.as_str())),
            text(about.map(|(_, id)| id.as_str())),
            text(filter.who.as_deref()),
            Value::from(json!(filter.actions).to_string()),
        ];
        let mut decisions = Vec::new();
        self.each_row(&sql, values, |row| {
            let decision = decision_of(row)?;
            if decision.holds || !filter.only_holding {
                decisions.push(decision);
            }
            Ok(std::ops::ControlFlow::Continue(()))
        })?;
        Ok(decisions)
    }

    /// The statements that people decided on and that a newer reading of their document does not have, or not so. They stand as they
    /// were decided until a person decides again.
    pub fn unanchored(&self) -> Result<Vec<Unanchored>, Error> {
        let all = || {
            let mut unanchored = Vec::new();
            for row in review::left_behind(&self.connection)? {
                unanchored.push(Unanchored {
                    statement: row.statement()?,
                    decisions: row.decisions(&self.connection)?.into_iter().map(DecisionId).collect(),
                    newer: row.newer_statement(&self.connection)?,
                });
            }
            Ok(unanchored)
        };
        all().map_err(|fault: Fault| fault.at(&self.path))
    }

    /// The anchor of the statement of this id, or of the one id that begins so: what a decision about it names it by.
    pub fn anchor(&self, statement: &str) -> Result<Anchor, Error> {
        let statement = self.statement(statement)?;
        let sql = "SELECT d.text_sha256 FROM statements AS s JOIN documents AS d ON d.document = s.document
                   WHERE s.id = ?1 ORDER BY s.document DESC, s.key DESC LIMIT 1";
        let text: String = self.connection.query_row(sql, [&statement.id], |row| row.get(0)).map_err(|error| self.error(error))?;
        Ok(Anchor::of(&statement, &text))
    }

    /// The anchor of the latest text of the document of this id, or of the one id that begins so.
    pub fn text_anchor(&self, document: &str) -> Result<TextAnchor, Error> {
        Ok(TextAnchor::of(&self.document(document)?.record))
    }

    /// Makes one change in one transaction with its entry.
    fn change<'a>(
        &mut self,
        make: impl FnOnce(&Connection, &Change) -> Result<(DecisionId, String, Deed, Entry<'a>), Fault>,
    ) -> Result<DecisionId, Error> {
        let change = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut indexed = Indexed::all(&transaction)?;
            let change = Change::begin(&transaction, &self.now)?;
            let (id, who, deed, entry) = make(&transaction, &change)?;
            indexed.catch_up(&transaction)?;
            change.end(&transaction, &who, deed, &entry)?;
            transaction.commit()?;
            Ok(id)
        };
        change().map_err(|fault: Fault| fault.at(&self.path))
    }
}

/// Writes a decision as if it were made, in a change that is dropped.
pub(crate) fn suppose(connection: &Connection, change: &Change, who: &str, why: &str, action: &Action) -> Result<(), Fault> {
    decide(connection, change, who, why, action).map(drop)
}

/// Writes a decision and what it does; which it is, and the statements that it changed.
fn decide(connection: &Connection, change: &Change, who: &str, why: &str, action: &Action) -> Result<(DecisionId, Effect), Fault> {
    let json = serde_json::to_string(action).map_err(Fault::unwritable)?;
    connection
        .prepare_cached("INSERT INTO decisions (log, who, at, why, action) VALUES (:log, :who, :at, :why, :action)")?
        .execute(named_params! { ":log": change.key(), ":who": who, ":at": change.at(), ":why": why, ":action": json })?;
    let id = DecisionId(connection.last_insert_rowid());
    connection.prepare_cached("INSERT INTO decision_states (decision, since) VALUES (?1, ?2)")?.execute(params![id.0, change.key()])?;
    for (kind, subject) in action.subjects() {
        connection.prepare_cached("INSERT OR IGNORE INTO decision_subjects (kind, id, decision) VALUES (?1, ?2, ?3)")?.execute(params![
            kind.as_str(),
            subject,
            id.0
        ])?;
    }
    let (row, written) = match action {
        Action::Write { document, statement } => written::enter(connection, change, document, statement)?,
        _ => match action.reviewed() {
            Some(anchor) => (row_of(connection, anchor)?, None),
            None => return Ok((id, Effect::default())),
        },
    };
    connection.prepare_cached("INSERT INTO decided (statement, decision) VALUES (?1, ?2)")?.execute(params![row, id.0])?;
    Ok((id, Effect { written, ..restated(connection, change, id)? }))
}

/// The row of a statement that holds, be it of a former text.
fn row_of(connection: &Connection, anchor: &Anchor) -> Result<i64, Fault> {
    let row: Option<i64> = connection
        .prepare_cached(
            "SELECT key FROM statements WHERE id = ?1 AND until IS NULL ORDER BY superseded IS NOT NULL, document DESC, position LIMIT 1",
        )?
        .query_row([&anchor.statement], |row| row.get(0))
        .optional()?;
    row.ok_or_else(|| Fault::Refused(ErrorKind::Unknown, format!("no statement has the id `{}`", anchor.statement)))
}

/// Puts the rows that a decision bears on as they are with what holds now.
fn restated(connection: &Connection, change: &Change, decision: DecisionId) -> Result<Effect, Fault> {
    let mut effect = Effect::default();
    for row in review::rows_of_decision(connection, decision.0)? {
        let restatement = row.restate(connection, change)?;
        effect.decided.extend(restatement.made);
        effect.closed.extend(restatement.closed);
    }
    Ok(effect)
}

/// Whether a decision holds.
fn state(connection: &Connection, id: DecisionId) -> Result<bool, Fault> {
    let holds = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM decision_states WHERE decision = key AND until IS NULL) FROM decisions WHERE key = ?1",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    holds.ok_or_else(|| Fault::Refused(ErrorKind::Unknown, format!("there is no decision {id}")))
}

fn last(connection: &Connection, sql: &str) -> rusqlite::Result<Option<DecisionId>> {
    connection.prepare_cached(sql)?.query_row([], |row| Ok(DecisionId(row.get(0)?))).optional()
}

/// The decision of a row: key, who, at, why, action, whether it holds.
pub(crate) fn decision_of(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: DecisionId(row.get(0)?),
        who: row.get(1)?,
        at: row.get(2)?,
        why: row.get(3)?,
        action: row.get::<_, Json<_>>(4)?.0,
        holds: row.get(5)?,
    })
}

/// A decision of a record of version 1, at the moment that it was made.
pub(crate) fn carry_over(connection: &Connection, change: Change, who: &str, why: &str, action: &Action) -> Result<(), Fault> {
    let (id, effect) = decide(connection, &change, who, why, action)?;
    change.end(connection, who, Deed::Decided, &Entry { decision: id.0, action: Some(action), why, effect })?;
    Ok(())
}

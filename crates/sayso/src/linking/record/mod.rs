//! How is a stored record linked? All of it from nothing, or only what has changed since it was linked last.

mod changed;
mod groups;
pub(super) mod origins;
pub(super) mod ruled;

pub use ruled::{actors_meant, same_actors};
mod whole;

use sayso_linking::account::Settled;
use sayso_store::{Linking, NumberedDocument, NumberedStatement, Reading, Record, Written};

use super::Linker;
use super::whole::Ruled;

/// How much of a record is linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What has changed since the last linking, and what that touches.
    Changed,
    /// Everything, as if it had never been linked. Events keep their ids where they keep most of their statements.
    Everything,
}

/// What a linking did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How much it wrote.
    pub written: Written,
    /// The statements of groups that are new, changed or gone, by number.
    pub statements: u64,
}

/// Links a record: finds copies, makes events, relations and series of its statements, and keeps them. `who` does so, with a program and
/// data of some `versions`. Nothing is written where nothing has changed.
///
/// # Errors
/// What the store says; the record is then as it was.
pub fn link_record(
    linker: &Linker,
    record: &mut Record,
    scope: Scope,
    who: &str,
    versions: &serde_json::Value,
) -> Result<Outcome, sayso_store::Error> {
    let mut linking = record.linking()?;
    let Some(outcome) = link(linker, &mut linking, scope)? else { return Ok(Outcome::default()) };
    Ok(Outcome { written: linking.end(who, versions)?, ..outcome })
}

/// What linking would do, without doing it.
///
/// # Errors
/// What the store says.
pub fn preview(linker: &Linker, linking: &mut Linking<'_>) -> Result<Outcome, sayso_store::Error> {
    let outcome = link(linker, linking, Scope::Changed)?.unwrap_or_default();
    Ok(Outcome { written: linking.written(), ..outcome })
}

/// Links in a transaction; `None` where there is nothing to do.
fn link(linker: &Linker, linking: &mut Linking<'_>, scope: Scope) -> Result<Option<Outcome>, sayso_store::Error> {
    let everything = scope == Scope::Everything || linking.reading().seen()? == 0;
    let unlinked = linking.reading().unlinked()?;
    if !everything && unlinked.is_empty() {
        return Ok(None);
    }
    let ruled = ruled::ruled(linking.reading())?;
    let linker = linker.with_kin(&ruled.kin);
    if everything { whole::link(&linker, linking, &ruled).map(Some) } else { changed::link(&linker, linking, &unlinked, &ruled).map(Some) }
}

/// A statement as linking sees it: its actors under the ids that people judged them to have.
pub(super) fn judged(mut statement: NumberedStatement, ruled: &Ruled) -> (i64, sayso_types::record::StatementRecord) {
    let identities = &ruled.identities;
    if !identities.is_empty() {
        let record = &mut statement.record;
        let identity = |id: &mut Option<String>, name: &Option<String>| {
            let known = id.clone().or_else(|| name.as_deref().map(candidate_id));
            if let Some(other) = known.and_then(|known| identities.get(&known)) {
                *id = Some(other.clone());
            }
        };
        record.roles.iter_mut().for_each(|role| identity(&mut role.actor_id, &role.name));
        record.attribution.iter_mut().for_each(|link| identity(&mut link.actor_id, &link.name));
        record.responsibility.iter_mut().for_each(|by| identity(&mut by.actor_id, &by.name));
    }
    (statement.number, statement.record)
}

/// The id of an actor that the registry has not, by its name: "c:sher mohammed ghazanfar". Such an actor is a candidate for the registry.
pub fn candidate_id(name: &str) -> String {
    let pieces: Vec<String> = sayso_types::pieces(name).iter().map(ToString::to_string).collect();
    format!("c:{}", pieces.join(" "))
}

/// A document with its statements.
pub(super) struct Told {
    pub document: NumberedDocument,
    pub statements: Vec<(i64, sayso_types::record::StatementRecord)>,
}

/// Some documents with their statements, in the order of reading.
pub(super) fn told(reading: Reading<'_>, documents: &[i64], ruled: &Ruled) -> Result<Vec<Told>, sayso_store::Error> {
    let documents = reading.documents(documents)?;
    let numbers: Vec<i64> = documents.iter().map(|document| document.number).collect();
    let statements = reading.statements(&reading.statements_of(&numbers)?)?;
    let mut by_document: std::collections::BTreeMap<i64, Vec<_>> = std::collections::BTreeMap::new();
    for statement in statements {
        by_document.entry(statement.document).or_default().push(judged(statement, ruled));
    }
    let told =
        documents.into_iter().map(|document| Told { statements: by_document.remove(&document.number).unwrap_or_default(), document });
    Ok(told.collect())
}

/// What people settled of the event with some statements.
pub(super) fn settled(ruled: &Ruled, statements: impl IntoIterator<Item = i64>) -> Settled {
    let mut settled = Settled { reliability: ruled.reliability.clone(), ..Settled::default() };
    for of_statement in statements.into_iter().filter_map(|key| ruled.settled.get(&key)) {
        settled.values.extend(of_statement.values.clone());
        settled.status = settled.status.or_else(|| of_statement.status.clone());
    }
    settled
}

//! How is a whole record linked, from nothing? Documents are read in chunks, and only what comparing needs stays in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sayso_linking::event::{Happening, keys};
use sayso_linking::{Report, Telling, estimate, relation};
use sayso_store::Linking;

use super::super::Linker;
use super::super::whole::{Ruled, Thread};
use super::groups::{keep_events, keep_keyed, with_ids};
use super::{Outcome, Told, origins, told};

/// How many documents are read at a time.
const CHUNK: usize = 1024;
/// How many relations or series are summed up at a time.
const KEYED: usize = 4096;

/// What is found in the documents one by one.
#[derive(Default)]
struct Found {
    threads: Vec<Thread>,
    wholes: Vec<Happening>,
    /// Ids of the statements that begin a story, by number.
    ids: BTreeMap<i64, String>,
    /// Statements by what makes a relation one, and by what makes a series one.
    relations: BTreeMap<String, Vec<i64>>,
    estimates: BTreeMap<String, Vec<i64>>,
}

/// Links everything.
pub(super) fn link(linker: &Linker, linking: &mut Linking<'_>, ruled: &Ruled) -> Result<Outcome, sayso_store::Error> {
    linking.forget_all()?;
    let reports = origins::all(linking, &ruled.origins)?;
    let mut found = read(linker, linking, &reports, ruled)?;
    let mut former_ids = BTreeSet::new();
    let mut former: BTreeMap<i64, String> = BTreeMap::new();
    linking.reading().each_member(|group, statement| {
        if group.starts_with("e-") {
            former.insert(statement, group.to_owned());
        }
        former_ids.insert(group.to_owned());
    })?;
    let wholes = std::mem::take(&mut found.wholes);
    let edges = linker.edges(&wholes);
    keep_keys(linker, linking, &wholes)?;
    drop(wholes);
    linking.keep_pairs(&edges)?;
    let events = linker.events(&found.threads, &edges, ruled);
    drop(edges);
    let mut taken = former_ids.clone();
    let id_of = |key: i64| found.ids.get(&key).cloned().unwrap_or_default();
    let events = with_ids(events, &former, &id_of, &mut taken);
    let mut kept: BTreeSet<String> = events.iter().map(|event| event.id.clone()).collect();
    let (mut statements, none) = keep_events(linker, linking, &events, &reports, ruled)?;
    kept.retain(|id| !none.contains(id));
    statements += keep_all_keyed(linker, linking, &found, &reports, ruled, &mut kept)?;
    for id in former_ids.difference(&kept) {
        linking.end_group(id)?;
    }
    Ok(Outcome { statements, ..Outcome::default() })
}

/// Reads all documents with their statements.
fn read(linker: &Linker, linking: &Linking<'_>, reports: &BTreeMap<i64, Report>, ruled: &Ruled) -> Result<Found, sayso_store::Error> {
    let documents: Vec<i64> = reports.keys().copied().collect();
    let mut found = Found::default();
    for chunk in documents.chunks(CHUNK) {
        let of_chunk: Vec<Found> =
            told(linking.reading(), chunk, ruled)?.par_iter().map(|told| of_document(linker, told, reports, ruled)).collect();
        for of_document in of_chunk {
            found.threads.extend(of_document.threads);
            found.wholes.extend(of_document.wholes);
            found.ids.extend(of_document.ids);
            for (key, statements) in of_document.relations {
                found.relations.entry(key).or_default().extend(statements);
            }
            for (key, statements) in of_document.estimates {
                found.estimates.entry(key).or_default().extend(statements);
            }
        }
    }
    Ok(found)
}

fn of_document(linker: &Linker, told: &Told, reports: &BTreeMap<i64, Report>, ruled: &Ruled) -> Found {
    let mut found = Found::default();
    let Some(report) = reports.get(&told.document.number) else { return found };
    let stories = linker.stories_of(report, &told.document.record, &told.statements, ruled);
    let account = stories.first().map(|story| Arc::new(story.whole.account.unspelled()));
    for (story, account) in stories.into_iter().zip(account.into_iter().cycle()) {
        let (thread, whole) = Thread::of(story);
        found.threads.push(thread);
        found.wholes.push(whole.unspelled(account));
    }
    for (key, statement) in &told.statements {
        let telling = Telling { key: *key, statement, report };
        if found.threads.iter().any(|thread| thread.key == *key) {
            found.ids.insert(*key, statement.id.clone());
        }
        for relation in relation::keys(&telling) {
            found.relations.entry(relation.identity()).or_default().push(*key);
        }
        if let Some(estimate) = estimate::key(&telling) {
            found.estimates.entry(estimate.identity()).or_default().push(*key);
        }
    }
    found
}

/// Keeps the keys under which stories are found.
pub(super) fn keep_keys(linker: &Linker, linking: &Linking<'_>, wholes: &[Happening]) -> Result<(), sayso_store::Error> {
    let of = |whole: &Happening| {
        let keys = keys(whole, linker.kinship(), linker.knowledge());
        keys.into_iter().map(|key| (key, whole.key)).collect::<Vec<_>>()
    };
    let rows: Vec<(i64, i64)> = wholes.par_iter().flat_map_iter(of).collect();
    linking.keep_likes(&rows)
}

fn keep_all_keyed(
    linker: &Linker,
    linking: &mut Linking<'_>,
    found: &Found,
    reports: &BTreeMap<i64, Report>,
    ruled: &Ruled,
    kept: &mut BTreeSet<String>,
) -> Result<u64, sayso_store::Error> {
    let mut statements = 0;
    let lists: Vec<&Vec<i64>> = found.relations.values().chain(found.estimates.values()).collect();
    for chunk in lists.chunks(KEYED) {
        let numbers: BTreeSet<i64> = chunk.iter().flat_map(|list| list.iter().copied()).collect();
        let groups = keyed(linker, linking, &numbers.into_iter().collect::<Vec<_>>(), &|key| reports.get(&key).cloned(), ruled)?;
        // A statement of two relations brings up the other one too, which another chunk may hold whole.
        let whole: Vec<_> = groups
            .into_iter()
            .filter(|group| {
                let size = group.members.len();
                chunk.iter().any(|list| list.len() == size && group.members.first().is_some_and(|member| list[0] == member.key))
            })
            .collect();
        kept.extend(whole.iter().map(|group| group.record.id.clone()));
        statements += keep_keyed(linking, &whole)?;
    }
    Ok(statements)
}

/// The relations and series of some statements.
pub(super) fn keyed(
    linker: &Linker,
    linking: &Linking<'_>,
    statements: &[i64],
    report_of: &dyn Fn(i64) -> Option<Report>,
    ruled: &Ruled,
) -> Result<Vec<super::super::LinkedGroup>, sayso_store::Error> {
    let statements = linking.reading().statements(statements)?;
    let mut reports: BTreeMap<i64, Report> = BTreeMap::new();
    for statement in &statements {
        if let Some(report) = report_of(statement.document) {
            reports.entry(statement.document).or_insert(report);
        }
    }
    let judged: Vec<(i64, (i64, sayso_types::record::StatementRecord))> =
        statements.into_iter().map(|statement| (statement.document, super::judged(statement, ruled))).collect();
    let tellings: Vec<Telling<'_>> = judged
        .iter()
        .filter_map(|(document, (key, statement))| Some(Telling { key: *key, statement, report: reports.get(document)? }))
        .collect();
    Ok(linker.relations(&tellings).into_iter().chain(linker.estimates(&tellings)).collect())
}

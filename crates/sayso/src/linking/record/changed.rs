//! How is what changed in a record linked anew, and nothing else? The stories of documents that changed are compared with those that share a
//! key with them, and the events that they or those are in are grouped again.
//!
//! An event that no changed story is like is left as it is. Grouping everything from nothing can differ from this where a changed story
//! shifts an average between two events neither of which it is like.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sayso_linking::event::{Happening, Story, THRESHOLD, keys};
use sayso_linking::{Report, Telling, estimate, relation};
use sayso_store::{Linking, Unlinked};

use super::super::Linker;
use super::super::whole::{Ruled, Thread, estimate_id, relation_id};
use super::groups::{keep_events, keep_keyed, with_ids};
use super::whole::{keep_keys, keyed};
use super::{Outcome, Told, origins, told};

/// How many stories a key leads to, the last read first.
const ALIKE: u32 = 48;

/// Links what changed.
pub(super) fn link(linker: &Linker, linking: &mut Linking<'_>, unlinked: &Unlinked, ruled: &Ruled) -> Result<Outcome, sayso_store::Error> {
    let moved = origins::update(linking, &unlinked.documents, &unlinked.former, &ruled.origins)?;
    let mut touched: BTreeSet<i64> = unlinked.documents.iter().copied().chain(moved).collect();
    touched.extend(linking.reading().documents_of(&unlinked.statements)?);
    touched.extend(linking.reading().documents_of(&unlinked.gone)?);
    touched.extend(linking.reading().documents_ruled(linking.reading().seen()?)?);
    let touched: Vec<i64> = touched.into_iter().collect();
    let documents = told(linking.reading(), &touched, ruled)?;
    let mut former: Vec<i64> = documents.iter().flat_map(|told| told.statements.iter().map(|(key, _)| *key)).collect();
    former.extend(&unlinked.gone);
    let former_groups = linking.reading().groups_of(&former)?;
    linking.forget_statements(&former)?;
    let stories = stories(linker, linking, &documents, ruled)?;
    let mut statements = link_events(linker, linking, stories, &former_groups, ruled)?;
    statements += link_keyed(linker, linking, &documents, &former_groups, ruled)?;
    Ok(Outcome { statements, ..Outcome::default() })
}

/// The stories of some documents.
fn stories(linker: &Linker, linking: &Linking<'_>, documents: &[Told], ruled: &Ruled) -> Result<Vec<Story>, sayso_store::Error> {
    let reports = reports(linking, documents)?;
    let of = |told: &Told| {
        let report = reports.get(&told.document.number);
        report.map(|report| linker.stories_of(report, &told.document.record, &told.statements, ruled)).unwrap_or_default()
    };
    Ok(documents.par_iter().flat_map_iter(of).collect())
}

fn reports(linking: &Linking<'_>, documents: &[Told]) -> Result<BTreeMap<i64, Report>, sayso_store::Error> {
    let documents: Vec<_> = documents.iter().map(|told| told.document.clone()).collect();
    origins::reports(linking.reading(), &documents)
}

fn link_events(
    linker: &Linker,
    linking: &mut Linking<'_>,
    changed: Vec<Story>,
    former_groups: &[String],
    ruled: &Ruled,
) -> Result<u64, sayso_store::Error> {
    let wholes: Vec<Happening> = changed.iter().map(|story| story.whole.clone()).collect();
    let fresh: BTreeSet<i64> = wholes.iter().map(|whole| whole.key).collect();
    let shared: BTreeSet<i64> = wholes.par_iter().flat_map_iter(|whole| keys(whole, linker.kinship(), linker.knowledge())).collect();
    let alike = linking.reading().alike(&shared.into_iter().collect::<Vec<_>>(), ALIKE)?;
    let near: Vec<i64> = alike.into_iter().map(|(_, statement)| statement).collect::<BTreeSet<_>>().into_iter().collect();
    let mut shelf = Shelf::default();
    let others = shelf.stories_with(linker, linking, &near, &fresh, ruled)?;
    let compared: Vec<Happening> = wholes.iter().cloned().chain(others.iter().map(|story| story.whole.clone())).collect();
    let edges: Vec<_> = linker.edges(&compared).into_iter().filter(|edge| fresh.contains(&edge.0) || fresh.contains(&edge.1)).collect();
    keep_keys(linker, linking, &wholes)?;
    linking.keep_pairs(&edges)?;

    // What is grouped again: the events in which the changed stories were, and those in which is what they can be one with or were put
    // together with. An event to which no changed story is at least as like as the threshold has no average that could reach it.
    let alike = edges.iter().filter(|edge| edge.2 >= THRESHOLD);
    let mut like: BTreeSet<i64> = alike.flat_map(|edge| [edge.0, edge.1]).filter(|key| !fresh.contains(key)).collect();
    let of_changed: BTreeSet<i64> = changed.iter().flat_map(|story| story.members.iter().map(|(key, _)| *key)).collect();
    for (one, other) in &ruled.together {
        like.extend([(one, other), (other, one)].iter().filter(|(a, _)| of_changed.contains(a)).map(|(_, b)| **b));
    }
    let mut groups: BTreeSet<String> = former_groups.iter().filter(|id| id.starts_with("e-")).cloned().collect();
    groups.extend(linking.reading().groups_of(&like.into_iter().collect::<Vec<_>>())?.into_iter().filter(|id| id.starts_with("e-")));
    let groups: Vec<String> = groups.into_iter().collect();
    let former: BTreeMap<i64, String> =
        linking.reading().members(&groups)?.into_iter().map(|(group, member)| (member.statement, group)).collect();
    let members: Vec<i64> = former.keys().copied().filter(|key| !of_changed.contains(key)).collect();
    let mut all = shelf.stories_with(linker, linking, &members, &fresh, ruled)?;
    drop(shelf);
    all.extend(changed);
    let story_keys: Vec<i64> = all.iter().map(|story| story.whole.key).collect();
    let pairs = linking.reading().pairs(&story_keys)?;
    let ids: BTreeMap<i64, String> = ids(linking, &all)?;
    let threads: Vec<Thread> = all.into_iter().map(|story| Thread::of(story).0).collect();
    let events = with_ids(
        linker.events(&threads, &pairs, ruled),
        &former,
        &|key| ids.get(&key).cloned().unwrap_or_default(),
        &mut linking.reading().taken(&ids)?,
    );
    let kept: BTreeSet<&String> = events.iter().map(|event| &event.id).collect();
    for id in groups.iter().filter(|id| !kept.contains(id)) {
        linking.end_group(id)?;
    }
    let numbers: BTreeSet<i64> = events.iter().flat_map(|event| event.members.iter().map(|member| member.key)).collect();
    let documents = linking.reading().documents(&linking.reading().documents_of(&numbers.into_iter().collect::<Vec<_>>())?)?;
    let reports = origins::reports(linking.reading(), &documents)?;
    let (statements, none) = keep_events(linker, linking, &events, &reports, ruled)?;
    none.iter().try_for_each(|id| linking.end_group(id))?;
    Ok(statements)
}

/// The stories of documents that were read, by document, so that none is read twice.
#[derive(Default)]
struct Shelf(BTreeMap<i64, Vec<Story>>);

impl Shelf {
    /// The stories, outside the changed documents, that some statements are in.
    fn stories_with(
        &mut self,
        linker: &Linker,
        linking: &Linking<'_>,
        statements: &[i64],
        fresh: &BTreeSet<i64>,
        ruled: &Ruled,
    ) -> Result<Vec<Story>, sayso_store::Error> {
        let wanted: BTreeSet<i64> = statements.iter().copied().filter(|key| !fresh.contains(key)).collect();
        let documents = linking.reading().documents_of(&wanted.iter().copied().collect::<Vec<_>>())?;
        let unread: Vec<i64> = documents.iter().copied().filter(|document| !self.0.contains_key(document)).collect();
        unread.iter().for_each(|document| drop(self.0.insert(*document, Vec::new())));
        for story in stories(linker, linking, &told(linking.reading(), &unread, ruled)?, ruled)? {
            self.0.entry(story.whole.account.document).or_default().push(story);
        }
        let of = documents.iter().filter_map(|document| self.0.get(document)).flatten();
        let is_wanted = |story: &&Story| story.members.iter().any(|(key, _)| wanted.contains(key)) && !fresh.contains(&story.whole.key);
        Ok(of.filter(is_wanted).cloned().collect())
    }
}

/// The ids of the statements with which some stories begin, by number.
fn ids(linking: &Linking<'_>, stories: &[Story]) -> Result<BTreeMap<i64, String>, sayso_store::Error> {
    let numbers: Vec<i64> = stories.iter().map(|story| story.whole.key).collect();
    linking.reading().ids(&numbers)
}

fn link_keyed(
    linker: &Linker,
    linking: &mut Linking<'_>,
    documents: &[Told],
    former_groups: &[String],
    ruled: &Ruled,
) -> Result<u64, sayso_store::Error> {
    let reports = reports(linking, documents)?;
    let mut touched: BTreeMap<String, BTreeSet<i64>> =
        former_groups.iter().filter(|id| !id.starts_with("e-")).map(|id| (id.clone(), BTreeSet::new())).collect();
    for told in documents {
        let Some(report) = reports.get(&told.document.number) else { continue };
        for (key, statement) in &told.statements {
            let telling = Telling { key: *key, statement, report };
            for relation in relation::keys(&telling) {
                touched.entry(relation_id(&relation.identity())).or_default().insert(*key);
            }
            if let Some(estimate) = estimate::key(&telling) {
                touched.entry(estimate_id(&estimate.identity())).or_default().insert(*key);
            }
        }
    }
    let ids: Vec<String> = touched.keys().cloned().collect();
    for (group, member) in linking.reading().members(&ids)? {
        touched.entry(group).or_default().insert(member.statement);
    }
    let numbers: Vec<i64> = touched.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let all = linking.reading().documents(&linking.reading().documents_of(&numbers)?)?;
    let reports: BTreeMap<i64, Report> = origins::reports(linking.reading(), &all)?;
    let groups = keyed(linker, linking, &numbers, &|key| reports.get(&key).cloned(), ruled)?;
    let groups: Vec<_> = groups.into_iter().filter(|group| touched.contains_key(&group.record.id)).collect();
    let kept: BTreeSet<&String> = groups.iter().map(|group| &group.record.id).collect();
    for id in ids.iter().filter(|id| !kept.contains(id)) {
        linking.end_group(id)?;
    }
    keep_keyed(linking, &groups)
}

//! Under which ids are groups kept, and how are they written?

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sayso_linking::{Report, Telling, event};
use sayso_store::{GroupChange, Linking, Membership, NumberedStatement};
use sayso_types::record::{GroupRecord, StatementRecord};

use super::super::Linker;
use super::super::whole::{LinkedGroup, Member, Ruled, event_id, tells_an_event};
use super::{judged, settled};

/// How many groups are summed up at a time.
const CHUNK: usize = 4096;

/// An event as it is to be kept.
pub(super) struct Event {
    pub id: String,
    pub members: Vec<Member>,
}

/// Events with ids: each keeps the id of the former event with which it shares most statements, and no two keep the same; a new one has its
/// first story's first statement's.
pub(super) fn with_ids(
    events: Vec<Vec<Member>>,
    former: &BTreeMap<i64, String>,
    ids: &dyn Fn(i64) -> String,
    taken: &mut BTreeSet<String>,
) -> Vec<Event> {
    let mut claims: Vec<(usize, usize, &String)> = Vec::new();
    for (at, members) in events.iter().enumerate() {
        let mut shared: BTreeMap<&String, usize> = BTreeMap::new();
        members.iter().filter_map(|member| former.get(&member.key)).for_each(|id| *shared.entry(id).or_default() += 1);
        claims.extend(shared.into_iter().map(|(id, times)| (times, at, id)));
    }
    claims.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let mut kept: BTreeMap<usize, String> = BTreeMap::new();
    let mut given: BTreeSet<&String> = BTreeSet::new();
    for (_, at, id) in claims {
        if !kept.contains_key(&at) && given.insert(id) {
            kept.insert(at, id.clone());
        }
    }
    taken.extend(kept.values().cloned());
    let fresh = |members: &[Member], taken: &mut BTreeSet<String>| {
        let mut candidates = members.iter().map(|member| ids(member.key)).filter(|id| !id.is_empty()).map(|id| event_id(&id));
        let free = candidates.find(|id| !taken.contains(id));
        let id = free
            .unwrap_or_else(|| event_id(&members.first().map(|member| format!("{}-{}", ids(member.key), member.key)).unwrap_or_default()));
        taken.insert(id.clone());
        id
    };
    let with_id = |(at, members): (usize, Vec<Member>)| {
        let id = kept.remove(&at).unwrap_or_else(|| fresh(&members, taken));
        Event { id, members }
    };
    events.into_iter().enumerate().map(with_id).collect()
}

/// Sums up events and keeps them; how many statements they have, and the ids of those that are none, since nothing but tolls tells them.
pub(super) fn keep_events(
    linker: &Linker,
    linking: &mut Linking<'_>,
    events: &[Event],
    reports: &BTreeMap<i64, Report>,
    ruled: &Ruled,
) -> Result<(u64, Vec<String>), sayso_store::Error> {
    let (mut kept, mut none) = (0, Vec::new());
    for chunk in events.chunks(CHUNK) {
        let numbers: Vec<i64> = chunk.iter().flat_map(|event| event.members.iter().map(|member| member.key)).collect();
        let statements = linking.reading().statements(&numbers)?;
        let statements: BTreeMap<i64, Read> =
            statements.into_iter().map(|statement| (statement.number, Read::of(statement, ruled))).collect();
        let change = |event: &Event| -> Option<GroupChange> {
            let tellings = in_order(&event.members, &statements, reports);
            if !tells_an_event(&tellings) {
                return None;
            }
            let settled = settled(ruled, event.members.iter().map(|member| member.key));
            let record = linker.event_record(&tellings, &settled);
            Some(GroupChange {
                record: GroupRecord { id: event.id.clone(), ..record },
                members: event.members.iter().map(membership).collect(),
            })
        };
        let changes: Vec<GroupChange> = chunk.par_iter().filter_map(change).collect();
        for change in &changes {
            kept += change.members.len() as u64;
            linking.set_group(change)?;
        }
        let told: BTreeSet<&str> = changes.iter().map(|change| change.record.id.as_str()).collect();
        none.extend(chunk.iter().filter(|event| !told.contains(event.id.as_str())).map(|event| event.id.clone()));
    }
    Ok((kept, none))
}

/// A statement with where it stands in the order of reading: its document and its place among that document's. Its number would not do,
/// for it changes when people decide on it.
struct Read {
    at: (i64, i64),
    statement: StatementRecord,
}

impl Read {
    fn of(statement: NumberedStatement, ruled: &Ruled) -> Read {
        Read { at: (statement.document, statement.position), statement: judged(statement, ruled).1 }
    }
}

/// The tellings of an event in the order of reading.
fn in_order<'a>(members: &[Member], statements: &'a BTreeMap<i64, Read>, reports: &'a BTreeMap<i64, Report>) -> Vec<Telling<'a>> {
    let telling = |member: &Member| {
        let read = statements.get(&member.key)?;
        Some((read.at, Telling { key: member.key, statement: &read.statement, report: reports.get(&read.at.0)? }))
    };
    let mut tellings: Vec<_> = members.iter().filter_map(telling).collect();
    tellings.sort_by_key(|(at, _)| *at);
    tellings.into_iter().map(|(_, telling)| telling).collect()
}

/// Keeps groups that are known by what makes them one.
pub(super) fn keep_keyed(linking: &mut Linking<'_>, groups: &[LinkedGroup]) -> Result<u64, sayso_store::Error> {
    let mut kept = 0;
    for group in groups {
        kept += group.members.len() as u64;
        linking.set_group(&GroupChange { record: group.record.clone(), members: group.members.iter().map(membership).collect() })?;
    }
    Ok(kept)
}

fn membership(member: &Member) -> Membership {
    let (joined_to, score) = match member.joined {
        event::Joined::First => (None, None),
        event::Joined::Likeness { to, score } => (Some(to), Some((f64::from(score) * 1e4).round() / 1e4)),
        event::Joined::Decided { with } => (Some(with), None),
    };
    Membership { statement: member.key, joined_to, score }
}

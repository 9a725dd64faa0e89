//! Which mentions are joined, and how many sources does each event have?

use std::collections::{BTreeMap, BTreeSet};

use sayso::linking::{Linked, Linker};
use sayso::types::record::StatementRecord;
use sayso_linking::Telling;
use sayso_linking::account::{Profile, Settled};

use super::super::gold::{Event, Topic};
use super::given::id_of;
use super::{Set, events_of};
use crate::eval::{f1, percent};

/// A mention of an event, or of several at once, with the events in which its statements are.
struct Item<'g> {
    /// The event; none for a mention of several at once, which belongs with no other.
    event: Option<&'g str>,
    report: &'g str,
    words: &'g str,
    groups: BTreeSet<usize>,
}

/// The measures of a linked set; `shown` names it where its errors are to be printed.
pub fn scores(linker: &Linker, topics: &[Topic], set: &Set, linked: &Linked, shown: Option<&str>) -> Vec<(String, f64)> {
    let of_statement = events_of(linked);
    let items: Vec<Item<'_>> = topics.iter().flat_map(|topic| items(topic, set, &of_statement)).collect();
    let all = pairs(&items, shown);
    let reached: Vec<Item<'_>> = items.into_iter().filter(|item| !item.groups.is_empty()).collect();
    let of_reached = pairs(&reached, None);
    let events: Vec<&Event> = topics.iter().flat_map(|topic| &topic.gold.events).collect();
    let (mut exact, mut near, mut status) = (0, 0, 0);
    for event in &events {
        let (sources, graded, why) = told(linker, event, &reached, set, linked);
        exact += usize::from(sources.len() == event.told.independent);
        near += usize::from(sources.len().abs_diff(event.told.independent) <= 1);
        let gold = format!("{:?}", event.status).to_lowercase();
        status += usize::from(graded == gold);
        if let Some(name) = shown.filter(|_| sources.len() != event.told.independent || graded != gold) {
            let gold_names: Vec<&str> = event.told.informants.iter().map(|i| i.name.as_str()).collect();
            eprintln!("{name}\t{}\tsources {sources:?}\tgold {gold_names:?}\tstatus {graded}, gold {gold}: {why}", event.told.name);
        }
    }
    let share = |part: usize| percent(part, events.len());
    vec![
        ("events_f1".to_owned(), f1(all.0, all.0 + all.1, all.0 + all.2)),
        ("events_precision".to_owned(), percent(all.0, all.0 + all.1)),
        ("events_recall".to_owned(), percent(all.0, all.0 + all.2)),
        ("events_reached_f1".to_owned(), f1(of_reached.0, of_reached.0 + of_reached.1, of_reached.0 + of_reached.2)),
        ("independent".to_owned(), share(exact)),
        ("near".to_owned(), share(near)),
        ("status".to_owned(), share(status)),
    ]
}

/// The mentions of a topic, each with the events of the statements whose trigger stands in its words and in those of no shorter one.
fn items<'g>(topic: &'g Topic, set: &Set, of_statement: &BTreeMap<i64, usize>) -> Vec<Item<'g>> {
    let of_events = topic
        .gold
        .events
        .iter()
        .flat_map(|event| event.told.mentions.iter().map(move |m| (Some(event.told.name.as_str()), &m.report, &m.words)));
    let of_several = topic.gold.aggregates.iter().map(|a| (None, &a.report, &a.words));
    let mut items: Vec<Item<'g>> =
        of_events.chain(of_several).map(|(event, report, words)| Item { event, report, words, groups: BTreeSet::new() }).collect();
    for report in &topic.reports {
        for (key, statement) in set.statements(&report.id) {
            let Some(group) = of_statement.get(key) else { continue };
            let mut given = items.iter_mut().filter(|item| statement.id == id_of(item.event, item.report, item.words));
            if let Some(item) = given.next() {
                item.groups.insert(*group);
                continue;
            }
            for trigger in triggers(statement) {
                let here = items.iter_mut().filter(|item| item.report == report.id && stands_in(trigger, item.words, &report.text));
                if let Some(item) = here.min_by_key(|item| item.words.len()) {
                    item.groups.insert(*group);
                }
            }
        }
    }
    items
}

/// The code points at which the triggers of a statement begin.
pub fn triggers(statement: &StatementRecord) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(&statement.evidence).chain(&statement.evidence.also).map(|evidence| evidence.trigger.start)
}

/// Whether a code point of a text lies in words that stand in it once.
pub fn stands_in(point: usize, words: &str, text: &str) -> bool {
    let Some(byte) = text.find(words) else { return false };
    let start = text[..byte].chars().count();
    (start..start + words.chars().count()).contains(&point)
}

/// Pairs that are rightly joined, wrongly joined, and missed.
fn pairs(items: &[Item<'_>], shown: Option<&str>) -> (usize, usize, usize) {
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (at, one) in items.iter().enumerate() {
        for other in &items[at + 1..] {
            let gold = one.event.is_some() && one.event == other.event;
            let joined = !one.groups.is_disjoint(&other.groups);
            // A sentence on several happenings may be one with its copy.
            if one.event.is_none() && other.event.is_none() && one.words == other.words {
                continue;
            }
            right += usize::from(gold && joined);
            wrong += usize::from(joined && !gold);
            missed += usize::from(gold && !joined);
            if let Some(name) = shown.filter(|_| joined && !gold) {
                eprintln!(
                    "{name}\tjoined\t{:?} {}: {}\t{:?} {}: {}",
                    one.event, one.report, one.words, other.event, other.report, other.words
                );
            }
            if let Some(name) = shown.filter(|_| gold && !joined && !one.groups.is_empty() && !other.groups.is_empty()) {
                eprintln!("{name}\tapart\t{:?} {}: {}\t{}: {}", one.event, one.report, one.words, other.report, other.words);
            }
        }
    }
    (right, wrong, missed)
}

/// The sources and the status of the event in which most mentions of a gold event are.
fn told(linker: &Linker, event: &Event, items: &[Item<'_>], set: &Set, linked: &Linked) -> (Vec<String>, String, String) {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for item in items.iter().filter(|item| item.event == Some(event.told.name.as_str())) {
        item.groups.iter().for_each(|group| *times.entry(*group).or_default() += 1);
    }
    let Some((group, _)) = times.iter().rev().max_by_key(|(_, times)| **times) else { return Default::default() };
    let members: BTreeSet<i64> = linked.groups[*group].members.iter().map(|member| member.key).collect();
    let tellings: Vec<Telling<'_>> = set
        .documents
        .iter()
        .flat_map(|(document, _, statements)| statements.iter().map(move |numbered| (document, numbered)))
        .filter(|(_, (key, _))| members.contains(key))
        .filter_map(|(document, (key, statement))| Some(Telling { key: *key, statement, report: linked.reports.get(document)? }))
        .collect();
    let account = linker.account(&tellings, Profile::Sources, &Settled::default());
    (
        account.independence.sources.iter().map(|source| source.name.clone()).collect(),
        account.status.grade.as_str().to_owned(),
        account.status.why,
    )
}

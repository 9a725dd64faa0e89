//! How does an event, relation or series differ from what it was, in words?

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::record::{GroupCount, GroupParty, GroupRecord};

/// A group in a line: "event assault, Kunduz, 2017-08-31; weak, 1 source; killed 24".
pub(crate) fn summed_up(group: &GroupRecord) -> String {
    let parts = [Some(named(group)), Some(standing(group)), counted(group)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What it is, where and when: "event assault, Kunduz, 2017-08-31".
pub(crate) fn named(group: &GroupRecord) -> String {
    let mut what = format!("{} {}", group.kind.as_str(), group.type_code);
    if let Some(mode) = &group.mode {
        what = format!("{what} ({mode})");
    }
    let place = group.place.as_ref().map(|place| place.name.clone());
    let time = group.time.clone();
    [Some(what), place, time].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn standing(group: &GroupRecord) -> String {
    group.status.iter().cloned().chain([sources(group.sources)]).collect::<Vec<_>>().join(", ")
}

fn counted(group: &GroupRecord) -> Option<String> {
    let counts: Vec<String> = group.counts.iter().map(|count| format!("{} {}", count.of.as_str(), range(count))).collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// What is otherwise than it was, each as "killed 24 → 31"; empty where nothing is that one would look for.
pub(crate) fn changes(before: &GroupRecord, after: &GroupRecord) -> Vec<String> {
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_owned());
    let place = |group: &GroupRecord| group.place.as_ref().map(|place| place.name.clone());
    let mut told = Vec::new();
    let mut differ = |name: &str, before: String, after: String| {
        if before != after {
            told.push(if name.is_empty() { format!("{before} → {after}") } else { format!("{name} {before} → {after}") });
        }
    };
    differ("", word(&before.status), word(&after.status));
    differ("", sources(before.sources), sources(after.sources));
    differ("statements", before.statements.to_string(), after.statements.to_string());
    differ("type", before.type_code.clone(), after.type_code.clone());
    differ("mode", word(&before.mode), word(&after.mode));
    for (of, (before, after)) in counts(before, after) {
        differ(of, before, after);
    }
    differ("time", word(&before.time), word(&after.time));
    if before.time == after.time {
        differ("days", days(before), days(after));
    }
    differ("place", word(&place(before)), word(&place(after)));
    differ("credibility", credibility(before), credibility(after));
    if before.ended != after.ended {
        told.push(if after.ended { "told to have ended" } else { "no longer told to have ended" }.to_owned());
    }
    if before.aggregate != after.aggregate {
        told.push(if after.aggregate { "now a round-up" } else { "no longer a round-up" }.to_owned());
    }
    told.extend(parties(&before.parties, &after.parties));
    told.extend(came_and_went("in dispute", &before.disputed, &after.disputed));
    told
}

fn sources(number: u64) -> String {
    format!("{number} source{}", if number == 1 { "" } else { "s" })
}

fn days(group: &GroupRecord) -> String {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    format!("{}/{}", day(&group.earliest), day(&group.latest))
}

fn credibility(group: &GroupRecord) -> String {
    group.credibility.map_or_else(|| "unknown".to_owned(), |grade| grade.to_string())
}

/// By what is counted: the values shown before and after.
fn counts<'g>(before: &'g GroupRecord, after: &'g GroupRecord) -> BTreeMap<&'g str, (String, String)> {
    let mut counts: BTreeMap<&str, (String, String)> = BTreeMap::new();
    let untold = || ("untold".to_owned(), "untold".to_owned());
    before.counts.iter().for_each(|count| counts.entry(count.of.as_str()).or_insert_with(untold).0 = range(count));
    after.counts.iter().for_each(|count| counts.entry(count.of.as_str()).or_insert_with(untold).1 = range(count));
    counts
}

/// The value shown, with all values that are told where these differ: "31", "24 of 20–40".
fn range(count: &GroupCount) -> String {
    let shown = match (count.best, count.low, count.high) {
        (Some(best), _, _) => best.to_string(),
        (None, Some(low), Some(high)) => format!("{low}–{high}"),
        (None, Some(low), None) => format!("at least {low}"),
        (None, None, Some(high)) => format!("at most {high}"),
        (None, None, None) => "unknown".to_owned(),
    };
    match (count.least, count.most) {
        (Some(least), Some(most)) if least < most => format!("{shown} of {least}–{most}"),
        _ => shown,
    }
}

fn parties(before: &[GroupParty], after: &[GroupParty]) -> Vec<String> {
    let names = |parties: &[GroupParty]| parties.iter().map(|party| format!("{} {}", party.role.as_str(), party.name)).collect::<Vec<_>>();
    came_and_went("", &names(before), &names(after))
}

fn came_and_went(what: &str, before: &[String], after: &[String]) -> Vec<String> {
    let (before, after): (BTreeSet<&String>, BTreeSet<&String>) = (before.iter().collect(), after.iter().collect());
    let what = if what.is_empty() { String::new() } else { format!("{what}: ") };
    let came = after.difference(&before).map(|name| format!("{what}now {name}"));
    came.chain(before.difference(&after).map(|name| format!("{what}no longer {name}"))).collect()
}

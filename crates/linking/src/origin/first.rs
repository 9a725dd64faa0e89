//! Which document of a group is its origin, and what ties each of the others to it?

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Copies, Judgement, Member, Ruling, Tie};
use super::imprint::Imprint;
use super::overlap::{Overlap, edge, shared};

/// The document that came first: one of the core that is nobody's guest, not one that credits another, not one published later than
/// another, not one that is a part of another; of those that are left, the one that was read first.
pub(super) fn first_of(members: &[&Imprint], core: &BTreeSet<i64>, copies: &Copies) -> i64 {
    let mut left = members.to_vec();
    keep(&mut left, |one, _| core.contains(&one.key));
    keep(&mut left, |one, all| !all.iter().any(|other| one.credits(other)));
    keep(&mut left, |one, _| one.foreign_credit().is_none());
    let first_day = left.iter().filter_map(|one| one.published).map(|(_, latest)| latest).min();
    keep(&mut left, |one, _| match (one.published, first_day) {
        (Some((earliest, _)), Some(day)) => earliest <= day,
        _ => true,
    });
    let parts: BTreeSet<i64> = parts(&left, copies);
    keep(&mut left, |one, _| !parts.contains(&one.key));
    left.iter().map(|one| one.key).min().unwrap_or_default()
}

/// Leaves those for which something holds, or all where it holds for none.
fn keep(left: &mut Vec<&Imprint>, holds: impl Fn(&Imprint, &[&Imprint]) -> bool) {
    let kept: Vec<&Imprint> = left.iter().copied().filter(|one| holds(one, left)).collect();
    if !kept.is_empty() {
        *left = kept;
    }
}

/// Those of the documents that are a part of another of them.
fn parts(documents: &[&Imprint], copies: &Copies) -> BTreeSet<i64> {
    let keys: BTreeSet<i64> = documents.iter().map(|one| one.key).collect();
    let mut parts = BTreeSet::new();
    for overlap in among(&keys, copies) {
        if overlap.is_within_other() {
            parts.insert(overlap.one);
        } else if overlap.is_within_one() {
            parts.insert(overlap.other);
        }
    }
    parts
}

/// The overlaps of which both documents are among `keys`.
fn among<'c>(keys: &'c BTreeSet<i64>, copies: &'c Copies) -> impl Iterator<Item = &'c Overlap> {
    keys.iter().flat_map(|key| copies.range((*key, i64::MIN)..=(*key, i64::MAX))).map(|(_, o)| o).filter(|o| keys.contains(&o.other))
}

/// What ties each document but the origin: its overlap with the origin; where there is none, the best with one that is tied
/// already; else what a person said.
pub(super) fn tied(origin: i64, members: &[&Imprint], copies: &Copies, judgements: &[Judgement]) -> Vec<Member> {
    let documents: BTreeMap<i64, &Imprint> = members.iter().map(|one| (one.key, *one)).collect();
    let keys: BTreeSet<i64> = documents.keys().copied().collect();
    let mut near: BTreeMap<i64, Vec<Overlap>> = BTreeMap::new();
    for overlap in among(&keys, copies) {
        near.entry(overlap.one).or_default().push(overlap.turned());
        near.entry(overlap.other).or_default().push(*overlap);
    }
    let mut waiting = keys;
    waiting.remove(&origin);
    let (mut tied, mut reached) = (Vec::new(), vec![origin]);
    while !waiting.is_empty() {
        let before = tied.len();
        for overlap in best(&reached, &near, &waiting) {
            tied.extend(copied(&overlap, &documents));
        }
        if tied.len() == before {
            tied.push(judged(origin, &waiting, &documents, judgements));
        }
        reached = tied[before..].iter().map(|member| member.key).collect();
        waiting.retain(|key| !reached.contains(key));
    }
    tied.sort_by_key(|member| member.key);
    tied
}

/// Of each waiting document its best overlap with those that were just reached.
fn best(reached: &[i64], near: &BTreeMap<i64, Vec<Overlap>>, waiting: &BTreeSet<i64>) -> Vec<Overlap> {
    let mut best: BTreeMap<i64, Overlap> = BTreeMap::new();
    for overlap in reached.iter().filter_map(|key| near.get(key)).flatten().filter(|overlap| waiting.contains(&overlap.one)) {
        let known = best.entry(overlap.one).or_insert(*overlap);
        if overlap.most() > known.most() {
            *known = *overlap;
        }
    }
    best.into_values().collect()
}

/// The member that an overlap ties to a document that is tied already.
fn copied(overlap: &Overlap, documents: &BTreeMap<i64, &Imprint>) -> Option<Member> {
    let (copy, original) = (*documents.get(&overlap.one)?, *documents.get(&overlap.other)?);
    let edge = edge(overlap, copy, original);
    let (kind, why) = if edge.copy == copy.key {
        (edge.kind, edge.why)
    } else {
        let kind = overlap.kind(copy, original);
        (kind, shared(overlap, kind, original))
    };
    Some(Member { key: copy.key, of: original.key, tie: Tie::Copy(kind), why })
}

/// The waiting document that a person put together with one that is tied already: with the lowest number, both.
fn judged(origin: i64, waiting: &BTreeSet<i64>, documents: &BTreeMap<i64, &Imprint>, judgements: &[Judgement]) -> Member {
    let together = judgements.iter().filter(|judgement| judgement.ruling == Ruling::Together);
    let both_ways = together.flat_map(|judgement| [(judgement.one, judgement.other), (judgement.other, judgement.one)]);
    let is_tied = |key: &i64| documents.contains_key(key) && !waiting.contains(key);
    let pair = both_ways.filter(|(key, of)| waiting.contains(key) && is_tied(of)).min();
    let (key, of) = pair.unwrap_or((waiting.first().copied().unwrap_or(origin), origin));
    let label = documents.get(&of).map_or_else(String::new, |of| of.label());
    Member { key, of, tie: Tie::Judged, why: format!("a person put it together with {label}") }
}

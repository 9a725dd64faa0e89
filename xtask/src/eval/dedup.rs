//! How well are copies found? Wikinews articles with made copies, as clusters, and real repeats in news corpora, as pairs.

use std::collections::BTreeMap;

use sayso_linking::origin::{Imprint, Overlap, Sketch, Words, candidates, compare, groups};
use serde::Deserialize;

use super::{Corpus, Measures, Reading, Split, f1, percent};

/// `made-*` are clusters: pairs of one cluster, the adjusted Rand index (1 at best), and for each kind of copy how many are put
/// with their original. `found-*` are pairs: `false-joins` counts unlike texts that stand in one group, and `overlap` is the share
/// called copies of those pairs that only share passages, which count neither way. Titles are not looked at.
pub const CORPUS: Corpus = Corpus { name: "dedup", files, measure };

fn files(split: Split) -> Vec<String> {
    let split = split.as_str();
    vec![format!("made_{split}.jsonl"), format!("found_{split}.jsonl"), "found_docs.jsonl".to_owned()]
}

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    #[serde(default)]
    cluster: String,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    label: String,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let made: Vec<Text> = reading.rows()?;
    let mut measures = clusters(&made, reading);
    let mut items = made.len();
    if let [_, (name, _), (texts, _)] = reading.texts.as_slice() {
        let pairs: Vec<Pair> = reading.rows_in(name)?;
        items += pairs.len();
        measures.extend(pairs_called(&pairs, &reading.rows_in::<Text>(texts)?, reading));
    }
    Ok((items, measures))
}

/// The group of each text, by its place.
fn grouped(texts: &[Text]) -> Vec<i64> {
    let words: Vec<Words> = texts.iter().map(|text| Words::of_all(&text.text)).collect();
    let sketches: Vec<Sketch> = words.iter().map(Sketch::of).collect();
    let key = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    let overlap = |(one, other): (usize, usize)| Overlap::of(key(one), key(other), &compare(&words[one], &words[other]));
    let overlaps: Vec<Overlap> = candidates(&sketches).into_iter().map(overlap).collect();
    let imprint = |(at, text): (usize, &Text)| Imprint { key: key(at), id: text.id.clone(), ..Imprint::default() };
    let imprints: Vec<Imprint> = texts.iter().enumerate().map(imprint).collect();
    let mut of = BTreeMap::new();
    for group in groups(&imprints, &overlaps, &[]) {
        of.extend(group.members.iter().map(|member| (member.key, group.origin)));
        of.insert(group.origin, group.origin);
    }
    (0..texts.len()).map(|at| of.get(&key(at)).copied().unwrap_or(key(at))).collect()
}

fn clusters(texts: &[Text], reading: &Reading<'_>) -> Measures {
    let found = grouped(texts);
    let mut both: BTreeMap<(&str, i64), usize> = BTreeMap::new();
    let mut gold: BTreeMap<&str, usize> = BTreeMap::new();
    let mut own_sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for (text, group) in texts.iter().zip(&found) {
        *both.entry((&text.cluster, *group)).or_default() += 1;
        *gold.entry(&text.cluster).or_default() += 1;
        *own_sizes.entry(*group).or_default() += 1;
    }
    let (right, gold, own) = (pairs_in(both.values()), pairs_in(gold.values()), pairs_in(own_sizes.values()));
    let by_chance = gold as f64 * own as f64 / pairs_in([&texts.len()].into_iter()).max(1) as f64;
    let rand = (right as f64 - by_chance) / ((gold + own) as f64 / 2.0 - by_chance);
    for (group, _) in own_sizes.iter().filter(|(_, size)| **size > 1) {
        note_joined(*group, &both, reading);
    }
    let mut measures: Measures = [
        ("made-precision", percent(right, own)),
        ("made-recall", percent(right, gold)),
        ("made-f1", f1(right, own, gold)),
        ("made-ari", rand),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    measures.extend(with_original(texts, &found, reading));
    measures
}

/// Shows the clusters that one group holds, where they are several.
fn note_joined(group: i64, both: &BTreeMap<(&str, i64), usize>, reading: &Reading<'_>) {
    let clusters: Vec<&str> = both.keys().filter(|(_, other)| *other == group).map(|(cluster, _)| *cluster).collect();
    if clusters.len() > 1 {
        reading.note(&group.to_string(), &format!("joined {}", clusters.join(" ")));
    }
}

/// For each kind of copy, how many stand in the group of their original.
fn with_original(texts: &[Text], found: &[i64], reading: &Reading<'_>) -> Measures {
    let originals: BTreeMap<&str, i64> =
        texts.iter().zip(found).filter(|(text, _)| text.kind == "orig").map(|(text, group)| (text.cluster.as_str(), *group)).collect();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (text, group) in texts.iter().zip(found).filter(|(text, _)| text.kind != "orig") {
        let (all, right) = kinds.entry(&text.kind).or_default();
        let original = originals.get(text.cluster.as_str()).copied();
        reading.report(&text.id, &Some(*group), &original);
        *all += 1;
        *right += usize::from(original == Some(*group));
    }
    kinds.into_iter().map(|(kind, (all, right))| (format!("made-{kind}"), percent(right, all))).collect()
}

/// How many pairs are in groups of these sizes.
fn pairs_in<'s>(sizes: impl Iterator<Item = &'s usize>) -> usize {
    sizes.map(|size| size * size.saturating_sub(1) / 2).sum()
}

fn pairs_called(pairs: &[Pair], texts: &[Text], reading: &Reading<'_>) -> Measures {
    let groups: BTreeMap<&str, i64> = texts.iter().map(|text| text.id.as_str()).zip(grouped(texts)).collect();
    let is_called = |pair: &Pair| matches!((groups.get(pair.a.as_str()), groups.get(pair.b.as_str())), (Some(a), Some(b)) if a == b);
    let count = |label: &str| pairs.iter().filter(|pair| pair.label == label).count();
    let called = |label: &str| pairs.iter().filter(|pair| pair.label == label && is_called(pair)).count();
    for pair in pairs {
        reading.report(&format!("{} {}", pair.a, pair.b), &is_called(pair), &(pair.label == "dup"));
    }
    let (right, wrong) = (called("dup"), called("no"));
    [
        ("found-precision", percent(right, right + wrong)),
        ("found-recall", percent(right, count("dup"))),
        ("found-false-joins", wrong as f64),
        ("found-overlap", percent(called("overlap"), count("overlap"))),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

//! Which documents of a record repeat which text? Kept with the reasons, and brought up to date where documents change.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sayso_linking::origin::{self, COMMON, FIRST, Imprint, Judgement, Overlap, Sketch, SketchIndex, Words, are_candidates, compare};
use sayso_linking::{Repeat, Report};
use sayso_store::{Linking, NumberedDocument, Reading};

use super::super::origins::{Original, imprint, other_origins, passages, repeated, report, words};

/// How many documents are read at a time.
const CHUNK: usize = 2048;

/// The reports of all documents, whose sketches, overlaps and origins are kept.
pub(super) fn all(linking: &mut Linking<'_>, judgements: &[Judgement]) -> Result<BTreeMap<i64, Report>, sayso_store::Error> {
    let mut read: Vec<Read> = Vec::new();
    let mut chunk: Vec<NumberedDocument> = Vec::new();
    linking.reading().each_document(|document| {
        chunk.push(document);
        if chunk.len() == CHUNK {
            read.extend(std::mem::take(&mut chunk).par_iter().map(Read::of).collect::<Vec<_>>());
        }
    })?;
    read.extend(chunk.par_iter().map(Read::of).collect::<Vec<_>>());
    let sketches: Vec<Sketch> = read.iter_mut().map(|read| std::mem::take(&mut read.sketch)).collect();
    let keys: Vec<(i64, i64)> =
        read.iter().zip(&sketches).flat_map(|(read, sketch)| sketch.keys().iter().map(|key| (*key, read.imprint.key))).collect();
    linking.keep_sketches(&keys)?;
    drop(keys);
    let index = SketchIndex::of(&sketches);
    let overlaps: Vec<Overlap> = (0..read.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let read = &read;
            let candidates = index.candidates(at).into_iter();
            candidates.map(move |before| overlap(&read[before], &read[at]))
        })
        .collect();
    keep_overlaps(linking, &overlaps)?;
    let read: BTreeMap<i64, Read> = read.into_iter().map(|read| (read.imprint.key, read)).collect();
    let reports = grouped(&read, &overlaps, judgements);
    for report in reports.values() {
        set_origin(linking, report)?;
    }
    Ok(reports)
}

/// Brings origins up to date for some documents that are new or changed and some that hold no more; which documents now repeat another text than
/// before, or none.
pub(super) fn update(
    linking: &mut Linking<'_>,
    changed: &[i64],
    former: &[i64],
    judgements: &[Judgement],
) -> Result<BTreeSet<i64>, sayso_store::Error> {
    let gone: BTreeSet<i64> = former.iter().copied().collect();
    let before: BTreeSet<i64> = neighbours(linking, &[changed, former].concat())?;
    linking.forget_documents(&[changed, former].concat())?;
    let documents = linking.reading().documents(changed)?;
    let read: Vec<Read> = documents.par_iter().map(Read::of).collect();
    let keys: Vec<(i64, i64)> = read.iter().flat_map(|read| read.sketch.keys().iter().map(|key| (*key, read.imprint.key))).collect();
    linking.keep_sketches(&keys)?;
    let mut overlaps: Vec<Overlap> = Vec::new();
    for one in &read {
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        let mut of_key: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (key, other) in linking.reading().sketched(one.sketch.keys(), COMMON as u32 + 1)? {
            of_key.entry(key).or_default().push(other);
        }
        for others in of_key.values() {
            // As in memory: a common key leads only to the first that hold it.
            let most = if others.len() > COMMON { FIRST } else { others.len() };
            others.iter().take(most).for_each(|other| *shared.entry(*other).or_default() += 1);
        }
        shared.remove(&one.imprint.key);
        let likely: Vec<i64> =
            shared.iter().filter(|(_, times)| **times >= 2 || one.sketch.keys().len() < 8).map(|(key, _)| *key).collect();
        let others: Vec<Read> = linking.reading().documents(&likely)?.par_iter().map(Read::of).collect();
        let close =
            others.iter().filter(|other| are_candidates(shared[&other.imprint.key], one.sketch.keys().len(), other.sketch.keys().len()));
        overlaps.extend(close.map(|other| if other.imprint.key < one.imprint.key { overlap(other, one) } else { overlap(one, other) }));
    }
    keep_overlaps(linking, &overlaps)?;
    let seeds: Vec<i64> = changed.iter().copied().chain(before).chain(judgements.iter().flat_map(|j| [j.one, j.other])).collect();
    let component: Vec<i64> = neighbours(linking, &seeds)?.into_iter().filter(|key| !gone.contains(key)).collect();
    let documents = linking.reading().documents(&component)?;
    let read: BTreeMap<i64, Read> = documents.par_iter().map(Read::of).map(|read| (read.imprint.key, read)).collect();
    let overlaps = overlaps_of(linking, &component)?;
    let former_origins: BTreeMap<i64, String> = linking.reading().origins(&component)?.into_iter().collect();
    let reports = grouped(&read, &overlaps, judgements);
    let mut moved = BTreeSet::new();
    for report in reports.values() {
        let json = repeats_json(report);
        if former_origins.get(&report.key) != json.as_ref() {
            moved.insert(report.key);
        }
        set_origin(linking, report)?;
    }
    for document in former {
        linking.set_origin(*document, None)?;
    }
    Ok(moved)
}

/// The reports of some documents, by number, with the origins that are kept.
pub fn reports(reading: Reading<'_>, documents: &[NumberedDocument]) -> Result<BTreeMap<i64, Report>, sayso_store::Error> {
    let numbers: Vec<i64> = documents.iter().map(|document| document.number).collect();
    let mut repeats: BTreeMap<i64, Vec<Repeat>> = BTreeMap::new();
    for (document, json) in reading.origins(&numbers)? {
        repeats.insert(document, serde_json::from_str(&json).unwrap_or_default());
    }
    let of = |document: &NumberedDocument| {
        let imprint = imprint(Original { key: document.number, document: &document.record });
        (document.number, Report { repeats: repeats.remove(&document.number).unwrap_or_default(), ..report(&imprint) })
    };
    Ok(documents.iter().map(of).collect())
}

/// What comparing documents needs of one.
struct Read {
    imprint: Imprint,
    words: Words,
    sketch: Sketch,
    text: String,
}

impl Read {
    fn of(document: &NumberedDocument) -> Read {
        let words = words(&document.record);
        let sketch = Sketch::of(&words);
        let imprint = imprint(Original { key: document.number, document: &document.record });
        Read { imprint, words, sketch, text: document.record.text.clone() }
    }
}

fn overlap(one: &Read, other: &Read) -> Overlap {
    Overlap::of(one.imprint.key, other.imprint.key, &compare(&one.words, &other.words))
}

/// Reports with what each repeats, of documents that are compared.
fn grouped(read: &BTreeMap<i64, Read>, overlaps: &[Overlap], judgements: &[Judgement]) -> BTreeMap<i64, Report> {
    let imprints: Vec<Imprint> = read.values().map(|read| read.imprint.clone()).collect();
    let groups = origin::groups(&imprints, overlaps, judgements);
    let mut reports: BTreeMap<i64, Report> = imprints.iter().map(|imprint| (imprint.key, report(imprint))).collect();
    let imprint_of = |key: i64| read.get(&key).map(|read| &read.imprint);
    for (copy, origins) in other_origins(&groups, overlaps, &imprint_of) {
        let Some(of_copy) = read.get(&copy) else { continue };
        let repeats = origins.into_iter().filter_map(|(origin, why)| {
            let original = read.get(&origin)?;
            Some(repeated(&original.imprint, why, passages(&of_copy.text, &of_copy.words, &original.words)))
        });
        let repeats = repeats.collect();
        reports.entry(copy).and_modify(|report| report.repeats = repeats);
    }
    reports
}

fn keep_overlaps(linking: &Linking<'_>, overlaps: &[Overlap]) -> Result<(), sayso_store::Error> {
    let rows: Vec<(i64, i64, String)> = overlaps.iter().map(|o| (o.one, o.other, serde_json::to_string(o).unwrap_or_default())).collect();
    linking.keep_overlaps(&rows)
}

fn overlaps_of(linking: &Linking<'_>, documents: &[i64]) -> Result<Vec<Overlap>, sayso_store::Error> {
    Ok(linking.reading().overlaps(documents)?.iter().filter_map(|json| serde_json::from_str(json).ok()).collect())
}

/// Some documents with all that share words with them, at any remove.
fn neighbours(linking: &Linking<'_>, seeds: &[i64]) -> Result<BTreeSet<i64>, sayso_store::Error> {
    let mut reached: BTreeSet<i64> = seeds.iter().copied().collect();
    let mut waiting: Vec<i64> = reached.iter().copied().collect();
    while !waiting.is_empty() {
        let near = overlaps_of(linking, &waiting)?;
        waiting = near.iter().flat_map(|overlap| [overlap.one, overlap.other]).filter(|key| reached.insert(*key)).collect();
    }
    Ok(reached)
}

fn repeats_json(report: &Report) -> Option<String> {
    (!report.repeats.is_empty()).then(|| serde_json::to_string(&report.repeats).unwrap_or_default())
}

fn set_origin(linking: &mut Linking<'_>, report: &Report) -> Result<(), sayso_store::Error> {
    let json = repeats_json(report);
    let repeats = json.as_deref().zip(report.repeats.first()).map(|(json, first)| (first.of, json));
    linking.set_origin(report.key, repeats)
}

//! Whose text is it? Documents as linking compares them, and each with the text that it repeats.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use sayso_linking::origin::{self, Imprint, Judgement, Overlap, Sketch, SketchIndex, Words, compare};
use sayso_linking::{Repeat, Report};
use sayso_types::record::DocumentRecord;
use sayso_types::{CodePoints, Edtf, Span};

/// A document with its number in the record.
#[derive(Clone, Copy, Debug)]
pub struct Original<'a> {
    /// Its number; the order of numbers is the order of reading.
    pub key: i64,
    /// The document.
    pub document: &'a DocumentRecord,
}

/// What a document says of its own publication.
pub fn imprint(of: Original<'_>) -> Imprint {
    let document = of.document;
    let published: Option<Edtf> = document.published.as_deref().and_then(|text| text.parse().ok());
    Imprint {
        key: of.key,
        id: document.id.clone(),
        title: document.title.clone(),
        published: published.and_then(|edtf| edtf.earliest().zip(edtf.latest())),
        publisher: document.publisher.clone(),
        credit: document.credit.as_ref().map(|credit| credit.name.clone()),
        url: document.url.clone(),
    }
}

/// The words of a document's report, without boilerplate.
pub fn words(document: &DocumentRecord) -> Words {
    let points = CodePoints::new(&document.text);
    let parts: Vec<Span> = document
        .blocks
        .iter()
        .filter(|block| block.kind.is_coded())
        .filter_map(|block| Span::new(points.to_byte(block.start), points.to_byte(block.end)))
        .collect();
    if parts.is_empty() { Words::of_all(&document.text) } else { Words::of(&document.text, &parts) }
}

/// Every document with the text that it repeats, by number; `judgements` are what people decided of pairs.
pub fn reports(documents: &[Original<'_>], judgements: &[Judgement]) -> BTreeMap<i64, Report> {
    let words: Vec<Words> = documents.par_iter().map(|of| words(of.document)).collect();
    let sketches: Vec<Sketch> = words.par_iter().map(Sketch::of).collect();
    let index = SketchIndex::of(&sketches);
    let overlaps: Vec<Overlap> = (0..documents.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let (words, documents) = (&words, &documents);
            index
                .candidates(at)
                .into_iter()
                .map(move |before| Overlap::of(documents[before].key, documents[at].key, &compare(&words[before], &words[at])))
        })
        .collect();
    grouped(documents, &overlaps, judgements)
}

/// The same of documents whose overlaps are known. What neither a copy's overlap nor a judgement ties, at any remove, can be grouped apart.
pub fn grouped(documents: &[Original<'_>], overlaps: &[Overlap], judgements: &[Judgement]) -> BTreeMap<i64, Report> {
    let imprints: Vec<Imprint> = documents.iter().map(|of| imprint(*of)).collect();
    let groups = origin::groups(&imprints, overlaps, judgements);
    let at: BTreeMap<i64, usize> = documents.iter().enumerate().map(|(at, of)| (of.key, at)).collect();
    let mut reports: BTreeMap<i64, Report> = imprints.iter().map(|imprint| (imprint.key, report(imprint))).collect();
    let imprint_of = |key: i64| at.get(&key).map(|at| &imprints[*at]);
    for (copy, origins) in other_origins(&groups, overlaps, &imprint_of) {
        let Some(copy_at) = at.get(&copy) else { continue };
        let document = documents[*copy_at].document;
        let of_copy = words(document);
        let repeats = origins.into_iter().filter_map(|(origin, why)| {
            let origin = *at.get(&origin)?;
            Some(repeated(&imprints[origin], why, passages(&document.text, &of_copy, &words(documents[origin].document))))
        });
        let repeats = repeats.collect();
        reports.entry(copy).and_modify(|report| report.repeats = repeats);
    }
    reports
}

/// The copies of some groups, each with the origins of the texts that it repeats and why, its group's first: a merged copy repeats several.
pub(super) fn other_origins<'i>(
    groups: &[origin::Group],
    overlaps: &[Overlap],
    imprint_of: &dyn Fn(i64) -> Option<&'i Imprint>,
) -> Vec<(i64, Vec<(i64, String)>)> {
    let origin_of: BTreeMap<i64, i64> =
        groups.iter().flat_map(|group| group.members.iter().map(|member| (member.key, group.origin))).collect();
    let mut overlaps_of: BTreeMap<i64, Vec<Overlap>> = BTreeMap::new();
    for overlap in overlaps {
        overlaps_of.entry(overlap.one).or_default().push(*overlap);
        overlaps_of.entry(overlap.other).or_default().push(overlap.turned());
    }
    let mut copies = Vec::new();
    for (group, member) in groups.iter().flat_map(|group| group.members.iter().map(move |member| (group, member))) {
        let mut origins = vec![(group.origin, member.why.clone())];
        for overlap in overlaps_of.get(&member.key).into_iter().flatten() {
            let Some((copy, other)) = imprint_of(overlap.one).zip(imprint_of(overlap.other)) else { continue };
            let edge = origin::edge(overlap, copy, other);
            let of = origin_of.get(&overlap.other).copied().unwrap_or(overlap.other);
            if overlap.is_copy(copy, other)
                && edge.copy == overlap.one
                && origins.iter().all(|(origin, _)| *origin != of)
                && of != member.key
            {
                origins.push((of, edge.why));
            }
        }
        copies.push((member.key, origins));
    }
    copies
}

/// A document that repeats none.
pub fn report(imprint: &Imprint) -> Report {
    Report {
        key: imprint.key,
        id: imprint.id.clone(),
        title: imprint.title.clone(),
        publisher: imprint.publisher.clone(),
        credit: imprint.foreign_credit().map(ToOwned::to_owned),
        published: imprint.published,
        repeats: Vec::new(),
    }
}

/// That a document repeats the text of `original`.
pub fn repeated(original: &Imprint, why: String, passages: Vec<Range<usize>>) -> Repeat {
    let credit = original.foreign_credit().map(ToOwned::to_owned);
    Repeat {
        of: original.key,
        title: original.title.clone().unwrap_or_else(|| original.id.clone()),
        held: credit.is_none(),
        outlet: credit.or_else(|| original.publisher.clone()),
        why,
        passages,
    }
}

/// Which code points of a copy stand in its original.
pub fn passages(copy: &str, words: &Words, original: &Words) -> Vec<Range<usize>> {
    let points = CodePoints::new(copy);
    let comparison = compare(words, original);
    comparison.passages().iter().map(|p| points.of_byte(p.one.start())..points.of_byte(p.one.end())).collect()
}

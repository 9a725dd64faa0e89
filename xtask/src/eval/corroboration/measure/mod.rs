//! How well is the corpus linked? From the reports' own words, and from statements as a faultless coder would give them.

mod given;
mod origins;
mod score;
mod setting;

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context;
use sayso::Coder;
use sayso::export::document_record;
use sayso::linking::{Linked, Linker, Numbered, Ruled};
use sayso::types::record::{DocumentRecord, StatementRecord};

use self::setting::Setting;
use super::gold::{self, Topic};
use crate::eval::{Corpus, Measures, Reading, Split};
use crate::root;

/// Of statements as the program codes them (`coded_…`) and of statements as a faultless coder would give them (`given_…`), of the half
/// that errors are mended on and of the `held_out` one: `events_f1`, over pairs of mentions that are or are not of one event, with its
/// precision and recall; of the coded ones also `events_reached_f1`, over mentions that have a statement at all; `independent`, the share of events
/// whose count of independent sources is exact, and `near`, at most one off; `status`, the share whose status is the gold's. And
/// `origins_f1`, over pairs of reports that are or are not of one text.
pub const CORPUS: Corpus = Corpus { name: "corroboration", files, measure };

const HALVES: [(&str, &str); 2] = [("dev", ""), ("held-out", "held_out_")];

fn files(_: Split) -> Vec<String> {
    let mut files = Vec::new();
    for (half, _) in HALVES {
        let folder = format!("evals/corroboration/{half}");
        let topics = fs::read_dir(root().join(&folder)).into_iter().flatten().flatten();
        let mut topics: Vec<String> = topics.map(|topic| topic.file_name().to_string_lossy().into_owned()).collect();
        topics.sort();
        files.extend(topics.iter().flat_map(|t| ["reports.jsonl", "gold.toml"].map(|file| format!("{folder}/{t}/{file}"))));
    }
    files
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let linker = Linker::of_actors(coder.knowledge().registry.actors())?;
    let mut measures = Measures::new();
    let mut reports = 0;
    for (half, prefix) in HALVES {
        let topics = gold::topics(&root().join("evals/corroboration").join(half))?;
        reports += topics.iter().map(|topic| topic.reports.len()).sum::<usize>();
        let shown = reading.errors && prefix.is_empty();
        let (coded, settings) = coded(coder, &topics)?;
        let knowing = given::Knowing { coded: &coded, settings: &settings, actors: coder.knowledge().registry.actors() };
        let given = given::given(&topics, &knowing);
        for (name, set) in [("coded", &coded), ("given", &given)] {
            let linked = linker.link(&set.documents, &Ruled::default());
            let scores = score::scores(&linker, &topics, set, &linked, shown.then_some(name));
            measures.extend(scores.into_iter().map(|(measure, value)| (format!("{prefix}{name}_{measure}"), value)));
            if name == "coded" {
                measures.insert(format!("{prefix}origins_f1"), origins::f1(&topics, set, &linked, shown));
            }
        }
    }
    Ok((reports, measures))
}

/// The reports of a half with statements, numbered.
pub struct Set {
    /// In the order of publication.
    pub documents: Vec<(i64, DocumentRecord, Vec<Numbered>)>,
    /// Numbers of documents by id.
    pub numbers: BTreeMap<String, i64>,
}

impl Set {
    /// Documents with their statements; they are numbered in the order of publication.
    fn of(mut documents: Vec<(DocumentRecord, Vec<StatementRecord>)>) -> Set {
        documents.sort_by(|a, b| (&a.0.published, &a.0.id).cmp(&(&b.0.published, &b.0.id)));
        let mut statements = 0;
        let documents: Vec<_> = (1..)
            .zip(documents)
            .map(|(number, (document, of_document))| {
                let numbered = of_document.into_iter().map(|statement| {
                    statements += 1;
                    (statements, statement)
                });
                (number, document, numbered.collect())
            })
            .collect();
        let numbers = documents.iter().map(|(number, document, _)| (document.id.clone(), *number)).collect();
        Set { documents, numbers }
    }

    /// The statements of a report.
    pub fn statements(&self, report: &str) -> &[Numbered] {
        let of_report = self.documents.iter().find(|(_, document, _)| document.id == report);
        of_report.map_or(&[], |(_, _, statements)| statements)
    }
}

/// The reports with their statements as the program codes them, and with what they mention.
fn coded(coder: &Coder, topics: &[Topic]) -> anyhow::Result<(Set, BTreeMap<String, Setting>)> {
    let mut coded = Vec::new();
    let mut settings = BTreeMap::new();
    for report in topics.iter().flat_map(|topic| &topic.reports) {
        let document = coder.document(&report.input).with_context(|| report.id.clone())?;
        settings.insert(report.id.clone(), Setting::of(coder, &document));
        coded.push((document_record(&document), coder.records(&document)));
    }
    Ok((Set::of(coded), settings))
}

/// The events of a linked set in which each statement is, by number.
fn events_of(linked: &Linked) -> BTreeMap<i64, usize> {
    let events = linked.groups.iter().enumerate().filter(|(_, group)| group.record.kind == sayso::types::record::GroupKind::Event);
    events.flat_map(|(at, group)| group.members.iter().map(move |member| (member.key, at))).collect()
}

//! How well does it go without the gold's mentions? Statements that the coder makes of the same texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sayso::linking::Linker;
use sayso::types::record::EvidenceRecord;
use sayso_linking::event::{Happening, Knowledge};

use super::mentions::{Row, account};
use super::{clustered, conll};
use crate::eval::plain::{Stretch, document};
use crate::eval::{Measures, Reading, percent};

/// `own_conll`, `own_lemma_topic` and `own_found`: over all gold mentions, each given to the statement that has a trigger on its words.
pub fn measures(reading: &Reading<'_>, rows: &[Row], linker: &Linker, knowledge: &Knowledge) -> anyhow::Result<Measures> {
    let coder = reading.coder()?;
    let mut gold: Vec<&str> = Vec::new();
    let mut statement_of: Vec<Option<i64>> = Vec::new();
    let mut topics: BTreeMap<&str, Vec<Happening>> = BTreeMap::new();
    let mut lemma_of: BTreeMap<i64, String> = BTreeMap::new();
    for (number, row) in (0i64..).zip(rows) {
        let account = Arc::new(account(number, row, linker, knowledge));
        let records = coder.records(&document(&row.tokenized_text, None));
        let mut triggers: Vec<(Stretch, i64)> = Vec::new();
        for (at, record) in (0i64..).zip(&records) {
            let key = (number << 16) | at;
            let Some(happening) = linker.happening(key, record, &account, &BTreeMap::new()) else { continue };
            triggers.extend(evidence(&record.evidence).into_iter().map(|stretch| (stretch, key)));
            lemma_of.insert(key, format!("{} {}", row.topic, happening.trigger.lemma));
            // Without dates little but words tells; so it is judged as a mention of whatever kind.
            topics.entry(&row.topic).or_default().push(Happening { event: None, ..happening });
        }
        for mention in row.mentions.iter().filter(|mention| mention.kind == "event") {
            let here = Stretch(mention.start, mention.end);
            gold.push(mention.gold());
            statement_of.push(triggers.iter().filter(|(t, _)| t.shared(here) > 0).max_by_key(|(t, _)| t.shared(here)).map(|(_, key)| *key));
        }
    }
    let used: BTreeSet<i64> = statement_of.iter().flatten().copied().collect();
    let parts: Vec<Vec<&Happening>> = topics.values().map(|topic| topic.iter().filter(|h| used.contains(&h.key)).collect()).collect();
    let group_of = clustered(&parts, knowledge);
    let found: Vec<Option<usize>> = statement_of.iter().map(|key| key.and_then(|key| group_of.get(&key).copied())).collect();
    let lemmas: Vec<Option<&String>> = statement_of.iter().map(|key| key.and_then(|key| lemma_of.get(&key))).collect();
    let measures = [
        ("own_conll", conll::conll(&gold, &found).mean()),
        ("own_lemma_topic", conll::conll(&gold, &lemmas).mean()),
        ("own_found", percent(used.len(), gold.len())),
    ];
    Ok(measures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Where a statement's triggers stand.
fn evidence(record: &EvidenceRecord) -> Vec<Stretch> {
    let also = record.also.iter().flat_map(evidence);
    std::iter::once(Stretch(record.trigger.start, record.trigger.end)).chain(also).collect()
}

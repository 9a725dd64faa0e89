//! Are mentions of one event found to be one across documents? ECB+ (Cybulska and Vossen 2014), news on pairs of like happenings, by the
//! same likeness and groups that link statements.
//!
//! Documents of a topic are compared, as is usual; the topic's two sub-topics are not told to the program.

mod coded;
mod conll;
mod fit;
mod mentions;

use std::collections::BTreeMap;

use anyhow::Context;
use sayso::linking::Linker;
use sayso_linking::event::{Edge, Happening, Kinship, Knowledge, THRESHOLD, Table, Tables, groups_from, score};

use super::{Corpus, Measures, Reading, one_file};
use crate::root;
pub use fit::fit;
use mentions::{Row, Told, told};

/// `conll` is the mean of `muc`, `b_cubed` and `ceaf_e`, over gold event mentions, singletons counted. `lemma_topic` and `lemma_subtopic` are
/// the same mean where mentions of one lemma in a topic, or in a sub-topic known from the gold, are one; `subtopic` that of the program where
/// the sub-topic is known; `lemma_stories` where documents are first grouped by their words. `own_…`: the coder's statements in place of
/// gold mentions, those that it does not find counted as missed; `own_found`: the share that it finds.
pub const CORPUS: Corpus = Corpus { name: "ecb_plus", files: one_file, measure };

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let rows: Vec<Row> = reading.rows()?;
    let (linker, knowledge) = (Linker::embedded()?, knowledge()?);
    let told = told(&rows, &linker, &knowledge);
    let gold: Vec<&str> = told.iter().map(|t| t.mention.gold()).collect();
    let topics = topics(&told);
    let mut measures = Measures::new();
    let scores = conll::conll(&gold, &labels(&told, &grouped(&told, &topics, &knowledge)));
    measures.insert("muc".to_owned(), scores.muc);
    measures.insert("b_cubed".to_owned(), scores.b_cubed);
    measures.insert("ceaf_e".to_owned(), scores.ceaf_e);
    measures.insert("conll".to_owned(), scores.mean());
    let subtopics = parts(&told, |t| t.row.subtopic.as_str());
    let lemma = |t: &Told<'_>| t.mention.head_lemma.to_lowercase();
    let by = |name: &dyn Fn(&Told<'_>) -> String| -> f64 {
        let found: Vec<Option<String>> = told.iter().map(|t| Some(format!("{} {}", name(t), lemma(t)))).collect();
        conll::conll(&gold, &found).mean()
    };
    measures.insert("lemma_topic".to_owned(), by(&|t| t.row.topic.clone()));
    measures.insert("lemma_subtopic".to_owned(), by(&|t| t.row.subtopic.clone()));
    measures.insert("subtopic".to_owned(), conll::conll(&gold, &labels(&told, &grouped(&told, &subtopics, &knowledge))).mean());
    let stories = stories(&told, &topics);
    measures.insert("lemma_stories".to_owned(), by(&|t| format!("{:?}", stories.get(&t.happening.account.document))));
    measures.extend(coded::measures(reading, &rows, &linker, &knowledge)?);
    Ok((rows.len(), measures))
}

/// What is known for comparing, from the repository's tables as they stand.
fn knowledge() -> anyhow::Result<Knowledge> {
    let names = [
        "linking/weights.tsv",
        "linking/compatible.tsv",
        "lexicons/en/happenings.tsv",
        "linking/commonness.tsv",
        "linking/triggers.tsv",
        "linking/stories.tsv",
        "linking/mentions.tsv",
    ];
    let read = |name: &&str| {
        let path = root().join("data").join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let texts = names.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let table = |at: usize| Table { file: names[at], text: &texts[at] };
    let tables = Tables {
        weights: table(0),
        compatible: table(1),
        words: table(2),
        commonness: table(3),
        triggers: table(4),
        stories: table(5),
        mentions: table(6),
    };
    Ok(Knowledge::load(&tables)?)
}

/// Positions of mentions by a part of the corpus.
fn parts<'t>(told: &'t [Told<'_>], part: impl Fn(&'t Told<'_>) -> &'t str) -> Vec<Vec<usize>> {
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    told.iter().enumerate().for_each(|(at, t)| parts.entry(part(t)).or_default().push(at));
    parts.into_values().collect()
}

fn topics(told: &[Told<'_>]) -> Vec<Vec<usize>> {
    parts(told, |t| t.row.topic.as_str())
}

/// The number of the group of each mention by its number; mentions of one part are compared.
fn grouped(told: &[Told<'_>], parts: &[Vec<usize>], knowledge: &Knowledge) -> BTreeMap<i64, usize> {
    let happenings: Vec<Vec<&Happening>> = parts.iter().map(|part| part.iter().map(|at| &told[*at].happening).collect()).collect();
    clustered(&happenings, knowledge)
}

/// The number of the group of each happening by its number; happenings of one part are compared.
fn clustered(parts: &[Vec<&Happening>], knowledge: &Knowledge) -> BTreeMap<i64, usize> {
    let kinship = Kinship::default();
    let mut group_of = BTreeMap::new();
    for part in parts {
        let pairs = part.iter().enumerate().flat_map(|(at, one)| part[..at].iter().map(move |other| (*one, *other)));
        let edges: Vec<Edge> = pairs.map(|(one, other)| (one.key, other.key, score(one, other, &kinship, knowledge))).collect();
        let keys: Vec<i64> = part.iter().map(|happening| happening.key).collect();
        for group in groups_from(&keys, &edges, &[], &[], THRESHOLD) {
            let number = group_of.len();
            group_of.extend(group.members.iter().map(|member| (member.key, number)));
        }
    }
    group_of
}

fn labels(told: &[Told<'_>], group_of: &BTreeMap<i64, usize>) -> Vec<Option<usize>> {
    told.iter().map(|t| group_of.get(&t.happening.key).copied()).collect()
}

/// How alike two documents' words are on average where their stories are one; set on the training part.
const ONE_STORY: f32 = 0.2;

/// Documents of one topic grouped by their words: the number of the group of each.
fn stories(told: &[Told<'_>], topics: &[Vec<usize>]) -> BTreeMap<i64, usize> {
    let mut story_of = BTreeMap::new();
    for topic in topics {
        let documents: BTreeMap<i64, &Happening> =
            topic.iter().map(|at| (told[*at].happening.account.document, &told[*at].happening)).collect();
        let mut edges = Vec::new();
        for (one, this) in &documents {
            for (other, that) in documents.range(..one) {
                edges.push((*one, *other, this.account.words.likeness(&that.account.words)));
            }
        }
        let keys: Vec<i64> = documents.keys().copied().collect();
        for group in groups_from(&keys, &edges, &[], &[], ONE_STORY) {
            let number = story_of.len();
            story_of.extend(group.members.iter().map(|member| (member.key, number)));
        }
    }
    story_of
}

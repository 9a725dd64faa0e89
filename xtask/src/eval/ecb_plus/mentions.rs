//! What is known of a mention of another corpus, as linking knows happenings?

use std::collections::BTreeMap;
use std::sync::Arc;

use sayso::linking::Linker;
use sayso_linking::event::{Account, Happening, Knowledge, Retellings, lower};
use serde::Deserialize;

/// A document of ECB+.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The topic: documents on two like happenings.
    pub topic: String,
    /// The sub-topic: documents on one happening.
    pub subtopic: String,
    /// The text, tokens and sentences apart; offsets count code points in it.
    pub tokenized_text: String,
    /// Number, start and end of each sentence.
    pub sents: Vec<(u32, usize, usize)>,
    /// What is mentioned.
    pub mentions: Vec<Mention>,
}

/// A mention of the gold.
#[derive(Debug, Deserialize)]
pub struct Mention {
    /// Its own id.
    pub id: String,
    /// `event` or `entity`.
    pub kind: String,
    /// What it is coreferent with.
    pub chain: String,
    /// Whether it is so with nothing.
    pub singleton: bool,
    /// Number of its sentence.
    pub sent: u32,
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
    /// The lemma of its head.
    pub head_lemma: String,
}

impl Mention {
    /// The name of its chain, its own where it is alone.
    pub fn gold(&self) -> &str {
        if self.singleton { &self.id } else { &self.chain }
    }
}

/// An event mention with what linking knows of it.
pub struct Told<'r> {
    /// The mention.
    pub mention: &'r Mention,
    /// Its document.
    pub row: &'r Row,
    /// As linking knows it.
    pub happening: Happening,
}

/// The event mentions of some documents, numbered through.
pub fn told<'r>(rows: &'r [Row], linker: &Linker, knowledge: &Knowledge) -> Vec<Told<'r>> {
    let mut told = Vec::new();
    for (document, row) in (0..).zip(rows) {
        let points: Vec<char> = row.tokenized_text.chars().collect();
        let account = Arc::new(account(document, row, linker, knowledge));
        let sentences: BTreeMap<u32, (usize, usize)> = row.sents.iter().map(|(number, start, end)| (*number, (*start, *end))).collect();
        for mention in row.mentions.iter().filter(|mention| mention.kind == "event") {
            let whole = (0, points.len());
            let (start, end) = sentences.get(&mention.sent).copied().unwrap_or(whole);
            let text = |from: usize, to: usize| points.get(from..to.min(points.len())).unwrap_or_default().iter().collect::<String>();
            let (before, after) = (text(start, mention.start), text(mention.end, end));
            let number = i64::try_from(told.len()).unwrap_or(i64::MAX);
            let happening = happening(number, mention, (&before, &after), &account, linker, knowledge);
            told.push(Told { mention, row, happening });
        }
    }
    told
}

/// What linking knows of a document of the corpus.
pub fn account(document: i64, row: &Row, linker: &Linker, knowledge: &Knowledge) -> Account {
    let lemmas: Vec<String> = lower(&row.tokenized_text).iter().map(|word| linker.lemma(word)).collect();
    let names: Vec<String> = row.sents.iter().flat_map(|(_, start, end)| names(&row.tokenized_text, *start, *end)).collect();
    Account {
        document,
        origin: document,
        published: None,
        retellings: Retellings::Apart,
        words: knowledge.words(lemmas.iter().map(String::as_str)),
        names: knowledge.words(names.iter().map(String::as_str)),
    }
}

/// The words with a capital or a digit from one code point to another, lower case, the first of them left out.
fn names(text: &str, start: usize, end: usize) -> Vec<String> {
    let sentence: String = text.chars().skip(start).take(end.saturating_sub(start)).collect();
    capitalized(&sentence).skip(1).collect()
}

fn capitalized(text: &str) -> impl Iterator<Item = String> {
    let marked = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    text.split_whitespace().filter(marked).flat_map(lower)
}

fn happening(
    number: i64,
    mention: &Mention,
    (before, after): (&str, &str),
    account: &Arc<Account>,
    linker: &Linker,
    knowledge: &Knowledge,
) -> Happening {
    let (left, right) = (lower(before), lower(after));
    let lemmas: Vec<String> = left.iter().chain(&right).map(|word| linker.lemma(word)).collect();
    let names: Vec<String> = capitalized(before).skip(1).chain(capitalized(after)).collect();
    let words: Vec<&str> = left.iter().chain(&right).map(String::as_str).collect();
    Happening {
        sentence: mention.sent,
        trigger: knowledge.trigger(&mention.head_lemma.to_lowercase()),
        words: knowledge.words(lemmas.iter().map(String::as_str)),
        names: knowledge.words(names.iter().map(String::as_str)),
        sites: knowledge.sites(lemmas.iter().map(String::as_str)),
        struck: knowledge.sites(lemmas.iter().map(String::as_str)),
        apart: knowledge.apart(&words, left.len()).unwrap_or_default().into(),
        ..Happening::of_account(number, account.clone())
    }
}

//! How does an engine link what no one machine holds? Each step of [`sayso::linking`] as a function of a table; between them the engine
//! brings the rows together that one step wants together.
//!
//! Documents are numbered from 1 in the order of reading. The steps, and by what their rows are to stand together:
//! [`sketches`] of each document; [`pairs`] by `key`; [`candidates`], after counting how often each pair came; [`overlaps`] of each pair
//! with both documents; [`origins`] by the component of copies; [`stories`] and [`tellings`] of each document; [`edges`] by `key`;
//! [`events`] by the component of edges of at least [`THRESHOLD`](sayso_linking::event::THRESHOLD); [`groups`] by `of`.
//! [`components`] finds components. Any number of keys or components may stand in one table: none has an effect on another.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use sayso::linking::{self, LinkedGroup, Linker, Original, estimate_identity, relation_identities};
use sayso_linking::event::{Account, Happening, Joined};
use sayso_linking::origin::{Overlap, Sketch, are_candidates, compare, met_by};
use sayso_linking::{Repeat, Report, Telling};
use sayso_types::record::{DocumentRecord, GroupKind, GroupRecord, StatementRecord};
use serde::{Deserialize, Serialize};

use crate::rows::{batch, countable, rows};
use crate::{Error, schema};

/// Statements of one document are numbered within so many bits.
const POSITIONS: u32 = 20;

/// Rows of (key, number, size): the keys by which documents that may have words in common are found.
///
/// # Errors
/// Says which column lacks: `number`, `document`.
pub fn sketches(table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Read {
        number: i64,
        document: DocumentRecord,
    }
    let mut keys: Vec<SketchKey> = Vec::new();
    for Read { number, document } in rows::<Read>(table, "this is no table of numbered documents")? {
        let sketch = Sketch::of(&linking::words(&document));
        let size = sketch.keys().len();
        keys.extend(sketch.keys().iter().map(|key| SketchKey { key: *key, number, size }));
    }
    batch(&schema::SKETCHES, &keys)
}

/// A key of a document's sketch.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct SketchKey {
    key: i64,
    number: i64,
    /// How many keys the document has.
    size: usize,
}

/// Two documents that have a key in common.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Pair {
    one: i64,
    other: i64,
    size_one: usize,
    size_other: usize,
    /// How many keys they have in common.
    shared: usize,
}

/// Rows of (one, other, sizes, shared = 1), one for each key that two documents have in common.
///
/// # Errors
/// Says which column lacks: `key`, `number`, `size`.
pub fn pairs(table: &RecordBatch) -> Result<RecordBatch, Error> {
    let mut by_key: BTreeMap<i64, BTreeMap<i64, usize>> = BTreeMap::new();
    for row in rows::<SketchKey>(table, "this is no table of sketches")? {
        by_key.entry(row.key).or_default().insert(row.number, row.size);
    }
    let mut pairs = Vec::new();
    for sizes in by_key.values().filter(|sizes| sizes.len() > 1) {
        let holders: Vec<i64> = sizes.keys().copied().collect();
        for other in &holders {
            let met = met_by(&holders, other).iter();
            pairs.extend(met.map(|one| Pair { one: *one, other: *other, size_one: sizes[one], size_other: sizes[other], shared: 1 }));
        }
    }
    batch(&schema::PAIRS, &pairs)
}

/// Of pairs with how many keys they share, those that are to be compared.
///
/// # Errors
/// Says which column lacks: those of [`pairs`].
pub fn candidates(table: &RecordBatch) -> Result<RecordBatch, Error> {
    let mut pairs = rows::<Pair>(table, "this is no table of pairs")?;
    pairs.retain(|pair| are_candidates(pair.shared, pair.size_one, pair.size_other));
    batch(&schema::PAIRS, &pairs)
}

/// Rows of (one, other, copy, overlap): how much of each of two documents stands in the other, and whether that makes one a copy.
///
/// # Errors
/// Says which column lacks: `one`, `other`, `document_one`, `document_other`.
pub fn overlaps(table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Read {
        one: i64,
        other: i64,
        document_one: DocumentRecord,
        document_other: DocumentRecord,
    }
    #[derive(Serialize)]
    struct Row {
        one: i64,
        other: i64,
        copy: bool,
        overlap: String,
    }
    let mut found = Vec::new();
    for Read { one, other, document_one, document_other } in rows::<Read>(table, "this is no table of pairs of documents")? {
        let overlap = Overlap::of(one, other, &compare(&linking::words(&document_one), &linking::words(&document_other)));
        let imprint = |key, document| linking::imprint(Original { key, document });
        let copy = overlap.is_copy(&imprint(one, &document_one), &imprint(other, &document_other));
        found.push(Row { one, other, copy, overlap: json(&overlap)? });
    }
    batch(&schema::OVERLAPS, &found)
}

/// Rows of (number, component): the lowest number that is tied to each, at any remove, by rows of (one, other).
///
/// # Errors
/// Says which column lacks: `one`, `other`.
pub fn components(table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Tie {
        one: i64,
        other: i64,
    }
    #[derive(Serialize)]
    struct Row {
        number: i64,
        component: i64,
    }
    fn root(above: &mut BTreeMap<i64, i64>, mut node: i64) -> i64 {
        while let Some(next) = above.get(&node).copied().filter(|next| *next != node) {
            let over = above.get(&next).copied().unwrap_or(next);
            above.insert(node, over);
            node = next;
        }
        node
    }
    let mut above: BTreeMap<i64, i64> = BTreeMap::new();
    for Tie { one, other } in rows::<Tie>(table, "this is no table of ties")? {
        above.entry(one).or_insert(one);
        above.entry(other).or_insert(other);
        let (one, other) = (root(&mut above, one), root(&mut above, other));
        above.insert(one.max(other), one.min(other));
    }
    let numbers: Vec<i64> = above.keys().copied().collect();
    let found: Vec<Row> = numbers.into_iter().map(|number| Row { number, component: root(&mut above, number) }).collect();
    batch(&schema::COMPONENTS, &found)
}

/// Rows of (number, repeats) for the documents that repeat the text of another.
///
/// # Errors
/// Says which column lacks: `number` and `document` of documents, `overlap` of overlaps, in whichever rows.
pub fn origins(table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Read {
        number: Option<i64>,
        document: Option<DocumentRecord>,
        overlap: Option<String>,
    }
    #[derive(Serialize)]
    struct Row<'a> {
        number: i64,
        repeats: &'a [Repeat],
    }
    let (mut documents, mut overlaps) = (BTreeMap::new(), Vec::new());
    for row in rows::<Read>(table, "this is no table of documents and overlaps")? {
        documents.extend(row.number.zip(row.document));
        if let Some(overlap) = row.overlap {
            overlaps.push(of_json::<Overlap>(&overlap)?);
        }
    }
    overlaps.sort_by_key(|overlap| (overlap.one, overlap.other));
    let originals: Vec<Original<'_>> = documents.iter().map(|(key, document)| Original { key: *key, document }).collect();
    let reports = linking::grouped(&originals, &overlaps, &[]);
    let copies = reports.values().filter(|report| !report.repeats.is_empty());
    batch(&schema::ORIGINS, &copies.map(|report| Row { number: report.key, repeats: &report.repeats }).collect::<Vec<_>>())
}

/// A document with its statements and the texts that it repeats.
#[derive(Deserialize)]
struct Told {
    number: i64,
    document: DocumentRecord,
    statements: Vec<StatementRecord>,
    repeats: Option<Vec<Repeat>>,
}

impl Told {
    fn of(table: &RecordBatch) -> Result<Vec<Told>, Error> {
        rows(table, "this is no table of numbered documents with their statements")
    }

    fn report(&mut self) -> Report {
        let report = linking::report(&linking::imprint(Original { key: self.number, document: &self.document }));
        Report { repeats: self.repeats.take().unwrap_or_default(), ..report }
    }

    fn numbered(&mut self) -> Vec<(i64, StatementRecord)> {
        let first = self.number << POSITIONS;
        (first..).zip(std::mem::take(&mut self.statements)).collect()
    }
}

/// Rows of (story, members, keys, account, happening): what each document tells of one happening.
///
/// # Errors
/// Says which column lacks: `number`, `document`, `statements`, `repeats`.
pub fn stories(linker: &Linker, table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Serialize)]
    struct Row {
        story: i64,
        members: Vec<StoryMember>,
        keys: Vec<i64>,
        account: String,
        happening: String,
    }
    let mut found = Vec::new();
    for mut told in Told::of(table)? {
        let (report, statements) = (told.report(), told.numbered());
        for strand in linker.strands(&report, &told.document, &statements) {
            found.push(Row {
                story: strand.key,
                members: strand.members.iter().map(|(key, score)| StoryMember { key: *key, score: *score }).collect(),
                account: json(&*strand.happening.account)?,
                happening: json(&strand.happening)?,
                keys: strand.keys,
            });
        }
    }
    batch(&schema::STORIES, &found)
}

/// A statement of a story.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct StoryMember {
    key: i64,
    score: f32,
}

/// Rows of (key, statement, report, relations, estimate): each statement with what makes its relations and its series one with others'.
///
/// # Errors
/// Says which column lacks: `number`, `document`, `statements`, `repeats`.
pub fn tellings(table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Serialize)]
    struct Row {
        key: i64,
        statement: String,
        report: String,
        relations: Vec<String>,
        estimate: Option<String>,
    }
    let mut found = Vec::new();
    for mut told in Told::of(table)? {
        let report = told.report();
        let as_json = json(&report)?;
        for (key, statement) in told.numbered() {
            let telling = Telling { key, statement: &statement, report: &report };
            found.push(Row {
                key,
                relations: relation_identities(&telling),
                estimate: estimate_identity(&telling),
                statement: json(&statement)?,
                report: as_json.clone(),
            });
        }
    }
    batch(&schema::TELLINGS, &found)
}

/// Rows of (one, other, score): pairs of stories under one key that may be one event.
///
/// # Errors
/// Says which column lacks: `key`, `account`, `happening`.
pub fn edges(linker: &Linker, table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Read {
        key: i64,
        account: String,
        happening: String,
    }
    #[derive(Serialize)]
    struct Row {
        one: i64,
        other: i64,
        score: f32,
    }
    let mut by_key: BTreeMap<i64, Vec<Happening>> = BTreeMap::new();
    for Read { key, account, happening } in rows::<Read>(table, "this is no table of stories by key")? {
        let account: Arc<Account> = Arc::new(of_json(&account)?);
        by_key.entry(key).or_default().push(Happening { account, ..of_json(&happening)? });
    }
    let edges = by_key.values().flat_map(|happenings| linker.edges_under_key(happenings));
    batch(&schema::EDGES, &edges.map(|(one, other, score)| Row { one, other, score }).collect::<Vec<_>>())
}

/// Rows of (of, key, joined_to, score): the statements of each event, which goes by the number of its first story.
///
/// # Errors
/// Says which column lacks: `story` and `members` of stories; `one`, `other` and `score` of edges, in whichever rows.
pub fn events(linker: &Linker, table: &RecordBatch) -> Result<RecordBatch, Error> {
    #[derive(Deserialize)]
    struct Read {
        story: Option<i64>,
        members: Option<Vec<StoryMember>>,
        one: Option<i64>,
        other: Option<i64>,
        score: Option<f32>,
    }
    let (mut strands, mut edges) = (Vec::new(), Vec::new());
    for row in rows::<Read>(table, "this is no table of stories and edges")? {
        let members = row.members.map(|members| members.iter().map(|member| (member.key, member.score)).collect::<Vec<_>>());
        strands.extend(row.story.zip(members));
        edges.extend(row.one.zip(row.other).zip(row.score).map(|((one, other), score)| (one, other, score)));
    }
    let mut found = Vec::new();
    for members in linker.events_of(&strands, &edges) {
        let of = members.first().map(|member| member.key.to_string()).unwrap_or_default();
        found.extend(members.iter().map(|member| {
            let (joined_to, score) = joined(member.joined);
            Belonging { of: of.clone(), key: member.key, joined_to, score }
        }));
    }
    batch(&schema::BELONGINGS, &found)
}

/// That a statement belongs to a group, which goes by what makes it one.
#[derive(Clone, Serialize)]
struct Belonging {
    of: String,
    key: i64,
    joined_to: Option<i64>,
    score: Option<f32>,
}

fn joined(how: Joined) -> (Option<i64>, Option<f32>) {
    match how {
        Joined::First => (None, None),
        Joined::Likeness { to, score } => (Some(to), Some(score)),
        Joined::Decided { with } => (Some(with), None),
    }
}

/// A statement of a group, with all that is known of it.
#[derive(Deserialize)]
struct Belongs {
    of: String,
    key: i64,
    joined_to: Option<i64>,
    score: Option<f32>,
    statement: String,
    report: String,
}

/// A statement, by number, with its report.
type Teller = (i64, StatementRecord, Report);

/// Rows of groups of a kind, each with its members.
///
/// # Errors
/// Says which column lacks: `of`, `key`, `joined_to`, `score`, `statement`, `report`.
pub fn groups(linker: &Linker, kind: GroupKind, table: &RecordBatch) -> Result<RecordBatch, Error> {
    let mut by_group: BTreeMap<String, Vec<Belongs>> = BTreeMap::new();
    for row in rows::<Belongs>(table, "this is no table of statements by group")? {
        by_group.entry(row.of.clone()).or_default().push(row);
    }
    let mut found = Vec::new();
    for (of, mut belongings) in by_group {
        belongings.sort_by_key(|row| row.key);
        let read = belongings.iter().map(|row| Ok((row.key, of_json(&row.statement)?, of_json(&row.report)?)));
        let tellers: Vec<Teller> = read.collect::<Result<_, Error>>()?;
        found.extend(group(linker, kind, &of, &tellers, &belongings));
    }
    batch(&schema::LINKED, &found)
}

/// A group with its members.
#[derive(Serialize)]
struct GroupRow {
    #[serde(flatten)]
    record: GroupRecord,
    members: Vec<GroupMember>,
}

/// A statement of a group, by its id.
#[derive(Serialize)]
struct GroupMember {
    statement_id: String,
    joined_to: Option<String>,
    score: Option<f32>,
}

fn group(linker: &Linker, kind: GroupKind, of: &str, tellers: &[Teller], belongings: &[Belongs]) -> Option<GroupRow> {
    let tellings: Vec<Telling<'_>> = tellers.iter().map(|(key, statement, report)| Telling { key: *key, statement, report }).collect();
    let by_identity = |found: LinkedGroup| {
        let joined = found.members.iter().map(|member| (member.key, joined(member.joined))).collect::<BTreeMap<_, _>>();
        (found.record, joined)
    };
    let (record, joined) = match kind {
        GroupKind::Event => {
            let joined = belongings.iter().map(|row| (row.key, (row.joined_to, row.score))).collect();
            (linker.event_of(&tellings)?, joined)
        }
        GroupKind::Relation => linker.relation_of(of, &tellings).map(by_identity)?,
        GroupKind::Estimate => linker.estimate_of(of, &tellings).map(by_identity)?,
    };
    let id = |key: i64| tellers.iter().find(|(known, ..)| *known == key).map(|(_, statement, _)| statement.id.clone());
    let member = |(key, (to, score)): (&i64, &(Option<i64>, Option<f32>))| {
        Some(GroupMember { statement_id: id(*key)?, joined_to: to.and_then(id), score: *score })
    };
    let members = joined.iter().filter_map(member).collect();
    Some(GroupRow { record: countable(record), members })
}

fn json<T: Serialize>(of: &T) -> Result<String, Error> {
    serde_json::to_string(of).map_err(Error::internal)
}

fn of_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::columns("this was not written by the step before", error))
}

/// The tables that the steps make, with their columns.
pub static STEPS: LazyLock<[(&str, &SchemaRef); 10]> = LazyLock::new(|| {
    [
        ("sketches", &schema::SKETCHES),
        ("pairs", &schema::PAIRS),
        ("overlaps", &schema::OVERLAPS),
        ("components", &schema::COMPONENTS),
        ("origins", &schema::ORIGINS),
        ("stories", &schema::STORIES),
        ("tellings", &schema::TELLINGS),
        ("edges", &schema::EDGES),
        ("belongings", &schema::BELONGINGS),
        ("linked", &schema::LINKED),
    ]
});

//! One question: the words in their place, the proposal, what it would change, and what was decided of the like.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso::agreement::Lot;
use sayso::linking::{NearEvents, SharedText, near_events, shared_text};
use sayso::types::decision::{Action, SubjectKind};
use sayso::types::record::{GroupKind, GroupRecord, StatementRecord};
use sayso_linking::account::Profile;
use sayso_store::query::{Cursor, Paging};
use sayso_store::{DecisionFilter, Record};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::bucket::{Bucket, disputed};
use super::votes::{Votes, disagreements};
use crate::answer::event::{Asked, EventAnswer};
use crate::answer::statement::{Context, DecisionInShort, DocumentInShort, StatementAnswer};
use crate::desk::Reader;
use crate::fault::Fault;

/// Statements that were coded less surely than this are worth a look.
pub(super) const UNSURE: f64 = 0.6;
/// Pairs of events as alike as this are nearly one; from 0.5 on linking takes them for one where nothing else keeps them apart.
pub(super) const NEAR: Range<f64> = 0.3..0.8;
/// Documents of which so much stands in the other are worth a look.
const SHARED: f64 = 0.2;
/// So many overlaps or names are looked at for one question.
const LOOKED_AT: usize = 200;
/// So many past decisions are looked at for the like.
const REMEMBERED: u32 = 2000;
/// So many of them are shown, and so many reasons.
const SHOWN: usize = 5;
/// So many statements a sample has where nobody says otherwise.
const SAMPLE: usize = 100;

/// Where in a bucket a person is.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Queue {
    /// Where the question before said that this one is; left out, the first.
    pub(crate) after: Option<String>,
    /// Of a sample, what it is drawn by: the same seed draws the same statements.
    #[serde(default)]
    pub(crate) seed: Option<u64>,
    /// Of a sample, how many statements it has, a thousand at most.
    #[serde(default)]
    pub(crate) size: Option<usize>,
    /// Of a sample, the last row that it was drawn from; left out, the last that was coded.
    #[serde(default)]
    pub(crate) through: Option<i64>,
    /// `vote`: verdicts are given and compared, and nothing is decided. Statements on which the person has voted are passed over.
    #[serde(default)]
    pub(crate) mode: Option<String>,
}

impl Queue {
    /// Whether verdicts are given.
    pub(crate) fn votes(&self) -> bool {
        self.mode.as_deref() == Some("vote")
    }
}

/// A question of a bucket.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewAnswer {
    /// Of which bucket.
    pub(crate) bucket: Bucket,
    /// The question; null where none is left.
    pub(crate) proposal: Option<Proposal>,
    /// Where the next one is; null where this is the last.
    pub(crate) next: Option<String>,
    /// Of a sample, the last row that it was drawn from, by which it can be drawn again.
    pub(crate) through: Option<i64>,
    /// Reasons that were given most often of late, the most frequent first.
    pub(crate) reasons: Vec<String>,
}

/// What is to be decided.
#[derive(Serialize, ToSchema)]
#[serde(tag = "of", rename_all = "kebab-case")]
#[schema(as = ReviewProposal)]
pub(crate) enum Proposal {
    /// Whether a statement is what the words say.
    Statement(Box<Stated>),
    /// Which of an event's differing values is shown.
    Conflict {
        /// The event.
        event: Box<GroupRecord>,
        /// What sources differ on and nobody has settled.
        attributes: Vec<Attribute>,
    },
    /// Whether two events are one.
    Join {
        /// The two.
        events: Box<[GroupRecord; 2]>,
        /// The statements, one of each, that are most alike.
        statements: Box<[Quoted; 2]>,
        /// How surely they are one, from 0 to 1.
        score: f64,
        /// What speaks for it.
        grounds: Vec<String>,
        /// What speaks against it.
        against: Vec<String>,
    },
    /// Whether two actors are one.
    Identity {
        /// Id of the one.
        a: String,
        /// What it is called.
        a_name: String,
        /// Id of the other, of the registry.
        b: String,
        /// What it is called.
        b_name: String,
        /// Why it is asked.
        why: String,
        /// Events in which the one takes part.
        a_events: Vec<GroupRecord>,
        /// Events in which the other does.
        b_events: Vec<GroupRecord>,
    },
    /// Whether two documents give one text.
    Copies {
        /// The two; the first was read later.
        documents: Box<[DocumentInShort; 2]>,
        /// How each begins.
        beginnings: [String; 2],
        /// The part of the words of each that stands in the other.
        shares: [f64; 2],
    },
}

/// A statement to be judged.
#[derive(Serialize, ToSchema)]
pub(crate) struct Stated {
    /// The statement with its words in their place.
    #[serde(flatten)]
    pub(crate) whole: StatementAnswer,
    /// What rejecting it would change, a sentence each.
    pub(crate) effects: Vec<String>,
    /// What was decided of late on the like: the same type brought up by the same word.
    pub(crate) similar: Vec<Similar>,
    /// What a newer reading has in its place.
    pub(crate) newer: Option<StatementRecord>,
    /// What reviewers said of it.
    pub(crate) votes: Votes,
}

/// A past decision on the like.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Similar {
    /// What was decided.
    #[serde(flatten)]
    pub(crate) decision: DecisionInShort,
    /// Of which words.
    pub(crate) words: String,
}

/// Something on which sources differ.
#[derive(Serialize, ToSchema)]
#[schema(as = DifferingAttribute)]
pub(crate) struct Attribute {
    /// Which: "killed".
    pub(crate) name: String,
    /// The values, as they are to be settled.
    pub(crate) values: Vec<ToldValue>,
}

/// One of differing values.
#[derive(Serialize, ToSchema)]
pub(crate) struct ToldValue {
    /// The value.
    pub(crate) value: String,
    /// Whether it is the one shown.
    pub(crate) is_shown: bool,
    /// Who tells it, in which words.
    pub(crate) told: Vec<crate::answer::event::Told>,
}

/// A statement with its words and who carries it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Quoted {
    /// The statement.
    pub(crate) statement: StatementRecord,
    /// The document that makes it.
    pub(crate) document: DocumentInShort,
    /// Its words in their place.
    pub(crate) context: Context,
}

impl Quoted {
    fn of(reader: Reader<'_>, id: &str) -> Result<Quoted, Fault> {
        let whole = StatementAnswer::of(reader, id)?;
        Ok(Quoted { statement: whole.statement, document: whole.document, context: whole.context })
    }
}

/// A question, and where the next one is.
type Found = (Option<Proposal>, Option<String>);

impl ReviewAnswer {
    /// The question of a bucket at a place, for a person.
    pub(crate) fn of(reader: Reader<'_>, who: &str, bucket: Bucket, queue: &Queue) -> Result<ReviewAnswer, Fault> {
        let mut through = None;
        let (proposal, next) = match bucket {
            Bucket::New => unreviewed(reader, who, queue, None)?,
            Bucket::Unsure => unreviewed(reader, who, queue, Some(UNSURE))?,
            Bucket::Conflicts => conflict(reader, queue)?,
            Bucket::Joins => join(reader, queue)?,
            Bucket::Identities => identity(reader, queue)?,
            Bucket::Copies => copies(reader, queue)?,
            Bucket::Unanchored => unanchored(reader, who, queue)?,
            Bucket::Disagreements => disagreement(reader, who, queue)?,
            Bucket::Sample => {
                let last = queue.through.map_or_else(|| reader.record.last_coded(), Ok)?;
                through = Some(last);
                sample(reader, who, queue, last)?
            }
        };
        Ok(ReviewAnswer { bucket, proposal, next, through, reasons: reasons(reader.record)? })
    }
}

/// The page that begins where a question is.
fn paging(queue: &Queue, limit: usize) -> Result<Paging, Fault> {
    let after = queue.after.as_deref().filter(|after| !after.is_empty()).map(str::parse::<Cursor>).transpose();
    Ok(Paging { limit, after: after.map_err(|error| Fault::invalid(error.to_string(), "Leave `after` out to begin anew."))? })
}

/// A number as the place of a question.
fn number(queue: &Queue) -> Result<usize, Fault> {
    let after = queue.after.as_deref().filter(|after| !after.is_empty());
    let number = after.map_or(Ok(0), str::parse);
    number.map_err(|_| Fault::invalid("`after` is no place in this bucket", "Leave `after` out to begin anew."))
}

fn stated(reader: Reader<'_>, who: &str, id: &str) -> Result<Stated, Fault> {
    let whole = StatementAnswer::of(reader, id)?;
    let effects = whole.groups.iter().map(effect).collect();
    let similar = similar(reader.record, &whole.statement)?;
    let votes = Votes::of(reader, who, &whole.statement.id)?;
    Ok(Stated { effects, similar, newer: None, votes, whole })
}

fn effect(group: &GroupRecord) -> String {
    let kind = match group.kind {
        GroupKind::Event => "event",
        GroupKind::Relation => "relation",
        GroupKind::Estimate => "series",
    };
    match group.statements {
        0 | 1 => format!("it alone tells this {kind}: rejected, the {kind} is no more"),
        2 => format!("rejected, one statement is left to tell this {kind}, which counts {} independent now", sources(group)),
        more => format!("rejected, {} statements are left to tell this {kind}, which counts {} independent now", more - 1, sources(group)),
    }
}

fn sources(group: &GroupRecord) -> String {
    format!("{} {}", group.sources, if group.sources == 1 { "source" } else { "sources" })
}

fn similar(record: &Record, statement: &StatementRecord) -> Result<Vec<Similar>, Fault> {
    let (kind, word) = (statement.proposition.type_code(), statement.evidence.trigger.text.to_lowercase());
    let of_late = record.last_decisions(&["accept", "reject", "correct"], REMEMBERED)?;
    let like = of_late.into_iter().filter_map(|decision| {
        let anchor = decision.action.reviewed()?;
        let alike = anchor.statement != statement.id && anchor.type_code == kind && anchor.trigger.text.to_lowercase() == word;
        let words = anchor.evidence.text.clone();
        alike.then(|| Similar {
            decision: DecisionInShort {
                id: decision.id.0,
                what: sayso::decide::sentence(&decision.action),
                who: decision.who,
                at: decision.at,
                why: decision.why,
                holds: decision.holds,
            },
            words,
        })
    });
    Ok(like.take(SHOWN).collect())
}

/// The reasons that were given most often of late.
fn reasons(record: &Record) -> Result<Vec<String>, Fault> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for decision in record.last_decisions(&["reject", "correct", "join", "split"], REMEMBERED)? {
        *times.entry(decision.why).or_default() += 1;
    }
    let mut often: Vec<(usize, String)> = times.into_iter().filter(|(why, _)| why.chars().count() <= 60).map(|(why, n)| (n, why)).collect();
    often.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(often.into_iter().take(SHOWN).map(|(_, why)| why).collect())
}

fn unreviewed(reader: Reader<'_>, who: &str, queue: &Queue, below: Option<f64>) -> Result<Found, Fault> {
    let mut page = paging(queue, 1)?;
    for _ in 0..LOOKED_AT {
        let found = reader.record.unreviewed(below, &page)?;
        let next = found.next.as_ref().map(ToString::to_string);
        if found.items.is_empty() {
            // A whole stretch has none: the person sees that before the next is looked through.
            return Ok((None, next));
        }
        if let Some(statement) = found.items.into_iter().next() {
            let stated = stated(reader, who, &statement.id)?;
            if !(queue.votes() && stated.votes.own.is_some()) {
                return Ok((Some(Proposal::Statement(Box::new(stated))), next));
            }
        }
        match found.next {
            Some(cursor) => page.after = Some(cursor),
            None => return Ok((None, None)),
        }
    }
    Ok((None, page.after.map(|cursor| cursor.to_string())))
}

/// Whether sources differ on something of an event that nobody has settled.
pub(super) fn is_open(reader: Reader<'_>, group: &GroupRecord) -> Result<bool, Fault> {
    let settled = settled(reader, &group.id)?;
    Ok(group.disputed.iter().any(|name| !settled.contains(name)))
}

/// The attributes of an event that people settled.
fn settled(reader: Reader<'_>, event: &str) -> Result<Vec<String>, Fault> {
    let about = Some((SubjectKind::Group, event.to_owned()));
    let filter = DecisionFilter { about, actions: vec!["settle".to_owned()], only_holding: true, ..DecisionFilter::default() };
    let settled = reader.record.decisions(&filter)?.into_iter().filter_map(|decision| match decision.action {
        Action::Settle { attribute, .. } => Some(attribute),
        _ => None,
    });
    Ok(settled.collect())
}

fn conflict(reader: Reader<'_>, queue: &Queue) -> Result<Found, Fault> {
    let mut page = paging(queue, 1)?;
    for _ in 0..LOOKED_AT {
        let found = reader.record.groups(&disputed(page.clone()))?;
        let next = found.next.as_ref().map(ToString::to_string);
        if found.items.is_empty() {
            // A whole stretch has none: the person sees that before the next is looked through.
            return Ok((None, next));
        }
        if let Some(group) = found.items.into_iter().next()
            && is_open(reader, &group)?
            && let Asked::Stands(answer) = EventAnswer::of(reader, &group.id, Profile::default())?
        {
            let settled = settled(reader, &group.id)?;
            let names: Vec<&String> = group.disputed.iter().filter(|name| !settled.contains(name)).collect();
            let attributes = names.into_iter().map(|name| attribute(name, &answer)).collect();
            return Ok((Some(Proposal::Conflict { event: Box::new(group), attributes }), next));
        }
        match found.next {
            Some(cursor) => page.after = Some(cursor),
            None => return Ok((None, None)),
        }
    }
    Ok((None, page.after.map(|cursor| cursor.to_string())))
}

fn attribute(name: &str, answer: &EventAnswer) -> Attribute {
    let mut values: Vec<ToldValue> = Vec::new();
    for told in answer.told.iter().filter(|told| told.attribute == name) {
        match values.iter_mut().find(|value| value.value == told.value) {
            Some(value) => value.told.push(told.clone()),
            None => values.push(ToldValue { value: told.value.clone(), is_shown: told.is_shown, told: vec![told.clone()] }),
        }
    }
    Attribute { name: name.to_owned(), values }
}

fn join(reader: Reader<'_>, queue: &Queue) -> Result<Found, Fault> {
    let mut page = paging(queue, 1)?;
    for _ in 0..LOOKED_AT {
        let found = reader.record.near_pairs(NEAR.start, NEAR.end, &page)?;
        let next = found.next.as_ref().map(ToString::to_string);
        if found.items.is_empty() {
            // A whole stretch has none: the person sees that before the next is looked through.
            return Ok((None, next));
        }
        if let Some(pair) = found.items.first()
            && let Some(near) = near_events(reader.linker, reader.record, pair)?
            && let Some(proposal) = joined(reader, near)?
        {
            return Ok((Some(proposal), next));
        }
        match found.next {
            Some(cursor) => page.after = Some(cursor),
            None => return Ok((None, None)),
        }
    }
    Ok((None, page.after.map(|cursor| cursor.to_string())))
}

fn joined(reader: Reader<'_>, near: NearEvents) -> Result<Option<Proposal>, Fault> {
    let events: Vec<GroupRecord> =
        near.events.iter().map(|id| Ok::<_, Fault>(reader.record.group(id)?.record)).collect::<Result<_, _>>()?;
    let Ok(events) = <[GroupRecord; 2]>::try_from(events) else { return Ok(None) };
    let statements = Box::new([Quoted::of(reader, &near.statements[0])?, Quoted::of(reader, &near.statements[1])?]);
    let NearEvents { score, grounds, against, .. } = near;
    Ok(Some(Proposal::Join { events: Box::new(events), statements, score, grounds, against }))
}

fn identity(reader: Reader<'_>, queue: &Queue) -> Result<Found, Fault> {
    let mut after = queue.after.clone().unwrap_or_default();
    let parties = reader.record.parties_after(&after, LOOKED_AT)?;
    let ended = parties.len() < LOOKED_AT;
    for (name, is_candidate) in parties {
        after.clone_from(&name);
        let alike = if is_candidate { reader.linker.called_like(&name) } else { reader.linker.called_like_actor(&name) };
        let a = if is_candidate { sayso::linking::candidate_id(&name) } else { name.clone() };
        // Two of the registry that are alike are asked about once.
        for like in alike.into_iter().filter(|like| is_candidate || a < like.id) {
            if judged(reader, &a, &like.id)? {
                continue;
            }
            let a_name = reader.linker.actor_name(&a).unwrap_or(&name).to_owned();
            let why = format!("“{a_name}” and “{}” read alike but for vowels and signs", like.by);
            let (a_events, b_events) = (events_with(reader, &name)?, events_with(reader, &like.id)?);
            let proposal = Proposal::Identity { a, a_name, b: like.id, b_name: like.name, why, a_events, b_events };
            return Ok((Some(proposal), Some(after)));
        }
    }
    Ok((None, (!ended).then_some(after)))
}

/// Whether a person has judged how two actors stand to each other.
fn judged(reader: Reader<'_>, a: &str, b: &str) -> Result<bool, Fault> {
    let about = Some((SubjectKind::Actor, a.to_owned()));
    let filter = DecisionFilter { about, actions: vec!["actors".to_owned()], only_holding: true, ..DecisionFilter::default() };
    let decisions = reader.record.decisions(&filter)?;
    Ok(decisions.iter().any(|decision| matches!(&decision.action, Action::Actors { a: one, b: other, .. } if one == b || other == b)))
}

fn events_with(reader: Reader<'_>, actor: &str) -> Result<Vec<GroupRecord>, Fault> {
    let filter = sayso_store::query::GroupFilter {
        actors: vec![actor.to_owned()],
        paging: Paging { limit: SHOWN, after: None },
        ..sayso_store::query::GroupFilter::default()
    };
    Ok(reader.record.groups(&filter)?.items)
}

fn copies(reader: Reader<'_>, queue: &Queue) -> Result<Found, Fault> {
    let mut page = paging(queue, 1)?;
    for _ in 0..LOOKED_AT {
        let found = reader.record.overlaps_before(&page)?;
        let next = found.next.as_ref().map(ToString::to_string);
        if let Some(overlap) = found.items.first()
            && let Some(SharedText { documents, shares }) = shared_text(reader.record, overlap, SHARED)?
        {
            let beginning = |at: usize| documents[at].text.chars().take(600).collect::<String>();
            let beginnings = [beginning(0), beginning(1)];
            let documents = Box::new([DocumentInShort::of(&documents[0]), DocumentInShort::of(&documents[1])]);
            return Ok((Some(Proposal::Copies { documents, beginnings, shares }), next));
        }
        match found.next {
            Some(cursor) => page.after = Some(cursor),
            None => return Ok((None, None)),
        }
    }
    Ok((None, page.after.map(|cursor| cursor.to_string())))
}

fn unanchored(reader: Reader<'_>, who: &str, queue: &Queue) -> Result<Found, Fault> {
    let at = number(queue)?;
    let all = reader.record.unanchored()?;
    let more = all.len() > at + 1;
    let Some(one) = all.into_iter().nth(at) else { return Ok((None, None)) };
    let stated = Stated { newer: one.newer, ..stated(reader, who, &one.statement.id)? };
    Ok((Some(Proposal::Statement(Box::new(stated))), more.then(|| (at + 1).to_string())))
}

fn disagreement(reader: Reader<'_>, who: &str, queue: &Queue) -> Result<Found, Fault> {
    let after = queue.after.clone().unwrap_or_default();
    let mut open = disagreements(reader)?.into_iter().filter(|id| *id > after).peekable();
    let Some(id) = open.next() else { return Ok((None, None)) };
    let mut stated = stated(reader, who, &id)?;
    stated.votes = Votes::open(reader, who, &id)?;
    let next = open.peek().map(|_| id.clone());
    Ok((Some(Proposal::Statement(Box::new(stated))), next))
}

/// The next statement of the sample that a seed draws from the rows that were coded up to one.
fn sample(reader: Reader<'_>, who: &str, queue: &Queue, through: i64) -> Result<Found, Fault> {
    let size = queue.size.unwrap_or(SAMPLE).clamp(1, 1000);
    let bound = usize::try_from(through).unwrap_or_default();
    if bound == 0 {
        return Ok((None, None));
    }
    let mut lot = Lot(queue.seed.unwrap_or(1));
    let drawn: Vec<i64> = (0..size * 4).filter_map(|_| i64::try_from(lot.below(bound) + 1).ok()).collect();
    let at = number(queue)?;
    let mut found = Vec::new();
    for rows in drawn.chunks(size) {
        if found.len() > at + 1 {
            break;
        }
        let known: Vec<i64> = found.iter().map(|(row, _): &(i64, StatementRecord)| *row).collect();
        found.extend(reader.record.coded_at(rows)?.into_iter().filter(|(row, _)| !known.contains(row)));
    }
    found.truncate(size);
    let Some((_, statement)) = found.get(at) else { return Ok((None, None)) };
    let stated = stated(reader, who, &statement.id)?;
    Ok((Some(Proposal::Statement(Box::new(stated))), (found.len() > at + 1).then(|| (at + 1).to_string())))
}

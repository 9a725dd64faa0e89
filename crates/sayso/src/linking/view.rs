//! What is known of one event, relation or series? The whole account, computed from its statements as they stand or stood.

use std::collections::{BTreeMap, BTreeSet};

use sayso_linking::account::{Account, Profile};
use sayso_linking::estimate::{self, Series};
use sayso_linking::event::{self, Story, likeness};
use sayso_linking::relation::{self, Relation, Reversal};
use sayso_linking::{Report, Telling};
use sayso_store::{Membership, Reading};
use sayso_types::decision::Reliability;
use sayso_types::record::{GroupKind, GroupRecord, StatementRecord};
use serde::Serialize;

use super::Linker;
use super::record::{judged, origins, ruled, settled, told};
use super::whole::{Ruled, estimate_id, relation_id};

/// One of them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum View {
    /// An event.
    Event(Box<EventView>),
    /// A relation.
    Relation(Box<RelationView>),
    /// A series of estimates.
    Estimate(Box<EstimateView>),
}

/// An event with all that is told of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventView {
    /// In short.
    pub summary: GroupRecord,
    /// The account that its tellings give.
    pub account: Account,
    /// How reliable people hold its sources to be, A to F, by name: the Admiralty code's first half, beside the credibility of the account.
    pub reliability: BTreeMap<String, Reliability>,
    /// Its tellings, in the order of reading.
    pub told_by: Vec<ToldBy>,
}

/// A relation with all that is told of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RelationView {
    /// In short.
    pub summary: GroupRecord,
    /// Its periods and sources.
    pub relation: Relation,
    /// Where it turned, with the other relations of the two.
    pub reversals: Vec<Reversal>,
    /// Its tellings, in the order of reading.
    pub told_by: Vec<ToldBy>,
}

/// A series with all that is told of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EstimateView {
    /// In short.
    pub summary: GroupRecord,
    /// Its points and sources.
    pub series: Series,
    /// Its tellings, in the order of reading.
    pub told_by: Vec<ToldBy>,
}

/// A telling of a group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToldBy {
    /// The statement.
    pub statement: StatementRecord,
    /// The document's headline or id.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day on which it was told.
    pub day: Option<jiff::civil::Date>,
    /// The statement, by id, that it is like or was put together with; `None` for the first.
    pub joined_to: Option<String>,
    /// How surely the two are one; `None` for the first, and where a person decided.
    pub score: Option<f64>,
    /// Why it is here.
    pub why: String,
}

/// The event, relation or series of an id; `None` where the record has none of that id.
///
/// # Errors
/// What the store says.
pub fn view(linker: &Linker, reading: Reading<'_>, id: &str, profile: Profile) -> Result<Option<View>, sayso_store::Error> {
    let Some(summary) = reading.groups(&[id.to_owned()])?.pop() else { return Ok(None) };
    let ruled = ruled::ruled(reading)?;
    let linker = linker.with_kin(&ruled.kin);
    let members: Vec<Membership> = reading.members(&[id.to_owned()])?.into_iter().map(|(_, member)| member).collect();
    let gathered = Gathered::of(reading, &members, &ruled)?;
    let tellings = gathered.tellings();
    let told_by = told_by(&linker, reading, &gathered, &members, summary.kind, &ruled)?;
    Ok(Some(match summary.kind {
        GroupKind::Event => {
            let account = linker.account(&tellings, profile, &settled(&ruled, members.iter().map(|member| member.statement)));
            let graded = account.independence.sources.iter().filter_map(|source| {
                let by_id = source.actor_id.as_ref().and_then(|id| ruled.reliability.get(id));
                Some((source.name.clone(), *ruled.reliability.get(&source.name).or(by_id)?))
            });
            let reliability = graded.collect();
            View::Event(Box::new(EventView { summary, account, reliability, told_by }))
        }
        GroupKind::Relation => {
            let keys = tellings.iter().flat_map(relation::keys);
            let Some(key) = keys.into_iter().find(|key| relation_id(&key.identity()) == id) else { return Ok(None) };
            let relation = relation::relation(key, &tellings, linker.informants(), linker.kinship());
            let reversals = reversals(&linker, reading, &relation, &ruled)?;
            View::Relation(Box::new(RelationView { summary, relation, reversals, told_by }))
        }
        GroupKind::Estimate => {
            let mut keys = tellings.iter().filter_map(estimate::key);
            let Some(key) = keys.find(|key| estimate_id(&key.identity()) == id) else { return Ok(None) };
            let series = estimate::series(key, &tellings, linker.informants(), linker.kinship());
            View::Estimate(Box::new(EstimateView { summary, series, told_by }))
        }
    }))
}

/// The relations of some ids with their periods and sources, by id; without their tellings and reversals.
///
/// # Errors
/// What the store says.
pub fn relations(linker: &Linker, reading: Reading<'_>, ids: &[String]) -> Result<BTreeMap<String, Relation>, sayso_store::Error> {
    let ruled = ruled::ruled(reading)?;
    let linker = linker.with_kin(&ruled.kin);
    let mut members: Vec<Membership> = reading.members(ids)?.into_iter().map(|(_, member)| member).collect();
    members.sort_by_key(|member| member.statement);
    members.dedup_by_key(|member| member.statement);
    let gathered = Gathered::of(reading, &members, &ruled)?;
    let asked: BTreeSet<&String> = ids.iter().collect();
    let mut found = BTreeMap::new();
    for (key, tellings) in by_key(&gathered.tellings()) {
        let id = relation_id(&key.identity());
        if asked.contains(&id) {
            found.insert(id, relation::relation(key, &tellings, linker.informants(), linker.kinship()));
        }
    }
    Ok(found)
}

/// The accounts of some events, by id; without their tellings.
///
/// # Errors
/// What the store says.
pub fn accounts(
    linker: &Linker,
    reading: Reading<'_>,
    ids: &[String],
    profile: Profile,
) -> Result<BTreeMap<String, Account>, sayso_store::Error> {
    let ruled = ruled::ruled(reading)?;
    let linker = linker.with_kin(&ruled.kin);
    let mut of_event: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut members = reading.members(ids)?;
    for (event, member) in &members {
        of_event.entry(event.clone()).or_default().insert(member.statement);
    }
    members.sort_by_key(|(_, member)| member.statement);
    members.dedup_by_key(|(_, member)| member.statement);
    let members: Vec<Membership> = members.into_iter().map(|(_, member)| member).collect();
    let gathered = Gathered::of(reading, &members, &ruled)?;
    let tellings = gathered.tellings();
    let account = |(event, statements): (String, BTreeSet<i64>)| {
        let of_it: Vec<Telling<'_>> = tellings.iter().filter(|telling| statements.contains(&telling.key)).copied().collect();
        (event, linker.account(&of_it, profile, &settled(&ruled, statements)))
    };
    Ok(of_event.into_iter().map(account).collect())
}

/// The tellings of each relation of which some tell.
fn by_key<'a>(tellings: &[Telling<'a>]) -> BTreeMap<relation::RelationKey, Vec<Telling<'a>>> {
    let mut by_key: BTreeMap<relation::RelationKey, Vec<Telling<'a>>> = BTreeMap::new();
    for telling in tellings {
        for key in relation::keys(telling) {
            by_key.entry(key).or_default().push(*telling);
        }
    }
    by_key
}

/// The statements of a group with their reports.
struct Gathered {
    statements: Vec<(i64, (i64, StatementRecord))>,
    reports: BTreeMap<i64, Report>,
}

impl Gathered {
    fn of(reading: Reading<'_>, members: &[Membership], ruled: &Ruled) -> Result<Gathered, sayso_store::Error> {
        let numbers: Vec<i64> = members.iter().map(|member| member.statement).collect();
        let mut statements = reading.statements(&numbers)?;
        statements.sort_by_key(|statement| (statement.document, statement.position));
        let documents: BTreeSet<i64> = statements.iter().map(|statement| statement.document).collect();
        let documents = reading.documents(&documents.into_iter().collect::<Vec<_>>())?;
        let reports = origins::reports(reading, &documents)?;
        let statements = statements.into_iter().map(|statement| (statement.document, judged(statement, ruled))).collect();
        Ok(Gathered { statements, reports })
    }

    fn tellings(&self) -> Vec<Telling<'_>> {
        self.statements
            .iter()
            .filter_map(|(document, (key, statement))| Some(Telling { key: *key, statement, report: self.reports.get(document)? }))
            .collect()
    }
}

/// The tellings with how each came into the group, and on what grounds.
fn told_by(
    linker: &Linker,
    reading: Reading<'_>,
    gathered: &Gathered,
    members: &[Membership],
    kind: GroupKind,
    ruled: &Ruled,
) -> Result<Vec<ToldBy>, sayso_store::Error> {
    let memberships: BTreeMap<i64, &Membership> = members.iter().map(|member| (member.statement, member)).collect();
    let ids: BTreeMap<i64, &str> = gathered.statements.iter().map(|(_, (key, statement))| (*key, statement.id.as_str())).collect();
    let stories = if kind == GroupKind::Event { stories(linker, reading, gathered, ruled)? } else { BTreeMap::new() };
    let told_by = |(document, (key, statement)): &(i64, (i64, StatementRecord))| {
        let report = gathered.reports.get(document)?;
        let member = memberships.get(key)?;
        Some(ToldBy {
            title: report.name().to_owned(),
            publisher: report.publisher.clone(),
            day: report.published.map(|(_, day)| day),
            joined_to: member.joined_to.and_then(|to| ids.get(&to).map(|id| (*id).to_owned())),
            score: member.score,
            why: why(linker, member, kind, &stories),
            statement: statement.clone(),
        })
    };
    Ok(gathered.statements.iter().filter_map(told_by).collect())
}

/// The story of each of some statements and of those beside them, by number.
pub(super) fn stories_by_statement(
    linker: &Linker,
    reading: Reading<'_>,
    statements: &[i64],
    ruled: &Ruled,
) -> Result<BTreeMap<i64, Story>, sayso_store::Error> {
    let members: Vec<Membership> =
        statements.iter().map(|statement| Membership { statement: *statement, joined_to: None, score: None }).collect();
    stories(linker, reading, &Gathered::of(reading, &members, ruled)?, ruled)
}

/// The story of each statement, by number.
fn stories(linker: &Linker, reading: Reading<'_>, gathered: &Gathered, ruled: &Ruled) -> Result<BTreeMap<i64, Story>, sayso_store::Error> {
    let documents: Vec<i64> = gathered.reports.keys().copied().collect();
    let mut of_statement = BTreeMap::new();
    for told in told(reading, &documents, ruled)? {
        let Some(report) = gathered.reports.get(&told.document.number) else { continue };
        for story in linker.stories_of(report, &told.document.record, &told.statements, ruled) {
            for (key, _) in &story.members {
                of_statement.insert(*key, story.clone());
            }
        }
    }
    Ok(of_statement)
}

/// How many grounds a reason names.
const GROUNDS: usize = 3;

fn why(linker: &Linker, member: &Membership, kind: GroupKind, stories: &BTreeMap<i64, Story>) -> String {
    let Some(to) = member.joined_to else { return "it is the first of them".to_owned() };
    if kind != GroupKind::Event {
        return "it speaks of the same two, or counts the same".to_owned();
    }
    if member.score.is_none() {
        return "a person put it here".to_owned();
    }
    match (stories.get(&member.statement), stories.get(&to)) {
        (Some(one), Some(other)) if one.whole.key == other.whole.key => "the same report goes on about it".to_owned(),
        (Some(one), Some(other)) => {
            let likeness = likeness(&one.whole, &other.whole, linker.kinship(), linker.knowledge());
            let sentences =
                |grounds: &[event::Ground]| grounds.iter().take(GROUNDS).map(|g| g.sentence.clone()).collect::<Vec<_>>().join("; ");
            let against = sentences(&likeness.against);
            if against.is_empty() { sentences(&likeness.grounds) } else { format!("{}; yet {against}", sentences(&likeness.grounds)) }
        }
        _ => "it is like it".to_owned(),
    }
}

/// Where a relation turned, seen with the other relations of its two actors.
fn reversals(linker: &Linker, reading: Reading<'_>, of: &Relation, ruled: &Ruled) -> Result<Vec<Reversal>, sayso_store::Error> {
    let (Some(actor), Some(recipient)) = (&of.key.actor.actor_id, &of.key.recipient.actor_id) else { return Ok(Vec::new()) };
    let ids = reading.relations_between(actor, recipient)?;
    let members: Vec<Membership> = reading.members(&ids)?.into_iter().map(|(_, member)| member).collect();
    let gathered = Gathered::of(reading, &members, ruled)?;
    let mut relations = vec![of.clone()];
    let others = by_key(&gathered.tellings()).into_iter().filter(|(key, _)| *key != of.key);
    relations.extend(others.map(|(key, tellings)| relation::relation(key, &tellings, linker.informants(), linker.kinship())));
    Ok(relation::reversals(&relations.iter().collect::<Vec<_>>()))
}

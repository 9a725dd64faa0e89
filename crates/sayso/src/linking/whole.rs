//! What do all statements of a set speak of? Events, relations and series, from nothing and in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sayso_linking::account::{Profile, Settled};
use sayso_linking::event::{self, Blocks, Happening, Story};
use sayso_linking::origin::Judgement;
use sayso_linking::{Report, Telling, estimate, relation, summary};
use sayso_types::record::{DocumentRecord, GroupRecord};
use sha2::{Digest, Sha256};

use super::origins::{Original, reports};
use super::{Linker, Numbered, tellings};

/// What people decided, as far as it bears on linking.
#[derive(Clone, Debug, Default)]
pub struct Ruled {
    /// Pairs of documents that are copies, or are not.
    pub origins: Vec<Judgement>,
    /// Pairs of statements, by number, that speak of the same.
    pub together: BTreeSet<(i64, i64)>,
    /// Pairs of statements, by number, that do not; the lower number first.
    pub apart: BTreeSet<(i64, i64)>,
    /// Actors that are another, with that other.
    pub identities: BTreeMap<String, String>,
    /// Actors that are parts of another, with that other.
    pub kin: Vec<(String, String)>,
    /// What people decided about events, by the number of one of their statements.
    pub settled: BTreeMap<i64, Settled>,
    /// How reliable sources are, by their names or ids.
    pub reliability: BTreeMap<String, sayso_types::decision::Reliability>,
}

/// What the statements of a set speak of.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// Every document with the text that it repeats.
    pub reports: BTreeMap<i64, Report>,
    /// Events, then relations, then series.
    pub groups: Vec<LinkedGroup>,
}

/// A group of statements that speak of the same.
#[derive(Clone, Debug)]
pub struct LinkedGroup {
    /// In short.
    pub record: GroupRecord,
    /// Its statements, in the order of reading.
    pub members: Vec<Member>,
}

/// A statement of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its number.
    pub key: i64,
    /// How it came into the group.
    pub joined: event::Joined,
}

impl Linker {
    /// Links some documents with their statements; each is numbered, and the order of numbers is the order of reading.
    pub fn link(&self, documents: &[(i64, DocumentRecord, Vec<Numbered>)], ruled: &Ruled) -> Linked {
        let originals: Vec<Original<'_>> = documents.iter().map(|(key, document, _)| Original { key: *key, document }).collect();
        let reports = reports(&originals, &ruled.origins);
        let document_of: BTreeMap<i64, i64> =
            documents.iter().flat_map(|(document, _, statements)| statements.iter().map(|(key, _)| (*key, *document))).collect();
        let statements: BTreeMap<i64, &Numbered> =
            documents.iter().flat_map(|(_, _, statements)| statements.iter().map(|numbered| (numbered.0, numbered))).collect();
        let stories = self.stories(documents, &reports, ruled);
        let (stories, wholes): (Vec<Thread>, Vec<Happening>) = stories.into_iter().map(Thread::of).unzip();
        let edges = self.edges(&wholes);
        let of = |key: i64| document_of.get(&key).copied().unwrap_or_default();
        let mut groups: Vec<LinkedGroup> = Vec::new();
        let all: Vec<&Numbered> = statements.values().copied().collect();
        let told = tellings(&all, &reports, &of);
        let at: BTreeMap<i64, usize> = told.iter().enumerate().map(|(at, telling)| (telling.key, at)).collect();
        for members in self.events(&stories, &edges, ruled) {
            let tellings: Vec<Telling<'_>> = members.iter().filter_map(|member| at.get(&member.key)).map(|at| told[*at]).collect();
            if tells_an_event(&tellings) {
                groups.push(LinkedGroup { record: self.event_record(&tellings, &settled(ruled, &members)), members });
            }
        }
        groups.extend(self.relations(&told));
        groups.extend(self.estimates(&told));
        Linked { reports, groups }
    }

    /// The stories of some documents.
    fn stories(&self, documents: &[(i64, DocumentRecord, Vec<Numbered>)], reports: &BTreeMap<i64, Report>, ruled: &Ruled) -> Vec<Story> {
        let of_document = |(key, document, statements): &(i64, DocumentRecord, Vec<Numbered>)| -> Vec<Story> {
            reports.get(key).map(|report| self.stories_of(report, document, statements, ruled)).unwrap_or_default()
        };
        documents.par_iter().flat_map_iter(of_document).collect()
    }

    /// The stories of one document.
    pub(super) fn stories_of(&self, report: &Report, document: &DocumentRecord, statements: &[Numbered], ruled: &Ruled) -> Vec<Story> {
        let account = Arc::new(self.telling(report, document));
        let happenings: Vec<Happening> =
            statements.iter().filter_map(|(key, statement)| self.happening(*key, statement, &account, &ruled.identities)).collect();
        event::stories(&happenings, &self.kinship, self.knowledge(), &ruled.apart)
    }

    /// The events of some stories, of each its key and its members.
    pub(super) fn events(&self, stories: &[Thread], edges: &[event::Edge], ruled: &Ruled) -> Vec<Vec<Member>> {
        let story_of: BTreeMap<i64, i64> =
            stories.iter().flat_map(|story| story.members.iter().map(|(key, _)| (*key, story.key))).collect();
        let between = |pairs: &BTreeSet<(i64, i64)>| -> Vec<(i64, i64)> {
            let pairs = pairs.iter().filter_map(|(one, other)| Some((*story_of.get(one)?, *story_of.get(other)?)));
            pairs.filter(|(one, other)| one != other).collect()
        };
        let (together, apart) = (between(&ruled.together), between(&ruled.apart));
        drop(story_of);
        let keys: Vec<i64> = stories.iter().map(|story| story.key).collect();
        let by_key: BTreeMap<i64, &Thread> = stories.iter().map(|story| (story.key, story)).collect();
        let groups = event::groups(&keys, edges, &together, &apart);
        groups.iter().map(|group| members_of(group, &by_key)).collect()
    }

    /// The pairs of some happenings that may be one, with how surely.
    pub(super) fn edges(&self, happenings: &[Happening]) -> Vec<event::Edge> {
        const PART: usize = 1024;
        let blocks = Blocks::of(happenings, &self.kinship, self.knowledge());
        let parts: Vec<usize> = (0..blocks.len()).step_by(PART).collect();
        let edges = |from: usize| blocks.edges(from..(from + PART).min(blocks.len()), happenings, &self.kinship, self.knowledge());
        parts.into_par_iter().flat_map_iter(edges).collect()
    }

    /// An event in short; the tellings in the order of reading.
    pub(super) fn event_record(&self, tellings: &[Telling<'_>], settled: &Settled) -> GroupRecord {
        let account = self.account(tellings, Profile::Sources, settled);
        let founder = tellings.first().map(|telling| telling.statement.id.as_str()).unwrap_or_default();
        summary::event(event_id(founder), tellings, &account)
    }

    pub(super) fn relations(&self, told: &[Telling<'_>]) -> Vec<LinkedGroup> {
        let mut by_key: BTreeMap<String, (relation::RelationKey, Vec<Telling<'_>>)> = BTreeMap::new();
        for telling in told {
            for key in relation::keys(telling) {
                by_key.entry(key.identity()).or_insert_with(|| (key, Vec::new())).1.push(*telling);
            }
        }
        let group = |(identity, (key, tellings)): (String, (relation::RelationKey, Vec<Telling<'_>>))| {
            let relation = relation::relation(key, &tellings, self.informants(), &self.kinship);
            LinkedGroup { record: summary::relation(relation_id(&identity), &tellings, &relation), members: members(&tellings) }
        };
        by_key.into_iter().map(group).collect()
    }

    pub(super) fn estimates(&self, told: &[Telling<'_>]) -> Vec<LinkedGroup> {
        let mut by_key: BTreeMap<String, (estimate::EstimateKey, Vec<Telling<'_>>)> = BTreeMap::new();
        for telling in told {
            if let Some(key) = estimate::key(telling) {
                by_key.entry(key.identity()).or_insert_with(|| (key, Vec::new())).1.push(*telling);
            }
        }
        let group = |(identity, (key, tellings)): (String, (estimate::EstimateKey, Vec<Telling<'_>>))| {
            let series = estimate::series(key, &tellings, self.informants(), &self.kinship);
            LinkedGroup { record: summary::estimate(estimate_id(&identity), &tellings, &series), members: members(&tellings) }
        };
        by_key.into_iter().map(group).collect()
    }
}

/// The statements of a story, without what it tells.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    /// The number of the first of them.
    pub key: i64,
    /// Each with how surely it belongs to those before it.
    pub members: Vec<(i64, f32)>,
}

impl Thread {
    /// A story parted into its statements and all that they tell.
    pub(super) fn of(story: Story) -> (Thread, Happening) {
        (Thread { key: story.whole.key, members: story.members }, story.whole)
    }
}

/// What people settled of the event of some statements.
fn settled(ruled: &Ruled, members: &[Member]) -> Settled {
    members.iter().find_map(|member| ruled.settled.get(&member.key)).cloned().unwrap_or_default()
}

/// The statements of a group of stories: each story's first joined to another story, the others to the first of their own.
pub(super) fn members_of(group: &event::Group, stories: &BTreeMap<i64, &Thread>) -> Vec<Member> {
    let mut members = Vec::new();
    for member in &group.members {
        let Some(story) = stories.get(&member.key) else { continue };
        members.push(Member { key: member.key, joined: member.joined });
        let rest = story.members.iter().skip(1);
        members.extend(rest.map(|(key, score)| Member { key: *key, joined: event::Joined::Likeness { to: member.key, score: *score } }));
    }
    members.sort_by_key(|member| member.key);
    members
}

/// Whether some telling is of an event; of a toll alone it is not known what it is of.
pub(super) fn tells_an_event(tellings: &[Telling<'_>]) -> bool {
    tellings.iter().any(|telling| telling.statement.proposition.kind() == "event")
}

/// The statements of a group that is known by its key, each joined to the first.
fn members(tellings: &[Telling<'_>]) -> Vec<Member> {
    let first = tellings.first().map(|telling| telling.key).unwrap_or_default();
    let joined = |key: i64| if key == first { event::Joined::First } else { event::Joined::Likeness { to: first, score: 1.0 } };
    tellings.iter().map(|telling| Member { key: telling.key, joined: joined(telling.key) }).collect()
}

/// The id of an event: that of the statement with which it began.
pub(super) fn event_id(founder: &str) -> String {
    format!("e-{founder}")
}

/// The id of a relation.
pub(super) fn relation_id(identity: &str) -> String {
    format!("r-{}", digest(identity))
}

/// The id of a series of estimates.
pub(super) fn estimate_id(identity: &str) -> String {
    format!("n-{}", digest(identity))
}

/// The first 16 hexadecimal digits of the SHA-256.
fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

//! What do all statements of a set speak of? Events, relations and series, from nothing and in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sayso_linking::account::{Profile, Settled};
use sayso_linking::event::{self, Blocks, Happening};
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
    pub together: Vec<(i64, i64)>,
    /// Pairs of statements, by number, that do not.
    pub apart: Vec<(i64, i64)>,
    /// Actors that are another, with that other.
    pub identities: BTreeMap<String, String>,
    /// What people decided about events, by the number of one of their statements.
    pub settled: BTreeMap<i64, Settled>,
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
        let happenings = self.happenings(documents, &reports, ruled);
        let of = |key: i64| document_of.get(&key).copied().unwrap_or_default();
        let mut groups: Vec<LinkedGroup> = Vec::new();
        let all: Vec<&Numbered> = statements.values().copied().collect();
        let told = tellings(&all, &reports, &of);
        let at: BTreeMap<i64, usize> = told.iter().enumerate().map(|(at, telling)| (telling.key, at)).collect();
        for group in self.events(&happenings, ruled) {
            let members: Vec<Member> = group.members.iter().map(|member| Member { key: member.key, joined: member.joined }).collect();
            let tellings: Vec<Telling<'_>> = members.iter().filter_map(|member| at.get(&member.key)).map(|at| told[*at]).collect();
            groups.push(LinkedGroup { record: self.event_record(&tellings, &ruled.settled), members });
        }
        groups.extend(self.relations(&told));
        groups.extend(self.estimates(&told));
        Linked { reports, groups }
    }

    fn happenings(
        &self,
        documents: &[(i64, DocumentRecord, Vec<Numbered>)],
        reports: &BTreeMap<i64, Report>,
        ruled: &Ruled,
    ) -> Vec<Happening> {
        let of_document = |(key, document, statements): &(i64, DocumentRecord, Vec<Numbered>)| -> Vec<Happening> {
            let Some(report) = reports.get(key) else { return Vec::new() };
            let account = Arc::new(self.telling(report, document));
            statements.iter().filter_map(|(key, statement)| self.happening(*key, statement, &account, &ruled.identities)).collect()
        };
        documents.par_iter().flat_map_iter(of_document).collect()
    }

    /// The events of some happenings.
    pub(super) fn events(&self, happenings: &[Happening], ruled: &Ruled) -> Vec<event::Group> {
        let edges = self.edges(happenings);
        let keys: Vec<i64> = happenings.iter().map(|happening| happening.key).collect();
        event::groups(&keys, &edges, &ruled.together, &ruled.apart)
    }

    /// The pairs of some happenings that may be one, with how surely.
    pub(super) fn edges(&self, happenings: &[Happening]) -> Vec<(i64, i64, f32)> {
        const PART: usize = 1024;
        let blocks = Blocks::of(happenings, &self.kinship, &self.knowledge);
        let parts: Vec<usize> = (0..blocks.len()).step_by(PART).collect();
        let edges = |from: usize| blocks.edges(from..(from + PART).min(blocks.len()), happenings, &self.kinship, &self.knowledge);
        parts.into_par_iter().flat_map_iter(edges).collect()
    }

    /// An event in short; the tellings in the order of reading.
    pub(super) fn event_record(&self, tellings: &[Telling<'_>], settled: &BTreeMap<i64, Settled>) -> GroupRecord {
        let settled = tellings.iter().find_map(|telling| settled.get(&telling.key)).cloned().unwrap_or_default();
        let account = self.account(tellings, Profile::Sources, &settled);
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
            let relation = relation::relation(key, &tellings, &self.informants, &self.kinship);
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
            let series = estimate::series(key, &tellings, &self.informants, &self.kinship);
            LinkedGroup { record: summary::estimate(estimate_id(&identity), &tellings, &series), members: members(&tellings) }
        };
        by_key.into_iter().map(group).collect()
    }
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

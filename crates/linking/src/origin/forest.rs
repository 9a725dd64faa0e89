//! Which documents stand in one core, and which core is whose guest, with no pair together that a person put apart?

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Judgement, Ruling, Visit};

/// Cores of documents, and of each core the one whose guest it is.
pub(super) struct Forest {
    /// The core of each document, by the lowest number in it.
    cores: BTreeMap<i64, i64>,
    /// The documents of each core.
    members: BTreeMap<i64, Vec<i64>>,
    /// The visit of each core that is a guest.
    hosts: BTreeMap<i64, Visit>,
    /// The guests of each core.
    guests: BTreeMap<i64, Vec<i64>>,
    /// Cores of which documents are copies of one another.
    near: BTreeSet<(i64, i64)>,
    /// What a person put apart.
    apart: BTreeMap<i64, BTreeSet<i64>>,
}

/// A core with all its guests and theirs.
pub(super) struct Tree {
    /// The documents, sorted.
    pub keys: Vec<i64>,
    /// Those of the core that is nobody's guest.
    pub core: BTreeSet<i64>,
}

impl Forest {
    /// Each document alone, but for those that a person put together.
    pub fn of(documents: impl Iterator<Item = i64> + Clone, judgements: &[Judgement]) -> Forest {
        let mut apart: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for judgement in judgements.iter().filter(|judgement| judgement.ruling == Ruling::Apart) {
            apart.entry(judgement.one).or_default().insert(judgement.other);
            apart.entry(judgement.other).or_default().insert(judgement.one);
        }
        let mut forest = Forest {
            cores: documents.clone().map(|key| (key, key)).collect(),
            members: documents.map(|key| (key, vec![key])).collect(),
            hosts: BTreeMap::new(),
            guests: BTreeMap::new(),
            near: BTreeSet::new(),
            apart,
        };
        let mut together: Vec<(i64, i64)> = judgements
            .iter()
            .filter(|judgement| judgement.ruling == Ruling::Together)
            .map(|judgement| (judgement.one.min(judgement.other), judgement.one.max(judgement.other)))
            .filter(|(one, other)| forest.cores.contains_key(one) && forest.cores.contains_key(other))
            .collect();
        together.sort_unstable();
        for (one, other) in together {
            forest.join(one, other);
        }
        forest
    }

    /// The core of a document.
    pub fn core(&self, document: i64) -> i64 {
        self.cores.get(&document).copied().unwrap_or(document)
    }

    /// How many documents stand in a document's core.
    pub fn core_size(&self, document: i64) -> usize {
        self.members.get(&self.core(document)).map_or(1, Vec::len)
    }

    /// Makes one core of two, unless that would put together what a person put apart.
    pub fn join(&mut self, one: i64, other: i64) {
        let (kept, gone) = (self.core(one).min(self.core(other)), self.core(one).max(self.core(other)));
        let Some(here) = self.members.get(&gone) else { return };
        if kept == gone || self.is_any_apart(here, |other| self.core(other) == kept) {
            return;
        }
        let moved = self.members.remove(&gone).unwrap_or_default();
        for key in &moved {
            self.cores.insert(*key, kept);
        }
        self.members.entry(kept).or_default().extend(moved);
    }

    /// Makes cores each other's guests, in the order given, where nothing speaks against it.
    pub fn visit_all(&mut self, visits: &[Visit]) {
        let near = visits.iter().map(|visit| (self.core(visit.guest), self.core(visit.host)));
        self.near = near.map(|(guest, host)| (guest.min(host), guest.max(host))).collect();
        for visit in visits {
            self.visit(visit);
        }
    }

    fn visit(&mut self, visit: &Visit) {
        let (guest, host) = (self.core(visit.guest), self.core(visit.host));
        let is_free = !self.hosts.contains_key(&guest) && self.root(host) != guest;
        let is_pure_host = self.hosts.get(&host).is_none_or(|visit| !visit.mixed);
        let brings_others = visit.mixed && self.guests.contains_key(&guest);
        if !is_free || !is_pure_host || brings_others || self.is_stranger(visit, guest, host) {
            return;
        }
        let root = self.root(host);
        if self.is_any_apart(&self.documents(guest), |other| self.root(self.core(other)) == root) {
            return;
        }
        self.hosts.insert(guest, visit.clone());
        self.guests.entry(host).or_default().push(guest);
    }

    /// Whether the guest and an earlier guest have nothing to do with each other but that one text holds both, of which nobody knows
    /// whether it was first: it may be a round-up of the two.
    fn is_stranger(&self, visit: &Visit, guest: i64, host: i64) -> bool {
        let is_undated = |other: &&i64| self.hosts.get(other).is_some_and(|visit| !visit.dated && !visit.mixed);
        let mut others = self.guests.get(&host).into_iter().flatten().filter(is_undated).peekable();
        let knows = |other: &i64| self.near.contains(&(guest.min(*other), guest.max(*other)));
        !visit.dated && !visit.mixed && others.peek().is_some() && !others.any(knows)
    }

    fn root(&self, core: i64) -> i64 {
        let mut root = core;
        while let Some(visit) = self.hosts.get(&root) {
            root = self.core(visit.host);
        }
        root
    }

    /// The documents of a core and of all its guests.
    fn documents(&self, core: i64) -> Vec<i64> {
        let (mut all, mut waiting) = (Vec::new(), vec![core]);
        while let Some(core) = waiting.pop() {
            all.extend(self.members.get(&core).into_iter().flatten());
            waiting.extend(self.guests.get(&core).into_iter().flatten());
        }
        all
    }

    /// Whether a person put any of the documents apart from one of those for which something holds.
    fn is_any_apart(&self, documents: &[i64], holds: impl Fn(i64) -> bool) -> bool {
        documents.iter().filter_map(|key| self.apart.get(key)).flatten().any(|other| holds(*other))
    }

    /// All trees.
    pub fn trees(&self) -> Vec<Tree> {
        let roots = self.members.keys().filter(|core| !self.hosts.contains_key(core));
        roots
            .map(|root| {
                let mut keys = self.documents(*root);
                keys.sort_unstable();
                Tree { core: keys.iter().filter(|key| self.core(**key) == *root).copied().collect(), keys }
            })
            .collect()
    }
}

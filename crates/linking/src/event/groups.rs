//! Which happenings make one event? Average-link groups of the pairs, over which people's decisions win.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// The happenings of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// In the order of their numbers.
    pub members: Vec<Member>,
}

/// A happening of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The statement's number.
    pub key: i64,
    /// How it came into the group.
    pub joined: Joined,
}

/// How a happening came into its group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Joined {
    /// The group began with it.
    First,
    /// By its likeness to another member.
    Likeness {
        /// That member.
        to: i64,
        /// How surely the two are one.
        score: f32,
    },
    /// A person put it together with another member.
    Decided {
        /// That member.
        with: i64,
    },
}

/// Two happenings' numbers, and how surely the two are one, from 0 to 1.
pub type Edge = (i64, i64, f32);

/// An average likeness from which two groups are one.
pub const THRESHOLD: f32 = 0.5;
/// Of how many pairs of two groups a likeness must be known for their average to stand; pairs beyond are not held against them.
const PAIRS: usize = 64;

/// The groups of some happenings, those of one member among them, in the order of their first members.
///
/// Each edge is a pair with its likeness from 0 to 1; a pair without one counts as unlike. `together` and `apart` are decisions: they hold
/// against any likeness, `together` through any number of steps; where the two contradict each other, `apart` holds. The order of the
/// arguments' rows changes nothing.
pub fn groups(happenings: &[i64], edges: &[Edge], together: &[(i64, i64)], apart: &[(i64, i64)]) -> Vec<Group> {
    groups_from(happenings, edges, together, apart, THRESHOLD)
}

/// [`groups`] with another average likeness from which two groups are one.
pub fn groups_from(happenings: &[i64], edges: &[Edge], together: &[(i64, i64)], apart: &[(i64, i64)], threshold: f32) -> Vec<Group> {
    let mut keys = happenings.to_vec();
    keys.sort_unstable();
    keys.dedup();
    let at = |key: i64| keys.binary_search(&key).ok();
    let pair = |a: i64, b: i64| at(a).zip(at(b)).filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b)));
    let mut edges: Vec<(usize, usize, f32)> = edges.iter().filter_map(|(a, b, s)| pair(*a, *b).map(|(a, b)| (a, b, *s))).collect();
    edges.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    edges.dedup_by_key(|edge| (edge.0, edge.1));
    let decided: BTreeSet<(usize, usize)> = together.iter().filter_map(|(a, b)| pair(*a, *b)).collect();
    let mut clusters = Clusters::of(keys.len(), apart.iter().filter_map(|(a, b)| pair(*a, *b)));
    for (a, b) in &decided {
        clusters.join(*a, *b);
    }
    clusters.link(&edges, threshold);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..keys.len() {
        members.entry(clusters.root(node)).or_default().push(node);
    }
    let mut near: Vec<Vec<(usize, Joined)>> = vec![Vec::new(); keys.len()];
    for (a, b, score) in &edges {
        near[*a].push((*b, Joined::Likeness { to: keys[*a], score: *score }));
        near[*b].push((*a, Joined::Likeness { to: keys[*b], score: *score }));
    }
    for (a, b) in &decided {
        near[*a].push((*b, Joined::Decided { with: keys[*a] }));
        near[*b].push((*a, Joined::Decided { with: keys[*b] }));
    }
    let mut groups: Vec<Group> = members.into_values().map(|members| group(&members, &keys, &near)).collect();
    groups.sort_by_key(|group| group.members.first().map(|member| member.key));
    groups
}

/// How surely a way into a group is one: a person's word more than any likeness.
fn strength(joined: Joined) -> f32 {
    match joined {
        Joined::First => 3.0,
        Joined::Decided { .. } => 2.0,
        Joined::Likeness { score, .. } => score,
    }
}

/// A step into a group that can be taken, the surest first, then the one to the first member.
struct Step(f32, usize, Joined);

impl Ord for Step {
    fn cmp(&self, other: &Step) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(other.1.cmp(&self.1))
    }
}
impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Step) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Step {
    fn eq(&self, other: &Step) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Step {}

/// A group, each member joined to the one among those before it that it is most like.
fn group(members: &[usize], keys: &[i64], near: &[Vec<(usize, Joined)>]) -> Group {
    let mut joined: BTreeMap<usize, Joined> = BTreeMap::new();
    for start in members {
        if joined.contains_key(start) {
            continue;
        }
        let mut steps = BinaryHeap::from([Step(0.0, *start, Joined::First)]);
        while let Some(Step(_, node, how)) = steps.pop() {
            if joined.contains_key(&node) {
                continue;
            }
            joined.insert(node, how);
            let inside = near[node].iter().filter(|(next, _)| members.binary_search(next).is_ok());
            steps.extend(inside.map(|(next, how)| Step(strength(*how), *next, *how)));
        }
    }
    Group { members: joined.into_iter().map(|(node, joined)| Member { key: keys[node], joined }).collect() }
}

/// Growing groups of nodes, with what keeps them apart.
struct Clusters {
    above: Vec<usize>,
    size: Vec<usize>,
    barred: Vec<BTreeSet<usize>>,
}

/// What is known between two groups: the sum of likenesses, and of how many pairs.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    sum: f32,
    known: usize,
}

impl Clusters {
    fn of(nodes: usize, apart: impl Iterator<Item = (usize, usize)>) -> Clusters {
        let mut barred = vec![BTreeSet::new(); nodes];
        for (a, b) in apart {
            barred[a].insert(b);
            barred[b].insert(a);
        }
        Clusters { above: (0..nodes).collect(), size: vec![1; nodes], barred }
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.above[node] != node {
            self.above[node] = self.above[self.above[node]];
            node = self.above[node];
        }
        node
    }

    /// Makes one group of two, unless a decision keeps them apart; says which root is left and which is gone.
    fn join(&mut self, one: usize, other: usize) -> Option<(usize, usize)> {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || self.barred[one].contains(&other) {
            return None;
        }
        let (kept, gone) = if (self.size[one], other) >= (self.size[other], one) { (one, other) } else { (other, one) };
        self.above[gone] = kept;
        self.size[kept] += self.size[gone];
        for bar in std::mem::take(&mut self.barred[gone]) {
            self.barred[bar].remove(&gone);
            self.barred[bar].insert(kept);
            self.barred[kept].insert(bar);
        }
        Some((kept, gone))
    }

    /// Joins the two groups that are most alike on average until no two are alike enough.
    fn link(&mut self, edges: &[(usize, usize, f32)], threshold: f32) {
        let mut links: Vec<BTreeMap<usize, Link>> = vec![BTreeMap::new(); self.above.len()];
        for (a, b, score) in edges {
            let (a, b) = (self.root(*a), self.root(*b));
            if a != b {
                for (from, to) in [(a, b), (b, a)] {
                    let link = links[from].entry(to).or_default();
                    link.sum += score;
                    link.known += 1;
                }
            }
        }
        let mut waiting = BinaryHeap::new();
        for (a, row) in links.iter().enumerate() {
            waiting.extend(row.range(a + 1..).filter_map(|(b, link)| merge(a, *b, *link, &self.size, threshold)));
        }
        while let Some(best) = waiting.pop() {
            let Merge { one, other, .. } = best;
            let current = links[one].get(&other).and_then(|link| merge(one, other, *link, &self.size, threshold));
            if self.above[one] != one || self.above[other] != other || current.as_ref() != Some(&best) {
                continue;
            }
            let Some((kept, gone)) = self.join(one, other) else { continue };
            links[kept].remove(&gone);
            for (to, link) in std::mem::take(&mut links[gone]) {
                if to != kept {
                    links[to].remove(&gone);
                    for (from, to) in [(kept, to), (to, kept)] {
                        let sum = links[from].entry(to).or_default();
                        sum.sum += link.sum;
                        sum.known += link.known;
                    }
                }
            }
            let row = links[kept].iter();
            waiting.extend(row.filter_map(|(to, link)| merge(kept.min(*to), kept.max(*to), *link, &self.size, threshold)));
        }
    }
}

/// Two groups that can be joined, the most alike first.
#[derive(Debug)]
struct Merge {
    average: f32,
    one: usize,
    other: usize,
}

impl Ord for Merge {
    fn cmp(&self, other: &Merge) -> std::cmp::Ordering {
        self.average.total_cmp(&other.average).then((other.one, other.other).cmp(&(self.one, self.other)))
    }
}
impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Merge) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Merge {
    fn eq(&self, other: &Merge) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Merge {}

fn merge(one: usize, other: usize, link: Link, size: &[usize], threshold: f32) -> Option<Merge> {
    let pairs = (size[one] * size[other]).min(PAIRS).max(link.known);
    let average = link.sum / pairs as f32;
    (average >= threshold).then_some(Merge { average, one, other })
}

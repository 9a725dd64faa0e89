//! How is linked what no one machine holds? The steps of [`Linker::link`] one by one, each a function of the few documents, stories or
//! statements that it is given, so that an engine can bring together what belongs together and get the same groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use sayso_linking::account::Settled;
use sayso_linking::event::{self, Edge, Happening, keys};
use sayso_linking::{Report, Telling, estimate, relation};
use sayso_types::record::{DocumentRecord, GroupRecord};

use super::whole::{Ruled, Thread, estimate_id, members_of, relation_id, tells_an_event};
use super::{LinkedGroup, Linker, Member, Numbered};

/// A story of one document, as it is compared with those of others.
#[derive(Clone, Debug)]
pub struct Strand {
    /// The number of the first of its statements.
    pub key: i64,
    /// Its statements, by number, each with how surely it belongs to those before it.
    pub members: Vec<(i64, f32)>,
    /// The keys under which its like may be found.
    pub keys: Vec<i64>,
    /// All that it tells, without the spelling of its words.
    pub happening: Happening,
}

impl Linker {
    /// The stories of one document, which is told of by `report`.
    pub fn strands(&self, report: &Report, document: &DocumentRecord, statements: &[Numbered]) -> Vec<Strand> {
        let stories = self.stories_of(report, document, statements, &Ruled::default());
        let account = stories.first().map(|story| Arc::new(story.whole.account.unspelled()));
        let strand = |(story, account): (event::Story, Arc<event::Account>)| Strand {
            key: story.whole.key,
            keys: keys(&story.whole, self.kinship(), self.knowledge()),
            members: story.members,
            happening: story.whole.unspelled(account),
        };
        stories.into_iter().zip(account.into_iter().cycle()).map(strand).collect()
    }

    /// The pairs of some stories under one key that may be one event, with how surely.
    pub fn edges_under_key(&self, happenings: &[Happening]) -> Vec<Edge> {
        event::edges_under(happenings, self.kinship(), self.knowledge())
    }

    /// The events of some stories, each with its statements: of all stories that likenesses of at least [`event::THRESHOLD`] tie, at any
    /// remove, and with all edges between them.
    pub fn events_of(&self, strands: &[(i64, Vec<(i64, f32)>)], edges: &[Edge]) -> Vec<Vec<Member>> {
        let threads: Vec<Thread> = strands.iter().map(|(key, members)| Thread { key: *key, members: members.clone() }).collect();
        let by_key: BTreeMap<i64, &Thread> = threads.iter().map(|thread| (thread.key, thread)).collect();
        let keys: Vec<i64> = by_key.keys().copied().collect();
        event::groups(&keys, edges, &[], &[]).iter().map(|group| members_of(group, &by_key)).collect()
    }

    /// The event that some statements tell of, in the order of reading; `None` of a toll alone, of which it is not known what it is of.
    pub fn event_of(&self, tellings: &[Telling<'_>]) -> Option<GroupRecord> {
        tells_an_event(tellings).then(|| self.event_record(tellings, &Settled::default()))
    }

    /// The relation of an identity that some statements tell of.
    pub fn relation_of(&self, identity: &str, tellings: &[Telling<'_>]) -> Option<LinkedGroup> {
        let id = relation_id(identity);
        self.relations(tellings).into_iter().find(|group| group.record.id == id)
    }

    /// The series of an identity whose numbers some statements tell.
    pub fn estimate_of(&self, identity: &str, tellings: &[Telling<'_>]) -> Option<LinkedGroup> {
        let id = estimate_id(identity);
        self.estimates(tellings).into_iter().find(|group| group.record.id == id)
    }
}

/// What makes the relations that a statement tells of one with those of other statements.
pub fn relation_identities(telling: &Telling<'_>) -> Vec<String> {
    relation::keys(telling).iter().map(relation::RelationKey::identity).collect()
}

/// What makes the series in which a statement's number stands one with those of other statements.
pub fn estimate_identity(telling: &Telling<'_>) -> Option<String> {
    estimate::key(telling).map(|key| key.identity())
}

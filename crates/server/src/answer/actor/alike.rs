//! Who else could it be? How people judged an actor to stand to others, and which others look like it.

use std::collections::{BTreeMap, BTreeSet};

use sayso::linking::candidate_id;
use sayso::types::decision::{Action, Judgement, SubjectKind};
use sayso::types::pieces;
use sayso_store::DecisionFilter;
use sayso_store::query::Paging;
use serde::Serialize;
use utoipa::ToSchema;

use super::who::{ActorName, Known, Who, named};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many judgements and so many that look alike are shown.
const MOST_JUDGED: usize = 50;
const MOST_ALIKE: usize = 12;

/// A judgement of two actors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Judged {
    /// The number of the decision.
    pub(crate) decision: i64,
    /// How they stand to each other.
    pub(crate) judgement: Judgement,
    /// The one; of `part-of` the part.
    pub(crate) a: ActorName,
    /// The other; of `part-of` the whole.
    pub(crate) b: ActorName,
    /// Who judged.
    pub(crate) who: String,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
    /// Whether it holds, or was undone.
    pub(crate) holds: bool,
}

/// An actor that looks like another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AlikeActor)]
pub(crate) struct Alike {
    /// Its id.
    pub(crate) id: String,
    /// What to call it.
    pub(crate) name: String,
    /// Why it looks alike.
    pub(crate) why: String,
    /// How people judged the two, where they did.
    pub(crate) judgement: Option<Judgement>,
}

/// How people judged an actor to stand to others.
pub(super) fn judged(reader: Reader<'_>, who: &Who) -> Result<Vec<Judged>, Fault> {
    let mut judged: BTreeMap<i64, Judged> = BTreeMap::new();
    for id in &who.ids {
        let filter = DecisionFilter { about: Some((SubjectKind::Actor, id.clone())), ..DecisionFilter::default() };
        for decision in reader.record.decisions_newest(&filter, &Paging { limit: MOST_JUDGED, after: None })?.items {
            if let Action::Actors { judgement, a, b } = decision.action {
                let (a, b) = (named(reader, &a), named(reader, &b));
                let (who, at, why, holds) = (decision.who, decision.at, decision.why, decision.holds);
                judged.insert(decision.id.0, Judged { decision: decision.id.0, judgement, a, b, who, at, why, holds });
            }
        }
    }
    Ok(judged.into_values().rev().take(MOST_JUDGED).collect())
}

/// Others that share a name with an actor or whose names hold its.
pub(super) fn alike(reader: Reader<'_>, who: &Who) -> Result<Vec<Alike>, Fault> {
    let judged = judged(reader, who)?;
    let judgement = |id: &str| {
        let between = |j: &&Judged| j.holds && (j.a.id == id || j.b.id == id);
        judged.iter().find(between).map(|judged| judged.judgement)
    };
    let mut found: BTreeMap<String, Alike> = BTreeMap::new();
    let mut add = |id: String, name: String, why: String| {
        let judgement = judgement(&id);
        if !who.ids.contains(&id) {
            found.entry(id.clone()).or_insert(Alike { id, name, why, judgement });
        }
    };
    let actors = reader.linker.actors();
    for (actor, name) in actors.namesakes(&who.id) {
        add(actor.id.clone(), actor.name().to_owned(), format!("both bear the name “{}”", name.text));
    }
    if who.known == Known::Candidate {
        for actor in actors.named(&who.name) {
            add(actor.id.clone(), actor.name().to_owned(), format!("the registry has the name “{}”", who.name));
        }
    }
    for (words, why) in resembling(who) {
        for other in reader.record.names_with(&words)? {
            match other.actor_id {
                None => add(candidate_id(&other.name), other.name, why.clone()),
                Some(id) if who.known == Known::Candidate => add(id.clone(), named(reader, &id).name, why.clone()),
                Some(_) => {}
            }
        }
    }
    Ok(found.into_values().take(MOST_ALIKE).collect())
}

/// Words whose bearers look alike, each with the reason: the whole name, and of a candidate the last word of several.
fn resembling(who: &Who) -> Vec<(String, String)> {
    let mut words = vec![(who.name.clone(), format!("its name holds “{}”", who.name))];
    let pieces: Vec<String> = pieces(&who.name).iter().map(ToString::to_string).collect();
    let distinct: BTreeSet<&String> = pieces.iter().collect();
    if let (Known::Candidate, Some(last), true) = (who.known, pieces.last(), distinct.len() > 1) {
        words.push((last.clone(), format!("its name holds “{last}” too")));
    }
    words
}

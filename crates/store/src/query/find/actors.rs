//! Which actors have such a name, and who takes part in what was found?

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::GroupKind;

use super::{Condition, Found, MOST_LOOKED_AT, Wanted, counted};
use crate::query::{Counted, Cursor, Tally, page};
use crate::{Error, Record, words};

/// A name can mean so many actors.
const MOST_NAMED: usize = 12;

/// An actor that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorFound {
    /// The registry's id; of whoever has none, the name or words.
    pub id: String,
    /// What to call it.
    pub name: String,
    /// In how many of the mentions or groups looked at.
    pub number: u64,
    /// In how many of these it stands as actor, recipient or source.
    pub named: bool,
}

/// An actor that has a name, with how often it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedActor {
    /// The registry's id; of whoever has none, the name or words.
    pub id: String,
    /// What to call it.
    pub name: String,
    /// How many mentions have the name, of those that were looked at.
    pub mentions: u64,
}

impl Record {
    /// Whom words or an id can mean: those whose names or words have them, in the last read [`MOST_LOOKED_AT`] mentions, most mentioned
    /// first; and of how many mentions that is.
    pub fn actors_named(&self, text: &str) -> Result<(Vec<NamedActor>, Counted), Error> {
        let Some(expression) = words::all_of(text) else { return Ok((Vec::new(), Counted::All)) };
        let sql = format!(
            "SELECT coalesce(p.actor_id, p.name, p.words), coalesce(p.name, p.words), count(*)
             FROM (SELECT rowid AS key FROM participants_fts WHERE participants_fts MATCH ? ORDER BY rowid DESC LIMIT {MOST_LOOKED_AT}) AS h
             CROSS JOIN participants AS p ON p.key = h.key GROUP BY 1"
        );
        let (mut found, mut looked_at) = (Vec::new(), 0);
        self.each_row(&sql, [Value::from(expression)], |row| {
            let mentions = row.get::<_, i64>(2)?.unsigned_abs();
            looked_at += mentions as usize;
            found.push(NamedActor { id: row.get(0)?, name: row.get(1)?, mentions });
            Ok(ControlFlow::Continue(()))
        })?;
        found.sort_by(|one, other| other.mentions.cmp(&one.mentions).then_with(|| one.id.cmp(&other.id)));
        Ok((found, counted(looked_at)))
    }

    /// The ids that an actor or source as a person names it can mean: itself, where it is one; else of those whose names have the words,
    /// the most mentioned ones.
    pub fn parties_named(&self, text: &str) -> Result<Vec<String>, Error> {
        let mut is_id = false;
        let sql = "SELECT 1 FROM participants INDEXED BY participants_by_actor WHERE actor_id = ? LIMIT 1";
        self.each_row(sql, [Value::from(text.to_owned())], |_| {
            is_id = true;
            Ok(ControlFlow::Break(()))
        })?;
        if is_id {
            return Ok(vec![text.to_owned()]);
        }
        let (found, _) = self.actors_named(text)?;
        Ok(found.into_iter().take(MOST_NAMED).map(|actor| actor.id).collect())
    }

    /// The actors that a question means: those whose names have its words, and those who take part in the events that it finds.
    pub fn find_actors(&self, wanted: &Wanted) -> Result<Found<ActorFound>, Error> {
        let mut found = BTreeMap::<String, ActorFound>::new();
        let mut all = Counted::All;
        let words: Vec<&str> = wanted.clauses.iter().filter(|clause| !clause.negated).filter_map(words_of).collect();
        if !words.is_empty() {
            let (named, looked_at) = self.actors_named(&words.join(" "))?;
            all = looked_at;
            for NamedActor { id, name, mentions } in named {
                found.insert(id.clone(), ActorFound { id, name, number: mentions, named: true });
            }
        }
        let groups =
            self.find_groups(&Wanted { paging: crate::query::Paging { limit: 0, after: None }, ..wanted.clone() }, GroupKind::Event)?;
        let facets = groups.summary.map(|summary| summary.facets).unwrap_or_default();
        for counts in facets.into_iter().filter(|counts| counts.facet == super::FindFacet::Actor) {
            if counts.counted != Counted::All {
                all = counts.counted;
            }
            for value in counts.values {
                let Some(id) = value.value else { continue };
                let name = value.name.unwrap_or_else(|| id.clone());
                found.entry(id.clone()).or_insert(ActorFound { id, name, number: value.number, named: false });
            }
        }
        let mut found: Vec<ActorFound> = found.into_values().collect();
        found.sort_by(|one, other| (other.named, other.number).cmp(&(one.named, one.number)).then_with(|| one.id.cmp(&other.id)));
        let number = found.len() as u64;
        let from = wanted.paging.after.as_ref().map_or(0, |cursor| usize::try_from(cursor.key).unwrap_or(0));
        let limit = wanted.paging.limit;
        let rest: Vec<(usize, ActorFound)> = found.into_iter().enumerate().skip(from).take(limit.saturating_add(1)).collect();
        let (items, next) = page(rest, limit, |(at, _)| Cursor { place: String::new(), key: *at as i64 + 1 });
        let tally = if all == Counted::All { Tally::Exactly(number) } else { Tally::AtLeast(number) };
        Ok(Found { items: items.into_iter().map(|(_, actor)| actor).collect(), next, tally, summary: None })
    }
}

/// The words of a clause that asks for one word or phrase, or for an actor.
fn words_of(clause: &super::Clause) -> Option<&str> {
    match &clause.any[..] {
        [Condition::Words(text)] => Some(text),
        [Condition::Actor(party)] => Some(&party.named),
        _ => None,
    }
}

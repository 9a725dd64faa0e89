//! Which actors are tied to which, in the whole record? Every pair with how many relations and joint events it has.
//!
//! This question meets all ties of a record, in the order in which they are kept, so that whoever asks it keeps the answer for as
//! long as the record stands as it does ([`Record::log_length`](crate::Record::log_length)).

use std::ops::ControlFlow;

use crate::{Error, Record};

/// Two actors of the registry and what ties them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The first by id.
    pub one: String,
    /// The second.
    pub other: String,
    /// How many relations they have.
    pub relations: u64,
    /// In how many events both take part.
    pub events: u64,
    /// The last day of any of these; empty where none is known, `9999-12-31` where it is open.
    pub last: String,
}

impl Record {
    /// All pairs of actors that a relation or an event ties, by their ids.
    pub fn pairs(&self) -> Result<Vec<Pair>, Error> {
        let sql = format!(
            "SELECT t.actor, t.other, count(*) FILTER (WHERE t.kind = 'relation'), count(*) FILTER (WHERE t.kind = 'event'), max(t.day)
             FROM ties AS t WHERE t.actor < t.other AND t.kind <> 'estimate' AND {} GROUP BY t.actor, t.other",
            self.view.holds("t")
        );
        let mut pairs = Vec::new();
        self.each_row(&sql, [], |row| {
            pairs.push(Pair { one: row.get(0)?, other: row.get(1)?, relations: row.get(2)?, events: row.get(3)?, last: row.get(4)? });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(pairs)
    }

    /// What an actor is called in the group that tells of it last; its id where none does.
    pub fn name_of_actor(&self, actor: &str) -> Result<String, Error> {
        self.actor_name(actor)
    }
}

//! What does a linking in its making change about events, relations and series, in words?

use std::collections::BTreeMap;

use rusqlite::types::Value;
use sayso_types::record::GroupRecord;

use super::Linking;
use crate::Error;
use crate::ask::Json;
use crate::history::{changes, named};

/// How a group is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTurn {
    /// Its id.
    pub id: String,
    /// What it is, where and when: "event assault, Kunduz, 2017-08-31".
    pub name: String,
    /// What becomes of it.
    pub turn: Turn,
}

/// What becomes of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is new.
    Made,
    /// It is no more.
    Ended,
    /// It is otherwise than it was, each difference as "killed 24 → 31".
    Changed(Vec<String>),
}

impl Linking<'_> {
    /// What it has changed about groups so far, by id, at most so many; nothing of those of which only the record's bookkeeping changed.
    pub fn turns(&self, most: usize) -> Result<Vec<GroupTurn>, Error> {
        let mut both: BTreeMap<String, (Option<GroupRecord>, Option<GroupRecord>)> = BTreeMap::new();
        self.each_group("SELECT record FROM groups INDEXED BY groups_by_until WHERE until = ?1", |id, group| {
            both.entry(id).or_default().0 = Some(group)
        })?;
        self.each_group("SELECT record FROM groups INDEXED BY groups_by_since WHERE since = ?1 AND until IS NULL", |id, group| {
            both.entry(id).or_default().1 = Some(group)
        })?;
        let turns = both.into_iter().filter_map(|(id, groups)| match groups {
            (Some(before), Some(after)) => {
                let changes = changes(&before, &after);
                (!changes.is_empty()).then(|| GroupTurn { id, name: named(&after), turn: Turn::Changed(changes) })
            }
            (None, Some(made)) => Some(GroupTurn { id, name: named(&made), turn: Turn::Made }),
            (Some(ended), None) => Some(GroupTurn { id, name: named(&ended), turn: Turn::Ended }),
            (None, None) => None,
        });
        Ok(turns.take(most).collect())
    }

    fn each_group(&self, sql: &str, mut take: impl FnMut(String, GroupRecord)) -> Result<(), Error> {
        self.reading().each(sql, [Value::from(self.change.key())], |row| {
            let group: GroupRecord = row.get::<_, Json<_>>(0)?.0;
            take(group.id.clone(), group);
            Ok(())
        })
    }
}

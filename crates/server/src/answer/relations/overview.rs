//! Where does one begin who asks for no actor yet? With those that have most ties, and with the relations told last.

use std::collections::BTreeMap;

use sayso::types::record::{GroupKind, GroupRecord};
use sayso_store::query::{GroupFilter, Paging};
use serde::Serialize;

use crate::desk::Reader;
use crate::fault::Fault;

const ACTORS: usize = 30;
const LATEST: usize = 15;

/// What a record holds of relations.
#[derive(Serialize)]
pub(crate) struct Overview {
    /// The actors with most relations.
    pub(crate) actors: Vec<TiedActor>,
    /// How many actors of the registry have any.
    pub(crate) tied: u64,
    /// The relations told last.
    pub(crate) latest: Vec<GroupRecord>,
}

/// An actor with how much it is tied.
#[derive(Serialize)]
pub(crate) struct TiedActor {
    /// The registry's id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// To how many others by a relation.
    pub(crate) others: u64,
    /// How many relations it has.
    pub(crate) relations: u64,
    /// The last day of which any is told.
    pub(crate) last: Option<String>,
}

impl Overview {
    /// What the record holds.
    pub(crate) fn of(reader: Reader<'_>) -> Result<Overview, Fault> {
        let pairs = reader.survey().pairs()?;
        let mut by_actor: BTreeMap<&str, (u64, u64, &str)> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| pair.relations > 0) {
            for id in [&pair.one, &pair.other] {
                let (relations, others, last) = by_actor.entry(id).or_default();
                *relations += pair.relations;
                *others += 1;
                *last = (*last).max(&pair.last);
            }
        }
        let tied = by_actor.len() as u64;
        let mut all: Vec<(&str, (u64, u64, &str))> = by_actor.into_iter().collect();
        all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        all.truncate(ACTORS);
        let actor = |(id, (relations, others, last)): (&str, (u64, u64, &str))| -> Result<TiedActor, Fault> {
            let last = Some(last.to_owned()).filter(|day| !day.is_empty() && day != "9999-12-31");
            Ok(TiedActor { id: id.to_owned(), name: reader.record.name_of_actor(id)?, others, relations, last })
        };
        let latest = reader.record.groups(&GroupFilter {
            kinds: vec![GroupKind::Relation],
            paging: Paging { limit: LATEST, after: None },
            ..GroupFilter::default()
        })?;
        Ok(Overview { actors: all.into_iter().map(actor).collect::<Result<_, _>>()?, tied, latest: latest.items })
    }
}

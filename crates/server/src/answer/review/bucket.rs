//! What is there to review? The buckets, and how much waits in each.

use sayso::types::record::GroupKind;
use sayso_store::query::{GroupFilter, Paging, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::item::{NEAR, UNSURE, is_open};
use crate::desk::Reader;
use crate::fault::Fault;

/// A kind of question that waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Bucket {
    /// Statements that nobody reviewed.
    New,
    /// Statements that were coded unsurely and that nobody reviewed.
    Unsure,
    /// Events of which sources tell different values.
    Conflicts,
    /// Events that are nearly one.
    Joins,
    /// Actors that are called much alike.
    Identities,
    /// Documents that share words without being copies.
    Copies,
    /// Decisions whose words are gone.
    Unanchored,
    /// Statements on which reviewers disagree.
    Disagreements,
    /// Statements that are drawn by lot.
    Sample,
}

impl Bucket {
    /// All of them, in the order in which they are worth doing.
    pub(crate) const ALL: [Bucket; 9] = [
        Bucket::New,
        Bucket::Unsure,
        Bucket::Conflicts,
        Bucket::Joins,
        Bucket::Identities,
        Bucket::Copies,
        Bucket::Unanchored,
        Bucket::Disagreements,
        Bucket::Sample,
    ];

    /// As addresses name it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Bucket::New => "new",
            Bucket::Unsure => "unsure",
            Bucket::Conflicts => "conflicts",
            Bucket::Joins => "joins",
            Bucket::Identities => "identities",
            Bucket::Copies => "copies",
            Bucket::Unanchored => "unanchored",
            Bucket::Disagreements => "disagreements",
            Bucket::Sample => "sample",
        }
    }

    /// The bucket of a name.
    pub(crate) fn named(name: &str) -> Result<Bucket, Fault> {
        let found = Bucket::ALL.into_iter().find(|bucket| bucket.as_str() == name);
        found.ok_or_else(|| {
            let all: Vec<&str> = Bucket::ALL.iter().map(|bucket| bucket.as_str()).collect();
            Fault::unknown(format!("there is no bucket `{name}`"), format!("There are {}.", all.join(", ")))
        })
    }

    /// Its heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Bucket::New => "New statements",
            Bucket::Unsure => "Coded unsurely",
            Bucket::Conflicts => "Sources differ",
            Bucket::Joins => "One event or two?",
            Bucket::Identities => "One actor or two?",
            Bucket::Copies => "One text or two?",
            Bucket::Unanchored => "Words are gone",
            Bucket::Disagreements => "Reviewers disagree",
            Bucket::Sample => "Sample",
        }
    }

    /// What stands in it.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Bucket::New => "Nobody has reviewed them; what was read last comes first.",
            Bucket::Unsure => "The program itself is in doubt.",
            Bucket::Conflicts => "Independent sources tell different values of one event: choose the one to show, or leave it.",
            Bucket::Joins => "Two events are nearly one; what speaks for it and against it is named.",
            Bucket::Identities => "Two actors are called much alike.",
            Bucket::Copies => "Two documents share words, but not enough to count as copies.",
            Bucket::Unanchored => "People decided on statements that a newer reading does not have, or not so.",
            Bucket::Disagreements => "Reviewers gave different verdicts: a curator settles them.",
            Bucket::Sample => "Drawn by lot, the same for the same seed: how good is the record?",
        }
    }
}

/// How much waits in a bucket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Waiting {
    /// Which.
    pub(crate) bucket: Bucket,
    /// Its heading.
    pub(crate) title: String,
    /// What stands in it.
    pub(crate) about: String,
    /// How many wait, as far as was counted; null where that takes too long to count.
    pub(crate) count: Option<u64>,
    /// Whether there can be more than were counted.
    pub(crate) at_least: bool,
}

/// All buckets with how much waits in each.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Buckets {
    /// The buckets.
    pub(crate) buckets: Vec<Waiting>,
}

/// Of what is looked through to be counted, so many are counted at most.
const COUNTED: usize = 100;

impl Buckets {
    /// The answer.
    pub(crate) fn of(reader: Reader<'_>) -> Result<Buckets, Fault> {
        Ok(Buckets { buckets: Bucket::ALL.into_iter().map(|bucket| Buckets::waiting(reader, bucket)).collect::<Result<_, _>>()? })
    }

    /// How much waits in one bucket.
    pub(crate) fn waiting(reader: Reader<'_>, bucket: Bucket) -> Result<Waiting, Fault> {
        let (count, at_least) = match count(reader, bucket)? {
            Some(Tally::Exactly(number)) => (Some(number), false),
            Some(Tally::AtLeast(number)) => (Some(number), true),
            None => (None, true),
        };
        Ok(Waiting { bucket, title: bucket.title().to_owned(), about: bucket.about().to_owned(), count, at_least })
    }
}

/// Events of which sources tell different values.
pub(super) fn disputed(paging: Paging) -> GroupFilter {
    GroupFilter { kinds: vec![GroupKind::Event], disputed: Some(true), paging, ..GroupFilter::default() }
}

fn count(reader: Reader<'_>, bucket: Bucket) -> Result<Option<Tally>, Fault> {
    let page = Paging { limit: COUNTED, after: None };
    let tally = |number: usize, more: bool| {
        let number = number as u64;
        if more { Tally::AtLeast(number) } else { Tally::Exactly(number) }
    };
    Ok(match bucket {
        Bucket::New => Some(reader.record.count_unreviewed()?),
        Bucket::Unsure => {
            let found = reader.record.unreviewed(Some(UNSURE), &page)?;
            Some(tally(found.items.len(), found.next.is_some()))
        }
        Bucket::Conflicts => {
            let all = reader.record.count_groups(&disputed(Paging::default()))?;
            if all.number() > COUNTED as u64 {
                Some(all)
            } else {
                let groups = reader.record.groups(&disputed(page))?.items;
                let mut open = 0;
                for group in &groups {
                    open += usize::from(is_open(reader, group)?);
                }
                Some(tally(open, false))
            }
        }
        Bucket::Joins => {
            let pairs = reader.record.near_pairs(NEAR.start, NEAR.end, &page)?;
            if pairs.items.is_empty() && pairs.next.is_none() { Some(Tally::Exactly(0)) } else { None }
        }
        Bucket::Unanchored => Some(tally(reader.record.unanchored()?.len(), false)),
        Bucket::Disagreements => Some(tally(super::votes::disagreements(reader)?.len(), false)),
        Bucket::Identities | Bucket::Copies | Bucket::Sample => None,
    })
}

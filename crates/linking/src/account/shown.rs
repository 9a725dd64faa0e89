//! Which of several values is shown, and what numbers does a data set's convention make of them?

use std::collections::BTreeSet;

use sayso_types::decision::Reliability;
use serde::{Deserialize, Serialize};

use super::{Attribute, AttributeName, Is, Value, Weighing};
use crate::informant::Independence;

/// Lowest, most likely and highest number; what is not told is unknown, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Numbers {
    /// Lowest.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
}

impl Numbers {
    /// The lowest number that it can mean, as far as it is told.
    pub fn lowest(self) -> Option<u64> {
        [self.low, self.best, self.high].into_iter().flatten().min()
    }

    /// The highest number that it can mean, as far as it is told.
    pub fn highest(self) -> Option<u64> {
        [self.low, self.best, self.high].into_iter().flatten().max()
    }

    /// Whether both can be so: "at least 24" and 29.
    fn agrees(self, other: Numbers) -> bool {
        let (low, other_low) = (self.low.or(self.best).unwrap_or(0), other.low.or(other.best).unwrap_or(0));
        let (high, other_high) = (self.high.or(self.best).unwrap_or(u64::MAX), other.high.or(other.best).unwrap_or(u64::MAX));
        low <= other_high && other_low <= high
    }
}

/// By whose convention one value is made of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// The value with most independent sources, then the nearest to the fact, then the latest.
    #[default]
    Sources,
    /// UCDP GED: lowest and highest of all; best is the most reliable source's, and of equals the lowest.
    Ucdp,
    /// ACLED: the lowest that is reported.
    Acled,
    /// GTD: the newest of the most reliable sources' that is not the perpetrator's, and of equals the lowest.
    Gtd,
}

impl Profile {
    /// The rule in words.
    pub fn rule(self) -> &'static str {
        match self {
            Profile::Sources => "most independent sources, then the nearest to the fact, then the latest",
            Profile::Ucdp => "UCDP: the most reliable source's, and of equals the lowest; low and high over all",
            Profile::Acled => "ACLED: the lowest reported",
            Profile::Gtd => "GTD: the newest of a reliable source that is not the perpetrator, and of equals the lowest",
        }
    }
}

/// The attribute with its shown value.
pub(super) fn attribute(name: AttributeName, values: Vec<Value>, independence: &Independence, weighing: &Weighing<'_>) -> Attribute {
    let counts = matches!(name, AttributeName::Count(_));
    let settled = weighing.settled.values.get(name.as_str());
    let by_person = settled.and_then(|(text, why)| values.iter().position(|value| value.text == *text).map(|at| (at, why)));
    let profile = if counts { weighing.profile } else { Profile::Sources };
    let (shown, rule) = match by_person {
        Some((at, why)) => (at, format!("settled by a person: {why}")),
        None => (chosen(&values, profile, independence, weighing), profile.rule().to_owned()),
    };
    // One happening can have several targets and means.
    let disputed = !matches!(name, AttributeName::Recipient | AttributeName::Mode) && disputed(&values, weighing);
    let numbers = counts.then(|| numbers(&values, shown, profile));
    Attribute { name, values, shown, rule, disputed, numbers }
}

/// The number of the value to show.
fn chosen(values: &[Value], profile: Profile, independence: &Independence, weighing: &Weighing<'_>) -> usize {
    let numbers = 0..values.len();
    let lowest = |at: &usize| std::cmp::Reverse(count(&values[*at]).and_then(Numbers::lowest).unwrap_or(u64::MAX));
    // Of equals the first in order is taken, since the last maximum wins and the order is turned round.
    let best = match profile {
        Profile::Sources => numbers.rev().max_by_key(|at| {
            let value = &values[*at];
            (support(values, *at), std::cmp::Reverse(value.distance), value.last_told, exactness(value))
        }),
        Profile::Acled => numbers.rev().max_by_key(lowest),
        Profile::Ucdp => numbers.rev().max_by_key(|at| (reliability(&values[*at], weighing), lowest(at))),
        Profile::Gtd => numbers.rev().max_by_key(|at| {
            let value = &values[*at];
            (!is_partisan(value, independence), reliability(value, weighing), value.last_told, lowest(at))
        }),
    };
    best.unwrap_or(0)
}

/// How many sources stand by a value, or by a less exact one that holds it.
fn support(values: &[Value], at: usize) -> usize {
    let less_exact = values.iter().filter(|other| holds(&other.is, &values[at].is));
    let sources: BTreeSet<&String> = less_exact.chain([&values[at]]).flat_map(|value| &value.sources).collect();
    sources.len()
}

/// Whether one value is a wider way to say the other: Afghanistan and Kabul, July and 31 July.
fn holds(wide: &Is, narrow: &Is) -> bool {
    match (wide, narrow) {
        (Is::Time { earliest, latest }, Is::Time { earliest: from, latest: to }) => {
            let after = |bound: &Option<String>, day: &Option<String>| bound.is_none() || (day.is_some() && bound <= day);
            let before = |bound: &Option<String>, day: &Option<String>| bound.is_none() || (day.is_some() && bound >= day);
            wide != narrow && after(earliest, from) && before(latest, to)
        }
        (
            Is::Place { country, where_prec, admin1, .. },
            Is::Place { country: inner_country, where_prec: inner_prec, admin1: inner_admin1, .. },
        ) => match (where_prec, inner_prec) {
            (Some(6), Some(inner)) => *inner < 6 && country == inner_country,
            (Some(4), Some(inner)) => *inner < 4 && country == inner_country && admin1.is_some() && admin1 == inner_admin1,
            _ => false,
        },
        _ => false,
    }
}

fn exactness(value: &Value) -> std::cmp::Reverse<u8> {
    std::cmp::Reverse(match &value.is {
        Is::Place { where_prec, .. } => where_prec.unwrap_or(u8::MAX),
        Is::Actor { actor_id } => u8::from(actor_id.is_none()),
        _ => 0,
    })
}

fn count(value: &Value) -> Option<Numbers> {
    match value.is {
        Is::Count(numbers) => Some(numbers),
        _ => None,
    }
}

/// The best grade of the sources of a value; one without a grade stands in the middle.
fn reliability(value: &Value, weighing: &Weighing<'_>) -> std::cmp::Reverse<Reliability> {
    let grade = |source: &String| weighing.settled.reliability.get(source).copied().unwrap_or(Reliability::C);
    std::cmp::Reverse(value.sources.iter().map(grade).min().unwrap_or(Reliability::F))
}

/// Whether a value rests on nobody but whoever is said to have done it.
fn is_partisan(value: &Value, independence: &Independence) -> bool {
    let is_perpetrator = |name: &String| independence.sources.iter().any(|source| source.name == *name && source.is_perpetrator);
    !value.sources.is_empty() && value.sources.iter().all(is_perpetrator)
}

/// Whether two values that sources stand by cannot both be so.
fn disputed(values: &[Value], weighing: &Weighing<'_>) -> bool {
    let told: Vec<&Value> = values.iter().filter(|value| !value.sources.is_empty()).collect();
    told.iter()
        .enumerate()
        .any(|(at, one)| told[at + 1..].iter().any(|other| !told_together(one, other) && !agree(&one.is, &other.is, weighing)))
}

/// Whether one statement gives both: the two sides of a fight.
fn told_together(one: &Value, other: &Value) -> bool {
    one.statements.iter().any(|statement| other.statements.contains(statement))
}

fn agree(one: &Is, other: &Is, weighing: &Weighing<'_>) -> bool {
    match (one, other) {
        (Is::Count(one), Is::Count(other)) => one.agrees(*other),
        // Words that the gazetteer has not may lie anywhere: "a checkpoint".
        (Is::Place { country: None, .. }, _) | (_, Is::Place { country: None, .. }) => true,
        (Is::Place { .. } | Is::Time { .. }, _) => one == other || holds(one, other) || holds(other, one) || overlap(one, other),
        // Words without an actor may describe any: "gunmen".
        (Is::Actor { actor_id: Some(one) }, Is::Actor { actor_id: Some(other) }) => {
            weighing.kinship.is_within(one, other) || weighing.kinship.is_within(other, one)
        }
        (Is::Actor { .. }, _) => true,
        _ => one == other,
    }
}

fn overlap(one: &Is, other: &Is) -> bool {
    match (one, other) {
        (Is::Time { earliest, latest }, Is::Time { earliest: from, latest: to }) => {
            let meets = |begin: &Option<String>, end: &Option<String>| begin.is_none() || end.is_none() || begin <= end;
            meets(earliest, to) && meets(from, latest)
        }
        _ => false,
    }
}

/// The numbers of a profile.
fn numbers(values: &[Value], shown: usize, profile: Profile) -> Numbers {
    let told = || values.iter().filter_map(count);
    let shown = count(&values[shown]).unwrap_or_default();
    match profile {
        Profile::Sources => shown,
        Profile::Ucdp => Numbers {
            low: told().filter_map(Numbers::lowest).min(),
            best: shown.best.or(shown.low),
            high: told().filter_map(Numbers::highest).max(),
        },
        Profile::Acled | Profile::Gtd => {
            let one = shown.best.or(shown.low);
            Numbers { low: one, best: one, high: one }
        }
    }
}

//! Which values are told of each attribute, and by whom?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_types::record::{PlaceRecord, PropositionRecord, QuantityRecord, RoleRecord, TimeRecord};
use sayso_types::{QuantityRule, RoleName, pieces};

use super::shown::{self, Numbers};
use super::{Attribute, AttributeName, Is, Value, Weighing};
use crate::informant::{Independence, InformantKind};
use crate::telling::Telling;

/// A value as one statement tells it.
struct Told {
    name: AttributeName,
    /// What makes two of them one.
    identity: String,
    text: String,
    is: Is,
}

/// The attributes of which something is told.
pub(super) fn attributes(tellings: &[Telling<'_>], independence: &Independence, weighing: &Weighing<'_>) -> Vec<Attribute> {
    let source_of = sources(independence);
    let mut values: BTreeMap<AttributeName, Vec<(String, Vec<usize>, Told)>> = BTreeMap::new();
    for (at, telling) in tellings.iter().enumerate().filter(|(_, telling)| !telling.statement.negated) {
        for told in told(telling) {
            let of_attribute = values.entry(told.name).or_default();
            match of_attribute.iter_mut().find(|(identity, _, _)| *identity == told.identity) {
                Some((_, by, _)) => by.push(at),
                None => of_attribute.push((told.identity.clone(), vec![at], told)),
            }
        }
    }
    let attribute = |(name, told): (AttributeName, Vec<(String, Vec<usize>, Told)>)| {
        let last = last_values(tellings, &source_of, &told);
        let values =
            told.into_iter().enumerate().map(|(number, (_, by, told))| value(number, &by, told, tellings, independence, &source_of, &last));
        shown::attribute(name, values.collect(), independence, weighing)
    };
    values.into_iter().map(attribute).collect()
}

/// The number of each statement's source.
fn sources(independence: &Independence) -> BTreeMap<&str, usize> {
    let numbered = independence.sources.iter().enumerate();
    numbered.flat_map(|(number, source)| source.statements.iter().map(move |id| (id.as_str(), number))).collect()
}

/// Of each source the values that it gave last: a source that corrects itself stands by its later word.
fn last_values(
    tellings: &[Telling<'_>],
    source_of: &BTreeMap<&str, usize>,
    values: &[(String, Vec<usize>, Told)],
) -> BTreeMap<usize, (Option<Date>, BTreeSet<usize>)> {
    let mut last: BTreeMap<usize, (Option<Date>, BTreeSet<usize>)> = BTreeMap::new();
    for (number, (_, by, _)) in values.iter().enumerate() {
        for telling in by.iter().map(|at| &tellings[*at]) {
            let Some(source) = source_of.get(telling.statement.id.as_str()) else { continue };
            let newest = last.entry(*source).or_default();
            match telling.day().cmp(&newest.0) {
                std::cmp::Ordering::Greater => *newest = (telling.day(), BTreeSet::from([number])),
                std::cmp::Ordering::Equal => drop(newest.1.insert(number)),
                std::cmp::Ordering::Less => {}
            }
        }
    }
    last
}

fn value(
    number: usize,
    by: &[usize],
    told: Told,
    tellings: &[Telling<'_>],
    independence: &Independence,
    source_of: &BTreeMap<&str, usize>,
    last: &BTreeMap<usize, (Option<Date>, BTreeSet<usize>)>,
) -> Value {
    let numbers: BTreeSet<usize> = by.iter().filter_map(|at| source_of.get(tellings[*at].statement.id.as_str()).copied()).collect();
    let corrects = matches!(told.is, Is::Count(_));
    let (standing, former): (Vec<usize>, Vec<usize>) =
        numbers.into_iter().partition(|source| !corrects || last.get(source).is_none_or(|(_, values)| values.contains(&number)));
    let name = |source: usize| independence.sources[source].name.clone();
    Value {
        text: told.text,
        is: told.is,
        statements: by.iter().map(|at| tellings[*at].statement.id.clone()).collect(),
        distance: by.iter().map(|at| distance(&tellings[*at], independence, source_of)).min().unwrap_or(usize::MAX),
        sources: standing.into_iter().map(name).collect(),
        revised: former.into_iter().map(name).collect(),
        // A copy that is printed later tells nothing later.
        last_told: by
            .iter()
            .filter(|at| tellings[**at].repeat().is_none())
            .chain(by.iter().take(1))
            .filter_map(|at| tellings[*at].day())
            .max(),
    }
}

/// How far a telling is from the fact: the links of its chain; a voice that names nobody is farther than any.
fn distance(telling: &Telling<'_>, independence: &Independence, source_of: &BTreeMap<&str, usize>) -> usize {
    const UNSOURCED: usize = 100;
    let source = source_of.get(telling.statement.id.as_str()).map(|number| &independence.sources[*number]);
    match source {
        Some(source) if source.kind != InformantKind::Voice => telling.statement.attribution.len(),
        _ => UNSOURCED,
    }
}

/// The values that one statement tells.
fn told(telling: &Telling<'_>) -> Vec<Told> {
    let statement = telling.statement;
    let mut told: Vec<Told> = statement.roles.iter().filter_map(participant).collect();
    told.extend(statement.place.as_ref().map(place));
    told.extend(statement.time.as_ref().map(time));
    if let PropositionRecord::Event { mode, outcome, .. } = &statement.proposition {
        told.extend(mode.as_ref().map(|mode| code(AttributeName::Mode, mode)));
        told.extend(outcome.as_ref().map(|outcome| code(AttributeName::Outcome, outcome)));
    }
    told.extend(statement.quantities.iter().map(count));
    told
}

fn participant(role: &RoleRecord) -> Option<Told> {
    let name = match role.role {
        RoleName::Actor => AttributeName::Actor,
        RoleName::Recipient => AttributeName::Recipient,
        RoleName::Instrument | RoleName::Theme | RoleName::Origin => return None,
    };
    let text = role.name.clone().unwrap_or_else(|| role.words.text.clone());
    let identity = role.actor_id.clone().unwrap_or_else(|| format!("“{}", pieces(&text).join(" ")));
    Some(Told { name, identity, text, is: Is::Actor { actor_id: role.actor_id.clone() } })
}

fn place(place: &PlaceRecord) -> Told {
    let text = place.name.clone().unwrap_or_else(|| place.words.text.clone());
    let identity = place.geonames_id.map_or_else(|| pieces(&text).join(" "), |id| id.to_string());
    let is = Is::Place {
        geonames_id: place.geonames_id,
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        latitude: place.latitude,
        longitude: place.longitude,
        where_prec: place.where_prec.map(|code| code.0),
    };
    Told { name: AttributeName::Place, identity, text, is }
}

fn time(time: &TimeRecord) -> Told {
    let is = Is::Time { earliest: time.earliest.clone(), latest: time.latest.clone() };
    Told { name: AttributeName::Time, identity: time.edtf.clone(), text: time.edtf.clone(), is }
}

fn code(name: AttributeName, code: &str) -> Told {
    Told { name, identity: code.to_owned(), text: code.to_owned(), is: Is::Code(code.to_owned()) }
}

fn count(quantity: &QuantityRecord) -> Told {
    let numbers = Numbers { low: quantity.low, best: quantity.best, high: quantity.high };
    let number = |number: Option<u64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let text = match quantity.rule {
        QuantityRule::AtLeast => format!("at least {}", number(numbers.low)),
        QuantityRule::MoreThan => format!("more than {}", number(numbers.low)),
        QuantityRule::UpTo => format!("up to {}", number(numbers.high)),
        QuantityRule::FewerThan => format!("fewer than {}", number(numbers.high)),
        QuantityRule::Approximate => format!("about {}", number(numbers.best)),
        QuantityRule::Range => format!("{} to {}", number(numbers.low), number(numbers.high)),
        QuantityRule::Exact | QuantityRule::None => number(numbers.best),
        QuantityRule::Several | QuantityRule::Order => quantity.words.text.clone(),
    };
    let identity = format!("{:?} {:?} {:?}", numbers.low, numbers.best, numbers.high);
    Told { name: AttributeName::Count(quantity.of), identity, text, is: Is::Count(numbers) }
}

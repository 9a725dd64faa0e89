//! What is a group in short? The record of it that lists show and queries search.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sayso_types::record::{GroupCount, GroupKind, GroupParty, GroupPlace, GroupRecord, RoleRecord};
use sayso_types::{QuantityOf, RoleName};

use crate::account::{Account, Attribute, AttributeName, Is, Value};
use crate::estimate::Series;
use crate::identity::Party;
use crate::relation::Relation;
use crate::telling::Telling;

/// An event with its account, in short; the tellings in the order of reading, and never none.
pub fn event(id: String, tellings: &[Telling<'_>], account: &Account) -> GroupRecord {
    let (earliest, latest) = match account.shown(AttributeName::Time).map(|time| &time.is) {
        Some(Is::Time { earliest, latest }) => (earliest.clone(), latest.clone()),
        _ => (None, None),
    };
    GroupRecord {
        mode: account.shown(AttributeName::Mode).map(|mode| mode.text.clone()),
        aggregate: tellings.iter().all(|telling| telling.statement.aggregate),
        status: Some(account.status.grade.as_str().to_owned()),
        credibility: Some(account.credibility.grade.0),
        sources: account.independence.sources.len() as u64,
        time: account.shown(AttributeName::Time).map(|time| time.text.clone()),
        earliest,
        latest,
        place: account.shown(AttributeName::Place).map(place),
        parties: parties(tellings),
        counts: account.attributes.iter().filter_map(count).collect(),
        disputed: account.attributes.iter().filter(|a| a.disputed).map(|a| a.name.as_str().to_owned()).collect(),
        ..of_tellings(id, GroupKind::Event, type_shown(tellings), tellings)
    }
}

/// A relation in short.
pub fn relation(id: String, tellings: &[Telling<'_>], relation: &Relation) -> GroupRecord {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let party = |role: RoleName, party: &Party| GroupParty { role, actor_id: party.actor_id.clone(), name: party.name.clone() };
    GroupRecord {
        mode: relation.key.mode.clone(),
        sources: relation.independence.sources.len() as u64,
        earliest: day(relation.periods.first().and_then(|period| period.first_cited)),
        latest: day(relation.periods.last().and_then(|period| period.last_cited)),
        ended: relation.periods.last().is_some_and(|period| period.ended),
        parties: vec![party(RoleName::Actor, &relation.key.actor), party(RoleName::Recipient, &relation.key.recipient)],
        ..of_tellings(id, GroupKind::Relation, relation.key.relation.as_str(), tellings)
    }
}

/// A series of estimates in short: its last number, and the least and most of all.
pub fn estimate(id: String, tellings: &[Telling<'_>], series: &Series) -> GroupRecord {
    let last = series.points.last();
    let place = series.key.country.clone().map(|country| GroupPlace {
        name: country.clone(),
        geonames_id: None,
        country: Some(country),
        admin1: None,
        latitude: None,
        longitude: None,
        where_prec: Some(6),
    });
    let count = |numbers: crate::account::Numbers| GroupCount {
        of: QuantityOf::of_str(series.key.estimate.as_str()).unwrap_or(QuantityOf::Count),
        low: numbers.low,
        best: numbers.best,
        high: numbers.high,
        least: self::numbers(numbers_of(series)).0,
        most: self::numbers(numbers_of(series)).1,
    };
    GroupRecord {
        sources: series.independence.sources.len() as u64,
        earliest: series.points.first().and_then(|point| point.day).map(|day| day.to_string()),
        latest: last.and_then(|point| point.day).map(|day| day.to_string()),
        place,
        parties: series
            .key
            .parties
            .iter()
            .map(|party| GroupParty { role: RoleName::Actor, actor_id: party.actor_id.clone(), name: party.name.clone() })
            .collect(),
        counts: last.map(|point| count(point.numbers)).into_iter().collect(),
        ..of_tellings(id, GroupKind::Estimate, series.key.estimate.as_str(), tellings)
    }
}

fn numbers_of(series: &Series) -> impl Iterator<Item = crate::account::Numbers> + '_ {
    series.points.iter().map(|point| point.numbers)
}

/// The least and the most that any of some numbers can mean.
fn numbers(of: impl Iterator<Item = crate::account::Numbers>) -> (Option<u64>, Option<u64>) {
    let all: Vec<crate::account::Numbers> = of.collect();
    (all.iter().filter_map(|n| n.lowest()).min(), all.iter().filter_map(|n| n.highest()).max())
}

/// What any group has.
fn of_tellings(id: String, kind: GroupKind, type_code: &str, tellings: &[Telling<'_>]) -> GroupRecord {
    let documents: BTreeSet<i64> = tellings.iter().map(|telling| telling.report.key).collect();
    let days = || tellings.iter().filter_map(Telling::day);
    GroupRecord {
        id,
        kind,
        type_code: type_code.to_owned(),
        mode: None,
        aggregate: false,
        status: None,
        credibility: None,
        sources: 0,
        statements: tellings.len() as u64,
        documents: documents.len() as u64,
        time: None,
        earliest: None,
        latest: None,
        ended: false,
        place: None,
        parties: Vec::new(),
        counts: Vec::new(),
        disputed: Vec::new(),
        first_told: days().min().map(|day| day.to_string()),
        last_told: days().max().map(|day| day.to_string()),
    }
}

/// The type that most statements have, of equals the first told; a toll says nothing of it.
fn type_shown<'a>(tellings: &[Telling<'a>]) -> &'a str {
    let of_event = tellings.iter().filter(|telling| telling.statement.proposition.kind() == "event");
    let tellings: Vec<Telling<'a>> = of_event.copied().collect();
    let code = |telling: &Telling<'a>| telling.statement.proposition.type_code();
    let times = |of: &str| tellings.iter().filter(|telling| code(telling) == of).count();
    tellings.iter().map(code).rev().max_by_key(|of| times(of)).unwrap_or_default()
}

fn place(value: &Value) -> GroupPlace {
    let (geonames_id, country, admin1, latitude, longitude, where_prec) = match &value.is {
        Is::Place { geonames_id, country, admin1, latitude, longitude, where_prec } => {
            (*geonames_id, country.clone(), admin1.clone(), *latitude, *longitude, *where_prec)
        }
        _ => (None, None, None, None, None, None),
    };
    GroupPlace { name: value.text.clone(), geonames_id, country, admin1, latitude, longitude, where_prec }
}

/// Each actor and recipient once: those of the registry, and of the others those with a name, else the first words for each role.
fn parties(tellings: &[Telling<'_>]) -> Vec<GroupParty> {
    let mut parties: Vec<GroupParty> = Vec::new();
    let mut push = |role: &RoleRecord| {
        let name = role.name.clone().unwrap_or_else(|| role.words.text.clone());
        let same = |party: &GroupParty| {
            party.role == role.role && if role.actor_id.is_some() { party.actor_id == role.actor_id } else { party.name == name }
        };
        if !parties.iter().any(same) {
            parties.push(GroupParty { role: role.role, actor_id: role.actor_id.clone(), name });
        }
    };
    let roles = || tellings.iter().flat_map(|telling| &telling.statement.roles);
    roles().filter(|role| role.actor_id.is_some() || role.name.is_some()).for_each(&mut push);
    for name in [RoleName::Actor, RoleName::Recipient] {
        let named = roles().any(|role| role.role == name && (role.actor_id.is_some() || role.name.is_some()));
        roles().filter(|role| role.role == name && !named).take(1).for_each(&mut push);
    }
    parties
}

fn count(attribute: &Attribute) -> Option<GroupCount> {
    let AttributeName::Count(of) = attribute.name else { return None };
    let told = attribute.values.iter().filter_map(|value| match value.is {
        Is::Count(numbers) => Some(numbers),
        _ => None,
    });
    let shown = attribute.numbers.unwrap_or_default();
    let (least, most) = numbers(told);
    Some(GroupCount { of, low: shown.low, best: shown.best, high: shown.high, least, most })
}

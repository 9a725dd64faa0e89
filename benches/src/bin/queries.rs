//! How fast does a large record answer what views ask? Median and 95th percentile over drawn questions, warm:
//! `cargo run --release -p sayso-benches --bin queries -- RECORD [QUESTIONS]`, of a record that the program `linking` wrote.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark prints, and reads the clock")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use sayso_benches::record::{ACTORS, COUNTRIES, Lot, PLACES, TARGETS, TRIGGERS, WORDS, country, day, point, word};
use sayso_benches::throughput::peak_memory;
use sayso_store::query::{
    Area, AreaFilter, ChangeOf, Facet, GroupFilter, Imprecise, NetworkFilter, Overlap, Paging, Reach, Search, Source, Window,
};
use sayso_store::{Moment, Record};
use sayso_types::record::GroupKind;

/// Questions of each sort.
const QUESTIONS: u64 = 300;
/// The days of which the record tells.
const DAYS: u64 = 730;

/// A sort of question: its name, and what asks the one of a lot and says how much it found.
type Question = (&'static str, fn(&Record, &mut Lot) -> anyhow::Result<usize>);

const ALL: [Question; 23] = [
    ("groups, all", |r, _| groups(r, &GroupFilter::default())),
    ("groups of a country", |r, lot| groups(r, &GroupFilter { countries: vec![a_country(lot)], ..events() })),
    ("groups of an actor", |r, lot| groups(r, &GroupFilter { actors: vec![an_actor(lot)], ..GroupFilter::default() })),
    ("groups of an actor, country and time", |r, lot| {
        let chosen = GroupFilter { actors: vec![an_actor(lot)], countries: vec![a_country(lot)], ..events() };
        groups(r, &GroupFilter { time: Some(a_month(lot, Overlap::Possible)), ..chosen })
    }),
    ("groups contested, of 3 sources, in a country", |r, lot| {
        let chosen = GroupFilter { statuses: vec!["contested".to_owned()], least_sources: 3, ..events() };
        groups(r, &GroupFilter { disputed: Some(true), countries: vec![a_country(lot)], ..chosen })
    }),
    ("groups of an actor that many sources deny, mostly none", |r, lot| {
        let chosen = GroupFilter { statuses: vec!["discounted".to_owned()], least_sources: 9, ..events() };
        groups(r, &GroupFilter { actors: vec![an_actor(lot)], ..chosen })
    }),
    ("groups certainly in a month", |r, lot| {
        groups(r, &GroupFilter { time: Some(a_month(lot, Overlap::Certain)), ..GroupFilter::default() })
    }),
    ("number of an actor's groups", |r, lot| {
        let chosen = GroupFilter { actors: vec![an_actor(lot)], ..GroupFilter::default() };
        Ok(r.count_groups(&chosen)?.number() as usize)
    }),
    ("one group with its statements", |r, lot| {
        let chosen = GroupFilter { time: Some(a_month(lot, Overlap::Possible)), paging: Paging { limit: 1, after: None }, ..events() };
        let Some(group) = r.groups(&chosen)?.items.pop() else { return Ok(0) };
        let group = r.group(&group.id)?;
        Ok(r.group_members(&group.record.id, &Paging::default())?.items.len())
    }),
    ("full text, one word", |r, lot| found(r, &a_target(lot), BTreeMap::new())),
    ("full text, one word, of a country", |r, lot| found(r, &a_target(lot), BTreeMap::from([(Facet::Country, vec![a_country(lot)])]))),
    ("full text, two words", |r, lot| found(r, &format!("{} {}", a_target(lot), word(lot.skewed(WORDS))), BTreeMap::new())),
    ("facets, one word", |r, lot| facets(r, &a_target(lot))),
    ("facets, two words", |r, lot| facets(r, &format!("{} {}", a_target(lot), word(lot.skewed(WORDS))))),
    ("events within 50 km", |r, lot| within(r, circle(lot, 50.0), None)),
    ("events within 1000 km in a month", |r, lot| {
        let time = a_month(lot, Overlap::Possible);
        within(r, circle(lot, 1000.0), Some(time))
    }),
    ("events in a polygon of 30 by 20 degrees", |r, lot| {
        let (latitude, longitude) = point(lot.skewed(PLACES));
        let (north, east) = (latitude + 20.0, longitude + 30.0);
        let ring = vec![[longitude, latitude], [east, latitude], [east, north], [longitude, north]];
        within(r, Area::Polygon(ring), Some(a_month(lot, Overlap::Certain)))
    }),
    ("relations of an actor as of a day", |r, lot| {
        let on = day(lot.below(DAYS)).parse()?;
        Ok(r.relations_of(&an_actor(lot), &on, &Paging::default())?.items.len())
    }),
    ("network, one step", |r, lot| network(r, lot, Reach::One)),
    ("network, two steps", |r, lot| network(r, lot, Reach::Two)),
    ("statements by an informant, with facets", |r, lot| said(r, &Source::Informant(an_actor(lot)))),
    ("statements by a publisher, with facets", |r, lot| said(r, &Source::Publisher(format!("Outlet {}", lot.below(100))))),
    ("changes since the beginning", |r, lot| {
        let of = [ChangeOf::Documents, ChangeOf::Statements, ChangeOf::Groups][lot.below(3) as usize];
        Ok(r.changes(of, &Moment::Time(String::new()), &Paging::default())?.items.len())
    }),
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("name a record that was linked")?;
    let questions = arguments.next().map_or(Ok(QUESTIONS), |number| number.parse()).context("the number of questions is a number")?;
    let mut record = Record::open_read_only(Path::new(&path))?;
    println!("| question | found, on average | now: median, ms | p95, ms | most, ms | looking back: median, ms | p95, ms | most, ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, ask) in ALL {
        let (number, now) = times(&record, ask, questions)?;
        record.look_back(&Moment::Time("9999-12-31T00:00:00Z".to_owned()))?;
        let (_, back) = times(&record, ask, questions)?;
        record.look_at_now();
        println!("| {name} | {number} | {now} | {back} |");
    }
    println!("\npeak memory: {} MB", peak_memory().unwrap_or_default() / 1_000_000);
    Ok(())
}

/// What a sort of question finds on average, and the times that it takes as cells of a table.
fn times(record: &Record, ask: fn(&Record, &mut Lot) -> anyhow::Result<usize>, questions: u64) -> anyhow::Result<(usize, String)> {
    let mut number = 0;
    let mut took: Vec<Duration> = Vec::new();
    // The first round warms the file's pages.
    for round in 0..2 {
        took.clear();
        number = 0;
        for question in 0..questions {
            let begun = Instant::now();
            number += ask(record, &mut Lot::of(question))?;
            took.push(begun.elapsed());
        }
        // A sort that takes very long is not asked twice.
        if round == 0 && took.iter().sum::<Duration>() > Duration::from_secs(60) {
            break;
        }
    }
    took.sort_unstable();
    let ms = |part: usize| took.get(took.len() * part / 100).or(took.last()).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    Ok((number / took.len().max(1), format!("{:.1} | {:.1} | {:.1}", ms(50), ms(95), ms(100))))
}

fn events() -> GroupFilter {
    GroupFilter { kinds: vec![GroupKind::Event], ..GroupFilter::default() }
}

fn groups(record: &Record, filter: &GroupFilter) -> anyhow::Result<usize> {
    Ok(record.groups(filter)?.items.len())
}

fn found(record: &Record, text: &str, narrowing: BTreeMap<Facet, Vec<String>>) -> anyhow::Result<usize> {
    Ok(record.search(&Search { text: text.to_owned(), narrowing, paging: Paging::default() })?.items.len())
}

fn facets(record: &Record, text: &str) -> anyhow::Result<usize> {
    Ok(record.search_facets(&Search { text: text.to_owned(), ..Search::default() })?.statements as usize)
}

fn within(record: &Record, area: Area, time: Option<Window>) -> anyhow::Result<usize> {
    let found = record.events_within(&AreaFilter { area, time, imprecise: Imprecise::Kept, paging: Paging::default() })?;
    Ok(found.all.number() as usize)
}

fn network(record: &Record, lot: &mut Lot, reach: Reach) -> anyhow::Result<usize> {
    Ok(record.network(&NetworkFilter { actor: an_actor(lot), reach, edges: 12 })?.edges.len())
}

fn said(record: &Record, source: &Source) -> anyhow::Result<usize> {
    record.statements_by(source, &BTreeMap::new(), &Paging::default())?;
    Ok(record.facets_by(source, &BTreeMap::new())?.statements as usize)
}

fn an_actor(lot: &mut Lot) -> String {
    format!("group-{}", lot.skewed(ACTORS))
}

fn a_country(lot: &mut Lot) -> String {
    country(lot.below(COUNTRIES))
}

/// What stands in one statement in ten or so.
fn a_target(lot: &mut Lot) -> String {
    if lot.below(2) == 0 { TARGETS[lot.below(9) as usize].to_owned() } else { TRIGGERS[lot.below(8) as usize].to_owned() }
}

fn a_month(lot: &mut Lot, overlap: Overlap) -> Window {
    let first = lot.below(DAYS - 30);
    Window { since: day(first).parse().ok(), until: day(first + 30).parse().ok(), overlap }
}

fn circle(lot: &mut Lot, km: f64) -> Area {
    let (latitude, longitude) = point(lot.skewed(PLACES));
    Area::Circle { latitude, longitude, km }
}

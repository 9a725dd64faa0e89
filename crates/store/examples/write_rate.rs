//! How many documents a second can be kept? Writes 10,000 of 600 words with ten statements each, in batches of 64, and reads them
//! a second time: `cargo run --release -p sayso-store --example write_rate -- [FILE]`; without FILE the record is thrown away.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example that measures and tells")]

#[path = "../tests/all/sample/mod.rs"]
#[allow(dead_code, reason = "a measure uses a part of it")]
mod sample;

use std::path::PathBuf;
use std::time::Instant;

use sample::{NOW, document, place, source, statement, time};
use sayso_store::{By, Error, Filter, Record};
use sayso_types::record::DocumentRecord;

const DOCUMENTS: usize = 10_000;
const WORDS: [&str; 16] = [
    "gunmen",
    "killed",
    "police",
    "village",
    "district",
    "Taliban",
    "said",
    "officials",
    "the",
    "of",
    "in",
    "attack",
    "army",
    "on",
    "Tuesday",
    "hospital",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = tempfile::tempdir()?;
    let path = std::env::args_os().nth(1).map_or_else(|| directory.path().join("record"), PathBuf::from);
    let reports: Vec<sample::Report> = (0..DOCUMENTS).map(report).collect();
    let mut record = Record::create_or_open(&path, NOW)?;
    for pass in ["first reading", "second reading"] {
        let rate = rate(&mut record, &reports)?;
        println!("{pass}: {rate:.0} documents a second");
    }
    println!("file: {} MB", std::fs::metadata(&path)?.len() / 1_000_000);
    let taliban = Filter { actors: vec!["taliban".to_owned()], places: vec!["Kabul".to_owned()], limit: Some(20), ..Filter::default() };
    timed("statements by actor and place, 20", || record.statements(&taliban).map(|found| found.len()))?;
    timed("statements by words, all", || {
        record.count(&Filter { text: Some("\"gunmen killed\" hosp*".to_owned()), ..Filter::default() }).map(|count| count as usize)
    })?;
    timed("counts by source", || record.counts(&Filter::default(), By::Source).map(|counts| counts.len()))?;
    timed("actors", || record.actors(&Filter::default()).map(|actors| actors.len()))?;
    Ok(())
}

fn rate(record: &mut Record, reports: &[sample::Report]) -> Result<f64, Error> {
    let start = Instant::now();
    for batch in reports.chunks(64) {
        record.add(batch)?;
    }
    Ok(reports.len() as f64 / start.elapsed().as_secs_f64())
}

fn timed(what: &str, ask: impl Fn() -> Result<usize, Error>) -> Result<(), Error> {
    let start = Instant::now();
    let found = ask()?;
    println!("{what}: {found} in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}

fn report(number: usize) -> sample::Report {
    let id = format!("report-{number}");
    let word = |n: usize| {
        if n.is_multiple_of(7) { format!("name{}", (number * 31 + n) % 20_000) } else { WORDS[(n * n + number) % 16].to_owned() }
    };
    let text = (0..600).map(word).collect::<Vec<_>>().join(" ");
    let statements = (0..10).map(|n| {
        let mut statement = statement(&id, &format!("{id}-{n}"), &text[n * 100..n * 100 + 120]);
        let actor = format!("actor-{}", (number + n) % 300);
        statement.roles.push(sample::role(sayso_types::RoleName::Recipient, "the group", Some((&actor, &actor))));
        if n % 3 == 0 {
            statement.roles[0].actor_id = Some("taliban".to_owned());
        }
        statement.place = Some(place("Kabul", Some((["Kabul", "Kunduz", "Mosul"][n % 3], "AFG", 1))));
        statement.time = Some(time(["2017-08-31", "2017-08", "2016"][n % 3]));
        statement.attribution = vec![source("officials", None)];
        statement
    });
    let statements = statements.collect();
    let hash = format!("{number:064x}");
    (DocumentRecord { raw_sha256: hash.clone(), text_sha256: hash, ..document(&id, &text) }, statements)
}

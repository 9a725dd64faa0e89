//! How fast does the workbench answer searches over HTTP on loopback? Median and 95th percentile over drawn questions, warm:
//! `cargo run --release -p sayso-benches --bin search -- RECORD [QUESTIONS]`, of a record that the program `linking` wrote.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark prints, and reads the clock")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use sayso_benches::record::{ACTORS, COUNTRIES, Lot, PLACES, TARGETS, TRIGGERS, WORDS, country, day, word};

/// Questions of each sort.
const QUESTIONS: u64 = 60;

/// A sort of question: its name, as what it is answered, and what draws one.
type Sort = (&'static str, &'static str, fn(&mut Lot) -> String);

const ALL: [Sort; 27] = [
    ("everything", "events", |_| String::new()),
    ("a very common word", "events", a_target),
    ("a rare word", "events", |lot| word(10_000 + lot.below(WORDS / 2))),
    ("two words", "events", |lot| format!("{} {}", a_target(lot), word(lot.skewed(WORDS)))),
    ("a common word or another", "events", |lot| format!("{} OR {}", a_target(lot), a_target(lot))),
    ("a common word without another", "events", |lot| format!("{} -{}", a_target(lot), word(lot.skewed(WORDS)))),
    ("the beginning of a word", "events", |lot| format!("{}*", &word(lot.skewed(WORDS))[..3])),
    ("an actor", "events", |lot| format!("actor:{}", an_actor(lot))),
    ("an actor and a type", "events", |lot| format!("actor:{} type:assault", an_actor(lot))),
    ("a place", "events", |lot| format!("place:Town{}", lot.skewed(PLACES))),
    ("a country", "events", |lot| format!("country:{}", a_country(lot))),
    ("a country, a type and a time", "events", |lot| format!("country:{} type:coerce date:{}", a_country(lot), a_time(lot))),
    ("contested, of 2 sources", "events", |_| "status:contested sources:>=2".to_owned()),
    ("what sources dispute in a country", "events", |lot| format!("disputed:yes country:{}", a_country(lot))),
    ("a source", "events", |lot| format!("source:{}", an_actor(lot))),
    ("a publisher", "events", |lot| format!("publisher:\"Outlet {}\"", lot.below(100))),
    ("a common word of a publisher", "events", |lot| format!("{} publisher:\"Outlet {}\"", a_target(lot), lot.below(100))),
    ("told only in copies", "events", |lot| format!("{} origin:copy -origin:own", a_target(lot))),
    ("relations of an actor", "relations", |lot| format!("actor:{}", an_actor(lot))),
    ("estimates of an actor", "estimates", |lot| format!("actor:{}", an_actor(lot))),
    ("documents with a common word", "documents", a_target),
    ("documents with two words", "documents", |lot| format!("{} {}", a_target(lot), word(lot.skewed(WORDS)))),
    ("documents of a publisher and an actor", "documents", |lot| {
        format!("publisher:\"Outlet {}\" actor:{}", lot.below(100), an_actor(lot))
    }),
    ("statements with a common word", "statements", a_target),
    ("statements of an actor", "statements", |lot| format!("actor:{}", an_actor(lot))),
    ("statements nobody reviewed, possible only", "statements", |_| "review:never modality:possible".to_owned()),
    ("actors by name", "actors", an_actor),
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("name a record that was linked")?;
    let questions = arguments.next().map_or(Ok(QUESTIONS), |number| number.parse()).context("the number of questions is a number")?;
    let mut client = Client::of(serve(Path::new(&path))?)?;
    println!("| as | question | hits, on average | median, ms | p95, ms | most, ms | looking back: p95, ms |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    let mut all = Vec::new();
    for (name, as_, draw) in ALL {
        let (hits, now) = times(&mut client, as_, draw, questions, "")?;
        let (_, back) = times(&mut client, as_, draw, questions.min(20), "&as-of=9998-12-31")?;
        println!(
            "| {as_} | {name} | {hits} | {:.1} | {:.1} | {:.1} | {:.1} |",
            part(&now, 50),
            part(&now, 95),
            part(&now, 100),
            part(&back, 95)
        );
        all.extend(now);
    }
    all.sort_unstable();
    println!(
        "\nall {} questions: median {:.1} ms, p95 {:.1} ms, most {:.1} ms",
        all.len(),
        part(&all, 50),
        part(&all, 95),
        part(&all, 100)
    );
    let begun = Instant::now();
    let (bytes, _) = client.get("/?q=mosque")?;
    println!("the page of a common word: {bytes} bytes, {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let begun = Instant::now();
    let (bytes, _) = client.get("/")?;
    println!("the page before a question: {bytes} bytes, {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

/// Serves the record on a free port of this machine.
fn serve(path: &Path) -> anyhow::Result<SocketAddr> {
    let router = sayso_server::router(sayso_server::Desk::open(path)?);
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            sender.send(listener.local_addr()?)?;
            Ok(axum::serve(listener, router).await?)
        })
    });
    receiver.recv().context("the server did not begin")
}

/// One connection that stays open.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn of(address: SocketAddr) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Client { stream: BufReader::new(stream) })
    }

    /// The number of bytes of an answer, and it.
    fn get(&mut self, address: &str) -> anyhow::Result<(usize, String)> {
        write!(self.stream.get_mut(), "GET {address} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        ensure!(line.contains(" 200 "), "{address}: {line}");
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((_, value)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((length, String::from_utf8(body)?))
    }
}

/// How many hits a sort of question has on average, and the times that it takes, shortest first.
fn times(client: &mut Client, as_: &str, draw: fn(&mut Lot) -> String, questions: u64, more: &str) -> anyhow::Result<(u64, Vec<Duration>)> {
    let (mut hits, mut took) = (0, Vec::new());
    // The first round warms the file's pages.
    for _ in 0..2 {
        took.clear();
        hits = 0;
        for number in 0..questions {
            let q: String = draw(&mut Lot::of(number)).bytes().map(|byte| format!("%{byte:02x}")).collect();
            let begun = Instant::now();
            let (_, body) = client.get(&format!("/api/v1/search?as={as_}&q={q}{more}"))?;
            took.push(begun.elapsed());
            let answer: serde_json::Value = serde_json::from_str(&body)?;
            hits += answer["tally"]["number"].as_u64().unwrap_or_default();
        }
    }
    took.sort_unstable();
    Ok((hits / questions.max(1), took))
}

fn part(took: &[Duration], percent: usize) -> f64 {
    took.get(took.len() * percent / 100).or(took.last()).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

fn an_actor(lot: &mut Lot) -> String {
    format!("Group{}", lot.skewed(ACTORS))
}

fn a_country(lot: &mut Lot) -> String {
    country(lot.below(COUNTRIES))
}

/// What stands in one statement in ten or so.
fn a_target(lot: &mut Lot) -> String {
    if lot.below(2) == 0 { TARGETS[lot.below(9) as usize].to_owned() } else { TRIGGERS[lot.below(8) as usize].to_owned() }
}

fn a_time(lot: &mut Lot) -> String {
    let first = lot.below(700);
    format!("{}..{}", day(first), day(first + 30))
}

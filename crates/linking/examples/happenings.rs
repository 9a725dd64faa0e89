//! How long does it take to link so many happenings, and how much memory? `cargo run --release -p sayso-linking --example happenings 10000 100000`
//!
//! The happenings are made up: of each event between one and nine tellings, some in copies, over five years, with places, actors, counts and
//! words drawn unevenly, as in news. Two threads score pairs, as a caller does.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement")]

use std::sync::Arc;
use std::time::Instant;

use sayso_linking::event::{
    Account, Blocks, Count, Days, Edge, Happening, Kinship, Knowledge, Outlook, Participant, Table, Tables, When, Where, groups,
};
use sayso_types::{EventType, Level, QuantityOf, RoleName};

fn main() {
    println!("happenings\tmake s\tblocks s\tpairs s\tgroups s\tkept pairs\tgroups\tpeak MiB");
    for argument in std::env::args().skip(1) {
        let wanted = argument.parse().expect("a number of happenings");
        measure(wanted);
    }
}

fn measure(wanted: usize) {
    let knowledge = knowledge();
    let kinship = Kinship::of_links((0..100).map(|n| (format!("actor-{n}"), format!("actor-{}", n / 10))));
    let begun = Instant::now();
    let happenings = made_up(wanted, &knowledge);
    let made = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let blocks = Blocks::of(&happenings, &kinship, &knowledge);
    let blocked = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let edges = edges(&blocks, &happenings, &kinship, &knowledge);
    let scored = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let keys: Vec<i64> = happenings.iter().map(|happening| happening.key).collect();
    let found = groups(&keys, &edges, &[], &[]);
    let grouped = begun.elapsed().as_secs_f64();
    println!(
        "{wanted}\t{made:.1}\t{blocked:.1}\t{scored:.1}\t{grouped:.1}\t{}\t{}\t{}",
        edges.len(),
        found.len(),
        peak_mebibytes().unwrap_or_default()
    );
}

fn edges(blocks: &Blocks, happenings: &[Happening], kinship: &Kinship, knowledge: &Knowledge) -> Vec<Edge> {
    let half = blocks.len() / 2;
    std::thread::scope(|scope| {
        let first = scope.spawn(|| blocks.edges(0..half, happenings, kinship, knowledge));
        let mut all = blocks.edges(half..blocks.len(), happenings, kinship, knowledge);
        all.extend(first.join().expect("scoring does not panic"));
        all
    })
}

/// The most memory that the process has held, where the system says it.
fn peak_mebibytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn knowledge() -> Knowledge {
    let table = |file, text| Table { file, text };
    Knowledge::load(&Tables {
        weights: table("linking/weights.tsv", include_str!("../../../data/linking/weights.tsv")),
        mentions: table("linking/mentions.tsv", include_str!("../../../data/linking/mentions.tsv")),
        stories: table("linking/stories.tsv", include_str!("../../../data/linking/stories.tsv")),
        compatible: table("linking/compatible.tsv", include_str!("../../../data/linking/compatible.tsv")),
        words: table("lexicons/en/happenings.tsv", include_str!("../../../data/lexicons/en/happenings.tsv")),
        commonness: table("linking/commonness.tsv", include_str!("../../../data/linking/commonness.tsv")),
        triggers: table("linking/triggers.tsv", include_str!("../../../data/linking/triggers.tsv")),
    })
    .expect("the program's tables")
}

/// Numbers that look random and are the same in every run: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }

    /// Small numbers more often than large ones.
    fn uneven(&mut self, below: u64) -> u64 {
        let one = self.next(below);
        one * self.next(below) / below
    }
}

const SITES: [&str; 8] = ["mosque", "market", "checkpoint", "school", "hospital", "base", "convoy", "village"];
const TRIGGERS: [&str; 6] = ["attack", "kill", "bomb", "raid", "shoot", "strike"];

fn made_up(wanted: usize, knowledge: &Knowledge) -> Vec<Happening> {
    let mut numbers = Numbers(1);
    let mut happenings = Vec::with_capacity(wanted);
    let mut event = 0;
    while happenings.len() < wanted {
        event += 1;
        let day = 17_000 + i32::try_from(numbers.next(1_825)).unwrap_or_default();
        let place = place(numbers.uneven(3_000));
        let (actor, target) = (numbers.uneven(300), numbers.uneven(300));
        let (killed, site, trigger) = (numbers.uneven(40), numbers.next(8), numbers.next(6));
        let own: Vec<String> = (0..6).map(|_| format!("word{}", numbers.uneven(20_000))).collect();
        for _ in 0..=numbers.uneven(9) {
            let key = i64::try_from(happenings.len()).unwrap_or_default();
            let words: Vec<String> = own.iter().cloned().chain((0..6).map(|_| format!("word{}", numbers.uneven(20_000)))).collect();
            let when = Days::of_numbers(day, day + i32::try_from(numbers.uneven(3)).unwrap_or_default());
            let account = Account { document: key / 8 + event * 1_000_000, published: Some(when.widened(0, 1)), ..Account::default() };
            let participant = |role, id: u64| Participant {
                role,
                actor_id: Some(format!("actor-{id}").into()),
                name: format!("actor-{id}").into(),
                words: knowledge.words([]),
            };
            let killed = killed + numbers.uneven(4);
            let count = Count { of: QuantityOf::Killed, low: Some(killed), best: Some(killed), high: Some(killed) };
            happenings.push(Happening {
                event: Some(EventType::Assault),
                trigger: knowledge.trigger(TRIGGERS[usize::try_from(trigger).unwrap_or_default()]),
                outlook: Outlook::Behind,
                participants: [participant(RoleName::Actor, actor), participant(RoleName::Recipient, target)].into(),
                place: (numbers.next(10) > 1).then(|| place.clone()),
                time: (numbers.next(10) > 2).then_some(When { days: when, level: Level::Textual }),
                counts: [count].into(),
                sites: knowledge.sites([SITES[usize::try_from(site).unwrap_or_default()]]),
                words: knowledge.words(words.iter().map(String::as_str)),
                ..Happening::of_account(key, Arc::new(account))
            });
        }
    }
    happenings.truncate(wanted);
    happenings
}

fn place(number: u64) -> Where {
    let country = number % 60;
    let degrees = |of: u64| (of % 1_000) as f32 / 50.0;
    Where {
        geonames_id: u32::try_from(number).ok(),
        name: format!("place {number}").into(),
        country: format!("C{country}").into(),
        admin1: format!("division {}", number % 600).into(),
        coordinates: Some((degrees(number * 7), degrees(number * 13))),
        precision: Some(1),
        level: Level::Textual,
    }
}

//! How long does it take to find the copies among many documents, and in how much memory?
//!
//! `cargo run --release -p sayso-linking --example origins_speed -- 1000 10000 100000`; made-up documents of 300 to 800 words of
//! a made-up vocabulary with the uneven frequencies of a language, half of them copies of one kind or another of the others.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads the clock and prints")]

use std::fmt::Write;
use std::time::Instant;

use sayso_linking::origin::{Imprint, Overlap, Sketch, SketchIndex, Words, compare, groups};

/// How many words there are.
const VOCABULARY: f64 = 50_000.0;
/// Processors that share the sketching and comparing.
const THREADS: usize = 2;

fn main() {
    println!("documents | make | sketch | index | candidates | compare | groups | all but make | peak memory | pairs | groups of several");
    for argument in std::env::args().skip(1) {
        match argument.parse() {
            Ok(count) => measure(count),
            Err(error) => println!("{argument} is no number of documents: {error}"),
        }
    }
}

fn measure(count: usize) {
    let mut times = vec![Instant::now()];
    let documents = documents(count);
    times.push(Instant::now());
    let sketches: Vec<Sketch> = shared(count, |at| Sketch::of(&Words::of_all(&documents[at])));
    times.push(Instant::now());
    let index = SketchIndex::of(&sketches);
    times.push(Instant::now());
    let pairs = shared(count, |at| index.candidates(at));
    times.push(Instant::now());
    let overlaps: Vec<Overlap> = shared(count, |at| overlaps(&documents, at, &pairs[at])).into_iter().flatten().collect();
    times.push(Instant::now());
    let imprint = |key: usize| Imprint { key: key as i64, id: key.to_string(), ..Imprint::default() };
    let imprints: Vec<Imprint> = (0..count).map(imprint).collect();
    let groups = groups(&imprints, &overlaps, &[]);
    times.push(Instant::now());
    let mut line = format!("{count}");
    for pair in times.windows(2) {
        let _ = write!(line, " | {:.2} s", (pair[1] - pair[0]).as_secs_f64());
    }
    let all = (times[6] - times[1]).as_secs_f64();
    let several = groups.iter().filter(|group| !group.members.is_empty()).count();
    println!("{line} | {all:.2} s | {} MB | {} | {several}", peak_memory(), overlaps.len());
}

/// What a document shares with its candidates.
fn overlaps(documents: &[String], at: usize, candidates: &[usize]) -> Vec<Overlap> {
    if candidates.is_empty() {
        return Vec::new();
    }
    let words = Words::of_all(&documents[at]);
    let overlap = |other: &usize| Overlap::of(*other as i64, at as i64, &compare(&Words::of_all(&documents[*other]), &words));
    candidates.iter().map(overlap).collect()
}

/// What a function makes of each number below `count`, in order, on several threads.
fn shared<T: Send>(count: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let part = count.div_ceil(THREADS).max(1);
    std::thread::scope(|scope| {
        let of = &of;
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || ((thread * part).min(count)..((thread + 1) * part).min(count)).map(of).collect::<Vec<T>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

/// The same documents in every run: every second one is a copy of an earlier one, whole, abridged, edited or merged with another.
fn documents(count: usize) -> Vec<String> {
    let mut chance = Chance(7);
    let mut documents: Vec<String> = Vec::with_capacity(count);
    for number in 0..count {
        let text = if number < 10 || number.is_multiple_of(2) { report(&mut chance) } else { copy(&documents, &mut chance) };
        documents.push(text);
    }
    documents
}

fn report(chance: &mut Chance) -> String {
    let words = 300 + chance.below(500);
    let mut text = String::new();
    for at in 0..words {
        let end = if at % 20 == 19 { ". " } else { " " };
        let _ = write!(text, "{}{end}", word(chance));
    }
    text + "all rights reserved by the publisher and its agencies whatever the use that readers make of this page in any form"
}

/// A word; the one of rank r is about 1/r as frequent as the first.
fn word(chance: &mut Chance) -> String {
    let rank = VOCABULARY.powf(chance.part()) as usize;
    let mut word = String::new();
    let mut left = rank + 20;
    while left > 0 {
        word.push(char::from(b"bdfgklmnprstvz"[left % 14]));
        word.push(char::from(b"aeiou"[left / 14 % 5]));
        left /= 70;
    }
    word
}

fn copy(documents: &[String], chance: &mut Chance) -> String {
    let original = &documents[chance.below(documents.len())];
    let sentences: Vec<&str> = original.split_inclusive(". ").collect();
    match chance.below(4) {
        0 => format!("by a wire service: {original}"),
        1 => sentences[..sentences.len().div_ceil(2)].concat(),
        2 => {
            let edited =
                original.split_inclusive(' ').map(|word_of| if chance.below(12) == 0 { word(chance) + " " } else { word_of.to_owned() });
            edited.collect()
        }
        _ => {
            let other = &documents[chance.below(documents.len())];
            let mixed =
                sentences.iter().copied().zip(other.split_inclusive(". ")).map(|(one, two)| if chance.below(2) == 0 { one } else { two });
            mixed.collect()
        }
    }
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The most that the process has held, in MB, where the system says it; 0 elsewhere.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok()).map_or(0, |kb| kb / 1024)
}

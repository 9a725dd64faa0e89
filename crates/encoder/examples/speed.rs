//! How many word pieces a second does the encoder read, and where does the time go?
//!
//! `cargo run --release -p sayso-encoder --example speed -- MODEL VOCABULARY SENTENCES`: sentences one a line, words between blanks.
#![allow(clippy::print_stdout, reason = "a program that prints")]
#![allow(clippy::disallowed_methods, reason = "a timing is what is asked for")]

use std::error::Error;
use std::time::{Duration, Instant};

use sayso_encoder::{Encoder, Instructions, Stage};

/// Rounds over the text, of which the fastest counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, vocabulary, sentences] = arguments.as_slice() else { return Err("expected MODEL VOCABULARY SENTENCES".into()) };
    let start = Instant::now();
    let encoder = Encoder::load(&std::fs::read(model)?, &std::fs::read_to_string(vocabulary)?)?;
    println!("loaded in {} ms", start.elapsed().as_millis());
    let text = std::fs::read_to_string(sentences)?;
    let words: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    let sentences: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let pieces: usize = sentences.iter().map(|sentence| encoder.pieces(sentence)).sum();
    println!("{} sentences, {pieces} word pieces", sentences.len());
    for set in Instructions::all() {
        let encoder = encoder.clone().with_instructions(set);
        let rounds = if set == Instructions::fastest() { ROUNDS } else { 1 };
        let fastest = (0..rounds).map(|_| round(&encoder, &sentences)).min_by_key(|took| took.iter().sum::<Duration>());
        let took = fastest.unwrap_or_default();
        let all: Duration = took.iter().sum();
        println!("{}: {:.0} word pieces/s", set.name(), pieces as f64 / all.as_secs_f64());
        for (stage, time) in Stage::ALL.iter().zip(took) {
            let per_piece = time.as_secs_f64() * 1e6 / pieces as f64;
            println!("  {:<14}{:5.1} %  {per_piece:.2} µs a piece", format!("{stage:?}"), 100.0 * time.as_secs_f64() / all.as_secs_f64());
        }
    }
    Ok(())
}

/// The time that each stage took.
fn round(encoder: &Encoder, sentences: &[&[&str]]) -> [Duration; Stage::ALL.len()] {
    let mut took = [Duration::ZERO; Stage::ALL.len()];
    let mut last = Instant::now();
    // Documents come in tens of sentences, not all at once.
    for document in sentences.chunks(200) {
        encoder.read_watched(document, &mut |stage| {
            took[stage as usize] += last.elapsed();
            last = Instant::now();
        });
    }
    took
}

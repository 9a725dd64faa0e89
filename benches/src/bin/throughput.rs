//! Measures documents a second, peak memory and the share of each stage, and prints them.
#![allow(clippy::print_stdout, reason = "a program that prints")]

use std::time::{Duration, Instant};

use clap::Parser;
use sayso::{Coder, Profile};
use sayso_benches::documents::{Feed, Sentences};
use sayso_benches::throughput::{STAGES, run, stages};

/// Speed, memory and shares of the stages of `sayso code` over made-up reports of 600 words.
#[derive(Parser)]
struct Arguments {
    /// Numbers of documents to measure, one after another
    #[arg(default_values_t = [1_000, 10_000, 50_000])]
    documents: Vec<usize>,
    /// Threads that code
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// How much of the documents is news of conflict
    #[arg(long, value_enum, default_value_t)]
    feed: Feed,
    /// How much to spend on reading: fast, balanced or deep
    #[arg(long, default_value = Profile::default().as_str(), value_parser = profile)]
    profile: Profile,
    /// Only write so many documents as JSON lines to standard output
    #[arg(long)]
    write: Option<usize>,
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::ALL.into_iter().find(|p| p.as_str() == name).ok_or_else(|| format!("no profile `{name}`: fast, balanced or deep"))
}

#[allow(clippy::disallowed_methods, reason = "a timing is what is asked for")]
fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sentences = Sentences::read()?;
    if let Some(count) = arguments.write {
        return sentences.write(arguments.feed, count, &mut std::io::stdout().lock());
    }
    rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build_global()?;
    let start = Instant::now();
    let coder = Coder::of_profile(arguments.profile)?;
    let (loaded, profile) = (start.elapsed().as_millis(), arguments.profile.as_str());
    println!("{profile}, loaded in {loaded} ms; {} threads", arguments.threads);
    let folder = tempfile::tempdir()?;
    for count in &arguments.documents {
        println!("{}", run(&coder, (&sentences, arguments.feed), *count, folder.path())?.line());
    }
    let took = stages(&coder, (&sentences, arguments.feed), 1_000, folder.path())?;
    let all: Duration = took.iter().sum();
    println!("stages of 1000 documents on one thread, {:.2} s:", all.as_secs_f64());
    for (stage, time) in STAGES.iter().zip(took) {
        println!("  {stage:<14}{:5.1} %  {:.3} ms a document", 100.0 * time.as_secs_f64() / all.as_secs_f64(), time.as_secs_f64());
    }
    Ok(())
}

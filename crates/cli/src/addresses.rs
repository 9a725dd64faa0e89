//! `sayso read https://…`: single pages over the network into the record, as politely as watched ones.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use sayso::linking::Scope;
use sayso_fetch::{Arrival, Limits, UserAgent, Verdict, pages};
use sayso_store::{Failure, Record};
use url::Url;

use crate::arguments::RecordFile;
use crate::arrivals::Keeper;
use crate::ended::Ended;
use crate::reading::Reading;
use crate::{link, read, summary, terminal, watch};

/// How addresses are asked.
#[derive(Args)]
pub(crate) struct Network {
    /// For addresses: your mail or web address, sent with each request so that a site can turn to you.
    #[arg(long, value_name = "ADDRESS", env = "SAYSO_CONTACT")]
    contact: Option<String>,
    /// For addresses: a host of your own that may be at a private address, at any port; may be given several times.
    #[arg(long = "allow-private", value_name = "HOST")]
    private_hosts: Vec<String>,
}

/// So many pages are kept together.
const BATCH: usize = 16;

/// Whether all inputs are addresses on the web; none may be where some are not.
pub(crate) fn are_all(inputs: &[PathBuf]) -> anyhow::Result<bool> {
    let number = inputs.iter().filter(|input| is_address(input)).count();
    if number > 0 && number < inputs.len() {
        anyhow::bail!("addresses and files are read in runs of their own; name them in two commands");
    }
    Ok(number > 0)
}

fn is_address(input: &std::path::Path) -> bool {
    let text = input.to_string_lossy().to_ascii_lowercase();
    text.starts_with("https://") || text.starts_with("http://")
}

/// Fetches addresses and keeps what they hold.
pub(crate) fn run(reading: &Reading, network: &Network, record_file: &RecordFile, no_link: bool) -> anyhow::Result<Ended> {
    let mut addresses = Vec::new();
    for input in &reading.inputs {
        let text = input.to_string_lossy();
        addresses.push(Url::parse(&text).map_err(|error| anyhow::anyhow!("{text}: this is no address ({error})"))?);
    }
    let user_agent = match &network.contact {
        Some(contact) => UserAgent::of_contact(contact).map_err(|error| anyhow::anyhow!("--contact: {error}"))?,
        None => UserAgent::without_contact(),
    };
    let manners = Limits::default().manners(&user_agent, &network.private_hosts);
    let coder = reading.coder()?;
    let mut record = Record::create_or_open(&record_file.record, &terminal::now())?;
    let stop = read::interruption()?;
    let begun = begun();
    let names = addresses.iter().map(ToString::to_string).collect();
    let mut keeper = Keeper::begin(&coder, &mut record, names);
    let mut failures = Vec::new();
    let mut batch = Vec::new();
    for (address, answer) in pages(addresses, manners, watch::clock)? {
        match answer {
            Ok(arrival) => batch.push(with_defaults(arrival, reading)),
            Err(fault) => fail(&mut failures, address.as_str(), &fault),
        }
        if batch.len() >= BATCH {
            keep(&mut keeper, &mut batch, &mut failures)?;
        }
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            break;
        }
    }
    keep(&mut keeper, &mut batch, &mut failures)?;
    let not_coded = std::mem::take(&mut keeper.not_coded);
    let added = keeper.end(&failures)?;
    let read = added.new + added.new_versions + added.replaced + added.unchanged;
    let mut out = io::stdout().lock();
    writeln!(out, "Read {} into {} in {}", summary::counted(read, "page"), record.path().display(), read::pace(read, begun.elapsed()))?;
    let parts = [
        (added.new, "new"),
        (added.new_versions, "with a new text under a known address"),
        (added.replaced, "told or coded anew"),
        (added.unchanged, "unchanged"),
        (failures.len() as u64, "could not be read (named above)"),
    ];
    for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
        writeln!(out, "  {number:>6} {what}")?;
    }
    for (language, number) in &not_coded {
        writeln!(out, "  {number:>6} kept but not coded: in another language ({language})")?;
    }
    let interrupted = stop.load(std::sync::atomic::Ordering::Relaxed);
    if !no_link && !interrupted && read > 0 {
        link::tell(&mut out, &link::link(&mut record, Scope::Changed)?)?;
    }
    Ok(if interrupted { Ended::Interrupted } else { Ended::of_inputs(read, failures.len() as u64) })
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock comes in")]
fn begun() -> Instant {
    Instant::now()
}

fn with_defaults(arrival: Arrival, reading: &Reading) -> Arrival {
    let defaults = reading.defaults();
    Arrival { publisher: defaults.publisher, published: defaults.published.map(|date| date.to_string()), ..arrival }
}

fn fail(failures: &mut Vec<Failure>, input: &str, reason: &impl ToString) {
    let failure = Failure { input: input.to_owned(), reason: reason.to_string() };
    terminal::tell(&format!("sayso: {}: {}", failure.input, failure.reason));
    failures.push(failure);
}

fn keep(keeper: &mut Keeper<'_>, batch: &mut Vec<Arrival>, failures: &mut Vec<Failure>) -> anyhow::Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let verdicts = keeper.keep(batch)?;
    for (arrival, verdict) in batch.drain(..).zip(verdicts) {
        if let Verdict::Refused(reason) = verdict {
            fail(failures, &arrival.url, &reason);
        }
    }
    Ok(())
}

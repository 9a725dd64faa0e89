//! `sayso watch`: feeds and sitemaps, round after round, what is new into the record.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use sayso::Coder;
use sayso::linking::{self, Linker, Scope};
use sayso_fetch::{Asked, Follow, Outside, Round, State, Stopped, Watcher, Watchlist};
use sayso_store::{Added, ErrorKind, Failure, Record};

use crate::arguments::RecordFile;
use crate::arrivals::Keeper;
use crate::coding::Coding;
use crate::ended::Ended;
use crate::summary::counted;
use crate::{link, read, terminal};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The list of feeds (TOML): `contact = "you@example.org"`, and for each feed `[[feed]]` with its `url`. See docs/watching.md.
    #[arg(value_name = "FEEDS.toml")]
    list: PathBuf,
    #[command(flatten)]
    record: RecordFile,
    #[command(flatten)]
    coding: Coding,
    /// Read all feeds once and end, for a timer to start again.
    #[arg(long)]
    once: bool,
    /// Look whether the list is right, and ask nothing of anybody.
    #[arg(long, conflicts_with = "once")]
    check: bool,
    /// A host of your own that may be at a private address, at any port; may be given several times.
    #[arg(long = "allow-private", value_name = "HOST")]
    private_hosts: Vec<String>,
    /// Do not link what was read; `sayso link` does it later.
    #[arg(long)]
    no_link: bool,
}

/// What a watch works with from round to round.
struct Watching {
    coder: Coder,
    record: Record,
    linker: Option<Linker>,
    name: String,
}

/// Goes round the feeds, once or until it is to end.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let name = arguments.list.display().to_string();
    let text = std::fs::read_to_string(&arguments.list).with_context(|| format!("{name}: this list of feeds cannot be read"))?;
    let list = Watchlist::parse(&name, &text, &arguments.private_hosts)?;
    if arguments.check {
        show(&mut io::stdout().lock(), &list)?;
        return Ok(Ended::Well);
    }
    let record = Record::create_or_open(&arguments.record.record, &terminal::now())?;
    let state = State::open(&State::path_beside(&arguments.record.record))?;
    let manners = list.limits.manners(&list.user_agent, &arguments.private_hosts);
    let mut watcher = Watcher::begin(list, state, manners)?;
    let linker = if arguments.no_link { None } else { Some(Linker::embedded()?) };
    let mut watching = Watching { coder: arguments.coding.coder()?, record, linker, name };
    let stop = read::interruption()?;
    if arguments.once {
        let (round, added) = watching.round(&mut watcher, Asked::All, &stop)?;
        tell(&round, added)?;
        let ended = Ended::of_inputs(round.read + round.unchanged + round.kept, round.failures.len() as u64);
        return Ok(if round.stopped { Ended::Interrupted } else { ended });
    }
    let mut asked = Asked::All;
    while !stop.load(Ordering::Relaxed) {
        let until = match watching.round(&mut watcher, asked, &stop) {
            Ok((round, added)) => {
                tell(&round, added)?;
                round.next
            }
            Err(error) if is_busy(&error) => {
                terminal::tell(&format!("sayso: {error}; what came meanwhile is fetched again"));
                None
            }
            Err(error) => return Err(error),
        };
        asked = Asked::Due;
        wait(until, &stop);
    }
    Ok(Ended::Well)
}

/// Whether another program was writing to the record for too long, which passes.
fn is_busy(error: &anyhow::Error) -> bool {
    error.downcast_ref::<sayso_store::Error>().is_some_and(|error| error.kind() == ErrorKind::Locked)
}

impl Watching {
    fn round(&mut self, watcher: &mut Watcher, asked: Asked, stop: &AtomicBool) -> anyhow::Result<(Round, Added)> {
        let mut keeper = Keeper::begin(&self.coder, &mut self.record, vec![self.name.clone()]);
        let outside = Outside { clock: &clock, stop };
        let round = watcher.round(asked, outside, |arrivals| keeper.keep(&arrivals)).map_err(|stopped| match stopped {
            Stopped::ByTaker(error) => anyhow::Error::from(error),
            Stopped::ByState(error) => anyhow::Error::from(error),
        })?;
        let failures: Vec<Failure> =
            round.failures.iter().map(|failure| Failure { input: failure.input.clone(), reason: failure.reason.clone() }).collect();
        let added = keeper.end(&failures)?;
        if let Some(linker) = self.linker.as_ref().filter(|_| added.new + added.new_versions + added.replaced > 0) {
            self.record.set_now(&terminal::now());
            linking::link_record(linker, &mut self.record, Scope::Changed, link::PROGRAM, &linking::versions())?;
        }
        Ok((round, added))
    }
}

/// Waits until then, a minute where nobody knows, or until it is to end.
fn wait(until: Option<Timestamp>, stop: &AtomicBool) {
    const TICK: Duration = Duration::from_millis(200);
    let minute = clock().saturating_add(jiff::SignedDuration::from_mins(1)).unwrap_or(Timestamp::MAX);
    let until = until.unwrap_or(minute);
    loop {
        std::thread::sleep(TICK);
        if stop.load(Ordering::Relaxed) || clock() >= until {
            return;
        }
    }
}

/// The present time.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock comes in")]
pub(crate) fn clock() -> Timestamp {
    Timestamp::now()
}

/// Tells what a round did: a line on standard output, and what the user should know on standard error.
fn tell(round: &Round, added: Added) -> anyhow::Result<()> {
    for failure in &round.failures {
        terminal::tell(&format!("sayso: {}: {}", failure.input, failure.reason));
    }
    for notice in &round.notices {
        terminal::tell(&format!("sayso: {notice}"));
    }
    let mut parts = vec![format!("{} read, {} unchanged", counted(round.read, "feed"), round.unchanged)];
    parts.push(format!("{} kept ({} new, {})", counted(round.kept, "article"), added.new, counted(added.statements, "statement")));
    let more = [
        (added.new_versions, "with a new text"),
        (round.same + added.unchanged, "asked again and the same"),
        (round.failures.len() as u64, "failed"),
        (round.waiting, "waiting"),
    ];
    parts.extend(more.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")));
    if let Some(next) = round.next.filter(|_| !round.stopped) {
        parts.push(format!("next {}", next.strftime("%H:%M")));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}  {}", clock().strftime("%Y-%m-%d %H:%M UTC"), parts.join("; "))?;
    out.flush()?;
    Ok(())
}

/// Shows how a list is understood.
fn show(out: &mut impl Write, list: &Watchlist) -> anyhow::Result<()> {
    let limits = &list.limits;
    writeln!(out, "{} asked for as {}", counted(list.feeds.len() as u64, "feed"), list.user_agent)?;
    writeln!(
        out,
        "  a request to a host every {:?} at most, {} at once over all hosts; {} MB and {:?} each; {} articles a round",
        limits.pause,
        limits.at_once,
        limits.body as f64 / 1e6,
        limits.timeout,
        limits.documents
    )?;
    for feed in &list.feeds {
        let what = if feed.follow == Follow::Page { "its articles' pages" } else { "its own text" };
        let publisher = feed.publisher.as_deref().map_or(String::new(), |publisher| format!(", of {}", terminal::one_line(publisher)));
        writeln!(out, "{}\n  every {:#}, {what}{publisher}", feed.url, feed.every)?;
    }
    Ok(())
}

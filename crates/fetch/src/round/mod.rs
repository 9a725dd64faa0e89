//! What does one round over the feeds do? Those that are due are read, what they tell of is remembered, and articles that wait are
//! fetched and handed on in batches. A step that was not finished is done again in the next round.

mod articles;
mod lists;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Runtime;

use crate::error::{Error, ErrorKind};
use crate::feed::Writing;
use crate::network::{Manners, Network};
use crate::state::State;
use crate::watchlist::Watchlist;

/// Which feeds a round reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All but those that failed and are to be left alone for a time.
    All,
    /// Those that are due.
    Due,
}

/// An article that has come, and is to be kept.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its address without what only tracks its readers: the id of its document, which stays when the article changes.
    pub id: String,
    /// Where it was had, at the end of any redirects.
    pub url: String,
    /// Its page, or its text in the feed.
    pub matter: Matter,
    /// RFC 3339: when it was had.
    pub retrieved: String,
    /// The day on which the feed says that it was published.
    pub published: Option<String>,
    /// Its headline, where the feed's text is what is kept.
    pub title: Option<String>,
    /// Who wrote it, where the feed's text is what is kept.
    pub byline: Option<String>,
    /// Who publishes it, as the user or the feed says.
    pub publisher: Option<String>,
    /// Its language, as the user or the feed says.
    pub language: Option<String>,
}

/// What an article came as.
#[derive(Clone, Debug)]
pub enum Matter {
    /// Its page.
    Page {
        /// As the server sent it, with transfer compression undone.
        bytes: Vec<u8>,
        /// The media type that the server named; empty where it named none.
        media: String,
        /// The encoding of its characters, as the server named it; empty where it named none.
        charset: String,
    },
    /// The feed's own words.
    Feed(Writing),
}

/// What became of an article that was handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the record, and the record is committed.
    Kept,
    /// It gave no document; the reason is reported with those of the round.
    Refused(String),
}

/// A feed or article that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its address.
    pub input: String,
    /// What is wrong, and what is done about it.
    pub reason: String,
}

/// What a round did.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// Feeds and sitemaps that were read.
    pub read: u64,
    /// Those that have not changed.
    pub unchanged: u64,
    /// Entries that are new or have changed.
    pub found: u64,
    /// Articles that were kept.
    pub kept: u64,
    /// Articles that were asked for again and have not changed.
    pub same: u64,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// What the user should know, and is no failure.
    pub notices: Vec<String>,
    /// Articles that still wait.
    pub waiting: u64,
    /// When there is something to do again.
    pub next: Option<Timestamp>,
    /// It was broken off.
    pub stopped: bool,
}

/// Why a round ended before its work did.
#[derive(Debug)]
pub enum Stopped<E> {
    /// Whoever takes the articles cannot go on.
    ByTaker(E),
    /// The state cannot be written.
    ByState(Error),
}

impl<E> From<Error> for Stopped<E> {
    fn from(error: Error) -> Stopped<E> {
        Stopped::ByState(error)
    }
}

/// What a round works with, from outside: the clock, and whether it is to end.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// The present time.
    pub clock: &'a dyn Fn() -> Timestamp,
    /// Set when the round is to end; what is under way is finished first, within a few seconds.
    pub stop: &'a AtomicBool,
}

impl Outside<'_> {
    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    fn is_to_stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// So often it is looked whether the round is to end.
const TICK: Duration = Duration::from_millis(100);

/// So long requests under way may take to end when the round is to.
const GRACE: Duration = Duration::from_secs(5);

/// One who goes round the feeds of a list.
pub struct Watcher {
    runtime: Runtime,
    network: Arc<Network>,
    state: State,
    list: Watchlist,
}

impl Watcher {
    /// One for a list, with the state of what was seen before.
    ///
    /// # Errors
    /// Says why the network cannot be used.
    pub fn begin(list: Watchlist, state: State, manners: Manners) -> Result<Watcher, Error> {
        Ok(Watcher { runtime: runtime()?, network: Arc::new(Network::open(manners)?), state, list })
    }

    /// One round. What has come is given to `take` in batches, which says of each whether it is kept; while it works, requests go on.
    ///
    /// # Errors
    /// What `take` gives, and faults of the state file. Whatever was finished stays so.
    pub fn round<E>(
        &mut self,
        asked: Asked,
        outside: Outside<'_>,
        mut take: impl FnMut(Vec<Arrival>) -> Result<Vec<Verdict>, E>,
    ) -> Result<Round, Stopped<E>> {
        let Watcher { runtime, network, state, list } = self;
        let mut round = Round::default();
        runtime.block_on(async {
            lists::read(network, state, list, asked, outside, &mut round).await?;
            articles::fetch(network, state, list, outside, &mut round, &mut take).await
        })?;
        let (waiting, due) = state.all_waiting()?;
        let feeds = list.feeds.iter().map(|feed| state.feed(&feed.url).map(|(_, due)| due)).collect::<Result<Vec<_>, _>>()?;
        round.waiting = waiting;
        round.next = feeds.into_iter().chain(due).min();
        round.stopped = outside.is_to_stop();
        Ok(round)
    }
}

/// Where requests run.
pub(crate) fn runtime() -> Result<Runtime, Error> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Network, format!("the system gives this program no threads for the network ({error})")))
}

/// A time as documents tell it: RFC 3339, to the second.
pub(crate) fn to_the_second(time: Timestamp) -> String {
    time.round(jiff::Unit::Second).unwrap_or(time).to_string()
}

//! What do the feeds tell of that is new? Each that is due is asked whether it has changed, read, and remembered with its entries in
//! one step.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;
use url::Url;

use super::{Asked, Failure, Outside, Round, TICK};
use crate::address::document_address;
use crate::error::Error;
use crate::fault::Fault;
use crate::feed::{self, Entry, Kind, Reading};
use crate::gather::Gather;
use crate::network::{Answer, Ask, Body, Network};
use crate::schedule;
use crate::state::{DueFeed, Found, State, Told};
use crate::watchlist::{Feed, Follow, Watchlist};

/// So many sitemaps of an index are read in one round, newest first.
const SITEMAPS: usize = 50;

/// A feed on its way, and the one of the user's list that led to it.
type OnItsWay<'l> = (DueFeed, &'l Feed);

/// Reads the feeds that are due.
pub(super) async fn read(
    network: &Arc<Network>,
    state: &mut State,
    list: &Watchlist,
    asked: Asked,
    outside: Outside<'_>,
    round: &mut Round,
) -> Result<(), Error> {
    let mut gather: Gather<OnItsWay<'_>> = Gather::begin(network);
    let now = outside.now();
    for feed in &list.feeds {
        let (known, due) = state.feed(&feed.url)?;
        if due <= now || (asked == Asked::All && known.failures == 0) {
            send(&mut gather, known, feed);
        }
        for child in state.due_children(&feed.url, now)?.into_iter().take(SITEMAPS) {
            send(&mut gather, child, feed);
        }
    }
    loop {
        if outside.is_to_stop() {
            // Nothing is lost: a feed whose answer is not read is as it was.
            gather.break_off();
            return Ok(());
        }
        match timeout(TICK, gather.next()).await {
            Err(_) => {}
            Ok(None) => return Ok(()),
            Ok(Some(((due, feed), answer))) => {
                let children = ended(state, &due, feed, answer, outside.now(), round)?;
                children.into_iter().for_each(|child| send(&mut gather, child, feed));
            }
        }
    }
}

fn send<'l>(gather: &mut Gather<OnItsWay<'l>>, due: DueFeed, feed: &'l Feed) {
    gather.ask(Ask { url: due.url.clone(), validators: due.validators.clone() }, (due, feed));
}

/// Remembers what a feed's answer says; gives the lists that it leads to.
fn ended(
    state: &mut State,
    due: &DueFeed,
    feed: &Feed,
    answer: Result<Answer, Fault>,
    now: Timestamp,
    round: &mut Round,
) -> Result<Vec<DueFeed>, Error> {
    let read = answer.and_then(|answer| match &answer.body {
        Body::Unchanged => Ok((answer, None)),
        Body::Bytes(bytes) => {
            let kind = if due.url == due.root { feed.kind } else { Some(Kind::Sitemap) };
            feed::read(&answer.address, kind, bytes).map(|reading| (answer, Some(reading)))
        }
    });
    match read {
        Ok((answer, None)) => {
            notice(due, &answer, round);
            round.unchanged += 1;
            state.feed_unchanged(due, now, next(due, feed, now, None))?;
            Ok(Vec::new())
        }
        Ok((answer, Some(reading))) => {
            notice(due, &answer, round);
            round.read += 1;
            remember(state, due, feed, &answer, &reading, now, round)
        }
        Err(fault) => {
            let again = schedule::feed_failed(now, feed.every, due.failures + 1, &fault);
            state.feed_failed(due, &fault.to_string(), again)?;
            round.failures.push(Failure { input: due.url.to_string(), reason: format!("{fault}; asked again {}", at(again)) });
            Ok(Vec::new())
        }
    }
}

fn remember(
    state: &mut State,
    due: &DueFeed,
    feed: &Feed,
    answer: &Answer,
    reading: &Reading,
    now: Timestamp,
    round: &mut Round,
) -> Result<Vec<DueFeed>, Error> {
    let mut nowhere = 0_usize;
    let mut entries = Vec::new();
    for entry in &reading.entries {
        match told(due, feed, reading, entry) {
            None => nowhere += 1,
            Some((url, told)) => {
                let is_wanted = feed.wants(&url) && feed.max_age.is_none_or(|age| !is_older(entry, now, age));
                entries.extend(is_wanted.then(|| (url, entry.fingerprint(), told)));
            }
        }
    }
    let found =
        Found { feed: due, validators: &answer.validators, entries, children: &reading.children, due: next(due, feed, now, reading.wait) };
    round.found += state.feed_read(&found, now)?;
    if nowhere > 0 {
        let what = if feed.follow == Follow::Page { "no link to an article" } else { "no text; leave out `follow = false` to read pages" };
        round.failures.push(Failure { input: due.url.to_string(), reason: format!("{nowhere} of its entries have {what}") });
    }
    if reading.children.is_empty() {
        return Ok(Vec::new());
    }
    let mut children = state.due_children(&due.root, now)?;
    if children.len() > SITEMAPS {
        round.notices.push(format!("{}: {SITEMAPS} of {} sitemaps are read now, newest first, the others later", due.url, children.len()));
        children.truncate(SITEMAPS);
    }
    Ok(children)
}

/// When a list is due again. A sitemap below an index waits for its index to say that it has changed, and for a day at most.
fn next(due: &DueFeed, feed: &Feed, now: Timestamp, asked: Option<SignedDuration>) -> Timestamp {
    let every = if due.url == due.root { feed.every } else { feed.every.max(SignedDuration::from_hours(24)) };
    schedule::feed_read(now, every, asked)
}

/// Under which address an entry's article is known, and what is told of it; `None` where there is nothing to read.
fn told(due: &DueFeed, feed: &Feed, reading: &Reading, entry: &Entry) -> Option<(Url, Told)> {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date().to_string();
    let is_dated_by_change = matches!(reading.kind, Kind::Rss | Kind::Atom | Kind::JsonFeed);
    let published = entry.published.or(entry.updated.filter(|_| is_dated_by_change)).map(day);
    let language = feed.language.clone().or_else(|| entry.language.clone()).or_else(|| reading.language.clone());
    let told = Told { published, language, publisher: feed.publisher.clone(), ..Told::default() };
    match feed.follow {
        Follow::Page => {
            let link = entry.link.clone()?;
            let publisher = told.publisher.or_else(|| entry.publisher.clone());
            Some((document_address(&link), Told { link: Some(link), publisher, ..told }))
        }
        Follow::FeedText => {
            let writing = entry.writing.clone()?;
            let publisher = told.publisher.or_else(|| entry.publisher.clone()).or_else(|| reading.title.clone());
            let address = entry.link.as_ref().map(document_address).or_else(|| own_address(&due.url, &entry.id))?;
            let (title, byline) = (entry.title.clone(), entry.byline.clone());
            Some((address, Told { writing: Some(writing), title, byline, publisher, ..told }))
        }
    }
}

/// The address of an entry that has none of its own: its feed's, with its id.
fn own_address(feed: &Url, id: &str) -> Option<Url> {
    let mut address = feed.clone();
    address.set_fragment(Some(id));
    (!id.is_empty()).then_some(address)
}

fn is_older(entry: &Entry, now: Timestamp, age: SignedDuration) -> bool {
    entry.updated.or(entry.published).is_some_and(|time| now.duration_since(time) > age)
}

fn notice(due: &DueFeed, answer: &Answer, round: &mut Round) {
    if let Some(moved) = answer.moved.as_ref().filter(|_| due.url == due.root) {
        round.notices.push(format!("{} has moved for good to {moved}; change it in the list of feeds", due.url));
    }
}

/// "2017-09-01 08:05 UTC".
pub(super) fn at(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

//! Which feeds are due, and what is remembered of each?

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use url::Url;

use super::State;
use super::entries::{self, Told};
use crate::error::Error;
use crate::feed::Child;
use crate::network::Validators;

/// A feed that is to be read.
#[derive(Clone, Debug)]
pub(crate) struct DueFeed {
    /// Where it is.
    pub url: Url,
    /// The feed of the user's list that led to it.
    pub root: Url,
    /// For asking whether it has changed.
    pub validators: Validators,
    /// How often it failed in a row.
    pub failures: u32,
}

/// What reading a feed found, to be remembered in one step.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The feed.
    pub feed: &'a DueFeed,
    /// For asking the next time.
    pub validators: &'a Validators,
    /// Its entries, by address, each with its fingerprint.
    pub entries: Vec<(Url, String, Told)>,
    /// Lists that it leads to.
    pub children: &'a [Child],
    /// When it is due again.
    pub due: Timestamp,
}

impl State {
    /// What is remembered of a feed of the user's list, and when it is due; at once, where it was never read.
    pub(crate) fn feed(&self, root: &Url) -> Result<(DueFeed, Timestamp), Error> {
        let known = self.ask(|connection| {
            let sql = "SELECT url, root, address, etag, modified, failures, due FROM feeds WHERE url = ?1";
            connection.prepare_cached(sql)?.query_row([root.as_str()], due_feed).optional()
        })?;
        let fresh = || DueFeed { url: root.clone(), root: root.clone(), validators: Validators::default(), failures: 0 };
        Ok(known.flatten().unwrap_or_else(|| (fresh(), Timestamp::UNIX_EPOCH)))
    }

    /// The lists that a feed of the user's list has led to and that are due.
    pub(crate) fn due_children(&self, root: &Url, now: Timestamp) -> Result<Vec<DueFeed>, Error> {
        let rows = self.ask(|connection| {
            let sql = "SELECT url, root, address, etag, modified, failures, due FROM feeds
                       WHERE root = ?1 AND url <> root AND due <= ?2 ORDER BY told DESC, url";
            connection.prepare_cached(sql)?.query_map(params![root.as_str(), now.as_second()], due_feed)?.collect::<Result<Vec<_>, _>>()
        })?;
        Ok(rows.into_iter().flatten().map(|(feed, _)| feed).collect())
    }

    /// Remembers what reading a feed found; tells how many entries are new or have changed.
    pub(crate) fn feed_read(&mut self, found: &Found<'_>, now: Timestamp) -> Result<u64, Error> {
        self.change(|connection| {
            settle(connection, found.feed, found.validators, now, found.due)?;
            for child in found.children {
                announce(connection, &found.feed.root, child, now)?;
            }
            let mut news = 0;
            for (url, fingerprint, told) in &found.entries {
                news += entries::announce(connection, found.feed, url, fingerprint, told, now)?;
            }
            Ok(news)
        })
    }

    /// Remembers that a feed has not changed.
    pub(crate) fn feed_unchanged(&mut self, feed: &DueFeed, now: Timestamp, due: Timestamp) -> Result<(), Error> {
        self.change(|connection| settle(connection, feed, &feed.validators, now, due))
    }

    /// Remembers that a feed failed once more.
    pub(crate) fn feed_failed(&mut self, feed: &DueFeed, reason: &str, due: Timestamp) -> Result<(), Error> {
        self.change(|connection| {
            let sql = "INSERT INTO feeds (url, root, due, failures, reason) VALUES (?1, ?2, ?3, ?4, ?5)
                       ON CONFLICT (url) DO UPDATE SET due = excluded.due, failures = excluded.failures, reason = excluded.reason";
            let values = params![feed.url.as_str(), feed.root.as_str(), due.as_second(), feed.failures + 1, reason];
            connection.prepare_cached(sql)?.execute(values).map(drop)
        })
    }
}

fn due_feed(row: &Row<'_>) -> rusqlite::Result<Option<(DueFeed, Timestamp)>> {
    let address = |column: usize| row.get::<_, String>(column).map(|text| Url::parse(&text).ok());
    let (url, root) = (address(0)?, address(1)?);
    let validators = Validators { address: row.get(2)?, etag: row.get(3)?, modified: row.get(4)? };
    let (failures, due): (u32, i64) = (row.get(5)?, row.get(6)?);
    let due = Timestamp::from_second(due).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(url.zip(root).map(|(url, root)| (DueFeed { url, root, validators, failures }, due)))
}

fn settle(connection: &Connection, feed: &DueFeed, validators: &Validators, now: Timestamp, due: Timestamp) -> rusqlite::Result<()> {
    let sql = "INSERT INTO feeds (url, root, address, etag, modified, due, read)
               VALUES (:url, :root, :address, :etag, :modified, :due, :read)
               ON CONFLICT (url) DO UPDATE SET address = excluded.address, etag = excluded.etag, modified = excluded.modified,
                   due = excluded.due, read = excluded.read, failures = 0, reason = NULL";
    connection
        .prepare_cached(sql)?
        .execute(named_params! {
            ":url": feed.url.as_str(), ":root": feed.root.as_str(), ":address": validators.address, ":etag": validators.etag,
            ":modified": validators.modified, ":due": due.as_second(), ":read": now.as_second(),
        })
        .map(drop)
}

/// A list that an index names is due when it is new, or its index says that it has changed, or it does not say.
fn announce(connection: &Connection, root: &Url, child: &Child, now: Timestamp) -> rusqlite::Result<()> {
    let sql = "INSERT INTO feeds (url, root, told, due) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (url) DO UPDATE SET told = excluded.told, due = excluded.due
               WHERE failures = 0 AND (excluded.told IS NULL OR told IS NOT excluded.told)";
    connection.prepare_cached(sql)?.execute(params![child.address.as_str(), root.as_str(), child.modified, now.as_second()]).map(drop)
}

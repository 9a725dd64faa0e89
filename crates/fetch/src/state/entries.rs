//! Which articles wait to be fetched, and how was each had?

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params, params};
use serde::{Deserialize, Serialize};
use url::Url;

use super::State;
use super::feeds::DueFeed;
use crate::error::Error;
use crate::feed::Writing;
use crate::network::Validators;
use crate::schedule::Next;

/// What a feed tells of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Where to fetch it, as the feed links to it; `None`: the writing is all that is read.
    pub link: Option<Url>,
    /// When it was published, a day.
    pub published: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub language: Option<String>,
    pub publisher: Option<String>,
    /// Its words, where they are what is read.
    pub writing: Option<Writing>,
}

/// An article that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// Its row.
    pub number: i64,
    /// Its address, which is its document's id.
    pub url: String,
    pub told: Told,
    /// How often it could not be had.
    pub attempts: u32,
    pub validators: Validators,
    /// Of the bytes that were had the last time.
    pub sha256: Option<String>,
}

/// How an article was had that is now in the record.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub number: i64,
    pub validators: Validators,
    pub status: u16,
    pub media: String,
    pub sha256: String,
    /// RFC 3339.
    pub retrieved: String,
}

impl State {
    /// Up to `most` articles of a feed of the user's list that are due, oldest first.
    pub(crate) fn waiting(&self, root: &Url, now: Timestamp, most: usize) -> Result<Vec<Waiting>, Error> {
        self.ask(|connection| {
            let sql = "SELECT number, url, told, attempts, address, etag, modified, sha256 FROM entries
                       WHERE stage = 'waiting' AND due <= ?1 AND root = ?2 ORDER BY due, number LIMIT ?3";
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map(params![now.as_second(), root.as_str(), most], |row| {
                let told: Option<String> = row.get(2)?;
                Ok(Waiting {
                    number: row.get(0)?,
                    url: row.get(1)?,
                    told: told.and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default(),
                    attempts: row.get(3)?,
                    validators: Validators { address: row.get(4)?, etag: row.get(5)?, modified: row.get(6)? },
                    sha256: row.get(7)?,
                })
            })?;
            rows.collect()
        })
    }

    /// How many articles wait, and when the first of them is due.
    pub(crate) fn all_waiting(&self) -> Result<(u64, Option<Timestamp>), Error> {
        self.ask(|connection| {
            let sql = "SELECT count(*), min(due) FROM entries WHERE stage = 'waiting'";
            let (number, due): (i64, Option<i64>) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok((number.unsigned_abs(), due.and_then(|due| Timestamp::from_second(due).ok())))
        })
    }

    /// Remembers that articles are in the record. Called after the record was committed, never before.
    pub(crate) fn kept(&mut self, all: &[Kept]) -> Result<(), Error> {
        self.change(|connection| {
            for kept in all {
                let sql = "UPDATE entries SET stage = 'kept', told = NULL, reason = NULL, attempts = 0, address = :address, etag = :etag,
                               modified = :modified, status = :status, media = :media, sha256 = :sha256, retrieved = :retrieved
                           WHERE number = :number";
                connection.prepare_cached(sql)?.execute(named_params! {
                    ":number": kept.number, ":address": kept.validators.address, ":etag": kept.validators.etag,
                    ":modified": kept.validators.modified, ":status": kept.status, ":media": kept.media, ":sha256": kept.sha256,
                    ":retrieved": kept.retrieved,
                })?;
            }
            Ok(())
        })
    }

    /// Remembers that an article has not changed since it was last kept.
    pub(crate) fn unchanged(&mut self, number: i64) -> Result<(), Error> {
        self.change(|connection| {
            let sql = "UPDATE entries SET stage = 'kept', told = NULL, reason = NULL, attempts = 0 WHERE number = ?1";
            connection.prepare_cached(sql)?.execute([number]).map(drop)
        })
    }

    /// Remembers that an article could not be had, and what becomes of it.
    pub(crate) fn failed(&mut self, waiting: &Waiting, reason: &str, next: Next) -> Result<(), Error> {
        let (stage, due) = match next {
            Next::Again(due) => ("waiting", Some(due.as_second())),
            Next::GivenUp => ("given-up", None),
        };
        self.change(|connection| {
            let sql = "UPDATE entries SET stage = ?2, due = coalesce(?3, due), attempts = ?4, reason = ?5 WHERE number = ?1";
            connection.prepare_cached(sql)?.execute(params![waiting.number, stage, due, waiting.attempts + 1, reason]).map(drop)
        })
    }
}

/// Notes an entry of a feed: 1 if it is new or has changed, else 0. One that another feed told of before stays that feed's.
pub(super) fn announce(
    connection: &Connection,
    feed: &DueFeed,
    url: &Url,
    fingerprint: &str,
    told: &Told,
    now: Timestamp,
) -> rusqlite::Result<u64> {
    let sql = "SELECT feed, fingerprint FROM entries WHERE url = ?1";
    let known: Option<(String, String)> =
        connection.prepare_cached(sql)?.query_row([url.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if known.as_ref().is_some_and(|(of, known)| of != feed.url.as_str() || known == fingerprint) {
        return Ok(0);
    }
    let told = serde_json::to_string(told).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let sql = "INSERT INTO entries (url, feed, root, fingerprint, told, stage, due) VALUES (:url, :feed, :root, :fingerprint, :told, 'waiting', :due)
               ON CONFLICT (url) DO UPDATE SET fingerprint = excluded.fingerprint, told = excluded.told, stage = 'waiting',
                   due = excluded.due, attempts = 0, reason = NULL";
    connection.prepare_cached(sql)?.execute(named_params! {
        ":url": url.as_str(), ":feed": feed.url.as_str(), ":root": feed.root.as_str(), ":fingerprint": fingerprint, ":told": told,
        ":due": now.as_second(),
    })?;
    Ok(1)
}

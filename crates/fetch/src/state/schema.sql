-- What has been seen of the feeds that are watched for a record. Times are seconds since 1970.

CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    -- The feed of the user's list that led here: itself, or the index of a sitemap.
    root TEXT NOT NULL,
    -- For asking whether it has changed: where, ETag, Last-Modified.
    address TEXT,
    etag TEXT,
    modified TEXT,
    -- Of a sitemap: when it changed, as its index says.
    told TEXT,
    due INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    -- When it was last read, or found to be unchanged.
    read INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    -- The article's address, which is its document's id.
    url TEXT NOT NULL UNIQUE,
    -- The feed that it was first seen in; what others say of it is not heeded.
    feed TEXT NOT NULL,
    root TEXT NOT NULL,
    -- Of all that the feed tells of it: another one means that it has changed.
    fingerprint TEXT NOT NULL,
    -- What the feed tells of it (JSON), until it is kept.
    told TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'kept', 'given-up')),
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Why it could not be had.
    reason TEXT,
    -- How it was had at last: where at the end of any redirects, ETag, Last-Modified, status, media type, hash of the bytes, when.
    address TEXT,
    etag TEXT,
    modified TEXT,
    status INTEGER,
    media TEXT,
    sha256 TEXT,
    retrieved TEXT
) STRICT;

CREATE INDEX entries_waiting ON entries (due, number) WHERE stage = 'waiting';
CREATE INDEX feeds_by_root ON feeds (root);

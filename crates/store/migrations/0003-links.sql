-- The record, version 3: what documents and statements are to each other.
--
-- Linking is computed from what stands in the record and from people's decisions, and can be computed again. Rows of `origins`,
-- `groups` and `members` hold from an entry of the log (`since`) to another (`until`, null while they hold), as those of
-- `documents` and `statements` do, so that the record is seen as it stood at any moment. The other tables here are indexes that
-- linking keeps for itself: what they hold for a document or statement follows from it alone.

-- Up to which entry of the log the record has been linked, and with what.
CREATE TABLE linkings (
    log      INTEGER PRIMARY KEY,                -- log: the entry of this linking
    seen     INTEGER NOT NULL,                   -- log: the last entry that it took into account
    versions TEXT NOT NULL                       -- JSON: program, and a hash of the data that it linked with
) STRICT;

-- The keys of a document's sketch: documents that share some are compared.
CREATE TABLE sketches (
    key      INTEGER NOT NULL,
    document INTEGER NOT NULL,                   -- documents.document
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX sketches_by_document ON sketches (document);

-- How much of each of two documents stands in the other; `one` is below `other`.
CREATE TABLE overlaps (
    one    INTEGER NOT NULL,
    other  INTEGER NOT NULL,
    record TEXT NOT NULL,                        -- JSON: sayso_linking::origin::Overlap
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX overlaps_by_other ON overlaps (other);

-- Whose text a document repeats; a document without a row repeats none.
CREATE TABLE origins (
    key      INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,                   -- documents.document: the copy
    origin   INTEGER NOT NULL,                   -- documents.document: the first of that text
    since    INTEGER NOT NULL,
    until    INTEGER,
    record   TEXT NOT NULL                       -- JSON: every text that it repeats, with passages and the reason
) STRICT;

CREATE INDEX origins_by_document ON origins (document, until);
CREATE INDEX origins_by_origin ON origins (origin, until);

-- The keys of a statement: those that share some may speak of the same.
CREATE TABLE likes (
    key       INTEGER NOT NULL,
    statement INTEGER NOT NULL,                  -- statements.key
    PRIMARY KEY (key, statement)
) STRICT, WITHOUT ROWID;

CREATE INDEX likes_by_statement ON likes (statement);

-- How surely two statements speak of one event; `one` is below `other`.
CREATE TABLE pairs (
    one   INTEGER NOT NULL,
    other INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX pairs_by_other ON pairs (other, one, score);

-- What statements speak of: an event, a relation, a series of estimates.
CREATE TABLE groups (
    key         INTEGER PRIMARY KEY,
    since       INTEGER NOT NULL,
    until       INTEGER,
    id          TEXT NOT NULL    GENERATED ALWAYS AS (record ->> '$.id') STORED,
    kind        TEXT NOT NULL    GENERATED ALWAYS AS (record ->> '$.kind') STORED,
    type        TEXT NOT NULL    GENERATED ALWAYS AS (record ->> '$.type') STORED,
    mode        TEXT             GENERATED ALWAYS AS (record ->> '$.mode') STORED,
    status      TEXT             GENERATED ALWAYS AS (record ->> '$.status') STORED,
    sources     INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.sources') STORED,
    statements  INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.statements') STORED,
    aggregate   INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.aggregate') STORED,
    ended       INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.ended') STORED,
    earliest    TEXT             GENERATED ALWAYS AS (record ->> '$.earliest') STORED,
    latest      TEXT             GENERATED ALWAYS AS (record ->> '$.latest') STORED,
    country     TEXT             GENERATED ALWAYS AS (record ->> '$.place.country') STORED,
    last_told   TEXT             GENERATED ALWAYS AS (record ->> '$.last_told') STORED,
    record      TEXT NOT NULL                    -- GroupRecord
) STRICT;

CREATE INDEX groups_by_id ON groups (id, until);
CREATE INDEX groups_by_time ON groups (kind, latest, earliest) WHERE until IS NULL;
CREATE INDEX groups_by_telling ON groups (kind, last_told) WHERE until IS NULL;
CREATE INDEX groups_by_type ON groups (kind, type, latest) WHERE until IS NULL;
CREATE INDEX groups_by_country ON groups (kind, country, latest) WHERE until IS NULL;
CREATE INDEX groups_by_since ON groups (since);
CREATE INDEX groups_by_until ON groups (until) WHERE until IS NOT NULL;

-- Which statements a group has. A statement of a relation can have several groups.
CREATE TABLE members (
    key       INTEGER PRIMARY KEY,
    group_id  TEXT NOT NULL,                     -- groups.id
    statement INTEGER NOT NULL,                  -- statements.key
    joined_to INTEGER,                           -- statements.key of the member that it is like; null for the first
    score     REAL,                              -- how surely; null where a person decided, and for the first
    since     INTEGER NOT NULL,
    until     INTEGER
) STRICT;

CREATE INDEX members_by_group ON members (group_id, until);
CREATE INDEX members_by_statement ON members (statement, until);

-- Who stands in a group, and as what.
CREATE TABLE parties (
    key      INTEGER PRIMARY KEY,
    grouped  INTEGER NOT NULL,                   -- groups.key
    role     TEXT NOT NULL,
    actor_id TEXT,
    name     TEXT NOT NULL
) STRICT;

CREATE INDEX parties_by_group ON parties (grouped);
CREATE INDEX parties_by_actor ON parties (actor_id, role, grouped);

-- Where and when groups lie: degrees, and days since 1970-01-01. Those without coordinates stand in neither, those without a time
-- only in groups_where, with all days.
CREATE VIRTUAL TABLE groups_where USING rtree (key, west, east, south, north, first, last);

-- When groups lie, wherever.
CREATE VIRTUAL TABLE groups_when USING rtree (key, first, last);

CREATE TRIGGER groups_have_parties AFTER INSERT ON groups BEGIN
    INSERT INTO parties (grouped, role, actor_id, name)
    SELECT new.key, value ->> 'role', value ->> 'actor_id', value ->> 'name' FROM json_each(new.record, '$.parties');
END;

CREATE TRIGGER groups_lie_somewhere AFTER INSERT ON groups WHEN new.record ->> '$.place.latitude' IS NOT NULL BEGIN
    INSERT INTO groups_where (key, west, east, south, north, first, last)
    SELECT new.key, new.record ->> '$.place.longitude', new.record ->> '$.place.longitude',
           new.record ->> '$.place.latitude', new.record ->> '$.place.latitude',
           coalesce(unixepoch(new.earliest) / 86400, -1000000), coalesce(unixepoch(new.latest) / 86400, 1000000);
END;

CREATE TRIGGER groups_lie_in_time AFTER INSERT ON groups WHEN new.earliest IS NOT NULL OR new.latest IS NOT NULL BEGIN
    INSERT INTO groups_when (key, first, last)
    SELECT new.key, coalesce(unixepoch(new.earliest) / 86400, -1000000), coalesce(unixepoch(new.latest) / 86400, 1000000);
END;

-- Views for whoever opens the record with other tools.

CREATE VIEW events AS SELECT * FROM groups WHERE kind = 'event' AND until IS NULL;
CREATE VIEW relations AS SELECT * FROM groups WHERE kind = 'relation' AND until IS NULL;
CREATE VIEW estimates AS SELECT * FROM groups WHERE kind = 'estimate' AND until IS NULL;

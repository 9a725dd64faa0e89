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
    disputed    INTEGER NOT NULL GENERATED ALWAYS AS (json_array_length(record, '$.disputed')) STORED,  -- attributes
    earliest    TEXT             GENERATED ALWAYS AS (record ->> '$.earliest') STORED,
    latest      TEXT             GENERATED ALWAYS AS (record ->> '$.latest') STORED,
    -- What lists are ordered by: the last possible day; 9999-12-31 where it is open, empty where no time is known.
    day         TEXT NOT NULL    GENERATED ALWAYS AS (
        coalesce(record ->> '$.latest', CASE WHEN record ->> '$.earliest' IS NOT NULL THEN '9999-12-31' ELSE '' END)
    ) STORED,
    country     TEXT             GENERATED ALWAYS AS (record ->> '$.place.country') STORED,
    placed      INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.place.latitude' IS NOT NULL) STORED,
    last_told   TEXT             GENERATED ALWAYS AS (record ->> '$.last_told') STORED,
    record      TEXT NOT NULL                    -- GroupRecord
) STRICT;

CREATE INDEX groups_by_id ON groups (id, until);
CREATE INDEX groups_by_type ON groups (kind, type, day, key, until) WHERE until IS NULL;
CREATE INDEX groups_by_country ON groups (kind, country, day, key, until) WHERE until IS NULL;
-- These two hold all that lists are chosen by, so that what is not chosen is passed over without being read.
CREATE INDEX groups_by_time
    ON groups (kind, day, key, earliest, last_told, type, country, status, sources, disputed, aggregate, placed, until)
    WHERE until IS NULL;
CREATE INDEX groups_by_time_ever
    ON groups (kind, day, key, since, until, earliest, last_told, type, country, status, sources, disputed, aggregate, placed);
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

CREATE INDEX members_by_group ON members (group_id, until, statement);
CREATE INDEX members_by_statement ON members (statement, until);

-- Who stands in a group, and as what.
CREATE TABLE parties (
    grouped  INTEGER NOT NULL,                   -- groups.key
    number   INTEGER NOT NULL,                   -- 0, 1, ... in its group
    role     TEXT NOT NULL,
    actor_id TEXT,
    name     TEXT NOT NULL,
    actor    TEXT NOT NULL GENERATED ALWAYS AS (coalesce(actor_id, name)) VIRTUAL,
    kind     TEXT NOT NULL,                      -- of the group, as are the following
    day      TEXT NOT NULL,
    until    INTEGER,
    PRIMARY KEY (grouped, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX parties_by_actor ON parties (actor, kind, day, grouped, until) WHERE until IS NULL;
CREATE INDEX parties_by_actor_ever ON parties (actor, kind, day, grouped);

-- Which two actors of the registry stand in a group, each pair in both orders.
CREATE TABLE ties (
    actor   TEXT NOT NULL,
    other   TEXT NOT NULL,
    kind    TEXT NOT NULL,                       -- of the group, as are the following
    day     TEXT NOT NULL,
    grouped INTEGER NOT NULL,                    -- groups.key
    since   INTEGER NOT NULL,
    until   INTEGER,
    PRIMARY KEY (actor, other, kind, day, grouped)
) STRICT, WITHOUT ROWID;

-- Where and when events lie that have coordinates, and how surely the place is known: degrees, days since 1970-01-01, UCDP's
-- where_prec (0 where nobody said). A bound of time that is not known is -1000000 or 1000000.
CREATE VIRTUAL TABLE groups_where USING rtree (key, west, east, south, north, first, last, surest, vaguest);

-- The same of those that no longer hold.
CREATE VIRTUAL TABLE groups_where_formerly USING rtree (key, west, east, south, north, first, last, surest, vaguest);

CREATE TRIGGER groups_have_parties AFTER INSERT ON groups BEGIN
    INSERT INTO parties (grouped, number, role, actor_id, name, kind, day)
    SELECT new.key, json_each.key, value ->> 'role', value ->> 'actor_id', value ->> 'name', new.kind, new.day
    FROM json_each(new.record, '$.parties');

    INSERT OR IGNORE INTO ties (actor, other, kind, day, grouped, since)
    SELECT one.actor_id, other.actor_id, new.kind, new.day, new.key, new.since
    FROM parties AS one JOIN parties AS other ON other.grouped = one.grouped AND other.actor_id <> one.actor_id
    WHERE one.grouped = new.key AND one.role IN ('actor', 'recipient') AND other.role IN ('actor', 'recipient');
END;

CREATE TRIGGER groups_lie_somewhere AFTER INSERT ON groups WHEN new.placed AND new.kind = 'event' BEGIN
    INSERT INTO groups_where (key, west, east, south, north, first, last, surest, vaguest)
    SELECT new.key, new.record ->> '$.place.longitude', new.record ->> '$.place.longitude',
           new.record ->> '$.place.latitude', new.record ->> '$.place.latitude',
           coalesce(unixepoch(new.earliest) / 86400, -1000000), coalesce(unixepoch(new.latest) / 86400, 1000000),
           coalesce(new.record ->> '$.place.where_prec', 0), coalesce(new.record ->> '$.place.where_prec', 0);
END;

CREATE TRIGGER groups_end AFTER UPDATE OF until ON groups BEGIN
    UPDATE ties SET until = new.until
    WHERE (actor, other, kind, day, grouped) IN (
        SELECT one.actor_id, other.actor_id, new.kind, new.day, new.key
        FROM parties AS one JOIN parties AS other ON other.grouped = one.grouped AND other.actor_id <> one.actor_id
        WHERE one.grouped = new.key
    );
    UPDATE parties SET until = new.until WHERE grouped = new.key;
    INSERT INTO groups_where_formerly SELECT * FROM groups_where WHERE key = new.key;
    DELETE FROM groups_where WHERE key = new.key;
END;

-- What changed since a moment.
CREATE INDEX documents_by_since ON documents (since);
CREATE INDEX documents_by_superseded ON documents (superseded) WHERE superseded IS NOT NULL;
CREATE INDEX statements_by_since ON statements (since);
CREATE INDEX statements_by_until ON statements (until) WHERE until IS NOT NULL;
CREATE INDEX statements_by_superseded ON statements (superseded) WHERE superseded IS NOT NULL;

-- What statements that were found are counted by, so that they need not be read.
CREATE INDEX statements_in_short
    ON statements (key, document, type, country, modality, earliest, latest, since, until, superseded, review);

DROP INDEX documents_by_document;
CREATE INDEX documents_by_document ON documents (document, until, since, superseded, publisher);

DROP INDEX documents_by_publisher;
CREATE INDEX documents_by_publisher ON documents (publisher COLLATE NOCASE, document);

-- Who says so, closest to the fact: the registry's id, else the name, else the words.
CREATE INDEX participants_by_source
    ON participants (coalesce(actor_id, name, words) COLLATE NOCASE, statement) WHERE part = 'source' AND distance = 0;

-- Views for whoever opens the record with other tools.

CREATE VIEW events AS SELECT * FROM groups WHERE kind = 'event' AND until IS NULL;
CREATE VIEW relations AS SELECT * FROM groups WHERE kind = 'relation' AND until IS NULL;
CREATE VIEW estimates AS SELECT * FROM groups WHERE kind = 'estimate' AND until IS NULL;

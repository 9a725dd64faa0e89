-- The record, version 1.
--
-- What was read is kept whole, as JSON (the serialized form of sayso-types); every other column of documents and
-- statements is generated from it, so none can drift and each can be made again by a later migration. Tables whose
-- name ends in _fts are full-text indexes over the table before the underscore: whoever inserts rows indexes them at the
-- end of the transaction, all at once (a trigger would do so row by row, at twice the price); the triggers below do the rest.

PRAGMA application_id = 0x53415953; -- "SAYS": this SQLite file is a sayso record

-- A text that an input gave under its id. Another text under the same id is its next version; the old one stays, with
-- the statements that were coded from it.
CREATE TABLE documents (
    key                INTEGER PRIMARY KEY,
    version            INTEGER NOT NULL,         -- 1, 2, ... in the order in which the texts were first read
    latest             INTEGER NOT NULL,         -- 1 for the highest version of its id, else 0
    added              TEXT NOT NULL,            -- RFC 3339: when it was first read
    published_earliest TEXT,                     -- first and last day that `published` can mean
    published_latest   TEXT,
    id          TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.id') STORED,
    text_sha256 TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.text_sha256') STORED,
    publisher   TEXT          GENERATED ALWAYS AS (record ->> '$.publisher') STORED,
    language    TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.language') STORED,
    url         TEXT          GENERATED ALWAYS AS (record ->> '$.url') VIRTUAL,
    published   TEXT          GENERATED ALWAYS AS (record ->> '$.published') VIRTUAL,
    coded       INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.coded') VIRTUAL,
    title       TEXT          GENERATED ALWAYS AS (record ->> '$.title') VIRTUAL,
    text        TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.text') VIRTUAL,
    record      TEXT NOT NULL,                   -- DocumentRecord; last, so that a scan need not pass over it
    UNIQUE (id, version),
    UNIQUE (id, text_sha256)
) STRICT;

CREATE INDEX documents_by_publisher ON documents (publisher COLLATE NOCASE);
CREATE INDEX documents_by_publication ON documents (published_earliest, published_latest);

-- What a document states, in the order of its text.
CREATE TABLE statements (
    key        INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents (key),
    position   INTEGER NOT NULL,                 -- 0, 1, ... in its document
    id         TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.id') STORED,
    kind       TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.kind') STORED,
    type       TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.type') STORED,
    mode       TEXT          GENERATED ALWAYS AS (record ->> '$.mode') STORED,
    modality   TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.modality') STORED,
    negated    INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.negated') STORED,
    earliest   TEXT          GENERATED ALWAYS AS (record ->> '$.time.earliest') STORED,  -- null and `latest` not: open to the past
    latest     TEXT          GENERATED ALWAYS AS (record ->> '$.time.latest') STORED,    -- both null: time unknown
    place_name TEXT          GENERATED ALWAYS AS (record ->> '$.place.name') STORED,
    country    TEXT          GENERATED ALWAYS AS (record ->> '$.place.country') STORED,
    where_prec INTEGER       GENERATED ALWAYS AS (record ->> '$.place.where_prec') STORED,
    confidence REAL NOT NULL GENERATED ALWAYS AS (record ->> '$.confidence') STORED,
    place      TEXT          GENERATED ALWAYS AS (record ->> '$.place.text') VIRTUAL,
    admin1     TEXT          GENERATED ALWAYS AS (record ->> '$.place.admin1') VIRTUAL,
    evidence   TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.evidence.text') VIRTUAL,
    record     TEXT NOT NULL                     -- StatementRecord
) STRICT;

CREATE INDEX statements_by_document ON statements (document, position);
CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX statements_by_type ON statements (kind, type, mode);
CREATE INDEX statements_by_time ON statements (earliest, latest);
CREATE INDEX statements_by_country ON statements (country, place_name);

-- Whom a statement speaks of, and as what.
CREATE TABLE participants (
    key       INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL REFERENCES statements (key) ON DELETE CASCADE,
    part      TEXT NOT NULL,                     -- a role (actor, recipient, ...), `source`, or a stance (claimed, denied, ...)
    distance  INTEGER NOT NULL,                  -- of a source: links between it and the fact, 0 is the innermost; else 0
    actor_id  TEXT,                              -- the registry's actor; null where it has none
    name      TEXT,
    words     TEXT NOT NULL
) STRICT;

CREATE INDEX participants_by_statement ON participants (statement, part, distance);
CREATE INDEX participants_by_actor ON participants (actor_id, part);

CREATE TRIGGER statements_are_taken_part_in AFTER INSERT ON statements BEGIN
    INSERT INTO participants (statement, part, distance, actor_id, name, words)
    SELECT new.key, value ->> 'role', 0, value ->> 'actor_id', value ->> 'name', value ->> 'text'
    FROM json_each(new.record, '$.roles');

    INSERT INTO participants (statement, part, distance, actor_id, name, words)
    SELECT new.key, 'source', json_array_length(new.record, '$.attribution') - 1 - json_each.key,
           value ->> 'actor_id', value ->> 'name', value ->> 'source'
    FROM json_each(new.record, '$.attribution');

    INSERT INTO participants (statement, part, distance, actor_id, name, words)
    SELECT new.key, value ->> 'stance', 0, value ->> 'actor_id', value ->> 'name', value ->> 'by'
    FROM json_each(new.record, '$.responsibility');
END;

-- What people decided about statements. Rows are only ever added, and a statement that has one is never removed.
CREATE TABLE decisions (
    key       INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL REFERENCES statements (key),
    what      TEXT NOT NULL,
    who       TEXT NOT NULL,
    at        TEXT NOT NULL,                     -- RFC 3339
    why       TEXT NOT NULL,
    before    TEXT NOT NULL,                     -- StatementRecord
    after     TEXT                               -- StatementRecord; null where nothing stands in its place
) STRICT;

CREATE INDEX decisions_by_statement ON decisions (statement);

CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions BEGIN
    SELECT raise(ABORT, 'a decision is never changed; add another');
END;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
    SELECT raise(ABORT, 'a decision is never removed; add another');
END;

-- Each time that something was read into the record. A run without `finished` was broken off.
CREATE TABLE runs (
    key      INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,                      -- RFC 3339
    finished TEXT,
    program  TEXT NOT NULL,
    inputs   TEXT NOT NULL,                      -- JSON: the inputs as named
    counts   TEXT                                -- JSON: documents that were new, new_versions, replaced, unchanged; statements
) STRICT;

-- What a run could not read.
CREATE TABLE failures (
    run    INTEGER NOT NULL REFERENCES runs (key),
    input  TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX failures_by_run ON failures (run);

CREATE VIRTUAL TABLE documents_fts USING fts5 (
    title, text, content = 'documents', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER documents_change_in_fts AFTER UPDATE OF record ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    evidence, place, place_name, admin1, content = 'statements', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER statements_leave_fts AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, evidence, place, place_name, admin1)
    VALUES ('delete', old.key, old.evidence, old.place, old.place_name, old.admin1);
END;

CREATE VIRTUAL TABLE participants_fts USING fts5 (
    name, words, content = 'participants', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER participants_leave_fts AFTER DELETE ON participants BEGIN
    INSERT INTO participants_fts (participants_fts, rowid, name, words) VALUES ('delete', old.key, old.name, old.words);
END;

-- Views for whoever opens the record with other tools.

CREATE VIEW actors AS
SELECT actor_id AS id, coalesce(max(name), max(words)) AS name, count(DISTINCT statement) AS statements
FROM participants WHERE actor_id IS NOT NULL GROUP BY actor_id;

CREATE VIEW places AS
SELECT record ->> '$.place.geonames_id' AS geonames_id, place_name AS name, country, admin1,
       record ->> '$.place.latitude' AS latitude, record ->> '$.place.longitude' AS longitude, count(*) AS statements
FROM statements WHERE place_name IS NOT NULL GROUP BY 1, 2, 3, 4;

CREATE VIEW events AS SELECT * FROM statements WHERE kind = 'event';
CREATE VIEW relations AS SELECT * FROM statements WHERE kind = 'relation';
CREATE VIEW estimates AS SELECT * FROM statements WHERE kind = 'estimate';

-- The record, version 2: nothing is overwritten.
--
-- Every change is an entry of `log`, made in the same transaction as the rows that it writes; an entry's hash covers the one
-- before it. A row of `documents` or `statements` says from which entry on it holds (`since`) and at which it ceased to
-- (`until`, null while it holds); what an earlier moment knew is what held at the last entry before it.

CREATE TABLE log (
    key    INTEGER PRIMARY KEY,                  -- 1, 2, ... without a gap
    at     TEXT NOT NULL,                        -- RFC 3339; never earlier than the entry before
    who    TEXT NOT NULL,                        -- a person, or a program with its version
    what   TEXT NOT NULL,                        -- run begun, documents, run finished, decided, undone, redone, released, ...
    entry  TEXT NOT NULL,                        -- JSON: what was done, with the SHA-256 of each document and statement written
    sha256 TEXT NOT NULL                         -- of the former entry's sha256, at, who, what and entry, each as a netstring
) STRICT;

CREATE INDEX log_by_time ON log (at);

-- The moments of a record of version 1, in order: what its log would hold. Gone at the end of this migration.
CREATE TABLE moments (key INTEGER PRIMARY KEY, at TEXT, what TEXT, about INTEGER) STRICT;

INSERT INTO moments (at, what, about)
SELECT at, what, about FROM (
    SELECT started AS at, 1 AS rank, 'run begun' AS what, key AS about FROM runs
    UNION ALL SELECT added, 2, 'documents', key / 256 FROM documents GROUP BY added, key / 256
    UNION ALL SELECT finished, 3, 'run finished', key FROM runs WHERE finished IS NOT NULL
    UNION ALL SELECT max(c.at, d.added), 4, 'decided', c.key
              FROM decisions AS c JOIN statements AS s ON s.key = c.statement JOIN documents AS d ON d.key = s.document
) ORDER BY at, rank, about;

CREATE INDEX moments_by_time ON moments (what, at, about);

DROP VIEW actors;
DROP VIEW places;
DROP VIEW events;
DROP VIEW relations;
DROP VIEW estimates;
DROP TRIGGER documents_change_in_fts;
DROP TRIGGER statements_leave_fts;
DROP TRIGGER statements_are_taken_part_in;
DROP TRIGGER participants_leave_fts;
DROP TRIGGER decisions_stay_as_they_are;
DROP TRIGGER decisions_stay;

-- A text that an input gave under its id, as one reading found it. Another text under the same id is its next version, with a
-- `document` of its own; other metadata of the same text are a further row of the same `document`.
CREATE TABLE documents_2 (
    key                INTEGER PRIMARY KEY,
    document           INTEGER NOT NULL,         -- the text's number: the key of its first row
    version            INTEGER NOT NULL,         -- 1, 2, ... in the order in which the texts of an id were first read
    since              INTEGER NOT NULL,         -- log: from here on the row holds
    until              INTEGER,                  -- log: from here on it does not; null: it holds
    superseded         INTEGER,                  -- log: from here on another text of its id is the latest; null: it is
    run                INTEGER,                  -- runs: in which it was read; null where nobody said
    added              TEXT NOT NULL,            -- RFC 3339: when this text was first read
    published_earliest TEXT,                     -- first and last day that `published` can mean
    published_latest   TEXT,
    latest      INTEGER NOT NULL GENERATED ALWAYS AS (until IS NULL AND superseded IS NULL) VIRTUAL,
    id          TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.id') STORED,
    text_sha256 TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.text_sha256') STORED,
    publisher   TEXT          GENERATED ALWAYS AS (record ->> '$.publisher') STORED,
    language    TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.language') STORED,
    url         TEXT          GENERATED ALWAYS AS (record ->> '$.url') VIRTUAL,
    published   TEXT          GENERATED ALWAYS AS (record ->> '$.published') VIRTUAL,
    coded       INTEGER NOT NULL GENERATED ALWAYS AS (record ->> '$.coded') VIRTUAL,
    title       TEXT          GENERATED ALWAYS AS (record ->> '$.title') VIRTUAL,
    text        TEXT NOT NULL GENERATED ALWAYS AS (record ->> '$.text') VIRTUAL,
    record      TEXT NOT NULL                    -- DocumentRecord; last, so that a scan need not pass over it
) STRICT;

INSERT INTO documents_2 (key, document, version, since, superseded, added, published_earliest, published_latest, record)
SELECT d.key, d.key, d.version, m.key, next.key, d.added, d.published_earliest, d.published_latest, d.record
FROM documents AS d JOIN moments AS m ON m.what = 'documents' AND m.at = d.added AND m.about = d.key / 256
LEFT JOIN documents AS n ON n.id = d.id AND n.version = d.version + 1
LEFT JOIN moments AS next ON next.what = 'documents' AND next.at = n.added AND next.about = n.key / 256;

-- What a document was found to state by one reading of one program: its rows in `statements` are those of this `coding` that
-- are not made from another row.
CREATE TABLE codings (
    key        INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL,
    since      INTEGER NOT NULL,                 -- log
    run        INTEGER,                          -- runs
    statements INTEGER NOT NULL,                 -- how many
    sha256     TEXT NOT NULL                     -- of the SHA-256 (in hexadecimal) of each statement's JSON, in order, one after another
) STRICT;

CREATE INDEX codings_by_document ON codings (document);

-- What a document states, in the order of its text.
CREATE TABLE statements_2 (
    key        INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL,                 -- documents.document
    position   INTEGER NOT NULL,                 -- 0, 1, ... in its document
    coding     INTEGER NOT NULL,                 -- codings
    made_from  INTEGER,                          -- the row as it was coded, where decisions made this one from it
    since      INTEGER NOT NULL,                 -- log: from here on the row holds
    until      INTEGER,                          -- log: from here on it does not; null: it holds
    superseded INTEGER,                          -- log: from here on another text of its document's id is the latest; null: its own is
    review     TEXT,                             -- accepted, rejected, corrected; null: nobody decided
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

INSERT INTO codings (key, document, since, statements, sha256)
SELECT key, document, since, (SELECT count(*) FROM statements WHERE document = d.key), '' FROM documents_2 AS d;

INSERT INTO statements_2 (key, document, position, coding, since, superseded, record)
SELECT s.key, s.document, row_number() OVER (PARTITION BY s.document ORDER BY s.position, s.key) - 1,
       d.key, d.since, d.superseded, s.record
FROM statements AS s JOIN documents_2 AS d ON d.key = s.document ORDER BY s.key;

ALTER TABLE decisions RENAME TO former_decisions;
DROP INDEX decisions_by_statement;
DROP TABLE statements;
DROP TABLE documents;
ALTER TABLE documents_2 RENAME TO documents;
ALTER TABLE statements_2 RENAME TO statements;

CREATE INDEX documents_by_document ON documents (document);
CREATE INDEX documents_by_id ON documents (id, version);
CREATE UNIQUE INDEX documents_by_text ON documents (id, text_sha256) WHERE until IS NULL;
CREATE INDEX documents_by_publisher ON documents (publisher COLLATE NOCASE);
CREATE INDEX documents_by_publication ON documents (published_earliest, published_latest);

CREATE INDEX statements_by_document ON statements (document, position, until, superseded, review);
CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX statements_by_type ON statements (kind, type, mode);
CREATE INDEX statements_by_time ON statements (earliest, latest);
CREATE INDEX statements_by_country ON statements (country, place_name);
CREATE INDEX statements_by_review ON statements (review) WHERE review IS NOT NULL;

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

-- What people decided. A decision holds while a row of `decision_states` says so: an undo closes it, a redo opens another.
CREATE TABLE decisions (
    key    INTEGER PRIMARY KEY,
    log    INTEGER NOT NULL REFERENCES log (key) DEFERRABLE INITIALLY DEFERRED,
    who    TEXT NOT NULL,
    at     TEXT NOT NULL,                        -- RFC 3339
    why    TEXT NOT NULL,                        -- empty where nobody said
    what   TEXT NOT NULL GENERATED ALWAYS AS (action ->> '$.action') STORED,
    action TEXT NOT NULL                         -- JSON: sayso_types::decision::Action
) STRICT;

CREATE TABLE decision_states (
    decision INTEGER NOT NULL REFERENCES decisions (key),
    since    INTEGER NOT NULL,                   -- log
    until    INTEGER,                            -- log; null: it holds
    PRIMARY KEY (decision, since)
) STRICT, WITHOUT ROWID;

-- What a decision is about, by id: kind is statement, document, event, actor or source.
CREATE TABLE decision_subjects (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decisions (key),
    PRIMARY KEY (kind, id, decision)
) STRICT, WITHOUT ROWID;

-- Which decisions, undone ones too, bear on a row of `statements`. Every row that takes its place has them as well.
CREATE TABLE decided (
    statement INTEGER NOT NULL,                  -- statements.key
    decision  INTEGER NOT NULL REFERENCES decisions (key),
    PRIMARY KEY (statement, decision)
) STRICT, WITHOUT ROWID;

CREATE INDEX decided_by_decision ON decided (decision);

-- Versions of the record that were frozen under a name.
CREATE TABLE releases (
    name     TEXT NOT NULL PRIMARY KEY,
    log      INTEGER NOT NULL REFERENCES log (key) DEFERRABLE INITIALLY DEFERRED,
    manifest TEXT NOT NULL                       -- JSON
) STRICT, WITHOUT ROWID;

ALTER TABLE runs ADD COLUMN versions TEXT NOT NULL DEFAULT '{}';  -- JSON: of what it was read with: rules, models, registry

CREATE TRIGGER log_stays_as_it_is BEFORE UPDATE ON log BEGIN
    SELECT raise(ABORT, 'the log is never changed; add an entry');
END;

CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN
    SELECT raise(ABORT, 'the log is never cut; add an entry');
END;

CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions BEGIN
    SELECT raise(ABORT, 'a decision is never changed; undo it, or add another');
END;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
    SELECT raise(ABORT, 'a decision is never removed; undo it, or add another');
END;

CREATE TRIGGER codings_stay_as_they_are BEFORE UPDATE ON codings WHEN old.sha256 <> '' BEGIN
    SELECT raise(ABORT, 'a coding is never changed; add another');
END;

CREATE TRIGGER codings_stay BEFORE DELETE ON codings BEGIN
    SELECT raise(ABORT, 'a coding is never removed; add another');
END;

CREATE TRIGGER releases_stay_as_they_are BEFORE UPDATE ON releases BEGIN
    SELECT raise(ABORT, 'a release is never changed; make another');
END;

CREATE TRIGGER releases_stay BEFORE DELETE ON releases BEGIN
    SELECT raise(ABORT, 'a release is never removed; make another');
END;

CREATE TRIGGER documents_stay BEFORE DELETE ON documents BEGIN
    SELECT raise(ABORT, 'a document is never removed; close it with until');
END;

CREATE TRIGGER documents_stay_as_they_are BEFORE UPDATE OF key, document, version, since, run, added, record ON documents BEGIN
    SELECT raise(ABORT, 'a document is never changed; close it with until and add another');
END;

CREATE TRIGGER documents_stay_closed BEFORE UPDATE OF until, superseded ON documents
WHEN old.until IS NOT NULL OR (old.superseded IS NOT NULL AND new.superseded IS NOT old.superseded) BEGIN
    SELECT raise(ABORT, 'a document that no longer holds is never changed');
END;

CREATE TRIGGER statements_stay BEFORE DELETE ON statements BEGIN
    SELECT raise(ABORT, 'a statement is never removed; close it with until');
END;

CREATE TRIGGER statements_stay_as_they_are
BEFORE UPDATE OF key, document, position, coding, made_from, since, review, record ON statements BEGIN
    SELECT raise(ABORT, 'a statement is never changed; close it with until and add another');
END;

CREATE TRIGGER statements_stay_closed BEFORE UPDATE OF until, superseded ON statements
WHEN old.until IS NOT NULL OR (old.superseded IS NOT NULL AND new.superseded IS NOT old.superseded) BEGIN
    SELECT raise(ABORT, 'a statement that no longer holds is never changed');
END;

-- Views for whoever opens the record with other tools: what holds now, of the latest texts, without what people rejected.

CREATE VIEW standing AS
SELECT * FROM statements WHERE until IS NULL AND superseded IS NULL AND review IS NOT 'rejected';

CREATE VIEW actors AS
SELECT actor_id AS id, coalesce(max(name), max(words)) AS name, count(DISTINCT statement) AS statements
FROM participants WHERE actor_id IS NOT NULL AND statement IN (SELECT key FROM standing) GROUP BY actor_id;

CREATE VIEW places AS
SELECT record ->> '$.place.geonames_id' AS geonames_id, place_name AS name, country, admin1,
       record ->> '$.place.latitude' AS latitude, record ->> '$.place.longitude' AS longitude, count(*) AS statements
FROM standing WHERE place_name IS NOT NULL GROUP BY 1, 2, 3, 4;

CREATE VIEW stated_events AS SELECT * FROM standing WHERE kind = 'event';
CREATE VIEW stated_relations AS SELECT * FROM standing WHERE kind = 'relation';
CREATE VIEW stated_estimates AS SELECT * FROM standing WHERE kind = 'estimate';

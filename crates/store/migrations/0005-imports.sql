-- The record, version 5: data of others beside ours.
--
-- What a user imports of ACLED, UCDP GED, GTD, POLECAT or a list of actors lies in tables of its own, each row marked with whose it is. No
-- document, statement or event is ever made of it, and no export takes it along. It can be removed wholly, as its licence may ask; the
-- log keeps that it was there, not what it said.

CREATE TABLE imports (
    key     INTEGER PRIMARY KEY,
    log     INTEGER NOT NULL REFERENCES log (key) DEFERRABLE INITIALLY DEFERRED,
    removed INTEGER REFERENCES log (key) DEFERRABLE INITIALLY DEFERRED,
    dataset TEXT NOT NULL,                       -- acled, ged, gtd, polecat, ftm, wikidata
    version TEXT,                                -- as the user or the file says
    licence TEXT NOT NULL,                       -- in the user's words
    file    TEXT NOT NULL,                       -- as named
    sha256  TEXT NOT NULL,                       -- of the file's bytes
    rows    INTEGER NOT NULL
) STRICT;

CREATE TABLE imported (
    key      INTEGER PRIMARY KEY,
    import   INTEGER NOT NULL REFERENCES imports (key),
    id       TEXT NOT NULL,                      -- theirs
    earliest TEXT,                               -- first and last possible day
    latest   TEXT,
    record   TEXT NOT NULL,                      -- JSON: theirs as it was read
    UNIQUE (import, id)
) STRICT;

CREATE INDEX imported_by_time ON imported (import, earliest, latest);

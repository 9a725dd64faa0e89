-- The people of a record, version 1. A file of its own beside the record's, so that a record can be handed on without them.
--
-- Times are RFC 3339 in UTC to the second, so that they compare as texts. Of secrets that a program makes (sessions, tokens) only the
-- SHA-256 is kept: they are long and random, so nothing slower is needed. Passwords are hashed by argon2id.

PRAGMA application_id = 0x53415950;              -- "SAYP"

CREATE TABLE people (
    key      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,                      -- as decisions are signed
    folded   TEXT NOT NULL UNIQUE,               -- the name in lower case: two people never differ by case only
    role     TEXT NOT NULL,
    password TEXT,                               -- PHC string of argon2id; null: enters by tokens only
    since    TEXT NOT NULL,
    disabled TEXT                                -- since when they are not let in; null: they are
) STRICT;

CREATE TABLE sessions (
    key    INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (key),
    sha256 TEXT NOT NULL UNIQUE,
    begun  TEXT NOT NULL,
    seen   TEXT NOT NULL,                        -- when it was used last, to the minute
    place  TEXT NOT NULL                         -- the address that it was begun from
) STRICT;

CREATE INDEX sessions_of_people ON sessions (person);

CREATE TABLE tokens (
    key     INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES people (key),
    sha256  TEXT NOT NULL UNIQUE,
    label   TEXT NOT NULL,                       -- what it is for, in the person's words
    made    TEXT NOT NULL,
    expires TEXT NOT NULL,
    used    TEXT                                 -- when it was used last, to the minute
) STRICT;

CREATE INDEX tokens_of_people ON tokens (person);

-- What happened at the door: who came in, who did not, and who changed what about whom. Nothing is ever taken out of it.
CREATE TABLE log (
    key   INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    who   TEXT NOT NULL,                         -- the name that was given, or who made the change
    what  TEXT NOT NULL,
    about TEXT NOT NULL,                         -- whom or what it was about
    place TEXT NOT NULL                          -- the address that it came from, or the command line
) STRICT;

CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'the log stays'); END;
CREATE TRIGGER log_stays_as_it_is BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'the log stays as it is'); END;

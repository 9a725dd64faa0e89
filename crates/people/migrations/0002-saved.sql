-- The people of a record, version 2: the questions that people keep for themselves.

CREATE TABLE saved (
    key    INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (key),
    name   TEXT NOT NULL,                        -- in the person's words
    q      TEXT NOT NULL,                        -- the question
    shown  TEXT NOT NULL,                        -- as what it is answered: events, documents, ...
    made   TEXT NOT NULL,
    UNIQUE (person, name)
) STRICT;

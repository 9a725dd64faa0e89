-- How far each file was read, so that an interrupted reading goes on where it was.
--
-- This is no part of what the record tells, and of no entry of the log: whoever changes it can only make sayso read a file again, or
-- leave it out as if it had been read.

-- One reading of a file, with one setting. A file that has changed since, or is read with another setting, gets another row.
CREATE TABLE inputs (
    key      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,                      -- its path from the root
    identity TEXT NOT NULL,                      -- by its size, its time of change, its beginning and its end
    settings TEXT NOT NULL,                      -- what it was read with: SHA-256 of the program's versions and the user's options
    number   INTEGER NOT NULL,                   -- records, rows or lines that lie behind
    offset   INTEGER NOT NULL,                   -- the byte where reading can set in
    within   INTEGER NOT NULL,                   -- records, rows or lines from that byte on that lie behind too
    items    INTEGER NOT NULL                    -- reports, and inputs that could not be read, that lie behind
) STRICT;

CREATE INDEX inputs_by_name ON inputs (name, key);

ALTER TABLE failures ADD COLUMN place TEXT NOT NULL DEFAULT '';             -- where in its file: the end of `input`
ALTER TABLE failures ADD COLUMN kind TEXT NOT NULL DEFAULT '';              -- unreadable, damaged, too-large, ...
ALTER TABLE failures ADD COLUMN of_input INTEGER REFERENCES inputs (key);   -- null where it came from no file that was read

CREATE INDEX failures_by_input ON failures (of_input) WHERE of_input IS NOT NULL;

-- The record, version 4: who may see what, and words by their beginnings.

-- What was marked as open or restricted.
CREATE INDEX decisions_by_sensitivity ON decisions (key) WHERE what = 'sensitivity';

-- Words of a sentence are asked for by their first letters too, which the index keeps of its own.
DROP TABLE statements_fts;

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    evidence, place, place_name, admin1, content = 'statements', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);

INSERT INTO statements_fts (statements_fts) VALUES ('rebuild');

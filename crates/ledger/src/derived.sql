-- Derived: all of it can be dropped and made again from the operations.
CREATE TABLE article (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL                             -- how it was identified
) STRICT;

-- One row for each capture and each statement about it (from its operation on, until the next statement).
CREATE TABLE capture_view (
    no INTEGER PRIMARY KEY,
    capture TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (no),
    stated_by INTEGER NOT NULL UNIQUE REFERENCES operation (no),
    pipeline INTEGER NOT NULL REFERENCES operation (no),
    known_from INTEGER NOT NULL,                  -- microseconds since 1970
    known_until INTEGER,
    article INTEGER NOT NULL REFERENCES article (no),
    record_set INTEGER REFERENCES record_set (no),
    metadata TEXT NOT NULL,                       -- JSON of Metadata
    observed TEXT NOT NULL,                       -- JSON of Observed
    raw BLOB NOT NULL,                            -- raw ranges of the records' quotes, see pack.rs
    diagnostics TEXT,                             -- JSON; NULL where there are none
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX capture_view_by_capture ON capture_view (capture);
CREATE INDEX capture_view_by_article ON capture_view (article);
CREATE INDEX capture_view_by_record_set ON capture_view (record_set);

CREATE TABLE text (
    no INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,                  -- SHA-256 of the text
    length INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

-- The records that one pipeline found in one text of one article.
CREATE TABLE record_set (
    no INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (no),
    text INTEGER NOT NULL REFERENCES text (no),
    pipeline INTEGER NOT NULL REFERENCES operation (no),
    digest BLOB NOT NULL,                         -- SHA-256 of the JSON of the records
    title TEXT NOT NULL,                          -- as it stands in the index of words
    length INTEGER NOT NULL,                      -- of the JSON, in bytes
    packed BLOB NOT NULL,                         -- deflated with the text as its dictionary
    UNIQUE (article, text, digest)
) STRICT;
CREATE INDEX record_set_by_text ON record_set (text);

CREATE TABLE attribution (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    record_set INTEGER NOT NULL REFERENCES record_set (no),
    place INTEGER NOT NULL,                       -- which of the set, from 0
    act TEXT NOT NULL,
    UNIQUE (id, record_set)
) STRICT;
CREATE INDEX attribution_by_set ON attribution (record_set, place);
CREATE INDEX attribution_contested ON attribution (act, record_set) WHERE act <> 'affirm';

CREATE VIRTUAL TABLE words USING fts5 (source, cue, content, title, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

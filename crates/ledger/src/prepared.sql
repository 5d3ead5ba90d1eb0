-- Derived, for linking: what follows from one text alone; see docs/design/linking-store.md.
CREATE TABLE prepared (
    record_set INTEGER PRIMARY KEY REFERENCES record_set (no),
    domain TEXT,                                  -- host of the article's address
    length INTEGER NOT NULL,
    blocks BLOB NOT NULL                          -- deflated JSON of the blocks
) STRICT;

CREATE TABLE statement (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    record_set INTEGER NOT NULL REFERENCES prepared (record_set),
    place INTEGER NOT NULL,                       -- which of its report, from 0
    length INTEGER NOT NULL,                      -- of the JSON, in bytes
    packed BLOB NOT NULL,                         -- deflated JSON without vector, see linking/statement.rs
    vector BLOB,                                  -- 384 bytes; NULL where there is none
    digest BLOB NOT NULL,                         -- over the two and the words
    UNIQUE (id, record_set)
) STRICT;
CREATE INDEX statement_by_set ON statement (record_set, place);

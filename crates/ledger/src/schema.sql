-- Operations: kept for ever. A row is never changed, but that `withhold` erases its body and names itself.
CREATE TABLE operation (
    no INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    target TEXT,                                  -- id of what it is about
    author TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,                 -- microseconds since 1970
    digest BLOB NOT NULL,                         -- see operation.rs
    blob INTEGER REFERENCES blob (no),            -- the bytes of a capture
    body TEXT,                                    -- JSON
    withheld_by INTEGER REFERENCES operation (no),
    CHECK ((body IS NULL) = (withheld_by IS NOT NULL))
) STRICT;
CREATE INDEX operation_by_target ON operation (target, kind) WHERE target IS NOT NULL;
CREATE INDEX operation_by_kind ON operation (kind, recorded_at) WHERE kind <> 'capture';
CREATE INDEX operation_by_blob ON operation (blob) WHERE blob IS NOT NULL;

-- The bytes of captures, once each; they belong to the operations.
CREATE TABLE blob (
    no INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,                  -- SHA-256 of the bytes
    length INTEGER NOT NULL,
    packed BLOB NOT NULL                          -- raw deflate (RFC 1951)
) STRICT;

-- Work that a crash may not forget: 'scrub' after a withhold.
CREATE TABLE pending (work TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Derived, for linking: what follows from all texts and from people's decisions, by the linker that `linking` names; see
-- docs/design/linking-store.md.
CREATE TABLE linking (
    no INTEGER PRIMARY KEY CHECK (no = 1),
    digest BLOB NOT NULL,
    stale TEXT                                    -- why it is to be done anew; NULL where it is as `relink` makes it
) STRICT;

-- A text of an article as linking sees it.
CREATE TABLE report (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,                      -- see `text_id`
    head INTEGER NOT NULL,                        -- the first letters of the id as a number, in the same order
    rank TEXT NOT NULL,                           -- reports are linked in this order
    article INTEGER NOT NULL REFERENCES article (no),
    text INTEGER NOT NULL REFERENCES text (no),
    record_set INTEGER NOT NULL UNIQUE REFERENCES prepared (record_set),
    facts TEXT NOT NULL,                          -- JSON: outlet, title and times, as its first capture says
    passages BLOB NOT NULL,                       -- digest of its words that count
    repeated TEXT NOT NULL,                       -- JSON: paragraphs that its outlet repeats, by number
    stands_in INTEGER REFERENCES report (no),
    event INTEGER REFERENCES event (no),
    nearness INTEGER NOT NULL DEFAULT 0,
    diagnostics TEXT,                             -- JSON; NULL where there are none
    UNIQUE (article, text)
) STRICT;
CREATE INDEX report_by_rank ON report (rank);
CREATE INDEX report_by_passages ON report (passages);
CREATE INDEX report_by_text ON report (text);
CREATE INDEX report_by_stands_in ON report (stands_in) WHERE stands_in IS NOT NULL;
CREATE INDEX report_by_event ON report (event);

CREATE TABLE passage_key (
    key INTEGER NOT NULL,
    head INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (no),
    PRIMARY KEY (key, head, report)
) STRICT, WITHOUT ROWID;

-- Paragraphs under articles of one outlet (a hash of its name), the first few of each.
CREATE TABLE paragraph (
    outlet INTEGER NOT NULL,
    key INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (no),
    PRIMARY KEY (outlet, key, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE copying (
    first INTEGER NOT NULL REFERENCES report (no),
    second INTEGER NOT NULL REFERENCES report (no),
    length INTEGER NOT NULL,
    packed BLOB NOT NULL,                         -- deflated JSON
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX copying_by_second ON copying (second);

CREATE TABLE event (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reports INTEGER NOT NULL,
    claims TEXT NOT NULL                          -- JSON: numbers, in the order in which they came
) STRICT;
-- The reports that stand for an event.
CREATE TABLE event_report (
    event INTEGER NOT NULL REFERENCES event (no),
    place INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (no),
    nearness INTEGER NOT NULL,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_report_by_report ON event_report (report);

CREATE TABLE claim (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event INTEGER NOT NULL REFERENCES event (no),
    statements INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    canonical INTEGER REFERENCES statement (no),
    apart TEXT,                                   -- JSON: ids of statements that people keep apart from it
    merged_into INTEGER REFERENCES claim (no),    -- the id leads there
    nearness INTEGER                              -- of that merge
) STRICT;
CREATE INDEX claim_by_merge ON claim (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX claim_by_event ON claim (event);
CREATE INDEX claim_by_canonical ON claim (canonical);
-- The statements that stand for a claim.
CREATE TABLE representative (
    claim INTEGER NOT NULL REFERENCES claim (no),
    statement INTEGER NOT NULL REFERENCES statement (no),
    nearness INTEGER NOT NULL,
    PRIMARY KEY (claim, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX representative_by_statement ON representative (statement);

CREATE TABLE claim_key (
    key INTEGER NOT NULL,
    added INTEGER NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim (no),
    PRIMARY KEY (key, added)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_key (
    key INTEGER NOT NULL,
    added INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES event (no),
    PRIMARY KEY (key, added)
) STRICT, WITHOUT ROWID;

CREATE TABLE utterance (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    claim INTEGER NOT NULL REFERENCES claim (no),
    added INTEGER NOT NULL,
    body TEXT NOT NULL                            -- JSON
) STRICT;
CREATE INDEX utterance_by_claim ON utterance (claim, added);

CREATE TABLE placement (
    statement INTEGER PRIMARY KEY REFERENCES statement (no),
    claim INTEGER REFERENCES claim (no),
    utterance INTEGER REFERENCES utterance (no),
    length INTEGER NOT NULL,
    packed BLOB NOT NULL                          -- deflated JSON: how it came there, and why
) STRICT;
CREATE INDEX placement_by_claim ON placement (claim);
CREATE INDEX placement_by_utterance ON placement (utterance);

CREATE TABLE claim_link (
    hangs INTEGER NOT NULL REFERENCES claim (no),
    kind TEXT NOT NULL,
    holds INTEGER NOT NULL REFERENCES claim (no),
    from_statement INTEGER NOT NULL REFERENCES statement (no),
    to_statement INTEGER NOT NULL REFERENCES statement (no),
    PRIMARY KEY (hangs, kind, holds, from_statement, to_statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_link_by_holds ON claim_link (holds);
CREATE INDEX claim_link_by_from ON claim_link (from_statement);
CREATE INDEX claim_link_by_to ON claim_link (to_statement);

-- What people's decisions come to on the statements that there are.
CREATE TABLE decided (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    decision TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (no),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejected (
    statement TEXT PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (no)
) STRICT, WITHOUT ROWID;
-- The articles to whose words a decision that holds is anchored.
CREATE TABLE anchored (
    article TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (no),
    PRIMARY KEY (article, operation)
) STRICT, WITHOUT ROWID;

-- Under which hosts which outlet's name stands.
CREATE TABLE masthead (
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    PRIMARY KEY (name, host)
) STRICT, WITHOUT ROWID;

-- Claims with their records as rules read them, drawn up by event from all of the above.
CREATE TABLE drawn (
    claim INTEGER PRIMARY KEY REFERENCES claim (no),
    event INTEGER NOT NULL REFERENCES event (no),
    rank INTEGER NOT NULL,                        -- of its standing now, the most contested first
    weight INTEGER NOT NULL,                      -- how much reports it
    first INTEGER,                                -- when the first and the last report was out, in microseconds since 1970
    last INTEGER,
    line TEXT NOT NULL,                           -- JSON: what a list shows of it
    length INTEGER NOT NULL,                      -- of the JSON, in bytes
    packed BLOB NOT NULL                          -- deflated JSON of the claim
) STRICT;
CREATE INDEX drawn_by_rank ON drawn (rank, weight DESC, last DESC, claim);
CREATE INDEX drawn_by_event ON drawn (event);
-- From when on it stood how.
CREATE TABLE drawn_change (
    claim INTEGER NOT NULL REFERENCES drawn (claim),
    at INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (claim, at)
) STRICT, WITHOUT ROWID;
-- Names of parties, outlets and places in it, in small letters.
CREATE TABLE drawn_name (
    claim INTEGER NOT NULL REFERENCES drawn (claim),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim, kind, name)
) STRICT, WITHOUT ROWID;
-- Which claims are linked.
CREATE TABLE drawn_link (
    claim INTEGER NOT NULL REFERENCES drawn (claim),
    other INTEGER NOT NULL REFERENCES drawn (claim),
    PRIMARY KEY (claim, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX drawn_link_by_other ON drawn_link (other);
-- Events that changed since they were drawn up.
CREATE TABLE undrawn (event INTEGER PRIMARY KEY REFERENCES event (no)) STRICT;

//! The embedded, append-only ledger in one SQLite file.

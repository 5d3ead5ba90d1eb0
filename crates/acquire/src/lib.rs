//! Bytes in: files, folders and JSON Lines become captures.

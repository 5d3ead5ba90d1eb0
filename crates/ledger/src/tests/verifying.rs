//! `verify` finds what was tampered with, and says where.

use super::*;

#[test]
fn a_sound_ledger_is_sound() {
    let report = full().verify(decoded).unwrap();
    assert_eq!(report.failures, []);
    assert_eq!((report.operations, report.captures, report.texts, report.attributions), (6, 5, 4, 7));
    assert_eq!((report.quotes, report.raw_ranges, report.without_raw), (35, 45, 0));
}

#[test]
fn tampering_is_found() {
    let check = |sql: &str, expect: &str| {
        let ledger = full();
        ledger.connection.pragma_update(None, "foreign_keys", false).unwrap();
        ledger.connection.pragma_update(None, "ignore_check_constraints", true).unwrap();
        assert_ne!(ledger.connection.execute(sql, []).unwrap(), 0, "{sql}");
        let report = ledger.verify(decoded).unwrap();
        let all: Vec<String> =
            report.failures.iter().map(|failure| format!("{}: {}", failure.place, failure.reason)).collect();
        assert!(all.iter().any(|line| line.contains(expect)), "{sql}: expected {expect:?}, found {all:?}");
    };
    check("UPDATE operation SET body = replace(body, 'wire', 'mire') WHERE no = 2", "other words than its digest");
    check("UPDATE operation SET author = 'nobody' WHERE no = 3", "other words than its digest");
    check("UPDATE operation SET recorded_at = recorded_at + 1 WHERE no = 3", "other words than its digest");
    check("UPDATE operation SET id = 'op_0' WHERE no = 3", "does not belong to the digest");
    check("DELETE FROM operation WHERE no = 3", "expected operation 3, found 4");
    check("DELETE FROM operation WHERE no = 6", "expected 6 operations, found 5");
    check("UPDATE blob SET packed = (SELECT packed FROM blob WHERE no = 2) WHERE no = 1", "bytes 1 do not unpack");
    check(
        "UPDATE blob SET packed = b.packed, length = b.length FROM blob b WHERE b.no = 2 AND blob.no = 1",
        "another digest",
    );
    check("DELETE FROM blob WHERE no = 1", "not there");
    check(
        "UPDATE text SET packed = b.packed, length = b.length FROM text b WHERE b.no = 2 AND text.no = 1",
        "other words",
    );
    check("UPDATE text SET digest = zeroblob(32) WHERE no = 1", "text 1: the text has other words");
    check("UPDATE record_set SET packed = zeroblob(9) WHERE no = 1", "record set 1");
    check("UPDATE record_set SET digest = zeroblob(32) WHERE no = 1", "are others than their digest");
    check("UPDATE record_set SET title = 'Leaders lied' WHERE no = 1", "differs from the records");
    check("UPDATE record_set SET pipeline = 2 WHERE no = 1", "active pipeline");
    check("UPDATE attribution SET act = 'affirm' WHERE no = 2", "differ from its records");
    check("DELETE FROM attribution WHERE no = 2", "differ from its records");
    check("UPDATE capture_view SET metadata = replace(metadata, 'Post', 'Past') WHERE no = 1", "digest");
    check("UPDATE capture_view SET observed = replace(observed, '09:00', '08:00') WHERE no = 1", "digest");
    check("UPDATE capture_view SET known_from = known_from + 1 WHERE no = 1", "do not follow each other");
    check("UPDATE capture_view SET known_until = 1 WHERE no = 5", "the last view of a capture has an end");
    check("UPDATE capture_view SET known_until = 1 WHERE no = 2", "do not follow each other");
    check("UPDATE capture_view SET stated_by = 1 WHERE no = 2", "another capture or article");
    check("UPDATE capture_view SET article = 2 WHERE no = 1", "expected one view");
    check("DELETE FROM capture_view WHERE no = 2", "expected one view");
    check("UPDATE article SET key = 'elsewhere' WHERE no = 1", "expected one view");
    check("INSERT INTO words (rowid, content) VALUES (99, 'a word too many')", "index");
    check(
        "INSERT INTO words (words, rowid, source, cue, content, title) VALUES ('delete', 1, 'officials', '', '', '')",
        "index",
    );
}

#[test]
fn raw_ranges_that_decode_to_other_words_are_named() {
    let ledger = full();
    let shouting = |capture: &Capture, ranges: &[RawRange]| {
        decoded(capture, ranges).into_iter().map(|words| words.map(|words| words.replace("denied", "DENIED"))).collect()
    };
    let report = ledger.verify(shouting).unwrap();
    assert!(report.failures.iter().any(|failure| failure.reason.contains("expected \"denied that\" at bytes")));
    assert_eq!(ledger.verify(|_, _| Vec::new()).unwrap().failures.len() as u64, report.raw_ranges);
}

#[test]
fn operations_of_a_newer_version_are_kept_and_checked() {
    let mut ledger = full();
    let (body, at) = ("{\"grade\":\"B2\"}", 1_930_000_000_000_000_i64);
    let digest = crate::operation::digest("grading", None, "desk", at, body);
    let id = crate::operation::id(&digest).to_string();
    let sql =
        "INSERT INTO operation (id, kind, author, recorded_at, digest, body) VALUES (?, 'grading', 'desk', ?, ?, ?)";
    ledger.connection.execute(sql, rusqlite::params![id, at, digest.as_bytes(), body]).unwrap();
    let same = crate::Pipeline { digest: pipeline(), description: "toy 1" };
    ledger.rebuild(same, "test", now("2031-04-01T00:00:00Z"), reread, |_| ()).unwrap();
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.unknown_kinds, stats.operations["grading"]), (vec!["grading".to_owned()], 1));
    let report = ledger.verify(decoded).unwrap();
    assert_eq!((report.unknown_operations, report.failures), (1, vec![]));
}

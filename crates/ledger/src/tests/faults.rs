//! Files that are no ledgers, other writers, full disks, killed processes: each has its own error, and nothing is hurt.
#![allow(clippy::disallowed_methods, reason = "these tests make damaged files")]

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::{ErrorKind, Options, SCHEMA_VERSION};

const NOW: &str = "2031-03-10T00:00:00Z";

fn options() -> Options {
    Options { wait: Duration::from_millis(50), ..Options::default() }
}

fn on_disk(path: &Path) -> Ledger {
    let mut ledger = Ledger::open(path, &options()).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    ledger
}

#[test]
fn files_that_are_no_ledgers_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let check = |expect: ErrorKind, says: &str| {
        let before = std::fs::read(&path).ok();
        for result in [Ledger::open(&path, &options()), Ledger::open_existing(&path, &options())] {
            let error = result.err().unwrap();
            assert_eq!(error.kind(), expect, "{error}");
            assert!(error.to_string().contains(says), "{error}");
            assert!(error.hint().is_some(), "{error}");
        }
        assert_eq!(std::fs::read(&path).ok(), before);
    };
    std::fs::create_dir(&path).unwrap();
    check(ErrorKind::Foreign, "found a folder");
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, "The minister denied the report. ".repeat(400)).unwrap();
    check(ErrorKind::Foreign, "expected a ledger, found another kind of file");
    std::fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    drop(other);
    check(ErrorKind::Foreign, "another program");
    std::fs::remove_file(&path).unwrap();
    drop(on_disk(&path));
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    drop(newer);
    check(ErrorKind::Newer, &format!("version {SCHEMA_VERSION} or older, found version {}", SCHEMA_VERSION + 1));
}

#[test]
fn what_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let error = Ledger::open_existing(&path, &options()).err().unwrap();
    assert_eq!((error.kind(), error.hint()), (ErrorKind::Absent, Some("make one with `onrecord add`")));
    assert!(!path.exists());
    let error = Ledger::open(&folder.path().join("no/such/folder/news.ledger"), &options()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Open);
    // What a kill right after the making of the file leaves.
    std::fs::write(&path, "").unwrap();
    assert_eq!(Ledger::open_existing(&path, &options()).err().unwrap().kind(), ErrorKind::Absent);
    add(&mut on_disk(&path), &PAGES, NOW);
    assert_eq!(
        Ledger::open_existing(&path, &options()).unwrap().dump(&At::default()).unwrap(),
        full().dump(&At::default()).unwrap()
    );
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let mut first = on_disk(&path);
    let mut second = on_disk(&path);
    let held = first.write().unwrap();
    let error = second.add(&[intake(&FIRST)], "test", now(NOW)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert_eq!(error.to_string(), format!("{}: another add is running on this ledger", path.display()));
    assert_eq!(second.articles(&At::default()).unwrap().found, [], "readers do not wait");
    drop(held);
    add(&mut second, &[FIRST], NOW);
    add(&mut first, &PAGES, NOW);
    assert_eq!(first.dump(&At::default()).unwrap(), full().dump(&At::default()).unwrap());
}

#[test]
fn writers_at_once_add_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let patient = Options { wait: Duration::from_secs(60), ..Options::default() };
    std::thread::scope(|scope| {
        for turn in 0..4 {
            let (path, patient) = (&path, &patient);
            scope.spawn(move || {
                let mut ledger = Ledger::open(path, patient).unwrap();
                ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
                for index in 0..PAGES.len() {
                    add(&mut ledger, &[PAGES[(index + turn) % PAGES.len()]], NOW);
                    ledger.dump(&At::default()).unwrap();
                }
            });
        }
    });
    let ledger = Ledger::open(&path, &options()).unwrap();
    assert_eq!(ledger.dump(&At::default()).unwrap(), full().dump(&At::default()).unwrap());
    assert_eq!(ledger.stats(&At::default()).unwrap().operations["capture"], 5);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn a_full_disk_hurts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    add(&mut on_disk(&path), &[FIRST], NOW);
    let size = std::fs::metadata(&path).unwrap().len() / 4_096;
    let mut small = Ledger::open(&path, &Options { max_pages: Some(size as u32 + 1), ..options() }).unwrap();
    let before = small.dump(&At::default()).unwrap();
    let noise = |seed: u32| {
        (0..9_000_u32).map(|index| format!("{} ", (index ^ seed).wrapping_mul(2_654_435_761))).collect::<String>()
    };
    let big = Intake { capture: Capture { bytes: noise(7).into_bytes(), ..capture(&GATES) }, ..intake(&GATES) };
    let error = small.add(&[intake(&UNDATED), big], "test", now(NOW)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Full);
    assert!(error.hint().unwrap().contains("free some space"));
    assert_eq!(small.dump(&At::default()).unwrap(), before);
    drop(small);
    let mut ledger = Ledger::open(&path, &options()).unwrap();
    add(&mut ledger, &PAGES, NOW);
    assert_eq!(ledger.dump(&At::default()).unwrap(), full().dump(&At::default()).unwrap());
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn a_killed_writer_leaves_whole_batches() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let copy = folder.path().join("copy.ledger");
    let mut ledger = on_disk(&path);
    add(&mut ledger, &[FIRST], NOW);
    add(&mut ledger, &[CHANGED], NOW);
    // The files as they stand after a kill: the log is not folded in, a transaction is open.
    let open = ledger.write().unwrap();
    open.execute("DELETE FROM attribution", []).unwrap();
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(folder.path().join("news.ledger-wal"), folder.path().join("copy.ledger-wal")).unwrap();
    drop(open);
    let survivor = Ledger::open_existing(&copy, &options()).unwrap();
    assert_eq!(survivor.dump(&At::default()).unwrap(), ledger.dump(&At::default()).unwrap());
    assert_eq!(survivor.stats(&At::default()).unwrap().captures, 2);
    assert_eq!(survivor.verify(decoded).unwrap().failures, []);
}

//! Copies of a ledger that is in use, ledgers made of copies, and files that are no backup.
#![allow(clippy::disallowed_methods, reason = "these tests write the files that they open")]

use std::path::{Path, PathBuf};

use super::migrating::{VERSION_1, VERSION_1_DUMP, fixture, version};
use super::withholding::{holds, on_disk};
use super::*;
use crate::{Backup, BackupStep, ErrorKind, Options, Restored, Result, SCHEMA_VERSION, Target, restore};

const NOW: &str = "2031-04-01T00:00:00Z";

fn quiet(_: BackupStep) {}

fn backup(ledger: &mut Ledger, path: &Path) -> Backup {
    ledger.backup(path, false, quiet).unwrap()
}

fn again(from: &Path, path: &Path, replace: bool) -> Result<Restored> {
    restore(from, path, replace, "test", now(NOW), quiet)
}

/// A folder with a ledger of all pages and a backup of it.
fn backed_up() -> (tempfile::TempDir, Ledger, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = on_disk(folder.path());
    add(&mut ledger, &PAGES, "2031-03-10T00:00:00Z");
    let path = folder.path().join("copy.backup");
    backup(&mut ledger, &path);
    (folder, ledger, path)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_becomes_the_ledger_that_it_was() {
    let (folder, ledger, path) = backed_up();
    let target = folder.path().join("restored.ledger");
    let restored = again(&path, &target, false).unwrap();
    assert_eq!(
        restored,
        Restored {
            backup: Backup {
                bytes: path.metadata().unwrap().len(),
                operations: 6,
                captures: 5,
                withheld: 0,
                digest: ledger.digest(&At::default()).unwrap(),
            },
            withheld_again: 0,
            replaced_unread: false,
        }
    );
    let mut of_it = Ledger::open_existing(&target, &Options::default()).unwrap();
    assert_eq!(of_it.dump(&At::default()).unwrap(), ledger.dump(&At::default()).unwrap());
    assert_eq!(of_it.verify(decoded).unwrap().failures, []);
    let mode: String = of_it.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal", "a restored ledger is read while it is written, as any other");
    let other = Page { address: "https://post.example/more", ..UNDATED };
    assert!(matches!(add(&mut of_it, &[other], NOW)[..], [Outcome::Added(_)]));
    assert_ne!(of_it.digest(&At::default()).unwrap(), ledger.digest(&At::default()).unwrap());
    assert_eq!(of_it.digest(&at(None, Some("2031-03-11"))).unwrap(), ledger.digest(&At::default()).unwrap());
    drop(of_it);
    // A backup is a ledger file itself: it is looked at without restoring it.
    assert!(Ledger::open_existing(&path, &Options::default()).is_ok());
}

#[test]
fn it_is_taken_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    drop(on_disk(folder.path()));
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut writer = on_disk(folder.path());
            for number in 0..150 {
                let address = Box::leak(format!("https://post.example/{number}").into_boxed_str());
                add(&mut writer, &[Page { address, ..FIRST }], "2031-03-10T00:00:00Z");
            }
            done.store(true, std::sync::atomic::Ordering::SeqCst);
        });
        let mut reader = on_disk(folder.path());
        let (mut taken, mut before) = (0, 0);
        while !done.load(std::sync::atomic::Ordering::SeqCst) || taken < 2 {
            let path = folder.path().join(format!("{taken}.backup"));
            let made = backup(&mut reader, &path);
            assert!(made.captures >= before, "a later backup holds no less");
            before = made.captures;
            let copy = Ledger::open_existing(&path, &Options::default()).unwrap();
            assert_eq!(copy.verify(decoded).unwrap().failures, [], "backup {taken}");
            taken += 1;
        }
        assert_eq!(backup(&mut reader, &folder.path().join("last.backup")).captures, 150);
    });
}

#[test]
fn what_was_withheld_is_in_no_backup_afterwards() {
    let (folder, mut ledger, before) = backed_up();
    let copies = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(&before).unwrap();
    std::fs::write(copies.path().join("before"), &bytes).unwrap();
    assert!(holds(copies.path(), "kolisnyk"), "the words should be in a backup made before");
    std::fs::remove_file(copies.path().join("before")).unwrap();
    // A reader holds the file, so that its free pages cannot be cleared yet.
    ledger.connection.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let reader = on_disk(folder.path());
    let snapshot = reader.snapshot().unwrap();
    let _: i64 = snapshot.query_row("SELECT count(*) FROM operation", [], |row| row.get(0)).unwrap();
    let id = article(GATES.address);
    let withheld = ledger.withhold(Target::Article(id), "privacy", "Court", "desk", now(NOW)).unwrap().unwrap();
    assert!(!withheld.is_scrubbed);
    let path = copies.path().join("after.backup");
    let made = backup(&mut ledger, &path);
    assert_eq!((made.operations, made.captures, made.withheld), (7, 4, 1));
    for words in ["courier.example", "kolisnyk", "gates stay"] {
        assert!(!holds(copies.path(), words), "{words} is in the backup");
    }
    drop(snapshot);
    // A backup made before brings nothing back: the ledger that it replaces knows what was withheld.
    let ledger_path = folder.path().join("news.ledger");
    drop((reader, ledger));
    let restored = again(&before, &ledger_path, true).unwrap();
    assert_eq!((restored.backup.withheld, restored.withheld_again, restored.replaced_unread), (0, 1, false));
    let restored = on_disk(folder.path());
    assert!(matches!(restored.article(&id, &At::default()).unwrap(), crate::Lookup::Withheld(_)));
    assert_eq!(restored.verify(decoded).unwrap().failures, []);
    drop(restored);
    std::fs::remove_file(&before).unwrap();
    assert!(!holds(folder.path(), "kolisnyk"));
}

#[test]
fn a_file_that_is_there_stays_unless_it_is_to_be_replaced() {
    let (folder, mut ledger, path) = backed_up();
    let refused = ledger.backup(&path, false, quiet).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Exists);
    assert!(refused.to_string().contains("a file is there already"), "{refused}");
    add(&mut ledger, &[Page { address: "https://post.example/more", ..UNDATED }], NOW);
    assert_eq!(ledger.backup(&path, true, quiet).unwrap().captures, 6);
    let own = folder.path().join("news.ledger");
    assert_eq!(ledger.backup(&own, true, quiet).unwrap_err().kind(), ErrorKind::Exists, "the ledger itself");
    assert_eq!(ledger.backup(folder.path(), true, quiet).unwrap_err().kind(), ErrorKind::Exists, "a folder");
    let nowhere = folder.path().join("none").join("copy.backup");
    assert_eq!(ledger.backup(&nowhere, false, quiet).unwrap_err().kind(), ErrorKind::Open);
    assert_eq!(again(&path, &own, false).unwrap_err().kind(), ErrorKind::Exists);
    assert_eq!(again(&path, &own, true).unwrap_err().kind(), ErrorKind::Busy, "somebody uses it");
    assert_eq!(again(&own, &own, true).unwrap_err().kind(), ErrorKind::Exists, "one file");
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    drop(ledger);
    assert!(again(&path, &own, true).is_ok());
    assert_eq!(names(folder.path()), ["copy.backup", "news.ledger"]);
}

#[test]
fn what_is_no_backup_is_said() {
    let (folder, ledger, path) = backed_up();
    drop(ledger);
    let whole = std::fs::read(&path).unwrap();
    let target = folder.path().join("restored.ledger");
    let bad = folder.path().join("bad.backup");
    let check = |bytes: &[u8], what: &str, kinds: &[ErrorKind], words: &str| {
        std::fs::write(&bad, bytes).unwrap();
        let error = again(&bad, &target, false).unwrap_err();
        assert!(kinds.contains(&error.kind()), "{what}: {:?}: {error}", error.kind());
        assert!(error.to_string().contains(words), "{what}: {error}");
        assert!(error.hint().is_some(), "{what}: {error}");
        assert_eq!(names(folder.path()), ["bad.backup", "copy.backup", "news.ledger"], "{what}");
    };
    check(b"", "nothing", &[ErrorKind::Foreign], "an empty file");
    check(b"Minutes of the harbour board, 6 March 2031.\n".repeat(90).as_slice(), "prose", &[ErrorKind::Foreign], "");
    for parts in 1..12 {
        let cut = whole.len() * parts / 12;
        check(&whole[..cut], &format!("cut at {cut}"), &[ErrorKind::Damaged, ErrorKind::Foreign], "");
    }
    check(&whole[..whole.len() - 1], "its last byte", &[ErrorKind::Damaged], "cut short");
    // Rows that say something else than their digests: SQLite sees nothing wrong.
    let changes = [
        "UPDATE blob SET packed = (SELECT packed FROM blob ORDER BY no DESC LIMIT 1) WHERE no = 1",
        "UPDATE operation SET author = 'somebody else' WHERE no = 3",
        "UPDATE operation SET body = replace(body, 'post.example', 'copy.example') WHERE no = 2",
        "UPDATE text SET packed = (SELECT packed FROM text ORDER BY no DESC LIMIT 1) WHERE no = 1",
        "DELETE FROM operation WHERE no = 1",
    ];
    for change in changes {
        std::fs::write(&bad, &whole).unwrap();
        rusqlite::Connection::open(&bad).unwrap().execute_batch(&format!("PRAGMA foreign_keys = 0; {change}")).unwrap();
        let changed = std::fs::read(&bad).unwrap();
        check(&changed, change, &[ErrorKind::Damaged], "the backup is damaged");
    }
    // Bytes of rows: what SQLite or a digest sees is refused, and nothing else comes of it.
    let filled: Vec<usize> = (100..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut seen = 0;
    for place in filled.iter().step_by(filled.len() / 40) {
        let mut turned = whole.clone();
        turned[*place] ^= 0x5a;
        std::fs::write(&bad, &turned).unwrap();
        let _ = std::fs::remove_file(&target);
        match again(&bad, &target, false) {
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::Damaged | ErrorKind::Foreign), "byte {place}: {error}");
                seen += 1;
            }
            // What is derived has digests of its own, which `verify` checks, and is made again by `rebuild`.
            Ok(_) => assert!(target.exists(), "byte {place}"),
        }
    }
    assert!(seen > 0, "no turned byte of 40 was seen");
    let _ = std::fs::remove_file(&target);
    let other = rusqlite::Connection::open(folder.path().join("other.backup")).unwrap();
    other.execute_batch("CREATE TABLE harbour (gate TEXT)").unwrap();
    drop(other);
    let error = again(&folder.path().join("other.backup"), &target, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Foreign);
    let error = again(&folder.path().join("none.backup"), &target, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Absent);
}

#[test]
fn a_backup_of_version_1_is_brought_up() {
    let folder = tempfile::tempdir().unwrap();
    let old = fixture(folder.path(), VERSION_1);
    let target = folder.path().join("restored.ledger");
    let restored = again(&old, &target, false).unwrap();
    assert_eq!((version(&old), version(&target)), (1, SCHEMA_VERSION), "the backup stays as it is");
    assert_eq!(restored.backup.withheld, 1);
    let ledger = Ledger::open_existing(&target, &Options::default()).unwrap();
    assert_eq!(ledger.dump(&At::default()).unwrap(), VERSION_1_DUMP);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn what_a_kill_left_is_removed_by_the_next() {
    let (folder, mut ledger, _) = backed_up();
    let left = folder.path().join("next.backup.4711.part");
    std::fs::write(&left, b"half a copy").unwrap();
    let other = folder.path().join("next.backup.notes.part");
    std::fs::write(&other, b"somebody's file").unwrap();
    backup(&mut ledger, &folder.path().join("next.backup"));
    assert!(!left.exists());
    assert!(other.exists(), "only what a backup wrote");
}

//! A file of an older version is brought to this one, and holds what it held. The fixtures are ledgers that the older versions wrote: the length of
//! the file in four bytes, then the file, deflated.
#![allow(clippy::disallowed_methods, reason = "these tests write the files that they open")]

use super::*;
use crate::{Lookup, Options, SCHEMA_VERSION, pack};

/// The pages of these tests with a second statement about the first and one article withheld; no texts were linked then.
pub(super) const VERSION_1: &[u8] = include_bytes!("fixtures/version-1.deflate");
pub(super) const VERSION_1_DUMP: &str = include_str!("fixtures/version-1.dump");

pub(super) fn fixture(folder: &std::path::Path, packed: &[u8]) -> std::path::PathBuf {
    let (length, packed) = packed.split_first_chunk::<4>().unwrap();
    let path = folder.join("news.ledger");
    std::fs::write(&path, pack::inflate(packed, u32::from_be_bytes(*length) as usize, b"").unwrap()).unwrap();
    path
}

pub(super) fn version(path: &std::path::Path) -> i32 {
    let file = rusqlite::Connection::open(path).unwrap();
    file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn version_1_is_brought_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = fixture(folder.path(), VERSION_1);
    assert_eq!(version(&path), 1);
    let mut ledger = Ledger::open(&path, &Options::default()).unwrap();
    assert_eq!(version(&path), SCHEMA_VERSION);
    assert_eq!(ledger.dump(&At::default()).unwrap(), VERSION_1_DUMP);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    assert!(matches!(ledger.article(&article(UNDATED.address), &At::default()).unwrap(), Lookup::Withheld(_)));
    let state = ledger.link_state().unwrap();
    assert_eq!((state.digest, state.linked, state.waiting, state.unprepared), (None, 0, 0, 3));
    // What linking needs was not kept then: it is read again.
    let tools = super::linking::Tools::shipped();
    let before = ledger.dump(&At::default()).unwrap();
    tools.rebuild(&mut ledger);
    assert_eq!(ledger.dump(&At::default()).unwrap(), before);
    assert_eq!((ledger.link_state().unwrap().linked, ledger.link_state().unwrap().unprepared), (3, 0));
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    drop(ledger);
    assert!(Ledger::open_existing(&path, &Options::default()).is_ok(), "it is opened again");
}

#[test]
fn a_migration_cut_at_any_statement_leaves_the_old_file() {
    use rusqlite::fallible_iterator::FallibleIterator as _;
    let folder = tempfile::tempdir().unwrap();
    let old = fixture(folder.path(), VERSION_1);
    let steps = crate::schema::steps_from(1).concat();
    let mut cuts = 0;
    for cut in 1.. {
        // The files as a kill leaves them: the first statements of the migration in an open transaction, spilled to the log by a small cache.
        let path = folder.path().join(format!("cut-{cut}"));
        std::fs::copy(&old, &path).unwrap();
        let mut file = rusqlite::Connection::open(&path).unwrap();
        file.execute_batch("PRAGMA journal_mode = WAL; PRAGMA cache_size = 1;").unwrap();
        let open = file.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
        let mut statements = rusqlite::Batch::new(&open, &steps);
        let mut done = 0;
        while let Some(mut statement) = statements.next().unwrap() {
            if done == cut {
                break;
            }
            statement.execute([]).unwrap();
            done += 1;
        }
        let copy = folder.path().join(format!("copy-{cut}"));
        for end in ["", "-wal"] {
            std::fs::copy(format!("{}{end}", path.display()), format!("{}{end}", copy.display())).unwrap();
        }
        assert_eq!(version(&copy), 1, "cut behind statement {cut}");
        let ledger = Ledger::open(&copy, &Options::default()).unwrap();
        assert_eq!(version(&copy), SCHEMA_VERSION, "cut behind statement {cut}");
        assert_eq!(ledger.dump(&At::default()).unwrap(), VERSION_1_DUMP, "cut behind statement {cut}");
        assert_eq!(ledger.verify(decoded).unwrap().failures, [], "cut behind statement {cut}");
        cuts += usize::from(done == cut);
        if done < cut {
            break;
        }
    }
    assert!(cuts > 30, "{cuts} statements");
}

#[test]
fn an_old_file_may_only_be_read_by_whoever_may_write_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = fixture(folder.path(), VERSION_1);
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    // Whoever may do everything, as in a container, may write it too.
    if let Err(error) = Ledger::open_existing(&path, &Options::default()) {
        assert_eq!(error.kind(), crate::ErrorKind::ReadOnly);
        assert_eq!(version(&path), 1);
    }
}

//! The Nth call that writes fails, for every N: what was acknowledged is there, nothing is there twice, and the ledger goes on.
//!
//! The test program defines the calls by which SQLite writes itself, so the linker takes these for the system's. They fail on the one thread that
//! asks for it, and are the system's for everybody else.
#![allow(clippy::disallowed_methods, reason = "these tests write the files that they open")]

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::path::Path;

use super::*;
use crate::{ErrorKind, Options, Target};

const NOW: &str = "2031-03-10T00:00:00Z";

/// Which calls fail.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// The one behind so many.
    Once(u32, c_int),
    /// All behind so many.
    For(u32, c_int),
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::None) };
    static FAILED: Cell<u32> = const { Cell::new(0) };
}

/// The error of this call, if it is to fail.
fn error() -> Option<c_int> {
    let (next, error) = match FAULT.get() {
        Fault::None => return None,
        Fault::Once(0, error) => (Fault::None, Some(error)),
        Fault::For(0, error) => (Fault::For(0, error), Some(error)),
        Fault::Once(left, error) => (Fault::Once(left - 1, error), None),
        Fault::For(left, error) => (Fault::For(left - 1, error), None),
    };
    FAULT.set(next);
    if error.is_some() {
        FAILED.set(FAILED.get() + 1);
    }
    error
}

/// Defines a call of the system that can fail; it gives -1 then, as the system does. What only waits for the disk does nothing else here.
macro_rules! failing {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $gives:ty = $call:expr;)*) => {$(
        #[unsafe(no_mangle)]
        extern "C" fn $name($($argument: $kind),*) -> $gives {
            // SAFETY: the place of this thread's error is always there; the call has the arguments of the one whose name it has.
            unsafe {
                if let Some(error) = error() {
                    *libc::__errno_location() = error;
                    return -1;
                }
                $call as $gives
            }
        }
    )*};
}

failing! {
    pwrite64(file: c_int, bytes: *const c_void, count: usize, at: i64) -> isize = libc::syscall(libc::SYS_pwrite64, file, bytes, count, at);
    ftruncate64(file: c_int, length: i64) -> c_int = libc::syscall(libc::SYS_ftruncate, file, length);
    fsync(_file: c_int) -> c_int = 0;
    fdatasync(_file: c_int) -> c_int = 0;
}

fn open(path: &Path) -> crate::Result<Ledger> {
    Ledger::open(path, &Options::default())
}

fn withhold(ledger: &mut Ledger) -> crate::Result<()> {
    let target = Target::Article(article(UNDATED.address));
    ledger.withhold(target, "privacy", "Harbour Court", "desk", now(NOW)).map(drop)
}

/// Opens, adds page by page, takes one article away; how many steps were acknowledged, and the first error.
fn work(path: &Path) -> (usize, Option<crate::Error>) {
    let mut done = 0;
    let mut steps = || -> crate::Result<()> {
        let mut ledger = open(path)?;
        for page in &PAGES[1..] {
            ledger.add(&[intake(page)], "test", now(NOW))?;
            done += 1;
        }
        withhold(&mut ledger)?;
        done += 1;
        Ok(())
    };
    let error = steps().err();
    (done, error)
}

/// What the ledger holds after each number of steps.
fn expected(base: &Path, folder: &Path) -> Vec<String> {
    let path = folder.join("expected.ledger");
    std::fs::copy(base, &path).unwrap();
    let dump = || open(&path).unwrap().dump(&At::default()).unwrap();
    let mut expected = vec![dump()];
    for page in &PAGES[1..] {
        add(&mut open(&path).unwrap(), &[*page], NOW);
        expected.push(dump());
    }
    withhold(&mut open(&path).unwrap()).unwrap();
    expected.push(dump());
    expected
}

/// Lets the work fail by `fault` and checks what is left; whether the fault was reached.
fn check(base: &Path, folder: &Path, expected: &[String], fault: Fault) -> bool {
    let path = folder.join("failing.ledger");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    std::fs::copy(base, &path).unwrap();
    FAILED.set(0);
    FAULT.set(fault);
    let (done, error) = work(&path);
    FAULT.set(Fault::None);
    if let Some(error) = &error {
        let kinds = [ErrorKind::Full, ErrorKind::Store, ErrorKind::Open, ErrorKind::Damaged, ErrorKind::ReadOnly];
        assert!(kinds.contains(&error.kind()), "{fault:?}: {error}");
    }
    let ledger = open(&path).unwrap();
    let dump = ledger.dump(&At::default()).unwrap();
    // A step whose last call failed may have gone in without being acknowledged; never two, never a part of one.
    let one_more = expected.get(done + 1).filter(|_| error.is_some());
    assert!(expected[done] == dump || one_more == Some(&dump), "{fault:?}: not what was acknowledged, {done} steps");
    assert_eq!(ledger.verify(decoded).unwrap().failures, [], "{fault:?}");
    drop(ledger);
    if error.is_some() {
        let mut ledger = open(&path).unwrap();
        add(&mut ledger, &PAGES, NOW);
        let is_withheld = done + 1 == PAGES.len() && one_more == Some(&dump);
        let whole = &expected[PAGES.len() - usize::from(!is_withheld)];
        assert!(ledger.dump(&At::default()).unwrap() == *whole, "{fault:?}: other rows after all was added again");
        assert_eq!(ledger.verify(decoded).unwrap().failures, [], "{fault:?}");
    }
    FAILED.get() > 0
}

#[test]
fn a_write_that_fails_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base.ledger");
    let mut ledger = open(&base).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    add(&mut ledger, &[FIRST], NOW);
    drop(ledger);
    let expected = expected(&base, folder.path());
    // A disk that stays full is the same for many numbers: every fifth tells as much.
    type Kind = fn(u32) -> Fault;
    let kinds: [(Kind, usize); 2] =
        [(|after| Fault::Once(after, libc::EIO), 1), (|after| Fault::For(after, libc::ENOSPC), 5)];
    for (kind, step) in kinds {
        let afters = (0..).step_by(step);
        let reached = afters.take_while(|after| check(&base, folder.path(), &expected, kind(*after))).count();
        assert!(reached > 30, "{reached} calls failed");
    }
}

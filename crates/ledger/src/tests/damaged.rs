//! Ledgers with a bit flipped or an end cut off: refused, or read as they were, or `verify` says that they are not. Not other programs' files.
#![allow(clippy::disallowed_methods, reason = "these tests make damaged files")]

use std::path::{Path, PathBuf};

use super::*;
use crate::{Options, Query};

/// Damages of each kind.
const FLIPS: usize = 700;
const CUTS: usize = 300;

/// All that people ask for: rows, hits, counts, the log, the revisions of each article.
#[derive(PartialEq, Eq, Debug)]
struct Shown {
    dump: String,
    rest: Vec<String>,
}

fn shown(ledger: &Ledger) -> crate::Result<Shown> {
    let at = At::default();
    let mut rest = Vec::new();
    for words in ["denied", "governor", "harbour", "\"a call took place\""] {
        let query = Query { words: words.to_owned(), ..Query::default() };
        rest.push(format!("{:?}", ledger.search(&query, &at)?));
    }
    rest.push(format!("{:?}", ledger.stats(&at)?));
    rest.push(format!("{:?}", ledger.log(None, &at)?));
    rest.push(format!("{:?}", ledger.articles(&at)?));
    Ok(Shown { dump: format!("{:?}", ledger.dump(&at)?), rest })
}

/// What became of a damaged ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// It does not open, or a question is answered by an error.
    Refused,
    /// Everything is as it was.
    Unhurt,
    /// Something is answered otherwise, and `verify` is not content.
    Told,
}

struct Damaged {
    path: PathBuf,
    expect: Shown,
}

impl Damaged {
    fn outcome(&self, bytes: &[u8], what: &str) -> Outcome {
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.path.display()));
        }
        std::fs::write(&self.path, bytes).unwrap();
        let Ok(ledger) = Ledger::open_existing(&self.path, &Options::default()) else { return Outcome::Refused };
        let Ok(shown) = shown(&ledger) else { return Outcome::Refused };
        if shown == self.expect {
            return Outcome::Unhurt;
        }
        let report = ledger.verify(decoded);
        assert!(
            !report.is_ok_and(|report| report.is_sound()),
            "{what}: other answers, and verify is content: {shown:?}"
        );
        Outcome::Told
    }
}

fn sound(path: &Path) -> Damaged {
    let mut ledger = Ledger::open(path, &Options::default()).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    add(&mut ledger, &PAGES, "2031-03-10T00:00:00Z");
    Damaged { path: path.to_owned(), expect: shown(&ledger).unwrap() }
}

/// A linear congruential generator (Knuth): the same places each time.
fn places() -> impl Iterator<Item = usize> {
    std::iter::successors(Some(12_345_u64), |place| {
        Some(place.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    })
    .map(|place| (place >> 20) as usize)
}

#[test]
fn a_flipped_bit_never_gives_other_rows() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = sound(&folder.path().join("news.ledger"));
    let bytes = std::fs::read(&damaged.path).unwrap();
    let mut outcomes = Vec::new();
    for place in places().skip(1).take(FLIPS) {
        let (index, bit) = (place % bytes.len(), place / bytes.len() % 8);
        let mut bytes = bytes.clone();
        bytes[index] ^= 1 << bit;
        outcomes.push(damaged.outcome(&bytes, &format!("bit {bit} of byte {index}")));
    }
    let count = |outcome| outcomes.iter().filter(|found| **found == outcome).count();
    let counts = [Outcome::Refused, Outcome::Unhurt, Outcome::Told].map(count);
    assert!(counts.iter().all(|count| *count > 0), "refused, unhurt, told: {counts:?}");
}

#[test]
fn a_cut_file_never_gives_other_rows() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = sound(&folder.path().join("news.ledger"));
    let bytes = std::fs::read(&damaged.path).unwrap();
    // Pages of SQLite, and any byte.
    let pages = (0..bytes.len()).step_by(4_096);
    let any = places().skip(1).map(|place| place % bytes.len());
    let outcomes: Vec<_> =
        pages.chain(any).take(CUTS).map(|len| damaged.outcome(&bytes[..len], &format!("cut at {len}"))).collect();
    // The end of the last page may hold nothing.
    let unhurt = outcomes.iter().filter(|outcome| **outcome == Outcome::Unhurt).count();
    assert!(unhurt <= 1 + CUTS / (bytes.len() / 4_096), "{unhurt} cuts are not missed");
}

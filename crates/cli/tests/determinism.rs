//! The same captures give the same record: whatever the number of threads, and in whatever order they came.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "these tests make files and run the binary"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn run(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/harbour-call")
}

#[test]
fn threads_do_not_change_what_is_read() {
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let one = run(folder.path(), &["read", "--json", "--threads", "1", corpus]);
    let three = run(folder.path(), &["read", "--json", "--threads", "3", corpus]);
    assert!(one.lines().count() > 100, "{}", one.lines().count());
    assert!(one == three, "one and three threads give different lines");
}

#[test]
fn the_order_of_arrival_does_not_change_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<String> = fs::read_dir(corpus())
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.ends_with(".html") || path.ends_with(".jsonl"))
        .collect();
    files.sort();
    let record = |ledger: &str, files: &[String]| {
        for file in files {
            run(folder.path(), &["add", "--quiet", "--ledger", ledger, file]);
        }
        let found = run(folder.path(), &["search", "--json", "--limit", "100000", "--ledger", ledger]);
        let as_of =
            run(folder.path(), &["search", "--json", "--limit", "100000", "--as-of", "2031-03-11", "--ledger", ledger]);
        (found, as_of)
    };
    let forward = record("forward.db", &files);
    files.reverse();
    let backward = record("backward.db", &files);
    assert!(forward.0.lines().count() > 100 && forward.1.lines().count() < forward.0.lines().count());
    assert!(forward == backward, "two orders of arrival give different records");
    // All at once is a third order.
    let mut at_once = vec!["add", "--quiet", "--ledger", "once.db"];
    at_once.extend(files.iter().map(String::as_str));
    run(folder.path(), &at_once);
    assert!(run(folder.path(), &["search", "--json", "--limit", "100000", "--ledger", "once.db"]) == forward.0);
}

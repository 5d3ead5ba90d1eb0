//! A folder with one good article, and the binary run in it. Shared by the tests of this folder; holds no tests.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Two attributions, one of them contested.
pub const GOOD: &str =
    "The harbour master denied on Monday that crates were missing. “Nothing was taken,” Ilse Marn said.\n";

/// A folder with one good article, and the binary run in it.
pub struct Bench {
    pub folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        bench.write("good.txt", GOOD);
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), bytes).unwrap();
        self
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("ONRECORD_LEDGER")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().unwrap())
    }

    /// The JSON lines that a run which ends with `code` prints.
    pub fn json(&self, args: &[&str], code: i32) -> Vec<serde_json::Value> {
        let ran = self.run(args);
        ran.check(code, &[]);
        ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn captures(&self) -> u64 {
        let stats = self.run(&["stats", "--json"]);
        let value: serde_json::Value = serde_json::from_str(&stats.out()).unwrap();
        value["captures"].as_u64().unwrap()
    }
}

/// What a run gave.
pub struct Ran(pub Output);

impl Ran {
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Ended with `code`, said all of `words` on standard error, and did not panic.
    pub fn check(&self, code: i32, words: &[&str]) -> &Self {
        let err = self.err();
        assert_eq!(self.0.status.code(), Some(code), "standard error: {err}");
        assert!(!err.contains("panicked"), "{err}");
        for word in words {
            assert!(err.contains(word), "expected {word:?} in: {err}");
        }
        self
    }
}

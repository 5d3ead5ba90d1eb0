//! kill -9 at random moments: what was acknowledged is in, and nothing is in twice. The long form is the harness of `onrecord add`.
#![allow(clippy::disallowed_methods, reason = "the killed process is this test program, told by its environment")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::*;
use crate::Options;

const LEDGER: &str = "ONRECORD_TEST_KILLED_LEDGER";
const KILLS: u32 = 12;
const PAGES_OF_ALL: usize = 400;

fn page(number: usize) -> Page {
    // Every third page is an address that is known, with another text.
    let address = format!("https://post.example/{}", number - number % 3);
    let bytes = format!("Title: Page {number}\nDate: 2031-03-06\n\nThe governor denied that train {number} was late.");
    Page { address: Box::leak(address.into_boxed_str()), fetched: None, bytes: Box::leak(bytes.into_boxed_str()) }
}

/// The process that is killed: adds page after page, and says so once each is in. Does nothing when run as a test.
#[test]
fn killed_writer() {
    let Ok(path) = std::env::var(LEDGER) else { return };
    let mut ledger = Ledger::open(Path::new(&path), &Options::default()).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    let mut out = std::io::stdout();
    let tools = super::linking::Tools::shipped();
    for number in 0..PAGES_OF_ALL {
        tools.add(&mut ledger, &[page(number)], "2031-03-10T00:00:00Z");
        writeln!(out, "\nin {number}").and_then(|()| out.flush()).unwrap();
    }
}

fn captures_in(ledger: &Ledger) -> usize {
    ledger.stats(&At::default()).unwrap().captures as usize
}

#[test]
fn acknowledged_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let mut acknowledged = std::collections::BTreeSet::new();
    for turn in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::kill::killed_writer", "--nocapture"])
            .env(LEDGER, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let reading = std::thread::spawn(move || {
            let lines = out.lines().map_while(std::result::Result::ok);
            lines.filter_map(|line| line.strip_prefix("in ")?.parse::<usize>().ok()).collect::<Vec<_>>()
        });
        std::thread::sleep(Duration::from_millis(u64::from(5 + turn * 37 % 220)));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(reading.join().unwrap());
        if !path.exists() {
            continue;
        }
        let ledger = Ledger::open(&path, &Options::default()).unwrap();
        let captures: std::collections::BTreeSet<_> =
            ledger.log(None, &At::default()).unwrap().into_iter().filter_map(|operation| operation.target).collect();
        for number in &acknowledged {
            assert!(captures.contains(&capture(&page(*number)).id().to_string()), "page {number} was acknowledged");
        }
        assert_eq!(ledger.stats(&At::default()).unwrap().captures as usize, captures.len(), "none is in twice");
        assert_eq!(ledger.verify(decoded).unwrap().failures, []);
        // Each page is another text: what is in is linked, and linked once.
        let state = ledger.link_state().unwrap();
        assert_eq!((state.linked as usize, state.waiting, state.unprepared), (captures_in(&ledger), 0, 0));
    }
    assert!(!acknowledged.is_empty(), "the writer never got to add anything");
}

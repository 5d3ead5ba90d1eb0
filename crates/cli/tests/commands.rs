//! What the commands do with good input, through the binary: the options, standard input, and the lines of `--json`. What they do
//! with bad input is in `faults.rs`; how it looks to people is in `tests/suite`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "these tests make files and run the binary"
)]

mod bench;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use onrecord::evidence::{ArticleId, Capture, Digest, MediaType};
use onrecord::ledger::{Derived, Intake, KeptReading, Ledger, Options};
use serde_json::Value;

use bench::{Bench, GOOD, Ran};

/// An article of another language, for which Onrecord has no model.
const FOREIGN: &str = "Der Hafenmeister bestritt am Montag, dass Kisten fehlten. „Es wurde nichts gestohlen“, sagte Ilse Marn \
     der Zeitung am Abend, und sie werde sich zu den Vorwürfen der Opposition nicht weiter äußern. Die Behörde prüft den Fall.\n";

/// A ledger with the same words at two addresses and dates.
fn dated() -> Bench {
    let bench = Bench::new();
    let line = |number: u32, outlet: &str, day: &str, who: &str| {
        format!(
            "{{\"url\": \"https://wire.example/{number}\", \"outlet\": \"{outlet}\", \"published\": \"{day}\", \
             \"text\": \"{who} denied on Monday that crates were missing.\"}}\n"
        )
    };
    bench.write(
        "wire.jsonl",
        line(1, "Alben Courier", "2031-03-01", "The harbour master")
            + &line(2, "Teyne Sentinel", "2031-03-09", "Governor Ilse Marn"),
    );
    bench.run(&["add", "wire.jsonl"]).check(0, &["2 added"]);
    bench
}

fn piped(bench: &Bench, args: &[&str], input: &str) -> Ran {
    let mut command = bench.command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Ran(child.wait_with_output().unwrap())
}

#[test]
fn standard_input_is_read_and_kept() {
    let bench = Bench::new();
    let read = piped(&bench, &["read", "-", "--spans"], GOOD);
    read.check(0, &[]);
    assert!(read.out().starts_with(r#"{"doc":"-","attributions":[{"#), "{}", read.out());
    piped(&bench, &["add", "-"], GOOD).check(0, &["1 added"]);
    // The same bytes from a file are the same capture.
    bench.run(&["add", "good.txt"]).check(0, &["0 added", "1 known"]);
    bench.run(&["read", "-", "-"]).check(2, &["only once"]);
}

#[test]
fn records_are_named_by_their_line_for_a_scorer() {
    let bench = dated();
    let spans = bench.run(&["read", "--spans", "wire.jsonl"]);
    spans.check(0, &[]);
    let names: Vec<_> = spans.out().lines().map(|line| line[..15].to_owned()).collect();
    assert_eq!(names, [r#"{"doc":"wire:1""#, r#"{"doc":"wire:2""#]);
}

#[test]
fn what_is_told_stands_in_the_record() {
    let bench = Bench::new();
    let told = ["--url", "https://wire.example/7", "--outlet", "Alben Courier", "--published", "2031-03-06"];
    let article = bench.json(&[&["read", "good.txt", "--json"][..], &told].concat(), 0).remove(0);
    assert_eq!(article["address"], serde_json::json!({"value": "https://wire.example/7", "from": "user"}));
    assert_eq!(article["outlet"]["value"], "Alben Courier");
    assert_eq!(article["published"]["value"]["granularity"], "day");
    bench.run(&[&["add", "good.txt"][..], &told].concat()).check(0, &["1 added"]);
    let hit = bench.json(&["search", "crates", "--json"], 0).remove(0);
    assert_eq!((&hit["address"], &hit["outlet"]), (&article["address"]["value"], &article["outlet"]["value"]));
    // Said again it is known; said otherwise it is a new statement about the same capture.
    bench.run(&[&["add", "good.txt"][..], &told].concat()).check(0, &["1 known"]);
    let lines = bench.json(&["add", "good.txt", "--outlet", "Teyne Sentinel", "--json"], 0);
    assert_eq!(lines[0]["type"], "restated");
}

#[test]
fn search_is_narrowed_by_source_and_time() {
    let bench = dated();
    let check = |options: &[&str], expect: &[u32]| {
        let found = bench.json(&[&["search", "crates", "--json"][..], options].concat(), i32::from(expect.is_empty()));
        let mut addresses: Vec<_> = found.iter().map(|hit| hit["address"].as_str().unwrap().to_owned()).collect();
        addresses.sort();
        let expect: Vec<_> = expect.iter().map(|number| format!("https://wire.example/{number}")).collect();
        assert_eq!(addresses, expect, "{options:?}");
    };
    check(&[], &[1, 2]);
    check(&["--source", "governor"], &[2]);
    check(&["--source", "crates"], &[]);
    check(&["--outlet", "alben courier"], &[1]);
    check(&["--since", "2031-03-02"], &[2]);
    check(&["--until", "2031-03-02"], &[1]);
    check(&["--since", "2031-03-02", "--until", "2031-03-03"], &[]);
    check(&["--as-of", "2031-03-05"], &[1]);
    check(&["--known-at", "2001-01-01"], &[]);
    check(&["--act", "retract"], &[]);
    // One more than is shown is told apart from exactly so many.
    bench.run(&["search", "crates", "--limit", "1"]).check(0, &["only the first 1"]);
    assert_eq!(bench.run(&["search", "crates", "--limit", "2"]).err(), "");
    bench.run(&["search", "crates", "--limit", "0"]).check(2, &["--limit"]);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let bench = dated();
    let check = |args: &[&str], code| assert_eq!(bench.run(args).check(code, &[]).err(), "", "{args:?}");
    check(&["search", "nobody", "--quiet"], 1);
    check(&["search", "crates", "--limit", "1", "--quiet"], 0);
    check(&["show", "att_0000", "--quiet"], 1);
    check(&["withhold", "art_0000", "--reason", "r", "--authority", "a", "--yes", "--quiet"], 1);
    check(&["rebuild", "--quiet"], 0);
    check(&["stats", "--quiet"], 0);
    check(&["verify", "--quiet"], 0);
}

#[test]
fn every_input_is_counted_once() {
    let bench = Bench::new();
    bench.write("german.txt", FOREIGN).write("empty.txt", "").write("notes.pdf", "passed over").write(".hidden", "too");
    let lines = "{\"text\": \"Nobody was hurt, she said.\", \"fetched_at\": \"soon\"}\n{}\n";
    bench.write("wire.jsonl", lines);
    let lines = bench.json(&["read", "--json", ".", "nowhere.txt"], 2);
    let summary = lines.last().unwrap();
    let count = |key: &str| summary[key].as_u64().unwrap();
    assert_eq!([count("inputs"), count("read"), count("unread"), count("failed")], [6, 2, 1, 3], "{summary}");
}

#[test]
fn show_gives_every_kind_of_thing() {
    let bench = dated();
    bench.write("german.txt", FOREIGN);
    let added = bench.json(&["add", "german.txt", "--json"], 0).into_iter().find(|line| line["type"] == "added");
    let foreign = added.unwrap()["article"].as_str().unwrap().to_owned();
    let hit = bench.json(&["search", "crates", "--source", "governor", "--json"], 0).remove(0);
    let id = |key: &str| hit[key].as_str().unwrap().to_owned();
    let show = |id: &str| bench.json(&["show", id, "--json"], 0);
    assert_eq!(show(&id("id")), std::slice::from_ref(&hit));
    for key in ["article", "revision"] {
        let lines = show(&id(key));
        assert_eq!((&lines[0]["type"], &lines[0]["attributions"]), (&Value::from("kept-article"), &Value::from(1)));
        assert_eq!((&lines[0]["revision"], &lines[1]), (&hit["revision"], &hit));
    }
    let capture = show(&id("capture")).remove(0);
    assert_eq!((&capture["type"], &capture["article"]), (&Value::from("capture"), &hit["article"]));
    assert_eq!(capture["file"], "wire.jsonl:2");
    // An article that was left unread says so.
    let lines = show(&foreign);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["language"], serde_json::json!({"code": "deu", "read": false}));
    let order = ["withhold", &foreign, "--reason", "an order", "--authority", "a court", "--yes"];
    let said = bench.run(&order).out();
    let operation = said.trim().rsplit(' ').next().unwrap();
    let operation = show(operation).remove(0);
    assert_eq!((&operation["type"], &operation["kind"]), (&Value::from("operation"), &Value::from("withhold")));
    bench.run(&["show", &foreign]).check(1, &["withheld on", "a court"]);
    // For people, each kind begins with what it is.
    for key in ["id", "article", "revision", "capture"] {
        assert!(bench.run(&["show", &id(key)]).check(0, &[]).out().contains(&id(key)), "{key}");
    }
}

#[test]
fn rebuild_says_that_nothing_was_lost() {
    let bench = dated();
    let lines = bench.json(&["rebuild", "--json"], 0);
    let summary = lines.last().unwrap();
    assert_eq!((&summary["captures"], &summary["lost"], &summary["gained"]), (&2.into(), &0.into(), &0.into()));
}

#[test]
fn rebuild_says_which_captures_lost_their_text() {
    let bench = Bench::new();
    // A ledger of another version that made a text of bytes which give none now.
    let now = "2031-03-06T09:00:00Z".parse().unwrap();
    let mut ledger = Ledger::open(&bench.path("onrecord.db"), &Options::default()).unwrap();
    ledger.activate_pipeline(Digest::of_bytes(b"another version"), "another version", "desk", now).unwrap();
    let capture = Capture {
        bytes: b" \n".to_vec(),
        media_type: MediaType::Text,
        address: None,
        fetched: None,
        location: "blank.txt".to_owned(),
        delivery: None,
    };
    let reading = KeptReading { text: "Nobody was hurt.".to_owned(), records: Vec::new() };
    let intake = Intake {
        capture,
        article: ArticleId::of_fields(&[b"blank"]),
        article_key: "blank".to_owned(),
        stated: None,
        derived: Derived { reading: Some(reading), ..Derived::default() },
    };
    ledger.add(&[intake], "desk", now).unwrap();
    drop(ledger);
    let lines = bench.json(&["rebuild", "--json"], 2);
    assert_eq!((&lines[0]["id"], &lines[0]["place"]), (&"empty-input".into(), &"blank.txt".into()));
    assert_eq!((&lines[1]["captures"], &lines[1]["lost"]), (&1.into(), &1.into()));
    // It was without a text before the next rebuild: nothing more is lost, and it is still said.
    bench.run(&["rebuild"]).check(0, &["empty-input", "0 lost"]);
    bench.run(&["verify"]).check(0, &[]);
}

/// The keys of `value` and below, but for those that are data.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                into.insert(key.clone());
                if !matches!(&**key, "by_act" | "by_outlet" | "operations" | "body" | "stated") {
                    keys(value, into);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

/// A bench with the articles of one sample story.
fn claims_of_a_story() -> Bench {
    let bench = Bench::new();
    for file in onrecord::samples::STORIES[0].files {
        bench.write(file.name, file.bytes);
    }
    fs::remove_file(bench.path("good.txt")).unwrap();
    bench.run(&["add", ".", "--quiet"]).check(0, &[]);
    bench
}

#[test]
fn a_claim_is_listed_shown_explained_and_decided_on() {
    let bench = claims_of_a_story();
    bench.run(&["relink"]).check(0, &["texts linked"]);
    let shows = |args: &[&str], words: &[&str]| {
        let ran = bench.run(args);
        ran.check(0, &[]);
        words.iter().for_each(|word| assert!(ran.out().contains(word), "expected {word:?} in: {}", ran.out()));
    };
    let disputed = bench.json(&["claims", "--standing", "disputed", "--json"], 0);
    assert!(!disputed.is_empty() && disputed.iter().all(|claim| claim["standing"] == "disputed"));
    let id = disputed[0]["claim"].as_str().unwrap();
    let begins = &id[..12];
    shows(&["claims"], &["DISPUTED", "in this ledger:", id]);
    let parts = ["Who says what", "DENY IT", "Origins:", "Changes of standing", "For a report", id];
    shows(&["show", begins], &parts);
    shows(&["show", &begins[4..]], &[id]);
    shows(&["why", begins], &["The rules in their order", "is it an intention or an opinion? no", "yes"]);
    shows(&["origins", begins], &["Origins:", "first known report:"]);
    for command in ["show", "why", "origins"] {
        bench.run(&[command, begins, "--as-of", "2020-01-01"]).check(1, &["nothing was on record", id]);
        bench.run(&[command, begins, "--known-at", "2020-01-01"]).check(1, &["no claim in"]);
        bench.run(&[command, "clm_uuu"]).check(1, &["no claim in"]);
    }
    bench.run(&["claims", "--as-of", "2020-01-01"]).check(1, &["no claim on record"]);
    bench.run(&["claims", "--standing", "true"]).check(2, &["expected one of withdrawn, disputed"]);
    bench.run(&["decisions"]).check(1, &["no such decision"]);
    // What a person sets apart stays apart, until it is taken back.
    let statements = bench.json(&["why", begins, "--joined", "--json"], 0);
    assert!(statements.len() > 2);
    let leaving = statements.iter().rev().find(|one| one["joining"] == "same-proposition").unwrap();
    let leaving = leaving["statement"].as_str().unwrap();
    let signed = ["--author", "A. Editor", "--reason", "another call"];
    shows(&[&["split", begins, leaving][..], &signed].concat(), &["split op_"]);
    let kept = bench.json(&["decisions", "--json"], 0);
    assert_eq!(
        (&kept[0]["decision"], &kept[0]["holds"], &kept[0]["orphan"]),
        (&"split".into(), &true.into(), &false.into())
    );
    assert_eq!(kept[0]["anchors"][0]["statements"][0], leaving);
    bench.run(&["relink"]).check(0, &["texts linked"]);
    bench.run(&["why", id, leaving]).check(1, &["has no statement"]);
    shows(&["undo", "last", "--author", "A. Editor", "--reason", "it is the same"], &["undo op_"]);
    shows(&["why", id, leaving], &[leaving]);
    assert_eq!(bench.json(&["claims", "--standing", "disputed", "--json"], 0), disputed);
    shows(&["decisions", "--only", "undone"], &["taken back", "A. Editor", "another call"]);
    bench.run(&[&["undo", "op_00000000000000"][..], &signed].concat()).check(1, &[]);
    bench.run(&[&["split", begins, "stm_uu"][..], &signed].concat()).check(1, &["no statement in"]);
    bench.run(&["merge", begins, begins, "--author", "desk", "--reason", "one"]).check(1, &["one claim already"]);
    bench.run(&["merge", begins, begins, "--author", "desk", "--reason", " "]).check(2, &["--reason"]);
    bench.run(&["verify"]).check(0, &[]);
}

#[test]
fn every_key_and_type_that_is_printed_is_specified() {
    let bench = dated();
    bench.write("german.txt", FOREIGN).write("empty.txt", "");
    bench.write("hedged.txt", "Two officials reportedly denied on Monday that crates may be missing.\n");
    let mut lines = bench.json(&["add", "german.txt", "empty.txt", "hedged.txt", "--json"], 2);
    lines.extend(bench.json(&["read", ".", "--json"], 2));
    for command in ["stats", "verify", "rebuild"] {
        lines.extend(bench.json(&[command, "--json"], 0));
    }
    lines.extend(bench.json(&["search", "crates", "--json"], 0));
    let hit = lines.last().unwrap().clone();
    for key in ["article", "capture"] {
        lines.extend(bench.json(&["show", hit[key].as_str().unwrap(), "--json"], 0));
    }
    let claims = claims_of_a_story();
    lines.extend(claims.json(&["relink", "--json"], 0));
    let listed = claims.json(&["claims", "--all", "--limit", "100", "--json"], 0);
    for claim in listed.iter().take(12) {
        let id = claim["claim"].as_str().unwrap();
        for command in [
            &["show", id, "--json"][..],
            &["why", id, "--json"],
            &["why", id, "--joined", "--json"],
            &["origins", id, "--json"],
        ] {
            lines.extend(claims.json(command, 0));
        }
    }
    let statement = claims.json(&["why", listed[0]["claim"].as_str().unwrap(), "--joined", "--json"], 0);
    let statement = statement[0]["statement"].as_str().unwrap().to_owned();
    lines.extend(claims.json(&["accept", &statement, "--reason", "read", "--author", "desk", "--json"], 0));
    lines.extend(claims.json(&["decisions", "--json"], 0));
    lines.extend(listed);
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite");
    for entry in fs::read_dir(&suite).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(path).unwrap().replace("\"[..]\"", "0").replace("[..]", "0");
            lines.extend(text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()));
        }
    }
    let mut printed = BTreeSet::new();
    for line in &lines {
        keys(line, &mut printed);
        printed.extend(line["type"].as_str().map(str::to_owned));
    }
    assert!(printed.len() > 60, "only {} keys were printed: {printed:?}", printed.len());
    let specification = fs::read_to_string(suite.join("../../docs/wire.md")).unwrap();
    let words: BTreeSet<_> =
        specification.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-')).collect();
    let missing: Vec<_> = printed.iter().filter(|key| !words.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "not in docs/wire.md: {missing:?}");
}

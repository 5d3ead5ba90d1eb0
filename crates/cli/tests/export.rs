//! What leaves a ledger: the same twice, under the quotation cap, without what was withheld, with initials for private people, decided claims only where a person decided.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests run the binary on files")]

mod bench;

use bench::Bench;
use serde_json::Value;

const CALL: &str = r#"{"url":"https://post.example/call","outlet":"Alben Post","title":"Marn warned Orsel","published":"2031-03-10T07:00:00Z","text":"Governor Ilse Marn telephoned the leader of Orsel on Sunday, two officials said. Marn's spokesman, Tobias Keld, denied on Monday that she had telephoned the leader of Orsel."}"#;
const LATER: &str = r#"{"url":"https://herald.example/ferry","outlet":"Straits Herald","title":"Ferry sank","published":"2031-03-12T07:00:00Z","text":"Lene Oduya said that the ferry sank off Lenn on Tuesday. The Straits Harbour Board said on Wednesday that at least 12 people were killed when the ferry sank off Lenn. The Lenn Coastguard denied on Wednesday that 12 people were killed when the ferry sank off Lenn."}"#;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("news.jsonl", format!("{CALL}\n{LATER}\n"));
    bench.run(&["add", "news.jsonl", "--quiet"]).check(0, &[]);
    bench
}

fn rows(bench: &Bench, args: &[&str]) -> Vec<Value> {
    bench.json(&[&["export", "--quiet"], args].concat(), 0)
}

fn text<'row>(row: &'row Value, column: &str) -> &'row str {
    row[column].as_str().unwrap_or_default()
}

#[test]
fn a_release_is_the_same_twice_and_rows_outlive_a_rebuild() {
    let bench = bench();
    let release = |folder: &str| {
        let ran = bench.run(&["export", "--format", "release", "--output", folder, "--quiet"]);
        ran.check(0, &[]);
        ran.out().split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(release("one"), release("other"));
    let without_ledger = |table: &str| {
        let mut rows = rows(&bench, &["--table", table]);
        rows.iter_mut().for_each(|row| row["ledger"] = Value::Null);
        rows
    };
    let before: Vec<_> = ["attributions", "claims", "positions", "origins", "figures"].map(without_ledger).into();
    assert!(before.iter().all(|rows| !rows.is_empty()), "{before:#?}");
    bench.run(&["rebuild", "--quiet"]).check(0, &[]);
    let after: Vec<_> = ["attributions", "claims", "positions", "origins", "figures"].map(without_ledger).into();
    assert_eq!(before, after);
    bench.run(&["export", "--format", "release", "--output", "one"]).check(2, &["is not empty"]);
}

#[test]
fn every_row_bears_its_evidence_and_who_made_it() {
    let bench = bench();
    for table in ["attributions", "claims", "positions", "origins", "figures", "incidents", "panel"] {
        for row in rows(&bench, &["--table", table]) {
            for column in
                ["article", "revision", "text_sha256", "outlet", "address", "published", "pipeline", "linker", "ledger"]
            {
                assert!(!text(&row, column).is_empty(), "{table}: {column} of {row}");
            }
            assert_eq!(text(&row, "made_by"), "machine");
            assert!(row["confidence"].as_f64().is_none_or(|sure| (0.0..=1.0).contains(&sure)), "{row}");
            let words = [CALL, LATER].map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].clone());
            if let (Some(quote), Some(start), Some(end)) =
                (row["quote"].as_str(), row["quote_start"].as_u64(), row["quote_end"].as_u64())
            {
                let slice =
                    |text: &str| text.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
                let stands = words.iter().any(|words| slice(words.as_str().unwrap()) == quote);
                assert!(stands, "{table}: {quote:?} at {start}..{end}");
            }
        }
    }
    let incidents = rows(&bench, &["--table", "incidents", "--party", "coastguard"]);
    let killed = incidents.iter().find(|row| row["outcome"] == "killed").unwrap();
    assert_eq!((killed["low"].as_f64(), killed["best"].as_f64()), (Some(12.0), None), "claimants differ: {killed}");
    // An allegation and its responses travel together.
    let claims = rows(&bench, &["--table", "claims", "--standing", "disputed"]);
    assert!(
        claims.iter().any(|claim| claim["denied_by"].as_array().is_some_and(|denied| !denied.is_empty())),
        "{claims:#?}"
    );
}

#[test]
fn quotations_are_capped_and_private_people_have_initials() {
    let bench = bench();
    let all = rows(&bench, &["--table", "attributions", "--quote-words", "all", "--full-names"]);
    assert!(all.iter().all(|row| row["quote_cut"] == false && row["content"].is_string()));
    assert!(all.iter().any(|row| text(row, "source") == "Lene Oduya"), "{all:#?}");
    let few = rows(&bench, &["--table", "attributions", "--quote-words", "12"]);
    assert_eq!(few.len(), all.len());
    let quoted = |article: &str| {
        let of = few.iter().filter(|row| text(row, "article") == article);
        of.map(|row| text(row, "quote").split_whitespace().count()).sum::<usize>()
    };
    assert!(few.iter().all(|row| quoted(text(row, "article")) <= 12), "{few:#?}");
    let cut: Vec<_> = few.iter().filter(|row| row["quote_cut"] == true).collect();
    assert!(!cut.is_empty());
    for row in cut {
        assert!(row["quote"].is_null() && row["content"].is_null() && row["quote_start"].is_u64(), "{row}");
    }
    let oduya = |row: &&Value| text(row, "source") == "L. O." && text(row, "speaker") == "L. O.";
    assert_eq!(few.iter().filter(oduya).count(), 1, "{few:#?}");
    assert!(few.iter().any(|row| text(row, "speaker").contains("Keld")), "a spokesman is named: {few:#?}");
    let refused = bench.run(&["export", "--format", "brat", "--output", "brat"]);
    refused.check(2, &["brat standoff holds whole texts", "--quote-words all"]);
    assert!(!bench.path("brat").exists());
}

#[test]
fn what_was_withheld_is_in_no_export() {
    let bench = bench();
    let article = text(&rows(&bench, &["--table", "attributions", "--outlet", "Straits"])[0], "article").to_owned();
    bench.run(&["withhold", &article, "--reason", "order", "--authority", "Court", "--yes"]).check(0, &[]);
    bench.run(&["export", "--format", "release", "--output", "out", "--quote-words", "all", "--quiet"]).check(0, &[]);
    bench.run(&["export", "--format", "brat", "--output", "brat", "--quote-words", "all", "--quiet"]).check(0, &[]);
    for folder in ["out", "brat"] {
        for entry in bench.path(folder).read_dir().unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read_to_string(&path).unwrap();
            for word in ["Oduya", "ferry", "Straits Herald", "coastguard"] {
                assert!(!bytes.contains(word), "{word} is in {}", path.display());
            }
        }
    }
    assert!(!rows(&bench, &["--table", "attributions"]).is_empty());
}

#[test]
fn both_time_axes_and_the_filters_narrow_every_table() {
    let bench = bench();
    let outlets = |args: &[&str]| {
        let mut outlets: Vec<String> = rows(&bench, args).iter().map(|row| text(row, "outlet").to_owned()).collect();
        outlets.sort();
        outlets.dedup();
        outlets
    };
    for table in ["attributions", "claims", "positions", "panel"] {
        assert_eq!(outlets(&["--table", table]), ["Alben Post", "Straits Herald"], "{table}");
        assert_eq!(outlets(&["--table", table, "--as-of", "2031-03-11"]), ["Alben Post"], "{table}");
        assert_eq!(outlets(&["--table", table, "--outlet", "straits"]), ["Straits Herald"], "{table}");
        assert_eq!(outlets(&["--table", table, "--from", "2031-03-11"]), ["Straits Herald"], "{table}");
        bench.run(&["export", "--table", table, "--known-at", "2020-01-01"]).check(1, &["nothing on record fits"]);
    }
    assert_eq!(outlets(&["--table", "attributions", "--party", "coastguard"]), ["Straits Herald"]);
    let row = &rows(&bench, &["--table", "claims", "--as-of", "2031-03-11"])[0];
    assert!(text(row, "as_of").starts_with("2031-03-12T00:00"), "a day means its end: {row}");
}

#[test]
fn only_what_people_decided_is_reviewed() {
    let bench = bench();
    let reviews = |code: i32| {
        let ran = bench.run(&["export", "--format", "claim-review", "--quiet"]);
        ran.check(code, &[]);
        serde_json::from_str::<Value>(&ran.out()).unwrap()["@graph"].as_array().unwrap().clone()
    };
    assert_eq!(reviews(1), Vec::<Value>::new());
    let position = &rows(&bench, &["--table", "positions", "--party", "coastguard"])[0];
    let (claim, attribution) =
        (text(position, "claim").to_owned(), position["attributions"][0].as_str().unwrap().to_owned());
    let accept = [
        "accept",
        &attribution,
        "--on",
        &claim,
        "--reason",
        "read it against the page",
        "--author",
        "Ada Fenn",
        "--quiet",
    ];
    bench.run(&accept).check(0, &[]);
    let found = reviews(0);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["author"][0]["name"], "Ada Fenn");
    assert_eq!(found[0]["itemReviewed"]["@type"], "Claim");
    assert!(found[0]["reviewRating"]["ratingValue"].is_null());
    let human: Vec<Value> =
        rows(&bench, &["--table", "claims"]).into_iter().filter(|row| text(row, "made_by") == "human").collect();
    assert_eq!(human.len(), 1);
    assert_eq!(human[0]["decided_by"][0], "Ada Fenn");
    let read: Vec<Value> =
        rows(&bench, &["--table", "attributions"]).into_iter().filter(|row| text(row, "made_by") == "human").collect();
    assert_eq!(read.len(), 1);
    bench.run(&["undo", "last", "--reason", "the wrong page", "--author", "Ada Fenn", "--quiet"]).check(0, &[]);
    assert_eq!(reviews(1), Vec::<Value>::new());
}

#[test]
fn files_are_whole_and_never_replaced_by_mistake() {
    let bench = bench();
    let export = ["export", "--table", "claims", "--format", "csv", "--output", "tables", "--quiet"];
    bench.run(&export).check(0, &[]);
    bench.run(&export).check(2, &["claims.csv is there already", "--force"]);
    bench.run(&[&export[..], &["--force"]].concat()).check(0, &[]);
    let names: Vec<_> = bench.path("tables").read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["claims.csv"]);
    bench.run(&["export"]).check(2, &["--table", "--output"]);
    bench.run(&["export", "--format", "geojson", "--table", "claims"]).check(2, &["--table is for the formats"]);
    bench.run(&["export", "--table", "claims", "--ledger", "none.db"]).check(2, &["no ledger at none.db"]);
    if cfg!(not(feature = "parquet")) {
        bench.run(&["export", "--table", "claims", "--format", "parquet"]).check(2, &["built without Parquet", "csv"]);
    }
}

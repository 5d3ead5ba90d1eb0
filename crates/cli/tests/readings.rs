//! What a careful reader takes from four short news reports: the seed article, where it is at hand, and three variants of it
//! with other names, verbs and order. Each reading is checked by source, act and key words of the content.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "these tests run the binary on files"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// One reading: words of the source, acts that fit, words of the content, and whether it must be hedged.
struct Expected {
    source: &'static str,
    acts: &'static [&'static str],
    content: &'static [&'static str],
    hedged: bool,
}

const fn said(source: &'static str, acts: &'static [&'static str], content: &'static [&'static str]) -> Expected {
    Expected { source, acts, content, hedged: false }
}

const fn hedged(source: &'static str, content: &'static [&'static str]) -> Expected {
    Expected { source, acts: &["affirm"], content, hedged: true }
}

fn words(spans: &Value) -> String {
    let spans = spans.as_array().map(Vec::as_slice).unwrap_or_default();
    spans.iter().filter_map(|span| span["words"].as_str()).collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Expected {
    fn is(&self, line: &Value) -> bool {
        let source = words(&line["source"]);
        let content = words(&line["content"]);
        let source_fits =
            if self.source.is_empty() { source.is_empty() } else { source.contains(&self.source.to_lowercase()) };
        source_fits
            && self.acts.contains(&line["act"].as_str().unwrap_or_default())
            && self.content.iter().all(|word| content.contains(&word.to_lowercase()))
            && (!self.hedged || line["commitment"] != "certain")
    }
}

/// At least `least` of the `expected` readings are found in the file.
fn check(path: &Path, expected: &[Expected], least: usize) {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).args(["read", "--json"]).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let attributions: Vec<&Value> = lines.iter().filter(|line| line["type"] == "attribution").collect();
    let missed: Vec<String> = expected
        .iter()
        .enumerate()
        .filter(|(_, one)| !attributions.iter().any(|line| one.is(line)))
        .map(|(index, one)| format!("({}) {:?} {:?} {:?}", index + 1, one.source, one.acts, one.content))
        .collect();
    let found = expected.len() - missed.len();
    println!("{}: {found} of {}; missed: {missed:#?}", path.display(), expected.len());
    let read: Vec<_> =
        attributions.iter().map(|line| (words(&line["source"]), &line["act"], words(&line["content"]))).collect();
    assert!(
        found >= least,
        "{found} of {} readings, expected at least {least}; missed {missed:#?}; read {read:#?}",
        expected.len()
    );
}

fn variant(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/variants").join(name)
}

#[test]
fn the_seed_article() {
    let shared = std::env::var_os("ONRECORD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let seed = shared.join("data/seed/000_f15e4921bb227396.txt");
    if !seed.exists() {
        println!("skipped: the seed article may not ship; set ONRECORD_SHARED to the folder that holds it");
        return;
    }
    let expected = [
        said("the kremlin", &["deny"], &["phone conversation"]),
        hedged("", &["warned putin"]),
        hedged("washington post", &["the alleged call"]),
        said("the washington post", &["affirm"], &["took place", "thursday", "military presence"]),
        said("peskov", &["deny"], &["any call had taken place"]),
        said("cheung", &["non-denial"], &["the conversation"]),
        said("cheung", &["affirm", "decline"], &["private calls", "not disclosed"]),
        said("ukraine", &["affirm"], &["intercept 84 drones"]),
        said("he", &["affirm"], &["every day, every night", "the same terror"]),
        said("the kremlin", &["affirm"], &["positive", "signals"]),
        said("healey", &["affirm"], &["i expect the us to remain"]),
        said("russia", &["affirm"], &["territorial gains", "kolisnykivka"]),
    ];
    check(&seed, &expected, 12);
}

#[test]
fn a_variant_with_a_ferry() {
    let expected = [
        said("palace", &["deny"], &["secret meeting"]),
        hedged("", &["keep her warships out"]),
        hedged("lorne gazette", &["the supposed meeting"]),
        said("lorne gazette", &["affirm"], &["on friday", "fleet"]),
        said("grabe", &["deny"], &["any meeting had been held"]),
        said("sand", &["non-denial"], &["it"]),
        said("sand", &["affirm", "decline"], &["not a public document"]),
        said("marovia", &["affirm"], &["shot down 31"]),
        said("orth", &["affirm"], &["aim at bakeries"]),
        said("the palace", &["affirm"], &["useful", "signals"]),
        said("he", &["affirm"], &["i expect our friends"]),
        said("tesk", &["affirm"], &["seizure of little harrow"]),
    ];
    check(&variant("ferry.txt"), &expected, 9);
}

#[test]
fn a_variant_with_a_mine() {
    let expected = [
        said("kell", &["deny"], &["a stake"]),
        said("kell", &["deny"], &["no promise was made"]),
        said("he", &["deny"], &["the report"]),
        said("harbour times", &["affirm"], &["by telephone"]),
        said("lind", &["decline"], &["comment"]),
        said("the mining company", &["no-reply"], &["comment"]),
        said("police", &["affirm"], &["14 people were injured"]),
        said("the union", &["affirm"], &["60"]),
        said("beck", &["affirm"], &["they came at us", "nobody had thrown"]),
        said("the interior ministry", &["could-not-verify"], &["that number"]),
        said("the evening ledger", &["affirm"], &["a gate was forced"]),
        hedged("", &["offered to mediate"]),
    ];
    check(&variant("mine.txt"), &expected, 10);
}

#[test]
fn a_variant_with_a_court() {
    let expected = [
        said("castell", &["deny"], &["never met the man"]),
        said("castell", &["deny"], &["taken money"]),
        said("abt", &["decline"], &["payments had been made"]),
        said("abt", &["affirm", "decline"], &["confidential"]),
        hedged("", &["found in a warehouse"]),
        said("enders", &["affirm"], &["stood by its reporting"]),
        said("castell", &["condition"], &["i will go the same day"]),
        said("prosecutors", &["non-denial"], &["an inquiry"]),
        said("clerk", &["affirm"], &["12 boxes"]),
        said("olt", &["does-not-know"], &["how many vessels"]),
        hedged("", &["in touch with the prosecutors"]),
        said("his company", &["retract"], &["a statement"]),
    ];
    check(&variant("court.txt"), &expected, 10);
}

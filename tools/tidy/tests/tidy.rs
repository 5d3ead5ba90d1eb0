//! The repository keeps its promises: crates depend upwards only, documents name files that exist, every file says what it is.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests read the repository's files")]

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, process};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Files that git tracks or would track, relative to the root.
fn files() -> Vec<PathBuf> {
    let listed = process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let paths = String::from_utf8(listed.stdout).unwrap();
    paths.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect()
}

fn with_extension(extension: &str) -> Vec<PathBuf> {
    files().into_iter().filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

#[test]
fn a_crate_depends_only_on_crates_above_it() {
    let workspace: toml::Table = read("Cargo.toml").parse().unwrap();
    let members: Vec<String> = workspace["workspace"]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member.as_str().unwrap().to_owned())
        .collect();
    let manifests: Vec<toml::Table> =
        members.iter().map(|member| read(format!("{member}/Cargo.toml")).parse().unwrap()).collect();
    let place: HashMap<&str, usize> = manifests
        .iter()
        .enumerate()
        .map(|(index, manifest)| (manifest["package"]["name"].as_str().unwrap(), index))
        .collect();
    let mut wrong = Vec::new();
    for (index, manifest) in manifests.iter().enumerate() {
        let Some(dependencies) = manifest.get("dependencies").and_then(|table| table.as_table()) else { continue };
        for name in dependencies.keys() {
            if place.get(name.as_str()).is_some_and(|above| *above >= index) {
                wrong.push(format!("{} depends on {name}, which stands below it", members[index]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(place.contains_key("onrecord-evidence") && place.contains_key("onrecord-cli"), "members were not read");
}

#[test]
fn architecture_names_every_member_and_stays_short() {
    let architecture = read("ARCHITECTURE.md");
    assert!(architecture.lines().count() < 300, "ARCHITECTURE.md has {} lines", architecture.lines().count());
    let workspace: toml::Table = read("Cargo.toml").parse().unwrap();
    for member in workspace["workspace"]["members"].as_array().unwrap() {
        let name = member.as_str().unwrap();
        assert!(architecture.contains(&format!("`{name}`")), "ARCHITECTURE.md does not name `{name}`");
    }
}

/// Words between backticks that look like paths of this repository.
fn named_paths(document: &str) -> Vec<String> {
    const TOPS: [&str; 8] = ["crates/", "models/", "tools/", "tests/", "docs/", "corpus/", "training/", "benches/"];
    document
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| TOPS.iter().any(|top| span.starts_with(top)) && !span.contains([' ', '*', '<', '{', '…']))
        .map(|span| span.trim_end_matches('/').to_owned())
        .collect()
}

#[test]
fn documents_name_paths_that_exist() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in with_extension("md") {
        for path in named_paths(&read(&document)) {
            seen += 1;
            if !root().join(&path).exists() {
                wrong.push(format!("{}: `{path}`", document.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} paths were found in the documents: is the check still looking?");
    assert!(wrong.is_empty(), "no such files: {wrong:#?}");
}

#[test]
fn every_source_file_says_what_it_is() {
    let wrong: Vec<_> = with_extension("rs").into_iter().filter(|path| !read(path).starts_with("//!")).collect();
    assert!(wrong.is_empty(), "these files do not open with `//!`: {wrong:#?}");
}

#[test]
fn no_source_file_grows_past_what_a_reader_holds() {
    let long: Vec<_> = with_extension("rs")
        .into_iter()
        .filter(|path| {
            let text = read(path);
            text.lines().count() > 800 && !text.lines().take(12).any(|line| line.contains("Long because"))
        })
        .collect();
    assert!(long.is_empty(), "over 800 lines without a `Long because` in the header: {long:#?}");
}

#[test]
fn no_private_path_or_host_is_named() {
    // Put together here, so that this file does not name them itself.
    let private =
        [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/tmp/", "or/"].concat(), ["C:\\", "Users"].concat()];
    let mut wrong = BTreeSet::new();
    for path in files() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for word in &private {
            if text.contains(word.as_str()) {
                wrong.insert(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lookalike_glossary_words_are_not_used_for_the_same_thing() {
    // The glossary's words are the only words: a cue is no "trigger", a source no "speaker", an attribution no "quote".
    let banned = ["cue_word", "speaker_span", "quote_span", "trigger_span", "news_item", "NewsItem"];
    let mut wrong = Vec::new();
    for path in with_extension("rs").into_iter().filter(|path| !path.starts_with("tools/tidy")) {
        let text = read(&path);
        wrong.extend(
            banned.iter().filter(|word| text.contains(**word)).map(|word| format!("{}: {word}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_is_under_a_licence_that_we_may_ship() {
    const ALLOWED: [&str; 11] = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "Unlicense",
        "0BSD",
        "Unicode-3.0",
        "CC0-1.0",
        "MPL-2.0",
    ];
    let output = process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo lists the packages");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} packages were listed", packages.len());
    let allowed = |licence: &str| {
        // One of the alternatives is enough; all parts of a conjunction are needed.
        licence.replace('/', " OR ").split(" OR ").any(|choice| {
            let parts = choice.trim_matches(['(', ')', ' ']);
            parts
                .split(" AND ")
                .all(|part| ALLOWED.contains(&part.trim_matches(['(', ')', ' ']).split(" WITH ").next().unwrap_or("")))
        })
    };
    let wrong: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let elsewhere: Vec<_> = packages
        .iter()
        .filter(|package| package["source"].as_str().is_some_and(|source| !source.starts_with("registry+")))
        .map(|package| package["name"].to_string())
        .collect();
    assert!(elsewhere.is_empty(), "not from the registry: {elsewhere:?}");
}

/// Diagnostics have permanent ids; each stands in the guide.
#[test]
fn every_diagnostic_is_in_the_guide() {
    let guide = read("docs/guide/diagnostics.md");
    let mut seen = 0;
    let mut missing = BTreeSet::new();
    for path in with_extension("rs")
        .into_iter()
        .filter(|path| path.starts_with("crates") && path.components().any(|part| part.as_os_str() == "src"))
    {
        let text = read(&path);
        for severity in ["error(", "warning(", "note("] {
            for (at, _) in text.match_indices(&format!("Diagnostic::{severity}")) {
                let rest = text[at..].split_once('(').map_or("", |(_, rest)| rest.trim_start());
                let Some(id) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                seen += 1;
                if !guide.contains(&format!("`{id}`")) {
                    missing.insert(format!("{}: {id}", path.display()));
                }
            }
        }
    }
    assert!(seen > 15, "only {seen} diagnostics were found in the sources");
    assert!(missing.is_empty(), "not in docs/guide/diagnostics.md: {missing:#?}");
}

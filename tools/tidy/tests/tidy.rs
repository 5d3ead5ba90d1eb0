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
        for name in dependencies(manifest, &workspace) {
            if place.get(name.as_str()).is_some_and(|above| *above >= index) {
                wrong.push(format!("{} depends on {name}, which stands below it", members[index]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(place.contains_key("onrecord-evidence") && place.contains_key("onrecord-cli"), "members were not read");
}

/// The packages that a manifest names as dependencies or build dependencies, on every target. Those of tests only are left out:
/// they may stand below.
fn dependencies(manifest: &toml::Table, workspace: &toml::Table) -> BTreeSet<String> {
    let inherited = &workspace["workspace"]["dependencies"];
    let targets =
        manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(|targets| targets.values());
    let places = targets.filter_map(toml::Value::as_table).chain([manifest]);
    let tables = places.flat_map(|place| ["dependencies", "build-dependencies"].map(|kind| place.get(kind)));
    let entries = tables.flatten().filter_map(toml::Value::as_table).flatten();
    entries
        .map(|(key, value)| {
            let named = |value: &toml::Value| value.get("package")?.as_str().map(str::to_owned);
            named(value).or_else(|| named(inherited.get(key)?)).unwrap_or_else(|| key.clone())
        })
        .collect()
}

#[test]
fn dependencies_of_every_kind_are_read() {
    let workspace = "[workspace.dependencies]\nd = { package = 'deep', path = 'd' }".parse().unwrap();
    let manifest = "[dependencies]\na = '1'\nd.workspace = true\n[build-dependencies]\nb = { package = 'bee' }\n\
                    [dev-dependencies]\nt = '1'\n[target.'cfg(unix)'.dependencies]\nu = '1'"
        .parse()
        .unwrap();
    assert_eq!(dependencies(&manifest, &workspace).into_iter().collect::<Vec<_>>(), ["a", "bee", "deep", "u"]);
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

/// Crates that have no clock, no files, no network, no environment and no terminal (ARCHITECTURE.md, invariant 1).
const PURE: [&str; 5] = ["evidence", "read", "annotate", "record", "wire"];

/// `source` without its comments and without the items that are compiled for tests only.
fn shipped_code(source: &str) -> String {
    let mut shipped = String::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line != "#[cfg(test)]" {
            shipped.push_str(line.split("//").next().unwrap_or_default());
            shipped.push('\n');
            continue;
        }
        // An item at the left edge ends with a line of its own, or with the line that it stands on.
        for line in lines.by_ref().skip_while(|line| line.starts_with("#[")) {
            if line.starts_with('}') || line.ends_with(';') && !line.starts_with(' ') {
                break;
            }
        }
    }
    shipped
}

/// Whether shipped code turns off the lints that keep a crate pure.
fn opens_a_side_door(source: &str) -> bool {
    let code: String = shipped_code(source).split_whitespace().collect();
    ["clippy::disallowed_", "clippy::all", "clippy::style", "allow(warnings"].iter().any(|lint| code.contains(lint))
}

#[test]
fn pure_crates_have_no_side_door() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for name in PURE {
        let folder = format!("crates/{name}");
        let manifest: toml::Table = read(format!("{folder}/Cargo.toml")).parse().unwrap();
        if manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool) != Some(true) {
            wrong.push(format!("{folder}/Cargo.toml does not take the lints of the workspace"));
        }
        let source = Path::new(&folder).join("src");
        for path in with_extension("rs").into_iter().filter(|path| path.starts_with(&source)) {
            seen += 1;
            let is_test =
                path.components().any(|part| ["tests", "tests.rs"].iter().any(|name| part.as_os_str() == *name));
            if !is_test && opens_a_side_door(&read(&path)) {
                wrong.push(format!("{} allows what a pure crate may not do", path.display()));
            }
        }
    }
    let workspace: toml::Table = read("Cargo.toml").parse().unwrap();
    for lint in ["disallowed_methods", "disallowed_macros"] {
        if workspace["workspace"]["lints"]["clippy"].get(lint).and_then(toml::Value::as_str) != Some("warn") {
            wrong.push(format!("Cargo.toml does not ask for {lint}"));
        }
    }
    assert!(seen > 30, "only {seen} files of pure crates were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_side_door_is_seen() {
    let check = |source: &str, expect: bool| assert_eq!(opens_a_side_door(source), expect, "{source}");
    check("//! A crate.\n#![allow(clippy::disallowed_methods, reason = \"a clock\")]", true);
    check("#[allow(\n    clippy::disallowed_macros,\n)]\nfn print() {}", true);
    check("#[cfg(test)]\n#[allow(clippy::disallowed_methods)]\nmod tests {\n    fn a() {}\n}\n", false);
    check("#[cfg(test)]\nmod tests {\n    fn a() {}\n}\n#[expect(clippy::disallowed_methods)]\nfn now() {}", true);
    check("#[cfg(test)]\nmod tests;\n#[allow(clippy::disallowed_methods)]\nfn now() {}", true);
    check("// clippy::disallowed_methods is asked for\nfn pure() {}", false);
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

/// Ids and severities of the diagnostics that `source` makes: the id is the first argument, on the same line or on the next.
fn diagnostics(source: &str) -> BTreeSet<(String, &'static str)> {
    let mut found = BTreeSet::new();
    for severity in ["error", "warning", "note"] {
        for piece in source.split(&format!("Diagnostic::{severity}(")).skip(1) {
            if let Some(id) = piece.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                found.insert((id.to_owned(), severity));
            }
        }
    }
    found
}

/// Diagnostics have permanent ids: the guide names each with its severity, and none that is not made.
#[test]
fn the_guide_names_every_diagnostic_with_its_severity() {
    let in_code = |path: &PathBuf| {
        path.starts_with("crates")
            && path.components().any(|part| part.as_os_str() == "src")
            && !path.components().any(|part| part.as_os_str() == "tests")
    };
    let made: BTreeSet<_> = with_extension("rs")
        .iter()
        .filter(|path| in_code(path))
        .flat_map(|path| diagnostics(&shipped_code(&read(path))))
        .collect();
    let guide = read("docs/guide/diagnostics.md");
    let named: BTreeSet<_> = guide
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|').map(|cell| cell.trim().trim_end_matches('`'));
            Some((cells.next()?.to_owned(), cells.next()?))
        })
        .collect();
    assert!(made.len() > 15, "only {} diagnostics were found in the sources", made.len());
    let missing: Vec<_> = made.difference(&named).collect();
    let too_much: Vec<_> = named.difference(&made).collect();
    assert!(missing.is_empty(), "made in crates/, but not so in docs/guide/diagnostics.md: {missing:#?}");
    assert!(too_much.is_empty(), "in docs/guide/diagnostics.md, but not so in crates/: {too_much:#?}");
}

#[test]
fn diagnostics_are_found_on_the_next_line_too() {
    let source =
        "a(Diagnostic::note(\n    \"b-c\",\n    text));\nDiagnostic::error(\"d\", \"e\"); Diagnostic::error(id, \"f\")";
    let expect = [("b-c".to_owned(), "note"), ("d".to_owned(), "error")];
    assert_eq!(diagnostics(source).into_iter().collect::<Vec<_>>(), expect);
}

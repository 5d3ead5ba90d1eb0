//! The guide's data dictionary is that of the columns. To take a new one: `ONRECORD_DICTIONARY=overwrite cargo test -p onrecord-export --test dictionary`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "this test reads the guide")]

use std::fs;
use std::path::Path;

use onrecord_export::{Table, data_package, dictionary};

const BEGIN: &str = "<!-- dictionary: made of the columns in crates/export/src/rows -->\n";

#[test]
fn the_guide_has_the_dictionary_of_the_columns() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/export.md");
    let guide = fs::read_to_string(&path).unwrap();
    let (before, kept) = guide.split_once(BEGIN).expect("the guide marks where its dictionary begins");
    let expect = dictionary();
    let is_same = kept.trim() == expect.trim();
    if !is_same && std::env::var("ONRECORD_DICTIONARY").is_ok_and(|wanted| wanted == "overwrite") {
        fs::write(&path, format!("{before}{BEGIN}\n{}\n", expect.trim())).unwrap();
        return;
    }
    assert!(is_same, "docs/guide/export.md has another dictionary than the columns: take the new one (see this test)");
}

#[test]
fn the_data_package_names_every_column_of_every_file() {
    let files: Vec<(String, Table)> = Table::ALL.map(|table| (format!("{}.csv", table.name()), table)).into();
    let package = data_package(&files, "onrecord-release", "a release");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), Table::ALL.len());
    for (resource, table) in resources.iter().zip(Table::ALL) {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        let columns: Vec<_> = table.columns().iter().map(|column| column.name).collect();
        assert_eq!(names, columns);
    }
}

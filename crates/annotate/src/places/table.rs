//! The gazetteer's section of words: countries' adjectives, capitals, acronyms, abbreviations, names that are ordinary words. Not its places.

use std::collections::{HashMap, HashSet};

use super::fold::fold;
use super::place::CountryCode;

/// What the file says about countries beside their places.
#[derive(Default)]
pub(super) struct Table {
    pub(super) capitals: HashMap<u32, CountryCode>,
    pub(super) countries: HashMap<u32, CountryCode>,
    pub(super) adjectives: HashMap<String, CountryCode>,
    pub(super) acronyms: HashMap<String, u32>,
    pub(super) abbreviations: HashMap<String, u32>,
    pub(super) words: HashSet<String>,
}

impl Table {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut table = Self::default();
        for line in text.lines() {
            let fields: Vec<_> = line.split('\t').collect();
            match fields[..] {
                ["country", code, row, capital, adjectives, people] => {
                    let code = CountryCode::new(code)?;
                    table.countries.insert(row.parse().ok()?, code);
                    if !capital.is_empty() {
                        table.capitals.insert(capital.parse().ok()?, code);
                    }
                    for word in adjectives.split('|').chain(people.split('|')).filter(|word| !word.is_empty()) {
                        table.adjectives.entry(fold(word)).or_insert(code);
                    }
                }
                ["acronym", letters, row] => drop(table.acronyms.insert(letters.to_owned(), row.parse().ok()?)),
                ["abbreviation", letters, row] => drop(table.abbreviations.insert(fold(letters), row.parse().ok()?)),
                ["word", word] => drop(table.words.insert(word.to_owned())),
                _ => return None,
            }
        }
        Some(table)
    }
}

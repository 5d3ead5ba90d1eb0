//! The shapes of the tables' files. Not their meaning: that is look-up.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Countries {
    pub country: BTreeMap<String, Country>,
}
#[derive(Deserialize)]
pub(super) struct Country {
    pub names: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub people: Vec<String>,
    pub capital: Option<String>,
}
#[derive(Deserialize)]
pub(super) struct Regions {
    pub region: Vec<Vec<String>>,
    pub city: Vec<Vec<String>>,
    pub adjectives: Vec<[String; 2]>,
}
#[derive(Deserialize)]
pub(super) struct Metonyms {
    pub sure: Vec<[String; 4]>,
    pub known: Vec<[String; 4]>,
}
#[derive(Deserialize)]
pub(super) struct Outlets {
    pub outlet: Vec<Outlet>,
}
#[derive(Deserialize)]
pub(super) struct Outlet {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub domain: String,
    pub country: Option<String>,
    #[serde(default)]
    pub agency: bool,
}
#[derive(Deserialize)]
pub(super) struct Titles {
    pub address: BTreeMap<String, Vec<String>>,
    pub role: BTreeMap<String, Vec<String>>,
    pub gender: BTreeMap<String, Vec<String>>,
    pub body: BTreeMap<String, Body>,
    pub document: Nouns,
    pub modifier: Words,
}
#[derive(Deserialize)]
pub(super) struct Body {
    pub nouns: Vec<String>,
    pub heads: Vec<String>,
}
#[derive(Deserialize)]
pub(super) struct Nouns {
    pub nouns: Vec<String>,
}
#[derive(Deserialize)]
pub(super) struct Words {
    pub words: Vec<String>,
}
#[derive(Deserialize)]
pub(super) struct GivenNames {
    pub woman: String,
    pub man: String,
    pub either: String,
    pub surname_woman: String,
    pub surname_man: String,
    pub short: Vec<String>,
}

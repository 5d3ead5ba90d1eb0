//! The tables of `models/parties` (and the countries of `models/places`), read and looked up. Facts stand in the files, none here.

use std::collections::{HashMap, HashSet};

use onrecord_evidence::TextRange;
use serde::Deserialize;

use super::files::{Countries, GivenNames, Metonyms, Outlets, Regions, Titles};
use super::fold::folded;
use super::lists::COMMON_OUTLETS;
use super::party::{PartyKind, Side};

/// The texts of the files that [`PartyTables::parse`] reads.
#[derive(Clone, Copy, Debug)]
pub struct PartyFiles<'files> {
    /// `models/places/countries.toml`.
    pub countries: &'files str,
    /// `models/parties/regions.toml`.
    pub regions: &'files str,
    /// `models/parties/metonyms.toml`.
    pub metonyms: &'files str,
    /// `models/parties/outlets.toml`.
    pub outlets: &'files str,
    /// `models/parties/titles.toml`.
    pub titles: &'files str,
    /// `models/parties/given_names.toml`.
    pub given_names: &'files str,
}

/// Why a file is no such table.
#[derive(Debug, thiserror::Error)]
#[error("{file}: expected a table of parties")]
pub struct PartyTableError {
    /// The file's name.
    pub file: &'static str,
    /// What the reader says.
    #[source]
    pub cause: Box<toml::de::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Woman,
    Man,
}

/// What the tables know of a name.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub kind: PartyKind,
    pub country: Option<String>,
    pub stands_for: Option<String>,
    /// A place first of all.
    pub place: bool,
    /// A city, not a country or state.
    pub city: bool,
    /// Short forms that other things share: they count behind the full name or "the".
    pub weak: bool,
}

/// The tables, ready for look-up.
#[derive(Debug)]
pub struct PartyTables {
    /// Folded words, joined by one space.
    pub(super) known: HashMap<String, Known>,
    /// Folded adjectives and demonyms with their country.
    pub(super) demonyms: HashMap<String, String>,
    /// Full names and addresses of outlets by folded alias; the first outlet first.
    pub(super) given: HashMap<String, Option<Gender>>,
    /// Surnames of people so well known that texts give no more, with their gender.
    pub(super) surnames: HashMap<String, Gender>,
    pub(super) short: HashSet<(String, String)>,
    pub(super) address: HashMap<String, Option<Gender>>,
    /// Class of a role noun, singular, words joined by one space.
    pub(super) roles: HashMap<String, String>,
    /// All words that can be part of a role.
    pub(super) role_gender: HashMap<String, Gender>,
    /// Noun to the classes of bodies it can refer to.
    pub(super) bodies: HashMap<String, Vec<usize>>,
    /// Last word of a name, folded, to the classes that it shows.
    pub(super) heads: HashMap<String, Vec<usize>>,
    pub(super) body_names: Vec<String>,
    pub(super) documents: HashSet<String>,
    pub(super) modifiers: HashSet<String>,
    pub(super) domains: HashMap<String, String>,
    /// English name of a country by its code.
    countries: HashMap<String, String>,
}

fn read<'de, T: Deserialize<'de>>(file: &'static str, words: &'de str) -> Result<T, PartyTableError> {
    toml::from_str(words).map_err(|cause| PartyTableError { file, cause: Box::new(cause) })
}

/// Folded words without dots, joined by one space; a leading "the" is dropped.
pub(super) fn key(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let word = folded(word).replace('.', "");
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out.strip_prefix("the ").map(str::to_owned).unwrap_or(out)
}

impl PartyTables {
    /// The side that the words at `evidence` give.
    pub(super) fn side(&self, country: String, evidence: TextRange) -> Side {
        let name = self.countries.get(&country).unwrap_or(&country).clone();
        Side { country, name, evidence }
    }

    /// Reads the tables.
    ///
    /// # Errors
    /// Where a file is no such table; the error says which.
    pub fn parse(files: PartyFiles<'_>) -> Result<Self, PartyTableError> {
        let countries: Countries = read("countries.toml", files.countries)?;
        let regions: Regions = read("regions.toml", files.regions)?;
        let metonyms: Metonyms = read("metonyms.toml", files.metonyms)?;
        let outlets: Outlets = read("outlets.toml", files.outlets)?;
        let titles: Titles = read("titles.toml", files.titles)?;
        let names: GivenNames = read("given_names.toml", files.given_names)?;

        let mut known = HashMap::new();
        let mut demonyms = HashMap::new();
        let filled = |word: &String| (!word.is_empty()).then(|| word.clone());
        for (row, city) in
            regions.region.iter().map(|row| (row, false)).chain(regions.city.iter().map(|row| (row, true)))
        {
            let Some((country, names)) = row.split_last() else { continue };
            for name in names {
                let stands_for = names.first().filter(|first| *first != name).cloned();
                let place = Known {
                    kind: PartyKind::Government,
                    country: filled(country),
                    stands_for,
                    place: true,
                    city,
                    weak: false,
                };
                known.insert(key(name), place);
            }
        }
        for (code, country) in &countries.country {
            for (index, name) in country.names.iter().chain(&country.capital).enumerate() {
                let stands_for = (index > 0).then(|| country.names.first().cloned()).flatten();
                let stands_for = stands_for
                    .map(|name| if index >= country.names.len() { format!("government of {name}") } else { name });
                let place = Known {
                    kind: PartyKind::Government,
                    country: Some(code.clone()),
                    stands_for,
                    place: true,
                    city: index >= country.names.len(),
                    weak: false,
                };
                known.entry(key(name)).or_insert(place);
            }
            for word in country.adjectives.iter().chain(&country.people) {
                demonyms.entry(key(word)).or_insert_with(|| code.clone());
                demonyms.entry(key(word) + "s").or_insert_with(|| code.clone());
            }
        }
        for [word, country] in &regions.adjectives {
            demonyms.entry(key(word)).or_insert_with(|| country.clone());
            demonyms.entry(key(word) + "s").or_insert_with(|| country.clone());
        }
        let kind = |word: &str| match word {
            "office" => PartyKind::Office,
            "government" => PartyKind::Government,
            "group" => PartyKind::Group,
            "outlet" => PartyKind::Outlet,
            _ => PartyKind::Institution,
        };
        for (row, metonym) in
            metonyms.sure.iter().map(|row| (row, true)).chain(metonyms.known.iter().map(|row| (row, false)))
        {
            let [words, class, country, stands_for] = row;
            let entry = Known {
                kind: kind(class),
                country: filled(country),
                stands_for: Some(stands_for.clone()),
                place: metonym && class == "government",
                city: false,
                weak: false,
            };
            known.insert(key(words), entry);
        }
        let mut domains = HashMap::new();
        for outlet in &outlets.outlet {
            let kind = if outlet.agency { PartyKind::Agency } else { PartyKind::Outlet };
            domains.insert(outlet.domain.clone(), outlet.name.clone());
            for (index, name) in std::iter::once(&outlet.name).chain(&outlet.aliases).enumerate() {
                let one_word = !name.contains(' ') && name.chars().filter(|letter| letter.is_uppercase()).count() < 2;
                let weak =
                    name.starts_with("The ") || (one_word && index > 0) || COMMON_OUTLETS.contains(&key(name).as_str());
                let entry = Known {
                    kind,
                    country: outlet.country.clone(),
                    stands_for: Some(outlet.name.clone()),
                    place: false,
                    city: false,
                    weak,
                };
                known.entry(key(name)).or_insert(entry);
            }
        }
        let mut given = HashMap::new();
        for name in names.woman.split_whitespace() {
            given.insert(folded(name), Some(Gender::Woman));
        }
        for name in names.man.split_whitespace() {
            given.insert(folded(name), Some(Gender::Man));
        }
        for name in names.either.split_whitespace() {
            given.insert(folded(name), None);
        }
        let mut surnames = HashMap::new();
        for (list, gender) in [(&names.surname_woman, Gender::Woman), (&names.surname_man, Gender::Man)] {
            for name in list.split_whitespace() {
                surnames.insert(folded(name), gender);
            }
        }
        let mut short = HashSet::new();
        for pair in &names.short {
            if let Some((one, other)) = pair.split_once('=') {
                short.insert((folded(one), folded(other)));
                short.insert((folded(other), folded(one)));
            }
        }
        let gender = |word: &str| match word {
            "woman" => Some(Gender::Woman),
            "man" => Some(Gender::Man),
            _ => None,
        };
        let mut address = HashMap::new();
        for (which, words) in &titles.address {
            for word in words {
                address.insert(folded(word), gender(which));
            }
        }
        let mut roles = HashMap::new();
        for (class, words) in &titles.role {
            for word in words {
                roles.entry(folded(word)).or_insert_with(|| class.clone());
            }
        }
        let mut role_gender = HashMap::new();
        for (which, words) in &titles.gender {
            for word in words {
                if let Some(gender) = gender(which) {
                    role_gender.insert(folded(word), gender);
                }
            }
        }
        let (mut bodies, mut heads): (HashMap<String, Vec<usize>>, HashMap<String, Vec<usize>>) = Default::default();
        let mut body_names = Vec::new();
        for (class, body) in &titles.body {
            for noun in &body.nouns {
                bodies.entry(folded(noun)).or_default().push(body_names.len());
            }
            for head in &body.heads {
                heads.entry(folded(head)).or_default().push(body_names.len());
            }
            body_names.push(class.clone());
        }
        Ok(Self {
            known,
            demonyms,
            given,
            surnames,
            short,
            address,
            roles,
            role_gender,
            bodies,
            heads,
            body_names,
            documents: titles.document.nouns.iter().map(|noun| folded(noun)).collect(),
            modifiers: titles.modifier.words.iter().map(|word| folded(word)).collect(),
            domains,
            countries: countries
                .country
                .iter()
                .filter_map(|(code, country)| Some((code.clone(), country.names.first()?.clone())))
                .collect(),
        })
    }

    /// The outlet or agency whose site has this domain, such as `reuters.com`.
    pub fn outlet_of_domain(&self, domain: &str) -> Option<&str> {
        self.domains.get(domain.strip_prefix("www.").unwrap_or(domain)).map(String::as_str)
    }

    /// The class of a role noun given in lower case, in the singular or plural.
    pub(super) fn role(&self, noun: &str) -> Option<&str> {
        let found = |word: &str| self.roles.get(word).map(String::as_str);
        found(noun).or_else(|| singular(noun).and_then(|word| self.roles.get(&word).map(String::as_str)))
    }
}

/// The singular of an English plural, where the word looks like one.
pub(super) fn singular(noun: &str) -> Option<String> {
    match noun {
        "people" => return Some("person".to_owned()),
        "women" | "men" => return Some(noun.replace("men", "man")),
        "wives" => return Some("wife".to_owned()),
        "children" => return Some("child".to_owned()),
        _ => {}
    }
    if let Some(stem) = noun.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = noun.strip_suffix("women") {
        return Some(format!("{stem}woman"));
    }
    if let Some(stem) = noun.strip_suffix("men").filter(|stem| stem.len() > 2) {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) =
        noun.strip_suffix("es").filter(|stem| stem.ends_with("ss") || stem.ends_with("ch") || stem.ends_with('x'))
    {
        return Some(stem.to_owned());
    }
    noun.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).map(str::to_owned)
}

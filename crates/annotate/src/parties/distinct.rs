//! What keeps a description of a body apart from a named one: words that no name of it has, its owner, another kind.

use super::cluster::Entity;
use super::lists;
use super::nominal::{Description, Owner};
use super::party::PartyKind;
use super::resolve::{Resolver, Spans};
use super::tables::PartyTables;

/// Words before a noun that say nothing of which one it is.
const PLAIN: &[&str] = &[
    "federal",
    "local",
    "national",
    "private",
    "public",
    "nonprofit",
    "big",
    "small",
    "giant",
    "whole",
    "entire",
    "same",
    "news",
    "advocacy",
    "trade",
    "labor",
    "labour",
    "wire",
    "think",
    "super",
    "task",
    "nation's",
    "armed",
    "american",
    "international",
    "global",
    "largest",
    "independent",
    "conservative",
    "liberal",
    "influential",
    "respected",
    "iconic",
    "famous",
    "troubled",
    "parent",
];

/// What a body described by nouns of these classes is.
pub(super) fn kind_of(tables: &PartyTables, bodies: &[usize]) -> PartyKind {
    match bodies.first().map_or("", |class| tables.body_names[*class].as_str()) {
        "group" | "party" | "union" | "campaign" | "alliance" => PartyKind::Group,
        "government" | "city" => PartyKind::Government,
        "press" | "website" => PartyKind::Outlet,
        "wire" => PartyKind::Agency,
        _ => PartyKind::Institution,
    }
}

impl Resolver<'_, '_> {
    /// Whether a word before the noun is nowhere beside the party's names.
    pub fn set_apart(&self, entity: &Entity, modifiers: &[&str]) -> bool {
        modifiers.iter().any(|word| {
            let own = |part: &String| part == word || part.len() > 4 && word.starts_with(part.as_str());
            let country = self.tables.demonyms.get(*word);
            let same = country.is_some_and(|country| {
                entity.country.as_ref().is_none_or(|own| own == country) || entity.words.contains(country)
            });
            !(lists::has(PLAIN, word)
                || word.ends_with("-based")
                || same
                || entity.key.iter().any(own)
                || entity.words.iter().any(own)
                || entity.stands_for.as_deref().is_some_and(|name| name.to_lowercase().contains(*word)))
        })
    }

    /// Whether the text has the noun beside a body's name and beside no person's.
    pub fn body_role(&self, noun: &str) -> bool {
        let mut beside = self.entities.iter().take(600).filter(|entity| entity.words.contains(noun)).peekable();
        beside.peek().is_some() && beside.all(|entity| !entity.is_person())
    }

    /// Whether people are what this party shows itself to be.
    pub fn surely_person(&self, entity: &Entity) -> bool {
        entity.is_person() && (entity.person > 1.0 || entity.gender.is_some() || !entity.offices.is_empty())
    }

    /// The name that a description is owned by: "the office of President Ann Vale", "Orsia's navy".
    pub fn body_owner(&self, description: &Description, spans: &Spans) -> Option<usize> {
        if let Some(Owner::Name(name)) = description.owner {
            return Some(self.of_name[name]);
        }
        let end = spans.source.iter().map(|span| span.end).max()?;
        if self.words.at(description.head + 1) != "of" {
            return None;
        }
        let mut at = description.head + 2;
        while at < end && self.words.tokens[at].is_word() {
            if let Some(name) = self.name_at[at] {
                return Some(self.of_name[name]);
            }
            at += 1;
        }
        None
    }

    /// Where the noun that owns a description begins: "the minister's spokesman".
    pub fn possessor(&self, description: &Description, spans: &Spans) -> Option<usize> {
        let span = spans.source.first().filter(|_| matches!(description.owner, Some(Owner::Noun)))?;
        let first = span.clone().find(|at| !lists::has(lists::DETERMINERS, self.words.at(*at)))?;
        (first < description.first).then_some(first)
    }

    /// The party whose name stands before its kind: "the Northern Wire news agency".
    pub fn named_kind(&self, first: usize, head: usize, bodies: &[usize]) -> Option<usize> {
        let name = self.name_at.get(first).copied().flatten()?;
        let (entity, last) = (self.of_name[name], self.names[name].last);
        let known = &self.entities[entity];
        let kinds = &["press", "website", "wire", "broadcaster", "company"];
        let noun = bodies.iter().any(|class| lists::has(kinds, &self.tables.body_names[*class]));
        let near = last < head && head <= last + 2;
        (noun && near && !known.place && !self.surely_person(known)).then_some(entity)
    }
}

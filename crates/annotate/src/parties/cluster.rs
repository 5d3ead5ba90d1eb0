//! Joins the names of a text to parties: full names, surnames, short forms, acronyms, spellings. Not pronouns or descriptions.

use std::collections::{HashMap, HashSet};

use super::begin::longest;
use super::fold::skeleton;
use super::lists;
use super::name::{Name, Shown};
use super::office::Found;
use super::party::PartyKind;
use super::tables::{Gender, PartyTables};
use super::token::{Shape, Words};

/// A party in the making.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub kind: PartyKind,
    /// Above 0 where it is likely a person.
    pub person: f32,
    pub gender: Option<Gender>,
    /// Folded words of its fullest name.
    pub key: Vec<String>,
    /// Index of its names in the list of names.
    pub names: Vec<usize>,
    pub full: usize,
    pub offices: Vec<(usize, Found)>,
    /// Folded words that stand beside it: titles, what it is of, where it is from.
    pub words: HashSet<String>,
    pub country: Option<String>,
    pub stands_for: Option<String>,
    pub place: bool,
    pub city: bool,
}

impl Entity {
    pub fn is_person(&self) -> bool {
        self.kind == PartyKind::Person
    }
}

/// The parties that are named, and for each name its party.
pub(super) struct Clusters {
    pub entities: Vec<Entity>,
    pub of_name: Vec<usize>,
}

pub(super) struct Joiner<'a, 'text> {
    pub words: &'a Words<'text>,
    pub tables: &'a PartyTables,
    pub names: &'a [Name],
    pub entities: Vec<Entity>,
    by_key: HashMap<String, usize>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    by_skeleton: HashMap<String, usize>,
    by_initials: HashMap<String, usize>,
}

const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

pub(super) fn join(words: &Words<'_>, tables: &PartyTables, names: &[Name]) -> Clusters {
    let mut joiner = Joiner {
        words,
        tables,
        names,
        entities: Vec::new(),
        by_key: HashMap::new(),
        by_last: HashMap::new(),
        by_first: HashMap::new(),
        by_skeleton: HashMap::new(),
        by_initials: HashMap::new(),
    };
    let mut of_name = vec![usize::MAX; names.len()];
    let single = |name: &Name| name.first == name.last && name.shown != Shown::Body(PartyKind::Document);
    for (index, name) in names.iter().enumerate() {
        if !single(name) {
            of_name[index] = joiner.full(index, name);
        }
    }
    for (index, name) in names.iter().enumerate() {
        if single(name) {
            of_name[index] = joiner.short(index, name);
        }
    }
    joiner.decide();
    Clusters { entities: joiner.entities, of_name }
}

impl Joiner<'_, '_> {
    fn key(&self, name: &Name) -> Vec<String> {
        let poll =
            name.shown == Shown::Body(PartyKind::Document) && lists::has(&["poll", "survey"], self.words.at(name.last));
        let mut key: Vec<String> = (name.first..=name.last)
            .filter(|at| self.words.tokens[*at].is_word())
            .filter(|at| !poll || *at == name.last || self.words.tokens[*at].is_capital())
            .map(|at| if poll && at == name.last { "poll".to_owned() } else { self.words.at(at).to_owned() })
            .collect();
        while key.len() > 1 && key.last().is_some_and(|last| SUFFIXES.contains(&last.as_str())) {
            key.pop();
        }
        key
    }

    fn add(&mut self, index: usize, key: Vec<String>, kind: PartyKind) -> usize {
        let at = self.entities.len();
        self.by_key.entry(key.join(" ")).or_insert(at);
        self.entities.push(Entity {
            kind,
            person: 0.0,
            gender: None,
            key,
            names: vec![index],
            full: index,
            offices: Vec::new(),
            words: HashSet::new(),
            country: None,
            stands_for: None,
            place: false,
            city: false,
        });
        at
    }

    /// A name of two or more words.
    fn full(&mut self, index: usize, name: &Name) -> usize {
        let key = self.key(name);
        let joined = key.join(" ");
        if let Some(at) = self.by_key.get(&joined).copied() {
            self.entities[at].names.push(index);
            return at;
        }
        let known = longest(self.words, self.tables, name.first, name.last + 1).filter(|(last, _)| *last == name.last);
        if let Some((_, known)) = known {
            let known = known.clone();
            return self.known(index, name, &known);
        }
        let body = matches!(name.shown, Shown::Body(_));
        if !body
            && key.len() >= 2
            && let Some(at) = self.same_person(&key).filter(|at| !self.beside_other(*at, &key, name))
        {
            let entity = &mut self.entities[at];
            entity.names.push(index);
            if key.len() > entity.key.len() {
                entity.key = key.clone();
                entity.full = index;
            }
            self.by_key.insert(joined, at);
            return at;
        }
        let kind = match name.shown {
            Shown::Body(kind) | Shown::Known(kind) => kind,
            _ => PartyKind::Person,
        };
        let at = self.add(index, key.clone(), kind);
        if let (Some(first), Some(last)) = (key.first(), key.last()) {
            if !body {
                self.by_last.entry(last.clone()).or_default().push(at);
                self.by_first.entry(first.clone()).or_default().push(at);
                if last.len() > 4 {
                    self.by_skeleton.entry(skeleton(last)).or_insert(at);
                }
            } else if matches!(kind, PartyKind::Institution | PartyKind::Outlet | PartyKind::Agency | PartyKind::Group)
                && self.words.tokens[name.last].is_capital()
            {
                self.by_first.entry(first.clone()).or_default().push(at);
            }
        }
        let initials = |skip: bool| -> String {
            key.iter()
                .filter(|word| !(skip && lists::has(&["of", "the", "for", "and", "on", "&"], word)))
                .filter_map(|word| word.chars().next())
                .collect()
        };
        if key.len() >= 2 {
            self.by_initials.entry(initials(true)).or_insert(at);
            self.by_initials.entry(initials(false)).or_insert(at);
        }
        at
    }

    /// Whether another form of the name stands in the same sentence, joined by "and": two people, not one.
    fn beside_other(&self, at: usize, key: &[String], name: &Name) -> bool {
        let entity = &self.entities[at];
        let last = entity.names.last().map(|last| &self.names[*last]);
        entity.key.first() != key.first()
            && last.is_some_and(|last| {
                last.last < name.first
                    && name.first - last.last < 12
                    && self.words.tokens[last.first].sentence == self.words.tokens[name.first].sentence
                    && (last.last + 1..name.first).any(|at| lists::has(&["and", "or", "not"], self.words.at(at)))
            })
    }

    /// The person whose full name these words are in another form.
    fn same_person(&self, key: &[String]) -> Option<usize> {
        let (first, last) = (key.first()?, key.last()?);
        let same_first = |entity: &Entity| {
            let Some(other) = entity.key.first() else { return false };
            let initial = first.chars().count() == 1 || other.chars().count() == 1;
            other == first
                || (initial && first.chars().next() == other.chars().next())
                || self.tables.short.contains(&(first.clone(), other.clone()))
                || (first.len() > 4 && skeleton(first) == skeleton(other))
                || (first.len() >= 3
                    && other.len() >= 3
                    && (first.starts_with(other.as_str()) || other.starts_with(first.as_str())))
        };
        let by_last =
            self.by_last.get(last).into_iter().flatten().copied().take(24).find(|at| same_first(&self.entities[*at]));
        let suffix = || {
            self.by_last.get(last).into_iter().flatten().copied().take(24).find(|at| {
                let other = &self.entities[*at].key;
                other.len() > 2 && key.len() > 1 && (other.ends_with(key) || key.ends_with(other))
            })
        };
        by_last.or_else(suffix).or_else(|| {
            let at = (last.len() > 4).then(|| self.by_skeleton.get(&skeleton(last)).copied()).flatten()?;
            same_first(&self.entities[at]).then_some(at)
        })
    }

    /// A name of the tables: all that stand for one thing are one party.
    fn known(&mut self, index: usize, name: &Name, known: &super::tables::Known) -> usize {
        let key = self.key(name);
        let own = key.join(" ");
        let canonical = known.stands_for.as_deref().map_or_else(|| own.clone(), super::tables::key);
        for candidate in [own.clone(), canonical.clone()] {
            if let Some(at) = self.by_key.get(&candidate).copied() {
                self.entities[at].names.push(index);
                if key.len() > self.entities[at].key.len() {
                    self.entities[at].key = key;
                    self.entities[at].full = index;
                }
                self.by_key.insert(own, at);
                return at;
            }
        }
        let at = self.add(index, key, known.kind);
        self.by_key.insert(own, at);
        self.by_key.insert(canonical, at);
        let entity = &mut self.entities[at];
        entity.country = known.country.clone();
        entity.stands_for = known.stands_for.clone();
        entity.place = known.place;
        entity.city = known.city;
        entity.person = -9.0;
        at
    }

    /// A name of one word.
    fn short(&mut self, index: usize, name: &Name) -> usize {
        let word = self.words.at(name.first).to_owned();
        let titled = name.title.is_some();
        let upper = self.words.shape(name.first) == Shape::Upper;
        let people: Vec<usize> = self
            .by_last
            .get(&word)
            .into_iter()
            .flatten()
            .copied()
            .take(24)
            .filter(|at| !upper || self.words.shape(self.names[self.entities[*at].full].last) == Shape::Upper)
            .collect();
        let person = match people.as_slice() {
            [] if !upper => self.by_last_spelling(&word),
            [] => None,
            [one] => Some(*one),
            several => self.which(several, name, index),
        };
        if let Some(at) = person {
            self.entities[at].names.push(index);
            return at;
        }
        if let Some((_, known)) = longest(self.words, self.tables, name.first, name.first + 1).filter(|_| !titled) {
            let known = known.clone();
            // A short form of what the article names in full comes first: "the Post" behind "the Denver Post".
            if let Some(at) = self.full_with(&word).filter(|_| known.weak) {
                self.entities[at].names.push(index);
                return at;
            }
            let own_initials =
                (self.words.shape(name.first) == Shape::Upper).then(|| self.by_initials.get(&word).copied()).flatten();
            if let Some(at) = own_initials.filter(|at| !self.entities[*at].is_person()) {
                self.entities[at].names.push(index);
                return at;
            }
            let shy = known.weak
                && self.words.shape(name.first) != Shape::Upper
                && name.first.checked_sub(1).is_none_or(|at| self.words.at(at) != "the");
            if !shy {
                return self.known(index, name, &known);
            }
        }
        if let Some(at) = self.by_key.get(&word).copied() {
            self.entities[at].names.push(index);
            return at;
        }
        if self.words.shape(name.first) == Shape::Upper
            && let Some(at) = self.by_initials.get(&word).copied().filter(|at| !self.entities[*at].is_person())
        {
            self.entities[at].names.push(index);
            self.by_key.insert(word, at);
            return at;
        }
        let firsts: Vec<usize> = self.by_first.get(&word).cloned().unwrap_or_default();
        let bodies = firsts.len() > 1 && firsts.iter().take(8).all(|at| self.entities[*at].kind != PartyKind::Person);
        if let [at] | [at, ..] = firsts.as_slice()
            && (firsts.len() == 1 || bodies)
        {
            self.entities[*at].names.push(index);
            return *at;
        }
        if let Some(at) = self.full_with(&word) {
            self.entities[at].names.push(index);
            return at;
        }
        let kind = match name.shown {
            Shown::Body(kind) | Shown::Known(kind) => kind,
            _ => PartyKind::Person,
        };
        let at = self.add(index, vec![word.clone()], kind);
        self.by_last.entry(word.clone()).or_default().push(at);
        if word.len() > 4 {
            self.by_skeleton.entry(skeleton(&word)).or_insert(at);
        }
        at
    }

    /// A body or outlet whose full name has this word, where only one has it.
    fn full_with(&self, word: &str) -> Option<usize> {
        let mut found = None;
        for (at, entity) in self.entities.iter().enumerate().take(400) {
            let body =
                !entity.is_person() && entity.key.len() > 1 && !entity.place && entity.kind != PartyKind::Document;
            let links = |part: &String| lists::has(&["of", "in", "for", "at", "and"], part);
            let linked = entity.key.len().checked_sub(2).is_some_and(|at| links(&entity.key[at]));
            let ends = !linked && entity.key.last().is_some_and(|last| last == word)
                || (entity.key.first().is_some_and(|first| first == word) && entity.kind == PartyKind::Institution);
            if body && ends {
                if found.is_some() {
                    return None;
                }
                found = Some(at);
            }
        }
        found
    }

    fn by_last_spelling(&self, word: &str) -> Option<usize> {
        let at = (word.len() > 4).then(|| self.by_skeleton.get(&skeleton(word)).copied()).flatten()?;
        let last = self.entities[at].key.last()?;
        let close = last.len().abs_diff(word.len()) <= 2
            && last.chars().zip(word.chars()).take_while(|(one, other)| one == other).count() * 2 >= word.len();
        (close || last.len().abs_diff(word.len()) <= 1 && word.len() > 6).then_some(at)
    }

    /// Which of several people of one surname is meant: by the form of address, else by the last full name near, else the one named in full most often.
    fn which(&self, people: &[usize], name: &Name, index: usize) -> Option<usize> {
        let address = name.title.and_then(|(_, last)| self.tables.address.get(self.words.at(last)).copied().flatten());
        let fits = |at: &&usize| {
            let gender = self.given_gender(&self.entities[**at]);
            address.is_none() || gender.is_none() || gender == address
        };
        let sentence = self.words.tokens[name.first].sentence;
        let near = people.iter().filter(fits).filter_map(|at| {
            let last = self.entities[*at]
                .names
                .iter()
                .rev()
                .take(24)
                .copied()
                .filter(|other| *other < index && self.names[*other].last > self.names[*other].first)
                .max()?;
            let there = self.words.tokens[self.names[last].first].sentence;
            (sentence - there.min(sentence) <= 1).then_some((last, *at))
        });
        let near = near.max();
        near.map(|(_, at)| at).or_else(|| {
            let count = |at: &usize| {
                self.entities[*at]
                    .names
                    .iter()
                    .take(100)
                    .filter(|other| self.names[**other].last > self.names[**other].first)
                    .count()
            };
            people.iter().filter(fits).max_by_key(|at| (count(at), std::cmp::Reverse(**at))).copied()
        })
    }

    fn given_gender(&self, entity: &Entity) -> Option<Gender> {
        entity
            .key
            .first()
            .filter(|_| entity.key.len() > 1)
            .and_then(|first| self.tables.given.get(first).copied().flatten())
    }
}

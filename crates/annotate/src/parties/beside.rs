//! What stands beside a party's names: kind, gender, offices, affiliations. Not which names are one party's.

use super::cluster::{Entity, Joiner};
use super::lists::{self, spelled};
use super::name::Name;
use super::office::offices;
use super::party::PartyKind;
use super::tables::Gender;
use super::token::Shape;

impl Joiner<'_, '_> {
    /// Kind, gender and offices of each party by all that stands beside its names.
    pub fn decide(&mut self) {
        for at in 0..self.entities.len() {
            let mut entity = self.entities[at].clone();
            entity.names.sort_unstable();
            let multi = entity.key.len() > 1;
            let first = entity.key.first().cloned().unwrap_or_default();
            let given = self.tables.given.get(&first);
            if entity.person > -5.0 && matches!(entity.kind, PartyKind::Person) {
                entity.person += if multi { if given.is_some() { 3.0 } else { 0.8 } } else { 0.0 };
                if multi && entity.key.len() > 3 && given.is_none() {
                    entity.person -= 1.5;
                }
                let common = entity.key.iter().filter(|word| self.words.lower.contains(*word)).count();
                if given.is_none() {
                    entity.person -= 1.2 * common as f32;
                }
            }
            let mut votes = [0_i32; 2];
            let mut vote = |gender: Option<Gender>, weight: i32| match gender {
                Some(Gender::Woman) => votes[0] += weight,
                Some(Gender::Man) => votes[1] += weight,
                None => {}
            };
            if multi {
                vote(given.copied().flatten(), 3);
                if given.is_none() && first.ends_with('a') {
                    vote(Some(Gender::Woman), 1);
                }
            } else if let Some(gender) = self.tables.surnames.get(&first) {
                vote(Some(*gender), 3);
                entity.person += 1.5;
            } else if given.is_some() {
                vote(given.copied().flatten(), 1);
            }
            for index in entity.names.clone() {
                let name = &self.names[index];
                let before = name.title.map_or(name.first, |(first, _)| first).checked_sub(1);
                let before = before
                    .filter(|at| self.words.tokens[*at].sentence == self.words.tokens[name.first].sentence)
                    .map_or("", |at| self.words.at(at));
                if let Some((from, to)) = name.title {
                    entity.person += 3.0;
                    for word in from..=to {
                        entity.words.insert(spelled(self.words.at(word)).to_owned());
                        if let Some(gender) = self.tables.address.get(self.words.at(word)).copied().flatten() {
                            vote(Some(gender), 6);
                        }
                    }
                } else if before == "the" {
                    entity.person -= 1.5;
                } else if lists::has(&["in", "at", "into", "near", "outside", "across", "around", "within"], before)
                    || (!multi && before == "of" && self.words.at(name.last + 1) == ",")
                {
                    entity.person -= if multi { 0.8 } else { 1.2 };
                }
                if name.nested && entity.key.len() == 1 {
                    entity.person += 0.3;
                }
                let next = self.words.at(name.last + 1);
                if next == "who"
                    || (next == "," && before != "of" && lists::has(&["who", "whose"], self.words.at(name.last + 2)))
                {
                    entity.person += 2.0;
                } else if next == "," && self.words.at(name.last + 2) == "which" {
                    entity.person -= 2.0;
                } else if next == ","
                    && self.words.shape(name.last + 2) == Shape::Number
                    && self.words.at(name.last + 3) == ","
                {
                    entity.person += 2.0;
                } else if !multi
                    && name.title.is_none()
                    && lists::has(&["are", "were", "have", "do", "say", "need"], next)
                {
                    entity.person -= 1.5;
                } else if lists::has(lists::VERBS, next)
                    || self.words.shape(name.last + 1) == Shape::Lower && next.len() > 4 && next.ends_with("ed")
                {
                    entity.person += 0.4;
                }
                if lists::has(&["said", "says", "told", "added", "wrote", "tweeted", "thinks", "believes"], next) {
                    entity.person += 0.5;
                }
                if lists::has(&["said", "says", "told", "asked", "added", "wrote"], before)
                    || before == "to" && name.first > 1 && self.words.at(name.first - 2) == "according"
                {
                    entity.person += 0.6;
                }
                if matches!(entity.kind, PartyKind::Person) || entity.person > 0.0 {
                    for office in offices(self.words, self.tables, name) {
                        for word in office.title.0..=office.title.1 {
                            vote(self.tables.role_gender.get(self.words.at(word)).copied(), 4);
                        }
                        entity.person += if office.apart { 1.0 } else { 2.0 };
                        entity.offices.push((index, office));
                    }
                }
                self.copular(name, &mut entity);
                self.affiliation(name, &mut entity);
                self.body_words(name, &mut entity);
            }
            entity.gender = match votes {
                [woman, man] if woman > man => Some(Gender::Woman),
                [woman, man] if man > woman => Some(Gender::Man),
                _ => None,
            };
            if matches!(entity.kind, PartyKind::Person) && entity.person < 0.0 {
                entity.kind = PartyKind::Institution;
            }
            // One word with a capital and nothing that people do or have: as likely a village or a brand.
            if entity.kind == PartyKind::Person && !multi && given.is_none() && entity.person < 0.3 {
                entity.kind = PartyKind::Institution;
                entity.place = true;
            }
            if !entity.is_person()
                && entity.kind != PartyKind::Person
                && entity.person >= 4.0
                && entity.names.iter().any(|index| self.names[*index].title.is_some())
            {
                entity.kind = PartyKind::Person;
            }
            for (_, office) in &entity.offices {
                for word in office.whole.0..=office.whole.1 {
                    let lower = self.words.at(word);
                    if lower.len() > 2 && !lists::has(lists::COMMON, lower) || tables_word(lower) {
                        entity.words.insert(spelled(lower).to_owned());
                        if let Some(country) = self.tables.demonyms.get(lower) {
                            entity.words.insert(country.clone());
                        }
                    }
                }
                entity.words.insert(format!("class:{}", office.class));
            }
            self.entities[at] = entity;
        }
    }

    /// What a verb says that somebody is: "Ann Vale, who was the city's physician", "Ann Vale is a lawyer".
    fn copular(&self, name: &Name, entity: &mut Entity) {
        let mut at = name.last + 1;
        at += usize::from(self.words.at(at) == ",");
        at += usize::from(self.words.at(at) == "who");
        let verb = (at..at + 8)
            .take_while(|at| self.words.tokens.get(*at).is_some_and(|token| token.is_word()))
            .find(|at| lists::has(&["is", "was"], self.words.at(*at)));
        let Some(verb) = verb.filter(|verb| *verb == at || self.words.at(at - 1) == "who") else { return };
        if !lists::has(&["a", "an", "the"], self.words.at(verb + 1))
            || self.words.tokens[verb].sentence != self.words.tokens[name.first].sentence
        {
            return;
        }
        if let Some(found) = super::office::description_from(self.words, self.tables, verb + 2) {
            entity.words.extend((found.whole.0..=found.whole.1).map(|at| spelled(self.words.at(at)).to_owned()));
            entity.words.insert(format!("class:{}", found.class));
        }
    }

    /// Nouns for bodies beside the name: "Family Circle magazine", "the nonprofit Harbour Watch", "Harbour Watch, a trade group".
    fn body_words(&self, name: &Name, entity: &mut Entity) {
        if entity.place {
            return;
        }
        let sentence = self.words.tokens[name.first].sentence;
        let same = |at: usize| self.words.tokens.get(at).is_some_and(|token| token.sentence == sentence);
        let noun = |at: usize| {
            let token = self.words.tokens.get(at).filter(|token| token.sentence == sentence)?;
            (token.shape == Shape::Lower && self.tables.bodies.contains_key(&token.lower)).then(|| token.lower.clone())
        };
        let next = name.last + 1;
        if matches!(self.words.shape(next), Shape::Lower) {
            entity.words.extend(noun(next).filter(|word| !lists::has(&["office", "campaign", "administration"], word)));
        }
        if name.title.is_none() && !entity.is_person() {
            entity.words.extend(name.first.checked_sub(1).and_then(noun));
        }
        if name.title.is_none()
            && !entity.is_person()
            && let Some(comma) = name.first.checked_sub(1).filter(|at| *at > 0 && self.words.at(*at) == ",")
        {
            entity.words.extend(noun(comma - 1));
        }
        if self.words.at(next) == "," && same(next + 1) && lists::has(&["the", "a", "an"], self.words.at(next + 1)) {
            let mut last = None;
            for at in next + 2..next + 10 {
                if !same(at) || !self.words.tokens[at].is_word() || lists::has(lists::PREPOSITIONS, self.words.at(at)) {
                    break;
                }
                if lists::has(&["that", "which", "who", "where", "and"], self.words.at(at)) {
                    break;
                }
                last = noun(at);
            }
            entity.words.extend(last);
        }
    }

    /// "(R-Vt.)", "D-Mass.", "a Republican from Ohio" behind a name.
    fn affiliation(&self, name: &Name, entity: &mut Entity) {
        let next = name.last + 1;
        if !matches!(self.words.at(next), "(" | ",") {
            return;
        }
        let words = self.words.at(next + 1);
        let Some((party, place)) = words.split_once('-').filter(|(party, _)| party.len() == 1) else { return };
        entity.person += 3.0;
        match party {
            "r" => entity.words.extend(["republican".to_owned(), "gop".to_owned()]),
            "d" => entity.words.extend(["democrat".to_owned(), "democratic".to_owned()]),
            "i" => {
                entity.words.insert("independent".to_owned());
            }
            _ => {}
        }
        let place = place.trim_end_matches('.');
        if let Some(known) = self.tables.known.get(place) {
            let name = known.stands_for.as_deref().unwrap_or(place);
            entity.words.extend(name.split(' ').map(str::to_lowercase));
        }
    }
}

fn tables_word(lower: &str) -> bool {
    matches!(lower, "un" | "eu" | "uk" | "us")
}

//! What a pronoun can refer to beside the persons in mind: a pair, a plural, a name behind it, the name of a relative clause.

use super::lists;
use super::name::Name;
use super::party::{PartyKind, ReasonKind};
use super::resolve::{Answer, Resolver, Unnamed};
use super::salience::{Scored, is_subject};
use super::tables::{Gender, singular};
use super::token::Shape;

impl Resolver<'_, '_> {
    /// Two persons joined by "and" in this sentence or the one before, with nothing in the plural behind them.
    pub fn pair_before(&self, at: usize) -> Option<(usize, usize, usize)> {
        let sentence = self.words.tokens[at].sentence;
        let end = self.names.partition_point(|name| name.first < at);
        let floor = self.plural_before(at).unwrap_or(0);
        let person = |name: &Name, index: usize| !name.nested && self.entities[self.of_name[index]].is_person();
        let mut later: Option<usize> = None;
        for index in (0..end).rev().take(14) {
            let name = &self.names[index];
            if sentence.saturating_sub(self.words.tokens[name.first].sentence) > 2 {
                break;
            }
            if !person(name, index) {
                continue;
            }
            if let Some(second) = later {
                let start = self.names[second].title.map_or(self.names[second].first, |(first, _)| first);
                let between = name.last + 1..start;
                let mut link = start.saturating_sub(1);
                while link > name.last
                    && self.words.tokens[link].is_word()
                    && self.words.at(link) != "and"
                    && start < link + 5
                {
                    link -= 1;
                }
                let head = name.title.map_or(name.first, |(first, _)| first);
                let governed = head.checked_sub(1).map_or("", |before| self.words.at(before));
                let governed =
                    lists::has(lists::PREPOSITIONS, governed) && !lists::has(&["like", "including"], governed);
                let joined = between.len() <= 12
                    && self.words.at(link) == "and"
                    && !governed
                    && self.words.shape(name.last + 1) != Shape::Possessive
                    && !between
                        .clone()
                        .any(|at| self.words.shape(at) == Shape::Stop || lists::has(lists::VERBS, self.words.at(at)))
                    && !(link..start).any(|at| lists::has(lists::PREPOSITIONS, self.words.at(at)));
                let (one, other) = (self.of_name[index], self.of_name[second]);
                // The pair that is its sentence's subject is meant rather than a plural behind it.
                let opens = self.words.sentences[self.words.tokens[name.first].sentence as usize].start;
                let lead = name.title.map_or(name.first, |(first, _)| first) <= opens + 1
                    && is_subject(self.words, self.names[second].first, self.names[second].last);
                let joined = joined && (name.last >= floor || lead);
                if joined && one != other && self.words.tokens[name.first].sentence == self.words.tokens[start].sentence
                {
                    return Some((one, other, name.first));
                }
            }
            later = Some(index);
        }
        None
    }

    /// The last noun in the plural before `at`, in this sentence or the one before.
    pub fn plural_before(&self, at: usize) -> Option<usize> {
        let sentence = self.words.tokens[at].sentence;
        (0..at).rev().take(60).take_while(|before| sentence - self.words.tokens[*before].sentence <= 1).find(|before| {
            let token = &self.words.tokens[*before];
            let governed = (1..=3).any(|back| {
                before.checked_sub(back).is_some_and(|at| lists::has(lists::PREPOSITIONS, self.words.at(at)))
            });
            token.shape == Shape::Lower
                && !governed
                && !self.predicate(*before)
                && (lists::has(&["people", "men", "women", "voters", "some", "many", "others"], &token.lower)
                    || singular(&token.lower).is_some_and(|one| self.tables.roles.contains_key(&one)))
        })
    }

    /// The subject behind a fronted phrase that holds the pronoun: "Despite his promise, Mr. Vane".
    pub fn fronted(&self, at: usize, gender: Gender) -> Option<(usize, usize)> {
        let sentence = self.words.sentences.get(self.words.tokens[at].sentence as usize)?.clone();
        let opens = lists::has(lists::PREPOSITIONS, self.words.at(sentence.start))
            || lists::has(
                &["when", "while", "although", "though", "if", "since", "because", "once"],
                self.words.at(sentence.start),
            );
        if !opens
            || self.words.tokens[at].quoted
            || at > sentence.start + 10
            || (sentence.start..at)
                .any(|token| self.name_at[token].is_some_and(|name| self.entities[self.of_name[name]].is_person()))
        {
            return None;
        }
        let comma = (at + 1..sentence.end.min(at + 14)).find(|token| self.words.at(*token) == ",")?;
        let index = self.name_at.get(comma + 1).copied().flatten()?;
        let name = &self.names[index];
        let entity = &self.entities[self.of_name[index]];
        let fits = entity.is_person()
            && entity.gender.is_none_or(|own| own == gender)
            && self.words.shape(name.last + 1) != Shape::Possessive;
        fits.then_some((self.of_name[index], name.first))
    }

    /// A person named behind the pronoun, in the same or the next sentence.
    pub fn ahead(&self, at: usize, gender: Gender) -> Vec<Scored> {
        let sentence = self.words.tokens[at].sentence;
        let behind = self.names.partition_point(|name| name.first <= at);
        let found = (behind..)
            .zip(&self.names[behind..])
            .take_while(|(_, name)| self.words.tokens[name.first].sentence <= sentence + 2)
            .find(|(index, _)| {
                let entity = &self.entities[self.of_name[*index]];
                entity.is_person() && entity.gender.is_none_or(|own| own == gender)
            });
        found
            .map(|(index, name)| Scored {
                entity: self.of_name[index],
                score: 0.0,
                reasons: vec![(ReasonKind::LastMention, name.first, name.last)],
            })
            .into_iter()
            .collect()
    }

    /// The name that a relative clause hangs on.
    pub fn relative(&self, at: usize) -> Answer {
        let sentence = self.words.tokens[at].sentence;
        let inside = |token: usize| {
            let end = self.names.partition_point(|name| name.first <= token);
            (end.saturating_sub(6)..end).find(|index| token <= self.names[*index].last && !self.names[*index].nested)
        };
        let mut before = at;
        let mut comma = false;
        while before > 0
            && self.words.tokens[before - 1].sentence == sentence
            && !self.words.tokens[before - 1].is_word()
            && self.words.shape(before - 1) != Shape::Possessive
        {
            before -= 1;
            comma |= self.words.at(before) != "(";
        }
        let Some(last) = before.checked_sub(1).filter(|last| self.words.tokens[*last].sentence == sentence) else {
            return Answer::default();
        };
        let mut name = inside(last);
        if let Some(index) = name.filter(|index| !self.entities[self.of_name[*index]].is_person()) {
            // "Ana Ruiz of Texas, who": the person before the place, if one stands there.
            let first = self.names[index].first;
            let link = first.checked_sub(1).filter(|link| lists::has(&["of", "the", "from"], self.words.at(*link)));
            let person = link
                .and_then(|link| link.checked_sub(1))
                .and_then(inside)
                .filter(|person| self.entities[self.of_name[*person]].is_person());
            name = person.filter(|_| self.words.at(at) != "which");
            if self.words.at(at) == "which" {
                name = Some(index);
            } else if person.is_none() {
                let apposed = if comma { self.apposed(at, sentence) } else { self.described_as(last, sentence) };
                let body = link.is_none() && self.words.at(at) != "who";
                name = apposed.or(Some(index).filter(|_| comma || body));
            }
        }
        if name.is_none() {
            name = if comma { self.apposed(at, sentence) } else { self.described_as(last, sentence) };
        }
        match name {
            Some(index) => {
                let entity = self.of_name[index];
                let scored = vec![Scored {
                    entity,
                    score: 3.0,
                    reasons: vec![(ReasonKind::RelativeClause, self.names[index].first, self.names[index].last)],
                }];
                Answer { scored, shares: vec![0.88], decided: true, mention: Some((at, at, true)), ..Answer::default() }
            }
            None => {
                let unnamed = Unnamed {
                    kind: PartyKind::Unnamed,
                    head: self.words.at(last).to_owned(),
                    first: last,
                    last,
                    owner: None,
                    definite: self.phrase_definite(last),
                    plural: true,
                    words: self.words.at(last).to_owned(),
                    confidence: 0.8,
                };
                Answer { unnamed: Some(unnamed), ..Answer::default() }
            }
        }
    }

    /// Whether the noun phrase that ends at `last` has a definite determiner.
    fn phrase_definite(&self, last: usize) -> bool {
        let before = super::describing::phrase_start(self.words, last).checked_sub(1);
        before.is_some_and(|at| lists::has(&["the", "this", "that"], self.words.at(at)))
    }

    /// The person that the description ending at `last` is said of: "Ana Ruiz, a clerk who", "Ana Ruiz is the clerk who".
    fn described_as(&self, last: usize, sentence: u32) -> Option<usize> {
        let mut at = last;
        for _ in 0..12 {
            at = at.checked_sub(1).filter(|at| self.words.tokens[*at].sentence == sentence)?;
            let word = self.words.at(at);
            let link = word == "," || lists::has(&["is", "was"], word);
            if link {
                let begins = lists::has(&["a", "an", "the"], self.words.at(at + 1)) && at < last;
                let end = self.names.partition_point(|name| name.first < at);
                return (end.saturating_sub(4)..end)
                    .rev()
                    .find(|index| {
                        let name = &self.names[*index];
                        name.last + 1 == at && !name.nested && self.entities[self.of_name[*index]].is_person()
                    })
                    .filter(|_| begins);
            }
            if lists::has(lists::VERBS, word)
                || matches!(self.words.shape(at), Shape::Stop | Shape::Quote | Shape::Dash)
            {
                return None;
            }
        }
        None
    }

    /// The last person of the sentence before `at` with a comma behind the name: "Ana Ruiz, a clerk, who".
    fn apposed(&self, at: usize, sentence: u32) -> Option<usize> {
        let end = self.names.partition_point(|name| name.first < at);
        (0..end).rev().take(12).find(|index| {
            let name = &self.names[*index];
            self.words.tokens[name.first].sentence == sentence
                && !name.nested
                && self.entities[self.of_name[*index]].is_person()
                && matches!(self.words.at(name.last + 1), "," | "(")
        })
    }
}

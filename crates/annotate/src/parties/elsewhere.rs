//! Where a description's party stands when nobody near fits: named far before, or only later. Not for plurals or anonymous people.

use super::lists;
use super::name::Name;
use super::nominal::{SourceWords, read};
use super::party::ReasonKind;
use super::resolve::{Resolver, Spans};
use super::salience::Scored;
use super::token::Shape;
use super::works::work_class;

/// Sentences that a later name may stand away.
const AHEAD: u32 = 3;

impl Resolver<'_, '_> {
    /// The only party of the text that has one of the `nouns` beside it or in its name: before `at`, or soon behind.
    pub fn elsewhere(
        &self,
        at: usize,
        head: usize,
        nouns: &[&str],
        people: bool,
        document: bool,
        owner: Option<usize>,
    ) -> Option<Scored> {
        let sentence = self.words.tokens[at].sentence;
        let mut found: Option<(usize, usize)> = None;
        for (index, entity) in self.entities.iter().enumerate().take(600) {
            let kind = if document {
                entity.kind == super::party::PartyKind::Document
            } else if !people && entity.kind == super::party::PartyKind::Document {
                work_class(self.words.at(head)).is_some()
            } else {
                entity.is_person() == people && entity.kind != super::party::PartyKind::Document
            };
            let fits = kind
                && !entity.place
                && owner != Some(index)
                && nouns.iter().any(|noun| {
                    entity.words.contains(*noun)
                        || !people && entity.key.len() > 1 && entity.key.iter().any(|part| part == noun)
                });
            if !fits {
                continue;
            }
            let behind = entity.names.partition_point(|name| self.names[*name].first < at);
            let before = behind.checked_sub(1).and_then(|last| entity.names.get(last)).map(|name| &self.names[*name]);
            let behind = entity.names[behind..].iter().map(|name| &self.names[*name]).find(|name| name.first > head);
            let place = before.or_else(|| {
                behind.filter(|name| self.words.tokens[name.first].sentence <= sentence.saturating_add(AHEAD))
            });
            let Some(place) = place else { continue };
            if found.is_some() {
                return None;
            }
            found = Some((index, place.first));
        }
        let (entity, token) = found?;
        Some(Scored { entity, score: 2.0, reasons: vec![(ReasonKind::SameDescription, token, token)] })
    }

    /// The subject of the clause before in the same sentence: who is meant anew by a description is hardly the same one.
    pub fn local_subject(&self, at: usize) -> Option<usize> {
        let sentence = self.words.tokens[at].sentence;
        let seen = self.discourse.seen.iter().rev().take(12);
        let subject = seen
            .take_while(|seen| self.words.tokens[seen.first].sentence == sentence)
            .filter(|seen| seen.first < at && seen.subject && !seen.nested)
            .last()?;
        let joined = (subject.last + 1..at)
            .any(|between| lists::has(&["but", "while", "although", "though", "as"], self.words.at(between)));
        joined.then_some(subject.entity)
    }

    /// Whether the name at `first` is asked something in the active voice: "The Courier asked Ms. Vale whether".
    pub fn asked(&self, first: usize) -> bool {
        let start =
            self.name_at[first].and_then(|name| self.names[name].title).map_or(first, |(title, _)| title.min(first));
        let verb = start
            .checked_sub(1)
            .filter(|at| lists::has(&["asked", "pressed", "questioned", "asks"], self.words.at(*at)));
        let subject = verb.and_then(|at| at.checked_sub(1));
        subject.is_some_and(|at| {
            self.words.tokens[at].sentence == self.words.tokens[first].sentence
                && self.words.tokens[at].is_word()
                && !lists::has(&["was", "were", "been", "being", "be", "when", "if"], self.words.at(at))
        })
    }

    /// A description that opens a sentence outside of sources: "The former mayor has left. He": it brings the party to mind.
    pub fn passing(&mut self, at: usize) {
        let sentence = self.words.sentences[self.words.tokens[at].sentence as usize].clone();
        if at > sentence.start + 1 || self.words.tokens[at].quoted {
            return;
        }
        let mut end = at + 1;
        while end < sentence.end
            && end < at + 9
            && self.words.tokens[end].is_word()
            && !lists::has(lists::VERBS, self.words.at(end))
            && !lists::has(lists::PREPOSITIONS, self.words.at(end))
        {
            end += 1;
        }
        let verb = end < sentence.end && lists::has(lists::VERBS, self.words.at(end));
        let ed = (at + 2..end)
            .find(|token| self.words.shape(*token) == Shape::Lower && self.words.at(*token).ends_with("ed"));
        let Some(end) = (if verb { Some(end) } else { ed }).filter(|end| *end > at + 1) else { return };
        let role = super::office::role_ending(self.words, self.tables, end - 1).is_some();
        if !role || self.name_at[end - 1].is_some() {
            return;
        }
        let spans = Spans { source: std::iter::once(at..end).collect(), content: Vec::new() };
        let read = read(self.words, self.tables, self.names, &self.name_at, &spans.source);
        let SourceWords::Described(description) = read else { return };
        let answer = self.described(&description, &spans);
        let (Some(best), Some(share)) = (answer.scored.first(), answer.shares.first()) else { return };
        if answer.decided && *share > 0.5 && answer.together.is_empty() {
            let seen = self.seen(best.entity, at, end - 1, false, false);
            self.discourse.seen.push(super::salience::Seen { subject: true, lead: true, ..seen });
        }
    }

    /// Whether the same noun stood shortly before in an indefinite description of its own: "a local commission", then "the commission".
    pub fn indefinite_before(&self, at: usize, noun: &str, person: bool) -> bool {
        let sentence = self.words.tokens[at].sentence;
        let near = |before: &usize| sentence.saturating_sub(self.words.tokens[*before].sentence) <= 2;
        for before in (0..at.saturating_sub(1)).rev().take(70).take_while(near) {
            if self.words.at(before) != noun {
                continue;
            }
            if self.name_at[before].is_some() || self.words.shape(before) != Shape::Lower {
                return false;
            }
            for start in (before.saturating_sub(5)..before).rev() {
                let word = self.words.at(start);
                if lists::has(&["a", "an", "one", "another"], word) {
                    let opens = start.checked_sub(1);
                    let next = self.words.at(before + 1);
                    let verb = lists::has(lists::VERBS, next) || next.len() > 4 && next.ends_with("ed");
                    let apposed = opens.is_some_and(|opens| {
                        self.words.at(opens) == "," && !verb
                            || lists::has(
                                &["as", "is", "was", "be", "been", "became", "become", "remains"],
                                self.words.at(opens),
                            )
                    });
                    // "a trade group called Harbour Watch", "a lawyer, Ann Vale".
                    let capital = |at: usize| self.words.tokens.get(at).is_some_and(|token| token.is_capital());
                    let named = capital(before + 1)
                        || lists::has(&[",", "called", "named", "known"], next)
                            && (before + 2..before + 4).any(capital);
                    let person_after = person
                        && self.discourse.seen.iter().rev().take(20).any(|seen| {
                            seen.first > before
                                && seen.first < at
                                && seen.subject
                                && self.entities[seen.entity].is_person()
                        });
                    return !apposed && !named && !person_after;
                }
                let other = word == "the" || lists::has(lists::PREPOSITIONS, word);
                if other || self.words.shape(start) != Shape::Lower && !self.words.tokens[start].is_capital() {
                    break;
                }
            }
            return false;
        }
        false
    }

    /// Whether the subject of the sentence before is a thing without a name: "The result does not matter. It".
    pub fn thing_before(&self, at: usize) -> bool {
        let sentence = self.words.tokens[at].sentence as usize;
        let own = &self.words.sentences[sentence];
        let opening = at <= own.start + 2;
        let paragraph = self.words.tokens[at].paragraph;
        let range = if opening {
            let Some(before) = sentence.checked_sub(1) else { return false };
            self.words.sentences[before].clone()
        } else {
            own.start..at
        };
        let mut start = range.start;
        while start < range.end
            && (!self.words.tokens[start].is_word()
                || lists::has(&["but", "and", "still", "so", "yet"], self.words.at(start)))
        {
            start += 1;
        }
        let fits = self.words.tokens.get(start).is_some_and(|token| token.paragraph == paragraph)
            && lists::has(&["the", "this", "that", "a", "an"], self.words.at(start));
        if !fits {
            return false;
        }
        let mut head = None;
        for token in start + 1..range.end.min(start + 7) {
            let word = &self.words.tokens[token];
            if word.shape != Shape::Lower || self.name_at[token].is_some() {
                return false;
            }
            if lists::has(lists::VERBS, &word.lower)
                || lists::has(lists::ADVERBS, &word.lower)
                || head.is_some() && word.lower.ends_with("ed")
            {
                let Some(head) = head else { return false };
                let noun = self.words.at(head);
                return !self.tables.bodies.contains_key(noun)
                    && self.tables.role(noun).is_none()
                    && !self.entities.iter().enumerate().take(400).any(|(entity, named)| {
                        named.kind == super::party::PartyKind::Document && self.is_work(entity, noun)
                    });
            }
            if lists::has(lists::PREPOSITIONS, &word.lower) {
                return false;
            }
            head = Some(token);
        }
        false
    }

    /// Whether a bare surname may as well be the one as the other: both named in full in one sentence, and just as often.
    pub fn alike(&self, one: usize, other: usize, name: &Name) -> bool {
        let full = |entity: usize| {
            let names = self.entities[entity].names.iter().map(|index| &self.names[*index]);
            names.filter(|full| full.last > full.first && full.first < name.first).take(200)
        };
        let last = |entity: usize| full(entity).map(|full| self.words.tokens[full.first].sentence).max();
        full(one).count() == full(other).count() && last(one).is_some() && last(one) == last(other)
    }

    /// Subjects of the same sentence so far: a pronoun goes to them, a description rather to others.
    pub fn subjects_here(&self, at: usize) -> Vec<usize> {
        let sentence = self.words.tokens[at].sentence;
        let seen = self.discourse.seen.iter().rev().take(12);
        seen.take_while(|seen| self.words.tokens[seen.first].sentence == sentence)
            .filter(|seen| seen.subject && seen.first < at)
            .map(|seen| seen.entity)
            .collect()
    }

    /// Whether the noun names the kind of work that stands beside the name of a party.
    pub fn is_work(&self, entity: usize, noun: &str) -> bool {
        let class = work_class(noun);
        let entity = &self.entities[entity];
        entity
            .words
            .iter()
            .chain(entity.key.last())
            .any(|word| word == noun || class.is_some() && work_class(word) == class)
    }

    /// A plural noun before `at` that is no mere predicate: "as if they were victims".
    pub fn predicate(&self, noun: usize) -> bool {
        (1..=3).filter_map(|back| noun.checked_sub(back)).any(|before| {
            lists::has(&["are", "were", "as", "be", "been", "being", "became", "become"], self.words.at(before))
        })
    }
}

//! Puts the steps together: from a text and its attributions to parties and speakers.

use std::collections::HashMap;
use std::ops::Range;

use onrecord_evidence::{Block, TextRange};

use super::adjective::{credit_alone, drop_adjectives, settle};
use super::cluster::join;
use super::describing::{antecedent, description};
use super::first_person::first_person;
use super::goes_on::goes_on;
use super::name::{Name, Shown, names};
use super::party::{Candidate, Credit, Form, Mention, Office, Parties, Party, PartyKind, Reason, ReasonKind, Speaker};
use super::resolve::{Answer, Resolver, Spans, Unnamed};
use super::tables::PartyTables;
use super::token::{Shape, Words};
use super::works::works;

/// The parties of an article and the speaker of each attribution.
///
/// `sentences` in text order; ranges that do not fit the text are passed over. Time is linear in the length of the text.
pub fn parties(
    text: &str,
    blocks: &[Block],
    sentences: &[TextRange],
    credits: &[Credit<'_>],
    tables: &PartyTables,
) -> Parties {
    let mut words = Words::new(text, blocks, sentences);
    let sources: Vec<Range<usize>> =
        credits.iter().filter_map(|credit| Some(words.within(*credit.source.first()?))).collect();
    credit_alone(&mut words, tables, &sources);
    let mut names = names(&words, tables);
    drop_adjectives(&words, tables, &mut names);
    let nouns = works(&words, &mut names);
    let mut clusters = join(&words, tables, &names);
    settle(&words, tables, &names, &mut clusters.entities);
    let of_name = std::mem::take(&mut clusters.of_name);
    for (index, name) in names.iter().enumerate() {
        if let Some(noun) = nouns.get(&name.first).filter(|_| name.shown == Shown::Body(PartyKind::Document)) {
            clusters.entities[of_name[index]].words.insert(noun.clone());
        }
    }
    let tokens =
        |ranges: &[TextRange]| -> Vec<Range<usize>> { ranges.iter().map(|range| words.within(*range)).collect() };
    let spans: Vec<Spans> =
        credits.iter().map(|credit| Spans { source: tokens(credit.source), content: tokens(credit.content) }).collect();
    let mut resolver = Resolver::new(&words, tables, &names, clusters, &of_name);
    let mut answers = resolver.run(&spans);
    first_person(&words, &resolver, &spans, &mut answers);
    goes_on(&words, &resolver, &spans, &mut answers);
    Finisher { words: &words, tables, names: &names, of_name: &of_name, resolver: &resolver }
        .finish(credits, &spans, answers)
}

struct Finisher<'a, 'text> {
    words: &'a Words<'text>,
    tables: &'a PartyTables,
    names: &'a [Name],
    of_name: &'a [usize],
    resolver: &'a Resolver<'a, 'text>,
}

impl Finisher<'_, '_> {
    fn finish(&self, credits: &[Credit<'_>], spans: &[Spans], answers: Vec<Answer>) -> Parties {
        let entities = &self.resolver.entities;
        let mut used = vec![false; entities.len()];
        for answer in &answers {
            for one in answer.scored.iter().take(5) {
                used[one.entity] = true;
            }
            for other in &answer.together {
                used[*other] = true;
            }
            if let Some(owner) = answer.unnamed.as_ref().and_then(|unnamed| unnamed.owner) {
                used[owner] = true;
            }
        }
        let mut mentions: Vec<Vec<Mention>> = vec![Vec::new(); entities.len()];
        for (index, name) in self.names.iter().enumerate() {
            mentions[self.of_name[index]].push(self.mention(index, name));
        }
        for (at, entity, share) in &self.resolver.pronouns {
            if *share >= 0.5 {
                mentions[*entity].push(Mention { range: self.words.tokens[*at].range, form: Form::Pronoun });
            }
        }
        for answer in &answers {
            if let (Some((first, last, pronoun)), Some(best), true) =
                (answer.mention, answer.scored.first(), answer.decided)
            {
                let form = if pronoun { Form::Pronoun } else { Form::Nominal };
                mentions[best.entity].push(Mention { range: self.words.range(first, last), form });
            }
        }
        let mut places = vec![usize::MAX; entities.len()];
        let mut found: Vec<Party> = Vec::new();
        for (index, entity) in entities.iter().enumerate() {
            if entity.place && !used[index] || entity.names.is_empty() {
                continue;
            }
            places[index] = found.len();
            let named_at = self.words.range(self.names[entity.full].first, self.names[entity.full].last);
            let (offices, mut mentions) = (self.offices(entity), std::mem::take(&mut mentions[index]));
            for (_, office) in entity.offices.iter().filter(|(_, office)| office.apart) {
                mentions
                    .push(Mention { range: self.words.range(office.whole.0, office.whole.1), form: Form::Apposition });
            }
            mentions.sort_by_key(|mention| (mention.range, mention.form != Form::Title));
            mentions.dedup_by_key(|mention| mention.range);
            let side = entity
                .country
                .clone()
                .map(|country| self.tables.side(country, named_at))
                .or_else(|| offices.iter().find_map(|office| office.side.clone()));
            found.push(Party {
                name: self.written(named_at),
                named_at,
                kind: entity.kind,
                named: true,
                stands_for: entity.stands_for.clone().filter(|name| super::tables::key(name) != entity.key.join(" ")),
                side,
                owner: None,
                offices,
                mentions,
            });
        }
        let mut by_head: HashMap<(String, Option<usize>), usize> = HashMap::new();
        let speakers = answers
            .iter()
            .zip(credits)
            .zip(spans)
            .map(|((answer, credit), spans)| self.speaker(answer, credit, spans, &places, &mut found, &mut by_head))
            .collect();
        let mut parties = Parties { parties: found, speakers };
        order(&mut parties);
        parties
    }

    fn written(&self, range: TextRange) -> String {
        let words = range.slice(self.words.text).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn mention(&self, index: usize, name: &Name) -> Mention {
        let entity = &self.resolver.entities[self.of_name[index]];
        let full = &self.names[entity.full];
        if let Some((first, _)) = name.title {
            return Mention { range: self.words.range(first, name.last), form: Form::Title };
        }
        let range = self.words.range(name.first, name.last);
        let part = (name.first..=name.last)
            .all(|at| !self.words.tokens[at].is_word() || entity.key.iter().any(|word| word == self.words.at(at)));
        let form = if self.resolver.is_place(index)
            || (index == entity.full && entity.stands_for.is_some() && entity.kind == PartyKind::Office)
        {
            Form::Metonym
        } else if index == entity.full || part {
            Form::Name
        } else {
            Form::Alias
        };
        let _ = full;
        Mention { range, form }
    }

    fn offices(&self, entity: &super::cluster::Entity) -> Vec<Office> {
        let mut found: Vec<Office> = Vec::new();
        for (_, office) in &entity.offices {
            let class = office.class.clone();
            if class.is_empty()
                || self.tables.address.contains_key(self.words.at(office.title.1))
                    && office.title.0 == office.title.1
                    && self.tables.role(self.words.at(office.title.1)).is_none()
            {
                continue;
            }
            let of = office.of.map(|(first, last)| self.words.range(first, last));
            let mut side = None;
            for at in office.whole.0..=office.whole.1 {
                let lower = self.words.at(at);
                let country = self.tables.demonyms.get(lower).cloned().filter(|_| self.words.tokens[at].is_capital());
                let (last, country) = match country {
                    Some(country) => (at, Some(country)),
                    None => super::begin::longest(self.words, self.tables, at, office.whole.1 + 1)
                        .map_or((at, None), |(last, known)| (last, known.country.clone())),
                };
                if let Some(country) = country.filter(|_| self.words.tokens[at].is_capital()) {
                    side = Some(self.tables.side(country, self.words.range(at, last)));
                    break;
                }
            }
            found.push(Office { title: self.words.range(office.title.0, office.title.1), class, of, side });
        }
        found.sort_by_key(|office| office.title);
        found.dedup_by_key(|office| office.title);
        found
    }

    fn speaker(
        &self,
        answer: &Answer,
        credit: &Credit<'_>,
        spans: &Spans,
        places: &[usize],
        found: &mut Vec<Party>,
        by_head: &mut HashMap<(String, Option<usize>), usize>,
    ) -> Speaker {
        if let Some(unnamed) = &answer.unnamed {
            let party = self.unnamed(unnamed, credit, spans, places, found, by_head);
            let confidence = hundredths(unnamed.confidence);
            let kind = if unnamed.owner.is_some() { ReasonKind::Owner } else { ReasonKind::Described };
            let reasons = vec![Reason { kind, evidence: vec![self.words.range(unnamed.first, unnamed.last)] }];
            return Speaker {
                party: Some(party),
                confidence,
                candidates: vec![Candidate { party, confidence, reasons }],
                together: Vec::new(),
            };
        }
        let candidates: Vec<Candidate> = answer
            .scored
            .iter()
            .zip(&answer.shares)
            .filter(|(one, _)| places[one.entity] != usize::MAX)
            .map(|(one, share)| Candidate {
                party: places[one.entity],
                confidence: hundredths(*share),
                reasons: one
                    .reasons
                    .iter()
                    .map(|(kind, first, last)| Reason { kind: *kind, evidence: vec![self.words.range(*first, *last)] })
                    .collect(),
            })
            .collect();
        let party = candidates.first().filter(|_| answer.decided).map(|first| first.party);
        let together =
            answer.together.iter().map(|other| places[*other]).filter(|place| *place != usize::MAX).collect();
        Speaker { party, confidence: candidates.first().map_or(0, |first| first.confidence), candidates, together }
    }

    /// The party of a description without a name: the same one as before where the description is definite and the head the same.
    fn unnamed(
        &self,
        unnamed: &Unnamed,
        credit: &Credit<'_>,
        spans: &Spans,
        places: &[usize],
        found: &mut Vec<Party>,
        by_head: &mut HashMap<(String, Option<usize>), usize>,
    ) -> usize {
        let owner = unnamed.owner.map(|owner| places[owner]).filter(|owner| *owner != usize::MAX);
        let range = credit
            .source
            .first()
            .and_then(|range| range.trimmed(self.words.text))
            .unwrap_or_else(|| self.words.range(unnamed.first, unnamed.last));
        let source = spans.source.first().map_or(unnamed.first, |span| span.start);
        let pronoun = spans
            .source
            .first()
            .is_some_and(|span| span.len() == 1 && super::nominal::pronoun(self.words, span.start).is_some());
        let mention = Mention { range, form: if pronoun { Form::Pronoun } else { Form::Nominal } };
        let named_at = match pronoun {
            true if unnamed.first == source || self.words.shape(unnamed.last) == Shape::Number => range,
            true => antecedent(self.words, unnamed),
            false => description(self.words, range),
        };
        let name = self.written(named_at);
        let key = (unnamed.words.clone(), owner);
        let bare = (unnamed.head.clone(), owner);
        let one_word = |party: &usize| found.get(*party).is_some_and(|party| !party.name.contains(' '));
        let known = by_head.get(&key).copied().or_else(|| by_head.get(&bare).copied().filter(one_word));
        if let Some(at) = known.filter(|_| unnamed.definite) {
            if let Some(party) = found.get_mut(at) {
                if !pronoun && !party.name.contains(' ') && name.contains(' ') {
                    (party.name, party.named_at) = (name, named_at);
                }
                if !party.mentions.contains(&mention) {
                    party.mentions.push(mention);
                }
            }
            by_head.entry(key).or_insert(at);
            return at;
        }
        let party = found.len();
        found.push(Party {
            name,
            named_at,
            kind: unnamed.kind,
            named: false,
            stands_for: None,
            side: None,
            owner,
            offices: Vec::new(),
            mentions: vec![mention],
        });
        by_head.insert(key, party);
        by_head.insert(bare, party);
        party
    }
}

/// Parties by their first mention.
fn order(parties: &mut Parties) {
    let mut sorted: Vec<usize> = (0..parties.parties.len()).collect();
    let place = |party: &Party| party.mentions.iter().map(|mention| mention.range).min().unwrap_or(party.named_at);
    sorted.sort_by_key(|index| (place(&parties.parties[*index]), *index));
    let mut new = vec![0; sorted.len()];
    for (at, index) in sorted.iter().enumerate() {
        new[*index] = at;
    }
    let mut old: Vec<Option<Party>> = std::mem::take(&mut parties.parties).into_iter().map(Some).collect();
    parties.parties = sorted.iter().filter_map(|index| old[*index].take()).collect();
    for party in &mut parties.parties {
        party.owner = party.owner.map(|owner| new[owner]);
        party.mentions.sort_by_key(|mention| mention.range);
    }
    for speaker in &mut parties.speakers {
        speaker.party = speaker.party.map(|party| new[party]);
        for candidate in &mut speaker.candidates {
            candidate.party = new[candidate.party];
        }
        for other in &mut speaker.together {
            *other = new[*other];
        }
    }
}

fn hundredths(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

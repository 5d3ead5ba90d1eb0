//! What "it" and "they" refer to: bodies, pairs of people, people without a name, what was quoted before. Not he or she.

use super::party::{PartyKind, ReasonKind};
use super::resolve::{Answer, Resolver, Spans, Unnamed, shares};
use super::salience::Scored;
use super::tables::Gender;

impl Resolver<'_, '_> {
    /// The party without a name that spoke last, where "it", "he" or "she" goes on with it.
    pub fn last_unnamed(&self, at: usize, gender: Option<Gender>) -> Option<Unnamed> {
        let (token, unnamed) = self.anonymous.as_ref()?;
        let (here, there) = (&self.words.tokens[at], &self.words.tokens[*token]);
        let apart = here.sentence.saturating_sub(there.sentence);
        let between = self.words.sentences.get(there.sentence as usize + 1).filter(|_| apart == 2);
        let goes_on = between.is_some_and(|middle| {
            let said = |at: usize| self.words.tokens[at].quoted || !self.words.tokens[at].is_word();
            !middle.is_empty() && middle.clone().all(said)
        });
        let near = *token < at && (apart <= 1 || goes_on);
        let later = self.discourse.spoke.last().is_some_and(|(other, _)| *other > *token && *other < at);
        let institution = matches!(unnamed.kind, PartyKind::Institution | PartyKind::Government);
        let owned = unnamed.owner.is_some() && gender.is_none() && !institution;
        if !near || later || unnamed.plural || owned {
            return None;
        }
        let body = !matches!(unnamed.kind, PartyKind::Person | PartyKind::Unnamed);
        let own = self.tables.role_gender.get(&unnamed.head).copied();
        let fits = match gender {
            None => body || self.tables.role(&unnamed.head).is_none() && unnamed.head.len() > 3,
            Some(wanted) => !body && own.is_none_or(|own| own == wanted) && self.tables.role(&unnamed.head).is_some(),
        };
        let between = self.discourse.seen.iter().rev().take(20).any(|seen| {
            let entity = &self.entities[seen.entity];
            let other = match gender {
                None => !entity.is_person(),
                Some(wanted) => entity.is_person() && entity.gender.is_none_or(|own| own == wanted),
            };
            seen.first > *token && seen.first < at && seen.subject && !seen.quoted && other
        });
        (fits && !between).then(|| Unnamed { definite: true, confidence: 0.6, ..unnamed.clone() })
    }

    /// A thing without a name.
    fn thing(&self, at: usize) -> Unnamed {
        Unnamed {
            kind: PartyKind::Unnamed,
            head: "it".to_owned(),
            first: at,
            last: at,
            owner: None,
            definite: true,
            plural: false,
            words: "it".to_owned(),
            confidence: 0.55,
        }
    }

    pub fn it(&mut self, they: bool, at: usize, spans: &Spans) -> Answer {
        let (quoted, content) = (self.words.tokens[at].quoted, &spans.content);
        if let Some(unnamed) = self.last_unnamed(at, None).filter(|_| !they) {
            return Answer { unnamed: Some(unnamed), ..Answer::default() };
        }
        if !they && self.thing_before(at) {
            return Answer { unnamed: Some(self.thing(at)), ..Answer::default() };
        }
        let mut scored = self.discourse.candidates(self.words, &self.entities, at, quoted, content, |_, entity| {
            let weight = match entity.kind {
                // One bare word may be a firm as well as a surname.
                PartyKind::Person if entity.key.len() == 1 && entity.person < 1.0 && entity.gender.is_none() => -0.6,
                PartyKind::Person | PartyKind::Unnamed => return None,
                PartyKind::Government if entity.place => -0.9,
                PartyKind::Document => {
                    if they {
                        return None;
                    } else {
                        -0.2
                    }
                }
                PartyKind::Group => {
                    if they {
                        0.2
                    } else {
                        0.0
                    }
                }
                _ => 0.1,
            };
            Some(weight)
        });
        scored.retain(|one| one.score > 1.2);
        let mut shares = shares(&scored, 1.0);
        if they {
            if let Some((first, second, token)) = self.pair_before(at) {
                let scored =
                    vec![Scored { entity: first, score: 2.0, reasons: vec![(ReasonKind::Subject, token, token)] }];
                return Answer {
                    scored,
                    shares: vec![0.6],
                    decided: true,
                    together: vec![second],
                    mention: Some((at, at, true)),
                    ..Answer::default()
                };
            }
            // People without a name are meant more often than not.
            let near = self.discourse.spoke.iter().rev().find(|(token, _)| *token < at).copied();
            let sentence = self.words.tokens[at].sentence;
            let spoke = near.filter(|(token, entity)| {
                sentence.saturating_sub(self.words.tokens[*token].sentence) <= 1
                    && scored.first().is_some_and(|best| best.entity == *entity)
            });
            let plural = self.plural_before(at);
            let subject = scored.first().filter(|best| {
                best.reasons.iter().any(|(kind, token, _)| {
                    *kind == ReasonKind::Subject && sentence.saturating_sub(self.words.tokens[*token].sentence) <= 1
                })
            });
            let keep = (spoke.is_some() || subject.is_some()) && plural.is_none();
            if !keep {
                let confidence = if plural.is_some() { 0.62 } else { 0.5 };
                let unnamed = Unnamed {
                    kind: PartyKind::Unnamed,
                    head: plural.map_or_else(|| "they".to_owned(), |at| self.words.at(at).to_owned()),
                    first: at,
                    last: at,
                    owner: None,
                    definite: true,
                    plural: true,
                    words: "they".to_owned(),
                    confidence,
                };
                return Answer { unnamed: Some(unnamed), ..Answer::default() };
            }
            for share in &mut shares {
                *share *= 0.6;
            }
        }
        let decided = shares.first().is_some_and(|share| *share >= 0.3);
        for share in &mut shares {
            *share *= 0.85;
        }
        Answer { scored, shares, decided, mention: Some((at, at, true)), ..Answer::default() }
    }
}

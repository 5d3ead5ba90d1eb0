//! From pronouns and descriptions to parties, going through the text once. The weights are set by hand on training texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cluster::{Clusters, Entity};
use super::lists;
use super::name::{Name, Shown};
use super::nominal::{Pronoun, SourceWords, pronoun, read};
use super::party::{PartyKind, ReasonKind};
use super::salience::{Discourse, Scored, Seen, is_subject, is_verb_mark};
use super::tables::{Gender, PartyTables};
use super::token::{Shape, Words};

/// Whom one attribution credits, before it is given out.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub scored: Vec<Scored>,
    /// Confidence of each of `scored`, 0 to 1.
    pub shares: Vec<f32>,
    pub decided: bool,
    pub together: Vec<usize>,
    /// Source tokens that are a mention of the party beside its names, and how.
    pub mention: Option<(usize, usize, bool)>,
    /// A description without a name: makes a party of its own.
    pub unnamed: Option<Unnamed>,
}

#[derive(Clone, Debug)]
pub(super) struct Unnamed {
    pub kind: PartyKind,
    pub head: String,
    pub first: usize,
    pub last: usize,
    pub owner: Option<usize>,
    pub definite: bool,
    pub plural: bool,
    /// Its words without determiner, folded.
    pub words: String,
    pub confidence: f32,
}

/// Token ranges of one attribution.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    pub source: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
}

pub(super) struct Resolver<'a, 'text> {
    pub words: &'a Words<'text>,
    pub tables: &'a PartyTables,
    pub names: &'a [Name],
    pub of_name: &'a [usize],
    pub entities: Vec<Entity>,
    pub name_at: Vec<Option<usize>>,
    pub discourse: Discourse,
    /// Token, party and confidence of the pronouns that were resolved.
    pub pronouns: Vec<(usize, usize, f32)>,
    /// Heads of descriptions that stood for people without a name.
    pub unnamed: HashSet<String>,
    /// The party without a name that was credited last, and where.
    pub anonymous: Option<(usize, Unnamed)>,
    /// How many people have this last name and another one.
    pub namesakes: HashMap<String, Vec<usize>>,
    /// All words that stand beside names.
    pub beside: HashSet<String>,
    /// Campaigns and administrations by owner's name and noun.
    pub campaigns: HashMap<(String, String), usize>,
}

/// Shares by the scores: how likely each is, if one of them is right.
pub(super) fn shares(scored: &[Scored], temperature: f32) -> Vec<f32> {
    let best = scored.first().map_or(0.0, |first| first.score);
    let weights: Vec<f32> = scored.iter().take(5).map(|one| ((one.score - best) / temperature).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

impl Answer {
    /// The same, for a mention that stands elsewhere than its reason.
    pub fn at(mut self, first: usize, last: usize) -> Self {
        self.mention = Some((first, last, false));
        self
    }
}

impl<'a, 'text> Resolver<'a, 'text> {
    pub fn new(
        words: &'a Words<'text>,
        tables: &'a PartyTables,
        names: &'a [Name],
        clusters: Clusters,
        of_name: &'a [usize],
    ) -> Self {
        let mut name_at = vec![None; words.tokens.len()];
        for nested in [true, false] {
            for (index, name) in names.iter().enumerate().filter(|(_, name)| name.nested == nested) {
                name_at[name.first] = Some(index);
                if let Some((first, _)) = name.title {
                    name_at[first] = Some(index);
                }
            }
        }
        let (mut namesakes, mut beside, mut campaigns) = (HashMap::new(), HashSet::new(), HashMap::new());
        for (at, entity) in clusters.entities.iter().enumerate() {
            beside.extend(entity.words.iter().cloned());
            let Some((last, before)) = entity.key.split_last() else { continue };
            if entity.is_person() && !before.is_empty() {
                namesakes.entry(last.clone()).or_insert_with(Vec::new).push(at);
            }
            if entity.kind == PartyKind::Group {
                for owner in before.iter().take(8) {
                    campaigns.entry((owner.clone(), last.clone())).or_insert(at);
                }
            }
        }
        Self {
            words,
            tables,
            names,
            of_name,
            entities: clusters.entities,
            name_at,
            discourse: Discourse::default(),
            pronouns: Vec::new(),
            unnamed: HashSet::new(),
            anonymous: None,
            namesakes,
            beside,
            campaigns,
        }
    }

    /// Goes through the text; one answer for each attribution.
    pub fn run(&mut self, credits: &[Spans]) -> Vec<Answer> {
        let mut answers = vec![Answer::default(); credits.len()];
        let mut starting: Vec<(usize, usize)> = credits
            .iter()
            .enumerate()
            .filter_map(|(index, spans)| Some((spans.source.iter().find(|span| !span.is_empty())?.start, index)))
            .collect();
        starting.sort_unstable();
        let mut starting = starting.into_iter().peekable();
        let mut by_first: Vec<usize> = (0..self.names.len()).collect();
        by_first.sort_by_key(|index| (self.names[*index].first, self.names[*index].nested));
        let mut names = by_first.into_iter().peekable();
        for at in 0..self.words.tokens.len() {
            let mut handled = false;
            while let Some((_, index)) = starting.next_if(|(first, _)| *first <= at) {
                let answer = self.answer(&credits[index]);
                if let Some(best) = answer.scored.first().filter(|_| answer.decided) {
                    let entity = best.entity;
                    if let Some((first, last, is_pronoun)) = answer.mention {
                        let seen = self.seen(entity, first, last, false, is_pronoun);
                        if !handled {
                            self.discourse.seen.push(Seen { subject: true, ..seen });
                            if is_pronoun {
                                self.pronouns.push((first, entity, answer.shares.first().copied().unwrap_or_default()));
                            }
                            handled = first == at;
                        }
                    }
                    if self.discourse.spoke.last() != Some(&(at, entity)) {
                        self.discourse.spoke.push((at, entity));
                    }
                }
                if let Some(unnamed) = answer.unnamed.as_ref().filter(|unnamed| !unnamed.definite) {
                    self.unnamed.insert(unnamed.head.clone());
                }
                if let Some(unnamed) = &answer.unnamed {
                    self.anonymous = Some((at, unnamed.clone()));
                }
                answers[index] = answer;
            }
            while let Some(index) = names.next_if(|index| self.names[*index].first <= at) {
                let name = &self.names[index];
                let seen = self.seen(self.of_name[index], name.first, name.last, name.nested, false);
                self.discourse.seen.push(seen);
            }
            if !handled && self.words.at(at) == "the" && self.name_at[at].is_none() {
                self.passing(at);
            }
            if !handled && self.words.shape(at) != Shape::Upper {
                let gender = match pronoun(self.words, at) {
                    Some(Pronoun::He) => Gender::Man,
                    Some(Pronoun::She) => Gender::Woman,
                    _ => continue,
                };
                if self.last_unnamed(at, Some(gender)).is_some() {
                    continue;
                }
                let quoted = self.words.tokens[at].quoted;
                let scored = self.people(at, quoted, &[], Some(gender));
                let shares = shares(&scored, 1.0);
                if let (Some(best), Some(share)) = (scored.first(), shares.first()) {
                    if *share > 0.4 {
                        let entity = best.entity;
                        let mut seen = self.seen(entity, at, at, false, true);
                        seen.possessive = lists::has(&["his", "her"], self.words.at(at));
                        self.discourse.seen.push(seen);
                        self.learn(entity, gender, *share);
                    }
                    self.pronouns.push((at, best.entity, *share));
                }
            }
        }
        answers
    }

    fn learn(&mut self, entity: usize, gender: Gender, share: f32) {
        let entity = &mut self.entities[entity];
        if share > 0.85 && entity.gender.is_none() && entity.is_person() {
            entity.gender = Some(gender);
        }
    }

    pub fn seen(&self, entity: usize, first: usize, last: usize, nested: bool, is_pronoun: bool) -> Seen {
        let token = &self.words.tokens[first];
        let subject = if is_pronoun {
            matches!(token.lower.as_str(), "he" | "she" | "they" | "it" | "i" | "we")
        } else {
            is_subject(self.words, first, last)
        };
        Seen {
            entity,
            first,
            last,
            subject: subject && !nested,
            possessive: self.words.shape(last + 1) == Shape::Possessive && !is_verb_mark(self.words, last + 1),
            nested,
            asked: !nested && !is_pronoun && self.asked(first),
            quoted: token.quoted,
            titled: self.words.titled.get(token.sentence as usize).copied().unwrap_or(false),
            lead: !self
                .discourse
                .seen
                .iter()
                .rev()
                .take(8)
                .take_while(|before| self.words.tokens[before.first].sentence == token.sentence)
                .any(|before| !before.nested && !before.possessive && self.entities[before.entity].is_person()),
        }
    }

    /// Persons whom "he" or "she" may mean at `at`.
    pub fn people(&self, at: usize, quoted: bool, content: &[Range<usize>], gender: Option<Gender>) -> Vec<Scored> {
        self.discourse.candidates(self.words, &self.entities, at, quoted, content, |_, entity| {
            if !entity.is_person() {
                return None;
            }
            let fit = match (entity.gender, gender) {
                (Some(own), Some(wanted)) if own == wanted => 0.6,
                (Some(_), Some(_)) => return None,
                _ => 0.0,
            };
            Some(
                fit + if entity.person < 0.5 {
                    -0.9
                } else if entity.person < 1.2 {
                    -0.3
                } else {
                    0.0
                },
            )
        })
    }

    fn answer(&mut self, spans: &Spans) -> Answer {
        match read(self.words, self.tables, self.names, &self.name_at, &spans.source) {
            SourceWords::Nothing => Answer::default(),
            SourceWords::Names(names) => self.named(&names),
            SourceWords::Pronoun(which, at) => self.pronoun(which, at, spans),
            SourceWords::Described(description) => self.described(&description, spans),
        }
    }

    fn named(&self, names: &[usize]) -> Answer {
        let name = &self.names[names[0]];
        let entity = self.of_name[names[0]];
        let several = self
            .namesakes
            .get(self.words.at(name.last))
            .filter(|all| all.len() > 1 && name.first == name.last && all.contains(&entity));
        let share = match (&self.entities[entity], several) {
            (_, Some(_)) => 0.75,
            (entity, _) if entity.is_person() && entity.person < 0.5 => 0.85,
            _ => 0.96,
        };
        let together = names[1..].iter().map(|name| self.of_name[*name]).filter(|other| *other != entity).collect();
        let mut scored = vec![Scored { entity, score: 5.0, reasons: vec![(ReasonKind::Named, name.first, name.last)] }];
        let mut shares = vec![share];
        let mut decided = true;
        let others = several.into_iter().flatten().copied().filter(|other| *other != entity).take(4);
        for other in others.filter(|_| name.title.is_none()) {
            decided &= !self.alike(entity, other, name);
            scored.push(Scored {
                entity: other,
                score: 1.0,
                reasons: vec![(ReasonKind::Named, name.first, name.last)],
            });
        }
        if scored.len() > 1 {
            let first = if decided { share } else { 0.5 };
            shares = vec![(0.95 - first) / (scored.len() - 1) as f32; scored.len()];
            shares[0] = first;
        }
        Answer { scored, shares, decided, together, ..Answer::default() }
    }

    fn pronoun(&mut self, which: Pronoun, at: usize, spans: &Spans) -> Answer {
        let quoted = self.words.tokens[at].quoted;
        let content = &spans.content;
        match which {
            Pronoun::He | Pronoun::She => {
                let gender = if which == Pronoun::He { Gender::Man } else { Gender::Woman };
                if let Some(unnamed) = self.last_unnamed(at, Some(gender)) {
                    return Answer { unnamed: Some(unnamed), ..Answer::default() };
                }
                let mut scored = self.people(at, quoted, content, Some(gender));
                if scored.is_empty() {
                    scored = self.ahead(at, gender);
                } else if let Some(entity) = self.fronted(at, gender) {
                    let best = scored.first().map_or(0.0, |best| best.score);
                    scored.retain(|one| one.entity != entity.0);
                    scored.insert(
                        0,
                        Scored {
                            entity: entity.0,
                            score: best + 1.0,
                            reasons: vec![(ReasonKind::Subject, entity.1, entity.1)],
                        },
                    );
                }
                let shares = shares(&scored, 1.0);
                let decided = shares.first().is_some_and(|share| *share >= 0.3);
                if let (Some(best), Some(share)) = (scored.first(), shares.first()) {
                    self.learn(best.entity, gender, *share);
                }
                Answer { scored, shares, decided, mention: Some((at, at, true)), ..Answer::default() }
            }
            Pronoun::Who => self.relative(at),
            Pronoun::It | Pronoun::They => self.it(which == Pronoun::They, at, spans),
            Pronoun::I | Pronoun::We | Pronoun::You => Answer { mention: Some((at, at, true)), ..Answer::default() },
        }
    }

    /// Whether the words of a name show a place first of all.
    pub fn is_place(&self, index: usize) -> bool {
        let name = &self.names[index];
        matches!(name.shown, Shown::Known(_)) && self.entities[self.of_name[index]].place
    }
}

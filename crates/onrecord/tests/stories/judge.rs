//! What is right of a linked story by its gold file. It looks at words and places only, and knows no story.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use onrecord::evidence::{RevisionId, StatementId, TextRange, Time, TimeSource};
use onrecord::link::Report;
use onrecord::link::assemble::Linked;
use onrecord::link::claims::LinkDecision;
use onrecord::link::position::ClaimRecord;
use onrecord::link::standing::{Neighbours, standing};
use serde_json::Value;

#[path = "rows.rs"]
mod rows;

use rows::Rows;

/// What was right of what there is.
#[derive(Clone, Copy, Default)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    pub fn plus(self, other: Self) -> Self {
        Self { right: self.right + other.right, of: self.of + other.of }
    }
}

/// The scores of one story, or of all.
#[derive(Default)]
pub struct Score {
    pub found: Share,
    pub precision: f64,
    pub recall: f64,
    pub acts: Share,
    /// Acts that are right in whatever claim their statement is.
    pub acts_anywhere: Share,
    pub origins: Share,
    /// What "always one" would have right of the origins.
    pub always_one: Share,
    pub standing: Share,
    /// Every other kind of row.
    pub rows: Rows,
}

impl Score {
    /// Adds the score of a story; precision and recall stay sums until [`Score::mean`].
    pub fn add(&mut self, story: &Self) {
        let weight = story.found.right as f64;
        self.found = self.found.plus(story.found);
        self.acts = self.acts.plus(story.acts);
        self.acts_anywhere = self.acts_anywhere.plus(story.acts_anywhere);
        self.origins = self.origins.plus(story.origins);
        self.standing = self.standing.plus(story.standing);
        self.always_one = self.always_one.plus(story.always_one);
        for (row, share) in &story.rows {
            let sum = self.rows.entry(row).or_default();
            *sum = sum.plus(*share);
        }
        self.precision += story.precision * weight;
        self.recall += story.recall * weight;
    }

    /// The mean over the passages that were found.
    pub fn mean(mut self) -> Self {
        let weight = (self.found.right as f64).max(1.0);
        self.precision /= weight;
        self.recall /= weight;
        self
    }

    pub fn f1(&self) -> f64 {
        if self.precision + self.recall > 0.0 {
            2.0 * self.precision * self.recall / (self.precision + self.recall)
        } else {
            0.0
        }
    }

    pub fn row(&self, name: &str) -> String {
        let share = |share: Share| format!("{}/{}", share.right, share.of);
        format!(
            "{name:<36} {:>9} {:>6.1} {:>6.1} {:>6.1} {:>9} {:>9} {:>8} {:>9}",
            share(self.found),
            100.0 * self.precision,
            100.0 * self.recall,
            100.0 * self.f1(),
            share(self.acts),
            share(self.acts_anywhere),
            share(self.origins),
            share(self.standing),
        )
    }
}

/// One linked story with its gold file.
pub struct Judge<'a> {
    pub reports: &'a [(String, Report)],
    pub linked: &'a Linked,
    pub details: String,
}

impl Judge<'_> {
    /// Every place of exact words in an article.
    pub fn places(&self, article: &str, words: &Value) -> Vec<(RevisionId, TextRange)> {
        let words: Vec<&str> = match words {
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        let Some((_, report)) = self.reports.iter().find(|(name, _)| name == article) else { return Vec::new() };
        let Some(first) = words.first().filter(|first| !first.is_empty()) else { return Vec::new() };
        report
            .text
            .match_indices(*first)
            .map(|(at, _)| (report.revision, TextRange::new(at as u32, (at + first.len()) as u32)))
            .collect()
    }

    /// The statement that has most of these words: claim, index.
    pub fn statement(&self, article: &str, words: &Value, wide: bool) -> Option<(usize, usize)> {
        let mut best: Option<(u32, (usize, usize))> = None;
        for (revision, place) in self.places(article, words) {
            for (claim, linked) in self.linked.claims.iter().enumerate() {
                for (index, one) in
                    linked.statements.iter().enumerate().filter(|(_, one)| one.statement.revision == revision)
                {
                    let mut ranges = one.statement.ranges.clone();
                    if wide && let Some(attribution) = one.statement.attribution {
                        let records = self.reports.iter().flat_map(|(_, report)| &report.records);
                        for record in records.filter(|record| record.id == attribution) {
                            ranges.extend(record.source.iter().chain(&record.cue).map(|quoted| quoted.range()));
                        }
                    }
                    let shared: u32 = ranges
                        .iter()
                        .map(|range| range.end.min(place.end).saturating_sub(range.start.max(place.start)))
                        .sum();
                    let size: u32 = ranges.iter().map(|range| range.len()).sum();
                    let enough = 2 * shared >= place.len() || 2 * shared >= size;
                    let score = 1000 * shared / (size + place.len() - shared.min(size + place.len() - 1)).max(1);
                    if enough && shared > 0 && best.is_none_or(|(most, _)| score > most) {
                        best = Some((score, (claim, index)));
                    }
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// What a person would decide who joins statements as the gold file has them.
    pub fn decisions(&self, gold: &Value) -> Vec<(StatementId, StatementId, LinkDecision)> {
        let mut claims: Vec<BTreeSet<StatementId>> = Vec::new();
        for claim in gold["claims"].as_array().unwrap() {
            let mut of_claim = BTreeSet::new();
            for (list, wide) in [("members", false), ("positions", true)] {
                for member in claim[list].as_array().into_iter().flatten() {
                    let found = self.statement(member["article"].as_str().unwrap(), &member["words"], wide);
                    of_claim
                        .extend(found.map(|(claim, index)| self.linked.claims[claim].statements[index].statement.id));
                }
            }
            // A statement of several claims is put to the first.
            let is_new = |id: &StatementId| !claims.iter().any(|known| known.contains(id));
            claims.push(of_claim.into_iter().filter(is_new).collect());
        }
        let mut decisions = Vec::new();
        for (number, one) in claims.iter().enumerate() {
            let list: Vec<StatementId> = one.iter().copied().collect();
            for (index, one) in list.iter().enumerate() {
                decisions.extend(list[index + 1..].iter().map(|other| (*one, *other, LinkDecision::MustLink)));
            }
            for other in claims.iter().skip(number + 1).flatten() {
                decisions.extend(one.iter().map(|one| (*one, *other, LinkDecision::CannotLink)));
            }
        }
        decisions
    }

    pub fn score(&mut self, gold: &Value) -> Score {
        let mut score = Score::default();
        let claims = gold["claims"].as_array().unwrap().clone();
        let mut items: Vec<(usize, usize)> = Vec::new();
        let mut mapped: Vec<Option<usize>> = Vec::new();
        for (number, claim) in claims.iter().enumerate() {
            let members = claim["members"].as_array().or_else(|| claim["positions"].as_array()).unwrap();
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            let has_members = claim["members"].is_array();
            let _ = writeln!(self.details, "  gold {number} {}", claim["wording"]);
            for member in members {
                let article = member["article"].as_str().unwrap();
                let found = self.statement(article, &member["words"], !has_members);
                score.found.add(found.is_some());
                let shown = found.map(|(claim, _)| claim);
                let _ = writeln!(self.details, "    {shown:?} {article:.12} {}", member["words"]);
                if let Some((claim, _)) = found {
                    items.push((number, claim));
                    *votes.entry(claim).or_default() += 1;
                }
            }
            mapped.push(
                votes.into_iter().max_by_key(|(claim, votes)| (*votes, usize::MAX - claim)).map(|(claim, _)| claim),
            );
        }
        for (gold_claim, claim) in &items {
            let same_claim = items.iter().filter(|(_, other)| other == claim).count() as f64;
            let same_gold = items.iter().filter(|(other, _)| other == gold_claim).count() as f64;
            let both = items.iter().filter(|item| **item == (*gold_claim, *claim)).count() as f64;
            score.precision += both / same_claim / items.len() as f64;
            score.recall += both / same_gold / items.len() as f64;
        }
        let records: Vec<&ClaimRecord> = self.linked.claims.iter().map(|claim| &claim.record).collect();
        let neighbours = Neighbours::new(records.iter().copied());
        for (number, claim) in claims.iter().enumerate() {
            let Some(found) = mapped[number] else {
                let moments = claim["as_of"].as_array().map_or(0, Vec::len) + 1;
                (0..moments).for_each(|_| score.origins.add(false));
                (0..moments).for_each(|_| score.standing.add(false));
                for _ in claim["positions"].as_array().unwrap() {
                    score.acts.add(false);
                    score.acts_anywhere.add(false);
                }
                continue;
            };
            let _ =
                writeln!(self.details, "  claim {number} -> {found} {:?}", self.linked.claims[found].canonical.text);
            for position in claim["positions"].as_array().unwrap() {
                let article = position["article"].as_str().unwrap();
                let placed = self.statement(article, &position["words"], true);
                let linked = &self.linked.claims[found];
                let utterance = placed
                    .filter(|(claim, _)| *claim == found)
                    .and_then(|(_, index)| linked.statements[index].utterance.clone());
                let utterance = utterance.and_then(|key| linked.record.utterances.iter().find(|one| one.key == key));
                let anywhere = placed.and_then(|(claim, index)| {
                    let linked = &self.linked.claims[claim];
                    let key = linked.statements[index].utterance.as_ref()?;
                    linked.record.utterances.iter().find(|one| one.key == *key)
                });
                score.acts_anywhere.add(anywhere.is_some_and(|one| position["act"].as_str() == Some(one.act.word())));
                let right = utterance.is_some_and(|one| position["act"].as_str() == Some(one.act.word()));
                score.acts.add(right);
                let shown = utterance.map(|one| format!("{} {}", one.act, one.party));
                let _ = writeln!(
                    self.details,
                    "    {} {} {:?} <- {placed:?} {}",
                    if right { "ok " } else { "BAD" },
                    position["act"],
                    shown,
                    position["words"]
                );
            }
            let record = &self.linked.claims[found].record;
            let has_note = claim["standing_note"].is_string();
            let mut moments: Vec<(Option<Time>, &Value, &Value)> = Vec::new();
            for moment in claim["as_of"].as_array().into_iter().flatten() {
                let at = Time::parse(moment["at"].as_str().unwrap(), TimeSource::User).unwrap();
                moments.push((Some(at), &moment["standing"], &moment["origins"]["at_least"]));
            }
            moments.push((None, &claim["standing_at_end"], &claim["origins"]["at_least"]));
            for (at, word, least) in moments {
                let found = standing(record, &neighbours, at.as_ref());
                if let Some(least) = least.as_u64() {
                    score.origins.add(found.origins.least as u64 == least);
                    score.always_one.add(least == 1);
                }
                if let Some(word) = word.as_str().filter(|_| !has_note) {
                    score.standing.add(found.word.words() == word);
                }
                let _ = writeln!(
                    self.details,
                    "    at {:?}: {} (gold {word}) rule {} least {} unknown {} (gold {least})",
                    at.map(|at| at.to_string()),
                    found.word.words(),
                    found.by_rule.rule,
                    found.origins.least,
                    found.origins.unknown,
                );
            }
        }
        score.rows = self.rows(gold, &mapped);
        score
    }
}

//! The rows of a gold file beside claims, acts, origins and standing: who said it, what is one saying, figures, wording, first appearance,
//! life. One share for each kind of row; what is not found is wrong. It knows no story.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use onrecord::evidence::{RevisionId, TextRange};
use onrecord::link::drift::retellings;
use onrecord::link::figure::{FigureClaim, Relation, Series, compare, series};
use onrecord::link::origin::{first_appearance, origins};
use onrecord::link::position::{ClaimKind, ClaimRecord, LinkKind, PartyKey, PartyKind, Utterance, positions};
use onrecord::link::standing::{Neighbours, life, right_to_deny};
use serde_json::Value;

use super::{Judge, Share};

/// What was right of each kind of row, by its name.
pub type Rows = BTreeMap<&'static str, Share>;

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn article(value: &Value) -> &str {
    value["article"].as_str().unwrap_or("")
}

/// The telling words of a party's name, in lower case.
fn telling(name: &str) -> BTreeSet<String> {
    let small =
        ["the", "of", "for", "and", "office", "ministry", "minister", "spokesman", "government", "told", "unnamed"];
    let words = name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() > 2 && !small.contains(&word.as_str())).collect()
}

impl Judge<'_> {
    /// Scores every row beside those of [`Judge::score`]; `mapped` are the claims that stand for those of the gold file.
    pub fn rows(&mut self, gold: &Value, mapped: &[Option<usize>]) -> Rows {
        let mut rows = Rows::new();
        self.of_claims(gold, mapped, &mut rows);
        self.sayings(gold, mapped, &mut rows);
        self.figures(gold, &mut rows);
        for row in list(&gold["kept_without_standing"]) {
            let kind = self
                .statement(article(row), &row["words"], false)
                .map(|(claim, _)| self.linked.claims[claim].record.kind);
            let right = match row["kind"].as_str() {
                Some("intention") => kind == Some(ClaimKind::Intention),
                _ => kind == Some(ClaimKind::Opinion),
            };
            self.note(&mut rows, "kept without standing", right, format!("{} found {kind:?}", row["words"]));
        }
        for row in list(&gold["wording_drift"]) {
            let right = self.drifts(row);
            self.note(&mut rows, "wording drift", right, format!("{} {}", row["kind"], row["words"]));
        }
        for row in list(&gold["circular"]) {
            let at = self.revision(article(row));
            let found = self.linked.claims.iter().flat_map(|claim| origins(&claim.record, None).circles);
            let right = at.is_some_and(|at| found.into_iter().any(|circle| circle.reports.contains(&at)));
            self.note(&mut rows, "circular", right, row["words"].to_string());
        }
        rows
    }

    fn note(&mut self, rows: &mut Rows, row: &'static str, right: bool, what: String) {
        let share = rows.entry(row).or_default();
        share.right += usize::from(right);
        share.of += 1;
        let _ = writeln!(self.details, "    {} {row}: {what}", if right { "ok " } else { "BAD" });
    }

    fn revision(&self, article: &str) -> Option<RevisionId> {
        self.reports.iter().find(|(name, _)| name == article).map(|(_, report)| report.revision)
    }

    /// The utterance of a passage, with its claim.
    fn utterance(&self, article: &str, words: &Value) -> Option<(usize, &Utterance)> {
        let (claim, index) = self.statement(article, words, true)?;
        let linked = &self.linked.claims[claim];
        let key = linked.statements[index].utterance.as_ref()?;
        Some((claim, linked.record.utterances.iter().find(|one| one.key == *key)?))
    }

    /// Whom an article credits with an utterance.
    fn credited(&self, article: &str, utterance: &Utterance) -> PartyKey {
        let of = self.revision(article);
        let relay = utterance.relays.iter().find(|relay| Some(relay.report) == of);
        relay.and_then(|relay| relay.credits.clone()).unwrap_or_else(|| utterance.party.clone())
    }

    fn of_claims(&mut self, gold: &Value, mapped: &[Option<usize>], rows: &mut Rows) {
        let linked = self.linked;
        let records: Vec<&ClaimRecord> = linked.claims.iter().map(|claim| &claim.record).collect();
        let neighbours = Neighbours::new(records.iter().copied());
        let number = |named: &Value| {
            let is = |claim: &Value| claim["id"] == *named || claim["wording"] == *named;
            list(&gold["claims"]).position(is).and_then(|number| mapped[number])
        };
        for (claim, found) in list(&gold["claims"]).zip(mapped) {
            let record = found.map(|found| &linked.claims[found].record);
            let first = record.and_then(|record| first_appearance(record, None)).map(|first| first.report);
            let expect = claim["first_appearance"].as_str().and_then(|name| self.revision(name));
            let right = expect.is_some() && first == expect;
            self.note(rows, "first appearance", right, claim["wording"].to_string());
            for position in list(&claim["positions"]) {
                let found = self
                    .utterance(article(position), &position["words"])
                    .map(|(claim, one)| (claim, self.credited(article(position), one)));
                let name = position["party"].as_str().unwrap_or("");
                let right =
                    found.as_ref().is_some_and(|(claim, party)| is_party(&linked.claims[*claim].record, party, name));
                self.note(rows, "parties", right, format!("{name} found {found:?}"));
                if let Some(stated) = position["standing_to_deny"].as_str() {
                    let given = found
                        .as_ref()
                        .map(|(claim, party)| right_to_deny(&linked.claims[*claim].record, party).is_some());
                    let right = given == Some(!stated.starts_with("none"));
                    self.note(rows, "standing to deny", right, format!("{name}: {stated} found {given:?}"));
                }
            }
            for context in list(&claim["context"]) {
                let placed = self.statement(article(context), &context["words"], true);
                let here =
                    self.utterance(article(context), &context["words"]).filter(|(claim, _)| Some(*claim) == *found);
                let right = here.is_some_and(|(claim, one)| {
                    let found = positions(&linked.claims[claim].record, None);
                    found.parties.iter().flat_map(|position| &position.context).any(|held| held.utterance == one.key)
                });
                self.note(rows, "context", right, format!("{} found {placed:?} of {found:?}", context["words"]));
            }
            if !claim["role_conflict_with"].is_null() {
                let other = number(&claim["role_conflict_with"]);
                let links = |one: usize, other: usize| {
                    let (one, other) = (&linked.claims[one].record, &linked.claims[other].record.claim);
                    one.links.iter().any(|link| link.kind == LinkKind::Incompatible && link.other == *other)
                };
                let right = found
                    .zip(other)
                    .is_some_and(|(one, other)| one != other && (links(one, other) || links(other, one)));
                self.note(rows, "role conflicts", right, format!("{} {found:?} {other:?}", claim["wording"]));
            }
            for link in list(&claim["links"]).filter(|link| link["link"] == "presupposes") {
                let other = number(&link["to_claim"]);
                let right = found.zip(other).is_some_and(|(one, other)| {
                    let other = &linked.claims[other].record.claim;
                    linked.claims[one]
                        .record
                        .links
                        .iter()
                        .any(|link| link.kind == LinkKind::Presupposes && link.other == *other)
                });
                self.note(rows, "presupposes", right, format!("{} of {}", claim["wording"], link["to_claim"]));
            }
            let stated =
                list(&claim["as_of"]).last().and_then(|moment| moment["life"].as_str()).or(claim["life"].as_str());
            if let Some(stated) = stated {
                let word = record.map(|record| life(record, &neighbours, None).words());
                let right = word.is_some_and(|word| stated.starts_with(word));
                self.note(rows, "life", right, format!("{} {stated} found {word:?}", claim["wording"]));
            }
        }
    }

    /// What is one saying, and what is not.
    fn sayings(&mut self, gold: &Value, mapped: &[Option<usize>], rows: &mut Rows) {
        for group in list(&gold["same_utterance"]) {
            let found: Vec<_> = list(&group["relays"])
                .map(|relay| self.utterance(article(relay), &relay["words"]).map(|(_, one)| one.key.clone()))
                .collect();
            let right = found.iter().all(|one| one.is_some() && *one == found[0]);
            let known: BTreeSet<_> = found.iter().flatten().map(ToString::to_string).collect();
            let missing = found.iter().filter(|one| one.is_none()).count();
            let what = format!("{} {} not found, {known:?}", group["party"], missing);
            self.note(rows, "same utterance", right, what);
        }
        for (claim, _) in list(&gold["claims"]).zip(mapped) {
            let named: Vec<(&Value, Option<String>)> = list(&claim["positions"])
                .filter(|position| position["utterance"].is_string())
                .map(|position| {
                    let found = self.utterance(article(position), &position["words"]);
                    (&position["utterance"], found.map(|(_, one)| one.key.to_string()))
                })
                .collect();
            let mut pairs = Vec::new();
            for (index, (id, one)) in named.iter().enumerate() {
                for (other_id, other) in &named[index + 1..] {
                    let both = one.as_ref().zip(other.as_ref());
                    let row = if id == other_id { "one saying, pairs" } else { "two sayings, pairs" };
                    let right = both.is_some_and(|(one, other)| (one == other) == (id == other_id));
                    pairs.push((row, right, format!("{id} {other_id}")));
                }
            }
            for (row, right, what) in pairs {
                self.note(rows, row, right, what);
            }
        }
    }

    /// The figures that stand first in a passage, in whatever claim.
    fn figures_at(&self, article: &str, words: &Value) -> Vec<&FigureClaim> {
        let places = self.places(article, words);
        let all = self.linked.claims.iter().flat_map(|claim| &claim.figures);
        let inside = |figure: &&FigureClaim, (revision, place): &(RevisionId, TextRange)| {
            figure.words.revision == *revision && place.contains(figure.words.words.range())
        };
        let found: Vec<&FigureClaim> = all.filter(|figure| places.iter().any(|place| inside(figure, place))).collect();
        let at = |figure: &&FigureClaim| {
            let start = figure.words.words.range().start;
            places.iter().filter(|place| inside(figure, place)).map(|(_, place)| start - place.start).min()
        };
        let first = found.iter().filter_map(at).min();
        found.into_iter().filter(|figure| at(figure) == first).collect()
    }

    fn figures(&mut self, gold: &Value, rows: &mut Rows) {
        for row in list(&gold["figure_relations"]) {
            let of = |side: &Value| self.figures_at(article(side), &side["words"]);
            let (a, b) = (of(&row["a"]), of(&row["b"]));
            let found: BTreeSet<String> = a
                .iter()
                .flat_map(|a| b.iter().map(move |b| compare(a, b)))
                .map(|found| {
                    format!(
                        "{} ({}, differs {:?}, missing {:?})",
                        word(found.relation),
                        found.rule,
                        found.differs,
                        found.missing
                    )
                })
                .collect();
            let expect = row["relation"].as_str().unwrap_or("");
            let right = found.iter().any(|found| found.starts_with(&format!("{expect} (")));
            let what = format!("{} {} {expect} found {found:?}", row["a"]["words"], row["b"]["words"]);
            self.note(rows, "figure relations", right, what);
        }
        let all: Vec<FigureClaim> = self.linked.claims.iter().flat_map(|claim| claim.figures.clone()).collect();
        let found = series(&all, None);
        for row in list(&gold["figure_series"]) {
            let points: Vec<&Value> = list(&row["points"]).chain(list(&row["steps"])).collect();
            let in_series: Vec<BTreeSet<usize>> =
                points.iter().map(|point| self.in_series(point, &all, &found)).collect();
            let best = (0..found.len()).max_by_key(|index| {
                (in_series.iter().filter(|of| of.contains(index)).count(), std::cmp::Reverse(*index))
            });
            for (point, of) in points.iter().zip(&in_series) {
                let right = best.is_some_and(|best| of.contains(&best));
                let claimants: Vec<_> = of.iter().map(|index| found[*index].claimant.as_str()).collect();
                let what = format!(
                    "{} {} in {}: {claimants:?} {:?}",
                    row["claimant"],
                    row["what"],
                    article(point),
                    point["value"]
                );
                self.note(rows, "figure series, points", right, what);
            }
        }
    }

    /// The series that have this value by a figure of this article.
    fn in_series(&self, point: &Value, all: &[FigureClaim], found: &[Series]) -> BTreeSet<usize> {
        let Some(revision) = self.revision(article(point)) else { return BTreeSet::new() };
        let low = point["value"].as_f64().or(point["value"][0].as_f64()).or(point["low"].as_f64());
        let is_value = |figure: &FigureClaim| {
            let ends = figure.ends();
            let size = ends.size().and_then(|size| size.to_string().replace(',', "").parse::<f64>().ok());
            size.is_some() && size == low
        };
        let keys: BTreeSet<&String> = all
            .iter()
            .filter(|figure| figure.words.revision == revision && is_value(figure))
            .map(|figure| &figure.key)
            .collect();
        let holds = |series: &Series| {
            let mut evidence = series.steps.iter().flat_map(|step| &step.evidence);
            let of_keys = |words: &onrecord::link::position::Evidence| {
                all.iter().any(|figure| keys.contains(&figure.key) && figure.words == *words)
            };
            evidence.any(of_keys) || series.parts.iter().chain(&series.undated).any(|key| keys.contains(key))
        };
        (0..found.len()).filter(|index| holds(&found[*index])).collect()
    }

    /// Whether a change of this kind is found between the two reports of a row.
    fn drifts(&self, row: &Value) -> bool {
        let kind = row["kind"].as_str().unwrap_or("").replace(' ', "-");
        let (Some(of), Some(copy)) = (row["of"].as_str().and_then(|of| self.revision(of)), self.revision(article(row)))
        else {
            return false;
        };
        self.linked.claims.iter().any(|claim| {
            let found = retellings(&claim.record, &claim.wordings);
            found.iter().any(|change| change.of == of && change.report == copy && change.kind.word() == kind)
        })
    }
}

/// Whether a party is the one that the gold file names: unnamed people by being unnamed, others by a telling word of the name, their own or
/// that of those for whom they speak.
fn is_party(record: &ClaimRecord, party: &PartyKey, name: &str) -> bool {
    let view = record.parties.iter().find(|view| view.party == *party);
    let is_unnamed = view.is_some_and(|view| view.kind == PartyKind::Unnamed);
    let nameless = ["unnamed", "private person"].iter().any(|words| name.contains(words)) || name.starts_with("a ");
    if nameless || is_unnamed {
        return nameless == is_unnamed;
    }
    let spoken = view.into_iter().flat_map(|view| view.speaks_for.iter().chain(&view.commanded_by));
    let found: BTreeSet<String> = spoken.chain([party]).flat_map(|key| telling(key.as_str())).collect();
    let stem = |word: &String| word.chars().take(5).collect::<String>();
    let names: BTreeSet<String> = telling(name).iter().map(stem).collect();
    found.iter().map(stem).any(|word| names.contains(&word))
}

/// The gold files' word for a relation.
const fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Agrees => "same",
        Relation::BoundAgrees => "bound",
        Relation::Update(_) => "update",
        Relation::PartOfWhole => "part of whole",
        Relation::WholeOfPart => "whole of part",
        Relation::Spread { .. } => "spread",
        Relation::Conflict => "conflict",
        Relation::RoleConflict => "role conflict",
        Relation::OwnArithmetic => "own arithmetic",
        Relation::NotComparable => "not comparable",
    }
}

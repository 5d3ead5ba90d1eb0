//! Origins and citing edges of the labelled claims: how many origins at least, which articles share one, whom articles cite. Not who holds the
//! claim.

use std::collections::BTreeSet;

use crate::labelled::{Answer, Edge, Group, Labelled, shared};
use crate::rates::{self, Tally};
use crate::reads::Compared;
use crate::results::Results;

const ORIGINS: &str = "origins";
const CITING: &str = "citing";
const PRECISION: &str = "partition precision";
const RECALL: &str = "partition recall";
/// Letters of a name that another one may hold: "Vint" of "Vint Observer".
const FEWEST_LETTERS: usize = 4;

/// Scores origins.
pub fn score(compared: &[Compared], results: &mut Results) {
    for set in compared {
        let tally = |claim: &crate::reads::ComparedClaim| origins(claim.story, &claim.gold, &claim.given);
        let tallies: Vec<Tally> = set.claims.iter().map(tally).collect();
        results.clear(ORIGINS, &set.data);
        rates::report(ORIGINS, &set.data, &tallies, &["count exactly right", PRECISION], results);
        let f1 = |drawn: &[&Tally]| rates::f1(drawn.iter().copied(), PRECISION, RECALL);
        let range = rates::interval(&tallies, |tally| tally.story, f1);
        results.add(ORIGINS, &set.data, "partition F1", rates::f1(&tallies, PRECISION, RECALL), Some(range));
    }
}

/// Scores citing edges.
pub fn score_citing(compared: &[Compared], results: &mut Results) {
    for set in compared {
        let tally = |claim: &crate::reads::ComparedClaim| citing(claim.story, &claim.gold, &claim.given);
        let tallies: Vec<Tally> = set.claims.iter().map(tally).collect();
        results.clear(CITING, &set.data);
        let all: Vec<String> = ["edge", "outlet", "article"]
            .iter()
            .flat_map(|what| ["precision", "recall"].map(|side| format!("{what} {side}")))
            .collect();
        let supports: Vec<&str> = all.iter().map(String::as_str).collect();
        rates::report(CITING, &set.data, &tallies, &supports, results);
    }
}

fn origins(story: usize, gold: &Answer, given: &Answer) -> Tally {
    let mut tally = Tally::new(story);
    let wanted = gold.least.unwrap_or_default();
    let articles = gold.articles.values().filter(|article| article.about).count();
    let mut count = |name: &str, found: Option<usize>| {
        tally.count(&format!("count exactly right{name}"), found == Some(wanted));
        let near = found.is_some_and(|found| found.abs_diff(wanted) <= 1);
        tally.count(&format!("count within one{name}"), near);
    };
    count("", given.least);
    count(" (always one)", Some(1));
    count(" (one per article)", Some(articles));
    let found = given.least.unwrap_or_default();
    tally.count("count too high", found > wanted);
    tally.count("count too low", found < wanted);
    for (precision, recall) in b_cubed(&gold.groups, &given.groups) {
        tally.add(PRECISION, precision, 1.0);
        tally.add(RECALL, recall, 1.0);
    }
    tally
}

/// B-cubed precision and recall of each labelled article where articles may stand in several groups (Amigó et al. 2009): of two articles that
/// share groups, how many of these they share on the other side too. An article that stands in no group stands in one of its own.
fn b_cubed(gold: &[Group], given: &[Group]) -> Vec<(f64, f64)> {
    let docs: BTreeSet<&String> = gold.iter().flat_map(|group| &group.docs).collect();
    let sides = |groups: &[Group]| -> Vec<BTreeSet<usize>> {
        let side = |(at, doc): (usize, &&String)| {
            let mut of: BTreeSet<usize> =
                groups.iter().enumerate().filter(|(_, group)| group.docs.contains(*doc)).map(|(at, _)| at).collect();
            if of.is_empty() {
                of.insert(groups.len() + at);
            }
            of
        };
        docs.iter().enumerate().map(side).collect()
    };
    let (gold, given) = (sides(gold), sides(given));
    let both = |sides: &[BTreeSet<usize>], one: usize, other: usize| sides[one].intersection(&sides[other]).count();
    let mean = |of: &[BTreeSet<usize>], in_: &[BTreeSet<usize>], one: usize| {
        let pairs = (0..of.len()).filter_map(|other| {
            let shared = both(of, one, other);
            (shared > 0).then(|| shared.min(both(in_, one, other)) as f64 / shared as f64)
        });
        let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), share| (sum + share, count + 1.0));
        // It shares a group with itself.
        sum / count
    };
    (0..gold.len()).map(|one| (mean(&given, &gold, one), mean(&gold, &given, one))).collect()
}

fn citing(story: usize, gold: &Answer, given: &Answer) -> Tally {
    let mut tally = Tally::new(story);
    let nothing = Labelled::default();
    for (doc, labelled) in &gold.articles {
        let found = &given.articles.get(doc).unwrap_or(&nothing).edges;
        for edge in found {
            let right = labelled.edges.iter().any(|gold| touch(gold, edge));
            tally.count("edge precision", right);
            if edge.to.is_some() {
                tally.count("article precision", labelled.edges.iter().any(|gold| gold.to == edge.to));
            }
        }
        for edge in &labelled.edges {
            let met: Vec<&Edge> = found.iter().filter(|found| touch(edge, found)).collect();
            tally.count("edge recall", !met.is_empty());
            if edge.is_outlet {
                tally.count("edge recall of outlets and agencies", !met.is_empty());
            }
            if edge.to.is_some() {
                let same_name = found.iter().filter(|found| is_one(&found.name, &edge.name));
                let right = met.iter().copied().chain(same_name).any(|found| found.to == edge.to);
                tally.count("article recall", right);
            }
        }
        let names = |edges: &[Edge]| -> BTreeSet<String> {
            edges.iter().filter(|edge| edge.is_outlet).map(|edge| edge.name.clone()).collect()
        };
        let (wanted, had) = (names(&labelled.edges), names(found));
        for name in &wanted {
            tally.count("outlet recall", had.iter().any(|had| is_one(had, name)));
        }
        for name in &had {
            tally.count("outlet precision", labelled.edges.iter().any(|edge| is_one(&edge.name, name)));
        }
    }
    tally
}

fn touch(one: &Edge, other: &Edge) -> bool {
    shared(&[one.words], &[other.words]) > 0
}

/// Whether two names are of one outlet: the same, or one is the beginning or end of the other.
fn is_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    one == other || (short.len() >= FEWEST_LETTERS && (long.starts_with(short) || long.ends_with(short)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups as letters: "ab c" are two groups of three articles.
    fn check(gold: &str, given: &str, expect: [f64; 2]) {
        let groups = |text: &str| -> Vec<Group> {
            let group = |word: &str| Group { docs: word.chars().map(|doc| doc.to_string()).collect() };
            text.split_whitespace().map(group).collect()
        };
        let found = b_cubed(&groups(gold), &groups(given));
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / found.len().max(1) as f64;
        let means = [mean(&|one| one.0), mean(&|one| one.1)].map(|mean| (mean * 1000.0).round() / 10.0);
        assert_eq!(means, expect, "{gold} / {given}");
    }

    #[test]
    fn articles_may_stand_in_several_groups() {
        check("ab c", "ab c", [100.0, 100.0]);
        check("ab cd", "abcd", [50.0, 100.0]);
        check("abcd", "ab cd", [100.0, 50.0]);
        check("abcd", "", [100.0, 25.0]);
        // Two origins told by both; one of them is found.
        check("ab ab", "ab", [100.0, 50.0]);
        check("ab", "ab ab", [50.0, 100.0]);
        check("ab", "abx", [100.0, 100.0]);
        check("", "ab", [0.0, 0.0]);
    }

    #[test]
    fn counts_stand_beside_simple_answers() {
        let gold = Answer { least: Some(1), ..Answer::default() };
        let tally =
            [origins(0, &gold, &Answer { least: Some(2), ..Answer::default() }), origins(1, &gold, &Answer::default())];
        assert_eq!(rates::rate(&tally, "count exactly right"), 0.0);
        assert_eq!(rates::rate(&tally, "count within one"), 50.0);
        assert_eq!(rates::rate(&tally, "count exactly right (always one)"), 100.0);
        assert_eq!(rates::rate(&tally, "count exactly right (one per article)"), 0.0);
    }

    #[test]
    fn edges_by_place_and_by_name() {
        let edge = |words, name: &str, to: Option<&str>| Edge {
            words,
            name: name.to_owned(),
            is_outlet: true,
            to: to.map(str::to_owned),
        };
        let answer = |edges| Answer {
            articles: [("a".to_owned(), Labelled { edges, ..Labelled::default() })].into(),
            ..Answer::default()
        };
        let gold = answer(vec![edge((0, 10), "vintobserver", Some("b")), edge((50, 60), "hallinecho", None)]);
        let given = answer(vec![edge((80, 90), "vint", Some("b")), edge((55, 70), "hallinecho", None)]);
        let tally = [citing(0, &gold, &given)];
        let rates = ["edge precision", "edge recall", "outlet precision", "outlet recall", "article recall"];
        assert_eq!(rates.map(|rate| rates::rate(&tally, rate)), [50.0, 50.0, 100.0, 100.0, 100.0]);
    }
}

//! The stance of articles on claims, read off the positions that linking has, against Emergent's labels: all articles that were collected for a
//! claim of a part, linked with all others of the part. No classifier stands beside the positions. Not the acts themselves.
//!
//! **Labels.** Emergent labels headlines, and an article's text by what it does with each headline of the claim that it was paired with, often
//! those of other articles. `text` maps each pair to the text's stance on the claim: it has the headline's stance where it agrees, the opposite
//! where it disagrees, `observing` where it discusses a headline for or against; that it discusses an observing headline says nothing. The
//! label is what most pairs say; where two lead equally, and where no pair says anything, `observing`. Of dev's 896 articles with their
//! claims 21 have pairs that conflict and 63 have none that says anything. `headlines` is the stance of most headlines paired with it, ties
//! again `observing`: most of these are of other articles, so that it is a label of the claim's coverage more than of the article.
//!
//! **Answers.** The linked claim of a pair is the one nearest to the claim's text (cosine of sentence vectors) by that article's statements;
//! where its words say that it is not so, its stance is turned, for Emergent's claims are worded as affirmations. An article without a
//! statement in any linked claim has no stance, which is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use onrecord::annotate::SentenceVector;
use onrecord::evidence::RevisionId;
use onrecord::link::assemble::{Linked, LinkedClaim};
use onrecord::link::position::{ArticleStance, article_stance};

use crate::emergent::{Doc, Headline, thousandths};
use crate::rates;
use crate::reads::{Compared, Read, Reads};
use crate::results::Results;
use crate::scores::Pairs;

const STAGE: &str = "stance";
const WORDS: [&str; 3] = ["for", "against", "observing"];

/// An article and a claim: the label and the answer.
struct Pair {
    story: usize,
    gold: &'static str,
    given: Option<&'static str>,
}

/// Scores the stage on both parts and on the labelled claims.
///
/// # Errors
/// The data, the parts, the labels or the models cannot be read.
pub fn score(reads: &mut Reads<'_>, wrong: bool, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(tools) = reads.tools(STAGE)? else { return Ok(()) };
    for name in ["tune", "dev"] {
        let (Some(read), Some(linked)) = (reads.part(STAGE, name)?, reads.linked(STAGE, name)?) else { return Ok(()) };
        let texts: Vec<SentenceVector> =
            read.part.claims.iter().map(|claim| tools.encoder.vector(&claim.text)).collect();
        let given = given(&read, &linked, &texts);
        if wrong && name == "tune" {
            list(&read, &linked, &texts, &given);
        }
        let data = format!("emergent-{name}");
        results.clear(STAGE, &data);
        for (label, of) in [("text", text as fn(&[Headline]) -> &'static str), ("headlines", headlines)] {
            let mut pairs = Vec::new();
            for (claim, gold) in read.part.claims.iter().enumerate() {
                for (article, headlines) in gold.articles.iter().zip(&gold.headlines) {
                    let given = given.get(&(claim, article.as_str())).copied().map(ArticleStance::word);
                    pairs.push(Pair { story: gold.story, gold: of(headlines), given });
                }
            }
            report(&data, &format!(" by {label}"), &pairs, results);
        }
        if name == "dev" {
            let Some(compared) = reads.compared(STAGE)? else { return Ok(()) };
            labelled(&read, &given, &compared, results);
        }
    }
    Ok(())
}

/// The stance of each article on each claim that it was collected for, where it has one.
fn given<'r>(read: &'r Read, linked: &Linked, texts: &[SentenceVector]) -> BTreeMap<(usize, &'r str), ArticleStance> {
    let claims = by_article(linked);
    let mut found = BTreeMap::new();
    for doc in &read.docs {
        let revision = doc.report.revision;
        for number in read.part.claims_of.get(&doc.name).into_iter().flatten() {
            if let Some(claim) = nearest(linked, &claims, revision, &texts[*number]) {
                found.insert((*number, doc.name.as_str()), turned(claim, article_stance(&claim.record, revision)));
            }
        }
    }
    found
}

/// The places of the claims that articles have statements of.
fn by_article(linked: &Linked) -> BTreeMap<RevisionId, BTreeSet<usize>> {
    let mut claims: BTreeMap<RevisionId, BTreeSet<usize>> = BTreeMap::new();
    for (place, claim) in linked.claims.iter().enumerate() {
        for one in &claim.statements {
            claims.entry(one.statement.revision).or_default().insert(place);
        }
    }
    claims
}

/// The claim of an article that is nearest to a text; of several the first.
fn nearest<'l>(
    linked: &'l Linked,
    claims: &BTreeMap<RevisionId, BTreeSet<usize>>,
    revision: RevisionId,
    text: &SentenceVector,
) -> Option<&'l LinkedClaim> {
    let places = claims.get(&revision).into_iter().flatten();
    let all = places.filter_map(|place| {
        let claim = linked.claims.get(*place)?;
        Some((nearness(claim, revision, text)?, std::cmp::Reverse(*place)))
    });
    all.max().and_then(|(_, std::cmp::Reverse(place))| linked.claims.get(place))
}

/// Prints what is wrong, with what the linked claim holds of the article; for part tune alone, whose articles may be read.
fn list(read: &Read, linked: &Linked, texts: &[SentenceVector], given: &BTreeMap<(usize, &str), ArticleStance>) {
    let claims = by_article(linked);
    let docs: BTreeMap<&str, &Doc> = read.docs.iter().map(|doc| (doc.name.as_str(), doc)).collect();
    for (number, claim) in read.part.claims.iter().enumerate() {
        for (article, headlines) in claim.articles.iter().zip(&claim.headlines) {
            let (gold, doc) = (text(headlines), docs.get(article.as_str()));
            let found = given.get(&(number, article.as_str())).copied().map_or("none", ArticleStance::word);
            let Some(doc) = doc.filter(|_| gold != found) else { continue };
            let revision = doc.report.revision;
            println!("wrong: {article} {gold} read as {found}: {}", claim.text);
            let Some(one) = nearest(linked, &claims, revision, &texts[number]) else { continue };
            println!(
                "    claim of {} statements, negated {}: {}",
                one.statements.len(),
                one.canonical.is_negated,
                one.canonical.text
            );
            for utterance in &one.record.utterances {
                for relay in utterance.relays.iter().filter(|relay| relay.report == revision) {
                    let words = relay.evidence.iter().map(|one| one.words.words()).collect::<Vec<_>>().join(" | ");
                    println!(
                        "    {:?} {:?} {:?} {}: {words}",
                        relay.kind, utterance.act, utterance.commitment, utterance.party
                    );
                }
            }
            for (cosine, place) in doc.nearest(&texts[number]).into_iter().take(5) {
                let statement = &doc.statements[place];
                let here = one.statements.iter().any(|one| one.statement.id == statement.id);
                println!(
                    "    near {cosine} {} {:?} {:?}: {}",
                    if here { "here" } else { "ELSEWHERE" },
                    statement.voice,
                    statement.act,
                    statement.words(&doc.report.text)
                );
            }
        }
    }
}

/// How near the article's statements of a claim are to a text: the nearest one, in thousandths.
fn nearness(claim: &LinkedClaim, revision: RevisionId, text: &SentenceVector) -> Option<i64> {
    let own = claim.statements.iter().filter(|one| one.statement.revision == revision);
    own.filter_map(|one| Some(thousandths(one.statement.proposition.vector.as_ref()?, text))).max()
}

/// The stance on what the claim's words deny.
fn turned(claim: &LinkedClaim, stance: ArticleStance) -> ArticleStance {
    match stance {
        ArticleStance::For if claim.canonical.is_negated => ArticleStance::Against,
        ArticleStance::Against if claim.canonical.is_negated => ArticleStance::For,
        other => other,
    }
}

/// The same against the labels of the labelled claims, and these against each other.
fn labelled(read: &Read, given: &BTreeMap<(usize, &str), ArticleStance>, compared: &[Compared], results: &mut Results) {
    for set in compared.iter().filter(|set| set.data != "emergent-labelled-alone") {
        let mut pairs = Vec::new();
        for claim in &set.claims {
            let number = read.part.claims.iter().position(|one| one.id == claim.gold.claim);
            for (doc, article) in &claim.gold.articles {
                let other = claim.given.articles.get(doc).and_then(|found| found.stance.as_deref());
                let linked = number.and_then(|number| given.get(&(number, doc.as_str()))).copied();
                let given = if set.data == "emergent-labellers" { other } else { linked.map(ArticleStance::word) };
                let Some(gold) = article.stance.as_deref().and_then(known) else { continue };
                pairs.push(Pair { story: claim.story, gold, given: given.and_then(known) });
            }
        }
        results.clear(STAGE, &set.data);
        report(&set.data, "", &pairs, results);
    }
}

fn known(word: &str) -> Option<&'static str> {
    WORDS.into_iter().find(|known| *known == word)
}

/// The stance of an article's text on the claim.
fn text(headlines: &[Headline]) -> &'static str {
    most(headlines.iter().filter_map(|one| match (one.stance.as_str(), one.body.as_str()) {
        ("for", "agree") | ("against", "disagree") => Some("for"),
        ("against", "agree") | ("for", "disagree") => Some("against"),
        ("for" | "against", "discuss") => Some("observing"),
        _ => None,
    }))
}

/// The stance of most headlines that it was paired with.
fn headlines(headlines: &[Headline]) -> &'static str {
    most(headlines.iter().filter_map(|one| known(&one.stance)))
}

/// The word that comes most often; `observing` where two do, or none.
fn most(words: impl Iterator<Item = &'static str>) -> &'static str {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or_default();
    let mut leading = counts.into_iter().filter(|(_, count)| *count == most).map(|(word, _)| word);
    match (leading.next(), leading.next()) {
        (Some(word), None) => word,
        _ => "observing",
    }
}

fn report(data: &str, by: &str, pairs: &[Pair], results: &mut Results) {
    let of = |pairs: &[&Pair]| Pairs { pairs: pairs.iter().map(|pair| (Some(pair.gold), pair.given)).collect() };
    let all = of(&pairs.iter().collect::<Vec<_>>());
    let mut add = |metric: &str, score: &dyn Fn(&Pairs<'_>) -> f64| {
        let range = rates::interval(pairs, |pair| pair.story, |drawn| score(&of(drawn)));
        results.add(STAGE, data, &format!("{metric}{by}"), score(&all), Some(range));
    };
    add("macro F1", &|pairs| pairs.macro_f1());
    add("accuracy", &|pairs| pairs.accuracy());
    for word in WORDS {
        add(&format!("F1 {word}"), &|pairs| pairs.counts().get(word).map_or(0.0, |counts| counts.f1()));
    }
    let without = pairs.iter().filter(|pair| pair.given.is_none()).count();
    results.add(STAGE, data, &format!("articles{by}"), pairs.len() as f64, None);
    results.add(STAGE, data, &format!("articles without a stance{by}"), without as f64, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headlines as "stance/what the text does with it".
    fn check(pairs: &str, expect: [&str; 2]) {
        let headline = |pair: &str| {
            let (stance, body) = pair.split_once('/').unwrap();
            Headline { stance: stance.to_owned(), body: body.to_owned() }
        };
        let all: Vec<Headline> = pairs.split_whitespace().map(headline).collect();
        assert_eq!([text(&all), headlines(&all)], expect, "{pairs}");
    }

    #[test]
    fn the_stance_of_a_text_follows_from_its_headlines() {
        check("for/agree for/agree against/disagree", ["for", "for"]);
        check("for/disagree for/disagree against/agree", ["against", "for"]);
        check("for/discuss observing/discuss", ["observing", "observing"]);
        check("observing/discuss observing/discuss", ["observing", "observing"]);
        // Conflicting labels: most decide, and where as many say one as the other, nobody does.
        check("for/agree for/agree for/discuss", ["for", "for"]);
        check("for/agree for/disagree", ["observing", "for"]);
        check("against/agree for/agree", ["observing", "observing"]);
        check("", ["observing", "observing"]);
    }

    #[test]
    fn no_stance_is_wrong() {
        let pair = |gold, given| Pair { story: 0, gold, given };
        let pairs = [pair("for", Some("for")), pair("for", None), pair("against", Some("observing"))];
        let pairs = Pairs { pairs: pairs.iter().map(|pair| (Some(pair.gold), pair.given)).collect() };
        assert!((pairs.accuracy() - 100.0 / 3.0).abs() < 1e-9);
        assert!((pairs.macro_f1() - 100.0 / 3.0).abs() < 1e-9);
    }
}

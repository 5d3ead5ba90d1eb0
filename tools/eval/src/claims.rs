//! Claims: whether articles are joined by event and by main claim as Emergent's collectors joined them, one after the other in three orders. Not who
//! holds a claim and on how many origins it rests.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::hash::Hash;

use onrecord::annotate::SentenceVector;
use onrecord::evidence::{ClaimId, EventId, StatementId};
use onrecord::link::claims::{ClaimStore, MemoryClaims, Placement, Thresholds, assign, main_claim};

use crate::emergent::{self, Doc, Drawn, Part, Tools};
use crate::reads::{Read, Reads};
use crate::results::Results;
use crate::scores::draw;

const STAGE: &str = "claims";
/// From this cosine with a claim's text on, in thousandths, the nearest statement of an article is taken to carry the claim; from the
/// same on two claims are near to each other.
const NEAR: i64 = 500;
/// Draws of as many stories; 95% of them lie in an interval.
const DRAWS: usize = 1000;
/// In which order articles come; the first is that of their names.
const ORDERS: [&str; 3] = ["", " shuffled 1", " shuffled 2"];

/// Where an article, a statement was put: an id, or nowhere, alone under its own number.
type Put<Id> = Result<Id, usize>;

/// How well one thing is joined: B-cubed precision and recall (Bagga and Baldwin 1998), 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Joined {
    story: usize,
    precision: f64,
    recall: f64,
}

/// Where everything was put after the articles came in some order.
struct Linked {
    /// Of each article.
    events: Vec<Put<EventId>>,
    /// Of each article.
    main_claims: Vec<Put<ClaimId>>,
    /// Of each statement.
    claims: HashMap<StatementId, ClaimId>,
}

/// A statement that carries a claim.
struct Carrying {
    /// Number of the claim.
    claim: usize,
    statement: StatementId,
}

/// Scores the stage on both parts. Where the data or the reading model is not, it says so.
///
/// # Errors
/// The data, the parts or the models cannot be read.
pub fn score(reads: &mut Reads<'_>, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(tools) = reads.tools(STAGE)? else { return Ok(()) };
    for part in ["tune", "dev"] {
        let data = format!("emergent-{part}");
        let Some(read) = reads.part(STAGE, part)? else { return Ok(()) };
        let Read { part, docs } = &*read;
        results.clear(STAGE, &data);
        results.add(STAGE, &data, "articles", docs.len() as f64, None);
        let texts: Vec<SentenceVector> = part.claims.iter().map(|claim| tools.encoder.vector(&claim.text)).collect();
        let carrying = carrying(part, docs, &texts);
        results.add(STAGE, &data, "carrying statements", carrying.len() as f64, None);
        for (seed, order) in ORDERS.into_iter().enumerate() {
            let linked = link(docs, &shuffled(docs.len(), seed as u64), &tools);
            report(part, docs, &linked, &data, order, results);
            report_carrying(part, &texts, &carrying, &linked, &data, order, results);
        }
    }
    Ok(())
}

/// The articles' numbers in an order; seed 0 leaves them as they are.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut drawn = Drawn(seed * 77 + 5);
    for last in (1..count).rev().take_while(|_| seed > 0) {
        order.swap(last, drawn.below(last + 1));
    }
    order
}

/// For each claim and each of its articles the statement nearest to the claim's text, where it is near enough.
fn carrying(part: &Part, docs: &[Doc], texts: &[SentenceVector]) -> Vec<Carrying> {
    let places: HashMap<&str, &Doc> = docs.iter().map(|doc| (doc.name.as_str(), doc)).collect();
    let mut found = Vec::new();
    for (claim, (gold, text)) in part.claims.iter().zip(texts).enumerate() {
        for doc in gold.articles.iter().filter_map(|name| places.get(name.as_str())) {
            if let Some((_, place)) = doc.nearest(text).first().filter(|(cosine, _)| *cosine >= NEAR) {
                found.push(Carrying { claim, statement: doc.statements[*place].id });
            }
        }
    }
    found
}

/// Puts the articles to events and claims, one after the other.
fn link(docs: &[Doc], order: &[usize], tools: &Tools) -> Linked {
    let mut store = MemoryClaims::default();
    let mut events: Vec<Put<EventId>> = (0..docs.len()).map(Err).collect();
    let mut placements: Vec<Vec<Placement>> = vec![Vec::new(); docs.len()];
    for index in order {
        if let Some(assignment) = assign(&docs[*index].statements, &store, &tools.comparer, Thresholds::default()) {
            store.apply(&assignment);
            events[*index] = Ok(assignment.event.id);
            placements[*index] = assignment.placements;
        }
    }
    let main =
        |(index, placements): (usize, &Vec<Placement>)| main_claim(placements, |id| store.claim(id)).ok_or(index);
    let main_claims = placements.iter().enumerate().map(main).collect();
    let claims = placements.iter().flatten();
    let claims = claims.filter_map(|one| Some((one.statement, store.survivor(one.claim?)))).collect();
    Linked { events, main_claims, claims }
}

fn report(part: &Part, docs: &[Doc], linked: &Linked, data: &str, order: &str, results: &mut Results) {
    let names: Vec<&str> = docs.iter().map(|doc| doc.name.as_str()).collect();
    let story = |one: usize| part.story_of(names[one]);
    let gold = |one: usize, other: usize| part.share_claim(names[one], names[other]);
    add(results, data, "event", order, &b_cubed(&linked.events, story, gold));
    add(results, data, "main claim", order, &b_cubed(&linked.main_claims, story, gold));
}

/// The same for the statements that carry the claims, and of those pairs of them that were placed and whose claims are near to each other the share
/// that was not made one.
fn report_carrying(
    part: &Part,
    texts: &[SentenceVector],
    carrying: &[Carrying],
    linked: &Linked,
    data: &str,
    order: &str,
    results: &mut Results,
) {
    // What says too little to be placed stands alone.
    let put = |(index, one): (usize, &Carrying)| linked.claims.get(&one.statement).copied().ok_or(index);
    let given: Vec<Put<ClaimId>> = carrying.iter().enumerate().map(put).collect();
    let claim = |one: usize| carrying[one].claim;
    let story = |one: usize| part.claims[claim(one)].story;
    add(results, data, "statement", order, &b_cubed(&given, story, |one, other| claim(one) == claim(other)));
    let near = |one: usize, other: usize| {
        let cosine = || emergent::thousandths(&texts[one], &texts[other]);
        one != other && (part.claims[one].story == part.claims[other].story || cosine() > NEAR)
    };
    let (mut pairs, mut apart) = (0_u32, 0_u32);
    let placed: Vec<usize> = (0..given.len()).filter(|one| given[*one].is_ok()).collect();
    for (at, one) in placed.iter().copied().enumerate() {
        for other in placed[..at].iter().copied().filter(|other| near(claim(one), claim(*other))) {
            pairs += 1;
            apart += u32::from(given[one] != given[other]);
        }
    }
    let share = if pairs == 0 { 0.0 } else { 100.0 * f64::from(apart) / f64::from(pairs) };
    results.add(STAGE, data, &format!("near claims kept apart{order}"), share, None);
    if order.is_empty() {
        results.add(STAGE, data, "near claims kept apart support", f64::from(pairs), None);
    }
}

/// Precision and recall only for the first order; F1 for each.
fn add(results: &mut Results, data: &str, what: &str, order: &str, joined: &[Joined]) {
    let [precision, recall, f1] = scores(joined.iter());
    if order.is_empty() {
        results.add(STAGE, data, &format!("{what} precision"), precision, None);
        results.add(STAGE, data, &format!("{what} recall"), recall, None);
    }
    results.add(STAGE, data, &format!("{what} F1{order}"), f1, Some(interval(joined)));
}

/// How well each of the things with these numbers is joined: of those that are put with it the share that belongs with it, and of those that
/// belong with it the share that is put with it, itself among both.
fn b_cubed<Id: Eq + Hash>(
    given: &[Put<Id>],
    story: impl Fn(usize) -> usize,
    gold: impl Fn(usize, usize) -> bool,
) -> Vec<Joined> {
    let one = |one: usize| {
        let (mut put, mut belong, mut both) = (0.0, 0.0, 0.0);
        for other in 0..given.len() {
            let (is_put, belongs) = (given[one] == given[other], gold(one, other));
            put += f64::from(u8::from(is_put));
            belong += f64::from(u8::from(belongs));
            both += f64::from(u8::from(is_put && belongs));
        }
        // It belongs with itself and is put with itself, so that neither is zero.
        Joined { story: story(one), precision: both / put, recall: both / belong }
    };
    (0..given.len()).map(one).collect()
}

/// Mean precision and recall, and the F1 of these, per cent.
fn scores<'a>(joined: impl Iterator<Item = &'a Joined>) -> [f64; 3] {
    let (sum, count) =
        joined.fold(([0.0, 0.0], 0_usize), |([p, r], count), one| ([p + one.precision, r + one.recall], count + 1));
    let [precision, recall] = sum.map(|sum| if count == 0 { 0.0 } else { 100.0 * sum / count as f64 });
    let both = precision + recall;
    [precision, recall, if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 }]
}

/// Percentile bootstrap (95%) of the F1 over stories, with a fixed seed; how each thing is joined stays as it is.
fn interval(joined: &[Joined]) -> (f64, f64) {
    let mut stories: BTreeMap<usize, Vec<Joined>> = BTreeMap::new();
    for one in joined {
        stories.entry(one.story).or_default().push(*one);
    }
    let stories: Vec<Vec<Joined>> = stories.into_values().collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut found: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<usize> = (0..stories.len()).map(|_| draw(&mut state, stories.len())).collect();
            scores(drawn.iter().flat_map(|story| &stories[*story]))[2]
        })
        .collect();
    found.sort_by(f64::total_cmp);
    (found[DRAWS * 25 / 1000], found[DRAWS * 975 / 1000])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Things by where they were put and where they belong, a letter each; `-` was put nowhere.
    fn check(given: &str, gold: &str, expect: [f64; 3]) {
        let put: Vec<Put<char>> =
            given.chars().enumerate().map(|(at, one)| if one == '-' { Err(at) } else { Ok(one) }).collect();
        let gold: Vec<char> = gold.chars().collect();
        let joined = b_cubed(&put, |one| one, |one, other| gold[one] == gold[other]);
        let found = scores(joined.iter()).map(|score| (score * 10.0).round() / 10.0);
        assert_eq!(found, expect, "{given} {gold:?}");
    }

    #[test]
    fn b_cubed_by_hand() {
        check("aabb", "xxyy", [100.0, 100.0, 100.0]);
        check("aaaa", "xxyy", [50.0, 100.0, 66.7]);
        check("abcd", "xxyy", [100.0, 50.0, 66.7]);
        check("----", "xxyy", [100.0, 50.0, 66.7]);
        // Of the three put together two belong together.
        check("aaab", "xxyy", [66.7, 75.0, 70.6]);
        check("", "", [0.0; 3]);
    }

    #[test]
    fn intervals_draw_stories() {
        let joined = |story: usize, right: f64| Joined { story, precision: right, recall: right };
        let (low, high) = interval(&[joined(3, 1.0), joined(3, 0.5), joined(8, 1.0), joined(8, 0.5)]);
        assert!((low - 75.0).abs() < 1e-9 && (high - 75.0).abs() < 1e-9);
        let (low, high) = interval(&[joined(0, 1.0), joined(1, 0.0)]);
        assert!(low < 50.0 && high > 50.0);
        assert_eq!(interval(&[]), (0.0, 0.0));
    }

    #[test]
    fn orders_hold_everything_once() {
        assert_eq!(shuffled(5, 0), [0, 1, 2, 3, 4]);
        let order = shuffled(50, 1);
        assert_ne!(order, shuffled(50, 2));
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    }
}

//! Positions on the labelled claims: the act of each saying on its claim, and whether what belongs to a claim was put to it and nothing else. Not
//! the stance of whole articles, and not origins.

use onrecord::annotate::Act;

use crate::labelled::{Answer, Labelled, On, Said, meets, shared};
use crate::rates::{self, Tally};
use crate::reads::Compared;
use crate::results::Results;

const STAGE: &str = "positions";
const PARTY_PRECISION: &str = "parties precision";
const PARTY_RECALL: &str = "parties recall";
/// Measures that tell their support, beside those by act.
const SUPPORTS: &[&str] =
    &["act accuracy", "act accuracy of all but affirm", "own voice act accuracy", "on the claim", "over-merged"];

/// Scores the stage.
pub fn score(compared: &[Compared], results: &mut Results) {
    for set in compared {
        let tallies: Vec<Tally> =
            set.claims.iter().map(|claim| tally(claim.story, &claim.gold, &claim.given)).collect();
        results.clear(STAGE, &set.data);
        let f1 = |drawn: &[&Tally]| rates::f1(drawn.iter().copied(), PARTY_PRECISION, PARTY_RECALL);
        let range = rates::interval(&tallies, |tally| tally.story, f1);
        let total = rates::f1(&tallies, PARTY_PRECISION, PARTY_RECALL);
        results.add(STAGE, &set.data, "parties F1", total, Some(range));
        let acts: Vec<String> = Act::ALL.iter().map(|act| format!("act accuracy {}", act.word())).collect();
        let supports: Vec<&str> = acts.iter().map(String::as_str).chain(SUPPORTS.iter().copied()).collect();
        rates::report(STAGE, &set.data, &tallies, &supports, results);
    }
}

fn tally(story: usize, gold: &Answer, given: &Answer) -> Tally {
    let mut tally = Tally::new(story);
    let nothing = Labelled::default();
    let mut parties: Vec<(&str, Option<&str>)> = Vec::new();
    tally.count("claim found", given.articles.values().any(|found| found.said.iter().any(|said| said.on == On::This)));
    for (doc, labelled) in &gold.articles {
        let found = &given.articles.get(doc).unwrap_or(&nothing).said;
        for said in labelled.said.iter().filter(|said| said.on == On::This) {
            item(&mut tally, said, found);
            let here = best(said, found, |on| on == On::This);
            let given = here.and_then(|here| here.party.as_deref());
            parties.extend(said.party.as_deref().map(|gold| (gold, given)));
        }
        for said in found.iter().filter(|said| said.on == On::This) {
            let meeting =
                |on: On| labelled.said.iter().any(|gold| gold.on == on && meets(&gold.content, &said.content));
            tally.count("over-merged", !meeting(On::This));
            tally.count("over-merged and labelled as off the claim", !meeting(On::This) && meeting(On::Other));
        }
    }
    same_party(&mut tally, &parties);
    tally.add("over-merged", given.foreign as f64, given.foreign as f64);
    tally.add("over-merged and labelled as off the claim", 0.0, given.foreign as f64);
    tally
}

/// One saying that is labelled as on the claim.
fn item(tally: &mut Tally, gold: &Said, found: &[Said]) {
    let here = best(gold, found, |on| on == On::This);
    let anywhere = best(gold, found, |on| on != On::None);
    let read = best(gold, found, |_| true);
    tally.count("on the claim", here.is_some());
    tally.count("under-merged", here.is_none() && anywhere.is_some());
    tally.count("put to no claim", anywhere.is_none() && read.is_some());
    tally.count("not read", read.is_none());
    let right = |found: Option<&Said>| found.is_some_and(|found| found.act.is_some() && found.act == gold.act);
    if gold.is_own_voice {
        tally.count("own voice act accuracy", right(here));
        return;
    }
    tally.count("act accuracy", right(here));
    tally.count("act accuracy in any claim", right(anywhere));
    if let Some(act) = gold.act {
        tally.count(&format!("act accuracy {}", act.word()), right(here));
        if act != Act::Affirm {
            tally.count("act accuracy of all but affirm", right(here));
            tally.count("act accuracy of all but affirm in any claim", right(anywhere));
        }
    }
}

/// Whether sayings of one party are one party's: B-cubed over the sayings on the claim, by label and answer. What is not on the claim stands alone.
fn same_party(tally: &mut Tally, parties: &[(&str, Option<&str>)]) {
    for (at, (gold, given)) in parties.iter().enumerate() {
        let mut sizes = [0.0, 0.0, 0.0];
        for (other, (other_gold, other_given)) in parties.iter().enumerate() {
            let belongs = gold == other_gold;
            let put = at == other || (given.is_some() && given == other_given);
            for (size, is) in sizes.iter_mut().zip([belongs, put, belongs && put]) {
                *size += f64::from(u8::from(is));
            }
        }
        // It stands with itself on either side.
        tally.add(PARTY_PRECISION, sizes[2] / sizes[1], 1.0);
        tally.add(PARTY_RECALL, sizes[2] / sizes[0], 1.0);
    }
}

/// Of what meets the content of a label the one that shares most of its source and cue, then most of its content.
fn best<'s>(gold: &Said, found: &'s [Said], on: impl Fn(On) -> bool) -> Option<&'s Said> {
    let fits = found.iter().filter(|said| on(said.on) && meets(&gold.content, &said.content));
    fits.max_by_key(|said| {
        let same_voice = gold.is_own_voice == said.is_own_voice;
        (same_voice, shared(&gold.frame, &said.frame), shared(&gold.content, &said.content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(content: (u32, u32), act: Act, on: On) -> Said {
        Said { content: vec![content], frame: Vec::new(), act: Some(act), on, is_own_voice: false, party: None }
    }

    fn answer(said: Vec<Said>, foreign: usize) -> Answer {
        let articles = [("a".to_owned(), Labelled { said, ..Labelled::default() })].into();
        Answer { articles, foreign, ..Answer::default() }
    }

    #[test]
    fn parties_are_told_apart() {
        let mut tally = Tally::new(0);
        same_party(&mut tally, &[("owner", Some("a")), ("owner", Some("b")), ("police", Some("b")), ("police", None)]);
        let rates = [PARTY_PRECISION, PARTY_RECALL].map(|measure| rates::rate([&tally], measure));
        assert_eq!(rates, [75.0, 50.0]);
    }

    #[test]
    fn acts_count_where_the_statement_is_on_the_claim() {
        let gold = answer(
            vec![
                said((0, 10), Act::Deny, On::This),
                said((20, 30), Act::Deny, On::This),
                said((40, 50), Act::Affirm, On::This),
                said((60, 70), Act::Affirm, On::Other),
            ],
            0,
        );
        let given = answer(
            vec![
                said((2, 8), Act::Deny, On::This),
                said((20, 30), Act::Deny, On::Other),
                said((60, 70), Act::Affirm, On::This),
            ],
            1,
        );
        let tally = [tally(0, &gold, &given)];
        let check =
            |measure: &str, expect: f64| assert!((rates::rate(&tally, measure) - expect).abs() < 0.1, "{measure}");
        check("act accuracy", 33.3);
        check("act accuracy in any claim", 66.7);
        check("act accuracy deny", 50.0);
        check("under-merged", 33.3);
        check("not read", 33.3);
        check("over-merged", 66.7);
        check("over-merged and labelled as off the claim", 33.3);
    }
}

//! `--pairs DIR`: the pairs of statements and of reports from which `training/propositions.py` fits the weights of `models/propositions`. From Emergent's
//! part tune; only numbers leave the data. Not a score.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use onrecord::Pipeline;
use onrecord::annotate::SentenceVector;
use onrecord::link::claims::{Comparer, EventReport};

use crate::emergent::{self, Doc, Drawn, Part, Tools};

/// An article's number and the place of one of its statements.
type At = (usize, usize);

/// Pairs of a claim that both carry it, and as many of which one does.
const OF_CLAIM: usize = 60;
/// Times that a pair is drawn for these; some are of one article and are drawn again.
const TRIES: usize = 400;
/// Pairs of statements within one article.
const WITHIN: usize = 6;
/// Times that they are drawn.
const TRIES_WITHIN: usize = 60;
/// The nearest other claims of each, and pairs with each of them.
const NEAREST: (usize, usize) = (6, 10);
/// Pairs with claims that are not the nearest; some are drawn from claims that nothing carries, and are left out.
const FAR: usize = 40;

/// Writes `pairs.jsonl` and `reports.jsonl` to a folder.
///
/// # Errors
/// The data or the models cannot be read, or the folder not be written.
pub fn write(shared: &Path, pipeline: &Pipeline, to: &Path) -> Result<(), Box<dyn Error>> {
    let folder = emergent::folder(shared).ok_or("--pairs needs data/emergent in the shared folder")?;
    let tools = Tools::open()?;
    let part = Part::open(&folder, "tune")?;
    let docs = part.read(&folder, pipeline, &tools, None)?;
    std::fs::create_dir_all(to)?;
    std::fs::write(to.join("pairs.jsonl"), pairs(&part, &docs, &tools)?)?;
    std::fs::write(to.join("reports.jsonl"), reports(&part, &docs, &tools)?)?;
    println!("pairs of {} articles are in {}", docs.len(), to.display());
    Ok(())
}

/// Of each two articles what `Comparer::report_features` gives, where it gives any.
fn reports(part: &Part, docs: &[Doc], tools: &Tools) -> Result<String, std::fmt::Error> {
    let reports: Vec<_> = docs.iter().map(|doc| EventReport::new(&doc.statements)).collect();
    let mut out = String::new();
    for (index, (doc, report)) in docs.iter().zip(&reports).enumerate() {
        for (other_doc, other) in docs.iter().zip(&reports).skip(index + 1) {
            let (Some(report), Some(other)) = (report, other) else { continue };
            let features = tools.comparer.report_features(report, other);
            if !features.is_empty() {
                let same = u8::from(part.share_claim(&doc.name, &other_doc.name));
                writeln!(out, r#"{{"y":{same},"f":{:?}}}"#, values(&features))?;
            }
        }
    }
    Ok(out)
}

fn values(features: &[(&'static str, i64)]) -> Vec<i64> {
    features.iter().map(|(_, value)| *value).collect()
}

/// What carries each claim, and what of its articles does not.
struct Sides {
    carrying: Vec<Vec<At>>,
    other: Vec<Vec<At>>,
}

impl Sides {
    /// Of each article of a claim: the nearest statement to the claim's text from a cosine of 0.42 on carries it, the second from 0.6 on; from the
    /// fourth on what has less than three quarters of the nearest one's cosine does not.
    fn of(part: &Part, places: &HashMap<&str, usize>, docs: &[Doc], texts: &[SentenceVector]) -> Self {
        let mut sides = Self { carrying: Vec::new(), other: Vec::new() };
        for (claim, text) in part.claims.iter().zip(texts) {
            let (mut carrying, mut other) = (Vec::new(), Vec::new());
            for index in claim.articles.iter().filter_map(|name| places.get(name.as_str()).copied()) {
                let nearest = docs[index].nearest(text);
                for (rank, (cosine, place)) in nearest.iter().copied().enumerate() {
                    if rank == 0 && cosine >= 420 || rank == 1 && cosine >= 600 {
                        carrying.push((index, place));
                    } else if rank >= 3 && cosine < nearest[0].0 * 3 / 4 {
                        other.push((index, place));
                    }
                }
            }
            sides.carrying.push(carrying);
            sides.other.push(other);
        }
        sides
    }
}

/// Writes pairs as lines.
struct Lines<'a> {
    docs: &'a [Doc],
    drawn: Drawn,
    out: String,
}

impl Lines<'_> {
    fn add(&mut self, story: usize, kind: &str, same: bool, (one, other): (At, At)) -> std::fmt::Result {
        let proposition = |(doc, place): At| &self.docs[doc].statements[place].proposition;
        let features = values(&Comparer::features(proposition(one), proposition(other)));
        writeln!(self.out, r#"{{"c":{story},"k":"{kind}","y":{},"f":{features:?}}}"#, u8::from(same))
    }

    fn draw(&mut self, from: &[At], others: &[At]) -> (At, At) {
        (from[self.drawn.below(from.len())], others[self.drawn.below(others.len())])
    }

    /// Pairs of two articles, one side of each list.
    fn across(&mut self, story: usize, kind: &str, same: bool, from: &[At], others: &[At]) -> std::fmt::Result {
        let mut count = 0;
        for _ in 0..TRIES {
            if count == OF_CLAIM || others.is_empty() {
                break;
            }
            let pair = self.draw(from, others);
            if pair.0.0 != pair.1.0 {
                self.add(story, kind, same, pair)?;
                count += 1;
            }
        }
        Ok(())
    }

    /// Pairs of one article that share no words of the text, and are neither far from each other nor nearly the same.
    fn within(&mut self, story: usize, doc: usize) -> std::fmt::Result {
        let statements = &self.docs[doc].statements;
        let full: Vec<At> =
            (0..statements.len()).filter(|at| !statements[*at].proposition.is_thin()).map(|at| (doc, at)).collect();
        let mut count = 0;
        for _ in 0..TRIES_WITHIN {
            if count == WITHIN || full.len() < 2 {
                break;
            }
            let pair = self.draw(&full, &full);
            let (one, other) = (&statements[pair.0.1], &statements[pair.1.1]);
            let overlap = one.ranges.iter().any(|range| other.ranges.iter().any(|near| range.overlaps(*near)));
            let cosine = match (&one.proposition.vector, &other.proposition.vector) {
                (Some(one), Some(other)) => one.cosine(other),
                _ => 0.0,
            };
            if !overlap && (0.3..=0.78).contains(&cosine) {
                self.add(story, "within-article", false, pair)?;
                count += 1;
            }
        }
        Ok(())
    }
}

fn pairs(part: &Part, docs: &[Doc], tools: &Tools) -> Result<String, std::fmt::Error> {
    let places: HashMap<&str, usize> = docs.iter().enumerate().map(|(at, doc)| (doc.name.as_str(), at)).collect();
    let texts: Vec<SentenceVector> = part.claims.iter().map(|claim| tools.encoder.vector(&claim.text)).collect();
    let sides = Sides::of(part, &places, docs, &texts);
    let mut lines = Lines { docs, drawn: Drawn(12345), out: String::new() };
    for (index, claim) in part.claims.iter().enumerate() {
        let (story, carrying) = (claim.story, sides.carrying[index].as_slice());
        if carrying.is_empty() {
            continue;
        }
        lines.across(story, "pos", true, carrying, carrying)?;
        lines.across(story, "same-article", false, carrying, &sides.other[index])?;
        for doc in claim.articles.iter().filter_map(|name| places.get(name.as_str())) {
            lines.within(story, *doc)?;
        }
        let cosine = |other: usize| emergent::thousandths(&texts[other], &texts[index]);
        let mut near: Vec<usize> = (0..part.claims.len()).filter(|other| *other != index).collect();
        near.sort_by_key(|other| (-cosine(*other), *other));
        let unlike = |(one, other): (At, At)| !part.share_claim(&docs[one.0].name, &docs[other.0].name);
        let nearest = near.iter().take(NEAREST.0).flat_map(|other| std::iter::repeat_n(*other, NEAREST.1));
        for other in nearest.map(|other| &sides.carrying[other]).filter(|other| !other.is_empty()) {
            let pair = lines.draw(carrying, other);
            if unlike(pair) {
                lines.add(story, "near-claim", false, pair)?;
            }
        }
        for _ in 0..FAR {
            let other = &sides.carrying[near[lines.drawn.below(near.len())]];
            if other.is_empty() {
                continue;
            }
            let pair = lines.draw(carrying, other);
            if unlike(pair) {
                lines.add(story, "far-claim", false, pair)?;
            }
        }
    }
    Ok(lines.out)
}

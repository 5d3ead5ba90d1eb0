//! `--pairs DIR`: the pairs of statements and of reports from which `training/propositions.py` fits the weights of `models/propositions`. From Emergent's
//! part tune, of which only numbers leave the data, and from the invented reports of `training/propositions.txt`. Not a score.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use onrecord::Pipeline;
use onrecord::annotate::SentenceVector;
use onrecord::evidence::TextRange;
use onrecord::link::claims::{Comparer, EventReport, Proposition, PropositionInput, relate};

use crate::emergent::{self, Doc, Drawn, Part, Tools};
use crate::root;

/// An article's number and the place of one of its statements.
type At = (usize, usize);

/// Pairs of a claim that both carry it, pairs of which one does, and such pairs within one article.
const OF_CLAIM: [usize; 3] = [90, 60, 40];
/// Times that a pair is drawn for these; some do not fit and are drawn again.
const TRIES: usize = 600;
/// The nearest other claims of each, and pairs with each of them.
const NEAREST: (usize, usize) = (6, 10);
/// Pairs with claims that are not the nearest; some are drawn from claims that nothing carries, and are left out.
const FAR: usize = 20;

/// Writes `pairs.jsonl`, `own.jsonl` and `reports.jsonl` to a folder.
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
    std::fs::write(
        to.join("own.jsonl"),
        own(&std::fs::read_to_string(root().join("training/propositions.txt"))?, &tools)?,
    )?;
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
    /// Of each article of a claim: the nearest statement to the claim's text from a cosine of 0.45 on carries it, the second from 0.6 on, the third from
    /// 0.65 on; from the fourth on what has less than three quarters of the nearest one's cosine does not.
    fn of(part: &Part, places: &HashMap<&str, usize>, docs: &[Doc], texts: &[SentenceVector]) -> Self {
        let mut sides = Self { carrying: Vec::new(), other: Vec::new() };
        for (claim, text) in part.claims.iter().zip(texts) {
            let (mut carrying, mut other) = (Vec::new(), Vec::new());
            for index in claim.articles.iter().filter_map(|name| places.get(name.as_str()).copied()) {
                let nearest = docs[index].nearest(text);
                for (rank, (cosine, place)) in nearest.iter().copied().enumerate() {
                    if rank <= 2 && cosine >= [450, 600, 650][rank] {
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
    /// Adds a pair, if both say enough to be compared at all.
    fn add(&mut self, story: usize, kind: &str, same: bool, (one, other): (At, At)) -> std::fmt::Result {
        let proposition = |(doc, place): At| &self.docs[doc].statements[place].proposition;
        let (one, other) = (proposition(one), proposition(other));
        if one.is_thin() || other.is_thin() {
            return Ok(());
        }
        line(&mut self.out, story, kind, same, one, other)
    }

    fn draw(&mut self, from: &[At], others: &[At]) -> (At, At) {
        (from[self.drawn.below(from.len())], others[self.drawn.below(others.len())])
    }

    /// `most` pairs, one side of each list: of one article if `within`, else of two.
    fn drawn(
        &mut self,
        (story, kind, same): Kind<'_>,
        from: &[At],
        others: &[At],
        within: bool,
        most: usize,
    ) -> std::fmt::Result {
        let mut count = 0;
        for _ in 0..TRIES {
            if count == most || others.is_empty() {
                break;
            }
            let pair = self.draw(from, others);
            if (pair.0.0 == pair.1.0) == within {
                self.add(story, kind, same, pair)?;
                count += 1;
            }
        }
        Ok(())
    }
}

/// Story and kind of a pair, and whether both are one claim.
type Kind<'a> = (usize, &'a str, bool);

fn line(
    out: &mut String,
    story: usize,
    kind: &str,
    same: bool,
    one: &Proposition,
    other: &Proposition,
) -> std::fmt::Result {
    let features = values(&Comparer::features(one, other));
    writeln!(out, r#"{{"c":{story},"k":"{kind}","y":{},"f":{features:?}}}"#, u8::from(same))
}

/// All pairs of the statements of each invented event, but those of which both are like no other.
fn own(text: &str, tools: &Tools) -> Result<String, std::fmt::Error> {
    // Event and claim of each statement.
    let mut found: Vec<(usize, &str, Proposition)> = Vec::new();
    let (mut event, mut report) = (0, Vec::new());
    for row in text.lines().chain(["---"]).filter(|row| !row.starts_with("//") && !row.trim().is_empty()) {
        if row.starts_with("# ") || row.starts_with("---") {
            relate(&mut report.iter_mut().map(|(_, _, proposition)| proposition).collect::<Vec<_>>());
            found.append(&mut report);
            event += usize::from(row.starts_with('#'));
        } else if let Some((claim, words)) = row.split_once(' ') {
            let ranges = [TextRange::new(0, words.len() as u32)];
            let input = PropositionInput { text: words, ranges: &ranges, record: None };
            report.push((event, claim, Proposition::new(input, &tools.stems, &tools.encoder)));
        }
    }
    let mut out = String::new();
    for (index, (event, claim, one)) in found.iter().enumerate() {
        for (_, known, other) in found[..index].iter().filter(|(known, ..)| known == event) {
            if !(one.is_thin() || other.is_thin() || (*claim == "-" && *known == "-")) {
                line(&mut out, *event, "own", claim == known, one, other)?;
            }
        }
    }
    Ok(out)
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
        let others = sides.other[index].as_slice();
        lines.drawn((story, "pos", true), carrying, carrying, false, OF_CLAIM[0])?;
        lines.drawn((story, "same-article", false), carrying, others, false, OF_CLAIM[1])?;
        lines.drawn((story, "in-article", false), carrying, others, true, OF_CLAIM[2])?;
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

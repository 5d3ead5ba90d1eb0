//! Copies: whether one of two articles was taken from the other, how much of either, and by which words, on 163 pairs of Emergent's part
//! dev, against `truth/claims/copies.jsonl`. Not who was first: nobody labelled that.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

use onrecord::evidence::{Digest, TextRange};
use onrecord::link::Report;
use onrecord::link::copies::{Copying, Extent, PassageKind, Passages, Side, compare};
use onrecord::read::{Known, Limits, read};
use serde::Deserialize;

use crate::corpus::byte_offsets;
use crate::emergent;
use crate::results::Results;
use crate::root;
use crate::scores::{Counts, draw};

const STAGE: &str = "copies";
const DATA: &str = "emergent-dev-pairs";
/// Draws of as many pairs; 95% of them lie in an interval.
const DRAWS: usize = 1000;

/// One line of the truth; ranges in code points of the files with these digests.
#[derive(Deserialize)]
struct Gold {
    a: String,
    b: String,
    sha256_a: Digest,
    sha256_b: Digest,
    extent_a: String,
    extent_b: String,
    passages: Vec<GoldPassage>,
}

#[derive(Deserialize)]
struct GoldPassage {
    kind: String,
    a: [u32; 2],
    b: [u32; 2],
}

/// An article with what of it is compared.
struct Loaded {
    digest: Digest,
    /// Where each code point of the file begins.
    points: Vec<u32>,
    /// Where each word of the file begins, in bytes.
    words: Vec<u32>,
    article: onrecord::read::Article,
    report: Report,
    passages: Passages,
}

/// What is counted, by measure.
type Tally = BTreeMap<&'static str, Counts>;

/// Scores the stage on the labelled pairs. Where the data is not, it says so.
///
/// # Errors
/// The truth or an article cannot be read, or an article is another one than was labelled.
pub fn score(shared: &Path, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(folder) = emergent::folder(shared) else {
        println!("skipped {STAGE}: no Emergent under {} (--shared DIR says where)", shared.display());
        return Ok(());
    };
    let truth = std::fs::read_to_string(root().join("tools/eval/truth/claims/copies.jsonl"))?;
    let mut articles: HashMap<String, Loaded> = HashMap::new();
    let mut tallies = Vec::new();
    for line in truth.lines() {
        let gold: Gold = serde_json::from_str(line)?;
        for (name, digest) in [(&gold.a, gold.sha256_a), (&gold.b, gold.sha256_b)] {
            if !articles.contains_key(name) {
                articles.insert(name.clone(), Loaded::open(&folder, name)?);
            }
            if articles[name].digest != digest {
                return Err(format!("{name}: the text is another one than was labelled").into());
            }
        }
        let (first, second) = (&articles[&gold.a], &articles[&gold.b]);
        let found = compare(&first.report, &first.passages, &second.report, &second.passages);
        tallies.push(tally(&gold, first, second, found.as_ref()));
    }
    report(&tallies, results);
    Ok(())
}

impl Loaded {
    fn open(folder: &Path, name: &str) -> Result<Self, Box<dyn Error>> {
        let text = emergent::text(folder, name)?;
        let (digest, points, words) = (Digest::of_bytes(text.as_bytes()), byte_offsets(&text), word_starts(&text));
        let (article, _) = read(&emergent::capture(name, text), &Known::default(), &Limits::default());
        let article = article.ok_or_else(|| format!("{name} cannot be read"))?;
        let report = emergent::report(name, &article).ok_or("no report")?;
        let passages = Passages::of(&report);
        Ok(Self { digest, points, words, article, report, passages })
    }

    /// The numbers of the words that begin in ranges of the file.
    fn words_in(&self, ranges: impl Iterator<Item = (u32, u32)>) -> Vec<usize> {
        let mut found: Vec<usize> = ranges
            .flat_map(|(start, end)| {
                let place = |at: u32| self.words.partition_point(|word| *word < at);
                place(start)..place(end)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A labelled range, in bytes of the file.
    fn labelled(&self, [start, end]: [u32; 2]) -> Option<(u32, u32)> {
        Some((*self.points.get(start as usize)?, *self.points.get(end as usize)?))
    }

    /// A range of the reading, in bytes of the file.
    fn found(&self, range: TextRange) -> Option<(u32, u32)> {
        self.article.reading.raw_range(range).ok().map(|raw| (raw.start, raw.end))
    }
}

/// The byte at which each word begins: letters and digits of ASCII, with apostrophes inside.
fn word_starts(text: &str) -> Vec<u32> {
    let mut starts = Vec::new();
    let (mut within, mut apostrophe) = (false, false);
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() {
            if !within && !apostrophe {
                starts.push(at as u32);
            }
            (within, apostrophe) = (true, false);
        } else {
            apostrophe = within && matches!(letter, '\'' | '’');
            within = false;
        }
    }
    starts
}

const fn word(extent: Extent) -> &'static str {
    match extent {
        Extent::Not => "not",
        Extent::Partly => "partly",
        Extent::Wholly => "wholly",
    }
}

fn tally(gold: &Gold, first: &Loaded, second: &Loaded, found: Option<&Copying>) -> Tally {
    let given = [Side::First, Side::Second].map(|side| word(found.map_or(Extent::Not, |found| found.extent(side))));
    let wanted = [gold.extent_a.as_str(), gold.extent_b.as_str()];
    let mut tally = Tally::new();
    let derived = |extents: [&str; 2]| extents.iter().any(|extent| *extent != "not");
    count(&mut tally, "derived", derived(given), derived(wanted));
    for (given, wanted) in given.into_iter().zip(wanted) {
        for (name, extent) in [("extent wholly", "wholly"), ("extent partly", "partly"), ("extent not", "not")] {
            count(&mut tally, name, given == extent, wanted == extent);
        }
        let sum = tally.entry("extent").or_default();
        *sum = plus(*sum, Counts { right: usize::from(given == wanted), given: 1, gold: 1 });
    }
    let passages = found.map(|found| found.passages.as_slice()).unwrap_or_default();
    for (name, labels, kinds) in [
        ("words of passages", &["text", "quotation"][..], &[PassageKind::Text, PassageKind::Quotation][..]),
        ("words of text passages", &["text"], &[PassageKind::Text]),
        ("words of quotations", &["quotation"], &[PassageKind::Quotation]),
    ] {
        for (side, article) in [(Side::First, first), (Side::Second, second)] {
            let labelled = gold.passages.iter().filter(|one| labels.contains(&one.kind.as_str()));
            let labelled = labelled.map(|one| if side == Side::First { one.a } else { one.b });
            let labelled = article.words_in(labelled.filter_map(|range| article.labelled(range)));
            let given = passages.iter().filter(|one| kinds.contains(&one.kind));
            let given = given.map(|one| if side == Side::First { one.first } else { one.second });
            let given = article.words_in(given.filter_map(|range| article.found(range)));
            let right = given.iter().filter(|word| labelled.binary_search(word).is_ok()).count();
            let sum = tally.entry(name).or_default();
            *sum = plus(*sum, Counts { right, given: given.len(), gold: labelled.len() });
        }
    }
    tally
}

fn count(tally: &mut Tally, name: &'static str, given: bool, gold: bool) {
    let [right, given, gold] = [given && gold, given, gold].map(usize::from);
    let sum = tally.entry(name).or_default();
    *sum = plus(*sum, Counts { right, given, gold });
}

const fn plus(one: Counts, other: Counts) -> Counts {
    Counts { right: one.right + other.right, given: one.given + other.given, gold: one.gold + other.gold }
}

fn report(tallies: &[Tally], results: &mut Results) {
    results.clear(STAGE, DATA);
    results.add(STAGE, DATA, "pairs", tallies.len() as f64, None);
    let names: Vec<&str> = tallies.first().map(|tally| tally.keys().copied().collect()).unwrap_or_default();
    for name in names {
        let counts: Vec<Counts> = tallies.iter().filter_map(|tally| tally.get(name).copied()).collect();
        let total = counts.iter().copied().fold(Counts::default(), plus);
        if name == "extent" {
            results.add(STAGE, DATA, "extent accuracy", total.recall(), Some(interval(&counts, Counts::recall)));
            continue;
        }
        let ranges = [interval(&counts, Counts::precision), interval(&counts, Counts::recall)];
        results.add(STAGE, DATA, &format!("{name} precision"), total.precision(), Some(ranges[0]));
        results.add(STAGE, DATA, &format!("{name} recall"), total.recall(), Some(ranges[1]));
    }
}

/// Percentile bootstrap (95%) over pairs, with a fixed seed.
fn interval(counts: &[Counts], of: impl Fn(Counts) -> f64) -> (f64, f64) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut scores: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..counts.len()).map(|_| counts[draw(&mut state, counts.len())]);
            of(drawn.fold(Counts::default(), plus))
        })
        .collect();
    scores.sort_by(f64::total_cmp);
    (scores[DRAWS * 25 / 1000], scores[DRAWS * 975 / 1000])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text as they are counted, by their first letters.
    fn check(text: &str, expect: &str) {
        let found: String = word_starts(text).iter().filter_map(|at| text[*at as usize..].chars().next()).collect();
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn words_are_counted_once() {
        check("The port’s harbour wasn't closed", "Tphwc");
        check("'Two' – 3.5 km", "T35k");
        check("a '' b' c", "abc");
        check("", "");
    }

    #[test]
    fn extents_and_pairs_are_counted_apart() {
        let mut tally = Tally::new();
        for (given, gold) in [(true, true), (true, false), (false, true), (false, false)] {
            count(&mut tally, "derived", given, gold);
        }
        assert_eq!(tally["derived"], Counts { right: 1, given: 2, gold: 2 });
        let (low, high) = interval(&[tally["derived"]; 3], Counts::recall);
        assert_eq!([low, high], [50.0; 2]);
        assert_eq!(interval(&[], Counts::recall), (0.0, 0.0));
    }
}

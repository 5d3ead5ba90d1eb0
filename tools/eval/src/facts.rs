//! The truth of `truth/wikinews_facts.jsonl`, laid over the articles where they lie: gold with ranges in bytes. And which finding
//! belongs to which gold.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use jiff::civil;
use onrecord::evidence::{Digest, TextRange};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::corpus::byte_offsets;
use crate::results::Results;
use crate::{dates, figures, places, root};

/// The stages that are scored against it.
pub const STAGES: &[&str] = &["dates", "figures", "places"];
/// The data's name in the table of scores.
pub const DATA: &str = "wikinews";

/// One article with its gold.
pub struct Facts {
    pub text: String,
    pub published: civil::Date,
    /// Whether its digest begins with 0 to 7: errors were read in these articles only, those of the other half never.
    pub open: bool,
    pub dates: Vec<GoldDate>,
    pub figures: Vec<GoldFigure>,
    pub places: Vec<GoldPlace>,
}

/// A temporal expression of the gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDate {
    range: [u32; 2],
    #[serde(rename = "type")]
    pub kind: String,
    pub value: String,
    pub begin: Option<civil::Date>,
    pub end: Option<civil::Date>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    pub doubt: Option<String>,
}

/// A figure of the gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFigure {
    range: [u32; 2],
    pub value: Option<String>,
    pub low: Option<String>,
    pub high: Option<String>,
    pub bound: String,
    pub unit: String,
    counted: Option<[u32; 2]>,
    pub doubt: Option<String>,
}

/// A place of the gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldPlace {
    range: [u32; 2],
    pub country: Option<String>,
    pub kind: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    #[serde(rename = "use")]
    pub usage: String,
    pub as_government: bool,
    pub doubt: Option<String>,
}

/// Something that stands in a text.
pub trait Placed {
    /// Where; in code points until [`load`] has laid it over the text, in bytes after.
    fn range(&self) -> TextRange;
}

macro_rules! placed {
    ($($of:ty),*) => {$(impl Placed for $of {
        fn range(&self) -> TextRange {
            TextRange::new(self.range[0], self.range[1])
        }
    })*};
}
placed!(GoldDate, GoldFigure, GoldPlace);

impl GoldFigure {
    /// The words of what is counted.
    pub fn counted(&self) -> Option<TextRange> {
        self.counted.map(|[start, end]| TextRange::new(start, end))
    }
}

#[derive(Deserialize)]
struct Line {
    url: String,
    published: civil::Date,
    sha256: Digest,
    dates: Vec<GoldDate>,
    figures: Vec<GoldFigure>,
    places: Vec<GoldPlace>,
}

#[derive(Deserialize)]
struct Article {
    url: String,
    text: String,
}

/// Scores one of the stages on the articles; `wrong`: lists what is wrong in the articles that may be read.
///
/// # Errors
/// The truth or a table of the stage cannot be read.
pub fn score(stage: &str, shared: &Path, wrong: bool, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(facts) = load(shared)? else {
        println!("skipped {stage}: no articles under {}", shared.join("data/wikinews").display());
        return Ok(());
    };
    match stage {
        "dates" => dates::score(&facts, wrong, results),
        "figures" => figures::score(&facts, &figures::table()?, wrong, results),
        _ => places::score(&facts, &places::finder()?, wrong, results),
    }
    Ok(())
}

/// The articles of Wikinews by address; `None` where the shared data is not.
///
/// # Errors
/// The file cannot be read.
pub fn texts(shared: &Path) -> Result<Option<HashMap<String, String>>, Box<dyn Error>> {
    let file = shared.join("data/wikinews/articles.jsonl");
    if !file.exists() {
        return Ok(None);
    }
    let mut texts = HashMap::new();
    for line in std::fs::read_to_string(&file)?.lines() {
        let article: Article = serde_json::from_str(line)?;
        texts.insert(article.url, article.text);
    }
    Ok(Some(texts))
}

/// The articles with gold, in the truth's order; `None` where the shared data is not.
///
/// # Errors
/// A file cannot be read, an article is missing or another text than was annotated, a range is outside of it.
fn load(shared: &Path) -> Result<Option<Vec<Facts>>, Box<dyn Error>> {
    let Some(texts) = texts(shared)? else { return Ok(None) };
    let truth = std::fs::read_to_string(root().join("tools/eval/truth/wikinews_facts.jsonl"))?;
    let mut facts = Vec::new();
    for line in truth.lines() {
        let mut line: Line = serde_json::from_str(line)?;
        let text = texts.get(&line.url).ok_or_else(|| format!("no article has the address {}", line.url))?;
        if Digest::of_bytes(text.as_bytes()) != line.sha256 {
            return Err(format!("{}: the text is another one than was annotated", line.url).into());
        }
        let bytes = byte_offsets(text);
        let ranges = (line.dates.iter_mut().map(|date| &mut date.range))
            .chain(
                line.figures.iter_mut().flat_map(|figure| [&mut figure.range].into_iter().chain(&mut figure.counted)),
            )
            .chain(line.places.iter_mut().map(|place| &mut place.range));
        to_bytes(&bytes, ranges).map_err(|message| format!("{}: {message}", line.url))?;
        facts.push(Facts {
            text: text.clone(),
            published: line.published,
            open: is_open(line.sha256),
            dates: line.dates,
            figures: line.figures,
            places: line.places,
        });
    }
    Ok(Some(facts))
}

/// Whether errors were read in the article with this digest.
pub fn is_open(digest: Digest) -> bool {
    digest.as_bytes()[0] < 0x80
}

/// Ranges in code points become ranges in bytes.
fn to_bytes<'a>(bytes: &[u32], ranges: impl Iterator<Item = &'a mut [u32; 2]>) -> Result<(), String> {
    for range in ranges {
        let at = |point: u32| bytes.get(point as usize).copied().ok_or(format!("no code point {point} in the text"));
        *range = [at(range[0])?, at(range[1])?];
    }
    Ok(())
}

/// What was found, laid against the gold of one text.
#[derive(Debug, PartialEq)]
pub struct Matched {
    /// For each of the gold, the finding that shares the most of its words with it; one finding may serve two.
    pub found: Vec<Option<usize>>,
    /// How many findings share no word with any gold.
    pub spurious: usize,
}

/// Lays findings against gold.
pub fn matched(gold: &[TextRange], found: &[TextRange]) -> Matched {
    let shared = |gold: TextRange, found: TextRange| {
        let common = gold.end.min(found.end).saturating_sub(gold.start.max(found.start));
        f64::from(common) / f64::from(gold.hull(found).len().max(1))
    };
    let best = |gold: TextRange| {
        (0..found.len()).filter(|&index| gold.overlaps(found[index])).max_by(|&left, &right| {
            shared(gold, found[left]).total_cmp(&shared(gold, found[right])).then(right.cmp(&left))
        })
    };
    Matched {
        found: gold.iter().map(|&gold| best(gold)).collect(),
        spurious: found.iter().filter(|found| !gold.iter().any(|gold| gold.overlaps(**found))).count(),
    }
}

/// Letters and digits without marks and case, one space between words, no article before them: how names are compared and hashed.
pub fn fold(name: &str) -> String {
    let plain: String = name.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.strip_prefix(&["the"]).filter(|rest| !rest.is_empty()).unwrap_or(&words).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_go_to_the_gold_they_share_most_with() {
        let ranges =
            |ranges: &[[u32; 2]]| ranges.iter().map(|[start, end]| TextRange::new(*start, *end)).collect::<Vec<_>>();
        let check = |gold: &[[u32; 2]], found: &[[u32; 2]], expect: &[Option<usize>], spurious: usize| {
            assert_eq!(matched(&ranges(gold), &ranges(found)), Matched { found: expect.to_vec(), spurious });
        };
        check(&[[0, 4], [6, 9]], &[[6, 9], [0, 3], [20, 22]], &[Some(1), Some(0)], 1);
        check(&[[0, 9]], &[[0, 3], [3, 9]], &[Some(1)], 0);
        check(&[[0, 4], [6, 9]], &[[0, 9]], &[Some(0), Some(0)], 0);
        check(&[[0, 4]], &[], &[None], 0);
    }

    #[test]
    fn names_fold() {
        assert_eq!(fold("The Sâo-Lindo Harbour Co."), "sao lindo harbour co");
        assert_eq!(fold("The"), "the");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn ranges_become_bytes_or_say_what_is_wrong() {
        let mut ranges = [[0, 2], [2, 3]];
        assert_eq!(to_bytes(&byte_offsets("añb"), ranges.iter_mut()), Ok(()));
        assert_eq!(ranges, [[0, 3], [3, 4]]);
        assert_eq!(to_bytes(&[0, 1], [[0, 5]].iter_mut()), Err("no code point 5 in the text".to_owned()));
    }
}

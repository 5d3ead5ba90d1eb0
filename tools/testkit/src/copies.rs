//! Streams as newsrooms make them: a story, and lightly rewritten copies of it under other headlines, bylines and credit lines.
//!
//! Deterministic: the same story and number give the same copy on every machine. Places, people and outlets are invented.
//! Not a model of how much copying there is in the news; only of what changes when a text is taken over.

mod story;

pub use story::{Story, invented};

/// One outlet's version of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Who publishes it.
    pub outlet: &'static str,
    /// Its own headline, or the one that it was sent.
    pub headline: String,
    /// "By ..." or nothing.
    pub byline: Option<String>,
    /// The text, the dateline at the beginning of the first paragraph.
    pub paragraphs: Vec<String>,
    /// Who supplied it, in the last line, or nothing.
    pub credit: Option<String>,
}

/// Numbers by SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 for 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// # Panics
    /// Where `choices` is empty: a mistake in this file.
    pub(crate) fn of<'choice, T: ?Sized>(&mut self, choices: &[&'choice T]) -> &'choice T {
        choices[self.below(choices.len())]
    }
}

const OUTLETS: &[&str] = &[
    "Pelham Quay Mercury",
    "The Ardmoor Gazette",
    "Sandrel Daily News",
    "Coldwater Echo",
    "The Vint Observer",
    "Lowmarch Evening Star",
    "Radio Tarn",
    "Hallin Morning Post",
    "The Grenmoor Times",
    "Eastreach Online",
];
const WRITERS: &[&str] = &["Ida Morrell", "Jon Pask", "Lene Oduya", "Tomas Brandt", "Rhea Sallow", "Ked Marsh"];
const CREDITS: &[&str] = &[
    "Concord Press contributed to this report.",
    "With material from Concord Press.",
    "(Concord Press)",
    "Additional reporting by staff. Source: Concord Press.",
];
/// Words that desks exchange without touching the sense.
const SWAPS: &[(&str, &str)] = &[
    (" about ", " around "),
    (" but ", " though "),
    (" near ", " close to "),
    (" because ", " as "),
    (" more than ", " over "),
    (" people ", " persons "),
    (" began ", " started "),
    (" several ", " a number of "),
    (" while ", " whereas "),
    (" told reporters ", " told journalists "),
    (" said on ", " stated on "),
    (" after ", " following "),
];

/// The first `count` copies of a story.
///
/// ```
/// use onrecord_testkit::copies::{copies, invented};
/// let story = invented(7);
/// let copies = copies(&story, 40);
/// assert_eq!(copies.len(), 40);
/// assert!(copies.iter().all(|copy| !copy.paragraphs.is_empty()));
/// ```
pub fn copies(story: &Story, count: usize) -> Vec<Rewrite> {
    (0..count).map(|number| rewrite(story, number as u64)).collect()
}

/// Copy number `number`. Most outlets keep the paragraphs as they come; each kind of change is made by some.
fn rewrite(story: &Story, number: u64) -> Rewrite {
    let mut draw = Draw(story.seed().wrapping_add(number.wrapping_mul(0xD1B5_4A32_D192_ED03)));
    let mut paragraphs = story.paragraphs.clone();
    if draw.one_in(3) {
        dateline(&mut paragraphs, &mut draw);
    }
    // The end goes first where space is short.
    if paragraphs.len() > 4 && draw.one_in(2) {
        let kept = paragraphs.len() - 1 - draw.below(2);
        paragraphs.truncate(kept);
    }
    if paragraphs.len() > 4 && draw.one_in(4) {
        let gone = 2 + draw.below(paragraphs.len() - 2);
        paragraphs.remove(gone);
    }
    if paragraphs.len() > 4 && draw.one_in(5) {
        let (from, to) = (2 + draw.below(paragraphs.len() - 2), 1 + draw.below(paragraphs.len() - 2));
        let moved = paragraphs.remove(from);
        paragraphs.insert(to, moved);
    }
    let at = draw.below(paragraphs.len());
    if let (true, Some(paragraph)) = (draw.one_in(3), paragraphs.get_mut(at)) {
        shorten(paragraph);
    }
    for _ in 0..draw.below(3) {
        swap(&mut paragraphs, &mut draw);
    }
    let outlet = draw.of(OUTLETS);
    let headline = headline(&story.headline, &mut draw);
    let byline = match draw.below(3) {
        0 => Some(format!("By {}", draw.of(WRITERS))),
        1 => Some("By staff and agencies".to_owned()),
        _ => None,
    };
    let credit = (!draw.one_in(3)).then(|| draw.of(CREDITS).to_owned());
    Rewrite { outlet, headline, byline, paragraphs, credit }
}

/// Another or no agency before the dash, or no dateline at all.
fn dateline(paragraphs: &mut [String], draw: &mut Draw) {
    let Some(first) = paragraphs.first_mut() else { return };
    let Some((line, rest)) = first.split_once(" - ") else { return };
    if line.len() > 60 {
        return;
    }
    *first = match (line.split_once(" ("), draw.below(3)) {
        (Some((place, _)), 0) => format!("{place} - {rest}"),
        (Some((place, _)), 1) => format!("{place} (Agencies) - {rest}"),
        _ => rest.to_owned(),
    };
}

/// Leaves the last sentence out, where there are several.
fn shorten(paragraph: &mut String) {
    if let Some(at) = paragraph.trim_end().rfind(". ") {
        paragraph.truncate(at + 1);
    }
}

/// Exchanges one word, in the first paragraph from a drawn one on that has it.
fn swap(paragraphs: &mut [String], draw: &mut Draw) {
    let (from, (word, other)) = (draw.below(paragraphs.len()), SWAPS[draw.below(SWAPS.len())]);
    if let Some(paragraph) = paragraphs[from..].iter_mut().find(|paragraph| paragraph.contains(word)) {
        *paragraph = paragraph.replacen(word, other, 1);
    }
}

fn headline(sent: &str, draw: &mut Draw) -> String {
    match draw.below(5) {
        0 => sent.to_owned(),
        1 => sent.rsplit_once(", ").map_or(sent, |(begin, _)| begin).to_owned(),
        2 => format!("{sent}: what we know"),
        3 => format!("{}: {sent}", draw.of(&["Latest", "World", "In brief", "Update"])),
        _ => sent.rsplit_once(" after ").map_or_else(|| format!("{sent} - report"), |(begin, _)| begin.to_owned()),
    }
}

impl Rewrite {
    /// As plain text: headline, byline, paragraphs, credit line, an empty line between them.
    pub fn text(&self) -> String {
        let lines = [Some(&self.headline), self.byline.as_ref()].into_iter().flatten();
        let lines: Vec<&str> = lines.chain(&self.paragraphs).chain(self.credit.as_ref()).map(String::as_str).collect();
        lines.join("\n\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn copies_are_the_same_each_time_and_differ_from_each_other() {
        let story = invented(3);
        let texts: Vec<String> = copies(&story, 40).iter().map(Rewrite::text).collect();
        assert_eq!(texts, copies(&story, 40).iter().map(Rewrite::text).collect::<Vec<_>>());
        assert!(texts.iter().collect::<BTreeSet<_>>().len() >= 39);
    }

    #[test]
    fn most_paragraphs_of_a_copy_are_those_of_the_story() {
        let story = invented(4);
        let kept: BTreeSet<&String> = story.paragraphs.iter().collect();
        let (mut same, mut all) = (0, 0);
        for copy in copies(&story, 40) {
            assert!(copy.paragraphs.len() + 4 > story.paragraphs.len());
            same += copy.paragraphs.iter().filter(|paragraph| kept.contains(paragraph)).count();
            all += copy.paragraphs.len();
        }
        assert!(same * 100 > all * 75 && same < all, "{same} of {all}");
    }

    #[test]
    fn stories_without_much_in_them_do_no_harm() {
        for paragraphs in [vec![], vec![String::new()], vec!["One. Two.".to_owned()]] {
            let story = Story { headline: "No".to_owned(), paragraphs };
            copies(&story, 40).iter().for_each(|copy| assert!(copy.text().ends_with('\n')));
        }
    }
}

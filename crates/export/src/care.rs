//! What may leave the house: how many words of an article, whose full name, how exact a place. Not what was withheld: that is in no ledger any more.

use std::collections::BTreeMap;

use onrecord_annotate::places::{Place, PlaceKind};
use onrecord_evidence::{ArticleId, RevisionId};

/// Words of one article that an export quotes at most, where nobody says otherwise.
pub const QUOTED_WORDS: u32 = 300;

/// What is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// At most so many words of one article are quoted in one export; `None` for all, which is for the house only.
    pub quoted_words: Option<u32>,
    /// Whether private people are named in full; else by their initials.
    pub full_names: bool,
}

impl Default for Care {
    fn default() -> Self {
        Self { quoted_words: Some(QUOTED_WORDS), full_names: false }
    }
}

/// The words that were quoted so far, by article. Words that are quoted again count once.
#[derive(Debug, Default)]
pub struct Quota {
    most: Option<u32>,
    used: BTreeMap<ArticleId, (u32, Vec<Quoted>)>,
    cut: u64,
}

/// A revision, and where its words begin and end.
type Quoted = (RevisionId, u32, u32);

impl Quota {
    /// A quota by which nothing is quoted yet.
    pub fn new(care: &Care) -> Self {
        Self { most: care.quoted_words, ..Self::default() }
    }

    /// Whether words may be quoted; counts them if so. Words without a place count each time.
    pub fn allows(&mut self, article: ArticleId, revision: RevisionId, place: Option<(u32, u32)>, words: &str) -> bool {
        let Some(most) = self.most else { return true };
        let (used, quoted) = self.used.entry(article).or_default();
        let is_within = |(start, end): (u32, u32)| {
            quoted.iter().any(|(of, from, to)| *of == revision && *from <= start && end <= *to)
        };
        if place.is_some_and(is_within) {
            return true;
        }
        let more = u32::try_from(words.split_whitespace().count()).unwrap_or(u32::MAX);
        if used.saturating_add(more) > most {
            self.cut += 1;
            return false;
        }
        *used += more;
        quoted.extend(place.map(|(start, end)| (revision, start, end)));
        true
    }

    /// How many quotations were left out.
    pub const fn cut(&self) -> u64 {
        self.cut
    }
}

/// The initials of a name: "T. K.".
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    letters.map(|letter| format!("{}.", letter.to_uppercase())).collect::<Vec<_>>().join(" ")
}

/// A place as exactly as it may be shown: degrees east and north, and the size of the step in degrees to which they are rounded.
///
/// Names of places are all that a text gives, no address; a tenth of a degree (about 10 km) for settlements still hides which house or shelter was meant. Whole
/// degrees for what is larger or is a part of a settlement.
pub fn coarse(place: &Place) -> Option<([f64; 2], f64)> {
    let (north, east) = place.at?;
    let step = match place.kind {
        PlaceKind::City | PlaceKind::Village => 0.1,
        _ => 1.0,
    };
    let rounded = |degrees: f64| ((degrees / step).round() * step * 10.0).round() / 10.0;
    Some(([rounded(east), rounded(north)], step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(name: &str) -> ArticleId {
        ArticleId::of_fields(&[name.as_bytes()])
    }

    #[test]
    fn words_are_counted_once_and_capped() {
        let care = Care { quoted_words: Some(6), ..Care::default() };
        let mut quota = Quota::new(&care);
        let revision = RevisionId::of_fields(&[b"r"]);
        let mut check = |of: &str, place: Option<(u32, u32)>, words: &str, expect: bool| {
            assert_eq!(quota.allows(article(of), revision, place, words), expect, "{of} {words}");
        };
        check("a", Some((0, 24)), "there was no call at", true);
        check("a", Some((6, 12)), "was no", true);
        check("a", Some((30, 40)), "on Monday", false);
        check("a", Some((50, 56)), "Monday", true);
        check("b", None, "four words of another", true);
        check("b", None, "four words of another", false);
        assert_eq!(quota.cut(), 2);
        let mut open = Quota::new(&Care { quoted_words: None, full_names: false });
        assert!(open.allows(article("a"), revision, None, &"word ".repeat(10_000)));
    }

    #[test]
    fn places_are_coarse() {
        let check = |kind: PlaceKind, at: Option<(f64, f64)>, expect: Option<([f64; 2], f64)>| {
            let id = "gn:1".parse().unwrap();
            let place = Place {
                id,
                name: "Port Alben".to_owned(),
                kind,
                country: None,
                region: None,
                region_name: None,
                at,
                population: None,
            };
            assert_eq!(coarse(&place), expect, "{kind:?} {at:?}");
        };
        let at = Some((46.2022, -6.1457));
        check(PlaceKind::City, at, Some(([-6.1, 46.2], 0.1)));
        check(PlaceKind::Village, at, Some(([-6.1, 46.2], 0.1)));
        check(PlaceKind::Quarter, at, Some(([-6.0, 46.0], 1.0)));
        check(PlaceKind::Seat, at, Some(([-6.0, 46.0], 1.0)));
        check(PlaceKind::Country, at, Some(([-6.0, 46.0], 1.0)));
        check(PlaceKind::City, None, None);
    }

    #[test]
    fn names_become_initials() {
        let check = |name: &str, expect: &str| assert_eq!(initials(name), expect);
        check("Tobias Keld", "T. K.");
        check("ines maro-lind", "I. M.");
        check("", "");
    }
}

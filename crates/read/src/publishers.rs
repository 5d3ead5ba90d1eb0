//! Rules for single publishers: dated rows of `models/publishers/publishers.tsv`, for what pages of one host state in a place of their own. Not the general way, which
//! reads every page; a row is for where that is known to fail.

use onrecord_evidence::{Block, BlockKind, RawRange, Time};

use crate::identity::canonical_address;
use crate::layer::Layer;
use crate::metadata::{Field, Found, MetadataSource};

/// The rows; `models/publishers/CARD.md` says what the columns mean.
const TABLE: &str = include_str!("../../../models/publishers/publishers.tsv");

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rule {
    host: &'static str,
    /// The first day on which it does not hold any more, as `2031-03-06`.
    until: Option<&'static str>,
    field: Field,
    place: Place,
}

impl Rule {
    /// Whether it is for pages of `host` of this `day`. Once a rule has ended, pages without a day are read without it.
    fn holds(&self, host: &str, day: Option<&str>) -> bool {
        let is_of = host == self.host || host.strip_suffix(self.host).is_some_and(|sub| sub.ends_with('.'));
        is_of && self.until.is_none_or(|until| day.is_some_and(|day| day < until))
    }
}

/// Where the value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the row.
    Is(&'static str),
    /// In a line of names between headline and text.
    LineBeforeText,
    /// Behind this word at the end of the first paragraph.
    EndOfLead(&'static str),
    /// In the brackets that end the text.
    ClosingBrackets,
}

/// The rows that can be read; the tests see to it that these are all.
fn rules() -> impl Iterator<Item = Rule> {
    TABLE.lines().skip(1).filter_map(rule)
}

fn rule(line: &'static str) -> Option<Rule> {
    let columns: Vec<_> = line.split('\t').collect();
    let &[host, _, until, field, place, value] = columns.as_slice() else { return None };
    let field = match field {
        "byline" => Field::Byline,
        "outlet" => Field::Outlet,
        _ => return None,
    };
    let place = match place {
        "is" => Place::Is(value),
        "line-before-text" => Place::LineBeforeText,
        "end-of-lead" => Place::EndOfLead(value),
        "closing-brackets" => Place::ClosingBrackets,
        _ => return None,
    };
    Some(Rule { host, until: (until != "-").then_some(until), field, place })
}

/// Notes what the rules for the host of the page find in its text. `fetched` is when it came.
pub(crate) fn stated(layer: &Layer, blocks: &[Block], fetched: Option<&Time>, found: &mut Found) {
    let Some(address) = found.addresses().find_map(canonical_address) else { return };
    let host = address.split('/').nth(2).unwrap_or_default().to_owned();
    let day = fetched.map(|time| time.earliest().to_string()).or_else(|| found.published_day());
    for rule in rules().filter(|rule| rule.holds(&host, day.as_deref())) {
        if let Some((value, raw)) = rule.place.find(layer, blocks) {
            found.words(rule.field, MetadataSource::PublisherRule, &value, raw);
        }
    }
}

/// Blocks from the start among which a line before the text is looked for.
const FIRST: usize = 8;
/// Bytes of such a line, and of the names in brackets.
const LINE: usize = 120;

impl Place {
    fn find(self, layer: &Layer, blocks: &[Block]) -> Option<(String, Option<RawRange>)> {
        let words = |block: &Block| block.range.slice(&layer.text).unwrap_or_default();
        let text = || blocks.iter().filter(|block| block.kind != BlockKind::Heading);
        let (block, names) = match self {
            Self::Is(value) => return Some((value.to_owned(), None)),
            Self::LineBeforeText => {
                let lines = text().take(FIRST).take_while(|block| words(block).len() <= LINE);
                lines.filter_map(|block| Some((block, names(words(block))?))).last()?
            }
            Self::EndOfLead(word) => {
                let lead = text().next()?;
                (lead, names(words(lead).rsplit_once(&format!(" {word} "))?.1)?)
            }
            Self::ClosingBrackets => {
                let last = text().next_back()?;
                let inside = words(last).trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
                // The last part is the day, the first may say where its author is.
                let people =
                    inside.rsplit_once(',').filter(|(_, day)| day.contains(|letter: char| letter.is_ascii_digit()));
                let people = people.map_or(inside, |(people, _)| people);
                let bare: Vec<_> = people.split(',').map(|one| one.split(" aus ").next().unwrap_or(one)).collect();
                (last, names(&bare.join(","))?)
            }
        };
        Some((names, layer.map.raw_range(block.range).ok()))
    }
}

/// The names of people of which a line consists, as one line; `None` where it says anything else.
fn names(line: &str) -> Option<String> {
    let parts: Vec<_> =
        line.split(['/', ',', '&']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" und ")).collect();
    let is_part = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '.' | '\'' | '’'))
    };
    let is_name = |part: &&str| {
        let count = part.split_whitespace().count();
        (2..=4).contains(&count) && part.split_whitespace().all(is_part)
    };
    let all_are = line.len() <= LINE && parts.iter().all(is_name);
    all_are.then(|| parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_dated() {
        let lines: Vec<_> = TABLE.lines().collect();
        assert_eq!(lines[0], "host\tfrom\tuntil\tfield\tplace\tvalue");
        assert_eq!(rules().count(), lines.len() - 1);
        assert!(lines[1..].is_sorted(), "rows stand in the order of their hosts");
        for line in &lines[1..] {
            let days: Vec<_> = line.split('\t').skip(1).take(2).filter(|day| *day != "-").collect();
            assert!(!days.is_empty() && days.is_sorted(), "{line}");
            assert!(days.iter().all(|day| day.parse::<jiff::civil::Date>().is_ok()), "{line}");
        }
    }

    #[test]
    fn a_rule_holds_for_its_host_until_its_day() {
        let check = |host: &str, until: Option<&'static str>, day: Option<&str>, expect: bool| {
            let rule = Rule { host: "post.example", until, field: Field::Outlet, place: Place::Is("Post") };
            assert_eq!(rule.holds(host, day), expect, "{host} {until:?} {day:?}");
        };
        check("post.example", None, None, true);
        check("www.post.example", None, None, true);
        check("thepost.example", None, None, false);
        check("post.example", Some("2031-03-06"), Some("2031-03-05T23:00:00Z"), true);
        check("post.example", Some("2031-03-06"), Some("2031-03-06"), false);
        check("post.example", Some("2031-03-06"), None, false);
    }

    #[test]
    fn lines_of_names() {
        let check = |line: &str, expect: Option<&str>| assert_eq!(names(line).as_deref(), expect, "{line}");
        check("Ada Quill", Some("Ada Quill"));
        check("Ada Quill/Tobias Keld-Marn", Some("Ada Quill, Tobias Keld-Marn"));
        check("Ada Quill, Ana M. Ferro and Tobias Keld", Some("Ada Quill, Ana M. Ferro, Tobias Keld"));
        for line in [
            "",
            "Ada",
            "March 6, 2031",
            "The mayor denied it",
            "Ada Quill in Orsel",
            "Ada Quill/",
            "Leaders Spoke By Telephone On Monday",
        ] {
            check(line, None);
        }
    }
}

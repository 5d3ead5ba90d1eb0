//! Who a text says it comes from: datelines with an agency, credit lines, "first reported by". Not citing in general, which names whose
//! words a single statement rests on.

use onrecord_evidence::{Quoted, TextRange};
use serde::{Deserialize, Serialize};

use crate::Report;

/// In which form somebody is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditForm {
    /// Before the text: "HALLIN (Northline) -".
    Dateline,
    /// A line or bracket that names the supplier: "(Northline)", "Northline contributed to this report."
    CreditLine,
    /// "First reported by Northline", "Northline, which first reported the story".
    FirstReported,
    /// Agencies that are not named: "with inputs from agencies".
    Agencies,
}

/// One credit, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Its form.
    pub form: CreditForm,
    /// The words that give it.
    pub words: Quoted,
    /// The name in them; `None` where nobody is named.
    pub name: Option<Quoted>,
}

/// At most this many credits are kept, the first ones.
const MAX_CREDITS: usize = 16;
/// A dateline ends within this many bytes of its paragraph.
const DATELINE: usize = 90;
/// A credit line is a paragraph of at most this many bytes.
const LINE: usize = 160;

/// What stands before the name in a credit line, lower case.
const BEFORE: &[&str] = &[
    "with material from ",
    "with reporting by ",
    "with inputs from ",
    "with information from ",
    "this article originally appeared at ",
    "this article originally appeared on ",
    "this article originally appeared in ",
    "originally published by ",
    "originally published in ",
    "source: ",
    "via ",
    "h/t ",
    "information from: ",
    "courtesy of ",
    "additional reporting by staff. source: ",
];
/// What stands behind it.
const AFTER: &[&str] = &[" contributed to this report", " contributed to this story", " contributed reporting"];
/// Words that credit agencies without a name, lower case.
const AGENCIES: &[&str] = &[
    "inputs from agencies",
    "input from agencies",
    "staff and agencies",
    "(agencies)",
    "from wire reports",
    "with agency reports",
];

/// The credits of a text, in text order.
pub(super) fn credits(text: &str) -> Vec<Credit> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(start as u32, (start + line.trim_end().len()) as u32);
        start += line.len();
        if let Some(range) = range.trimmed(text) {
            credits_of_line(text, range, &mut found);
        }
        if found.len() >= MAX_CREDITS {
            found.truncate(MAX_CREDITS);
            break;
        }
    }
    found
}

fn credits_of_line(text: &str, range: TextRange, found: &mut Vec<Credit>) {
    let Some(line) = range.slice(text) else { return };
    let mut add = |form: CreditForm, words: (usize, usize), name: Option<(usize, usize)>| {
        let quoted = |(start, end): (usize, usize)| {
            Quoted::new(text, TextRange::new(range.start + start as u32, range.start + end as u32)).ok()
        };
        if let Some(words) = quoted(words) {
            found.push(Credit { form, words, name: name.and_then(quoted) });
        }
    };
    // Lower-casing ASCII alone keeps every place where it was.
    let lower = line.to_ascii_lowercase();
    let agencies = AGENCIES.iter().find_map(|phrase| lower.find(phrase).map(|at| (at, at + phrase.len())));
    let head = &line[..line.floor_char_boundary(DATELINE)];
    if let Some((open, close)) = bracket(head, 0) {
        let dash = line[close..].trim_start().starts_with(['-', '–', '—', '―']);
        if dash && agencies.is_none_or(|(at, _)| at > close) && is_name(&line[open + 1..close - 1]) {
            add(CreditForm::Dateline, (0, close), Some((open + 1, close - 1)));
        }
    }
    if let Some(words) = agencies {
        add(CreditForm::Agencies, words, None);
    }
    for phrase in ["first reported by ", "was reported first by "] {
        if let Some(at) = lower.find(phrase) {
            let from = at + phrase.len();
            let name = name_at(line, from);
            add(CreditForm::FirstReported, (at, name.map_or(from, |(_, end)| end)), name);
        }
    }
    for phrase in [", which first reported", " first reported", ", which broke the story"] {
        if let Some((at, name)) = lower.find(phrase).and_then(|at| Some((at, name_before(line, at)?))) {
            add(CreditForm::FirstReported, (name.0, at + phrase.len()), Some(name));
        }
    }
    if line.len() <= LINE && agencies.is_none() {
        let bare = line.trim_start_matches(['(', '[', ' ']);
        let from = line.len() - bare.len();
        let named = BEFORE
            .iter()
            .filter(|phrase| lower[from..].starts_with(**phrase))
            .find_map(|phrase| name_at(line, from + phrase.len()))
            .or_else(|| AFTER.iter().find_map(|phrase| lower.find(phrase).and_then(|at| name_before(line, at))));
        if let Some(name) = named {
            add(CreditForm::CreditLine, (0, line.len()), Some(name));
            return;
        }
    }
    // A bracket that ends a paragraph, or is one: "(Northline)".
    if let Some(open) = line.strip_suffix(')').and_then(|rest| rest.rfind('(')) {
        let name = &line[open + 1..line.len() - 1];
        if agencies.is_none()
            && is_name(name)
            && (open == 0 || line[..open].trim_end().ends_with(['.', '”', '"', '!', '?']))
        {
            add(CreditForm::CreditLine, (open, line.len()), Some((open + 1, line.len() - 1)));
        }
    }
}

/// The first bracket of `line` from `from` on, brackets included.
fn bracket(line: &str, from: usize) -> Option<(usize, usize)> {
    let open = from + line.get(from..)?.find('(')?;
    let close = open + line[open..].find(')')? + 1;
    Some((open, close))
}

/// One to four words, the first with a capital letter, no sentence.
fn is_name(words: &str) -> bool {
    let first = words.chars().next().is_some_and(char::is_uppercase);
    first
        && words.len() <= 40
        && words.split_whitespace().count() <= 4
        && !words.contains([':', ';', '.', '?', '!', '/'])
}

const fn joins(word: &str) -> bool {
    matches!(word.as_bytes(), b"of" | b"the" | b"and" | b"&" | b"de" | b"for")
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_numeric())
}

/// The name that begins at `from`: words with capital letters, small joining words between them.
fn name_at(line: &str, from: usize) -> Option<(usize, usize)> {
    let rest = line.get(from..)?;
    let (mut at, mut end) = (from, None);
    for word in rest.split(' ').take(6) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', ']', '"', '”']);
        let capital = is_capital(bare);
        if !capital && !joins(bare) {
            break;
        }
        if capital {
            end = Some(at + bare.len());
        }
        if bare.len() < word.len() {
            break;
        }
        at += word.len() + 1;
    }
    end.filter(|end| *end > from).map(|end| (from, end))
}

/// The name that ends at `to`.
fn name_before(line: &str, to: usize) -> Option<(usize, usize)> {
    let head = line.get(..to)?;
    let (mut at, mut start) = (to, None);
    for word in head.rsplit(' ').take(6) {
        let bare = word.trim_start_matches(['(', '[', '"', '“']);
        if word.ends_with([',', '.', ';', ':']) && at < to {
            break;
        }
        let capital = is_capital(bare);
        if !capital && !joins(bare) {
            break;
        }
        let begins = at - bare.len();
        if capital {
            start = Some(begins);
        }
        if bare.len() < word.len() || begins == 0 {
            break;
        }
        at = begins - 1;
    }
    start.filter(|start| *start < to).map(|start| (start, to))
}

/// Letters and digits of a name in lower case, without a leading "the": "The Vint Observer" and "vintobserver" are one.
fn folded(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    bare.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The first letters of a name's words: "Agence France-Presse" gives "afp". Empty for fewer than two words.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split([' ', '-']).filter(|word| !word.is_empty() && !joins(&word.to_lowercase())).collect();
    if words.len() < 2 {
        String::new()
    } else {
        words.iter().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
    }
}

/// Whether `name` can be the outlet of `report`: by its stated name, by initials in capitals, or by its host without the ending.
///
/// The name alone: that the article stands on that outlet's own domain is the caller's to check.
pub(super) fn can_be(name: &str, report: &Report) -> bool {
    let (wanted, short) = (folded(name), name.chars().all(|letter| letter.is_uppercase() || letter.is_numeric()));
    if wanted.is_empty() {
        return false;
    }
    if let Some(outlet) = &report.outlet {
        let own = folded(outlet);
        let alike =
            own == wanted || (short && initials(outlet) == wanted) || (!own.is_empty() && initials(name) == own);
        if alike {
            return true;
        }
    }
    let host = report.domain.as_deref().and_then(|domain| domain.rsplit('.').nth(1));
    host.is_some_and(|label| label.len() > 2 && folded(label) == wanted)
}

/// The first place where the outlet of `report` is named in `text`, as whole words in its own capitals; `None` for a name of fewer than
/// three letters, and for one that nobody states.
pub(super) fn named_in(text: &str, report: &Report) -> Option<TextRange> {
    let outlet = report.outlet.as_deref()?.trim();
    let name = outlet.strip_prefix("The ").or_else(|| outlet.strip_prefix("the ")).unwrap_or(outlet);
    if folded(name).len() < 3 || !is_capital(name) {
        return None;
    }
    text.match_indices(name).find_map(|(at, found)| {
        let whole = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[at + found.len()..].chars().next().is_some_and(char::is_alphanumeric);
        whole.then(|| TextRange::new(at as u32, (at + found.len()) as u32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(CreditForm, Option<&str>)]) {
        let found = credits(text);
        let shown: Vec<_> = found.iter().map(|credit| (credit.form, credit.name.as_ref().map(Quoted::words))).collect();
        assert_eq!(shown, expect, "{text}");
        found.iter().for_each(|credit| credit.words.check(text).unwrap());
    }

    #[test]
    fn credits_by_their_words() {
        use CreditForm::{Agencies, CreditLine, Dateline, FirstReported};
        check("HALLIN, March 6 (Northline) - The harbour is shut.", &[(Dateline, Some("Northline"))]);
        check("HALLIN (NL) — The harbour is shut.", &[(Dateline, Some("NL"))]);
        check("HALLIN (Agencies) - The harbour is shut.", &[(Agencies, None)]);
        check("The harbour is shut.\n\n(Northline)\n", &[(CreditLine, Some("Northline"))]);
        check("The harbour is shut, they said. (Concord Press)", &[(CreditLine, Some("Concord Press"))]);
        check("Concord Press contributed to this report.", &[(CreditLine, Some("Concord Press"))]);
        check("With material from Concord Press.", &[(CreditLine, Some("Concord Press"))]);
        check(
            "The talks, first reported by The Vint Observer, took place.",
            &[(FirstReported, Some("The Vint Observer"))],
        );
        check("The Vint Observer first reported the talks.", &[(FirstReported, Some("The Vint Observer"))]);
        check("With inputs from agencies", &[(Agencies, None)]);
        check("The mayor (Liberal) declined. He left (again).", &[]);
        check("The leader of the front (Armed Wing) spoke.", &[]);
        check("", &[]);
    }
}

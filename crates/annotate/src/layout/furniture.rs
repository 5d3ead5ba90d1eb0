//! Datelines and bylines: they say where a report was filed and who wrote it, not who is credited in it.

use std::sync::LazyLock;

use onrecord_evidence::TextRange;
use regex::Regex;

use super::page::Page;
use super::statement::without;
use crate::ScoredSpans;

/// `ORBETH — `, `ORBETH, Tarvia (CP) -- `, `LETHMOUTH, Nov 3 (Northline) - `: a place in capitals, at will a country, a date and
/// an agency, and a dash. A hyphen stands apart ("AFL-CIO" is no place).
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let place = r"\p{Lu}[\p{Lu}'’.-]+(?: \p{Lu}[\p{Lu}'’.-]+){0,3}(?:/\p{Lu}+)?";
    let more = r"(?P<more>(?:, ?[\p{L}.]+(?: [\p{L}.]+)?(?: \d{1,2})?(?:, ?\d{4})?){0,2}(?: ?\([\p{L}. ]{2,30}\))?)";
    Regex::new(&format!(r"^{place}{more}(?:\s+-\s+|\s*(?:—|–|--)\s*)")).ok()
});
/// `By Ann Vale`, `By ANN VALE and Jan Orth, Northline`.
static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}'’.-]*|de|van|von|al|bin)){1,3}";
    Regex::new(&format!(r"^(?:By|BY) {name}(?:(?:, | and | AND |, and ){name})*(?:[,|] ?[^.!?]{{0,60}})?\.?$")).ok()
});
/// Lines from the top in which a bare place and a dash are a dateline; further down, words in capitals and a dash are not.
const TOP: usize = 6;

/// The rule: no source, cue or content in a dateline or a byline. Sources may be gone, then nobody is named.
pub(super) fn leave_out(page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let taken: Vec<TextRange> = page
        .lines()
        .iter()
        .enumerate()
        .filter_map(|(number, line)| Some(line.part(0..furniture(line.words, number < TOP)?)))
        .collect();
    if taken.is_empty() {
        return found;
    }
    for spans in &mut found {
        for ranges in [&mut spans.source, &mut spans.cue, &mut spans.content] {
            let mut rest = Vec::with_capacity(ranges.len());
            for range in ranges.iter() {
                let first = taken.partition_point(|taken| taken.end <= range.start);
                let count = taken[first..].iter().take_while(|taken| taken.start < range.end).count();
                rest.extend(without(vec![*range], &taken[first..first + count]));
            }
            *ranges = rest;
        }
    }
    found.retain(|spans| !spans.cue.is_empty() && !spans.content.is_empty());
    found
}

/// The dateline of a page: the words before its dash, in one of the first lines.
pub(super) fn dateline(page: &Page<'_>) -> Option<TextRange> {
    let pattern = DATELINE.as_ref()?;
    page.lines().iter().take(TOP).find_map(|line| Some(line.part(0..pattern.find(line.words)?.end())))
}

/// Where the dateline or byline that a line begins with ends.
fn furniture(line: &str, is_top: bool) -> Option<usize> {
    if BYLINE.as_ref().is_some_and(|byline| byline.is_match(line)) {
        return Some(line.len());
    }
    let found = DATELINE.as_ref()?.captures(line)?;
    let is_bare = found.name("more").is_none_or(|more| more.is_empty());
    (is_top || !is_bare).then(|| found.get(0).map(|whole| whole.end()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{shown, spans_of};
    use onrecord_testkit::Marked;

    fn check(marked: &str, expect: &[&str]) {
        let marked = Marked::parse(marked);
        let found = leave_out(&Page::new(&marked.text, &[]), spans_of(&marked));
        assert_eq!(shown(&marked.text, &found), expect, "{}", marked.text);
    }

    #[test]
    fn datelines_say_nothing() {
        check("[source: ORBETH — A spokesman] [cue: said] [content: no].", &["A spokesman | said | no"]);
        check("[content: ORBETH (CP) -- It rained], [source: he] [cue: said].", &["he | said | It rained"]);
        check("[source: LETHMOUTH], Nov 3 (Northline) - It rained, [cue: said] [content: no].", &[" | said | no"]);
        check("[source: PORT ISSEL], Tarvia — He [cue: said] [content: no].", &[" | said | no"]);
        check(
            "He left.\n[content: ST. ANN'S, Oct. 3, 2031 – It rained], [source: he] [cue: said].",
            &["he | said | It rained"],
        );
        check("[source: VALE] [cue: -] [content: no].", &[]);
        check("[source: Vale] [cue: —] [content: no].", &["Vale | — | no"]);
        check("[source: AFL-CIO] [cue: said] [content: no].", &["AFL-CIO | said | no"]);
        check("a\nb\nc\nd\ne\nf\n[source: NATO — it] [cue: said] [content: no].", &["NATO — it | said | no"]);
        check("[source: NATO]-led troops [cue: said] [content: no].", &["NATO | said | no"]);
    }

    #[test]
    fn bylines_say_nothing() {
        check("[source: By Ann Vale]\nIt rained, [cue: said] [content: he].", &[" | said | he"]);
        check("[cue: By] [source: Ann Vale and Jan Orth], [content: Northline]", &[]);
        check("[cue: By] [source: Ann Vale's] account [content: it rained].", &["Ann Vale's | By | it rained"]);
    }
}

//! Block quotations and quoted paragraphs behind a line that ends with a colon: `Vale tweeted:`. Not quotations inside of a line.

use std::sync::LazyLock;

use onrecord_evidence::{BlockKind, TextRange};
use regex::Regex;

use super::page::{Line, Page};
use super::quotation::is_whole;
use super::statement::RULED;
use crate::ScoredSpans;

/// The last words of a line that introduces a quotation, where the model found no attribution in it.
static INTRODUCTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let verb = "said|says|tweeted|wrote|writes|posted|added|adds|replied|responded|continued|stated|explained|announced|asked|told";
    let source = r"(?:\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|of|the|de|van|von|al))*|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Tt]he (?:\p{L}+ ){0,2}\p{L}+)";
    let behind = r"(?: (?:on|in|to|at|of) [\p{L}\d ]{1,40}| (?:later|again|this|reporters|earlier))?";
    Regex::new(&format!(r"(?:^|[,.;] |— )(?:and |but |when |then )?(?P<source>{source}) (?P<cue>(?:also |then |later )?(?:{verb}){behind}):$"))
        .ok()
});

/// The rule: a block quotation, or a paragraph that is one quotation, that nobody claims belongs to the attribution whose cue
/// stands last in the line before it, where that line ends with a colon; without one, to the words before the colon.
pub(super) fn introduced(page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let lines = page.lines();
    let mut claims: Vec<TextRange> =
        found.iter().flat_map(|spans| spans.content.iter().chain(&spans.cue)).copied().collect();
    claims.sort_unstable();
    let longest = claims.iter().map(|claim| claim.len()).max().unwrap_or(0);
    let is_free = |range: TextRange| {
        let from = claims.partition_point(|claim| claim.start + longest <= range.start);
        let to = claims.partition_point(|claim| claim.start < range.end);
        !claims[from.min(to)..to].iter().any(|claim| claim.overlaps(range))
    };
    let mut cues: Vec<(TextRange, usize)> =
        found.iter().enumerate().filter_map(|(index, spans)| Some((*spans.cue.first()?, index))).collect();
    cues.sort_unstable();
    for (number, before) in lines.iter().enumerate() {
        if !before.words.ends_with(':') || before.kind == BlockKind::Heading {
            continue;
        }
        let is_block = |line: &&Line<'_>| line.kind == BlockKind::Quotation && before.kind != BlockKind::Quotation;
        let mut said: Vec<TextRange> = lines[number + 1..]
            .iter()
            .take_while(is_block)
            .take_while(|line| is_free(line.range))
            .map(|line| line.range)
            .collect();
        if said.is_empty() {
            let next = lines.get(number + 1).filter(|line| line.kind != BlockKind::Heading && is_whole(line.words));
            said.extend(next.filter(|line| is_free(line.range)).map(|line| line.range));
        }
        if said.is_empty() {
            continue;
        }
        let last = cues[..cues.partition_point(|(cue, _)| cue.end <= before.range.end)].last();
        if let Some((_, index)) = last.filter(|(cue, _)| before.range.contains(*cue)) {
            found[*index].content.extend(said);
        } else if let Some(words) = INTRODUCTION.as_ref().and_then(|pattern| pattern.captures(before.words))
            && let (Some(source), Some(cue)) = (words.name("source"), words.name("cue"))
        {
            found.push(ScoredSpans {
                source: vec![before.part(source.range())],
                cue: vec![before.part(cue.range())],
                content: said,
                score: RULED,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{shown, spans_of};
    use onrecord_evidence::Block;
    use onrecord_testkit::Marked;

    /// Lines that begin with "> " are block quotations.
    fn check(marked: &str, expect: &[&str]) {
        let marked = Marked::parse(marked);
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in marked.text.split_inclusive('\n') {
            let kind = if line.starts_with('>') { BlockKind::Quotation } else { BlockKind::Paragraph };
            let end = at + line.trim_end().len() as u32;
            blocks.push(Block { range: TextRange::new(at, end), kind });
            at += line.len() as u32;
        }
        let found = introduced(&Page::new(&marked.text, &blocks), spans_of(&marked));
        assert_eq!(shown(&marked.text, &found), expect, "{}", marked.text);
    }

    #[test]
    fn block_quotations() {
        check(
            "Ann Vale tweeted:\n> It rained.\n> It poured.\nThey left.",
            &["Ann Vale | tweeted | > It rained. / > It poured."],
        );
        check("It was late, and she wrote on Monday:\n> It rained.", &["she | wrote on Monday | > It rained."]);
        check("They met. The harbour office posted:\n“It rained.”", &["The harbour office | posted | “It rained.”"]);
        check(
            "[source: Vale] [cue: warned] [content: of rain]:\n> It rained.",
            &["Vale | warned | of rain / > It rained."],
        );
        check("What we know:\n> It rained.", &[]);
        check("Ann Vale tweeted:\nIt rained.", &[]);
        check("Ann Vale tweeted.\n> It rained.", &[]);
        check("Ann Vale tweeted:\n> [content: It rained], [cue: said] [source: Orth].", &["Orth | said | It rained"]);
    }
}

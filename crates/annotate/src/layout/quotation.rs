//! Pieces of quotations: whose they are where two claim one, and where a quotation goes on in the next paragraph.

use onrecord_evidence::{BlockKind, TextRange};

use super::page::Page;
use super::statement::without;
use crate::ScoredSpans;

/// The rule: a piece of content that two attributions claim goes to the one with the nearer cue, where the other has more
/// to say and neither stands in the other.
pub(super) fn nearer(_page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let mut pieces: Vec<(TextRange, usize)> = found
        .iter()
        .enumerate()
        .flat_map(|(index, spans)| spans.content.iter().map(move |range| (*range, index)))
        .collect();
    pieces.sort_unstable();
    for pair in pieces.windows(2) {
        let [(one, first), (other, second)] = [pair[0], pair[1]];
        if first == second || !one.overlaps(other) {
            continue;
        }
        let cue = |index: usize| found[index].cue.first().copied();
        let (Some(first_cue), Some(second_cue)) = (cue(first), cue(second)) else { continue };
        let holds = |spans: &ScoredSpans, cue: TextRange| spans.content.iter().any(|piece| piece.overlaps(cue));
        if holds(&found[first], second_cue) || holds(&found[second], first_cue) {
            continue;
        }
        let away = |cue: TextRange, piece: TextRange| {
            piece.start.saturating_sub(cue.end).max(cue.start.saturating_sub(piece.end))
        };
        let (far, piece, taken) =
            if away(first_cue, one) > away(second_cue, other) { (first, one, other) } else { (second, other, one) };
        if found[far].content.len() > 1 && found[far].content.contains(&piece) {
            let rest = without(std::mem::take(&mut found[far].content), &[taken]);
            found[far].content = rest;
        }
    }
    found.retain(|spans| !spans.content.is_empty());
    found
}

/// The rule: a paragraph that is one quotation and that nobody claims belongs to the quotation before it, where that one
/// ends with its paragraph.
pub(super) fn continued(page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let lines = page.lines();
    let mut claims: Vec<(TextRange, usize)> = found
        .iter()
        .enumerate()
        .flat_map(|(index, spans)| spans.content.iter().chain(&spans.cue).map(move |range| (*range, index)))
        .collect();
    claims.sort_unstable_by_key(|(range, _)| range.end);
    let last_claim = |range: TextRange| {
        let to = claims.partition_point(|(claim, _)| claim.end <= range.end);
        claims[..to].last().filter(|(claim, _)| claim.end > range.start).copied()
    };
    let mut speaker: Option<usize> = None;
    let mut more: Vec<(usize, TextRange)> = Vec::new();
    for pair in lines.windows(2) {
        let [before, line] = [pair[0], pair[1]];
        let own = claims.partition_point(|(claim, _)| claim.end <= line.range.start);
        let is_free = claims[own..].first().is_none_or(|(claim, _)| claim.start >= line.range.end)
            && !claims[own..].iter().take(4).any(|(claim, _)| claim.overlaps(line.range));
        let ends_open = speaks_on(before.words);
        if let Some((claim, index)) = last_claim(before.range) {
            let to_end = page.text.get(claim.end as usize..before.range.end as usize).unwrap_or("x");
            let is_content = found[index].content.contains(&claim) && says(page.text, &found[index]);
            speaker = (is_content && to_end.chars().all(|letter| !letter.is_alphanumeric())).then_some(index);
        } else if more.last().is_none_or(|(_, range)| *range != before.range) {
            speaker = None;
        }
        let is_prose = before.kind != BlockKind::Heading && line.kind != BlockKind::Heading;
        if is_prose && is_free && ends_open && is_whole(line.words) {
            more.extend(speaker.map(|index| (index, line.range)));
        }
    }
    for (index, range) in more {
        found[index].content.push(range);
    }
    found
}

/// The rule: a paragraph that is one closed quotation and that nobody claims belongs to who is quoted last in the paragraph
/// before it.
pub(super) fn trailing(page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let lines = page.lines();
    let mut claims: Vec<TextRange> =
        found.iter().flat_map(|spans| spans.content.iter().chain(&spans.cue)).copied().collect();
    claims.sort_unstable();
    let mut cues: Vec<(TextRange, usize)> =
        found.iter().enumerate().filter_map(|(index, spans)| Some((*spans.cue.first()?, index))).collect();
    cues.sort_unstable();
    let longest = claims.iter().map(|claim| claim.len()).max().unwrap_or(0);
    for pair in lines.windows(2) {
        let [before, line] = [pair[0], pair[1]];
        let from = claims.partition_point(|claim| claim.start + longest <= line.range.start);
        let to = claims.partition_point(|claim| claim.start < line.range.end);
        let is_free = !claims[from.min(to)..to].iter().any(|claim| claim.overlaps(line.range));
        let is_closed = line.words.trim_end_matches('.').ends_with(['”', '"']);
        let is_prose = before.kind != BlockKind::Heading && line.kind != BlockKind::Heading;
        if !is_free || !is_closed || !is_prose || !is_whole(line.words) {
            continue;
        }
        let last = cues[..cues.partition_point(|(cue, _)| cue.end <= before.range.end)].last();
        let Some((_, index)) = last.filter(|(cue, _)| before.range.contains(*cue)) else { continue };
        let quotes = |range: &TextRange| range.slice(page.text).is_some_and(|words| words.contains(['”', '"']));
        if found[*index].content.iter().any(quotes) && says(page.text, &found[*index]) {
            found[*index].content.push(line.range);
        }
    }
    found
}

/// Whether the cue is a word: turns and signed statements, credited by a mark, end where their rules end them.
fn says(text: &str, spans: &ScoredSpans) -> bool {
    spans.cue.iter().filter_map(|cue| cue.slice(text)).any(|cue| cue.contains(char::is_alphanumeric))
}

/// Whether a paragraph ends inside of a quotation: the writer leaves the mark out where the next paragraph goes on.
fn speaks_on(words: &str) -> bool {
    let opens = words.rfind(['“', '"']);
    let closes = words.rfind(['”', '"']);
    match (opens, closes) {
        (Some(open), Some(close)) if words[open..].starts_with('"') && open == close => {
            words.matches('"').count() % 2 == 1
        }
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        _ => false,
    }
}

/// Whether a paragraph is one quotation, closed or not.
pub(super) fn is_whole(words: &str) -> bool {
    let Some(inner) = words.strip_prefix(['“', '"']) else { return false };
    let inner = inner.trim_end_matches('.').trim_end_matches(['”', '"']);
    !inner.contains(['“', '”', '"']) && inner.contains(' ') && !inner.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{shown, spans_of};
    use onrecord_testkit::Marked;

    #[test]
    fn a_piece_goes_to_the_nearer_cue() {
        let check = |first: &str, second: &str, expect: &[&str]| {
            let (first, second) = (Marked::parse(first), Marked::parse(second));
            let found = [spans_of(&first), spans_of(&second)].concat();
            assert_eq!(shown(&first.text, &nearer(&Page::new(&first.text, &[]), found)), expect);
        };
        check(
            "[content: “No,”] Vale [cue: said], adding: [content: “Never.”]",
            "“No,” Vale said, [cue: adding]: [content: “Never.”]",
            &[" | said | “No,”", " | adding | “Never.”"],
        );
        check(
            "Vale [cue: said], adding: [content: “Never.”]",
            "Vale said, [cue: adding]: [content: “Never.”]",
            &[" | said | “Never.”", " | adding | “Never.”"],
        );
        check(
            "[content: It rained], Vale [cue: said] [content: Orth thinks it poured]",
            "It rained, Vale said Orth [cue: thinks] [content: it poured]",
            &[" | said | It rained / Orth thinks it poured", " | thinks | it poured"],
        );
    }

    #[test]
    fn a_quotation_follows_its_speaker() {
        let check = |marked: &str, expect: &str| {
            let marked = Marked::parse(marked);
            let found = trailing(&Page::new(&marked.text, &[]), spans_of(&marked));
            assert_eq!(shown(&marked.text, &found), [expect], "{}", marked.text);
        };
        check(
            "[content: “It rained,”] Vale [cue: said].\n“It poured all day.”",
            " | said | “It rained,” / “It poured all day.”",
        );
        check("[content: “It rained,”] Vale [cue: said].\n“It poured,” said Orth.", " | said | “It rained,”");
        check("Vale [cue: said] [content: it rained].\n“It poured all day.”", " | said | it rained");
        check("[content: “It rained,”] Vale [cue: said].\nThey left.\n“It poured all day.”", " | said | “It rained,”");
        check("[content: “It rained,”] Vale [cue: said].\n“Related pages:”", " | said | “It rained,”");
    }

    #[test]
    fn quotations_go_on() {
        let check = |marked: &str, expect: &str| {
            let marked = Marked::parse(marked);
            let found = continued(&Page::new(&marked.text, &[]), spans_of(&marked));
            assert_eq!(shown(&marked.text, &found), [expect], "{}", marked.text);
        };
        check("Vale [cue: said], [content: “It rained.]\n“It poured.”", " | said | “It rained. / “It poured.”");
        check(
            "Vale [cue: said], [content: \"It rained.]\n\"It poured.\n\"We left.\"",
            " | said | \"It rained. / \"It poured. / \"We left.\"",
        );
        check("Vale [cue: said], [content: “It rained.”]\n“It poured.”", " | said | “It rained.”");
        check("Vale [cue: said], [content: “It rained.]\n“It poured,” said Orth, “all day.”", " | said | “It rained.");
        check("VALE[cue: :] [content: “It rained.]\n“It poured.”", " | : | “It rained.");
        check("[content: “It rained],” Vale [cue: said].\n“It poured.”", " | said | “It rained");
    }
}

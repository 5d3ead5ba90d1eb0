//! Statements whose author signs below or behind them: pull quotes, tweets, letters, and names in headings.

use onrecord_evidence::{BlockKind, TextRange};

use super::page::{Line, Page};
use super::statement::{Statement, add};
use crate::ScoredSpans;

const DASHES: &[char] = &['—', '–', '―', '-'];
const OPENING: &[char] = &['"', '“', '”', '„', '‘', '\''];
const CLOSING: &[char] = &['"', '”', '“', '’', '\''];
/// Longest signature, in bytes.
const LONGEST: usize = 90;

/// A signed statement, and whether its form alone shows that it is one: a tweet names handle and year.
struct Signed {
    statement: Statement,
    is_tweet: bool,
}

/// The rule: `“...” — Ann Vale` closing a line, or a line `— Ann Vale` below one, where an article has two such lines; and
/// `... — Ann Vale (@annvale) March 9, 2031`. What somebody says already stays his.
pub(super) fn signed(page: &Page<'_>, found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let lines = page.lines();
    let mut all: Vec<Signed> = Vec::new();
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        if line.kind != BlockKind::Heading {
            all.extend(signature(line, before));
        }
        before = Some(line);
    }
    let plain = all.iter().filter(|signed| !signed.is_tweet).count();
    all.retain(|signed| signed.is_tweet || plain >= 2);
    let marks: Vec<TextRange> = all.iter().map(|signed| signed.statement.mark).collect();
    let mut contents: Vec<(TextRange, TextRange)> = found
        .iter()
        .filter_map(|spans| spans.cue.first().map(|cue| (spans, *cue)))
        .filter(|(_, cue)| {
            !marks[marks.partition_point(|mark| mark.end <= cue.start)..].iter().take(1).any(|mark| mark.overlaps(*cue))
        })
        .flat_map(|(spans, cue)| spans.content.iter().map(move |content| (*content, cue)))
        .collect();
    contents.sort_unstable();
    let longest = contents.iter().map(|(content, _)| content.len()).max().unwrap_or(0);
    let is_free = |statement: &Statement| {
        statement.content.iter().all(|said| {
            let from = contents.partition_point(|(content, _)| content.start + longest <= said.start);
            let to = contents.partition_point(|(content, _)| content.start < said.end);
            !contents[from..to.max(from)].iter().any(|(content, cue)| {
                let shared = content.end.min(said.end).saturating_sub(content.start.max(said.start));
                2 * shared >= said.len() && !said.contains(*cue)
            })
        })
    };
    let statements: Vec<Statement> = all.into_iter().map(|signed| signed.statement).filter(is_free).collect();
    if statements.is_empty() { found } else { add(page.text, found, statements) }
}

fn signature(line: &Line<'_>, before: Option<&Line<'_>>) -> Option<Signed> {
    // Some archives keep the element around a tweet.
    let closed = line.words.trim_end_matches('.').trim_end();
    let inside = closed.strip_suffix('>').and_then(|words| words.rfind("</").map(|at| &words[..at])).unwrap_or(closed);
    let words = inside.trim_end();
    let from = words.strip_prefix('<').and_then(|rest| rest.find('>')).map_or(0, |at| at + 2);
    let floor = words.ceil_char_boundary(words.len().saturating_sub(LONGEST)).max(from);
    let begins = |at: usize| {
        words[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric() && !DASHES.contains(&letter))
    };
    let tail = words.get(floor..)?;
    let dash = tail
        .rmatch_indices(DASHES)
        .map(|(at, _)| floor + at)
        .find(|at| begins(*at) && author(&words[*at..]).is_some())?;
    let (author_at, author_len, is_tweet) = author(&words[dash..])?;
    let said = words.get(from..dash)?.trim_end();
    let is_quoted = |words: &str| {
        let words = words.trim_end_matches('.');
        words.len() > 2 && words.starts_with(OPENING) && words.ends_with(CLOSING)
    };
    let content = if said.is_empty() {
        before
            .filter(|before| is_quoted(before.words) || before.kind == BlockKind::Quotation)
            .map(|before| before.range)?
    } else {
        let said = if is_tweet { without_links(said) } else { said };
        let start = from + said.len() - said.trim_start().len();
        let whole = start < from + said.trim_end_matches('.').len() && (is_tweet || is_quoted(said.trim_start()));
        let stop = if is_tweet { said.trim_end_matches('.').len() } else { said.len() };
        whole.then(|| line.part(start..from + stop))?
    };
    let mark_len = words[dash..].find(|letter: char| !DASHES.contains(&letter))?;
    let statement = Statement {
        speaker: line.part(dash + author_at..dash + author_at + author_len),
        mark: line.part(dash..dash + mark_len),
        content: vec![content],
    };
    Some(Signed { statement, is_tweet })
}

/// Where behind a dash the author's name stands, how long it is, and whether it signs a tweet.
fn author(signature: &str) -> Option<(usize, usize, bool)> {
    let name = signature.trim_start_matches(DASHES).trim_start();
    let at = signature.len() - name.len();
    if let Some(handle) = name.find("(@")
        && name[handle..].contains(')')
    {
        let year =
            name.get(name.len().saturating_sub(4)..).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        return (year && handle > 0).then_some((at, name[..handle].trim_end().len(), true));
    }
    let capital =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "de" | "van" | "von" | "al" | "bin");
    let words = name.split(',').next()?.split(' ');
    let fits = name.starts_with(char::is_uppercase)
        && words.clone().count() <= 6
        && words.into_iter().all(capital)
        && !name.contains(['!', '?', ':', ';', '"', '“', '”'])
        && !name.contains(|letter: char| letter.is_ascii_digit());
    fits.then_some((at, name.len(), false))
}

/// Without the addresses at the end of a tweet.
fn without_links(mut words: &str) -> &str {
    while let Some((rest, last)) = words.rsplit_once(char::is_whitespace)
        && last.contains('/')
    {
        words = rest.trim_end();
    }
    words
}

/// The rule: a heading `NAME: ...` or `... - NAME` is credited to a name that a source of the article bears, too.
///
/// Without such a source it may be a label ("Dam horror: ..."). Of headings with a colon that the training articles
/// annotate, the model finds 76 of 78 by itself.
pub(super) fn headings(page: &Page<'_>, found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let headings: Vec<&onrecord_evidence::Block> =
        page.blocks.iter().filter(|block| block.kind == BlockKind::Heading).collect();
    let in_heading = |range: &TextRange| {
        let first = headings.partition_point(|block| block.range.end <= range.start);
        headings.get(first).is_some_and(|block| block.range.overlaps(*range))
    };
    let mut sources: Vec<String> = found
        .iter()
        .flat_map(|spans| &spans.source)
        .filter(|source| !in_heading(source))
        .filter_map(|source| source.slice(page.text))
        .flat_map(|words| words.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase))
        .collect();
    sources.sort_unstable();
    let is_source = |name: &str| {
        let words = name.split(' ').count();
        let last = name.rsplit(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
        words <= 4
            && name.starts_with(char::is_uppercase)
            && last.len() > 2
            && sources.binary_search(&last.to_lowercase()).is_ok()
    };
    let statements = headings.iter().filter_map(|block| {
        let words = block.range.slice(page.text)?;
        let line = Line { range: block.range, words, kind: block.kind };
        let credit = |name: &str, name_at: usize, mark: usize, mark_len: usize, said: &str, said_at: usize| Statement {
            speaker: line.part(name_at..name_at + name.len()),
            mark: line.part(mark..mark + mark_len),
            content: vec![line.part(said_at..said_at + said.len())],
        };
        if let Some((name, said)) = words.split_once(": ")
            && is_source(name)
            && !said.trim().is_empty()
        {
            let said_at = words.len() - said.trim_start().len();
            return Some(credit(name, 0, name.len(), 1, said.trim(), said_at));
        }
        [" - ", " – ", " — "].iter().find_map(|dash| {
            let (said, name) = words.rsplit_once(dash)?;
            (is_source(name) && said.contains(' ')).then(|| {
                let mark = said.len() + 1;
                credit(name, words.len() - name.len(), mark, dash.len() - 2, said.trim_end(), 0)
            })
        })
    });
    let statements: Vec<Statement> = statements.collect();
    if statements.is_empty() { found } else { add(page.text, found, statements) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{shown, spans_of};
    use onrecord_evidence::Block;
    use onrecord_testkit::Marked;

    fn check(marked: &str, expect: &[&str]) {
        let marked = Marked::parse(marked);
        let found = signed(&Page::new(&marked.text, &[]), spans_of(&marked));
        assert_eq!(shown(&marked.text, &found), expect, "{}", marked.text);
    }

    #[test]
    fn two_signed_quotations() {
        check(
            "“It rained.” — Ann Vale\n”We left.”― Jan Orth.",
            &["Ann Vale | — | “It rained.”", "Jan Orth | ― | ”We left.”"],
        );
        check(
            "\"It rained.\"\n-- Ann Vale, mayor\nThey met.\n\"We left.\"\n- Orth.",
            &["Ann Vale, mayor | -- | \"It rained.\"", "Orth | - | \"We left.\""],
        );
        check("“It rained.” — Ann Vale", &[]);
        check("It rained on the U.S.-Mexico border\nThe Tesk-Harrow Line", &[]);
        check("“It rained” – but not for long\n“We left” – Then he came back: why?", &[]);
    }

    #[test]
    fn one_tweet() {
        check(
            "No call took place. harrow.example/x1 — Ann Vale (@annvale) March 9, 2031",
            &["Ann Vale | — | No call took place"],
        );
        check("<tweet id=\"1\">No call. — Ann Vale (@annvale) March 9, 2031</tweet>.", &["Ann Vale | — | No call"]);
        check(
            "[source: Vale] [cue: tweeted:]\n[content: No call took place] — Ann Vale (@annvale) March 9, 2031",
            &["Vale | tweeted: | No call took place"],
        );
    }

    #[test]
    fn names_in_headings() {
        let check = |heading: &str, source: &str, expect: &[&str]| {
            let text = format!("{heading}\n{source} spoke.");
            let range = TextRange::new;
            let length = heading.len() as u32;
            let blocks = [
                Block { range: range(0, length), kind: BlockKind::Heading },
                Block { range: range(length + 1, text.len() as u32), kind: BlockKind::Paragraph },
            ];
            let source = range(length + 1, length + 1 + source.len() as u32);
            let spoke = range(source.end + 1, source.end + 6);
            let found = ScoredSpans { source: vec![source], cue: vec![spoke], content: vec![spoke], score: 1.0 };
            let found = headings(&Page::new(&text, &blocks), vec![found]);
            assert_eq!(shown(&text, &found[1..]), expect);
        };
        check("Vale: No call took place", "Mayor Ann Vale", &["Vale | : | No call took place"]);
        check("No call took place - Harrow Post", "the Harrow Post", &["Harrow Post | - | No call took place"]);
        check("Dam horror: 80 dead", "Vale", &[]);
        check("Tesk - A town", "Vale", &[]);
        check("Vale:", "Vale", &[]);
    }

    #[test]
    fn odd_lines_do_no_harm() {
        for text in
            ["-", "—", "“”—", "<>", "</", "> — A", "— (@", "x — É (@é) ١٢٣٤", "\"\" - A\n- A\n\"\" - B", "“ — A\n” — B"]
        {
            signed(&Page::new(text, &[]), vec![]);
        }
    }
}

//! One self-contained page: the text with its attributions, and each of them beside it. No script, nothing loaded.
//!
//! Whatever comes from an article is escaped, and the page forbids scripts and loading by its own policy.

use std::fmt::Write as _;

use onrecord_evidence::{Block, BlockKind, TextRange};
use onrecord_record::AttributionRecord;

use crate::{ArticleView, Mark, Piece, Role, date_words, figure_words, marks, pieces, place_words, resolved_words};

const STYLE: &str = include_str!("page.css");

/// Whether a character steers a terminal or turns the direction of writing: control characters, and the marks, embeddings,
/// overrides and isolates of the Unicode Bidirectional Algorithm (UAX 9). Shown, they could put a denial into another mouth.
pub const fn is_steering(letter: char) -> bool {
    matches!(letter, '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with the five characters that HTML reads as markup replaced, and U+FFFD for what steers ([`is_steering`]); line breaks
/// and tabs stay.
///
/// ```
/// assert_eq!(onrecord_wire::escape("<b>\"A & B\"</b>"), "&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;");
/// ```
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\r' | '\t' => escaped.push(letter),
            steering if is_steering(steering) => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Attributions of a page that light up as a whole when one of their parts is pointed at; each needs a rule of its own, which
/// the browser weighs at every move of the pointer.
const HIGHLIGHTED: usize = 400;

/// The page of some articles, in the order given; with a list of them where there are several.
pub fn page(views: &[ArticleView<'_>]) -> String {
    let title = match views {
        [] => "nothing read".to_owned(),
        [only] => headline(only),
        several => format!("{} articles", several.len()),
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} – Onrecord</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<main>\n",
        escape(&title),
        highlight_rules(views),
    );
    if views.len() > 1 {
        out.push_str("<nav aria-label=\"articles\">\n<ol>\n");
        for (number, view) in views.iter().enumerate() {
            let _ = writeln!(out, "<li><a href=\"#t{number}\">{}</a></li>", escape(&headline(view)));
        }
        out.push_str("</ol>\n</nav>\n");
    }
    for (number, view) in views.iter().enumerate() {
        write_article(&mut out, number, view);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Pointing at any part of an attribution lights up all of its parts; a rule for each, since no script may do it.
fn highlight_rules(views: &[ArticleView<'_>]) -> String {
    let all =
        views.iter().enumerate().flat_map(|(number, view)| (0..view.records.len()).map(move |index| (number, index)));
    let mut rules = String::new();
    for (number, index) in all.take(HIGHLIGHTED) {
        let class = format!("a{number}-{index}");
        let _ = writeln!(
            rules,
            "body:has(.{class}:hover) .{class}, body:has(.{class}:focus) .{class} {{ background: var(--hit); }}"
        );
    }
    rules
}

fn headline(view: &ArticleView<'_>) -> String {
    let title = view.article.metadata.title.as_ref().map(|title| title.value.clone());
    title.unwrap_or_else(|| view.capture.location.clone())
}

fn write_article(out: &mut String, number: usize, view: &ArticleView<'_>) {
    let metadata = &view.article.metadata;
    let mut about = Vec::new();
    about.extend(metadata.outlet.as_ref().map(|outlet| outlet.value.clone()));
    about.extend(metadata.published.as_ref().map(|published| published.value.to_string()));
    about.push(view.capture.location.clone());
    let contested = view.records.iter().filter(|record| record.is_contested()).count();
    let _ = write!(
        out,
        "<article id=\"t{number}\">\n<header>\n<h1>{}</h1>\n<p class=\"meta\">{}</p>\n<p class=\"legend\">{} attributions, {contested} of them other than affirm. \
         <span class=\"source\">source</span> <span class=\"cue\">cue</span> <span class=\"content\">content</span></p>\n</header>\n<div class=\"columns\">\n<div class=\"text\">\n",
        escape(&headline(view)),
        escape(&about.join(" · ")),
        view.records.len(),
    );
    let text = view.article.reading.text();
    let marks = marks(view.records);
    let pieces = pieces(text.len() as u32, &marks);
    let facts = facts(view.records);
    let title = headline(view);
    for (position, block) in blocks(view).into_iter().enumerate() {
        if position == 0 && view.article.reading.slice(block.range) == Some(title.as_str()) && is_bare(&marks, block) {
            // The headline stands above already.
            continue;
        }
        let tag = if block.kind == BlockKind::Heading { "h2" } else { "p" };
        let _ = write!(out, "<{tag}>");
        let first = pieces.partition_point(|piece| piece.range.end <= block.range.start);
        for piece in pieces[first..].iter().take_while(|piece| piece.range.start < block.range.end) {
            write_piece(out, number, view, (&marks, &facts), piece, block.range);
        }
        let _ = writeln!(out, "</{tag}>");
    }
    out.push_str("</div>\n<ol class=\"list\" aria-label=\"attributions\">\n");
    for (index, record) in view.records.iter().enumerate() {
        write_card(out, number, index, record);
    }
    out.push_str("</ol>\n</div>\n</article>\n");
}

/// Whether no attribution stands in a block.
fn is_bare(marks: &[Mark], block: Block) -> bool {
    !marks.iter().any(|mark| mark.range.overlaps(block.range))
}

/// The blocks of the reading; the whole text as one where it has none.
fn blocks(view: &ArticleView<'_>) -> Vec<Block> {
    let reading = &view.article.reading;
    if reading.blocks().is_empty() {
        let range = TextRange::new(0, reading.text().len() as u32);
        return vec![Block { range, kind: BlockKind::Paragraph }];
    }
    reading.blocks().to_vec()
}

fn write_piece(
    out: &mut String,
    number: usize,
    view: &ArticleView<'_>,
    (marks, facts): (&[Mark], &[Fact]),
    piece: &Piece,
    block: TextRange,
) {
    let range = TextRange::new(piece.range.start.max(block.start), piece.range.end.min(block.end));
    let words = explained(view.article.reading.text(), range, facts);
    if piece.covered.is_empty() {
        out.push_str(&words);
        return;
    }
    let mut classes: Vec<String> = Vec::new();
    for mark in piece.covered.iter().map(|index| &marks[*index]) {
        classes.push(mark.role.word().to_owned());
        classes.push(format!("a{number}-{}", mark.record));
    }
    classes.dedup();
    let cue = piece.covered.iter().map(|index| &marks[*index]).find(|mark| mark.role == Role::Cue);
    let Some(cue) = cue else {
        let _ = write!(out, "<span class=\"{}\">{words}</span>", classes.join(" "));
        return;
    };
    let record = &view.records[cue.record];
    if record.is_contested() {
        classes.push("contested".to_owned());
    }
    let begins = record.cue.first().is_some_and(|first| first.range().start == range.start);
    let (anchor, tip) = if begins {
        (format!(" id=\"c{number}-{}\"", cue.record), tip(record))
    } else {
        (String::new(), String::new())
    };
    let _ = write!(
        out,
        "<a class=\"{}\"{anchor} href=\"#a{number}-{}\">{words}<sup>{}</sup>{tip}</a>",
        classes.join(" "),
        cue.record,
        cue.record + 1,
    );
}

fn tip(record: &AttributionRecord) -> String {
    format!("<span class=\"tip\" role=\"note\">{}</span>", body(record))
}

fn body(record: &AttributionRecord) -> String {
    let hedges = record.hedge_words();
    let hedged =
        if hedges.is_empty() { String::new() } else { format!(" (“{}”)", escape(&hedges.join("”, “"))) };
    format!(
        "<span class=\"act{}\">{}</span> {}: <q>{}</q><br><span class=\"small\">{}, {}{hedged}; by rule {}{}</span>",
        if record.is_contested() { " contested" } else { "" },
        record.act,
        escape(&record.who().unwrap_or_else(|| "nobody is credited".to_owned())),
        escape(&AttributionRecord::joined(&record.content)),
        record.manner,
        record.commitment,
        escape(&record.act_rule),
        if record.is_unsure() { "; unsure reading" } else { "" },
    ) + &details(record)
}

/// Words that mean a day, a number or a place, with what they mean.
struct Fact {
    range: TextRange,
    meaning: String,
}

/// The facts of the records, in text order, none over another.
fn facts(records: &[AttributionRecord]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for record in records {
        let dates = record.said.iter().chain(&record.happened);
        facts.extend(dates.map(|date| Fact { range: date.words.range(), meaning: date_words(date) }));
        let figures = record.figures.iter();
        facts.extend(figures.map(|figure| Fact { range: figure.words.range(), meaning: figure_words(figure) }));
        let places = record.places.iter();
        facts.extend(places.map(|place| Fact { range: place.words.range(), meaning: place_words(&place.finding) }));
    }
    facts.sort_by_key(|fact| (fact.range.start, std::cmp::Reverse(fact.range.end)));
    let mut end = 0;
    facts.retain(|fact| {
        let is_free = fact.range.start >= end;
        end = end.max(fact.range.end);
        is_free
    });
    facts
}

/// The words of `range`, those of facts with their meaning beside them.
fn explained(text: &str, range: TextRange, facts: &[Fact]) -> String {
    let mut out = String::new();
    let mut at = range.start;
    let words = |from: u32, to: u32| escape(TextRange::new(from, to).slice(text).unwrap_or(""));
    let first = facts.partition_point(|fact| fact.range.end <= range.start);
    for fact in facts[first..].iter().take_while(|fact| fact.range.start < range.end) {
        let (start, end) = (fact.range.start.max(range.start), fact.range.end.min(range.end));
        out.push_str(&words(at, start));
        let _ = write!(out, "<abbr title=\"{}\">{}</abbr>", escape(&fact.meaning), words(start, end));
        at = end;
    }
    out.push_str(&words(at, range.end));
    out
}

/// Who, when, how much and where, a line for each finding.
fn details(record: &AttributionRecord) -> String {
    let mut out = String::new();
    let mut line = |kind: &str, words: &str, meaning: String| {
        let _ = write!(out, "<br><span class=\"small\">{kind} <q>{}</q>: {}</span>", escape(words), escape(&meaning));
    };
    let speaker = record.speaker.iter().filter_map(|speaker| Some((speaker.words.words(), resolved_words(speaker)?)));
    speaker.for_each(|(words, meaning)| line("who", words, meaning));
    record.said.iter().for_each(|date| line("said", date.words.words(), date_words(date)));
    record.happened.iter().for_each(|date| line("when", date.words.words(), date_words(date)));
    record.figures.iter().for_each(|figure| line("figure", figure.words.words(), figure_words(figure)));
    record.places.iter().for_each(|place| line("place", place.words.words(), place_words(&place.finding)));
    out
}

fn write_card(out: &mut String, number: usize, index: usize, record: &AttributionRecord) {
    let _ = writeln!(
        out,
        "<li id=\"a{number}-{index}\" class=\"a{number}-{index}\"><a href=\"#c{number}-{index}\">{}</a> {}</li>",
        index + 1,
        body(record),
    );
}

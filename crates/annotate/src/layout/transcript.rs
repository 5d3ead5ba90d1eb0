//! Turns of transcripts and interviews: `VALE: ...`, `Q: ...`, `((AV)) : ...`, `Ann Vale: "..."`. Not a speaker's name in
//! running prose ("Vale said: ...").
//!
//! A turn is credited to its speaker by the colon: in the training articles 11 of 14 such lines of articles that hold two
//! or more are annotated so, single ones 12 of 26, most others being labels (`BYLINE: ...`). So two lines of one form are asked for.

use onrecord_evidence::{BlockKind, TextRange};

use super::page::{Line, Page};
use super::statement::{Statement, add};
use crate::ScoredSpans;

/// Longest name of a speaker, in bytes.
const LONGEST_NAME: usize = 60;

/// Words of labels that stand before a colon at the start of a line, and are no speakers.
const LABELS: &[&str] = &[
    "about",
    "advisory",
    "age",
    "analysis",
    "background",
    "bottom",
    "breaking",
    "byline",
    "claim",
    "clarification",
    "contact",
    "correction",
    "corrected",
    "credit",
    "date",
    "dateline",
    "editor",
    "editor's",
    "editors",
    "email",
    "exclusive",
    "fact",
    "follow",
    "getty",
    "graphic",
    "headline",
    "image",
    "latest",
    "length",
    "line",
    "live",
    "more",
    "name",
    "note",
    "opinion",
    "photo",
    "photos",
    "phone",
    "poll",
    "rating",
    "read",
    "related",
    "report",
    "review",
    "ruling",
    "section",
    "source",
    "sources",
    "story",
    "summary",
    "tags",
    "topic",
    "transcript",
    "twitter",
    "update",
    "updated",
    "updates",
    "url",
    "verdict",
    "video",
    "watch",
    "website",
    "what",
    "when",
    "where",
    "why",
    "how",
    "withdrawn",
    "writer",
];

/// How the beginning of a turn is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `VALE`, `JAN ORTH`, `REP. ORTH (L)`.
    Capitals,
    /// `Ann Vale`.
    Name,
    /// `Q`, `A`.
    Letter,
    /// `((AV))`.
    Brackets,
}

/// The beginning of a turn.
struct Opener<'text> {
    line: usize,
    form: Form,
    /// Last word of the name.
    key: &'text str,
    speaker: TextRange,
    mark: TextRange,
    /// What stands behind the colon on the same line.
    rest: TextRange,
    rest_words: &'text str,
    /// The line, not the rest, begins with a quotation mark.
    is_quoted: bool,
}

/// The rule: each turn is one attribution; what the model found in a turn stays.
pub(super) fn turns(page: &Page<'_>, found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    let statements = statements(page);
    if statements.is_empty() { found } else { add(page.text, found, statements) }
}

fn statements(page: &Page<'_>) -> Vec<Statement> {
    let lines = page.lines();
    let openers: Vec<Opener<'_>> = lines.iter().enumerate().filter_map(|(number, line)| opener(number, line)).collect();
    let openers = speakers(openers);
    let mut statements = Vec::with_capacity(openers.len());
    for (index, opener) in openers.iter().enumerate() {
        let next = openers.get(index + 1).map(|next| next.line);
        let mut content = vec![opener.rest];
        let mut last = opener.rest_words;
        for line in &lines[opener.line + 1..next.unwrap_or(lines.len())] {
            if !goes_on(opener, last, line, next.is_some()) {
                break;
            }
            content.push(line.range);
            last = line.words;
        }
        if let Some(range) = content.last_mut() {
            // The corpus leaves the stop at the end of a content out, unless a quotation mark follows it.
            range.end = range.start + last.trim_end_matches(['.', '…', ' ']).len() as u32;
        }
        statements.push(Statement { speaker: opener.speaker, mark: opener.mark, content });
    }
    statements
}

/// Whether `line` is still said by the speaker of `opener`. A question is over at its mark; otherwise between two turns the
/// lines that speak as "I", "we" or "you" go on, and after the last one they do so only as one long quotation.
fn goes_on(opener: &Opener<'_>, last: &str, line: &Line<'_>, has_next: bool) -> bool {
    let is_aside = |words: &str| words.starts_with(['(', '[']) && words.ends_with([')', ']', '.']);
    let bare = line.words.trim_start_matches(['"', '“']);
    if line.kind == BlockKind::Heading || is_aside(bare) || last.ends_with('?') {
        return false;
    }
    let is_quoted = opener.is_quoted && bare.len() < line.words.len();
    match opener.form {
        // A "Q" may have lost its colon.
        Form::Letter => has_next && !is_letter_of_next(line.words),
        _ => (has_next || is_quoted) && speaks(line.words),
    }
}

/// `QWhy not?`
fn is_letter_of_next(words: &str) -> bool {
    words
        .strip_prefix('Q')
        .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_uppercase() || letter.is_whitespace()))
}

/// Whether somebody speaks of himself or to somebody.
fn speaks(words: &str) -> bool {
    const SPEAKING: &[&str] = &["i", "me", "my", "we", "us", "our", "you", "your"];
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| SPEAKING.iter().any(|speaking| word.eq_ignore_ascii_case(speaking)) && word != "US")
}

/// The beginning of a turn, where the line is written like one.
fn opener<'text>(number: usize, line: &Line<'text>) -> Option<Opener<'text>> {
    if line.kind == BlockKind::Heading {
        return None;
    }
    let bare = line.words.trim_start_matches(['"', '“']);
    let from = line.words.len() - bare.len();
    let limit = bare.floor_char_boundary(LONGEST_NAME);
    let colon = bare[..limit].find(':')?;
    let name = bare[..colon].trim_end();
    let rest = &bare[colon + 1..];
    let form = form(name, colon > name.len())?;
    let apart = rest.starts_with(char::is_whitespace) || rest.starts_with(['"', '“']);
    let rest_words = rest.trim();
    let says = match form {
        Form::Name => is_prose(rest_words),
        _ => rest_words.contains(char::is_alphabetic),
    };
    if !apart || !says {
        return None;
    }
    let rest_at = line.words.len() - rest.trim_start().len();
    Some(Opener {
        line: number,
        form,
        key: name.rsplit(char::is_whitespace).next()?,
        speaker: line.part(from..from + name.len()),
        mark: line.part(from + colon..from + colon + 1),
        rest: line.part(rest_at..rest_at + rest_words.len()),
        rest_words,
        is_quoted: from > 0,
    })
}

fn form(name: &str, is_spaced: bool) -> Option<Form> {
    if let Some(inner) = name.strip_prefix("((").and_then(|name| name.strip_suffix("))")) {
        return (!inner.is_empty() && !inner.contains(['(', ')'])).then_some(Form::Brackets);
    }
    if is_spaced {
        return None;
    }
    if matches!(name, "Q" | "A" | "Q." | "A.") {
        return Some(Form::Letter);
    }
    // "REP. ORTH (L-HARROW)" is called by what stands before the bracket.
    let plain = name.split_once(" (").filter(|(_, after)| after.ends_with(')')).map_or(name, |(before, _)| before);
    let words: Vec<&str> = plain.split(' ').collect();
    let is_label = |word: &&str| LABELS.iter().any(|label| word.eq_ignore_ascii_case(label));
    let is_word = |word: &&str| {
        word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '-' | '\'' | '’'))
            && word.chars().any(char::is_alphabetic)
    };
    if words.len() > 4 || !words.iter().all(is_word) || words.iter().any(is_label) {
        return None;
    }
    let letters = || plain.chars().filter(|letter| letter.is_alphabetic());
    if letters().count() > 1 && !letters().any(char::is_lowercase) {
        return Some(Form::Capitals);
    }
    let particle =
        |word: &str| matches!(word, "de" | "da" | "del" | "der" | "van" | "von" | "al" | "el" | "bin" | "la" | "le");
    let named = |word: &&str| word.starts_with(char::is_uppercase) || particle(word);
    (letters().count() > 1 && words.iter().all(named) && !particle(words[0])).then_some(Form::Name)
}

/// Whether words say something: a word in small letters, and more than one word or the end of a sentence. "1,769." does not.
fn is_prose(words: &str) -> bool {
    let has_word = words.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
    let ends = words.ends_with(['.', '?', '!', '…', '"', '”', '—', '–', '-']);
    ends && (has_word || words.starts_with(['"', '“']) || speaks(words))
}

/// The openers that begin turns: two of one form at least; names, which many labels look like, only where a speaker
/// returns, or where what they say is quoted.
fn speakers(openers: Vec<Opener<'_>>) -> Vec<Opener<'_>> {
    let count = |form: Form| openers.iter().filter(|opener| opener.form == form).count();
    let mut keys: Vec<&str> =
        openers.iter().filter(|opener| opener.form == Form::Name).map(|opener| opener.key).collect();
    keys.sort_unstable();
    let returns = keys.windows(2).any(|pair| pair[0] == pair[1]);
    let is_quoted = |opener: &Opener<'_>| {
        opener.rest_words.starts_with(['"', '“']) && opener.rest_words.trim_end_matches('.').ends_with(['"', '”'])
    };
    let quoted = openers.iter().filter(|opener| opener.form == Form::Name && is_quoted(opener)).count() >= 2;
    let enough = [Form::Capitals, Form::Name, Form::Letter, Form::Brackets].map(|form| count(form) >= 2);
    let mut openers = openers;
    openers.retain(|opener| match opener.form {
        Form::Capitals => enough[0],
        Form::Name => enough[1] && (returns || quoted && is_quoted(opener)),
        Form::Letter => enough[2],
        Form::Brackets => enough[3],
    });
    openers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{shown, spans_of};
    use onrecord_testkit::Marked;

    fn check(marked: &str, expect: &[&str]) {
        let marked = Marked::parse(marked);
        let found = turns(&Page::new(&marked.text, &[]), spans_of(&marked));
        assert_eq!(shown(&marked.text, &found), expect, "{}", marked.text);
    }

    #[test]
    fn speakers_in_capitals() {
        check("ORTH: Why not?\n\nJAN VALE: No time. None.", &["ORTH | : | Why not?", "JAN VALE | : | No time. None"]);
        check(
            "REP. ORTH (L-HARROW): Why not?\nVALE: No time.",
            &["REP. ORTH (L-HARROW) | : | Why not?", "VALE | : | No time"],
        );
        check("VALE: No time.", &[]);
        check("BYLINE: Ann Vale wrote it.\nSECTION: at home.", &[]);
        check("ORTH: 1,769.\nVALE: 547.", &[]);
        check("ORTH: Why? …\nVALE: ...", &[]);
        check("The talks began at TESK:\nThey ended.", &[]);
    }

    #[test]
    fn a_turn_goes_on_over_paragraphs() {
        check(
            "ORTH: It was cold.\nWhat did you do?\nVALE: We left.\n(LAUGHTER)\nORTH: I see.\nHe stayed on.",
            &["ORTH | : | It was cold. / What did you do?", "VALE | : | We left", "ORTH | : | I see"],
        );
        check(
            "ORTH: Why not?\nYou may ask.\nVALE: No time.\nThe road is long.\nORTH: I see.",
            &["ORTH | : | Why not?", "VALE | : | No time", "ORTH | : | I see"],
        );
        check(
            "“ORTH: Why?\n“VALE: No time.\n“But I went.\n“Follow Orth here.",
            &["ORTH | : | Why?", "VALE | : | No time. / “But I went"],
        );
    }

    #[test]
    fn letters_and_brackets() {
        check(
            "Q: Why not?\nA: No time.\nNone at all.\nQ: None?",
            &["Q | : | Why not?", "A | : | No time. / None at all", "Q | : | None?"],
        );
        check("((AV)) : Why not?\n((AV)) : Who did?", &["((AV)) | : | Why not?", "((AV)) | : | Who did?"]);
    }

    #[test]
    fn names_that_return_or_quote() {
        check(
            "Ann Vale: Why not?\nJan Orth: No time.\nVale: Ever since?",
            &["Ann Vale | : | Why not?", "Jan Orth | : | No time", "Vale | : | Ever since?"],
        );
        check(
            "Ann Vale: “No.”\nJan Orth: “Yes, of course.”",
            &["Ann Vale | : | “No.”", "Jan Orth | : | “Yes, of course.”"],
        );
        check("Veto Power: The council is split.\nThe Gap Goes On: He left.", &[]);
        check("He said: It rained.\nHe said: It poured.", &[]);
    }

    #[test]
    fn what_the_model_found_in_a_turn_stays() {
        check(
            "ORTH: Why?\nVALE: [source: I] [cue: think] [content: it rained.\nORTH: Is] that so?",
            &["I | think | it rained", "ORTH | : | Why?", "VALE | : | I think it rained", "ORTH | : | Is that so?"],
        );
    }

    #[test]
    fn odd_lines_do_no_harm() {
        for text in
            ["", ":", "::", "A:", "Q:\nA:", "“: ", "((: x", "(()) : x.\n(()) : y.", ". : x.\n' : y.", "É: é é.\nÉ: é."]
        {
            turns(&Page::new(text, &[]), vec![]);
        }
    }
}

//! Notes in which a newsroom says that a text was changed: corrections, clarifications, withdrawals, updates. Not changes that nobody notes,
//! and not what an article reports of other people's corrections.

use onrecord_annotate::sentences;
use onrecord_evidence::{Quoted, TextRange};
use serde::{Deserialize, Serialize};

use crate::Report;

/// What a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// No longer stood by.
    Withdrawal,
    /// Something was wrong.
    Correction,
    /// Something was unclear.
    Clarification,
    /// Something was added or brought up to date.
    Update,
    /// An editor's note that says none of these.
    EditorsNote,
}

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteOf {
    /// The article in which it stands.
    This,
    /// Another story of the outlet: by its date, its headline, as far as they are stated.
    Story {
        /// The words that date it: "of March 9".
        date: Option<Quoted>,
        /// Its headline, without quotation marks.
        headline: Option<Quoted>,
    },
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub kind: NoteKind,
    /// Its words.
    pub words: Quoted,
    /// What it is about.
    pub of: NoteOf,
    /// For a withdrawal: whether the whole story is withdrawn, and not a sentence or a part of it.
    pub whole: bool,
}

/// Notes of one article at most, the first ones.
const MOST: usize = 32;
/// A paragraph that begins as a note is one note up to this many bytes.
const PARAGRAPH: u32 = 900;

const HEADS: &[(&str, NoteKind)] = &[
    ("withdrawn:", NoteKind::Withdrawal),
    ("withdrawal:", NoteKind::Withdrawal),
    ("retraction", NoteKind::Withdrawal),
    ("story withdrawn", NoteKind::Withdrawal),
    ("story removed", NoteKind::Withdrawal),
    ("corrects ", NoteKind::Correction),
    ("corrected:", NoteKind::Correction),
    ("correction:", NoteKind::Correction),
    ("correction,", NoteKind::Correction),
    ("correction –", NoteKind::Correction),
    ("correction -", NoteKind::Correction),
    ("corrections:", NoteKind::Correction),
    ("refiles to correct", NoteKind::Correction),
    ("clarification", NoteKind::Clarification),
    ("clarifies ", NoteKind::Clarification),
    ("updates with", NoteKind::Update),
    ("updates to", NoteKind::Update),
    ("updated ", NoteKind::Update),
    ("updated:", NoteKind::Update),
    ("update:", NoteKind::Update),
    ("update,", NoteKind::Update),
    ("update ", NoteKind::Update),
    ("editor's note", NoteKind::EditorsNote),
    ("editor’s note", NoteKind::EditorsNote),
    ("editors' note", NoteKind::EditorsNote),
    ("editors’ note", NoteKind::EditorsNote),
];
/// The story itself as subject.
#[rustfmt::skip]
const THIS: &[&str] = &[
    "this story", "this article", "this report", "this post", "this piece", "this item", "an earlier version",
    "a previous version", "earlier versions", "a prior version", "the original version", "the headline of this",
    "the same report", "this page",
];
/// Words of a correction.
#[rustfmt::skip]
const CORRECTS: &[&str] = &[
    "corrects its", "corrected its", "has been corrected", "was corrected", "has been amended", "was amended",
    "misstated", "misidentified", "misspelled", "misspelt", "misquoted", "incorrectly", "erroneously", "wrongly",
    "mistakenly", "corrected to", "in error",
];
/// Words that are those of a correction behind "an earlier version".
const STATED: &[&str] = &["said that", "said in", "stated that", "stated"];
const CLARIFIES: &[&str] = &["has been clarified", "was clarified", "clarified to", "clarify"];
const UPDATES: &[&str] =
    &["has been updated", "was updated", "been revised", "was revised", "updated to", "updated with"];
#[rustfmt::skip]
const WITHDRAWS: &[&str] = &[
    "has withdrawn", "have withdrawn", "withdraws", "withdrew", "has retracted", "have retracted", "retracts",
    "retracted", "been withdrawn", "been retracted", "been removed", "was withdrawn", "was retracted",
    "no longer stands by", "no longer stand by", "been taken down",
];
/// What is withdrawn or corrected.
const STORIES: &[&str] = &["story", "article", "item", "report", "post", "piece", "account", "sentence", "stories"];

/// The notes of an article, in text order, at most 32.
pub fn notes(report: &Report) -> Vec<Note> {
    let text = &report.text;
    let blocks: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
    let all = sentences(text, &blocks);
    let mut found: Vec<Note> = Vec::new();
    let mut at = 0;
    while at < all.len() && found.len() < MOST {
        let begins = at == 0
            || TextRange::new(all[at - 1].end, all[at].start).slice(text).is_none_or(|gap| gap.contains('\n'))
            || blocks.binary_search_by_key(&all[at].start, |block| block.start).is_ok();
        let Some(words) = all[at].slice(text) else { break };
        let Some((kind, head)) = kind(report, words, begins) else {
            at += 1;
            continue;
        };
        let mut end = at;
        while head && end + 1 < all.len() && all[end + 1].end - all[at].start <= PARAGRAPH {
            let gap = TextRange::new(all[end].end, all[end + 1].start);
            let same = gap.slice(text).is_some_and(|gap| !gap.contains('\n'))
                && blocks.binary_search_by_key(&all[end + 1].start, |block| block.start).is_err();
            if !same {
                break;
            }
            end += 1;
        }
        if let Ok(quoted) = Quoted::new(text, all[at].hull(all[end])) {
            let of = story(text, &quoted);
            let whole = kind == NoteKind::Withdrawal && is_whole(quoted.words());
            found.push(Note { kind, words: quoted, of, whole });
        }
        at = end + 1;
    }
    found
}

/// What a sentence notes, and whether it begins a note that goes on to the end of its paragraph.
fn kind(report: &Report, words: &str, begins: bool) -> Option<(NoteKind, bool)> {
    let bare = words.trim_start_matches(['(', '[', '*', '“', '"', ' ', '—', '-']);
    let lower = bare.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    let own = report
        .outlet
        .as_deref()
        .and_then(|outlet| outlet.split_whitespace().find(|word| !word.eq_ignore_ascii_case("the")));
    // The sentence is about the text itself: it says "this story", "we" or its outlet's name before the verb.
    let begins_with_own = own
        .is_some_and(|name| lower.split([',', ';']).next().is_some_and(|clause| clause.contains(&name.to_lowercase())));
    let ours = begins_with_own || lower.starts_with("we ") || has(THIS);
    let of_story = lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| STORIES.contains(&word));
    if begins {
        let colon = bare.find(':').is_some_and(|at| at < 40);
        if let Some((_, kind)) = HEADS.iter().find(|(head, _)| lower.starts_with(head)) {
            let upper = bare.chars().take_while(|letter| letter.is_alphabetic()).all(char::is_uppercase);
            // "Update on the talks" is a headline; "UPDATED 12:05" and "Updated at 9 a.m." are notes.
            let plain = matches!(*kind, NoteKind::Update)
                && !upper
                && !colon
                && !lower.starts_with("updated")
                && !lower.starts_with("updates ");
            // "Corrects headline", "Retraction sought": a heading alone says little; a bracket or a colon does.
            let sure = upper
                || colon
                || words.starts_with(['(', '['])
                || lower.starts_with("updated")
                || lower.contains("note");
            if !plain && (sure || lower.ends_with('.')) {
                let kind = match kind {
                    NoteKind::EditorsNote if has(WITHDRAWS) => NoteKind::Withdrawal,
                    NoteKind::EditorsNote if has(CORRECTS) => NoteKind::Correction,
                    NoteKind::EditorsNote if has(UPDATES) => NoteKind::Update,
                    kind => *kind,
                };
                return Some((kind, true));
            }
        }
        // "ADVISORY: Concord withdraws March 9 story".
        if lower.starts_with("advisory") && has(WITHDRAWS) {
            return Some((NoteKind::Withdrawal, false));
        }
    }
    if !(ours && of_story || has(THIS)) {
        return None;
    }
    let this = has(THIS);
    if has(WITHDRAWS) && (begins_with_own || this || lower.starts_with("we ")) {
        return Some((NoteKind::Withdrawal, false));
    }
    let version = has(&[
        "earlier version",
        "previous version",
        "prior version",
        "original version",
        "earlier versions",
        "the same report",
    ]);
    if (has(CORRECTS) && (this || has(&["its story", "its report", "our story", "our report"])))
        || (version && (has(CORRECTS) || has(STATED)))
    {
        return Some((NoteKind::Correction, false));
    }
    if this && has(CLARIFIES) {
        return Some((NoteKind::Clarification, false));
    }
    (this && has(UPDATES)).then_some((NoteKind::Update, false))
}

/// Whether the object of the withdrawal is a story, and not a part of one.
fn is_whole(words: &str) -> bool {
    let lower = words.to_lowercase();
    let verbs = [
        "withdrawn",
        "withdraws",
        "withdrew",
        "retracted",
        "retracts",
        "removed",
        "taken down",
        "stands by",
        "stand by",
    ];
    let Some((at, verb)) = verbs.iter().filter_map(|verb| lower.find(verb).map(|at| (at, *verb))).min() else {
        return false;
    };
    let mut behind =
        lower[at + verb.len()..].split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let object = behind.by_ref().take(5).find(|word| {
        STORIES.contains(word) || ["part", "paragraph", "line", "claim", "quotation", "headline"].contains(word)
    });
    match object {
        Some(word) => word != "sentence" && STORIES.contains(&word),
        // "This story has been withdrawn", "WITHDRAWN: Item on ...".
        None => lower[..at].contains("this ") || at < 3,
    }
}

/// Which story a note is about.
fn story(text: &str, note: &Quoted) -> NoteOf {
    let words = note.words();
    let lower = words.to_ascii_lowercase();
    let quoted = |start: usize, end: usize| {
        let from = note.range().start;
        Quoted::new(text, TextRange::new(from + start as u32, from + end as u32)).ok()
    };
    let date = ["story of ", "item of ", "report of ", "article of ", "stories of ", "story on ", "article on "]
        .iter()
        .find_map(|phrase| {
            let from = lower.find(phrase)? + phrase.len();
            let mut end = from;
            for word in words.get(from..)?.split_inclusive(' ').take(3) {
                let bare = word.trim_end_matches([' ', ',', ';', '.', ')']);
                let is_date = is_month(bare) || bare.chars().all(|letter| letter.is_ascii_digit()) && !bare.is_empty();
                if !is_date {
                    break;
                }
                end += word.len();
            }
            let len = words.get(from..end)?.trim_end_matches([' ', ',', ';']).len();
            (len > 0).then(|| quoted(from, from + len)).flatten()
        });
    let headline = lower.find("headlined ").and_then(|at| {
        let from = at + "headlined ".len();
        let mut letters = words.get(from..)?.chars();
        let open = letters.next().filter(|open| matches!(open, '“' | '"' | '‘' | '\''))?;
        let close = match open {
            '“' => '”',
            '‘' => '’',
            other => other,
        };
        let start = from + open.len_utf8();
        let len = words.get(start..)?.find(close)?;
        quoted(start, start + len)
    });
    if date.is_none() && headline.is_none() { NoteOf::This } else { NoteOf::Story { date, headline } }
}

fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = word.to_ascii_lowercase();
    word.chars().next().is_some_and(char::is_uppercase)
        && MONTHS.iter().any(|month| lower.starts_with(month))
        && lower.len() <= 9
}

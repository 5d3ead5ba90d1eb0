//! What an article's own lines state of it: dateline, credit line, notes of correction and update. It reads the form of lines, not prose; who
//! is credited inside of a sentence is for `link`.

use std::ops::Range;

use crate::metadata::NoteKind;

/// A dateline ends within this many bytes.
const DATELINE: usize = 90;
/// A credit line, and a note, have at most this many bytes.
const CREDIT: usize = 200;
const NOTE: usize = 900;
/// A byline has at most this many bytes.
const BYLINE: usize = 120;

/// How credit lines begin, in lower case.
const CREDIT_STARTS: [&str; 19] = [
    "with input from ",
    "with inputs from ",
    "with files from ",
    "with reporting from ",
    "with reporting by ",
    "with material from ",
    "with information from ",
    "with agency ",
    "with agencies",
    "(with input",
    "editing by ",
    "(editing by ",
    "reporting by ",
    "(reporting by ",
    "additional reporting by ",
    "(additional reporting by ",
    "source: ",
    "(source: ",
    "agencies contributed",
];
/// What credit lines say further on.
const CREDIT_PARTS: [&str; 5] = [
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "staff and agencies",
];
/// How notes begin, in lower case.
const NOTE_STARTS: [(&str, NoteKind); 26] = [
    ("correction:", NoteKind::Correction),
    ("correction –", NoteKind::Correction),
    ("correction —", NoteKind::Correction),
    ("correction -", NoteKind::Correction),
    ("corrections:", NoteKind::Correction),
    ("correction (", NoteKind::Correction),
    ("corrects ", NoteKind::Correction),
    ("this article has been corrected", NoteKind::Correction),
    ("this story has been corrected", NoteKind::Correction),
    ("this report has been corrected", NoteKind::Correction),
    ("an earlier version of this", NoteKind::Correction),
    ("a previous version of this", NoteKind::Correction),
    ("clarification:", NoteKind::Clarification),
    ("this article has been clarified", NoteKind::Clarification),
    ("this story has been clarified", NoteKind::Clarification),
    ("this article was amended", NoteKind::Correction),
    ("this story was amended", NoteKind::Correction),
    ("this article was corrected", NoteKind::Correction),
    ("this article was updated", NoteKind::Update),
    ("this story was updated", NoteKind::Update),
    ("this article has been updated", NoteKind::Update),
    ("this story has been updated", NoteKind::Update),
    ("update:", NoteKind::Update),
    ("editor's note:", NoteKind::EditorsNote),
    ("editor’s note:", NoteKind::EditorsNote),
    ("this article has been withdrawn", NoteKind::Withdrawal),
];

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Among the first paragraphs of the article, where a dateline may stand.
    First,
    /// In the article.
    Inside,
    /// Beside it: a caption has brackets too, which credit the picture.
    Beside,
}

/// The dateline at the start of a paragraph, without the dash behind it: a place in capitals, or any with a supplier in brackets.
///
/// `PORT ALBEN, March 6 (Northline) — The ministry ...` gives `PORT ALBEN, March 6 (Northline)`.
pub(crate) fn dateline(paragraph: &str) -> Option<Range<usize>> {
    let head = &paragraph[..paragraph.floor_char_boundary(DATELINE)];
    let dash = [" — ", " – ", " - ", " -- ", "— ", "– ", "—"].iter().filter_map(|dash| head.find(dash)).min()?;
    let line = head[..dash].trim_end();
    let bracket = bracket_at_end(line);
    let place = bracket.as_ref().map_or(line, |bracket| line[..bracket.start].trim_end());
    let first = place.split([' ', ',']).next()?;
    let is_capital =
        |word: &str| word.chars().all(|letter| letter.is_uppercase() || matches!(letter, '.' | '-' | '\''));
    let starts_well =
        place.chars().next().is_some_and(char::is_uppercase) && !place.contains(['"', '“', '”', '!', '?']);
    let is_place = match bracket {
        Some(_) => starts_well && place.split_whitespace().count() <= 7,
        None => starts_well && first.chars().count() >= 3 && is_capital(first) && place.split_whitespace().count() <= 6,
    };
    is_place.then_some(0..line.len())
}

/// The supplier in a dateline: what its brackets hold.
pub(crate) fn supplier(dateline: &str) -> Option<Range<usize>> {
    bracket_at_end(dateline)
}

/// The part of a line that credits those whose text it is: the line itself, or a name in brackets at its end where brackets count.
pub(crate) fn credit(paragraph: &str, has_brackets: bool) -> Option<Range<usize>> {
    let line = paragraph.trim();
    let start = paragraph.len() - paragraph.trim_start().len();
    // Lower-casing ASCII alone keeps every place where it was.
    let lower = line.to_ascii_lowercase();
    let is_line = line.len() <= CREDIT
        && (CREDIT_STARTS.iter().any(|words| lower.starts_with(words))
            || CREDIT_PARTS.iter().any(|words| lower.contains(words))
            || matches!(lower.as_str(), "agencies" | "(agencies)"));
    if is_line {
        return Some(start..start + line.len());
    }
    let bracket = bracket_at_end(line).filter(|_| has_brackets)?;
    let stands_alone = bracket.start == 0 || line[..bracket.start].trim_end().ends_with(['.', '!', '?', '"', '”', '’']);
    stands_alone.then_some(start + bracket.start..start + bracket.end)
}

/// Whether a short line says who wrote the article or whose text it is, or is a note: words that the record rests on, and that belong to the
/// article wherever outlets print them.
pub(crate) fn is_of_article(line: &str) -> bool {
    let line = line.trim();
    let is_byline = line.len() <= BYLINE && line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    is_byline || note(line).is_some() || credit(line, true).is_some_and(|range| range.len() == line.len())
}

/// What kind of note a paragraph is, if it is one.
pub(crate) fn note(paragraph: &str) -> Option<NoteKind> {
    let lower: String = paragraph.trim_start_matches(['*', '•', '(', '[', ' ']).chars().take(60).collect();
    let lower = lower.to_lowercase();
    let kind = NOTE_STARTS.iter().find(|(words, _)| lower.starts_with(words)).map(|(_, kind)| *kind);
    kind.filter(|_| paragraph.len() <= NOTE)
}

/// Brackets at the end of a line that hold a name: one to five words, the first with a capital.
fn bracket_at_end(line: &str) -> Option<Range<usize>> {
    let inside = line.strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let name = &inside[open + 1..];
    let first = name.chars().next()?;
    let is_name = first.is_uppercase()
        && name.len() <= 60
        && (1..=5).contains(&name.split_whitespace().count())
        && !name.contains(['.', ':', ';', '%', '"', '”', '/'])
        && !["Photo", "Image", "Video", "Picture"].iter().any(|picture| name.contains(picture))
        && name.chars().all(|letter| !letter.is_ascii_digit());
    is_name.then_some(open..line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let check = |paragraph: &str, expect: Option<&str>| {
            assert_eq!(dateline(paragraph).map(|range| &paragraph[range]), expect, "{paragraph}");
        };
        check("PORT ALBEN — The ministry denied it.", Some("PORT ALBEN"));
        check("PORT ALBEN, March 6 (Northline) - The ministry denied it.", Some("PORT ALBEN, March 6 (Northline)"));
        check("Port Alben (Northline) – The ministry denied it.", Some("Port Alben (Northline)"));
        check("HALLIN, Oru. (NL) — After a summer", Some("HALLIN, Oru. (NL)"));
        check("The ministry denied it — twice.", None);
        check("UN officials — three of them — left.", None);
        check("“NO” — that was the answer.", None);
        check("The toll rose to 84 (Monday's was 80) - and may rise.", None);
        check("", None);
    }

    #[test]
    fn credit_lines() {
        let check = |paragraph: &str, expect: Option<&str>| {
            assert_eq!(credit(paragraph, true).map(|range| &paragraph[range]), expect, "{paragraph}");
        };
        check("(Northline)", Some("(Northline)"));
        check("The ministry denied it. (Northline Agency)", Some("(Northline Agency)"));
        check(" With inputs from agencies ", Some("With inputs from agencies"));
        check(
            "Ada Quill in Hallin contributed to this report.",
            Some("Ada Quill in Hallin contributed to this report."),
        );
        check("(Reporting by Ada Quill; editing by B. Reed)", Some("(Reporting by Ada Quill; editing by B. Reed)"));
        check("He leads the Party of the Coast (PC)", None);
        check("It rose to 84. (It was 80.)", None);
        check("The ministry denied it.", None);
        check("The flood gate on Thursday. (NL Photo/Ada Quill)", None);
        assert_eq!(credit("The flood gate on Thursday. (Northline)", false), None);
    }

    #[test]
    fn lines_of_the_article() {
        let check = |line: &str, expect: bool| assert_eq!(is_of_article(line), expect, "{line}");
        check("By Northline, with Herald staff / 10 March 2031", true);
        check("(Northline)", true);
        check("With inputs from agencies", true);
        check("Correction: the toll is 84.", true);
        check("Read also: the flood", false);
        check("The ministry denied it. (Northline)", false);
        check("Byways of the coast", false);
    }

    #[test]
    fn notes() {
        let check = |paragraph: &str, expect: Option<NoteKind>| assert_eq!(note(paragraph), expect, "{paragraph}");
        check("Correction: An earlier report gave the toll as 84.", Some(NoteKind::Correction));
        check("* This article was amended on 6 March 2031.", Some(NoteKind::Correction));
        check("Update: The ministry has answered.", Some(NoteKind::Update));
        check("Editor’s note: The name was changed.", Some(NoteKind::EditorsNote));
        check("Clarification: the call was on Thursday.", Some(NoteKind::Clarification));
        check("Corrections officers denied it.", None);
        check("The update: none.", None);
    }
}

//! What stands between quotation marks, and how a content is quoted. Not who speaks.

use onrecord_evidence::TextRange;

use crate::Manner;

/// The quoted parts of a text, in text order, without their marks.
#[derive(Debug)]
pub(crate) struct Quotations {
    ranges: Vec<TextRange>,
}

/// Kinds of marks; a quotation ends with the kind that began it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// “ ” „ and " and '' alike: writers mix them.
    Double,
    /// ‘ ’ and '.
    Single,
    /// « ».
    Guillemet,
}

/// What a mark can do where it stands.
struct Place {
    mark: Mark,
    /// Bytes of the mark.
    len: usize,
    opens: bool,
    closes: bool,
}

impl Quotations {
    /// Finds the quotations. One that is not closed ends with its line; a line that begins with an opening mark goes on
    /// with it, as quotations over several paragraphs do.
    pub(crate) fn new(text: &str) -> Self {
        let mut ranges = Vec::new();
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            quotations_of_line(line, line_start, &mut ranges);
            line_start += line.len();
        }
        Self { ranges }
    }

    /// How the content at `ranges` is quoted: by the share of its letters and digits that stand in quotations.
    pub(crate) fn manner(&self, text: &str, ranges: &[TextRange]) -> Manner {
        let (mut inside, mut outside) = (0_usize, 0_usize);
        for range in ranges {
            let mut next = self.ranges.partition_point(|quotation| quotation.end <= range.start);
            for (at, letter) in range.slice(text).unwrap_or_default().char_indices() {
                let at = range.start + at as u32;
                while self.ranges.get(next).is_some_and(|quotation| quotation.end <= at) {
                    next += 1;
                }
                if letter.is_alphanumeric() {
                    let quoted = self.ranges.get(next).is_some_and(|quotation| quotation.start <= at);
                    *(if quoted { &mut inside } else { &mut outside }) += 1;
                }
            }
        }
        match (inside, outside) {
            (0, _) => Manner::Indirect,
            (_, 0) => Manner::Direct,
            _ => Manner::Mixed,
        }
    }

    /// Whether `range` stands wholly inside of one quotation.
    pub(crate) fn hold(&self, range: TextRange) -> bool {
        let next = self.ranges.partition_point(|quotation| quotation.end <= range.start);
        self.ranges.get(next).is_some_and(|quotation| quotation.contains(range))
    }
}

/// Outermost quotations of one line; inner ones are part of them.
fn quotations_of_line(line: &str, line_start: usize, ranges: &mut Vec<TextRange>) {
    let mut open: Option<(Mark, usize)> = None;
    let mut before = ' ';
    let mut letters = line.char_indices();
    // Single marks are apostrophes far more often: they open only where the line holds one that can close.
    let last_single = last_closing_single(line);
    while let Some((at, letter)) = letters.next() {
        if let Some(place) = place(line, at, letter, before) {
            let end = at + place.len;
            match open {
                Some((mark, start)) if mark == place.mark && place.closes => {
                    ranges.push(TextRange::new((line_start + start) as u32, (line_start + at) as u32));
                    open = None;
                }
                None if place.opens && (place.mark != Mark::Single || last_single > at) => {
                    open = Some((place.mark, end))
                }
                _ => {}
            }
            if place.len > letter.len_utf8() {
                letters.next();
            }
        }
        before = letter;
    }
    if let Some((Mark::Double | Mark::Guillemet, start)) = open {
        ranges.push(TextRange::new((line_start + start) as u32, (line_start + line.len()) as u32));
    }
}

fn last_closing_single(line: &str) -> usize {
    let mut after = ' ';
    for (at, letter) in line.char_indices().rev() {
        if matches!(letter, '\'' | '’') && !after.is_alphanumeric() && !line[..at].ends_with(char::is_whitespace) {
            return at;
        }
        after = letter;
    }
    0
}

fn place(line: &str, at: usize, letter: char, before: char) -> Option<Place> {
    let len = letter.len_utf8();
    let after = line[at + len..].chars().next().unwrap_or(' ');
    let loose = |side: char| side.is_whitespace() || matches!(side, '(' | '[' | '-' | '–' | '—' | '/');
    // A straight mark after a space opens, unless a space follows too; everything else may close.
    let straight = |after: char| (loose(before) && !after.is_whitespace(), !loose(before) || after.is_whitespace());
    let place = |mark, len, opens, closes| Some(Place { mark, len, opens, closes });
    match letter {
        '“' | '„' | '‟' => place(Mark::Double, len, true, false),
        '”' => place(Mark::Double, len, false, true),
        '"' | '″' => {
            let (opens, closes) = straight(after);
            place(Mark::Double, len, opens || !closes, closes)
        }
        '\'' if after == '\'' => {
            let (opens, closes) = straight(line[at + 2..].chars().next().unwrap_or(' '));
            place(Mark::Double, 2, opens, closes)
        }
        '«' => place(Mark::Guillemet, len, true, false),
        '»' => place(Mark::Guillemet, len, false, true),
        '‘' => place(Mark::Single, len, true, false),
        '’' => place(Mark::Single, len, false, !after.is_alphanumeric() && !before.is_whitespace()),
        '\'' => {
            let opens = (loose(before) || matches!(before, '"' | '“')) && after.is_alphanumeric();
            place(Mark::Single, len, opens, !after.is_alphanumeric() && !before.is_whitespace())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_testkit::Marked;

    #[test]
    fn tells_the_three_manners() {
        let check = |marked: &str, expect: Manner| {
            let marked = Marked::parse(marked);
            let manner = Quotations::new(&marked.text).manner(&marked.text, &marked.ranges("content"));
            assert_eq!(manner, expect, "{}", marked.text);
        };
        check("[content: “There was no call,”] she said. [content: “None.”]", Manner::Direct);
        check("\"[content: There was no call],\" she said.", Manner::Direct);
        check("[content: ''There was no 'call','' ] she said.", Manner::Direct);
        check("She said [content: that there was no call].", Manner::Indirect);
        check("She called it [content: a “pure fiction”].", Manner::Mixed);
        check("He said [content: that “positive” signals came].", Manner::Mixed);
        check("‘[content: We won’t go],’ said the captain’s mate.", Manner::Direct);
        check("The captain's mate said [content: the crew's pay was late].", Manner::Indirect);
        check("Mayor: ['content: x] [content: 'No deal'] before May", Manner::Direct);
        check("She said: [content: “We wait.\n“We go on,”] and left.", Manner::Direct);
        check("A 6\" pipe burst, [content: the office said so].", Manner::Indirect);
        check("“Unclosed, he said.\n[content: The next line] is free.", Manner::Indirect);
        check("He said: [content: « C’est faux »].", Manner::Direct);
        check("[content: ...]", Manner::Indirect);
    }

    #[test]
    fn odd_marks_do_no_harm() {
        for text in ["", "\"", "'", "''", "'''", "“", "”\n“", "\"\"\"\"", "’ ‘ ’", "«", "x'"] {
            let all = TextRange::new(0, text.len() as u32);
            Quotations::new(text).manner(text, &[all]);
            assert!(!Quotations::new(text).hold(TextRange::new(7, 9)));
        }
    }
}

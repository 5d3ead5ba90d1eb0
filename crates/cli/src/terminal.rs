//! How things look on a terminal: styles, wrapping, marked text, tables. Readable without colour; not what is shown.

use anstyle::{AnsiColor, Style};
use onrecord::evidence::TextRange;
use onrecord::record::AttributionRecord;
use onrecord::wire::{
    Mark, Piece, Role, date_words, figure_words, is_steering, marks, pieces, place_words, resolved_words,
};

/// Headings and names.
pub const STRONG: Style = Style::new().bold();
/// Labels and what is only context.
pub const FAINT: Style = Style::new().dimmed();
/// Contested acts.
pub const CONTESTED: Style = AnsiColor::Red.on_default().bold();
/// Sources.
pub const SOURCE: Style = AnsiColor::Blue.on_default();
/// Cues.
pub const CUE: Style = AnsiColor::Yellow.on_default().bold();
/// Contents.
pub const CONTENT: Style = AnsiColor::Green.on_default();

/// `text` in `style`.
pub fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The width to write to: that of the terminal, between 60 and 110 columns; 100 where there is no terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns)).clamp(60, 110)
}

/// `text` as lines of at most [`width`] columns, the first behind `first`, the others behind as many blanks.
pub fn wrapped(text: &str, first: &str) -> String {
    let rest = " ".repeat(textwrap::core::display_width(first));
    textwrap::fill(text, textwrap::Options::new(width()).initial_indent(first).subsequent_indent(&rest))
}

/// `text` without characters that steer a terminal or turn the direction of writing, line breaks as spaces.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            letter if is_steering(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

const fn style_of(role: Role) -> Style {
    match role {
        Role::Source => SOURCE,
        Role::Cue => CUE,
        Role::Content => CONTENT,
    }
}

/// A text with the spans of its attributions in brackets: `[source 2: The minister] [cue 2: denied] ...`. Made once for a text.
pub struct MarkedText<'a> {
    text: &'a str,
    marks: Vec<Mark>,
    pieces: Vec<Piece>,
    is_numbered: bool,
}

impl<'a> MarkedText<'a> {
    /// Several attributions, numbered from 1.
    pub fn numbered(text: &'a str, records: &[AttributionRecord]) -> Self {
        Self::new(text, records, true)
    }

    /// One attribution, without a number.
    pub fn single(text: &'a str, record: &AttributionRecord) -> Self {
        Self::new(text, std::slice::from_ref(record), false)
    }

    fn new(text: &'a str, records: &[AttributionRecord], is_numbered: bool) -> Self {
        let marks = marks(records);
        let pieces = pieces(text.len() as u32, &marks);
        Self { text, marks, pieces, is_numbered }
    }

    /// The words of `range` with their brackets; a bracket that the range cuts is closed at its end.
    pub fn slice(&self, range: TextRange) -> String {
        let mut out = String::new();
        let mut open: Vec<usize> = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.range.start < range.end) {
            let inside = TextRange::new(piece.range.start.max(range.start), piece.range.end.min(range.end));
            // Brackets nest; where spans cross, the inner one is closed and opened again.
            let common = open.iter().zip(&piece.covered).take_while(|(left, right)| left == right).count();
            out.extend(open[common..].iter().map(|_| ']'));
            out.extend(piece.covered[common..].iter().map(|index| self.label(*index)));
            open.clone_from(&piece.covered);
            let words = harmless(inside.slice(self.text).unwrap_or(""));
            match piece.covered.iter().map(|index| self.marks[*index].role).min_by_key(|role| *role != Role::Cue) {
                Some(role) => out.push_str(&styled(style_of(role), words)),
                None => out.push_str(&words),
            }
        }
        out.extend(open.iter().map(|_| ']'));
        out
    }

    fn label(&self, index: usize) -> String {
        let mark = &self.marks[index];
        let number = if self.is_numbered { format!(" {}", mark.record + 1) } else { String::new() };
        styled(FAINT, format!("[{}{number}: ", mark.role.word()))
    }
}

/// A table of attributions: number, act, who, cue, what, how surely.
pub fn table(records: &[(usize, &AttributionRecord)]) -> String {
    use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width() as u16)
        .set_header(["#", "act", "source", "cue", "content", "how"]);
    for (number, record) in records {
        table.add_row([
            number.to_string(),
            act_label(record),
            harmless(&who(record)),
            harmless(&AttributionRecord::joined(&record.cue)),
            harmless(&AttributionRecord::joined(&record.content)),
            manner_and_commitment(record),
        ]);
    }
    // The number and the act are never broken over lines; the rest shares what is left.
    let fixed = |columns| ColumnConstraint::LowerBoundary(Width::Fixed(columns));
    let act = records.iter().map(|(_, record)| record.act.word().len()).max().unwrap_or(3) as u16;
    let share = |percentage| ColumnConstraint::UpperBoundary(Width::Percentage(percentage));
    table.set_constraints([fixed(5), fixed(act + 2), share(20), share(14), share(36), share(16)]);
    table.trim_fmt()
}

/// What is behind the words of attributions, a line for each finding: who, when, how much, where.
pub fn details(records: &[(usize, &AttributionRecord)]) -> String {
    let mut out = String::new();
    for (number, record) in records {
        let mut label = number.to_string();
        for (kind, meaning) in findings(record) {
            out.push_str(&wrapped(&meaning, &format!(" {label:<4} {kind:<8} ")));
            out.push('\n');
            label.clear();
        }
    }
    out
}

/// What is behind the words of an attribution: what kind of finding, and its words with their meaning.
pub fn findings(record: &AttributionRecord) -> Vec<(&'static str, String)> {
    let speaker = record.speaker.iter().filter_map(|speaker| Some(("who", &speaker.words, resolved_words(speaker)?)));
    let said = record.said.iter().map(|date| ("said", &date.words, date_words(date)));
    let happened = record.happened.iter().map(|date| ("when", &date.words, date_words(date)));
    let figures = record.figures.iter().map(|figure| ("figure", &figure.words, figure_words(figure)));
    let places = record.places.iter().map(|place| ("place", &place.words, place_words(&place.finding)));
    let all = speaker.chain(said).chain(happened).chain(figures).chain(places);
    all.map(|(kind, words, meaning)| (kind, format!("{}: {}", harmless(words.words()), harmless(&meaning)))).collect()
}

/// The act, in capitals where it is contested, so that it stands out without colour.
pub fn act_label(record: &AttributionRecord) -> String {
    if record.is_contested() { record.act.word().to_uppercase() } else { record.act.word().to_owned() }
}

/// Who is credited, for a line of text.
pub fn who(record: &AttributionRecord) -> String {
    record.who().unwrap_or_else(|| "(nobody credited)".to_owned())
}

/// Manner, commitment, and the hedge words behind it.
pub fn manner_and_commitment(record: &AttributionRecord) -> String {
    let mut text = format!("{}, {}", record.manner, record.commitment);
    let words: Vec<_> = record.hedge_words().into_iter().map(harmless).collect();
    if !words.is_empty() {
        text.push_str(&format!(" ({})", words.join(", ")));
    }
    if record.is_unsure() {
        text.push_str(", unsure reading");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_article_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
    }

    #[test]
    fn brackets_nest_and_numbers_in_the_text_stay() {
        use onrecord::annotate::{Act, ActFinding, AttributionSpans, Commitment, Layers, Manner};
        use onrecord::evidence::{ArticleId, OffsetMap, Reading};
        let text = "Phase 1: the minister denied that Article 1: had been signed.";
        let spans = |source, cue, content| AttributionSpans {
            source: vec![source],
            cue: vec![cue],
            content: vec![content],
            score: 0.9,
            act: ActFinding { act: Act::Deny, rule: "denied".to_owned(), evidence: vec![cue] },
            commitment: Commitment::Certain,
            hedges: Vec::new(),
            manner: Manner::Indirect,
        };
        let whole = TextRange::new(0, text.len() as u32);
        let (source, cue, content) = (TextRange::new(9, 21), TextRange::new(22, 28), TextRange::new(29, 60));
        let layers =
            Layers { sentences: vec![whole], attributions: vec![spans(source, cue, content)], ..Layers::default() };
        let reading = Reading::new(text.to_owned(), OffsetMap::identity(0, whole.end), Vec::new()).unwrap();
        let (records, _) = onrecord::record::records(ArticleId::of_fields(&[b"test"]), &reading, &layers);
        let plain = |marked: String| anstream::adapter::strip_str(&marked).to_string();
        assert_eq!(
            plain(MarkedText::single(text, &records[0]).slice(whole)),
            "Phase 1: [source: the minister] [cue: denied] [content: that Article 1: had been signed]."
        );
        assert_eq!(
            plain(MarkedText::numbered(text, &records).slice(TextRange::new(9, 40))),
            "[source 1: the minister] [cue 1: denied] [content 1: that Articl]"
        );
    }
}

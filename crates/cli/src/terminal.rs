//! How things look on a terminal: styles, wrapping, marked text, tables. Readable without colour; not what is shown.

use anstyle::{AnsiColor, Style};
use onrecord::evidence::TextRange;
use onrecord::record::AttributionRecord;
use onrecord::wire::{Mark, Role, marks, pieces};

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

/// `text` without characters that steer a terminal, line breaks as spaces.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            letter if letter.is_control() => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// At most `columns` characters of `text`, an ellipsis for the rest.
pub fn shortened(text: &str, columns: usize) -> String {
    let text = harmless(text);
    if text.chars().count() <= columns {
        return text;
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

const fn style_of(role: Role) -> Style {
    match role {
        Role::Source => SOURCE,
        Role::Cue => CUE,
        Role::Content => CONTENT,
    }
}

/// The words of `range` with the spans of `records` in brackets: `[source 2: The minister] [cue 2: denied] ...`.
///
/// `number` names the attribution at an index; where it gives `None`, the attribution is left unmarked.
pub fn marked(
    text: &str,
    range: TextRange,
    records: &[AttributionRecord],
    number: impl Fn(usize) -> Option<usize>,
) -> String {
    let marks: Vec<Mark> = marks(records).into_iter().filter(|mark| number(mark.record).is_some()).collect();
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for piece in pieces(text.len() as u32, &marks) {
        let inside = TextRange::new(piece.range.start.max(range.start), piece.range.end.min(range.end));
        if inside.is_empty() {
            continue;
        }
        // Brackets nest; where spans cross, the inner one is closed and opened again.
        let common = open.iter().zip(&piece.covered).take_while(|(left, right)| left == right).count();
        for _ in common..open.len() {
            out.push(']');
        }
        for index in &piece.covered[common..] {
            let mark = &marks[*index];
            let label = format!("[{} {}: ", mark.role.word(), number(mark.record).unwrap_or_default());
            out.push_str(&styled(FAINT, label));
        }
        open.clone_from(&piece.covered);
        let words = harmless(inside.slice(text).unwrap_or(""));
        match piece.covered.iter().map(|index| marks[*index].role).min_by_key(|role| *role != Role::Cue) {
            Some(role) => out.push_str(&styled(style_of(role), words)),
            None => out.push_str(&words),
        }
    }
    out.extend(open.iter().map(|_| ']'));
    out
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
    if !record.hedges.is_empty() {
        let words: Vec<_> = record.hedges.iter().map(|hedge| harmless(hedge.words.words())).collect();
        text.push_str(&format!(" ({})", words.join(", ")));
    }
    text
}

//! From a text to its temporal expressions: reads each one, finds its days, remembers it for those that point back.

use jiff::civil::Date;
use onrecord_evidence::{Diagnostic, TextRange};

use crate::dates::calendar::{add_days, day};
use crate::dates::ends::{at_earlier, event, half_interval, interval, since_earlier};
use crate::dates::lasting::{lasting, run, vague};
use crate::dates::meaning::{Meaning, Point, Stretch, YearRef};
use crate::dates::outcome::point_expression;
use crate::dates::solve::{Earlier, Frame, Problem};
use crate::dates::tense::Tense;
use crate::dates::token::{Words, tokens};
use crate::dates::words::{Key, Lex};
use crate::dates::{DateAnchor, DateAnchors, DateBounds, DateExpression, DateKind, DateUnit, DateValue, DayOrder};

/// No text has more expressions than this; the rest is left unread with a diagnostic.
const MOST_EXPRESSIONS: usize = 50_000;
/// Diagnostics of one text.
const MOST_DIAGNOSTICS: usize = 100;
/// An expression that points back reaches this many expressions and paragraphs.
const REACH: usize = 6;
/// A dateline and a publication further apart than this do not belong together.
const DATELINE_DAYS: i32 = 14;
/// How many tokens back a date still lends its year.
const NEAR_TOKENS: usize = 60;

/// The temporal expressions of `text` in text order, none overlapping another, and what is wrong with them.
///
/// Time and space are linear in the text's length. Without an anchor, what needs one keeps its relative value.
/// Ages (`a 25-year-old`), months and weekdays that are names (`Theresa May`, `Sunday Times`) and bare figures that may be
/// anything (`1984`) are left out.
///
/// Diagnostics: `no-such-day`, `no-such-time`, `leap-second`, `weekday-disagrees`, `date-out-of-range`, `anchor-in-future`,
/// `anchors-disagree`, `too-many-dates`.
///
/// ```
/// use onrecord_annotate::{DateAnchors, dates};
/// let anchors = DateAnchors { publication: Some(jiff::civil::date(2031, 3, 7)), ..DateAnchors::default() };
/// let (found, diagnostics) = dates("The ministry denied it on Thursday.", &anchors);
/// assert_eq!(found[0].value.timex.as_deref(), Some("2031-03-06"));
/// assert!(diagnostics.is_empty());
/// ```
pub fn dates(text: &str, anchors: &DateAnchors) -> (Vec<DateExpression>, Vec<Diagnostic>) {
    let limit = u32::MAX as usize - 1;
    let text = &text[..text.floor_char_boundary(limit.min(text.len()))];
    let tokens = tokens(text);
    let words = Words::new(text, &tokens);
    let mut reader = Reader {
        words,
        order: anchors.order,
        anchor: None,
        found: Vec::new(),
        memory: Vec::new(),
        diagnostics: Vec::new(),
    };
    reader.anchor = reader.choose_anchor(anchors);
    reader.read();
    (reader.found, reader.diagnostics)
}

/// What an expression was found to be, with what is remembered of it.
pub(crate) struct Memory {
    earlier: Earlier,
    token: usize,
    line: usize,
}

struct Reader<'a> {
    words: Words<'a>,
    order: DayOrder,
    anchor: Option<(Date, DateAnchor)>,
    found: Vec<DateExpression>,
    memory: Vec<Memory>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn choose_anchor(&mut self, anchors: &DateAnchors) -> Option<(Date, DateAnchor)> {
        let chosen = match (anchors.dateline, anchors.publication) {
            (Some(dateline), Some(publication)) => {
                let apart = dateline.until(publication).map_or(i32::MAX, |span| span.get_days().saturating_abs());
                if apart > DATELINE_DAYS {
                    self.diagnose(Diagnostic::warning(
                        "anchors-disagree",
                        format!("expected a dateline near the publication of {publication}, found {dateline}: counting from the publication"),
                    ));
                    Some((publication, DateAnchor::Publication))
                } else {
                    Some((dateline, DateAnchor::Dateline))
                }
            }
            (Some(dateline), None) => Some((dateline, DateAnchor::Dateline)),
            (None, Some(publication)) => Some((publication, DateAnchor::Publication)),
            (None, None) => None,
        };
        if let (Some((date, _)), Some(received)) = (chosen, anchors.received)
            && add_days(received, 1).is_some_and(|latest| date > latest)
        {
            self.diagnose(
                Diagnostic::warning(
                    "anchor-in-future",
                    format!("expected a day up to {received}, when the article was received, found {date}"),
                )
                .hint("days counted from it may be wrong"),
            );
        }
        chosen
    }

    fn diagnose(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    fn read(&mut self) {
        let (mut at, mut line) = (0, 0);
        while at < self.words.tokens.len() {
            if self.words.lex(at) == Lex::Break {
                line += 1;
            }
            let Some((meaning, end)) = self.words.meaning(at) else {
                self.check_clock(at);
                at += 1;
                continue;
            };
            let end = end.clamp(at + 1, self.words.tokens.len());
            if self.found.len() == MOST_EXPRESSIONS {
                let message = format!(
                    "expected at most {MOST_EXPRESSIONS} dates, found more: the rest of the text is left unread"
                );
                self.diagnose(Diagnostic::warning("too-many-dates", message));
                return;
            }
            self.take(&meaning, at, end, line);
            at = end;
        }
    }

    /// Reports figures that are plainly a time and exist on no clock.
    fn check_clock(&mut self, at: usize) {
        if matches!(self.words.lex(at), Lex::Number { .. })
            && self.words.clock(at, self.words.is(at.wrapping_sub(1), Key::At)).is_err()
        {
            let range = self.words.range(at, at + 3);
            self.report(range, |found| {
                Diagnostic::warning("no-such-time", format!("expected a time of the clock, {found}"))
            });
        }
    }

    /// Says what is wrong with the words of `range`, which stand behind what was expected.
    fn report(&mut self, range: TextRange, diagnostic: impl FnOnce(String) -> Diagnostic) {
        let words: String = range.slice(self.words.text).unwrap_or("").chars().take(60).collect();
        self.diagnose(diagnostic(format!("found {words:?} at byte {}", range.start)));
    }

    fn frame(&self, meaning: &Meaning, at: usize, end: usize, line: usize) -> Frame {
        let earlier = self.memory.iter().rev().filter(|memory| line - memory.line <= REACH).map(|memory| {
            let near = memory.line == line && at - memory.token <= NEAR_TOKENS;
            let start = self.words.at(at).start;
            let beside = memory.line == line && start.saturating_sub(memory.earlier.range.end) <= 3;
            let clock = memory.earlier.clock.filter(|_| beside);
            Earlier { near, clock, ..memory.earlier.clone() }
        });
        let tense = if needs_tense(meaning) { self.words.tense(at, end) } else { Tense::Unknown };
        Frame { anchor: self.anchor, order: self.order, tense, earlier: earlier.collect() }
    }

    fn take(&mut self, meaning: &Meaning, at: usize, end: usize, line: usize) {
        let range = self.words.range(at, end);
        let frame = self.frame(meaning, at, end, line);
        let words = &self.words;
        let outcome = match meaning {
            Meaning::Nothing => return,
            Meaning::Point(point) => point_expression(words, point, range, &frame),
            Meaning::Between(first, second) => interval(words, first, second, range, &frame),
            Meaning::Half(open, point) => half_interval(words, *open, point, range, &frame),
            Meaning::Event { from, start, end } => Ok(event(words.range(*start, *end), *from, range)),
            Meaning::AtEarlier => Ok(at_earlier(range, &frame)),
            Meaning::SinceEarlier => Ok(since_earlier(range, &frame)),
            Meaning::Run { count, unit, after, modifier } => run(*count, *unit, *after, *modifier, range, &frame),
            Meaning::Duration { parts, modifier, ahead } => {
                let within = words.is(at.wrapping_sub(1), Key::Within);
                lasting(parts, *modifier, *ahead, within, range, &frame)
            }
            Meaning::Set(timex, unit) => Ok(set(timex, *unit, range)),
            Meaning::Vague(timex) => Ok(vague(timex, range, &frame)),
        };
        match outcome {
            Ok(expression) => {
                self.check_point(meaning, range, &expression);
                self.remember(meaning, &expression, at, line);
                self.found.push(expression);
            }
            Err(Problem::NoSuchDay(day)) => {
                self.report(range, |found| {
                    Diagnostic::warning(
                        "no-such-day",
                        format!("expected a day of the calendar instead of {day}, {found}"),
                    )
                });
            }
            Err(Problem::OutOfRange) => {
                self.report(range, |found| {
                    Diagnostic::warning(
                        "date-out-of-range",
                        format!("expected a day of the years -9999 to 9999, {found}"),
                    )
                });
            }
        }
    }

    fn check_point(&mut self, meaning: &Meaning, range: TextRange, expression: &DateExpression) {
        let Meaning::Point(point) = meaning else { return };
        if point.clock.is_some_and(|clock| clock.leap) {
            self.report(range, |found| {
                Diagnostic::warning("leap-second", format!("expected a second from 0 to 59, taken as 59, {found}"))
            });
        }
        if let Stretch::Day { year: Some(YearRef::Number(_)), weekday: Some(weekday), day: Some(_), .. } = point.stretch
            && let Some(start) = expression.value.bounds.start()
            && crate::dates::calendar::weekday_of(start) != weekday
        {
            let name = crate::dates::calendar::weekday_name(crate::dates::calendar::weekday_of(start));
            self.report(range, |found| {
                Diagnostic::warning("weekday-disagrees", format!("expected {name} for {start}, {found}"))
            });
        }
    }

    fn remember(&mut self, meaning: &Meaning, expression: &DateExpression, token: usize, line: usize) {
        let DateBounds::Closed { start, end } = expression.value.bounds else { return };
        if matches!(expression.kind, DateKind::Duration | DateKind::Set) || matches!(meaning, Meaning::Run { .. }) {
            return;
        }
        let unit = match meaning {
            Meaning::Point(point) if point.part.is_some() || point.clock.is_some() => DateUnit::Day,
            _ => expression.value.granularity.max(DateUnit::Day),
        };
        let whole = expression.anchor == DateAnchor::Whole;
        let days = crate::dates::calendar::Days { start, end, unit, timex: day(start).timex };
        let clock = expression.value.clock;
        let earlier = Earlier { range: expression.range, days, whole, near: false, clock };
        self.memory.push(Memory { earlier, token, line });
        if self.memory.len() > REACH {
            self.memory.remove(0);
        }
    }
}

/// Whether the verbs around can change what an expression means; looking for them costs time.
fn needs_tense(meaning: &Meaning) -> bool {
    let open = |point: &Point| match &point.stretch {
        Stretch::Day { year, .. } | Stretch::YearPart { year, .. } | Stretch::Holiday { year, .. } => year.is_none(),
        Stretch::Figures { year, .. } => year.is_none(),
        Stretch::Named { .. } | Stretch::Shift { .. } | Stretch::Open => true,
        _ => false,
    };
    match meaning {
        Meaning::Point(point) | Meaning::Half(_, point) => open(point),
        Meaning::Between(first, second) => open(first) || open(second),
        Meaning::Duration { ahead, .. } => *ahead,
        Meaning::Run { after, .. } => *after,
        _ => false,
    }
}

fn set(timex: &str, unit: DateUnit, range: TextRange) -> DateExpression {
    let value = DateValue {
        timex: Some(timex.to_owned()),
        bounds: DateBounds::Unknown,
        granularity: unit,
        clock: None,
        reason: "comes again".to_owned(),
    };
    DateExpression {
        range,
        kind: DateKind::Set,
        value,
        alternatives: Vec::new(),
        modifier: None,
        anchor: DateAnchor::Whole,
        relative: None,
    }
}

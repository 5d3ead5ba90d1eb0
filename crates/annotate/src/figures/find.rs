//! Goes through a text sentence by sentence and puts every figure together. The parts are read in their own files.

use onrecord_evidence::{Diagnostic, TextRange};

use super::number::{Problem, Written, number};
use super::order::ordinal_word;
use super::quantity::{Context, Quantity, quantity};
use super::sort::{Sort, sort};
use super::table::{Flags, Table};
use super::token::Line;
use super::{
    Counted, Decimal, Figure, FigureKind, FigureTable, OtherReading, TallyKind, Unit, Value, counted, limits, measured,
    roles, scope,
};

/// Diagnostics of one kind that a text may give; the last says that there are more.
const MOST_DIAGNOSTICS: usize = 16;

/// The figures of `text` in text order, and what could not be read.
///
/// `sentences` are ranges of the text in text order; what lies in none of them is not read, and no figure crosses their edges.
///
/// ```
/// # use onrecord_annotate::figures::*;
/// # use onrecord_evidence::TextRange;
/// # let table = FigureTable::parse(include_str!("../../../../models/figures/figures.toml"))?;
/// let text = "Orland said it had shot down at least 84 Veskan drones over the weekend.";
/// let (figures, diagnostics) = figures(text, &[TextRange::new(0, text.len() as u32)], &table);
/// assert_eq!(figures[0].value, Value::Number("84".parse()?));
/// assert_eq!(figures[0].bounds[0].kind, BoundKind::AtLeast);
/// assert_eq!(figures[0].counted.and_then(|counted| counted.range.slice(text)), Some("Veskan drones"));
/// assert!(diagnostics.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn figures(text: &str, sentences: &[TextRange], table: &FigureTable) -> (Vec<Figure>, Vec<Diagnostic>) {
    let mut finder = Finder { table, context: Context::of(text), figures: Vec::new(), diagnostics: Vec::new() };
    if u32::try_from(text.len()).is_err() {
        finder.diagnostics.push(Diagnostic::error("figure-text-too-long", "expected a text below 4 GiB"));
        return (finder.figures, finder.diagnostics);
    }
    for sentence in sentences {
        if let Some(line) = Line::new(text, *sentence, table) {
            finder.line(&line);
        }
    }
    (finder.figures, finder.diagnostics)
}

struct Finder<'t> {
    table: &'t Table,
    context: Context,
    figures: Vec<Figure>,
    diagnostics: Vec<Diagnostic>,
}

impl Finder<'_> {
    fn line(&mut self, line: &Line<'_>) {
        let mut at = 0;
        while at < line.len() {
            at = self.figure_at(line, at).unwrap_or(at + 1).max(at + 1);
        }
    }

    /// The figure that begins at `at`: where to go on.
    fn figure_at(&mut self, line: &Line<'_>, at: usize) -> Option<usize> {
        // "Twenty-first" begins like a number.
        if line.is_hyphen(at + 1)
            && let Some(end) = self.ordinal(line, at)
        {
            return Some(end);
        }
        let between = line.lower(at) == "between" || line.lower(at) == "from" || line.is_sign(at, &['#']);
        if between {
            return None;
        }
        if let Some(end) = self.vague(line, at) {
            return Some(end);
        }
        let quantity = match quantity(line, at, self.table, &self.context) {
            Some(Ok(quantity)) => quantity,
            Some(Err((end, problem))) => {
                self.problem(line, at, end, problem);
                return Some(end);
            }
            None => return self.ordinal(line, at),
        };
        let mut figure = Figure::bare(
            line.range(quantity.start, quantity.end),
            FigureKind::Quantity,
            quantity.value.clone(),
            quantity.unit.clone(),
        );
        let start = limits::before(line, &quantity, self.table, &mut figure);
        let end = match sort(line, &quantity, start) {
            Sort::None(end) => return Some(end),
            Sort::Kind(kind, end) => {
                figure.kind = kind;
                end
            }
            Sort::Score(value, end) => {
                if value != figure.value
                    && let Value::Range { .. } = figure.value
                {
                    let (value, unit) = (figure.value.clone(), figure.unit.clone());
                    figure.others.push(OtherReading {
                        kind: FigureKind::Quantity,
                        value,
                        unit,
                        reason: "score-may-be-range".to_owned(),
                    });
                }
                (figure.kind, figure.value) = (FigureKind::Score, value);
                end
            }
        };
        figure.range = line.range(quantity.start, end);
        figure.others.extend(quantity.others.iter().cloned());
        self.directions(line, quantity.start, end);
        if matches!(figure.kind, FigureKind::Quantity) {
            self.around(line, &quantity, start, end, &mut figure);
        }
        let end = self.push(line, figure, end);
        Some(end)
    }

    /// Noun, tallies, roles and scopes of a figure whose bounds begin at `start` and whose words end before `end`.
    fn around(&self, line: &Line<'_>, quantity: &Quantity, start: usize, end: usize, figure: &mut Figure) {
        let mut at = limits::after(line, end, self.table, figure);
        let mut own_end = at;
        if let Some(behind) = limits::per(line, at, &quantity.unit) {
            let behind = limits::per(line, behind, &quantity.unit).unwrap_or(behind);
            figure.per = Some(line.range(at, behind));
            (at, own_end) = (behind, behind);
        }
        // "1,000 or more kilograms": the unit behind the bound.
        if at > end
            && figure.unit == Unit::Count
            && let Some((behind, measure)) = self.table.measures.starting(line, at)
        {
            figure.unit = Unit::Measure { dimension: measure.dimension.clone(), name: measure.name.clone() };
            figure.range = figure.range.hull(line.range(at, behind));
            own_end = behind;
        } else if let Some(noun) = measured::population(line, start) {
            figure.counted = Some(noun);
        } else if let Some(phrase) = counted::counted(line, quantity, at) {
            let after_of = phrase.start > at;
            figure.counted = Some(phrase.counted);
            own_end = phrase.end;
            let behind = limits::after(line, phrase.end, self.table, figure);
            if !after_of || behind > phrase.end {
                own_end = behind;
            }
            if counted::state(line, own_end).is_some() {
                figure.state = Some(line.range(own_end, own_end + 1));
            } else if line.has(phrase.start, Flags::STATE) && phrase.end == phrase.start + 1 {
                figure.state = Some(phrase.counted.range);
            }
        }
        if figure.counted.is_none_or(|counted| figure.state == Some(counted.range)) && figure.unit == Unit::Count {
            figure.counted = self.elided(line, own_end).or(figure.counted);
        }
        self.magnitude(line, figure);
        if figure.counted.is_none() && !quantity.adjective {
            let last = self.figures.last();
            figure.counted = measured::measured(line, figure, last, start, own_end);
        }
        if figure.per.is_none()
            && let Some(behind) = limits::per(line, own_end, &quantity.unit)
        {
            figure.per = Some(line.range(own_end, behind));
        }
        let clause = limits::clause(line, start, own_end);
        limits::in_clause(line, clause, self.table, figure);
        figure.scopes = scope::scopes(line, clause, (start, own_end), figure.counted);
        // A modifier ("12-storey") takes no part itself, and a new total is not what somebody did.
        let total = figure
            .tallies
            .iter()
            .any(|tally| tally.kind == TallyKind::Cumulative && tally.range.end <= figure.range.start);
        if !quantity.adjective && !line.is_hyphen(end) && !total {
            figure.roles = roles::roles(line, start, own_end);
        }
    }

    /// "The magnitude was 5.5; the survey reported 5.8": a decimal that counts nothing behind a magnitude is one too.
    fn magnitude(&self, line: &Line<'_>, figure: &mut Figure) {
        let decimal = matches!(&figure.value, Value::Number(value) if value.whole().is_none());
        let last = self.figures.last().filter(|last| line.range(0, line.len()).contains(last.range));
        if let Some(last) = last.filter(|_| decimal && figure.unit == Unit::Count && figure.counted.is_none())
            && matches!(&last.unit, Unit::Measure { name, .. } if name == "magnitude")
        {
            figure.unit = last.unit.clone();
            figure.counted = last.counted.map(|counted| Counted { elided: true, ..counted });
        }
    }

    /// The noun of the figure before in this sentence, for a figure without a noun of its own.
    fn elided(&self, line: &Line<'_>, end: usize) -> Option<Counted> {
        let last = self.figures.last().filter(|last| line.range(0, line.len()).contains(last.range))?;
        let own = !line.is_word(end)
            || line.has(end, Flags::FUNCTION.with(Flags::AUXILIARY).with(Flags::STATE).with(Flags::FINITE));
        let plural = |counted: &Counted| {
            (end.saturating_sub(64)..end).any(|at| line.is_plural(at) && line.range(at, at + 1) == counted.head)
        };
        let counted = last.counted.filter(|counted| {
            own && last.unit == Unit::Count
                && last.kind == FigureKind::Quantity
                && !counted.part
                && plural(counted)
                && last.state != Some(counted.range)
        })?;
        let joined = !line.words_between(counted.range.end, end).contains([';', ':', '—', '"', '“']);
        joined.then_some(Counted { elided: true, ..counted })
    }

    /// "Dozens", "several", "a record number of".
    fn vague(&mut self, line: &Line<'_>, at: usize) -> Option<usize> {
        let (end, vague) = self.table.vague.starting(line, at)?;
        let of = line.lower(end - 1) == "of";
        let unit = self.table.measures.starting(line, end + usize::from(line.lower(end) == "of")).filter(|_| !of);
        let money = self.table.currencies.starting(line, end + usize::from(line.lower(end) == "of")).filter(|_| !of);
        let mut behind = end;
        let unit = if let Some((unit_end, measure)) = unit {
            behind = unit_end;
            Unit::Measure { dimension: measure.dimension.clone(), name: measure.name.clone() }
        } else if let Some((unit_end, currency)) = money {
            behind = unit_end;
            Unit::Money { codes: currency.codes.clone(), stated: currency.stated }
        } else {
            Unit::Count
        };
        let quantity = Quantity {
            start: at,
            end: behind,
            value: Value::Vague { low: vague.low, high: vague.high },
            unit,
            written: Written::Words,
            number: (at, end),
            adjective: false,
            others: Vec::new(),
        };
        let mut figure =
            Figure::bare(line.range(at, behind), FigureKind::Quantity, quantity.value.clone(), quantity.unit.clone());
        let start = limits::before(line, &quantity, self.table, &mut figure);
        // "The last few days", "how many", "so many": no figure of their own.
        let before = start.checked_sub(1).unwrap_or(usize::MAX);
        if line.lower(at) == "few" && line.has(before, Flags::DETERMINER) || of && number(line, end).is_some() {
            return None;
        }
        if line.lower(at) == "scores" && !matches!(line.lower(end), "of" | "more" | "were" | "are" | "have") {
            return None;
        }
        if matches!(line.lower(before), "how" | "as" | "too" | "so" | "not") && vague.needs_noun
            || line.lower(at) == "scores" && line.has(before, Flags::DETERMINER)
        {
            return Some(end);
        }
        if let Some(record) = (at..end).find(|at| matches!(line.lower(*at), "record" | "unprecedented")) {
            figure.superlative = Some(line.range(record, record + 1));
        }
        if let Sort::Kind(FigureKind::Offset, offset_end) = sort(line, &quantity, start) {
            figure.kind = FigureKind::Offset;
            figure.range = line.range(at, offset_end);
            return Some(self.push(line, figure, offset_end));
        }
        let of_quantity = Quantity { end: behind - usize::from(of && behind == end), ..quantity };
        self.around(line, &of_quantity, start, of_quantity.end, &mut figure);
        let noun = figure.counted.is_some_and(|counted| !counted.elided) || of_quantity.has_unit();
        (noun || !vague.needs_noun).then(|| self.push(line, figure, behind))
    }

    fn ordinal(&mut self, line: &Line<'_>, at: usize) -> Option<usize> {
        let (value, end) = ordinal_word(line, at)?;
        let figure =
            Figure::bare(line.range(at, end), FigureKind::Ordinal, Value::Number(Decimal::new(value)), Unit::Count);
        Some(self.push(line, figure, end))
    }

    /// Keeps the figure, unless it lies in the "per 100,000" of the one before; the place behind it.
    fn push(&mut self, _line: &Line<'_>, figure: Figure, end: usize) -> usize {
        let held = self.figures.last().is_some_and(|last| last.per.is_some_and(|per| per.overlaps(figure.range)));
        if !held {
            self.figures.push(figure);
        }
        end
    }

    fn problem(&mut self, line: &Line<'_>, at: usize, end: usize, problem: Problem) {
        let range = line.range(at, end);
        let words: String = range.slice(line.text()).unwrap_or_default().chars().take(24).collect();
        let found = format!("found {} bytes beginning {words:?} at byte {}", range.len(), range.start);
        self.diagnose(match problem {
            Problem::Long => {
                Diagnostic::warning("figure-too-long", format!("expected a number of at most 30 digits, {found}"))
            }
            Problem::Separators => Diagnostic::warning(
                "figure-separators",
                format!("expected a comma every three digits and one decimal point, {found}"),
            ),
            Problem::Name => return,
        });
    }

    /// Marks of direction in or beside a number: it may be shown in another order than it is written.
    fn directions(&mut self, line: &Line<'_>, start: usize, end: usize) {
        let mark = |at: usize| {
            line.word(at).chars().any(|letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{590}'..='\u{6ff}'))
        };
        if (start.saturating_sub(1)..=end).any(mark) {
            let place = line.range(start, end);
            self.diagnose(Diagnostic::warning(
                "figure-directions",
                format!("expected text of one direction around the number at byte {}, found two", place.start),
            ));
        }
    }

    fn diagnose(&mut self, diagnostic: Diagnostic) {
        let known = self.diagnostics.iter().filter(|known| known.id == diagnostic.id).count();
        if known + 1 < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else if known < MOST_DIAGNOSTICS {
            self.diagnostics
                .push(Diagnostic { message: "more of the same follow in this text".to_owned(), ..diagnostic });
        }
    }
}

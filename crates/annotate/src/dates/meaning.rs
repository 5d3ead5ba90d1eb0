//! What the words of a temporal expression mean before anything is counted: no anchor, no calendar.

use crate::dates::{DateModifier, DateUnit};

/// How many, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// `None`: several, a few, many, or a plural without a number.
    pub hundredths: Option<u32>,
    /// The upper end of `two to three`.
    pub high: Option<u32>,
    /// Stated by `a` or `an` alone.
    pub article: bool,
}

impl Count {
    pub(crate) const VAGUE: Self = Self { hundredths: None, high: None, article: false };

    pub(crate) const fn whole(number: u32) -> Self {
        Self { hundredths: Some(number.saturating_mul(100)), high: None, article: false }
    }

    /// The number, where it is stated and whole.
    pub(crate) fn number(self) -> Option<i32> {
        let hundredths = self.hundredths?;
        (hundredths % 100 == 0).then(|| i32::try_from(hundredths / 100).ok())?
    }
}

/// A year as the words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearRef {
    Number(i16),
    /// This year, last year, next year.
    Offset(i16),
    /// `that year`.
    Earlier,
}

/// A part of the day, named as TIMEX3 names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    /// The night that leads into the day.
    Overnight,
    Daytime,
}

impl Part {
    pub(crate) const fn timex(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night | Self::Overnight => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearPart {
    /// 1 to 4.
    Quarter(i8),
    /// 1 or 2.
    Half(i8),
    /// 0 spring, 1 summer, 2 autumn, 3 winter.
    Season(i8),
}

/// A time of the clock with what is open about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClockWords {
    pub clock: crate::dates::DateClock,
    /// Neither a.m. nor p.m. nor a 24-hour form: twelve hours later is as possible.
    pub half_open: bool,
    /// A second numbered 60.
    pub leap: bool,
}

/// Which one of those that come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    This,
    Last,
    Next,
    /// `the weekend`: the tense tells.
    Plain,
}

/// What `this`, `last` and `next` go before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Unit(DateUnit),
    Weekday(i8),
    Month(i8),
    YearPart(YearPart),
    Holiday(u8),
}

/// From where a distance is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Anchor,
    /// The expression before this one in the text.
    Earlier,
    /// Tokens that name an event.
    Event(usize, usize),
    Point(Box<Point>, usize, usize),
}

/// A stretch of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// At least one of them is there.
    Day {
        year: Option<YearRef>,
        month: Option<i8>,
        day: Option<i8>,
        weekday: Option<i8>,
    },
    /// `03/05/2031`, which of the two is the month is open.
    Figures {
        first: i8,
        second: i8,
        year: Option<i16>,
    },
    Decade {
        start: i16,
    },
    Century {
        start: i16,
    },
    Fiscal {
        year: Option<YearRef>,
        quarter: Option<i8>,
    },
    YearPart {
        year: Option<YearRef>,
        part: YearPart,
    },
    Holiday {
        holiday: u8,
        year: Option<YearRef>,
    },
    Shift {
        count: Count,
        after: bool,
        unit: DateUnit,
        origin: Origin,
    },
    Named {
        which: Which,
        target: Target,
    },
    /// A weekday of a relative week: `Monday last week`, `Thursday next week`.
    WeekdayOf {
        weekday: i8,
        weeks: i32,
    },
    /// No day at all: a clock or a part of the day alone.
    Open,
}

/// One date or time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub stretch: Stretch,
    pub part: Option<Part>,
    pub clock: Option<ClockWords>,
    pub modifier: Option<DateModifier>,
}

impl Point {
    pub(crate) const fn of(stretch: Stretch) -> Self {
        Self { stretch, part: None, clock: None, modifier: None }
    }

    pub(crate) const fn day(year: Option<YearRef>, month: Option<i8>, day: Option<i8>, weekday: Option<i8>) -> Self {
        Self::of(Stretch::Day { year, month, day, weekday })
    }

    /// Whether it may be one day, so that a part of the day or a clock can follow.
    pub(crate) fn is_day(&self) -> bool {
        match &self.stretch {
            Stretch::Day { day, weekday, .. } => day.is_some() || weekday.is_some(),
            Stretch::Shift { unit, .. } | Stretch::Named { target: Target::Unit(unit), .. } => *unit == DateUnit::Day,
            Stretch::Figures { .. } | Stretch::Holiday { .. } | Stretch::WeekdayOf { .. } => true,
            Stretch::Named { target, .. } => matches!(target, Target::Weekday(_) | Target::Holiday(_)),
            _ => false,
        }
    }
}

/// One end of an interval, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// From its beginning on.
    From,
    /// Once it is over.
    After,
    /// Up to its end.
    To,
    /// Up to its end, `by`.
    By,
    /// Up to its beginning.
    Before,
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Point(Point),
    /// From one to the other, both included; token ranges of both.
    Between(Point, Point),
    Half(Open, Point),
    /// An interval that an event begins (or ends, for `until`).
    Event {
        from: bool,
        start: usize,
        end: usize,
    },
    /// `since then`.
    SinceEarlier,
    /// `at the time`: that of what was told before.
    AtEarlier,
    /// A length that ends (or begins) at the anchor: `the past two weeks`.
    Run {
        count: Count,
        unit: DateUnit,
        after: bool,
        modifier: Option<DateModifier>,
    },
    Duration {
        parts: Vec<(Count, DateUnit)>,
        modifier: Option<DateModifier>,
        /// After `in` or `within`: counted from the anchor where the tense is future.
        ahead: bool,
    },
    /// A set with its TIMEX3 value.
    Set(String, DateUnit),
    /// `recently`, `currently`, `soon`.
    Vague(&'static str),
    /// Read and left out: an age, a name.
    Nothing,
}

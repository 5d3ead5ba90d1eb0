//! What a temporal expression of a text is found to say. Only the outcome: reading and counting stand beside this.

use jiff::civil;
use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

/// A stretch of the calendar or the clock: how finely a date is stated, or what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateUnit {
    /// A second of the clock.
    Second,
    /// A minute of the clock.
    Minute,
    /// An hour of the clock.
    Hour,
    /// Morning, midday, afternoon, evening or night.
    PartOfDay,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// A week from Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season: three months of the north's meteorological year; winter is named by the year in which it begins.
    Season,
    /// Half a year.
    HalfYear,
    /// A calendar year. A fiscal year too, whose bounds depend on whose it is.
    Year,
    /// Ten years from one that ends in 0.
    Decade,
    /// A hundred years from one that ends in 00, as newspapers count them.
    Century,
}

/// What a temporal expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// One stretch of the calendar: a day, a week, a year.
    Date,
    /// Something finer than a day.
    Time,
    /// A stretch with two ends of its own, or with one end and open at the other.
    Interval,
    /// A length of time that stands nowhere on the calendar.
    Duration,
    /// Something that comes again: `every Monday`, `twice a week`.
    Set,
}

/// Words that narrow or blur a value. Of its bounds only those of `Earlier`, `Later`, `After`, `Before` and `By` are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateModifier {
    /// In its first part: `early 2022`, `the start of the week`.
    Early,
    /// About its middle: `mid-March`.
    Mid,
    /// In its last part: `late 2022`, `the end of the year`.
    Late,
    /// Between its beginning and the anchor: `earlier this month`.
    Earlier,
    /// Between the anchor and its end: `later this month`.
    Later,
    /// Near it: `about two years ago`, `around noon`.
    About,
    /// Not before it ends: `after Friday`; the value is Friday, the bounds begin with the day behind it.
    After,
    /// Not once it has begun: `before Friday`; the bounds end with the day in front of it.
    Before,
    /// At the latest in it: `by Friday`; the bounds end with it.
    By,
    /// More than this length: `more than two weeks`.
    MoreThan,
    /// Less than this length: `nearly two weeks`, `less than a year`.
    LessThan,
    /// This length or more.
    AtLeast,
    /// This length or less: `up to a year`.
    AtMost,
}

/// From where an expression was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateAnchor {
    /// From nothing: the expression is whole in itself, or is a length.
    Whole,
    /// From the article's dateline.
    Dateline,
    /// From the article's day of publication.
    Publication,
    /// From another expression of the text, at this range.
    Expression(TextRange),
    /// From an event that the text names at this range; its day is not known here.
    Event(TextRange),
    /// It needs a day to be counted from, and there is none: its value is relative.
    Missing,
}

/// First and last day that a value can be, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBounds {
    /// It stands nowhere on the calendar, or not without an anchor.
    Unknown,
    /// Within these days.
    Closed {
        /// The first day.
        start: civil::Date,
        /// The last day.
        end: civil::Date,
    },
    /// From a day on.
    OpenEnd {
        /// The first day; `None` where an event begins it whose day is not known.
        start: Option<civil::Date>,
    },
    /// Up to a day.
    OpenStart {
        /// The last day; `None` where an event ends it whose day is not known.
        end: Option<civil::Date>,
    },
}

impl DateBounds {
    /// The first day, where there is one and it is known.
    pub const fn start(self) -> Option<civil::Date> {
        match self {
            Self::Closed { start, .. } => Some(start),
            Self::OpenEnd { start } => start,
            Self::Unknown | Self::OpenStart { .. } => None,
        }
    }

    /// The last day, where there is one and it is known.
    pub const fn end(self) -> Option<civil::Date> {
        match self {
            Self::Closed { end, .. } => Some(end),
            Self::OpenStart { end } => end,
            Self::Unknown | Self::OpenEnd { .. } => None,
        }
    }
}

/// On which side of its anchor something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateDirection {
    /// Before it.
    Before,
    /// In the same unit: `this week`, `the same day`.
    Same,
    /// After it.
    After,
}

/// A distance from an anchor: `two days ago` is 2 days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RelativeDate {
    /// How many hundredths of the unit; `None` where the text does not say (`several years ago`).
    pub hundredths: Option<u32>,
    /// What is counted.
    pub unit: DateUnit,
    /// To which side.
    pub direction: DateDirection,
}

/// A time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateClock {
    /// 0 to 24; 24 only as 24:00, the end of the day.
    pub hour: i8,
    /// 0 to 59, where stated.
    pub minute: Option<i8>,
    /// 0 to 59, where stated.
    pub second: Option<i8>,
    /// The zone's words in the text.
    pub zone: Option<TextRange>,
    /// The zone's minutes east of Greenwich; `None` where its words leave that open (`local time`, `ET`).
    pub offset_minutes: Option<i16>,
}

/// One way to take a temporal expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateValue {
    /// TIMEX3 value: `2024-11-07`, `2024-W45`, `2024-SU`, `2024-11-07TNI`, `P2W`; `XXXX-WXX-4` where the anchor is missing;
    /// an interval between two dates as ISO 8601-2 has it, `2014/2016`, `2014/..`; one that ends or begins at the anchor as
    /// its length (`the past two weeks`: `P2W`, its days are in `bounds`); `PAST_REF`, `PRESENT_REF`, `FUTURE_REF` where the
    /// words say no more. `None` where only a relative value is known.
    pub timex: Option<String>,
    /// The days in which it lies.
    pub bounds: DateBounds,
    /// How finely it is stated.
    pub granularity: DateUnit,
    /// Its time of the clock, if it states one.
    pub clock: Option<DateClock>,
    /// Why this value: the rule in a few words, for people.
    pub reason: String,
}

/// One temporal expression of a text, with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateExpression {
    /// Its words; with the preposition where that is part of the value (`since 2014`, `by Friday`).
    pub range: TextRange,
    /// What it is.
    pub kind: DateKind,
    /// The value taken first.
    pub value: DateValue,
    /// Other values that its words leave open, the likelier first.
    pub alternatives: Vec<DateValue>,
    /// What narrows or blurs it.
    pub modifier: Option<DateModifier>,
    /// From where it was counted.
    pub anchor: DateAnchor,
    /// The distance that its words state, whether or not there is an anchor.
    pub relative: Option<RelativeDate>,
}

/// From where the dates of an article are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateAnchors {
    /// The dateline's day.
    pub dateline: Option<civil::Date>,
    /// The day of publication.
    pub publication: Option<civil::Date>,
    /// The day on which the bytes were received: an anchor after it gets a diagnostic.
    pub received: Option<civil::Date>,
    /// How the outlet writes `03/05/2031`.
    pub order: DayOrder,
}

/// The order of day and month in dates of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    /// Not known: the day nearer to the anchor comes first, then month before day; the other one is kept.
    #[default]
    Unknown,
    /// Day before month, as in Britain.
    DayFirst,
    /// Month before day, as in the United States.
    MonthFirst,
}

//! The claim over time: who said what when, as a picture with its table; each change of standing; links to every moment. Not the changes: those of the view.

use jiff::Timestamp;
use onrecord::link::position::Stance;
use onrecord::wire::claim::{ChangeLine, ClaimView, HeldLine, PositionLine, terms};

use crate::asked::Asked;
use crate::moment;
use crate::shell::Links;
use crate::shown::{Quote, origins, standing_class};

/// Parties of the picture.
const MOST_PARTIES: usize = 18;
/// Sayings of one party in it.
const MOST_MARKS: usize = 40;
/// Changes that are listed.
const MOST_CHANGES: usize = 60;
/// Days on the axis.
const MOST_TICKS: i64 = 6;

/// The claim over time.
pub struct Time {
    /// Stretches of one standing.
    pub bands: Vec<Band>,
    /// The parties.
    pub rows: Vec<Row>,
    /// Days of the axis.
    pub ticks: Vec<Tick>,
    /// What the picture shows, in words.
    pub says: String,
    /// The changes.
    pub changes: Vec<Change>,
    /// Moments to look from.
    pub moments: Vec<Moment>,
    /// How many parties are left out.
    pub more: usize,
}

/// A stretch of one standing.
pub struct Band {
    /// Where it begins, in per cent of the width.
    pub x: String,
    /// How long it is.
    pub width: String,
    /// Its class.
    pub class: &'static str,
    /// What it is, for a reader who points at it.
    pub label: String,
}

/// A party.
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its sayings.
    pub marks: Vec<Mark>,
}

/// A saying.
pub struct Mark {
    /// Where it stands.
    pub x: String,
    /// Its class: `affirm`, `deny`, `open`, `back`.
    pub class: &'static str,
    /// What it is, in words.
    pub label: String,
    /// To its words.
    pub href: String,
}

/// A day of the axis.
pub struct Tick {
    /// Where it stands.
    pub x: String,
    /// The day.
    pub words: String,
}

/// A change of standing.
pub struct Change {
    /// When.
    pub when: String,
    /// The same for machines.
    pub machine: String,
    /// The record at that moment.
    pub href: String,
    /// The standing.
    pub words: &'static str,
    /// Its class.
    pub class: &'static str,
    /// Origins then.
    pub origins: String,
    /// The life, where it is not current.
    pub life: Option<&'static str>,
    /// Why.
    pub reason: &'static str,
    /// The words, where they are other ones than before.
    pub quote: Option<Quote>,
}

/// A moment to look from.
pub struct Moment {
    /// In words.
    pub words: String,
    /// The record then.
    pub href: String,
    /// Whether it is the one that is shown.
    pub on: bool,
}

/// A span of time laid on a width.
struct Scale {
    from: i64,
    to: i64,
}

impl Scale {
    fn new(moments: impl Iterator<Item = Timestamp> + Clone) -> Option<Self> {
        let from = moments.clone().min()?.as_second();
        let to = moments.max()?.as_second();
        // A single moment stands in the middle of a day.
        Some(if to - from < 3600 { Self { from: from - 43_200, to: to + 43_200 } } else { Self { from, to } })
    }

    /// The place of a moment in hundredths of a per cent; the ends stand off the edge.
    fn place(&self, at: Timestamp) -> i64 {
        let (part, whole) = (at.as_second().clamp(self.from, self.to) - self.from, self.to - self.from);
        200 + i64::try_from(i128::from(part) * 9600 / i128::from(whole.max(1))).unwrap_or(0)
    }
}

/// Hundredths of a per cent as they stand in a picture.
pub fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl Time {
    /// As a page shows it.
    pub fn new(view: &ClaimView, asked: &Asked, links: &Links) -> Self {
        let said = view.positions.iter().flat_map(all).filter_map(|held| when(held));
        let changed = view.timeline.iter().map(|change| change.at);
        let reported = [view.coverage.from, view.coverage.to].into_iter().flatten();
        let moments: Vec<Timestamp> = said.chain(changed).chain(reported).collect();
        let scale = Scale::new(moments.iter().copied());
        let shown: Vec<&PositionLine> = ordered(view);
        let rows = scale.iter().flat_map(|scale| shown.iter().take(MOST_PARTIES).map(|one| row(one, scale, links)));
        let rows: Vec<Row> = rows.collect();
        Self {
            says: says(view, &rows),
            bands: scale.as_ref().map(|scale| bands(&view.timeline, scale)).unwrap_or_default(),
            ticks: scale.as_ref().map(ticks).unwrap_or_default(),
            rows,
            changes: changes(view, asked, links),
            moments: self::moments(view, asked),
            more: shown.len().saturating_sub(MOST_PARTIES),
        }
    }
}

/// Everything that a party said, whatever became of it.
fn all(line: &PositionLine) -> impl Iterator<Item = &HeldLine> {
    line.current.iter().chain(&line.beside).chain(&line.context).chain(&line.earlier)
}

fn when(held: &HeldLine) -> Option<Timestamp> {
    held.latest.or(held.earliest)
}

/// Parties before outlets in their own voice, each in the order of the view.
fn ordered(view: &ClaimView) -> Vec<&PositionLine> {
    let (outlets, parties): (Vec<_>, Vec<_>) = view.positions.iter().partition(|one| one.party.kind == "outlet");
    parties.into_iter().chain(outlets).filter(|one| all(one).any(|held| when(held).is_some())).collect()
}

fn row(line: &PositionLine, scale: &Scale, links: &Links) -> Row {
    let mut held: Vec<(&HeldLine, Timestamp)> = all(line).filter_map(|held| Some((held, when(held)?))).collect();
    held.sort_by_key(|(_, at)| *at);
    let mark = |(held, at): (&HeldLine, Timestamp)| {
        let quote = held.quotes.first().map(|relay| Quote::new(&relay.quote, links));
        let outlet = quote.as_ref().map_or_else(String::new, |quote| format!(" ({})", quote.outlet));
        Mark {
            x: percent(scale.place(at)),
            class: match held.stance {
                Stance::Affirms => "affirm",
                Stance::Denies => "deny",
                Stance::TakesBack => "back",
                Stance::Open => "open",
            },
            label: format!("{}: {} {}{outlet}", moment::moment_day(at), line.party.name, terms::did(held.act)),
            href: quote.map_or_else(|| "#sides".to_owned(), |quote| quote.href),
        }
    };
    Row { name: line.party.name.clone(), marks: held.into_iter().take(MOST_MARKS).map(mark).collect() }
}

fn bands(timeline: &[ChangeLine], scale: &Scale) -> Vec<Band> {
    let ends = timeline.iter().skip(1).map(|next| scale.place(next.at)).chain([10_000]);
    let band = |(change, end): (&ChangeLine, i64)| {
        let start = scale.place(change.at);
        Band {
            x: percent(start),
            width: percent((end - start).max(20)),
            class: standing_class(change.standing),
            label: format!("from {}: {}", moment::moment_day(change.at), change.words),
        }
    };
    timeline.iter().zip(ends).map(band).collect()
}

/// Days of the axis at midnight UTC, so far apart that few are needed; of long spans the first days of years.
fn ticks(scale: &Scale) -> Vec<Tick> {
    const DAY: i64 = 86_400;
    let tick = |at: Timestamp, form: &str| Tick { x: percent(scale.place(at)), words: at.strftime(form).to_string() };
    let days = (scale.to - scale.from) / DAY;
    if let Some(step) = [1, 2, 3, 7, 14, 30, 61, 91].into_iter().find(|step| days / step < MOST_TICKS) {
        let first = scale.from.div_euclid(DAY) + i64::from(scale.from.rem_euclid(DAY) > 0);
        let days = (first..=scale.to.div_euclid(DAY)).step_by(step as usize);
        return days.filter_map(|day| Some(tick(Timestamp::from_second(day * DAY).ok()?, "%-d %b"))).collect();
    }
    let year = |second: i64| Timestamp::from_second(second).ok().map(|at| jiff::tz::Offset::UTC.to_datetime(at).year());
    let (Some(first), Some(last)) = (year(scale.from), year(scale.to)) else { return Vec::new() };
    let years = i64::from(last) - i64::from(first);
    let step = [1, 2, 5, 10, 50, 100].into_iter().find(|step| years / step < MOST_TICKS).unwrap_or(1000);
    let years = (first..=last).filter(|year| i64::from(*year) % step == 0);
    let begins = |year: i16| jiff::tz::Offset::UTC.to_timestamp(jiff::civil::date(year, 1, 1).at(0, 0, 0, 0)).ok();
    years.filter_map(begins).filter(|at| at.as_second() >= scale.from).map(|at| tick(at, "%Y")).collect()
}

fn says(view: &ClaimView, rows: &[Row]) -> String {
    let count: usize = rows.iter().map(|row| row.marks.len()).sum();
    let span = moment::span(view.coverage.from, view.coverage.to);
    format!("{count} sayings of {} parties, {span}; the standing is {} at the end.", rows.len(), view.standing.words)
}

fn changes(view: &ClaimView, asked: &Asked, links: &Links) -> Vec<Change> {
    let mut last: Option<&str> = None;
    let mut found = Vec::new();
    for change in view.timeline.iter().take(MOST_CHANGES) {
        // Words that decided before are not said again.
        let quote = change.quotes.first().filter(|quote| last != Some(quote.words.as_str()));
        last = quote.map(|quote| quote.words.as_str()).or(last);
        let machine = moment::machine(change.at);
        found.push(Change {
            when: moment::moment(change.at),
            href: asked.params.with("as-of", Some(&machine)).href(&path(view)),
            machine,
            words: change.words,
            class: standing_class(change.standing),
            origins: origins(change.least, change.unknown),
            life: (change.life != "current").then_some(change.life),
            reason: change.reason.unwrap_or(change.rule),
            quote: quote.map(|quote| Quote::new(quote, links)),
        });
    }
    found
}

fn path(view: &ClaimView) -> String {
    format!("/claim/{}", view.claim)
}

/// Every moment at which the standing changed, and now.
fn moments(view: &ClaimView, asked: &Asked) -> Vec<Moment> {
    let shown = view.as_of.as_ref().map(onrecord::evidence::Time::latest);
    let on = view.moments.iter().rev().find(|at| shown.is_some_and(|shown| **at <= shown));
    let moment = |at: &Timestamp| Moment {
        words: at.strftime("%-d %b %Y, %H:%M").to_string(),
        href: asked.params.with("as-of", Some(&moment::machine(*at))).href(&path(view)),
        on: on == Some(at),
    };
    let mut found: Vec<Moment> = view.moments.iter().take(MOST_CHANGES).map(moment).collect();
    found.push(Moment {
        words: "now".to_owned(),
        href: asked.params.with("as-of", None).href(&path(view)),
        on: shown.is_none(),
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_laid_on_a_width() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let check = |moments: &[&str], one: &str, place: &str, days: &[&str]| {
            let moments: Vec<Timestamp> = moments.iter().map(|text| at(text)).collect();
            let scale = Scale::new(moments.iter().copied()).unwrap();
            assert_eq!(percent(scale.place(at(one))), place, "{moments:?}");
            assert_eq!(ticks(&scale).into_iter().map(|tick| tick.words).collect::<Vec<_>>(), days, "{moments:?}");
        };
        let (first, last) = ("2031-03-06T00:00:00Z", "2031-03-10T00:00:00Z");
        check(&[first, last], "2031-03-08T00:00:00Z", "50.00%", &["6 Mar", "7 Mar", "8 Mar", "9 Mar", "10 Mar"]);
        check(&[first, last], "2030-01-01T00:00:00Z", "2.00%", &["6 Mar", "7 Mar", "8 Mar", "9 Mar", "10 Mar"]);
        check(&[first], first, "50.00%", &["6 Mar"]);
        check(&["2000-01-01T00:00:00Z", "2030-12-31T00:00:00Z"], last, "98.00%", &["2000", "2010", "2020", "2030"]);
        assert!(Scale::new([].into_iter()).is_none());
    }
}

//! The figures that are found in the Wikinews articles against their gold: number, unit, bound, what is counted.

use std::error::Error;

use onrecord::annotate::figures::{BoundKind, Decimal, Figure, FigureKind, FigureTable, Unit, Value, figures};
use onrecord::annotate::sentences;
use onrecord::evidence::TextRange;

use crate::answers::{Answer, Answers};
use crate::facts::{DATA, Facts, GoldFigure, Placed, fold, matched};
use crate::results::Results;
use crate::root;

const STAGE: &str = "figures";

/// What came of one gold figure: the answer to each question about it.
struct Judged {
    /// Number and unit.
    value: Answer,
    number: bool,
    unit: bool,
    bound: bool,
    counted: Option<bool>,
    doubt: bool,
    open: bool,
}

/// Scores the stage on the articles; `wrong`: lists what is wrong in the articles that may be read.
pub fn score(facts: &[Facts], table: &FigureTable, wrong: bool, results: &mut Results) {
    let (mut judged, mut spurious) = (Vec::new(), 0);
    for (article, facts) in facts.iter().enumerate() {
        let (mut found, _) = figures(&facts.text, &sentences(&facts.text, &[]), table);
        found.retain(counts_or_measures);
        let ranges: Vec<_> = found.iter().map(|found| found.range).collect();
        let gold: Vec<_> = facts.figures.iter().map(Placed::range).collect();
        let matched = matched(&gold, &ranges);
        spurious += matched.spurious;
        for (gold, index) in facts.figures.iter().zip(matched.found) {
            let found = index.and_then(|index| found.get(index));
            let one = judge(article, facts, gold, found);
            if wrong && facts.open && !(one.value.right && one.bound && one.counted != Some(false)) {
                show(&facts.text, gold, found, &one);
            }
            judged.push(one);
        }
    }
    results.clear(STAGE, DATA);
    let values =
        |keep: &dyn Fn(&Judged) -> bool| Answers(judged.iter().filter(|one| keep(one)).map(|one| one.value).collect());
    let all = values(&|_| true);
    all.report(results, STAGE, DATA, "value accuracy");
    all.report_curve(results, STAGE, DATA, "value accuracy");
    values(&|one| !one.doubt).report(results, STAGE, DATA, "value accuracy without doubt");
    values(&|one| one.open).report_accuracy(results, STAGE, DATA, "value accuracy where errors were read");
    values(&|one| !one.open).report_accuracy(results, STAGE, DATA, "value accuracy where none was read");
    let parts = |right: &dyn Fn(&Judged) -> Option<bool>| {
        let of = |one: &Judged| Some(Answer { right: right(one)?, ..one.value });
        Answers(judged.iter().filter_map(of).collect())
    };
    parts(&|one| Some(one.number)).report_accuracy(results, STAGE, DATA, "number accuracy");
    parts(&|one| Some(one.unit)).report_accuracy(results, STAGE, DATA, "unit accuracy");
    parts(&|one| Some(one.bound)).report_accuracy(results, STAGE, DATA, "bound accuracy");
    parts(&|one| one.counted).report_accuracy(results, STAGE, DATA, "counted accuracy");
    let whole = |one: &Judged| Some(one.value.right && one.bound && one.counted != Some(false));
    parts(&whole).report_accuracy(results, STAGE, DATA, "value bound and counted accuracy");
    results.add(STAGE, DATA, "spurious an article", spurious as f64 / facts.len().max(1) as f64, None);
}

/// The table as it lies.
///
/// # Errors
/// It cannot be read, or is none.
pub fn table() -> Result<FigureTable, Box<dyn Error>> {
    Ok(FigureTable::parse(&std::fs::read_to_string(root().join("models/figures/figures.toml"))?)?)
}

/// The gold has neither ages nor ordinals nor lengths of time; they are no answer, right or spurious.
fn counts_or_measures(figure: &Figure) -> bool {
    let duration = matches!(&figure.unit, Unit::Measure { dimension, .. } if dimension == "duration");
    figure.kind == FigureKind::Quantity && !duration
}

fn judge(article: usize, facts: &Facts, gold: &GoldFigure, found: Option<&Figure>) -> Judged {
    let number = found.is_some_and(|found| same_number(gold, &found.value));
    let unit = found.is_some_and(|found| same_unit(&gold.unit, found));
    // The stage has no confidence of its own: the more readings its words leave, the less sure.
    let confidence = found.map_or(0.0, |found| 1.0 / (1.0 + found.others.len() as f64));
    Judged {
        value: Answer { article, given: found.is_some(), right: number && unit, confidence },
        number,
        unit,
        bound: found.is_some_and(|found| gold.bound == bound(found)),
        counted: gold.counted().map(|gold| found.is_some_and(|found| same_counted(&facts.text, gold, found))),
        doubt: gold.doubt.is_some(),
        open: facts.open,
    }
}

fn show(text: &str, gold: &GoldFigure, found: Option<&Figure>, judged: &Judged) {
    let words = |range: TextRange| range.slice(text).unwrap_or_default();
    let mut wrong = Vec::new();
    wrong.extend((!judged.number).then_some("number"));
    wrong.extend((!judged.unit).then_some("unit"));
    wrong.extend((!judged.bound).then_some("bound"));
    wrong.extend((judged.counted == Some(false)).then_some("counted"));
    let found = found.map(|found| {
        let counted = found.counted.map(|counted| words(counted.range));
        format!("{:?} {:?} {:?} {:?} {counted:?}", words(found.range), found.value, found.unit, found.bounds)
    });
    let number = [&gold.value, &gold.low, &gold.high].map(|number| number.as_deref().unwrap_or_default()).join(" ");
    let counted = gold.counted().map(words);
    let gold_words = words(gold.range());
    println!(
        "wrong {}: {gold_words:?} {number} {} {} {counted:?} {}: {}",
        wrong.join(", "),
        gold.bound,
        gold.unit,
        gold.doubt.as_deref().unwrap_or_default(),
        found.unwrap_or_else(|| "not found".into())
    );
}

/// Equal as numbers. Of a vague one ("several thousand") the table's lower end must have as many digits as the gold's number word.
fn same_number(gold: &GoldFigure, found: &Value) -> bool {
    let number = |number: &Option<String>| number.as_deref().and_then(|number| number.parse::<f64>().ok());
    let of = |decimal: &Decimal| decimal.to_string().parse::<f64>().unwrap_or(f64::NAN);
    match (found, number(&gold.value), number(&gold.low), number(&gold.high)) {
        (Value::Number(found), Some(gold), _, _) => near(of(found), gold),
        (Value::Ratio { part, whole }, Some(gold), _, _) => near(of(part), gold * of(whole)),
        (Value::Range { low, high }, None, Some(from), Some(to)) => near(of(low), from) && near(of(high), to),
        (Value::Vague { low: Some(low), .. }, None, Some(gold), None) => {
            of(low).log10().floor() == gold.log10().floor()
        }
        _ => false,
    }
}

/// Equal but for the last bits of a quotient.
pub fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs())
}

/// The gold's name of a unit and ours. We have no unit for magnitudes: they are counts.
fn same_unit(gold: &str, found: &Figure) -> bool {
    let measure = |expected: &str| matches!(&found.unit, Unit::Measure { name, .. } if name == expected);
    match gold {
        "count" => found.unit == Unit::Count,
        "magnitude" => found.unit == Unit::Count || measure("magnitude"),
        "percent" => found.unit == Unit::PerCent,
        "fraction" => found.unit == Unit::Share,
        "km" => measure("kilometre"),
        "mi" => measure("mile"),
        "ft" => measure("foot"),
        "m" => measure("metre"),
        "mph" => measure("mile per hour"),
        "km/h" => measure("kilometre per hour"),
        "kg" => measure("kilogram"),
        "ft2" => measure("square foot"),
        currency => {
            matches!(&found.unit, Unit::Money { codes, .. } if codes.first().is_some_and(|code| code == currency))
        }
    }
}

/// The gold's word for the first bound. It calls "nearly" `about`, "as many as" `at-most`, and the one of "all but one" `exact`.
fn bound(found: &Figure) -> &'static str {
    if matches!(found.value, Value::Vague { .. }) {
        return "vague";
    }
    match found.bounds.first().map(|bound| bound.kind) {
        None | Some(BoundKind::Exactly | BoundKind::AllBut) => "exact",
        Some(BoundKind::AtLeast) => "at-least",
        Some(BoundKind::MoreThan) => "more-than",
        Some(BoundKind::AtMost | BoundKind::AsManyAs) => "at-most",
        Some(BoundKind::FewerThan) => "less-than",
        Some(BoundKind::About | BoundKind::Nearly) => "about",
    }
}

/// The counted noun lies within the gold's words, or is the same word at another mention.
fn same_counted(text: &str, gold: TextRange, found: &Figure) -> bool {
    let Some(counted) = found.counted else { return false };
    let words = |range: TextRange| fold(range.slice(text).unwrap_or_default());
    let (head, gold_words) = (words(counted.head), words(gold));
    gold.contains(counted.head)
        || counted.range.contains(gold)
        || gold_words.split(' ').next_back() == Some(head.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks of the first figure of an invented text: number, unit, bound, counted.
    fn check(text: &str, counted: &str, gold: &str, expect: [bool; 4]) {
        let start = text.find(counted).unwrap() as u32;
        let gold = format!(r#"{{"range":[0,0],"counted":[{start},{}],{gold}}}"#, start + counted.len() as u32);
        let gold: GoldFigure = serde_json::from_str(&gold).unwrap();
        let (found, _) = figures(text, &sentences(text, &[]), &table().unwrap());
        let found = found.iter().find(|found| counts_or_measures(found)).unwrap();
        let given = [
            same_number(&gold, &found.value),
            same_unit(&gold.unit, found),
            gold.bound == bound(found),
            same_counted(text, gold.counted().unwrap(), found),
        ];
        assert_eq!(given, expect, "{text}: {found:#?}");
    }

    #[test]
    fn figures_are_compared() {
        let text = "At least 1.3 million people fled the Lindholt valley.";
        check(text, "people", r#""value":"1300000","bound":"at-least","unit":"count""#, [true; 4]);
        check(text, "Lindholt valley", r#""value":"13","bound":"exact","unit":"percent""#, [false; 4]);
        check(
            "A quarter of the members left.",
            "members",
            r#""value":"0.25","bound":"exact","unit":"fraction""#,
            [true; 4],
        );
        let text = "The council spent between $5 and $7 million on roads.";
        let gold = r#""low":"5000000","high":"7000000","bound":"exact","unit":"USD""#;
        check(text, "roads", gold, [true, true, true, false]);
    }
}

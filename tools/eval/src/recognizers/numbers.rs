//! Numbers, shares, money, measures, ages and ordinals of the specs against our figures.

use onrecord::annotate::figures::Value::{Number, Range, Ratio, Vague};
use onrecord::annotate::figures::{BoundKind, Decimal, Figure, FigureKind, FigureTable, Unit, Value, figures};
use onrecord::annotate::sentences;

use super::{Case, Expected};
use crate::figures::near;

/// Whether the figures of the case's input are those that the model of the file `name` expects.
pub fn passes(name: &str, case: &Case, table: &FigureTable) -> bool {
    let (mut found, _) = figures(&case.input, &sentences(&case.input, &[]), table);
    found.retain(|found| wanted(name, found));
    case.passes(&found, |found| found.range, |found, expected| same(name, found, expected))
}

/// Which of our figures the model of a file is about.
fn wanted(name: &str, found: &Figure) -> bool {
    let dimension = |wanted: &str| matches!(&found.unit, Unit::Measure { dimension, .. } if dimension == wanted);
    if name.starts_with("NumberRange") {
        return found.kind == FigureKind::Quantity && (!found.bounds.is_empty() || matches!(found.value, Range { .. }));
    }
    match name {
        name if name.starts_with("Number") => found.kind != FigureKind::Ordinal && !matches!(found.value, Vague { .. }),
        name if name.starts_with("Ordinal") => found.kind == FigureKind::Ordinal,
        name if name.starts_with("Percent") => found.unit == Unit::PerCent,
        "AgeModel" => found.kind == FigureKind::Age,
        "CurrencyModel" => matches!(found.unit, Unit::Money { .. }),
        "TemperatureModel" => dimension("temperature"),
        _ => matches!(found.unit, Unit::Measure { .. }) && !dimension("temperature") && !dimension("duration"),
    }
}

fn same(name: &str, found: &Figure, expected: &Expected) -> bool {
    let text = |key: &str| expected.value.get(key).and_then(serde_json::Value::as_str);
    let Some(value) = text("value") else { return false };
    if name.starts_with("NumberRange") {
        return same_range(found, value);
    }
    let number = value.trim_end_matches('%').parse().ok().is_some_and(|value: f64| same_number(&found.value, value));
    let unit = match (name, &found.unit) {
        ("CurrencyModel", Unit::Money { codes, .. }) => {
            text("isoCurrency").is_none_or(|code| codes.iter().any(|one| one == code))
        }
        ("AgeModel" | "DimensionModel" | "TemperatureModel", Unit::Measure { name, .. }) => {
            text("unit").is_some_and(|unit| same_unit(name, unit))
        }
        ("AgeModel", _) => text("unit") == Some("Year"),
        _ => true,
    };
    number && unit
}

fn same_number(found: &Value, wanted: f64) -> bool {
    match found {
        Number(found) => near(number(found), wanted),
        Ratio { part, whole } => near(number(part), wanted * number(whole)),
        Range { .. } | Vague { .. } => false,
    }
}

fn number(decimal: &Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

/// The specs' name of a unit and ours, which is the British one.
fn same_unit(ours: &str, specs: &str) -> bool {
    let plain = |name: &str| {
        let name = name.to_lowercase().replace("meter", "metre").replace("liter", "litre").replace(['-', '_'], " ");
        name.trim_end_matches('s').to_owned()
    };
    match specs {
        "C" => ours == "degree celsius",
        "F" => ours == "degree fahrenheit",
        "K" => ours == "kelvin",
        _ => plain(ours) == plain(specs),
    }
}

/// `(20,35]`: ends that are part of the range stand beside a square bracket; one that is not there is open.
fn same_range(found: &Figure, wanted: &str) -> bool {
    let Some((low, high)) = wanted.trim_matches(['(', ')', '[', ']']).split_once(',') else { return false };
    let end = |text: &str| text.parse::<f64>().ok();
    match (&found.value, end(low), end(high)) {
        (Range { low, high }, Some(from), Some(to)) => near(number(low), from) && near(number(high), to),
        (Number(value), Some(from), None) => {
            let open = if wanted.starts_with('(') { BoundKind::MoreThan } else { BoundKind::AtLeast };
            near(number(value), from) && found.bounds.iter().any(|bound| bound.kind == open)
        }
        (Number(value), None, Some(to)) => {
            let open = if wanted.ends_with(')') { BoundKind::FewerThan } else { BoundKind::AtMost };
            near(number(value), to) && found.bounds.iter().any(|bound| bound.kind == open)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn numbers_and_units() {
        let case = |text: &str, value: &str| {
            format!(
                r#"{{"Input":"The mill used {text} of water.","Results":[{{"Text":"{text}","Start":14,"Resolution":{{{value}}}}}]}}"#
            )
        };
        check("NumberModel", &case("forty", r#""value":"40""#), true);
        check("NumberModel", &case("forty", r#""value":"41""#), false);
        check("PercentModel", &case("40 percent", r#""value":"40%""#), true);
        check("DimensionModel", &case("40 kilometers", r#""value":"40","unit":"Kilometer""#), true);
        check("DimensionModel", &case("40 kilometers", r#""value":"40","unit":"Mile""#), false);
        check("CurrencyModel", &case("$40", r#""value":"40","unit":"Dollar""#), true);
        check("NumberRangeModel", &case("more than 40 tons", r#""value":"(40,)""#), true);
        check("NumberRangeModel", &case("more than 40 tons", r#""value":"[40,)""#), false);
    }
}

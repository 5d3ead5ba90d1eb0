//! Dates, figures and other findings of a record as JSON: every range of the text inside of them becomes a span. Not what they mean.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};

use onrecord_evidence::TextRange;
use onrecord_record::Detail;

use crate::Span;

/// The spans of a record by their ranges.
pub(crate) struct Spans(HashMap<(u64, u64), Value>);

impl Spans {
    pub(crate) fn new<'a>(spans: impl Iterator<Item = (TextRange, &'a Span)>) -> Self {
        let key = |range: TextRange| (u64::from(range.start), u64::from(range.end));
        Self(spans.filter_map(|(range, span)| Some((key(range), serde_json::to_value(span).ok()?))).collect())
    }

    /// A finding as an object: its own words as `span`, each range inside of it as a span, `null` where the words are gone.
    pub(crate) fn object<T: Serialize>(&self, detail: &Detail<T>) -> Value {
        let finding = serde_json::to_value(&detail.finding).unwrap_or_default();
        let Value::Object(fields) = self.spanned(finding) else { return Value::Null };
        let mut object = Map::new();
        let range = detail.words.range();
        object.insert("span".to_owned(), self.span(u64::from(range.start), u64::from(range.end)));
        object.extend(fields.into_iter().filter(|(name, _)| name != "range"));
        Value::Object(object)
    }

    pub(crate) fn objects<T: Serialize>(&self, details: &[Detail<T>]) -> Vec<Value> {
        details.iter().map(|detail| self.object(detail)).collect()
    }

    /// The span of a range; `None` where its words are gone.
    pub(crate) fn span_of(&self, range: TextRange) -> Option<Value> {
        self.0.get(&(u64::from(range.start), u64::from(range.end))).cloned()
    }

    fn span(&self, start: u64, end: u64) -> Value {
        self.0.get(&(start, end)).cloned().unwrap_or_default()
    }

    /// `value` with each object of the two numbers `start` and `end` replaced by the span that stands there.
    fn spanned(&self, value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                if let (2, Some(start), Some(end)) = (
                    fields.len(),
                    fields.get("start").and_then(Value::as_u64),
                    fields.get("end").and_then(Value::as_u64),
                ) {
                    return self.span(start, end);
                }
                Value::Object(fields.into_iter().map(|(name, value)| (name, self.spanned(value))).collect())
            }
            Value::Array(values) => Value::Array(values.into_iter().map(|value| self.spanned(value)).collect()),
            other => other,
        }
    }
}

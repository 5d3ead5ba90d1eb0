//! Words of classes as every outward format writes them. Not their meaning.

use serde::Serialize;

/// The word of a class: that by which it is serialised.
pub fn word(class: impl Serialize) -> String {
    match serde_json::to_value(class) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(object)) => {
            let tag = object.get("kind").and_then(|kind| kind.as_str().map(str::to_owned));
            tag.or_else(|| object.keys().next().cloned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Words in one line.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

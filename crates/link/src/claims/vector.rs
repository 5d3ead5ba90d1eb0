//! Vectors of statements as text for keeping: two hexadecimal digits a byte. Not their meaning.

use onrecord_annotate::SentenceVector;
use serde::{Deserialize as _, Deserializer, Serializer, de};

pub(super) fn serialize<S: Serializer>(vector: &Option<SentenceVector>, serializer: S) -> Result<S::Ok, S::Error> {
    match vector {
        Some(vector) => serializer.collect_str(&hexadecimal(&vector.to_bytes())),
        None => serializer.serialize_none(),
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SentenceVector>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
    let vector = bytes.as_deref().and_then(SentenceVector::from_bytes);
    vector.map(Some).ok_or_else(|| de::Error::custom("expected the bytes of a vector in hexadecimal digits"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn byte(digits: &[u8]) -> Option<u8> {
    let [high, low] = digits else { return None };
    let value = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(value(*high)? * 16 + value(*low)?).ok()
}

//! Metadata in JSON-LD (schema.org), read leniently. Not a JSON-LD processor: contexts are ignored, the body text is not used.

use onrecord_evidence::RawRange;
use serde_json::Value;

use crate::metadata::{Field, Found, MetadataSource};

/// Notes what the article objects in `script` state; a script that is no JSON states nothing.
pub(super) fn read(script: &str, raw: Option<RawRange>, found: &mut Found) {
    let Some(value) = parse(script) else { return };
    let mut objects = Vec::new();
    collect(&value, &mut objects);
    let is_article = |object: &&Value| types(object).any(is_article_type);
    let articles: Vec<_> = objects.iter().copied().filter(is_article).collect();
    for article in articles {
        article_states(article, &objects, raw, found);
    }
}

fn article_states(article: &Value, objects: &[&Value], raw: Option<RawRange>, found: &mut Found) {
    let source = MetadataSource::JsonLd;
    let hints = &mut found.hints;
    for (hint, key) in [(&mut hints.description, "description"), (&mut hints.body, "articleBody")] {
        if let Some(words) = article[key].as_str().filter(|words| words.len() > hint.len()) {
            *hint = unescape(words);
        }
    }
    let mut note = |field, value: &str| found.words(field, source, &unescape(value), raw);
    if let Some(title) = article["headline"].as_str().or(article["name"].as_str()) {
        note(Field::Title, title);
    }
    let authors = names(&article["author"], objects);
    if !authors.is_empty() {
        note(Field::Byline, &authors.join(", "));
    }
    if let Some(outlet) = names(&article["publisher"], objects).first() {
        note(Field::Outlet, outlet);
    }
    let page = &article["mainEntityOfPage"];
    if let Some(address) = [&article["url"], page, &page["@id"]].iter().find_map(|value| value.as_str())
        && address.starts_with("http")
    {
        note(Field::Address, address);
    }
    if let Some(section) = first_word(&article["articleSection"]) {
        note(Field::Section, section);
    }
    if let Some(language) = first_word(&article["inLanguage"]) {
        note(Field::LanguageTag, language);
    }
    for (field, key) in [(Field::Published, "datePublished"), (Field::Modified, "dateModified")] {
        if let Some(time) = first_word(&article[key]) {
            found.time(field, source, time, raw);
        }
    }
}

/// Parses as JSON; else without what pages wrap around it, and with raw line breaks in strings made blanks.
fn parse(script: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let script = script.trim();
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let script: String =
        script.get(start..=end)?.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    serde_json::Deserializer::from_str(&script).into_iter().next()?.ok()
}

/// All objects in lists and graphs, in order. The parser's own limit on nesting bounds the recursion.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, objects)),
        Value::Object(fields) => {
            objects.push(value);
            for key in ["@graph", "mainEntity", "itemListElement"] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, objects);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kinds = &object["@type"];
    kinds.as_str().into_iter().chain(kinds.as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `LiveBlogPosting` and their kin.
fn is_article_type(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}

/// The names of one or several persons or organisations, given as words, objects, or references into the graph.
fn names(value: &Value, objects: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(values) => values.iter().flat_map(|value| names_of_one(value, objects)).collect(),
        _ => names_of_one(value, objects),
    }
}

fn names_of_one(value: &Value, objects: &[&Value]) -> Vec<String> {
    if let Some(name) = value.as_str() {
        return vec![name.to_owned()];
    }
    let own = &value["name"];
    if let Some(name) = own.as_str() {
        return vec![name.to_owned()];
    }
    if let Some(several) = own.as_array() {
        return several.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    let Some(id) = value["@id"].as_str() else { return Vec::new() };
    let same = objects.iter().find(|object| object["@id"].as_str() == Some(id) && object["name"].is_string());
    same.and_then(|object| object["name"].as_str()).map(str::to_owned).into_iter().collect()
}

fn first_word(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.as_array()?.first()?.as_str())
}

/// Entities within JSON strings, which the standard does not want and pages write all the same.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let tokens = super::tokens::Tokens::of(value);
    tokens.pieces.iter().map(|piece| piece.words(value)).collect()
}

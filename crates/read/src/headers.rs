//! What a server states about a page in header fields of HTTP: language, canonical address, the time of the last change. Not the charset: decoding
//! asks for that. All of it stands below what the page itself states.

use onrecord_evidence::{Delivery, Time, TimeSource};

use crate::metadata::{Field, Found, MetadataSource};
use crate::times;

/// Notes what the header fields state. `fetched` is when the page came.
pub(crate) fn stated(delivery: &Delivery, fetched: Option<&Time>, found: &mut Found) {
    let source = MetadataSource::Header;
    if let Some(tag) = delivery.header("content-language").filter(|value| is_one_tag(value)) {
        found.words(Field::LanguageTag, source, tag, None);
    }
    let links = delivery.headers.iter().filter(|(name, _)| name == "link");
    if let Some(address) = links.filter_map(|(_, value)| canonical(value)).find(|address| address.starts_with("http")) {
        found.words(Field::Address, source, address, None);
    }
    if let Some(changed) = delivery.header("last-modified")
        && !is_of_the_answer(changed, delivery, fetched)
    {
        found.time(Field::Modified, source, changed, None);
    }
}

/// Of several languages none is that of the article.
fn is_one_tag(value: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (2..=35).contains(&value.len()) && value.chars().all(is_letter)
}

/// Seconds between the last change and the answer within which the server made the page as it was asked for.
const AT_ONCE: i64 = 60;

/// Whether the last change is that of the answer rather than of the article: content systems that make a page for each request say so.
fn is_of_the_answer(changed: &str, delivery: &Delivery, fetched: Option<&Time>) -> bool {
    let parse = |value: &str| times::parse(value, TimeSource::Header);
    let Some(changed) = parse(changed) else { return false };
    let sent = delivery.header("date").and_then(parse);
    let is_near = |answer: &Time| answer.latest().as_second() - changed.earliest().as_second() <= AT_ONCE;
    sent.as_ref().or(fetched).is_some_and(is_near)
}

/// The target of the canonical link of a `Link` field (RFC 8288): the one with `rel=canonical` that is about the page itself.
fn canonical(value: &str) -> Option<&str> {
    let mut rest = value;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, behind) = link.split_once('>')?;
        let parameters = &behind[..end(behind)];
        rest = &behind[parameters.len()..];
        let named: Vec<_> = parameters.split(';').filter_map(|parameter| parameter.split_once('=')).collect();
        let value = |name: &str| {
            let (_, value) = named.iter().find(|(found, _)| found.trim().eq_ignore_ascii_case(name))?;
            Some(value.trim().trim_matches('"'))
        };
        let relations = value("rel").unwrap_or_default();
        let is_canonical =
            relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("canonical"));
        if is_canonical && value("anchor").is_none() {
            return Some(target.trim());
        }
    }
    None
}

/// Where the parameters of a link end: at the first comma outside of quotation marks.
fn end(parameters: &str) -> usize {
    let mut is_quoted = false;
    let comma = parameters.find(|letter| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    comma.unwrap_or(parameters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_link_is_found() {
        let check = |value: &str, expect: Option<&str>| assert_eq!(canonical(value), expect, "{value}");
        check("<https://post.example/call>; rel=\"canonical\"", Some("https://post.example/call"));
        check("<https://post.example/call>; rel=canonical", Some("https://post.example/call"));
        check(
            "</style,1.css>; rel=preload; title=\"a, <b>\", <https://post.example/call>;REL=\"shortlink Canonical\"",
            Some("https://post.example/call"),
        );
        check("<https://post.example/other>; rel=canonical; anchor=\"#part\"", None);
        check("<https://post.example/call>; rel=alternate", None);
        check("<https://post.example/call", None);
        check("", None);
    }

    #[test]
    fn a_change_at_the_moment_of_the_answer_is_none() {
        let check = |date: Option<&str>, fetched: Option<&str>, expect: bool| {
            let mut delivery = Delivery::default();
            if let Some(date) = date {
                delivery.keep_header("Date", date);
            }
            let fetched = fetched.and_then(|time| Time::parse(time, TimeSource::Received).ok());
            let found = is_of_the_answer("Thu, 06 Mar 2031 09:30:00 GMT", &delivery, fetched.as_ref());
            assert_eq!(found, expect, "{date:?} {fetched:?}");
        };
        check(Some("Thu, 06 Mar 2031 09:30:00 GMT"), None, true);
        check(Some("Thu, 06 Mar 2031 09:31:00 GMT"), None, true);
        check(Some("Thu, 06 Mar 2031 09:31:01 GMT"), None, false);
        // Before it was made.
        check(Some("Thu, 06 Mar 2031 09:00:00 GMT"), None, true);
        check(None, Some("2031-03-06T09:30:20Z"), true);
        check(None, Some("2031-03-07T09:30:20Z"), false);
        check(None, None, false);
    }
}

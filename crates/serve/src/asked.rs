//! What a browser asks for: path, parameters, and what of its header a page depends on. Taken apart once, with caps; not the answer.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::{SignedDuration, Timestamp};
use onrecord::evidence::ClaimId;
use onrecord::ledger::At;

use crate::moment;
use crate::params::Params;
use crate::reply::Problem;

/// The cookie that says when a reader last looked.
pub const LAST_LOOK: &str = "onrecord-looked";

/// Looks that are less than this apart are one.
const ONE_LOOK: SignedDuration = SignedDuration::from_mins(30);

/// When a reader looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// When the look before this one ended: what came in since is new to the reader.
    pub since: Timestamp,
}

impl Looked {
    /// What the browser remembers: until when the last but one look went, and when it last asked.
    fn read(text: &str, now: Timestamp) -> Option<Self> {
        let (since, last) = text.split_once('.')?;
        let moment = |text: &str| Timestamp::from_second(text.parse().ok()?).ok();
        let (since, last) = (moment(since)?, moment(last)?);
        Some(Self { since: if now.duration_since(last) > ONE_LOOK { last } else { since } })
    }

    /// What the browser is to remember.
    pub fn remember(before: Option<Self>, now: Timestamp) -> String {
        let since = before.map_or(now, |looked| looked.since);
        format!("{}.{}", since.as_second(), now.as_second())
    }
}

/// One question.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The segments of the path, decoded.
    pub path: Vec<String>,
    /// The parameters.
    pub params: Params,
    /// Whether packed answers are understood.
    pub takes_gzip: bool,
    /// The digests of answers that the browser has.
    pub known: Option<String>,
    /// When the reader looked, as the browser remembers it.
    pub looked: Option<Looked>,
    /// Now.
    pub now: Timestamp,
}

impl Asked {
    /// Takes a request apart.
    pub fn new(parts: &Parts) -> Self {
        let headers = &parts.headers;
        let now = Timestamp::now();
        let segments = parts.uri.path().split('/').skip(1);
        Self {
            path: segments.map(decoded).collect(),
            params: Params::parse(parts.uri.query().unwrap_or_default()),
            takes_gzip: text(headers, header::ACCEPT_ENCODING).is_some_and(takes_gzip),
            known: text(headers, header::IF_NONE_MATCH).map(str::to_owned),
            looked: cookie(headers, LAST_LOOK).and_then(|text| Looked::read(text, now)),
            now,
        }
    }

    /// A question that no browser asks: for the page of a claim at a moment.
    pub fn of_claim(claim: &ClaimId, at: &At) -> Self {
        let moments = [("as-of", &at.as_of), ("known-at", &at.known_at)];
        let stated =
            moments.into_iter().filter_map(|(name, time)| Some((name, moment::machine(time.as_ref()?.latest()))));
        let params = stated.fold(Params::default(), |params, (name, value)| params.with(name, Some(&value)));
        let path = vec!["claim".to_owned(), claim.to_string()];
        Self { path, params, takes_gzip: false, known: None, looked: None, now: Timestamp::UNIX_EPOCH }
    }

    /// The segment of the path at `place`, from 0; empty where there is none.
    pub fn segment(&self, place: usize) -> &str {
        self.path.get(place).map_or("", String::as_str)
    }

    /// From where the reader looks.
    ///
    /// # Errors
    /// Where a time cannot be read.
    pub fn at(&self) -> Result<At, Problem> {
        Ok(At { as_of: moment::read(&self.params, "as-of")?, known_at: moment::read(&self.params, "known-at")? })
    }
}

fn decoded(segment: &str) -> String {
    // A plus is a plus in a path.
    let segment = segment.replace('+', "%2B");
    let pair = url::form_urlencoded::parse(segment.as_bytes()).next();
    pair.map(|(name, value)| if value.is_empty() { name.into_owned() } else { format!("{name}={value}") })
        .unwrap_or_default()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_goes_on_until_the_reader_is_away_for_a_while() {
        let at = |minute: i64| Timestamp::from_second(1_900_000_000 + minute * 60).unwrap();
        let check = |before: Option<i64>, asked: &[i64], expect: Option<i64>| {
            let mut text = Looked::remember(before.map(|minute| Looked { since: at(minute) }), at(0));
            let mut looked = None;
            for minute in asked {
                looked = Looked::read(&text, at(*minute));
                text = Looked::remember(looked, at(*minute));
            }
            assert_eq!(looked.map(|looked| looked.since), expect.map(at), "{before:?} {asked:?}");
        };
        check(None, &[5], Some(0));
        check(Some(-90), &[5, 10, 35], Some(-90));
        check(Some(-90), &[5, 90], Some(5));
        check(Some(-90), &[90, 95], Some(0));
        assert_eq!(Looked::read("1.x", at(0)), None);
        assert_eq!(Looked::read("99999999999999999.1", at(0)), None);
    }
}

//! What stands before every route: who may ask, and the headers of every answer.
//!
//! A page of another site can make a browser ask this machine under a name of its own (DNS rebinding); it is turned away by `Host`. Every answer forbids
//! scripts and styles in the page, loading from elsewhere, frames, and guessing of types.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::reply::Problem;
use crate::room::Room;

/// What a page may load and do: its own style and script, its own forms, nothing else.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
];

/// Lets a request through to the routes, or turns it away; sets the headers of either.
pub async fn guard(State(room): State<Room>, request: Request, next: Next) -> Response {
    let mut response = match refused(&room, &request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(room: &Room, request: &Request) -> Option<Response> {
    let hosts = &room.settings().hosts;
    let is_own = |host: &str| hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    let headers = request.headers();
    let Some(host) = only(headers, header::HOST).filter(|host| is_own(host)) else {
        return Some(Problem::bare(421, "this server is not asked for under that name"));
    };
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    if *request.method() != Method::POST {
        return Some(Problem::bare(405, "this server is read, and takes forms; nothing else"));
    }
    // A form of another site must not act for a reader here.
    let is_here = |origin: &str| origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host));
    let from_here = only(headers, header::ORIGIN).is_some_and(is_here);
    let site = only(headers, header::HeaderName::from_static("sec-fetch-site"));
    if !from_here || site.is_some_and(|site| site != "same-origin") {
        return Some(Problem::bare(403, "a form of another site is not taken"));
    }
    None
}

/// The value of a header that stands once.
fn only(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

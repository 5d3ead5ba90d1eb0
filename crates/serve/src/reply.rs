//! Answers: a page with its headers, and the page of what went wrong. Not what stands in a page.

use std::io::Write as _;

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use onrecord::evidence::Digest;
use onrecord::ledger::{ErrorKind, Lookup, Tombstone};

use crate::asked::{Asked, LAST_LOOK, Looked};
use crate::moment;
use crate::shell::Shell;

/// Pages shorter than this are sent as they are.
const WORTH_PACKING: usize = 1400;

/// A page.
#[derive(Debug)]
pub struct Reply {
    body: String,
    status: StatusCode,
    looked: bool,
    /// The name under which it is kept as a file.
    file: Option<String>,
}

impl Reply {
    /// A page out of its template.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn page(template: &impl Template) -> Result<Self, Problem> {
        Ok(Self { body: template.render()?, status: StatusCode::OK, looked: false, file: None })
    }

    /// The same, for the browser to keep as a file; `name` holds nothing but letters, digits and points.
    #[must_use]
    pub fn named(self, name: String) -> Self {
        Self { file: Some(name), ..self }
    }

    /// The page itself.
    pub fn into_body(self) -> String {
        self.body
    }

    /// The same, remembered by the browser as the moment at which the reader last looked.
    #[must_use]
    pub fn looked(self) -> Self {
        Self { looked: true, ..self }
    }

    /// The answer: packed where the browser takes it, empty where it has it.
    pub fn into_response(self, asked: &Asked) -> Response {
        let digest = Digest::of_bytes(self.body.as_bytes()).to_string();
        let tag = format!("W/\"{}\"", digest.get(..32).unwrap_or(&digest));
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        let attached =
            self.file.as_ref().map(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")));
        if let Some(Ok(attached)) = attached {
            headers.insert(header::CONTENT_DISPOSITION, attached);
        }
        if self.looked {
            let remembered = Looked::remember(asked.looked, asked.now);
            let value = format!("{LAST_LOOK}={remembered}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(header::SET_COOKIE, value);
            }
        }
        let has_it = asked.known.as_deref().is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
        if has_it && self.status == StatusCode::OK {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        if asked.takes_gzip && self.body.len() > WORTH_PACKING {
            if let Some(packed) = packed(self.body.as_bytes()) {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                *response.body_mut() = Body::from(packed);
                return response;
            }
        }
        *response.body_mut() = Body::from(self.body);
        response
    }
}

/// `bytes` packed by gzip; `None` where that fails, which it does not in memory.
pub fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 4), flate2::Compression::new(5));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Why there is no page.
#[derive(Debug)]
pub enum Problem {
    /// There is no such thing; said in a sentence.
    Missing(String),
    /// What was asked cannot be understood; said in a sentence.
    Bad(String),
    /// It was withheld by order.
    Withheld(Tombstone),
    /// No reader was free.
    Busy,
    /// The ledger cannot be read.
    Ledger(onrecord::ledger::Error),
    /// The page cannot be written.
    Template(askama::Error),
}

impl From<onrecord::ledger::Error> for Problem {
    fn from(error: onrecord::ledger::Error) -> Self {
        Self::Ledger(error)
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::Template(error)
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    shell: Shell<'a>,
    title: &'a str,
    text: String,
    hint: Option<String>,
}

impl Problem {
    /// The thing itself, or why there is none; `what` names it for people.
    ///
    /// # Errors
    /// Where it cannot be shown.
    pub fn found<T>(lookup: Lookup<T>, what: &str) -> Result<T, Self> {
        match lookup {
            Lookup::Found(thing) => Ok(thing),
            Lookup::Withheld(tombstone) => Err(Self::Withheld(tombstone)),
            Lookup::Undated => {
                Err(Self::Missing(format!("{what} states no date, so it stands apart when a day is asked for.")))
            }
            Lookup::NotYet => Err(Self::Missing(format!("{what} was not published, or not in this ledger, by then."))),
            Lookup::Unknown => Err(Self::Missing(format!("{what} is not in this ledger."))),
        }
    }

    /// The page that says so.
    pub fn page(&self, asked: &Asked) -> Response {
        let (status, title, text, hint) = match self {
            Self::Missing(text) => (StatusCode::NOT_FOUND, "Not on record", text.clone(), None),
            Self::Bad(text) => (StatusCode::BAD_REQUEST, "Not understood", text.clone(), None),
            Self::Withheld(tombstone) => (
                StatusCode::GONE,
                "Withheld",
                format!(
                    "Withheld on {} by order of {}: {}",
                    moment::moment_day(tombstone.recorded_at),
                    tombstone.authority,
                    tombstone.reason
                ),
                None,
            ),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "Busy", "No reader was free. Try again.".to_owned(), None),
            Self::Ledger(error) => {
                let status = match error.kind() {
                    ErrorKind::Busy | ErrorKind::Absent => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                (status, "The ledger cannot be read", error.to_string(), error.hint().map(str::to_owned))
            }
            Self::Template(error) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made", error.to_string(), None)
            }
        };
        let page = ProblemPage { shell: Shell::new(asked, title), title, text, hint };
        match page.render() {
            Ok(body) => Reply { body, status, looked: false, file: None }.into_response(asked),
            Err(_) => Self::bare(500, "this page could not be made"),
        }
    }

    /// A line of plain text, where there is no page.
    pub fn bare(status: u16, text: &'static str) -> Response {
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
        response
    }
}

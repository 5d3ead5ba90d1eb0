//! One fetch of a watch, on a thread of its own: a page, and the robots.txt of each host to which it leads. Not when, and not what becomes of it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::job::{Job, Outcome};
use crate::fetch::{AGENT, Answer, FetchError, Fetched, Fetcher, Robots, Validators, origin, robots_of};

/// What is to be asked for.
pub(super) struct Errand {
    pub(super) fetcher: Fetcher,
    pub(super) origin: String,
    /// The page; none stands for the robots.txt of the host.
    pub(super) job: Option<Job>,
    pub(super) language: Option<String>,
    /// What hosts forbid, as far as it is known, that of the page's own host among them.
    pub(super) robots: HashMap<String, Robots>,
}

/// What was asked for, and what came.
pub(super) struct Came {
    pub(super) origin: String,
    pub(super) job: Option<Job>,
    pub(super) outcome: Outcome,
    /// The other hosts that were asked on the way.
    pub(super) led: Vec<Led>,
}

/// A host to which a page led.
pub(super) struct Led {
    pub(super) origin: String,
    pub(super) robots: Robots,
}

impl Errand {
    /// Does it; a fault of ours is a failure of the page.
    pub(super) fn run(self) -> Came {
        let Self { fetcher, origin: host, job, language, mut robots } = self;
        let mut led = Vec::new();
        let fetch = || {
            let Some(job) = &job else {
                return fetcher.fetch(&format!("{host}/robots.txt"), &Validators::default(), None);
            };
            fetcher.fetch_where(&job.address, &job.validators, language.as_deref(), |to| {
                let elsewhere = origin(to).unwrap_or_default();
                if !robots.contains_key(&elsewhere) {
                    robots.insert(elsewhere.clone(), asked(&fetcher, &elsewhere)?);
                }
                let robots = &robots[&elsewhere];
                if elsewhere != host {
                    led.push(Led { origin: elsewhere, robots: robots.clone() });
                }
                if robots.allows_address(to) { Ok(()) } else { Err(FetchError::Forbidden(to.to_owned())) }
            })
        };
        let outcome = match catch_unwind(AssertUnwindSafe(fetch)) {
            Ok(Ok(Answer::Page(page))) => Outcome::Page(*page),
            Ok(Ok(Answer::Unchanged)) => Outcome::Unchanged,
            Ok(Err(error)) => Outcome::Failed(error),
            Err(_) => {
                Outcome::Failed(FetchError::Connection("fetching broke an internal rule; please report it".to_owned()))
            }
        };
        Came { origin: host, job, outcome, led }
    }
}

/// The robots.txt of a host to which a page leads.
fn asked(fetcher: &Fetcher, host: &str) -> Result<Robots, FetchError> {
    let found = match fetcher.fetch(&format!("{host}/robots.txt"), &Validators::default(), None) {
        Ok(Answer::Page(page)) => Ok::<Fetched, _>(*page),
        // Asked without validators, nobody answers so.
        Ok(Answer::Unchanged) => Err(FetchError::Status { status: 304, retry_after: None }),
        Err(error) => Err(error),
    };
    let bytes = robots_of(found).map_err(|error| FetchError::Unasked(format!("{host}: {error}")))?;
    Ok(Robots::parse(&bytes, AGENT))
}

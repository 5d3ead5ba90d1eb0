//! The web for one run that takes page after page: robots.txt is kept to for what feeds name, and a host is not asked twice in a row without a pause. Not the
//! watch, which keeps its schedule over runs.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use onrecord_evidence::Diagnostic;

use super::error::LEFT_OUT;
use super::{AGENT, Answer, FetchError, Fetched, Fetcher, Robots, Validators, origin};

/// Pages of the web, one after the other.
pub struct Network {
    fetcher: Fetcher,
    delay: Duration,
    robots: HashMap<String, Robots>,
    asked: HashMap<String, Instant>,
    /// Times in a row that a host did not answer.
    silent: HashMap<String, u32>,
}

/// After so many times without an answer a host is not asked again.
const SILENT: u32 = 3;

/// Longest pause that a robots.txt may ask for.
pub(crate) const MAX_CRAWL_DELAY: Duration = Duration::from_secs(600);

impl Network {
    /// The web through `fetcher`, with a pause of at least `delay` between two pages of one host.
    pub fn new(fetcher: Fetcher, delay: Duration) -> Self {
        Self { fetcher, delay, robots: HashMap::new(), asked: HashMap::new(), silent: HashMap::new() }
    }

    /// Fetches a page that a person named: robots.txt is for programs that find pages themselves.
    pub(crate) fn named(&mut self, address: &str) -> Result<Fetched, FetchError> {
        let host = origin(address).unwrap_or_default();
        self.pause(&host, self.delay);
        let answer = self.fetcher.fetch(address, &Validators::default(), None);
        self.came(&host, answer)
    }

    /// Fetches a page that a feed named, and that it leads to, where each host's robots.txt allows it.
    pub(crate) fn linked(&mut self, address: &str) -> Result<Fetched, Diagnostic> {
        let host = origin(address).unwrap_or_default();
        if self.silent.get(&host).is_some_and(|times| *times >= SILENT) {
            let message = format!("{host} did not answer {SILENT} times in a row; it was not asked again");
            return Err(Diagnostic::error("no-connection", message).hint("try again later"));
        }
        let robots = self.robots(&host).map_err(|error| error.diagnostic())?;
        if !robots.allows_address(address) {
            return Err(forbidden());
        }
        let delay = robots.delay();
        self.pause(&host, self.delay_of(delay));
        let fetcher = self.fetcher.clone();
        let answer = fetcher.fetch_where(address, &Validators::default(), None, |to| self.follow(&host, to));
        self.came(&host, answer).map_err(|error| error.diagnostic())
    }

    /// Whether a page of `from` may lead to `to`; waits as long as the host of that wants.
    fn follow(&mut self, from: &str, to: &str) -> Result<(), FetchError> {
        let host = origin(to).unwrap_or_default();
        let robots = self.robots(&host).map_err(|error| FetchError::Unasked(format!("{host}: {error}")))?;
        if !robots.allows_address(to) {
            return Err(FetchError::Forbidden(to.to_owned()));
        }
        let delay = robots.delay();
        if host != from {
            self.pause(&host, self.delay_of(delay));
            self.asked.insert(host, Instant::now());
        }
        Ok(())
    }

    /// The robots.txt of a host, asked for once.
    ///
    /// # Errors
    /// Where it cannot be told what it forbids.
    fn robots(&mut self, host: &str) -> Result<&Robots, FetchError> {
        if !self.robots.contains_key(host) {
            self.pause(host, self.delay);
            let answer = self.fetcher.fetch(&format!("{host}/robots.txt"), &Validators::default(), None);
            let robots = match robots_of(self.came(host, answer)) {
                Ok(bytes) => Robots::parse(&bytes, AGENT),
                Err(FetchError::Status { .. }) => Robots::forbidding(),
                Err(error) => return Err(error),
            };
            self.robots.insert(host.to_owned(), robots);
        }
        Ok(&self.robots[host])
    }

    fn delay_of(&self, asked: Option<Duration>) -> Duration {
        asked.unwrap_or_default().min(MAX_CRAWL_DELAY).max(self.delay)
    }

    /// Waits until `host` may be asked again.
    fn pause(&self, host: &str, delay: Duration) {
        if let Some(asked) = self.asked.get(host) {
            thread::sleep(delay.saturating_sub(asked.elapsed()));
        }
    }

    /// Notes what a host answered.
    fn came(&mut self, host: &str, answer: Result<Answer, FetchError>) -> Result<Fetched, FetchError> {
        self.asked.insert(host.to_owned(), Instant::now());
        match &answer {
            Err(FetchError::Connection(_) | FetchError::HostNotFound(_) | FetchError::Timeout(_)) => {
                *self.silent.entry(host.to_owned()).or_default() += 1;
            }
            _ => drop(self.silent.remove(host)),
        }
        match answer? {
            Answer::Page(page) => Ok(*page),
            // Asked without validators, nobody answers so.
            Answer::Unchanged => Err(FetchError::Status { status: 304, retry_after: None }),
        }
    }
}

/// That a robots.txt forbids a page.
pub(crate) fn forbidden() -> Diagnostic {
    Diagnostic::warning("robots-forbid", "the robots.txt of the host forbids the page to programs").hint(LEFT_OUT)
}

/// What the answer for a robots.txt means (RFC 9309, section 2.3.1): its bytes, none where there is none, for what is not there forbids nothing.
///
/// # Errors
/// Where it cannot be told what is forbidden: then nothing may be asked for.
pub(crate) fn robots_of(found: Result<Fetched, FetchError>) -> Result<Vec<u8>, FetchError> {
    match found {
        Ok(mut page) => {
            page.bytes.truncate(Robots::MAX_BYTES);
            Ok(page.bytes)
        }
        // 429 is no "there is none": it asks for patience.
        Err(
            FetchError::Status { status: 400..=428 | 430..=499, .. }
            | FetchError::NotAPage(_)
            | FetchError::Redirects(_),
        ) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

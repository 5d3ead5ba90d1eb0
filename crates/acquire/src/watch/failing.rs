//! What a watch does when something does not come: how long it waits, and when it gives up. Not the loop.

use std::time::Duration;

use onrecord_evidence::Diagnostic;

use super::job::{Job, Kind, Outcome};
use super::run::{PATIENCE, Watcher, after};
use super::schedule::{GIVE_UP, LONGEST, back_off};
use super::store::Next;
use super::{Desk, StoreError};
use crate::fetch::{FetchError, forbidden, robots_of};

/// Failures in a row after which a host is left alone.
const HOST_FAILURES: u32 = 3;

/// Age at which a robots.txt is asked for anew (RFC 9309, section 2.4).
pub(super) const ROBOTS_AGE: i64 = 24 * 3600;

impl<D: Desk> Watcher<'_, D> {
    pub(super) fn forbid(&mut self, job: &Job, reason: &str, now: i64) -> Result<(), StoreError> {
        self.summary.forbidden += 1;
        let due = (job.kind != Kind::Article).then(|| after(now, LONGEST));
        let next = Next { due, state: "forbidden", now };
        self.store.went_wrong(job, reason, &next)?;
        Ok(())
    }

    /// Says what a robots.txt forbids, once for many pages of a host.
    pub(super) fn tell_forbidden(&mut self, origin: &str, addresses: &[String]) {
        let mut diagnostic = forbidden();
        let place = match addresses {
            [] => return,
            [address] => address,
            _ => {
                diagnostic.message =
                    format!("the robots.txt of the host forbids {} pages to programs", addresses.len());
                origin
            }
        };
        self.desk.tell(diagnostic.at(place));
    }

    pub(super) fn take_robots(&mut self, origin: &str, outcome: Outcome, now: i64) -> Result<(), StoreError> {
        let found = match outcome {
            Outcome::Page(page) => Ok(page),
            Outcome::Unchanged => Err(FetchError::Status { status: 304, retry_after: None }),
            Outcome::Failed(error) => Err(error),
        };
        match robots_of(found) {
            Ok(bytes) => {
                self.failing.remove(origin);
                self.store.keep_robots(origin, &bytes, now + ROBOTS_AGE)
            }
            // What the host forbids is not known, so nothing is asked of it (RFC 9309, section 2.3.1.4).
            Err(error) => self.rest_host(origin, &error, now),
        }
    }

    fn rest_host(&mut self, origin: &str, error: &FetchError, now: i64) -> Result<(), StoreError> {
        let failures = self.failing.entry(origin.to_owned()).or_default();
        *failures += 1;
        let asked = match error {
            FetchError::Status { retry_after: Some(wait), .. } => Duration::from_secs(*wait).min(LONGEST),
            _ => Duration::ZERO,
        };
        let wait = back_off(self.options.seed, origin, *failures).max(asked);
        let reason = format!("its robots.txt: {error}");
        self.left.insert(origin.to_owned());
        self.summary.failed += 1;
        self.store.rest(origin, after(now, wait))?;
        self.store.host_failed(origin, &reason, now)?;
        let message = format!("{reason}; nothing is asked of it for {} s", wait.as_secs());
        self.desk.tell(Diagnostic::warning("host-silent", message).at(origin).hint("its pages stay due"));
        Ok(())
    }

    pub(super) fn fail(&mut self, job: &Job, error: &FetchError, now: i64) -> Result<(), StoreError> {
        self.summary.failed += 1;
        let failures = job.failures + 1;
        let is_article = job.kind == Kind::Article;
        let (due, state) = match error {
            FetchError::Status { status: 404 | 410, .. } if is_article => (None, "gone"),
            _ if is_article && (!error.is_passing() || failures >= GIVE_UP) => (None, "given-up"),
            _ => (Some(after(now, back_off(self.options.seed, &job.address, failures))), "failed"),
        };
        self.store.went_wrong(job, &error.to_string(), &Next { due, state, now })?;
        if let FetchError::Status { retry_after: Some(wait), .. } = error {
            let wait = Duration::from_secs(*wait).min(LONGEST);
            self.store.rest(&job.origin, after(now, wait))?;
            if after(0, wait) > PATIENCE {
                self.left.insert(job.origin.clone());
            }
        }
        let is_host = matches!(error, FetchError::Connection(_) | FetchError::HostNotFound(_));
        // The host to which it leads is silent, not its own.
        if error.is_passing() && !matches!(error, FetchError::Unasked(_)) {
            let count = self.failing.entry(job.origin.clone()).or_default();
            *count += 1;
            if is_host || *count >= HOST_FAILURES {
                let wait = back_off(self.options.seed, &job.origin, *count);
                self.store.rest(&job.origin, after(now, wait))?;
                self.left.insert(job.origin.clone());
            }
        }
        self.desk.tell(error.diagnostic().at(&job.address));
        Ok(())
    }
}

//! The loop of a watch: what is due is asked for, each host over one connection and with pauses; what comes is handed to the desk. Not the arithmetic of
//! waiting ([`schedule`]), and not what is remembered (the store).

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use onrecord_evidence::{Diagnostic, Digest};

use super::errand::{Came, Errand};
use super::failing::ROBOTS_AGE;
use super::job::{Job, Kind, Outcome};
use super::schedule::next_stage;
use super::store::{MAX_REST, Next, Well};
use super::{Clock, Desk, Kept, Page, Source, Sources, Store, StoreError, WatchOptions};
use crate::feed;
use crate::fetch::{FetchError, Fetched, Fetcher, MAX_CRAWL_DELAY, Robots, Validators};
use crate::online::capture;

/// What a watch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds and sitemaps that answered.
    pub polled: u64,
    /// Articles that feeds named for the first time.
    pub found: u64,
    /// Pages of articles that came.
    pub fetched: u64,
    /// Of those and of the ones that were asked for again: they were as before.
    pub unchanged: u64,
    /// Captures that are durable.
    pub taken: u64,
    /// Pages that gave no article.
    pub unread: u64,
    /// Pages that a robots.txt forbids.
    pub forbidden: u64,
    /// Feeds and articles that did not come.
    pub failed: u64,
}

/// Why a watch ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum WatchError<E> {
    /// Its file cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing can be kept.
    #[error("{0}")]
    Desk(E),
}

/// Watches until `stop` is set, or until all that is due is done where [`WatchOptions::once`] is asked for.
///
/// After `stop` nothing more is asked for; connections are ended, and what came before is kept.
///
/// # Errors
/// Where the store or the desk fails. What was durable stays so.
pub fn watch<D: Desk>(
    sources: &Sources,
    fetcher: &Fetcher,
    store: &mut Store,
    desk: &mut D,
    clock: &dyn Clock,
    stop: &AtomicBool,
    options: WatchOptions,
) -> Result<Summary, WatchError<D::Error>> {
    let start = seconds(clock.now());
    store.watch(sources, start)?;
    let (sender, receiver) = mpsc::channel();
    let mut watcher = Watcher {
        sources,
        fetcher,
        store,
        desk,
        clock,
        options,
        start,
        busy: HashSet::new(),
        failing: HashMap::new(),
        left: HashSet::new(),
        elsewhere: HashMap::new(),
        batch: Vec::new(),
        summary: Summary::default(),
        sender,
    };
    watcher.leave_resting()?;
    watcher.run(&receiver, stop)?;
    Ok(watcher.summary)
}

/// Seconds that a single run waits for a host which an earlier run was told to leave alone.
pub(super) const PATIENCE: i64 = 60;

/// Pages that are handed to the desk together, and their bytes.
const BATCH: usize = 16;
const BATCH_BYTES: usize = 16 << 20;

/// How long a page waits for company.
const COMPANY: Duration = Duration::from_millis(500);

/// Sitemaps that are taken of one index.
const MAX_SITEMAPS: usize = 50;

pub(super) struct Watcher<'a, D> {
    pub(super) sources: &'a Sources,
    fetcher: &'a Fetcher,
    pub(super) store: &'a mut Store,
    pub(super) desk: &'a mut D,
    pub(super) clock: &'a dyn Clock,
    pub(super) options: WatchOptions,
    /// When the run began.
    start: i64,
    /// Hosts with a connection.
    busy: HashSet<String>,
    /// Failures in a row of hosts.
    pub(super) failing: HashMap<String, u32>,
    /// Hosts that a single run leaves to the next.
    pub(super) left: HashSet<String>,
    /// What hosts forbid to which pages led, and until when that is known.
    elsewhere: HashMap<String, (Robots, i64)>,
    /// Pages that came and are not handed on yet.
    batch: Vec<Waiting>,
    pub(super) summary: Summary,
    sender: Sender<Came>,
}

struct Waiting {
    job: Job,
    page: Page,
    validators: Validators,
    digest: String,
}

fn seconds(at: Timestamp) -> i64 {
    at.as_second()
}

pub(super) fn after(now: i64, wait: Duration) -> i64 {
    // Rounded up: a pause is never shorter than asked for.
    let rest = i64::from(wait.subsec_nanos() > 0);
    now.saturating_add(i64::try_from(wait.as_secs()).unwrap_or(i64::MAX)).saturating_add(rest)
}

impl<D: Desk> Watcher<'_, D> {
    fn run(&mut self, receiver: &Receiver<Came>, stop: &AtomicBool) -> Result<(), WatchError<D::Error>> {
        while !stop.load(Ordering::Relaxed) {
            self.send_out()?;
            if self.busy.is_empty() {
                self.hand_on()?;
                match self.next_moment()? {
                    Some(at) => {
                        self.desk.rest(at).map_err(WatchError::Desk)?;
                        self.clock.wait(at, stop);
                    }
                    None => return Ok(()),
                }
                continue;
            }
            match receiver.recv_timeout(COMPANY) {
                Ok(came) => self.take(came)?,
                Err(RecvTimeoutError::Timeout) => self.hand_on()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            let bytes: usize = self.batch.iter().map(|waiting| waiting.page.capture.bytes.len()).sum();
            if self.batch.len() >= BATCH || bytes >= BATCH_BYTES {
                self.hand_on()?;
            }
        }
        self.fetcher.shut_down();
        self.hand_on()
    }

    /// A single run leaves hosts to the next that rest for long.
    fn leave_resting(&mut self) -> Result<(), StoreError> {
        let resting = self.start + PATIENCE + 1..=self.start + MAX_REST;
        for (origin, not_before) in self.store.origins(self.start)? {
            if resting.contains(&not_before) {
                self.left.insert(origin);
            }
        }
        Ok(())
    }

    pub(super) fn now(&self) -> i64 {
        seconds(self.clock.now())
    }

    /// The moment by which what is due is done: a single run does not chase what comes due while it runs.
    fn bound(&self) -> i64 {
        if self.options.once { self.start } else { self.now() }
    }

    /// When to look again; `None` where a single run is through.
    fn next_moment(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.now();
        let at = if self.options.once {
            let open = self.store.origins(self.start)?;
            open.into_iter()
                .filter(|(origin, _)| !self.left.contains(origin))
                .map(|(_, not_before)| if not_before > now + MAX_REST { now } else { not_before })
                .min()
        } else {
            // Looked at anew at least once an hour, and not at once again for a page that cannot be asked for yet.
            Some(self.store.next_due()?.unwrap_or(i64::MAX).clamp(now, now + 3600))
        };
        Ok(at.map(|at| Timestamp::from_second(at.max(now)).unwrap_or_else(|_| self.clock.now())))
    }

    /// Asks each host that is free for what is due.
    fn send_out(&mut self) -> Result<(), StoreError> {
        let (now, bound) = (self.now(), self.bound());
        for (origin, not_before) in self.store.origins(bound)? {
            if self.busy.len() >= self.options.connections.max(1) {
                break;
            }
            let is_resting = (now + 1..=now + MAX_REST).contains(&not_before);
            // A page that is not handed on yet is still due.
            let is_in_hand = self.batch.iter().any(|waiting| waiting.job.origin == origin);
            if is_resting
                || is_in_hand
                || self.busy.contains(&origin)
                || self.options.once && self.left.contains(&origin)
            {
                continue;
            }
            let Some(robots) = self.store.robots(&origin, now)? else {
                self.ask(origin, None, Robots::default());
                continue;
            };
            let mut left_out = Vec::new();
            while let Some(job) = self.store.due(&origin, bound)? {
                if robots.allows_address(&job.address) {
                    self.ask(origin.clone(), Some(job), robots);
                    break;
                }
                self.forbid(&job, "the robots.txt of the host forbids it", now)?;
                left_out.push(job.address);
            }
            self.tell_forbidden(&origin, &left_out);
        }
        Ok(())
    }

    fn ask(&mut self, origin: String, job: Option<Job>, robots: Robots) {
        let source = job.as_ref().and_then(|job| self.source(&job.source));
        let language = source.and_then(|source| source.language.clone());
        let now = self.now();
        self.elsewhere.retain(|_, (_, until)| *until > now);
        let mut known: HashMap<_, _> =
            self.elsewhere.iter().map(|(origin, (robots, _))| (origin.clone(), robots.clone())).collect();
        known.insert(origin.clone(), robots);
        self.busy.insert(origin.clone());
        let errand = Errand { fetcher: self.fetcher.clone(), origin, job, language, robots: known };
        let sender = self.sender.clone();
        // Not joined: after a stop nobody waits for a host that is silent.
        thread::spawn(move || drop(sender.send(errand.run())));
    }

    pub(super) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.sources.iter().find(|source| source.name == name)
    }

    fn take(&mut self, came: Came) -> Result<(), StoreError> {
        let Came { origin, job, outcome, led } = came;
        self.busy.remove(&origin);
        let now = self.now();
        let next = if job.is_none() { self.store.due(&origin, i64::MAX)? } else { None };
        let source = job.as_ref().or(next.as_ref()).and_then(|job| self.source(&job.source));
        let asked = source.map_or(Duration::from_secs(1), |source| source.delay);
        let crawl = self.store.robots(&origin, now)?.and_then(|robots| robots.delay()).unwrap_or_default();
        self.store.rest(&origin, after(now, asked.max(crawl.min(MAX_CRAWL_DELAY))))?;
        for led in led {
            let crawl = led.robots.delay().unwrap_or_default();
            self.store.rest(&led.origin, after(now, asked.max(crawl.min(MAX_CRAWL_DELAY))))?;
            self.elsewhere.entry(led.origin).or_insert((led.robots, now + ROBOTS_AGE));
        }
        let Some(job) = job else { return self.take_robots(&origin, outcome, now) };
        if !matches!(outcome, Outcome::Failed(_)) {
            self.failing.remove(&origin);
        }
        match outcome {
            Outcome::Failed(error @ FetchError::Forbidden(_)) => {
                self.desk.tell(error.diagnostic().at(&job.address));
                self.forbid(&job, &error.to_string(), now)
            }
            Outcome::Failed(error) => self.fail(&job, &error, now),
            Outcome::Unchanged => self.unchanged(&job, &job.validators, now),
            Outcome::Page(page) => {
                let digest = Digest::of_bytes(&page.bytes).to_string();
                self.summary.fetched += u64::from(job.kind == Kind::Article);
                if job.digest.as_ref() == Some(&digest) {
                    return self.unchanged(&job, &page.validators, now);
                }
                if job.kind != Kind::Article {
                    return self.take_feed(&job, &page, &digest, now);
                }
                let outlet = self.source(&job.source).and_then(|source| source.outlet.clone());
                let validators = page.validators.clone();
                let capture = capture(page, &job.address, self.clock.now());
                self.batch.push(Waiting { job, page: Page { capture, outlet }, validators, digest });
                Ok(())
            }
        }
    }

    fn unchanged(&mut self, job: &Job, validators: &Validators, now: i64) -> Result<(), StoreError> {
        match job.kind {
            Kind::Article => self.summary.unchanged += 1,
            Kind::Feed | Kind::Sitemap => self.summary.polled += 1,
        }
        let well = Well { validators, digest: None, taken: false, reason: None };
        self.store.went_well(job, &well, &Next { due: self.due_again(job, now), state: "ok", now })
    }

    /// When a page that came is asked for again.
    fn due_again(&self, job: &Job, now: i64) -> Option<i64> {
        let source = self.source(&job.source)?;
        match job.kind {
            Kind::Feed | Kind::Sitemap => Some(after(now, source.every)),
            Kind::Article => next_stage(job.first.unwrap_or(now), now, &source.again),
        }
    }

    fn take_feed(&mut self, job: &Job, page: &Fetched, digest: &str, now: i64) -> Result<(), StoreError> {
        if !feed::is_feed(&page.bytes) {
            return self.fail(job, &FetchError::NotAPage("no feed".to_owned()), now);
        }
        let (feed, diagnostics) = feed::parse(&page.bytes, Some(&page.address));
        for diagnostic in diagnostics {
            self.desk.tell(diagnostic.at(&job.address));
        }
        let entries = feed.entries.len();
        let addresses: Vec<String> = feed.entries.into_iter().filter_map(|entry| entry.address).collect();
        if addresses.len() < entries {
            let message = format!("{} entries name no page", entries - addresses.len());
            let diagnostic = Diagnostic::warning("feed-entry-empty", message).at(&job.address);
            self.desk
                .tell(diagnostic.hint("a watch takes pages; save the feed and add the file for what it brings along"));
        }
        let (bound, source) = (self.bound(), &job.source);
        self.summary.polled += 1;
        self.summary.found += self.store.add(&addresses, Kind::Article, source, bound)? as u64;
        if job.kind == Kind::Feed && !feed.sitemaps.is_empty() {
            let taken = &feed.sitemaps[..feed.sitemaps.len().min(MAX_SITEMAPS)];
            self.store.add(taken, Kind::Sitemap, source, bound)?;
            if feed.sitemaps.len() > MAX_SITEMAPS {
                let message = format!(
                    "{} sitemaps stand in the index, the first {MAX_SITEMAPS} are watched",
                    feed.sitemaps.len()
                );
                let diagnostic = Diagnostic::warning("sitemaps-left-out", message).at(&job.address);
                self.desk.tell(diagnostic.hint("name the sitemap of news itself"));
            }
        }
        let well = Well { validators: &page.validators, digest: Some(digest), taken: false, reason: None };
        self.store.went_well(job, &well, &Next { due: self.due_again(job, now), state: "ok", now })
    }

    /// Hands what came to the desk, and notes what is durable.
    fn hand_on(&mut self) -> Result<(), WatchError<D::Error>> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let (jobs, pages): (Vec<_>, Vec<_>) = self
            .batch
            .drain(..)
            .map(|waiting| ((waiting.job, waiting.validators, waiting.digest), waiting.page))
            .unzip();
        let kept = self.desk.keep(pages).map_err(WatchError::Desk)?;
        let now = self.now();
        let mut counts = (0, 0);
        self.store.at_once(|| {
            for ((job, validators, digest), kept) in jobs.iter().zip(&kept) {
                let (taken, reason) = match kept {
                    Kept::Taken => (true, None),
                    Kept::Unread(reason) => (false, Some(reason.as_str())),
                };
                counts = (counts.0 + u64::from(taken), counts.1 + u64::from(!taken));
                let well = Well { validators, digest: Some(digest), taken, reason };
                let state = if taken { "ok" } else { "unread" };
                self.store.went_well(job, &well, &Next { due: self.due_again(job, now), state, now })?;
            }
            Ok(())
        })?;
        self.summary.taken += counts.0;
        self.summary.unread += counts.1;
        Ok(())
    }
}

//! What a watch fetches, read and kept in a ledger. Not the fetching, and not the terminal.

use std::num::NonZeroUsize;

use jiff::{SignedDuration, Timestamp};

use onrecord_acquire::watch::{Clock, Desk, Kept, Page};
use onrecord_evidence::{Diagnostic, Severity};
use onrecord_ledger::{Intake, Outcome};
use onrecord_read::Known;

use crate::{Acknowledgement, Keeper, Linking, Pipeline, for_each_ordered, intake};

/// Who hears what a watch does.
pub trait Listener {
    /// A capture is durable.
    fn kept(&mut self, acknowledgement: &Acknowledgement);

    /// Something is wrong with an input.
    fn told(&mut self, diagnostic: &Diagnostic);
}

/// A desk that reads pages with a pipeline and keeps them in a ledger.
pub struct WatchDesk<'a, L> {
    /// Reads.
    pub pipeline: &'a Pipeline,
    /// Links.
    pub linking: &'a Linking,
    /// Keeps.
    pub keeper: Keeper<'a>,
    /// Threads to read with.
    pub threads: NonZeroUsize,
    /// Says when something is kept.
    pub clock: &'a dyn Clock,
    /// Hears.
    pub listener: L,
    /// Since when claims wait to be drawn up; `None` where none do. Begin with `None`.
    pub waiting_since: Option<Timestamp>,
}

/// How long claims may wait to be drawn up while pages come: a story that grows page by page is not drawn up anew for each.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

impl<L: Listener> Desk for WatchDesk<'_, L> {
    type Error = onrecord_ledger::Error;

    fn keep(&mut self, pages: Vec<Page>) -> Result<Vec<Kept>, Self::Error> {
        let mut read: Vec<(Option<Intake>, Vec<Diagnostic>)> = Vec::with_capacity(pages.len());
        let work = |page: Page| {
            let known = Known { outlet: page.outlet, ..Known::default() };
            intake(self.pipeline, self.linking, page.capture, &known, None)
        };
        for_each_ordered(self.threads, self.pipeline.crew(), pages.into_iter(), work, |result| {
            read.push(result);
            true
        });
        let now = self.clock.now();
        let mut kept = Vec::with_capacity(read.len());
        let mut acknowledged = Vec::new();
        for (intake, diagnostics) in read {
            diagnostics.iter().for_each(|diagnostic| self.listener.told(diagnostic));
            kept.push(match intake {
                Some(intake) => {
                    acknowledged.extend(self.keeper.keep(intake, now)?);
                    None
                }
                None => Some(Kept::Unread(reason(&diagnostics))),
            });
        }
        acknowledged.extend(self.keeper.flush(now)?);
        let mut outcomes = acknowledged.iter().map(outcome);
        let kept = kept.into_iter().map(|kept| kept.or_else(|| outcomes.next()).unwrap_or(Kept::Taken)).collect();
        acknowledged.iter().for_each(|one| self.listener.kept(one));
        if !acknowledged.is_empty() {
            self.waiting_since.get_or_insert(now);
        }
        // Where many hosts are asked there is never a rest.
        if self.waiting_since.is_some_and(|since| now.duration_since(since) >= PATIENCE * 5) {
            self.draw_up()?;
        }
        Ok(kept)
    }

    fn rest(&mut self, until: Timestamp) -> Result<(), Self::Error> {
        let Some(since) = self.waiting_since else { return Ok(()) };
        let now = self.clock.now();
        if until.duration_since(now) >= PATIENCE || now.duration_since(since).abs() >= PATIENCE {
            self.draw_up()?;
        }
        Ok(())
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.listener.told(&diagnostic);
    }
}

fn reason(diagnostics: &[Diagnostic]) -> String {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    error.map_or_else(|| "nothing could be read".to_owned(), |error| error.message.clone())
}

fn outcome(acknowledgement: &Acknowledgement) -> Kept {
    match &acknowledgement.outcome {
        Outcome::Refused { reason } => Kept::Unread(reason.clone()),
        Outcome::Withheld { .. } => Kept::Unread("it is withheld by order".to_owned()),
        Outcome::OtherArticle { .. } => Kept::Unread("it is stated to be another article".to_owned()),
        Outcome::Added(_) | Outcome::Restated(_) | Outcome::Known { .. } => Kept::Taken,
    }
}

impl<L> WatchDesk<'_, L> {
    /// Draws up the claims that wait for it.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn draw_up(&mut self) -> onrecord_ledger::Result<()> {
        self.waiting_since = None;
        self.keeper.draw_up(self.clock.now()).map(drop)
    }

    /// Brings the claims up to date after the last page; see [`Keeper::finish`].
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn finish(&mut self) -> onrecord_ledger::Result<crate::Finished> {
        let now: Timestamp = self.clock.now();
        self.keeper.finish(now, |_| {})
    }
}

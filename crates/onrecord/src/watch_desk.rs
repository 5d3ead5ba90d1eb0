//! What a watch fetches, read and kept in a ledger. Not the fetching, and not the terminal.

use std::num::NonZeroUsize;

use jiff::Timestamp;

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
}

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
        acknowledged.extend(self.keeper.draw_up(now)?);
        let mut outcomes = acknowledged.iter().map(outcome);
        let kept = kept.into_iter().map(|kept| kept.or_else(|| outcomes.next()).unwrap_or(Kept::Taken)).collect();
        acknowledged.iter().for_each(|one| self.listener.kept(one));
        Ok(kept)
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
    /// Brings the claims up to date after the last page; see [`Keeper::finish`].
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn finish(&mut self) -> onrecord_ledger::Result<crate::Finished> {
        let now: Timestamp = self.clock.now();
        self.keeper.finish(now, |_| {})
    }
}

//! One claim of a ledger, loaded with its articles and texts, for every command that shows it. Not the rules, and not the layout (`claim/layout.rs`).

pub mod layout;
pub mod parts;
pub mod record;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord::evidence::{ClaimId, CodePoints, Digest, RevisionId};
use onrecord::ledger::{At, DrawnView, Ledger, Resolved};
use onrecord::wire::claim::{ClaimAsked, ClaimTexts, ReportFacts};

use crate::commands::show::found;
use crate::report::Reporter;
use crate::terminal::harmless;

/// A claim with what its view is made of.
pub struct Loaded<'ledger> {
    /// As the ledger has it.
    pub drawn: DrawnView,
    reports: BTreeMap<RevisionId, ReportFacts>,
    texts: Texts<'ledger>,
    at: At,
}

/// The texts that a claim quotes, each loaded when it is needed first.
struct Texts<'ledger> {
    ledger: &'ledger Ledger,
    digests: BTreeMap<RevisionId, Digest>,
    loaded: RefCell<BTreeMap<RevisionId, Option<Rc<CodePoints<'static>>>>>,
    failed: RefCell<Option<onrecord::ledger::Error>>,
}

impl ClaimTexts for Texts<'_> {
    fn points(&self, report: RevisionId) -> Option<Rc<CodePoints<'static>>> {
        if let Some(known) = self.loaded.borrow().get(&report) {
            return known.clone();
        }
        let text = self.digests.get(&report).map(|digest| self.ledger.text(digest)).transpose();
        let text = text.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            None
        });
        let points = text.flatten().map(|text| Rc::new(CodePoints::new(text)));
        self.loaded.borrow_mut().insert(report, points.clone());
        points
    }
}

impl<'ledger> Loaded<'ledger> {
    /// The claim that `typed` stands for; `None` where there is none, which is then said on standard error.
    pub fn open(ledger: &'ledger Ledger, typed: &str, at: &At, reporter: &Reporter) -> anyhow::Result<Option<Self>> {
        let Some(id) = resolve(ledger, typed, at, reporter)? else { return Ok(None) };
        Self::of(ledger, &id, typed, at, reporter)
    }

    /// The claim with this id.
    pub fn of(
        ledger: &'ledger Ledger,
        id: &ClaimId,
        typed: &str,
        at: &At,
        reporter: &Reporter,
    ) -> anyhow::Result<Option<Self>> {
        let Some(drawn) = found(ledger.drawn(id, at)?, typed, reporter) else { return Ok(None) };
        if drawn.is_undrawn {
            reporter.note("what is shown is older than the ledger: articles came in since; run `onrecord relink`");
        }
        let mut reports = BTreeMap::new();
        let mut digests = BTreeMap::new();
        for (name, (article, revision)) in &drawn.texts {
            let Some(revision) = drawn.articles.get(article).and_then(|article| article.revisions.get(*revision))
            else {
                continue;
            };
            let facts = ReportFacts {
                revision: revision.id,
                number: revision.number,
                title: revision.metadata.title.clone(),
                address: revision.metadata.address.clone(),
            };
            reports.insert(*name, facts);
            digests.insert(*name, revision.text);
        }
        let texts = Texts { ledger, digests, loaded: RefCell::default(), failed: RefCell::default() };
        Ok(Some(Self { drawn, reports, texts, at: at.clone() }))
    }

    /// What views are made of it; with every word and its place, or with so many as people read.
    pub fn asked(&self, everything: bool) -> ClaimAsked<'_> {
        ClaimAsked {
            claim: &self.drawn.claim,
            neighbours: &self.drawn.neighbours,
            reports: &self.reports,
            texts: &self.texts,
            as_of: self.at.as_of.as_ref(),
            everything,
        }
    }

    /// The revision by which formats name a report.
    pub fn outward(&self, report: RevisionId) -> RevisionId {
        self.reports.get(&report).map_or(report, |facts| facts.revision)
    }

    /// The text of a report.
    pub fn text(&self, report: RevisionId) -> Option<Rc<CodePoints<'static>>> {
        self.texts.points(report)
    }

    /// Whether every text that was needed could be read.
    ///
    /// # Errors
    /// Where one could not.
    pub fn sound(&self) -> anyhow::Result<()> {
        self.texts.failed.borrow_mut().take().map_or(Ok(()), |error| Err(error.into()))
    }
}

/// The claim that a person typed, by its id or the beginning of it; says on standard error why it is none.
pub fn resolve(ledger: &Ledger, typed: &str, at: &At, reporter: &Reporter) -> anyhow::Result<Option<ClaimId>> {
    // A whole id may be one of an earlier linking, which leads to the claim that its first statement is on now.
    if let Ok(id) = typed.trim().to_lowercase().parse() {
        return Ok(Some(id));
    }
    let place = ledger.place();
    let found = ledger.resolve_claim(typed, at)?;
    let typed = harmless(typed);
    match found.as_slice() {
        [] => reporter.note(format_args!("no claim in {place} has an id that begins with {typed}")),
        [one] => return Ok(Some(*one)),
        several => {
            reporter.note(format_args!("{typed} is the beginning of several ids; type more of one:"));
            several.iter().take(Resolved::SHOWN).for_each(|one| reporter.note(format_args!("  {one}")));
        }
    }
    Ok(None)
}

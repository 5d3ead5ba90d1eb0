//! Claims of a ledger as every surface shows them: one loaded with its articles and texts, and the line of a list. Not the rules, not the layout.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_evidence::{ClaimId, CodePoints, Digest, RevisionId};
use onrecord_ledger::{At, ContestedClaim, DrawnView, Ledger, Lookup, Result};
use onrecord_link::position::PartyKey;
use onrecord_wire::VERSION;
use onrecord_wire::claim::{ClaimAsked, ClaimTexts, ListedClaim, ReportFacts};

/// A claim with what its views are made of.
pub struct LoadedClaim<'ledger> {
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
    failed: RefCell<Option<onrecord_ledger::Error>>,
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

impl<'ledger> LoadedClaim<'ledger> {
    /// The claim with this id, or to which this id leads.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn of(ledger: &'ledger Ledger, id: &ClaimId, at: &At) -> Result<Lookup<Self>> {
        Ok(match ledger.drawn(id, at)? {
            Lookup::Found(drawn) => Lookup::Found(Self::new(ledger, drawn, at)),
            Lookup::Withheld(tombstone) => Lookup::Withheld(tombstone),
            Lookup::Undated => Lookup::Undated,
            Lookup::NotYet => Lookup::NotYet,
            Lookup::Unknown => Lookup::Unknown,
        })
    }

    fn new(ledger: &'ledger Ledger, drawn: DrawnView, at: &At) -> Self {
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
        Self { drawn, reports, texts, at: at.clone() }
    }

    /// What views are made of it; with every report of each saying, or with so many as people read.
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
    pub fn sound(&self) -> Result<()> {
        self.texts.failed.borrow_mut().take().map_or(Ok(()), Err)
    }
}

/// A claim of a list as a line.
pub fn listed(claim: &ContestedClaim) -> ListedClaim {
    let line = &claim.line;
    let names = |parties: &[PartyKey]| parties.iter().map(|party| ListedClaim::party(party.as_str())).collect();
    ListedClaim {
        r#type: ListedClaim::TYPE,
        version: VERSION,
        claim: claim.id,
        event: claim.event,
        kind: line.kind,
        wording: line.wording.split_whitespace().collect::<Vec<_>>().join(" "),
        standing: line.standing,
        life: line.life.clone(),
        least: line.least,
        unknown: line.unknown,
        affirm: names(&line.affirm),
        deny: names(&line.deny),
        open: names(&line.open),
        articles: line.articles,
        outlets: line.outlets,
        from: line.from,
        to: line.to,
    }
}

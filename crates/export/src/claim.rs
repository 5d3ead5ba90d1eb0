//! One claim of an export: as it was drawn up, as it is shown, with the articles and texts behind it. Not a row.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use onrecord_evidence::{ArticleId, AttributionId, ClaimId, CodePoints, Digest, RevisionId, TextRange};
use onrecord_ledger::{Article, DrawnView, Lookup};
use onrecord_wire::claim::{ClaimAsked, ClaimTexts, ClaimView, PartyLine, QuoteLine, ReportFacts};

use crate::evidence::{Evidence, Provenance};
use crate::notes::{NamedPlace, Notes, People};
use crate::run::{Decided, Run};
use crate::{Error, Result};

/// A claim with all that rows are made of.
pub struct Claim<'run> {
    pub(crate) run: &'run Run<'run>,
    /// As the ledger has it.
    pub drawn: DrawnView,
    /// As every surface shows it.
    pub view: ClaimView,
    /// What the attributions behind it say beside it.
    pub(crate) notes: BTreeMap<AttributionId, Notes>,
    people: People,
    /// The decisions about its statements.
    pub decided: Vec<Rc<Decided>>,
}

/// Which claims a format is of; asked before how they stand is concluded, which takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Only {
    /// All.
    All,
    /// Those about which a person decided.
    Decided,
    /// Those whose reports name a place that can be shown.
    WithPlace,
}

struct Texts<'run> {
    run: &'run Run<'run>,
    digests: &'run BTreeMap<RevisionId, Digest>,
    failed: RefCell<Option<Error>>,
}

impl ClaimTexts for Texts<'_> {
    fn points(&self, report: RevisionId) -> Option<Rc<CodePoints<'static>>> {
        let text = self.digests.get(&report).map(|digest| self.run.text(digest)).transpose();
        text.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            None
        })?
    }
}

impl<'run> Claim<'run> {
    /// The claim with this id; `None` where nothing was on record of it at the time asked for, or where it lacks what is wanted.
    pub(crate) fn load(run: &'run Run<'run>, id: &ClaimId, only: Only) -> Result<Option<Self>> {
        let Lookup::Found(drawn) = run.ledger.drawn(id, &run.asked.at)? else { return Ok(None) };
        let decided = run.decided(drawn.claim.statements.iter().map(|statement| statement.id));
        if only == Only::Decided && decided.is_empty() {
            return Ok(None);
        }
        let (mut notes, mut people) = (BTreeMap::new(), People::default());
        for statement in &drawn.claim.statements {
            let Some((article, revision)) = drawn.texts.get(&statement.revision) else { continue };
            let (Some(kept), Some(attribution)) = (drawn.articles.get(article), statement.attribution) else {
                continue;
            };
            if let Some(found) = run.notes(kept, *revision)?.get(&attribution) {
                people.add(found);
                notes.insert(attribution, found.clone());
            }
        }
        let has_place = |notes: &Notes| notes.places.iter().any(|named| crate::care::coarse(&named.place).is_some());
        if only == Only::WithPlace && !notes.values().any(has_place) {
            return Ok(None);
        }
        let view = view(run, &drawn)?;
        Ok(view.is_on_record().then_some(Self { run, drawn, view, notes, people, decided }))
    }

    /// Its article and the index of the revision, by the revision that the formats name.
    fn place(&self, article: ArticleId, revision: RevisionId) -> Option<(&Arc<Article>, usize)> {
        let kept = self.drawn.articles.get(&article)?;
        Some((kept, kept.revisions.iter().position(|one| one.id == revision)?))
    }

    /// Words of a report with their place.
    pub(crate) fn quote(&self, quote: &QuoteLine) -> Result<Evidence> {
        let place = match (self.place(quote.article, quote.revision), quote.range) {
            (Some((article, index)), Some(range)) => self.points(article, index, range)?,
            _ => None,
        };
        self.report(quote.article, quote.revision, place, &quote.words)
    }

    /// A report, with words of it or without.
    pub(crate) fn report(
        &self,
        article: ArticleId,
        revision: RevisionId,
        place: Option<(u32, u32)>,
        words: &str,
    ) -> Result<Evidence> {
        let Some((kept, index)) = self.place(article, revision) else {
            return Err(self.run.damaged(&format!("{article} of {}", self.view.claim)));
        };
        Ok(self.run.evidence(kept, index, place, words))
    }

    /// Words that a record names by the revision of its report, as the formats name it.
    pub(crate) fn named(&self, evidence: &onrecord_link::position::Evidence) -> Result<Option<Evidence>> {
        let Some((article, index)) = self.drawn.texts.get(&evidence.revision) else { return Ok(None) };
        let Some(kept) = self.drawn.articles.get(article) else { return Ok(None) };
        let place = self.points(kept, *index, evidence.words.range())?;
        Ok(Some(self.run.evidence(kept, *index, place, evidence.words.words())))
    }

    fn points(&self, article: &Article, index: usize, range: TextRange) -> Result<Option<(u32, u32)>> {
        let Some(revision) = article.revisions.get(index) else { return Ok(None) };
        let points = self.run.text(&revision.text)?;
        Ok(points.and_then(|points| points.of(range.start).zip(points.of(range.end))))
    }

    /// A party's name as it may be shown.
    pub(crate) fn name(&self, name: &str) -> String {
        self.people.shown(name, self.run.asked.care.full_names)
    }

    pub(crate) fn party(&self, party: &PartyLine) -> String {
        self.name(&party.name)
    }

    /// What stands in its rows, resting on these attributions; all of its own where there are none.
    pub(crate) fn provenance(&self, attributions: &[AttributionId]) -> Provenance {
        let scores = |wanted: &dyn Fn(&AttributionId) -> bool| {
            let scores = self.notes.iter().filter(|(id, _)| wanted(id)).map(|(_, notes)| notes.score);
            scores.min_by(f64::total_cmp)
        };
        let least = if attributions.is_empty() { scores(&|_| true) } else { scores(&|id| attributions.contains(id)) };
        self.run.base.decided(&self.decided).sure(least)
    }

    /// The places that its attributions settle on, each once, with the words that are surest.
    pub(crate) fn places(&self) -> Vec<&NamedPlace> {
        let mut found: BTreeMap<String, &NamedPlace> = BTreeMap::new();
        for place in self.notes.values().flat_map(|notes| &notes.places) {
            let known = found.entry(place.place.id.to_string()).or_insert(place);
            if place.confidence > known.confidence {
                *known = place;
            }
        }
        found.into_values().collect()
    }
}

/// A claim as every surface shows it.
fn view(run: &Run<'_>, drawn: &DrawnView) -> Result<ClaimView> {
    let (mut facts, mut digests) = (BTreeMap::new(), BTreeMap::new());
    for (name, (article, revision)) in &drawn.texts {
        let kept = drawn.articles.get(article).and_then(|article| article.revisions.get(*revision));
        let Some(kept) = kept else { continue };
        let (title, address) = (kept.metadata.title.clone(), kept.metadata.address.clone());
        facts.insert(*name, ReportFacts { revision: kept.id, number: kept.number, title, address });
        digests.insert(*name, kept.text);
    }
    let texts = Texts { run, digests: &digests, failed: RefCell::default() };
    let view = ClaimView::new(ClaimAsked {
        claim: &drawn.claim,
        neighbours: &drawn.neighbours,
        reports: &facts,
        texts: &texts,
        as_of: run.asked.at.as_of.as_ref(),
        everything: true,
    });
    texts.failed.into_inner().map_or(Ok(view), Err)
}

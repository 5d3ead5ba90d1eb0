//! One export: the state of the ledger that it reads, what is asked for, and what stands in every row. Not the tables.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_evidence::{ArticleId, AttributionId, ClaimId, CodePoints, Digest, EventId, RevisionId, StatementId};
use onrecord_ledger::{Article, At, ClaimQuery, Decision, Ledger, Lookup};
use onrecord_link::position::StandingWord;

use crate::care::{Care, Quota};
use crate::evidence::{Evidence, Provenance};
use crate::notes::Notes;
use crate::{Error, Result};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// From where the ledger is looked at.
    pub at: At,
    /// Which claims; limit and offset play no part.
    pub claims: ClaimQuery,
    /// What is kept back.
    pub care: Care,
}

/// A person's decision that holds, with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Its operation.
    pub operation: String,
    /// `accept`, `reject`, `merge`, `split` or `move`.
    pub word: &'static str,
    /// By whom.
    pub author: String,
    /// When.
    pub at: jiff::Timestamp,
    /// Why.
    pub reason: String,
}

/// One export on its way.
pub struct Run<'ledger> {
    pub(crate) ledger: &'ledger Ledger,
    pub(crate) asked: Asked,
    pub(crate) quota: RefCell<Quota>,
    /// What stands in every row: pipeline, linker, ledger, times.
    pub(crate) base: Provenance,
    /// What people decided, by the statements whose words it names.
    decided: BTreeMap<StatementId, Vec<Rc<Decided>>>,
    /// Those of them that are about how the statement is read or where it belongs.
    read: BTreeMap<StatementId, Vec<Rc<Decided>>>,
    texts: RefCell<BTreeMap<Digest, Option<Rc<CodePoints<'static>>>>>,
    notes: RefCell<BTreeMap<(ArticleId, Digest), Rc<NotesOfText>>>,
}

/// What each attribution of a text says beside its claim.
pub(crate) type NotesOfText = BTreeMap<AttributionId, Notes>;

/// Texts and records that are kept at hand.
const MOST_AT_HAND: usize = 256;
/// Bytes of these texts.
const MOST_BYTES_AT_HAND: usize = 16 << 20;

impl<'ledger> Run<'ledger> {
    /// Begins an export. The caller holds the state of the ledger ([`Ledger::hold`]).
    pub(crate) fn new(ledger: &'ledger Ledger, asked: Asked) -> Result<Self> {
        let pipeline = ledger.stats(&asked.at)?.pipeline;
        let mut decided: BTreeMap<StatementId, Vec<Rc<Decided>>> = BTreeMap::new();
        let mut read: BTreeMap<StatementId, Vec<Rc<Decided>>> = BTreeMap::new();
        for kept in ledger.decisions(&At { as_of: None, known_at: asked.at.known_at.clone() })? {
            if !kept.holds || matches!(kept.decision, Decision::Undo { .. }) {
                continue;
            }
            let one = Rc::new(Decided {
                operation: kept.id.to_string(),
                word: kept.decision.word(),
                author: kept.author,
                at: kept.recorded_at,
                reason: kept.reason,
            });
            for statement in kept.statements.iter().flatten() {
                decided.entry(*statement).or_default().push(Rc::clone(&one));
            }
            // A merge or split is about claims; these are about the reading of the first words that they name.
            if matches!(kept.decision, Decision::Accept { .. } | Decision::Reject { .. } | Decision::Move { .. }) {
                for statement in kept.statements.first().into_iter().flatten() {
                    read.entry(*statement).or_default().push(Rc::clone(&one));
                }
            }
        }
        let time = |time: &Option<onrecord_evidence::Time>| time.as_ref().map(|time| time.latest().to_string());
        let base = Provenance {
            made_by: "machine",
            decided_by: None,
            confidence: None,
            pipeline: pipeline.map(|(digest, _)| digest.to_string()),
            linker: ledger.link_state()?.digest.map(|digest| digest.to_string()),
            ledger: ledger.digest(&asked.at)?.to_string(),
            as_of: time(&asked.at.as_of),
            known_at: time(&asked.at.known_at),
        };
        let quota = RefCell::new(Quota::new(&asked.care));
        Ok(Self { ledger, asked, quota, base, decided, read, texts: RefCell::default(), notes: RefCell::default() })
    }

    /// The claims that are asked for, by event and id.
    pub(crate) fn claims(&self) -> Result<Vec<(EventId, ClaimId)>> {
        const PAGE: usize = 2000;
        let mut query = self.asked.claims.clone();
        // With a time of knowledge the whole list is made for each page.
        query.limit = self.asked.at.known_at.is_none().then_some(PAGE);
        query.offset = 0;
        let mut found = Vec::new();
        loop {
            let page = self.ledger.contested_claims(&query, &self.asked.at)?.found;
            let is_last = query.limit.is_none_or(|limit| page.len() < limit);
            found.extend(page.into_iter().map(|one| (one.event, one.id)));
            if is_last {
                break;
            }
            query.offset += PAGE;
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Whether only some claims are asked for, by what they say and not by where they stand.
    pub(crate) fn narrows_claims(&self) -> bool {
        let ClaimQuery { standing, party, place, words, .. } = &self.asked.claims;
        standing.is_some_and(|standing| standing != StandingWord::NoStanding)
            || party.is_some()
            || place.is_some()
            || words.is_some()
    }

    /// What people decided about statements, each decision once, the first first.
    pub(crate) fn decided(&self, statements: impl Iterator<Item = StatementId>) -> Vec<Rc<Decided>> {
        let mut found: Vec<Rc<Decided>> = Vec::new();
        for one in statements.filter_map(|statement| self.decided.get(&statement)).flatten() {
            if !found.contains(one) {
                found.push(Rc::clone(one));
            }
        }
        found.sort_by(|one, other| (one.at, &one.operation).cmp(&(other.at, &other.operation)));
        found
    }

    /// The attributions about which people decided.
    pub(crate) fn decided_attributions(&self) -> Result<BTreeMap<AttributionId, Vec<Rc<Decided>>>> {
        let mut found: BTreeMap<AttributionId, Vec<Rc<Decided>>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for statement in self.read.keys() {
            let Some(claim) = self.ledger.claim_of(statement)? else { continue };
            if !seen.insert(claim) {
                continue;
            }
            let Lookup::Found(drawn) = self.ledger.drawn(&claim, &self.asked.at)? else { continue };
            for one in &drawn.claim.statements {
                if let (Some(attribution), Some(decided)) = (one.attribution, self.read.get(&one.id)) {
                    found.entry(attribution).or_default().extend(decided.iter().cloned());
                }
            }
        }
        Ok(found)
    }

    /// A text by its digest; `None` where it was withheld.
    pub(crate) fn text(&self, digest: &Digest) -> Result<Option<Rc<CodePoints<'static>>>> {
        if let Some(known) = self.texts.borrow().get(digest) {
            return Ok(known.clone());
        }
        let points = self.ledger.text(digest)?.map(|text| Rc::new(CodePoints::new(text)));
        let mut texts = self.texts.borrow_mut();
        let bytes: usize = texts.values().flatten().map(|points| points.text().len()).sum();
        if texts.len() >= MOST_AT_HAND || bytes >= MOST_BYTES_AT_HAND {
            texts.clear();
        }
        texts.insert(*digest, points.clone());
        Ok(points)
    }

    /// What the attributions of a text say beside the claim.
    pub(crate) fn notes(&self, article: &std::sync::Arc<Article>, revision: usize) -> Result<Rc<NotesOfText>> {
        let Some(text) = article.revisions.get(revision).map(|revision| revision.text) else {
            return Ok(Rc::default());
        };
        let key = (article.id, text);
        if let Some(known) = self.notes.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let kept = self.ledger.attributions_of(article, revision)?;
        let found: Rc<NotesOfText> =
            Rc::new(kept.iter().map(|kept| (kept.record.id, Notes::of(&kept.record))).collect());
        let mut notes = self.notes.borrow_mut();
        if notes.len() >= MOST_AT_HAND {
            notes.clear();
        }
        notes.insert(key, Rc::clone(&found));
        Ok(found)
    }

    /// The words of a text with their place, as far as they may leave.
    pub(crate) fn evidence(
        &self,
        article: &Article,
        revision: usize,
        place: Option<(u32, u32)>,
        words: &str,
    ) -> Evidence {
        let mut evidence = Evidence::of(article, revision);
        let id = article.revisions.get(revision).map_or_else(|| RevisionId::of_fields(&[]), |revision| revision.id);
        (evidence.quote_start, evidence.quote_end) = place.unzip();
        evidence.quote_cut = !words.is_empty() && !self.quota.borrow_mut().allows(article.id, id, place, words);
        evidence.quote = (!evidence.quote_cut && !words.is_empty()).then(|| words.to_owned());
        evidence
    }

    /// Fails where a text that was needed could not be read.
    pub(crate) fn damaged(&self, what: &str) -> Error {
        Error::Damaged(format!("{what} is not as the ledger says; see `onrecord verify`"))
    }
}

//! Tests of linking in a ledger: six short reports of one story and one of another, read by the toy pipeline, with toy vectors.

mod bounded;
mod browsing;
mod deciding;
mod drawing;
mod joining;
mod order;
mod reading;
mod withholding;

use onrecord_annotate::SentenceVector;
use onrecord_evidence::{ClaimId, StatementId};
use onrecord_link::Report;
use onrecord_link::claims::{Comparer, StatementTools, StemTable, Thresholds, Vectors, statements};

use super::*;
use crate::{Anchor, Linkable, Linker, Lookup, Pipeline, Progress, text_id};

pub(super) const NOW: &str = "2031-04-01T00:00:00Z";

const STEMS: &str = include_str!("../../../../../models/propositions/stems.txt");
const COMPARISON: &str = include_str!("../../../../../models/propositions/comparison.txt");

pub(super) const POST: Page = Page {
    address: "https://post.example/orsk",
    fetched: None,
    bytes: "Title: Leaders spoke by telephone\nOutlet: Morning Post\nDate: 2031-03-03T06:00Z\n\n\
            Two officials said that President Orsk spoke to Vask by telephone on Thursday about the port of Lenn. \
            The harbour of Lenn handles half of the grain of the province.",
};
pub(super) const WIRE: Page = Page {
    address: "https://wire.example/orsk",
    fetched: None,
    bytes: "Title: Orsk and Vask spoke, Post says\nOutlet: Concord Press\nDate: 2031-03-03T09:00Z\n\n\
            The Morning Post said that President Orsk and Vask spoke by telephone on Thursday about the port of Lenn.",
};
pub(super) const COURIER: Page = Page {
    address: "https://courier.example/orsk",
    fetched: None,
    bytes: "Title: Dellen: no call\nOutlet: Courier\nDate: 2031-03-04T10:00Z\n\n\
            Arno Dellen denied that President Orsk spoke to Vask by telephone on Thursday. \
            Arno Dellen said that the Kolisnyk ferries to the islands would stop on Sunday evening.",
};
pub(super) const COPY: Page = Page {
    address: "https://herald.example/orsk",
    fetched: None,
    bytes: "Title: No call, says Dellen\nOutlet: Herald\nDate: 2031-03-04T12:00Z\n\n\
            Arno Dellen denied that President Orsk spoke to Vask by telephone on Thursday. \
            Arno Dellen said that the Kolisnyk ferries to the islands would stop on Sunday evening. \
            (With inputs from the Courier)",
};
pub(super) const BREAD: Page = Page {
    address: "https://gazette.example/bread",
    fetched: None,
    bytes: "Title: Bread dearer\nOutlet: Gazette\nDate: 2031-03-05\n\n\
            The bakers said that the price of bread in Sorrel would rise by a tenth in autumn.",
};
pub(super) const MIRROR: Page = Page {
    address: "https://mirror.example/orsk",
    fetched: Some("2031-03-06T10:00Z"),
    bytes: "Title: Maro silent\nOutlet: Mirror\n\n\
            Ines Maro declined to say whether President Orsk spoke to Vask by telephone on Thursday.",
};
/// The reports in the order of linking.
pub(super) const STORY: [Page; 6] = [POST, WIRE, COURIER, COPY, BREAD, MIRROR];

/// Vectors of words alone: each word has its direction.
struct WordVectors;

impl Vectors for WordVectors {
    fn vector(&self, words: &str) -> Option<SentenceVector> {
        let mut sums = [0_i32; 384];
        for word in words.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3) {
            let digest = Digest::of_bytes(word.as_bytes());
            for pair in digest.as_bytes()[..16].chunks(2) {
                sums[(usize::from(pair[0]) << 8 | usize::from(pair[1])) % 384] += 1;
            }
        }
        let most = sums.iter().max().copied().filter(|most| *most > 0)?;
        SentenceVector::from_bytes(&sums.map(|sum| (sum * 127 / most) as u8))
    }
}

/// The shipped tables.
pub(super) struct Tools {
    table: StemTable,
    pub comparer: Comparer,
}

impl Tools {
    pub(super) fn shipped() -> Self {
        Self { table: StemTable::parse(STEMS).unwrap(), comparer: Comparer::parse(COMPARISON).unwrap() }
    }

    pub(super) fn linker(&self) -> Linker<'_> {
        Linker {
            digest: Digest::of_bytes(b"toy linker"),
            description: "toy linker 1",
            comparer: &self.comparer,
            thresholds: Thresholds::default(),
        }
    }

    /// The report that a page makes.
    pub(super) fn report(&self, capture: &Capture, article: ArticleId, derived: &Derived) -> Report {
        let reading = derived.reading.as_ref().unwrap();
        let metadata = &derived.metadata;
        Report {
            article,
            revision: text_id(&article, &reading.digest()),
            outlet: metadata.outlet.clone(),
            domain: capture.address.as_ref().and_then(|address| Some(address.split('/').nth(2)?.to_owned())),
            published: metadata.published.clone(),
            observed: Time::instant(Timestamp::UNIX_EPOCH, TimeSource::Received),
            title: metadata.title.clone(),
            text: reading.text.clone(),
            blocks: vec![],
            records: reading.records.iter().map(|kept| kept.record.clone()).collect(),
        }
    }

    fn linkable(&self, capture: &Capture, article: ArticleId, derived: Derived) -> Derived {
        let report = self.report(capture, article, &derived);
        let tools = StatementTools { table: &self.table, vectors: &WordVectors };
        let (statements, _) = statements(&report, tools);
        let linkable = Linkable { domain: report.domain, blocks: report.blocks, statements };
        Derived { linkable: Some(linkable), ..derived }
    }

    pub(super) fn intake(&self, page: &Page) -> Intake {
        let intake = intake(page);
        let derived = self.linkable(&intake.capture, intake.article, intake.derived);
        Intake { derived, ..intake }
    }

    pub(super) fn reread(&self, captures: &[KeptCapture]) -> Vec<Derived> {
        let read = |kept: &KeptCapture| read(&kept.capture, kept.stated.as_ref(), kept.article);
        captures.iter().map(|kept| self.linkable(&kept.capture, kept.article, read(kept))).collect()
    }

    pub(super) fn add(&self, ledger: &mut Ledger, pages: &[Page], when: &str) {
        let intakes: Vec<Intake> = pages.iter().map(|page| self.intake(page)).collect();
        ledger.add_linked(&intakes, &self.linker(), "test", now(when)).unwrap();
    }

    /// A ledger with these pages, each in a transaction of its own.
    pub(super) fn ledger(&self, pages: &[Page]) -> Ledger {
        let mut ledger = ledger();
        for page in pages {
            self.add(&mut ledger, &[*page], "2031-03-10T00:00:00Z");
        }
        ledger.draw_up(|_| ()).unwrap();
        ledger
    }

    pub(super) fn relink(&self, ledger: &mut Ledger) {
        ledger.relink(&self.linker(), "test", now(NOW), |_| ()).unwrap();
    }

    pub(super) fn rebuild(&self, ledger: &mut Ledger) {
        let same = Pipeline { digest: pipeline(), description: "toy 1" };
        let reread = |captures: &[KeptCapture]| self.reread(captures);
        ledger.rebuild_linked(same, Some(&self.linker()), "test", now(NOW), reread, |_| ()).unwrap();
    }
}

/// The statement of a page that has these words.
pub(super) fn statement(ledger: &Ledger, page: &Page, words: &str) -> (StatementId, ClaimId) {
    let all = ledger.claims(&At::default()).unwrap().found;
    let claims = all.iter().map(|line| match ledger.claim(&line.id, &At::default()).unwrap() {
        Lookup::Found(claim) => claim,
        other => panic!("{other:?}"),
    });
    let mut found = claims
        .flat_map(|claim| claim.statements.into_iter().map(move |kept| (kept, claim.claim.id)))
        .filter(|(kept, _)| kept.article.id == article(page.address) && kept.words.contains(words));
    let (kept, claim) = found.next().unwrap_or_else(|| panic!("no statement of {} has {words:?}", page.address));
    (kept.statement.id, claim)
}

pub(super) fn anchor(ledger: &Ledger, page: &Page, words: &str) -> Anchor {
    ledger.anchor(&statement(ledger, page, words).0).unwrap().unwrap()
}

/// The claims as words: the outlets whose statements are on one, claim by claim, each sorted; claims of one statement are left out.
pub(super) fn joined(ledger: &Ledger) -> String {
    let mut lines = Vec::new();
    for line in ledger.claims(&At::default()).unwrap().found {
        let Lookup::Found(claim) = ledger.claim(&line.id, &At::default()).unwrap() else { panic!("it is listed") };
        let outlet = |kept: &crate::KeptStatement| kept.article.metadata.outlet.clone().unwrap_or_default();
        let mut outlets: Vec<String> = claim.statements.iter().map(outlet).collect();
        outlets.sort();
        if outlets.len() > 1 {
            lines.push(outlets.join("+"));
        }
    }
    lines.sort();
    lines.join("; ")
}

pub(super) fn sound(ledger: &mut Ledger, tools: &Tools) {
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    if ledger.link_state().unwrap().stale.is_none() {
        assert_eq!(ledger.verify_links(&tools.linker()).unwrap(), []);
    }
}

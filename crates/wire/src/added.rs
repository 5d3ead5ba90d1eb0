//! The lines of `add --json`, as `docs/wire.md` specifies them: what became of each capture, and a summary. Nothing here adds.

use std::collections::BTreeMap;

use serde::Serialize;

use onrecord_evidence::{ArticleId, CaptureId};

use crate::VERSION;

/// What became of a capture that was added; the `type` of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Acknowledged {
    /// It would be read: nothing was written (`--dry-run`).
    New,
    /// A new article.
    Added,
    /// A new text of a known article.
    Revised,
    /// Another capture of a known text.
    Recaptured,
    /// It was in; nothing was added.
    Known,
    /// It was in; something else is stated about it now.
    Restated,
    /// Withheld by order; nothing was added.
    Withheld,
    /// The ledger refused it; a diagnostic says why.
    Refused,
}

/// One line of `add --json`, printed once it is durable.
#[derive(Clone, Debug, Serialize)]
pub struct AcknowledgementLine {
    r#type: Acknowledged,
    version: u32,
    /// The capture.
    pub capture: CaptureId,
    /// Its article.
    pub article: Option<ArticleId>,
    /// Number of the revision that it came to stand in, from 1.
    pub revision: Option<u32>,
    /// How many attributions its text holds.
    pub attributions: Option<usize>,
    /// Where the bytes were taken from.
    pub file: String,
}

impl AcknowledgementLine {
    /// The line of a capture about which nothing else is to be said.
    pub const fn new(acknowledged: Acknowledged, capture: CaptureId, file: String) -> Self {
        Self {
            r#type: acknowledged,
            version: VERSION,
            capture,
            article: None,
            revision: None,
            attributions: None,
            file,
        }
    }

    /// What became of it.
    pub const fn acknowledged(&self) -> Acknowledged {
        self.r#type
    }
}

/// The last line of `add --json`: captures by what became of them.
#[derive(Clone, Debug, Serialize)]
pub struct AddSummary {
    r#type: &'static str,
    version: u32,
    /// New articles.
    pub added: usize,
    /// New texts of known articles.
    pub revised: usize,
    /// Other captures of known texts.
    pub recaptured: usize,
    /// Captures that were in.
    pub known: usize,
    /// Captures that were in, with something else stated about them now.
    pub restated: usize,
    /// Captures that are withheld by order.
    pub withheld: usize,
    /// Captures that the ledger refused.
    pub refused: usize,
    /// Inputs that gave no article.
    pub failed: usize,
    /// Articles in another language: kept and left unread. They are counted above too.
    pub unread: usize,
    /// Attributions in the texts that came in.
    pub attributions: usize,
    /// Captures that would be read, where nothing was written (`--dry-run`).
    pub new: usize,
    /// Records of archives and files of folders that were passed over, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// How long it took.
    pub seconds: f64,
}

impl AddSummary {
    /// An empty count.
    pub const fn new() -> Self {
        Self {
            r#type: "summary",
            version: VERSION,
            added: 0,
            revised: 0,
            recaptured: 0,
            known: 0,
            restated: 0,
            withheld: 0,
            refused: 0,
            failed: 0,
            unread: 0,
            attributions: 0,
            new: 0,
            skipped: BTreeMap::new(),
            seconds: 0.0,
        }
    }

    /// Counts one line.
    pub fn count(&mut self, line: &AcknowledgementLine) {
        let count = match line.acknowledged() {
            Acknowledged::New => &mut self.new,
            Acknowledged::Added => &mut self.added,
            Acknowledged::Revised => &mut self.revised,
            Acknowledged::Recaptured => &mut self.recaptured,
            Acknowledged::Known => &mut self.known,
            Acknowledged::Restated => &mut self.restated,
            Acknowledged::Withheld => &mut self.withheld,
            Acknowledged::Refused => &mut self.refused,
        };
        *count += 1;
        self.attributions += line.attributions.unwrap_or(0);
    }
}

impl Default for AddSummary {
    fn default() -> Self {
        Self::new()
    }
}

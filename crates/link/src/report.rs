//! One revision of an article as linking sees it. Not the capture, and nothing that was concluded across articles.

use onrecord_evidence::{ArticleId, Block, RevisionId, Time};
use onrecord_record::AttributionRecord;

/// A revision with its text, its metadata and its attributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The article.
    pub article: ArticleId,
    /// The revision of it.
    pub revision: RevisionId,
    /// Name of the outlet, as stated; `None` where nobody says.
    pub outlet: Option<String>,
    /// Host of the article's address without `www.`; `None` where it has no address.
    pub domain: Option<String>,
    /// When it was published; `None` where nobody says.
    pub published: Option<Time>,
    /// When this text was first seen to stand.
    pub observed: Time,
    /// The headline, where it is stated.
    pub title: Option<String>,
    /// The reading's text.
    pub text: String,
    /// Its blocks, in text order; empty for a text without structure.
    pub blocks: Vec<Block>,
    /// Its attributions, in the order of their cues.
    pub records: Vec<AttributionRecord>,
}

//! What stands in every row: where its words are, and who or what made it. Not what the row says.

use onrecord_evidence::Granularity;
use onrecord_ledger::Article;

use crate::table::{Moment, columns};
use crate::words::word;

columns! {
    /// Where the words of a row stand.
    pub struct Evidence {
        /// Exact words of the article; empty where the quotation cap was reached (`quote_cut`), where the words are gone, or where the row rests on no words.
        quote: Option<String>,
        /// First code point of the words in the reading's text.
        quote_start: Option<u32>,
        /// One past the last code point.
        quote_end: Option<u32>,
        /// Whether the words were left out because this export quotes no more of the article.
        quote_cut: bool,
        /// The article.
        article: String,
        /// The revision of it in whose reading the words stand.
        revision: Option<String>,
        /// Which text of the article that is, from 1.
        revision_number: Option<u32>,
        /// SHA-256 of the reading's text, to check the words and their place against.
        text_sha256: Option<String>,
        /// The outlet.
        outlet: Option<String>,
        /// The headline.
        title: Option<String>,
        /// Address of the article.
        address: Option<String>,
        /// By when the article was out: the first moment of the interval that is stated.
        published: Option<Moment>,
        /// How exact that is: year, month, day, minute or second.
        published_precision: Option<String>,
        /// Who wrote it, as the article states.
        byline: Option<String>,
        /// Who supplied it, as its credit line states; rights in the words are theirs or the outlet's, and no licence is given here.
        credit: Option<String>,
    }
}

columns! {
    /// Who or what made a row, and of which state.
    pub struct Provenance {
        /// `machine`, or `human` where a decision of a person stands behind the row.
        made_by: &'static str,
        /// Who decided, where a person did.
        decided_by: Option<Vec<String>>,
        /// How sure the reading model is of the attributions behind the row, 0 to 1, the least sure one; no probability that the claim is true.
        confidence: Option<f64>,
        /// Digest of the pipeline that read the articles.
        pipeline: Option<String>,
        /// Digest of the linker that joined statements to claims.
        linker: Option<String>,
        /// Digest of what the ledger holds: two exports with the same are of the same captures, decisions and pipeline.
        ledger: String,
        /// As of when; empty for all that is on record.
        as_of: Option<String>,
        /// What was in the ledger by when; empty for all.
        known_at: Option<String>,
    }
}

impl Evidence {
    /// The article and revision, without words.
    pub(crate) fn of(article: &Article, revision: usize) -> Self {
        let kept = article.revisions.get(revision);
        let metadata = kept.map_or(&article.metadata, |kept| &kept.metadata);
        let published = article.published.as_ref();
        let credits = metadata.other.pointer("/stated/credits").and_then(|credits| credits.as_array());
        let credits = credits.into_iter().flatten().filter_map(|credit| credit.get("value")?.as_str());
        let credits: Vec<&str> = credits.collect();
        Self {
            quote: None,
            quote_start: None,
            quote_end: None,
            quote_cut: false,
            article: article.id.to_string(),
            revision: kept.map(|kept| kept.id.to_string()),
            revision_number: kept.map(|kept| kept.number),
            text_sha256: kept.map(|kept| kept.text.to_string()),
            outlet: metadata.outlet.clone(),
            title: metadata.title.clone(),
            address: metadata.address.clone(),
            published: published.map(|time| Moment(time.earliest())),
            published_precision: published.map(|time| precision(time.granularity())),
            byline: metadata.byline.clone(),
            credit: (!credits.is_empty()).then(|| credits.join("; ")),
        }
    }
}

pub(crate) fn precision(granularity: Granularity) -> String {
    word(granularity)
}

impl Provenance {
    /// For a row behind which these decisions stand.
    pub(crate) fn decided(&self, decided: &[std::rc::Rc<crate::run::Decided>]) -> Self {
        let mut people: Vec<String> = decided.iter().map(|one| one.author.clone()).collect();
        people.sort();
        people.dedup();
        let is_human = !people.is_empty();
        Self {
            made_by: if is_human { "human" } else { "machine" },
            decided_by: is_human.then_some(people),
            ..self.clone()
        }
    }

    /// With so much confidence.
    pub(crate) fn sure(mut self, confidence: Option<f64>) -> Self {
        self.confidence = confidence;
        self
    }
}

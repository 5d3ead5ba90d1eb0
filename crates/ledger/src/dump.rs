//! Everything that a reader can see at one time as text, in a specified order: for comparing two ledgers. Not an export format.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::json;

use crate::{At, Ledger, Result};

impl Ledger {
    /// One JSON line for each article (by id), each of its revisions (in sequence) and each attribution (in the order of
    /// its text). Two ledgers with the same captures, statements and pipeline give the same lines, whatever came in first.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn dump(&self, at: &At) -> Result<String> {
        let mut lines = String::new();
        let mut line = |value: serde_json::Value| {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{value}");
        };
        for article in self.articles(at)?.found {
            let article = Arc::new(article);
            line(json!({
                "article": article.id, "key": article.key, "metadata": article.metadata, "published": article.published,
                "captures": article.captures, "current": article.current, "seen_later": article.seen_later,
            }));
            for (index, revision) in article.revisions.iter().enumerate() {
                line(json!({
                    "revision": revision.id, "number": revision.number, "text": revision.text, "observed": revision.observed,
                    "order_known": revision.order_known, "captures": revision.captures, "metadata": revision.metadata,
                }));
                for kept in self.attributions_of(&article, index)? {
                    line(json!({ "attribution": kept.record, "raw": kept.raw, "current": kept.is_current }));
                }
            }
        }
        Ok(lines)
    }
}

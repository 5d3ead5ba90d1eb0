//! Tests of copying: pairs of texts, directions, many copies, bad input.

mod directions;
mod pairs;
mod streams;

use jiff::Timestamp;
use onrecord_evidence::{ArticleId, RevisionId, Time, TimeSource};

use super::{Copying, Passages, compare};
use crate::Report;

/// A report with this text; its name gives its ids.
fn report(name: &str, text: &str) -> Report {
    Report {
        article: ArticleId::of_fields(&[name.as_bytes()]),
        revision: RevisionId::of_fields(&[name.as_bytes()]),
        outlet: None,
        domain: None,
        published: None,
        observed: Time::instant(Timestamp::UNIX_EPOCH, TimeSource::Received),
        title: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        records: Vec::new(),
    }
}

fn compared(first: &Report, second: &Report) -> Option<Copying> {
    compare(first, &Passages::of(first), second, &Passages::of(second))
}

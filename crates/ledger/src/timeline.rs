//! The two time axes, and the revisions of an article seen along them. One function puts captures in sequence; every read uses it.

use serde::{Deserialize, Serialize};

use onrecord_evidence::{ArticleId, CaptureId, Digest, RevisionId, Time};

use crate::Metadata;

/// From where a reader looks; the default is now, with everything known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Only what was published by then, each article in the text that was current then.
    pub as_of: Option<Time>,
    /// Only what this ledger held by then, decisions included.
    pub known_at: Option<Time>,
}

impl At {
    /// The last microsecond that `known_at` lets in.
    pub(crate) fn known_by(&self) -> i64 {
        self.known_at.as_ref().map_or(i64::MAX, |time| time.latest().as_microsecond())
    }
}

/// When a text was seen to stand, and by which statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// The time.
    pub time: Time,
    /// Where it is from.
    pub by: ObservedBy,
}

/// What says when a text was seen to stand; the first of these that is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ObservedBy {
    /// The time of fetching.
    Fetched,
    /// The time of the last change, as the page says.
    Modified,
    /// The time of publication.
    Published,
    /// Nothing else: the time at which the capture came into this ledger.
    Recorded,
}

impl Observed {
    /// The first statement there is.
    pub(crate) fn of(fetched: Option<&Time>, metadata: &Metadata, recorded: Time) -> Self {
        let stated = [
            (fetched, ObservedBy::Fetched),
            (metadata.modified.as_ref(), ObservedBy::Modified),
            (metadata.published.as_ref(), ObservedBy::Published),
        ];
        let first = stated.into_iter().find_map(|(time, by)| time.map(|time| Self { time: time.clone(), by }));
        first.unwrap_or(Self { time: recorded, by: ObservedBy::Recorded })
    }
}

/// One text of an article in its sequence.
///
/// Captures of an article are ordered by the earliest and then the latest moment of [`Observed`], then by digest of the
/// text, then by id; consecutive equal texts are one revision. When they came in plays no part, unless nothing else is
/// stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Identity: article, digest of the text, number.
    pub id: RevisionId,
    /// Its article.
    pub article: ArticleId,
    /// Place in the sequence, from 1.
    pub number: u32,
    /// SHA-256 of the text.
    pub text: Digest,
    /// When its first capture saw it.
    pub observed: Observed,
    /// Whether a statement puts it after the revision before it; if not, their order is by digest and means nothing.
    pub order_known: bool,
    /// The captures that hold it, in order; never empty.
    pub captures: Vec<CaptureId>,
    /// What its first capture says about the article.
    pub metadata: Metadata,
    pub(crate) record_set: i64,
}

/// An article as it stands at one [`At`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Identity.
    pub id: ArticleId,
    /// How it was identified.
    pub key: String,
    /// What its current revision says about it.
    pub metadata: Metadata,
    /// When it was published: the first statement in the sequence of its captures.
    pub published: Option<Time>,
    /// How many captures there are, read or not.
    pub captures: usize,
    /// Its revisions, in sequence; empty where no capture could be read.
    pub revisions: Vec<Revision>,
    /// Index of the current one in `revisions`; `None` only where there are none.
    pub current: Option<usize>,
    /// Whether the current text was first seen after `as_of`, though the article was published by then.
    pub seen_later: bool,
}

impl Article {
    /// The revision that is current.
    pub fn current(&self) -> Option<&Revision> {
        self.current.and_then(|index| self.revisions.get(index))
    }
}

/// A capture as it is known at one time.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub capture: CaptureId,
    /// Text and record set.
    pub reading: Option<(Digest, i64)>,
    pub metadata: Metadata,
    pub observed: Observed,
}

/// Why an article is not there at an [`At`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing of it was known, or it was published later.
    NotYet,
    /// It has no date, and one was asked for.
    Undated,
}

/// Puts the captures of an article in sequence.
pub(crate) fn put_in_order(views: &mut [View]) {
    views.sort_by_key(|view| {
        let digest = view.reading.map(|(digest, _)| digest);
        (view.observed.time.earliest(), view.observed.time.latest(), digest, view.capture)
    });
}

/// The article that `views` make up as of `as_of`.
pub(crate) fn article(id: ArticleId, key: String, mut views: Vec<View>, as_of: Option<&Time>) -> Result<Article, Left> {
    put_in_order(&mut views);
    let published = views.iter().find_map(|view| view.metadata.published.clone());
    if views.is_empty() {
        return Err(Left::NotYet);
    }
    if let Some(as_of) = as_of {
        match &published {
            None => return Err(Left::Undated),
            Some(published) if !published.is_by(as_of) => return Err(Left::NotYet),
            Some(_) => {}
        }
    }
    let revisions = revisions(id, &views);
    let (current, seen_later) = current(&revisions, as_of);
    let metadata = match current.and_then(|index| revisions.get(index)) {
        Some(revision) => revision.metadata.clone(),
        None => views[0].metadata.clone(),
    };
    Ok(Article { id, key, metadata, published, captures: views.len(), revisions, current, seen_later })
}

/// The runs of equal texts in `views`, which stand in order.
fn revisions(article: ArticleId, views: &[View]) -> Vec<Revision> {
    let article_text = article.to_string();
    let mut revisions: Vec<Revision> = Vec::new();
    for view in views {
        let Some((text, record_set)) = view.reading else { continue };
        match revisions.last_mut() {
            Some(last) if last.text == text => last.captures.push(view.capture),
            last => {
                let order_known = last.is_none_or(|last| {
                    (last.observed.time.earliest(), last.observed.time.latest())
                        != (view.observed.time.earliest(), view.observed.time.latest())
                });
                let number = revisions.len() as u32 + 1;
                revisions.push(Revision {
                    id: revision_id(&article_text, text, number),
                    article,
                    number,
                    text,
                    observed: view.observed.clone(),
                    order_known,
                    captures: vec![view.capture],
                    metadata: view.metadata.clone(),
                    record_set,
                });
            }
        }
    }
    revisions
}

/// The id of a revision of the article with the id `article`.
pub(crate) fn revision_id(article: &str, text: Digest, number: u32) -> RevisionId {
    RevisionId::of_fields(&[article.as_bytes(), text.as_bytes(), number.to_string().as_bytes()])
}

/// The last revision seen by `as_of`; the first one where all were seen later.
fn current(revisions: &[Revision], as_of: Option<&Time>) -> (Option<usize>, bool) {
    let last = revisions.len().checked_sub(1);
    let Some(as_of) = as_of else { return (last, false) };
    match revisions.iter().rposition(|revision| revision.observed.time.is_by(as_of)) {
        Some(index) => (Some(index), false),
        None => (last.map(|_| 0), last.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_evidence::TimeSource;

    fn view(text: &str, fetched: &str, published: Option<&str>) -> View {
        let time = |text: &str| Time::parse(text, TimeSource::Supplier).unwrap();
        let metadata = Metadata { published: published.map(time), ..Metadata::default() };
        View {
            capture: CaptureId::of_fields(&[text.as_bytes(), fetched.as_bytes()]),
            reading: Some((Digest::of_bytes(text.as_bytes()), 1)),
            observed: Observed { time: time(fetched), by: ObservedBy::Fetched },
            metadata,
        }
    }

    fn shown(views: &[View], as_of: Option<&str>) -> String {
        let as_of = as_of.map(|text| Time::parse(text, TimeSource::User).unwrap());
        match article(ArticleId::of_fields(&[b"call"]), "call".to_owned(), views.to_vec(), as_of.as_ref()) {
            Err(left) => format!("{left:?}"),
            Ok(article) => {
                let letter = |revision: &Revision| {
                    let letter = ["A", "B"].into_iter().find(|text| Digest::of_bytes(text.as_bytes()) == revision.text);
                    format!(
                        "{}{}{}",
                        letter.unwrap(),
                        revision.captures.len(),
                        if revision.order_known { "" } else { "?" }
                    )
                };
                let all = article.revisions.iter().map(letter).collect::<Vec<_>>().join(" ");
                let current = article.current.map_or(0, |index| index + 1);
                format!("{all}; current {current}{}", if article.seen_later { ", seen later" } else { "" })
            }
        }
    }

    #[test]
    fn texts_that_come_back_are_revisions_of_their_own() {
        let a = view("A", "2031-03-06T09:00Z", Some("2031-03-06T08:00Z"));
        let b = view("B", "2031-03-07T09:00Z", Some("2031-03-06T08:00Z"));
        let again = view("A", "2031-03-08T09:00Z", None);
        let same = view("B", "2031-03-07T19:00Z", None);
        let tied = view("B", "2031-03-06T09:00Z", None);
        let undated = view("A", "2031-03-06T09:00Z", None);
        let check = |views: &[&View], as_of: Option<&str>, expect: &str| {
            let mut views: Vec<View> = views.iter().map(|view| (*view).clone()).collect();
            assert_eq!(shown(&views, as_of), expect);
            views.reverse();
            assert_eq!(shown(&views, as_of), expect, "in another order");
        };
        check(&[&a, &b, &same, &again], None, "A1 B2 A1; current 3");
        check(&[&a, &b, &again], Some("2031-03-07T12:00Z"), "A1 B1 A1; current 2");
        check(&[&a, &b, &again], Some("2031-03-06T08:30Z"), "A1 B1 A1; current 1, seen later");
        check(&[&a, &b], Some("2031-03-06T07:59Z"), "NotYet");
        check(&[&undated], Some("2031-03-07"), "Undated");
        check(&[&undated], None, "A1; current 1");
        check(&[], None, "NotYet");
        check(
            &[&a, &tied],
            None,
            if Digest::of_bytes(b"A") < Digest::of_bytes(b"B") { "A1 B1?; current 2" } else { "B1 A1?; current 2" },
        );
    }
}

//! The 40 labelled claims of `truth/claims`: what a person, or linking, has on a claim, in one shape, so that both are scored in one way. Not the
//! scores.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use onrecord::annotate::Act;
use onrecord::evidence::Digest;
use onrecord::link::citing::folded;
use serde::Deserialize;

use crate::corpus::byte_offsets;
use crate::emergent::{self, Doc, Part};
use crate::root;

/// Bytes of an article's file, the end exclusive.
pub type Span = (u32, u32);

/// Whether something is said on the claim in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    This,
    Other,
    /// It was read and put to no claim.
    None,
}

/// Something said in an article.
#[derive(Clone, Debug)]
pub struct Said {
    pub content: Vec<Span>,
    /// Words of the source and the cue.
    pub frame: Vec<Span>,
    /// What is done to the claim in question as it is worded; `None` where nothing was decided.
    pub act: Option<Act>,
    pub on: On,
    pub is_own_voice: bool,
    /// Whose saying it is, by a key that means something within one answer.
    pub party: Option<String>,
}

/// An edge to what an article cites.
#[derive(Clone, Debug)]
pub struct Edge {
    pub words: Span,
    /// The name, folded.
    pub name: String,
    /// Whether an outlet or agency is cited, and not a post, a document, a person or unnamed sources.
    pub is_outlet: bool,
    /// The article that is meant.
    pub to: Option<String>,
}

/// What there is on a claim in one article.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// Whether it is about the claim.
    pub about: bool,
    pub said: Vec<Said>,
    pub edges: Vec<Edge>,
    /// for, against or observing.
    pub stance: Option<String>,
}

/// A group of articles with one origin of the affirmation.
#[derive(Clone, Debug)]
pub struct Group {
    pub docs: BTreeSet<String>,
}

/// All that there is on one claim.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// As the data names it.
    pub claim: String,
    pub articles: BTreeMap<String, Labelled>,
    /// The least number of independent origins; `None` where there is no such claim.
    pub least: Option<usize>,
    pub groups: Vec<Group>,
    /// Statements in articles that were not collected for the claim.
    pub foreign: usize,
}

#[derive(Deserialize)]
struct Row {
    claim: String,
    articles: Vec<RowArticle>,
    origins: RowOrigins,
}

#[derive(Deserialize)]
struct RowArticle {
    doc: String,
    sha256: Digest,
    about: bool,
    cites: Vec<RowCite>,
    positions: Vec<RowPosition>,
    own_voice: Vec<RowOwn>,
    stance: String,
}

#[derive(Deserialize)]
struct RowCite {
    range: [u32; 2],
    names: [u32; 2],
    to: Option<String>,
    kind: String,
}

#[derive(Deserialize)]
struct RowPosition {
    party: Option<[u32; 2]>,
    party_key: String,
    act: String,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    on_claim: bool,
}

#[derive(Deserialize)]
struct RowOwn {
    range: [u32; 2],
    act: String,
}

#[derive(Deserialize)]
struct RowOrigins {
    least: usize,
    partition: Vec<RowGroup>,
}

#[derive(Deserialize)]
struct RowGroup {
    key: String,
    docs: BTreeSet<String>,
    side: Option<String>,
}

/// The claims of `first.jsonl` or `second.jsonl`.
///
/// # Errors
/// The file or an article cannot be read, or an article is another one than was labelled.
pub fn open(name: &str, shared: &std::path::Path) -> Result<Vec<Answer>, Box<dyn Error>> {
    let folder = emergent::folder(shared).ok_or("no Emergent")?;
    let path = root().join("tools/eval/truth/claims").join(name);
    let mut answers = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Row = serde_json::from_str(line)?;
        let mut answer = Answer { claim: row.claim, least: Some(row.origins.least), ..Answer::default() };
        for article in row.articles {
            let text = emergent::text(&folder, &article.doc)?;
            if Digest::of_bytes(text.as_bytes()) != article.sha256 {
                return Err(format!("{}: the text is another one than was labelled", article.doc).into());
            }
            let doc = article.doc.clone();
            answer.articles.insert(doc, labelled(article, &text)?);
        }
        let affirms = |group: &RowGroup| {
            group.side.as_deref() != Some("against") && !group.key.starts_with("deny:") && !group.docs.is_empty()
        };
        answer.groups = row.origins.partition.into_iter().filter(affirms).map(group).collect();
        answers.push(answer);
    }
    Ok(answers)
}

fn group(row: RowGroup) -> Group {
    Group { docs: row.docs }
}

fn labelled(article: RowArticle, text: &str) -> Result<Labelled, Box<dyn Error>> {
    let points = byte_offsets(text);
    let span = |[start, end]: [u32; 2]| -> Result<Span, String> {
        let at = |point: u32| points.get(point as usize).copied();
        at(start).zip(at(end)).ok_or_else(|| format!("{}: {start}-{end} is not in the text", article.doc))
    };
    let spans = |ranges: &[[u32; 2]]| ranges.iter().copied().map(span).collect::<Result<Vec<_>, _>>();
    let mut found = Labelled { about: article.about, stance: Some(article.stance.clone()), ..Labelled::default() };
    for position in &article.positions {
        let frame = position.party.into_iter().chain(position.cue.iter().copied()).collect::<Vec<_>>();
        found.said.push(Said {
            content: spans(&position.content)?,
            frame: spans(&frame)?,
            act: Some(position.act.parse()?),
            on: if position.on_claim { On::This } else { On::Other },
            is_own_voice: false,
            party: Some(position.party_key.clone()),
        });
    }
    for own in &article.own_voice {
        // What is hedged is stated all the same.
        let act = if own.act == "hedged" { Act::Affirm } else { own.act.parse()? };
        let content = vec![span(own.range)?];
        let (frame, party) = (Vec::new(), None);
        found.said.push(Said { content, frame, act: Some(act), on: On::This, is_own_voice: true, party });
    }
    for cite in &article.cites {
        let name = span(cite.names)?;
        let words = text.get(name.0 as usize..name.1 as usize).unwrap_or_default();
        found.edges.push(Edge {
            words: span(cite.range)?,
            name: folded(words),
            is_outlet: matches!(cite.kind.as_str(), "outlet" | "agency"),
            to: cite.to.clone(),
        });
    }
    Ok(found)
}

/// The story of a claim of the part.
pub fn story(part: &Part, claim: &str) -> usize {
    part.claims.iter().find(|one| one.id == claim).map_or(0, |one| one.story)
}

/// Bytes that two lists of ranges share.
pub fn shared(one: &[Span], other: &[Span]) -> u32 {
    let both = |one: &Span, other: &Span| one.1.min(other.1).saturating_sub(one.0.max(other.0));
    one.iter().map(|one| other.iter().map(|other| both(one, other)).sum::<u32>()).sum()
}

/// Whether two contents are of one thing: they share half of the shorter one. A label may be one clause of a longer quotation.
pub fn meets(one: &[Span], other: &[Span]) -> bool {
    let length = |spans: &[Span]| spans.iter().map(|span| span.1 - span.0).sum::<u32>();
    let shorter = length(one).min(length(other));
    shorter > 0 && 2 * shared(one, other) >= shorter
}

/// A range of the reading in bytes of the file; `None` where it has no exact place there.
pub fn in_file(doc: &Doc, range: onrecord::evidence::TextRange) -> Option<Span> {
    doc.reading.raw_range(range).ok().map(|raw| (raw.start, raw.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_meets_its_quotation() {
        assert!(meets(&[(0, 100)], &[(40, 50)]));
        assert!(meets(&[(0, 10), (20, 30)], &[(5, 10), (20, 25)]));
        assert!(!meets(&[(0, 100)], &[(96, 110)]));
        assert!(!meets(&[(0, 10)], &[(10, 20)]));
        assert!(!meets(&[], &[(10, 20)]));
    }
}

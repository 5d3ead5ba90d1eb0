//! Lines of lists: claims, origins of one claim, decisions of people. Not the views of one claim.

use jiff::Timestamp;
use onrecord_evidence::{ClaimId, EventId, OperationId, StatementId, Time};
use onrecord_link::position::{ClaimKind, StandingWord};
use serde::Serialize;

use super::asked::{ClaimAsked, Desk};
use super::names;
use super::origins::OriginsView;
use super::parts::{CoverageLine, StandingLine, WordingLine};
use super::view::coverage;
use crate::VERSION;
use onrecord_link::standing::standing;

/// `{"type": "listed-claim"}`: a claim in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedClaim {
    /// Always [`ListedClaim::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// The claim.
    pub claim: ClaimId,
    /// Its event.
    pub event: EventId,
    /// What it is about.
    pub kind: ClaimKind,
    /// Its words; a gap is shown by an ellipsis.
    pub wording: String,
    /// Its standing.
    pub standing: StandingWord,
    /// Its life, in a word.
    pub life: String,
    /// At least so many independent origins.
    pub least: usize,
    /// So many more may be some, or none.
    pub unknown: usize,
    /// Parties that affirm it; outlets in their own voice are not among them.
    pub affirm: Vec<String>,
    /// Parties that deny it or what it takes for granted.
    pub deny: Vec<String>,
    /// Parties that were asked, or spoke, and take no stand.
    pub open: Vec<String>,
    /// Articles that report it.
    pub articles: usize,
    /// Outlets of these.
    pub outlets: usize,
    /// When the first of them was out.
    pub from: Option<Timestamp>,
    /// When the last of them was out.
    pub to: Option<Timestamp>,
}

impl ListedClaim {
    /// The `type`.
    pub const TYPE: &'static str = "listed-claim";

    /// A party as a list names it, from the key that linking gives it.
    pub fn party(key: &str) -> String {
        match names::newsroom_of(key) {
            // A report that states no outlet is a newsroom of its own.
            Some(newsroom) if newsroom.starts_with("newsroom of art_") => "unnamed, outlet not stated".to_owned(),
            Some(newsroom) => format!("unnamed, {}", names::capitalised(newsroom)),
            None => names::capitalised(names::bare(key)),
        }
    }
}

/// `{"type": "origins"}`: the origins of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OriginsLine {
    r#type: &'static str,
    version: u32,
    /// The claim.
    pub claim: ClaimId,
    /// As of when.
    pub as_of: Option<Time>,
    /// Its wording.
    pub wording: WordingLine,
    /// How it stands.
    pub standing: StandingLine,
    /// Its origins with their trees.
    pub origins: OriginsView,
    /// What the ledger holds of it.
    pub coverage: CoverageLine,
}

impl OriginsLine {
    /// The origins of a claim.
    pub fn new(asked: ClaimAsked<'_>) -> Self {
        let desk = Desk::new(asked);
        let found = standing(&asked.claim.record, &desk.others, asked.as_of);
        Self {
            r#type: "origins",
            version: VERSION,
            claim: asked.claim.id,
            as_of: asked.as_of.cloned(),
            wording: desk.wording(),
            standing: desk.standing(&found),
            origins: desk.origins(&found.origins),
            coverage: coverage(&found),
        }
    }
}

/// `{"type": "decision"}`: what a person decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionLine {
    /// Always [`DecisionLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// Its operation.
    pub id: OperationId,
    /// `accept`, `reject`, `merge`, `split`, `move` or `undo`.
    pub decision: &'static str,
    /// By whom.
    pub author: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Whether it holds: nobody took it back.
    pub holds: bool,
    /// Whether words that it names are gone, so that it does nothing.
    pub orphan: bool,
    /// What it takes back, where it is an `undo`.
    pub undoes: Option<OperationId>,
    /// The words that it names.
    pub anchors: Vec<AnchorLine>,
}

/// Words that a decision names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnchorLine {
    /// The article.
    pub article: onrecord_evidence::ArticleId,
    /// The words.
    pub words: String,
    /// The statements that have them now; none for an orphan.
    pub statements: Vec<StatementId>,
}

impl DecisionLine {
    /// The `type`.
    pub const TYPE: &'static str = "decision";
}

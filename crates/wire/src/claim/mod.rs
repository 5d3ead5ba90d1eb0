//! One claim as it is shown: who says so, who denies it, who will not say, in which exact words; its origins, figures, wordings and history.
//!
//! Values in, values out: the same values are the lines of `--json` and what a terminal or a page lays out. Nothing is concluded here: standing, positions,
//! origins, figures and drift come from the one function of `onrecord_link` that there is for each.

mod asked;
mod attributed;
mod drifts;
mod figures;
mod listed;
mod names;
mod origins;
mod part;
mod parts;
mod passage;
mod positions;
mod statements;
pub mod terms;
mod view;
mod why;

#[cfg(test)]
mod tests;

pub use asked::{ClaimAsked, ClaimTexts, EvidenceLine, PartyLine, QuoteLine, QuotePiece, ReportFacts};
pub use drifts::{DriftLine, HedgeLineChange, VariantLine, VariantsLine};
pub use figures::{FigureLine, FigurePair, RelationLine, SeriesLine, StepLine};
pub use listed::{AnchorLine, DecisionLine, ListedClaim, OriginsLine};
pub use origins::{CircleLine, FirstLine, OriginLine, OriginRow, OriginsView, ReportName};
pub use part::{OutletOnClaim, OutletPart, PartyOnClaim};
pub use parts::{
    BesideLine, ChangeLine, CoverageLine, DecisionNote, LifeLine, LinkLine, ReportLine, StandingLine, WordingLine,
};
pub use positions::{
    AnswerLine, CreditLine, DenialLine, DisputedLine, HeldLine, PositionLine, RelayLine, ResponseLine, RightLine,
};
pub use statements::{GroundLine, StatementLine};
pub use view::ClaimView;
pub use why::{RuleLine, Tried, WhyView};

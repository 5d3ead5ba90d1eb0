//! What annotation adds beside a text. Not records: nothing here is decided that the words leave open.

use serde::{Deserialize, Serialize};

use onrecord_evidence::TextRange;

use crate::parties::Parties;
use crate::relay::Relays;
use crate::{Act, Commitment, DateExpression, Figure, HedgedBy, Manner, Places};

/// A hedge and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HedgeSpan {
    /// The hedge word or words.
    pub range: TextRange,
    /// Whose distance it shows.
    pub by: HedgedBy,
    /// How surely it leaves the content held.
    pub commitment: Commitment,
}

/// The act that a rule gives, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActFinding {
    /// The act.
    pub act: Act,
    /// The row of the act table that decided, `default` where none did.
    pub rule: String,
    /// The words that the row matched, in text order; empty for `default`.
    pub evidence: Vec<TextRange>,
}

/// One attribution as spans of the text: a list for each role, in text order, because roles may be discontinuous.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionSpans {
    /// Who is credited; empty where the text names nobody.
    pub source: Vec<TextRange>,
    /// The words that signal it; never empty.
    pub cue: Vec<TextRange>,
    /// What is attributed; never empty.
    pub content: Vec<TextRange>,
    /// Score of the model, 0 to 1, rounded to thousandths.
    pub score: f32,
    /// What is done.
    pub act: ActFinding,
    /// How surely.
    pub commitment: Commitment,
    /// The hedges behind it, in text order.
    pub hedges: Vec<HedgeSpan>,
    /// How it is quoted.
    pub manner: Manner,
}

impl AttributionSpans {
    /// The lemma of the cue's head verb in `text`, by [`cue_lemma`](crate::cue_lemma); `None` where the cue is a mark.
    pub fn cue_lemma(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = self.cue.iter().filter_map(|range| range.slice(text)).collect();
        crate::cue_lemma(&words.join(" "))
    }
}

/// Everything that annotation found in one reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layers {
    /// Sentences, in text order, without the white space between them.
    pub sentences: Vec<TextRange>,
    /// Attributions, by the place of their cue.
    pub attributions: Vec<AttributionSpans>,
    /// The dateline: where and when the report was filed, and by which agency; up to its dash.
    pub dateline: Option<TextRange>,
    /// Temporal expressions, in text order.
    pub dates: Vec<DateExpression>,
    /// Figures, in text order.
    pub figures: Vec<Figure>,
    /// Names of places, and words that speak for a country.
    pub places: Places,
    /// The parties of the article, and who speaks in each attribution.
    pub parties: Parties,
    /// How each utterance reached the article, and every hedge with its scope.
    pub relays: Relays,
}

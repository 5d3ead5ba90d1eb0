//! The tables: what a row is, and how it is made of a claim or an attribution. Nothing is concluded here.

pub mod attributions;
pub mod claims;
pub mod figures;
pub mod incidents;
pub mod origins;
pub mod panel;
pub mod positions;

use onrecord_wire::claim::ResponseLine;

use crate::Result;
use crate::claim::Claim;
use crate::evidence::{Evidence, Provenance};
use crate::table::{Cell, Column, Columns, columns};
use crate::words::word;

/// The tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row an attribution.
    Attributions,
    /// One row a claim.
    Claims,
    /// One row a report of an utterance on a claim.
    Positions,
    /// One row a report in the tree of an origin of a claim.
    Origins,
    /// One row a figure of a claim.
    Figures,
    /// One row a claim of an event, with the columns of event data sets.
    Incidents,
    /// One row a party, claim and day on which it says something.
    Panel,
}

columns! {
    /// The claim of a row, with its denials and the answers to it: an allegation and its responses travel together.
    pub struct Context {
        /// The claim.
        claim: String,
        /// The event that it belongs to.
        event: String,
        /// What it is about: event, state, figure, intention or opinion.
        claim_kind: String,
        /// Its words for people; exact words of an article, a gap shown by an ellipsis.
        claim_wording: String,
        /// Whether the words say that it is not so.
        claim_negated: bool,
        /// How it stands: a person's decision where there is one, else by rule. Not whether it is true.
        standing: String,
        /// Whether it is still the claim to go by: current, superseded, corrected, ended, last seen.
        life: String,
        /// Parties that deny it or what it takes for granted, with standing to deny or without.
        denied_by: Vec<String>,
        /// Who has a role in it and what they answered; "no response in this ledger" is not "did not respond".
        responses: Vec<String>,
    }
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Attributions, Self::Claims, Self::Positions, Self::Origins, Self::Figures, Self::Incidents, Self::Panel];

    /// Its name, which is that of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attributions => "attributions",
            Self::Claims => "claims",
            Self::Positions => "positions",
            Self::Origins => "origins",
            Self::Figures => "figures",
            Self::Incidents => "incidents",
            Self::Panel => "panel",
        }
    }

    /// What a row is.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Attributions => {
                "One row an attribution of a current text: one act of saying, believing or reporting."
            }
            Self::Claims => "One row a claim: how it stands, on how many origins it rests, who says and denies it.",
            Self::Positions => {
                "One row a report of an utterance of a party on a claim; `is_first` marks one row an utterance."
            }
            Self::Origins => {
                "One row a report in the tree of an origin of a claim: on what it hangs, and by which words."
            }
            Self::Figures => {
                "One row a figure that a claim's reports give, with claimant, bounds, what is counted, where and as of when."
            }
            Self::Incidents => {
                "One row a claim of an event or a figure, with the columns of event data sets (UCDP GED): date and place with precision, low and high."
            }
            Self::Panel => {
                "One row a party, claim and day on which it says something: its stance from then on, and how the claim stood then."
            }
        }
    }

    /// The parts of its columns: its own, those of the claim, the words, and who made it.
    fn parts(self) -> [&'static [Column]; 4] {
        let own = match self {
            Self::Attributions => attributions::Attribution::COLUMNS,
            Self::Claims => claims::ClaimRow::COLUMNS,
            Self::Positions => positions::Position::COLUMNS,
            Self::Origins => origins::OriginRow::COLUMNS,
            Self::Figures => figures::Figure::COLUMNS,
            Self::Incidents => incidents::Incident::COLUMNS,
            Self::Panel => panel::PanelRow::COLUMNS,
        };
        let context = if matches!(self, Self::Attributions) { &[][..] } else { Context::COLUMNS };
        [context, own, Evidence::COLUMNS, Provenance::COLUMNS]
    }

    /// Its columns, in their order.
    pub fn columns(self) -> Vec<Column> {
        self.parts().concat()
    }

    /// The rows of a claim, in their order; none of [`Table::Attributions`].
    pub fn rows(self, claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
        match self {
            Self::Attributions => Ok(Vec::new()),
            Self::Claims => claims::rows(claim),
            Self::Positions => positions::rows(claim),
            Self::Origins => origins::rows(claim),
            Self::Figures => figures::rows(claim),
            Self::Incidents => incidents::rows(claim),
            Self::Panel => panel::rows(claim),
        }
    }
}

/// A row of a claim.
fn row(claim: &Claim<'_>, own: &impl Columns, evidence: &Evidence, provenance: &Provenance) -> Vec<Cell> {
    [context(claim).cells(), own.cells(), evidence.cells(), provenance.cells()].concat()
}

/// What is said of the claim in every row of it.
fn context(claim: &Claim<'_>) -> Context {
    let view = &claim.view;
    let mut denied_by: Vec<String> = Vec::new();
    for denial in view.denials.iter().chain(&view.denials_beside) {
        let name = claim.party(&denial.party);
        if !denied_by.contains(&name) {
            denied_by.push(name);
        }
    }
    Context {
        claim: view.claim.to_string(),
        event: view.event.to_string(),
        claim_kind: word(view.kind),
        claim_wording: view.wording.text.clone(),
        claim_negated: view.wording.negated,
        standing: view.standing.words.to_owned(),
        life: view.life.words.clone(),
        denied_by,
        responses: responses(claim),
    }
}

/// Who has a role in the claim and what they answered, in words.
pub(crate) fn responses(claim: &Claim<'_>) -> Vec<String> {
    claim.view.responses.iter().map(|response| answer(claim, response)).collect()
}

fn answer(claim: &Claim<'_>, response: &ResponseLine) -> String {
    let answers = response.answers.iter().map(|answer| format!("{} {}", claim.name(&answer.by), answer.words));
    let answers: Vec<String> = answers.collect();
    let answers = if answers.is_empty() { "no response in this ledger".to_owned() } else { answers.join(", ") };
    format!("{} ({}): {answers}", claim.party(&response.party), word(response.role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_distinct_and_each_says_what_it_is() {
        for table in Table::ALL {
            let columns = table.columns();
            for (index, column) in columns.iter().enumerate() {
                let again = columns[..index].iter().any(|before| before.name == column.name);
                assert!(!again, "{}: {} twice", table.name(), column.name);
                assert!(column.about.trim().len() > 8, "{}: {}", table.name(), column.name);
                assert!(
                    column.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
                );
            }
        }
    }
}

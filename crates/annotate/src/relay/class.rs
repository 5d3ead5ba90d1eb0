//! The closed list of classes of unnamed sources. Which words belong to which is data (`models/relay/relay.toml`).

use serde::{Deserialize, Serialize};

/// What kind of unnamed source the words describe; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceClass {
    /// Holds an office, without more.
    Official,
    /// Said to know: "a person familiar with the matter", "a source close to the talks".
    PersonFamiliar,
    /// "A source", without more.
    Source,
    /// A person, without more.
    Person,
    /// Soldiers, commanders, defence officials.
    Military,
    /// Diplomats, envoys, negotiators.
    Diplomat,
    /// Saw it.
    Witness,
    /// Lives there.
    Resident,
    /// Analysts, experts, researchers.
    Analyst,
    /// Advisers, strategists and staff of a politician or a campaign.
    Aide,
    /// Members of a parliament.
    Lawmaker,
    /// Police, investigators, prosecutors.
    LawEnforcement,
    /// Lawyers and judges.
    Lawyer,
    /// Family.
    Relative,
    /// Works there.
    Employee,
    /// Opposes what the article is about.
    Critic,
    /// Supports what the article is about.
    Supporter,
    /// Of a party or political camp: "Republicans".
    PartyMember,
    /// People at large: "many", "voters", a share of those asked.
    Public,
    /// A medium without a name: "local media", "three networks".
    Outlet,
    /// Documents, data and polls without a name.
    Document,
}

//! What source resolution finds: parties, their mentions and offices, and the speaker of each attribution. Only data.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A human being with a name.
    Person,
    /// A seat of power that speaks as one: the Kremlin, Downing Street.
    Office,
    /// A ministry, court, company, university, committee.
    Institution,
    /// A country, state or city that acts.
    Government,
    /// A publication or broadcaster.
    Outlet,
    /// A newsroom that supplies others.
    Agency,
    /// A political party, union, campaign, movement, militia.
    Group,
    /// A poll, study, letter, film.
    Document,
    /// People described without a name.
    Unnamed,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The name, or a part of it.
    Name,
    /// Another name of the same party: an acronym, a short name, another spelling.
    Alias,
    /// A name behind a title: the range has both.
    Title,
    /// A description beside the name: "the Kremlin spokesman".
    Apposition,
    /// he, she, they, who, and I inside of a quotation.
    Pronoun,
    /// A description that stands for the party: "the minister".
    Nominal,
    /// A place that stands for who rules there.
    Metonym,
}

/// One mention of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub range: TextRange,
    /// How it refers.
    pub form: Form,
}

/// The country that words give a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// ISO 3166-1, two letters.
    pub country: String,
    /// The country's name in English.
    pub name: String,
    /// The words that say so.
    pub evidence: TextRange,
}

/// An office or affiliation that the text gives to a party; kept apart from the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The words of the title: "spokesman", "foreign minister".
    pub title: TextRange,
    /// The class of the title in the table of titles: `spokesperson`, `minister`; empty for a mere affiliation.
    pub class: String,
    /// Of whom or what: "Kremlin".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<TextRange>,
    /// Whose side, where the words give a country.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<Side>,
}

/// One party of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The fullest mention, without titles, in the words of the text (white space as one space).
    pub name: String,
    /// Where the fullest mention stands.
    pub named_at: TextRange,
    /// What it is.
    pub kind: PartyKind,
    /// Whether the article gives a name: false for "two officials", "his lawyer", "Republicans".
    pub named: bool,
    /// What a metonym or alias stands for in the tables, where the text itself has no fuller name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stands_for: Option<String>,
    /// Its country, where words or tables give one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<Side>,
    /// Index of the party that owns this one: the "his" of "his lawyer".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<usize>,
    /// Offices and affiliations, in text order.
    pub offices: Vec<Office>,
    /// All mentions, in text order.
    pub mentions: Vec<Mention>,
}

/// Why a party is or may be the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// The source names it.
    Named,
    /// The source describes it, and nothing else in the text is named so.
    Described,
    /// Words of the description stand at the name: its title, office, or a part of the name.
    SameDescription,
    /// The last mention before the source.
    LastMention,
    /// It is the subject of a sentence before.
    Subject,
    /// It spoke last.
    LastSpeaker,
    /// "I" or "we" inside of its quotation.
    OwnQuotation,
    /// A relative clause hangs on it.
    RelativeClause,
    /// The words name it as the writer.
    Author,
    /// Its owner is named: "his lawyer".
    Owner,
    /// The attribution names no source; the quotation goes on.
    GoesOn,
}

/// One reason and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What speaks for it.
    pub kind: ReasonKind,
    /// The words, in text order.
    pub evidence: Vec<TextRange>,
}

/// A party that may be the speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Index in [`Parties::parties`].
    pub party: usize,
    /// How likely, in hundredths; the candidates of one speaker sum to at most 100.
    pub confidence: u8,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Who speaks in one attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Index in [`Parties::parties`] of the first candidate where it is decided; `None` where it is not, or nobody is credited.
    pub party: Option<usize>,
    /// How sure, in hundredths, 0 to 100: of the party where there is one, else of the first candidate.
    pub confidence: u8,
    /// The candidates, best first, at most five; the party is the first.
    pub candidates: Vec<Candidate>,
    /// Further parties that speak with it: "Trump and Clinton".
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub together: Vec<usize>,
}

/// The parties of one article and the speaker of each of its attributions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The parties, by their first mention.
    pub parties: Vec<Party>,
    /// One for each attribution, in the order in which they were given.
    pub speakers: Vec<Speaker>,
}

/// The spans of one attribution, as far as the speaker depends on them.
#[derive(Clone, Copy, Debug)]
pub struct Credit<'spans> {
    /// Who is credited, in text order; empty where nobody is.
    pub source: &'spans [TextRange],
    /// The words that signal it.
    pub cue: &'spans [TextRange],
    /// What is attributed.
    pub content: &'spans [TextRange],
}

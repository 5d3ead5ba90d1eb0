//! What is known about an article beside its text, and who states it. Nothing here is concluded from the text.

use onrecord_evidence::{RawRange, Time};
use serde::{Deserialize, Serialize};

pub(crate) use crate::found::{Found, Hints};

/// Who states a value. In order of trust: where two disagree, the earlier one is kept and the other one shown. One exception was
/// measured on real pages: of outlets OpenGraph comes before JSON-LD, which often names the company, unless JSON-LD and a `meta` tag agree on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataSource {
    /// The user, by an option.
    User,
    /// The file or archive that delivered the article: a field of a JSON record.
    Supplier,
    /// A rule for this publisher (`models/publishers`), from a place where the page prints it.
    PublisherRule,
    /// JSON-LD in the page (schema.org).
    JsonLd,
    /// An OpenGraph property, `og:...` or `article:...`.
    OpenGraph,
    /// Another `meta` tag, or microdata.
    Meta,
    /// A `link` element.
    Link,
    /// The title of a feed that a `link` element names.
    FeedLink,
    /// A `time` element.
    TimeElement,
    /// The headline of the text.
    Heading,
    /// The byline as it stands in the page.
    Byline,
    /// The `title` element, which often names the outlet too.
    TitleElement,
    /// The `lang` attribute of the page.
    LangAttribute,
    /// The address of the page.
    Address,
    /// A line of the article itself.
    Text,
    /// A header field of HTTP: software states it, and often of something else than the article.
    Header,
}

/// A value and who states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// What is stated.
    pub value: T,
    /// By whom.
    pub source: MetadataSource,
    /// The bytes of the capture that state it; `None` where they are not in the capture, or not in one piece.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<RawRange>,
}

/// A field of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// [`Metadata::address`].
    Address,
    /// [`Metadata::outlet`].
    Outlet,
    /// [`Metadata::title`].
    Title,
    /// [`Metadata::byline`].
    Byline,
    /// [`Metadata::published`].
    Published,
    /// [`Metadata::modified`].
    Modified,
    /// [`Metadata::section`].
    Section,
    /// [`Metadata::language_tag`].
    LanguageTag,
    /// [`Metadata::dateline`].
    Dateline,
    /// [`Metadata::credits`].
    Credit,
}

/// What a note beside an article says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Something was wrong and is put right.
    Correction,
    /// Something could be misread and is made clear.
    Clarification,
    /// Something was added.
    Update,
    /// The newsroom no longer stands by it.
    Withdrawal,
    /// Anything else that the editors say of it.
    EditorsNote,
}

/// A note that stands with an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says of the article, by how it begins.
    pub kind: NoteKind,
    /// Its words, and where they stand.
    #[serde(flatten)]
    pub stated: Stated<String>,
}

/// A statement that lost against a more trusted one that says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// About what.
    pub field: Field,
    /// What it says, as written.
    pub value: String,
    /// Who says it.
    pub source: MetadataSource,
}

/// What is known about an article; each value with who states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The address, as stated; [`crate::identity::canonical_address`] makes it comparable.
    pub address: Option<Stated<String>>,
    /// The publication.
    pub outlet: Option<Stated<String>>,
    /// The headline.
    pub title: Option<Stated<String>>,
    /// The authors, as one line.
    pub byline: Option<Stated<String>>,
    /// When it was first published.
    pub published: Option<Stated<Time>>,
    /// When it was last changed.
    pub modified: Option<Stated<Time>>,
    /// The section of the outlet.
    pub section: Option<Stated<String>>,
    /// The language that the page claims for itself, a BCP 47 tag as written.
    pub language_tag: Option<Stated<String>>,
    /// Where, and often when and by which agency it was filed, as printed before the text; [`Stated::raw`] is its paragraph.
    pub dateline: Option<Stated<String>>,
    /// Who is credited for the text, as printed: `(Reuters)`, `With inputs from agencies`; in the order of the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<Stated<String>>,
    /// Notes of correction and update, in the order of the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What others state otherwise, by field, then by trust.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What the user says about an input; it stands above everything that the input says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The address.
    pub address: Option<String>,
    /// The publication.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors, as one line.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
}

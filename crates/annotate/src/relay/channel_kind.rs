//! The closed list of channels. Which words belong to which is data (`models/relay/relay.toml`).

use serde::{Deserialize, Serialize};

/// Kinds of channels; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// Told a named outlet: "told Reuters".
    Told,
    /// Told somebody else: "told reporters", "told her".
    Hearers,
    /// In a statement or press release.
    Statement,
    /// In an interview.
    Interview,
    /// At a news conference or briefing.
    NewsConference,
    /// In a speech.
    Speech,
    /// In a letter.
    Letter,
    /// By electronic mail or text message.
    Email,
    /// In a memo.
    Memo,
    /// In testimony, at a hearing.
    Testimony,
    /// In papers filed with a court, or a court's.
    CourtFiling,
    /// On a platform: "on Facebook", "tweeted".
    Social,
    /// On television or radio, in a podcast.
    Broadcast,
    /// In an article, a column, a blog.
    Article,
    /// In a book.
    Book,
    /// By telephone.
    Phone,
    /// In a video, a film, an advertisement.
    Video,
    /// In another document: a report, a study.
    Document,
    /// At an event: a rally, a debate, a meeting.
    Event,
}

//! Parts that several pages show: a quotation with the way to its words, a standing, a list of names. Not a page.

use onrecord::link::position::StandingWord;
use onrecord::wire::claim::{QuoteLine, ReportName};

use crate::moment;
use crate::params::{Params, segment};
use crate::shell::Links;

/// A quotation as a page shows it.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Its words, cut where those that count begin and end.
    pub pieces: Vec<(String, bool)>,
    /// Whether the words have quotation marks of their own.
    pub has_marks: bool,
    /// Outlet, or that none is stated.
    pub outlet: String,
    /// The day.
    pub day: String,
    /// To its words in their article.
    pub href: String,
}

impl Quote {
    /// As a page shows it.
    pub fn new(quote: &QuoteLine, links: &Links) -> Self {
        let places: Vec<(u32, u32)> = quote.evidence.iter().filter_map(|one| Some((one.start?, one.end?))).collect();
        Self {
            pieces: quote.pieces.iter().map(|piece| (piece.words.clone(), piece.counts)).collect(),
            has_marks: quote.words.contains(['\u{201c}', '\u{201d}', '"']),
            outlet: outlet(quote.outlet.as_deref()),
            day: moment::day(&quote.out),
            href: words_href(
                &quote.article.to_string(),
                &quote.revision.to_string(),
                &places,
                &links.for_out(Some(&quote.out)),
            ),
        }
    }
}

/// To words of an article: the page of that revision, with these words marked, at the first of them. In a file of its own: to the report.
pub fn words_href(article: &str, revision: &str, places: &[(u32, u32)], links: &Links) -> String {
    if links.is_file() {
        return format!("#{revision}");
    }
    let mut params: Params = links.moments().with("revision", Some(revision));
    if !places.is_empty() {
        let spans = places.iter().take(MOST_PLACES).map(|(start, end)| format!("{start}-{end}"));
        params = params.with("words", Some(&spans.collect::<Vec<_>>().join(".")));
    }
    let at = if places.is_empty() { "" } else { "#words" };
    format!("{}{at}", params.href(&format!("/article/{}", segment(article))))
}

/// Places that a link to words names.
const MOST_PLACES: usize = 12;

/// An outlet, or that none is stated.
pub fn outlet(name: Option<&str>) -> String {
    name.unwrap_or("outlet not stated").to_owned()
}

/// A report as a page shows it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Outlet, or that none is stated.
    pub outlet: String,
    /// The day, or that none is stated.
    pub day: String,
    /// The revision, where it is not the first text.
    pub revision: Option<u32>,
    /// To the article.
    pub href: String,
}

impl Report {
    /// As a page shows it.
    pub fn new(name: &ReportName, links: &Links) -> Self {
        Self {
            outlet: outlet(name.outlet.as_deref()),
            day: name.out.as_ref().map_or_else(|| "undated".to_owned(), moment::day),
            revision: (name.number > 1).then_some(name.number),
            href: words_href(
                &name.article.to_string(),
                &name.revision.to_string(),
                &[],
                &links.for_out(name.out.as_ref()),
            ),
        }
    }
}

/// The class by which a standing is coloured; its words are always shown beside.
pub const fn standing_class(word: StandingWord) -> &'static str {
    match word {
        StandingWord::Disputed => "disputed",
        StandingWord::Withdrawn => "withdrawn",
        StandingWord::Acknowledged | StandingWord::SeveralOrigins => "held",
        StandingWord::OriginUnknown | StandingWord::OutletsVoiceOnly | StandingWord::ClaimedByOneSide => "thin",
        StandingWord::OneOrigin | StandingWord::NoStanding => "plain",
    }
}

/// What a standing means, for a reader who sees the word for the first time.
pub const fn standing_means(word: StandingWord) -> &'static str {
    match word {
        StandingWord::Disputed => {
            "a party with standing denies it, or accounts that cannot both be so stand side by side"
        }
        StandingWord::Withdrawn => "every origin of it withdrew",
        StandingWord::Acknowledged => "the party against whom it is alleged says so itself",
        StandingWord::ClaimedByOneSide => "only a party to the conflict, or its ally, says so",
        StandingWord::SeveralOrigins => "at least two independent origins",
        StandingWord::OneOrigin => "all reports rest on one origin",
        StandingWord::OutletsVoiceOnly => "only outlets say it, in their own voice",
        StandingWord::OriginUnknown => "no report shows where it has it from",
        StandingWord::NoStanding => "an intention or an opinion: kept, without a standing",
    }
}

/// "1 article", "3 articles".
pub fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Origins in words.
pub fn origins(least: usize, unknown: usize) -> String {
    match (least, unknown) {
        (0, 0) => "no origin".to_owned(),
        (0, unknown) => format!("no origin shown, {unknown} unknown"),
        (1, 0) => "at least 1 origin".to_owned(),
        (least, 0) => format!("at least {least} origins"),
        (1, unknown) => format!("at least 1 origin, {unknown} unknown"),
        (least, unknown) => format!("at least {least} origins, {unknown} unknown"),
    }
}

/// The first names of a list, and how many more there are.
pub fn some(names: &[String], most: usize) -> Vec<String> {
    let mut shown: Vec<String> = names.iter().take(most).cloned().collect();
    if names.len() > most {
        shown.push(format!("{} more", names.len() - most));
    }
    shown
}

/// Where an article says that it is from.
#[derive(Clone, Debug)]
pub struct Address {
    /// As stated.
    pub words: String,
    /// Only where a browser may be sent there.
    pub href: Option<String>,
}

impl Address {
    /// An address with a link to it where it is one of the web; anything else is shown, and leads nowhere.
    pub fn new(stated: &str) -> Self {
        let is_web = |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        let parsed = url::Url::parse(stated).ok().filter(is_web);
        Self { words: stated.to_owned(), href: parsed.map(|url| url.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let check = |stated: &str, expect: Option<&str>| {
            assert_eq!(Address::new(stated).href.as_deref(), expect, "{stated}");
        };
        check("https://post.example/call?a=1&b=2", Some("https://post.example/call?a=1&b=2"));
        check("HTTP://POST.example", Some("http://post.example/"));
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check("data:text/html,<script>", None);
        check("file:///etc/passwd", None);
        check("//post.example/", None);
    }
}

//! What a page states about itself: JSON-LD, `meta`, `link` and `time` elements, title, byline. It chooses nothing.

use onrecord_evidence::RawRange;

use super::json_ld;
use super::tokens::{Attribute, Kind, Tokens};
use crate::layer::Layer;
use crate::metadata::{Field, Found, MetadataSource};

/// Reads all statements, in the order of the page.
pub(super) fn stated(source: &Layer, tokens: &Tokens) -> Found {
    let mut found = Found::default();
    // Drawings have titles too; the page's own comes first.
    let (mut has_title, mut has_byline, mut has_feed) = (false, false, false);
    for (index, token) in tokens.list.iter().enumerate() {
        let Kind::Start { name, first, last, .. } = token.kind else { continue };
        let tag = Tag { source, tokens, index, attributes: tokens.attributes(first, last) };
        match tokens.name(name) {
            "html" => tag.note_attribute(&mut found, Field::LanguageTag, MetadataSource::LangAttribute, "lang"),
            "title" if !has_title => {
                if let Some((words, raw)) = tag.content(400) {
                    has_title = true;
                    found.words(Field::Title, MetadataSource::TitleElement, &words, raw);
                }
            }
            "meta" => tag.meta(&mut found),
            "link" if tag.value("rel").eq_ignore_ascii_case("canonical") && tag.value("href").starts_with("http") => {
                tag.note_attribute(&mut found, Field::Address, MetadataSource::Link, "href");
            }
            "link" if !has_feed && tag.value("rel").eq_ignore_ascii_case("alternate") => {
                if let Some(name) = outlet_of_feed(tag.value("type"), tag.value("title")) {
                    has_feed = true;
                    found.words(Field::Outlet, MetadataSource::FeedLink, name, tag.raw("title"));
                }
            }
            "time" => tag.time(&mut found),
            "script" if tag.value("type").to_ascii_lowercase().contains("ld+json") => {
                if let Some((script, raw)) = tag.content(usize::MAX) {
                    json_ld::read(&script, raw, &mut found);
                }
            }
            _ if !has_byline && tag.is_byline() => {
                if let Some((words, raw)) = tag.content(200) {
                    let words = without_by(&words);
                    has_byline = words.chars().any(char::is_alphabetic);
                    found.words(Field::Byline, MetadataSource::Byline, words, raw);
                }
            }
            _ => {}
        }
    }
    found.fill_hints();
    found
}

struct Tag<'a> {
    source: &'a Layer,
    tokens: &'a Tokens,
    index: usize,
    attributes: &'a [Attribute],
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    fn value(&self, name: &str) -> &str {
        self.attribute(name).map_or("", |attribute| attribute.value.as_str())
    }

    fn raw(&self, name: &str) -> Option<RawRange> {
        self.source.raw(self.attribute(name)?.at.clone())
    }

    fn note_attribute(&self, found: &mut Found, field: Field, source: MetadataSource, name: &str) {
        found.words(field, source, self.value(name), self.raw(name));
    }

    /// The text up to the element's end tag, without tags; `None` where there is none within the next 40 tokens or it is
    /// longer than `max` bytes.
    fn content(&self, max: usize) -> Option<(String, Option<RawRange>)> {
        let Kind::Start { name, .. } = self.tokens.list[self.index].kind else { return None };
        let mut words = String::new();
        let mut place: Option<(u32, u32)> = None;
        for token in self.tokens.list[self.index + 1..].iter().take(40) {
            match token.kind {
                Kind::End { name: closed } if closed == name => break,
                Kind::Text { first, last } => {
                    words.push_str(&self.tokens.words(&self.source.text, first, last));
                    place = Some((place.map_or(token.start, |place| place.0), token.end));
                }
                _ => words.push(' '),
            }
            if words.len() > max {
                return None;
            }
        }
        let (start, end) = place?;
        Some((words, self.source.raw(start as usize..end as usize)))
    }

    fn meta(&self, found: &mut Found) {
        use MetadataSource::{Meta, OpenGraph};
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| self.attribute(key));
        let Some(key) = key.map(|key| key.value.trim().to_ascii_lowercase()) else { return };
        let (field, source) = match key.as_str() {
            "description" | "og:description" | "twitter:description" => {
                if self.value("content").len() > found.hints.description.len() {
                    found.hints.description = self.value("content").to_owned();
                }
                return;
            }
            "og:title" => (Field::Title, OpenGraph),
            "twitter:title" | "dc.title" | "parsely-title" | "sailthru.title" => (Field::Title, Meta),
            "og:site_name" => (Field::Outlet, OpenGraph),
            "application-name" | "dc.publisher" | "publisher" => (Field::Outlet, Meta),
            "og:url" => (Field::Address, OpenGraph),
            "article:author" | "author" | "dc.creator" | "parsely-author" | "sailthru.author" | "byl" => {
                if !self.value("content").starts_with("http") {
                    let source = if key == "article:author" { OpenGraph } else { Meta };
                    found.words(Field::Byline, source, without_by(self.value("content")), self.raw("content"));
                }
                return;
            }
            "article:section" => (Field::Section, OpenGraph),
            "section" | "parsely-section" => (Field::Section, Meta),
            "content-language" | "dc.language" => (Field::LanguageTag, Meta),
            "article:published_time" | "og:article:published_time" | "og:published_time" => {
                (Field::Published, OpenGraph)
            }
            "article:modified_time" | "og:updated_time" => (Field::Modified, OpenGraph),
            "datepublished"
            | "date"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "publication_date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "dcterms.date"
            | "dcterms.issued"
            | "parsely-pub-date"
            | "sailthru.date"
            | "cxenseparse:recs:publishtime"
            | "article.published"
            | "published-date"
            | "article_date_original"
            | "created"
            | "bt:pubdate" => (Field::Published, Meta),
            "datemodified" | "last-modified" | "dcterms.modified" | "article.updated" | "lastmod" | "revised" => {
                (Field::Modified, Meta)
            }
            _ => return,
        };
        match field {
            Field::Published | Field::Modified => {
                found.time(field, source, self.value("content"), self.raw("content"));
            }
            Field::Address if !self.value("content").starts_with("http") => {}
            _ => self.note_attribute(found, field, source, "content"),
        }
    }

    fn time(&self, found: &mut Found) {
        let field = match self.value("itemprop").to_ascii_lowercase().as_str() {
            "datemodified" => Field::Modified,
            // Microdata says which time it is; a bare `time` may belong to a teaser.
            "datepublished" => Field::Published,
            _ if self.value("class").to_ascii_lowercase().contains("updat") => Field::Modified,
            _ => Field::Published,
        };
        let is_certain = self.attribute("itemprop").is_some() || self.attribute("pubdate").is_some();
        if is_certain || !found.has_time(field) {
            found.time(field, MetadataSource::TimeElement, self.value("datetime"), self.raw("datetime"));
        }
    }

    fn is_byline(&self) -> bool {
        let class = self.value("class").to_ascii_lowercase();
        self.value("rel") == "author"
            || self.value("itemprop") == "author"
            || class.split_ascii_whitespace().any(|class| {
                matches!(
                    class,
                    "byline" | "author" | "author-name" | "byline__name" | "article-author" | "article__author"
                )
            })
    }
}

/// The outlet by the title of its feed, as content systems write it: `Morning Post » Feed`. Other titles name a section, or nobody.
fn outlet_of_feed<'tag>(media_type: &str, title: &'tag str) -> Option<&'tag str> {
    let media_type = media_type.to_ascii_lowercase();
    let is_feed = matches!(media_type.as_str(), "application/rss+xml" | "application/atom+xml");
    let (name, rest) = title.split_once('»').filter(|_| is_feed)?;
    let rest = rest.trim().to_ascii_lowercase();
    let is_name =
        matches!(rest.as_str(), "feed" | "rss" | "rss feed" | "atom") && !name.trim().is_empty() && name.len() <= 80;
    is_name.then(|| name.trim())
}

/// `By Jane Roe` names `Jane Roe`.
fn without_by(words: &str) -> &str {
    let words = words.trim();
    let head = words.get(..3).unwrap_or("");
    if head.eq_ignore_ascii_case("by ") { words[3..].trim_start() } else { words }
}

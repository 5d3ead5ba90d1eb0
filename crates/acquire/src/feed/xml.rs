//! RSS, RDF, Atom and sitemaps: one pass over the XML tokens, as far as they hold. Not a validator: what it does not know it passes over.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Entry, Faults, Feed, MAX_ENTRIES, dates};
use crate::fetch::joined;

/// Elements nested deeper are passed over.
pub(super) const MAX_DEPTH: usize = 64;

/// Which form a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Rss,
    Atom,
    Sitemap,
}

/// The form by the first element; `None` where the document is none of these.
pub(super) fn root(text: &str) -> Option<Form> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            // Its inner part may hold declarations, each with an end of its own.
            _ if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE")) => {
                if rest.find('[').is_some_and(|at| rest.find('>').is_some_and(|end| at < end)) { "]>" } else { ">" }
            }
            _ => break,
        };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
    let name: String = rest
        .strip_prefix('<')?
        .chars()
        .take(40)
        .take_while(|letter| !letter.is_whitespace() && !matches!(letter, '>' | '/'))
        .collect();
    match name.rsplit(':').next()?.to_ascii_lowercase().as_str() {
        "rss" | "rdf" => Some(Form::Rss),
        "feed" => Some(Form::Atom),
        "urlset" | "sitemapindex" => Some(Form::Sitemap),
        _ => None,
    }
}

/// What an element states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    OriginalLink,
    Guid,
    Published,
    Modified,
    Byline,
    Content,
    Outlet,
    Place,
}

/// Where the pass is.
struct Pass<'text> {
    text: &'text str,
    form: Form,
    base: Option<&'text str>,
    /// Names of the open elements.
    open: Vec<String>,
    /// Elements open beyond the depth that is looked at.
    beyond: usize,
    entry: Option<Parts>,
    /// Depth of the entry.
    entry_depth: usize,
    field: Option<Open>,
    feed: Feed,
}

/// A field whose end has not come.
struct Open {
    field: Field,
    depth: usize,
    words: String,
    /// Where its inside begins in the text.
    start: usize,
    has_elements: bool,
    /// A guid that is no address; a link that is another than the article's.
    is_other: bool,
}

/// What was read of an entry.
#[derive(Default)]
struct Parts {
    entry: Entry,
    guid_is_address: bool,
    original: Option<String>,
}

pub(super) fn read(text: &str, form: Form, base: Option<&str>, faults: &mut Faults) -> Feed {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut pass = Pass {
        text,
        form,
        base,
        open: Vec::new(),
        beyond: 0,
        entry: None,
        entry_depth: 0,
        field: None,
        feed: Feed::default(),
    };
    loop {
        let before = position(&reader);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                faults.broken = Some(format!("byte {before}: {error}"));
                break;
            }
        };
        match event {
            Event::Start(tag) => pass.start(&tag, position(&reader), faults),
            Event::Empty(tag) => pass.empty(&tag),
            Event::End(tag) => pass.end(tag.name().as_ref(), before, faults),
            Event::Text(words) => pass.words(&words),
            Event::CData(words) => pass.words(&words),
            Event::GeneralRef(name) => pass.words(&referred(&name)),
            Event::DocType(declaration) => faults.entities += declaration.matches("<!ENTITY").count(),
            Event::Eof => {
                if pass.entry.is_some() {
                    faults.broken = Some(format!("the feed ends within entry {}", pass.feed.entries.len() + 1));
                }
                break;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if pass.feed.entries.len().max(pass.feed.sitemaps.len()) > MAX_ENTRIES {
            pass.feed.entries.truncate(MAX_ENTRIES);
            pass.feed.sitemaps.truncate(MAX_ENTRIES);
            faults.left_out = true;
            break;
        }
    }
    pass.feed
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The words of a reference: characters by number and the five of XML, and some that feeds take from HTML. Others stay as they are written.
fn referred(name: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    let letter = match &**name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "eacute" => "é",
        other => return format!("&{other};"),
    };
    letter.to_owned()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

/// The value of an attribute, references resolved.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .html_attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(name))?;
    let value: &str = &found.value;
    // Names that are not known would make the whole value an error.
    Some(
        quick_xml::escape::unescape(value)
            .map_or_else(|_| value.replace("&amp;", "&"), |value| value.into_owned())
            .trim()
            .to_owned(),
    )
}

impl Pass<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, inside: usize, faults: &mut Faults) {
        if self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            faults.deep += 1;
            return;
        }
        let name = tag.name().as_ref().to_owned();
        let depth = self.open.len();
        self.open.push(name.clone());
        if let Some(field) = &mut self.field {
            field.has_elements = true;
            return;
        }
        if self.entry.is_none() && self.is_entry(&name) {
            self.entry = Some(Parts::default());
            self.entry_depth = depth;
            return;
        }
        if let Some(field) = self.field_of(&name, depth) {
            if field == Field::Link && (self.form == Form::Atom || prefix(&name) == "atom") {
                self.link(tag);
                return;
            }
            let is_other = field == Field::Guid
                && attribute(tag, "isPermaLink").is_some_and(|value| value.eq_ignore_ascii_case("false"));
            self.field =
                Some(Open { field, depth, words: String::new(), start: inside, has_elements: false, is_other });
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        if let Some(field) = &mut self.field {
            field.has_elements = true;
        } else if self.field_of(tag.name().as_ref(), self.open.len()) == Some(Field::Link) {
            self.link(tag);
        }
    }

    /// Atom's link: the first without another relation is the article's.
    fn link(&mut self, tag: &BytesStart<'_>) {
        let is_article =
            attribute(tag, "rel").is_none_or(|rel| rel.is_empty() || rel.eq_ignore_ascii_case("alternate"));
        let Some(parts) = self.entry.as_mut().filter(|_| is_article) else { return };
        if parts.entry.address.is_none() {
            parts.entry.address = attribute(tag, "href").and_then(|href| joined(self.base, &href));
        }
    }

    fn is_entry(&self, name: &str) -> bool {
        match self.form {
            Form::Rss => local(name) == "item",
            Form::Atom => local(name) == "entry",
            Form::Sitemap => matches!(local(name), "url" | "sitemap"),
        }
    }

    /// What an element states that stands at `depth`.
    fn field_of(&self, name: &str, depth: usize) -> Option<Field> {
        let inside = self.entry.is_some().then(|| depth.saturating_sub(self.entry_depth));
        let root = self.open.first().map_or("", |root| prefix(root));
        let of_feed = prefix(name).is_empty() || prefix(name) == root;
        match (self.form, inside) {
            (Form::Sitemap, Some(_)) => match local(name) {
                "loc" if of_feed => Some(Field::Place),
                "lastmod" if of_feed => Some(Field::Modified),
                "publication_date" => Some(Field::Published),
                "title" if prefix(name) == "news" || prefix(name) == "n" => Some(Field::Title),
                "name" if prefix(name) == "news" || prefix(name) == "n" => Some(Field::Outlet),
                _ => None,
            },
            (Form::Rss | Form::Atom, Some(1)) => entry_field(name, of_feed),
            (Form::Rss, None) if local(name) == "title" && of_feed && depth <= 2 => Some(Field::Outlet),
            (Form::Atom, None) if local(name) == "title" && of_feed && depth == 1 => Some(Field::Outlet),
            _ => None,
        }
    }

    fn words(&mut self, words: &str) {
        if self.beyond == 0
            && let Some(field) = &mut self.field
        {
            // A person in Atom has a name, and an address of mail, which is no part of it.
            let is_within = self.open.len() > field.depth + 1;
            if field.field == Field::Byline && is_within && self.open.last().is_none_or(|name| local(name) != "name") {
                return;
            }
            field.words.push_str(words);
        }
    }

    fn end(&mut self, name: &str, before: usize, faults: &mut Faults) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        // An end without a beginning closes nothing; one that comes early closes what is open within it.
        let Some(at) = self.open.iter().rposition(|open| open == name) else { return };
        self.open.truncate(at);
        if self.field.as_ref().is_some_and(|field| at <= field.depth)
            && let Some(field) = self.field.take()
        {
            self.close(field, before, faults);
        }
        if at <= self.entry_depth
            && let Some(parts) = self.entry.take()
        {
            self.finish(parts, local(name) == "sitemap", faults);
        }
    }

    fn close(&mut self, field: Open, before: usize, faults: &mut Faults) {
        let inner = self.text.get(field.start..before).unwrap_or_default();
        let words = field.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(parts) = &mut self.entry else {
            if !words.is_empty() {
                self.feed.title.get_or_insert(words);
            }
            return;
        };
        let entry = &mut parts.entry;
        match field.field {
            _ if words.is_empty() => {}
            Field::Content => {
                // XHTML stands there as elements, HTML as text.
                let content = if field.has_elements { inner.to_owned() } else { field.words };
                if entry.content.as_ref().is_none_or(|known| known.len() < content.len()) {
                    entry.content = Some(content);
                }
            }
            Field::Title => entry.title = entry.title.take().or(Some(words)),
            Field::Link | Field::Place => entry.address = entry.address.take().or_else(|| joined(self.base, &words)),
            Field::OriginalLink => parts.original = joined(self.base, &words),
            Field::Guid => {
                parts.guid_is_address = !field.is_other;
                entry.guid = Some(words);
            }
            Field::Byline => {
                let known = entry.byline.take().map(|known| known + ", ").unwrap_or_default();
                entry.byline = Some(known + &words);
            }
            Field::Outlet => entry.outlet = Some(words),
            Field::Published | Field::Modified => {
                let time = dates::parse(&words);
                if time.is_none() {
                    faults.bad_date(&words);
                }
                let place = if field.field == Field::Published { &mut entry.published } else { &mut entry.modified };
                *place = place.take().or(time);
            }
        }
    }

    fn finish(&mut self, parts: Parts, is_index: bool, faults: &mut Faults) {
        let Parts { mut entry, guid_is_address, original } = parts;
        if let Some(original) = original {
            entry.address = Some(original);
        }
        if entry.address.is_none() && guid_is_address {
            entry.address =
                entry.guid.as_deref().filter(|guid| guid.starts_with("http")).and_then(|guid| joined(self.base, guid));
        }
        match entry.address {
            Some(address) if is_index => self.feed.sitemaps.push(address),
            None if entry.content.is_none() => faults.without_address += 1,
            _ => self.feed.entries.push(entry),
        }
    }
}

/// What a child of an RSS item or an Atom entry states.
fn entry_field(name: &str, of_feed: bool) -> Option<Field> {
    let prefix = prefix(name);
    Some(match local(name) {
        "title" if of_feed => Field::Title,
        "link" if of_feed || prefix == "atom" => Field::Link,
        "origLink" => Field::OriginalLink,
        "guid" | "id" if of_feed => Field::Guid,
        "pubDate" | "published" | "issued" if of_feed || prefix == "atom" => Field::Published,
        "date" | "created" if prefix == "dc" || prefix == "dcterms" => Field::Published,
        "updated" | "modified" if of_feed || prefix == "atom" || prefix == "dcterms" => Field::Modified,
        "author" if of_feed => Field::Byline,
        "creator" if prefix == "dc" => Field::Byline,
        "encoded" if prefix == "content" => Field::Content,
        "content" | "description" | "summary" if of_feed => Field::Content,
        _ => return None,
    })
}

//! What kind of bytes these are: by the name, by the beginning. It never refuses; reading says what is no text.

use std::path::Path;

use onrecord_evidence::MediaType;

/// Bytes that are looked at.
pub(crate) const HEAD: usize = 4096;

/// What a file is by its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The media type of the one article, or of each record, in it; `None` where the name does not say.
    pub(crate) media_type: Option<MediaType>,
    /// A WARC file.
    pub(crate) is_archive: bool,
    /// A Parquet table.
    pub(crate) is_table: bool,
    /// A feed perhaps: its beginning tells.
    pub(crate) may_be_feed: bool,
    /// Packed by gzip.
    pub(crate) is_gzip: bool,
}

impl Kind {
    /// Whether files of this kind are looked at where a folder is named.
    pub(crate) const fn is_known(self) -> bool {
        self.media_type.is_some() || self.is_archive || self.is_table || self.may_be_feed
    }
}

/// By the ending of the file's name.
pub(crate) fn by_name(path: &Path) -> Kind {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()) else {
        return Kind::default();
    };
    let plain = name.strip_suffix(".gz");
    let is_gzip = plain.is_some();
    let name = plain.unwrap_or(&name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let media_type = match ending {
        "html" | "htm" | "xhtml" => Some(MediaType::Html),
        "txt" | "text" | "md" => Some(MediaType::Text),
        "jsonl" | "ndjson" => Some(MediaType::JsonRecord),
        _ => None,
    };
    Kind {
        media_type,
        is_archive: ending == "warc",
        is_table: ending == "parquet" && !is_gzip,
        may_be_feed: matches!(ending, "xml" | "rss" | "atom" | "rdf" | "json"),
        is_gzip,
    }
}

/// Whether a gzip member begins here (RFC 1952).
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B, 8])
}

/// Whether a Parquet file begins here.
pub(crate) fn is_table(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// By the beginning, where the name says nothing; a page that is named as text is a page all the same.
pub(crate) fn by_content(head: &[u8], by_name: Option<MediaType>) -> MediaType {
    let text = simplified(head);
    let is_page = text.starts_with("<!doctype html") || text.starts_with("<html");
    match by_name {
        Some(MediaType::Text) | None if is_page => MediaType::Html,
        Some(media_type) => media_type,
        None if text.starts_with('{') && text.contains('"') => MediaType::JsonRecord,
        None if text.starts_with('<')
            && ["</", "<meta", "<p>", "<body", "<div"].iter().any(|tag| text.contains(tag)) =>
        {
            MediaType::Html
        }
        None => MediaType::Text,
    }
}

/// ASCII letters in lower case, without byte order mark, null bytes (UTF-16) and leading white space and comments.
fn simplified(head: &[u8]) -> String {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let letters = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
    let text: String = letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|at| at + 2),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return rest.to_owned(),
        }
    }
}

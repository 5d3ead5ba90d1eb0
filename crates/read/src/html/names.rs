//! What the names that pages give their elements say: classes, ids, roles. A table of words, not a rule that chooses.

use super::tokens::Attribute;

/// Groups of names; the order is the order of the features.
pub(super) const GROUPS: usize = 12;
/// Set where the element is not shown.
pub(super) const HIDDEN: u16 = 1 << GROUPS;

/// Beginnings of words, and the group that each belongs to. Words that are a whole word only end in `$`.
const WORDS: [&[&str]; GROUPS] = [
    // Article.
    &["article", "artikel", "articulo", "story", "post$", "entry", "news$", "content", "main$", "noticia", "nota$"],
    // Body.
    &[
        "body",
        "text",
        "txt",
        "texte",
        "texto",
        "paragraph",
        "para$",
        "rte$",
        "rich",
        "wysiwyg",
        "prose",
        "copy$",
        "articlebody",
        "storybody",
        "bodytext",
    ],
    // Lead.
    &[
        "lead$",
        "lede",
        "intro",
        "standfirst",
        "summary",
        "subtitle",
        "subhead",
        "subheadline",
        "dek$",
        "deck$",
        "perex",
        "abstract",
        "excerpt",
        "chapo",
        "sapo",
        "description",
        "strap",
        "bullet",
        "keypoint",
        "highlights",
    ],
    // Comments.
    &["comment", "disqus", "coral", "discussion", "reply", "replies", "respond", "kommentar", "forum"],
    // Other articles.
    &[
        "relat",
        "recommend",
        "more$",
        "teaser",
        "readmore",
        "readalso",
        "also$",
        "similar",
        "next$",
        "prev",
        "latest",
        "popular",
        "trending",
        "most$",
        "mostread",
        "card",
        "carousel",
        "slider",
        "list$",
        "tout",
        "further",
        "suggest",
        "outbrain",
        "taboola",
        "grid$",
        "feed",
        "rail",
        "collection",
        "onward",
        "playlist",
        "promo",
        "recirc",
        "explore",
        "links",
        "item$",
        "series",
    ],
    // Getting around.
    &[
        "nav",
        "menu",
        "breadcrumb",
        "header",
        "footer",
        "topbar",
        "masthead",
        "sitemap",
        "skip",
        "pagination",
        "pager",
        "tab$",
        "tabs",
        "bottom",
    ],
    // What is sold or asked for.
    &[
        "newsletter",
        "subscri",
        "signup",
        "paywall",
        "piano",
        "offer",
        "banner",
        "ad$",
        "ads$",
        "advert",
        "sponsor",
        "anzeige",
        "werbung",
        "donat",
        "support",
        "cta$",
        "login",
        "regist",
        "premium",
        "regwall",
        "marketing",
        "shop",
        "abo$",
        "gift",
        "app$",
        "membership",
        "inline$",
    ],
    // Pictures and what is said of them.
    &[
        "caption",
        "image",
        "img",
        "photo",
        "picture",
        "gallery",
        "figure",
        "media$",
        "video",
        "player",
        "credit",
        "copyright",
        "embed",
        "audio",
        "podcast",
        "slideshow",
        "lightbox",
        "thumb",
        "bild",
        "foto",
        "legend",
    ],
    // About the article.
    &[
        "author",
        "byline",
        "bio$",
        "date",
        "time",
        "meta",
        "share",
        "sharing",
        "social",
        "tag$",
        "tags",
        "topic",
        "keyword",
        "categor",
        "kicker",
        "label",
        "tool",
        "bookmark",
        "print$",
        "rating",
        "source",
        "info$",
        "about",
        "autor",
        "dateline",
        "published",
        "updated",
        "contributor",
        "follow",
        "correction",
        "editor",
        "notes",
    ],
    // Beside the article.
    &[
        "sidebar",
        "aside",
        "widget",
        "box",
        "infobox",
        "factbox",
        "module",
        "quote",
        "pullquote",
        "table",
        "chart",
        "graphic",
        "poll",
        "quiz",
        "timeline",
        "insert",
        "supplement",
        "extra",
        "secondary",
    ],
    // Over the article.
    &[
        "cookie",
        "consent",
        "modal",
        "popup",
        "overlay",
        "dialog",
        "gdpr",
        "privacy",
        "toast",
        "notice",
        "alert",
        "hidden",
        "hide",
        "invisible",
        "visually",
        "sr$",
        "screen",
        "offscreen",
        "template",
    ],
    // Headings.
    &["headline", "title", "heading", "head$", "hed$"],
];

/// The groups that the names of an element belong to, as bits.
pub(super) fn groups(attributes: &[Attribute]) -> u16 {
    let mut found = 0;
    for attribute in attributes {
        let value = attribute.value.as_str();
        match attribute.name.as_str() {
            "class" | "id" | "role" | "itemprop" | "data-testid" | "data-component" => words(value, |word| {
                found |= group(word);
            }),
            "hidden" => found |= HIDDEN,
            "aria-hidden" if value == "true" => found |= HIDDEN,
            "style" if is_unseen(value) => found |= HIDDEN,
            _ => {}
        }
    }
    found
}

fn is_unseen(style: &str) -> bool {
    let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Words of a value in lower case: they end where a letter is none, and before a capital behind a small letter.
/// A value that is longer than any page means is not read on.
fn words(value: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut last = ' ';
    for letter in value.chars().take(400) {
        if !letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && last.is_ascii_lowercase()) {
            take(&word);
            word.clear();
        }
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        }
        last = letter;
    }
    take(&word);
}

fn group(word: &str) -> u16 {
    let Some(first) = word.bytes().next() else { return 0 };
    let is_it = |entry: &str| match entry.strip_suffix('$') {
        Some(whole) => word == whole,
        None => entry.as_bytes()[0] == first && word.starts_with(entry),
    };
    let mut found = 0;
    for (number, entries) in WORDS.iter().enumerate() {
        found |= u16::from(entries.iter().any(|entry| is_it(entry))) << number;
    }
    found
}

//! What each element of HTML means for running text. A table, not a parser.

use onrecord_evidence::BlockKind;

/// How an element shapes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Stands within a line: its tags vanish.
    Inline,
    /// Begins and ends a block.
    Block(Option<BlockKind>),
    /// Has no content and no end tag; `true` where it ends the line.
    Void(bool),
    /// Its content is no text of the page.
    Dropped,
}

/// The shape of the element `name`; unknown names are inline, as in a browser.
pub(super) fn shape(name: &str) -> Shape {
    use BlockKind::{Heading, ListItem, Other, Paragraph, Quotation};
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Shape::Block(Some(Heading)),
        "p" => Shape::Block(Some(Paragraph)),
        "li" | "dd" | "dt" => Shape::Block(Some(ListItem)),
        "blockquote" => Shape::Block(Some(Quotation)),
        "figcaption" | "caption" | "td" | "th" | "summary" | "legend" => Shape::Block(Some(Other)),
        "html" | "body" | "div" | "article" | "section" | "main" | "header" | "footer" | "nav" | "aside"
        | "address" | "pre" | "ul" | "ol" | "dl" | "figure" | "table" | "thead" | "tbody" | "tfoot" | "tr"
        | "details" | "fieldset" | "form" | "center" | "dialog" | "hgroup" | "menu" | "search" | "dir" => {
            Shape::Block(None)
        }
        "br" | "hr" => Shape::Void(true),
        "area" | "base" | "col" | "embed" | "img" | "input" | "link" | "meta" | "param" | "source" | "track"
        | "wbr" | "basefont" | "bgsound" | "frame" | "keygen" => Shape::Void(false),
        "script" | "style" | "noscript" | "template" | "title" | "svg" | "math" | "iframe" | "object" | "video"
        | "audio" | "canvas" | "textarea" | "select" | "button" | "datalist" | "noembed" | "noframe" | "noframes"
        | "xmp" => Shape::Dropped,
        _ => Shape::Inline,
    }
}

/// Whether tags within the element `name` are none, so that without an end tag it reaches to the end of the page.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "title" | "iframe" | "textarea" | "noembed" | "noframe" | "xmp")
}

/// Whether opening `opened` closes an open `last` (tags that authors leave out).
pub(super) fn closes(opened: &str, last: &str) -> bool {
    match last {
        "p" => matches!(shape(opened), Shape::Block(_)),
        "li" => opened == "li",
        "dd" | "dt" => matches!(opened, "dd" | "dt"),
        "td" | "th" => matches!(opened, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(opened, "tr" | "tbody" | "thead" | "tfoot"),
        "head" => opened == "body",
        _ => false,
    }
}

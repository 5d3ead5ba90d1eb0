//! Telling text from other data. Not a list of file types: the few that people hand in by mistake are named.

use onrecord_evidence::Diagnostic;

/// Formats that begin with bytes of their own, and what to do with one.
const KNOWN: [(&[u8], &str, &str); 8] = [
    (b"%PDF-", "a PDF file", "convert it to text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save the document as plain text"),
    (b"\x1F\x8B", "gzip data", "unpack it first"),
    (b"\xFD7zXZ\x00", "xz data", "unpack it first"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it first"),
    (b"\x89PNG", "a PNG picture", "leave it out"),
    (b"\xFF\xD8\xFF", "a JPEG picture", "leave it out"),
    (b"SQLite format 3\x00", "an SQLite database", "if it is a ledger, name it with --ledger"),
];

/// Says what the bytes are, where they begin as a known format does.
pub(crate) fn in_bytes(bytes: &[u8]) -> Option<Diagnostic> {
    let (_, name, hint) = KNOWN.iter().find(|(head, ..)| bytes.starts_with(head))?;
    Some(Diagnostic::error("binary-input", format!("expected text, found {name}")).hint(*hint))
}

/// Says so where decoded text is none: a null character, or control and broken characters beyond one in fifty.
pub(crate) fn in_text(text: &str, malformed: usize) -> Option<Diagnostic> {
    let (mut nulls, mut controls, mut letters) = (0, 0, 0);
    for letter in text.chars() {
        letters += 1;
        nulls += usize::from(letter == '\0');
        controls += usize::from(letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{C}' | '\u{85}'));
    }
    let found = if nulls > 0 {
        format!("{nulls} null characters")
    } else if (controls + malformed) * 50 > letters && controls + malformed > 2 {
        format!("{controls} control characters and {malformed} broken ones among {letters}")
    } else {
        return None;
    };
    Some(
        Diagnostic::error("binary-input", format!("expected text, found {found}"))
            .hint("give a text file or a page, in UTF-8, UTF-16 or a legacy encoding"),
    )
}

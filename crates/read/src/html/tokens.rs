//! Tags and text of a page, each with its place. Not a tree: nothing is moved, closed or repaired here.

use std::collections::HashMap;
use std::ops::Range;

use super::paced::Paced;
use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

/// A tag name; equal names have equal numbers within one [`Tokens`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(pub(super) u32);

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A start tag with its attributes (indices into [`Tokens::attributes`]).
    Start { name: Name, first: u32, last: u32, is_self_closing: bool },
    /// An end tag.
    End { name: Name },
    /// Characters (indices into [`Tokens::pieces`]).
    Text { first: u32, last: u32 },
}

/// A token and its bytes in the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Characters of a text token: a copy of the page's bytes, or what they stand for as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) words: Option<Short>,
}

/// What an entity stands for: at most two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short {
    len: u8,
    bytes: [u8; 8],
}

impl Short {
    fn new(words: &[u8]) -> Self {
        let mut bytes = [0; 8];
        // No entity of the HTML standard is longer than six bytes; a longer one would become U+FFFD.
        let words = if words.len() > bytes.len() { "\u{FFFD}".as_bytes() } else { words };
        bytes[..words.len()].copy_from_slice(words);
        Self { len: words.len() as u8, bytes }
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("\u{FFFD}")
    }
}

/// An attribute, decoded, and the bytes of its value.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) at: Range<usize>,
}

/// A page as a list.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    pub(super) pieces: Vec<Piece>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) names: Vec<String>,
    /// Most attributes on one tag.
    pub(super) max_attributes: usize,
    numbers: HashMap<String, u32>,
}

impl Tokens {
    /// Reads the whole of `page`.
    pub(super) fn of(page: &str) -> Self {
        let collector = Collector { page: page.as_bytes(), ..Collector::default() };
        // The only token that is handed out is the list itself.
        Tokenizer::new_with_emitter(Paced::new(page), collector).flatten().next().unwrap_or_default()
    }

    pub(super) fn name(&self, name: Name) -> &str {
        self.names.get(name.0 as usize).map_or("", String::as_str)
    }

    /// The attributes of a start tag, in order.
    pub(super) fn attributes(&self, first: u32, last: u32) -> &[Attribute] {
        self.attributes.get(first as usize..last as usize).unwrap_or(&[])
    }

    /// The characters of a text token.
    pub(super) fn words(&self, page: &str, first: u32, last: u32) -> String {
        let pieces = self.pieces.get(first as usize..last as usize).unwrap_or(&[]);
        pieces.iter().map(|piece| piece.words(page)).collect()
    }

    fn intern(&mut self, name: &[u8]) -> Name {
        let name = String::from_utf8_lossy(name);
        if let Some(number) = self.numbers.get(&*name) {
            return Name(*number);
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.clone().into_owned(), number);
        self.names.push(name.into_owned());
        Name(number)
    }
}

impl Piece {
    /// The characters; `page` is what the tokens were made from.
    pub(super) fn words<'a>(&'a self, page: &'a str) -> &'a str {
        match &self.words {
            Some(words) => words.as_str(),
            None => page.get(self.start as usize..self.end as usize).unwrap_or(""),
        }
    }
}

/// Attributes whose values are read; of the others only the count matters.
fn is_read(attribute: &[u8]) -> bool {
    const READ: [&[u8]; 21] = [
        b"aria-hidden",
        b"charset",
        b"class",
        b"content",
        b"data-component",
        b"data-testid",
        b"datetime",
        b"hidden",
        b"href",
        b"http-equiv",
        b"id",
        b"itemprop",
        b"lang",
        b"name",
        b"property",
        b"pubdate",
        b"rel",
        b"role",
        b"style",
        b"title",
        b"type",
    ];
    READ.contains(&attribute)
}

/// Receives what the tokenizer finds, and keeps places that it does not keep: one for every entity.
#[derive(Default)]
struct Collector<'page> {
    page: &'page [u8],
    tokens: Tokens,
    is_done: bool,
    /// Where the tokenizer stands.
    position: usize,
    /// One past the last byte that became a token.
    taken: usize,
    tag: Tag,
    last_start_tag: Vec<u8>,
}

#[derive(Default)]
struct Tag {
    start: usize,
    is_end: bool,
    is_self_closing: bool,
    name: Vec<u8>,
    count: usize,
    first: usize,
    attribute_name: Vec<u8>,
    attribute_value: Vec<u8>,
    value_start: usize,
    value_end: usize,
}

impl Collector<'_> {
    fn close_attribute(&mut self) {
        let name = std::mem::take(&mut self.tag.attribute_name);
        let value = std::mem::take(&mut self.tag.attribute_value);
        let known = self.tokens.attributes.get(self.tag.first..).unwrap_or(&[]);
        if !is_read(&name) || known.iter().any(|attribute| attribute.name.as_bytes() == name) {
            return;
        }
        self.tokens.attributes.push(Attribute {
            name: String::from_utf8_lossy(&name).into_owned(),
            value: String::from_utf8_lossy(&value).into_owned(),
            at: self.tag.value_start..self.tag.value_end,
        });
    }

    fn open_tag(&mut self, is_end: bool) {
        let Tag { start, .. } = self.tag;
        self.tag = Tag { start, is_end, first: self.tokens.attributes.len(), ..Tag::default() };
    }

    fn push_piece(&mut self, piece: Piece) {
        let next = self.tokens.pieces.len() as u32;
        let is_text = matches!(self.tokens.list.last(), Some(Token { kind: Kind::Text { .. }, .. }));
        if !is_text {
            let kind = Kind::Text { first: next, last: next };
            self.tokens.list.push(Token { kind, start: piece.start, end: piece.end });
        }
        if let Some(last) = self.tokens.pieces.last_mut().filter(|_| is_text)
            && last.words.is_none()
            && piece.words.is_none()
            && last.end == piece.start
        {
            last.end = piece.end;
        } else {
            self.tokens.pieces.push(piece);
        }
        let pieces = self.tokens.pieces.len() as u32;
        if let Some(token) = self.tokens.list.last_mut()
            && let Kind::Text { last, .. } = &mut token.kind
        {
            *last = pieces;
            token.end = piece.end;
        }
    }
}

impl Emitter for Collector<'_> {
    type Token = Tokens;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag = last_start_tag.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.is_done = true;
    }

    fn emit_error(&mut self, _error: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Tokens> {
        std::mem::take(&mut self.is_done).then(|| std::mem::take(&mut self.tokens))
    }

    fn emit_string(&mut self, words: &[u8]) {
        let end = self.position;
        // A line feed after a carriage return is passed over by the tokenizer.
        let skipped = usize::from(self.page.get(self.taken) == Some(&b'\n') && self.taken + 1 + words.len() == end);
        let mut start = (self.taken + skipped).min(end);
        // An end tag without a name is passed over too, without a word of it; in a script it is text.
        let mut rest = self.page.get(start..end).unwrap_or_default();
        while rest.len() > words.len()
            && let Some(behind) = rest.strip_prefix(b"</>")
        {
            (rest, start) = (behind, start + 3);
        }
        let is_copy = end - start == words.len() && self.page.get(start..end) == Some(words);
        let words = (!is_copy).then(|| Short::new(words));
        self.push_piece(Piece { start: start as u32, end: end as u32, words });
        self.taken = end.max(self.taken);
    }

    fn init_start_tag(&mut self) {
        self.open_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.open_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        if self.tag.count > 0 {
            self.close_attribute();
        }
        let name = self.tokens.intern(&self.tag.name);
        let (first, last) = (self.tag.first as u32, self.tokens.attributes.len() as u32);
        let kind = if self.tag.is_end {
            Kind::End { name }
        } else {
            Kind::Start { name, first, last, is_self_closing: self.tag.is_self_closing }
        };
        self.tokens.list.push(Token { kind, start: self.tag.start as u32, end: self.position as u32 });
        self.tokens.max_attributes = self.tokens.max_attributes.max(self.tag.count);
        self.taken = self.position;
        if self.tag.is_end {
            return None;
        }
        self.last_start_tag.clone_from(&self.tag.name);
        // `plaintext` would make tags of all that follows text; browsers do it, no page means it.
        naive_next_state(&self.tag.name).filter(|state| !matches!(state, State::PlainText))
    }

    fn emit_current_comment(&mut self) {
        self.taken = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.taken = self.position;
    }

    fn set_self_closing(&mut self) {
        self.tag.is_self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _words: &[u8]) {}

    fn push_doctype_name(&mut self, _name: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        if self.tag.count > 0 {
            self.close_attribute();
        }
        self.tag.count += 1;
        (self.tag.value_start, self.tag.value_end) = (self.position, self.position);
    }

    fn init_attribute_value(&mut self) {
        (self.tag.value_start, self.tag.value_end) = (self.position, self.position);
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.tag.attribute_name.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.tag.attribute_value.extend_from_slice(value);
        self.tag.value_end = self.position;
    }

    fn set_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag.start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.last_start_tag.is_empty() && self.last_start_tag == self.tag.name
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}

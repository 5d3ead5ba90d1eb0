//! Unpacked bytes of an input that may be gzip (RFC 1952): any number of members, each with its checksum tested, and the way on after damage.
//! What is not packed goes through as it is. Not a parser of what is inside.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::window::Window;

/// Bytes unpacked at a time.
const BLOCK: usize = 64 << 10;
/// Most bytes of a gzip header; names and comments in it are not ours.
const MAX_HEAD: usize = 64 << 10;
/// Text does not shrink to less than a hundredth; what does, from this size on, is a bomb.
const MAX_RATIO: u64 = 200;
const RATIO_FROM: u64 = 32 << 20;

/// Why bytes cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Damage {
    #[error("the gzip data is cut short")]
    Cut,
    #[error("these bytes are no gzip data")]
    NoGzip,
    #[error("the gzip data is damaged")]
    Corrupt,
    #[error("the gzip data has another checksum or length than it states")]
    Checksum,
    #[error("the gzip data unpacks to more than {MAX_RATIO} times its size")]
    Bomb,
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Where a piece of an input stands: a byte of the file, and in a gzip member a byte of what it unpacks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u64,
    pub(crate) inner: u64,
}

/// Bytes of an input, unpacked member by member, or as they are.
pub(crate) struct Packed {
    window: Window,
    member: Option<Member>,
    /// Bytes that were unpacked only to come to a place again.
    again: u64,
}

/// Most bytes that are unpacked again in an input.
const MAX_AGAIN: u64 = 2 << 30;

/// A gzip member that is being unpacked.
struct Member {
    inflate: Decompress,
    crc: Crc,
    start: u64,
    out: Vec<u8>,
    at: usize,
    /// Bytes given out so far.
    given: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between members: the next thing is a header.
    Head,
    Body,
    /// Everything was unpacked; the checksum is next.
    Tail,
    /// The checksum was right; nothing more in this member.
    Ended,
}

impl Packed {
    pub(crate) fn new(window: Window, is_gzip: bool) -> Self {
        let member = is_gzip.then(|| Member {
            inflate: Decompress::new(false),
            crc: Crc::new(),
            start: window.place(),
            out: Vec::with_capacity(BLOCK),
            at: 0,
            given: 0,
            state: State::Head,
        });
        Self { window, member, again: 0 }
    }

    pub(crate) const fn is_gzip(&self) -> bool {
        self.member.is_some()
    }

    /// Place of the next byte.
    pub(crate) fn place(&self) -> Place {
        match &self.member {
            Some(member) => Place { offset: member.start, inner: member.given },
            None => Place { offset: self.window.place(), inner: 0 },
        }
    }

    /// How far the input was read.
    pub(crate) fn read_to(&self) -> u64 {
        self.window.place()
    }

    /// The place `len` bytes after `place`.
    pub(crate) const fn after(&self, place: Place, len: u64) -> Place {
        match self.member {
            Some(_) => Place { offset: place.offset, inner: place.inner + len },
            None => Place { offset: place.offset + len, inner: 0 },
        }
    }

    /// The first bytes, which are given again after this.
    pub(crate) fn head(&mut self, len: usize) -> Result<Vec<u8>, Damage> {
        let place = self.place();
        let mut head = Vec::new();
        while head.len() < len {
            let bytes = match self.fill() {
                Ok(bytes) if !bytes.is_empty() => bytes,
                Ok(_) => break,
                Err(damage) => {
                    self.return_to(place)?;
                    // What is damaged further on is still of its kind.
                    return if head.is_empty() { Err(damage) } else { Ok(head) };
                }
            };
            let taken = bytes.len().min(len - head.len());
            head.extend_from_slice(&bytes[..taken]);
            self.consume(taken);
        }
        self.return_to(place)?;
        Ok(head)
    }

    /// What came before the next byte is not needed again.
    pub(crate) fn keep(&mut self) {
        let place = self.place().offset;
        self.window.keep_from(place);
    }

    /// Bytes at hand; empty at the end of the member, once its checksum was found right, and at the end of an input that is not packed.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Damage> {
        let Some(member) = &mut self.member else { return Ok(self.window.fill()?) };
        while member.at == member.out.len() && member.state != State::Ended {
            member.step(&mut self.window)?;
        }
        Ok(&member.out[member.at..])
    }

    pub(crate) fn consume(&mut self, len: usize) {
        match &mut self.member {
            Some(member) => {
                member.at += len;
                member.given += len as u64;
            }
            None => self.window.consume(len),
        }
    }

    /// Goes on to the next member; `false` at the end of the input.
    pub(crate) fn next_member(&mut self) -> Result<bool, Damage> {
        let Some(member) = &mut self.member else { return Ok(false) };
        if self.window.fill()?.is_empty() {
            return Ok(false);
        }
        member.restart(self.window.place());
        Ok(true)
    }

    /// Goes back to a place; `false` where that cannot be.
    pub(crate) fn return_to(&mut self, place: Place) -> Result<bool, Damage> {
        if self.again + place.inner > MAX_AGAIN || !self.window.return_to(place.offset)? {
            return Ok(false);
        }
        self.again += place.inner;
        if let Some(member) = &mut self.member {
            member.restart(place.offset);
            return self.skip_to(place.inner);
        }
        Ok(true)
    }

    fn skip_to(&mut self, inner: u64) -> Result<bool, Damage> {
        while self.place().inner < inner {
            let missing = (inner - self.place().inner) as usize;
            let len = self.fill()?.len().min(missing);
            if len == 0 {
                return Ok(false);
            }
            self.consume(len);
        }
        Ok(true)
    }

    /// Goes to the next member after `from` whose content begins with `magic`, looking byte by byte; `false` where there is none.
    pub(crate) fn resynchronise(&mut self, from: u64, magic: &[u8]) -> Result<bool, Damage> {
        let Some(member) = &mut self.member else { return Ok(false) };
        // Where going back is not possible, what follows is searched.
        self.window.return_to(from)?;
        loop {
            let bytes = self.window.peek(BLOCK)?;
            if bytes.len() < 18 {
                let rest = bytes.len();
                self.window.consume(rest);
                return Ok(false);
            }
            let is_last = bytes.len() < BLOCK;
            let end = if is_last { bytes.len() } else { bytes.len() - MAX_SHORT_HEAD };
            let Some(at) = (0..end).find(|at| bytes[*at..].starts_with(&[0x1F, 0x8B, 8])) else {
                self.window.consume(end);
                if is_last {
                    return Ok(false);
                }
                continue;
            };
            self.window.consume(at);
            let place = self.window.place();
            if member.begins_with(self.window.peek(BLOCK)?, magic) {
                self.window.keep_from(place);
                member.restart(place);
                return Ok(true);
            }
            self.window.consume(1);
        }
    }
}

/// Bytes at the end of a block in which a member may begin that is only recognised with the next block.
const MAX_SHORT_HEAD: usize = 512;

impl Member {
    fn restart(&mut self, start: u64) {
        self.inflate.reset(false);
        self.crc.reset();
        self.out.clear();
        (self.start, self.at, self.given, self.state) = (start, 0, 0, State::Head);
    }

    fn step(&mut self, window: &mut Window) -> Result<(), Damage> {
        match self.state {
            State::Head => self.head(window),
            State::Body => self.body(window),
            State::Tail => self.tail(window),
            State::Ended => Ok(()),
        }
    }

    fn head(&mut self, window: &mut Window) -> Result<(), Damage> {
        let mut want = 18;
        let len = loop {
            let bytes = window.peek(want)?;
            match head_len(bytes)? {
                Some(len) => break len,
                None if bytes.len() < want => return Err(Damage::Cut),
                None if want >= MAX_HEAD => return Err(Damage::Corrupt),
                None => want *= 2,
            }
        };
        window.consume(len);
        self.state = State::Body;
        Ok(())
    }

    fn body(&mut self, window: &mut Window) -> Result<(), Damage> {
        let (packed, unpacked) = (self.inflate.total_in(), self.inflate.total_out());
        if unpacked > RATIO_FROM && unpacked > packed.saturating_mul(MAX_RATIO) {
            return Err(Damage::Bomb);
        }
        let bytes = window.fill()?;
        if bytes.is_empty() {
            return Err(Damage::Cut);
        }
        self.out.clear();
        self.at = 0;
        let status = self.inflate.decompress_vec(bytes, &mut self.out, FlushDecompress::None);
        let read = (self.inflate.total_in() - packed) as usize;
        window.consume(read);
        self.crc.update(&self.out);
        match status {
            Err(_) => Err(Damage::Corrupt),
            Ok(Status::StreamEnd) => {
                self.state = State::Tail;
                Ok(())
            }
            Ok(_) if read == 0 && self.out.is_empty() => Err(Damage::Corrupt),
            Ok(_) => Ok(()),
        }
    }

    fn tail(&mut self, window: &mut Window) -> Result<(), Damage> {
        let tail = window.peek(8)?.get(..8).ok_or(Damage::Cut)?;
        let number = |at: usize| u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]);
        if number(0) != self.crc.sum() || number(4) != self.crc.amount() {
            return Err(Damage::Checksum);
        }
        window.consume(8);
        self.state = State::Ended;
        Ok(())
    }

    /// Whether a member with this content begins here.
    fn begins_with(&mut self, bytes: &[u8], magic: &[u8]) -> bool {
        let Ok(Some(head)) = head_len(bytes) else { return false };
        let mut first = [0; 16];
        self.inflate.reset(false);
        let wanted = magic.len().min(first.len());
        let result = self.inflate.decompress(&bytes[head..], &mut first[..wanted], FlushDecompress::None);
        result.is_ok() && first[..wanted] == magic[..wanted]
    }
}

/// Length of a gzip header; `None` where more bytes are needed to tell.
fn head_len(bytes: &[u8]) -> Result<Option<usize>, Damage> {
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    const HEADER_CHECKSUM: u8 = 2;
    let magic = [0x1F, 0x8B, 8];
    if !bytes.iter().zip(magic).all(|(found, expected)| *found == expected) {
        return Err(Damage::NoGzip);
    }
    let Some(flags) = bytes.get(3).copied().filter(|_| bytes.len() >= 10) else { return Ok(None) };
    if flags & 0xE0 != 0 {
        return Err(Damage::NoGzip);
    }
    let mut at = 10;
    if flags & EXTRA != 0 {
        let Some(len) = bytes.get(at..at + 2) else { return Ok(None) };
        at += 2 + usize::from(u16::from_le_bytes([len[0], len[1]]));
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let Some(end) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0)) else {
                return Ok(None);
            };
            at += end + 1;
        }
    }
    if flags & HEADER_CHECKSUM != 0 {
        at += 2;
    }
    Ok((bytes.len() >= at).then_some(at))
}

impl Read for Packed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let len = bytes.len().min(into.len());
        into[..len].copy_from_slice(&bytes[..len]);
        BufRead::consume(self, len);
        Ok(len)
    }
}

impl BufRead for Packed {
    /// All members one after the other.
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.fill().map_err(as_io)?.is_empty() {
            if !self.next_member().map_err(as_io)? {
                return Ok(&[]);
            }
        }
        let place = self.window.place();
        self.window.keep_from(place);
        self.fill().map_err(as_io)
    }

    fn consume(&mut self, len: usize) {
        Self::consume(self, len);
    }
}

fn as_io(damage: Damage) -> io::Error {
    match damage {
        Damage::Io(error) => error,
        damage => io::Error::new(io::ErrorKind::InvalidData, damage),
    }
}

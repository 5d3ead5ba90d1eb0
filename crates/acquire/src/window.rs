//! The bytes of one input with a way back: what was read can be read again where it turns out that a length or a checksum was wrong. Not a
//! parser.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use crate::Meter;

/// Bytes asked of the source at a time.
const BLOCK: usize = 256 << 10;
/// Bytes that are held to go back into, where the source cannot be opened again. A record is rarely longer.
const HELD: usize = 40 << 20;
/// The same for a file, which can be.
const HELD_OF_FILE: usize = 4 << 20;
/// Bytes that may be read a second time in any input. More only in proportion to what was read: hostile lengths would make reading
/// quadratic.
const FREE_RETURNS: u64 = 256 << 20;

/// A source of bytes with the last few megabytes of it held.
pub(crate) struct Window {
    source: Box<dyn Read + Send>,
    /// The file behind the source, if it is one that can be opened again.
    path: Option<PathBuf>,
    buffer: Vec<u8>,
    /// Place of the first held byte in the input.
    start: u64,
    /// The next byte to give, as an index into the held ones.
    at: usize,
    /// Bytes from here on are held while there is room.
    kept_from: u64,
    returned: u64,
    seen: u64,
    meter: Arc<Meter>,
}

impl Window {
    pub(crate) fn new(source: Box<dyn Read + Send>, path: Option<PathBuf>, meter: Arc<Meter>) -> Self {
        Self { source, path, buffer: Vec::new(), start: 0, at: 0, kept_from: 0, returned: 0, seen: 0, meter }
    }

    /// Place in the input of the next byte.
    pub(crate) const fn place(&self) -> u64 {
        self.start + self.at as u64
    }

    /// The bytes at hand; more are read where there are none. Empty at the end of the input.
    pub(crate) fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.read_more()?;
        }
        Ok(&self.buffer[self.at..])
    }

    /// At least `len` bytes, or all up to the end of the input.
    pub(crate) fn peek(&mut self, len: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < len && self.read_more()? {}
        Ok(&self.buffer[self.at..])
    }

    pub(crate) fn consume(&mut self, len: usize) {
        self.at = (self.at + len).min(self.buffer.len());
    }

    /// Bytes before this place are not needed again.
    pub(crate) const fn keep_from(&mut self, place: u64) {
        self.kept_from = place;
    }

    /// Goes to an earlier place; `false` where that is too far back, or was done too often: then reading goes on where it is.
    pub(crate) fn return_to(&mut self, place: u64) -> io::Result<bool> {
        let distance = self.place().saturating_sub(place);
        if self.returned + distance > FREE_RETURNS + self.seen {
            return Ok(false);
        }
        if place >= self.start {
            self.at = ((place - self.start) as usize).min(self.buffer.len());
        } else if let Some(path) = &self.path {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(place))?;
            self.source = Box::new(file);
            self.buffer.clear();
            (self.start, self.at) = (place, 0);
        } else {
            return Ok(false);
        }
        self.returned += distance;
        Ok(true)
    }

    /// Reads a block; `false` at the end.
    fn read_more(&mut self) -> io::Result<bool> {
        let held = if self.path.is_some() { HELD_OF_FILE } else { HELD };
        let wanted = usize::try_from(self.kept_from.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.at);
        let droppable = if self.at - wanted > held { self.at } else { wanted };
        // Moving what stays costs as much as what goes: not for a few bytes.
        if droppable >= BLOCK {
            self.buffer.drain(..droppable);
            self.start += droppable as u64;
            self.at -= droppable;
        }
        let len = self.buffer.len();
        self.buffer.resize(len + BLOCK, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[len..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.buffer.truncate(len + *read.as_ref().unwrap_or(&0));
        let end = self.start + self.buffer.len() as u64;
        self.meter.add_bytes(end.saturating_sub(self.seen));
        self.seen = self.seen.max(end);
        Ok(read? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(window: &mut Window) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let piece = window.fill().unwrap().to_vec();
            if piece.is_empty() {
                return bytes;
            }
            window.consume(piece.len());
            bytes.extend(piece);
        }
    }

    #[test]
    fn what_was_read_can_be_read_again() {
        let bytes: Vec<u8> = (0..3_000_000_u32).map(|number| (number % 251) as u8).collect();
        let meter = Arc::new(Meter::default());
        let mut window = Window::new(Box::new(io::Cursor::new(bytes.clone())), None, Arc::clone(&meter));
        assert_eq!(all(&mut window), bytes);
        assert!(window.return_to(1_000).unwrap());
        assert_eq!(all(&mut window), bytes[1_000..]);
        assert_eq!(meter.bytes(), 3_000_000, "bytes are counted once");
        window.keep_from(2_999_000);
        assert!(!window.read_more().unwrap());
        assert!(!window.return_to(10).unwrap(), "what was let go is gone");
        assert!(window.return_to(2_999_500).unwrap());
        assert_eq!(all(&mut window), bytes[2_999_500..]);
    }

    #[test]
    fn going_back_has_an_end() {
        let bytes = vec![7; 1 << 20];
        let mut window = Window::new(Box::new(io::Cursor::new(bytes)), None, Arc::default());
        let mut times = 0;
        while times < 10_000 {
            all(&mut window);
            if !window.return_to(0).unwrap() {
                break;
            }
            times += 1;
        }
        assert_eq!(times, 257);
    }
}

//! WARC files (ISO 28500), plain or gzip, of any length: one record in memory at a time. What is damaged is said, and reading goes on at
//! the next record that can be told. Not an index, and not a reader of pages.

mod body;
mod digest;
mod head;
mod page;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use onrecord_evidence::{ArchiveRecord, Capture, Diagnostic};

use crate::packed::{Damage, Packed, Place};
use crate::{Meter, Records, too_large, unreadable};
use head::{Head, MAX_HEAD};
use page::Found;

/// What every record begins with.
pub(crate) const MAGIC: &[u8] = b"WARC/";

/// The records of one file.
pub(crate) struct Warc {
    name: String,
    packed: Packed,
    max_bytes: usize,
    meter: Arc<Meter>,
    skipped: BTreeMap<String, u64>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was read yet.
    Start,
    /// A record may follow.
    Between,
    /// Nothing more can be read; what was passed over is to be said.
    Over,
    Done,
}

/// Why a record is not as it says.
enum Fault {
    Damage(Damage),
    /// What is wrong, and where the search for the next record begins.
    Form(String, Place),
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

type Ready = VecDeque<Result<Capture, Diagnostic>>;

impl Records for Warc {
    fn next_record(&mut self, ready: &mut Ready) -> bool {
        match self.state {
            State::Done => return false,
            State::Over => {
                self.report(ready);
                self.state = State::Done;
                return true;
            }
            State::Start | State::Between => {}
        }
        let mut start = self.packed.place();
        let outcome = self.find_record(&mut start).and_then(|is_any| {
            if is_any {
                self.record(start, ready)?;
            }
            Ok(is_any)
        });
        match outcome {
            Ok(true) => self.state = State::Between,
            Ok(false) => self.end(ready),
            Err(fault) => self.recover(start, fault, ready),
        }
        true
    }
}

impl Warc {
    pub(crate) fn new(name: String, packed: Packed, max_bytes: usize, meter: Arc<Meter>) -> Self {
        Self { name, packed, max_bytes, meter, skipped: BTreeMap::new(), state: State::Start }
    }

    fn end(&mut self, ready: &mut Ready) {
        if self.state == State::Start {
            let message = "the archive holds no record: it is empty";
            ready.push_back(Err(Diagnostic::error("empty-input", message).at(&self.name).hint("fetch it again")));
        }
        self.state = State::Over;
    }

    /// Goes over the empty lines after a record, and into the next member; `start` is where the record begins.
    fn find_record(&mut self, start: &mut Place) -> Result<bool, Fault> {
        loop {
            let bytes = self.packed.fill()?;
            let blank = bytes.iter().take_while(|byte| b"\r\n".contains(byte)).count();
            let is_end = bytes.is_empty();
            let is_record = blank < bytes.len();
            self.packed.consume(blank);
            *start = self.packed.place();
            if is_record {
                self.packed.keep();
                return Ok(true);
            }
            if is_end && !self.packed.next_member()? {
                return Ok(false);
            }
            *start = self.packed.place();
        }
    }

    /// Reads the record that begins here.
    fn record(&mut self, start: Place, ready: &mut Ready) -> Result<(), Fault> {
        let (head, head_len) = self.head(start)?;
        let block_start = self.packed.after(start, head_len);
        let form = |message: String| Fault::Form(message, block_start);
        let stated = head.get("content-length").unwrap_or("none");
        let len: u64 = stated.parse().map_err(|_| form(format!("expected its length, found {stated:.40?}")))?;
        let place = self.location(start);
        let reason = page::passed_over(&head).map(str::to_owned);
        // A page is packed to no more than its size, and its HTTP header is short.
        let is_too_large = len > (self.max_bytes + MAX_HEAD) as u64;
        let mut block = Vec::new();
        let is_wanted = reason.is_none() && !is_too_large;
        self.block(len, is_wanted.then_some(&mut block)).map_err(|fault| match fault {
            Fault::Form(message, _) => form(message),
            fault => fault,
        })?;
        let is_ended = self.after_block().map_err(|fault| match fault {
            Fault::Form(message, _) => form(message),
            fault => fault,
        })?;
        if let Some(reason) = reason {
            *self.skipped.entry(reason).or_default() += 1;
        } else if is_too_large {
            ready.push_back(Err(too_large(Some(len), self.max_bytes as u64).at(&place)));
        } else {
            self.page(&head, block, start, place.clone(), ready);
        }
        if !is_ended {
            let message = "the file ends without the empty lines after this record: the rest may be lost";
            ready.push_back(Err(Diagnostic::warning("archive-cut-short", message).at(place).hint(AGAIN)));
        }
        Ok(())
    }

    fn page(&mut self, head: &Head, block: Vec<u8>, start: Place, place: String, ready: &mut Ready) {
        if let Some(stated) = head.get("warc-block-digest")
            && digest::agrees(stated, &block) == Some(false)
        {
            let message = "the bytes of the record are not those that were archived: its digest is another";
            ready.push_back(Err(Diagnostic::error("damaged-archive", message).at(place).hint(AGAIN)));
            return;
        }
        let id = head.get("warc-record-id").map(|id| id.chars().take(200).collect());
        let record = ArchiveRecord { id, offset: start.offset, inner: start.inner };
        match page::page(head, block, place, record, self.max_bytes) {
            Found::Page(capture, diagnostics) => {
                ready.extend(diagnostics.into_iter().map(Err));
                ready.push_back(Ok(*capture));
            }
            Found::Other(reason) => *self.skipped.entry(reason).or_default() += 1,
            Found::Failed(diagnostic) => ready.push_back(Err(diagnostic)),
        }
    }

    /// The head of the record and its length.
    fn head(&mut self, start: Place) -> Result<(Head, u64), Fault> {
        let mut bytes = Vec::new();
        let one_on = self.packed.after(start, 1);
        let found = loop {
            let more = self.packed.fill()?;
            let (before, count) = (bytes.len(), more.len());
            bytes.extend_from_slice(more);
            let known = bytes.len().min(MAGIC.len());
            if bytes[..known] != MAGIC[..known] {
                return Err(Fault::Form("expected a record, which begins with WARC/".to_owned(), one_on));
            }
            if let Some((head, len)) = Head::parse(&bytes[..bytes.len().min(MAX_HEAD)]) {
                self.packed.consume(len - before);
                break (head, len as u64);
            }
            self.packed.consume(count);
            if count == 0 {
                return Err(Fault::Form(
                    "the file or the gzip member ends in the head of the record".to_owned(),
                    one_on,
                ));
            }
            if bytes.len() >= MAX_HEAD {
                return Err(Fault::Form(format!("the head of the record has more than {MAX_HEAD} bytes"), one_on));
            }
        };
        Ok(found)
    }

    /// The `len` bytes of the record's block, kept or let go.
    fn block(&mut self, len: u64, mut into: Option<&mut Vec<u8>>) -> Result<(), Fault> {
        let mut missing = len;
        while missing > 0 {
            let bytes = self.packed.fill()?;
            if bytes.is_empty() {
                let message = format!("the record says that it has {len} bytes, and {} are there", len - missing);
                return Err(Fault::Form(message, Place { offset: 0, inner: 0 }));
            }
            let taken = (bytes.len() as u64).min(missing) as usize;
            if let Some(into) = &mut into {
                into.extend_from_slice(&bytes[..taken]);
            }
            self.packed.consume(taken);
            missing -= taken as u64;
        }
        Ok(())
    }

    /// What follows the block: empty lines, then a record or the end of the member, which tests its checksum. `false` where a file that is
    /// not packed ends without the empty lines.
    fn after_block(&mut self) -> Result<bool, Fault> {
        let mut blank = 0;
        loop {
            let bytes = self.packed.fill()?;
            if bytes.is_empty() {
                return Ok(self.packed.is_gzip() || blank >= 4);
            }
            let count = bytes.iter().take_while(|byte| b"\r\n".contains(byte)).count();
            if count < bytes.len() {
                // The magic may be cut in two by the end of the buffer: its first letter tells enough here.
                if bytes[count] == MAGIC[0] && (blank > 0 || count > 0) {
                    self.packed.consume(count);
                    return Ok(true);
                }
                let message = "the record is not as long as it says".to_owned();
                return Err(Fault::Form(message, Place { offset: 0, inner: 0 }));
            }
            blank += count;
            self.packed.consume(count);
        }
    }

    /// Says what is wrong with the record that begins at `start`, and goes to the next one.
    fn recover(&mut self, start: Place, fault: Fault, ready: &mut Ready) {
        let place = self.location(start);
        let (message, next) = match fault {
            Fault::Damage(Damage::Io(error)) => {
                ready.push_back(Err(unreadable(&place, &error)));
                return self.state = State::Over;
            }
            // What is before the place where a bomb was told is of the bomb.
            Fault::Damage(Damage::Bomb) => {
                (Damage::Bomb.to_string(), self.packed.resynchronise(self.packed.read_to(), MAGIC))
            }
            Fault::Damage(damage) => (damage.to_string(), self.packed.resynchronise(start.offset + 1, MAGIC)),
            Fault::Form(message, from) => (message, self.search(from)),
        };
        let (message, next) = match next {
            Ok(true) => {
                (format!("{message}; reading goes on at {}", self.location(self.packed.place())), State::Between)
            }
            Ok(false) => (format!("{message}; no record follows that can be told"), State::Over),
            Err(error) => (format!("{message}; the search for the next record: {error}"), State::Over),
        };
        ready.push_back(Err(Diagnostic::error("damaged-archive", message).at(place).hint(AGAIN)));
        self.state = next;
    }

    /// Goes to the next record after `from`: in the member, else to the next member.
    fn search(&mut self, from: Place) -> Result<bool, Damage> {
        let member = self.packed.place().offset;
        let found = match self.packed.return_to(from) {
            // Where going back is not possible, what follows is searched.
            Ok(_) => self.search_here(),
            Err(damage) => Err(damage),
        };
        match found {
            Err(Damage::Io(error)) => Err(Damage::Io(error)),
            Err(_) => self.packed.resynchronise(member + 1, MAGIC),
            found => found,
        }
    }

    /// Looks for a line that begins a record and for the head that it must have.
    fn search_here(&mut self) -> Result<bool, Damage> {
        let mut is_line_start = false;
        loop {
            let bytes = self.packed.fill()?;
            if bytes.is_empty() {
                if !self.packed.next_member()? {
                    return Ok(false);
                }
                // A member begins with a record, or it is looked at as any other.
                return Ok(true);
            }
            let known = bytes.len().min(MAGIC.len());
            if is_line_start && bytes[..known] == MAGIC[..known] {
                let place = self.packed.place();
                if self.is_head()? {
                    self.packed.return_to(place)?;
                    return Ok(true);
                }
                self.packed.return_to(place)?;
                self.packed.consume(1);
                is_line_start = false;
                continue;
            }
            let line = bytes.iter().position(|byte| *byte == b'\n');
            let len = line.map_or(bytes.len(), |line| line + 1);
            is_line_start = line.is_some();
            self.packed.consume(len);
        }
    }

    /// Whether a whole head with type and length begins here.
    fn is_head(&mut self) -> Result<bool, Damage> {
        let place = self.packed.place();
        match self.head(place) {
            Ok((head, _)) => Ok(head.get("warc-type").is_some()
                && head.get("content-length").is_some_and(|len| len.parse::<u64>().is_ok())),
            Err(Fault::Form(..)) => Ok(false),
            Err(Fault::Damage(damage)) => Err(damage),
        }
    }

    /// Says what was passed over, and counts it.
    fn report(&mut self, ready: &mut Ready) {
        let skipped = std::mem::take(&mut self.skipped);
        if skipped.is_empty() {
            return;
        }
        let parts: Vec<String> = skipped.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        skipped.iter().for_each(|(reason, count)| self.meter.skip(reason, *count));
        let message = format!("passed over {}", parts.join(", "));
        let hint = "taken are HTML pages that the server gave with status 200";
        ready.push_back(Err(Diagnostic::note("skipped-records", message).at(&self.name).hint(hint)));
    }

    /// What people call a record: the file, and the byte at which it begins.
    fn location(&self, place: Place) -> String {
        match place.inner {
            0 => format!("{}@{}", self.name, place.offset),
            inner => format!("{}@{}+{inner}", self.name, place.offset),
        }
    }
}

const AGAIN: &str = "fetch the archive again; every other record was taken";

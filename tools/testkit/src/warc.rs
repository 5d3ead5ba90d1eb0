//! WARC files as crawlers write them (ISO 28500), for tests and benchmarks. Not a writer for archives that somebody keeps: ids and dates
//! are counted up from fixed ones.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A WARC file that is being written, plain or with a gzip member for each record.
#[derive(Clone, Debug)]
pub struct Warc {
    bytes: Vec<u8>,
    is_packed: bool,
    records: u64,
    /// Where each record begins.
    starts: Vec<usize>,
}

impl Warc {
    /// An empty file.
    pub const fn new(is_packed: bool) -> Self {
        Self { bytes: Vec::new(), is_packed, records: 0, starts: Vec::new() }
    }

    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives what was written and forgets it: a long file need not be in memory.
    pub fn take(&mut self) -> Vec<u8> {
        self.starts.clear();
        std::mem::take(&mut self.bytes)
    }

    /// Where each record begins in [`Warc::bytes`].
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Adds bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.starts.push(self.bytes.len());
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Adds a record of this type; `fields` stand after those that every record has, and may replace `Content-Length`.
    pub fn record(&mut self, kind: &str, fields: &[(&str, &str)], block: &[u8]) -> &mut Self {
        let number = self.records;
        self.records += 1;
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        let mut head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n\
             WARC-Date: 2031-03-10T{hour:02}:{minute:02}:{second:02}Z\r\n"
        );
        if !fields.iter().any(|(name, _)| *name == "Content-Length") {
            let _ = write!(head, "Content-Length: {}\r\n", block.len());
        }
        for (name, value) in fields {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let mut record = head.into_bytes();
        record.extend_from_slice(b"\r\n");
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        let record = if self.is_packed { gzip(&record) } else { record };
        self.raw(&record)
    }

    /// Adds a response: the head of HTTP without its last empty line, and the body.
    pub fn response(&mut self, address: &str, head: &str, body: &[u8]) -> &mut Self {
        let mut block = format!("{head}\r\n\r\n").into_bytes();
        block.extend_from_slice(body);
        let fields = [("WARC-Target-URI", address), ("Content-Type", "application/http; msgtype=response")];
        self.record("response", &fields, &block)
    }

    /// Adds an HTML page that was fetched with status 200.
    pub fn page(&mut self, address: &str, html: &str) -> &mut Self {
        self.response(address, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", html.as_bytes())
    }
}

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

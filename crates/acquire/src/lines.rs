//! JSON Lines, one record at a time in bounded memory. It looks for two fields, the address and the time of fetching, and
//! leaves the rest of the record to reading.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead};
use std::sync::Arc;

use onrecord_evidence::{Capture, Delivery, Diagnostic, MediaType, Time, TimeSource};
use serde_json::value::RawValue;

use crate::{Columns, Records, too_large, unreadable};

/// The records of one file.
pub(crate) struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    max_bytes: usize,
    /// Number of the line read last, from 1.
    line: u64,
    columns: Arc<Columns>,
}

impl Lines {
    pub(crate) fn new(name: String, reader: Box<dyn BufRead + Send>, max_bytes: usize, columns: Arc<Columns>) -> Self {
        Self { name, reader, max_bytes, line: 0, columns }
    }
}

impl Records for Lines {
    fn next_record(&mut self, ready: &mut VecDeque<Result<Capture, Diagnostic>>) -> bool {
        self.line += 1;
        let place = format!("{}:{}", self.name, self.line);
        match self.next_line() {
            Ok(None) => return false,
            Ok(Some(Line { bytes, .. })) if bytes.trim_ascii().is_empty() => {}
            Ok(Some(Line { len, .. })) if len > self.max_bytes as u64 => {
                ready.push_back(Err(too_large(Some(len), self.max_bytes as u64).at(place)));
            }
            Ok(Some(Line { bytes, .. })) => {
                let (address, fetched, problem) = stated(&bytes, &self.columns);
                let columns = self.columns.named();
                let delivery = (!columns.is_empty())
                    .then(|| Box::new(Delivery { columns: columns.clone(), ..Delivery::default() }));
                ready.extend(problem.map(|problem| Err(problem.at(&place))));
                ready.push_back(Ok(Capture {
                    bytes,
                    media_type: MediaType::JsonRecord,
                    address,
                    fetched,
                    location: place,
                    delivery,
                }));
            }
            Err(error) => {
                ready.push_back(Err(unreadable(&place, &error)));
                return false;
            }
        }
        true
    }
}

impl Lines {
    /// The next line without its end; of a line over the limit only the length.
    fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { bytes: Vec::new(), len: 0 };
        let mut is_any = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(is_any.then_some(line));
            }
            is_any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(buffer.len());
            line.len += taken as u64;
            if line.len > self.max_bytes as u64 {
                line.bytes = b"too long to keep".to_vec();
            } else {
                line.bytes.extend_from_slice(&buffer[..taken]);
            }
            self.reader.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                if line.bytes.last() == Some(&b'\r') {
                    line.bytes.pop();
                }
                return Ok(Some(line));
            }
        }
    }
}

struct Line {
    bytes: Vec<u8>,
    /// Bytes up to the line feed, kept or not.
    len: u64,
}

/// Address and time of fetching. A line that is no object says neither; reading it will say what is wrong with it.
fn stated(bytes: &[u8], columns: &Columns) -> (Option<String>, Option<Time>, Option<Diagnostic>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let Ok(fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(&text) else { return (None, None, None) };
    let field = |name: &str| -> Option<serde_json::Value> {
        serde_json::from_str(fields.get(columns.column(name))?.get()).ok()
    };
    let (url, fetched_at) = (field("url"), field("fetched_at"));
    let address = url.as_ref().and_then(|url| url.as_str()).map(str::trim).filter(|url| !url.is_empty());
    let (fetched, problem) = match &fetched_at {
        None | Some(serde_json::Value::Null) => (None, None),
        Some(value) => match value.as_str().and_then(|text| Time::parse(text, TimeSource::Supplier).ok()) {
            Some(time) => (Some(time), None),
            None => {
                let shown: String = value.to_string().chars().take(40).collect();
                let message = format!("field fetched_at: expected a time such as 2031-03-06T09:30:00Z, found {shown}");
                (None, Some(Diagnostic::warning("bad-field", message).hint("the record was taken without it")))
            }
        },
    };
    (address.map(str::to_owned), fetched, problem)
}

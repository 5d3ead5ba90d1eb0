//! A list of inputs, one a line, taken as it is read. It opens none of them.

use std::io::{BufRead, BufReader, Read};

use onrecord_evidence::Diagnostic;

use crate::{Input, unreadable};

/// Most bytes of a line: paths and addresses are shorter.
const MAX_LINE: u64 = 64 << 10;

/// The inputs that a list names.
pub(crate) struct List {
    name: String,
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl List {
    pub(crate) fn new(name: String, reader: Box<dyn Read + Send>) -> Self {
        Self { name, reader: Box::new(BufReader::new(reader)), line: 0 }
    }

    /// The next input; what is wrong with a line; or `None` at the end.
    pub(crate) fn next_input(&mut self) -> Option<Result<Input, Diagnostic>> {
        loop {
            self.line += 1;
            let mut bytes = Vec::new();
            let read = self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes);
            let place = || format!("{}:{}", self.name, self.line);
            let problem = match read {
                Ok(0) => return None,
                Ok(_) if bytes.len() as u64 == MAX_LINE => format!("a line has more than {MAX_LINE} bytes"),
                Ok(_) => match std::str::from_utf8(&bytes) {
                    Ok(line) if line.trim().is_empty() || line.starts_with('#') => continue,
                    Ok(line) => return Some(Ok(Input::named(line.trim_end_matches(['\r', '\n'])))),
                    Err(_) => "a line is not in UTF-8".to_owned(),
                },
                Err(error) => {
                    let diagnostic = unreadable(&place(), &error);
                    self.reader = Box::new(std::io::empty());
                    return Some(Err(diagnostic));
                }
            };
            let diagnostic = Diagnostic::error("bad-list", problem).at(place()).hint("write one path a line");
            self.reader = Box::new(std::io::empty());
            return Some(Err(diagnostic));
        }
    }
}

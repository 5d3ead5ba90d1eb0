//! CSV by RFC 4180 in UTF-8, safe to open in a spreadsheet. Not a reader.

use std::io::{self, Write};

use crate::table::{Cell, Column};

/// Writes tables as CSV: a header, comma, CRLF, quotation marks doubled; an empty field is an empty cell, an empty text a pair of quotation marks.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, in ASCII or in full width) gets an apostrophe
/// before it, by the advice of OWASP; a text that begins with an apostrophe before one of these gets another, so that the mark can be taken off again without doubt.
pub struct CsvWriter<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file: writes the header.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(out: W, columns: &[Column]) -> io::Result<Self> {
        let mut writer = Self { out, line: Vec::new() };
        writer.record(columns.iter().map(|column| Some(column.name.to_owned())))?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.record(cells.iter().map(field))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn record(&mut self, fields: impl Iterator<Item = Option<String>>) -> io::Result<()> {
        self.line.clear();
        for (index, field) in fields.enumerate() {
            if index > 0 {
                self.line.push(b',');
            }
            if let Some(text) = field {
                quoted(&text, &mut self.line);
            }
        }
        self.line.extend_from_slice(b"\r\n");
        self.out.write_all(&self.line)
    }
}

fn field(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(guarded(text)),
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Boolean(is) => Some(is.to_string()),
        Cell::List(_) => Some(cell.json().to_string()),
    }
}

/// With an apostrophe before what a spreadsheet would compute.
fn guarded(text: &str) -> String {
    let bare = text.trim_start_matches('\'');
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if bare.starts_with(begins) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str, into: &mut Vec<u8>) {
    let needs =
        text.is_empty() || text.contains(['"', ',', '\r', '\n', '\0']) || text.starts_with(' ') || text.ends_with(' ');
    if !needs {
        into.extend_from_slice(text.as_bytes());
        return;
    }
    into.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            into.push(b'"');
        }
        // A null byte ends a field for many readers.
        into.push(if byte == 0 { b' ' } else { byte });
    }
    into.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;

    #[test]
    fn fields_are_quoted_and_no_formula_runs() {
        let check = |cell: Cell, expect: &str| {
            let columns = [Column { name: "words", kind: Kind::Text, optional: true, about: "" }];
            let mut writer = CsvWriter::new(Vec::new(), &columns).unwrap();
            writer.row(std::slice::from_ref(&cell)).unwrap();
            let found = String::from_utf8(writer.finish().unwrap()).unwrap();
            assert_eq!(found, format!("words\r\n{expect}\r\n"), "{cell:?}");
        };
        let text = |text: &str| Cell::Text(text.to_owned());
        check(Cell::Null, "");
        check(text(""), "\"\"");
        check(text("84 drones"), "84 drones");
        check(text("said \"no\", twice"), "\"said \"\"no\"\", twice\"");
        check(text("two\nlines"), "\"two\nlines\"");
        check(text("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        check(text("+84"), "'+84");
        check(text("-84"), "'-84");
        check(text("@marn"), "'@marn");
        check(text("\t=1"), "'\t=1");
        check(text("\u{ff1d}1"), "'\u{ff1d}1");
        check(text("'=1"), "''=1");
        check(text("'tis"), "'tis");
        check(Cell::Integer(-84), "-84");
        check(Cell::Number(0.25), "0.25");
        check(Cell::List(vec!["a \"b\"".into()]), "\"[\"\"a \\\"\"b\\\"\"\"\"]\"");
    }
}

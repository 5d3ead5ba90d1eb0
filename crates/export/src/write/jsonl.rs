//! JSON Lines: one object a row, its members in the order of the columns. Not the lines of `--json` (`docs/wire.md`).

use std::io::{self, Write};

use crate::table::{Cell, Column};

/// Writes a row as an object and a line feed; what is empty is `null`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn row(out: &mut impl Write, columns: &[Column], cells: &[Cell]) -> io::Result<()> {
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        out.write_all(if index == 0 { b"{\"" } else { b",\"" })?;
        out.write_all(column.name.as_bytes())?;
        out.write_all(b"\":")?;
        serde_json::to_writer(&mut *out, &cell.json())?;
    }
    out.write_all(b"}\n")
}

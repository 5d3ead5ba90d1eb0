//! Writing tables: one pass over the claims, one over the articles, each row to its file as it is made. Not what the rows say.

use std::io::Write;

use onrecord_ledger::Ledger;

use crate::Result;
use crate::claim::Only;
use crate::pass::{Item, Progress, Summary, Wanted, pass};
use crate::rows::{Table, attributions};
use crate::run::Asked;
use crate::table::{Cell, Column};
use crate::write::csv::CsvWriter;
use crate::write::jsonl;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON Lines.
    JsonLines,
    /// CSV by RFC 4180.
    Csv,
    /// Parquet; only where it is built in.
    Parquet,
}

impl Form {
    /// The end of its files' names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A table that is being written.
pub struct TableFile<W: Write + Send> {
    table: Table,
    columns: Vec<Column>,
    form: Writer<W>,
    rows: u64,
}

enum Writer<W: Write + Send> {
    JsonLines(W),
    Csv(CsvWriter<W>),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::write::parquet::ParquetWriter<W>>),
}

impl<W: Write + Send> TableFile<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// Where `out` cannot be written; [`crate::Error::NoParquet`] where Parquet is not built in.
    pub fn new(table: Table, form: Form, out: W) -> Result<Self> {
        let columns = table.columns();
        let form = match form {
            Form::JsonLines => Writer::JsonLines(out),
            Form::Csv => Writer::Csv(CsvWriter::new(out, &columns)?),
            #[cfg(feature = "parquet")]
            Form::Parquet => {
                Writer::Parquet(Box::new(crate::write::parquet::ParquetWriter::new(out, table.name(), &columns)?))
            }
            #[cfg(not(feature = "parquet"))]
            Form::Parquet => return Err(crate::Error::NoParquet),
        };
        Ok(Self { table, columns, form, rows: 0 })
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.rows += 1;
        match &mut self.form {
            Writer::JsonLines(out) => jsonl::row(out, &self.columns, &cells)?,
            Writer::Csv(writer) => writer.row(&cells)?,
            #[cfg(feature = "parquet")]
            Writer::Parquet(writer) => writer.row(cells)?,
        }
        Ok(())
    }

    /// Ends the file; gives it and the number of its rows.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> Result<(W, u64)> {
        let out = match self.form {
            Writer::JsonLines(mut out) => {
                out.flush()?;
                out
            }
            Writer::Csv(writer) => writer.finish()?,
            #[cfg(feature = "parquet")]
            Writer::Parquet(writer) => writer.finish()?,
        };
        Ok((out, self.rows))
    }
}

/// Writes tables of one state of the ledger. Claims are in the order of event and id, attributions in that of article and text: the same ledger gives the same bytes.
///
/// # Errors
/// Where the ledger cannot be read or a file cannot be written.
pub fn tables<W: Write + Send>(
    ledger: &Ledger,
    asked: &Asked,
    files: &mut [TableFile<W>],
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let wanted = Wanted {
        claims: files.iter().any(|file| file.table != Table::Attributions).then_some(Only::All),
        articles: files.iter().any(|file| file.table == Table::Attributions),
    };
    pass(ledger, asked, wanted, progress, &mut |item| {
        match item {
            Item::Claim(claim) => {
                for file in files.iter_mut() {
                    for row in file.table.rows(claim)? {
                        file.row(row)?;
                    }
                }
            }
            Item::Article(article) => {
                for (kept, decided) in &article.attributions {
                    let row = attributions::row(article.run, kept, &article.points, decided)?;
                    for file in files.iter_mut().filter(|file| file.table == Table::Attributions) {
                        file.row(row.clone())?;
                    }
                }
            }
        }
        Ok(())
    })
}

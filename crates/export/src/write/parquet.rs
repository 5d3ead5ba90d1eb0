//! Parquet without Arrow: one row group for so many rows, zstd, optional columns. Built only with the feature `parquet`. Not a reader (`crates/acquire/src/parquet.rs`).

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::table::{Cell, Column, Kind};

/// Rows of a group.
const MOST_ROWS: usize = 16_384;
/// Bytes of text of a group.
const MOST_BYTES: usize = 16 << 20;

/// Writes a table as Parquet. Text and lists are UTF-8, lists as JSON; moments are microseconds since 1970 in UTC.
pub struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(out: W, name: &str, columns: &[Column]) -> Result<Self, ParquetError> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let level = ZstdLevel::try_new(3)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            // The same rows give the same bytes, whoever built the program.
            .set_created_by("onrecord".to_owned())
            .build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { file, columns: columns.to_vec(), rows: Vec::new(), bytes: 0 })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn row(&mut self, cells: Vec<Cell>) -> Result<(), ParquetError> {
        self.bytes += cells.iter().map(|cell| if let Cell::Text(text) = cell { text.len() } else { 16 }).sum::<usize>();
        self.rows.push(cells);
        if self.rows.len() >= MOST_ROWS || self.bytes >= MOST_BYTES { self.group() } else { Ok(()) }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> Result<W, ParquetError> {
        self.group()?;
        self.file.into_inner()
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let mut group = self.file.next_row_group()?;
        for (index, column) in self.columns.iter().enumerate() {
            let cells = || rows.iter().map(|row| row.get(index).unwrap_or(&Cell::Null));
            match column.kind {
                Kind::Text | Kind::List => write::<ByteArrayType, _>(&mut group, column, cells().map(text))?,
                Kind::Moment => write::<Int64Type, _>(&mut group, column, cells().map(moment))?,
                Kind::Integer => write::<Int64Type, _>(&mut group, column, cells().map(integer))?,
                Kind::Number => write::<DoubleType, _>(&mut group, column, cells().map(number))?,
                Kind::Boolean => write::<BoolType, _>(&mut group, column, cells().map(boolean))?,
            }
        }
        group.close()?;
        Ok(())
    }
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text | Kind::List => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
    };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let built = Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
    Ok(Arc::new(built.with_logical_type(logical).build()?))
}

fn write<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Column,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut present, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        present.extend(value);
    }
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General("a column too many".to_owned()));
    };
    let levels = column.optional.then_some(levels.as_slice());
    writer.typed::<T>().write_batch(&present, levels, None)?;
    writer.close()
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(ByteArray::from(text.as_str())),
        other => Some(ByteArray::from(other.json().to_string().into_bytes())),
    }
}

fn moment(cell: &Cell) -> Option<i64> {
    let Cell::Text(text) = cell else { return None };
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond)
}

fn integer(cell: &Cell) -> Option<i64> {
    if let Cell::Integer(number) = cell { Some(*number) } else { None }
}

fn number(cell: &Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number) } else { None }
}

fn boolean(cell: &Cell) -> Option<bool> {
    if let Cell::Boolean(is) = cell { Some(*is) } else { None }
}

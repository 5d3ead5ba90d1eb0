//! Parquet tables: each row a JSON record of the columns that are named. One page of each column is in memory at a time. Other columns are
//! not read.

use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use onrecord_evidence::{Capture, Delivery, Diagnostic, MediaType, Time, TimeSource};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use crate::{Columns, Meter, Records, too_large};

/// The rows of one table.
pub(crate) struct Table {
    name: String,
    rows: Option<RowIter<'static>>,
    /// Our names of the fields, in the order of the columns that are read.
    fields: Vec<(String, &'static str)>,
    max_bytes: usize,
    /// Number of the row read last, from 1.
    row: u64,
    meter: Arc<Meter>,
    bytes_of_row: u64,
}

impl Table {
    /// Opens the table and finds the columns.
    pub(crate) fn open(
        name: String,
        path: Option<&Path>,
        max_bytes: usize,
        columns: &Columns,
        meter: Arc<Meter>,
    ) -> Result<Self, Diagnostic> {
        let fail = |message: String, hint: &str| Diagnostic::error("bad-table", message).at(&name).hint(hint);
        let Some(path) = path else {
            return Err(fail(
                "a Parquet table cannot be read from a stream: its index is at its end".to_owned(),
                "name the file",
            ));
        };
        let opened = guarded(|| {
            let file = File::open(path).map_err(|error| error.to_string())?;
            let size = file.metadata().map_err(|error| error.to_string())?.len();
            SerializedFileReader::new(file).map(|reader| (reader, size)).map_err(|error| error.to_string())
        });
        let (reader, size) = opened.map_err(|error| fail(error, "fetch the file again"))?;
        let schema = reader.metadata().file_metadata().schema();
        let mut fields = Vec::new();
        let mut read = Vec::new();
        for column in schema.get_fields() {
            let found = Columns::FIELDS.iter().find(|field| columns.column(field) == column.name());
            if let Some(field) = found {
                fields.push((column.name().to_owned(), *field));
                read.push(Arc::clone(column));
            }
        }
        let names = || schema.get_fields().iter().map(|column| column.name()).collect::<Vec<_>>().join(", ");
        let missing = columns.named().values().find(|column| !fields.iter().any(|(name, _)| name == *column));
        if let Some(column) = missing {
            return Err(fail(format!("no column is called {column}: expected one of {}", names()), "correct --column"));
        }
        if !fields.iter().any(|(_, field)| *field == "text" || *field == "html") {
            let hint = "name the column with --column text=COLUMN, or html=COLUMN";
            return Err(fail(format!("no column is called text or html: the table has {}", names()), hint));
        }
        let count = reader.metadata().file_metadata().num_rows().max(1) as u64;
        let projection = Type::group_type_builder(schema.name())
            .with_fields(read)
            .build()
            .map_err(|error| fail(error.to_string(), "fetch the file again"))?;
        let rows = guarded(|| {
            RowIter::from_file_into(Box::new(reader)).project(Some(projection)).map_err(|error| error.to_string())
        });
        let rows = rows.map_err(|error| fail(error, "fetch the file again"))?;
        Ok(Self { rows: Some(rows), fields, max_bytes, row: 0, meter, bytes_of_row: size / count, name })
    }

    fn capture(&self, row: &Row, place: String) -> Result<Capture, Diagnostic> {
        let mut record = Map::new();
        let (mut address, mut fetched) = (None, None);
        for (name, field) in row.get_column_iter() {
            let Some((_, ours)) = self.fields.iter().find(|(column, _)| column == name) else { continue };
            let Some(value) = value(field) else { continue };
            match (*ours, value.as_str()) {
                ("url", Some(url)) if !url.trim().is_empty() => address = Some(url.trim().to_owned()),
                ("fetched_at", Some(text)) => fetched = Time::parse(text, TimeSource::Supplier).ok(),
                _ => {}
            }
            record.insert((*ours).to_owned(), value);
        }
        let bytes = Value::Object(record).to_string().into_bytes();
        if bytes.len() > self.max_bytes {
            return Err(too_large(Some(bytes.len() as u64), self.max_bytes as u64).at(place));
        }
        let delivery = Some(Box::new(Delivery::default())).filter(|delivery| **delivery != Delivery::default());
        Ok(Capture { bytes, media_type: MediaType::JsonRecord, address, fetched, location: place, delivery })
    }
}

impl Records for Table {
    fn next_record(&mut self, ready: &mut VecDeque<Result<Capture, Diagnostic>>) -> bool {
        let Some(rows) = &mut self.rows else { return false };
        self.row += 1;
        let place = format!("{}:{}", self.name, self.row);
        match guarded(|| rows.next().transpose().map_err(|error| error.to_string())) {
            Ok(None) => {
                self.rows = None;
                return false;
            }
            Ok(Some(row)) => {
                self.meter.add_bytes(self.bytes_of_row);
                ready.push_back(self.capture(&row, place));
            }
            Err(error) => {
                let message = format!("the table cannot be read further: {error}");
                ready.push_back(Err(Diagnostic::error("bad-table", message).at(place).hint("fetch the file again")));
                self.rows = None;
            }
        }
        true
    }
}

/// The crate that reads tables may panic on damaged ones: that is a finding as any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("the table is damaged".to_owned()))
}

/// What a record holds for a value; times in RFC 3339. `None` for null and for what no field of an article is.
fn value(field: &Field) -> Option<Value> {
    match field {
        Field::Str(text) => Some(Value::from(text.as_str())),
        Field::Bytes(bytes) => Some(Value::from(String::from_utf8_lossy(bytes.data()).into_owned())),
        Field::TimestampMillis(_) | Field::TimestampMicros(_) | Field::Date(_) => {
            // Written by the crate as `2031-03-06 09:30:00 +00:00`.
            let text = field.to_string();
            Some(Value::from(match text.split(' ').collect::<Vec<_>>()[..] {
                [day, clock, "+00:00"] => format!("{day}T{clock}Z"),
                _ => text,
            }))
        }
        _ => None,
    }
}

//! Parquet tables: rows become records, and what is wrong with a table is said.
#![cfg(feature = "parquet")]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests write files, and fail by panicking")]

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use onrecord_acquire::{Columns, Input, Limits, captures};
use onrecord_evidence::{Capture, Diagnostic};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

const SCHEMA: &str = "message news {
    optional binary link (UTF8); required binary body (UTF8); optional int64 at (TIMESTAMP_MILLIS); required binary other (UTF8); }";

/// Three groups of rows, the address missing in each second row.
fn table(path: &Path, rows: i64, compression: Compression) {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties)).unwrap();
    for group in 0..3 {
        let numbers: Vec<i64> = (group * rows..(group + 1) * rows).collect();
        let words = |prefix: &str| -> Vec<ByteArray> {
            numbers.iter().map(|number| ByteArray::from(format!("{prefix}{number}").as_str())).collect()
        };
        let given: Vec<i16> = numbers.iter().map(|number| i16::from(number % 2 == 0)).collect();
        let links: Vec<ByteArray> = words("https://post.example/")
            .into_iter()
            .zip(&given)
            .filter(|(_, given)| **given == 1)
            .map(|pair| pair.0)
            .collect();
        let times: Vec<i64> = numbers.iter().map(|number| 1_930_000_000_000 + number * 1000).collect();
        let mut group = writer.next_row_group().unwrap();
        let mut at = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            match at {
                0 => column.typed::<ByteArrayType>().write_batch(&links, Some(&given), None).unwrap(),
                1 => column
                    .typed::<ByteArrayType>()
                    .write_batch(&words("The minister denied it, note "), None, None)
                    .unwrap(),
                2 => column.typed::<Int64Type>().write_batch(&times, Some(&vec![1; times.len()]), None).unwrap(),
                _ => column.typed::<ByteArrayType>().write_batch(&words("x"), None, None).unwrap(),
            };
            column.close().unwrap();
            at += 1;
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

fn taken(path: &Path, columns: &[&str]) -> Vec<Result<Capture, Diagnostic>> {
    let columns = Columns::parse(columns.iter().copied()).unwrap();
    captures([Input::path(path)], Limits::default()).with_columns(columns).collect()
}

#[test]
fn rows_are_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.parquet");
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        table(&path, 5, compression);
        let found = taken(&path, &["url=link", "text=body", "fetched_at=at"]);
        assert_eq!(found.len(), 15, "{compression:?}");
        for (number, capture) in found.into_iter().enumerate() {
            let capture = capture.unwrap();
            let address = (number % 2 == 0).then(|| format!("https://post.example/{number}"));
            assert_eq!(capture.address, address);
            assert_eq!(capture.location, format!("{}:{}", path.display(), number + 1));
            let record: serde_json::Value = serde_json::from_slice(&capture.bytes).unwrap();
            assert_eq!(record["text"], format!("The minister denied it, note {number}"));
            assert_eq!(record.get("other"), None, "a column that nobody named");
            let fetched = capture.fetched.unwrap().earliest();
            assert_eq!(fetched.as_millisecond(), 1_930_000_000_000 + number as i64 * 1000);
        }
    }
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.parquet");
    table(&path, 5, Compression::SNAPPY);
    let check = |columns: &[&str], expect: &str| {
        let found = taken(&path, columns);
        let diagnostic = found[0].as_ref().unwrap_err();
        assert_eq!((found.len(), diagnostic.id.as_ref()), (1, "bad-table"));
        assert!(diagnostic.message.contains(expect), "{diagnostic}");
    };
    check(&[], "no column is called text or html: the table has link, body, at, other");
    check(&["text=story"], "no column is called story");
    let whole = fs::read(&path).unwrap();
    let mut told = 0;
    // Cut anywhere, and each eleventh byte flipped: rows that are as they were, or a finding, and no panic.
    for end in (4..whole.len()).step_by(13) {
        fs::write(&path, &whole[..end]).unwrap();
        assert!(taken(&path, &["text=body"]).iter().all(Result::is_err), "cut at {end}");
    }
    for at in (4..whole.len()).step_by(11) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&path, &bytes).unwrap();
        told += taken(&path, &["text=body"]).iter().filter(|item| item.is_err()).count();
    }
    assert!(told > 0, "no flip was told");
    let stream = captures([Input::reader("-", std::io::Cursor::new(whole))], Limits::default());
    assert!(stream.flat_map(Result::err).any(|diagnostic| diagnostic.message.contains("from a stream")));
}

//! The data dictionary, made of the columns: as Markdown for people, as a Data Package for programs. Not the rows.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::rows::Table;
use crate::table::{Column, Kind};

/// The dictionary of all tables, as Markdown: one section a table, one line a column.
pub fn dictionary() -> String {
    let mut out = String::new();
    for table in Table::ALL {
        let _ = write!(
            out,
            "### `{}`\n\n{}\n\n| column | holds | may be empty | meaning |\n| --- | --- | --- | --- |\n",
            table.name(),
            table.about()
        );
        for column in table.columns() {
            let empty = if column.optional { "yes" } else { "" };
            let about = column.about.trim().replace('|', "\\|");
            let _ = writeln!(out, "| `{}` | {} | {empty} | {about} |", column.name, column.kind.word());
        }
        out.push('\n');
    }
    out
}

/// The description of tables by the Table Schema of the Data Package standard (`datapackage.json`); of files by name, with their table.
pub fn data_package(files: &[(String, Table)], name: &str, about: &str) -> Value {
    let resource = |(file, table): &(String, Table)| {
        let is_csv = file.ends_with(".csv");
        let fields: Vec<Value> = table.columns().iter().map(field).collect();
        let mut resource = json!({
            "name": file.replace('.', "-"),
            "path": file,
            "profile": "tabular-data-resource",
            "title": table.about(),
            "encoding": "utf-8",
            "format": file.rsplit('.').next(),
            "schema": { "fields": fields, "missingValues": [""] },
        });
        if is_csv {
            resource["mediatype"] = json!("text/csv");
            resource["dialect"] = json!({ "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true });
        }
        resource
    };
    json!({
        "name": name,
        "profile": "tabular-data-package",
        "description": about,
        "resources": files.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Moment => "datetime",
        Kind::List => "array",
    };
    json!({
        "name": column.name,
        "type": kind,
        "description": column.about.trim(),
        "constraints": { "required": !column.optional && column.kind != Kind::Text },
    })
}

//! The formats of the field: what others' tools read. Not the tables, and nothing is concluded here.

pub mod annotations;
pub mod brat;
pub mod claim_review;
pub mod geojson;
pub mod prov;

use std::io::{self, Write};

use serde_json::Value;

/// A document that holds a list too long for memory: what stands before it, its members one by one, what stands after.
pub(crate) struct ListWriter<'out> {
    out: &'out mut dyn Write,
    is_first: bool,
}

impl<'out> ListWriter<'out> {
    /// Writes the members of `head` and begins the list under `name`.
    pub(crate) fn new(out: &'out mut dyn Write, head: &Value, name: &str) -> io::Result<Self> {
        let head = head.to_string();
        let open = head.strip_suffix('}').unwrap_or(&head);
        write!(out, "{open},\"{name}\":[")?;
        Ok(Self { out, is_first: true })
    }

    pub(crate) fn add(&mut self, member: &Value) -> io::Result<()> {
        self.out.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        serde_json::to_writer(&mut *self.out, member)?;
        Ok(())
    }

    pub(crate) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// The name by which JSON-LD knows a thing of Onrecord.
pub(crate) fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:onrecord:{id}")
}

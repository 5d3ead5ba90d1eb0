//! The weights file (safetensors) and the matrices made from it. Not here: what the matrices are for.

use std::collections::BTreeMap;

use onrecord_evidence::Digest;
use serde_json::Value;

use super::kernel::{self, Isa, Operands, PACK_COLUMNS, PACK_DEPTH, TILE_COLUMNS, TILE_ROWS, Wide};
use super::math::{Columns, RowScale};
use super::{Error, ErrorKind};

/// Longest header that is read, in bytes.
const HEADER_LIMIT: usize = 1 << 20;

/// The tensors of one file, by name.
pub(super) struct Tensors<'a> {
    entries: BTreeMap<String, Entry>,
    metadata: BTreeMap<String, String>,
    data: &'a [u8],
}

struct Entry {
    kind: String,
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

impl<'a> Tensors<'a> {
    /// Reads the header of a safetensors file and checks that its data have the digest that the header states.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let broken = |what: &str| Error::new(ErrorKind::File, format!("the weights file {what}"));
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| broken("is shorter than eight bytes"))?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > HEADER_LIMIT || length > rest.len() {
            return Err(broken("is no safetensors file, or was cut off"));
        }
        let (header, data) = rest.split_at(length);
        let Ok(Value::Object(header)) = serde_json::from_slice::<Value>(header) else {
            return Err(broken("has a header that is no JSON object"));
        };
        let mut tensors = Self { entries: BTreeMap::new(), metadata: BTreeMap::new(), data };
        for (name, value) in header {
            if name == "__metadata__" {
                let pairs = value.as_object().into_iter().flatten();
                tensors.metadata = pairs.filter_map(|(key, v)| Some((key.clone(), v.as_str()?.to_owned()))).collect();
                continue;
            }
            let entry = Entry::read(&value, data.len()).ok_or_else(|| broken(&format!("misplaces tensor {name}")))?;
            tensors.entries.insert(name, entry);
        }
        let (stated, found) = (tensors.metadata("data_sha256")?, Digest::of_bytes(data).to_string());
        if found != stated {
            let message =
                format!("the weights do not have the digest that their header states: {stated}, found {found}");
            return Err(Error::new(ErrorKind::Digest, message));
        }
        Ok(tensors)
    }

    /// A word of the header.
    pub(super) fn metadata(&self, key: &str) -> Result<&str, Error> {
        let missing = || Error::new(ErrorKind::File, format!("the weights file does not state {key}"));
        self.metadata.get(key).map(String::as_str).ok_or_else(missing)
    }

    /// The bytes of a tensor that must have this kind and shape.
    fn bytes(&self, name: &str, kind: &str, shape: &[usize]) -> Result<&'a [u8], Error> {
        let entry = self
            .entries
            .get(name)
            .ok_or_else(|| Error::new(ErrorKind::Shape, format!("the weights file holds no tensor {name}")))?;
        let width = if kind == "F32" { 4 } else { 1 };
        let fits = entry.end - entry.start == shape.iter().product::<usize>() * width;
        if entry.kind != kind || entry.shape != shape || !fits {
            let found = format!("{} {:?}", entry.kind, entry.shape);
            return Err(Error::new(
                ErrorKind::Shape,
                format!("tensor {name}: expected {kind} {shape:?}, found {found}"),
            ));
        }
        Ok(&self.data[entry.start..entry.end])
    }

    /// A tensor of floats. All must be finite.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.bytes(name, "F32", shape)?;
        let floats: Vec<f32> =
            bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
        if floats.iter().all(|value| value.is_finite()) {
            Ok(floats)
        } else {
            Err(Error::new(ErrorKind::Shape, format!("tensor {name} holds a number that is not finite")))
        }
    }

    /// A tensor of signed bytes.
    pub(super) fn integers(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        Ok(self.bytes(name, "I8", shape)?.iter().map(|byte| *byte as i8).collect())
    }

    /// How many rows a two-dimensional tensor has.
    pub(super) fn rows(&self, name: &str) -> usize {
        self.entries.get(name).and_then(|entry| entry.shape.first()).copied().unwrap_or(0)
    }
}

impl Entry {
    fn read(value: &Value, limit: usize) -> Option<Self> {
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let shape = value["shape"].as_array()?.iter().map(number).collect::<Option<Vec<_>>>()?;
        let offsets = value["data_offsets"].as_array()?.iter().map(number).collect::<Option<Vec<_>>>()?;
        let &[start, end] = offsets.as_slice() else { return None };
        let fits = start <= end && end <= limit && shape.iter().try_fold(1usize, |a, b| a.checked_mul(*b)).is_some();
        fits.then(|| Some(Self { kind: value["dtype"].as_str()?.to_owned(), shape, start, end }))?
    }
}

/// A matrix of signed bytes with a scale for each column of its output, and a bias.
pub(super) struct Linear {
    depth: usize,
    columns: usize,
    packed: Vec<i8>,
    /// The sum of each column.
    sums: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// Inputs as bytes; kept from product to product to save allocations.
#[derive(Default)]
pub(super) struct Bytes {
    values: Vec<u8>,
    scales: Vec<RowScale>,
    wide: Wide,
}

impl Linear {
    /// Tensors `NAME.weight` (bytes), `NAME.scale` and `NAME.bias`.
    pub(super) fn read(tensors: &Tensors<'_>, name: &str, depth: usize, columns: usize) -> Result<Self, Error> {
        debug_assert!(depth.is_multiple_of(16) && columns.is_multiple_of(TILE_COLUMNS));
        let weights = tensors.integers(&format!("{name}.weight"), &[columns, depth])?;
        let mut packed = Vec::with_capacity(weights.len());
        for pack in weights.chunks_exact(PACK_COLUMNS * depth) {
            for step in (0..depth).step_by(PACK_DEPTH) {
                for column in pack.chunks_exact(depth) {
                    packed.extend_from_slice(&column[step..step + PACK_DEPTH]);
                }
            }
        }
        let sums = weights.chunks_exact(depth).map(|column| column.iter().map(|weight| i32::from(*weight)).sum());
        Ok(Self {
            depth,
            columns,
            packed,
            sums: sums.collect(),
            scales: tensors.floats(&format!("{name}.scale"), &[columns])?,
            bias: tensors.floats(&format!("{name}.bias"), &[columns])?,
        })
    }

    /// Rows of `depth` floats to rows of `columns` floats. A row's result does not depend on the rows beside it.
    pub(super) fn apply(&self, isa: Isa, x: &[f32], bytes: &mut Bytes, out: &mut Vec<f32>) {
        let rows = x.len() / self.depth;
        let Bytes { values, scales, wide } = bytes;
        values.resize(rows.next_multiple_of(TILE_ROWS) * self.depth, 0);
        scales.resize(rows, RowScale::default());
        kernel::quantise(isa, x, self.depth, &mut values[..rows * self.depth], scales);
        wide.take_rows(isa, values);
        out.resize(rows * self.columns, 0.0);
        let mut tile = [[0; TILE_COLUMNS]; TILE_ROWS];
        for (pack, column) in self.packed.chunks_exact(TILE_COLUMNS * self.depth).zip((0..).step_by(TILE_COLUMNS)) {
            let beside = column..column + TILE_COLUMNS;
            let columns = Columns {
                sums: &self.sums[beside.clone()],
                scales: &self.scales[beside.clone()],
                bias: &self.bias[beside],
            };
            wide.take_columns(isa, pack, self.depth);
            let operands = Operands { rows: values, columns: pack, depth: self.depth, wide };
            for (number, first) in (0..rows).step_by(TILE_ROWS).enumerate() {
                kernel::multiply(isa, &operands, number, &mut tile);
                let last = rows.min(first + TILE_ROWS);
                let target = &mut out[first * self.columns + column..last * self.columns];
                kernel::finish(isa, &tile, &columns, &scales[first..last], target, self.columns);
            }
        }
    }

    /// The same product in floats throughout, to measure what the bytes lose.
    #[cfg(test)]
    pub(super) fn apply_in_floats(&self, x: &[f32], out: &mut Vec<f32>) {
        let mut weights = vec![0.0; self.columns * self.depth];
        for (at, weight) in self.packed.iter().enumerate() {
            let (pack, rest) = (at / (PACK_COLUMNS * self.depth), at % (PACK_COLUMNS * self.depth));
            let (step, rest) = (rest / (PACK_COLUMNS * PACK_DEPTH), rest % (PACK_COLUMNS * PACK_DEPTH));
            let (column, depth) = (pack * PACK_COLUMNS + rest / PACK_DEPTH, step * PACK_DEPTH + rest % PACK_DEPTH);
            weights[column * self.depth + depth] = f32::from(*weight) * self.scales[column];
        }
        out.clear();
        for row in x.chunks_exact(self.depth) {
            let columns = weights.chunks_exact(self.depth).zip(&self.bias);
            out.extend(columns.map(|(column, bias)| super::math::dot(row, column) + bias));
        }
    }
}

//! How blobs, texts, records and ranges are packed for keeping. Not a wire format: nothing of it leaves the ledger.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use onrecord_evidence::RawRange;

/// Deflate looks back no further.
const WINDOW: usize = 32 * 1024;

/// Raw deflate (RFC 1951) of `bytes`, which may refer back into the last 32 KiB of `dictionary`.
pub(crate) fn deflate(bytes: &[u8], dictionary: &[u8]) -> Vec<u8> {
    let mut compress = Compress::new(Compression::new(6), false);
    if !dictionary.is_empty() {
        // Only fails on a stream that has begun.
        let _ = compress.set_dictionary(tail(dictionary));
    }
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let read = compress.total_in() as usize;
        match compress.compress_vec(bytes.get(read..).unwrap_or_default(), &mut packed, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return packed,
            Ok(_) => packed.reserve(packed.len().max(1024)),
        }
    }
}

/// The `length` bytes that [`deflate`] packed; `None` where `packed` is damaged.
pub(crate) fn inflate(packed: &[u8], length: usize, dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut decompress = Decompress::new(false);
    if !dictionary.is_empty() {
        decompress.set_dictionary(tail(dictionary)).ok()?;
    }
    // A damaged length must not ask for all memory: deflate packs 1032 to 1 at best.
    if length > packed.len().saturating_mul(1032).saturating_add(64) {
        return None;
    }
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    loop {
        let (read, written) = (decompress.total_in() as usize, bytes.len());
        let status = decompress.decompress_vec(packed.get(read..)?, &mut bytes, FlushDecompress::Finish).ok()?;
        if status == Status::StreamEnd {
            return (bytes.len() == length).then_some(bytes);
        }
        if decompress.total_in() as usize == read && bytes.len() == written {
            return None;
        }
    }
}

fn tail(dictionary: &[u8]) -> &[u8] {
    &dictionary[dictionary.len().saturating_sub(WINDOW)..]
}

/// Raw ranges in order: 0 for none, else the start's distance from the last start (zigzag, plus one) and the length, as
/// LEB128 numbers.
pub(crate) fn pack_ranges<'range>(ranges: impl IntoIterator<Item = &'range Option<RawRange>>) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut last = 0_i64;
    for range in ranges {
        let Some(range) = range else {
            packed.push(0);
            continue;
        };
        let distance = i64::from(range.start) - last;
        write_number(&mut packed, (((distance << 1) ^ (distance >> 63)) as u64) + 1);
        write_number(&mut packed, u64::from(range.len()));
        last = i64::from(range.start);
    }
    packed
}

/// What [`pack_ranges`] packed; `None` where it is damaged.
pub(crate) fn unpack_ranges(packed: &[u8]) -> Option<Vec<Option<RawRange>>> {
    let mut rest = packed;
    let mut last = 0_i64;
    let mut ranges = Vec::new();
    while !rest.is_empty() {
        let Some(zigzag) = read_number(&mut rest)?.checked_sub(1) else {
            ranges.push(None);
            continue;
        };
        let distance = ((zigzag >> 1) as i64) ^ -((zigzag & 1) as i64);
        let start = u32::try_from(last.checked_add(distance)?).ok()?;
        let end = start.checked_add(u32::try_from(read_number(&mut rest)?).ok()?)?;
        ranges.push(Some(RawRange::new(start, end)));
        last = i64::from(start);
    }
    Some(ranges)
}

fn write_number(packed: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        packed.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..42).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_unpacks() {
        let long = "The ministry denied the report. ".repeat(5_000);
        for (text, dictionary) in
            [("", ""), ("No call took place.", ""), ("he denied it", &*long), (&*long, "x"), (&*long, "")]
        {
            let packed = deflate(text.as_bytes(), dictionary.as_bytes());
            assert_eq!(inflate(&packed, text.len(), dictionary.as_bytes()).as_deref(), Some(text.as_bytes()));
        }
    }

    #[test]
    fn damage_is_found_or_gives_other_bytes_but_never_panics() {
        let text = b"The governor did not say who had called her, and her office declined to.".as_slice();
        let packed = deflate(text, b"");
        for index in 0..packed.len() {
            for bit in 0..8 {
                let mut damaged = packed.clone();
                damaged[index] ^= 1 << bit;
                let _ = inflate(&damaged, text.len(), b"");
            }
            assert_eq!(inflate(&packed[..index], text.len(), b""), None);
        }
        assert_eq!(inflate(&packed, usize::MAX, b""), None);
    }

    #[test]
    fn ranges_round_trip() {
        let ranges = [
            Some(RawRange::new(70, 90)),
            None,
            Some(RawRange::new(3, 3)),
            Some(RawRange::new(u32::MAX - 1, u32::MAX)),
            None,
        ];
        assert_eq!(unpack_ranges(&pack_ranges(&ranges)).as_deref(), Some(ranges.as_slice()));
        assert_eq!(unpack_ranges(&[0x80]), None);
        assert_eq!(unpack_ranges(&[0xff; 12]), None);
    }
}

//! A body within its limits: counted as it comes and as it unpacks. Not what it says.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

use super::{FetchError, FetchLimits};

/// Unpacked bytes below which the ratio is not looked at: small pages of blanks are no bombs.
const RATIO_FROM: usize = 1 << 20;

/// Reads `body` to its end and unpacks it.
///
/// # Errors
/// Where it ends too early, is too large, unpacks to more than [`FetchLimits::max_ratio`] times its size, or is packed in an unknown way.
pub(super) fn read(body: impl Read, encoding: &str, limits: &FetchLimits) -> Result<Vec<u8>, FetchError> {
    let received = Rc::new(Cell::new(0));
    let counted = Counted { inner: body, count: Rc::clone(&received) };
    let encoding = encoding.trim().to_ascii_lowercase();
    match encoding.as_str() {
        "" | "identity" => take(counted, limits, None),
        "gzip" | "x-gzip" => take(MultiGzDecoder::new(counted), limits, Some(&received)),
        "br" => take(brotli_decompressor::Decompressor::new(counted, 8 << 10), limits, Some(&received)),
        _ => {
            let shown: String = encoding.chars().take(40).collect();
            Err(FetchError::BadEncoding(format!("expected gzip, br or no compression, found {shown:?}")))
        }
    }
}

fn take(mut reader: impl Read, limits: &FetchLimits, received: Option<&Cell<u64>>) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 << 10];
    loop {
        let count = match reader.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(cut_off(error, bytes.len(), received.is_some())),
        };
        bytes.extend_from_slice(&chunk[..count]);
        let packed = received.map(|received| received.get().max(1));
        if let Some(packed) =
            packed.filter(|packed| bytes.len() > RATIO_FROM && bytes.len() as u64 / packed > limits.max_ratio)
        {
            let message =
                format!("{packed} bytes unpack to {} and more, over {} times as many", bytes.len(), limits.max_ratio);
            return Err(FetchError::Bomb(message));
        }
        if bytes.len() > limits.max_bytes {
            return Err(FetchError::TooLarge(format!(
                "the body has more than {} bytes, the limit for one page",
                limits.max_bytes
            )));
        }
    }
}

fn cut_off(error: io::Error, len: usize, is_packed: bool) -> FetchError {
    let kind = error.kind();
    match super::failure(ureq::Error::from(error)) {
        FetchError::Connection(reason)
            if is_packed
                && matches!(
                    kind,
                    io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
                ) =>
        {
            FetchError::CutOff(format!(
                "the compressed body is damaged or ends early, after {len} unpacked bytes: {reason}"
            ))
        }
        FetchError::Connection(reason) => {
            FetchError::CutOff(format!("the body ends early, after {len} bytes: {reason}"))
        }
        other => other,
    }
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

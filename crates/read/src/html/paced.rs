//! A page for the tokenizer, in breaths. Not a limit: nothing is lost or changed.

use html5gum::{Readable, Reader, StringReader};

/// Hands a page to html5gum and pauses now and then.
///
/// html5gum 0.9 goes one call deeper with every double-quoted attribute of a tag, until the stack overflows and the process
/// dies. An error from the reader brings it all the way back, and it goes on from the state that it noted: within a quoted
/// value, that is the state in which this reader pauses. The test with 100,000 attributes watches over it.
pub(crate) struct Paced<'page> {
    reader: StringReader<'page>,
    /// Values begun since the last pause.
    values: u32,
}

/// Not an error: ask for the next token again.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a pause between attributes")]
pub(crate) struct Pause;

/// What html5gum looks for in a double-quoted value.
const IN_VALUE: &[u8] = b"\"&\0\r";
/// Values between two pauses; a debug build takes four kilobytes of stack for each.
const BREATH: u32 = 16;

impl<'page> Paced<'page> {
    pub(crate) fn new(page: &'page str) -> Self {
        Self { reader: page.to_reader(), values: 0 }
    }
}

impl Reader for Paced<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        self.reader.read_byte().map_err(|never| match never {})
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        self.reader.try_read_string(text, case_sensitive).map_err(|never| match never {})
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        if needle == IN_VALUE {
            self.values += 1;
            if self.values > BREATH {
                self.values = 0;
                return Err(Pause);
            }
        }
        self.reader.read_until(needle, buffer).map_err(|never| match never {})
    }
}

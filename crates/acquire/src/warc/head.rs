//! The named fields at the head of a WARC record, and of an HTTP message: the same lines of text. Not what they mean.

/// Most bytes of a head; those of real archives have some hundred.
pub(crate) const MAX_HEAD: usize = 64 << 10;
/// Most fields that are kept.
const MAX_FIELDS: usize = 256;

/// The first line and the fields of a head.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The head at the start of `bytes` and how long it is with the empty line that ends it; `None` where no empty line is found.
    pub(crate) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut head = Self::default();
        let mut at = 0;
        loop {
            let len = bytes[at..].iter().position(|byte| *byte == b'\n')?;
            let line = &bytes[at..at + len];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let is_first = at == 0;
            at += len + 1;
            if is_first {
                head.first = String::from_utf8_lossy(line).into_owned();
            } else if line.is_empty() {
                return Some((head, at));
            } else {
                head.line(&String::from_utf8_lossy(line));
            }
        }
    }

    fn line(&mut self, line: &str) {
        // A line that begins with white space goes on with the one before it (RFC 2822, kept by old archives).
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), self.fields.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':')
            && self.fields.len() < MAX_FIELDS
        {
            self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// The first value of the field of this name, which is in lower case; an empty one counts as none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields().find(|(found, value)| *found == name && !value.is_empty()).map(|(_, value)| value)
    }

    /// Names in lower case with their values, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The media type of a value of `Content-Type`, in lower case, without parameters.
pub(crate) fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::type_complexity, reason = "a row of a table in a test")]
    fn heads_as_they_are_written() {
        let check = |text: &str, expect: Option<(&str, &[(&str, &str)], usize)>| {
            let found = Head::parse(text.as_bytes());
            let found =
                found.as_ref().map(|(head, len)| (head.first.as_str(), head.fields().collect::<Vec<_>>(), *len));
            assert_eq!(found, expect.map(|(first, fields, len)| (first, fields.to_vec(), len)), "{text:?}");
        };
        check("WARC/1.0\r\nWARC-Type: response\r\n\r\nrest", Some(("WARC/1.0", &[("warc-type", "response")], 33)));
        check("HTTP/1.1 200 OK\nA:1\n\n", Some(("HTTP/1.1 200 OK", &[("a", "1")], 21)));
        check("HTTP/1.1 200 OK\r\nA: 1\r\n\t2\r\nno field\r\n\r\n", Some(("HTTP/1.1 200 OK", &[("a", "1 2")], 39)));
        check("WARC/1.0\r\nWARC-Type: response\r\n", None);
        check("", None);
    }
}

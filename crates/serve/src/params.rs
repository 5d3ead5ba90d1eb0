//! The parameters of an address: read with caps, and written again with one of them changed, so that filters are links. Not what they mean.

use url::form_urlencoded;

/// Parameters that are read.
const MOST: usize = 32;
/// Bytes of a value that are read.
const LONGEST: usize = 400;

/// The parameters, in the order given; empty ones are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the part of an address behind the question mark.
    pub fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).take(MOST);
        let cut = |text: std::borrow::Cow<'_, str>| {
            text.get(..text.floor_char_boundary(LONGEST)).unwrap_or("").trim().to_owned()
        };
        Self(pairs.map(|(name, value)| (cut(name), cut(value))).filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same with one value changed, or taken out; without the place in a list, which is of another list then.
    #[must_use]
    pub fn with(&self, name: &str, value: Option<&str>) -> Self {
        let kept = self.0.iter().filter(|(known, _)| known != name && known != "after" && known != "skip");
        let mut pairs: Vec<_> = kept.cloned().collect();
        pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        Self(pairs)
    }

    /// Only those of these names.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// The names and values, for the hidden fields of a form.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// An address with these behind the question mark.
    pub fn href(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        format!("{path}?{query}")
    }
}

/// `text` as one segment of a path.
pub fn segment(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_link() {
        let check = |query: &str, name: &str, value: Option<&str>, expect: &str| {
            assert_eq!(Params::parse(query).with(name, value).href("/"), expect, "{query}");
        };
        check("", "party", Some("Dorin Maske"), "/?party=Dorin+Maske");
        check("party=a&after=clm_1", "party", None, "/");
        check("q=call&q=other&empty=", "as-of", Some("2031-03-06"), "/?q=call&q=other&as-of=2031-03-06");
        check("q=%3Cb%3E%26", "x", Some("\u{202e}\""), "/?q=%3Cb%3E%26&x=%E2%80%AE%22");
        assert_eq!(Params::parse(&"a=1&".repeat(99)).pairs().len(), MOST);
        assert_eq!(Params::parse(&format!("q={}", "é".repeat(999))).get("q").map(str::len), Some(LONGEST));
        assert_eq!(segment("a/b c?"), "a%2Fb%20c%3F");
    }
}

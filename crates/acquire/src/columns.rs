//! Which fields of JSON Lines, and which columns of tables, hold what an article needs, where they have other names than ours. Not the
//! reading of them.

use std::collections::BTreeMap;

/// Names of fields and columns: ours, and what they are called in the input.
///
/// ```
/// use onrecord_acquire::Columns;
/// let columns = Columns::parse(["text=body", "published=date"])?;
/// assert_eq!(columns.column("text"), "body");
/// assert_eq!(columns.column("url"), "url");
/// assert!(Columns::parse(["words=body"]).is_err());
/// # Ok::<(), onrecord_acquire::ColumnsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    named: BTreeMap<String, String>,
}

/// A name that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// Not of the form `FIELD=COLUMN`.
    #[error("expected FIELD=COLUMN such as text=body, found {0:?}")]
    Form(String),
    /// A field that no article has.
    #[error("no field is called {found:?}: expected one of {}", Columns::FIELDS.join(", "))]
    UnknownField {
        /// The name.
        found: String,
    },
    /// A field that is named twice.
    #[error("the field {0} is named twice")]
    Twice(String),
}

impl Columns {
    /// The fields that are known: text or page, address, outlet, title, times, byline, section.
    pub const FIELDS: [&'static str; 10] =
        ["text", "html", "url", "outlet", "title", "published", "modified", "fetched_at", "byline", "section"];

    /// Names written as `FIELD=COLUMN`.
    ///
    /// # Errors
    /// Where one is not of this form, or names a field that is not in [`Columns::FIELDS`] or was named before.
    pub fn parse<'text>(words: impl IntoIterator<Item = &'text str>) -> Result<Self, ColumnsError> {
        let mut named = BTreeMap::new();
        for word in words {
            let pair = word.split_once('=').map(|(field, column)| (field.trim(), column.trim()));
            let Some((field, column)) = pair.filter(|(_, column)| !column.is_empty()) else {
                return Err(ColumnsError::Form(word.to_owned()));
            };
            if !Self::FIELDS.contains(&field) {
                return Err(ColumnsError::UnknownField { found: field.to_owned() });
            }
            if named.insert(field.to_owned(), column.to_owned()).is_some() {
                return Err(ColumnsError::Twice(field.to_owned()));
            }
        }
        Ok(Self { named })
    }

    /// What the input calls this field.
    pub fn column<'a>(&'a self, field: &'a str) -> &'a str {
        self.named.get(field).map_or(field, String::as_str)
    }

    /// The fields that have another name, with it.
    pub const fn named(&self) -> &BTreeMap<String, String> {
        &self.named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cannot_be_used() {
        let check = |words: &[&str], expect: &str| {
            let error = Columns::parse(words.iter().copied()).unwrap_err().to_string();
            assert!(error.contains(expect), "{words:?}: {error}");
        };
        check(&["text"], "expected FIELD=COLUMN");
        check(&["text="], "expected FIELD=COLUMN");
        check(&["body=text"], "no field is called \"body\"");
        check(&["text=a", "text=b"], "named twice");
    }
}

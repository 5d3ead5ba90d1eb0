//! Words of a statement as stems, and how telling each stem is. A light stemmer and a shipped table, not a dictionary; nothing of a ledger's own
//! articles is counted.

use std::collections::BTreeMap;

use onrecord_evidence::TextRange;

/// The first error of a table's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct TableError {
    pub(super) line: usize,
    pub(super) message: &'static str,
}

/// How telling stems are: hundredths of the natural logarithm of how few articles of a news corpus hold them (`models/propositions/CARD.md`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StemTable {
    known: BTreeMap<String, (u16, bool)>,
    unknown: u16,
}

/// What a number written in digits weighs: most of them are of no corpus, and two articles share many of them by chance.
const NUMBER: u16 = 300;

impl StemTable {
    /// Reads the lines of `models/propositions/stems.txt`: a weight and the stems that have it, `^` behind those that are mostly capitalised, `*` for
    /// all that are not listed.
    ///
    /// # Errors
    /// Where a line begins with no number, or no line has the star.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut known = BTreeMap::new();
        let mut unknown = None;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(first) = words.next() else { continue };
            let weight = first
                .parse()
                .map_err(|_| TableError { line: index + 1, message: "expected a weight in hundredths" })?;
            for word in words {
                match word {
                    "*" => unknown = Some(weight),
                    _ => {
                        let name = word.strip_suffix('^');
                        known.insert(name.unwrap_or(word).to_owned(), (weight, name.is_some()));
                    }
                }
            }
        }
        let line = text.lines().count();
        let unknown = unknown.ok_or(TableError { line, message: "expected a weight for unlisted stems" })?;
        Ok(Self { known, unknown })
    }

    /// The weight of a stem, in hundredths.
    pub fn weight(&self, stem: &str) -> u16 {
        if stem.starts_with(|first: char| first.is_ascii_digit()) {
            return NUMBER;
        }
        self.known.get(stem).map_or(self.unknown, |(weight, _)| *weight)
    }

    /// Whether the stem is mostly capitalised within sentences; `None` for one that is not listed.
    pub fn is_name(&self, stem: &str) -> Option<bool> {
        self.known.get(stem).map(|(_, name)| *name)
    }
}

/// A word of a text: letters and digits with apostrophes between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'text> {
    /// As written.
    pub(super) written: &'text str,
    /// Where it stands.
    pub(super) range: TextRange,
}

/// The words of `text`, whose first byte has the offset `start`.
pub(super) fn words(text: &str, start: u32) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut from: Option<usize> = None;
    let mut apostrophe = false;
    let mut end = 0;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if letter.is_alphanumeric() {
            from.get_or_insert(at);
            apostrophe = false;
            end = at + letter.len_utf8();
        } else if matches!(letter, '\'' | '’') && from.is_some() && !apostrophe {
            apostrophe = true;
        } else if let Some(first) = from.take() {
            apostrophe = false;
            let range = TextRange::new(start + first as u32, start + end as u32);
            found.push(Word { written: &text[first..end], range });
        }
    }
    found
}

impl Word<'_> {
    /// In lower case, accents of Latin letters dropped, without what stands behind an apostrophe.
    pub(super) fn folded(&self) -> String {
        let cut = self.written.find(['\'', '’']).unwrap_or(self.written.len());
        self.written[..cut].chars().flat_map(char::to_lowercase).map(plain).collect()
    }

    /// Whether it begins with a capital.
    pub(super) fn is_capitalised(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }
}

/// The letter without its accent, for those that names in news have.
const fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}

/// Endings that are exchanged.
const EXCHANGED: &[(&str, &str)] =
    &[("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")];
/// Endings that are dropped, the first that fits.
const DROPPED: &[&str] = &["ingly", "edly", "ing", "ed", "ly", "es", "e", "s"];

/// The stem of a folded word: without endings of plural, past, participle and adverb; never shorter than three letters. What
/// `training/propositions.py` counted has the same stems.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return word.to_owned();
    }
    for (ending, instead) in EXCHANGED {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= 2) {
            return format!("{rest}{instead}");
        }
    }
    for ending in DROPPED {
        if *ending == "s" && matches!(word.as_bytes()[word.len() - 2], b's' | b'u' | b'i') {
            continue;
        }
        let Some(rest) = word.strip_suffix(ending) else { continue };
        if rest.len() < 3 || !rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            continue;
        }
        return without_doubles(rest, ending).to_owned();
    }
    word.to_owned()
}

/// "stopp" of "stopped" without its second p; "stat" of "stateed" likewise.
fn without_doubles<'word>(rest: &'word str, ending: &str) -> &'word str {
    let bytes = rest.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled = rest.len() >= 4 && last == bytes[bytes.len() - 2] && !matches!(last, b'l' | b's' | b'z');
    let rest =
        if doubled && ending.len() >= 2 && !matches!(ending, "ly" | "es") { &rest[..rest.len() - 1] } else { rest };
    match rest.strip_suffix('e') {
        Some(shorter) if rest.len() > 3 => shorter,
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_of_one_word_are_one() {
        let check = |forms: &str| {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        };
        check("intercept intercepted intercepts intercepting");
        check("deny denied denies");
        check("phone phoned phones");
        check("stop stopped stopping stops");
        check("attack attacks attacked");
        check("release released releasing releases");
        check("watch watches watched");
        assert_ne!(stem("status"), stem("stat"));
    }

    #[test]
    fn words_have_their_ranges() {
        let text = "Vane’s “fifty-two” drones' crews, isn't it? 84%";
        let found: Vec<String> = words(text, 0).iter().map(Word::folded).collect();
        assert_eq!(found, ["vane", "fifty", "two", "drones", "crews", "isn", "it", "84"]);
        for word in words(text, 0) {
            assert_eq!(word.range.slice(text), Some(word.written));
        }
        assert_eq!(words("Łódź", 7)[0].folded(), "lodz");
    }

    #[test]
    fn tables_say_what_is_wrong() {
        let table = StemTable::parse("# weights\n633 *\n40 say trump^\n").unwrap();
        assert_eq!((table.weight("say"), table.weight("harbour"), table.weight("84")), (40, 633, NUMBER));
        assert_eq!((table.is_name("trump"), table.is_name("say"), table.is_name("x")), (Some(true), Some(false), None));
        assert_eq!(StemTable::parse("x y").unwrap_err().to_string(), "line 1: expected a weight in hundredths");
        assert!(StemTable::parse("").is_err());
    }
}

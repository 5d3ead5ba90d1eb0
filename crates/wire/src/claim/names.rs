//! Parties and newsrooms as they are written, found again by the key that linking gives them. Not who is meant: linking decided that.

/// A key without the article that it may be bound to.
pub(super) fn bare(key: &str) -> &str {
    let key = key.split(" in art_").next().unwrap_or(key);
    key.strip_prefix("outlet ").or_else(|| key.strip_prefix("undecided: ")).unwrap_or(key)
}

/// The newsroom that is named in the key of people whom it does not name.
pub(super) fn newsroom_of(key: &str) -> Option<&str> {
    let named = key.strip_prefix("unnamed sources of ").or_else(|| key.strip_prefix("nobody named by "))?;
    named.split(" in art_").next()
}

/// A key of which nobody wrote the words: each word that is no small one with a capital.
pub(super) fn capitalised(key: &str) -> String {
    const SMALL: &[&str] = &["of", "the", "and", "in", "at", "for", "on", "to"];
    let word = |(index, word): (usize, &str)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index == 0 || !SMALL.contains(&word) => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    };
    key.split(' ').enumerate().map(word).collect::<Vec<String>>().join(" ")
}

/// The stem of a side as the fullest word that begins with it: "drovan" as "Drovany".
pub(super) fn stemmed(stem: &str, texts: &[&str]) -> String {
    const ENDING: usize = 3;
    let words = texts.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let fits = words.filter(|word| {
        word.starts_with(char::is_uppercase)
            && word.len() <= stem.len() + ENDING
            && word.to_lowercase().starts_with(stem)
    });
    fits.max_by_key(|word| word.len()).map_or_else(|| capitalised(stem), str::to_owned)
}

/// Names without the one that is meant already, and without those that another one holds.
pub(super) fn distinct(names: Vec<String>, but: &str) -> Vec<String> {
    let last = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    // "Ilko Farrant, Ms. Tolvik's director" speaks for Ms. Tolvik.
    let rest =
        |name: String| name.strip_prefix(but).map(|rest| rest.trim_matches([',', ' ']).to_owned()).unwrap_or(name);
    let names: Vec<String> = names.into_iter().map(rest).filter(|name| !name.is_empty()).collect();
    let mut found: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| name.as_str() != but) {
        let fuller = names.iter().any(|other| other.len() > name.len() && last(other) == last(name) && other != but);
        if !fuller && !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

/// The words of a key as the first of these texts writes them.
pub(super) fn written(key: &str, texts: &[&str]) -> Option<String> {
    let wanted: Vec<String> = tokens(key).into_iter().map(|(_, _, word)| word).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut best: Option<String> = None;
    for text in texts.iter().filter(|text| text.len() < 2000) {
        let found = tokens(text);
        let at = found.windows(wanted.len()).find(|window| window.iter().map(|(.., word)| word).eq(&wanted));
        let Some(((start, ..), (_, end, _))) = at.and_then(|window| window.first().zip(window.last())) else {
            continue;
        };
        let words = text.get(*start..*end)?.split_whitespace().collect::<Vec<_>>().join(" ");
        // "The Governor's Office" of a headline tells more than "the governor's office" of a sentence.
        let capitals = |words: &str| words.chars().filter(|letter| letter.is_uppercase()).count();
        if best.as_ref().is_none_or(|best| capitals(&words) > capitals(best)) {
            best = Some(words);
        }
    }
    best
}

/// Words in lower case with their places; what follows an apostrophe is left out, as linking does.
fn tokens(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let is_in = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '\u{2019}');
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_in(letter), start) {
            (true, None) if letter.is_alphanumeric() => start = Some(at),
            (false, Some(from)) => {
                let word = text.get(from..at).unwrap_or("");
                let bare = word.split(['\'', '\u{2019}']).next().unwrap_or(word).trim_end_matches('-');
                found.push((from, from + bare.len(), bare.to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_as_it_is_written() {
        let check = |key: &str, texts: &[&str], expect: Option<&str>| {
            assert_eq!(written(key, texts).as_deref(), expect, "{key}");
        };
        check("dorin maske", &["Mr Renkel\u{2019}s spokesman, Dorin Maske, said"], Some("Dorin Maske"));
        check("defence ministry", &["the defence ministry", "Defence Ministry of Orsel"], Some("Defence Ministry"));
        check("renkel", &["Renkel\u{2019}s office"], Some("Renkel"));
        check("nobody else", &["somebody else"], None);
        assert_eq!(bare("ministry of works in art_0abc"), "ministry of works");
        assert_eq!(newsroom_of("unnamed sources of ferrath dial in art_0abc"), Some("ferrath dial"));
        assert_eq!(capitalised("government of ulvane"), "Government of Ulvane");
    }
}

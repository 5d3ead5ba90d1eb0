//! A key for the speaker of an attribution, as far as its own words name one. Not the resolution of parties, which replaces it where it is known.

use super::stem::{Word, words};

/// Words of a source that are no name although they may begin with a capital.
const NO_NAMES: &[&str] = &[
    "the", "a", "an", "mr", "mrs", "ms", "dr", "sir", "president", "minister", "prime", "senator", "spokesman", "spokeswoman", "spokesperson", "general",
    "foreign", "defence", "defense", "chief", "secretary", "state", "he", "she", "they", "we", "it", "i", "you", "his", "her", "their", "our", "its",
    "who", "that", "this", "one", "two", "some", "many", "officials", "police", "and", "of", "for", "in", "at", "on", "by", "to", "from", "with", "according",
];

/// The last word of the first name in the source, folded: "Kremlin spokesman Arno Vask" gives "vask"; `None` where no name is read. An office without
/// a name is no speaker that two articles could share.
pub(super) fn speaker(source: &str) -> Option<String> {
    let words = words(source, 0);
    let is_name = |word: &Word<'_>| word.is_capitalised() && !NO_NAMES.contains(&word.folded().as_str());
    let mut best: Option<(usize, String)> = None;
    let mut run: Vec<&Word<'_>> = Vec::new();
    let mut end = 0;
    for word in &words {
        let gap = source.get(end as usize..word.range.start as usize).unwrap_or_default();
        if !is_name(word) || !gap.trim().is_empty() {
            keep(&mut best, &run);
            run.clear();
        }
        if is_name(word) {
            run.push(word);
        }
        end = word.range.end;
    }
    keep(&mut best, &run);
    best.map(|(_, name)| name)
}

/// A name of two or more words is a person's rather than an institution's before it; the first of the longest is kept.
fn keep(best: &mut Option<(usize, String)>, run: &[&Word<'_>]) {
    let Some(last) = run.last() else { return };
    let size = run.len().min(2);
    if best.as_ref().is_none_or(|(longest, _)| size > *longest) {
        *best = Some((size, last.folded()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_and_an_office_is_none() {
        let check = |source: &str, expect: Option<&str>| assert_eq!(speaker(source).as_deref(), expect, "{source}");
        check("Veskan spokesman Arno Vask", Some("vask"));
        check("Arno Vask, the spokesman", Some("vask"));
        check("Mr. Vask", Some("vask"));
        check("the spokesman", None);
        check("He", None);
        check("the Harbour Board", Some("board"));
        check("", None);
    }
}

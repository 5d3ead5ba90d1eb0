//! A key for the speaker of an attribution, by which two articles can name the same one. Not the resolution of parties: what an article leaves undecided has
//! no key.

use onrecord_annotate::PartyKind;
use onrecord_record::{AttributionRecord, SourceKind};

use super::stem::{Word, words};

/// Words of a source that are no name although they may begin with a capital.
const NO_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "president",
    "minister",
    "prime",
    "senator",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "general",
    "foreign",
    "defence",
    "defense",
    "chief",
    "secretary",
    "state",
    "he",
    "she",
    "they",
    "we",
    "it",
    "i",
    "you",
    "his",
    "her",
    "their",
    "our",
    "its",
    "who",
    "that",
    "this",
    "one",
    "two",
    "some",
    "many",
    "officials",
    "police",
    "and",
    "of",
    "for",
    "in",
    "at",
    "on",
    "by",
    "to",
    "from",
    "with",
    "according",
];

/// The key of a record's speaker: the surname of a person, the whole name of another party; `None` where it is unnamed, or not decided who speaks.
pub(super) fn speaker(record: &AttributionRecord) -> Option<String> {
    let Some(detail) = &record.speaker else {
        return record.who().filter(|_| record.source_kind == SourceKind::Written).and_then(|who| named(&who));
    };
    let finding = &detail.finding;
    let party = &finding.candidates.first().filter(|_| finding.decided)?.party;
    if !party.named || party.kind == PartyKind::Unnamed {
        return None;
    }
    let name = party.stands_for.as_deref().unwrap_or(&party.name);
    if party.kind == PartyKind::Person {
        return named(name).or_else(|| words(name, 0).last().map(Word::folded));
    }
    let folded: Vec<String> = words(name, 0).iter().map(Word::folded).filter(|word| word != "the").collect();
    (!folded.is_empty()).then(|| folded.join(" "))
}

/// The last word of the first name in the source, folded: "Kremlin spokesman Arno Vask" gives "vask"; `None` where no name is read. An office without
/// a name is no speaker that two articles could share.
fn named(source: &str) -> Option<String> {
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
        let check = |source: &str, expect: Option<&str>| assert_eq!(named(source).as_deref(), expect, "{source}");
        check("Veskan spokesman Arno Vask", Some("vask"));
        check("Arno Vask, the spokesman", Some("vask"));
        check("Mr. Vask", Some("vask"));
        check("the spokesman", None);
        check("He", None);
        check("the Harbour Board", Some("board"));
        check("", None);
    }
}

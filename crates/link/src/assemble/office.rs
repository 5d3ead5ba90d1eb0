//! What the words of a description show: whom it speaks for, whom it leads, which side it is of. Word lists, not a resolution of parties.

use onrecord_evidence::{Quoted, TextRange};

use super::names::{is_common, words};

/// Whether a name holds a word that is written with a capital and tells it apart.
pub(super) fn tells(name: &str) -> bool {
    words(name)
        .iter()
        .any(|(_, word)| word.chars().next().is_some_and(char::is_uppercase) && !is_common(&word.to_lowercase()))
}

/// Words for an owner that name nobody: "its", "the office".
pub(super) fn is_no_one(owner: &str) -> bool {
    const NO_ONE: &[&str] =
        &["its", "his", "her", "their", "our", "my", "office", "staff", "team", "group", "campaign", "company"];
    NO_ONE.contains(&owner)
}

/// "A second newspaper": an outlet that is described and not named.
pub(super) fn names_outlet(name: &str) -> bool {
    let last = words(name).last().map(|(_, word)| word.to_lowercase());
    last.is_some_and(|last| {
        matches!(
            last.as_str(),
            "newspaper"
                | "paper"
                | "newspapers"
                | "agency"
                | "broadcaster"
                | "report"
                | "story"
                | "account"
                | "article"
                | "media"
                | "outlet"
                | "website"
        )
    })
}

/// "This newspaper", "we": the outlet of the report itself.
pub(super) fn is_own_words(written: &str) -> bool {
    let lower = written.to_lowercase();
    ["this newspaper", "this paper", "this agency", "this website", "this news organisation", "this news organization"]
        .contains(&lower.trim())
}

/// "One of them", "two of the people": of sources that were described before.
pub(super) fn is_some_of(written: &str) -> bool {
    let lower = written.to_lowercase();
    let beginnings = [
        "one of the",
        "two of the",
        "three of the",
        "some of the",
        "all of the",
        "another of the",
        "the other",
        "the people",
        "the person",
        "the sources",
        "the source",
        "the official",
    ];
    beginnings.iter().any(|beginning| lower.starts_with(beginning)) && !lower.chars().skip(1).any(char::is_uppercase)
}

/// Whether a title or a description is of one who speaks for another.
pub(super) fn is_voice(title: &str) -> bool {
    const VOICES: &[&str] = &[
        "spokes",
        "press secretary",
        "communications",
        "press officer",
        "press office",
        "office",
        "lawyer",
        "attorney",
        "representative",
        "staff",
        "team",
        "campaign",
    ];
    let lower = title.to_lowercase();
    VOICES.iter().any(|voice| lower.contains(voice))
}

/// Whether a title is of one who leads those whose title it is: what they say is said by these.
pub(super) fn heads(title: &str) -> bool {
    const HEADS: &[&str] = &[
        "president",
        "chair",
        "head",
        "leader",
        "director",
        "chief",
        "secretary",
        "minister",
        "mayor",
        "commander",
        "manager",
        "treasurer",
    ];
    const NOT: &[&str] = &["former", "deputy editor", "vice", "ex-", "assistant", "past", "elect", "designate"];
    let lower = title.to_lowercase();
    HEADS.iter().any(|head| lower.contains(head)) && !NOT.iter().any(|not| lower.contains(not))
}

/// Whom "the office of X", "a spokesman for X", "X's office" speak for.
pub(super) fn owner_of(source: &Quoted, text: &str) -> Option<Quoted> {
    let (range, written) = (source.range(), source.words());
    let lower = written.to_lowercase();
    let quote = |from: usize, to: usize| {
        let (from, to) = (u32::try_from(from).ok()?, u32::try_from(to).ok()?);
        let range = TextRange::new(range.start.checked_add(from)?, range.start.checked_add(to)?).trimmed(text)?;
        Quoted::new(text, range).ok()
    };
    for mark in ["'s ", "\u{2019}s "] {
        if let Some((before, behind)) = written.split_once(mark)
            && is_voice(behind)
        {
            return quote(0, before.len());
        }
    }
    if lower.len() != written.len() {
        return None;
    }
    for joint in [" for the ", " for ", " of the ", " of "] {
        if let Some(at) = lower.find(joint)
            && is_voice(&lower[..at])
        {
            let from = at + joint.len();
            let end = lower[from..].find(',').map_or(lower.len(), |comma| from + comma);
            return quote(from, end);
        }
    }
    None
}

/// "The interior minister": the ministry of one who bears a minister's title, in lower case; not prime and first ministers, who lead all.
pub(super) fn ministry_of(title: &str) -> Option<String> {
    let all: Vec<String> = words(title).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let at = all.iter().position(|word| word == "minister")?;
    let topic = match at.checked_sub(1).map(|before| all[before].as_str()) {
        Some(topic) => topic.to_owned(),
        None => {
            let mut behind = all[1..].iter().skip_while(|word| matches!(word.as_str(), "of" | "for" | "the"));
            behind.next()?.clone()
        }
    };
    let leads =
        matches!(topic.as_str(), "prime" | "first" | "chief" | "deputy" | "former" | "junior" | "senior" | "the" | "a");
    (!leads).then(|| format!("{topic} ministry"))
}

/// The name behind "known as", "who uses the name", "which calls itself".
pub(super) fn also_known_as(source: &str) -> Option<&str> {
    const MARKS: &[&str] = &[
        "known as ",
        "uses the name ",
        "using the name ",
        "calls itself ",
        "calling itself ",
        "calls himself ",
        "calls herself ",
    ];
    let behind = MARKS.iter().find_map(|mark| source.split_once(mark)).map(|(_, behind)| behind)?;
    let end = behind.find([',', '.', ';', '(']).unwrap_or(behind.len());
    behind.get(..end).map(str::trim).filter(|name| tells(name))
}

/// The body that one "who heads" it speaks for.
pub(super) fn headed(source: &str) -> Option<&str> {
    const MARKS: &[&str] =
        &["who heads ", "who leads ", "who chairs ", "who commands ", "who runs ", "who speaks for "];
    let behind = MARKS.iter().find_map(|mark| source.split_once(mark)).map(|(_, behind)| behind)?;
    let end = behind.find([',', '.', ';', '(']).unwrap_or(behind.len());
    behind.get(..end).map(str::trim).filter(|name| !name.is_empty())
}

/// The owner that a description names by a pronoun or a plain noun before a voice or a head: the "its" of "its spokeswoman, Colonel Hest",
/// the "ministry" of "the ministry's director". In lower case.
pub(super) fn plain_owner(source: &str) -> Option<String> {
    let all: Vec<(TextRange, &str)> = words(source).into_iter().take(4).collect();
    let first = usize::from(all.first().is_some_and(|(_, word)| word.eq_ignore_ascii_case("the")));
    let (range, owner) = all.get(first)?;
    let next = all.get(first + 1).map(|(_, word)| *word)?;
    let speaks = is_voice(next) || heads(next) || next.to_lowercase().starts_with("spokes");
    let possessive = source.get(range.end as usize..).is_some_and(|behind| behind.starts_with(['\'', '\u{2019}']));
    let lower = owner.to_lowercase();
    let is_plain = owner.chars().all(char::is_lowercase) || lower == "its";
    (speaks && is_plain && (lower == "its" || possessive)).then_some(lower)
}

/// Bodies by their last or leading noun: a group that acts as one though its name is a description.
pub(super) fn is_body_noun(name: &str) -> bool {
    const BODIES: &[&str] = &[
        "wing",
        "faction",
        "column",
        "movement",
        "party",
        "union",
        "council",
        "committee",
        "board",
        "association",
        "brigade",
        "mission",
        "front",
        "federation",
        "league",
        "alliance",
        "foundation",
        "institute",
        "staff",
        "command",
        "militia",
        "guild",
        "cooperative",
        "chamber",
        "society",
        "tribunal",
        "court",
        "inquiry",
        "commission",
    ];
    let all = words(name);
    let of = all.iter().position(|(_, word)| *word == "of").unwrap_or(all.len());
    let head = all.get(of.wrapping_sub(1)).or(all.last());
    let is = |word: &str| BODIES.contains(&word.to_lowercase().as_str());
    head.is_some_and(|(_, word)| is(word)) || all.last().is_some_and(|(_, word)| is(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_owners() {
        assert_eq!(ministry_of("interior minister").as_deref(), Some("interior ministry"));
        assert_eq!(ministry_of("Minister of Water").as_deref(), Some("water ministry"));
        assert_eq!(ministry_of("Prime Minister"), None);
        assert_eq!(also_known_as("the movement's spokesman, known as Brother Ashk"), Some("Brother Ashk"));
        assert_eq!(headed("Lena Achard, who heads the Strait Mission"), Some("the Strait Mission"));
        assert_eq!(plain_owner("its spokeswoman, Colonel Mira Hest").as_deref(), Some("its"));
        assert_eq!(plain_owner("the ministry\u{2019}s director").as_deref(), Some("ministry"));
        assert_eq!(plain_owner("the mayor of Cantrey"), None);
        assert!(heads("president") && !heads("president-elect"));
    }
}

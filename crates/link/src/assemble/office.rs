//! What the words of a description show: whom it speaks for, whom it leads, which side it is of. Word lists, not a resolution of parties.

use onrecord_evidence::{Quoted, TextRange};

use super::names::{is_common, side, words};

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

/// Ministries and armies, which stand under the government of their side.
pub(super) fn is_of_command(name: &str) -> bool {
    const SEATS: &[&str] = &[
        "ministry",
        "army",
        "air force",
        "general staff",
        "armed forces",
        "military",
        "navy",
        "air defence",
        "government",
    ];
    let lower = name.to_lowercase();
    SEATS.iter().any(|seat| lower.contains(seat))
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
    const NOT: &[&str] = &["former", "deputy editor", "vice", "ex-", "assistant", "past"];
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

/// The side that the words of an office show: the "Tarvian" of "the Tarvian defence ministry", the "Tarvia" of "Tarvia's army".
pub(super) fn side_in(describing: &[Quoted]) -> Option<String> {
    const SEATS: &[&str] = &[
        "ministry",
        "army",
        "government",
        "staff",
        "force",
        "minister",
        "military",
        "navy",
        "front",
        "office",
        "kremlin",
        "command",
    ];
    for quoted in describing {
        let all = words(quoted.words());
        let seat = all.iter().position(|(_, word)| SEATS.contains(&word.to_lowercase().as_str()));
        let Some(seat) = seat else { continue };
        let telling = all[..seat].iter().filter(|(_, word)| !is_common(&word.to_lowercase()));
        let mut before = telling.filter_map(|(_, word)| side(word));
        if let Some(key) = before.next() {
            return Some(key);
        }
    }
    None
}

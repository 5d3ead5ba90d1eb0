//! Reads the words of a source: a pronoun, a name, or a description with its head. Not whom they mean.

use std::ops::Range;

use super::lists::{self, DETERMINERS, PREPOSITIONS};
use super::name::Name;
use super::tables::{PartyTables, singular};
use super::token::{Shape, Words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    They,
    It,
    I,
    We,
    You,
    Who,
}

/// A description without a name.
#[derive(Clone, Debug)]
pub(super) struct Description {
    /// Token of the head noun.
    pub head: usize,
    /// First and last token of head and what stands before it, without determiner.
    pub first: usize,
    pub definite: bool,
    pub plural: bool,
    /// The pronoun token or name that owns it.
    pub owner: Option<Owner>,
    /// "both", "the two".
    pub two: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Owner {
    Pronoun(usize),
    Name(usize),
    /// A noun: "the minister's".
    Noun,
}

#[derive(Clone, Debug)]
pub(super) enum SourceWords {
    Nothing,
    Pronoun(Pronoun, usize),
    /// Indices of names: the first speaks, the others with it.
    Names(Vec<usize>),
    Described(Description),
}

pub(super) fn pronoun(words: &Words<'_>, at: usize) -> Option<Pronoun> {
    if words.shape(at) == Shape::Upper {
        return None;
    }
    Some(match words.at(at) {
        "he" | "him" | "his" | "himself" | "he's" | "he'd" | "he'll" => Pronoun::He,
        "she" | "her" | "hers" | "herself" | "she's" | "she'd" | "she'll" => Pronoun::She,
        "they" | "them" | "their" | "theirs" | "themselves" | "they're" | "they've" | "they'd" | "they'll" => {
            Pronoun::They
        }
        "it" | "its" | "itself" | "it's" => Pronoun::It,
        "i" | "me" | "my" | "mine" | "myself" | "i'm" | "i've" | "i'd" | "i'll" => Pronoun::I,
        "we" | "us" | "our" | "ours" | "ourselves" | "we're" | "we've" | "we'd" | "we'll" => Pronoun::We,
        "you" | "your" | "yours" | "you're" | "you've" => Pronoun::You,
        "who" | "whom" | "whose" | "which" | "that" => Pronoun::Who,
        _ => return None,
    })
}

/// Nouns whose owner speaks: "in his eyes", "her account".
const OWN: &[&str] = &[
    "eyes",
    "mind",
    "view",
    "views",
    "opinion",
    "words",
    "word",
    "promise",
    "promises",
    "remarks",
    "comments",
    "comment",
    "account",
    "belief",
    "claim",
    "claims",
    "assertion",
    "assertions",
    "suggestion",
    "pledge",
    "vow",
    "argument",
    "insistence",
    "contention",
    "statements",
    "knowledge",
    "judgment",
    "estimation",
    "telling",
    "thoughts",
    "concerns",
    "concern",
    "criticism",
    "warning",
    "plans",
    "vision",
    "message",
    "speech",
    "testimony",
    "calls",
    "call",
    "announcement",
    "rhetoric",
    "response",
    "reply",
    "answer",
    "answers",
    "statement",
    "decision",
    "stance",
    "position",
    "tweet",
    "tweets",
    "refusal",
    "admission",
    "denial",
    "insight",
    "proposal",
    "proposals",
    "explanation",
    "description",
    "defense",
    "apology",
];

pub(super) fn read(
    words: &Words<'_>,
    tables: &PartyTables,
    names: &[Name],
    name_at: &[Option<usize>],
    spans: &[Range<usize>],
) -> SourceWords {
    let Some(span) = spans.iter().find(|span| !span.is_empty()) else { return SourceWords::Nothing };
    let end = spans.iter().map(|span| span.end).max().unwrap_or(span.end);
    let mut at = span.start;
    while at < span.end {
        let skip = !words.tokens[at].is_word()
            || name_at[at].is_none()
                && (lists::has(
                    &[
                        "even", "only", "but", "and", "also", "by", "from", "to", "of", "for", "as", "with", "then",
                        "while", "in", "on", "at", "like", "just", "like", "through",
                    ],
                    words.at(at),
                ) || (words.shape(at) == Shape::Lower
                    && words.at(at).ends_with("ly")
                    && words.at(at) != "family"
                    && words.at(at) != "ally"));
        if !skip {
            break;
        }
        at += 1;
    }
    if at >= span.end {
        return SourceWords::Nothing;
    }
    let start = at;
    if name_at[at].is_none()
        && let Some(pronoun) = pronoun(words, at)
    {
        let possessive =
            matches!(words.at(at), "his" | "her" | "its" | "their" | "my" | "our" | "your" | "whose" | "that");
        let next = if at + 1 < end { words.at(at + 1) } else { "" };
        let alone = at + 1 >= end
            || !words.tokens[at + 1].is_word()
            || lists::has(OWN, next)
            || lists::has(&["own", "and", "who", "himself", "herself"], next);
        if !possessive || alone {
            return SourceWords::Pronoun(pronoun, at);
        }
    }
    let mut owner = None;
    let mut definite = false;
    let mut two = false;
    let mut first = at;
    while first < end && lists::has(DETERMINERS, words.at(first)) && name_at[first].is_none() {
        let word = words.at(first);
        definite |= lists::has(
            &[
                "the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "both",
                "whose",
            ],
            word,
        );
        two |= lists::has(&["both", "two"], word);
        if pronoun(words, first).is_some() && !lists::has(&["that"], word) {
            owner = Some(Owner::Pronoun(first));
        }
        first += 1;
    }
    // To the end of the first noun phrase, over whole names.
    let mut index = first;
    let mut head = None;
    let mut head_name = None;
    while index < end {
        if let Some(name) = name_at[index] {
            let last = names[name].last;
            head = Some(last);
            head_name = Some(name);
            index = last + 1;
            if words.shape(index) == Shape::Possessive && index < end {
                if index + 1 < end && words.tokens[index + 1].is_word() && !lists::has(OWN, words.at(index + 1)) {
                    owner = Some(Owner::Name(name));
                    definite = true;
                    head = None;
                    head_name = None;
                    first = index + 1;
                    index += 1;
                } else {
                    break;
                }
            }
            continue;
        }
        let token = &words.tokens[index];
        let stops = !token.is_word() && token.shape != Shape::Possessive
            || (token.shape == Shape::Lower
                && (lists::has(PREPOSITIONS, &token.lower)
                    || lists::has(
                        &[
                            "who",
                            "that",
                            "which",
                            "and",
                            "or",
                            "but",
                            "whose",
                            "when",
                            "where",
                            "himself",
                            "herself",
                            "itself",
                            "themselves",
                            "alone",
                            "familiar",
                            "close",
                            "briefed",
                        ],
                        &token.lower,
                    )
                    || (head.is_some() && lists::has(lists::VERBS, &token.lower))));
        if stops {
            break;
        }
        if token.shape == Shape::Possessive && head.is_some() && index + 1 < end && words.tokens[index + 1].is_word() {
            // "the prime minister's spokesman"
            owner = Some(Owner::Noun);
            first = index + 1;
            definite = true;
        }
        if token.is_word() {
            head = Some(index);
            head_name = None;
        }
        index += 1;
    }
    let rest = index..end;
    let mut together = Vec::new();
    if let Some(name) = head_name {
        together.push(name);
        let mut at = rest.start;
        while at < rest.end {
            if words.at(at) == "and" && at + 1 < rest.end {
                let mut next = at + 1;
                while next < rest.end && next < at + 5 && name_at[next].is_none() && words.shape(next) == Shape::Lower {
                    next += 1;
                }
                if let Some(other) = name_at.get(next).copied().flatten().filter(|_| next < rest.end)
                    && (next == at + 1 || tables.role(words.at(next - 1)).is_some())
                {
                    together.push(other);
                }
            }
            at += 1;
        }
        return SourceWords::Names(together);
    }
    let Some(head) = head else {
        if owner.is_some()
            && start < end
            && let Some(Owner::Name(name)) = owner
        {
            return SourceWords::Names(vec![name]);
        }
        if definite || two {
            return SourceWords::Described(Description {
                head: start,
                first: start,
                definite,
                plural: two,
                owner,
                two,
            });
        }
        return SourceWords::Nothing;
    };
    // "his upbeat speech", "Ann Vale's first response": who owns it speaks.
    match owner {
        Some(Owner::Pronoun(at)) if head < at + 4 && lists::has(OWN, words.at(head)) => {
            if let Some(pronoun) = pronoun(words, at) {
                return SourceWords::Pronoun(pronoun, at);
            }
        }
        Some(Owner::Name(name)) if head < names[name].last + 5 && lists::has(OWN, words.at(head)) => {
            return SourceWords::Names(vec![name]);
        }
        _ => {}
    }
    // A name beside the description: "his attorney, Mark MacDougall", "a spokesman for the ministry, Ana Ruiz".
    for at in rest.clone() {
        let Some(name) = name_at[at] else { continue };
        let the = words.at(at - 1) == "the" && at > rest.start + 1 && words.shape(names[name].last + 1) != Shape::Lower;
        let before = words.at(at - 1 - usize::from(the));
        if (before == "," || words.shape(at - 1) == Shape::Dash || before == "named")
            && names[name].shown != super::name::Shown::Known(super::party::PartyKind::Government)
        {
            return SourceWords::Names(vec![name]);
        }
    }
    let lower = words.at(head);
    let plural = lists::has(
        &[
            "people",
            "men",
            "women",
            "police",
            "some",
            "others",
            "all",
            "many",
            "most",
            "few",
            "authorities",
            "media",
            "data",
        ],
        lower,
    ) || singular(lower).is_some_and(|one| {
        !(tables.roles.contains_key(lower)
            || lower.ends_with("us")
            || tables.documents.contains(lower)
            || tables.bodies.contains_key(lower)
            || one.is_empty())
    });
    SourceWords::Described(Description { head, first, definite, plural, owner, two })
}

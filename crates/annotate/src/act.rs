//! The words for what an attribution does and how surely. Not the rules that choose them (those are [`crate::ActTable`]'s).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that names none of the values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {kind} is named {found:?}; expected one of {expected}")]
pub struct UnknownWord {
    kind: &'static str,
    found: String,
    expected: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $kind:literal { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$item_doc])* #[serde(rename = $word)] $item,)*
        }

        impl $name {
            /// Every value, in the order of the glossary.
            pub const ALL: &'static [Self] = &[$(Self::$item,)*];

            /// The word for it in every outward format.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$item => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.word())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(|| UnknownWord {
                    kind: $kind,
                    found: text.to_owned(),
                    expected: Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

words! {
    /// What a party does by a saying (CAMEO 011/015/016 and FNC-1, sharpened).
    Act, "act" {
        /// Says, believes, reports, promises: the default.
        Affirm = "affirm",
        /// Rejects a claim, report or accusation.
        Deny = "deny",
        /// Rejects a part and grants another.
        PartialDeny = "partial-deny",
        /// Says that the question assumes something wrong.
        RejectPremise = "reject-premise",
        /// Refuses to say.
        Decline = "decline",
        /// Gave no answer.
        NoReply = "no-reply",
        /// Neither confirms nor denies.
        NonDenial = "non-denial",
        /// Says that they do not know or remember.
        DoesNotKnow = "does-not-know",
        /// Could not confirm or find evidence.
        CouldNotVerify = "could-not-verify",
        /// Takes the blame or the authorship of an act.
        AcceptResponsibility = "accept-responsibility",
        /// Refuses the blame or the authorship of an act.
        DenyResponsibility = "deny-responsibility",
        /// Takes an own earlier statement back.
        Retract = "retract",
        /// Replaces an own earlier statement by another.
        Correct = "correct",
        /// Asks, or raises doubt without denying.
        Question = "question",
        /// Binds itself to an *if*.
        Condition = "condition",
    }
}

words! {
    /// How surely a content is held (FactBank; Saurí and Pustejovsky 2009).
    Commitment, "commitment" {
        /// Stated without a hedge.
        Certain = "certain",
        /// Held to be likely.
        Probable = "probable",
        /// Held to be possible, or distanced by the outlet.
        Possible = "possible",
        /// No stand is taken.
        Unknown = "unknown",
    }
}

words! {
    /// How the content is quoted (Pareti 2013).
    Manner, "manner" {
        /// The content is wholly between quotation marks.
        Direct = "direct",
        /// None of it is.
        Indirect = "indirect",
        /// A part is.
        Mixed = "mixed",
    }
}

words! {
    /// Whose hedge it is.
    HedgedBy, "hedging party" {
        /// The source's own: "might", "I think".
        Source = "source",
        /// The outlet's distance: "reportedly", "alleged".
        Outlet = "outlet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for act in Act::ALL {
            assert_eq!(act.word().parse(), Ok(*act));
        }
        let error = "refute".parse::<Act>().unwrap_err().to_string();
        assert!(error.contains("\"refute\"") && error.contains("non-denial"), "{error}");
    }
}

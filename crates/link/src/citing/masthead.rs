//! Which outlet a name means: by name, alias or host, as the shipped table and the ledger know them; and who only bears the name. Not
//! whether an outlet is a good one.

use onrecord_evidence::{Quoted, TextRange};
use serde::{Deserialize, Serialize};

use super::name::{folded, is_host, label, registered};
use super::token::tokens;
use crate::Report;

/// An outlet as the table or the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Masthead {
    /// Its full name.
    pub name: String,
    /// Host of its pages without `www.`; `None` where none is known.
    pub domain: Option<String>,
    /// Whether it supplies other newsrooms.
    pub agency: bool,
}

/// Outlets by name: the shipped table of outlets, or the outlets of a ledger.
pub trait OutletNames {
    /// The outlets for which `key` is the [`folded`] name, alias or host; ascending.
    fn outlets(&self, key: &str) -> Vec<Masthead>;
}

impl<F: Fn(&str) -> Vec<Masthead>> OutletNames for F {
    fn outlets(&self, key: &str) -> Vec<Masthead> {
        self(key)
    }
}

/// By what a name was taken for an outlet, or why it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// The words are its host.
    Host,
    /// The table knows the name, and it stands on the table's domain.
    Table,
    /// Another bearer of the name is disowned by it.
    Disowned,
    /// It alone bears the name in this ledger.
    OnlyOne,
    /// Several domains bear the name, and nothing tells which is meant.
    Undecided,
    /// No outlet of this ledger bears the name.
    NotHeld,
}

/// Which outlet of the ledger a name means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletFinding {
    /// By what, or why not.
    pub identity: Identity,
    /// The outlet; `None` for [`Identity::Undecided`] and [`Identity::NotHeld`].
    pub outlet: Option<Masthead>,
    /// Who else may be meant, where it is undecided; ascending.
    pub open: Vec<Masthead>,
    /// Who bears the name on a domain that is not the outlet's; never the one that is meant by the name alone. Ascending.
    pub impostors: Vec<Masthead>,
}

/// Which outlet of `ledger` is meant by `name`.
///
/// Bearers on one registered domain, or on domains with one owner's label (`vint.example`, `vint.co.example`), are one outlet. `disowning`
/// holds the mastheads whose own articles say that a page under their name is not theirs ([`disowned`]).
pub fn outlet_of(
    name: &str,
    table: &dyn OutletNames,
    ledger: &dyn OutletNames,
    disowning: &[Masthead],
) -> OutletFinding {
    let key = folded(name);
    let known = table.outlets(&key);
    let mut bearers: Vec<Masthead> = ledger.outlets(&key);
    for alias in known.iter().map(|masthead| folded(&masthead.name)).filter(|alias| *alias != key) {
        bearers.extend(ledger.outlets(&alias));
    }
    bearers.sort();
    bearers.dedup();
    let finding = |identity, is_it: &dyn Fn(&Masthead) -> bool| {
        let (mut own, impostors): (Vec<_>, Vec<_>) = bearers.iter().cloned().partition(|bearer| is_it(bearer));
        let outlet = if own.is_empty() { None } else { Some(own.remove(0)) };
        let identity = if outlet.is_some() { identity } else { Identity::NotHeld };
        OutletFinding { identity, outlet, open: Vec::new(), impostors }
    };
    if is_host(name.trim()) {
        let host = name.trim().to_lowercase();
        return finding(Identity::Host, &|bearer| {
            bearer.domain.as_deref().is_some_and(|domain| registered(domain) == registered(&host))
        });
    }
    let owners: Vec<&str> = known.iter().filter_map(|masthead| masthead.domain.as_deref()).collect();
    if !owners.is_empty() {
        // A bearer without an address cannot be told from the outlet.
        return finding(Identity::Table, &|bearer| {
            bearer.domain.as_deref().is_none_or(|domain| owners.iter().any(|owner| is_one(owner, domain)))
        });
    }
    let real = disowning.iter().find(|masthead| folded(&masthead.name) == key && masthead.domain.is_some());
    if let Some(owner) = real.and_then(|masthead| masthead.domain.as_deref()) {
        return finding(Identity::Disowned, &|bearer| {
            bearer.domain.as_deref().is_none_or(|domain| is_one(owner, domain))
        });
    }
    let mut domains: Vec<&str> = bearers.iter().filter_map(|bearer| bearer.domain.as_deref()).collect();
    domains.dedup_by(|one, other| is_one(one, other));
    if domains.len() < 2 {
        return finding(Identity::OnlyOne, &|_| true);
    }
    OutletFinding { identity: Identity::Undecided, outlet: None, open: bearers, impostors: Vec::new() }
}

/// Whether two hosts belong to one outlet, as far as hosts show it.
fn is_one(one: &str, other: &str) -> bool {
    registered(one) == registered(other) || label(one).is_some_and(|owner| label(other) == Some(owner))
}

/// Words by which an article says that a page under its outlet's name is not the outlet's; in text order.
pub fn disowned(report: &Report, sentences: &[TextRange]) -> Vec<Quoted> {
    const PHRASES: &[&str] = &[
        "is not ours",
        "are not ours",
        "was not ours",
        "published no such",
        "did not publish",
        "never published",
        "looks like this newspaper’s and is not",
        "a fake page",
        "a fake site",
        "a fake website",
        "a cloned page",
        "a clone of our",
        "an imitation of our",
        "impersonat",
    ];
    let own = report.outlet.as_deref().map(folded).unwrap_or_default();
    let ours = |words: &str| {
        let named = tokens(words, TextRange::new(0, words.len() as u32));
        let all: String = named.iter().filter(|token| !token.mark).map(|token| token.lower.as_str()).collect();
        (!own.is_empty() && all.contains(&own))
            || named.iter().any(|token| token.is_any(&["our", "ours", "us", "we", "this"]))
    };
    let says = |sentence: &&TextRange| {
        sentence.slice(&report.text).is_some_and(|words| {
            let lower = words.to_lowercase();
            PHRASES.iter().any(|phrase| lower.contains(phrase)) && ours(words)
        })
    };
    sentences.iter().filter(says).filter_map(|sentence| Quoted::new(&report.text, *sentence).ok()).collect()
}

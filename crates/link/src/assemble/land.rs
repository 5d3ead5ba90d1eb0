//! Countries and peoples as the reports name them, and the bodies of their governments under one key each: "the Tarvian general staff" and "the
//! General Staff of Tarvia". A country is what has a ministry, an army or a government by the reports' own words; no list of countries.

use std::collections::BTreeMap;

use onrecord_annotate::PartyKind as Kind;

use super::names::{folded, side, words};
use super::seat::{is_of_command, side_word};
use crate::Report;
use crate::position::PartyKey;

/// The forms of each land's name, by its stem, with how much speaks for taking each as its name.
#[derive(Default)]
pub(super) struct Lands {
    forms: BTreeMap<String, BTreeMap<String, usize>>,
}

/// What a form that acts as a party, or owns with an apostrophe, outweighs adjectives by.
const AS_NAME: usize = 100;

impl Lands {
    /// The lands of which the reports name a body, or which act as governments.
    pub(super) fn of(reports: &[&Report]) -> Self {
        let mut lands = Self::default();
        for record in reports.iter().flat_map(|report| &report.records) {
            for source in &record.source {
                let written = source.words();
                if let Some(word) = side_word(written).filter(|_| is_of_command(written)) {
                    let owns = written.contains(&format!("{word}'")) || written.contains(&format!("{word}\u{2019}"));
                    lands.note(word, if owns || written.contains(&format!("of {word}")) { AS_NAME } else { 1 });
                }
            }
            let party = record.speaker.as_ref().and_then(|speaker| speaker.finding.party());
            if let Some(party) = party.filter(|party| party.kind == Kind::Government && party.named)
                && let [(_, word)] = words(&party.name).as_slice()
            {
                lands.note(word, AS_NAME);
            }
        }
        lands
    }

    fn note(&mut self, word: &str, weight: usize) {
        if let Some(stem) = side(word) {
            *self.forms.entry(stem).or_default().entry(word.to_lowercase()).or_default() += weight;
        }
    }

    /// The name of the land that a single word means; `None` for other words.
    pub(super) fn name(&self, word: &str) -> Option<String> {
        let mut all = words(word).into_iter().filter(|(_, word)| !word.eq_ignore_ascii_case("the"));
        let (Some((_, one)), None) = (all.next(), all.next()) else { return None };
        let forms = self.forms.get(&side(one)?)?;
        let best = forms
            .iter()
            .max_by_key(|(form, weight)| (**weight, std::cmp::Reverse(form.len()), std::cmp::Reverse(*form)));
        best.map(|(form, _)| form.clone())
    }

    /// The government under which a body or a land stands, and the stem of its side.
    pub(super) fn government(&self, written: &str) -> Option<(PartyKey, String)> {
        let word = if is_of_command(written) { side_word(written).unwrap_or(written) } else { written };
        let name = self.name(word)?;
        Some((government(&name), side(words(word).last()?.1)?))
    }

    /// The key of a body by its written name: the land first, then what it is, one word order for both ways of naming it.
    pub(super) fn body(&self, written: &str) -> String {
        let name = folded(written);
        if !is_of_command(written) {
            return name;
        }
        let word = side_word(written);
        let land = word.and_then(|word| self.name(word));
        let lower = word.map(folded).unwrap_or_default();
        let mut rest: Vec<&str> = name.split(' ').filter(|token| land.is_none() || *token != lower).collect();
        rest.retain(|token| *token != "the" && !(land.is_some() && *token == "affairs"));
        for token in &mut rest {
            if *token == "defense" {
                *token = "defence";
            }
        }
        while rest.last().is_some_and(|last| *last == "of") {
            rest.pop();
        }
        // "Ministry of Water" and "the water ministry".
        if rest.len() == 3 && rest[1] == "of" && rest[0] == "ministry" {
            rest = vec![rest[2], rest[0]];
        }
        let rest = rest.join(" ");
        match land {
            Some(land) if rest == "government" || rest == "government of" => format!("government of {land}"),
            Some(land) => format!("{land} {rest}"),
            None => rest,
        }
    }
}

/// The key of the government of a land.
pub(super) fn government(name: &str) -> PartyKey {
    PartyKey::new(format!("government of {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lands() -> Lands {
        let mut lands = Lands::default();
        lands.note("Tarvia", AS_NAME);
        lands.note("Tarvian", 1);
        lands.note("Ostrov", 1);
        lands
    }

    #[test]
    fn bodies_have_one_key() {
        let lands = lands();
        let check = |written: &str, expect: &str| assert_eq!(lands.body(written), expect, "{written}");
        for written in ["the General Staff of Tarvia", "Tarvia's general staff", "The Tarvian General Staff"] {
            check(written, "tarvia general staff");
        }
        check("the Tarvian government", "government of tarvia");
        check("the government of Tarvia", "government of tarvia");
        check("Ostrov's defense ministry", "ostrov defence ministry");
        check("the Ministry of Water", "water ministry");
        check("the Harrow police", "harrow police");
        assert_eq!(lands.name("Tarvian").as_deref(), Some("tarvia"));
        assert_eq!(lands.name("Harrow"), None);
        assert_eq!(lands.government("the Tarvian coastguard").map(|(key, _)| key), Some(government("tarvia")));
    }
}

//! What an export needs of the attributions behind a claim: how sure they are, who of their speakers is a private person, which places they name. Not the record itself.

use onrecord_annotate::parties::PartyKind;
use onrecord_annotate::places::{Place, PlaceOutcome};
use onrecord_record::{AttributionRecord, PartyFinding};

/// Of one attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Notes {
    /// Score of the reading model.
    pub score: f64,
    /// The people among its speakers, and whether they are private.
    pub people: Vec<(String, bool)>,
    /// The places of its content that are settled, with their share among all bearers of the name, the words, and where they stand in bytes.
    pub places: Vec<NamedPlace>,
}

/// A place with the words that name it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPlace {
    /// The place.
    pub place: Place,
    /// Its share among all bearers of the name, 0 to 1.
    pub confidence: f64,
    /// The words.
    pub words: String,
}

impl Notes {
    pub(crate) fn of(record: &AttributionRecord) -> Self {
        let candidates = record.speaker.iter().flat_map(|speaker| {
            let finding = &speaker.finding;
            finding.candidates.iter().map(|candidate| &candidate.party).chain(&finding.together)
        });
        let people = candidates.filter(|party| party.kind == PartyKind::Person && party.named);
        let places = record.places.iter().filter_map(|detail| {
            let place = detail.finding.chosen()?;
            let PlaceOutcome::Chosen { confidence } = detail.finding.outcome else { return None };
            Some(NamedPlace { place: place.clone(), confidence, words: detail.words.words().to_owned() })
        });
        Self {
            score: (f64::from(record.score) * 1000.0).round() / 1000.0,
            people: people.map(|party| (party.name.clone(), is_private(party))).collect(),
            places: places.collect(),
        }
    }
}

/// A person of whom the article states no office, no body that the person speaks or stands for, and no side: in doubt, a private person.
pub fn is_private(party: &PartyFinding) -> bool {
    party.kind == PartyKind::Person
        && party.offices.is_empty()
        && party.stands_for.is_none()
        && party.owner.is_none()
        && party.side.is_none()
}

/// Who is private by what the attributions of a claim say, and under which names.
#[derive(Clone, Debug, Default)]
pub struct People {
    private: Vec<String>,
    known: Vec<String>,
}

impl People {
    pub(crate) fn add(&mut self, notes: &Notes) {
        for (name, is_private) in &notes.people {
            let names = if *is_private { &mut self.private } else { &mut self.known };
            let name = name.to_lowercase();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }

    /// A party's name as it may be shown: initials where it is that of a private person and of nobody else.
    pub fn shown(&self, name: &str, full_names: bool) -> String {
        let folded = name.to_lowercase();
        let is = |names: &[String]| names.iter().any(|known| is_one(known, &folded));
        if !full_names && is(&self.private) && !is(&self.known) { crate::care::initials(name) } else { name.to_owned() }
    }
}

/// Whether two names are one, or one the end of the other: "Keld" of "Tobias Keld".
fn is_one(one: &str, other: &str) -> bool {
    let ends =
        |long: &str, short: &str| long == short || long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    ends(one, other) || ends(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_people_get_initials() {
        let mut people = People::default();
        let notes = |name: &str, is_private: bool| Notes {
            score: 0.9,
            people: vec![(name.to_owned(), is_private)],
            places: vec![],
        };
        people.add(&notes("Lene Oduya", true));
        people.add(&notes("Ilse Marn", false));
        people.add(&notes("Marn", true));
        let check = |name: &str, expect: &str| assert_eq!(people.shown(name, false), expect);
        check("Lene Oduya", "L. O.");
        check("Oduya", "O.");
        check("Ilse Marn", "Ilse Marn");
        check("Marn", "Marn");
        check("Harbour Board", "Harbour Board");
        assert_eq!(people.shown("Lene Oduya", true), "Lene Oduya");
    }
}

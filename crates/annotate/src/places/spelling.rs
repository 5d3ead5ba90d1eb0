//! Names that stand in the gazetteer in another form: letters for a name, Slavic cases, other vowels. Not which place they mean.

use std::collections::HashMap;

use super::file::{Bearer, Bearers};
use super::find::{Findings, Found, MIN_SKELETON, Page};
use super::fold::skeleton;
use super::words::{Case, Gap};

impl Page<'_> {
    /// What the letters of the word stand for: by the table, or by the text ("Vellburg North Shore (VNS)").
    pub(super) fn short(&self, index: usize, findings: &Findings) -> Option<Vec<Bearer>> {
        let letters = self.letters(index);
        let row = self.gazetteer.acronym(&letters);
        row.map(|row| vec![Bearer { row, lesser: false }]).or_else(|| findings.short.get(&letters).cloned())
    }

    pub(super) fn find_short(&self, index: usize, bearers: Vec<Bearer>, findings: &mut Findings) -> usize {
        let (word, past) = (&self.words[index], index + 1);
        if self.text.get(word.range.end as usize..).is_some_and(|rest| rest.starts_with('$')) {
            return past;
        }
        // "Washington, D.C." is one name.
        if let Some(last) = findings.found.last_mut()
            && last.words.1 == index
            && word.before == Gap::Comma
            && last.bearers.iter().any(|bearer| bearers.contains(bearer))
        {
            last.range = last.range.hull(word.range);
            last.words.1 = past;
            last.bearers = bearers;
            return past;
        }
        let mut found =
            self.found((index, past), word.key.clone(), Bearers { common: false, list: bearers }, Vec::new());
        found.modifies = self.modifies(past).then(|| self.words.get(past).map(|next| next.range)).flatten();
        found.strength = found.strength.max(3);
        findings.found.push(found);
        past
    }

    /// Notes the letters in brackets behind a name that are its words' first ones.
    pub(super) fn note_short(&self, found: &Found, short: &mut HashMap<String, Vec<Bearer>>) {
        let (first, past) = found.words;
        let Some(next) = self.words.get(past).filter(|next| next.before == Gap::Open && next.case == Case::Upper)
        else {
            return;
        };
        let letters = self.letters(past);
        let firsts = |all: bool| -> String {
            let words = self.words[first..past].iter().filter(|word| all || word.is_named());
            words.filter_map(|word| word.key.chars().next()).flat_map(char::to_uppercase).collect()
        };
        if past - first > 1 && next.range.len() > 1 && (letters == firsts(true) || letters == firsts(false)) {
            short.entry(letters).or_insert_with(|| found.bearers.clone());
        }
    }

    /// A name without bearers that shares its consonants with one, where its neighbours leave no doubt that it is a place.
    pub(super) fn find_alike(&self, index: usize, findings: &mut Findings) -> usize {
        let word = &self.words[index];
        if word.case != Case::Capital || word.key.len() < MIN_SKELETON || word.begins_sentence() {
            return index + 1;
        }
        let Some(bases) = self.spellings(&word.key) else { return index + 1 };
        let found = self.found((index, index + 1), word.key.clone(), bases.0, bases.1);
        if found.strength >= 2 && self.part_of_name(index, index + 1, &found, findings.found.last()).is_none() {
            findings.found.push(found);
        }
        index + 1
    }

    /// Bearers of a Cyrillic word's base form, or of a Latin word's consonants.
    pub(super) fn spellings(&self, key: &str) -> Option<(Bearers, Vec<Bearer>)> {
        if key.is_ascii() {
            let alike = self.alike(key, &[]);
            return (!alike.is_empty()).then(|| (Bearers::default(), alike));
        }
        if !key.chars().all(|letter| ('а'..='ґ').contains(&letter)) {
            return None;
        }
        // Cases of Ukrainian and Russian: the ending goes, and the base forms' endings are tried.
        for ending in ["ою", "ої", "ом", "ем", "ой", "ей", "ах", "у", "ю", "а", "я", "е", "і", "и", "ы", "ь"]
        {
            let Some(stem) = key.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) else { continue };
            for base in ["", "а", "я", "о", "е", "ь", "и", "ы", "і"] {
                let bearers = self.gazetteer.bearers(&format!("{stem}{base}"));
                if !bearers.list.is_empty() {
                    return Some((bearers, Vec::new()));
                }
            }
        }
        None
    }

    pub(super) fn alike(&self, key: &str, known: &[Bearer]) -> Vec<Bearer> {
        let bones = skeleton(key);
        if bones.len() < 4 {
            return Vec::new();
        }
        let mut alike = self.gazetteer.bearers(&format!("\u{1}{bones}")).list;
        alike.retain(|bearer| !known.iter().any(|known| known.row == bearer.row));
        // Consonants alone join too much: the same number of syllables, and the same first sound.
        let syllables = syllables(key);
        alike.retain(|bearer| {
            self.gazetteer.name(bearer.row).is_some_and(|name| {
                let name = super::fold::fold(&name);
                syllables == self::syllables(&name)
                    && name.is_char_boundary(1)
                    && skeleton(&name[..1]) == skeleton(&key[..1])
            })
        });
        alike
    }
}

/// How often a vowel begins.
fn syllables(key: &str) -> usize {
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let letters: Vec<_> = key.chars().collect();
    letters.iter().enumerate().filter(|(at, letter)| vowel(**letter) && (*at == 0 || !vowel(letters[at - 1]))).count()
}

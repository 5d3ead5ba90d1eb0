//! Two revisions of one article: the changes of the text, those of its attributions, and whether they are noted. Not the notes
//! themselves ([`super::note`]).

use std::collections::BTreeSet;

use onrecord_evidence::{AttributionId, Diagnostic, Quoted, RevisionId, TextRange};
use onrecord_record::AttributionRecord;
use serde::{Deserialize, Serialize};

use super::align::{Pair, align};
use super::attributions::{AttributionChange, Fate, map};
use super::classify::{ChangeClass, classify};
use super::diff::{Hunk, hunks};
use super::note::{Note, NoteKind, NoteOf, notes};
use super::sentence::{Sentence, sentences_of, words_of};
use crate::Report;

/// In which text of a revision words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In the stated headline, which is no part of the text; ranges count in it.
    Headline,
    /// In the text.
    Text,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind of change.
    pub class: ChangeClass,
    /// Where.
    pub place: Place,
    /// The words of the older revision; `None` where nothing stood.
    pub before: Option<Quoted>,
    /// The words of the newer revision; `None` where nothing stands.
    pub after: Option<Quoted>,
    /// The sentence of the older revision.
    pub older: Option<TextRange>,
    /// The sentence of the newer revision.
    pub newer: Option<TextRange>,
    /// The attributions of the older revision whose words it touches, in text order.
    pub before_attributions: Vec<AttributionId>,
    /// The attributions of the newer revision whose words it touches, in text order.
    pub after_attributions: Vec<AttributionId>,
}

/// Whether the newer revision says that something was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noting {
    /// Nothing changed but trivially.
    Unchanged,
    /// It says nothing: a silent edit.
    Silent,
    /// A note that the older one had not says so.
    Noted,
}

/// Two revisions of one article beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revising {
    /// The older revision.
    pub older: RevisionId,
    /// The newer revision.
    pub newer: RevisionId,
    /// The changes, by where they stand: headline first, then the newer text; what was removed behind.
    pub changes: Vec<Change>,
    /// The attributions, those of the newer text first, then those that were removed.
    pub attributions: Vec<AttributionChange>,
    /// The notes of the newer text that the older one had not.
    pub notes: Vec<Note>,
    /// Whether the change is noted.
    pub noting: Noting,
    /// The words by which the whole article is withdrawn; `None` where it is not.
    pub withdrawn: Option<Quoted>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

impl Revising {
    /// The changes that are not trivial.
    pub fn telling(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| !change.class.is_trivial())
    }

    /// The attributions that did not stay as they were.
    pub fn touched(&self) -> impl Iterator<Item = &AttributionChange> {
        self.attributions.iter().filter(|change| !matches!(change.fate, Fate::Kept | Fate::Moved))
    }
}

/// Compares two revisions of one article, the older first.
///
/// Time grows with the length of the texts; gaps between unchanged sentences and long sentences are capped.
///
/// Diagnostics: `revision-left-out`, a text has more than 4,096 sentences, or too many changed ones to compare each with each.
pub fn compare(older: &Report, newer: &Report) -> Revising {
    let ((old, old_cut), (new, new_cut)) = (sentences_of(older), sentences_of(newer));
    let alignment = align(&old, &new);
    let mut found = Comparison { older, newer, old: &old, new: &new, changes: Vec::new() };
    found.headline();
    found.text(&alignment.pairs);
    let mut changes = found.changes;
    let known: BTreeSet<String> = notes(older).into_iter().map(|note| note.words.words().to_owned()).collect();
    let notes: Vec<Note> = notes(newer).into_iter().filter(|note| !known.contains(note.words.words())).collect();
    for change in &mut changes {
        let in_note = |range: TextRange| notes.iter().any(|note| note.words.range().overlaps(range));
        if change.place == Place::Text && change.after.as_ref().is_some_and(|after| in_note(after.range())) {
            change.class = ChangeClass::Note;
        }
    }
    let attributions = map((&older.records, &old), (&newer.records, &new), &alignment.pairs);
    let telling = changes.iter().any(|change| !change.class.is_trivial());
    // A note of another story of the outlet says nothing about this one.
    let noted = notes.iter().any(|note| note.of == NoteOf::This || note.kind == NoteKind::Withdrawal);
    let noting = match (telling, noted) {
        (false, _) => Noting::Unchanged,
        (true, true) => Noting::Noted,
        (true, false) => Noting::Silent,
    };
    let withdrawn = notes
        .iter()
        .find(|note| note.kind == NoteKind::Withdrawal && note.whole && note.of == NoteOf::This)
        .map(|note| note.words.clone());
    let diagnostics = if old_cut || new_cut || alignment.cut {
        let message = "the two texts have too many sentences or too many changed ones; the first ones are compared";
        vec![Diagnostic::note("revision-left-out", message).at(newer.revision.to_string())]
    } else {
        Vec::new()
    };
    Revising {
        older: older.revision,
        newer: newer.revision,
        changes,
        attributions,
        notes,
        noting,
        withdrawn,
        diagnostics,
    }
}

struct Comparison<'a> {
    older: &'a Report,
    newer: &'a Report,
    old: &'a [Sentence],
    new: &'a [Sentence],
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// The headline where it is stated apart from the text.
    fn headline(&mut self) {
        let (Some(before), Some(after)) = (&self.older.title, &self.newer.title) else { return };
        if self.older.text.trim_start().starts_with(before.trim())
            || self.newer.text.trim_start().starts_with(after.trim())
        {
            return;
        }
        let words = |title: &str| words_of(title, TextRange::new(0, title.len() as u32), &mut false);
        let sentence =
            |title: &str| Sentence { range: TextRange::new(0, title.len() as u32), words: words(title), key: 0 };
        let (one, other) = (sentence(before), sentence(after));
        for hunk in hunks(&one.words, &other.words) {
            self.hunk(Place::Headline, (before, &one), (after, &other), &hunk);
        }
    }

    fn text(&mut self, pairs: &[Pair]) {
        let (older, newer) = (self.older, self.newer);
        let mut pairs = pairs.iter().peekable();
        let mut kept = BTreeSet::new();
        for (at, sentence) in self.new.iter().enumerate() {
            let Some(pair) = pairs.next_if(|pair| pair.newer == at) else {
                self.whole(ChangeClass::Addition, None, Some(sentence));
                continue;
            };
            kept.insert(pair.older);
            let old = &self.old[pair.older];
            if pair.moved {
                self.whole(ChangeClass::Order, Some(old), Some(sentence));
            }
            let found = hunks(&old.words, &sentence.words);
            if found.is_empty() && differs(old, sentence) {
                self.whole(ChangeClass::Layout, Some(old), Some(sentence));
            }
            for hunk in found {
                self.hunk(Place::Text, (&older.text, old), (&newer.text, sentence), &hunk);
            }
        }
        for (_, sentence) in self.old.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            self.whole(ChangeClass::Removal, Some(sentence), None);
        }
    }

    fn whole(&mut self, class: ChangeClass, old: Option<&Sentence>, new: Option<&Sentence>) {
        let before = old.and_then(|sentence| Quoted::new(&self.older.text, sentence.range).ok());
        let after = new.and_then(|sentence| Quoted::new(&self.newer.text, sentence.range).ok());
        let before_attributions = touched(&self.older.records, before.as_ref());
        let after_attributions = touched(&self.newer.records, after.as_ref());
        let (older, newer) = (old.map(|sentence| sentence.range), new.map(|sentence| sentence.range));
        self.changes.push(Change {
            class,
            place: Place::Text,
            before,
            after,
            older,
            newer,
            before_attributions,
            after_attributions,
        });
    }

    fn hunk(&mut self, place: Place, old: (&str, &Sentence), new: (&str, &Sentence), hunk: &Hunk) {
        let words = |sentence: &Sentence, range: &std::ops::Range<usize>| sentence.words[range.clone()].to_vec();
        let (left, right) = (words(old.1, &hunk.older), words(new.1, &hunk.newer));
        let span = |words: &[super::sentence::Word], text: &str| {
            let (first, last) = (words.first()?, words.last()?);
            Quoted::new(text, first.range.hull(last.range)).ok()
        };
        let (before, after) = (span(&left, old.0), span(&right, new.0));
        let mut class = classify(&left, &right, hunk.older.start == 0 || hunk.newer.start == 0);
        let (mut before_attributions, mut after_attributions) = (Vec::new(), Vec::new());
        if place == Place::Text {
            before_attributions = touched(&self.older.records, before.as_ref());
            after_attributions = touched(&self.newer.records, after.as_ref());
            let credits = credits(&self.older.records, before.as_ref()) || credits(&self.newer.records, after.as_ref());
            // Exchanged words that are mostly a credit change the source, whatever names and numbers are in it.
            if credits && matches!(class, ChangeClass::Wording | ChangeClass::Name) {
                class = ChangeClass::Source;
            }
        }
        let (older, newer) = (Some(old.1.range), Some(new.1.range));
        self.changes.push(Change {
            class,
            place,
            before,
            after,
            older,
            newer,
            before_attributions,
            after_attributions,
        });
    }
}

/// Whether two sentences of the same words are written differently.
fn differs(one: &Sentence, other: &Sentence) -> bool {
    one.words.iter().zip(&other.words).any(|(one, other)| one.written != other.written)
}

/// The attributions whose words overlap these.
fn touched(records: &[AttributionRecord], words: Option<&Quoted>) -> Vec<AttributionId> {
    let Some(range) = words.map(Quoted::range) else { return Vec::new() };
    let has = |record: &&AttributionRecord| {
        record.source.iter().chain(&record.cue).chain(&record.content).any(|span| span.range().overlaps(range))
    };
    near(records, range).iter().filter(has).map(|record| record.id).collect()
}

/// Whether words are part of who is credited or of the words that credit.
fn credits(records: &[AttributionRecord], words: Option<&Quoted>) -> bool {
    let Some(range) = words.map(Quoted::range) else { return false };
    near(records, range)
        .iter()
        .any(|record| record.source.iter().chain(&record.cue).any(|span| span.range().overlaps(range)))
}

/// Records whose cue stands near a range: their order is that of the cues.
fn near(records: &[AttributionRecord], range: TextRange) -> &[AttributionRecord] {
    /// An attribution's words are nearer to its cue than this, in bytes; what is farther is not looked at.
    const NEAR: u32 = 4096;
    let cue = |record: &AttributionRecord| record.cue.first().map_or(0, |cue| cue.range().start);
    let from = records.partition_point(|record| cue(record) < range.start.saturating_sub(NEAR));
    let to = records.partition_point(|record| cue(record) < range.end.saturating_add(NEAR));
    &records[from..to.max(from)]
}

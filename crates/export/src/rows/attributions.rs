//! One row an attribution. Not its reading: that is kept in the ledger.

use std::rc::Rc;

use onrecord_evidence::{CodePoints, Quoted, TextRange};
use onrecord_ledger::KeptAttribution;
use onrecord_record::AttributionRecord;
use onrecord_wire::{date_words, figure_words, place_words, speaker_words};
use serde_json::{Value, json};

use crate::Result;
use crate::evidence::Evidence;
use crate::notes::{Notes, People};
use crate::run::{Decided, Run};
use crate::table::{Cell, Columns as _, columns};
use crate::words::{one_line, word};

columns! {
    /// An attribution.
    pub struct Attribution {
        /// The attribution; the same spans in the same text have the same id.
        attribution: String,
        /// What is done: affirm, deny, decline, non-denial, ...
        act: String,
        /// The row of the act table that decided; permanent.
        act_rule: String,
        /// Who is credited, as written; a private person by initials; empty where nobody is.
        source: Option<String>,
        /// `written`, `unnamed`, or `none`.
        source_kind: String,
        /// Which party of the article that is, with office and side; candidates with a question mark where the words leave it open.
        speaker: Option<String>,
        /// Whether the speaker is settled.
        speaker_settled: Option<bool>,
        /// The words that signal it.
        cue: String,
        /// Base form of the cue's head verb; empty where the cue is a mark.
        cue_lemma: Option<String>,
        /// The words attributed; empty where the quotation cap was reached.
        content: Option<String>,
        /// Places of the source in the reading's text, in code points: [[first, one past the last], ...].
        source_spans: Vec<Value>,
        /// Places of the cue.
        cue_spans: Vec<Value>,
        /// Places of the content.
        content_spans: Vec<Value>,
        /// `direct`, `indirect` or `mixed` quotation.
        manner: String,
        /// How surely the content is held: certain, probable, possible, unknown.
        commitment: String,
        /// The hedge words that count for the whole content.
        hedges: Vec<String>,
        /// When it was said, as far as the words of its sentence state it.
        said: Vec<String>,
        /// When what it is about happened, by the dates of the content.
        happened: Vec<String>,
        /// The figures of the content.
        figures: Vec<String>,
        /// The places of the content.
        places: Vec<String>,
        /// How the utterance reached the article, as far as the words say.
        relay: Option<String>,
        /// Attributions whose contents hold this one, the outermost first.
        within: Vec<String>,
        /// Whether a reader should look at it: the reading model is so unsure that about half of such readings are wrong.
        is_unsure: bool,
    }
}

/// The row of an attribution of a current text.
pub(crate) fn row(
    run: &Run<'_>,
    kept: &KeptAttribution,
    points: &CodePoints<'_>,
    decided: &[Rc<Decided>],
) -> Result<Vec<Cell>> {
    let (own, evidence) = row_parts(run, kept, points);
    let provenance = run.base.decided(decided).sure(Some((f64::from(kept.record.score) * 1000.0).round() / 1000.0));
    Ok([own.cells(), evidence.cells(), provenance.cells()].concat())
}

/// What is said of an attribution, and where its words stand.
pub(crate) fn row_parts(run: &Run<'_>, kept: &KeptAttribution, points: &CodePoints<'_>) -> (Attribution, Evidence) {
    let record = &kept.record;
    let passage = passage(record);
    let words = passage.slice(points.text()).unwrap_or_default();
    let place = points.of(passage.start).zip(points.of(passage.end));
    let evidence = run.evidence(&kept.article, kept.revision, place, words);
    let mut people = People::default();
    people.add(&Notes::of(record));
    (own(run, record, points, &people, evidence.quote_cut), evidence)
}

/// From the first to the last word of source, cue and content.
pub(crate) fn passage(record: &AttributionRecord) -> TextRange {
    let spans = || record.source.iter().chain(&record.cue).chain(&record.content).map(Quoted::range);
    let sentence = record.sentence.range();
    let start = spans().map(|range| range.start).min().unwrap_or(sentence.start);
    TextRange::new(start, spans().map(|range| range.end).max().unwrap_or(sentence.end))
}

fn own(
    run: &Run<'_>,
    record: &AttributionRecord,
    points: &CodePoints<'_>,
    people: &People,
    is_cut: bool,
) -> Attribution {
    let full = run.asked.care.full_names;
    let spans = |quotes: &[Quoted]| {
        let places = quotes.iter().map(|quoted| points.of(quoted.range().start).zip(points.of(quoted.range().end)));
        places.flatten().map(|(start, end)| json!([start, end])).collect::<Vec<_>>()
    };
    let party = record.speaker.as_ref().and_then(|speaker| speaker.finding.party());
    // Words that credit a private person may say more than the name: who is private is then shown by the name's initials alone.
    let masked =
        party.map(|party| (party.name.clone(), people.shown(&party.name, full))).filter(|(name, shown)| name != shown);
    let speaker = match &masked {
        Some((_, initials)) => Some(initials.clone()),
        None => record.speaker.as_ref().map(speaker_words),
    };
    let source = record.who().map(|who| masked.as_ref().map_or(who, |(_, initials)| initials.clone()));
    let list = |words: Vec<String>| words;
    Attribution {
        attribution: record.id.to_string(),
        act: record.act.word().to_owned(),
        act_rule: record.act_rule.clone(),
        source,
        source_kind: word(&record.source_kind),
        speaker,
        speaker_settled: record.speaker.as_ref().map(|speaker| speaker.finding.decided),
        cue: one_line(&AttributionRecord::joined(&record.cue)),
        cue_lemma: record.cue_lemma(),
        content: (!is_cut).then(|| one_line(&AttributionRecord::joined(&record.content))),
        source_spans: spans(&record.source),
        cue_spans: spans(&record.cue),
        content_spans: spans(&record.content),
        manner: word(record.manner),
        commitment: word(record.commitment),
        hedges: record.hedge_words().into_iter().map(str::to_owned).collect(),
        said: list(record.said.iter().map(date_words).collect()),
        happened: list(record.happened.iter().map(date_words).collect()),
        figures: list(record.figures.iter().map(figure_words).collect()),
        places: list(record.places.iter().map(|place| place_words(&place.finding)).collect()),
        relay: record.relay.as_ref().map(|relay| word(relay.finding.kind)),
        within: record.within.iter().map(ToString::to_string).collect(),
        is_unsure: record.is_unsure(),
    }
}

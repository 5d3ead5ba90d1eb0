//! Tests of claims on invented news: pairs of statements, then reports that come one after the other.

mod joining;
mod pairs;
mod robust;

use onrecord_annotate::{Act, Commitment, Manner, Model, SentenceEncoder};
use onrecord_evidence::{ArticleId, AttributionId, Quoted, RevisionId, TextRange, Time, TimeSource};
use onrecord_record::{AttributionRecord, SourceKind};

use super::*;
use crate::Report;

const STEMS: &str = include_str!("../../../../../models/propositions/stems.txt");
const COMPARISON: &str = include_str!("../../../../../models/propositions/comparison.txt");
const ATTRIBUTION: &[u8] = include_bytes!("../../../../../models/attribution/weights.safetensors");
const VOCABULARY: &str = include_str!("../../../../../models/attribution/vocab.txt");
const SENTENCES: &[u8] = include_bytes!("../../../../../models/sentences/weights.safetensors");

/// The shipped tables and models.
struct Tools {
    table: StemTable,
    comparer: Comparer,
    encoder: SentenceEncoder,
}

impl Tools {
    fn shipped() -> Self {
        let model = Model::load(ATTRIBUTION, VOCABULARY).unwrap();
        Self {
            table: StemTable::parse(STEMS).unwrap(),
            comparer: Comparer::parse(COMPARISON).unwrap(),
            encoder: SentenceEncoder::load(SENTENCES, &model).unwrap(),
        }
    }

    fn statements(&self, report: &Report) -> Vec<Statement> {
        statements(report, StatementTools { table: &self.table, vectors: &self.encoder }).0
    }
}

/// A report of one article: `|` around the source, `<` `>` around the content, at most one attribution a line: `|Arno Vask| denied <that ...>`.
fn report(name: &str, day: Option<&str>, lines: &[(&str, Act)]) -> Report {
    let mut text = String::new();
    let mut found = Vec::new();
    for (line, act) in lines {
        let start = text.len();
        let mut marks = [0_usize; 4];
        let mut bars = 0;
        for letter in line.chars() {
            match letter {
                '|' => {
                    marks[bars.min(1)] = text.len();
                    bars += 1;
                }
                '<' => marks[2] = text.len(),
                '>' => marks[3] = text.len(),
                _ => text.push(letter),
            }
        }
        if marks[3] > 0 {
            let range = |start: usize, end: usize| TextRange::new(start as u32, end as u32);
            let sentence = range(start, text.len());
            let source = (bars == 2).then(|| range(marks[0], marks[1]));
            found.push((source, range(marks[2], marks[3]), sentence, *act));
        }
        text.push('\n');
    }
    let quoted = |range: TextRange| Quoted::new(&text, range).unwrap();
    let records = found.iter().map(|(source, content, sentence, act)| AttributionRecord {
        id: AttributionId::of_fields(&[name.as_bytes(), &content.start.to_be_bytes()]),
        source: source.iter().map(|range| quoted(*range)).collect(),
        // The helper's lines need no cue of their own; a record has one.
        cue: vec![quoted(TextRange::new(sentence.start, sentence.start + 1))],
        content: vec![quoted(*content)],
        sentence: quoted(*sentence),
        manner: Manner::Indirect,
        source_kind: if source.is_some() { SourceKind::Written } else { SourceKind::None },
        speaker: None,
        relay: None,
        within: Vec::new(),
        act: *act,
        act_rule: "default".to_owned(),
        act_evidence: Vec::new(),
        commitment: Commitment::Certain,
        hedges: Vec::new(),
        said: Vec::new(),
        happened: Vec::new(),
        figures: Vec::new(),
        places: Vec::new(),
        score: 0.9,
    });
    let records = records.collect();
    Report {
        article: ArticleId::of_fields(&[name.as_bytes()]),
        revision: RevisionId::of_fields(&[name.as_bytes()]),
        outlet: None,
        domain: None,
        published: day.map(|day| Time::parse(day, TimeSource::Meta).unwrap()),
        observed: Time::parse("2031-04-01", TimeSource::Received).unwrap(),
        title: None,
        blocks: Vec::new(),
        records,
        text,
    }
}

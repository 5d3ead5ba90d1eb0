//! The form in which attributions are scored: one JSON object a document, spans in code points. Not a full export.

use serde::Serialize;

use onrecord_annotate::{Act, Commitment, Manner};
use onrecord_evidence::{CodePoints, Quoted};
use onrecord_record::AttributionRecord;

#[derive(Serialize)]
struct Document<'a> {
    doc: &'a str,
    attributions: Vec<Attribution>,
}

#[derive(Serialize)]
struct Attribution {
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    act: Act,
    manner: Manner,
    commitment: Commitment,
}

/// The line of one document, without its line break; offsets are code points of `text`, the end exclusive.
pub fn spans_line(doc: &str, text: &str, records: &[AttributionRecord]) -> String {
    let points = CodePoints::new(text);
    let pairs = |spans: &[Quoted]| {
        let pair = |span: &Quoted| Some([points.of(span.range().start)?, points.of(span.range().end)?]);
        spans.iter().filter_map(pair).collect()
    };
    let attributions = records
        .iter()
        .map(|record| Attribution {
            source: pairs(&record.source),
            cue: pairs(&record.cue),
            content: pairs(&record.content),
            act: record.act,
            manner: record.manner,
            commitment: record.commitment,
        })
        .collect();
    serde_json::to_string(&Document { doc, attributions }).unwrap_or_default()
}

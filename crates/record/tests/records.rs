//! From layers to records, and what answers what: one marked text a case.

use onrecord_annotate::{Act, ActFinding, AttributionSpans, Commitment, HedgeSpan, HedgedBy, Layers, Manner};
use onrecord_evidence::{ArticleId, Block, BlockKind, OffsetMap, Reading, TextRange};
use onrecord_record::{AttributionRecord, RecordError, SourceKind, answers, records};
use onrecord_testkit::Marked;

/// One attribution for each line of marked text; the label of the cue is `cue`, or the act in letters (`deny`).
fn layers(lines: &[&str]) -> (String, Layers) {
    let mut text = String::new();
    let mut layers = Layers::default();
    for line in lines {
        let offset = text.len() as u32;
        let marked = Marked::parse(line);
        let ranges = |label: &str| -> Vec<TextRange> {
            let moved = |range: TextRange| TextRange::new(range.start + offset, range.end + offset);
            marked.ranges(label).into_iter().map(moved).collect()
        };
        let denied = ranges("deny");
        let act = if denied.is_empty() { Act::Affirm } else { Act::Deny };
        let cue = if denied.is_empty() { ranges("cue") } else { denied };
        let hedge = |range| HedgeSpan { range, by: HedgedBy::Outlet, commitment: Commitment::Possible };
        layers.sentences.push(TextRange::new(offset, offset + marked.text.len() as u32));
        layers.attributions.push(AttributionSpans {
            source: ranges("source"),
            content: ranges("content"),
            act: ActFinding { act, rule: "test".to_owned(), evidence: cue.clone() },
            cue,
            score: 0.9,
            commitment: Commitment::Certain,
            hedges: ranges("hedge").into_iter().map(hedge).collect(),
            manner: Manner::Indirect,
        });
        text.push_str(&marked.text);
        text.push('\n');
    }
    (text, layers)
}

fn reading(text: &str) -> Reading {
    let whole = TextRange::new(0, text.len() as u32);
    let blocks = vec![Block { range: whole, kind: BlockKind::Paragraph }];
    Reading::new(text.to_owned(), OffsetMap::identity(0, whole.end), blocks).expect("text and map fit")
}

fn kept(lines: &[&str]) -> Vec<AttributionRecord> {
    let (text, layers) = layers(lines);
    let (kept, refused) = records(ArticleId::of_fields(&[b"test"]), &reading(&text), &layers);
    assert_eq!(refused, []);
    kept
}

#[test]
fn every_span_is_quoted() {
    let kept =
        kept(&["[hedge: Reportedly] [source: two officials] [cue: said] [content: the call] [content: took place]."]);
    let words: Vec<&str> = kept[0].quotes().map(|quoted| quoted.words()).collect();
    let sentence = "Reportedly two officials said the call took place.";
    assert_eq!(words, ["two officials", "said", "the call", "took place", sentence, "said", "Reportedly"]);
    assert_eq!(AttributionRecord::joined(&kept[0].content), "the call … took place");
    assert!(matches!(kept[0].source_kind, SourceKind::Unnamed(_)));
}

#[test]
fn what_does_not_fit_the_text_is_refused_and_named() {
    let (text, mut layers) =
        layers(&["[source: She] [cue: said] [content: no]", "[source: He] [cue: said] [content: yes]"]);
    layers.attributions[0].content = vec![TextRange::new(3, 4_000)];
    layers.attributions.push(AttributionSpans { content: Vec::new(), ..layers.attributions[1].clone() });
    let (kept, refused) = records(ArticleId::of_fields(&[b"test"]), &reading(&text), &layers);
    assert_eq!(kept.len(), 1);
    assert!(matches!(refused[..], [RecordError::Span { index: 0, .. }, RecordError::NoEvidence(2)]), "{refused:?}");
}

#[test]
fn the_same_spans_have_the_same_id_and_others_another() {
    let line = "[source: She] [cue: said] [content: that it rained]";
    assert_eq!(kept(&[line])[0].id, kept(&[line])[0].id);
    assert_ne!(kept(&[line])[0].id, kept(&["[source: She] [cue: said] that [content: it rained]"])[0].id);
}

#[test]
fn a_denial_answers_the_saying_that_it_shares_words_with() {
    let check = |lines: &[&str], expect: &[(usize, usize)]| {
        let found: Vec<_> = answers(&kept(lines)).into_iter().map(|answer| (answer.by, answer.to)).collect();
        assert_eq!(found, expect, "{lines:?}");
    };
    let reported = "[source: The Courier] [cue: reported] [content: that the governor telephoned the harbour master]";
    let weather = "[source: A forecaster] [cue: said] [content: that storms would close the harbour]";
    let denied = "[source: A spokesman] [deny: denied] [content: that the governor had telephoned anybody]";
    check(&[reported, weather, denied], &[(2, 0)]);
    // A lead may deny what is told below it.
    check(&[denied, weather, reported], &[(0, 2)]);
    // Own words are no question, and one word in common says nothing.
    check(&[weather, denied], &[]);
    check(&["[source: The spokesman] [cue: said] [content: that the governor telephoned nobody]", denied], &[]);
}

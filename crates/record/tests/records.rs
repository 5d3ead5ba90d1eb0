//! From layers to records, and what answers what: one marked text a case.

use onrecord_annotate::figures::{FigureTable, figures};
use onrecord_annotate::{
    Act, ActFinding, AttributionSpans, Commitment, DateAnchors, DateExpression, HedgeSpan, HedgedBy, Layers, Manner,
    RelaySpans, RelayTable, dates, relays,
};
use onrecord_evidence::{ArticleId, Block, BlockKind, OffsetMap, Reading, TextRange};
use onrecord_record::{AttributionRecord, Detail, RecordError, SourceKind, answers, records};
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
}

/// What stands where, of one attribution whose layers are found by the shipped tables: `said | happened | figures | source kind | speaker`.
#[test]
fn findings_go_to_the_attribution_that_they_belong_to() {
    let check = |line: &str, number: usize, expect: &str| {
        let (text, mut layers) = layers(&line.lines().collect::<Vec<_>>());
        let anchors = DateAnchors { publication: Some(jiff::civil::date(2031, 3, 10)), ..DateAnchors::default() };
        layers.dates = dates(&text, &anchors).0;
        layers.dateline = text.find(" - ").map(|end| TextRange::new(0, end as u32));
        layers.figures = figures(&text, &layers.sentences, &figure_table()).0;
        let spans: Vec<RelaySpans<'_>> = layers
            .attributions
            .iter()
            .map(|AttributionSpans { source, cue, content, .. }| RelaySpans { source, cue, content })
            .collect();
        layers.relays = relays(&text, &layers.sentences, &spans, &relay_table());
        let (kept, refused) = records(ArticleId::of_fields(&[b"test"]), &reading(&text), &layers);
        assert_eq!(refused, []);
        let record = &kept[number];
        let dates = |dates: &[Detail<DateExpression>]| {
            dates.iter().map(|date| date.finding.value.timex.clone().unwrap_or_default()).collect::<Vec<_>>().join(" ")
        };
        let figures: Vec<&str> = record.figures.iter().map(|figure| figure.words.words()).collect();
        let kind = match &record.source_kind {
            SourceKind::None => "none".to_owned(),
            SourceKind::Written => "written".to_owned(),
            SourceKind::Unnamed(unnamed) => format!("{:?} {:?}", unnamed.number, unnamed.class),
        };
        let found = format!("{} | {} | {} | {kind}", dates(&record.said), dates(&record.happened), figures.join(" "));
        assert_eq!(found, expect, "{line}");
        assert!(record.quotes().all(|quoted| quoted.check(&text).is_ok()));
    };
    let denied = "[source: The ministry] [deny: denied] on Monday [content: that 84 drones fell on Thursday].";
    check(denied, 0, "2031-03-10 | 2031-03-06 | 84 | written");
    check("ORSEL, March 9 - [source: She] [cue: said] [content: it rained].", 0, " |  |  | written");
    let two = "[source: Two officials] [cue: said] on Sunday\n[source: a clerk] [cue: said] [content: that he left].";
    check(
        &two.replace("Sunday", "Sunday [content: that the port had closed]"),
        0,
        "2031-03-09 |  |  | Some(2) Official",
    );
    check("[content: It rained on Friday], [source: she] [cue: said].", 0, " | 2031-03-07 |  | written");
    check("[cue: Reportedly], [content: three ships sank in 2029].", 0, " | 2029 | three | none");
}

/// In one sentence, a date in the content of a neighbour is no date of this one.
#[test]
fn a_neighbours_date_stays_with_the_neighbour() {
    let line = "[source: He] [cue: said] [content: it rained on Friday].";
    let (text, mut layers) = layers(&[line, "[source: She] [cue: agreed] [content: so far]."]);
    layers.dates = dates(&text, &DateAnchors::default()).0;
    layers.sentences = vec![TextRange::new(0, text.trim_end().len() as u32)];
    let (kept, _) = records(ArticleId::of_fields(&[b"test"]), &reading(&text), &layers);
    assert_eq!(kept.iter().map(|record| record.said.len()).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(kept.iter().map(|record| record.happened.len()).collect::<Vec<_>>(), [1, 0]);
}

fn figure_table() -> FigureTable {
    FigureTable::parse(include_str!("../../../models/figures/figures.toml")).expect("the shipped table is whole")
}

fn relay_table() -> RelayTable {
    let lexicon = include_str!("../../../models/hedges/lexicon.toml");
    RelayTable::parse(lexicon, include_str!("../../../models/relay/relay.toml")).expect("the shipped tables are whole")
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

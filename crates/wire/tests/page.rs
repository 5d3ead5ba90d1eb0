//! The marked page: whatever an article says is text in it, and every reference in it leads somewhere.

use onrecord_annotate::{Act, ActFinding, AttributionSpans, Commitment, HedgeSpan, HedgedBy, Layers, Manner};
use onrecord_evidence::{ArticleId, Capture, MediaType, TextRange};
use onrecord_read::{Article, Known, Limits, read};
use onrecord_record::{AttributionRecord, records};
use onrecord_wire::{ArticleView, page, spans_line};

const HOSTILE: &str = "<script>alert(\"1\")</script>'\"&\u{202e}";

fn capture(text: &str, location: &str) -> Capture {
    Capture {
        bytes: text.into(),
        media_type: MediaType::Text,
        address: None,
        fetched: None,
        location: location.to_owned(),
        delivery: None,
    }
}

/// One attribution over the words given, which stand in `text`.
fn attribution(text: &str, source: &str, cue: &str, content: &str) -> AttributionSpans {
    let range = |words: &str| {
        let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}")) as u32;
        TextRange::new(start, start + words.len() as u32)
    };
    AttributionSpans {
        source: vec![range(source)],
        cue: vec![range(cue)],
        content: vec![range(content)],
        score: 0.5,
        act: ActFinding { act: Act::Deny, rule: "denied".to_owned(), evidence: vec![range(cue)] },
        commitment: Commitment::Possible,
        hedges: vec![HedgeSpan { range: range(source), by: HedgedBy::Outlet, commitment: Commitment::Possible }],
        manner: Manner::Indirect,
    }
}

fn article(capture: &Capture, known: &Known, spans: Vec<AttributionSpans>) -> (Article, Vec<AttributionRecord>) {
    let (article, diagnostics) = read(capture, known, &Limits::default());
    let article = article.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let whole = TextRange::new(0, article.reading.text().len() as u32);
    let layers = Layers { sentences: vec![whole], attributions: spans, ..Layers::default() };
    let (records, refused) = records(ArticleId::of_fields(&[b"test"]), &article.reading, &layers);
    assert_eq!(refused, []);
    (article, records)
}

#[test]
fn nothing_of_an_article_is_markup() {
    let text = format!("{HOSTILE} denied {HOSTILE} that a call took place.");
    let capture = capture(&text, HOSTILE);
    let known = Known { outlet: Some(HOSTILE.to_owned()), title: Some(HOSTILE.to_owned()), ..Known::default() };
    let (article, records) =
        article(&capture, &known, vec![attribution(&text, HOSTILE, "denied", "that a call took place")]);
    let page = page(&[ArticleView {
        capture: &capture,
        id: ArticleId::of_fields(&[b"test"]),
        article: &article,
        records: &records,
    }]);
    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains('\u{202e}'), "{page}");
    assert!(page.contains("default-src 'none'"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)"), "{page}");
    assert!(page.contains("unsure reading"), "a score of 0.5 is shown as unsure: {page}");
}

#[test]
fn every_reference_leads_somewhere() {
    let text = "The minister denied that a call took place. The mayor doubted it.";
    let spans = || {
        vec![
            attribution(text, "The minister", "denied", "that a call took place"),
            attribution(text, "The mayor", "doubted", "it"),
        ]
    };
    let captures = [capture(text, "one.txt"), capture(text, "two.txt")];
    let read: Vec<_> = captures.iter().map(|capture| article(capture, &Known::default(), spans())).collect();
    let views: Vec<_> = captures
        .iter()
        .zip(&read)
        .map(|(capture, (article, records))| ArticleView {
            capture,
            id: ArticleId::of_fields(&[b"test"]),
            article,
            records,
        })
        .collect();
    let page = page(&views);
    let values = |attribute: &str| -> Vec<String> {
        page.split(&format!(" {attribute}=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    };
    let ids = values("id");
    let references: Vec<_> = values("href").into_iter().map(|reference| reference.replacen('#', "", 1)).collect();
    assert_eq!(references.len(), 2 + 2 * 2 * 2, "a list of two articles, and a cue and a card for each attribution");
    for reference in &references {
        assert!(ids.contains(reference), "#{reference} leads nowhere in {page}");
    }
    let mut distinct = ids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), ids.len(), "an id stands twice");
    assert_eq!(page.matches("<main>").count(), 1);
}

#[test]
fn spans_for_scorers_count_code_points() {
    let text = "“Nein”, so Żeleński: denied that it rained.";
    let capture = capture(text, "a.txt");
    let (article, records) =
        article(&capture, &Known::default(), vec![attribution(text, "Żeleński", "denied", "that it rained")]);
    let line = spans_line("a", article.reading.text(), &records);
    assert!(line.contains("\"source\":[[11,19]],\"cue\":[[21,27]],\"content\":[[28,42]]"), "{line}");
}

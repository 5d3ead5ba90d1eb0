//! The sample stories against what a careful editor wrote down: who cites whom, where one origin comes back as two, which revisions change
//! what. Not the attribution model: where attributions are needed, they are those of the gold file.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests open the sample stories")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onrecord_annotate::{Act, Commitment, Manner};
use onrecord_evidence::{
    ArticleId, AttributionId, Capture, MediaType, Quoted, RevisionId, TextRange, Time, TimeSource,
};
use onrecord_link::Report;
use onrecord_link::citing::{
    Cited, CitingGraph, CitingKind, Masthead, Step, citings, disowned, folded, outlet_keys, outlet_of,
};
use onrecord_link::copies::Passages;
use onrecord_link::revision::{ChangeClass, NoteKind, NoteOf, Noting, Touched, compare, notes};
use onrecord_read::{Known, Limits};
use onrecord_record::{AttributionRecord, SourceKind};
use serde_json::Value;

#[path = "stories/rows.rs"]
mod rows;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn stories() -> Vec<PathBuf> {
    let list = |folder: &str| {
        let mut found: Vec<PathBuf> =
            std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.join("gold.json").is_file());
        found.sort();
        found
    };
    ["corpus", "tests/stories", "tests/stories/situations"].iter().flat_map(|folder| list(folder)).collect()
}

fn gold(story: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(story.join("gold.json")).unwrap()).unwrap()
}

/// The report that a gold row names: a file, or a line of `captures.jsonl`.
fn report(story: &Path, file: &str) -> Report {
    let (bytes, media_type) = match file.split_once(':') {
        Some((lines, number)) => {
            let text = std::fs::read_to_string(story.join(lines)).unwrap();
            let line = text.lines().nth(number.parse::<usize>().unwrap() - 1).unwrap().to_owned();
            (line.into_bytes(), MediaType::JsonRecord)
        }
        None => (std::fs::read(story.join(file)).unwrap(), MediaType::Html),
    };
    let capture =
        Capture { bytes, media_type, address: None, fetched: None, location: file.to_owned(), delivery: None };
    let (article, _) = onrecord_read::read(&capture, &Known::default(), &Limits::default());
    let article = article.unwrap();
    let metadata = &article.metadata;
    let address = metadata.address.as_ref().map(|address| address.value.clone());
    let domain = address.as_deref().and_then(|address| {
        let host = address.split("://").nth(1)?.split('/').next()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    });
    let published = metadata.published.as_ref().map(|time| time.value.clone());
    Report {
        article: ArticleId::of_fields(&[address.as_deref().unwrap_or(file).as_bytes()]),
        revision: RevisionId::of_fields(&[story.to_string_lossy().as_bytes(), file.as_bytes()]),
        outlet: metadata.outlet.as_ref().map(|outlet| outlet.value.clone()),
        domain,
        observed: published.clone().unwrap_or_else(|| Time::parse("2032-01-01", TimeSource::Meta).unwrap()),
        published,
        title: metadata.title.as_ref().map(|title| title.value.clone()),
        text: article.reading.text().to_owned(),
        blocks: article.reading.blocks().to_vec(),
        records: Vec::new(),
    }
}

fn reports(story: &Path) -> BTreeMap<String, Report> {
    let gold = gold(story);
    let files = gold["articles"].as_array().unwrap().iter().map(|article| article["file"].as_str().unwrap().to_owned());
    files.map(|file| (file.clone(), report(story, &file))).collect()
}

/// The outlets of a story's ledger by their keys.
fn ledger(reports: &BTreeMap<String, Report>) -> impl Fn(&str) -> Vec<Masthead> + use<> {
    let mut outlets: BTreeMap<String, Vec<Masthead>> = BTreeMap::new();
    for report in reports.values() {
        let Some(name) = report.outlet.clone() else { continue };
        let masthead = Masthead { name, domain: report.domain.clone(), agency: false };
        for key in outlet_keys(&masthead.name, masthead.domain.as_deref()) {
            let bearers = outlets.entry(key).or_default();
            bearers.push(masthead.clone());
            bearers.sort();
            bearers.dedup();
        }
    }
    move |key: &str| outlets.get(key).cloned().unwrap_or_default()
}

fn names(cited: &Cited) -> Vec<String> {
    match cited {
        Cited::Outlet(named) => vec![folded(&named.name)],
        Cited::OneOf(several) => several.iter().map(|named| folded(&named.name)).collect(),
        _ => Vec::new(),
    }
}

/// Of the citations of the gold files nearly all are found, and all that are found are there.
#[test]
fn citing_edges() {
    let (mut rows, mut found) = (0, 0);
    let mut wrong: Vec<String> = Vec::new();
    for story in stories() {
        let reports = reports(&story);
        let outlets = ledger(&reports);
        for article in gold(&story)["articles"].as_array().unwrap() {
            let report = &reports[article["file"].as_str().unwrap()];
            let citings = citings(report, Passages::of(report).credits(), &outlets);
            let empty = Vec::new();
            let expect: Vec<String> = article["cites"]
                .as_array()
                .unwrap_or(&empty)
                .iter()
                .map(|cite| folded(cite["outlet"].as_str().unwrap()))
                .collect();
            let is_it =
                |name: &String, expected: &String| expected.contains(name.as_str()) || name.contains(expected.as_str());
            for expected in &expect {
                rows += 1;
                found += usize::from(
                    citings.edges.iter().any(|edge| names(&edge.cited).iter().any(|name| is_it(name, expected))),
                );
            }
            for edge in &citings.edges {
                edge.words.check(&report.text).unwrap();
                // What a text is a copy of stands in another row.
                let credit = matches!(edge.kind, CitingKind::Credit | CitingKind::Dateline);
                for name in names(&edge.cited).into_iter().filter(|_| !credit) {
                    if !expect.iter().any(|expected| is_it(&name, expected)) {
                        wrong.push(format!("{}: {}", article["file"], edge.words.words()));
                    }
                }
            }
        }
    }
    assert!(rows >= 48, "{rows} rows");
    assert!(found + 1 >= rows, "{found} of {rows} citations are found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// One origin that comes back as two: the paper calls a copy of the agency's pickup "a second newspaper".
#[test]
fn one_origin_comes_back() {
    let story = root().join("tests/stories/border-call");
    let reports = reports(&story);
    let outlets = ledger(&reports);
    let first_of = |name: &str, before: &Report| {
        let held = reports
            .values()
            .filter(|report| report.article != before.article && report.observed.latest() <= before.observed.latest());
        let mut held: Vec<&Report> = held
            .filter(|report| report.outlet.as_deref().is_some_and(|outlet| folded(outlet).contains(name)))
            .collect();
        held.sort_by_key(|report| report.observed.latest());
        held.first().map(|report| report.revision)
    };
    let mut graph = CitingGraph::default();
    for report in reports.values() {
        for edge in citings(report, Passages::of(report).credits(), &outlets).edges {
            for name in names(&edge.cited) {
                if let Some(to) = first_of(&name, report) {
                    graph.add(Step { from: report.revision, to, words: vec![edge.words.clone()], named: true });
                }
            }
        }
    }
    let revision = |file: &str| reports[file].revision;
    // The copy without credit, as comparing the passages finds it.
    let (copy, pickup) = (revision("04-lowmark-daily-rewrite.html"), revision("02-corriden-pickup.html"));
    let text = &reports["04-lowmark-daily-rewrite.html"].text;
    let words = vec![Quoted::new(text, TextRange::new(0, 20)).unwrap()];
    graph.add(Step { from: copy, to: pickup, words, named: false });
    let returning = graph.returning(revision("09-grenmoor-free-press-second-newspaper.html"));
    let dial = revision("01-ferrath-dial-call.html");
    let back = returning.iter().find(|returning| returning.end == dial).expect("it ends at the Dial");
    let expect = [revision("09-grenmoor-free-press-second-newspaper.html"), copy, pickup, dial];
    assert!(back.chains.iter().any(|chain| chain.reports() == expect), "{back:#?}");
    assert!(graph.circles().is_empty());
}

/// A name on another domain is never the outlet, once the outlet says so; before that it is open.
#[test]
fn an_impostor_is_not_the_outlet() {
    let story = root().join("tests/stories/situations/cloned-outlet");
    let reports = reports(&story);
    let outlets = ledger(&reports);
    let none = |_: &str| Vec::new();
    let open = outlet_of("Harnell Post", &none, &outlets, &[]);
    assert_eq!((open.outlet, open.open.len()), (None, 2));
    let post = &reports["03-harnell-post-not-ours.html"];
    let blocks: Vec<TextRange> = post.blocks.iter().map(|block| block.range).collect();
    assert!(!disowned(post, &onrecord_annotate::sentences(&post.text, &blocks)).is_empty());
    let own = Masthead { name: post.outlet.clone().unwrap(), domain: post.domain.clone(), agency: false };
    let decided = outlet_of("Harnell Post", &none, &outlets, std::slice::from_ref(&own));
    assert_eq!(decided.outlet, Some(own));
    assert_eq!(decided.impostors.len(), 1);
    assert_ne!(decided.impostors[0].domain, post.domain);
}

/// An attribution of a gold file in a text; `None` where a span of it does not stand there.
fn record(text: &str, row: &Value) -> Option<AttributionRecord> {
    let spans = |value: &Value| -> Option<Vec<Quoted>> {
        let words: Vec<&str> = match value {
            Value::String(words) => vec![words.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let mut found: Vec<Quoted> = words.iter().map(|words| quoted(text, words)).collect::<Option<_>>()?;
        found.sort();
        Some(found)
    };
    let content = spans(&row["content"])?;
    let cue = spans(&row["cue"])?;
    let near = content.first()?.range().start;
    // The cue nearest to the content, not the first such word of the text.
    let cue = cue
        .iter()
        .filter_map(|cue| {
            let places = text.match_indices(cue.words()).map(|(at, _)| at as u32);
            let at = places.min_by_key(|at| at.abs_diff(near))?;
            Quoted::new(text, TextRange::new(at, at + cue.words().len() as u32)).ok()
        })
        .collect::<Vec<_>>();
    let act = Act::ALL.iter().copied().find(|act| Some(act.word()) == row["act"].as_str())?;
    let hedges = spans(&row["hedge"])?;
    let source = spans(&row["source"])?;
    let range = content.iter().chain(&cue).map(Quoted::range).reduce(TextRange::hull)?;
    Some(AttributionRecord {
        id: AttributionId::of_fields(&[text.as_bytes(), format!("{range:?}{cue:?}").as_bytes()]),
        source,
        sentence: Quoted::new(text, range).ok()?,
        cue,
        content,
        manner: Manner::Indirect,
        source_kind: SourceKind::Written,
        speaker: None,
        relay: None,
        within: Vec::new(),
        act,
        act_rule: "gold".to_owned(),
        act_evidence: Vec::new(),
        commitment: Commitment::Certain,
        hedges: hedges
            .into_iter()
            .map(|words| onrecord_record::Hedge {
                words,
                by: onrecord_annotate::HedgedBy::Outlet,
                scope: None,
                commitment: Commitment::Possible,
                of_whole: true,
            })
            .collect(),
        said: Vec::new(),
        happened: Vec::new(),
        figures: Vec::new(),
        places: Vec::new(),
        score: 1.0,
    })
}

fn quoted(text: &str, words: &str) -> Option<Quoted> {
    let at = text.find(words)? as u32;
    Quoted::new(text, TextRange::new(at, at + words.len() as u32)).ok()
}

/// Both captures of one address, with the attributions of the gold file.
fn revisions(story: &Path) -> [Report; 2] {
    let gold = gold(story);
    ["captures.jsonl:1", "captures.jsonl:2"].map(|file| {
        let mut report = report(story, file);
        let rows = gold["articles"].as_array().unwrap().iter().find(|article| article["file"] == file).unwrap();
        let text = report.text.clone();
        report.records = rows["attributions"].as_array().unwrap().iter().filter_map(|row| record(&text, row)).collect();
        report.records.sort_by_key(|record| record.cue.first().map(Quoted::range));
        report
    })
}

#[test]
fn a_silent_edit() {
    let [older, newer] = revisions(&root().join("corpus/dam-failure"));
    let revising = compare(&older, &newer);
    assert_eq!(revising.noting, Noting::Silent);
    assert_eq!(revising.withdrawn, None);
    let classes: Vec<(ChangeClass, &str, &str)> = revising
        .changes
        .iter()
        .map(|change| {
            let words = |quoted: &Option<Quoted>| {
                quoted.as_ref().map_or("", |quoted| Box::leak(quoted.words().to_owned().into_boxed_str()))
            };
            (change.class, words(&change.before), words(&change.after))
        })
        .collect();
    let has = |expect: (ChangeClass, &str, &str)| assert!(classes.contains(&expect), "{expect:?} in {classes:#?}");
    has((ChangeClass::Figure, "127", "96"));
    has((ChangeClass::Hedge, "allegedly", ""));
    has((ChangeClass::Typo, "accomodation", "accommodation"));
    assert_eq!(revising.telling().filter(|change| change.class == ChangeClass::Figure).count(), 2);
    assert_eq!(revising.telling().filter(|change| change.class == ChangeClass::Hedge).count(), 2);
    assert_eq!(revising.telling().count(), 4, "{classes:#?}");
    let figures: Vec<_> = revising.touched().filter(|change| change.touched.contains(&Touched::Figure)).collect();
    assert!(!figures.is_empty());
}

#[test]
fn an_edit_with_a_note() {
    let story = root().join("tests/stories/border-call");
    let [older, newer] = revisions(&story);
    let revising = compare(&older, &newer);
    let row = &gold(&story)["revisions"][0];
    assert_eq!(revising.noting, Noting::Noted);
    assert_eq!(revising.notes.len(), 1);
    assert_eq!(
        (revising.notes[0].kind, revising.notes[0].words.words()),
        (NoteKind::Update, row["note_words"].as_str().unwrap())
    );
    // Every change of the gold row is one of the changes of the text or of the attributions.
    for change in row["changes"].as_array().unwrap() {
        let stands = |side: &str, words: &dyn Fn(&str) -> bool| change[side].as_str().is_none_or(words);
        let shown = |after: bool, expect: &str| {
            let quoted = revising
                .changes
                .iter()
                .filter_map(|change| if after { change.after.as_ref() } else { change.before.as_ref() });
            let attributed = revising.touched().flat_map(|change| if after { &change.after } else { &change.before });
            quoted.chain(attributed).any(|quoted| expect.contains(quoted.words()) || quoted.words().contains(expect))
        };
        assert!(stands("before", &|words| shown(false, words)), "{change}");
        assert!(stands("after", &|words| shown(true, words)), "{change}");
    }
}

#[test]
fn noted_changes() {
    let story = root().join("corpus/dam-failure");
    for row in gold(&story)["noted_changes"].as_array().unwrap() {
        let report = report(&story, row["file"].as_str().unwrap());
        let words = row["words"].as_str().unwrap();
        let found = notes(&report);
        let note = found
            .iter()
            .find(|note| note.words.words().contains(words))
            .unwrap_or_else(|| panic!("{words}: {found:#?}"));
        let kind = if row["kind"] == "correction" { NoteKind::Correction } else { NoteKind::Withdrawal };
        assert_eq!(note.kind, kind);
        assert_eq!(note.whole, kind == NoteKind::Withdrawal);
        assert!(matches!(note.of, NoteOf::Story { date: Some(_), .. }), "{note:#?}");
    }
    // Nobody else of the story withdraws or corrects anything.
    let all = reports(&story);
    let noting = all.iter().filter(|(_, report)| notes(report).iter().any(|note| note.kind <= NoteKind::Correction));
    let files: Vec<&str> = noting.map(|(file, _)| file.as_str()).collect();
    assert_eq!(files, ["08-northline-toll-127-corrected.html", "09-halyard-withdrawal.html"]);
}

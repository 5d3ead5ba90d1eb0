//! Citing as marked sentences: `[kind: words]` in an article of the Vint Observer.

use onrecord_evidence::{ArticleId, Diagnostic, Quoted, RevisionId, TextRange, Time, TimeSource};
use onrecord_testkit::Marked;
use proptest::prelude::*;

use super::*;
use crate::Report;
use crate::copies::Passages;

fn report(text: &str) -> Report {
    let time = |text: &str| Time::parse(text, TimeSource::Meta).unwrap();
    Report {
        article: ArticleId::of_fields(&[b"vint"]),
        revision: RevisionId::of_fields(&[b"vint"]),
        outlet: Some("The Vint Observer".to_owned()),
        domain: Some("vintobserver.example".to_owned()),
        published: Some(time("2031-03-07")),
        observed: time("2031-03-07"),
        title: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        records: Vec::new(),
    }
}

fn outlets(key: &str) -> Vec<Masthead> {
    let known = [
        ("Northline", "northline.example"),
        ("Hallin Dial", "hallindial.example"),
        ("Concord Press", "concord.example"),
    ];
    let held = known.iter().filter(|(name, domain)| outlet_keys(name, Some(domain)).iter().any(|held| held == key));
    held.map(|(name, domain)| Masthead { name: (*name).to_owned(), domain: Some((*domain).to_owned()), agency: false })
        .collect()
}

fn found(text: &str) -> Citings {
    let report = report(text);
    citings(&report, Passages::of(&report).credits(), &outlets)
}

fn shown(cited: &Cited) -> String {
    match cited {
        Cited::Outlet(named) => named.name.clone(),
        Cited::OneOf(several) => several.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(" or "),
        Cited::UnnamedOutlet(_) => "an outlet".to_owned(),
        Cited::Agencies => "agencies".to_owned(),
        Cited::UnnamedSources(words) => words.words().to_owned(),
    }
}

/// Every edge in order: its kind, its words, whom it leads to, and the number of the edge behind which it stands.
fn check(text: &str, expect: &[(&str, &str, &str, Option<usize>)]) {
    let edges = found(text).edges;
    let kind = |kind: CitingKind| format!("{kind:?}");
    let shown: Vec<_> = edges
        .iter()
        .map(|edge| (kind(edge.kind), edge.words.words().to_owned(), shown(&edge.cited), edge.through))
        .collect();
    let expect: Vec<_> = expect
        .iter()
        .map(|(kind, words, cited, through)| ((*kind).to_owned(), (*words).to_owned(), (*cited).to_owned(), *through))
        .collect();
    assert_eq!(shown, expect, "{text}");
    edges.iter().for_each(|edge| edge.words.check(text).unwrap());
}

#[test]
fn kinds_by_their_words() {
    check(
        "The gate is shut, the Hallin Dial reported on Monday.",
        &[("Reported", "Hallin Dial reported", "Hallin Dial", None)],
    );
    check("According to Northline, the gate is shut.", &[("AccordingTo", "According to Northline", "Northline", None)]);
    check("The gate is shut, a guard told Northline.", &[("Told", "told Northline", "Northline", None)]);
    check(
        "He said so in an interview with the Hallin Dial.",
        &[("Interview", "interview with the Hallin Dial", "Hallin Dial", None)],
    );
    check(
        "It was first reported by the Hallin Dial.",
        &[("FirstReportedBy", "first reported by the Hallin Dial", "Hallin Dial", None)],
    );
    check(
        "The gate is shut, as the Hallin Dial reported earlier.",
        &[("Reported", "Hallin Dial reported", "Hallin Dial", None)],
    );
    check(
        "The Hallin Dial was first with the news.",
        &[("FirstReportedBy", "Hallin Dial was first", "Hallin Dial", None)],
    );
    check("Northline confirmed it.", &[("HeardToo", "Northline confirmed", "Northline", None)]);
    check(
        "Northline, the agency, has the story from an official, too.",
        &[("HeardToo", "Northline, the agency, has", "Northline", None)],
    );
    check(
        "A report in the Hallin Dial says so.",
        &[("Reported", "report in the Hallin Dial says", "Hallin Dial", None)],
    );
    check("Local media reported a fire.", &[("Reported", "Local media reported", "an outlet", None)]);
    check("HALLIN (Northline) - The gate is shut.", &[("Dateline", "HALLIN (Northline)", "Northline", None)]);
    check("The gate is shut.\n\nWith inputs from agencies", &[("Credit", "inputs from agencies", "agencies", None)]);
    check(
        "Orsel columnist Otto Frane spoke. The fire was out, Mill Gazette columnist Otto Frane wrote.",
        &[("Reported", "Mill Gazette columnist Otto Frane wrote", "Mill Gazette", None)],
    );
}

#[test]
fn chains_and_words_that_stand_for_outlets() {
    check(
        "The gate is shut, Northline reported, citing the Hallin Dial, which cited three people familiar with the matter.",
        &[
            ("Reported", "Northline reported", "Northline", None),
            ("Citing", "citing the Hallin Dial", "Hallin Dial", Some(0)),
            ("Citing", "cited three people familiar with the matter", "three people familiar with the matter", Some(1)),
        ],
    );
    check(
        "The Hallin Dial reported a fire. The paper said nobody was hurt. It cited two officials.",
        &[
            ("Reported", "Hallin Dial reported", "Hallin Dial", None),
            ("Reported", "The paper said", "Hallin Dial", None),
            ("Reported", "It cited", "Hallin Dial", None),
            ("Citing", "cited two officials", "two officials", Some(2)),
        ],
    );
    check(
        "Northline reported a fire, and the Hallin Dial reported a flood. The newspaper said more.",
        &[
            ("Reported", "Northline reported", "Northline", None),
            ("Reported", "Hallin Dial reported", "Hallin Dial", None),
            ("Reported", "The newspaper said", "Northline or Hallin Dial", None),
        ],
    );
    check(
        "The Hallin Dial reported a fire. Nobody was hurt, according to the Dial.",
        &[
            ("Reported", "Hallin Dial reported", "Hallin Dial", None),
            ("AccordingTo", "according to the Dial", "Hallin Dial", None),
        ],
    );
}

#[test]
fn what_is_no_citing() {
    check("Residents reported a smell, and Otto Frane told Pia Lund.", &[]);
    check("A guard told the Observer that the gate was shut.", &[]);
    check("Hallin reported 12 cases, officials said.", &[]);
    check("The newspaper said more.", &[]);
    check("", &[]);
    let own = found("A guard told the Vint Observer so. It was first reported by the Hallin Dial.");
    assert_eq!(own.edges.len(), 1);
    let words: Vec<&str> = own.edges[0].own_sourcing.iter().map(Quoted::words).collect();
    assert_eq!(words, ["told the Vint Observer"]);
    assert!(!own.edges[0].kind.is_ground());
}

#[test]
fn marked_words_are_found() {
    let marked =
        Marked::parse("[edge: According to the Hallin Dial], the gate is shut. Nobody [edge: told Northline] why.");
    let edges: Vec<TextRange> = found(&marked.text).edges.iter().map(|edge| edge.words.range()).collect();
    assert_eq!(edges, marked.ranges("edge"));
}

fn masthead(name: &str, domain: &str) -> Masthead {
    Masthead { name: name.to_owned(), domain: Some(domain.to_owned()), agency: false }
}

#[test]
fn outlets_and_impostors() {
    let own = masthead("Hallin Dial", "hallindial.example");
    let other = masthead("The Hallin Dial", "hallindial-news.example");
    let none = |_: &str| Vec::new();
    let table = |_: &str| vec![own.clone()];
    let one = |_: &str| vec![own.clone()];
    let two = |_: &str| vec![own.clone(), other.clone()];
    let check = |finding: OutletFinding, identity: Identity, outlet: Option<&Masthead>, impostors: usize| {
        assert_eq!((finding.identity, finding.outlet.as_ref(), finding.impostors.len()), (identity, outlet, impostors));
    };
    check(outlet_of("Hallin Dial", &none, &one, &[]), Identity::OnlyOne, Some(&own), 0);
    check(outlet_of("Hallin Dial", &none, &none, &[]), Identity::NotHeld, None, 0);
    check(outlet_of("Hallin Dial", &none, &two, &[]), Identity::Undecided, None, 0);
    check(outlet_of("Hallin Dial", &table, &two, &[]), Identity::Table, Some(&own), 1);
    check(outlet_of("Hallin Dial", &none, &two, std::slice::from_ref(&own)), Identity::Disowned, Some(&own), 1);
    check(outlet_of("hallindial.example", &none, &two, &[]), Identity::Host, Some(&own), 1);
    // The impostor alone is in the ledger: it is not taken for the outlet that the table knows.
    check(outlet_of("Hallin Dial", &table, &|_: &str| vec![other.clone()], &[]), Identity::NotHeld, None, 1);
}

struct Shelf(Vec<CandidateArticle>);

impl CitedStore for Shelf {
    fn articles(&self, _: &Masthead, _: &Report, _: &Citing, limit: usize) -> Vec<CandidateArticle> {
        self.0.iter().take(limit).cloned().collect()
    }
}

#[test]
fn the_very_article() {
    let report = report("The gate is shut, Northline reported.");
    let citing = found(&report.text).edges.remove(0);
    let candidate = |name: &str, day: &str, claims: u16, passage: u16| {
        let time = Time::parse(day, TimeSource::Meta).unwrap();
        let id = name.as_bytes();
        CandidateArticle {
            article: ArticleId::of_fields(&[id]),
            revision: RevisionId::of_fields(&[id]),
            published: Some(time.clone()),
            observed: time,
            claims,
            passage,
            quotations: 0,
        }
    };
    let find = |shelf: Vec<CandidateArticle>| {
        cited_article(&report, &citing, &masthead("Northline", "northline.example"), &Shelf(shelf))
    };
    let call = candidate("call", "2031-03-06", 1, 800);
    assert_eq!(find(vec![call.clone(), candidate("weather", "2031-03-06", 0, 0)]).article, Some(call.article));
    assert_eq!(find(vec![candidate("later", "2031-03-09", 1, 900)]), ArticleFinding::default());
    let twice = find(vec![candidate("one", "2031-03-05", 1, 0), candidate("two", "2031-03-06", 1, 0)]);
    assert_eq!((twice.article, twice.ranked.len()), (None, 2), "undecided stays undecided");
    assert_eq!(find(Vec::new()).article, None);
}

fn step(from: u8, to: u8) -> Step {
    let words = format!("{from} reported {to}");
    let range = TextRange::new(0, words.len() as u32);
    let words = vec![Quoted::new(&words, range).unwrap()];
    Step { from: revision(from), to: revision(to), words, named: true }
}

fn revision(number: u8) -> RevisionId {
    RevisionId::of_fields(&[&[number]])
}

#[test]
fn chains_circles_and_what_comes_back() {
    let graph = CitingGraph::new([step(9, 4), step(4, 2), step(2, 1), step(9, 1)]);
    let (chains, diagnostics) = graph.chains(revision(9));
    assert_eq!(chains.len(), 1);
    assert_eq!(chains[0].reports(), [revision(9), revision(1)], "the shortest one");
    assert_eq!(diagnostics, Vec::<Diagnostic>::new());
    let back = graph.returning(revision(9));
    assert_eq!(back.len(), 1);
    let long = [9, 4, 2, 1].map(revision);
    assert!(back[0].chains.iter().any(|chain| chain.reports() == long));
    assert!(graph.circles().is_empty());
    let circular = CitingGraph::new([step(1, 2), step(2, 3), step(3, 1), step(3, 4), step(5, 1)]);
    let circles = circular.circles();
    let mut expect = [1, 2, 3].map(revision);
    expect.sort();
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].reports, expect);
    assert_eq!(circles[0].steps.len(), 3);
    let long = CitingGraph::new((0..200).map(|at| step(at, at + 1)));
    assert_eq!(long.chains(revision(0)).1[0].id, "chains-left-out");
    assert!(long.circles().is_empty());
}

proptest! {
    /// Whatever the text, every edge quotes it, and comes in order.
    #[test]
    fn every_edge_quotes_its_text(text in "(The |Hallin Dial |Northline |reported |told |citing |, |\\. |“|”|according to |the paper |it cited |people |\\(|\\)|\n|é|’s |said ){0,40}") {
        let found = found(&text);
        let mut last = TextRange::new(0, 0);
        for edge in &found.edges {
            edge.words.check(&text).unwrap();
            prop_assert!(last <= edge.words.range());
            last = edge.words.range();
            prop_assert!(edge.through.is_none_or(|through| through < found.edges.len()));
            prop_assert!(edge.reach.iter().all(|range| range.slice(&text).is_some()));
        }
    }

    /// Any text at all.
    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        found(&text).edges.iter().for_each(|edge| edge.words.check(&text).unwrap());
    }

    /// Reports on one circle reach each other, and no others do.
    #[test]
    fn circles_are_strongly_connected(pairs in proptest::collection::vec((0_u8..12, 0_u8..12), 0..40)) {
        let graph = CitingGraph::new(pairs.iter().map(|(from, to)| step(*from, *to)));
        let reaches = |from: u8, to: u8| {
            let (mut seen, mut open) = (vec![false; 12], vec![from]);
            while let Some(at) = open.pop() {
                for (_, next) in pairs.iter().filter(|(one, other)| *one == at && one != other) {
                    if !std::mem::replace(&mut seen[usize::from(*next)], true) {
                        open.push(*next);
                    }
                }
            }
            seen[usize::from(to)]
        };
        let circles = graph.circles();
        let of = |number: u8| circles.iter().position(|circle| circle.reports.contains(&revision(number)));
        for one in 0..12 {
            for other in 0..12 {
                let together = one != other && reaches(one, other) && reaches(other, one);
                prop_assert_eq!(together, one != other && of(one).is_some() && of(one) == of(other));
            }
        }
    }
}

//! Bad input: nothing, no dates, no outlets, the same report many times. What is right for whole stories is tested where they are read.

use onrecord_evidence::{ArticleId, RevisionId, Time, TimeSource};
use proptest::prelude::*;

use super::*;
use crate::Report;
use crate::claims::{Comparer, Joining, NoVectors, Placement, StatementTools, StemTable, Thresholds, Vectors, relink};
use crate::position::{ArticleStance, PartyKind, article_stance};
use crate::standing::{Neighbours, standing};

const STEMS: &str = include_str!("../../../../models/propositions/stems.txt");
const COMPARISON: &str = include_str!("../../../../models/propositions/comparison.txt");

fn linked(reports: &[Report]) -> Linked {
    linked_with(reports, &[])
}

fn linked_with(reports: &[Report], mastheads: &[Masthead]) -> Linked {
    let table = StemTable::parse(STEMS).unwrap();
    let comparer = Comparer::parse(COMPARISON).unwrap();
    let tools = Tools {
        statements: StatementTools { table: &table, vectors: &NoVectors },
        comparer: &comparer,
        thresholds: Thresholds::default(),
        decisions: &[],
        mastheads,
    };
    assemble(reports, tools)
}

fn report(name: &str, outlet: Option<&str>, published: Option<&str>, text: &str) -> Report {
    Report {
        article: ArticleId::of_fields(&[name.as_bytes()]),
        revision: RevisionId::of_fields(&[name.as_bytes(), text.as_bytes()]),
        outlet: outlet.map(str::to_owned),
        domain: None,
        published: published.map(|day| Time::parse(day, TimeSource::Meta).unwrap()),
        observed: Time::parse("2031-09-20", TimeSource::User).unwrap(),
        title: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        records: Vec::new(),
    }
}

const SAID: &str = "The ferry Lark struck the mole of Port Alben on Tuesday night and sank within minutes.";

#[test]
fn nothing_gives_nothing() {
    assert_eq!(linked(&[]), Linked::default());
    assert!(linked(&[report("empty", None, None, "")]).claims.is_empty());
}

#[test]
fn the_same_report_many_times_is_one() {
    let one = report("a", Some("Alben Post"), Some("2031-09-10"), SAID);
    let many: Vec<Report> = std::iter::repeat_n(one.clone(), 50).collect();
    assert_eq!(linked(&many), linked(&[one]));
}

#[test]
fn undated_reports_without_outlets_are_newsrooms_of_their_own() {
    let found = linked(&[report("a", None, None, SAID), report("b", None, None, SAID)]);
    assert_eq!(found.claims.len(), 1);
    let record = &found.claims[0].record;
    let newsrooms: std::collections::BTreeSet<_> = record
        .parties
        .iter()
        .filter_map(|party| match &party.kind {
            PartyKind::Outlet(newsroom) => Some(newsroom.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(newsrooms.len(), 2);
    let standing = standing(record, &Neighbours::default(), None);
    assert_eq!((standing.word.words(), standing.origins.least), ("outlet's voice only", 0));
}

#[test]
fn a_later_text_was_not_out_when_the_first_was_published() {
    let first = report("a", Some("Alben Post"), Some("2031-09-10"), SAID);
    let changed = SAID.replace("minutes", "seconds");
    let mut second = report("a", Some("Alben Post"), Some("2031-09-10"), &changed);
    second.observed = Time::parse("2031-09-25", TimeSource::User).unwrap();
    let found = linked(&[second.clone(), first]);
    let reports = &found.claims[0].record.reports;
    let later = reports.iter().find(|view| view.revision == second.revision).unwrap();
    assert_eq!(later.out(), &second.observed);
}

#[test]
fn a_withdrawn_story_is_withdrawn() {
    let story = report("a", Some("Alben Post"), Some("2031-09-10"), SAID);
    let note =
        "The Alben Post has withdrawn its story of September 10 on the ferry Lark that struck the mole of Port Alben.";
    let withdrawal = report("b", Some("Alben Post"), Some("2031-09-12"), note);
    let found = linked(&[story.clone(), withdrawal]);
    let withdrawn = found
        .claims
        .iter()
        .flat_map(|claim| &claim.record.reports)
        .find(|view| view.revision == story.revision && !view.withdrawals.is_empty());
    assert!(withdrawn.is_some());
}

#[test]
fn a_figure_that_a_later_text_replaced_is_no_longer_stood_by() {
    let text = |toll: u32| {
        format!("Port Alben harbour news.\n\nThe ferry Lark sank with {toll} people on board near Port Alben.\n")
    };
    let first = report("a", Some("Alben Post"), Some("2031-09-10"), &text(84));
    let mut second = report("a", Some("Alben Post"), Some("2031-09-10"), &text(48));
    second.observed = Time::parse("2031-09-25", TimeSource::User).unwrap();
    let found = linked(&[first.clone(), second.clone()]);
    assert_eq!(found.revisings.len(), 1);
    let views = found.claims.iter().flat_map(|claim| &claim.record.reports);
    let withdrawn: Vec<_> = views.filter(|view| !view.withdrawals.is_empty()).map(|view| view.revision).collect();
    assert_eq!(withdrawn, [first.revision]);
    // What only went is not taken back.
    let short = report("b", Some("Alben Post"), Some("2031-09-10"), "Port Alben harbour news.\n\n");
    let long = Report { article: short.article, ..first };
    let found = linked(&[long, Report { observed: second.observed, ..short }]);
    assert!(found.claims.iter().flat_map(|claim| &claim.record.reports).all(|view| view.withdrawals.is_empty()));
}

#[test]
fn an_impostor_is_known_whichever_came_first() {
    let at = |name: &str, host: &str, day: &str, text: &str| {
        let mut found = report(name, Some("Alben Post"), Some(day), text);
        found.domain = Some(host.to_owned());
        found
    };
    let fake = at("fake", "albenpost-news.example", "2031-09-10", SAID);
    let is_impostor = |found: &Linked| {
        let views = found.claims.iter().flat_map(|claim| &claim.record.reports);
        views.filter(|view| view.revision == fake.revision).any(crate::position::ReportView::is_impostor)
    };
    assert!(!is_impostor(&linked(std::slice::from_ref(&fake))));
    let real =
        at("real", "albenpost.example", "2031-09-12", "The ferry Lark struck the mole and sank, officials said.");
    assert!(is_impostor(&linked(&[fake.clone(), real])));
    // The ledger knows the outlet by other reports.
    let known = [Masthead { name: "Alben Post".to_owned(), host: "albenpost.example".to_owned() }];
    assert!(is_impostor(&linked_with(std::slice::from_ref(&fake), &known)));
    // The outlet's host does not show its name, but it says that the other page is not its own.
    let real = at(
        "real",
        "apnet.example",
        "2031-09-12",
        "A page that copies the Alben Post is not ours, the Alben Post said.\n",
    );
    assert!(is_impostor(&linked(&[fake.clone(), real])));
}

#[test]
fn the_very_article_is_cited() {
    let post = report("a", Some("Alben Post"), Some("2031-09-10"), SAID);
    let other =
        report("c", Some("Alben Post"), Some("2031-09-09"), "The council of Orsel bought a new fire engine on Monday.");
    let text = "The Alben Post reported that the ferry Lark struck the mole of Port Alben on Tuesday night and sank within minutes.";
    let echo = report("b", Some("Orsel Echo"), Some("2031-09-11"), text);
    let found = linked(&[post.clone(), other, echo.clone()]);
    let cite = found.cites.iter().find(|cite| cite.from == echo.revision).unwrap();
    assert_eq!((cite.outlet.as_str(), cite.to), ("alben post", Some(post.article)));
    // Who is cited and has nothing of it at hand is the end of the chain.
    let echo = report("d", Some("Orsel Echo"), Some("2031-09-11"), &text.replace("Alben Post", "Harnell Mail"));
    let found = linked(&[post, echo.clone()]);
    let cite = found.cites.iter().find(|cite| cite.from == echo.revision).unwrap();
    assert_eq!((cite.outlet.as_str(), cite.to), ("harnell mail", None));
}

/// Texts with the same words have the same direction, by the first letters of each word.
struct ByWords;

impl Vectors for ByWords {
    fn vector(&self, words: &str) -> Option<onrecord_annotate::SentenceVector> {
        let mut bytes = vec![0_u8; 384];
        for word in words.to_lowercase().split(|letter: char| !letter.is_alphanumeric()) {
            let place = word.bytes().take(6).fold(7_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 384);
            bytes[place] = 60;
        }
        onrecord_annotate::SentenceVector::from_bytes(&bytes)
    }
}

/// All statements of two reports in one claim; of the second, which of its statements stand beside it, and its stance.
fn check_beside(second: &str, expect: &[bool], stance: ArticleStance) {
    let table = StemTable::parse(STEMS).unwrap();
    let comparer = Comparer::parse(COMPARISON).unwrap();
    let tools = StatementTools { table: &table, vectors: &ByWords };
    let reports = vec![
        report("a", Some("Alben Post"), Some("2031-09-10"), SAID),
        report("c", Some("Alben Mail"), Some("2031-09-10"), SAID),
        report("b", Some("Alben Echo"), Some("2031-09-11"), second),
    ];
    let statements: Vec<_> = reports.iter().map(|report| read_statements(report, tools).0).collect();
    let (store, assignments) = relink(statements.clone(), &[], &comparer, Thresholds::default());
    let claim = store.claims().next().unwrap().clone();
    let placements: Vec<Placement> = assignments
        .iter()
        .flat_map(|assignment| assignment.placements.iter().cloned())
        .map(|placement| Placement {
            claim: (placement.joining != Joining::Unplaced).then_some(claim.id),
            joining: if placement.joining == Joining::Unplaced { Joining::Unplaced } else { Joining::SameProposition },
            ..placement
        })
        .collect();
    let revision = reports[2].revision;
    let event = Event { reports, statements, placements, claims: vec![claim], ..Event::default() };
    let linked = draw_up(&event);
    let drawn = &linked.claims[0];
    let of_second = drawn.statements.iter().filter(|one| one.statement.revision == revision);
    let beside: Vec<bool> = of_second.map(|one| one.is_beside).collect();
    assert_eq!(beside, expect, "{second}");
    assert_eq!(drawn.record.beside.len(), expect.iter().filter(|is_beside| **is_beside).count());
    assert_eq!(article_stance(&drawn.record, revision), stance, "{second}");
}

#[test]
fn what_stands_beside_a_claim_carries_no_act_on_it() {
    let side = "The owners of the island line bought three lighters in Lund for sand and gravel.";
    check_beside(&format!("{SAID} {side}"), &[false, true], ArticleStance::For);
    // A negation of something else is no denial; one of the claim is one.
    let painted = "On Tuesday night the ferry Lark at the mole of Port Alben was not painted.";
    check_beside(&format!("{SAID} {painted}"), &[false, true], ArticleStance::For);
    let denied = "The ferry Lark never struck the mole of Port Alben on Tuesday night and sank within minutes.";
    check_beside(denied, &[false], ArticleStance::Against);
}

#[test]
fn the_outlet_judges_what_was_told() {
    check_beside(&format!("{SAID} But the story is completely false."), &[false, false], ArticleStance::Against);
    check_beside(
        "The story that the ferry Lark struck the mole of Port Alben on Tuesday night was a hoax.",
        &[false],
        ArticleStance::Against,
    );
    let hedged = SAID.replace(" struck", " reportedly struck");
    check_beside(&hedged, &[false], ArticleStance::Observing);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_order_gives_the_same(
        texts in proptest::collection::vec("[A-Z][a-z ]{0,60}\\. (The ferry|No ferry) [a-z ]{0,40}\\.", 0..6),
        turn in 0usize..6,
    ) {
        let reports: Vec<Report> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| report(&index.to_string(), Some(["Post", "Mail", "Echo"][index % 3]), None, text))
            .collect();
        let mut turned = reports.clone();
        turned.rotate_left(if reports.is_empty() { 0 } else { turn % reports.len() });
        prop_assert!(linked(&reports) == linked(&turned));
        turned.reverse();
        prop_assert!(linked(&reports) == linked(&turned));
    }
}

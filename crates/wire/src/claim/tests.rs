//! Views of claims made by hand: what is shown, folded, named and left out.

use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_annotate::{Act, Commitment};
use onrecord_evidence::{
    ArticleId, ClaimId, CodePoints, EventId, Quoted, RevisionId, StatementId, TextRange, Time, TimeSource,
};
use onrecord_link::assemble::{Canonical, DrawnClaim, DrawnStatement};
use onrecord_link::claims::{Joining, Voice};
use onrecord_link::position::*;

use super::*;

/// A text of an outlet.
struct Page {
    outlet: &'static str,
    day: &'static str,
    text: &'static str,
}

const PAGES: [Page; 4] = [
    Page {
        outlet: "Port Alben Post",
        day: "2031-03-09",
        text: "Ilse Marn telephoned the governor of Orsel, said three people familiar with the call. Tobias Keld declined to comment.",
    },
    Page {
        outlet: "Straits Herald",
        day: "2031-03-10",
        text: "Ilse Marn telephoned the governor of Orsel, said three people familiar with the call.",
    },
    Page {
        outlet: "Lowmark Daily",
        day: "2031-03-10",
        text: "Ilse Marn telephoned the governor of Orsel, said three people familiar with the call.",
    },
    Page {
        outlet: "Orsel Standard",
        day: "2031-03-11",
        text: "\u{201c}There was no call,\u{201d} said Joram Seld, who speaks for Governor Piet Lammer.",
    },
];

struct Texts;

impl ClaimTexts for Texts {
    fn points(&self, report: RevisionId) -> Option<Rc<CodePoints<'static>>> {
        let at = (0..PAGES.len()).find(|at| revision(*at) == report)?;
        Some(Rc::new(CodePoints::new(PAGES[at].text)))
    }
}

fn article(at: usize) -> ArticleId {
    ArticleId::of_fields(&[&[at as u8]])
}

fn revision(at: usize) -> RevisionId {
    RevisionId::of_fields(&[&[at as u8]])
}

fn words(at: usize, words: &str) -> Evidence {
    let start = PAGES[at].text.find(words).expect("words of the page") as u32;
    let range = TextRange::new(start, start + words.len() as u32);
    Evidence { article: article(at), revision: revision(at), words: Quoted::new(PAGES[at].text, range).expect("words") }
}

fn relay(at: usize, said: &[&str], basis: Option<&str>) -> Relay {
    let basis = basis.map(|basis| Basis { of: None, evidence: vec![words(at, basis)] });
    let evidence = said.iter().map(|said| words(at, said)).collect();
    Relay { report: revision(at), kind: RelayKind::Told, credits: None, basis, nearness: None, evidence }
}

fn utterance(key: &str, party: &str, act: Act, relays: Vec<Relay>) -> Utterance {
    Utterance {
        key: UtteranceKey::new(key),
        party: PartyKey::new(party),
        act,
        commitment: Commitment::Certain,
        said: None,
        occasion: None,
        answers: Vec::new(),
        rests_on: None,
        relays,
    }
}

fn party(key: &str, kind: PartyKind, speaks_for: &[&str], evidence: Vec<Evidence>) -> PartyView {
    let speaks_for = speaks_for.iter().map(|key| PartyKey::new(*key)).collect();
    PartyView { party: PartyKey::new(key), kind, speaks_for, commanded_by: None, side: None, evidence }
}

const CALL: &str = "Ilse Marn telephoned the governor of Orsel";
const PEOPLE: &str = "three people familiar with the call";
const UNNAMED: &str = "unnamed sources of port alben post in art_x";

/// A call: one anonymous report, two copies of it, a denial by who speaks for one of the two, a decline.
fn call() -> DrawnClaim {
    let id = ClaimId::of_fields(&[b"call"]);
    let mut record = ClaimRecord::new(ClaimKey::new(id.to_string()), ClaimKind::Event);
    let told = (0..3).map(|at| relay(at, &[CALL, PEOPLE], Some(PEOPLE))).collect();
    record.utterances = vec![
        utterance("affirmed", UNNAMED, Act::Affirm, told),
        utterance(
            "denied",
            "joram seld",
            Act::Deny,
            vec![relay(3, &["There was no call", "said", "Joram Seld"], None)],
        ),
        utterance("declined", "tobias keld", Act::Decline, vec![relay(0, &["Tobias Keld", "declined"], None)]),
    ];
    record.parties = vec![
        party(UNNAMED, PartyKind::Unnamed, &[], vec![words(0, PEOPLE)]),
        party(
            "joram seld",
            PartyKind::Named,
            &["governor piet lammer"],
            vec![words(3, "Joram Seld"), words(3, "Governor Piet Lammer")],
        ),
        party("tobias keld", PartyKind::Named, &["ilse marn"], vec![words(0, "Tobias Keld")]),
    ];
    let role = |key: &str, at, text| ClaimRole {
        party: PartyKey::new(key),
        role: RoleKind::Participant,
        evidence: vec![words(at, text)],
    };
    record.roles = vec![
        role("governor piet lammer", 0, "governor of Orsel"),
        role("ilse marn", 0, "Ilse Marn"),
        role("hanne orth", 0, "Orsel"),
    ];
    record.reports = (0..PAGES.len())
        .map(|at| ReportView {
            article: article(at),
            revision: revision(at),
            outlet: Some(PAGES[at].outlet.to_owned()),
            newsroom: NewsroomKey::new(PAGES[at].outlet.to_lowercase()),
            impostor: Vec::new(),
            published: Time::parse(PAGES[at].day, TimeSource::Meta).ok(),
            observed: Time::parse("2031-03-30", TimeSource::Meta).expect("a date"),
            withdrawals: Vec::new(),
        })
        .collect();
    record.hangings = (1..3)
        .map(|at| Hanging {
            report: revision(at),
            utterances: Vec::new(),
            on: HangsOn::Report(revision(0)),
            kind: HangingKind::Derived,
            evidence: vec![words(at, CALL)],
        })
        .collect();
    let statement = |at: usize, text: &str, utterance: &str| DrawnStatement {
        id: StatementId::of_fields(&[&[at as u8], text.as_bytes()]),
        attribution: None,
        article: article(at),
        revision: revision(at),
        voice: Voice::Attributed,
        ranges: vec![words(at, text).words.range()],
        joining: Joining::SameProposition,
        utterance: Some(UtteranceKey::new(utterance)),
        is_beside: false,
    };
    let mut statements: Vec<DrawnStatement> = (0..3).map(|at| statement(at, CALL, "affirmed")).collect();
    statements.push(statement(3, "There was no call", "denied"));
    let direct =
        onrecord_link::drift::Quotation { report: revision(3), out: None, words: vec![words(3, "There was no call")] };
    DrawnClaim {
        id,
        event: EventId::of_fields(&[b"event"]),
        record,
        canonical: Canonical { text: CALL.to_owned(), evidence: vec![words(0, CALL)], is_negated: false },
        statements,
        figures: Vec::new(),
        wordings: BTreeMap::new(),
        quotations: [(UtteranceKey::new("denied"), vec![direct])].into(),
    }
}

fn facts() -> BTreeMap<RevisionId, ReportFacts> {
    let facts = |at| ReportFacts { revision: revision(at), number: 1, title: None, address: None };
    (0..PAGES.len()).map(|at| (revision(at), facts(at))).collect()
}

fn view(as_of: Option<&str>, everything: bool) -> ClaimView {
    let (claim, reports) = (call(), facts());
    let as_of = as_of.map(|day| Time::parse(day, TimeSource::User).expect("a date"));
    ClaimView::new(ClaimAsked {
        claim: &claim,
        neighbours: &[],
        reports: &reports,
        texts: &Texts,
        as_of: as_of.as_ref(),
        everything,
    })
}

#[test]
fn a_claim_is_shown_with_who_says_and_who_denies_it() {
    let view = view(None, false);
    assert_eq!((view.standing.words, view.standing.rule), ("disputed", "denied"));
    assert_eq!(view.coverage.words, "in this ledger: 4 articles, 4 outlets, 2031-03-09 to 2031-03-12");
    let parties: Vec<(&str, Option<Stance>)> =
        view.positions.iter().map(|one| (one.party.name.as_str(), one.stance)).collect();
    assert_eq!(
        parties,
        [
            ("unnamed: \u{201c}three people familiar with the call\u{201d} (Port Alben Post)", Some(Stance::Affirms)),
            ("Joram Seld", Some(Stance::Denies)),
            ("Tobias Keld", Some(Stance::Open)),
        ]
    );
    let affirmed = &view.positions[0].current[0];
    assert_eq!((affirmed.quotes.len(), affirmed.more, affirmed.more_outlets.len()), (1, 2, 2), "relays fold");
    let denied = &view.positions[1];
    assert_eq!(
        denied.right.as_ref().map(|right| right.words.as_str()),
        Some("speaks for Governor Piet Lammer, said to have taken part")
    );
    let relay = &denied.current[0].quotes[0];
    assert_eq!((relay.direct, relay.quote.words.as_str()), (true, PAGES[3].text));
}

#[test]
fn who_has_a_role_is_shown_with_the_answer_or_that_there_is_none() {
    let answers: Vec<(String, Vec<String>)> = view(None, false)
        .responses
        .into_iter()
        .map(|one| {
            (one.party.name, one.answers.into_iter().map(|answer| format!("{} {}", answer.by, answer.words)).collect())
        })
        .collect();
    let answer = |text: &str| vec![text.to_owned()];
    assert_eq!(
        answers,
        [
            ("Governor Piet Lammer".to_owned(), answer("Joram Seld denied it")),
            ("Ilse Marn".to_owned(), answer("Tobias Keld declined to comment")),
            ("Hanne Orth".to_owned(), vec![]),
        ]
    );
}

#[test]
fn copies_are_one_row_of_the_tree() {
    let origins = view(None, false).origins;
    assert_eq!((origins.words.as_str(), origins.origins.len()), ("at least 1", 1));
    let rows = &origins.origins[0].rows;
    let shown: Vec<(usize, usize, &str)> = rows.iter().map(|row| (row.depth, row.reports.len(), row.rule)).collect();
    assert_eq!(shown, [(0, 1, "unnamed-sources-of-its-own"), (1, 2, "derived-passage")]);
    let doubts = origins.first.map(|first| first.doubts).unwrap_or_default();
    assert_eq!(doubts, ["its time zone is not stated"]);
}

#[test]
fn allegation_and_responses_stand_together_in_exact_words() {
    let text = view(None, false).attributed;
    let expect = "Port Alben Post reported on 9 March 2031, citing people it does not name (\u{201c}three people familiar with the call\u{201d}), \
                  \u{201c}Ilse Marn telephoned the governor of Orsel\u{201d}. Joram Seld denied it (\u{201c}There was no call\u{201d}, Orsel Standard, 11 March 2031); \
                  Tobias Keld declined to comment (Port Alben Post, 9 March 2031).";
    assert_eq!(text, expect);
    for quoted in text.split('\u{201c}').skip(1).filter_map(|rest| rest.split('\u{201d}').next()) {
        assert!(PAGES.iter().any(|page| page.text.contains(quoted)), "{quoted} stands in no page");
    }
}

#[test]
fn before_the_denial_nothing_of_it_is_shown() {
    let view = view(Some("2031-03-10"), false);
    assert_eq!(view.standing.words, "one origin");
    assert!(view.denials.is_empty() && view.positions.iter().all(|one| one.stance != Some(Stance::Denies)));
    assert_eq!(view.timeline.len(), 1, "{:?}", view.timeline);
    assert!(!self::view(Some("2031-03-08"), false).is_on_record());
}

#[test]
fn with_everything_each_word_has_its_place() {
    let view = view(None, true);
    assert_eq!(view.positions[0].current[0].quotes.len(), 3, "no relay is folded");
    for line in view.positions.iter().flat_map(|one| &one.current).flat_map(|held| &held.quotes) {
        let page = PAGES.iter().find(|page| Some(page.outlet) == line.quote.outlet.as_deref()).expect("a page");
        for one in line.quote.evidence.iter().chain(&line.content) {
            let range = one.start.zip(one.end).expect("a place");
            let slice: String = page.text.chars().skip(range.0 as usize).take((range.1 - range.0) as usize).collect();
            assert_eq!(slice, one.words);
        }
    }
    let json = serde_json::to_value(&view).expect("json");
    assert_eq!((&json["type"], &json["standing"]["standing"]), (&"claim".into(), &"disputed".into()));
}

#[test]
fn every_rule_is_tried_in_its_order() {
    let (claim, reports) = (call(), facts());
    let asked =
        ClaimAsked { claim: &claim, neighbours: &[], reports: &reports, texts: &Texts, as_of: None, everything: false };
    let tried: Vec<Tried> = WhyView::new(asked).rules.iter().map(|rule| rule.tried).collect();
    assert_eq!(tried[..3], [Tried::NotMatched, Tried::NotMatched, Tried::Matched]);
    assert!(tried[3..].iter().all(|tried| *tried == Tried::NotTried));
}

#[test]
fn every_rule_of_standing_has_its_place() {
    // A record for each of the last ones: without one of them, nothing would be shown to have matched.
    let empty = {
        let mut claim = call();
        claim.record.utterances.clear();
        claim
    };
    let reports = facts();
    let asked =
        ClaimAsked { claim: &empty, neighbours: &[], reports: &reports, texts: &Texts, as_of: None, everything: false };
    let view = WhyView::new(asked);
    assert_eq!(view.standing.rule, "nobody-affirms");
    assert_eq!(view.rules.iter().filter(|rule| rule.tried == Tried::Matched).count(), 1);
}

#[test]
fn texts_that_are_gone_leave_the_words() {
    struct Gone;
    impl ClaimTexts for Gone {
        fn points(&self, _: RevisionId) -> Option<Rc<CodePoints<'static>>> {
            None
        }
    }
    let (claim, reports) = (call(), facts());
    let asked =
        ClaimAsked { claim: &claim, neighbours: &[], reports: &reports, texts: &Gone, as_of: None, everything: true };
    let view = ClaimView::new(asked);
    let quote = &view.positions[1].current[0].quotes[0].quote;
    assert_eq!(quote.words, "There was no call \u{2026} said \u{2026} Joram Seld");
    assert_eq!(quote.evidence[0].start, None);
}

//! Whose voice it is, over articles: short invented reports from text to records. One case for each rule by which parties, sayings, kinds,
//! roles and links between claims are found; what holds for whole stories is in `stories.rs`.

#![allow(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use std::cell::RefCell;

use onrecord::evidence::{Capture, MediaType, RevisionId, Time, TimeSource};
use onrecord::link::Report;
use onrecord::link::assemble::{Linked, LinkedClaim, Tools, assemble};
use onrecord::link::claims::LinkDecision;
use onrecord::link::origin::origins;
use onrecord::link::position::{ClaimKey, LinkKind};
use onrecord::read::Known;
use onrecord::{Linking, Pipeline};

/// A report as `outlet, day, paragraphs`.
type Text<'t> = (&'t str, &'t str, &'t str);

fn report(pipeline: &Pipeline, text: &Text<'_>) -> Report {
    let (outlet, day, words) = *text;
    let published = Time::parse(&format!("{day}T12:00:00Z"), TimeSource::Meta).unwrap();
    let known = Known { outlet: Some(outlet.to_owned()), published: Some(published), ..Known::default() };
    let location = format!("{outlet} {day}.txt");
    let bytes = words.trim().as_bytes().to_vec();
    let capture =
        Capture { bytes, media_type: MediaType::Text, address: None, fetched: None, location, delivery: None };
    let (read, diagnostics) = pipeline.read(&capture, &known);
    let read = read.unwrap_or_else(|| panic!("{text:?}: {diagnostics:?}"));
    let metadata = &read.article.metadata;
    let published = metadata.published.as_ref().map(|published| published.value.clone());
    let text = read.article.reading.text().to_owned();
    Report {
        article: read.id,
        revision: RevisionId::of_fields(&[read.id.to_string().as_bytes(), text.as_bytes()]),
        outlet: metadata.outlet.as_ref().map(|outlet| outlet.value.clone()),
        domain: None,
        observed: published.clone().unwrap(),
        published,
        title: None,
        blocks: read.article.reading.blocks().to_vec(),
        text,
        records: read.records,
    }
}

struct Desk {
    pipeline: Pipeline,
    linking: Linking,
    /// What was not as expected; all cases are run.
    wrong: RefCell<Vec<String>>,
}

impl Desk {
    /// The records of reports, with the statements that hold any of these words joined, and kept apart from
    /// all others, as a person would.
    fn linked(&self, texts: &[Text<'_>], joined: &[&str]) -> Linked {
        let reports: Vec<Report> = texts.iter().map(|text| report(&self.pipeline, text)).collect();
        let first = assemble(&reports, self.linking.tools());
        let text = |revision| &reports.iter().find(|report| report.revision == revision).unwrap().text;
        let of_claim = first.claims.iter().flat_map(|claim| &claim.statements).map(|one| &one.statement);
        let (meant, others): (Vec<_>, Vec<_>) =
            of_claim.partition(|one| joined.iter().any(|words| one.words(text(one.revision)).contains(words)));
        let mut decisions = Vec::new();
        for (index, one) in meant.iter().enumerate() {
            decisions.extend(meant[index + 1..].iter().map(|other| (one.id, other.id, LinkDecision::MustLink)));
            decisions.extend(others.iter().map(|other| (one.id, other.id, LinkDecision::CannotLink)));
        }
        assemble(&reports, Tools { decisions: &decisions, ..self.linking.tools() })
    }

    /// What `shown` says of the claim whose words hold `words`.
    fn check(
        &self,
        texts: &[Text<'_>],
        joined: &[&str],
        words: &str,
        shown: impl Fn(&LinkedClaim, &Linked) -> String,
        expect: &str,
    ) {
        let linked = self.linked(texts, joined);
        let claim = linked.claims.iter().find(|claim| claim.canonical.text.contains(words));
        let texts: Vec<_> = linked.claims.iter().map(|claim| (&claim.canonical.text, claim.record.kind)).collect();
        let Some(claim) = claim else {
            return self.wrong.borrow_mut().push(format!("{words} in none of {texts:?}"));
        };
        let parties: Vec<_> =
            claim.record.utterances.iter().map(|one| (one.party.as_str(), one.act, one.relays.len())).collect();
        let found = shown(claim, &linked);
        if found != expect {
            let wrong = format!("expected {expect:?}, found {found:?} in {texts:?} {parties:?}");
            self.wrong.borrow_mut().push(wrong);
        }
    }
}

fn least(claim: &LinkedClaim, _: &Linked) -> String {
    origins(&claim.record, None).least.to_string()
}

/// The number of reports of each saying.
fn relays(claim: &LinkedClaim, _: &Linked) -> String {
    claim.record.utterances.iter().map(|one| one.relays.len().to_string()).collect::<Vec<_>>().join(" ")
}

/// The links from the claim, and those of accounts that cannot stand beside it.
fn links(claim: &LinkedClaim, linked: &Linked) -> String {
    let text = |key: &ClaimKey| {
        linked.claims.iter().find(|claim| claim.record.claim == *key).map(|claim| &claim.canonical.text)
    };
    let own = claim.record.links.iter().map(|link| (link.kind, &link.other));
    let back = linked.claims.iter().flat_map(|other| other.record.links.iter().map(move |link| (other, link)));
    let back = back.filter(|(_, link)| link.kind == LinkKind::Incompatible && link.other == claim.record.claim);
    let all = own.chain(back.map(|(other, link)| (link.kind, &other.record.claim)));
    all.map(|(kind, other)| format!("{kind:?} {}", text(other).map_or("", String::as_str)))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn voices_over_articles() {
    let pipeline = Pipeline::shipped().unwrap();
    let linking = Linking::shipped(&pipeline).unwrap();
    let desk = Desk { pipeline, linking, wrong: RefCell::default() };
    one_body_has_many_names(&desk);
    sayings_are_told_again(&desk);
    words_show_acts_and_kinds(&desk);
    roles_and_grounds(&desk);
    claims_follow_each_other(&desk);
    let wrong = desk.wrong.into_inner();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn one_body_has_many_names(desk: &Desk) {
    let mill = ["captured the mill", "capture of the mill"];
    // One general staff, told with its country before and behind; and who speaks for the army of the same country.
    let texts = [
        (
            "Lund Mail",
            "2031-05-03",
            "The Norvian general staff said on Saturday that its troops had captured the mill at Lund.",
        ),
        ("Brenz Post", "2031-05-03", "The General Staff of Norvia said that its troops had captured the mill at Lund."),
        (
            "Ostry Echo",
            "2031-05-03",
            "Colonel Ada Brandt, a spokeswoman for the Norvian army, said that troops had captured the mill at Lund.",
        ),
    ];
    desk.check(&texts, &mill, "captured the mill", least, "1");
    // Two countries' ministries are two.
    let texts = [
        ("Lund Mail", "2031-05-03", "Norvia's defence ministry said that the bridge at Lund had been destroyed."),
        ("Brenz Post", "2031-05-03", "Karelda's defence ministry said that the bridge at Lund had been destroyed."),
    ];
    desk.check(&texts, &["bridge at Lund"], "bridge at Lund", least, "2");
    // An editor speaks for the newsroom.
    let texts = [
        (
            "Lund Mail",
            "2031-05-03",
            "Two officials told the Lund Mail that the mayor had met the ferry owner in secret.",
        ),
        (
            "Lund Mail",
            "2031-05-05",
            "\u{201c}The mayor met the ferry owner, and we stand by it,\u{201d} said Nora Falk, the Lund Mail's editor.",
        ),
    ];
    desk.check(&texts, &["ferry owner"], "ferry owner", least, "1");
}

fn sayings_are_told_again(desk: &Desk) {
    let texts = |second| {
        [
            ("Lund Mail", "2031-05-03", "The harbour board denied that the crane had been sold to Orlin Freight."),
            ("Brenz Post", "2031-05-19", second),
        ]
    };
    let crane = ["crane had been sold"];
    let told = texts("The harbour board had earlier denied that the crane had been sold to Orlin Freight.");
    desk.check(&told, &crane, "crane", relays, "2");
    let anew =
        texts("The harbour board repeated its denial and denied again that the crane had been sold to Orlin Freight.");
    desk.check(&anew, &crane, "crane", relays, "1 1");
}

fn words_show_acts_and_kinds(desk: &Desk) {
    let kind = |claim: &LinkedClaim, _: &Linked| format!("{:?}", claim.record.kind);
    let promised =
        [("Lund Mail", "2031-05-03", "The mayor, Edda Roth, promised to close the fish market before the winter.")];
    desk.check(&promised, &[], "close the fish market", kind, "Intention");
    let expected =
        [("Lund Mail", "2031-05-03", "The historian Piet Oll said that he expected the fish market to close.")];
    desk.check(&expected, &[], "fish market", kind, "Opinion");
}

fn roles_and_grounds(desk: &Desk) {
    let roles = |claim: &LinkedClaim, _: &Linked| {
        let roles = claim.record.roles.iter().map(|role| format!("{:?} {}", role.role, role.party));
        roles.collect::<Vec<_>>().join("; ")
    };
    let toll = [(
        "Lund Mail",
        "2031-05-03",
        "The Valley health office said that 12 people were killed in the fire at the Lund mill.",
    )];
    desk.check(&toll, &[], "12 people were killed", roles, "RecordHolder valley health office");
    let grounds = |claim: &LinkedClaim, _: &Linked| {
        let found = claim.record.utterances.iter().filter_map(|one| Some((one.party.as_str(), one.rests_on.as_ref()?)));
        found.map(|(party, on)| format!("{party}: {}", on.evidence[0].words.words())).collect::<Vec<_>>().join("; ")
    };
    let cited = [
        ("Lund Mail", "2031-05-03", "The Harrow police said that the barge had carried stolen rifles."),
        (
            "Brenz Post",
            "2031-05-04",
            "Edda Roth, citing the Harrow police, said that the barge had carried stolen rifles.",
        ),
    ];
    desk.check(&cited, &["stolen rifles"], "stolen rifles", grounds, "edda roth: citing the Harrow police");
}

fn claims_follow_each_other(desk: &Desk) {
    let taken = [
        ("Lund Mail", "2031-05-03", "Norvia's army said that the village of Brenz remained in its hands."),
        (
            "Ostry Echo",
            "2031-06-09",
            "Karelda's army said that its troops had recaptured Brenz. Norvia's army had said in May that the village of Brenz remained in its hands.",
        ),
    ];
    let ended = "EndedBy that its troops had recaptured Brenz";
    desk.check(&taken, &["remained in its hands"], "remained in its hands", links, ended);
    let drones = [(
        "Lund Mail",
        "2031-05-03",
        "Norvia's defence ministry said that its air defences had intercepted 84 Kareldan drones. Karelda's defence ministry said that its air \
         defences had intercepted 84 Norvian drones.",
    )];
    let exchanged = "Incompatible that its air defences had intercepted 84 Norvian drones";
    desk.check(&drones, &["84 Kareldan"], "84 Kareldan drones", links, exchanged);
    let call = [(
        "Lund Mail",
        "2031-05-03",
        "Two aides said that President Arno Vask spoke by telephone with Chancellor Ida Brenner on Friday. One of the aides said that the \
         government of Karelda had been told of the call.",
    )];
    let presupposed = "Presupposes that President Arno Vask spoke by telephone with Chancellor Ida Brenner on Friday";
    desk.check(&call, &["told of the call"], "told of the call", links, presupposed);
}

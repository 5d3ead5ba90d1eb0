//! Tests of the stage as a whole, on the shipped tables.

use onrecord_evidence::TextRange;
use onrecord_testkit::Marked;
use proptest::prelude::*;

use super::*;
use crate::sentences;

fn table() -> RelayTable {
    let lexicon = include_str!("../../../../models/hedges/lexicon.toml");
    RelayTable::parse(lexicon, include_str!("../../../../models/relay/relay.toml")).unwrap()
}

/// One attribution of `marked`, read.
fn read(marked: &str) -> (String, Relays) {
    let marked = Marked::parse(marked);
    let [source, cue, content] = ["source", "cue", "content"].map(|role| marked.ranges(role));
    let whole = TextRange::new(0, marked.text.len() as u32);
    let spans = RelaySpans { source: &source, cue: &cue, content: &content };
    let found = relays(&marked.text, &sentences(&marked.text, &[whole]), &[spans], &table());
    (marked.text, found)
}

#[test]
fn tells_unnamed_people_from_names() {
    let check = |source: &str, expect: Option<(SourceClass, Option<u32>)>| {
        let (_, found) = read(&format!("[source: {source}] [cue: said] [content: that it rained]."));
        let found = found.attributions[0].unnamed.as_ref();
        let found = found.map(|found| (found.class, found.number.and_then(|number| number.value)));
        assert_eq!(found, expect, "{source}");
    };
    use SourceClass::*;
    // The cases of the rule that this one replaces.
    check("two people familiar with the matter", Some((PersonFamiliar, Some(2))));
    check("A senior official", Some((Official, None)));
    check("sources", Some((Source, None)));
    check("officials in the ministry, who asked not to be named,", Some((Official, None)));
    check("harbour officials", Some((Official, None)));
    check("15 witnesses to the fire", Some((Witness, Some(15))));
    check("A spokesperson for Orsel", None);
    check("a person close to President Morrow", Some((PersonFamiliar, None)));
    check("Two Western diplomats", Some((Diplomat, Some(2))));
    check("a harbour official, Ana Ruiz,", None);
    check("Ana Ruiz, an official in Port Alben", None);
    check("The official", None);
    check("Port Authority official Ana Ruiz", None);
    check("She", None);
    // And more of them.
    check("two of the people briefed on the talks", Some((PersonFamiliar, Some(2))));
    check("one of those advisers", Some((Aide, Some(1))));
    check("A military source", Some((Military, None)));
    check("Several law enforcement officials", Some((LawEnforcement, None)));
    check("his advisers", Some((Aide, None)));
    check("His chief aide", None);
    check("a dozen villagers", Some((Resident, Some(12))));
    check("Many", Some((Public, None)));
    check("Another", Some((Public, Some(1))));
    check("Critics of the dam", Some((Critic, None)));
    check("Republicans", Some((PartyMember, None)));
    check("leaked documents", Some((Document, None)));
    check("an Orsel Institute poll", None);
    check("a wide array of economists", Some((Analyst, None)));
    check("one pastor supporting the mayor, radio host Ana Ruiz,", None);
    check("the mayor's lawyer", None);
}

#[test]
fn states_number_basis_and_ground() {
    let check = |marked: &str, expect: [Option<&str>; 4], tie: Option<GroundTie>| {
        let (text, found) = read(marked);
        let found = found.attributions[0].unnamed.as_ref().unwrap();
        let words = |range: Option<TextRange>| range.and_then(|range| range.slice(&text));
        let ground = found.ground.map(|ground| ground.range);
        let stated = [found.side, found.number.map(|number| number.range), found.basis, ground].map(words);
        assert_eq!(stated, expect, "{marked}");
        assert_eq!(found.ground.map(|ground| ground.tie), tie, "{marked}");
    };
    check(
        "[source: Two senior Western officials briefed on the talks] [cue: said] [content: it rained].",
        [Some("senior Western"), Some("Two"), Some("briefed on the talks"), None],
        None,
    );
    check(
        "“[content: It rained],” [cue: said] [source: an aide, who spoke on condition of anonymity because he was not authorized to speak publicly].",
        [None, None, None, Some("on condition of anonymity because he was not authorized to speak publicly")],
        Some(GroundTie::Source),
    );
    check(
        "[source: A person close to the mayor] [cue: said] [content: it rained]. He asked not to be named, citing the law.",
        [None, None, Some("close to the mayor"), Some("asked not to be named, citing the law")],
        Some(GroundTie::Pronoun),
    );
    check(
        "[source: Several diplomats] [cue: said] [content: it rained]. All spoke under condition of anonymity to discuss the talks.",
        [None, Some("Several"), None, Some("under condition of anonymity to discuss the talks")],
        Some(GroundTie::Noun),
    );
    check(
        "“[content: It is old],” [cue: said] [source: a longtime adviser to the mayor], who declined to be identified and is not in his camp.",
        [Some("longtime"), None, None, Some("declined to be identified")],
        Some(GroundTie::Sentence),
    );
}

#[test]
fn states_channels() {
    let check = |marked: &str, expect: &[(ChannelKind, &str, Option<&str>)]| {
        let (text, found) = read(marked);
        let found: Vec<_> = found.attributions[0]
            .channels
            .iter()
            .map(|channel| {
                let outlet = channel.outlet.and_then(|range| range.slice(&text));
                (channel.kind, channel.words.slice(&text).unwrap(), outlet)
            })
            .collect();
        assert_eq!(found, expect, "{marked}");
    };
    use ChannelKind::*;
    check("[source: She] [cue: told] Reuters [content: that it rained].", &[(Told, "told Reuters", Some("Reuters"))]);
    check("[source: She] [cue: told] reporters [content: that it rained].", &[(Hearers, "told reporters", None)]);
    check("In a statement, [source: she] [cue: said] [content: it rained].", &[(Statement, "In a statement", None)]);
    check(
        "[source: She] [cue: said] in an interview with the Guardian [content: that it rained].",
        &[(Interview, "in an interview with the Guardian", Some("the Guardian"))],
    );
    check("“[content: It rained],” [source: she] [cue: tweeted].", &[(Social, "tweeted", None)]);
    check(
        "“[content: It rained],” [source: she] [cue: wrote] on Telegram.",
        &[(Social, "on Telegram", Some("Telegram"))],
    );
    check("“[content: It rained],” [source: she] [cue: said] on CNN.", &[(Broadcast, "on CNN", Some("CNN"))]);
    check("“[content: It rained],” [source: she] [cue: said] by telephone.", &[(Phone, "by telephone", None)]);
    check("[source: She] [cue: said] [content: that rain fell in a statement of fact].", &[]);
    check(
        "“[content: It rained],” [source: she] [cue: said] at a news conference on Monday.",
        &[(NewsConference, "at a news conference", None)],
    );
    check(
        "[source: The firm] [cue: said] in court filings [content: that it rained].",
        &[(CourtFiling, "in court filings", None)],
    );
}

#[test]
fn chains_run_from_the_outside_in() {
    let text = "Reuters reported that Ruiz said that Orsel had told her it rained.";
    let range = |words: &str| {
        let start = text.find(words).unwrap() as u32;
        [TextRange::new(start, start + words.len() as u32)]
    };
    let spans = [
        [range("Orsel"), range("told"), range("it rained")],
        [range("Ruiz"), range("said"), range("that Orsel had told her it rained")],
        [range("Reuters"), range("reported"), range("that Ruiz said that Orsel had told her it rained")],
    ];
    let spans: Vec<_> = spans.iter().map(|[source, cue, content]| RelaySpans { source, cue, content }).collect();
    let found = relays(text, &[TextRange::new(0, text.len() as u32)], &spans, &table());
    let chains: Vec<_> = found.attributions.iter().map(|relay| (relay.chain.clone(), relay.kind)).collect();
    assert_eq!(
        chains,
        [(vec![2, 1], RelayKind::Nested), (vec![2], RelayKind::RepeatedBy), (vec![], RelayKind::NotStated)]
    );
    let (text, found) = read("According to [source: the Mail], citing two officials, [content: it rained][cue: .]");
    assert_eq!(found.attributions[0].cites.and_then(|range| range.slice(&text)), Some("two officials"));
}

#[test]
fn hedges_have_scope_and_holder() {
    let check = |marked: &str, expect: &[(&str, &str, crate::HedgedBy, crate::Commitment)]| {
        let (text, found) = read(marked);
        let slice = |range: TextRange| range.slice(&text).unwrap().to_owned();
        let found: Vec<_> = found
            .hedges
            .iter()
            .map(|hedge| (slice(hedge.range), slice(hedge.scope), hedge.by, hedge.commitment))
            .collect();
        let expect: Vec<_> =
            expect.iter().map(|(range, scope, by, step)| (range.to_string(), scope.to_string(), *by, *step)).collect();
        assert_eq!(found, expect, "{marked}");
    };
    use crate::Commitment::*;
    use crate::HedgedBy::*;
    check(
        "The envoy reportedly left Orsel, the office said.",
        &[("reportedly", "reportedly left Orsel", Outlet, Possible)],
    );
    check("[source: She] [cue: said] [content: the gate might fail].", &[("might", "might fail", Source, Possible)]);
    check(
        "[source: Villagers] [cue: fear] [content: that the gate will fail].",
        &[("fear", "fear that the gate will fail", Source, Possible)],
    );
    check(
        "[source: She] [cue: spoke of] [content: an alleged theft].",
        &[("alleged", "alleged theft", Outlet, Possible)],
    );
    check(
        "“[content: It is an alleged theft],” [source: she] [cue: said].",
        &[("alleged", "alleged theft", Source, Possible)],
    );
    check(
        "It is unclear whether the gate held.",
        &[
            ("unclear", "unclear whether the gate held", Outlet, Unknown),
            ("whether", "whether the gate held", Outlet, Unknown),
        ],
    );
    check(
        "[source: They] [cue: said] [content: the call is likely to be denied].",
        &[("likely to", "the call is likely to be denied", Source, Probable)],
    );
    // Months, ability, nouns, denials of possibility: no hedges.
    for plain in [
        "It rained in May 2019.",
        "It rained on May 5.",
        "She could not see the gate.",
        "They fought with all their might.",
        "There is no possibility of rain.",
        "He does not believe in ghosts.",
        "Theresa May spoke.",
    ] {
        check(plain, &[]);
    }
}

#[test]
fn mistakes_in_tables_are_named() {
    let check = |lexicon: &str, relay: &str, expect: &str| {
        let Err(error) = RelayTable::parse(lexicon, relay) else { panic!("expected an error for {expect}") };
        assert!(format!("{error:?} {error}").contains(expect), "{error:?}");
    };
    let relay = include_str!("../../../../models/relay/relay.toml");
    check("", relay, "missing field");
    check("row = 1", relay, "");
    check(
        "row = [{ id = 'x', kind = 'verb', commitment = 'certain', by = 'source', source = '', words = ['x'] }]",
        relay,
        "less than certain",
    );
    check(
        "row = [{ id = 'x', kind = 'verb', commitment = 'possible', by = 'source', source = '', words = ['x  y'] }]",
        relay,
        "single spaces",
    );
    check("row = []", &relay.replace("persons = \"person\"", "persons = \"nobody-knows\""), "nobody-knows");
    check("row = []", "\u{0}", "");
}

/// Words that the rules look at, with marks, digits and letters of any script between them.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "may",
        "May",
        "could",
        "likely to",
        "reportedly",
        "whether",
        "one of",
        "two",
        "officials",
        "anonymity",
        "on condition of",
        "told",
        "tweeted",
        "in a",
        "interview with",
        "the",
        "Reuters",
        "of",
        "who",
        "“",
        "”",
        "\"",
        "''",
        ",",
        ".",
        "—",
        ")",
        "(",
        "’s",
        "1,000",
        "5",
        "é",
        "\u{202e}",
        "\n",
        "said",
        "not to be named",
        "alleged",
        "citing",
    ]);
    prop::collection::vec(prop_oneof![words.prop_map(str::to_owned), "\\PC{0,4}"], 0..40)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn nothing_panics_and_every_range_fits(text in text(), cuts in prop::collection::vec(0..300_u32, 0..24)) {
        let table = TABLE.get_or_init(table);
        let whole = TextRange::new(0, text.len() as u32);
        let ranges: Vec<[TextRange; 1]> = cuts.chunks_exact(2).map(|cut| [TextRange::new(cut[0], cut[1])]).collect();
        let spans: Vec<_> = ranges.chunks_exact(3).map(|spans| RelaySpans { source: &spans[0], cue: &spans[1], content: &spans[2] }).collect();
        for sentences in [sentences(&text, &[whole]), vec![whole], ranges.iter().map(|range| range[0]).collect()] {
            let found = relays(&text, &sentences, &spans, table);
            prop_assert_eq!(found.attributions.len(), spans.len());
            for hedge in &found.hedges {
                prop_assert!(hedge.range.slice(&text).is_some() && hedge.scope.slice(&text).is_some());
                prop_assert!(hedge.scope.contains(hedge.range), "{:?}", hedge);
            }
            for relay in &found.attributions {
                let channels = relay.channels.iter().flat_map(|channel| [Some(channel.words), channel.outlet, channel.hearers]);
                let unnamed = relay.unnamed.iter().flat_map(|found| [Some(found.noun), found.side, found.basis, found.ground.map(|ground| ground.range)]);
                prop_assert!(channels.chain(unnamed).chain([relay.cites]).flatten().all(|range| range.slice(&text).is_some()));
            }
        }
    }
}

static TABLE: std::sync::OnceLock<RelayTable> = std::sync::OnceLock::new();

//! Cases by marked text: `[source](expected)`, where expected is the name of the party, `-` where nobody is named. Not the rules themselves.

use std::sync::OnceLock;

use onrecord_evidence::TextRange;
use proptest::prelude::*;

use super::*;

fn tables() -> &'static PartyTables {
    static TABLES: OnceLock<PartyTables> = OnceLock::new();
    TABLES.get_or_init(|| {
        PartyTables::parse(PartyFiles {
            countries: include_str!("../../../../models/places/countries.toml"),
            regions: include_str!("../../../../models/parties/regions.toml"),
            metonyms: include_str!("../../../../models/parties/metonyms.toml"),
            outlets: include_str!("../../../../models/parties/outlets.toml"),
            titles: include_str!("../../../../models/parties/titles.toml"),
            given_names: include_str!("../../../../models/parties/given_names.toml"),
        })
        .expect("the shipped tables are whole")
    })
}

fn sentences(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, mark)| matches!(mark, '.' | '\n' | '?')) {
        let end = at + mark.len_utf8();
        let short =
            text[..at].rsplit(' ').next().is_some_and(|word| word.len() < 4 && word.starts_with(char::is_uppercase));
        if mark == '\n' || (!short && text[end..].starts_with([' ', '\n'])) {
            found.extend(TextRange::new(start as u32, end as u32).trimmed(text));
            start = end;
        }
    }
    found.extend(TextRange::new(start as u32, text.len() as u32).trimmed(text));
    found
}

/// The text without marks, the marked ranges, and what is expected of each.
fn unmarked(marked: &str) -> (String, Vec<(TextRange, &str)>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        let (source, after) = after.split_once("](").expect("a mark is closed");
        let (expected, after) = after.split_once(')').expect("an expectation is closed");
        text.push_str(before);
        let start = text.len() as u32;
        text.push_str(source);
        marks.push((TextRange::new(start, text.len() as u32), expected));
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn found(text: &str, sources: &[TextRange]) -> Parties {
    let sources: Vec<[TextRange; 1]> = sources.iter().map(|source| [*source]).collect();
    let credits: Vec<Credit<'_>> = sources.iter().map(|source| Credit { source, cue: &[], content: &[] }).collect();
    parties(text, &[], &sentences(text), &credits, tables())
}

fn check(marked: &str) {
    let (text, marks) = unmarked(marked);
    let sources: Vec<TextRange> = marks.iter().map(|(range, _)| *range).collect();
    let parties = found(&text, &sources);
    let names: Vec<_> = parties
        .speakers
        .iter()
        .map(|speaker| {
            let party = speaker.party.map(|party| &parties.parties[party]);
            party.filter(|party| party.named).map_or("-", |party| party.name.as_str())
        })
        .collect();
    let expected: Vec<_> = marks.iter().map(|(_, expected)| *expected).collect();
    assert_eq!(names, expected, "{text}");
    whole(&text, &parties);
}

/// What holds of every result.
fn whole(text: &str, parties: &Parties) {
    for party in &parties.parties {
        assert!(party.named_at.slice(text).is_some(), "{party:?}");
        assert!(party.mentions.iter().all(|mention| mention.range.slice(text).is_some()), "{party:?}");
        assert!(party.owner.is_none_or(|owner| owner < parties.parties.len()));
    }
    for speaker in &parties.speakers {
        let all = speaker.candidates.iter().map(|candidate| candidate.party).chain(speaker.party);
        assert!(all.chain(speaker.together.iter().copied()).all(|party| party < parties.parties.len()));
        assert!(speaker.confidence <= 100);
        assert_eq!(speaker.party.is_some(), speaker.party.is_some() && !speaker.candidates.is_empty());
        for reason in speaker.candidates.iter().flat_map(|candidate| &candidate.reasons) {
            assert!(reason.evidence.iter().all(|range| range.slice(text).is_some()));
        }
    }
}

#[test]
fn pronouns_go_to_the_speaker_and_the_subject() {
    check("Ana Ruiz met Peter Vane in Orsel on Monday. [She](Ana Ruiz) said it went well. [He](Peter Vane) disagreed.");
    check("Mr. Haskar denied it. \"There was no call,\" [he](Haskar) said. Ms. Orde called [his](Haskar) claim false.");
    check("Clerks met Elena Brandt, [who](Elena Brandt) denied it. Voters [who](-) stayed home said nothing.");
    check("[Peter Vane](Peter Vane) said: \"[I](Peter Vane) never met Ana Ruiz.\"");
}

#[test]
fn surnames_titles_and_spellings_are_joined() {
    check(
        "President Volodymyr Zelensky spoke. [Zelenskyy](Volodymyr Zelensky) denied it. [Zelenskiy](Volodymyr Zelensky) said more.",
    );
    check(
        "Sen. Maria Tolland (R-Vt.) met Paul Drey. [The Vermont senator](Maria Tolland) said no. [Mr. Drey](Paul Drey) agreed.",
    );
    check(
        "The National Harbour Agency shut the port. [The agency](National Harbour Agency) said it was safe. [It](National Harbour Agency) gave no date.",
    );
}

#[test]
fn descriptions_go_to_the_office() {
    check("Foreign Minister Jan Tolar met envoys in Orsel. [The minister](Jan Tolar) denied the report.");
    check("[His lawyer](-) said so. Anton Berg stayed silent.");
    check("Anton Berg stayed silent. [His lawyer, Mark Sallow,](Mark Sallow) spoke.");
    check("[Two officials](-) said so. [The officials](-) gave no names. [Critics](-) denied it.");
    check("The Tolland campaign paid. [The campaign](Tolland campaign) denied it.");
}

#[test]
fn works_and_polls_are_parties() {
    check("Ana Ruiz shows her new documentary \"Low Tide\" on Friday. [The film](Low Tide) says the harbour was sold.");
    check("Paul Drey wrote a memoir entitled Salt and Iron. [The book](Salt and Iron) says the harbour was sold.");
    check(
        "A Courier/Orsel State poll asked them on Monday. [The poll](Courier/Orsel State poll) found that few agree.",
    );
    check("[The film](-) says the harbour was sold.");
}

#[test]
fn they_and_it_and_the_two() {
    check("Ana Ruiz and Paul Drey met voters in Orsel. [They](Ana Ruiz) said it went well.");
    check("[The letter](-) says no. [It](-) adds that Tolland was sold.");
    check("Ana Ruiz met Paul Drey. [One official](-) said it went well. [He](-) gave no name.");
}

#[test]
fn what_is_named_later_and_what_is_never() {
    check("[The senator](Ann Vale) spoke first. Ann Vale, a senator from Orsel, denied it later.");
    check("Ana Ruiz met Paul Drey. [The judge](-) denied it.");
    check("A local commission met Ana Ruiz of the Tolland Board. [The commission](-) denied it.");
    check("[His upbeat speech](Peter Vane) denied it, and Peter Vane said no more.");
}

#[test]
fn who_hangs_on_the_person() {
    check(
        "It was Ana Ruiz, a star anchor at Harbour News [who](Ana Ruiz) asked. Anton Berg, a poultry magnate [who](Anton Berg) paid, left.",
    );
}

#[test]
fn two_of_one_surname_stay_two() {
    let (text, marks) = unmarked("William Orde and Bill Orde met. [Orde](x) denied it. [Bill Orde](x) left.");
    let parties = found(&text, &marks.iter().map(|(range, _)| *range).collect::<Vec<_>>());
    assert_eq!(parties.parties.iter().filter(|party| party.name.ends_with("Orde")).count(), 2);
    assert_eq!(parties.speakers[0].party, None);
    assert_eq!(parties.speakers[0].candidates.len(), 2);
    assert!(parties.speakers[1].party.is_some());
}

#[test]
fn a_village_is_no_person() {
    let parties = found("They reported the capture of Orselivka in the Tolland region.", &[]);
    assert!(parties.parties.iter().all(|party| party.kind != PartyKind::Person), "{parties:?}");
    let parties = found("The letter came on Monday. Haskar denied it and said that he had left.", &[]);
    assert!(parties.parties.iter().any(|party| party.name == "Haskar" && party.kind == PartyKind::Person));
}

#[test]
fn a_quotation_without_a_source_goes_on() {
    let text = "\"There was no call at all,\" Ana Ruiz said.\n\"We met for an hour and then all of us left.\"";
    let name = text.find("Ana Ruiz").expect("the name stands in the text") as u32;
    let second = text.find("\"We").expect("the quotation stands in the text") as u32;
    let source = [TextRange::new(name, name + 8)];
    let contents = [[TextRange::new(0, name - 1)], [TextRange::new(second, text.len() as u32)]];
    let credits = [
        Credit { source: &source, cue: &[], content: &contents[0] },
        Credit { source: &[], cue: &[], content: &contents[1] },
    ];
    let parties = parties(text, &[], &sentences(text), &credits, tables());
    assert_eq!(parties.speakers[1].party, parties.speakers[0].party);
    assert_eq!(parties.speakers[1].candidates[0].reasons[0].kind, ReasonKind::GoesOn);
}

#[test]
fn outlets_are_known_by_their_aliases() {
    check("The Denver Post saw the letter. [The Post](Denver Post) reported that he knew. [AP](AP) had no comment.");
    let (text, marks) =
        unmarked("[AFP](x) reported it, and [the Kremlin](x) denied it. [Downing Street](x) declined to comment.");
    let parties = found(&text, &marks.iter().map(|(range, _)| *range).collect::<Vec<_>>());
    let shown: Vec<_> = parties
        .speakers
        .iter()
        .filter_map(|speaker| speaker.party)
        .map(|party| {
            let party = &parties.parties[party];
            (party.kind, party.stands_for.as_deref(), party.side.as_ref().map(|side| side.country.as_str()))
        })
        .collect();
    assert_eq!(
        shown,
        [
            (PartyKind::Agency, Some("Agence France-Presse"), Some("FR")),
            (PartyKind::Office, Some("presidency of Russia"), Some("RU")),
            (PartyKind::Office, Some("office of the prime minister"), Some("GB")),
        ]
    );
    assert_eq!(tables().outlet_of_domain("www.reuters.com"), Some("Reuters"));
}

#[test]
fn office_and_side_stand_apart_from_the_person() {
    let check = |text: &str, name: &str, title: &str, of: Option<&str>, side: Option<&str>| {
        let start = text.find(name).expect("the name stands in the text") as u32;
        let source = TextRange::new(start, start + name.len() as u32);
        let parties = found(text, &[source]);
        let party = &parties.parties[parties.speakers[0].party.expect("the name is its own party")];
        assert_eq!((party.name.as_str(), party.kind), (name, PartyKind::Person));
        let office = party.offices.first().expect("an office stands beside the name");
        assert_eq!(office.title.slice(text), Some(title), "{text}");
        assert_eq!(office.of.and_then(|of| of.slice(text)), of, "{text}");
        assert_eq!(office.side.as_ref().map(|side| side.country.as_str()), side, "{text}");
    };
    check(
        "It is false, Kremlin spokesman Dmitry Peskov said.",
        "Dmitry Peskov",
        "spokesman",
        Some("Kremlin"),
        Some("RU"),
    );
    check(
        "Dmitry Peskov, the Kremlin spokesman, denied it.",
        "Dmitry Peskov",
        "spokesman",
        Some("Kremlin"),
        Some("RU"),
    );
    check(
        "Russian Foreign Minister Sergei Lavrov denied it.",
        "Sergei Lavrov",
        "Foreign Minister",
        Some("Russian"),
        Some("RU"),
    );
    check(
        "Tolland's communications director, Steven Chen, denied it.",
        "Steven Chen",
        "communications director",
        Some("Tolland"),
        None,
    );
    check(
        "Ana Ruiz, a spokeswoman for the Orsel Port Authority, denied it.",
        "Ana Ruiz",
        "spokeswoman",
        Some("Orsel Port Authority"),
        None,
    );
}

#[test]
fn damaged_tables_are_errors() {
    let empty = PartyFiles { countries: "", regions: "", metonyms: "", outlets: "", titles: "", given_names: "" };
    assert_eq!(PartyTables::parse(empty).err().map(|error| error.file), Some("countries.toml"));
}

proptest! {
    #[test]
    fn any_text_and_any_spans(
        text in "([A-Za-zé0-9 ,.'’“”\"\n()\\-—]|Mr\\. |Ana |Ruiz |said |he |she |they |it |who |his lawyer |the minister |the film |entitled |\"Low Tide\" |a poll |/|The two |and |is |asked |, a |of the |\\PC){0,120}",
        spans in prop::collection::vec((0_u32..400, 0_u32..60), 0..6),
    ) {
        let sources: Vec<TextRange> = spans.iter().map(|(start, len)| TextRange::new(*start, start + len)).collect();
        for contents in [false, true] {
            // The same spans as sources, then every other one as the content of the one before.
            let credits: Vec<Credit<'_>> = sources
                .chunks(if contents { 2 } else { 1 })
                .map(|pair| Credit { source: if contents && pair[0].len() < 9 { &[] } else { &pair[..1] }, cue: &[], content: &pair[1..] })
                .collect();
            let parties = parties(&text, &[], &sentences(&text), &credits, tables());
            prop_assert_eq!(parties.speakers.len(), credits.len());
        }
        let parties = found(&text, &sources);
        let fitting = sources.iter().all(|source| source.slice(&text).is_some());
        if fitting {
            whole(&text, &parties);
        }
    }
}

#[test]
fn bodies_are_not_the_nearest_name() {
    check(
        "The Ellmark Courier published it on Sunday. [The Orsian foreign ministry](-) has not denied it. Two Orsian \
         boats were lost, [the fire service in Tarn](-) said. [The courier company](-) said nothing.",
    );
    check("The Ministry of Water spoke on Monday. [The finance ministry](-) did not.");
    check("Peter Vane left on Monday. [The office of outgoing President Ana Ruiz](-) said why.");
    check("The dam of Velda Water and Power failed. [The utility](Velda Water and Power) said so.");
    check("[The Northern Wire news agency](Northern Wire) said so. Ruth Pell read it.");
}

#[test]
fn staffs_are_bodies_and_adjectives_are_nobody() {
    check("Six drones were lost, [the General Staff](General Staff) said. Four, [it](General Staff) said, to ice.");
    let text = "Orsia lost six Orsian drones. Orsia said that they were old.";
    let source = text.rfind("Orsia ").expect("it stands there") as u32;
    let parties = found(text, &[TextRange::new(source, source + 5)]);
    let kinds: Vec<_> = parties.parties.iter().map(|party| (party.name.as_str(), party.kind)).collect();
    assert_eq!(kinds, [("Orsia", PartyKind::Government)]);
}

#[test]
fn descriptions_are_named_whole() {
    for (source, name) in [
        ("The First Minister's chancellery", "First Minister's chancellery"),
        ("A person briefed on the call", "person briefed on the call"),
        ("the clerk, who kept the lists,", "clerk"),
        ("the", "the"),
    ] {
        let text = format!("On Monday {source} denied it.");
        let parties = found(&text, &[TextRange::new(10, 10 + source.len() as u32)]);
        let party = parties.speakers[0].party.map(|party| &parties.parties[party]);
        assert!(party.is_none_or(|party| party.name == name && !party.named), "{party:?}");
        whole(&text, &parties);
    }
}

#[test]
fn owners_in_appositions_are_what_the_office_is_of() {
    for (text, title, of) in [
        ("Joram Seld, the chancellery's spokesman, told reporters.", "spokesman", "chancellery"),
        ("The agency's director, Mirel Sand, told reporters.", "director", "agency"),
        ("The mayor of Cantrey, Jonna Pell, told reporters.", "mayor", "Cantrey"),
        ("A spokesman for the foreign ministry, Joram Seld, told reporters.", "spokesman", "foreign ministry"),
    ] {
        let parties = found(text, &[TextRange::new(0, text.len() as u32)]);
        let person = parties.parties.iter().find(|party| party.kind == PartyKind::Person).expect("a person");
        let slice = |range: TextRange| range.slice(text).expect("it fits");
        let offices: Vec<_> = person.offices.iter().map(|office| (slice(office.title), office.of.map(slice))).collect();
        assert_eq!(offices, [(title, Some(of))], "{text}");
    }
}

//! Revisions as two short texts, and what is found between them.

use onrecord_annotate::{Act, Commitment, Manner};
use onrecord_evidence::{ArticleId, AttributionId, Quoted, RevisionId, TextRange, Time, TimeSource};
use onrecord_record::{AttributionRecord, SourceKind};
use onrecord_testkit::Marked;
use proptest::prelude::*;

use super::*;
use crate::Report;

/// A revision; spans marked `source`, `cue`, `content` are one attribution.
fn report(marked: &str) -> Report {
    let marked = Marked::parse(marked);
    let text = marked.text.clone();
    let time = Time::parse("2031-03-07", TimeSource::Meta).unwrap();
    let spans = |role: &str| -> Vec<Quoted> {
        let ranges = marked.ranges(role);
        ranges.into_iter().map(|range| Quoted::new(&text, range).unwrap()).collect()
    };
    let record = || {
        let (source, cue, content) = (spans("source"), spans("cue"), spans("content"));
        let act = if cue.first()?.words().starts_with("den") { Act::Deny } else { Act::Affirm };
        Some(AttributionRecord {
            id: AttributionId::of_fields(&[text.as_bytes()]),
            sentence: cue[0].clone(),
            source,
            cue,
            content,
            manner: Manner::Indirect,
            source_kind: SourceKind::Written,
            speaker: None,
            relay: None,
            within: Vec::new(),
            act,
            act_rule: "default".to_owned(),
            act_evidence: Vec::new(),
            commitment: Commitment::Certain,
            hedges: Vec::new(),
            said: Vec::new(),
            happened: Vec::new(),
            figures: Vec::new(),
            places: Vec::new(),
            score: 1.0,
        })
    };
    let records: Vec<AttributionRecord> = record().into_iter().collect();
    Report {
        article: ArticleId::of_fields(&[b"vint"]),
        revision: RevisionId::of_fields(&[text.as_bytes()]),
        outlet: Some("The Vint Observer".to_owned()),
        domain: None,
        published: Some(time.clone()),
        observed: time,
        title: None,
        text,
        blocks: Vec::new(),
        records,
    }
}

fn check(older: &str, newer: &str, expect: &[(ChangeClass, &str, &str)]) {
    let (older, newer) = (report(older), report(newer));
    let revising = compare(&older, &newer);
    let words = |quoted: &Option<Quoted>| quoted.as_ref().map_or(String::new(), |quoted| quoted.words().to_owned());
    let shown: Vec<_> =
        revising.changes.iter().map(|change| (change.class, words(&change.before), words(&change.after))).collect();
    let expect: Vec<_> =
        expect.iter().map(|(class, before, after)| (*class, (*before).to_owned(), (*after).to_owned())).collect();
    assert_eq!(shown, expect, "{} / {}", older.text, newer.text);
}

#[test]
fn changes_by_class() {
    use ChangeClass::{Addition, Figure, Hedge, Layout, Name, Order, Quotation, Removal, Typo, Wording};
    let same = "The gate failed.\nNobody knows why it did.";
    check(same, same, &[]);
    check("Some 127 people died at the gate.", "Some 96 people died at the gate.", &[(Figure, "127", "96")]);
    check("The rebels allegedly blew up the gate.", "The rebels blew up the gate.", &[(Hedge, "allegedly", "")]);
    check(
        "They slept in an accomodation there.",
        "They slept in an accommodation there.",
        &[(Typo, "accomodation", "accommodation")],
    );
    check("The lists came from Orsel by bus.", "The lists came from Varn by bus.", &[(Name, "Orsel", "Varn")]);
    check("“We saw a drone,” he said today.", "“We heard a drone,” he said today.", &[(Quotation, "saw", "heard")]);
    check("The door was open all night.", "The gate was open all night.", &[(Wording, "door", "gate")]);
    check("It is \"over\" now.", "It is “over” now.", &[(Layout, "It is \"over\" now.", "It is “over” now.")]);
    check("One is here.\nTwo is there.", "One is here.", &[(Removal, "Two is there.", "")]);
    check("One is here.", "One is here.\nTwo is there.", &[(Addition, "", "Two is there.")]);
    let (first, second) = ("The first of all of these sentences.", "The second one, which went up.");
    check(&format!("{first}\n{second}"), &format!("{second}\n{first}"), &[(Order, second, second)]);
}

#[test]
fn attributions_by_fate() {
    let check = |older: &str, newer: &str, fate: Fate, touched: &[Touched]| {
        let revising = compare(&report(older), &report(newer));
        assert_eq!(revising.attributions.len(), 1, "{older} / {newer}");
        let change = &revising.attributions[0];
        assert_eq!((change.fate, change.touched.as_slice()), (fate, touched), "{older} / {newer}");
    };
    let said = "[source: The mayor] [cue: said] [content: that 12 boats were lost in the storm].";
    check(said, said, Fate::Kept, &[]);
    check(said, &format!("A new first sentence stands here.\n{said}"), Fate::Kept, &[]);
    check(
        said,
        "[source: The mayor] [cue: said] [content: that 14 boats were lost in the storm].",
        Fate::Changed,
        &[Touched::Figure],
    );
    check(
        said,
        "[source: The mayor] [cue: said] [content: that 12 boats were reportedly lost in the storm].",
        Fate::Changed,
        &[Touched::HedgeGained],
    );
    check(
        said,
        "[source: A guard] [cue: said] [content: that 12 boats were lost in the storm].",
        Fate::Changed,
        &[Touched::Source],
    );
    check(
        said,
        "[source: The mayor] [cue: denied] [content: that 12 boats were lost in the storm].",
        Fate::Changed,
        &[Touched::Act],
    );
    check(
        said,
        "[source: The mayor] [cue: said] [content: that 12 boats were sunk in the storm].",
        Fate::Changed,
        &[Touched::Reworded],
    );
    check(said, "The mayor was away.", Fate::Removed, &[]);
    check("The mayor was away.", said, Fate::Added, &[]);
    let other = "Nobody was hurt in the harbour that night.";
    check(&format!("{said}\n{other}\nThe end of it."), &format!("{other}\nThe end of it.\n{said}"), Fate::Moved, &[]);
}

#[test]
fn silent_or_noted() {
    let check = |older: &str, newer: &str, noting: Noting, withdrawn: bool| {
        let revising = compare(&report(older), &report(newer));
        assert_eq!((revising.noting, revising.withdrawn.is_some()), (noting, withdrawn), "{newer}");
    };
    let old = "The gate failed at 9. Some 127 people died.";
    check(old, old, Noting::Unchanged, false);
    check(old, "The gate failed at 9.\nSome 127 people died.", Noting::Unchanged, false);
    check(old, "The gate failed at 9. Some 96 people died.", Noting::Silent, false);
    check(
        old,
        "The gate failed at 9. Some 96 people died.\nCorrection: The toll was 96, not 127.",
        Noting::Noted,
        false,
    );
    check(old, "The Vint Observer has withdrawn this story.", Noting::Noted, true);
    check(old, "This article has been withdrawn. We regret the error.", Noting::Noted, true);
}

#[test]
fn notes_and_what_they_are_about() {
    use NoteKind::{Clarification, Correction, EditorsNote, Update, Withdrawal};
    let check = |text: &str, expect: &[(NoteKind, bool)]| {
        let report = report(text);
        let found = notes(&report);
        let shown: Vec<_> = found.iter().map(|note| (note.kind, note.whole)).collect();
        assert_eq!(shown, expect, "{text}: {found:#?}");
        found.iter().for_each(|note| note.words.check(&report.text).unwrap());
    };
    check("(Corrects headline and first paragraph to say that it was the cable.)", &[(Correction, false)]);
    check("Correction, March 12: A report of March 10 misstated the toll. It was two, not 12.", &[(Correction, false)]);
    check("An earlier version of this article misspelt the mayor’s name.", &[(Correction, false)]);
    check("Clarification: The mayor spoke on Monday.", &[(Clarification, false)]);
    check("UPDATED 12:05. Adds a statement.", &[(Update, false)]);
    check("This story has been updated with a statement.", &[(Update, false)]);
    check("Editor's note: The author once worked for the mayor.", &[(EditorsNote, false)]);
    check("The Vint Observer has withdrawn its story of March 9 headlined “The call”.", &[(Withdrawal, true)]);
    check("The Vint Observer has withdrawn the sentence in its story of March 9 on a call.", &[(Withdrawal, false)]);
    check("The minister withdrew her report. Northline corrected its story.", &[]);
    check("Update on the talks\nThe army withdrew on Monday. He retracted the claim.", &[]);
    check("", &[]);
    let found = notes(&report("The Vint Observer has withdrawn its story of March 9 headlined “The call”."));
    let NoteOf::Story { date: Some(date), headline: Some(headline) } = &found[0].of else { panic!("{found:#?}") };
    assert_eq!((date.words(), headline.words()), ("March 9", "The call"));
}

#[test]
fn long_texts_are_compared_in_part() {
    let long: String = (0..5000).map(|at| format!("Sentence {at} is here.\n")).collect();
    let revising = compare(&report(&long), &report(&long));
    assert_eq!(revising.diagnostics[0].id, "revision-left-out");
    assert!(revising.changes.is_empty());
}

const WORDS: &str = "(The gate |failed\\. |Nobody |said |12 |“|” |allegedly |Orsel |\n|é |and |, |was |open\\. ){0,40}";

proptest! {
    /// Every change quotes its text; a text beside itself has none; what one way adds the other way removes.
    #[test]
    fn changes_quote_their_texts(one in WORDS, other in WORDS) {
        let (older, newer) = (report(&one), report(&other));
        let revising = compare(&older, &newer);
        for change in &revising.changes {
            change.before.iter().for_each(|before| before.check(&older.text).unwrap());
            change.after.iter().for_each(|after| after.check(&newer.text).unwrap());
            prop_assert!(change.before.is_some() || change.after.is_some());
        }
        prop_assert_eq!(compare(&older, &older).changes, Vec::new());
        let count = |revising: &Revising, class| revising.changes.iter().filter(|change| change.class == class).count();
        if one.trim().is_empty() {
            prop_assert_eq!(count(&revising, ChangeClass::Removal), 0);
        }
    }

    /// Any text at all.
    #[test]
    fn any_text_is_compared(one in "\\PC{0,200}", other in "\\PC{0,200}") {
        let text = |words: &str| Report { text: words.to_owned(), records: Vec::new(), ..report("") };
        let (older, newer) = (text(&one), text(&other));
        for change in compare(&older, &newer).changes {
            change.before.iter().for_each(|before| before.check(&one).unwrap());
            change.after.iter().for_each(|after| after.check(&other).unwrap());
        }
        let range = TextRange::new(0, one.len() as u32);
        prop_assert!(notes(&older).iter().all(|note| range.contains(note.words.range())));
    }
}

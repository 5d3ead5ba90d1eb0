//! The shipped tables: every row's own examples, and readings in believable prose. Not the corpus' scores (`tools/eval`).

use onrecord_annotate::{Act, ActTable, AttributionSpans, HedgePlace, HedgeTable, Interpreter, ScoredSpans};
use onrecord_testkit::Marked;

const ACTS: &str = include_str!("../../../models/acts/acts.toml");
const HEDGES: &str = include_str!("../../../models/hedges/hedges.toml");

struct Tables {
    acts: ActTable,
    hedges: HedgeTable,
}

impl Tables {
    fn new() -> Self {
        let acts = ActTable::parse(ACTS).expect("the shipped act table");
        Self { acts, hedges: HedgeTable::parse(HEDGES).expect("the shipped hedge table") }
    }

    fn read(&self, marked: &str) -> (String, AttributionSpans) {
        let marked = Marked::parse(marked);
        let [source, cue, content] = ["source", "cue", "content"].map(|role| marked.ranges(role));
        let spans = ScoredSpans { source, cue, content, score: 1.0 };
        let attribution = Interpreter::new(&marked.text, &self.acts, &self.hedges).interpret(&spans);
        (marked.text, attribution.expect("a marked cue and content"))
    }

    fn check(&self, marked: &str, act: &str, commitment: &str, hedges: &[&str]) {
        let (text, found) = self.read(marked);
        let words: Vec<_> = found.hedges.iter().filter_map(|hedge| hedge.range.slice(&text)).collect();
        let got = (found.act.act.word(), found.commitment.word(), words);
        assert_eq!(got, (act, commitment, hedges.to_vec()), "{marked} by {}", found.act.rule);
    }
}

#[test]
fn every_act_row_decides_its_examples() {
    let tables = Tables::new();
    let mut wrong = Vec::new();
    for row in tables.acts.rows() {
        for (examples, expect) in [(&row.yes, true), (&row.no, false)] {
            for example in examples {
                let rule = tables.read(example).1.act.rule;
                if (rule == row.id) != expect {
                    wrong.push(format!("{}: {example} goes to {rule}", row.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_hedge_row_finds_its_examples() {
    let tables = Tables::new();
    for row in tables.hedges.rows() {
        for example in &row.yes {
            let (text, found) = tables.read(example);
            let hedge = found.hedges.iter().find(|hedge| hedge.by == row.by && hedge.commitment == row.commitment);
            assert!(hedge.is_some(), "{}: {text} has {:?}", row.id, found.hedges);
        }
        assert!(
            row.places.iter().all(|place| matches!(place, HedgePlace::Cue | HedgePlace::Content | HedgePlace::Beside))
        );
    }
}

#[test]
fn every_act_has_a_row() {
    let tables = Tables::new();
    for act in Act::ALL {
        assert!(tables.acts.rows().any(|row| row.act == *act), "{act}");
    }
}

#[test]
fn one_saying_matches_wherever_its_cue_ends() {
    let tables = Tables::new();
    for marked in [
        "[source: The palace] [cue: declined] [content: to confirm or deny it]",
        "[source: The palace] [cue: declined to confirm or deny] [content: it]",
        "[source: The palace] declined to [cue: confirm or deny] [content: it]",
        "[content: “We neither confirm nor deny it,”] [source: the palace] [cue: said]",
    ] {
        tables.check(marked, "non-denial", "unknown", &[]);
    }
}

#[test]
fn reads_a_contested_call() {
    let check = |marked: &str, act: &str, commitment: &str, hedges: &[&str]| {
        Tables::new().check(marked, act, commitment, hedges)
    };
    check(
        "[source: The chancellery] has [cue: dismissed] [content: claims of a telephone call]",
        "deny",
        "certain",
        &[],
    );
    check(
        "[content: Orne] was reportedly [cue: said] [content: to have warned Marr off the strait]",
        "affirm",
        "possible",
        &["was reportedly said"],
    );
    check(
        "[content: The alleged call], first [cue: reported by] [source: the Norholm Mail], lasted an hour",
        "affirm",
        "possible",
        &["alleged"],
    );
    check(
        "[cue: According to] [source: the Norholm Mail], [content: the call allegedly took place on Thursday]",
        "affirm",
        "possible",
        &["allegedly"],
    );
    check("[source: Lind] swiftly [cue: denied] [content: any call had taken place]", "deny", "certain", &[]);
    check(
        "[cue: stating] [content: that private calls with foreign leaders are not disclosed]",
        "decline",
        "unknown",
        &[],
    );
    check("[source: Tarvia] [cue: claimed] [content: to intercept 84 drones]", "affirm", "certain", &[]);
    check("[content: “They bring the same terror,”] [source: she] [cue: tweeted]", "affirm", "certain", &[]);
    check("[cue: noting], [content: “I expect the fleet to stay.”]", "affirm", "probable", &["I expect"]);
    check("[source: The army] [cue: has reported] [content: gains]", "affirm", "certain", &[]);
}

#[test]
fn hedges_count_in_the_head_clause_only() {
    let tables = Tables::new();
    let check = |content: &str, commitment: &str| {
        tables.check(&format!("[source: She] [cue: said] [content: {content}]"), "affirm", commitment, &[]);
    };
    check("the plan, which may fail, is law", "certain");
    check("the town was built by people who might have left", "certain");
    check("the gate could not be moved", "certain");
    tables.check("[source: She] [cue: said] [content: the gate could fail]", "affirm", "possible", &["could"]);
    tables.check("Reportedly, [source: she] [cue: said] [content: no more]", "affirm", "possible", &["Reportedly"]);
}

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
        Self { acts: ActTable::parse(ACTS).unwrap(), hedges: HedgeTable::parse(HEDGES).unwrap() }
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

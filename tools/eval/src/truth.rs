//! The labels of `tools/eval/truth`: act and commitment of attributions, by document and event.

use std::error::Error;
use std::path::Path;

use onrecord::annotate::{Act, Commitment};

/// One label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub doc: String,
    pub event: String,
    pub act: Act,
    pub commitment: Commitment,
}

/// The rows of a label file, in its order.
pub fn labels(path: &Path) -> Result<Vec<Label>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)?;
    let mut labels = Vec::new();
    for (number, line) in file.lines().enumerate().skip(1) {
        let wrong =
            || format!("{}:{}: expected doc, event, cue_start, cue_end, act, commitment", path.display(), number + 1);
        let cells: Vec<_> = line.split('\t').collect();
        let [doc, event, _, _, act, commitment] = cells[..] else { return Err(wrong().into()) };
        labels.push(Label { doc: doc.into(), event: event.into(), act: act.parse()?, commitment: commitment.parse()? });
    }
    Ok(labels)
}

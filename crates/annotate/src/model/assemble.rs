//! Decided pieces to an attribution's ranges of text: one source, whole quotation marks, no stray punctuation.
//!
//! The rules follow what annotators of PolNeAR did: quotation marks belong to the content, the comma or stop after it
//! does not; a source is one run of words, and keeps the comma that ends an apposition ("Ann Vale, its spokeswoman,").
//! Not here: whether there is an attribution.

use onrecord_evidence::TextRange;

use super::ScoredSpans;
use super::decode::runs;
use super::window::{Piece, Quote};

/// State of the linker's chain for pieces of the source.
const SOURCE: u8 = 1;
/// State of the linker's chain for pieces of the content.
const CONTENT: u8 = 2;

/// The attribution of the cue `first..=last` among `pieces`; `states` has one state for each piece. `None` where nothing
/// is attributed.
pub(super) fn assemble(
    text: &str,
    pieces: &[Piece],
    (first, last): (usize, usize),
    states: &[u8],
    score: f32,
) -> Option<ScoredSpans> {
    let mut content = runs(states, CONTENT);
    for run in &mut content {
        balance(pieces, states, run);
    }
    content.retain_mut(|run| trim(text, pieces, run));
    let away = |(start, end): &(usize, usize)| start.saturating_sub(last).max(first.saturating_sub(*end));
    let source = runs(states, SOURCE).into_iter().min_by_key(away);
    let ranges = |runs: &[(usize, usize)]| {
        runs.iter().map(|(start, end)| pieces[*start].range.hull(pieces[*end].range)).collect::<Vec<TextRange>>()
    };
    (!content.is_empty()).then(|| ScoredSpans {
        source: ranges(source.as_slice()),
        cue: ranges(&[(first, last)]),
        content: ranges(&content),
        score,
    })
}

/// Takes in the mark right after a run that opened a quotation and did not close it, or the one right before a run that
/// closes one.
fn balance(pieces: &[Piece], states: &[u8], run: &mut (usize, usize)) {
    let marks = |quote| pieces[run.0..=run.1].iter().filter(|piece| piece.quote == quote).count();
    let (opens, closes) = (marks(Quote::Opens), marks(Quote::Closes));
    let free = |at: usize, quote| pieces.get(at).is_some_and(|piece| piece.quote == quote) && states[at] == 0;
    if opens > closes && free(run.1 + 1, Quote::Closes) {
        run.1 += 1;
    } else if closes > opens && run.0 > 0 && free(run.0 - 1, Quote::Opens) {
        run.0 -= 1;
    }
}

/// Takes commas, colons and dashes off both ends; false where nothing is left.
fn trim(text: &str, pieces: &[Piece], run: &mut (usize, usize)) -> bool {
    let stray = |at: usize| matches!(pieces[at].range.slice(text), Some("," | ";" | ":" | "—" | "–" | "-"));
    while stray(run.0) {
        if run.0 == run.1 {
            return false;
        }
        run.0 += 1;
    }
    while stray(run.1) {
        run.1 -= 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their decided role in front: `s:` source, `q:` cue, `c:` content, nothing for outside.
    fn check(marked: &str, expected: &str) {
        let (mut text, mut pieces, mut states, mut cues) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        for (position, word) in marked.split(' ').enumerate() {
            let (role, word) = word.split_once('_').unwrap_or(("", word));
            let start = text.len() as u32;
            text.push_str(word);
            let quote = match word {
                "“" => Quote::Opens,
                "”" => Quote::Closes,
                _ => Quote::Outside,
            };
            pieces.push(Piece { range: TextRange::new(start, text.len() as u32), quote, ..Piece::default() });
            text.push(' ');
            states.push(match role {
                "s" => 1,
                "c" => 2,
                _ => 0,
            });
            if role == "q" {
                cues.push(position);
            }
        }
        let found = assemble(&text, &pieces, (cues[0], cues[cues.len() - 1]), &states, 1.0);
        let shown = found.map(|spans| {
            let words = |ranges: &[TextRange]| {
                ranges.iter().map(|range| range.slice(&text).unwrap_or_default()).collect::<Vec<_>>().join(" / ")
            };
            format!("{} | {} | {}", words(&spans.source), words(&spans.cue), words(&spans.content))
        });
        assert_eq!(shown.as_deref(), (!expected.is_empty()).then_some(expected));
    }

    #[test]
    fn quotation_marks_are_whole() {
        check("c_“ c_No ” , s_Ann q_said", "Ann | said | “ No ”");
        check("s_Ann q_said : “ c_No c_”", "Ann | said | “ No ”");
        check("c_“ c_No c_, ” q_said s_Bo . “ c_Never c_”", "Bo | said | “ No , ” / “ Never ”");
    }

    #[test]
    fn stray_punctuation_goes() {
        check("c_It c_rained c_, s_Ann q_said", "Ann | said | It rained");
        check("s_Ann s_, s_mayor s_, q_said c_no", "Ann , mayor , | said | no");
        check("s_Ann q_: c_, c_: c_Rain", "Ann | : | Rain");
        check("s_Ann q_said c_,", "");
        check("s_Ann q_said", "");
    }

    #[test]
    fn a_source_is_one_run_the_nearest() {
        check("s_Bo , s_Ann q_said c_no", "Ann | said | no");
        check("q_reportedly c_fled", " | reportedly | fled");
    }
}

//! The whole model against what the training code says for the same weights (`training/export.py --fixture`).

use serde::Deserialize;

use super::encoder::Workspace;
use super::*;

const WEIGHTS: &[u8] = include_bytes!("../../../../models/attribution/weights.safetensors");
const VOCABULARY: &str = include_str!("../../../../models/attribution/vocab.txt");
const FIXTURE: &str = include_str!("fixtures/parity.json");

#[derive(Deserialize)]
struct Case {
    text: String,
    sentences: Vec<(u32, u32)>,
    pieces: Vec<(u32, u32, u32)>,
    cue_scores: Vec<f32>,
    attributions: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
    score: f32,
}

fn ranges(pairs: &[(u32, u32)]) -> Vec<TextRange> {
    pairs.iter().map(|(start, end)| TextRange::new(*start, *end)).collect()
}

fn cases() -> Vec<Case> {
    serde_json::from_str(FIXTURE).unwrap()
}

fn model() -> Model {
    Model::load(WEIGHTS, VOCABULARY).unwrap()
}

fn workspace(in_floats: bool) -> Workspace {
    let mut work = Workspace::default();
    work.in_floats = in_floats;
    work
}

fn cue_scores(model: &Model, case: &Case, in_floats: bool) -> Vec<f32> {
    let pieces = window::read_pieces(&case.text, &model.vocabulary);
    let sentences = window::sentence_pieces(&pieces, &ranges(&case.sentences));
    let Some(first) = window::windows(&sentences).into_iter().next() else { return Vec::new() };
    let mut work = workspace(in_floats);
    model.encoder.encode(model.isa, &pieces[first.pieces], &mut work);
    let row = |row: &[f32]| math::dot(row, &model.cue_head[..WIDTH]) + model.cue_bias[0];
    work.vectors.chunks_exact(WIDTH).map(row).collect()
}

#[test]
fn pieces_are_those_of_the_training_code() {
    let model = model();
    for case in cases() {
        let found = window::read_pieces(&case.text, &model.vocabulary);
        let ids = |ids: &mut dyn Iterator<Item = u32>| ids.collect::<Vec<_>>();
        assert_eq!(
            ids(&mut found.iter().map(|piece| piece.id)),
            ids(&mut case.pieces.iter().map(|piece| piece.0)),
            "{}",
            case.text
        );
        for (piece, (_, start, end)) in found.iter().zip(&case.pieces) {
            let expected = TextRange::new(*start, *end);
            // The training code leaves combining marks out of a piece; here they belong to their letter.
            let marks = case.text[piece.range.indices()].contains(['\u{301}', '\u{FE0F}']);
            assert!(piece.range == expected || marks && piece.range.contains(expected), "{piece:?} {expected:?}");
        }
    }
}

#[test]
fn the_reference_in_floats_is_the_trained_network() {
    let model = model();
    for case in cases() {
        for (ours, theirs) in cue_scores(&model, &case, true).iter().zip(&case.cue_scores) {
            assert!((ours - theirs).abs() < 0.005, "{ours} for {theirs} in {}", case.text);
        }
    }
}

#[test]
fn bytes_lose_little() {
    let model = model();
    for case in cases() {
        let exact = cue_scores(&model, &case, true);
        for (ours, exact) in cue_scores(&model, &case, false).iter().zip(&exact) {
            assert!((ours - exact).abs() < 0.75, "{ours} for {exact} in {}", case.text);
        }
    }
}

#[test]
fn attributions_are_those_of_the_training_code() {
    let model = model();
    for case in cases() {
        let found = model.read(&case.text, &ranges(&case.sentences), &[], workspace(true));
        let expected: Vec<_> =
            case.attributions.iter().map(|one| (ranges(&one.source), ranges(&one.cue), ranges(&one.content))).collect();
        let spans: Vec<_> =
            found.iter().map(|one| (one.source.clone(), one.cue.clone(), one.content.clone())).collect();
        assert_eq!(spans, expected, "{}", case.text);
        for (one, expected) in found.iter().zip(&case.attributions) {
            assert!((one.score - expected.score).abs() < 0.01);
        }
    }
}

#[test]
fn every_instruction_set_gives_the_same_answer() {
    let mut model = model();
    let case = &cases()[2];
    let mut answers = Vec::new();
    for isa in Isa::all() {
        model.isa = isa;
        let bits: Vec<u32> = cue_scores(&model, case, false).iter().map(|score| score.to_bits()).collect();
        answers.push((bits, model.attributions(&case.text, &ranges(&case.sentences), &[])));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn damaged_weights_are_refused() {
    let check = |weights: &[u8], vocabulary: &str, kind: ErrorKind| {
        assert_eq!(Model::load(weights, vocabulary).unwrap_err().kind(), kind);
    };
    check(&[], VOCABULARY, ErrorKind::File);
    check(b"no weights at all", VOCABULARY, ErrorKind::File);
    check(&WEIGHTS[..WEIGHTS.len() - 1], VOCABULARY, ErrorKind::File);
    check(WEIGHTS, "[PAD]\n", ErrorKind::Vocabulary);
    let mut changed = WEIGHTS.to_vec();
    if let Some(last) = changed.last_mut() {
        *last ^= 1;
    }
    check(&changed, VOCABULARY, ErrorKind::Digest);
    let other = String::from_utf8_lossy(&WEIGHTS[8..WEIGHTS.len().min(4096)]).find("attribution-1").unwrap();
    let mut changed = WEIGHTS.to_vec();
    changed[8 + other + 12] = b'9';
    check(&changed, VOCABULARY, ErrorKind::File);
}

#[test]
fn wild_texts_and_sentences_do_no_harm() {
    let model = model();
    let long = "The envoy said that nothing had changed and ".repeat(200);
    let glued = "x".repeat(20_000);
    let dashes = "-“”\"'".repeat(500);
    for text in ["", "\n", "\u{0}", "said", "\u{301}\u{301}", "🙂", &long, &glued, &dashes] {
        for sentences in [vec![], vec![TextRange::new(0, u32::MAX)], vec![TextRange::new(9, 3), TextRange::new(1, 2)]] {
            for one in model.attributions(text, &sentences, &[]) {
                for range in one.source.iter().chain(&one.cue).chain(&one.content) {
                    assert!(range.slice(text).is_some_and(|words| !words.is_empty()));
                }
            }
        }
    }
}

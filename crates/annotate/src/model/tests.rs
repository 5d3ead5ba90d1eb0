//! The whole model against what the training code says for the same weights (`training/export.py --fixture`).

use serde::Deserialize;

use super::encoder::Workspace;
use super::window::Window;
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
    let Some(first) = window::windows(&pieces, &sentences).into_iter().next() else { return Vec::new() };
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
    let mut model = model();
    model.in_floats = true;
    for case in cases() {
        let found = model.attributions(&case.text, &ranges(&case.sentences), &[]);
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
    let mut model = model().with_cache(0);
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

/// A text of many paragraphs, none like another.
fn long_text(paragraphs: usize) -> String {
    let who = ["The harbour master", "A spokeswoman for Velmora", "Two engineers", "Governor Marn", "The union"];
    let how = ["said", "denied", "would not say whether", "insisted", "could not confirm"];
    let paragraph = |n: usize| {
        let (who, how) = (who[n % who.len()], how[n / who.len() % how.len()]);
        format!("{who} {how} that crane {n} had stood still since {}. Ships waited {} hours.", 1900 + n, n * 7 % 50)
    };
    (0..paragraphs).map(paragraph).collect::<Vec<_>>().join("\n")
}

fn lines(text: &str) -> Vec<TextRange> {
    crate::sentences(text, &[])
}

#[test]
fn copies_are_known_and_the_answer_is_the_same() {
    let (cached, plain) = (model(), model().with_cache(0));
    let text = long_text(60);
    let other = text.replacen("Ships waited", "Boats lay idle", 1);
    let later = format!("By our staff\nVELMORA, March 3 -\n{text}");
    let cut = text[text.find('\n').map_or(0, |end| end + 1)..].to_owned();
    for (copy, least_hits) in [(&text, 0), (&text, 100), (&other, 60), (&later, 50), (&cut, 50)] {
        let before = cached.cache_use();
        let phrases = [TextRange::new(0, 11), TextRange::new(copy.len() as u32 - 5, copy.len() as u32)];
        let found = cached.attributions(copy, &lines(copy), &phrases);
        assert_eq!(found, plain.attributions(copy, &lines(copy), &phrases));
        assert!(found.len() > 50, "{} found", found.len());
        let after = cached.cache_use();
        let (hits, misses) = (after.hits - before.hits, after.misses - before.misses);
        assert!(hits * 100 >= least_hits * (hits + misses), "{hits} of {} known", hits + misses);
    }
    assert_eq!(plain.cache_use().hits, 0);
}

#[test]
fn what_a_window_depends_on_is_in_its_digest() {
    let model = model();
    let digest = |text: &str, own: std::ops::Range<usize>, likely: &[TextRange]| {
        let pieces = window::read_pieces(text, &model.vocabulary);
        let window = Window { pieces: 0..pieces.len().min(9), own };
        WindowInput::new(&pieces, &window, likely).digest(&model)
    };
    let text = "The envoy said he would not come to Velmora again.";
    let plain = digest(text, 0..9, &[]);
    assert_eq!(
        digest(&text.replace(" again", " soon"), 0..9, &[]),
        plain,
        "what stands behind a window is nothing to it"
    );
    for (changed, what) in [
        (digest(&text.replace("envoy", "Envoy"), 0..9, &[]), "case"),
        (digest(&text.replace("envoy", "mayor"), 0..9, &[]), "words"),
        (digest(&text.replace("he would", "\nwould"), 0..9, &[]), "words and lines"),
        (digest(&text.replace("said ", "said\n"), 0..9, &[]), "lines"),
        (digest(&text.replace("The", "\"The"), 0..9, &[]), "quotation marks"),
        (digest(text, 0..8, &[]), "the share"),
        (digest(text, 0..9, &[TextRange::new(10, 14)]), "likely cues"),
        (digest(text, 0..9, &[TextRange::new(10, 17)]), "likely cues"),
    ] {
        assert_ne!(changed, plain, "{what}");
    }
}

#[test]
fn a_text_shared_among_threads_is_read_the_same() {
    let text = long_text(200);
    let alone = model().with_cache(0).attributions(&text, &lines(&text), &[]);
    let crew = Crew::default();
    let _waiting = [crew.idle(), crew.idle(), crew.idle()];
    let model = model().with_cache(0);
    assert_eq!(model.attributions_shared(&text, &lines(&text), &[], &crew), alone);
    assert!(model.buffers.lock().unwrap().len() <= 4, "one set of buffers for each thread");
}

/// As in a text that was badly read from paper, and in the capitals of a telegram.
#[test]
fn noise_and_capitals_do_no_harm() {
    let model = model();
    let text = long_text(12);
    let noisy: String =
        text.char_indices().map(|(at, c)| if at % 9 == 4 { "~|1{".as_bytes()[at % 4] as char } else { c }).collect();
    for copy in [noisy, text.to_uppercase(), text.replace(' ', ""), text.replace('.', "").replace('\n', " ")] {
        for one in model.attributions(&copy, &lines(&copy), &[]) {
            assert!(
                one.content
                    .iter()
                    .chain(&one.cue)
                    .all(|range| range.slice(&copy).is_some_and(|words| !words.is_empty()))
            );
        }
    }
    let capitals = text.to_uppercase();
    assert!(model.attributions(&capitals, &lines(&capitals), &[]).len() >= 10, "capitals are read too");
}

/// A sentence of 5,000 words is cut into windows; what is far apart in it is not joined.
#[test]
fn a_sentence_without_end_is_read() {
    let model = model();
    let text = (0..500).map(|n| format!("crane {n} stood still, the clerk said, and ")).collect::<String>()
        + "then it rained.";
    assert!(text.split_whitespace().count() >= 4_000);
    let found = model.attributions(&text, &[TextRange::new(0, text.len() as u32)], &[]);
    assert!(found.len() > 100, "{} found", found.len());
    let farthest = found.iter().map(|one| one.cue[0].start.abs_diff(one.content[0].start)).max();
    assert!(farthest.is_some_and(|bytes| bytes < 2_000));
}

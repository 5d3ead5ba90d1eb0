//! Whom pronouns and nominals refer to that are sources in PolNeAR dev: the speakers that are found, given the corpus' own attributions,
//! against `truth/polnear_sources.jsonl`.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;

use onrecord::annotate::parties::{Credit, Form, Parties, Party, PartyFiles, PartyTables, Speaker, parties};
use onrecord::annotate::{ScoredSpans, sentences};
use onrecord::evidence::{Digest, TextRange};
use serde::Deserialize;

use crate::answers::{Answer, Answers};
use crate::corpus::{Corpus, byte_offsets};
use crate::facts::{fold, is_open};
use crate::results::Results;
use crate::root;

const STAGE: &str = "sources";
const DATA: &str = "polnear-dev-gold-spans";
/// A name that is not written out stands as the digest of its folded form.
const HIDDEN: &str = "sha256:";

/// One line of the truth; ranges in code points.
#[derive(Deserialize)]
struct Gold {
    doc: String,
    sha256: Digest,
    event: String,
    source: Vec<[u32; 2]>,
    form: String,
    antecedent: Option<[u32; 2]>,
    /// The referent's name; several stand with "; " between them.
    name: Option<String>,
    #[serde(default)]
    members: Vec<[u32; 2]>,
    doubt: Option<String>,
}

/// What came of one source.
struct Judged {
    answer: Answer,
    decided: bool,
    name: Option<String>,
    pronoun: bool,
    doubt: bool,
    open: bool,
}

/// Scores the stage on the sources; `wrong`: lists what is wrong in the articles that may be read.
///
/// # Errors
/// The truth cannot be read, or an article is another one than was annotated.
pub fn score(corpus: &Corpus, wrong: bool, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let truth = std::fs::read_to_string(root().join("tools/eval/truth/polnear_sources.jsonl"))?;
    let mut articles: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    for line in truth.lines() {
        let gold: Gold = serde_json::from_str(line)?;
        articles.entry(gold.doc.clone()).or_default().push(gold);
    }
    let tables = tables()?;
    let mut judged = Vec::new();
    for (article, (stem, rows)) in articles.iter().enumerate() {
        let document = corpus.document("dev", stem)?;
        if rows.iter().any(|row| Digest::of_bytes(document.text.as_bytes()) != row.sha256) {
            return Err(format!("{stem}: the text is another one than was annotated").into());
        }
        let bytes = byte_offsets(&document.text);
        let place =
            |[start, end]: [u32; 2]| Some(TextRange::new(*bytes.get(start as usize)?, *bytes.get(end as usize)?));
        let asked = Asked::of(document.gold, rows, place);
        let found = parties(&document.text, &[], &sentences(&document.text, &[]), &asked.credits(), &tables);
        for (gold, index) in rows.iter().zip(&asked.rows) {
            let speaker = found.speakers.get(*index);
            let wanted = Wanted::of(gold, place);
            let one = judge(article, gold, &wanted, &found, speaker);
            if wrong && one.open && !one.answer.right {
                show(&document.text, gold, asked.spans.get(*index), &found, speaker);
            }
            judged.push(one);
        }
    }
    report(&judged, results);
    Ok(())
}

/// The tables as they lie.
fn tables() -> Result<PartyTables, Box<dyn Error>> {
    let read = |name: &str| std::fs::read_to_string(root().join("models").join(name));
    let countries = read("places/countries.toml")?;
    let [regions, metonyms, outlets, titles, given_names] = [
        read("parties/regions.toml")?,
        read("parties/metonyms.toml")?,
        read("parties/outlets.toml")?,
        read("parties/titles.toml")?,
        read("parties/given_names.toml")?,
    ];
    Ok(PartyTables::parse(PartyFiles {
        countries: &countries,
        regions: &regions,
        metonyms: &metonyms,
        outlets: &outlets,
        titles: &titles,
        given_names: &given_names,
    })?)
}

fn report(judged: &[Judged], results: &mut Results) {
    results.clear(STAGE, DATA);
    let frequent = frequent(judged, 3);
    let values =
        |keep: &dyn Fn(&Judged) -> bool| Answers(judged.iter().filter(|one| keep(one)).map(|one| one.answer).collect());
    let common = |one: &Judged| one.name.as_ref().is_some_and(|name| frequent.contains(name));
    let all = values(&|_| true);
    all.report(results, STAGE, DATA, "resolution accuracy");
    all.report_curve(results, STAGE, DATA, "resolution accuracy");
    values(&|one| one.name.is_some()).report(results, STAGE, DATA, "resolution accuracy of the named");
    values(&|one| one.name.is_none()).report_accuracy(results, STAGE, DATA, "resolution accuracy of the unnamed");
    values(&|one| !common(one)).report_accuracy(results, STAGE, DATA, "resolution accuracy without three names");
    let rare = values(&|one| one.name.is_some() && !common(one));
    rare.report_accuracy(results, STAGE, DATA, "resolution accuracy of the named without three names");
    values(&|one| one.pronoun).report_accuracy(results, STAGE, DATA, "resolution accuracy of pronouns");
    values(&|one| !one.pronoun).report_accuracy(results, STAGE, DATA, "resolution accuracy of nominals");
    values(&|one| !one.doubt).report_accuracy(results, STAGE, DATA, "resolution accuracy without doubt");
    values(&|one| one.open).report_accuracy(results, STAGE, DATA, "resolution accuracy where errors were read");
    values(&|one| !one.open).report_accuracy(results, STAGE, DATA, "resolution accuracy where none was read");
    let decided = |one: &Judged| Answer { given: one.decided, right: one.decided && one.answer.right, ..one.answer };
    Answers(judged.iter().map(decided).collect()).report(results, STAGE, DATA, "decided accuracy");
}

/// The names that the most rows have; of equals the first by the alphabet.
fn frequent(judged: &[Judged], most: usize) -> HashSet<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for name in judged.iter().filter_map(|one| one.name.as_ref()) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<_> = counts.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names.into_iter().take(most).map(|(name, _)| name.clone()).collect()
}

/// The attributions of an article in the order of their cues, and where each row's stands among them.
struct Asked {
    spans: Vec<ScoredSpans>,
    rows: Vec<usize>,
}

impl Asked {
    fn of(gold: BTreeMap<String, ScoredSpans>, rows: &[Gold], place: impl Fn([u32; 2]) -> Option<TextRange>) -> Self {
        let mut gold = gold;
        for row in rows.iter().filter(|row| !row.source.is_empty()) {
            // An event that lacks its cue or content still has its source.
            let source = row.source.iter().filter_map(|range| place(*range)).collect();
            gold.entry(row.event.clone()).or_insert(ScoredSpans { source, cue: vec![], content: vec![], score: 1.0 });
        }
        let mut spans: Vec<_> = gold.into_iter().collect();
        for (_, spans) in &mut spans {
            spans.source.sort_unstable();
            spans.cue.sort_unstable();
            spans.content.sort_unstable();
        }
        spans.sort_by_key(|(_, spans)| spans.cue.first().or(spans.source.first()).copied());
        let index = |event: &str| spans.iter().position(|(other, _)| other == event).unwrap_or(usize::MAX);
        let rows = rows.iter().map(|row| index(&row.event)).collect();
        Self { spans: spans.into_iter().map(|(_, spans)| spans).collect(), rows }
    }

    fn credits(&self) -> Vec<Credit<'_>> {
        self.spans
            .iter()
            .map(|spans| Credit { source: &spans.source, cue: &spans.cue, content: &spans.content })
            .collect()
    }
}

/// Those that a source refers to, each by name and by a place where the article names it.
struct Wanted(Vec<(String, Option<TextRange>)>);

impl Wanted {
    fn of(gold: &Gold, place: impl Fn([u32; 2]) -> Option<TextRange>) -> Self {
        let names = gold.name.iter().flat_map(|name| name.split("; "));
        let ranges: Vec<_> =
            if gold.members.is_empty() { gold.antecedent.into_iter().collect() } else { gold.members.clone() };
        Self(
            names
                .enumerate()
                .map(|(at, name)| (name.to_owned(), ranges.get(at).and_then(|range| place(*range))))
                .collect(),
        )
    }
}

fn judge(article: usize, gold: &Gold, wanted: &Wanted, found: &Parties, speaker: Option<&Speaker>) -> Judged {
    let given = speaker.map(|speaker| answered(found, speaker)).unwrap_or_default();
    let named: Vec<&Party> = given.iter().copied().filter(|party| party.named).collect();
    let right = if wanted.0.is_empty() {
        named.is_empty()
    } else {
        named.len() == wanted.0.len() && wanted.0.iter().all(|wanted| named.iter().any(|party| is(party, wanted)))
    };
    Judged {
        // Whoever says that nobody is named says something, too.
        answer: Answer {
            article,
            given: !named.is_empty() || wanted.0.is_empty() && right,
            right,
            confidence: speaker.map_or(0.0, |speaker| f64::from(speaker.confidence)),
        },
        decided: speaker.is_some_and(|speaker| speaker.party.is_some()) || wanted.0.is_empty() && right,
        name: gold.name.clone(),
        pronoun: gold.form == "pronoun",
        doubt: gold.doubt.is_some(),
        open: is_open(gold.sha256),
    }
}

/// Who speaks: the first of the candidates, decided or not, and those who speak with it.
fn answered<'a>(found: &'a Parties, speaker: &Speaker) -> Vec<&'a Party> {
    let first = speaker.party.or(speaker.candidates.first().map(|candidate| candidate.party));
    first.into_iter().chain(speaker.together.iter().copied()).filter_map(|index| found.parties.get(index)).collect()
}

/// The same name, or the last words of it, two or more: "Suu Kyi". A surname alone may be another's.
fn same_party(gold: &str, given: &str) -> bool {
    gold == given || given.contains(' ') && gold.strip_suffix(given).is_some_and(|first| first.ends_with(' '))
}

/// The same name, or a mention by name that ends where the gold's does and begins with its title or within it.
fn is(party: &Party, (name, range): &(String, Option<TextRange>)) -> bool {
    let same_name = |given: &str| match name.strip_prefix(HIDDEN) {
        Some(digest) => Digest::parse(digest) == Some(Digest::of_bytes(fold(given).as_bytes())),
        None => same_party(&fold(name), &fold(given)),
    };
    let by_name = |form: Form| matches!(form, Form::Name | Form::Alias | Form::Title | Form::Metonym);
    let same_words = |range: TextRange, other: TextRange| range.end == other.end && range.overlaps(other);
    let mut mentions = party.mentions.iter().filter(|mention| by_name(mention.form)).map(|mention| mention.range);
    same_name(&party.name)
        || party.stands_for.as_deref().is_some_and(same_name)
        || range.is_some_and(|range| {
            same_words(range, party.named_at) || mentions.any(|mention| same_words(range, mention))
        })
}

fn show(text: &str, gold: &Gold, spans: Option<&ScoredSpans>, found: &Parties, speaker: Option<&Speaker>) {
    let range =
        spans.and_then(|spans| Some(spans.source.first()?.hull(*spans.source.last()?))).unwrap_or(TextRange::new(0, 0));
    let from = text.floor_char_boundary((range.start as usize).saturating_sub(60));
    let to = text.ceil_char_boundary((range.end as usize + 60).min(text.len()));
    let given = speaker.map(|speaker| answered(found, speaker)).unwrap_or_default();
    let given: Vec<_> =
        given.iter().map(|party| format!("{} ({:?}, named {})", party.name, party.kind, party.named)).collect();
    println!(
        "wrong: {:?} in {:?}: {} {}: {given:?}",
        range.slice(text).unwrap_or_default(),
        text[from..to].replace('\n', " "),
        gold.name.as_deref().unwrap_or("nobody named"),
        gold.doubt.as_deref().unwrap_or_default()
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::annotate::parties::{Candidate, Mention, PartyKind};

    const TEXT: &str = "Minister Edda Vane met Jon Ruud. \"We agreed,\" she said. Two officials left.";

    fn party(name: &str, mention: &str, named: bool) -> Party {
        let start = TEXT.find(mention).unwrap() as u32;
        let range = TextRange::new(start, start + mention.len() as u32);
        Party {
            name: name.to_owned(),
            named_at: range,
            kind: PartyKind::Person,
            named,
            stands_for: None,
            side: None,
            owner: None,
            offices: vec![],
            mentions: vec![Mention { range, form: Form::Title }],
        }
    }

    /// Whether a row with this name and antecedent is answered rightly by a speaker whose candidates and companions are these parties.
    fn check(name: &str, candidates: &[usize], together: &[usize], expect: [bool; 2]) {
        let found = Parties {
            parties: vec![
                party("Edda Vane", "Minister Edda Vane", true),
                party("J. Ruud", "Jon Ruud", true),
                party("two officials", "Two officials", false),
            ],
            speakers: vec![Speaker {
                party: None,
                confidence: 40,
                candidates: candidates
                    .iter()
                    .map(|party| Candidate { party: *party, confidence: 40, reasons: vec![] })
                    .collect(),
                together: together.to_vec(),
            }],
        };
        let members: Vec<_> = name
            .split("; ")
            .filter_map(|name| TEXT.find(name).map(|start| [start as u32, (start + name.len()) as u32]))
            .collect();
        let gold = Gold {
            doc: String::new(),
            sha256: Digest::of_bytes(TEXT.as_bytes()),
            event: String::new(),
            source: vec![],
            form: "pronoun".into(),
            antecedent: members.first().copied(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            members,
            doubt: None,
        };
        let wanted = Wanted::of(&gold, |[start, end]| Some(TextRange::new(start, end)));
        let judged = judge(0, &gold, &wanted, &found, found.speakers.first());
        assert_eq!([judged.answer.given, judged.answer.right], expect, "{name:?} {candidates:?} {together:?}");
    }

    #[test]
    fn a_list_counts_by_its_first_and_nobody_by_nobody() {
        check("Edda Vane", &[0, 1], &[], [true, true]);
        check("Edda Vane", &[1, 0], &[], [true, false]);
        check("Edda Vane", &[], &[], [false, false]);
        check("Jon Ruud", &[1], &[], [true, true]);
        check("Edda Vane; Jon Ruud", &[0], &[1], [true, true]);
        check("Edda Vane; Jon Ruud", &[0], &[], [true, false]);
        check("Edda Vane", &[0], &[1], [true, false]);
        check("", &[2], &[], [true, true]);
        check("", &[], &[], [true, true]);
        check("", &[0], &[], [true, false]);
    }

    #[test]
    fn the_last_words_of_a_name_are_it() {
        assert!(same_party("maria edda vane", "edda vane"));
        assert!(!same_party("maria edda vane", "vane"));
        assert!(!same_party("maria edda vane", "maria edda"));
        assert!(!same_party("medda vane", "edda vane"));
    }

    #[test]
    fn hidden_names_are_compared_by_digest() {
        let hidden = format!("{HIDDEN}{}", Digest::of_bytes(b"edda vane"));
        check(&hidden, &[0], &[], [true, true]);
        check(&hidden, &[1], &[], [true, false]);
    }
}

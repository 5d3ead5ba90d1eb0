//! What stands beside a text: a card for each attribution, and the articles with which it shares passages.

use onrecord::annotate::Act;
use onrecord::evidence::{RevisionId, TextRange};
use onrecord::ledger::{At, Ledger, text_id};
use onrecord::link::copies::{Direction, Extent, PassageKind, Side};
use onrecord::record::AttributionRecord;
use onrecord::wire::{date_words, figure_words, place_words, resolved_words};

use crate::moment;
use crate::reply::Problem;
use crate::shell::Links;
use crate::shown::{outlet, plural, words_href};

/// Attributions with a card.
pub const MOST_CARDS: usize = 400;
/// Articles with which passages are shared.
const MOST_COPIES: usize = 40;
/// Of these, how many are shaded in the text.
const SHADES: [&str; 4] = ["c1", "c2", "c3", "c4"];

/// One attribution.
pub struct Card {
    /// Its number in the text, from 1.
    pub number: usize,
    /// What is done by it.
    pub act: String,
    /// The class of that.
    pub class: &'static str,
    /// Who is credited.
    pub who: String,
    /// What is attributed.
    pub content: String,
    /// Whether that has quotation marks of its own.
    pub has_marks: bool,
    /// Manner, commitment, hedges, rule.
    pub about: String,
    /// Who, when, how much and where, as far as the words say.
    pub findings: Vec<(&'static str, String, String)>,
    /// The claims on which it is.
    pub claims: Vec<(String, String)>,
}

/// Another article with which passages are shared.
pub struct Copied {
    /// The places in this text that are shaded.
    pub ranges: Vec<TextRange>,
    /// The class of the shade; empty where it has none.
    pub class: &'static str,
    /// Its outlet.
    pub outlet: String,
    /// Its headline.
    pub title: String,
    /// The day.
    pub day: String,
    /// To it.
    pub href: String,
    /// How much is shared, and which was taken from which.
    pub about: String,
}

/// The class of an act.
pub const fn act_class(act: Act) -> &'static str {
    match act {
        Act::Affirm => "says",
        Act::Deny | Act::PartialDeny | Act::RejectPremise | Act::DenyResponsibility => "denies",
        Act::Retract | Act::Correct => "takes-back",
        _ => "leaves-open",
    }
}

/// The cards of the attributions, in the order of their cues.
pub fn cards(ledger: &Ledger, records: &[AttributionRecord], links: &Links) -> Result<Vec<Card>, Problem> {
    let shown = &records[..records.len().min(MOST_CARDS)];
    let ids: Vec<_> = shown.iter().map(|record| record.id).collect();
    let claims = ledger.claims_of(&ids)?;
    let mut all: Vec<_> = claims.values().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let lines = ledger.claim_lines(&all)?;
    let claimed = |record: &AttributionRecord| -> Vec<(String, String)> {
        let of = claims.get(&record.id).into_iter().flatten();
        let lines = of.filter_map(|id| lines.iter().find(|line| line.id == *id));
        lines.map(|one| (links.claim(&one.id.to_string()), one.line.wording.clone())).collect()
    };
    let card = |(index, record): (usize, &AttributionRecord)| Card {
        number: index + 1,
        act: record.act.to_string(),
        class: act_class(record.act),
        who: record.who().unwrap_or_else(|| "nobody is credited".to_owned()),
        has_marks: record.content.iter().any(|one| one.words().contains(['\u{201c}', '\u{201d}', '"'])),
        content: AttributionRecord::joined(&record.content),
        about: about(record),
        findings: findings(record),
        claims: claimed(record),
    };
    Ok(shown.iter().enumerate().map(card).collect())
}

fn about(record: &AttributionRecord) -> String {
    let hedges = record.hedge_words();
    let hedged = if hedges.is_empty() {
        String::new()
    } else {
        format!(" (\u{201c}{}\u{201d})", hedges.join("\u{201d}, \u{201c}"))
    };
    let unsure = if record.is_unsure() { "; unsure reading" } else { "" };
    format!("{}, {}{hedged}; by rule {}{unsure}", record.manner, record.commitment, record.act_rule)
}

fn findings(record: &AttributionRecord) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    let mut add = |kind, words: &str, meaning| found.push((kind, words.to_owned(), meaning));
    if let Some(speaker) = &record.speaker
        && let Some(meaning) = resolved_words(speaker)
    {
        add("who", speaker.words.words(), meaning);
    }
    record.said.iter().for_each(|date| add("said", date.words.words(), date_words(date)));
    record.happened.iter().for_each(|date| add("when", date.words.words(), date_words(date)));
    record.figures.iter().for_each(|figure| add("figure", figure.words.words(), figure_words(figure)));
    record.places.iter().for_each(|place| add("place", place.words.words(), place_words(&place.finding)));
    found
}

/// The articles with which the text shares prose, those of which most is shared first.
pub fn copied(ledger: &Ledger, name: &RevisionId, at: &At, links: &Links) -> Result<Vec<Copied>, Problem> {
    let mut found: Vec<(u16, Copied)> = Vec::new();
    for kept in ledger.copies(name, at)? {
        let copying = &kept.copying;
        if !copying.is_copy() {
            continue;
        }
        let side = if copying.first == *name { Side::First } else { Side::Second };
        let (share, others) = match side {
            Side::First => (copying.first_share, copying.second),
            Side::Second => (copying.second_share, copying.first),
        };
        let article = &kept.other;
        let revision = article.revisions.iter().rev().find(|one| text_id(&article.id, &one.text) == others);
        let Some(revision) = revision.or_else(|| article.current()) else { continue };
        let prose = copying.passages.iter().filter(|passage| passage.kind == PassageKind::Text);
        let ranges = prose.map(|passage| if side == Side::First { passage.first } else { passage.second }).collect();
        let taken = match (&copying.direction, side) {
            (Direction::FirstFromSecond, Side::First) | (Direction::SecondFromFirst, Side::Second) => {
                "taken from it".to_owned()
            }
            (Direction::FirstFromSecond, Side::Second) | (Direction::SecondFromFirst, Side::First) => {
                "it took them from here".to_owned()
            }
            (Direction::Common(supplier), _) => format!("both credit {supplier}"),
            (Direction::Undetermined, _) => "which was first is undetermined".to_owned(),
        };
        let extent = match copying.extent(side) {
            Extent::Wholly => "this text stands wholly in it",
            _ => "parts of this text stand in it",
        };
        let passages = plural(copying.passages.len(), "passage");
        let metadata = &revision.metadata;
        let one = Copied {
            ranges,
            class: "",
            outlet: outlet(metadata.outlet.as_deref()),
            title: metadata.title.clone().unwrap_or_else(|| "no headline is stated".to_owned()),
            day: article.published.as_ref().map_or_else(|| "undated".to_owned(), moment::day),
            href: words_href(&article.id.to_string(), &revision.id.to_string(), &[], links),
            about: format!("{extent}: {passages}; {taken}"),
        };
        found.push((share, one));
    }
    found.sort_by(|(one, left), (other, right)| other.cmp(one).then_with(|| left.href.cmp(&right.href)));
    let mut found: Vec<Copied> = found.into_iter().map(|(_, one)| one).take(MOST_COPIES).collect();
    for (one, shade) in found.iter_mut().zip(SHADES) {
        one.class = shade;
    }
    found.iter_mut().skip(SHADES.len()).for_each(|one| one.ranges.clear());
    Ok(found)
}

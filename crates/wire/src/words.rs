//! Findings in words for people: what a date, a figure, a name of a place says. Not their layout on a screen.

use onrecord_annotate::figures::{BoundKind, Decimal, Figure, TallyKind, Unit, Value};
use onrecord_annotate::places::{Place, PlaceKind, PlaceMention, PlaceOutcome, PlaceSense, Undecided};
use onrecord_annotate::{DateAnchor, DateBounds, DateExpression, DateKind, DateModifier, DateValue};
use onrecord_record::{Detail, PartyFinding, SpeakerFinding};

/// Who speaks: `Ilse Marn, Orsel governor (Calvera)`; with a question and all candidates where that is open.
pub fn speaker_words(speaker: &Detail<SpeakerFinding>) -> String {
    let finding = &speaker.finding;
    match finding.party() {
        Some(party) => {
            let all = [party].into_iter().chain(&finding.together);
            all.map(|party| party_words(party, speaker)).collect::<Vec<_>>().join(" and ")
        }
        None => {
            let candidates = finding.candidates.iter().map(|candidate| party_words(&candidate.party, speaker));
            format!("{}?", candidates.collect::<Vec<_>>().join("? "))
        }
    }
}

/// As [`speaker_words`]; `None` where that says no more than the words that credit the speaker: "the Alben Courier" is the Alben Courier.
pub fn resolved_words(speaker: &Detail<SpeakerFinding>) -> Option<String> {
    let meaning = speaker_words(speaker);
    let bare = |words: &str| {
        let words = words.trim_matches([',', ' ']).to_lowercase();
        let bare = ["the ", "a ", "an "].iter().find_map(|article| words.strip_prefix(article));
        bare.map(str::to_owned).unwrap_or(words)
    };
    (bare(speaker.words.words()) != bare(&meaning)).then_some(meaning)
}

/// A party with its first office and its side.
fn party_words(party: &PartyFinding, speaker: &Detail<SpeakerFinding>) -> String {
    let mut words = party.name.clone();
    if let Some(stands_for) = party.stands_for.as_ref().filter(|stands_for| **stands_for != party.name) {
        words.push_str(&format!(", {stands_for}"));
    }
    let titled = party.offices.iter().find(|office| !office.class.is_empty()).or(party.offices.first());
    if let Some((office, title)) = titled.and_then(|office| Some((office, speaker.words_of(office.title)?))) {
        let side = office.side.as_ref().map_or("", |side| side.name.as_str());
        let of = office.of.and_then(|of| speaker.words_of(of)).filter(|of| !title.contains(of) && !side.contains(of));
        let of = of.map_or_else(String::new, |of| format!("{of} "));
        words.push_str(&format!(", {of}{title}"));
    }
    let side = titled.and_then(|office| office.side.as_ref()).or(party.side.as_ref());
    if let Some(side) = side.filter(|side| !words.contains(&side.name)) {
        words.push_str(&format!(" ({})", side.name));
    }
    words
}

/// What a date says and from where it is counted: `2031-03-06, counted from the dateline`.
pub fn date_words(date: &Detail<DateExpression>) -> String {
    let DateExpression { kind, value, alternatives, modifier, anchor, .. } = &date.finding;
    let mut words = match (days(value), kind) {
        (Some(days), _) => days,
        (None, DateKind::Duration) => "a length of time".to_owned(),
        (None, DateKind::Set) => "again and again".to_owned(),
        (None, _) => "a day that the text leaves open".to_owned(),
    };
    if let Some(modifier) = modifier.and_then(narrowed) {
        words.push_str(&format!(", {modifier}"));
    }
    match anchor {
        DateAnchor::Whole => {}
        DateAnchor::Dateline => words.push_str(", counted from the dateline"),
        DateAnchor::Publication => words.push_str(", counted from the day of publication"),
        DateAnchor::Expression(range) | DateAnchor::Event(range) => {
            words.push_str(&format!(", counted from “{}”", date.words_of(*range).unwrap_or("?")));
        }
        DateAnchor::Missing => words.push_str(", nothing to count from"),
    }
    let others: Vec<String> = alternatives.iter().filter_map(days).collect();
    if !others.is_empty() {
        words.push_str(&format!("; or {}", others.join(", or ")));
    }
    words
}

/// First and last day of a value; `None` where it stands nowhere on the calendar.
fn days(value: &DateValue) -> Option<String> {
    let clock = value.clock.map_or_else(String::new, |clock| match clock.minute {
        Some(minute) => format!(" {:02}:{minute:02}", clock.hour),
        None => format!(" {:02}h", clock.hour),
    });
    match value.bounds {
        DateBounds::Unknown => None,
        DateBounds::Closed { start, end } if start == end => Some(format!("{start}{clock}")),
        DateBounds::Closed { start, end } => Some(format!("{start} to {end}{clock}")),
        DateBounds::OpenEnd { start: Some(start) } => Some(format!("from {start} on")),
        DateBounds::OpenStart { end: Some(end) } => Some(format!("up to {end}")),
        DateBounds::OpenEnd { start: None } | DateBounds::OpenStart { end: None } => None,
    }
}

/// What a modifier says that the days do not.
const fn narrowed(modifier: DateModifier) -> Option<&'static str> {
    Some(match modifier {
        DateModifier::Early => "early in it",
        DateModifier::Mid => "about its middle",
        DateModifier::Late => "late in it",
        DateModifier::About => "about",
        DateModifier::MoreThan => "more than that",
        DateModifier::LessThan => "less than that",
        DateModifier::AtLeast => "at least",
        DateModifier::AtMost => "at most",
        DateModifier::Earlier | DateModifier::Later | DateModifier::After | DateModifier::Before | DateModifier::By => {
            return None;
        }
    })
}

/// What a figure says: `at least 84 (Veskan drones), shot down by its forces, so far`.
pub fn figure_words(figure: &Detail<Figure>) -> String {
    let Figure { value, unit, bounds, counted, tallies, superlative, roles, per, .. } = &figure.finding;
    let mut words: Vec<String> = bounds.iter().map(|bound| bound_words(bound.kind).to_owned()).collect();
    words.push(value_words(value));
    words.extend(unit_words(unit));
    if let Some(rate) = per.and_then(|range| figure.words_of(range)) {
        words.push(rate.to_owned());
    }
    if let Some(noun) = counted.and_then(|counted| figure.words_of(counted.range)) {
        words.push(format!("({noun})"));
    }
    let mut parts = vec![words.join(" ")];
    if let Some(roles) = roles.filter(|_| *unit == Unit::Count) {
        let word = |range| figure.words_of(range).unwrap_or("?");
        let agent = roles.agent.map_or_else(String::new, |agent| format!(" by {}", word(agent)));
        let patient = roles.patient.map(word).filter(|patient| {
            counted.and_then(|counted| figure.words_of(counted.range)).is_none_or(|noun| !patient.contains(noun))
        });
        let patient = patient.map_or_else(String::new, |patient| format!(", of {patient}"));
        let negated = if roles.negated.is_some() { "not " } else { "" };
        parts.push(format!("{negated}{}{agent}{patient}", word(roles.verb)));
    }
    parts.extend(superlative.and_then(|range| figure.words_of(range)).map(str::to_owned));
    parts.extend(tallies.iter().map(|tally| match tally.kind {
        TallyKind::Cumulative => "all so far".to_owned(),
        TallyKind::Increment => "on top of others".to_owned(),
    }));
    parts.join(", ")
}

pub(crate) const fn bound_words(bound: BoundKind) -> &'static str {
    match bound {
        BoundKind::Exactly => "exactly",
        BoundKind::AtLeast => "at least",
        BoundKind::MoreThan => "more than",
        BoundKind::AtMost => "at most",
        BoundKind::AsManyAs => "as many as",
        BoundKind::FewerThan => "fewer than",
        BoundKind::About => "about",
        BoundKind::Nearly => "nearly",
        BoundKind::AllBut => "all but",
    }
}

pub(crate) fn value_words(value: &Value) -> String {
    let open = |end: Option<Decimal>| end.map_or_else(|| "?".to_owned(), |end| end.to_string());
    match value {
        Value::Number(number) => number.to_string(),
        Value::Range { low, high } => format!("{low} to {high}"),
        Value::Ratio { part, whole } => format!("{part} of {whole}"),
        Value::Vague { low: None, high: None } => "a number that is not stated".to_owned(),
        Value::Vague { low, high } => format!("{} to {}", open(*low), open(*high)),
    }
}

pub(crate) fn unit_words(unit: &Unit) -> Option<String> {
    match unit {
        Unit::Count | Unit::Share => None,
        Unit::PerCent => Some("per cent".to_owned()),
        Unit::PercentagePoints => Some("percentage points".to_owned()),
        Unit::Times => Some("times".to_owned()),
        Unit::Money { codes, stated } => {
            let doubt = if *stated || codes.len() < 2 { "" } else { "?" };
            Some(format!("{}{doubt}", codes.first().map_or("of money", String::as_str)))
        }
        Unit::Measure { name, .. } => Some(name.clone()),
    }
}

/// Which place a name means: `Lindholt, village in Orsel (UA)`; all candidates where the text does not settle it.
pub fn place_words(mention: &PlaceMention) -> String {
    let candidates = || mention.candidates.iter().map(|candidate| one_place(&candidate.place));
    let place = match mention.outcome {
        PlaceOutcome::Chosen { .. } => candidates().next().unwrap_or_default(),
        PlaceOutcome::Undecided { why, .. } => {
            let why = match why {
                Undecided::Tie => "nothing speaks for one of them",
                Undecided::RegionHoldsNone => "the region named holds none",
                Undecided::SpellingUnknown => "the spelling is known of none",
            };
            format!("open, {why}: {}", candidates().collect::<Vec<_>>().join(", or "))
        }
    };
    match mention.sense {
        PlaceSense::Government { .. } => match mention.chosen() {
            Some(place) => format!("the government there: {}", place.name),
            None => format!("a government; {place}"),
        },
        PlaceSense::Place | PlaceSense::Modifier { .. } => place,
    }
}

fn one_place(place: &Place) -> String {
    let region = place.region_name.as_ref().filter(|region| **region != place.name);
    let country = place.country.filter(|_| place.kind != PlaceKind::Country);
    let region = region.map_or_else(String::new, |region| format!(" in {region}"));
    let country = country.map_or_else(String::new, |country| format!(" ({country})"));
    format!("{}, {}{region}{country}", place.name, kind_word(place.kind))
}

const fn kind_word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Country => "country",
        PlaceKind::Region => "region",
        PlaceKind::District => "district",
        PlaceKind::City => "city",
        PlaceKind::Village => "village",
        PlaceKind::Quarter => "quarter",
        PlaceKind::Area => "area",
        PlaceKind::Seat => "seat of power",
    }
}

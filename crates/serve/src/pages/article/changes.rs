//! What a revision changed against the one before it, sentence beside sentence, the telling changes first. The comparison and the classes are those of
//! `onrecord_link::revision`.

use std::collections::BTreeMap;

use onrecord::evidence::TextRange;
use onrecord::ledger::{Article, Ledger, text_id};
use onrecord::link::Report;
use onrecord::link::revision::{Change, ChangeClass, Noting, Place, compare};

use crate::moment;
use crate::reply::Problem;

/// Pairs of sentences that are shown.
const MOST: usize = 120;

/// The changes of a revision.
pub struct Changes {
    /// The number of the revision before.
    pub number: u32,
    /// When that was seen first.
    pub seen: String,
    /// Whether the change is noted, in words.
    pub noting: &'static str,
    /// Whether it is a silent edit.
    pub silent: bool,
    /// The words of its notes.
    pub notes: Vec<String>,
    /// The words by which all of it is withdrawn.
    pub withdrawn: Option<String>,
    /// Changes that tell something.
    pub telling: Vec<Pair>,
    /// Changes that tell nothing.
    pub trivial: Vec<Pair>,
    /// Pairs that are left out.
    pub more: usize,
}

/// A sentence before and after.
pub struct Pair {
    /// What kinds of changes it has.
    pub classes: String,
    /// The older sentence, cut where words went.
    pub before: Vec<(String, bool)>,
    /// The newer one, cut where words came.
    pub after: Vec<(String, bool)>,
}

/// Where a pair stands: headline or text, newer sentence, older sentence.
type Key = (Place, Option<u32>, Option<u32>);

impl Changes {
    /// What the revision at `index` changed; `None` for a first text, or where one of the two is not linked or was withheld.
    pub fn new(ledger: &Ledger, article: &Article, index: usize) -> Result<Option<Self>, Problem> {
        let Some(before) = index.checked_sub(1).and_then(|index| article.revisions.get(index)) else { return Ok(None) };
        let Some(after) = article.revisions.get(index) else { return Ok(None) };
        let report = |revision: &onrecord::ledger::Revision| ledger.report(&text_id(&article.id, &revision.text));
        let (Some(older), Some(newer)) = (report(before)?, report(after)?) else { return Ok(None) };
        let revising = compare(&older, &newer);
        let (mut telling, mut trivial): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
        for changes in pairs(&revising.changes).into_values() {
            let is_trivial = changes.iter().all(|change| change.class.is_trivial());
            let pair = pair(&changes, &older, &newer);
            if is_trivial { trivial.push(pair) } else { telling.push(pair) }
        }
        let more = telling.len().saturating_sub(MOST) + trivial.len().saturating_sub(MOST);
        telling.truncate(MOST);
        trivial.truncate(MOST);
        let noting = match revising.noting {
            Noting::Unchanged => "nothing changed but trivially",
            Noting::Silent => "a silent edit: nothing in the newer text says that it was changed",
            Noting::Noted => "the newer text says that it was changed",
        };
        Ok(Some(Self {
            number: before.number,
            seen: moment::exact(&before.observed.time),
            noting,
            silent: revising.noting == Noting::Silent,
            notes: revising.notes.iter().map(|note| note.words.words().to_owned()).collect(),
            withdrawn: revising.withdrawn.as_ref().map(|words| words.words().to_owned()),
            telling,
            trivial,
            more,
        }))
    }
}

fn pairs(changes: &[Change]) -> BTreeMap<Key, Vec<&Change>> {
    let mut pairs: BTreeMap<Key, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let start = |range: Option<TextRange>| range.map(|range| range.start);
        pairs.entry((change.place, start(change.newer), start(change.older))).or_default().push(change);
    }
    pairs
}

fn pair(changes: &[&Change], older: &Report, newer: &Report) -> Pair {
    let mut classes: Vec<&str> = changes.iter().map(|change| class(change.class)).collect();
    classes.sort_unstable();
    classes.dedup();
    let first = changes.first();
    let text = |report: &'_ Report| match first.map(|change| change.place) {
        Some(Place::Headline) => report.title.clone().unwrap_or_default(),
        _ => report.text.clone(),
    };
    let went: Vec<TextRange> = changes.iter().filter_map(|change| Some(change.before.as_ref()?.range())).collect();
    let came: Vec<TextRange> = changes.iter().filter_map(|change| Some(change.after.as_ref()?.range())).collect();
    Pair {
        classes: classes.join(", "),
        before: first.and_then(|change| change.older).map(|range| cut(&text(older), range, &went)).unwrap_or_default(),
        after: first.and_then(|change| change.newer).map(|range| cut(&text(newer), range, &came)).unwrap_or_default(),
    }
}

/// A sentence cut where some ranges begin and end.
fn cut(text: &str, sentence: TextRange, ranges: &[TextRange]) -> Vec<(String, bool)> {
    let mut edges: Vec<u32> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    edges.retain(|edge| (sentence.start..sentence.end).contains(edge));
    edges.extend([sentence.start, sentence.end]);
    edges.sort_unstable();
    edges.dedup();
    let piece = |pair: &[u32]| {
        let range = TextRange::new(pair[0], pair[1]);
        let changed = ranges.iter().any(|one| one.start <= range.start && range.end <= one.end);
        Some((range.slice(text)?.to_owned(), changed))
    };
    edges.windows(2).filter_map(piece).collect()
}

/// A class of change in words.
const fn class(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Figure => "figure",
        ChangeClass::Hedge => "hedge",
        ChangeClass::Quotation => "quotation",
        ChangeClass::Source => "source",
        ChangeClass::Name => "name",
        ChangeClass::Note => "note",
        ChangeClass::Addition => "added",
        ChangeClass::Removal => "removed",
        ChangeClass::Wording => "wording",
        ChangeClass::Order => "moved",
        ChangeClass::Typo => "typo",
        ChangeClass::Layout => "layout",
    }
}

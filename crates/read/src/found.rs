//! Everything that is stated about an article, before anything is chosen, and the choice: the most trusted statement of each field, with what
//! contradicts it. Where statements stand in a page or a record is found elsewhere.

use onrecord_evidence::{RawRange, Time};

use crate::metadata::{Conflict, Field, Known, Metadata, MetadataSource, Note, Stated};
use crate::printed::{self, Place};

/// What a page says elsewhere of its text, which helps to find the text in the page. Never a part of the text itself.
#[derive(Default)]
pub(crate) struct Hints {
    /// The longest of its titles.
    pub(crate) title: String,
    /// What it says it is about.
    pub(crate) description: String,
    /// The text as its metadata repeats it.
    pub(crate) body: String,
    /// The words of the authors' names.
    pub(crate) authors: Vec<u64>,
}

/// Everything that is stated, before anything is chosen.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) hints: Hints,
    words: Vec<(Field, Stated<String>)>,
    times: Vec<(Field, String, Stated<Time>)>,
    notes: Vec<Note>,
}

/// At most this many credits, and this many notes, are kept.
const MOST_LINES: usize = 16;

impl Found {
    /// Notes words; empty ones say nothing.
    pub(crate) fn words(&mut self, field: Field, source: MetadataSource, value: &str, raw: Option<RawRange>) {
        let value = crate::plain::squeezed(value);
        // Pages that name their outlet's front page as their own address would all be one article.
        let is_front_page = || {
            let address = crate::identity::canonical_address(&value);
            address.is_some_and(|address| !address["https://".len()..].contains(['/', '?']))
        };
        let is_by_page = source > MetadataSource::Supplier;
        if !value.is_empty() && value.len() <= 2000 && !(field == Field::Address && is_by_page && is_front_page()) {
            self.words.push((field, Stated { value, source, raw }));
        }
    }

    /// Notes a time; words that state none are left out.
    pub(crate) fn time(&mut self, field: Field, source: MetadataSource, value: &str, raw: Option<RawRange>) -> bool {
        let time = crate::times::parse(value, time_source(source));
        if let Some(time) = &time {
            self.times.push((field, value.trim().to_owned(), Stated { value: time.clone(), source, raw }));
        }
        time.is_some()
    }

    /// Notes the headline of the text.
    pub(crate) fn heading(&mut self, value: String, raw: Option<RawRange>) {
        self.words(Field::Title, MetadataSource::Heading, &value, raw);
    }

    /// Notes what the user says.
    pub(crate) fn known(&mut self, known: &Known) {
        let fields = [
            (Field::Address, &known.address),
            (Field::Outlet, &known.outlet),
            (Field::Title, &known.title),
            (Field::Byline, &known.byline),
        ];
        for (field, value) in fields {
            self.words(field, MetadataSource::User, value.as_deref().unwrap_or(""), None);
        }
        if let Some(time) = &known.published {
            let stated = Stated { value: time.clone(), source: MetadataSource::User, raw: None };
            self.times.push((Field::Published, time.to_string(), stated));
        }
    }

    /// Takes over what `other` states.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.words.extend(other.words);
        self.times.extend(other.times);
        self.notes.extend(other.notes);
    }

    /// Notes what a line of the article, or of what stands beside it, states.
    pub(crate) fn line(&mut self, line: &str, place: Place, raw: Option<RawRange>) {
        let source = MetadataSource::Text;
        if let Some(kind) = printed::note(line)
            && self.notes.len() < MOST_LINES
        {
            let stated = Stated { value: crate::plain::squeezed(line), source, raw };
            self.notes.push(Note { kind, stated });
            return;
        }
        if let Some(dateline) =
            printed::dateline(line).filter(|_| place == Place::First).and_then(|range| line.get(range))
        {
            self.words(Field::Dateline, source, dateline, raw);
            if let Some(supplier) = printed::supplier(dateline).and_then(|range| dateline.get(range)) {
                self.words(Field::Credit, source, supplier, raw);
            }
        }
        if let Some(credit) = printed::credit(line, place != Place::Beside).and_then(|range| line.get(range)) {
            self.words(Field::Credit, source, credit, raw);
        }
    }

    /// Whether a time was stated for `field`.
    pub(crate) fn has_time(&self, field: Field) -> bool {
        self.times.iter().any(|(known, ..)| *known == field)
    }

    /// The day of publication that is stated first, as `2031-03-06`.
    pub(crate) fn published_day(&self) -> Option<String> {
        let (.., stated) = self.times.iter().find(|(field, ..)| *field == Field::Published)?;
        Some(stated.value.earliest().to_string().chars().take(10).collect())
    }

    /// The addresses stated so far.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(field, _)| *field == Field::Address).map(|(_, stated)| stated.value.as_str())
    }

    /// Puts titles and authors among the hints.
    pub(crate) fn fill_hints(&mut self) {
        let stated = |field| self.words.iter().filter(move |(known, _)| *known == field);
        let title = stated(Field::Title).map(|(_, stated)| stated.value.as_str()).max_by_key(|title| title.len());
        let authors = stated(Field::Byline).flat_map(|(_, stated)| crate::html::words(&stated.value)).collect();
        self.hints.title = title.unwrap_or("").to_owned();
        self.hints.authors = authors;
    }

    /// The titles stated so far.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(field, _)| *field == Field::Title).map(|(_, stated)| stated.value.as_str())
    }

    /// The outlet behind the title in the `title` element, where nothing else names it: the rest behind another title and a sign.
    fn outlet_in_title(&self) -> Option<Stated<String>> {
        if self.words.iter().any(|(field, _)| *field == Field::Outlet) {
            return None;
        }
        let is_titled = |source| {
            move |(field, stated): &&(Field, Stated<String>)| {
                *field == Field::Title && (stated.source == MetadataSource::TitleElement) == source
            }
        };
        let (_, whole) = self.words.iter().find(is_titled(true))?;
        let rest =
            self.words.iter().filter(is_titled(false)).find_map(|(_, title)| whole.value.strip_prefix(&title.value))?;
        let name = rest.trim_start().strip_prefix(['-', '–', '—', '|', '·', ':'])?.trim();
        let is_name = !name.is_empty() && name.len() <= 60 && !name.contains(['|', '–', '—']);
        is_name.then(|| Stated { value: name.to_owned(), source: MetadataSource::TitleElement, raw: whole.raw })
    }

    /// What JSON-LD and a `meta` tag both name is the outlet, whatever OpenGraph says: sites take new short names there that nobody quotes them by.
    fn is_outlet_agreed(&self) -> bool {
        let names = |source| {
            let outlets = self.words.iter().filter(|(field, _)| *field == Field::Outlet);
            outlets.filter(move |(_, stated)| stated.source == source).map(|(_, stated)| letters(&stated.value))
        };
        names(MetadataSource::JsonLd).next().is_some_and(|name| names(MetadataSource::Meta).any(|other| other == name))
    }

    /// Keeps the most trusted statement of each field, and what contradicts it.
    pub(crate) fn choose(mut self) -> Metadata {
        if let Some(outlet) = self.outlet_in_title() {
            self.words.push((Field::Outlet, outlet));
        }
        // Stable: among statements of one source the first one in the page is kept.
        let is_agreed = self.is_outlet_agreed();
        self.words.sort_by_key(|(field, stated)| (*field, trust(*field, stated.source, is_agreed)));
        self.times.sort_by_key(|(field, _, stated)| (*field, stated.source));
        let mut metadata = Metadata { notes: self.notes, ..Metadata::default() };
        for (field, stated) in self.words {
            let place = match field {
                Field::Address => &mut metadata.address,
                Field::Outlet => &mut metadata.outlet,
                Field::Title => &mut metadata.title,
                Field::Byline => &mut metadata.byline,
                Field::Section => &mut metadata.section,
                Field::LanguageTag => &mut metadata.language_tag,
                Field::Dateline => &mut metadata.dateline,
                Field::Credit => {
                    if metadata.credits.len() < MOST_LINES
                        && metadata.credits.iter().all(|kept| kept.value != stated.value)
                    {
                        metadata.credits.push(stated);
                    }
                    continue;
                }
                Field::Published | Field::Modified => continue,
            };
            match place {
                None => *place = Some(stated),
                Some(kept) if agrees(field, &kept.value, &stated.value) => {}
                Some(_) => {
                    note(&mut metadata.conflicts, Conflict { field, value: stated.value, source: stated.source })
                }
            }
        }
        for (field, written, stated) in self.times {
            let place = if field == Field::Modified { &mut metadata.modified } else { &mut metadata.published };
            match place {
                None => *place = Some(stated),
                Some(kept) if overlap(&kept.value, &stated.value) => {}
                Some(_) => note(&mut metadata.conflicts, Conflict { field, value: written, source: stated.source }),
            }
        }
        metadata.conflicts.sort_by_key(|conflict| (conflict.field, conflict.source));
        if let (Some(title), Some(outlet)) = (&mut metadata.title, &metadata.outlet) {
            title.value.truncate(without_outlet(&title.value, &outlet.value).len());
        }
        metadata
    }
}

/// The place of a source in the order of trust; `is_agreed` where what JSON-LD names as the outlet is named by a `meta` tag too.
fn trust(field: Field, source: MetadataSource, is_agreed: bool) -> u8 {
    use MetadataSource::{JsonLd, OpenGraph};
    match (field, source) {
        (Field::Outlet, OpenGraph) if !is_agreed => JsonLd as u8,
        (Field::Outlet, JsonLd) if !is_agreed => OpenGraph as u8,
        _ => source as u8,
    }
}

/// Letters and digits in lower case.
fn letters(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Who states a time, in the words of the evidence crate.
fn time_source(source: MetadataSource) -> onrecord_evidence::TimeSource {
    use onrecord_evidence::TimeSource;
    match source {
        MetadataSource::User => TimeSource::User,
        MetadataSource::Supplier => TimeSource::Supplier,
        MetadataSource::JsonLd => TimeSource::JsonLd,
        MetadataSource::TimeElement => TimeSource::TimeElement,
        MetadataSource::Address => TimeSource::Address,
        MetadataSource::Header => TimeSource::Header,
        MetadataSource::Heading | MetadataSource::Byline => TimeSource::Text,
        _ => TimeSource::Meta,
    }
}

/// A title without a dash or bar and the outlet's name behind it.
fn without_outlet<'title>(title: &'title str, outlet: &str) -> &'title str {
    let bare = title.strip_suffix(outlet).map(|rest| rest.trim_end());
    let bare = bare.and_then(|rest| rest.strip_suffix(['-', '–', '—', '|', '·', ':'])).map(str::trim_end);
    bare.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// Whether two statements say the same; a title with the outlet's name behind it is the same title.
fn agrees(field: Field, kept: &str, other: &str) -> bool {
    let (kept_letters, other_letters) = (letters(kept), letters(other));
    match field {
        Field::Address => {
            let canonical = crate::identity::canonical_address;
            kept == other || canonical(kept).is_some_and(|kept| canonical(other) == Some(kept))
        }
        Field::Title => other_letters.contains(&kept_letters) || kept_letters.contains(&other_letters),
        _ => kept_letters == other_letters,
    }
}

/// Whether two times can be one: the intervals touch, give or take a minute. Where a zone is unknown, by up to 14 hours.
fn overlap(kept: &Time, other: &Time) -> bool {
    use onrecord_evidence::Zone;
    let slack = if kept.zone() == Zone::Known && other.zone() == Zone::Known { 60 } else { 14 * 3600 };
    let (kept_start, kept_end) = (kept.earliest().as_second(), kept.latest().as_second());
    let (other_start, other_end) = (other.earliest().as_second(), other.latest().as_second());
    kept_start <= other_end.saturating_add(slack) && other_start <= kept_end.saturating_add(slack)
}

fn note(conflicts: &mut Vec<Conflict>, conflict: Conflict) {
    if !conflicts.contains(&conflict) {
        conflicts.push(conflict);
    }
}

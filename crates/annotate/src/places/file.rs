//! The gazetteer's file, read in place. Not its making (`training/build_gazetteer.py`), and not what a name means in a text.
//!
//! ```text
//! "ONRPLACE", version u32, sections u32, (start u32, length u32) for each, checksum u64 of all other bytes, sections:
//! 0 keys      fst map of further names: folded name -> value << 1 | several;  value: bearer, or start in postings
//! 1 postings  u32 each: bearer, and bit 31 on the last of one name;  bearer: place << 1 | lesser name
//! 2 records   12 bytes a place: id u24 (or 0xFF0000 + its slot in 6), middle u40 (thousandths of a degree: latitude + 90 << 19 |
//!             longitude + 180), kind << 13 | power of ten << 10 | three digits of its people u16, slot in 5 of what holds it u16
//! 3 names     front-coded blocks of 16: shared bytes, further bytes, these; places stand in the order of their folded names
//! 4 offsets   u32 of each block     5 parents  u32: a place that holds others     6 far  u32: ids
//! 7 table     lines, tab-separated: country, acronym, abbreviation, word (a name that is an ordinary word too)
//! 8 fame      u32: place << 8 | how many names public tables have for it, for places with 24 names or more
//! ```
//! All numbers little-endian. A key that begins with U+0001 is a skeleton (fold.rs). First names are not in 0: they are found by their
//! order in 3, which saves a third of the file.

use std::borrow::Cow;
use std::sync::Arc;

use super::fold::fold;
use super::place::{CountryCode, Place, PlaceId, PlaceKind};
use super::table::Table;

const MAGIC: &[u8] = b"ONRPLACE";
const VERSION: u32 = 1;
const SECTIONS: usize = 9;
const HEAD: usize = 16 + 8 * SECTIONS;
const CHECKSUM: usize = 8;
const RECORD: usize = 12;
const BLOCK: u32 = 16;
const FAR_ID: u32 = 0xFF_0000;
const NO_PARENT: u16 = u16::MAX;
const NO_COORDINATES: u64 = (1 << 40) - 1;
/// The most bearers of one name that are looked at.
const MAX_BEARERS: usize = 64;

/// Why a gazetteer cannot be used. Texts can be read without one: their places are then not computed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// There are no bytes.
    #[error("the gazetteer is missing: expected models/places/gazetteer.bin, found no bytes")]
    Missing,
    /// The bytes are no gazetteer.
    #[error("this is no gazetteer: expected a file that begins with ONRPLACE, found {found:?}")]
    Other {
        /// The first bytes as text.
        found: String,
    },
    /// The file is of another version.
    #[error("the gazetteer has version {found}, expected {VERSION}")]
    Version {
        /// The version that it states.
        found: u32,
    },
    /// The file's bytes are not those that were written.
    #[error("the gazetteer is damaged: {what}")]
    Damaged {
        /// What was expected and found.
        what: &'static str,
    },
}

impl GazetteerError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Missing | Self::Other { .. } => {
                "restore models/places/gazetteer.bin from the repository, or make it with training/build_gazetteer.py"
            }
            Self::Version { .. } => {
                "use the gazetteer that came with this version, or make it anew with training/build_gazetteer.py"
            }
            Self::Damaged { .. } => {
                "copy models/places/gazetteer.bin again from the repository; its digest is in models/places/CARD.md"
            }
        }
    }
}

/// A part of the file that knows where its bytes are, for the map.
#[derive(Clone)]
struct Section {
    file: Arc<Cow<'static, [u8]>>,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.file.get(self.start..self.end).unwrap_or(&[])
    }
}

impl Section {
    fn u32_at(&self, index: usize) -> Option<u32> {
        let bytes = self.as_ref().get(index.checked_mul(4)?..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes))
    }
}

/// Place names of the world and their bearers. Cheap to clone; the bytes are shared.
#[derive(Clone)]
pub struct Gazetteer {
    keys: fst::Map<Section>,
    postings: Section,
    records: Section,
    names: Section,
    offsets: Section,
    parents: Section,
    far: Section,
    fame: Section,
    table: Arc<Table>,
}

/// A bearer of a name: the place's row, and whether the name is a lesser one of it (an older, foreign or long form).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bearer {
    pub(super) row: u32,
    pub(super) lesser: bool,
}

/// What the gazetteer has for one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bearers {
    /// Whether the name is also an ordinary word.
    pub(super) common: bool,
    pub(super) list: Vec<Bearer>,
}

/// A place's row, read but without its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) id: PlaceId,
    pub(super) kind: PlaceKind,
    pub(super) at: Option<(f64, f64)>,
    pub(super) population: u32,
    pub(super) parent: Option<u32>,
}

impl Gazetteer {
    /// Compares the file's bytes with their checksum and reads its table; nothing else is copied.
    ///
    /// # Errors
    /// The bytes are missing, damaged, of another version, or no gazetteer; [`GazetteerError::hint`] says what to do.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, GazetteerError> {
        let bytes: Cow<'static, [u8]> = bytes.into();
        if bytes.is_empty() {
            return Err(GazetteerError::Missing);
        }
        if !bytes.starts_with(MAGIC) {
            let found = String::from_utf8_lossy(&bytes[..bytes.len().min(8)]).into_owned();
            return Err(GazetteerError::Other { found });
        }
        let file = Section { start: 0, end: bytes.len(), file: Arc::new(bytes) };
        let damaged = |what| GazetteerError::Damaged { what };
        match file.u32_at(2) {
            Some(VERSION) => {}
            Some(found) => return Err(GazetteerError::Version { found }),
            None => return Err(damaged("expected a head, found its beginning only")),
        }
        if file.u32_at(3) != Some(SECTIONS as u32) || file.end < HEAD + CHECKSUM {
            return Err(damaged("expected nine sections, found another number"));
        }
        let all = file.as_ref();
        if checksum(&all[..HEAD], &all[HEAD + CHECKSUM..]).to_le_bytes() != all[HEAD..HEAD + CHECKSUM] {
            return Err(damaged("its bytes do not have the checksum that its head states"));
        }
        let section = |index: usize| {
            let start = file.u32_at(4 + 2 * index)? as usize;
            let end = start.checked_add(file.u32_at(5 + 2 * index)? as usize)?;
            (end <= file.end).then(|| Section { start, end, file: Arc::clone(&file.file) })
        };
        let section = |index| section(index).ok_or(damaged("a section leaves the file"));
        let keys = fst::Map::new(section(0)?).map_err(|_| damaged("its names are no map"))?;
        let text = section(7)?;
        let table = std::str::from_utf8(text.as_ref()).map_err(|_| damaged("its table is no text"))?;
        Ok(Self {
            keys,
            postings: section(1)?,
            records: section(2)?,
            names: section(3)?,
            offsets: section(4)?,
            parents: section(5)?,
            far: section(6)?,
            fame: section(8)?,
            table: Arc::new(Table::parse(table).ok_or(damaged("a row of its table has another form"))?),
        })
    }

    /// How many places it has.
    pub fn len(&self) -> usize {
        self.records.as_ref().len() / RECORD
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All places of this name in any spelling that the gazetteer has, those with more people first.
    pub fn places(&self, name: &str) -> Vec<Place> {
        let mut places: Vec<_> =
            self.bearers(&fold(name)).list.iter().filter_map(|bearer| self.place(bearer.row)).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.id));
        places
    }

    /// The country of an adjective or of a word for its people ("Ukrainian", "Danes").
    pub fn country_of_people(&self, word: &str) -> Option<CountryCode> {
        let key = fold(word);
        let plural = || self.table.adjectives.get(key.strip_suffix('s')?).copied();
        self.table.adjectives.get(&key).copied().or_else(plural)
    }

    pub(super) fn bearers(&self, key: &str) -> Bearers {
        let mut list: Vec<_> = self.first_names(key).map(|row| Bearer { row, lesser: false }).collect();
        if list.len() > MAX_BEARERS {
            list.sort_by_cached_key(|bearer| std::cmp::Reverse(self.row(bearer.row).map(|row| row.population)));
            list.truncate(MAX_BEARERS);
        }
        if let Some(value) = self.keys.get(key) {
            let bearer = |number: u32| Bearer { row: number >> 1, lesser: number & 1 != 0 };
            let number = (value >> 1) as u32;
            if value & 1 == 0 {
                list.push(bearer(number));
            } else {
                for posting in (number as usize..).map_while(|index| self.postings.u32_at(index)).take(MAX_BEARERS) {
                    list.push(bearer(posting & !(1 << 31)));
                    if posting >> 31 == 1 {
                        break;
                    }
                }
            }
        }
        Bearers { common: self.table.words.contains(key), list }
    }

    /// Whether the name is also an ordinary word, or a person's.
    pub(super) fn has_word(&self, key: &str) -> bool {
        self.table.words.contains(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key) || self.first_names(key).next().is_some()
    }

    /// The rows whose first name has this key: they stand together.
    fn first_names(&self, key: &str) -> impl Iterator<Item = u32> + '_ {
        let blocks = self.offsets.as_ref().len() as u32 / 4;
        // The last block whose head lies before the key.
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = low + (high - low) / 2;
            let head = self.block(middle).next().map(|(_, name)| fold(&name));
            if head.is_some_and(|head| head.as_str() < key) { low = middle + 1 } else { high = middle }
        }
        let key = key.to_owned();
        (low.saturating_sub(1)..blocks)
            .flat_map(|block| self.block(block))
            .map(|(row, name)| (row, fold(&name)))
            .skip_while({
                let key = key.clone();
                move |(_, name)| *name < key
            })
            .take_while(move |(_, name)| *name == key)
            .map(|(row, _)| row)
    }

    /// The rows and names of one block.
    fn block(&self, block: u32) -> impl Iterator<Item = (u32, String)> + '_ {
        let start = self.offsets.u32_at(block as usize);
        let mut bytes = start.and_then(|start| self.names.as_ref().get(start as usize..)).unwrap_or(&[]);
        let mut name: Vec<u8> = Vec::new();
        (0..BLOCK).map_while(move |index| {
            let (&[shared, further], rest) = bytes.split_first_chunk::<2>()?;
            name.truncate(usize::from(shared));
            name.extend_from_slice(rest.get(..usize::from(further))?);
            bytes = &rest[usize::from(further)..];
            Some((block.checked_mul(BLOCK)? + index, String::from_utf8_lossy(&name).into_owned()))
        })
    }

    pub(super) fn row(&self, row: u32) -> Option<Row> {
        let start = (row as usize).checked_mul(RECORD)?;
        let record = self.records.as_ref().get(start..)?.first_chunk::<RECORD>()?;
        let number = u32::from_le_bytes([record[0], record[1], record[2], 0]);
        let id = if number < FAR_ID { number } else { self.far.u32_at((number - FAR_ID) as usize)? };
        let middle = u64::from_le_bytes([record[3], record[4], record[5], record[6], record[7], 0, 0, 0]);
        let degrees = |thousandths: u64, off: f64| (thousandths as f64 - off) / 1000.0;
        let packed = u16::from_le_bytes([record[8], record[9]]);
        let parent = u16::from_le_bytes([record[10], record[11]]);
        Some(Row {
            id: PlaceId(id),
            kind: PlaceKind::ALL[usize::from(packed >> 13)],
            at: (middle != NO_COORDINATES)
                .then(|| (degrees(middle >> 19, 90_000.0), degrees(middle & 0x7_FFFF, 180_000.0))),
            population: u32::from(packed & 1023).saturating_mul(10u32.saturating_pow(u32::from(packed >> 10 & 7))),
            parent: (parent != NO_PARENT).then(|| self.parents.u32_at(usize::from(parent))).flatten(),
        })
    }

    /// The row and those that hold it, innermost first; at most five, whatever the file says.
    pub(super) fn line(&self, row: u32) -> impl Iterator<Item = (u32, Row)> + '_ {
        let mut next = Some(row);
        std::iter::from_fn(move || {
            let number = next?;
            let row = self.row(number)?;
            next = row.parent;
            Some((number, row))
        })
        .take(5)
    }

    pub(super) fn country(&self, row: u32) -> Option<CountryCode> {
        self.line(row).find_map(|(number, _)| self.table.countries.get(&number).copied())
    }

    pub(super) fn region(&self, row: u32) -> Option<u32> {
        self.line(row).find(|(_, row)| row.kind == PlaceKind::Region).map(|(number, _)| number)
    }

    /// The country whose government news names by this city.
    pub(super) fn capital_of(&self, row: u32) -> Option<CountryCode> {
        self.table.capitals.get(&row).copied()
    }

    /// In how many forms public tables have the place's name, up to 255: what is written about all over the world has many. 0 below 24.
    pub(super) fn fame(&self, row: u32) -> u32 {
        let (mut low, mut high) = (0, self.fame.as_ref().len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(entry) = self.fame.u32_at(middle) else { return 0 };
            match (entry >> 8).cmp(&row) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return entry & 255,
            }
        }
        0
    }

    pub(super) fn acronym(&self, letters: &str) -> Option<u32> {
        self.table.acronyms.get(letters).copied()
    }

    pub(super) fn abbreviation(&self, letters: &str) -> Option<u32> {
        self.table.abbreviations.get(letters).copied()
    }

    pub(super) fn name(&self, row: u32) -> Option<String> {
        self.block(row / BLOCK).nth((row % BLOCK) as usize).map(|(_, name)| name)
    }

    /// Fails where the file's maker folded a name in another way than this reader.
    #[cfg(test)]
    pub(super) fn check_order(&self) {
        let blocks = self.offsets.as_ref().len() as u32 / 4;
        let mut last = String::new();
        for (row, name) in (0..blocks).flat_map(|block| self.block(block)) {
            let key = fold(&name);
            assert!(last <= key, "row {row}: {name:?} has the key {key:?}, which is before {last:?}");
            last = key;
        }
    }

    pub(super) fn place(&self, row: u32) -> Option<Place> {
        let Row { id, kind, at, population, .. } = self.row(row)?;
        let region = self.region(row);
        Some(Place {
            id,
            name: self.name(row)?,
            kind,
            country: self.country(row),
            region: region.and_then(|region| self.row(region)).map(|region| region.id),
            region_name: region.and_then(|region| self.name(region)),
            at,
            population: (population > 0).then_some(population),
        })
    }
}

/// 64-bit FNV-1a over little-endian words of eight bytes, the last filled with zeros. Any change of one word changes it; it guards
/// against damage and not against intent, and costs two milliseconds where a digest costs fifty.
fn checksum(head: &[u8], rest: &[u8]) -> u64 {
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0100_0000_01B3);
    [head, rest].into_iter().fold(0xCBF2_9CE4_8422_2325, |sum, part| {
        let (words, last) = part.as_chunks::<8>();
        let sum = words.iter().fold(sum, |sum, word| mix(sum, u64::from_le_bytes(*word)));
        if last.is_empty() {
            return sum;
        }
        let mut word = [0; 8];
        word[..last.len()].copy_from_slice(last);
        mix(sum, u64::from_le_bytes(word))
    })
}

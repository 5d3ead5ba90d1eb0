//! A place as the gazetteer knows it. Not here: mentions of it in a text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Number of a place in one of the public tables, or in Onrecord's own: `gn:703448`, `wof:1242571825`, `own:f01d5a2c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(super) u32);

/// The lowest number of Who's On First; GeoNames' end far below it.
const WHOS_ON_FIRST: u32 = 85_000_000;
/// The lowest number of places that only Onrecord's own table has.
const OWN: u32 = 0xF000_0000;

impl PlaceId {
    /// The place of GeoNames' table with this number; `None` where it has no such numbers.
    pub fn geonames(number: u32) -> Option<Self> {
        (number < WHOS_ON_FIRST).then_some(Self(number))
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            number if number >= OWN => write!(formatter, "own:{number:08x}"),
            number if number >= WHOS_ON_FIRST => write!(formatter, "wof:{number}"),
            number => write!(formatter, "gn:{number}"),
        }
    }
}

impl FromStr for PlaceId {
    type Err = NoPlaceId;

    fn from_str(text: &str) -> Result<Self, NoPlaceId> {
        let (table, number) = text.split_once(':').ok_or(NoPlaceId)?;
        let id = Self(u32::from_str_radix(number, if table == "own" { 16 } else { 10 }).map_err(|_| NoPlaceId)?);
        if id.to_string() == text { Ok(id) } else { Err(NoPlaceId) }
    }
}

/// A text that is no [`PlaceId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a place's id such as gn:703448, wof:1242571825 or own:f01d5a2c")]
pub struct NoPlaceId;

impl<'de> Deserialize<'de> for PlaceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl Serialize for PlaceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// A country or territory with a code of its own.
    Country,
    /// A first division: state, province, oblast, governorate.
    Region,
    /// A second division: county, raion.
    District,
    /// A settlement of 5,000 people and more.
    City,
    /// A smaller settlement, or one whose people nobody counted.
    Village,
    /// A part of a settlement.
    Quarter,
    /// A part of the world without borders of its own: seas, mountains, "the Donbas"; airports too.
    Area,
    /// A building or quarter that stands for whoever sits in it: the Kremlin.
    Seat,
}

impl PlaceKind {
    pub(super) const ALL: [Self; 8] =
        [Self::Country, Self::Region, Self::District, Self::City, Self::Village, Self::Quarter, Self::Area, Self::Seat];

    /// Whether people live there as in a town or a village.
    pub const fn is_settlement(self) -> bool {
        matches!(self, Self::City | Self::Village | Self::Quarter)
    }

    /// Whether settlements lie inside of it.
    pub const fn is_division(self) -> bool {
        matches!(self, Self::Country | Self::Region | Self::District)
    }
}

/// Two letters of ISO 3166-1 (`XK` for Kosovo; `SU`, `YU`, `CS` and `DD` for states that are no more).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code; `None` unless it is two capital ASCII letters.
    ///
    /// ```
    /// # use onrecord_annotate::places::CountryCode;
    /// assert_eq!(CountryCode::new("UA").map(|code| code.to_string()).as_deref(), Some("UA"));
    /// assert_eq!(CountryCode::new("Ukraine"), None);
    /// ```
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code)
            .ok_or_else(|| D::Error::custom(format!("expected two capital letters of a country, found {code:?}")))
    }
}

/// One place of the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its number in a public table.
    pub id: PlaceId,
    /// Its name in English texts, or in Latin letters.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// The country that holds it by the tables; `None` for seas and for regions of several.
    pub country: Option<CountryCode>,
    /// The first division that holds it; its own id for a first division.
    pub region: Option<PlaceId>,
    /// That division's name.
    pub region_name: Option<String>,
    /// Degrees north and east of its middle, to about 100 m; for countries and areas a whole degree; `None` where no table has it.
    pub at: Option<(f64, f64)>,
    /// Inhabitants, rounded to three digits; `None` where nobody counted.
    pub population: Option<u32>,
}

//! Tables as data: columns with their meaning, rows as cells. One list of columns makes the rows, the files and the data dictionary. Not what stands in them.

use serde_json::Value;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text in UTF-8.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A moment: RFC 3339, in UTC.
    Moment,
    /// A list: a JSON array, also within CSV and Parquet.
    List,
}

impl Kind {
    /// The word for it in the data dictionary.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Moment => "moment",
            Self::List => "list",
        }
    }
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; permanent.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty: not stated, not known, or withheld by the quotation cap.
    pub optional: bool,
    /// What it means.
    pub about: &'static str,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing; never the same as an empty text or 0.
    Null,
    /// A text or a moment.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A list.
    List(Vec<Value>),
}

impl Cell {
    /// As JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::String(text.clone()),
            Self::Integer(number) => Value::from(*number),
            Self::Number(number) => Value::from(*number),
            Self::Boolean(is) => Value::Bool(*is),
            Self::List(values) => Value::Array(values.clone()),
        }
    }
}

/// A moment as a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub jiff::Timestamp);

/// What can be a cell.
pub trait Field {
    /// Its kind.
    const KIND: Kind;
    /// Whether it may be empty.
    const OPTIONAL: bool = false;
    /// The cell.
    fn cell(&self) -> Cell;
}

impl Field for String {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
}

impl Field for &'static str {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell {
        Cell::Text((*self).to_owned())
    }
}

impl Field for u32 {
    const KIND: Kind = Kind::Integer;
    fn cell(&self) -> Cell {
        Cell::Integer(i64::from(*self))
    }
}

impl Field for usize {
    const KIND: Kind = Kind::Integer;
    fn cell(&self) -> Cell {
        Cell::Integer(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl Field for f64 {
    const KIND: Kind = Kind::Number;
    fn cell(&self) -> Cell {
        Cell::Number(*self)
    }
}

impl Field for bool {
    const KIND: Kind = Kind::Boolean;
    fn cell(&self) -> Cell {
        Cell::Boolean(*self)
    }
}

impl Field for Moment {
    const KIND: Kind = Kind::Moment;
    fn cell(&self) -> Cell {
        Cell::Text(self.0.to_string())
    }
}

impl Field for Vec<String> {
    const KIND: Kind = Kind::List;
    fn cell(&self) -> Cell {
        Cell::List(self.iter().cloned().map(Value::String).collect())
    }
}

impl Field for Vec<Value> {
    const KIND: Kind = Kind::List;
    fn cell(&self) -> Cell {
        Cell::List(self.clone())
    }
}

impl<F: Field> Field for Option<F> {
    const KIND: Kind = F::KIND;
    const OPTIONAL: bool = true;
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, Field::cell)
    }
}

/// A part of a row whose columns stand together.
pub trait Columns {
    /// The columns, in their order.
    const COLUMNS: &'static [Column];
    /// The values, in the same order.
    fn cells(&self) -> Vec<Cell>;
}

/// Defines a part of a row: its columns, their meaning and their values from one list.
macro_rules! columns {
    ($(#[doc = $about:literal])+ pub struct $name:ident { $($(#[doc = $doc:literal])+ $field:ident: $kind:ty,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $kind,)+
        }

        impl $crate::table::Columns for $name {
            const COLUMNS: &'static [$crate::table::Column] = &[$($crate::table::Column {
                name: stringify!($field),
                kind: <$kind as $crate::table::Field>::KIND,
                optional: <$kind as $crate::table::Field>::OPTIONAL,
                about: concat!($($doc),+),
            }),+];

            fn cells(&self) -> Vec<$crate::table::Cell> {
                vec![$($crate::table::Field::cell(&self.$field)),+]
            }
        }
    };
}
pub(crate) use columns;

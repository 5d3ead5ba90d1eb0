//! The grammar of `export`. Not what it does.

use std::num::ParseIntError;

use clap::{Args, ValueEnum};

use onrecord::export::{QUOTED_WORDS, Table};
use onrecord::link::position::StandingWord;

use super::{LedgerPath, Moment};

/// `export`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord export --table claims --format csv > claims.csv\n  onrecord export --table positions --party governor --as-of 2031-03-10 | head\n  \
                  onrecord export --format parquet --output tables/\n  onrecord export --format annotations --output out/\n  onrecord export --format release --output release-2031-03/\n\n\
                  Every row has its exact words with their place, its article, how sure the reading is, whether a person decided, and the digests of pipeline and ledger. The columns: docs/guide/export.md.\n\
                  What leaves the house quotes 300 words of an article at most and gives private people by initials; --quote-words all --full-names is for the house only."
)]
pub struct Export {
    /// The table: attributions, claims, positions, origins, figures, incidents, panel; may be given several times. Without it, all of them, which wants --output.
    #[arg(long = "table", value_name = "TABLE", value_parser = table)]
    pub tables: Vec<Table>,
    /// The format.
    #[arg(long, value_enum, default_value_t = Format::Jsonl, value_name = "FORMAT")]
    pub format: Format,
    /// The folder to write to, or - for standard output.
    #[arg(long, default_value = "-", value_name = "DIR|-")]
    pub output: String,
    /// Replace files of the same names in the folder.
    #[arg(long)]
    pub force: bool,
    /// Words of one article that are quoted at most, or all.
    #[arg(long, value_name = "N|all", default_value_t = QuoteWords(Some(QUOTED_WORDS)), value_parser = quote_words)]
    pub quote_words: QuoteWords,
    /// Name private people in full.
    #[arg(long)]
    pub full_names: bool,
    /// Only claims that stand so: disputed, withdrawn, "one origin", claimed-by-one-side, ...
    #[arg(long, value_name = "WORDS", value_parser = super::claims::standing)]
    pub standing: Option<StandingWord>,
    /// Only claims on which this party is on record.
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only claims that name this place.
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only claims that this outlet reports, or attributions of its articles.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only claims of which a report was out at this time or later.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Only claims of which a report was out by this time.
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Intentions and opinions too, which have no standing.
    #[arg(long)]
    pub all: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables as JSON Lines.
    Jsonl,
    /// Tables as CSV, safe to open in a spreadsheet.
    Csv,
    /// Tables as Parquet, where it is built in.
    Parquet,
    /// Attributions as W3C Web Annotations (JSON-LD).
    Annotations,
    /// Where everything comes from, as W3C PROV-O (JSON-LD).
    Prov,
    /// Claims that people decided, as schema.org Claim and ClaimReview (JSON-LD).
    ClaimReview,
    /// Claims by the places that they name, as GeoJSON, coarse.
    Geojson,
    /// Whole texts with attributions as brat standoff; for the house only.
    Brat,
    /// All tables with data dictionary and digests, frozen.
    Release,
}

/// How many words of an article are quoted; `None` for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteWords(pub Option<u32>);

impl std::fmt::Display for QuoteWords {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(words) => write!(formatter, "{words}"),
            None => formatter.write_str("all"),
        }
    }
}

fn quote_words(text: &str) -> Result<QuoteWords, String> {
    match text {
        "all" => Ok(QuoteWords(None)),
        number => match number.parse() {
            Ok(words) => Ok(QuoteWords(Some(words))),
            Err(cause) => Err(format!("expected a number of words or all: {}", ParseIntError::to_string(&cause))),
        },
    }
}

fn table(name: &str) -> Result<Table, String> {
    Table::ALL.into_iter().find(|table| table.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

//! The command line's grammar and its help. Not what the commands do.

mod claims;
mod copies;
mod export;
mod room;
mod watch;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use onrecord::annotate::Act;

pub use copies::{Backup, Restore, Withhold};
pub use export::{Export, Format};
pub use room::{Report, Serve};
pub use watch::{Fetching, Sources, Watch};

pub use claims::{Accept, Claims, Decisions, Merge, Move, Origins, Reject, Relink, Signed, Split, Undo, Which, Why};

/// Read news and keep the record of contested claims: who says so, who denies it, who will not say, in which exact words.
#[derive(Parser)]
#[command(
    name = "onrecord",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  onrecord demo\n  onrecord read story.html\n  onrecord add articles/ wire.jsonl\n  onrecord claims\n  onrecord show clm_3f --as-of 2031-03-10\n  onrecord search \"phone call\" --act deny\n\n\
                  Exit codes: 0 done, 1 the answer is no (nothing found, verify failed), 2 something failed (the rest still ran).\n\
                  Onrecord never says what is true: it says what is on record, from whom."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour: auto (on a terminal, unless NO_COLOR is set), always, never.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN", hide_possible_values = true)]
    pub color: Colour,
    /// Say nothing but errors on standard error.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Clone, Copy, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Show what is contested in the shipped sample stories (start here).
    Demo(Demo),
    /// Read texts and pages: every attribution with its exact words.
    Read(Read),
    /// Keep articles in a ledger; adding again adds nothing twice.
    Add(Add),
    /// Ask feeds again and again, and keep the articles that they name, with their revisions.
    Watch(Watch),
    /// Show how the sources of a watch are doing.
    Sources(Sources),
    /// List what is contested: claims over all articles, the disputed first.
    Claims(Claims),
    /// Show one claim with all that is on record about it; or an article, revision, attribution, capture or operation.
    Show(Show),
    /// Say why a claim stands as it does, or why a statement is on it.
    Why(Why),
    /// Show on how many independent origins a claim rests, and which report hangs on which.
    Origins(Origins),
    /// Find attributions by their words.
    Search(Search),
    /// Write the record of one claim as one page to send.
    Report(Report),
    /// Open the reading room: the record as pages for a browser on this machine.
    Serve(Serve),
    /// Decide that a statement is read rightly, or is on a claim.
    Accept(Accept),
    /// Decide that a statement is none, or is not on a claim.
    Reject(Reject),
    /// Decide that two claims are one.
    Merge(Merge),
    /// Decide that statements of a claim are on another one.
    Split(Split),
    /// Decide that a statement belongs to another claim.
    Move(Move),
    /// Take a decision back.
    Undo(Undo),
    /// List what people decided.
    Decisions(Decisions),
    /// Link all articles anew, obeying what people decided.
    Relink(Relink),
    /// Count what is in a ledger.
    Stats(Stats),
    /// Check a ledger: every operation, capture, and word.
    Verify(Verify),
    /// Make everything that was derived again from the captures.
    Rebuild(Rebuild),
    /// Write tables and the formats of the field, each row with its evidence.
    Export(Export),
    /// Write a checked copy of a ledger, while others use it.
    Backup(Backup),
    /// Make a ledger of a backup.
    Restore(Restore),
    /// Erase an article or capture by order, leaving a tombstone.
    Withhold(Withhold),
}

impl Command {
    /// Whether nothing is lost where nobody reads the output any more.
    pub const fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::Demo(_)
                | Self::Read(_)
                | Self::Sources(_)
                | Self::Claims(_)
                | Self::Show(_)
                | Self::Why(_)
                | Self::Origins(_)
                | Self::Search(_)
                | Self::Report(_)
                | Self::Serve(_)
                | Self::Decisions(_)
                | Self::Stats(_)
                | Self::Export(_)
                | Self::Verify(_)
        )
    }
}

/// Where the ledger is.
#[derive(Args, Clone)]
pub struct LedgerPath {
    /// The ledger file.
    #[arg(long, env = "ONRECORD_LEDGER", default_value = "onrecord.db", value_name = "FILE")]
    pub ledger: PathBuf,
}

/// The moment that a read is about.
#[derive(Args, Clone, Default)]
pub struct Moment {
    /// Only what was published by then: 2031-03-06 or 2031-03-06T12:00Z (a day means its end; no zone means UTC).
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// Only what was in this ledger by then.
    #[arg(long, value_name = "TIME")]
    pub known_at: Option<String>,
}

/// Which inputs are taken, and by which names.
#[derive(Args, Clone, Default)]
pub struct Intake {
    /// Take what this file lists too, one path a line; - for a list on standard input. Lines that begin with # are comments.
    #[arg(long, value_name = "FILE|-")]
    pub files_from: Option<String>,
    /// Where JSON Lines or a Parquet table call a field otherwise: text=body. Fields: text, html, url, outlet, title, published, modified,
    /// fetched_at, byline, section.
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    pub columns: Vec<String>,
}

/// Threads to read with.
#[derive(Args, Clone)]
pub struct Threads {
    /// Threads to read with; default: as many as the machine has cores.
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// Tables that stand for those that ship.
#[derive(Args, Clone, Default)]
pub struct Tables {
    /// A gazetteer to look places up in, made by training/build_gazetteer.py; default: the one that ships.
    #[arg(long, env = "ONRECORD_GAZETTEER", value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
}

/// What the files cannot say about themselves.
#[derive(Args, Clone, Default)]
pub struct Told {
    /// When the articles were published; stands above what the files say.
    #[arg(long, value_name = "TIME")]
    pub published: Option<String>,
    /// The outlet that published them.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// The address that the article came from (one article only, no JSON Lines).
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
}

/// `demo`
#[derive(Args)]
#[command(after_help = "Example:\n  onrecord demo\n  onrecord demo --all | less")]
pub struct Demo {
    /// Show everything contested, not only what stands out.
    #[arg(long)]
    pub all: bool,
    /// Keep the ledger here; default: a fresh file in the folder for temporary files.
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

/// `read`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord read draft.txt\n  onrecord read story.html --html > marked.html\n  onrecord read articles/ --json > attributions.jsonl\n  pbpaste | onrecord read - --published 2031-03-06"
)]
pub struct Read {
    /// Files, folders, or - for standard input: plain text, HTML, WARC, JSON Lines, each also as .gz; Parquet where it is built in.
    #[arg(required_unless_present = "files_from", value_name = "FILE|-")]
    pub inputs: Vec<String>,
    /// Inputs.
    #[command(flatten)]
    pub intake: Intake,
    /// Print JSON Lines (docs/wire.md).
    #[arg(long, group = "form")]
    pub json: bool,
    /// Print one self-contained page.
    #[arg(long, group = "form")]
    pub html: bool,
    /// Print one line a file in the scorer's form.
    #[arg(long, group = "form")]
    pub spans: bool,
    /// Show only what is contested: any act but affirm.
    #[arg(long, conflicts_with_all = ["spans"])]
    pub contested: bool,
    /// What the files cannot say.
    #[command(flatten)]
    pub told: Told,
    /// Tables.
    #[command(flatten)]
    pub tables: Tables,
    /// Threads.
    #[command(flatten)]
    pub threads: Threads,
}

/// `add`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord add articles/\n  onrecord add wire.jsonl --ledger conflict.db --json\n  \
                  onrecord add CC-NEWS-20310306.warc.gz\n  ls crawls/*.warc.gz | onrecord add --files-from - --dry-run\n  \
                  onrecord add https://post.example/news/call --contact desk@your-outlet.example\n  onrecord add news.xml --fetch\n  \
                  onrecord add dump.jsonl.gz --column text=body --column url=link\n\n\
                  Run it again after a stop or a kill: what is in is known by its bytes, and is not read again.\n\
                  JSON Lines: one object a line with text or html, and url, outlet, title, published, fetched_at as far as known."
)]
pub struct Add {
    /// Files, folders, addresses, or - for standard input: plain text, HTML, WARC, JSON Lines, feeds (RSS, Atom, JSON Feed, news sitemaps), each also
    /// as .gz; Parquet where it is built in.
    #[arg(required_unless_present = "files_from", value_name = "PATH|URL|-")]
    pub inputs: Vec<String>,
    /// Inputs.
    #[command(flatten)]
    pub intake: Intake,
    /// Say what would be taken, and write nothing: inputs are opened and the ledger is asked, no text is read.
    #[arg(long)]
    pub dry_run: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Print one JSON line an input once it is durable (docs/wire.md).
    #[arg(long)]
    pub json: bool,
    /// The network.
    #[command(flatten)]
    pub fetching: Fetching,
    /// Fetch the articles that feeds in files name; those of a feed that is named by its address are fetched anyway.
    #[arg(long)]
    pub fetch: bool,
    /// What the files cannot say.
    #[command(flatten)]
    pub told: Told,
    /// Tables.
    #[command(flatten)]
    pub tables: Tables,
    /// Threads.
    #[command(flatten)]
    pub threads: Threads,
}

/// `search`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord search \"phone call\"\n  onrecord search ceasefire --act deny --source minister --since 2031-03-01\n  onrecord search dam --as-of 2031-09-12 --json"
)]
pub struct Search {
    /// Words that source, cue, content or headline must hold, in any order; none: everything that the filters let through.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Words that the source must hold.
    #[arg(long, value_name = "WORDS")]
    pub source: Option<String>,
    /// Only this act: deny, decline, non-denial, reject-premise, no-reply, ...
    #[arg(long, value_name = "ACT", value_parser = act)]
    pub act: Option<Act>,
    /// Only this outlet.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Published at this time or later.
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Published by this time.
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// At most so many.
    #[arg(long, default_value = "20", value_name = "N")]
    pub limit: NonZeroUsize,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}

fn act(word: &str) -> Result<Act, String> {
    word.parse().map_err(|error: onrecord::annotate::UnknownWord| error.to_string())
}

/// `show`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord show clm_3f\n  onrecord show clm_3f --as-of 2031-03-10 --known-at 2031-04-01\n  onrecord show art_3f\n  onrecord show att_9kx2 --json"
)]
pub struct Show {
    /// An id, or as much of its beginning as tells it from others.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}

/// `stats`
#[derive(Args)]
#[command(after_help = "Example:\n  onrecord stats --ledger conflict.db")]
pub struct Stats {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}

/// `verify`
#[derive(Args)]
#[command(after_help = "Example:\n  onrecord verify --ledger conflict.db && echo sound")]
pub struct Verify {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `rebuild`
#[derive(Args)]
#[command(after_help = "Example:\n  onrecord rebuild --ledger conflict.db")]
pub struct Rebuild {
    /// Print JSON Lines: what went wrong, and a summary.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Tables.
    #[command(flatten)]
    pub tables: Tables,
    /// Threads.
    #[command(flatten)]
    pub threads: Threads,
}

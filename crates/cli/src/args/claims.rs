//! The grammar of the commands about claims. Not what they do.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};

use onrecord::link::position::StandingWord;

use super::{LedgerPath, Moment};

/// `claims`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord claims\n  onrecord claims --standing disputed --party governor\n  onrecord claims --outlet \"Alben Courier\" --from 2031-03-01 --as-of 2031-03-10\n\n\
                  Then: onrecord show CLAIM, onrecord why CLAIM, onrecord origins CLAIM. The first letters of an id are enough."
)]
pub struct Claims {
    /// Only those that stand so: disputed, withdrawn, "one origin", claimed-by-one-side, ...
    #[arg(long, value_name = "WORDS", value_parser = standing)]
    pub standing: Option<StandingWord>,
    /// Only those on which this party is on record.
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only those that name this place.
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only those that this outlet reports.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only those of which a report was out at this time or later.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Only those of which a report was out by this time.
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Intentions and opinions too, which have no standing.
    #[arg(long)]
    pub all: bool,
    /// At most so many.
    #[arg(long, default_value = "20", value_name = "N")]
    pub limit: NonZeroUsize,
    /// Pass over so many of the first.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub skip: usize,
    /// Print JSON Lines (docs/wire.md).
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}

/// The standings by which a list can be narrowed.
const STANDINGS: [StandingWord; 9] = [
    StandingWord::Withdrawn,
    StandingWord::Disputed,
    StandingWord::Acknowledged,
    StandingWord::OriginUnknown,
    StandingWord::OutletsVoiceOnly,
    StandingWord::ClaimedByOneSide,
    StandingWord::OneOrigin,
    StandingWord::SeveralOrigins,
    StandingWord::NoStanding,
];

pub(super) fn standing(words: &str) -> Result<StandingWord, String> {
    let folded = |words: &str| {
        words.replace(['-', '\'', '\u{2019}'], " ").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let wanted = folded(words);
    STANDINGS
        .into_iter()
        .find(|word| folded(word.words()) == wanted || folded(word.words()).replace(" s ", "s ") == wanted)
        .ok_or_else(|| {
            let known = STANDINGS.map(StandingWord::words).join(", ");
            format!("expected one of {known}")
        })
}

/// `origins`
#[derive(Args)]
#[command(after_help = "Examples:\n  onrecord origins clm_3f\n  onrecord origins clm_3f --as-of 2031-03-10 --json")]
pub struct Origins {
    /// A claim, by its id or as much of its beginning as tells it from others.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
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

/// `why`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord why clm_3f                  which rule decided how it stands\n  onrecord why clm_3f --joined         why each statement is on this claim\n  onrecord why clm_3f stm_9kx2         why this one is"
)]
pub struct Why {
    /// A claim, by its id or as much of its beginning as tells it from others.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// A statement of it (stm_...) or the attribution that it is the content of (att_...).
    #[arg(value_name = "STATEMENT")]
    pub statement: Option<String>,
    /// Why each of its statements is on this claim.
    #[arg(long)]
    pub joined: bool,
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

/// Who decides, and why.
#[derive(Args, Clone)]
pub struct Signed {
    /// Who decides; default: the name of the user who runs it.
    #[arg(long, env = "ONRECORD_AUTHOR", value_name = "NAME")]
    pub author: Option<String>,
    /// Why; kept with the decision.
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    /// Print one JSON line a decision.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `accept`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord accept stm_9kx2 --reason \"read it against the page\"\n  onrecord accept stm_9kx2 --on clm_3f --reason \"it says the same\""
)]
pub struct Accept {
    /// A statement (stm_...) or the attribution that it is the content of (att_...).
    #[arg(value_name = "STATEMENT")]
    pub statement: String,
    /// The claim on which it is.
    #[arg(long, value_name = "CLAIM")]
    pub on: Option<String>,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `reject`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord reject stm_9kx2 --reason \"a heading, not a statement\"\n  onrecord reject stm_9kx2 --from clm_3f --reason \"it speaks of another call\""
)]
pub struct Reject {
    /// A statement (stm_...) or the attribution that it is the content of (att_...).
    #[arg(value_name = "STATEMENT")]
    pub statement: String,
    /// The claim on which it is not; without it, it is no statement at all and is left out.
    #[arg(long, value_name = "CLAIM")]
    pub from: Option<String>,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `merge`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord merge clm_3f clm_7q --reason \"one call, told twice\"\n  onrecord merge --origins stm_9kx2 stm_b71 --reason \"the desk says that both had it from one person\""
)]
pub struct Merge {
    /// A claim; with --origins, a statement (stm_..., or att_... for the content of an attribution).
    #[arg(value_name = "CLAIM")]
    pub one: String,
    /// The claim that is the same; with --origins, a statement that has the same origin.
    #[arg(value_name = "CLAIM")]
    pub other: String,
    /// Not the claims of two statements are one, but their origins.
    #[arg(long)]
    pub origins: bool,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `split`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord split clm_3f stm_9kx2 stm_b71 --reason \"to urge is not to warn\"\n  onrecord split --origins stm_9kx2 stm_b71 --reason \"two people, each asked alone\"\n\nThe statements leave together; what they leave and they are never joined again, until it is undone."
)]
pub struct Split {
    /// A claim; with --origins, a statement.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Statements of it that are on another claim (stm_..., or att_... for the content of an attribution).
    #[arg(required = true, value_name = "STATEMENT")]
    pub statements: Vec<String>,
    /// What the statements report has another origin than the first one, though they stay on one claim.
    #[arg(long)]
    pub origins: bool,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `move`
#[derive(Args)]
#[command(after_help = "Example:\n  onrecord move stm_9kx2 clm_7q --reason \"it answers the other report\"")]
pub struct Move {
    /// A statement (stm_...) or the attribution that it is the content of (att_...).
    #[arg(value_name = "STATEMENT")]
    pub statement: String,
    /// The claim on which it is.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `undo`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord undo op_5v --reason \"the letter was about another story\"\n  onrecord undo last --reason \"typed too soon\"\n\nAn undo can be undone."
)]
pub struct Undo {
    /// The operation of a decision, as `onrecord decisions` lists it; or `last`, the last decision that holds.
    #[arg(value_name = "OPERATION")]
    pub operation: String,
    /// Who and why.
    #[command(flatten)]
    pub signed: Signed,
}

/// `decisions`
#[derive(Args)]
#[command(after_help = "Examples:\n  onrecord decisions\n  onrecord decisions --only orphans")]
pub struct Decisions {
    /// Only those that hold, that were taken back, or whose words are gone.
    #[arg(long, value_enum, value_name = "WHICH")]
    pub only: Option<Which>,
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

/// Which decisions are listed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Nobody took them back.
    Holding,
    /// Somebody did.
    Undone,
    /// Words that they name are gone.
    Orphans,
}

/// `relink`
#[derive(Args)]
#[command(
    after_help = "Example:\n  onrecord relink\n\nThe same captures and decisions give the same claims in whatever order they came in. Nothing is read again; after an update that reads otherwise, run `onrecord rebuild`."
)]
pub struct Relink {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

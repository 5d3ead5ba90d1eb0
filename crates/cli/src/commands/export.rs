//! `onrecord export`: tables and the formats of the field, to standard output or as files in a folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use indicatif::ProgressBar;

use onrecord::export::{
    Asked, Care, Form, Progress, Summary, Table, TableFile, annotations, brat, claim_review, geojson, prov, release,
    tables,
};
use onrecord::ledger::{ClaimQuery, Ledger, Options};

use crate::args::{Export, Format};
use crate::progress::{Unit, bar};
use crate::report::Reporter;
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Export, reporter: &Reporter) -> anyhow::Result<Ending> {
    let asked = asked(args)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let state = ledger.link_state()?;
    if state.waiting > 0 || state.unprepared > 0 {
        reporter.note("some texts are not linked yet; run `onrecord relink`, or `onrecord rebuild` after an update");
    }
    let bar = bar(Some(0), Unit::Claims, "exporting", reporter.is_quiet());
    let summary = export(args, &ledger, &asked, &bar);
    bar.finish_and_clear();
    let summary = summary?;
    told(&summary, args, reporter);
    Ok(if summary.claims + summary.attributions == 0 { Ending::No } else { Ending::Done })
}

fn export(args: &Export, ledger: &Ledger, asked: &Asked, bar: &ProgressBar) -> anyhow::Result<Summary> {
    let mut progress = |at: Progress| {
        bar.set_length(at.total);
        bar.set_position(at.done);
    };
    let form = match args.format {
        Format::Jsonl => Form::JsonLines,
        Format::Csv => Form::Csv,
        Format::Parquet => Form::Parquet,
        Format::Annotations => return document(args, ledger, asked, "annotations.jsonld", annotations, &mut progress),
        Format::Prov => return document(args, ledger, asked, "prov.jsonld", prov, &mut progress),
        Format::ClaimReview => {
            return document(args, ledger, asked, "claim-review.jsonld", claim_review, &mut progress);
        }
        Format::Geojson => return document(args, ledger, asked, "claims.geojson", geojson, &mut progress),
        Format::Brat => return standoff(args, ledger, asked, &mut progress),
        Format::Release => return frozen(args, ledger, asked, &mut progress),
    };
    if args.output == "-" {
        let [table] = args.tables[..] else {
            bail!("standard output takes one table; name it with --table, or a folder with --output");
        };
        let mut files = [TableFile::new(table, form, BufWriter::with_capacity(1 << 16, io::stdout()))?];
        let summary = tables(ledger, asked, &mut files, &mut progress)?;
        for file in files {
            file.finish()?.0.flush()?;
        }
        return Ok(summary);
    }
    let wanted = if args.tables.is_empty() { &Table::ALL[..] } else { &args.tables[..] };
    let folder = Folder::open(&args.output, args.force)?;
    let mut names: Vec<String> = wanted.iter().map(|table| format!("{}.{}", table.name(), form.extension())).collect();
    names.dedup();
    let mut files = Vec::new();
    for (table, name) in wanted.iter().zip(&names) {
        files.push(TableFile::new(*table, form, folder.create(name)?)?);
    }
    let summary = tables(ledger, asked, &mut files, &mut progress)?;
    for (file, name) in files.into_iter().zip(&names) {
        folder.keep(file.finish()?.0, name)?;
    }
    Ok(summary)
}

type Document = fn(&Ledger, &Asked, &mut dyn Write, &mut dyn FnMut(Progress)) -> onrecord::export::Result<Summary>;

/// A format that is one file.
fn document(
    args: &Export,
    ledger: &Ledger,
    asked: &Asked,
    name: &str,
    write: Document,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Summary> {
    no_tables(args)?;
    if args.output == "-" {
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
        let summary = write(ledger, asked, &mut out, progress)?;
        out.flush()?;
        return Ok(summary);
    }
    let folder = Folder::open(&args.output, args.force)?;
    let mut out = folder.create(name)?;
    let summary = write(ledger, asked, &mut out, progress)?;
    folder.keep(out, name)?;
    Ok(summary)
}

/// Two files an article.
fn standoff(
    args: &Export,
    ledger: &Ledger,
    asked: &Asked,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Summary> {
    no_tables(args)?;
    if args.output == "-" {
        bail!("brat standoff is two files an article; name a folder with --output");
    }
    let mut folder = None;
    let mut file = |name: &str, bytes: &[u8]| {
        let folder = match &folder {
            Some(folder) => folder,
            None => folder.insert(Folder::open(&args.output, args.force).map_err(io::Error::other)?),
        };
        let mut out = folder.create(name).map_err(io::Error::other)?;
        out.write_all(bytes)?;
        folder.keep(out, name).map_err(io::Error::other)?;
        Ok(())
    };
    Ok(brat(ledger, asked, &mut file, progress)?)
}

/// All tables with dictionary and digests.
fn frozen(
    args: &Export,
    ledger: &Ledger,
    asked: &Asked,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Summary> {
    no_tables(args)?;
    if args.output == "-" {
        bail!("a release is a folder; name it with --output");
    }
    let made = release(ledger, asked, Path::new(&args.output), progress)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}  SHA256SUMS of {} files in {}", made.digest, made.files, args.output)?;
    Ok(made.summary)
}

fn no_tables(args: &Export) -> anyhow::Result<()> {
    if args.tables.is_empty() {
        return Ok(());
    }
    bail!("--table is for the formats jsonl, csv and parquet")
}

/// What is asked for.
fn asked(args: &Export) -> anyhow::Result<Asked> {
    let time = |option: &str, text: &Option<String>| text.as_deref().map(|text| moment::time(option, text)).transpose();
    Ok(Asked {
        at: moment::at(&args.moment)?,
        claims: ClaimQuery {
            standing: args.standing,
            party: args.party.clone(),
            place: args.place.clone(),
            outlet: args.outlet.clone(),
            from: time("from", &args.from)?.map(|time| time.earliest()),
            to: time("to", &args.to)?.map(|time| time.latest()),
            without_standing: args.all,
            ..ClaimQuery::default()
        },
        care: Care { quoted_words: args.quote_words.0, full_names: args.full_names },
    })
}

fn told(summary: &Summary, args: &Export, reporter: &Reporter) {
    let plural = |count: u64, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let what = [(summary.claims, "claim"), (summary.attributions, "attribution")];
    let what = what.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| plural(count, word));
    let what: Vec<String> = what.collect();
    if what.is_empty() {
        reporter.note(format_args!("nothing on record fits this in {}", args.ledger.ledger.display()));
        return;
    }
    reporter.note(format_args!("{} of ledger {}", what.join(" and "), summary.ledger.get(..16).unwrap_or_default()));
    if summary.cut > 0 {
        let cap = args.quote_words;
        let cut = plural(summary.cut, "quotation");
        reporter
            .note(format_args!("{cut} left out: no more than {cap} words of an article are quoted (--quote-words)"));
    }
    if summary.undated > 0 {
        reporter.note(format_args!(
            "{} without a date: set apart, as a time is asked for",
            plural(summary.undated, "article")
        ));
    }
}

/// A folder into which files are written under another name first: there is a whole file or none.
struct Folder {
    path: PathBuf,
    force: bool,
}

impl Folder {
    fn open(path: &str, force: bool) -> anyhow::Result<Self> {
        let path = PathBuf::from(path);
        fs::create_dir_all(&path).with_context(|| format!("{}: the folder could not be made", path.display()))?;
        Ok(Self { path, force })
    }

    fn part(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.part"))
    }

    fn create(&self, name: &str) -> anyhow::Result<BufWriter<File>> {
        let whole = self.path.join(name);
        if whole.exists() && !self.force {
            bail!("{} is there already; --force replaces it", whole.display());
        }
        let part = self.part(name);
        let file = File::create(&part).with_context(|| format!("{}: the file could not be written", part.display()))?;
        Ok(BufWriter::with_capacity(1 << 16, file))
    }

    fn keep(&self, file: BufWriter<File>, name: &str) -> anyhow::Result<()> {
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        rename(&self.part(name), &self.path.join(name))
    }
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("{}: the file could not be named", to.display()))
}

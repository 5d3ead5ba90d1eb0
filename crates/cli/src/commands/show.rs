//! `onrecord show`: one claim, article, revision, attribution, capture or operation by its id or the beginning of it.

use std::io::Write;
use std::sync::Arc;

use onrecord::evidence::CaptureId;
use onrecord::ledger::{
    AnyId, Article, At, KeptAttribution, KeptCapture, Ledger, Lookup, Operation, Options, Resolved, Revision,
};
use onrecord::wire::claim::ClaimView;
use onrecord::wire::{CaptureLine, KeptArticleLine, LanguageLine, OperationLine, RevisionLine, VERSION};

use crate::args::Show;
use crate::claim::{self, parts};
use crate::hits::{Texts, about, print_json, print_people};
use crate::report::{Reporter, write_json};
use crate::terminal::{FAINT, STRONG, findings, harmless, styled, wrapped};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Show, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    if is_claim(&ledger, &args.id, &at)? {
        return claim(args, &ledger, &at, reporter);
    }
    let Some(id) = resolve(&ledger, &args.id, &at, reporter)? else { return Ok(Ending::No) };
    let out: Box<dyn Write> =
        if args.json { Box::new(std::io::BufWriter::new(std::io::stdout())) } else { Box::new(anstream::stdout()) };
    let mut show = Shower { ledger: &ledger, json: args.json, typed: &args.id, reporter, out };
    let ending = match id {
        AnyId::Attribution(id) => match show.found(ledger.attribution(&id, &at)?) {
            Some(kept) => show.attributions(&[kept])?,
            None => Ending::No,
        },
        AnyId::Article(id) => match show.found(ledger.article(&id, &at)?) {
            Some(article) => {
                let current = article.current;
                show.article(&Arc::new(article), current)?
            }
            None => Ending::No,
        },
        AnyId::Revision(id) => match show.found(ledger.revision(&id, &at)?) {
            Some((article, index)) => show.article(&Arc::new(article), Some(index))?,
            None => Ending::No,
        },
        AnyId::Capture(id) => match show.found(ledger.capture(&id, &at)?) {
            Some(kept) => show.capture(id, kept)?,
            None => Ending::No,
        },
        AnyId::Operation(id) => match ledger.operation(&id, &at)? {
            Some(operation) => show.operation(operation)?,
            None => {
                reporter.note(format_args!("{id} was not in this ledger by then"));
                Ending::No
            }
        },
    };
    show.out.flush()?;
    Ok(ending)
}

/// Whether what was typed means a claim: by its first letters, or because nothing else has such an id.
fn is_claim(ledger: &Ledger, typed: &str, at: &At) -> anyhow::Result<bool> {
    let letters = typed.trim().to_lowercase();
    if letters.starts_with("clm_") {
        return Ok(true);
    }
    let is_bare = !letters.is_empty() && !letters.contains('_');
    Ok(is_bare && ledger.resolve(typed, at)? == Resolved::None && !ledger.resolve_claim(typed, at)?.is_empty())
}

/// One claim with all that is on record about it.
fn claim(args: &Show, ledger: &Ledger, at: &At, reporter: &Reporter) -> anyhow::Result<Ending> {
    let Some(loaded) = claim::open(ledger, &args.id, at, reporter)? else { return Ok(Ending::No) };
    let view = ClaimView::new(loaded.asked(args.json));
    loaded.sound()?;
    if !view.is_on_record() {
        reporter.note(format_args!("nothing was on record about {} by then", view.claim));
        return Ok(Ending::No);
    }
    if args.json {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        write_json(&mut out, &view)?;
        out.flush()?;
    } else {
        let mut out = anstream::stdout().lock();
        parts::whole(&mut out, &view)?;
        out.flush()?;
    }
    view.diagnostics.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
    Ok(Ending::Done)
}

/// What a person typed, as an id; says on standard error why it is none.
pub fn resolve(ledger: &Ledger, typed: &str, at: &At, reporter: &Reporter) -> anyhow::Result<Option<AnyId>> {
    match ledger.resolve(typed, at)? {
        Resolved::Unique(id) => Ok(Some(id)),
        Resolved::None => {
            let (place, typed) = (ledger.place(), harmless(typed));
            reporter.note(format_args!("nothing in {place} has an id that begins with {typed}"));
            Ok(None)
        }
        Resolved::Ambiguous(candidates) => {
            let typed = harmless(typed);
            reporter.note(format_args!("{typed} is the beginning of several ids; type more of one:"));
            candidates.iter().for_each(|candidate| reporter.note(format_args!("  {candidate}")));
            Ok(None)
        }
    }
}

/// The thing itself; says on standard error why it cannot be shown.
pub fn found<T>(lookup: Lookup<T>, typed: &str, reporter: &Reporter) -> Option<T> {
    let typed = harmless(typed);
    match lookup {
        Lookup::Found(thing) => return Some(thing),
        Lookup::Withheld(tombstone) => reporter.note(format_args!(
            "withheld on {} by order of {}: {} ({})",
            tombstone.recorded_at.strftime("%Y-%m-%d"),
            harmless(&tombstone.authority),
            harmless(&tombstone.reason),
            tombstone.by
        )),
        Lookup::Undated => {
            reporter.note(format_args!("{typed} states no date, so it stands apart when --as-of is given"));
        }
        Lookup::NotYet => {
            reporter.note(format_args!("{typed} was not published, or not in this ledger, by then"));
        }
        Lookup::Unknown => reporter.note(format_args!("{typed} is not in this ledger")),
    }
    None
}

/// Prints one thing, for people or as JSON Lines.
struct Shower<'a> {
    ledger: &'a Ledger,
    json: bool,
    typed: &'a str,
    reporter: &'a Reporter,
    out: Box<dyn Write>,
}

impl Shower<'_> {
    /// The thing itself; says on standard error why it cannot be shown.
    fn found<T>(&self, lookup: Lookup<T>) -> Option<T> {
        found(lookup, self.typed, self.reporter)
    }

    fn attributions(&mut self, kept: &[KeptAttribution]) -> anyhow::Result<Ending> {
        let mut texts = Texts::new(self.ledger);
        for one in kept {
            if self.json {
                print_json(&mut self.out, one, &mut texts)?;
            } else {
                print_people(&mut self.out, one, &mut texts)?;
            }
        }
        if let ([one], false) = (kept, self.json) {
            self.evidence(one)?;
        }
        Ok(Ending::Done)
    }

    /// Where the words of one attribution stand, and which rule decided.
    fn evidence(&mut self, kept: &KeptAttribution) -> anyhow::Result<()> {
        let out = &mut self.out;
        let record = &kept.record;
        writeln!(out, "{}", styled(STRONG, "evidence"))?;
        let roles = [
            ("source", record.source.len()),
            ("cue", record.cue.len()),
            ("content", record.content.len()),
            ("sentence", 1),
            ("act", record.act_evidence.len()),
            ("hedge", record.hedges.len()),
        ];
        let labels = roles.iter().flat_map(|(label, count)| std::iter::repeat_n(*label, *count));
        for ((index, quoted), label) in record.quotes().enumerate().zip(labels) {
            let raw = kept.raw.get(index).copied().flatten();
            let bytes =
                raw.map_or_else(|| "no exact bytes".to_owned(), |raw| format!("bytes {}..{}", raw.start, raw.end));
            let line = format!("{label:<9}{} {}", harmless(quoted.words()), styled(FAINT, bytes));
            writeln!(out, "{}", wrapped(&line, "  "))?;
        }
        for (kind, meaning) in findings(record) {
            writeln!(out, "{}", wrapped(&meaning, &format!("  {kind:<9} ")))?;
        }
        let revision = kept.revision();
        writeln!(out, "  act       {} by rule {}; score {:.3}", record.act, record.act_rule, record.score)?;
        writeln!(out, "  capture   {}\n  revision  {} (number {})", kept.capture(), revision.id, revision.number)?;
        Ok(())
    }

    fn article(&mut self, article: &Arc<Article>, index: Option<usize>) -> anyhow::Result<Ending> {
        let shown = index.and_then(|index| article.revisions.get(index));
        let kept = match (shown, index) {
            (Some(_), Some(index)) => self.ledger.attributions_of(article, index)?,
            _ => Vec::new(),
        };
        if self.json {
            write_json(&mut self.out, &article_line(article, shown, kept.len()))?;
        } else if let Some(revision) = shown {
            self.heading(article, revision)?;
        }
        if shown.is_none() {
            self.reporter.note(format_args!("{} has no text: its captures could not be read", article.id));
            return Ok(Ending::No);
        }
        self.attributions(&kept)
    }

    fn heading(&mut self, article: &Article, shown: &Revision) -> anyhow::Result<()> {
        let out = &mut self.out;
        writeln!(out, "{}\n  {}", styled(STRONG, about(article, shown)), styled(FAINT, article.id))?;
        if let Some(address) = &shown.metadata.address {
            writeln!(out, "  {}", harmless(address))?;
        }
        if let Some(language) = language(shown).filter(|language| !language.read) {
            writeln!(out, "  language {}: kept and left unread", harmless(&language.code))?;
        }
        for (index, revision) in article.revisions.iter().enumerate() {
            let mark = if Some(index) == article.current { " (current)" } else { "" };
            let (number, seen) = (revision.number, &revision.observed.time);
            writeln!(out, "  revision {number} seen {seen}{mark} {}", styled(FAINT, revision.id))?;
        }
        Ok(writeln!(out)?)
    }

    fn capture(&mut self, id: CaptureId, kept: KeptCapture) -> anyhow::Result<Ending> {
        let diagnostics = self.ledger.diagnostics(&id)?;
        let capture = kept.capture;
        let capture_sha256 = capture.digest();
        if self.json {
            let line = CaptureLine {
                r#type: CaptureLine::TYPE,
                version: VERSION,
                capture: id,
                article: kept.article,
                file: capture.location,
                media_type: capture.media_type,
                address: capture.address,
                fetched: capture.fetched,
                delivery: capture.delivery,
                stated: kept.stated,
                bytes: capture.bytes.len(),
                capture_sha256,
                diagnostics,
            };
            write_json(&mut self.out, &line)?;
            return Ok(Ending::Done);
        }
        let out = &mut self.out;
        writeln!(out, "{id}\n  article   {}\n  taken from {}", kept.article, harmless(&capture.location))?;
        if let Some(fetched) = &capture.fetched {
            writeln!(out, "  fetched   {fetched}")?;
        }
        for (name, value) in capture.delivery.iter().flat_map(|delivery| &delivery.headers) {
            writeln!(out, "  header    {}", harmless(&format!("{name}: {value}")))?;
        }
        if let Some(id) = capture.delivery.as_ref().and_then(|delivery| delivery.record.as_ref()?.id.as_deref()) {
            writeln!(out, "  record    {}", harmless(id))?;
        }
        writeln!(out, "  bytes     {}\n  sha-256   {capture_sha256}", capture.bytes.len())?;
        for diagnostic in diagnostics {
            writeln!(out, "  {}", harmless(&diagnostic.to_string()))?;
        }
        Ok(Ending::Done)
    }

    fn operation(&mut self, operation: Operation) -> anyhow::Result<Ending> {
        let out = &mut self.out;
        let Operation { id, kind, target, author, recorded_at, body, withheld_by } = operation;
        let recorded_at = recorded_at.to_string();
        if self.json {
            let line = OperationLine {
                r#type: OperationLine::TYPE,
                version: VERSION,
                id,
                kind,
                target,
                author,
                recorded_at,
                body,
                withheld_by,
            };
            write_json(out, &line)?;
            return Ok(Ending::Done);
        }
        writeln!(out, "{id}\n  kind      {}", harmless(&kind))?;
        writeln!(out, "  target    {}", target.as_deref().map_or_else(|| "the ledger".to_owned(), harmless))?;
        writeln!(out, "  author    {}\n  recorded  {recorded_at}", harmless(&author))?;
        if let Some(body) = body {
            writeln!(out, "{}", wrapped(&harmless(&body.to_string()), "  body      "))?;
        }
        if let Some(by) = withheld_by {
            writeln!(out, "  withheld by {by}")?;
        }
        Ok(Ending::Done)
    }
}

/// The language of a revision; other languages than English are kept and left unread.
fn language(revision: &Revision) -> Option<LanguageLine> {
    let code = revision.metadata.language.clone()?;
    Some(LanguageLine { read: matches!(&*code, "eng" | "und"), code })
}

fn article_line(article: &Article, shown: Option<&Revision>, attributions: usize) -> KeptArticleLine {
    let metadata = shown.map_or(&article.metadata, |revision| &revision.metadata);
    let revision = |(index, revision): (usize, &Revision)| RevisionLine {
        revision: revision.id,
        number: revision.number,
        current: Some(index) == article.current,
        observed: revision.observed.time.clone(),
        text_sha256: revision.text,
        captures: revision.captures.clone(),
    };
    KeptArticleLine {
        r#type: KeptArticleLine::TYPE,
        version: VERSION,
        article: article.id,
        revision: shown.map(|revision| revision.id),
        language: shown.and_then(language),
        outlet: metadata.outlet.clone(),
        title: metadata.title.clone(),
        address: metadata.address.clone(),
        published: article.published.clone(),
        captures: article.captures,
        revisions: article.revisions.iter().enumerate().map(revision).collect(),
        attributions,
    }
}

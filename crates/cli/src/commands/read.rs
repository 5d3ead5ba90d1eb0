//! `onrecord read`: every attribution of some texts and pages, in one of four forms. Nothing is kept.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use onrecord::evidence::{Block, BlockKind, Capture, CodePoints, Diagnostic, TextRange};
use onrecord::wire::{ArticleLine, AttributionLine, DiagnosticLine, ReadSummary, page, spans_line};
use onrecord::{Pipeline, ReadArticle, for_each_ordered};

use crate::args::Read;
use crate::report::{Reporter, failed};
use crate::terminal::{FAINT, STRONG, harmless, marked, styled, table, wrapped};
use crate::{Ending, inputs, moment};

/// One input after reading.
struct Done {
    capture: Option<Capture>,
    article: Option<ReadArticle>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs the command.
pub fn run(args: &Read, reporter: &Reporter) -> anyhow::Result<Ending> {
    let known = moment::known(&args.told, &args.inputs)?;
    let pipeline = Pipeline::shipped()?;
    let captures = inputs::captures(&args.inputs)?;
    let read = |input: Result<Capture, Diagnostic>| match input {
        Ok(capture) => {
            let (article, diagnostics) = pipeline.read(&capture, &known);
            Done { capture: Some(capture), article, diagnostics }
        }
        Err(diagnostic) => Done { capture: None, article: None, diagnostics: vec![diagnostic] },
    };
    let mut printer = Printer::new(args, reporter);
    let mut outcome = Ok(());
    for_each_ordered(inputs::threads(&args.threads), captures, read, |done| {
        outcome = printer.take(done);
        outcome.is_ok()
    });
    outcome?;
    printer.finish()
}

/// Prints in one form, and counts.
struct Printer<'a> {
    args: &'a Read,
    reporter: &'a Reporter,
    out: Box<dyn Write>,
    summary: ReadSummary,
    problem: bool,
    /// Stems printed so far, for `--spans`.
    stems: HashMap<String, String>,
    /// What `--html` shows at the end.
    pages: Vec<(Capture, ReadArticle)>,
}

impl<'a> Printer<'a> {
    fn new(args: &'a Read, reporter: &'a Reporter) -> Self {
        let plain = args.json || args.html || args.spans;
        let out: Box<dyn Write> =
            if plain { Box::new(std::io::BufWriter::new(std::io::stdout())) } else { Box::new(anstream::stdout()) };
        Self {
            args,
            reporter,
            out,
            summary: ReadSummary::new(),
            problem: false,
            stems: HashMap::new(),
            pages: Vec::new(),
        }
    }

    fn take(&mut self, done: Done) -> anyhow::Result<()> {
        self.summary.inputs += 1;
        self.problem |= failed(&done.diagnostics);
        match &done.article {
            None if failed(&done.diagnostics) => self.summary.failed += 1,
            None => {}
            Some(article) if article.was_read() => self.summary.read += 1,
            Some(_) => self.summary.unread += 1,
        }
        if let (Some(capture), Some(mut article)) = (done.capture, done.article) {
            self.summary.attributions += article.records.len();
            self.summary.contested += article.records.iter().filter(|record| record.is_contested()).count();
            if self.args.contested {
                article.records.retain(|record| record.is_contested());
            }
            self.article(capture, article)?;
        }
        for diagnostic in &done.diagnostics {
            if self.args.json {
                self.line(&DiagnosticLine::new(diagnostic))?;
            }
            self.reporter.diagnostic(diagnostic);
        }
        Ok(())
    }

    fn line(&mut self, line: &impl serde::Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, line).map_err(std::io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn article(&mut self, capture: Capture, article: ReadArticle) -> anyhow::Result<()> {
        if self.args.html {
            self.pages.push((capture, article));
            return Ok(());
        }
        if self.args.spans {
            return self.spans(&capture, &article);
        }
        if self.args.json {
            let view = article.view(&capture);
            self.line(&ArticleLine::new(&view))?;
            let points = CodePoints::new(article.article.reading.text());
            for record in &article.records {
                let raw = record.raw_ranges(&article.article.reading);
                self.line(&AttributionLine::new(record, article.id, &points, &raw))?;
            }
            return Ok(());
        }
        self.people(&capture, &article)
    }

    fn spans(&mut self, capture: &Capture, article: &ReadArticle) -> anyhow::Result<()> {
        let location = &capture.location;
        let stem = Path::new(location)
            .file_stem()
            .map_or_else(|| location.clone(), |stem| stem.to_string_lossy().into_owned());
        if let Some(other) = self.stems.insert(stem.clone(), location.clone()) {
            anyhow::bail!(
                "{other} and {location} have one stem, {stem:?}: a scorer could not tell them apart; rename one"
            );
        }
        writeln!(self.out, "{}", spans_line(&stem, article.article.reading.text(), &article.records))?;
        Ok(())
    }

    fn people(&mut self, capture: &Capture, article: &ReadArticle) -> anyhow::Result<()> {
        let metadata = &article.article.metadata;
        let contested = article.records.iter().filter(|record| record.is_contested()).count();
        let mut about = vec![harmless(&capture.location)];
        about.extend(metadata.outlet.as_ref().map(|outlet| harmless(&outlet.value)));
        about.extend(metadata.published.as_ref().map(|published| published.value.to_string()));
        about.push(match article.records.len() {
            1 => format!("1 attribution, {contested} contested"),
            count => format!("{count} attributions, {contested} contested"),
        });
        writeln!(self.out, "{}", styled(FAINT, format!("── {}", about.join(" · "))))?;
        let reading = &article.article.reading;
        let first = reading.blocks().first().and_then(|block| reading.slice(block.range));
        if let Some(title) = metadata.title.as_ref().filter(|title| first.is_none_or(|first| first != title.value)) {
            writeln!(self.out, "{}", styled(STRONG, harmless(&title.value)))?;
        }
        writeln!(self.out)?;
        let whole = [Block { range: TextRange::new(0, reading.text().len() as u32), kind: BlockKind::Paragraph }];
        let blocks = if reading.blocks().is_empty() { &whole[..] } else { reading.blocks() };
        for block in blocks {
            let text = marked(reading.text(), block.range, &article.records, |index| Some(index + 1));
            writeln!(self.out, "{}\n", wrapped(&text, "  "))?;
        }
        let rows: Vec<_> = article.records.iter().enumerate().map(|(index, record)| (index + 1, record)).collect();
        if !rows.is_empty() {
            writeln!(self.out, "{}\n", table(&rows))?;
        }
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<Ending> {
        if self.args.html {
            let views: Vec<_> = self.pages.iter().map(|(capture, article)| article.view(capture)).collect();
            self.out.write_all(page(&views).as_bytes())?;
        }
        if self.args.json {
            let summary = self.summary.clone();
            self.line(&summary)?;
        }
        self.out.flush().context("standard output")?;
        if !self.args.json && self.summary.inputs > 1 && !self.reporter.is_quiet() {
            let ReadSummary { inputs, read, unread, failed, attributions, contested, .. } = &self.summary;
            anstream::eprintln!(
                "{inputs} inputs: {read} read, {unread} in another language, {failed} failed; {attributions} attributions, {contested} contested"
            );
        }
        Ok(if self.problem { Ending::Failed } else { Ending::Done })
    }
}

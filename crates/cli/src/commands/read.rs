//! `onrecord read`: every attribution of some texts and pages, in one of four forms. Nothing is kept.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use onrecord::evidence::{Block, BlockKind, Capture, CodePoints, Diagnostic, MediaType, TextRange};
use onrecord::wire::{ArticleLine, AttributionLine, DiagnosticLine, ReadSummary, page, spans_line};
use onrecord::{ReadArticle, for_each_ordered};

use crate::args::Read;
use crate::report::{Reporter, failed, write_json};
use crate::terminal::{FAINT, MarkedText, STRONG, details, harmless, styled, table, wrapped};
use crate::{Ending, inputs, moment};

/// One input after reading.
struct Done {
    capture: Option<Capture>,
    article: Option<ReadArticle>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs the command.
pub fn run(args: &Read, reporter: &Reporter) -> anyhow::Result<Ending> {
    let known = moment::known(&args.told)?;
    let (pipeline, problem) = inputs::pipeline(&args.tables, reporter)?;
    let (_, captures) = inputs::captures(&args.inputs, &args.intake, &args.told, None)?;
    let read = |input: Result<Capture, Diagnostic>| match input {
        Ok(capture) => {
            let (article, diagnostics) = pipeline.read(&capture, &known);
            Done { capture: Some(capture), article, diagnostics }
        }
        Err(diagnostic) => Done { capture: None, article: None, diagnostics: vec![diagnostic] },
    };
    let mut printer = Printer::new(args, reporter);
    printer.problem = problem;
    let mut outcome = Ok(());
    for_each_ordered(inputs::threads(&args.threads), pipeline.crew(), captures, read, |done| {
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
    /// Names printed so far and whose they are, for `--spans`.
    names: HashMap<String, String>,
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
            names: HashMap::new(),
            pages: Vec::new(),
        }
    }

    fn take(&mut self, done: Done) -> anyhow::Result<()> {
        let Done { capture, article, mut diagnostics } = done;
        let is_capture = capture.is_some();
        let mut found = capture.zip(article);
        if self.args.spans
            && let Some((capture, _)) = &found
            && let Some(clash) = self.clash(capture)
        {
            diagnostics.push(clash);
            found = None;
        }
        self.problem |= failed(&diagnostics);
        match &found {
            Some((_, article)) if article.was_read() => self.summary.read += 1,
            Some(_) => self.summary.unread += 1,
            None if is_capture || failed(&diagnostics) => self.summary.failed += 1,
            // A finding beside the captures, such as files that were passed over, is no input.
            None => {}
        }
        self.summary.inputs += usize::from(is_capture || failed(&diagnostics));
        if let Some((capture, mut article)) = found {
            self.summary.attributions += article.records.len();
            self.summary.contested += article.records.iter().filter(|record| record.is_contested()).count();
            if self.args.contested {
                article.records.retain(|record| record.is_contested());
            }
            self.article(capture, article)?;
        }
        for diagnostic in &diagnostics {
            if self.args.json {
                self.line(&DiagnosticLine::new(diagnostic))?;
            }
            self.reporter.diagnostic(diagnostic);
        }
        Ok(())
    }

    /// What is wrong where another input has the same name in the scorer's form.
    fn clash(&mut self, capture: &Capture) -> Option<Diagnostic> {
        let name = document_name(capture);
        let Some(other) = self.names.get(&name) else {
            self.names.insert(name, capture.location.clone());
            return None;
        };
        let message = format!("{other} is called {name} too, and a scorer could not tell them apart");
        Some(Diagnostic::error("same-stem", message).at(&capture.location).hint("rename one"))
    }

    fn line(&mut self, line: &impl serde::Serialize) -> anyhow::Result<()> {
        Ok(write_json(&mut self.out, line)?)
    }

    fn article(&mut self, capture: Capture, article: ReadArticle) -> anyhow::Result<()> {
        if self.args.html {
            self.pages.push((capture, article));
            return Ok(());
        }
        if self.args.spans {
            let name = document_name(&capture);
            writeln!(self.out, "{}", spans_line(&name, article.article.reading.text(), &article.records))?;
            return Ok(());
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
        let marked = MarkedText::numbered(reading.text(), &article.records);
        for block in blocks {
            writeln!(self.out, "{}\n", wrapped(&marked.slice(block.range), "  "))?;
        }
        let rows: Vec<_> = article.records.iter().enumerate().map(|(index, record)| (index + 1, record)).collect();
        if !rows.is_empty() {
            writeln!(self.out, "{}\n", table(&rows))?;
            let details = details(&rows);
            if !details.is_empty() {
                writeln!(self.out, "{details}")?;
            }
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
        let ReadSummary { inputs, read, unread, failed, attributions, contested, .. } = &self.summary;
        debug_assert_eq!(*inputs, read + unread + failed, "every input is counted once");
        if !self.args.json && *inputs > 1 {
            self.reporter.note(format_args!(
                "{inputs} inputs: {read} read, {unread} in another language, {failed} failed; {attributions} attributions, {contested} contested"
            ));
        }
        Ok(if self.problem { Ending::Failed } else { Ending::Done })
    }
}

/// What a document is called in the scorer's form: the stem of its file, with the number of the line for a record, with the place for a
/// page of an archive.
fn document_name(capture: &Capture) -> String {
    let location = &capture.location;
    let (path, part) = match location.rsplit_once(':') {
        Some((path, line)) if capture.media_type == MediaType::JsonRecord => (path, Some(format!(":{line}"))),
        _ => (location.as_str(), None),
    };
    let is_archived = capture.delivery.as_ref().is_some_and(|delivery| delivery.record.is_some());
    let (path, part) = match path.rsplit_once('@') {
        Some((path, place)) if is_archived => (path, Some(format!("@{place}"))),
        _ => (path, part),
    };
    let stem = Path::new(path).file_stem().map_or_else(|| path.to_owned(), |stem| stem.to_string_lossy().into_owned());
    stem + &part.unwrap_or_default()
}

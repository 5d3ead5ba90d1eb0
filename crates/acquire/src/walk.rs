//! The files of a folder, in a fixed order. It opens none of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord_evidence::Diagnostic;
use walkdir::WalkDir;

use crate::{Meter, sniff, unreadable};

/// A walk through a folder and everything below.
pub(crate) struct Walk {
    root: String,
    entries: walkdir::IntoIter,
    hidden: usize,
    other: usize,
    is_counted: bool,
    meter: Arc<Meter>,
}

impl Walk {
    pub(crate) fn new(root: &Path, meter: Arc<Meter>) -> Self {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        Self { root: root.display().to_string(), entries, hidden: 0, other: 0, is_counted: false, meter }
    }

    /// The next file to take; a finding; or `None` at the end, after a note on what was passed over.
    pub(crate) fn next_file(&mut self) -> Option<Result<PathBuf, Diagnostic>> {
        while let Some(entry) = self.entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some(Err(self.finding(&error))),
            };
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if entry.file_type().is_dir() {
                if is_hidden {
                    self.hidden += 1;
                    self.entries.skip_current_dir();
                }
            } else if is_hidden {
                self.hidden += 1;
            } else if entry.file_type().is_file() && sniff::by_name(entry.path()).is_known() {
                return Some(Ok(entry.into_path()));
            } else {
                self.other += 1;
            }
        }
        if self.is_counted || self.hidden + self.other == 0 {
            return None;
        }
        self.is_counted = true;
        self.meter.skip("hidden-file", self.hidden as u64);
        self.meter.skip("other-file", self.other as u64);
        let message = format!("passed over {} hidden and {} other files and folders", self.hidden, self.other);
        let hint = "taken are .html .htm .xhtml .txt .text .md .jsonl .ndjson .warc, feeds as .xml .rss .atom .rdf .json, all also as .gz, and .parquet; \
                    name a file itself to take it all the same";
        Some(Err(Diagnostic::note("skipped-files", message).at(&self.root).hint(hint)))
    }

    /// Counts a file among those that were passed over: its name let hope for a feed, and it is none.
    pub(crate) const fn pass_over(&mut self) {
        self.other += 1;
    }

    fn finding(&self, error: &walkdir::Error) -> Diagnostic {
        let place = error.path().map_or_else(|| self.root.clone(), |path| path.display().to_string());
        match (error.loop_ancestor(), error.io_error()) {
            (Some(above), _) => {
                let message = format!("the link leads back to {}", above.display());
                Diagnostic::warning("link-loop", message).at(place).hint("it was not followed; nothing is missing")
            }
            (None, Some(error)) => unreadable(&place, error),
            (None, None) => Diagnostic::error("unreadable", error.to_string()).at(place).hint("check the path"),
        }
    }
}

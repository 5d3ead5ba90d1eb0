//! Bytes in: files, folders, archives, JSON Lines, tables, feeds, pages of the web and standard input become captures, one after the other.
//!
//! The only crate that opens what the user names, and the only one that reaches the network. Bytes are passed on as they are: decoding and reading is the next crate's
//! work. What cannot be taken is a diagnostic among the captures, and the rest goes on.
//!
//! Not here: the terminal (standard input comes as a reader), and any opinion about the text.
#![allow(clippy::disallowed_methods, reason = "acquiring is opening files")]

mod columns;
pub mod feed;
pub mod fetch;
mod lines;
mod list;
mod meter;
mod online;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod sniff;
mod walk;
mod warc;
pub mod watch;
mod window;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord_evidence::{Capture, Diagnostic, MediaType};

pub use crate::columns::{Columns, ColumnsError};
pub use crate::meter::Meter;

use crate::fetch::Network;
use crate::lines::Lines;
use crate::list::List;
use crate::online::Online;
use crate::packed::{Damage, Packed};
use crate::sniff::Kind;
use crate::walk::Walk;
use crate::warc::Warc;
use crate::window::Window;

/// How much one input may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a file that is one article, of one line of JSON Lines, of one page in an archive; unpacked, where they are packed.
    /// Default 32 MiB. An archive, a table and a file of JSON Lines as a whole may have any size: they are read piece by piece.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 32 << 20 }
    }
}

/// Something that the user names.
pub enum Input {
    /// A file or a folder; folders are walked with everything below.
    Path(PathBuf),
    /// Bytes from elsewhere: standard input. What they are is told from their beginning.
    Reader {
        /// What people call it, such as `-`.
        name: String,
        /// The bytes.
        reader: Box<dyn Read + Send>,
    },
    /// A list of further inputs, one a line, taken as it is read ([`Input::named`]). Empty lines and those that begin with `#` say nothing.
    List {
        /// What people call it.
        name: String,
        /// The lines.
        reader: Box<dyn Read + Send>,
    },
    /// A page or a feed of the web, by its address; needs [`Captures::with_network`].
    Address(String),
}

impl Input {
    /// A file or a folder.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::Path(path.into())
    }

    /// Bytes from elsewhere.
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::Reader { name: name.into(), reader: Box::new(reader) }
    }

    /// A list of further inputs.
    pub fn list(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::List { name: name.into(), reader: Box::new(reader) }
    }

    /// The input that a person names by these words: an address of the web, else a file or folder.
    pub fn named(words: &str) -> Self {
        if is_address(words) { Self::Address(words.to_owned()) } else { Self::path(words) }
    }
}

/// Whether words name an address of the web rather than a path.
pub fn is_address(words: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| words.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The captures of `inputs`, in the order given; folders in the order of file names, byte by byte.
///
/// An `Err` is a finding about one input, by its severity: an error (it gave no capture), a warning (something of it is
/// missing), or a note (files that were passed over). It never ends the iteration.
///
/// Of a folder are taken: `.html`, `.htm`, `.xhtml`; `.txt`, `.text`, `.md`; `.jsonl`, `.ndjson`; `.warc`; each of these also packed
/// (`.gz`); `.parquet`; and feeds named `.xml`, `.rss`, `.atom`, `.rdf` or `.json`, by their beginning. Hidden and other files are passed over and counted in a note. A file that is named itself is always taken, and known by its beginning if not by its
/// name. Symbolic links are followed; one that leads back into itself is a diagnostic.
///
/// ```
/// use onrecord_acquire::{Input, Limits, captures};
/// let record = r#"{"url": "https://post.example/call", "text": "The ministry denied that a call took place."}"#;
/// let input = Input::reader("-", std::io::Cursor::new(record.to_owned() + "\n"));
/// let captures: Vec<_> = captures([input], Limits::default()).collect();
/// let capture = captures[0].as_ref().expect("the line is a record");
/// assert_eq!(capture.address.as_deref(), Some("https://post.example/call"));
/// assert_eq!(capture.location, "-:1");
/// ```
pub fn captures(inputs: impl IntoIterator<Item = Input>, limits: Limits) -> Captures {
    Captures {
        inputs: inputs.into_iter().collect(),
        list: None,
        walk: None,
        records: None,
        online: Online::default(),
        ready: VecDeque::new(),
        limits,
        columns: Arc::default(),
        meter: Arc::default(),
    }
}

/// An iterator over captures; see [`captures`]. Holds one file, line or record at a time.
pub struct Captures {
    inputs: VecDeque<Input>,
    list: Option<List>,
    walk: Option<Walk>,
    records: Option<Box<dyn Records>>,
    online: Online,
    ready: VecDeque<Result<Capture, Diagnostic>>,
    limits: Limits,
    columns: Arc<Columns>,
    meter: Arc<Meter>,
}

/// A file that holds many captures.
pub(crate) trait Records: Send {
    /// Adds what the next record gives to `ready`, or what is wrong with it; `false` at the end.
    fn next_record(&mut self, ready: &mut VecDeque<Result<Capture, Diagnostic>>) -> bool;
}

impl Captures {
    /// The same captures, where the fields of JSON Lines and the columns of tables have the names that the user gives.
    #[must_use]
    pub fn with_columns(mut self, columns: Columns) -> Self {
        self.columns = Arc::new(columns);
        self
    }

    /// How far taking is.
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.meter)
    }
}

/// How many bytes the files hold that [`captures`] would take of a file or folder, for showing how far the work is. Opens
/// none of them; what cannot be asked counts nothing.
pub fn size(path: &Path) -> u64 {
    let of_file = |path: &Path| path.metadata().map_or(0, |metadata| metadata.len());
    if !path.is_dir() {
        return of_file(path);
    }
    let mut walk = Walk::new(path, Arc::default());
    std::iter::from_fn(|| walk.next_file()).flatten().map(|file| of_file(&file)).sum()
}

impl Iterator for Captures {
    type Item = Result<Capture, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if let Some(records) = &mut self.records {
                if !records.next_record(&mut self.ready) {
                    self.records = None;
                }
            } else if let Some(walk) = &mut self.walk {
                match walk.next_file() {
                    Some(Ok(path)) => self.open(&path),
                    Some(Err(diagnostic)) => self.ready.push_back(Err(diagnostic)),
                    None => self.walk = None,
                }
            } else if self.online.next_page(&mut self.ready) {
            } else if let Some(list) = &mut self.list {
                match list.next_input() {
                    Some(Ok(input)) => self.begin(input),
                    Some(Err(diagnostic)) => self.ready.push_back(Err(diagnostic)),
                    None => self.list = None,
                }
            } else {
                let input = self.inputs.pop_front()?;
                self.begin(input);
            }
        }
    }
}

impl Captures {
    fn begin(&mut self, input: Input) {
        match input {
            Input::Path(path) if path.is_dir() => self.walk = Some(Walk::new(&path, Arc::clone(&self.meter))),
            Input::Path(path) => self.open(&path),
            Input::Reader { name, reader } => self.take(name, Kind::default(), reader, None),
            Input::Address(address) => {
                let lines = self.online.open(&address, self.limits, &self.columns, &mut self.ready);
                self.records = lines.map(|lines| Box::new(lines) as Box<dyn Records>);
            }
            Input::List { name, reader } => self.list = Some(List::new(name, reader)),
        }
    }

    /// Fetches addresses, and the articles that feeds name, over `network`. Without it an address is a diagnostic, and of a feed only the entries are taken that
    /// bring their whole article along.
    #[must_use]
    pub fn with_network(mut self, network: Network) -> Self {
        self.online = Online::new(network);
        self
    }

    fn open(&mut self, path: &Path) {
        let name = path.display().to_string();
        match File::open(path).and_then(|file| Ok((file.metadata()?, file))) {
            Ok((metadata, file)) => {
                let file_path = metadata.is_file().then(|| (path.to_owned(), metadata.len()));
                self.take(name, sniff::by_name(path), Box::new(file), file_path);
            }
            Err(error) => self.ready.push_back(Err(unreadable(&name, &error))),
        }
    }

    /// Takes what `reader` gives; path and size are known for files.
    fn take(&mut self, name: String, by_name: Kind, reader: Box<dyn Read + Send>, file: Option<(PathBuf, u64)>) {
        let (path, size) = file.unzip();
        let mut window = Window::new(reader, path.clone(), Arc::clone(&self.meter));
        let outcome = window.peek(sniff::HEAD).map(|head| (sniff::is_table(head), sniff::is_gzip(head)));
        let (is_table, is_gzip) = match outcome {
            Ok(found) => found,
            Err(error) => return self.ready.push_back(Err(unreadable(&name, &error))),
        };
        if is_table {
            return self.table(name, path.as_deref());
        }
        let mut packed = Packed::new(window, is_gzip || by_name.is_gzip && by_name.is_archive);
        // What cannot be unpacked says so where it is taken.
        let head = packed.head(sniff::HEAD).unwrap_or_default();
        let is_feed = by_name.media_type.is_none() && feed::is_feed(&head);
        // Of a folder nothing is taken of which neither name nor beginning says what it is.
        if let Some(walk) = self.walk.as_mut().filter(|_| by_name.may_be_feed && !is_feed) {
            return walk.pass_over();
        }
        if by_name.is_archive || head.starts_with(warc::MAGIC) {
            let warc = Warc::new(name, packed, self.limits.max_bytes, Arc::clone(&self.meter));
            self.records = Some(Box::new(warc));
            return;
        }
        let media_type = sniff::by_content(&head, by_name.media_type);
        if media_type == MediaType::JsonRecord && !is_feed {
            let lines = Lines::new(name, Box::new(packed), self.limits.max_bytes, Arc::clone(&self.columns));
            self.records = Some(Box::new(lines));
            return;
        }
        let capture = self.whole(packed, media_type, size.filter(|_| !is_gzip), name);
        match capture {
            Ok(feed) if is_feed => self.online.feed(&feed.location, None, &feed.bytes, &mut self.ready),
            capture => self.ready.push_back(capture),
        }
    }

    /// An input that is one article.
    fn whole(
        &self,
        mut packed: Packed,
        media_type: MediaType,
        size: Option<u64>,
        location: String,
    ) -> Result<Capture, Diagnostic> {
        let limit = self.limits.max_bytes as u64;
        if size.is_some_and(|size| size > limit) {
            return Err(too_large(size, limit).at(location));
        }
        let mut bytes = Vec::new();
        match packed.by_ref().take(limit + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limit => Err(too_large(None, limit).at(location)),
            Ok(_) => Ok(Capture { bytes, media_type, address: None, fetched: None, location, delivery: None }),
            Err(error) => Err(unreadable(&location, &error)),
        }
    }

    #[cfg(feature = "parquet")]
    fn table(&mut self, name: String, path: Option<&Path>) {
        match parquet::Table::open(name, path, self.limits.max_bytes, &self.columns, Arc::clone(&self.meter)) {
            Ok(table) => self.records = Some(Box::new(table)),
            Err(diagnostic) => self.ready.push_back(Err(diagnostic)),
        }
    }

    #[cfg(not(feature = "parquet"))]
    fn table(&mut self, name: String, _path: Option<&Path>) {
        let message = "this is a Parquet table, and this program was built without them";
        let hint = "build it with `cargo build --release --features parquet`, or turn the table into JSON Lines";
        self.ready.push_back(Err(Diagnostic::error("no-parquet", message).at(name).hint(hint)));
    }
}

fn too_large(size: Option<u64>, limit: u64) -> Diagnostic {
    let size = size.map_or_else(|| format!("more than {limit}"), |size| size.to_string());
    Diagnostic::error("too-large", format!("the input has {size} bytes, the limit for one article is {limit}"))
        .hint("an article is rarely longer than 1 MB: split it, or leave it out")
}

/// The operating system's reason, and what to do.
fn unreadable(place: &str, error: &io::Error) -> Diagnostic {
    if let Some(damage) = error.get_ref().and_then(|cause| cause.downcast_ref::<Damage>()) {
        let hint = "fetch the file again; what was taken of it before stays";
        return Diagnostic::error("damaged-archive", damage.to_string()).at(place).hint(hint);
    }
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "give yourself permission to read it, or leave it out",
        _ => "see whether the disk or the network drive is well, and try again",
    };
    Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(place).hint(hint)
}

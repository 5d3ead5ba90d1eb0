//! Bytes in: files, folders, JSON Lines, feeds, pages of the web and standard input become captures, one after the other.
//!
//! The only crate that opens what the user names, and the only one that reaches the network. Bytes are passed on as they are: decoding and reading is the next crate's
//! work. What cannot be taken is a diagnostic among the captures, and the rest goes on.
//!
//! Not here: the terminal (standard input comes as a reader), and any opinion about the text.
#![allow(clippy::disallowed_methods, reason = "acquiring is opening files")]

pub mod feed;
pub mod fetch;
mod lines;
mod online;
mod sniff;
mod walk;
pub mod watch;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use onrecord_evidence::{Capture, Diagnostic, MediaType};

use crate::fetch::Network;
use crate::lines::Lines;
use crate::online::Online;
use crate::walk::Walk;

/// How much one input may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a file that is one article, and of one line of JSON Lines. Default 32 MiB. A JSON Lines file as a whole
    /// may have any size: it is read line by line.
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
}

/// The captures of `inputs`, in the order given; folders in the order of file names, byte by byte.
///
/// An `Err` is a finding about one input, by its severity: an error (it gave no capture), a warning (something of it is
/// missing), or a note (files that were passed over). It never ends the iteration.
///
/// Of a folder are taken: `.html`, `.htm`, `.xhtml`; `.txt`, `.text`, `.md`; `.jsonl`, `.ndjson`. Hidden and other files are
/// passed over and counted in a note. A file that is named itself is always taken, and known by its beginning if not by its
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
        walk: None,
        lines: None,
        online: Online::default(),
        ready: VecDeque::new(),
        limits,
    }
}

/// An iterator over captures; see [`captures`]. Holds one file or line at a time.
pub struct Captures {
    inputs: VecDeque<Input>,
    walk: Option<Walk>,
    lines: Option<Lines>,
    online: Online,
    ready: VecDeque<Result<Capture, Diagnostic>>,
    limits: Limits,
}

/// How many bytes the files hold that [`captures`] would take of a file or folder, for showing how far the work is. Opens
/// none of them; what cannot be asked counts nothing.
pub fn size(path: &Path) -> u64 {
    let of_file = |path: &Path| path.metadata().map_or(0, |metadata| metadata.len());
    if !path.is_dir() {
        return of_file(path);
    }
    let mut walk = Walk::new(path);
    std::iter::from_fn(|| walk.next_file()).flatten().map(|file| of_file(&file)).sum()
}

impl Iterator for Captures {
    type Item = Result<Capture, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if let Some(lines) = &mut self.lines {
                if !lines.next_record(&mut self.ready) {
                    self.lines = None;
                }
            } else if let Some(walk) = &mut self.walk {
                match walk.next_file() {
                    Some(Ok(path)) => self.open(&path),
                    Some(Err(diagnostic)) => self.ready.push_back(Err(diagnostic)),
                    None => self.walk = None,
                }
            } else if self.online.next_page(&mut self.ready) {
            } else {
                match self.inputs.pop_front()? {
                    Input::Path(path) if path.is_dir() => self.walk = Some(Walk::new(&path)),
                    Input::Path(path) => self.open(&path),
                    Input::Reader { name, reader } => self.take(name, None, reader, None),
                    Input::Address(address) => self.lines = self.online.open(&address, self.limits, &mut self.ready),
                }
            }
        }
    }
}

impl Captures {
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
                let size = metadata.is_file().then_some(metadata.len());
                self.take(name, sniff::by_name(path), Box::new(file), size);
            }
            Err(error) => self.ready.push_back(Err(unreadable(&name, &error))),
        }
    }

    /// Takes what `reader` gives; `size` is known for files.
    fn take(&mut self, name: String, by_name: Option<MediaType>, reader: Box<dyn Read + Send>, size: Option<u64>) {
        let mut reader = BufReader::new(reader);
        let head = match sniff::head(&mut reader) {
            Ok(head) => head,
            Err(error) => return self.ready.push_back(Err(unreadable(&name, &error))),
        };
        let is_feed = by_name.is_none() && feed::is_feed(&head);
        let media_type = sniff::by_content(&head, by_name);
        let mut reader = BufReader::new(io::Cursor::new(head).chain(reader));
        if media_type == MediaType::JsonRecord && !is_feed {
            self.lines = Some(Lines::new(name, Box::new(reader), self.limits.max_bytes));
            return;
        }
        let limit = self.limits.max_bytes as u64;
        if size.is_some_and(|size| size > limit) {
            return self.ready.push_back(Err(too_large(size, limit).at(name)));
        }
        let mut bytes = Vec::new();
        let result = match reader.by_ref().take(limit + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limit => Err(too_large(None, limit).at(name)),
            Ok(_) if is_feed => return self.online.feed(&name, None, &bytes, &mut self.ready),
            Ok(_) => Ok(Capture { bytes, media_type, address: None, fetched: None, location: name }),
            Err(error) => Err(unreadable(&name, &error)),
        };
        self.ready.push_back(result);
    }
}

fn too_large(size: Option<u64>, limit: u64) -> Diagnostic {
    let size = size.map_or_else(|| format!("more than {limit}"), |size| size.to_string());
    Diagnostic::error("too-large", format!("the input has {size} bytes, the limit for one article is {limit}"))
        .hint("an article is rarely longer than 1 MB: split it, or leave it out")
}

/// The operating system's reason, and what to do.
fn unreadable(place: &str, error: &io::Error) -> Diagnostic {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "give yourself permission to read it, or leave it out",
        _ => "see whether the disk or the network drive is well, and try again",
    };
    Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(place).hint(hint)
}

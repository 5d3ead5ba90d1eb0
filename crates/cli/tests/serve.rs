//! The reading room as a program: it prints where it is, answers over a socket, refuses the network, and ends cleanly on a signal.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test starts a program and speaks to it")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const BIN: &str = env!("CARGO_BIN_EXE_onrecord");

/// A server that is gone with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(ledger: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(BIN)
            .args(["serve", "--ledger"])
            .arg(ledger)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    /// The head and the body of an answer.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ledger(folder: &Path) -> std::path::PathBuf {
    let place = folder.join("room.db");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/harbour-call");
    let pages = ["01-almery-courier-call.html", "03-ustrek-standard-denial.html"].map(|name| corpus.join(name));
    let added = Command::new(BIN).args(["add", "--quiet", "--ledger"]).arg(&place).args(pages).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    place
}

#[test]
fn a_browser_goes_from_the_front_to_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let place = ledger(folder.path());
    let server = Server::start(&place, &["--port", "0"]);
    let (head, front) = server.get("/?q=call");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.to_lowercase().contains("content-security-policy: default-src 'none'"), "{head}");
    let link = |page: &str, start: &str| {
        let rest = page.split("href=\"").skip(1).find(|rest| rest.starts_with(start));
        rest.and_then(|rest| rest.split('"').next())
            .unwrap_or_else(|| panic!("no link to {start}"))
            .replace("&amp;", "&")
    };
    let (_, claim) = server.get(&link(&front, "/claim/"));
    assert!(claim.contains("Who says what"), "{claim}");
    let words = link(&claim, "/article/");
    let (_, article) = server.get(words.split('#').next().unwrap());
    assert!(article.contains("<mark id=\"words\">"), "{article}");
    // The same record as one file, by the command line.
    let id = claim.split("clm_").nth(1).and_then(|rest| rest.get(..26)).unwrap();
    let report = Command::new(BIN).args(["report", &format!("clm_{id}"), "--ledger"]).arg(&place).output().unwrap();
    let report = String::from_utf8(report.stdout).unwrap();
    assert!(report.contains("<style>") && !report.contains("<script") && report.contains("Who says what"));
}

#[test]
fn slow_clients_hold_nobody_up_and_a_signal_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = ledger(folder.path());
    let mut server = Server::start(&place, &["--port", "0"]);
    // Heads that never end.
    let slow: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    assert!(server.get("/outlets").0.starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // A head of a megabyte is refused, whatever is in it.
    let mut big = TcpStream::connect(&server.address).unwrap();
    let _ = write!(big, "GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(1 << 20), server.address);
    let mut answer = Vec::new();
    let _ = big.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    // The first of them is closed within its ten seconds.
    let mut first = slow.into_iter().next().unwrap();
    first.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).expect("the server closes a connection whose head does not come");
    let status = Command::new("kill").arg(server.child.id().to_string()).status().unwrap();
    assert!(status.success());
    let ended = server.child.wait().unwrap();
    assert_eq!(ended.code(), Some(0));
}

#[test]
fn nothing_is_opened_to_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("room.db");
    let check = |options: &[&str], says: &str| {
        let output = Command::new(BIN).args(["serve", "--ledger"]).arg(&place).args(options).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(error.contains(says), "{options:?}: {error}");
    };
    check(&["--listen", "0.0.0.0:8300"], "expected an address of this machine, found 0.0.0.0:8300");
    check(&["--listen", "[::]:8300"], "ssh -L");
    check(&["--listen", "192.0.2.1:80"], "the pages are not opened to the network");
    check(&["--port", "0"], "no ledger at");
}
